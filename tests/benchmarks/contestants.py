"""One task, solved by the overlay of the library and by the plain graphs of others.

The task is the whole of: dependency (the own pairs of country A, with all crossings open and with all closed),
criticality (each crossing closed alone, all pairs of zones) and exposure by region (the same sums, by origin).
A plain graph solves it as the definitions read: all distances between zones, and again for each closure.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from planar import Planar, corridors_graph

from corridors.engine.closures import single_closures
from corridors.engine.overlay import TOLERANCE, cost_overlays, solve

Query = Callable[[NDArray[np.int64]], NDArray[np.float64]]
"""Zones to distances from them to all zones, shape (S, Z); inf where there is no way."""
Close = Callable[[NDArray[np.bool_]], Query]
"""Crossings that are shut, shape (K,), to the query without them; ends what the query before it may be asked."""

SAMPLED = 5
"""Sources and closures that a contestant too slow for the whole is timed on."""


@dataclass(frozen=True)
class Answers:
    """What a contestant found; S of the Z zones as origins, C of the K closures, O own zones of country A among S.

    Attributes
    ----------
    sources, closures
        Which zones and crossings, shapes (S,) and (C,).
    free
        Shape (S, Z): seconds with all crossings open.
    shut
        Shape (O, Z): with all closed, own pairs; inf for others.
    extra, lost
        Shape (C, S): Σ_j f (c⁻k − c) over pairs still served, Σ_j f over the others.
    without
        Shape (C, T, Z): seconds with one closed, of the first T sampled zones.
    seconds
        Wall time by part; ``whole`` is that of the whole task, extrapolated where S < Z or C < K.
    """

    sources: NDArray[np.int64]
    closures: NDArray[np.int64]
    free: NDArray[np.float64]
    shut: NDArray[np.float64]
    extra: NDArray[np.float64]
    lost: NDArray[np.float64]
    without: NDArray[np.float64]
    seconds: dict[str, float] = field(default_factory=dict)


def sample_of(network: Planar) -> NDArray[np.int64]:
    """Return the zones whose distances are compared one by one, some of each country; the same for all contestants."""
    rng = np.random.default_rng(7)
    country = network.zone_country
    picked = [rng.permutation(np.flatnonzero(country == c)) for c in (0, 1)]
    return np.sort(np.concatenate([picked[0][: SAMPLED - 2], picked[1][:2]]))


def figures(network: Planar, answers: Answers) -> dict[str, NDArray[np.float64]]:
    """Return dependency, criticality and unserved share by crossing, exposure by region; of a whole run."""
    weight = network.pair_weights()
    total = np.where(np.isfinite(answers.free), weight, 0.0).sum(axis=1)
    own = np.flatnonzero(network.zone_country == 0)
    free, own_weight = answers.free[np.ix_(own, own)], weight[np.ix_(own, own)]
    dependent = np.isfinite(free) & (answers.shut[:, own] > free * (1 + TOLERANCE))
    here = [network.region == r for r in np.unique(network.region)]
    return {
        "dependency": own_weight[dependent].sum(keepdims=True) / own_weight[np.isfinite(free)].sum(),
        "criticality": answers.extra.sum(axis=1) / total.sum(),
        "unserved": answers.lost.sum(axis=1) / total.sum(),
        "exposure": np.array([answers.extra[:, at].sum() / len(answers.extra) / total[at].sum() for at in here]),
    }


def by_overlay(network: Planar, *, rounded: bool = False) -> Answers:
    """Solve the task by the library; rounded: legs by its faster kernel where that is installed."""
    start = time.perf_counter()
    weight, sample = network.pair_weights(), sample_of(network)
    graph = corridors_graph(network)
    zones, count = len(weight), network.crossings
    sampled = np.isin(np.arange(zones), sample)
    free = np.full((zones, zones), np.inf)
    extra, lost = np.zeros((count, zones)), np.zeros((count, zones))
    shut = np.zeros((0, zones))
    changed: list[tuple[int, NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []
    spent = {"dependency": 0.0, "closures": 0.0}
    overlays = cost_overlays(graph, rounded=rounded)
    spent["legs"] = time.perf_counter() - start
    for overlay in overlays:
        begin = time.perf_counter()
        origins = overlay.origins
        solution = solve(overlay)
        cost = solution.weight
        free[origins] = cost
        if overlay.country == 0:
            shut = solve(overlay, avoid=1).weight
        spent["dependency"] += time.perf_counter() - begin
        begin = time.perf_counter()
        own = weight[origins]
        for closure in single_closures(solution, own > 0):
            pairs, k, rows = closure.origin * zones + closure.destination, closure.crossing, origins[closure.origin]
            gone, f = np.isinf(closure.cost), own.ravel()[pairs]
            extra[k] += np.bincount(rows, f * np.where(gone, 0.0, closure.cost - cost.ravel()[pairs]), zones)
            lost[k] += np.bincount(rows[gone], f[gone], zones)
            kept = sampled[rows]
            changed.append((k, rows[kept], closure.destination[kept], closure.cost[kept]))
        spent["closures"] += time.perf_counter() - begin
    spent["whole"] = time.perf_counter() - start
    without = np.repeat(free[None, sample], count, axis=0)
    for k, rows, to, cost in changed:
        without[k, np.searchsorted(sample, rows), to] = cost
    return Answers(np.arange(zones), np.arange(count), free, shut, extra, lost, without, spent)


def by_closures(network: Planar, prepare: Callable[[Planar], Close], budget_s: float) -> Answers:
    """Solve the task by a plain graph, closure after closure; on samples of it where the whole would take too long."""
    start = time.perf_counter()
    close = prepare(network)
    ready = time.perf_counter() - start
    zones, count = len(network.zone_node), network.crossings
    sample, nothing = sample_of(network), np.zeros(count, bool)
    own = network.zone_country == 0
    tried = time.perf_counter()
    query = close(nothing)
    closing = time.perf_counter() - tried
    query(sample)
    asking = (time.perf_counter() - tried - closing) / len(sample)
    sources, closures = np.arange(zones), np.arange(count)
    if 10 * zones * asking < budget_s:  # a hierarchy answers many at once faster than a few
        tried = time.perf_counter()
        query(sources)
        asking = (time.perf_counter() - tried) / zones
    if (count + 2) * closing + (zones * (1 + count) + own.sum()) * asking > budget_s:
        closures = np.sort(np.random.default_rng(8).permutation(count)[:SAMPLED])
        if (len(closures) + 2) * (closing + zones * asking) > budget_s:
            sources = sample
    closing, asking = [], []  # seconds of each closure, and of each query by source

    def ask(shut: NDArray[np.bool_], origins: NDArray[np.int64]) -> NDArray[np.float64]:
        begin = time.perf_counter()
        query = close(shut)
        closing.append(time.perf_counter() - begin)
        found = query(origins)
        asking.append((time.perf_counter() - begin - closing[-1]) / max(len(origins), 1))
        return found

    begin = time.perf_counter()
    weight = network.pair_weights()[sources]
    free = ask(nothing, sources)
    shut = ask(~nothing, sources[own[sources]])
    shut[:, ~own] = np.inf
    extra, lost = np.zeros((len(closures), len(sources))), np.zeros((len(closures), len(sources)))
    without = np.zeros((len(closures), len(sample), zones))
    for row, k in enumerate(closures):
        cost = ask(np.arange(count) == k, sources)
        gone = np.isinf(cost) & np.isfinite(free)
        with np.errstate(invalid="ignore"):
            extra[row] = (weight * np.where(np.isfinite(cost), cost - free, 0.0)).sum(axis=1)
        lost[row] = (weight * gone).sum(axis=1)
        without[row] = cost[np.searchsorted(sources, sample)]
    whole = ready + time.perf_counter() - begin
    if len(sources) < zones or len(closures) < count:
        queries = zones * (1 + count) + own.sum()
        whole = ready + (count + 2) * float(np.mean(closing)) + queries * float(np.mean(asking))
    spent = {"ready": ready, "closing": float(np.mean(closing)), "asking": float(np.mean(asking)), "whole": whole}
    return Answers(sources, closures, free, shut, extra, lost, without, spent)


def furthest(network: Planar, ours: Answers, theirs: Answers) -> float:
    """Return the greatest relative difference between answers on what both have; inf where a pair is joined for one only."""
    at, k = theirs.sources, theirs.closures
    own = np.flatnonzero(network.zone_country == 0)
    pairs = [
        (ours.free[at], theirs.free),
        (ours.shut[np.isin(own, at)], theirs.shut),
        (ours.without[k], theirs.without),
        (ours.extra[np.ix_(k, at)], theirs.extra),
        (ours.lost[np.ix_(k, at)], theirs.lost),
    ]
    if len(at) == len(network.zone_node) and len(k) == network.crossings:
        mine, other = figures(network, ours), figures(network, theirs)
        pairs += [(mine[name], other[name]) for name in mine]
    return max(_apart(a, b) for a, b in pairs)


def _apart(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    if a.shape != b.shape or (np.isinf(a) != np.isinf(b)).any():
        return np.inf
    both = np.isfinite(a)
    scale = np.maximum(np.abs(a[both]), np.abs(b[both]))
    return float((np.abs(a[both] - b[both]) / np.where(scale > 0, scale, 1.0)).max(initial=0.0))


# ---- plain graphs: each function prepares a library once and returns how to close crossings ----------------------------


def _open(network: Planar, shut: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which arcs are open, shape (M,)."""
    return ~np.append(shut, False)[network.crossing]


