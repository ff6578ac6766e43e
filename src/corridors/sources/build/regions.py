"""Regions of the tables, and the outlines that maps draw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.model.geo import great_circle_km
from corridors.sources.build.areas import SLACK_DEGREES
from corridors.sources.build.frames import frame

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from corridors.sources.build.areas import Areas

_STEP_DEGREES = 0.005
"""The border is measured in pieces of about half a kilometre at most, each of one region on either side."""

_SHARED_DEGREES = 1e-6
_FINEST, _PER_MAP = 1e-4, 5000
_MARGIN = 0.4
_LANGUAGES = ("en", "ru", "kk")


def make_regions(
    areas: Areas, lon: NDArray[np.float64], lat: NDArray[np.float64], named: set[str], source: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the table of regions and the outlines for maps.

    Regions are those whose outline meets the box around the network's nodes, and those that a node, place or crossing
    belongs to: that of a ferry that ends at sea may lie far outside that box. The border between two of them is where
    their outlines lie within about a kilometre of each other; its length is the sum of great circles along the outline
    of the country asked for first, inside that box or not.

    Parameters
    ----------
    areas
        Countries and regions.
    lon, lat
        Where the nodes and places lie, shape (N,).
    named
        Codes of the regions that nodes, places and crossings belong to.
    source
        Id of the source, for regions of the file's own.
    """
    import shapely

    box = shapely.box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    wide = max(*(np.array(box.bounds[2:]) - np.array(box.bounds[:2])), 0.02)
    near = shapely.buffer(box, 2 * SLACK_DEGREES)  # what lies just off an outline counts to it
    wanted = shapely.intersects(areas.regions.geometry.to_numpy(), near) | areas.regions["code"].isin(named).to_numpy()
    regions = areas.regions[wanted].reset_index(drop=True)
    border = _border(areas)
    if len(regions) < len(areas.regions):
        border = border[border["a"].isin(regions["code"]) & border["b"].isin(regions["code"])]
    neighbours: dict[str, set[str]] = {}
    length: dict[str, float] = {}
    for a, b, km in zip(border["a"], border["b"], border["km"], strict=True):
        for one, other in ((a, b), (b, a)):
            neighbours.setdefault(one, set()).add(other)
            length[one] = length.get(one, 0.0) + km
    codes = regions["code"].tolist()
    table = {
        **{c: regions[c].tolist() for c in ("name_en", "name_ru", "name_kk", "country")},
        "region_id": codes,
        "area_km2": np.round(_middled(regions).to_crs("ESRI:54034").area.to_numpy() / 1e6, 1),
        "border": [c in neighbours for c in codes],
        "border_length_km": [round(length[c], 1) if c in length else None for c in codes],
        "border_neighbours": ["|".join(sorted(neighbours.get(c, ()))) for c in codes],
        "source": [f"{origin or source}#{c}" for origin, c in zip(regions["origin"], codes, strict=True)],
    }
    view = shapely.box(*shapely.buffer(box, _MARGIN * wide).bounds)
    simple = max(_FINEST, float(wide) / _PER_MAP)
    return frame("regions", table, len(codes)), _outlines(areas, regions, border, view, simple)


