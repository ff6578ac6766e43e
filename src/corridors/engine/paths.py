"""Least-cost paths between terminals, exactly, on scipy's Dijkstra.

Traffic that ends in a country waits at its border otherwise than traffic that passes through. The last crossing
of a trip between two countries is its *entry*, every other one is *transit*. That makes two layers: layer 0 with
all arcs and transit waits, layer 1 with the inland arcs only, reached by an entry. A trip within one country ends in
layer 0, a trip between two in layer 1.

Among paths of equal cost the one with fewer foreign km is taken, then the one with fewer links: both enter the
weights as amounts far below the tolerance, and the costs returned are summed again without them. What is still
equal falls to the order of node ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from corridors.engine.supply import ENTRY, TRANSIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corridors.engine.supply import Supply

TOLERANCE = 1e-6
"""Costs that differ by less than this share are equal (ε of the definitions)."""

_PER_FOREIGN_KM = 1e-8
_PER_ARC = 1e-11


@dataclass(frozen=True)
class Terminals:
    """Where trips begin and end: Z terminals, each tied to nodes by A access arcs.

    Attributes
    ----------
    country
        Shape (Z,): position in ``Supply.countries``.
    zone, node
        Shape (A,): terminal and node of each access arc.
    length_km, time_h, cost_usd
        Shape (A,): what access costs, the same in both directions.
    """

    country: NDArray[np.int32]
    zone: NDArray[np.int32]
    node: NDArray[np.int32]
    length_km: NDArray[np.float64]
    time_h: NDArray[np.float64]
    cost_usd: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of terminals."""
        return len(self.country)


@dataclass(frozen=True)
class Graph:
    """The two layers and the terminals as one graph; E arcs, sorted by ends, parallel ones removed per origin country."""

    supply: Supply
    terminals: Terminals
    cost: NDArray[np.float64]
    """Shape (E,): what is minimised."""
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    arc: NDArray[np.int64]
    """Shape (E,): arc of the supply; -1 for access."""
    enters: NDArray[np.int32]
    crossing: NDArray[np.int32]
    totals: NDArray[np.float64]
    """Shape (E, 5 + countries): cost, length_km, time_h, cost_usd, wait_h, then km by country."""
    size: int

    @property
    def origins(self) -> NDArray[np.int64]:
        """Node numbers of the terminals as origins."""
        return 2 * self.supply.node_count + np.arange(len(self.terminals))

    def destinations(self, country: int) -> NDArray[np.int64]:
        """Node numbers of the terminals as destinations of trips from a country."""
        zones = len(self.terminals)
        layer = (self.terminals.country != country).astype(np.int64)
        return 2 * self.supply.node_count + zones * (1 + layer) + np.arange(zones)


def build_graph(
    supply: Supply,
    terminals: Terminals,
    arc_cost: NDArray[np.float64],
    border_cost: NDArray[np.float64],
    access_cost: NDArray[np.float64],
) -> Graph:
    """Return the layered graph of a supply.

    Parameters
    ----------
    supply
        Arcs of N nodes.
    terminals
        Z terminals.
    arc_cost, border_cost
        What is minimised, shapes (M,) and (2, M), as :func:`corridors.engine.supply.generalised` gives them.
    access_cost
        The same for access arcs, shape (A,).
    """
    nodes, zones = supply.node_count, len(terminals)
    every = np.arange(len(supply.tail))
    inland = np.flatnonzero(supply.crossing < 0)
    entering = np.flatnonzero(supply.enters >= 0)
    arc = np.concatenate([every, inland, entering])
    traffic = np.concatenate([np.full(len(every), TRANSIT), np.full(len(inland) + len(entering), ENTRY)])
    tail = np.concatenate([supply.tail, supply.tail[inland] + nodes, supply.tail[entering]]).astype(np.int64)
    head = np.concatenate([supply.head, supply.head[inland] + nodes, supply.head[entering] + nodes]).astype(np.int64)
    wait, fee = supply.wait_h[traffic, arc], supply.fee_usd[traffic, arc]
    columns = [
        arc_cost[arc] + border_cost[traffic, arc],
        supply.length_km[arc],
        supply.time_h[arc] + wait,
        supply.cost_usd[arc] + fee,
        wait,
        *(supply.length_km[arc] * (supply.country[arc] == c) for c in range(len(supply.countries))),
    ]
    access = [
        access_cost,
        terminals.length_km,
        terminals.time_h,
        terminals.cost_usd,
        np.zeros(len(terminals.zone)),
        *(terminals.length_km * (terminals.country[terminals.zone] == c) for c in range(len(supply.countries))),
    ]
    base = 2 * nodes
    tail = np.concatenate([tail, base + terminals.zone, terminals.node, terminals.node + nodes])
    head = np.concatenate([head, terminals.node, base + zones + terminals.zone, base + 2 * zones + terminals.zone])
    none = np.full(3 * len(terminals.zone), -1, np.int32)
    totals = np.column_stack([np.concatenate([c, a, a, a]) for c, a in zip(columns, access, strict=True)])
    return Graph(
        supply=supply,
        terminals=terminals,
        cost=totals[:, 0],
        tail=tail,
        head=head,
        arc=np.concatenate([arc, none]),
        enters=np.concatenate([supply.enters[arc], none]),
        crossing=np.concatenate([supply.crossing[arc], none]),
        totals=totals,
        size=base + 3 * zones,
    )


