"""Outlines of countries and regions, put together from the ways that their relations name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.sources.build.ways import AREA_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray


def outlines(
    areas: Sequence[Mapping[str, Any]],
    rings: Mapping[int, Sequence[int]],
    ids: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> gpd.GeoDataFrame | None:
    """Return areas with their outlines, None where that is not whole.

    Parameters
    ----------
    areas
        For each its code, level, names and ``members``, numbers of the ways of its outline.
    rings
        Points of each way that is there.
    ids, lon, lat
        The points that are there, ascending, and where they lie, shape (P,).

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``AREA_COLUMNS``, WGS 84; None where there are no areas.

    Examples
    --------
    >>> square = {1: [1, 2, 3], 2: [3, 4, 1]}
    >>> where = np.array([1, 2, 3, 4]), np.array([0.0, 1, 1, 0]), np.array([0.0, 0, 1, 1])
    >>> whole = {"code": "AA", "level": 2, "members": [1, 2]}
    >>> found = outlines([whole, {"code": "BB", "level": 2, "members": [2, 3]}], square, *where)
    >>> found.geometry[0].bounds, found.geometry[1]
    ((0.0, 0.0, 1.0, 1.0), None)
    """
    if not areas:
        return None
    import geopandas as gpd

    found = [{column: area.get(column) for column in AREA_COLUMNS} for area in areas]
    shapes = [_outline([rings.get(member) for member in area["members"]], ids, lon, lat) for area in areas]
    return gpd.GeoDataFrame(found, columns=[*AREA_COLUMNS], geometry=shapes, crs=4326)


def _outline(
    ways: Sequence[Sequence[int] | None], ids: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> Any:
    """Return the polygons that ways enclose, holes left out; None if a way or point is missing or a ring is open."""
    import shapely

    if not ways or not len(ids):
        return None
    lines: list[Any] = []
    ends: list[int] = []
    for way in ways:
        if way is None or len(way) < 2:
            return None
        refs = np.array(way, np.int64)
        at = np.minimum(np.searchsorted(ids, refs), len(ids) - 1)
        if (ids[at] != refs).any():
            return None
        ends += [way[0], way[-1]]
        lines.append(shapely.linestrings(lon[at], lat[at]))
    if (np.unique(ends, return_counts=True)[1] % 2).any():
        return None
    shape = shapely.build_area(shapely.geometrycollections(lines))
    return None if shape.is_empty or not shape.is_valid else shape
