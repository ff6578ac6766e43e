"""Routes as GeoJSON and GPX."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from corridors.model.geo import path_points

if TYPE_CHECKING:
    from corridors.model.network import Network

_SHOWN = ("rank", "distance_km", "time_h", "cost_usd", "border_wait_h", "co2_kg_per_t")


def route_geojson(network: Network, routes: tuple[dict[str, Any], ...]) -> str:
    """Return routes as a GeoJSON FeatureCollection of LineStrings, one line of text."""
    features = [
        {
            "type": "Feature",
            "properties": {k: route[k] for k in _SHOWN} | {"crossings": [c["crossing_id"] for c in route["crossings"]]},
            "geometry": {"type": "LineString", "coordinates": path_points(network, route_links(route))},
        }
        for route in routes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def route_links(route: dict[str, Any]) -> list[str]:
    """Return the ids of the links of a route, in order of travel."""
    return [link for leg in route["legs"] for link in leg["link_ids"]]


def route_gpx(network: Network, routes: tuple[dict[str, Any], ...], name: str) -> str:
    """Return routes as GPX 1.1 tracks."""
    tracks = []
    for route in routes:
        points = "".join(
            f'<trkpt lat="{lat:.5f}" lon="{lon:.5f}"/>' for lon, lat in path_points(network, route_links(route))
        )
        tracks.append(f"<trk><name>{escape(name)} {route['rank']}</name><trkseg>{points}</trkseg></trk>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="corridors" xmlns="http://www.topografix.com/GPX/1/1">'
    return head + "".join(tracks) + "</gpx>"
