"""Legs: least-cost paths inside the countries, between terminals and the border.

The graph of all countries falls apart where the border arcs are taken out. What is left is reduced (the best of
parallel arcs, chains of degree-2 nodes as one arc) and solved by scipy's Dijkstra, one country at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra, reverse_cuthill_mckee

from corridors.engine.fast import rounded_distances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

ROUNDING = 1e-13
"""Sums along two paths that differ by less than this share are the same sum."""

_CELLS_AT_ONCE = 4_000_000
"""Distances held at a time: 32 MB."""

_WORTH_ORDERING = 20_000
"""Nodes from which on a better order of them pays for itself."""


@dataclass(frozen=True)
class Reduced:
    """A graph of R arcs between the nodes that matter, each a chain of arcs of the full one.

    Attributes
    ----------
    size
        Number of nodes.
    number
        Shape (V,): number of each node of the full graph; -1 where it is inside a chain or has no arc.
    tail, head, weight
        Shape (R,), in the order of head, then rank.
    first
        Shape (R,): first arc of the chain in the full graph.
    follows
        Shape (E,): the arc after each in its chain; E where the chain ends.
    rank
        Shape (R,): rank of the last arc of the chain.
    """

    size: int
    number: NDArray[np.int64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    weight: NDArray[np.float64]
    first: NDArray[np.int64]
    follows: NDArray[np.int64]
    rank: NDArray[np.int64]

    def matrix(self) -> csr_matrix:
        """Return the weights as scipy's Dijkstra takes them."""
        return csr_matrix((self.weight, (self.tail, self.head)), shape=(self.size, self.size))

    def chains(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Walk along all chains at once: yield the reduced arcs still on their way, and the arc each stands for."""
        reduced, here = np.arange(len(self.first)), self.first
        while len(reduced):
            yield reduced, here
            on = self.follows[here] < len(self.follows)
            reduced, here = reduced[on], self.follows[here[on]]

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return sums of columns along the chains, shape (R, J), from values by arc of the full graph, (E, J)."""
        found = np.zeros((len(self.first), values.shape[1]))
        for reduced, arc in self.chains():
            found[reduced] += values[arc]
        return found

    def expand(self, arcs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return some arcs as the arcs of the full graph that they stand for, in order."""
        found = []
        for arc in self.first[arcs]:
            here = int(arc)
            while here < len(self.follows):
                found.append(here)
                here = int(self.follows[here])
        return np.array(found, np.int64)


def reduce_graph(
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    weight: NDArray[np.float64],
    rank: NDArray[np.int64],
    kept: NDArray[np.int64],
    size: int,
) -> Reduced:
    """Return a graph without parallel arcs, loops and nodes of degree 2.

    Parameters
    ----------
    tail, head, weight, rank
        Shape (E,): arcs; those of infinite weight do not exist.
    kept
        Nodes that must stay.
    size
        Number of nodes.
    """
    count = len(tail)
    usable = np.flatnonzero(np.isfinite(weight) & (tail != head))
    usable = _best_parallel(tail, head, weight, rank, usable)
    inner = _passed_through(tail[usable], head[usable], size)
    inner[kept] = False
    follows = _next_in_chain(tail, head, usable, inner, count)
    # pointer doubling: after r rounds each arc knows the sum and the end of 2^r arcs of its chain
    sums, last, ahead = np.append(weight, 0.0), np.arange(count + 1), np.append(follows, count)
    moving = np.arange(count)
    for _ in range(max(1, count.bit_length())):
        moving = moving[ahead[moving] < count]
        if not len(moving):
            break
        onward = ahead[moving]
        sums[moving] += sums[onward]
        last[moving], ahead[moving] = last[onward], ahead[onward]
    first = usable[~inner[tail[usable]]]
    end = last[first]
    # a chain that ends inside is a one-way street that leads nowhere; a ring leads back to where it began
    first = first[~inner[head[end]] & (head[end] != tail[first])]
    ends = head[last[first]]
    kept_arcs = _best_parallel(tail[first], ends, sums[first], rank[last[first]], np.arange(len(first)))
    first, ends = first[kept_arcs], ends[kept_arcs]
    stays = np.zeros(size, bool)
    stays[tail[first]] = stays[ends] = stays[kept] = True
    nodes = np.flatnonzero(stays)
    number = np.full(size, -1, np.int64)
    number[nodes] = np.arange(len(nodes))
    if len(nodes) > _WORTH_ORDERING:
        pattern = csr_matrix((np.ones(len(first), np.int8), (number[tail[first]], number[ends])), (len(nodes),) * 2)
        number[nodes[reverse_cuthill_mckee(pattern)]] = np.arange(len(nodes))
    order = np.lexsort((rank[last[first]], number[ends]))
    first, ends = first[order], ends[order]
    return Reduced(
        len(nodes), number, number[tail[first]], number[ends], sums[first], first, follows, rank[last[first]]
    )


def _best_parallel(
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    weight: NDArray[np.float64],
    rank: NDArray[np.int64],
    among: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return of each pair of ends the lightest arc, the smallest rank among equals (scipy would add them up)."""
    if not len(among):
        return among
    pair = head[among] * (int(tail[among].max()) + 1) + tail[among]
    order = np.argsort(pair)
    begins = np.append(True, np.diff(pair[order]) != 0)
    shared = ~begins | ~np.append(begins[1:], True)  # few are: only they need sorting by all
    several = np.sort(order[shared])
    order[shared] = several[np.lexsort((rank[among[several]], weight[among[several]], pair[several]))]
    return np.asarray(among[order[begins]])


def _passed_through(tail: NDArray[np.int64], head: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Return which nodes have exactly two neighbours, shape (V,)."""
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    pairs = np.sort(low * size + high)
    pairs = pairs[np.append(True, np.diff(pairs) != 0)[: len(pairs)]]
    degree = np.bincount(pairs // size, minlength=size) + np.bincount(pairs % size, minlength=size)
    return np.asarray(degree == 2)


def _next_in_chain(
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    usable: NDArray[np.int64],
    inner: NDArray[np.bool_],
    count: int,
) -> NDArray[np.int64]:
    """Return the arc that goes on from the head of each arc without turning back; ``count`` where none does."""
    follows = np.full(count, count, np.int64)
    leaving = usable[inner[tail[usable]]]
    leaving = leaving[np.argsort(tail[leaving])]
    degree = np.bincount(tail[leaving], minlength=len(inner))
    start = np.cumsum(degree) - degree
    arriving = usable[inner[head[usable]]]
    for choice in (0, 1):  # an inner node is left by at most two arcs
        at = start[head[arriving]] + choice
        at_end = at >= len(leaving)
        candidate = leaving[np.where(at_end, 0, at)] if len(leaving) else np.zeros(len(arriving), np.int64)
        fits = ~at_end & (tail[candidate] == head[arriving]) & (head[candidate] != tail[arriving])
        follows[arriving[fits]] = candidate[fits]
    return follows


@dataclass(frozen=True)
class Legs:
    """Least costs from S sources to T targets, and what else adds up on the way.

    Attributes
    ----------
    weight
        Shape (S, T): what decided; inf where there is no way.
    totals
        Shape (S, T, J): sums of the columns asked for; 0 where there is no way.
    """

    weight: NDArray[np.float64]
    totals: NDArray[np.float64]


def solve_legs(
    reduced: Reduced,
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    values: NDArray[np.float64] | None = None,
    *,
    rounded: bool = False,
) -> Legs:
    """Return the legs between some nodes of the full graph.

    Parameters
    ----------
    reduced
        The graph.
    sources, targets
        Nodes, shapes (S,) and (T,); each has been kept, or has no arc.
    values
        Shape (R, J): by reduced arc; None: nothing adds up but the weight.
    rounded
        Without values: whether a faster kernel may round, as :func:`corridors.engine.fast.rounded_distances` says.
    """
    width = 0 if values is None else values.shape[1]
    weight = np.full((len(sources), len(targets)), np.inf)
    totals = np.zeros((len(sources), len(targets), width))
    begins, ends = reduced.number[sources], reduced.number[targets]
    if rounded and values is None:
        found = rounded_distances(reduced, begins, ends)
        if found is not None:
            return Legs(found, totals)
    for rows, distance in distances(reduced, begins):
        weight[rows] = distance[:, ends]
        if values is not None:
            via = arcs_into(reduced, distance)
            block = totals[rows].reshape(len(distance) * len(ends), width)  # a view: the rows stand together
            for pair, arc in steps_back(reduced, via, begins[rows], ends):
                block[pair] += values[arc]
    return Legs(weight, totals)


def distances(reduced: Reduced, sources: NDArray[np.int64]) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Yield distances from some nodes of the reduced graph to all, in blocks of rows that fit in memory."""
    if not reduced.size:
        return
    matrix = reduced.matrix()
    step = max(1, _CELLS_AT_ONCE // reduced.size)
    for begin in range(0, len(sources), step):
        rows = slice(begin, min(begin + step, len(sources)))
        yield rows, dijkstra(matrix, indices=sources[rows])


def arcs_into(reduced: Reduced, distance: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the arc by which each tree reaches each node, of the smallest rank among equals; -1 where none does.

    Parameters
    ----------
    reduced
        The graph.
    distance
        Shape (S, nodes).
    """
    none = len(reduced.tail)
    via = np.full(distance.shape, -1, np.int64)
    if not none:
        return via
    nodes, start = np.unique(reduced.head, return_index=True)
    for row, reached in enumerate(distance):
        before = reached[reduced.tail] < reached[reduced.head]  # never in a circle, even where rounding hides an arc
        on_path = before & (reached[reduced.tail] + reduced.weight <= reached[reduced.head] * (1 + ROUNDING))
        chosen = np.minimum.reduceat(np.where(on_path, np.arange(none), none), start)
        found = chosen < none
        via[row, nodes[found]] = chosen[found]
    return via


def steps_back(
    reduced: Reduced, via: NDArray[np.int64], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int64]]]:
    """Walk from all ends back at once: yield the pairs still on their way (flat, of S x T) and the arc each passes."""
    row = np.repeat(np.arange(len(begins)), len(ends))
    here, origin = np.tile(ends, len(begins)), np.repeat(begins, len(ends))
    walking = np.flatnonzero(via[row, here] >= 0)
    while len(walking):
        arc = via[row[walking], here[walking]]
        yield walking, arc
        here[walking] = reduced.tail[arc]
        walking = walking[here[walking] != origin[walking]]
