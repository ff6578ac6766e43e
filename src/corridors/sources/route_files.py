"""Routes as GeoJSON and GPX."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from corridors.model.network import Network

_SHOWN = ("rank", "distance_km", "time_h", "cost_usd", "border_wait_h", "co2_kg_per_t")


def route_points(network: Network, route: dict[str, Any]) -> list[tuple[float, float]]:
    """Return the points of a route as (longitude, latitude), in order of travel.

    Parameters
    ----------
    network
        The network it was found in.
    route
        One of ``Routes.routes``.
    """
    links = [link for leg in route["legs"] for link in leg["link_ids"]]
    rows = network.links.loc[links]
    ends = [(str(a), str(b)) for a, b in zip(rows["from_node_id"], rows["to_node_id"], strict=True)]
    if not ends:
        return []
    first = ends[0] if len(ends) == 1 or ends[0][1] in ends[1] else ends[0][::-1]
    order = [first[0], first[1]]
    for a, b in ends[1:]:
        order.append(b if a == order[-1] else a)
    x, y = network.nodes["x_coord"], network.nodes["y_coord"]
    return [(float(x[node]), float(y[node])) for node in order]


def route_geojson(network: Network, routes: tuple[dict[str, Any], ...]) -> str:
    """Return routes as a GeoJSON FeatureCollection of LineStrings, one line of text."""
    features = [
        {
            "type": "Feature",
            "properties": {k: route[k] for k in _SHOWN} | {"crossings": [c["crossing_id"] for c in route["crossings"]]},
            "geometry": {"type": "LineString", "coordinates": route_points(network, route)},
        }
        for route in routes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def route_gpx(network: Network, routes: tuple[dict[str, Any], ...], name: str) -> str:
    """Return routes as GPX 1.1 tracks."""
    tracks = []
    for route in routes:
        points = "".join(f'<trkpt lat="{lat:.5f}" lon="{lon:.5f}"/>' for lon, lat in route_points(network, route))
        tracks.append(f"<trk><name>{escape(name)} {route['rank']}</name><trkseg>{points}</trkseg></trk>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="corridors" xmlns="http://www.topografix.com/GPX/1/1">'
    return head + "".join(tracks) + "</gpx>"
