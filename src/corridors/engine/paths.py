"""Least-cost paths between terminals, exactly, on scipy's Dijkstra.

Traffic that ends in a country waits at its border otherwise than traffic that passes through. One crossing of a trip
between two countries is its *entry*, the last one with a checkpoint; every other one is *transit*. That makes two
layers: layer 0 with all arcs and transit waits, layer 1, reached by an entry, with the inland arcs and the railways
that run through a corner of the neighbour without a checkpoint. A trip within one country ends in layer 0, a trip
between two in layer 1.

Among paths of equal cost the one with fewer foreign km is taken, then the one with fewer links: both enter the
weights as amounts far below the tolerance, and the costs returned are summed again without them. Among what is still
equal, each node is reached over the smallest link id, compared from the end of the path.
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

_PER_FOREIGN_KM = 1e-7
_PER_ARC = 1e-9
"""Shares of the mean cost of a km: a link more counts as 10 m more abroad, and 3,000 km abroad as 300 m of cost."""

_ROUNDING = 1e-13
"""Sums along two paths that differ by less than this share are the same sum."""


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
    """The two layers and the terminals as one graph of E arcs."""

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
    rank: NDArray[np.int64]
    """Shape (E,): order of link ids, then of direction; access before all."""
    size: int

    @property
    def origins(self) -> NDArray[np.int64]:
        """Node numbers of the terminals as origins."""
        return np.arange(len(self.terminals), dtype=np.int64) + 2 * self.supply.node_count

    def destinations(self, country: int) -> NDArray[np.int64]:
        """Node numbers of the terminals as destinations of trips from a country."""
        zones = len(self.terminals)
        layer = (self.terminals.country != country).astype(np.int64)
        return np.asarray(2 * self.supply.node_count + zones * (1 + layer) + np.arange(zones), np.int64)


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
    inland = np.flatnonzero((supply.crossing < 0) | supply.run_through)
    entering = np.flatnonzero(supply.enters >= 0)
    arc = np.concatenate([every, inland, entering])
    traffic = np.repeat([TRANSIT, TRANSIT, ENTRY], [len(every), len(inland), len(entering)])
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
        rank=np.concatenate([supply.rank[arc], none.astype(np.int64)]),
        size=base + 3 * zones,
    )


@dataclass(frozen=True)
class Trees:
    """Least-cost trees from some origins of one country; E' arcs of the graph that were kept."""

    graph: Graph
    country: int
    origins: NDArray[np.int64]
    """Terminals, shape (O,)."""
    via: NDArray[np.int64]
    """Arc of the graph into each node, shape (O, V); -1 where there is none."""


@dataclass(frozen=True)
class Paths:
    """What the least-cost paths add up to; O origins, Z destinations, K crossings, C countries.

    Attributes
    ----------
    origins
        Terminals, shape (O,).
    totals
        Shape (5 + C, O, Z): cost, length_km, time_h, cost_usd, wait_h, then km by country; inf where there is no path.
    uses
        Shape (K, O, Z): True where the path uses the crossing.
    """

    origins: NDArray[np.int64]
    totals: NDArray[np.float64]
    uses: NDArray[np.bool_]

    @property
    def cost(self) -> NDArray[np.float64]:
        """What was minimised, shape (O, Z)."""
        return np.asarray(self.totals[0])

    @property
    def length_km(self) -> NDArray[np.float64]:
        """Length in km, shape (O, Z)."""
        return np.asarray(self.totals[1])

    @property
    def time_h(self) -> NDArray[np.float64]:
        """Hours, waits included, shape (O, Z)."""
        return np.asarray(self.totals[2])

    @property
    def cost_usd(self) -> NDArray[np.float64]:
        """USD, fees included, shape (O, Z)."""
        return np.asarray(self.totals[3])

    @property
    def wait_h(self) -> NDArray[np.float64]:
        """Hours at crossings, shape (O, Z)."""
        return np.asarray(self.totals[4])

    @property
    def km_by_country(self) -> NDArray[np.float64]:
        """Km in each country, shape (C, O, Z)."""
        return np.asarray(self.totals[5:])


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
    known = np.isfinite(graph.cost)
    per_km = graph.cost[known].sum() / max(graph.totals[known, 1].sum(), 1e-9) or 1.0
    weight = graph.cost + per_km * (_PER_FOREIGN_KM * foreign_km + _PER_ARC)
    usable = known
    if closed is not None:
        usable = usable & ((graph.crossing < 0) | ~closed[graph.crossing])
    if avoid is not None:
        usable = usable & (graph.enters != avoid)
    kept = np.flatnonzero(usable)
    # scipy adds up parallel arcs: keep the best of each pair of ends, the smallest id among equals
    kept = kept[np.lexsort((graph.rank[kept], weight[kept], graph.tail[kept], graph.head[kept]))]
    first = np.ones(len(kept), bool)
    first[1:] = (np.diff(graph.tail[kept]) != 0) | (np.diff(graph.head[kept]) != 0)
    kept = kept[first]
    matrix = csr_matrix((weight[kept], (graph.tail[kept], graph.head[kept])), shape=(graph.size, graph.size))
    distance = dijkstra(matrix, indices=graph.origins[origins])
    return Trees(graph, country, origins, _arcs_into(graph, kept, weight, distance))


def _arcs_into(
    graph: Graph, kept: NDArray[np.int64], weight: NDArray[np.float64], distance: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the arc by which each tree reaches each node, of the smallest rank among equals; -1 where none does."""
    kept = kept[np.lexsort((graph.rank[kept], graph.head[kept]))]
    tail, head, cost = graph.tail[kept], graph.head[kept], weight[kept]
    nodes, start = np.unique(head, return_index=True)
    via = np.full(distance.shape, -1, np.int64)
    none = len(kept)
    for row, reached in enumerate(distance):
        before = reached[tail] < reached[head]  # never in a circle, even where rounding hides a short link
        on_path = before & (reached[tail] + cost <= reached[head] * (1 + _ROUNDING))
        chosen = np.minimum.reduceat(np.where(on_path, np.arange(none), none), start) if none else np.zeros(0, np.int64)
        found = chosen < none
        via[row, nodes[found]] = kept[chosen[found]]
    return via


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
    by_total = np.ascontiguousarray(totals.T).reshape(-1, *shape)
    return Paths(trees.origins, by_total, uses.reshape(-1, *shape)), flow


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
    totals = np.full((graph.totals.shape[1], len(chosen), zones), np.inf)
    uses = np.zeros((len(graph.supply.crossing_ids), len(chosen), zones), bool)
    flow = np.zeros(len(graph.supply.tail))
    for country in np.unique(graph.terminals.country[chosen]):
        rows = np.flatnonzero(graph.terminals.country[chosen] == country)
        trees = grow_trees(graph, chosen[rows], int(country), closed=closed, avoid=avoid)
        paths, part = trace(trees, None if weights is None else weights[rows])
        totals[:, rows], uses[:, rows] = paths.totals, paths.uses
        flow += part
    return Paths(chosen, totals, uses), flow