@dataclass(frozen=True)
class Trees:
    """Least-cost trees from some origins of one country; E' arcs of the graph that were kept."""

    graph: Graph
    country: int
    origins: NDArray[np.int64]
    """Terminals, shape (O,)."""
    kept: NDArray[np.int64]
    predecessor: NDArray[np.int32]
    """Shape (O, V)."""
    via: NDArray[np.int64]
    """Arc of the graph into each node, shape (O, V); -1 where there is none."""


@dataclass(frozen=True)
class Paths:
    """What the least-cost paths add up to; O origins, Z destinations, K crossings, C countries.

    Attributes
    ----------
    cost, length_km, time_h, cost_usd, wait_h
        Shape (O, Z); inf where there is no path.
    km_by_country
        Shape (C, O, Z).
    uses
        Shape (K, O, Z): True where the path uses the crossing.
    """

    origins: NDArray[np.int64]
    cost: NDArray[np.float64]
    length_km: NDArray[np.float64]
    time_h: NDArray[np.float64]
    cost_usd: NDArray[np.float64]
    wait_h: NDArray[np.float64]
    km_by_country: NDArray[np.float64]
    uses: NDArray[np.bool_]


def grow_trees(
    graph: Graph,
    origins: NDArray[np.int64],
    country: int,
    *,
    closed: NDArray[np.bool_] | None = None,
    avoid: int | None = None,
) -> Trees:
    """Return least-cost trees from terminals of one country.

    Parameters
    ----------
    graph
        The layered graph.
    origins
        Terminals, all of ``country``; shape (O,).
    country
        Their country.
    closed
        Shape (K,): crossings that are shut; None: none.
    avoid
        A country that must not be entered.
    """
    foreign_km = graph.totals[:, 5:].sum(axis=1) - graph.totals[:, 5 + country]
    weight = graph.cost + _PER_FOREIGN_KM * foreign_km + _PER_ARC
    usable = np.isfinite(weight)
    if closed is not None:
        usable &= (graph.crossing < 0) | ~closed[graph.crossing]
    if avoid is not None:
        usable &= graph.enters != avoid
    kept = np.flatnonzero(usable)
    # scipy adds up parallel arcs: keep the best of each pair of ends, the first in order among equals
    order = np.lexsort((kept, weight[kept], graph.head[kept], graph.tail[kept]))
    kept = kept[order]
    key = graph.tail[kept] * graph.size + graph.head[kept]
    first = np.ones(len(kept), bool)
    first[1:] = key[1:] != key[:-1]
    kept, key = kept[first], key[first]
    matrix = csr_matrix((weight[kept], (graph.tail[kept], graph.head[kept])), shape=(graph.size, graph.size))
    _, predecessor = dijkstra(matrix, indices=graph.origins[origins], return_predecessors=True)
    node = np.arange(graph.size)
    at = np.searchsorted(key, predecessor.astype(np.int64) * graph.size + node)
    via = np.where(predecessor >= 0, kept[np.minimum(at, len(kept) - 1)], -1)
    return Trees(graph, country, origins, kept, predecessor, via)


def _steps_back(trees: Trees) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int64]]]:
    """Walk all paths back at once: yield the pairs still on their way (flat, of O x Z) and the arc each passes."""
    graph = trees.graph
    shape = (len(trees.origins), len(graph.terminals))
    here = np.broadcast_to(graph.destinations(trees.country), shape).ravel().copy()
    row = np.repeat(np.arange(shape[0]), shape[1])
    origin = graph.origins[trees.origins][row]
    walking = np.flatnonzero(trees.via[row, here] >= 0)
    while len(walking):
        arc = trees.via[row[walking], here[walking]]
        yield walking, arc
        here[walking] = graph.tail[arc]
        walking = walking[here[walking] != origin[walking]]


