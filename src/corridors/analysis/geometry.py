"""Results with the geometry of their rows, for geopandas."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import UsageError
from corridors.model.geo import path_points

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from corridors.analysis.results import Result
    from corridors.model.network import Network


def with_geometry(result: Result) -> GeoDataFrame:
    """Return the table of a result with geometry in EPSG:4326, by what its rows are.

    Rows are routes (lines from node to node), crossings, stops of a line (points), or regions (simplified outlines).

    Raises
    ------
    UsageError
        If the rows lie nowhere.

    Examples
    --------
    >>> import corridors as co
    >>> lines = co.route(co.load(), "Kurgan", "Omsk", mode="rail").geo()
    >>> lines.geometry.iloc[0].geom_type
    'LineString'
    """
    import geopandas

    table, network = result.table, result.network
    rows = str(table.index.name)
    if rows == "rank" and hasattr(result, "routes"):
        shapes = _lines(network, result.routes)
    elif rows == "crossing_id":
        at = network.crossings.loc[table.index]
        shapes = list(geopandas.points_from_xy(at["x_coord"], at["y_coord"]))
    elif rows == "stop":
        at = network.nodes.reindex(table["node_id"])
        points = geopandas.points_from_xy(at["x_coord"], at["y_coord"])
        shapes = [None if node != node else p for node, p in zip(at["x_coord"], points, strict=True)]  # noqa: PLR0124
    elif rows == "region_id":
        outlines = _outlines(network)
        shapes = [outlines.get(str(region)) for region in table.index]
    else:
        raise UsageError(f"{result.title}: its rows have no geometry, expected routes, crossings or regions")
    return geopandas.GeoDataFrame(table.copy(), geometry=shapes, crs="EPSG:4326")


def _lines(network: Network, routes: tuple[dict[str, Any], ...]) -> list[Any]:
    from shapely.geometry import LineString

    links = ([link for leg in route["legs"] for link in leg["link_ids"]] for route in routes)
    return [LineString(path_points(network, ids)) for ids in links]


def regions_at(network: Network, lat: Any, lon: Any) -> NDArray[np.object_]:
    """Return the region whose outline holds each point, empty where none does or there are no outlines.

    Parameters
    ----------
    network
        The network.
    lat, lon
        Degrees, arrays of shape (N,). Outlines are simplified to about 1 km.

    Examples
    --------
    >>> import corridors as co
    >>> regions_at(co.load(), [54.87], [69.15]).tolist()
    ['KZ-59']
    """
    import shapely

    found = np.full(len(lat), "", dtype=object)
    points = shapely.points(np.asarray(lon, float), np.asarray(lat, float))
    for region_id, outline in _outlines(network).items():
        shapely.prepare(outline)
        found[(found == "") & shapely.covers(outline, points)] = region_id
    return found


def country_at(network: Network, lat: float, lon: float) -> str:
    """Return the country whose outline holds a point, empty where none does or there are no outlines.

    Examples
    --------
    >>> import corridors as co
    >>> country_at(co.load(), 54.87, 69.15)
    'KZ'
    """
    return str(regions_at(network, [lat], [lon])[0]).partition("-")[0]


def _outlines(network: Network) -> dict[str, Any]:
    return _read_outlines(network.outlines.get("regions", ""))


@cache
def _read_outlines(text: str) -> dict[str, Any]:
    from shapely.geometry import shape

    features = json.loads(text)["features"] if text else []
    return {f["properties"]["region_id"]: shape(f["geometry"]) for f in features}
