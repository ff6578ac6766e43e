"""The ground of a map: projection, land, waters, regions, state border, scale."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import DataError, UsageError
from corridors.views.style import BORDER_LINE, INK, LAND, REGION_LINE, STRIPES, WATER
from corridors.views.words import number, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from numpy.typing import NDArray
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

    from corridors.model.network import Network
    from corridors.views.shades import Shades

_STEP_DEGREES = 0.5
_LEAST_KM = 60.0
NO_LAND = ("water", "view")
"""Kinds of features of ``land.geojson`` that are no land: waters in it, and how far it is known."""


@dataclass(frozen=True)
class Projection:
    """An equal-area projection; kilometres from the middle of the map."""

    text: str

    def __call__(self, lon: Any, lat: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return x and y in km of longitudes and latitudes in degrees."""
        x, y = _transformer(self.text).transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x) / 1000, np.asarray(y) / 1000


@cache
def _transformer(text: str) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", text, always_xy=True)


def fit_projection(network: Network) -> Projection:
    """Return Albers' equal-area projection fitted to a network: in the middle of its crossings, parallels by its nodes.

    Close to the equator, where the cone degenerates, Lambert's azimuthal one.

    Examples
    --------
    >>> import corridors as co
    >>> fit_projection(co.load()).text.split()[0]
    '+proj=aea'
    """
    spots = network.crossings if len(network.crossings) else network.nodes
    lat = network.nodes["y_coord"].to_numpy(float)
    if not len(spots) or not len(lat):
        return Projection("+proj=laea +lat_0=0 +lon_0=0 +ellps=WGS84")
    lon_0 = round((float(spots["x_coord"].min()) + float(spots["x_coord"].max())) / 2)
    low, high = float(lat.min()), float(lat.max())
    first, second = low + (high - low) / 6, high - (high - low) / 6
    middle = (low + high) / 2
    if abs(first + second) < 2:
        return Projection(f"+proj=laea +lat_0={middle:.1f} +lon_0={lon_0} +ellps=WGS84")
    return Projection(
        f"+proj=aea +lat_1={first:.1f} +lat_2={second:.1f} +lat_0={middle:.1f} +lon_0={lon_0} +ellps=WGS84"
    )