def _middled(regions: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return the outlines, those that reach over the 180th meridian moved along their parallels, as large as before."""
    from shapely.affinity import translate

    far = {at: -sum(shape.bounds[::2]) / 2 for at, shape in regions.geometry.items() if shape.bounds[2] > 180}
    moved: gpd.GeoSeries = regions.geometry.copy()
    for at, east in far.items():
        moved.loc[at] = translate(moved.loc[at], east)
    return moved


def _border(areas: Areas) -> pd.DataFrame:
    """Return the pieces of border between the countries: regions a and b, km, and the ends x0, y0, x1, y1."""
    import shapely

    parts = []
    outline = areas.outline
    for first in range(len(areas.countries)):
        own = outline.country == first
        lines = shapely.segmentize(
            shapely.linestrings(np.stack([outline.start[own], outline.end[own]], axis=1)), _STEP_DEGREES
        )
        points, line = shapely.get_coordinates(lines, return_index=True)
        same = line[:-1] == line[1:]
        start, end = points[:-1][same], points[1:][same]
        middle = (start + end) / 2
        for second in range(first + 1, len(areas.countries)):
            near = _along(areas, second, middle)
            if not near.any():
                continue
            where = middle[near, 0], middle[near, 1]
            a, b = (areas.region_at(*where, np.full(int(near.sum()), c, np.int8)) for c in (first, second))
            ends = dict(zip(("x0", "y0", "x1", "y1"), [*start[near].T, *end[near].T], strict=True))
            km = great_circle_km(start[near, 1], start[near, 0], end[near, 1], end[near, 0])
            parts.append(pd.DataFrame({"a": a, "b": b, "km": km, **ends}))
    columns = ["a", "b", "km", "x0", "y0", "x1", "y1"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _along(areas: Areas, country: int, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points lie on the outline of a country, shape (N,).

    Outlines drawn by one hand share their border; of others it is what lies within about a kilometre.
    """
    import shapely

    own = areas.outline.country == country
    lines: Any = shapely.linestrings(np.stack([areas.outline.start[own], areas.outline.end[own]], axis=1))
    west, south, east, north = areas.shapes[country].bounds
    x, y = points.T
    inside = (x >= west - SLACK_DEGREES) & (x <= east + SLACK_DEGREES)
    close = np.flatnonzero(inside & (y >= south - SLACK_DEGREES) & (y <= north + SLACK_DEGREES))
    tree, spots = shapely.STRtree(lines), shapely.points(points[close])
    at, far = tree.query_nearest(spots, max_distance=SLACK_DEGREES, all_matches=False, return_distance=True)
    shared = far < _SHARED_DEGREES
    found = np.zeros(len(points), bool)
    found[close[at[0][shared] if 2 * shared.sum() > len(far) else at[0]]] = True
    return found


def _outlines(
    areas: Areas, regions: gpd.GeoDataFrame, border: pd.DataFrame, view: Any, simple: float
) -> dict[str, str]:
    """Return the GeoJSON of border, regions and, where the neighbours are known, land."""
    import shapely

    shapes = shapely.simplify(regions.geometry.to_numpy(), simple)
    found = {
        "boundary": _collection(_border_features(border, simple)),
        "regions": _collection(
            [
                ({"region_id": c, "name_en": n}, s)
                for c, n, s in zip(regions["code"], regions["name_en"], shapes, strict=True)
            ]
        ),
    }
    around = areas.others[shapely.intersects(areas.others.geometry.to_numpy(), view)]
    if len(around):
        land = [({"kind": "land", "name_en": n, "iso": c}, s) for c, n, s in around.itertuples(index=False)]
        land += [
            ({"kind": "land", "name_en": c, "iso": c}, s) for c, s in zip(areas.countries, areas.shapes, strict=True)
        ]
        cut = [(p, shapely.simplify(shapely.intersection(s, view), simple)) for p, s in land]
        # how far land is known: what is left of it is sea
        found["land"] = _collection([({"kind": "view"}, view), *((p, s) for p, s in cut if not s.is_empty)])
    return found


def _border_features(border: pd.DataFrame, simple: float) -> list[tuple[dict[str, Any], Any]]:
    import shapely

    features = []
    for (a, b), rows in border.groupby(["a", "b"], sort=True):
        ends = rows[["x0", "y0", "x1", "y1"]].to_numpy(float).reshape(-1, 2, 2)
        pieces: Any = shapely.linestrings(ends)
        line = shapely.simplify(shapely.line_merge(shapely.multilinestrings(pieces)), simple)
        properties = {"region_a": a, "region_b": b, "length_km": round(float(rows["km"].sum()), 1)}
        features.append((properties, line))
    return features


def _collection(features: list[tuple[dict[str, Any], Any]]) -> str:
    import shapely

    rows = []
    for properties, shape in features:
        rounded = shapely.transform(shape, lambda c: np.round(c, 5))
        geometry = json.loads(shapely.to_geojson(rounded))
        rows.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False, separators=(",", ":"))
