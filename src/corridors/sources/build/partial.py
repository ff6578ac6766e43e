"""Regions of a map that are but a part of their country, and must not stand for it; and what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

FAR_DEGREES = 0.05
"""How far from all areas of the map a line lies that shows that one is missing: farther than other outlines are off."""

SLIVER_DEGREES = 0.01
"""About a kilometre: outlines of a country and of its regions, drawn by two hands, may lie this far apart."""

LEAST_REST_DEGREES2, LEAST_REST_SHARE = 0.05, 0.01
"""Land of which no region is known is left alone below some 400 km², in small countries below this share of them."""

_CELL_DEGREES = 0.02


def drop_partial(
    known: gpd.GeoDataFrame,
    countries: Sequence[str],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    outline_of: Callable[[str], BaseGeometry | None],
) -> tuple[gpd.GeoDataFrame, dict[str, list[str]]]:
    """Return the areas of a map without the regions that are but a part of their country, and the codes of these.

    A country whose own outline is not whole in a map may be put together from its regions. An extract round one town
    has one region whole and its country not. What tells is a line on land of the countries asked for, by other
    outlines, that lies in no area of the map; where no other outline is known, a line in no area at all.

    Parameters
    ----------
    known
        Areas, columns code, level and geometry.
    countries
        Those asked for.
    lon, lat
        Where lines lie on land, shape (N,).
    outline_of
        Gives the outline of a country that is known from elsewhere, if it is needed; None: nobody knows it.
    """
    import shapely

    level, code = known["level"].to_numpy(), known["code"].to_numpy(object)
    whole = {*code[level == 2]}
    regions = {c: np.flatnonzero((level == 4) & _begins(code, f"{c}-")) for c in countries if c not in whole}
    regions = {c: rows for c, rows in regions.items() if len(rows)}
    beyond = _far_from(known.geometry.to_numpy(), lon, lat) if regions else np.empty((0, 2))
    if not len(beyond):
        return known, {}
    lands = {c: outline_of(c) for c in countries}
    on_land = any(shape is not None and shapely.contains_xy(shape, *beyond.T).any() for shape in lands.values())
    partial = {c: rows for c, rows in regions.items() if on_land or lands[c] is None}
    kept = np.ones(len(known), bool)
    for rows in partial.values():
        kept[rows] = False
    return known[kept].reset_index(drop=True), {c: sorted(code[rows]) for c, rows in partial.items()}


def rest_of(
    country: BaseGeometry, regions: NDArray[np.object_], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> BaseGeometry | None:
    """Return the land of a country of which no region is known; None: nothing of it, or only slivers or sea.

    An outline may go twelve nautical miles out to sea where those of regions end at the coast, so what counts is that a
    line on land lies there, far from all regions.

    Parameters
    ----------
    country, regions
        Outlines, degrees.
    lon, lat
        Where lines lie on land, shape (N,).
    """
    import shapely

    inside = shapely.box(*country.bounds)
    shapely.prepare(inside)
    around = np.flatnonzero(shapely.contains_xy(inside, lon, lat))
    beyond = _far_from(regions, lon[around], lat[around]) if len(around) else np.empty((0, 2))
    shapely.prepare(country)
    beyond = beyond[shapely.contains_xy(country, *beyond.T)]
    if not len(beyond):
        return None
    left = shapely.difference(country, shapely.union_all(regions))
    wide = shapely.buffer(shapely.buffer(left, -SLIVER_DEGREES), SLIVER_DEGREES)
    parts = shapely.get_parts(shapely.intersection(wide, left))
    least = min(LEAST_REST_DEGREES2, LEAST_REST_SHARE * shapely.area(country))
    there = [p for p in parts if shapely.area(p) >= least and shapely.contains_xy(p, *beyond.T).any()]
    return shapely.union_all(there) if there else None


def _begins(codes: NDArray[np.object_], start: str) -> NDArray[np.bool_]:
    return np.array([code.startswith(start) for code in codes], bool)


def _far_from(shapes: NDArray[np.object_], lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points far from all shapes, one of each small cell, shape (N, 2)."""
    import shapely

    cells = np.floor(np.column_stack([lon, lat]) / _CELL_DEGREES)
    points = np.column_stack([lon, lat])[np.unique(cells, axis=0, return_index=True)[1]]
    spots: Any = shapely.points(points)
    near = shapely.STRtree(spots).query(shapes, predicate="dwithin", distance=FAR_DEGREES)[1]
    return np.delete(points, near, axis=0)
