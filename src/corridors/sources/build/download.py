"""What is to be downloaded: an area from a box or a file, and in how many requests."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import DataError, UsageError
from corridors.sources.build import tags as t
from corridors.sources.build.osm_files import read_boundaries
from corridors.sources.build.overpass import check_roads, way_filters

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def bbox_area(text: str) -> BaseGeometry:
    """Return the box that an option names.

    Raises
    ------
    UsageError
        If it is no box.

    Examples
    --------
    >>> bbox_area("69, 54.5, 69.5, 55").bounds
    (69.0, 54.5, 69.5, 55.0)
    """
    from shapely.geometry import box

    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = np.nan
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise UsageError(f"--bbox {text!r}: expected west,south,east,north in degrees, such as 69,54.5,69.5,55")
    return box(west, south, east, north)


def file_area(file: str) -> BaseGeometry:
    """Return the area that the polygons of a file cover.

    Raises
    ------
    DataError
        If it cannot be read or holds no polygon.
    """
    import shapely

    found = read_boundaries(file)
    parts = (found if found.crs is None else found.to_crs("EPSG:4326")).geometry
    lands = shapely.make_valid(shapely.force_2d(parts[parts.notna()].to_numpy()))
    area: BaseGeometry = shapely.union_all(lands[shapely.get_dimensions(lands) == 2])
    if area.is_empty or not np.isfinite(area.bounds).all():
        raise DataError(f"{file}: no outlines, expected polygons of countries or regions")
    return area


def request_count(area: BaseGeometry, *, roads: str = t.DEFAULT_ROADS, outlines: bool = True) -> tuple[int, int]:
    """Return how many times an area is what osmnx asks for at once, and in how many requests it is downloaded.

    Parameters
    ----------
    area, roads, outlines
        As for :func:`read_overpass`.

    Returns
    -------
    tuple
        Whole times, by ``osmnx.settings.max_query_area_size``, and requests, if the cache holds none of the answers.

    Examples
    --------
    >>> request_count(bbox_area("69,54.5,69.1,54.6"))
    (0, 6)
    """
    import osmnx
    from osmnx._overpass import _make_overpass_polygon_coord_strs as parts_of

    check_roads(roads)
    whole: Any = area
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "This area is", UserWarning)
        drawn: Any
        wider: Any
        drawn, crs = osmnx.projection.project_geometry(area)
        # as osmnx does it: lines are looked for half a kilometre further out
        wider = osmnx.projection.project_geometry(drawn.buffer(500), crs=crs, to_latlong=True)[0]
        parts = [len(parts_of(polygon)) for polygon in (wider, whole)]
    times = int(drawn.area / osmnx.settings.max_query_area_size)
    return times, parts[0] * len(way_filters(roads)) + parts[1] + int(outlines)
