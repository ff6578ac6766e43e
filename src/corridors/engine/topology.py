"""Measures of the bare graph: disjoint paths, and Kansky's indices."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, maximum_flow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.engine.supply import Supply


def link_disjoint_paths(supply: Supply, sources: NDArray[np.int64], sinks: NDArray[np.int64]) -> int:
    """Return the most paths from some nodes to others that share no link (Menger 1927, as a maximum flow).

    Parameters
    ----------
    supply
        The arcs; each counts once in each direction it may be travelled.
    sources, sinks
        Nodes; with one of them empty, or a node in both, there is no path: 0.
    """
    if not len(sources) or not len(sinks) or np.isin(sources, sinks).any():
        return 0
    size = supply.node_count + 2
    many = len(supply.tail) + 1
    tail = np.concatenate([supply.tail, np.full(len(sources), size - 2), sinks])
    head = np.concatenate([supply.head, sources, np.full(len(sinks), size - 1)])
    capacity = np.concatenate([np.ones(len(supply.tail)), np.full(len(sources) + len(sinks), many)]).astype(np.int32)
    # parallel links each carry a path of their own: adding them up is what is wanted here
    graph = csr_array(coo_array((capacity, (tail, head)), shape=(size, size)))
    return int(maximum_flow(graph, size - 2, size - 1).flow_value)


def min_cut_per_day(
    supply: Supply, sources: NDArray[np.int64], sinks: NDArray[np.int64], capacity: NDArray[np.float64]
) -> float:
    """Return the least capacity a day that shuts some nodes off from others (Ford and Fulkerson 1956).

    Only crossings have a capacity; all else carries anything. nan where crossings of unknown capacity are a way by
    themselves, so that no cut is known; 0 where there is no way at all.

    Parameters
    ----------
    supply
        The arcs.
    sources, sinks
        Nodes; with one of them empty, or a node in both, there is nothing to cut: nan.
    capacity
        Shape (K,): vehicles or trains a day, both directions together; nan: unknown.
    """
    if not len(sources) or not len(sinks) or np.isin(sources, sinks).any():
        return math.nan
    known = np.flatnonzero(np.isfinite(capacity))
    more = int(capacity[known].sum()) + 1  # than any cut of known ones
    # each direction of a crossing is a gate that all its arcs share: two nodes joined by an arc of its capacity
    gated = np.flatnonzero((supply.enters >= 0) & np.isin(supply.crossing, known))
    free = np.setdiff1d(np.arange(len(supply.tail)), gated)
    keys, gate = np.unique(np.stack([supply.crossing[gated], supply.enters[gated]]), axis=1, return_inverse=True)
    before = supply.node_count + 2 * gate.ravel()
    before_all = supply.node_count + 2 * np.arange(keys.shape[1])
    start = supply.node_count + 2 * keys.shape[1]
    begin, end = start + 1, start + 2
    parts: list[tuple[NDArray[np.integer], NDArray[np.integer], float | NDArray[np.float64]]] = [
        (supply.tail[free], supply.head[free], more),
        (supply.tail[gated], before, more),
        (before + 1, supply.head[gated], more),
        (before_all, before_all + 1, np.floor(capacity[keys[0]])),
        (np.array([start]), np.array([begin]), more),  # one arc that bounds the flow, and with it all sums
        (np.full(len(sources), begin), sources, more),
        (sinks, np.full(len(sinks), end), more),
    ]
    tail, head = (np.concatenate([part[end_of] for part in parts]) for end_of in (0, 1))
    most = np.concatenate([np.broadcast_to(part[2], len(part[0])) for part in parts])
    graph = csr_array(coo_array((most, (tail, head)), shape=(end + 1, end + 1)))
    graph.data = np.minimum(graph.data, more).astype(np.int32)
    flow = int(maximum_flow(graph, start, end).flow_value)
    return math.nan if flow == more else float(flow)


def kansky_indices(tail: NDArray[np.int64], head: NDArray[np.int64]) -> tuple[float, float, float]:
    """Return Kansky's α, β and γ of an undirected graph after contracting nodes of degree 2; nan where v < 3.

    Parameters
    ----------
    tail, head
        Ends of each link, shape (L,).

    Notes
    -----
    α = (e − v + p) / (2v − 5), β = e / v, γ = e / 3(v − 2), for v nodes, e links, p components (Kansky 1963).
    A chain of degree-2 nodes is one link; a ring without any other node keeps one node and a loop.

    Examples
    --------
    A square with a diagonal: two corners of degree 2 vanish, leaving two nodes and three links.

    >>> kansky_indices(np.array([0, 1, 2, 3, 0]), np.array([1, 2, 3, 0, 2]))
    (nan, nan, nan)
    """
    nodes, ends = np.unique(np.concatenate([tail, head]), return_inverse=True)
    a, b = ends[: len(tail)], ends[len(tail) :]
    degree = np.bincount(ends, minlength=len(nodes))
    count, component = connected_components(
        coo_array((np.ones(len(a)), (a, b)), shape=(len(nodes),) * 2), directed=False
    )
    middle = degree == 2
    rings = sum(bool(middle[component == c].all()) for c in range(count))
    v = len(nodes) - int(middle.sum()) + rings
    e = len(tail) - int(middle.sum()) + rings  # each contraction takes one node and one link
    if v < 3:
        return math.nan, math.nan, math.nan
    return (e - v + count) / (2 * v - 5), e / v, e / (3 * (v - 2))