def trace(trees: Trees, weights: NDArray[np.float64] | None = None) -> tuple[Paths, NDArray[np.float64]]:
    """Walk all paths back from their ends and add up what they pass.

    Parameters
    ----------
    trees
        From O origins.
    weights
        Flow of each pair, shape (O, Z); None: none.

    Returns
    -------
    Paths
        The sums.
    numpy.ndarray
        Flow on each arc of the supply, shape (M,).
    """
    graph = trees.graph
    shape = (len(trees.origins), len(graph.terminals))
    pairs = shape[0] * shape[1]
    totals = np.zeros((pairs, graph.totals.shape[1]))
    uses = np.zeros((len(graph.supply.crossing_ids), pairs), bool)
    flow = np.zeros(len(graph.supply.tail))
    reached = np.zeros(pairs, bool)
    for pair, arc in _steps_back(trees):
        reached[pair] = True
        totals[pair] += graph.totals[arc]
        entering = graph.enters[arc] >= 0
        uses[graph.crossing[arc[entering]], pair[entering]] = True
        if weights is not None:
            inside = graph.arc[arc] >= 0
            flow += np.bincount(graph.arc[arc[inside]], weights.ravel()[pair[inside]], len(flow))
    itself = (np.arange(shape[1]) == trees.origins[:, None]).ravel()
    totals[~reached] = np.inf
    totals[itself] = 0.0
    uses[:, itself] = False
    table = totals.reshape(*shape, -1)
    return (
        Paths(
            trees.origins,
            *(np.ascontiguousarray(table[:, :, i]) for i in range(5)),
            np.ascontiguousarray(np.moveaxis(table[:, :, 5:], 2, 0)),
            uses.reshape(-1, *shape),
        ),
        flow,
    )


def sum_along(trees: Trees, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sums of some columns along all paths; nan where there is no path.

    Parameters
    ----------
    trees
        From O origins.
    values
        Shape (M, J): by arc of the supply.

    Returns
    -------
    numpy.ndarray
        Shape (O, Z, J).
    """
    graph = trees.graph
    shape = (len(trees.origins), len(graph.terminals))
    sums = np.zeros((shape[0] * shape[1], values.shape[1]))
    reached = np.zeros(len(sums), bool)
    for pair, arc in _steps_back(trees):
        reached[pair] = True
        inside = graph.arc[arc] >= 0
        sums[pair[inside]] += values[graph.arc[arc[inside]]]
    sums[~reached] = np.nan
    return sums.reshape(*shape, -1)


def arcs_to(trees: Trees, origin: int, destination: int) -> NDArray[np.int64] | None:
    """Return the arcs of one path in order of travel, as positions in the graph; None where there is none.

    Parameters
    ----------
    trees
        The trees.
    origin
        Row of the trees.
    destination
        A terminal.
    """
    node = int(trees.graph.destinations(trees.country)[destination])
    start = int(trees.graph.origins[trees.origins[origin]])
    path = []
    while node != start:
        arc = int(trees.via[origin, node])
        if arc < 0:
            return None
        path.append(arc)
        node = int(trees.graph.tail[arc])
    return np.array(path[::-1], np.int64)


def skim(
    graph: Graph,
    *,
    origins: NDArray[np.int64] | None = None,
    closed: NDArray[np.bool_] | None = None,
    avoid: int | None = None,
    weights: NDArray[np.float64] | None = None,
) -> tuple[Paths, NDArray[np.float64]]:
    """Return the sums of all paths from some terminals, and the flow on each arc of the supply.

    Parameters
    ----------
    graph
        The layered graph.
    origins
        Terminals in rising order, shape (O,); None: all.
    closed, avoid
        As in :func:`grow_trees`.
    weights
        Flow of each pair, shape (O, Z).

    Returns
    -------
    Paths, numpy.ndarray
        As :func:`trace`.
    """
    chosen = np.arange(len(graph.terminals)) if origins is None else origins
    zones = len(graph.terminals)
    sums = [np.full((len(chosen), zones), np.inf) for _ in range(5)]
    by_country = np.full((len(graph.supply.countries), len(chosen), zones), np.inf)
    uses = np.zeros((len(graph.supply.crossing_ids), len(chosen), zones), bool)
    flow = np.zeros(len(graph.supply.tail))
    for country in np.unique(graph.terminals.country[chosen]):
        rows = np.flatnonzero(graph.terminals.country[chosen] == country)
        trees = grow_trees(graph, chosen[rows], int(country), closed=closed, avoid=avoid)
        paths, part = trace(trees, None if weights is None else weights[rows])
        for total, values in zip(sums, (paths.cost, paths.length_km, paths.time_h, paths.cost_usd, paths.wait_h), strict=True):
            total[rows] = values
        by_country[:, rows], uses[:, rows] = paths.km_by_country, paths.uses
        flow += part
    return Paths(chosen, *sums, by_country, uses), flow
