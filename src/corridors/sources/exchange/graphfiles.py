"""GraphML: for networkx, igraph and Gephi with types kept, and as osmnx writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corridors.errors import DataError
from corridors.sources.exchange.frames import credit

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from corridors.model.network import Network

BACK = "~back"
"""Ends the id of an edge against its link's own direction: ids of edges must differ."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(network: Network, draft: Path) -> None:
    """Write the graph of :meth:`Network.to_graph` as GraphML; numbers and booleans are such, unknown is absent.

    Nodes have the name of their place, edges the id of their crossing. An edge is called like its link, against the
    link's own direction with ``~back`` after it, where ``reversed`` is true. Lost is what is no node and no link.
    """
    import networkx as nx

    graph = _checked(network.to_graph())
    for _, _, key, row in graph.edges(keys=True, data=True):
        row["edge_id"] = f"{key}{BACK}" if row["reversed"] else key
    graph.graph["credit"] = credit(network)
    graph.graph["reference_date"] = network.assumptions.reference_date
    # one type a column: the writer takes it from each value, and a column is of one
    nx.write_graphml(graph, draft, edge_id_from_attribute="edge_id")


def write_osmnx(network: Network, draft: Path) -> None:
    """Write the graph of ``network.to_graph(osmnx=True)`` by osmnx's own ``save_graphml``, for ``load_graphml``.

    osmnx writes every value as text, and on loading turns those back that it knows: ours stay text unless
    ``load_graphml`` is told their types. Lost is what is no node and no link.
    """
    import osmnx

    graph = _checked(network.to_graph(osmnx=True))
    graph.graph["credit"] = credit(network)
    osmnx.save_graphml(graph, draft)


def _checked(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """Return a graph, all of whose texts can stand in XML."""
    rows = [*graph.nodes(data=True), *((key, row) for _, _, key, row in graph.edges(keys=True, data=True))]
    for key, row in rows:
        for column, value in (("id", key), *row.items()):
            if isinstance(value, str) and (bad := _NOT_IN_XML.search(value)):
                raise DataError(f"{column} of {key!r}: U+{ord(bad[0]):04X} cannot stand in XML, expected text")
    return graph
