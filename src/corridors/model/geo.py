"""Great-circle distance, the course of links, and the points a path passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from corridors.model.network import Network

EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius (IUGG 1980)."""


def great_circle_km(lat_a: Any, lon_a: Any, lat_b: Any, lon_b: Any) -> Any:
    """Return great-circle distances on a sphere of the mean Earth radius (haversine).

    Parameters
    ----------
    lat_a, lon_a, lat_b, lon_b
        Degrees; numbers or arrays of shapes that broadcast.

    Returns
    -------
    float or numpy.ndarray
        Kilometres. The ellipsoid differs by at most 0.5%.

    Examples
    --------
    >>> round(float(great_circle_km(55.44, 65.32, 54.86, 69.15)))
    252
    """
    a, b, c, d = (np.radians(v) for v in (lat_a, lon_a, lat_b, lon_b))
    h = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(h))


def line_coordinates(wkt: str) -> list[tuple[float, float]]:
    """Return the (longitude, latitude) points of a WKT LINESTRING as the tables have it.

    Examples
    --------
    >>> line_coordinates("LINESTRING (65.3 55.4, 66 55.2)")
    [(65.3, 55.4), (66.0, 55.2)]
    """
    return [(float(x), float(y)) for x, y in (point.split() for point in wkt[wkt.index("(") + 1 : -1].split(","))]


def link_courses(network: Network) -> list[list[tuple[float, float]]]:
    """Return the (longitude, latitude) points of each link, in table order: its geometry, or its two ends.

    Examples
    --------
    >>> import corridors as co
    >>> net = co.load()
    >>> len(link_courses(net)) == len(net.links)
    True
    """
    links = network.links
    at = dict(
        zip(network.nodes.index, zip(network.nodes["x_coord"], network.nodes["y_coord"], strict=True), strict=True)
    )
    shapes = links["geometry"] if "geometry" in links else [None] * len(links)
    return [
        line_coordinates(shape) if isinstance(shape, str) else [at[a], at[b]]
        for shape, a, b in zip(shapes, links["from_node_id"], links["to_node_id"], strict=True)
    ]


def path_points(network: Network, link_ids: list[str]) -> list[tuple[float, float]]:
    """Return the course of links that follow each other as (longitude, latitude), in order of travel.

    Parameters
    ----------
    network
        The network.
    link_ids
        Links, each sharing a node with the next; none: no points.
    """
    rows = network.links.loc[link_ids]
    ends = [(str(a), str(b)) for a, b in zip(rows["from_node_id"], rows["to_node_id"], strict=True)]
    if not ends:
        return []
    courses = link_courses(network.with_tables(links=rows))
    turned = not (len(ends) == 1 or ends[0][1] in ends[1])
    here, points = ends[0][turned], courses[0][:: -1 if turned else 1][:1]
    for (a, b), course in zip(ends, courses, strict=True):
        points += course[1:] if a == here else course[-2::-1]
        here = b if a == here else a
    return points
