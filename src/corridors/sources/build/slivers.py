"""Outlines drawn for small maps, moved by less than they are off where a road runs along the border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.ways import Ways

OFF_DEGREES = 0.015
"""How far the outlines may be off, about 1.5 km."""

_ROOM_DEGREES = 0.0005


def settle_slivers(ways: Ways, areas: Areas) -> tuple[gpd.GeoDataFrame | None, int]:
    """Return the areas of lines with slivers given to the country they are lines of, and how many slivers there were.

    A road that runs along a border seems to cross it again and again where the outline is off. What lies across is then
    a few points near the border that are joined to nothing but the country they come from: by two crossings or more,
    and without a station. The outline is moved to take them in. A road that ends across the border stays where it is.

    Parameters
    ----------
    ways
        Lines, with areas.
    areas
        The same areas, as countries.
    """
    if ways.areas is None:
        return None, 0
    country = areas.country_at(ways.lon, ways.lat)
    part = _parts(ways, country)
    shapes = dict(zip(areas.countries, areas.shapes, strict=True))
    slivers = [
        (home, across, patch)
        for number in _several_crossings(ways, country, part)
        if (found := _sliver(ways, areas, country, part == number)) is not None
        for home, across, patch in [found]
    ]
    for home, across, patch in slivers:
        shapes[areas.countries[home]] = shapes[areas.countries[home]].union(patch)
        shapes[areas.countries[across]] = shapes[areas.countries[across]].difference(patch)
    whole = ways.areas["level"].to_numpy() == 2
    moved = [
        shapes[code] if is_country and code in shapes else shape
        for code, is_country, shape in zip(ways.areas["code"], whole, ways.areas.geometry, strict=True)
    ]
    return ways.areas.set_geometry(moved, crs=ways.areas.crs) if slivers else ways.areas, len(slivers)


def _parts(ways: Ways, country: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return a number for each point, the same for those joined without leaving their country."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    at_home = country[ways.tail] == country[ways.head]
    tail, head, size = ways.tail[at_home], ways.head[at_home], len(ways.ids)
    graph = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def _several_crossings(ways: Ways, country: NDArray[np.int8], part: NDArray[np.int64]) -> list[int]:
    """Return the parts that at least two segments lead into from another country."""
    crossing = (country[ways.tail] != country[ways.head]) & (country[ways.tail] >= 0) & (country[ways.head] >= 0)
    numbers, count = np.unique(part[np.concatenate([ways.tail[crossing], ways.head[crossing]])], return_counts=True)
    several: list[int] = numbers[count > 1].tolist()
    return several


def _sliver(
    ways: Ways, areas: Areas, country: NDArray[np.int8], inside: NDArray[np.bool_]
) -> tuple[int, int, BaseGeometry] | None:
    """Return the country that a part belongs to, the one it lies in, and the land it lies on; None: it is no sliver."""
    import shapely

    points = np.flatnonzero(inside)
    touching = np.flatnonzero(inside[ways.tail] | inside[ways.head])
    around = np.setdiff1d(np.concatenate([ways.tail[touching], ways.head[touching]]), points)
    homes = np.unique(country[around])
    stations = ways.spots["point"].isin(points).any() if "point" in ways.spots else False
    if len(homes) != 1 or homes[0] < 0 or stations:
        return None
    home, across = int(homes[0]), int(country[points[0]])
    place: Any = shapely.points(ways.lon[points], ways.lat[points])
    if not shapely.dwithin(areas.shapes[home], place, OFF_DEGREES).all():
        return None
    ends = [np.column_stack([ways.lon[side[touching]], ways.lat[side[touching]]]) for side in (ways.tail, ways.head)]
    drawn = shapely.intersection(shapely.linestrings(np.stack(ends, axis=1)), areas.shapes[across])
    return home, across, shapely.buffer(shapely.union_all([*np.atleast_1d(drawn), *place]), _ROOM_DEGREES)