def read_outline(network: Network, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return the features of an outline as (properties, geometry in degrees); none if the network has no such outline.

    Raises
    ------
    DataError
        If the text is no GeoJSON.
    """
    text = network.outlines.get(name)
    if not text:
        return []
    import shapely
    from shapely.geometry import shape

    try:
        features = json.loads(text)["features"]
        # long straight edges are curves on the map
        return [(f.get("properties") or {}, shapely.segmentize(shape(f["geometry"]), _STEP_DEGREES)) for f in features]
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise DataError(f"{name}.geojson: cannot be read as GeoJSON features: {error}") from error


def to_path(geometry: BaseGeometry, project: Projection) -> Path:
    """Return a polygon or line, of one part or many, as one projected path."""
    import shapely
    from matplotlib.path import Path

    rings: list[Any] = []
    for part in shapely.get_parts(geometry):
        rings += [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    points, codes = [np.empty((0, 2))], [np.empty(0, np.uint8)]
    for ring in rings:
        lonlat = shapely.get_coordinates(ring)
        points.append(np.column_stack(project(lonlat[:, 0], lonlat[:, 1])))
        code = np.full(len(lonlat), Path.LINETO, np.uint8)
        code[0] = Path.MOVETO
        codes.append(code)
    return Path(np.concatenate(points), np.concatenate(codes))


def border_lines(network: Network, project: Projection) -> list[NDArray[np.float64]]:
    """Return the parts of the state border, each of shape (N, 2); none where there is no outline."""
    import shapely

    parts = shapely.get_parts([g for _, g in read_outline(network, "boundary")])
    return [np.asarray(to_path(part, project).vertices) for part in parts]


def region_outlines(network: Network, project: Projection, wanted: set[str]) -> dict[str, NDArray[np.float64]]:
    """Return the projected outline of some regions, by id, each of shape (N, 2): of its largest part."""
    import shapely

    found = {}
    for properties, geometry in read_outline(network, "regions"):
        region = str(properties.get("region_id"))
        if region in wanted and not geometry.is_empty:
            parts = shapely.get_parts(geometry)
            found[region] = np.asarray(to_path(parts[int(shapely.area(parts).argmax())].exterior, project).vertices)
    return found


def draw_ground(
    ax: Axes,
    network: Network,
    project: Projection,
    shades: Shades | None = None,
) -> None:
    """Draw land, waters, regions (shaded, where there are shades) and the state border."""
    from matplotlib.collections import PathCollection
    from shapely import box, clip_by_rect

    land, regions = read_outline(network, "land"), read_outline(network, "regions")
    if land:
        edge = np.array([geometry.bounds for _, geometry in land])
        west, south = edge[:, :2].min(axis=0)
        east, north = edge[:, 2:].max(axis=0)
        sea = box(west, south, east, north).segmentize(_STEP_DEGREES)
        regions = [
            (p, g.segmentize(_STEP_DEGREES))
            for p, g in ((p, clip_by_rect(g, west, south, east, north)) for p, g in regions)
            if not g.is_empty
        ]
        _fill(ax, [to_path(sea, project)], WATER, LAND, 0.8, 0)
        _fill(ax, [to_path(g, project) for p, g in land if p.get("kind") not in NO_LAND], LAND, LAND, 0.5, 1)
    if regions:
        shapes = [to_path(g, project) for _, g in regions]
        _fill(ax, shapes, LAND, LAND, 0.5, 1.1)
        faces: Any = "none"
        if shades is not None:
            ids = [str(p.get("region_id")) for p, _ in regions]
            faces = [shades.cmap(shades.norm(shades.values[i])) if i in shades.values else (0, 0, 0, 0) for i in ids]
            striped = [shape for shape, i in zip(shapes, ids, strict=True) if i in shades.striped]
            _stripe(ax, striped)
        ax.add_collection(
            PathCollection(shapes, facecolors=faces, edgecolors=REGION_LINE, linewidths=0.5, zorder=1.2), autolim=False
        )
    _fill(ax, [to_path(g, project) for p, g in land if p.get("kind") == "water"], WATER, WATER, 0.3, 1.4)
    border = [to_path(g, project) for _, g in read_outline(network, "boundary")]
    for colour, width, alpha in ((BORDER_LINE, 4.0, 0.22), (BORDER_LINE, 1.0, 1.0)):
        if border:
            ax.add_collection(
                PathCollection(border, facecolors="none", edgecolors=colour, linewidths=width, alpha=alpha, zorder=1.6),
                autolim=False,
            )


def _stripe(ax: Axes, paths: Sequence[Path]) -> None:
    from matplotlib.patches import PathPatch

    for path in paths:
        ax.add_patch(PathPatch(path, facecolor="none", edgecolor=STRIPES, hatch="//", linewidth=0, zorder=1.3))


def striped_key(label: str) -> Artist:
    """Return the legend entry of striped regions."""
    from matplotlib.patches import Patch

    return Patch(facecolor="none", edgecolor=STRIPES, hatch="//", linewidth=0.4, label=label)


def _fill(ax: Axes, paths: Sequence[Path], face: str, edge: str, width: float, order: float) -> None:
    from matplotlib.collections import PathCollection

    if paths:
        ax.add_collection(
            PathCollection(paths, facecolors=face, edgecolors=edge, linewidths=width, zorder=order), autolim=False
        )


def frame(
    points: NDArray[np.float64], margin: float, slimmest: float = 0.5, tallest: float = 1.0
) -> tuple[float, float, float, float]:
    """Return x and y limits around points, shape (N, 2), with a margin (a share of the size), neither slim nor tall.

    Examples
    --------
    >>> frame(np.array([[0.0, 0.0], [1000.0, 0.0]]), 0.1)
    (-100.0, 1100.0, -300.0, 300.0)
    """
    if not len(points):
        points = np.zeros((1, 2))
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    width, height = np.maximum((high - low) * (1 + 2 * margin), _LEAST_KM)
    height = max(height, slimmest * width)
    width = max(width, height / tallest)
    return (
        float(middle[0] - width / 2),
        float(middle[0] + width / 2),
        float(middle[1] - height / 2),
        float(middle[1] + height / 2),
    )


def find_extent(
    network: Network,
    project: Projection,
    extent: str | Sequence[float] | None,
    route_points: NDArray[np.float64],
    network_points: NDArray[np.float64],
) -> tuple[float, float, float, float]:
    """Return x and y limits in km for what a user asks to see.

    Raises
    ------
    UsageError
        If ``extent`` is neither None, ``border``, ``route`` nor four degrees (west, south, east, north).
    """
    if extent is None:
        return frame(network_points, 0.03)
    if extent == "border":
        lines = border_lines(network, project)
        if not lines:
            lines = [np.column_stack(project(network.crossings["x_coord"], network.crossings["y_coord"]))]
        return frame(np.concatenate(lines), 0.07)
    if extent == "route":
        if not len(route_points):
            raise UsageError("extent 'route': expected a route to be drawn as well")
        return frame(route_points, 0.12, 0.55)
    if not isinstance(extent, str) and len(extent) == 4:
        west, south, east, north = (float(v) for v in extent)
        lon, lat = np.meshgrid(np.linspace(west, east, 20), np.linspace(south, north, 20))
        return frame(np.column_stack(project(lon.ravel(), lat.ravel())), 0.0, 0.2, 3.0)
    raise UsageError(f"extent {extent!r}: expected 'border', 'route' or west, south, east, north in degrees")


def draw_scale(ax: Axes, lang: str) -> None:
    """Draw a scale bar in the lower left corner, about a sixth of the width long."""
    from matplotlib.patches import Rectangle

    left, right = ax.get_xlim()
    bottom, top = ax.get_ylim()
    about = (right - left) / 6
    step = 10 ** np.floor(np.log10(about))
    length = float(max(m * step for m in (1, 2, 5) if m * step <= about))
    x, y = left + 0.02 * (right - left), bottom + 0.03 * (top - bottom)
    tick = 0.006 * (right - left)
    ax.plot([x, x, x + length, x + length], [y + tick, y, y, y + tick], color=INK, lw=1.2, zorder=11)
    ax.text(
        x + length / 2, y + tick, f"{number(lang, length)} {word(lang, 'km')}",
        ha="center", va="bottom", fontsize=7, color=INK, zorder=11,
    )  # fmt: skip
    pad = 1.5 * tick
    box: Any = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "zorder": 10.9}
    ax.add_patch(Rectangle((x - pad, y - pad), length + 2 * pad, 5.5 * tick, **box))
