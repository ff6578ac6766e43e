"""Maps on both sides of the 180th meridian: turned so that no line leads the long way round, and turned back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from corridors.model.network import Network
    from corridors.sources.build.ways import Ways


_ROUND = np.array([360.0, 0.0])


def seam_of(ways: Ways) -> float | None:
    """Return the meridian where the map is to be cut open instead of the 180th; None: no line crosses that one.

    It lies in the middle of the widest stretch of longitudes without a point.

    Examples
    --------
    >>> import types
    >>> where = {"tail": np.array([0]), "head": np.array([1])}
    >>> seam_of(types.SimpleNamespace(lon=np.array([179.0, -179.0]), **where))
    0.0
    >>> seam_of(types.SimpleNamespace(lon=np.array([60.0, 61.0]), **where)) is None
    True
    """
    if not (np.abs(ways.lon[ways.tail] - ways.lon[ways.head]) > 180).any():
        return None
    east = np.unique(ways.lon[np.concatenate([ways.tail, ways.head])])
    gaps = np.diff(np.append(east, east[0] + 360))
    at = int(gaps.argmax())
    return float((east[at] + gaps[at] / 2 + 180) % 360 - 180)


def turned(lon: NDArray[np.float64], seam: float | None) -> NDArray[np.float64]:
    """Return longitudes east of the seam, up to 360 degrees further.

    Examples
    --------
    >>> turned(np.array([179.0, -179.0]), 0.0).tolist()
    [179.0, 181.0]
    """
    return lon if seam is None else np.where(lon < seam, lon + 360, lon)


def turned_back(lon: Any) -> Any:
    """Return longitudes from -180 to 180.

    Examples
    --------
    >>> turned_back(np.array([181.1, 180.0, 60.1])).tolist()
    [-178.9, 180.0, 60.1]
    """
    return np.where(np.asarray(lon) > 180, np.round(np.asarray(lon) - 360, 7), lon)


def turned_ways(ways: Ways, seam: float | None) -> tuple[Ways, int]:
    """Return a map cut open at the seam, and how many segments are left out: they lead the long way round even so."""
    if seam is None:
        return ways, 0
    lon = turned(ways.lon, seam)
    short = np.abs(lon[ways.tail] - lon[ways.head]) <= 180
    parts = {c: getattr(ways, c)[short] for c in ("tail", "head", "way", "length_km")}
    spots = ways.spots.assign(x_coord=turned(ways.spots["x_coord"].to_numpy(float), seam))
    return replace(ways, lon=lon, spots=spots, **parts), int((~short).sum())


def turned_shapes(shapes: Iterable[Any], seam: float | None) -> NDArray[np.object_]:
    """Return outlines cut open at the seam, and whole where they were cut at the 180th meridian."""
    import shapely

    whole = np.array([*shapes], object)
    if seam is None or not len(whole):
        return whole
    west = shapely.intersection(whole, shapely.box(-180, -90, seam, 90))
    east = shapely.intersection(whole, shapely.box(seam, -90, 180, 90))
    moved = shapely.transform(west, lambda c: c + _ROUND)
    return np.asarray(shapely.union(moved, east))


def turned_back_shape(shape: Any) -> Any:
    """Return an outline or line in longitudes from -180 to 180, cut at the 180th meridian."""
    import shapely

    if shape.is_empty or shape.bounds[2] <= 180:
        return shape
    east = shapely.intersection(shape, shapely.box(180, -90, 540, 90))
    west = shapely.intersection(shape, shapely.box(-180, -90, 180, 90))
    return shapely.union(west, shapely.transform(east, lambda c: c - _ROUND))


def turned_back_network(network: Network, seam: float | None) -> Network:
    """Return a network with its positions from -180 to 180; the course of a link that crosses 180 goes on beyond."""
    if seam is None:
        return network
    tables = {
        name: network.table(name).assign(x_coord=turned_back(network.table(name)["x_coord"].to_numpy(float)))
        for name in ("nodes", "places", "crossings")
    }
    outlines = {name: _turned_back_outlines(text) for name, text in network.outlines.items()}
    return replace(network.with_tables(**tables, links=_turned_back_links(network.links)), outlines=outlines)


def _turned_back_links(links: pd.DataFrame) -> pd.DataFrame:
    """Return links of which those that lie beyond the 180th meridian as a whole are drawn on the other side of it."""
    import shapely

    text = links["geometry"].to_numpy(object).copy()
    for at in np.flatnonzero(pd.notna(text)).tolist():
        line = shapely.from_wkt(text[at])
        if line.bounds[0] >= 180 < line.bounds[2]:
            text[at] = shapely.to_wkt(shapely.transform(line, lambda c: c - _ROUND), rounding_precision=6)
    return links.assign(geometry=pd.array(text, dtype="str"))


def _turned_back_outlines(text: str) -> str:
    import shapely

    found = json.loads(text)
    for feature in found["features"]:
        shape = turned_back_shape(shapely.from_geojson(json.dumps(feature["geometry"])))
        feature["geometry"] = json.loads(shapely.to_geojson(shape))
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