def with_scipy(network: Planar) -> Close:
    """scipy: ``dijkstra`` on a sparse matrix, from some sources at a time."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    size, at = len(network.x_km), network.zone_node
    at_once = max(1, 4_000_000 // size)

    def close(shut: NDArray[np.bool_]) -> Query:
        kept = _open(network, shut)
        matrix = csr_matrix((network.seconds[kept], (network.tail[kept], network.head[kept])), (size, size))
        return lambda origins: np.concatenate(
            [np.zeros((0, len(at)))]
            + [dijkstra(matrix, indices=at[origins[i : i + at_once]])[:, at] for i in range(0, len(origins), at_once)]
        )

    return close


def with_networkx(network: Planar) -> Close:
    """networkx: ``single_source_dijkstra_path_length`` from each source."""
    import networkx as nx

    arcs = list(zip(network.tail.tolist(), network.head.tolist(), network.seconds.tolist(), strict=True))
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(arcs)
    at = network.zone_node.tolist()
    removed: list[tuple[int, int, float]] = []

    def close(shut: NDArray[np.bool_]) -> Query:
        graph.add_weighted_edges_from(removed)
        removed[:] = [arcs[i] for i in np.flatnonzero(~_open(network, shut))]
        graph.remove_edges_from([arc[:2] for arc in removed])
        return query

    def query(origins: NDArray[np.int64]) -> NDArray[np.float64]:
        found = np.full((len(origins), len(at)), np.inf)
        for row, origin in enumerate(origins):
            reached = nx.single_source_dijkstra_path_length(graph, at[origin])
            found[row] = [reached.get(z, np.inf) for z in at]
        return found

    return close


def with_igraph(network: Planar) -> Close:
    """igraph: ``distances`` from all sources to all zones by Dijkstra; arcs of infinite weight are passed over."""
    import igraph

    graph = igraph.Graph(n=len(network.x_km), edges=np.column_stack([network.tail, network.head]), directed=True)
    at = network.zone_node.tolist()

    def close(shut: NDArray[np.bool_]) -> Query:
        graph.es["seconds"] = np.where(_open(network, shut), network.seconds, np.inf).tolist()
        return lambda origins: np.array(
            graph.distances([at[i] for i in origins], at, weights="seconds", mode="out", algorithm="dijkstra")
        ).reshape(len(origins), len(at))

    return close


def with_networkit(network: Planar) -> Close:
    """networkit: ``SPSP`` (Dijkstra from each source until all zones are reached), one thread."""
    import networkit

    networkit.setNumberOfThreads(1)
    whole = networkit.GraphFromCoo(
        (network.seconds, (network.tail, network.head)), n=len(network.x_km), weighted=True, directed=True
    )
    at = network.zone_node.tolist()

    def close(shut: NDArray[np.bool_]) -> Query:
        graph = networkit.Graph(whole, weighted=True, directed=True)
        for i in np.flatnonzero(~_open(network, shut)):
            graph.removeEdge(int(network.tail[i]), int(network.head[i]))

        def query(origins: NDArray[np.int64]) -> NDArray[np.float64]:
            if not len(origins):
                return np.zeros((0, len(at)))
            run = networkit.distance.SPSP(graph, [at[i] for i in origins])
            run.setTargets(at)
            run.run()
            found = np.array(run.getDistances(asarray=True), float).reshape(len(origins), len(at))
            return np.where(found < 1e300, found, np.inf)

        return query

    return close


def with_pandana(network: Planar) -> Close:
    """pandana: contraction hierarchy made anew for each closure, ``shortest_path_lengths`` for all pairs."""
    import warnings

    import pandana
    import pandas as pd

    warnings.filterwarnings("ignore")  # it warns of pairs without a path
    at = network.zone_node

    def close(shut: NDArray[np.bool_]) -> Query:
        kept = _open(network, shut)
        graph = pandana.Network(
            pd.Series(network.x_km),
            pd.Series(network.y_km),
            pd.Series(network.tail[kept]),
            pd.Series(network.head[kept]),
            pd.DataFrame({"seconds": network.seconds[kept]}),
            twoway=False,
        )

        def query(origins: NDArray[np.int64]) -> NDArray[np.float64]:
            found = graph.shortest_path_lengths(np.repeat(at[origins], len(at)), np.tile(at, len(origins)))
            found = np.array(found, float).reshape(len(origins), len(at))
            return np.where(found > 4_294_967, np.inf, found)

        return query

    return close


def with_gravel(network: Planar) -> Close:
    """gravel-fragility: contraction hierarchy made anew for each closure, ``distance_matrix``, one thread."""
    import gravel

    gravel.set_max_threads(1)
    at = network.zone_node.tolist()

    def close(shut: NDArray[np.bool_]) -> Query:
        kept = _open(network, shut)
        ends = (a[kept].astype(np.uint32) for a in (network.tail, network.head))
        asked = gravel.CHQuery(gravel.build_ch(gravel.Graph.from_coo(len(network.x_km), *ends, network.seconds[kept])))

        def query(origins: NDArray[np.int64]) -> NDArray[np.float64]:
            found = np.array(asked.distance_matrix([at[i] for i in origins], at), float).reshape(len(origins), len(at))
            return np.where(found < 1e300, found, np.inf)

        return query

    return close


def with_scgraph(network: Planar) -> Close:
    """scgraph: ``get_shortest_path_tree`` of its compiled graph from each source."""
    from scgraph.cpp import Graph

    size, at = len(network.x_km), network.zone_node

    def close(shut: NDArray[np.bool_]) -> Query:
        kept = _open(network, shut)
        neighbours: list[dict[int, float]] = [{} for _ in range(size)]
        for tail, head, weight in zip(
            network.tail[kept].tolist(), network.head[kept].tolist(), network.seconds[kept].tolist(), strict=True
        ):
            neighbours[tail][head] = weight
        graph = Graph(neighbours)

        def query(origins: NDArray[np.int64]) -> NDArray[np.float64]:
            found = np.full((len(origins), len(at)), np.inf)
            for row, origin in enumerate(origins):
                found[row] = np.array(graph.get_shortest_path_tree(int(at[origin]))["distance_matrix"])[at]
            return np.where(found < 1e300, found, np.inf)

        return query

    return close


def with_pyroutingkit(network: Planar) -> Close:
    """pyroutingkit: customizable contraction hierarchy, weights set anew for each closure, many to many."""
    from pyroutingkit import CCH, INF_WEIGHT

    graph = CCH()
    degrees = 111.0  # km; only the order of nodes depends on where they lie
    graph.build_topology(
        network.tail.astype(np.uint32),
        network.head.astype(np.uint32),
        (network.y_km / degrees).astype(np.float32),
        (network.x_km / degrees).astype(np.float32),
        node_count=len(network.x_km),
    )
    at = network.zone_node.astype(np.uint32)

    def close(shut: NDArray[np.bool_]) -> Query:
        graph.customize_weights(np.where(_open(network, shut), network.seconds, INF_WEIGHT).astype(np.uint32))

        def query(origins: NDArray[np.int64]) -> NDArray[np.float64]:
            if not len(origins):
                return np.zeros((0, len(at)))
            found = np.array(graph.distances_many_to_many(at[origins], at), float).reshape(len(origins), len(at))
            return np.where(found >= INF_WEIGHT, np.inf, found)

        return query

    return close


PLAIN: dict[str, Callable[[Planar], Close]] = {
    "scipy": with_scipy,
    "networkx": with_networkx,
    "igraph": with_igraph,
    "networkit": with_networkit,
    "pandana": with_pandana,
    "gravel-fragility": with_gravel,
    "scgraph": with_scgraph,
    "pyroutingkit": with_pyroutingkit,
}
