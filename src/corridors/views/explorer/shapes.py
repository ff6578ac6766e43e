"""What the explorer draws: courses of links, outlines and places, projected as the printed maps are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.model.geo import link_courses
from corridors.views.explorer.arrays import encode
from corridors.views.ground import NO_LAND, read_outline

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridors.model.network import Network
    from corridors.views.ground import Projection

_PER_KM = 10
"""Coordinates are whole numbers of 100 m, y downwards."""
_SIMPLE_DEGREES = 0.004
_CLASSES = ("rail", "rail_branch", "road_trunk", "road_other", "sea", "transfer")


def pack_shapes(network: Network, project: Projection) -> dict[str, Any]:
    """Return the shapes as plain data: lines of links, land, water, regions and the border, points of what has a name.

    Parameters
    ----------
    network
        The network.
    project
        From degrees to km.
    """
    courses = link_courses(network)
    size = np.array([len(course) for course in courses], "<i4")
    points = _to_page(np.array([p for course in courses for p in course], float).reshape(-1, 2), project)
    return {
        "per_km": _PER_KM,
        "link_size": encode(size),
        "link_points": encode(points),
        "link_class": [_CLASSES.index(c) for c in _class_of(network)],
        "classes": list(_CLASSES),
        "sea": _sea(network, project),
        "land": [_rings(g, project) for p, g in read_outline(network, "land") if p.get("kind") not in NO_LAND],
        "water": [_rings(g, project) for p, g in read_outline(network, "land") if p.get("kind") == "water"],
        "regions": {str(p.get("region_id")): _rings(g, project) for p, g in read_outline(network, "regions")},
        "border": [_rings(g, project) for _, g in read_outline(network, "boundary")],
        "places": encode(_to_page(network.places[["x_coord", "y_coord"]].to_numpy(float), project)),
        "crossings": encode(_to_page(network.crossings[["x_coord", "y_coord"]].to_numpy(float), project)),
    }


def _sea(network: Network, project: Projection) -> list[list[list[int]]]:
    """Return what land and water were cut from: beyond it nothing is known, and nothing is sea."""
    from shapely import box

    bounds = np.array([g.bounds for _, g in read_outline(network, "land")])
    if not len(bounds):
        return []
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    return [
        [_to_page(np.asarray(box(west, south, east, north).segmentize(0.5).exterior.coords), project).ravel().tolist()]
    ]


def _class_of(network: Network) -> list[str]:
    """Return how each link is drawn."""
    kinds = zip(network.links["mode"], network.links["facility_type"], strict=True)
    return [
        str(mode)
        if mode in {"sea", "transfer"}
        else ("rail" if kind == "main" else "rail_branch")
        if mode == "rail"
        else ("road_trunk" if kind in {"motorway", "trunk"} else "road_other")
        for mode, kind in kinds
    ]


def _rings(geometry: BaseGeometry, project: Projection) -> list[list[int]]:
    """Return the rings or lines of a geometry as flat lists of x and y, simplified to what shows on a screen."""
    import shapely

    parts = shapely.get_parts(shapely.simplify(geometry, _SIMPLE_DEGREES))
    rings = [r for part in parts for r in ([part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part])]
    return [_to_page(shapely.get_coordinates(ring), project).ravel().tolist() for ring in rings]


def _to_page(lonlat: NDArray[np.float64], project: Projection) -> NDArray[np.int32]:
    x, y = project(lonlat[:, 0], lonlat[:, 1])
    return np.round(np.column_stack([x, -y]) * _PER_KM).astype("<i4")
