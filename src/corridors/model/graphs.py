"""The network as a networkx graph: with our text ids, or as osmnx wants it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from corridors.model.geo import link_courses
from corridors.model.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from corridors.model.network import Network


def network_graph(network: Network) -> nx.MultiDiGraph[Any]:
    """Return a graph with one edge per direction of travel, keyed by ``link_id``.

    Numbers, whole numbers and booleans are such; what is unknown is no attribute. An edge against the link's own
    direction has ``reversed``, and the course as the table has it.
    """
    graph = _empty_graph(network)
    for node_id, row in _nodes(network):
        graph.add_node(node_id, **row)
    for link_id, row in _links(network):
        tail, head = row["from_node_id"], row["to_node_id"]
        graph.add_edge(tail, head, key=link_id, **row, reversed=False)
        if not row["directed"]:
            graph.add_edge(head, tail, key=link_id, **row, reversed=True)
    return graph


def osmnx_graph(network: Network) -> nx.MultiDiGraph[Any]:
    """Return a graph that satisfies osmnx: whole numbers as ids, ``length`` in metres, courses as LineStrings.

    ``highway`` holds the class of every link, also of railways and ferries, and ``maxspeed`` its own speed in km/h
    where the table has one: there osmnx looks for speeds.
    """
    import pandas as pd
    from shapely import LineString

    graph = _empty_graph(network)
    number = {node_id: i for i, node_id in enumerate(network.nodes.index)}
    streets = pd.concat([network.links["from_node_id"], network.links["to_node_id"]]).value_counts().to_dict()
    for node_id, row in _nodes(network):
        at = {"x": row["x_coord"], "y": row["y_coord"], "street_count": streets.get(node_id, 0)}
        graph.add_node(number[node_id], **row, **at)
    for order, ((_, row), course) in enumerate(zip(_links(network), link_courses(network), strict=True)):
        row |= {"osmid": order, "length": row["length_km"] * 1000.0, "oneway": row["directed"]}
        row["highway"] = row["facility_type"]
        if "free_speed_kmh" in row:
            row["maxspeed"] = row["free_speed_kmh"]
        tail, head = number[row["from_node_id"]], number[row["to_node_id"]]
        graph.add_edge(tail, head, **{**row, "geometry": LineString(course), "reversed": False})
        if not row["directed"]:
            graph.add_edge(head, tail, **{**row, "geometry": LineString(course[::-1]), "reversed": True})
    return graph


def plain_cells(table: str, column: str, values: list[Any]) -> list[Any]:
    """Return the values of a column as Python has them: whole numbers as int, unknown as None.

    Examples
    --------
    >>> plain_cells("links", "tracks", [2.0, float("nan")])
    [2, None]
    """
    kind = TABLES[table].column(column).kind
    of = {"integer": int, "year": int, "number": float, "boolean": bool}.get(kind, str)
    return [None if v is None or (isinstance(v, float) and math.isnan(v)) else of(v) for v in values]


def _empty_graph(network: Network) -> nx.MultiDiGraph[Any]:
    import networkx as nx

    return nx.MultiDiGraph(crs="EPSG:4326", name=network.name)


def _rows(network: Network, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield key and known cells of each row, the key among them."""
    flat = network.table(name).reset_index()
    columns = {c: plain_cells(name, c, flat[c].tolist()) for c in TABLES[name].column_names if c in flat}
    for cells in zip(*columns.values(), strict=True):
        yield cells[0], {c: v for c, v in zip(columns, cells, strict=True) if v is not None}


def _nodes(network: Network) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield nodes with the names of their places."""
    names = network.names("places").to_dict()
    for node_id, row in _rows(network, "nodes"):
        name = names.get(row.get("place_id"))
        yield node_id, row | ({"name": name} if name is not None else {})


def _links(network: Network) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield links with their crossings."""
    owned = network.crossing_links
    crossing_of = dict(zip(owned["link_id"], owned["crossing_id"], strict=True))
    for link_id, row in _rows(network, "links"):
        yield link_id, row | ({"crossing_id": crossing_of[link_id]} if link_id in crossing_of else {})
