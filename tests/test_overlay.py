"""The parts of the engine, each against a plain way of finding the same."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st
from random_networks import networks
from scipy.sparse.csgraph import dijkstra

import corridors as co
from corridors.analysis.setting import pose
from corridors.analysis.zones import build_zones
from corridors.engine import fast
from corridors.engine.closures import single_closures
from corridors.engine.graph import Graph
from corridors.engine.legs import reduce_graph, solve_legs
from corridors.engine.overlay import build_overlay, closure, cost_overlays, min_plus, solve
from corridors.engine.paths import flow_of, overlays_of, path_along, paths_of, steps_to, sum_along

MINIMIZE = st.sampled_from(["time", "distance", "cost", "generalised"])


def graph_of(net, minimize: str = "time", mode: str = "road") -> Graph:
    setting = pose(net, mode=mode, minimize=minimize)
    return setting.graph(build_zones(setting).terminals)


# ---- reducing a graph --------------------------------------------------------------------------------------------

arcs = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(0, 9)), max_size=40)


@given(arcs, st.sets(st.integers(0, 11), min_size=1, max_size=5))
def test_a_reduced_graph_keeps_all_distances_between_the_nodes_that_matter(links, kept):
    """Chains, loops, parallel arcs, one-way streets and dead ends, by networkx."""
    tail, head, weight = (np.array([link[i] for link in links], float) for i in range(3))
    ends = np.array(sorted(kept))
    reduced = reduce_graph(tail.astype(int), head.astype(int), weight, np.arange(len(links)), ends, 12)
    whole = nx.MultiDiGraph()
    whole.add_nodes_from(range(12))
    whole.add_weighted_edges_from(links)
    found = dijkstra(reduced.matrix(), indices=reduced.number[ends]) if len(reduced.tail) else None
    for row, origin in enumerate(ends):
        expected = nx.single_source_dijkstra_path_length(whole, origin)
        for end in ends:
            got = (0.0 if end == origin else np.inf) if found is None else found[row, reduced.number[end]]
            assert got == expected.get(end, np.inf)
    assert len(reduced.tail) <= len(links)


def test_a_chain_becomes_one_arc_that_knows_its_links():
    """0 –2– 1 –3– 2 –4– 3 both ways, and a street 4 into the chain that leads nowhere else."""
    tail, head = np.array([0, 1, 2, 1, 2, 3]), np.array([1, 2, 3, 0, 1, 2])
    weight = np.array([2.0, 3.0, 4.0, 2.0, 3.0, 4.0])
    reduced = reduce_graph(tail, head, weight, np.arange(6), np.array([0, 3]), 4)
    assert sorted(zip(reduced.tail, reduced.head, reduced.weight, strict=True)) == [(0, 1, 9), (1, 0, 9)]
    onward = int(np.flatnonzero(reduced.head == 1)[0])
    assert reduced.expand(np.array([onward])).tolist() == [0, 1, 2]
    assert reduced.sums(weight[:, None] * 10).ravel().tolist() == [90, 90]


# ---- min-plus and the closure --------------------------------------------------------------------------------------


@given(st.integers(1, 6), st.integers(0, 99))
def test_min_plus_is_the_least_of_all_sums_and_its_first_place(size, seed):
    rng = np.random.default_rng(seed)
    left, right = (np.where(rng.random((size, size)) < 0.3, np.inf, rng.integers(0, 9, (size, size))) for _ in "ab")
    least, by = min_plus(left, right)
    sums = left[:, :, None] + right[None]
    assert np.array_equal(least, sums.min(axis=1))
    assert np.array_equal(by, np.where(np.isinf(least), -2, sums.argmin(axis=1)))


@given(st.integers(1, 7), st.integers(0, 99))
def test_the_closure_is_all_pairs_shortest_paths(size, seed):
    """No circle among the arcs last passed, even where steps cost nothing."""
    rng = np.random.default_rng(seed)
    step = np.where(rng.random((size, size)) < 0.4, np.inf, rng.integers(0, 5, (size, size)).astype(float))
    sums, before = closure(step)
    expected = step.copy()
    np.fill_diagonal(expected, 0)
    for via in range(size):
        expected = np.minimum(expected, expected[:, via, None] + expected[via])
    assert np.array_equal(sums, expected)
    for a, b in np.argwhere(np.isfinite(sums)):
        passed = [b]
        while passed[-1] != a:
            passed.append(before[a, passed[-1]])
            assert len(passed) <= size
        assert sum(step[x, y] for y, x in zip(passed, passed[1:], strict=False)) == sums[a, b]


# ---- closures ------------------------------------------------------------------------------------------------------


@given(networks(), MINIMIZE)
def test_all_single_closures_equal_solving_each(net, minimize):
    graph = graph_of(net, minimize)
    for overlay in overlays_of(graph):
        free = solve(overlay)
        paths = paths_of(free)
        found = {c.crossing: c for c in single_closures(free, np.ones(free.weight.shape, bool))}
        for k in range(len(net.crossings)):
            uses = paths.uses(k)
            assert (k in found) == uses.any()
            if k not in found:
                continue
            at = found[k].origin, found[k].destination
            assert uses[at].all() and len(at[0]) == uses.sum()
            shut = paths_of(solve(overlay, closed=np.arange(len(net.crossings)) == k)).cost[at]
            np.testing.assert_allclose(found[k].cost, shut, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("mode", ["rail", "road", "any"])
def test_all_single_closures_of_the_default_network(shipped_net, mode):
    graph = graph_of(shipped_net, mode=mode)
    tried = 0
    for overlay in overlays_of(graph):
        for found in single_closures(solve(overlay), np.ones((len(overlay.origins), len(graph.terminals)), bool)):
            shut = np.arange(len(graph.supply.crossing_ids)) == found.crossing
            expected = paths_of(solve(overlay, closed=shut)).cost[found.origin, found.destination]
            np.testing.assert_allclose(found.cost, expected, rtol=1e-12)
            tried += 1
    assert tried > 20


# ---- costs alone, and legs solved before ---------------------------------------------------------------------------


@given(networks(), MINIMIZE)
def test_costs_alone_are_the_costs_of_the_paths(net, minimize):
    graph = graph_of(net, minimize)
    for with_ties, alone in zip(overlays_of(graph), cost_overlays(graph), strict=True):
        paths = paths_of(solve(with_ties))
        np.testing.assert_allclose(paths.cost, solve(alone).weight, rtol=1e-9, atol=1e-9)


def test_a_country_that_did_not_change_is_not_solved_again(shipped_net, monkeypatch):
    """A day on which a railway opened in Kazakhstan leaves the legs of Russia as they were."""
    import corridors.engine.overlay as engine
    from corridors.model.scenario import Scenario

    settings = [pose(shipped_net, mode="rail", scenario=Scenario(as_of=day)) for day in ("2004-01-01", "2005-01-01")]
    graphs = [s.graph(build_zones(s).terminals) for s in settings]
    origins = np.flatnonzero(graphs[0].terminals.country == 1)
    solved = []
    monkeypatch.setattr(engine, "solve_legs", lambda *a, real=engine.solve_legs, **k: solved.append(1) or real(*a, **k))
    known: dict = {}
    first = build_overlay(graphs[0], 1, origins, known)
    parts = len(solved)
    again = build_overlay(graphs[1], 1, origins, known)
    assert len(solved) == parts + 1  # Kazakhstan again
    fresh = build_overlay(graphs[1], 1, origins)
    assert np.array_equal(again.weight, fresh.weight) and np.array_equal(again.totals, fresh.totals)
    assert not np.array_equal(first.weight, again.weight)


# ---- paths ---------------------------------------------------------------------------------------------------------


@given(networks(), MINIMIZE)
def test_steps_flow_and_sums_are_of_the_same_paths(net, minimize):
    graph = graph_of(net, minimize)
    every = np.ones((len(graph.supply.tail), 1))
    for overlay in overlays_of(graph):
        solution = solve(overlay)
        paths, links = paths_of(solution), sum_along(solution, every)[:, :, 0]
        carried = np.zeros(len(graph.supply.tail))
        for i, j in np.ndindex(solution.weight.shape):
            step = steps_to(solution, i, j)
            if step is None:
                assert j == overlay.origins[i] or np.isinf(paths.cost[i, j])
                continue
            path = path_along(graph, step)
            np.testing.assert_allclose(path.totals.sum(axis=0), paths.totals[:, i, j], atol=1e-9)
            assert (path.head[:-1] == path.tail[1:]).all()
            assert sorted(path.crossing[path.enters >= 0]) == sorted(
                paths.crossings[:, i, j][paths.crossings[:, i, j] >= 0]
            )
            on = path.arc[path.arc >= 0]
            assert links[i, j] == len(on)
            np.add.at(carried, on, 1.0 + i + j)
        weights = 1.0 + np.add.outer(np.arange(solution.weight.shape[0]), np.arange(solution.weight.shape[1]))
        np.testing.assert_allclose(flow_of(solution, np.where(np.isfinite(solution.weight), weights, 0)), carried)


def test_two_crossings_that_share_a_port_shut_one_by_one():
    """a(RU) –10– x –10– k(KZ) and a –10– y –30– k: both begin at a and end at k."""
    net = toy.network("a RU RU-A 1\n x\n y\n k KZ KZ-A 1", "a x 10\n x k 10\n a y 10\n y k 30")
    graph = graph_of(net)
    for overlay in overlays_of(graph):
        (found,) = single_closures(solve(overlay), np.ones((1, 2), bool))
        assert (net.crossings.index[found.crossing], found.cost.tolist()) == ("x", [40])


# ---- the kernel that rounds ----------------------------------------------------------------------------------------


def ring(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A ring of nodes both ways, with chords, so that none has degree 2."""
    node = np.arange(size)
    a, b = np.concatenate([node, node]), np.concatenate([(node + 1) % size, (node + 5) % size])
    km = np.random.default_rng(1).random(len(a)) + 0.1
    return np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([km, km])


def test_the_rounding_kernel_is_off_by_no_more_than_it_says(monkeypatch):
    pytest.importorskip("pyroutingkit")
    monkeypatch.setattr(fast, "_WORTHWHILE", 0)
    tail, head, weight = ring(60)
    ends = np.array([0, 7, 30, 59])
    reduced = reduce_graph(tail, head, weight, np.arange(len(tail)), ends, 60)
    exact = solve_legs(reduced, ends, ends).weight
    found = solve_legs(reduced, ends, ends, rounded=True).weight
    assert 0 < np.abs(found - exact).max() <= 60 * exact.max() * 2 / 2**29


def test_what_the_rounding_kernel_must_not_see_goes_to_scipy(monkeypatch):
    """A graph in two pieces, and one too small to be worth it."""
    tail, head, weight = ring(12)
    ends = np.array([0, 15])
    two = [np.concatenate([a, b]) for a, b in ((tail, tail + 12), (head, head + 12), (weight, weight))]
    reduced = reduce_graph(*two, np.arange(2 * len(tail)), ends, 24)
    assert fast.rounded_distances(reduced, reduced.number[ends], reduced.number[ends]) is None
    monkeypatch.setattr(fast, "_WORTHWHILE", 0)
    assert fast.rounded_distances(reduced, reduced.number[ends], reduced.number[ends]) is None
    assert np.isinf(solve_legs(reduced, ends, ends, rounded=True).weight[0, 1])


def test_what_decides_between_equal_ways_decides_nothing_else():
    """Neither a network without lengths nor one absurdly slow road elsewhere makes it weigh."""
    flat = toy.network(
        "a RU RU-A 3\nb KZ KZ-A 3\nh RU RU-A\nm RU RU-A\nx\ny",
        "a x 0\nx b 0\na h 0 mode=transfer\nh m 0\nm y 0\ny b 0",
        "x RU>KZ entry 15\nx RU>KZ transit 15\ny RU>KZ entry 1\ny RU>KZ transit 1",
        assumptions={"transfer.freight.time_h": 12.0},
    )
    assert co.matrix(flat).table.set_index(["origin", "destination"])["time_h"]["a", "b"] == 13
    nodes = "a RU RU-A 3\nc RU RU-A 3\nb KZ KZ-A 3\nk KZ KZ-A 3\nx\ny\nu RU RU-B 2\nv RU RU-B 2"
    slow = toy.network(nodes, "a x 10\nx k 200\nk b 1\na c 200\nc y 10\ny b 2\nu v 100 speed=0.0000001")
    assert co.route(slow, "a", "b").table["time_h"].iloc[0] == 211
    cut = toy.network("a RU RU-A 3\nb RU RU-A 3\nk KZ KZ-A\nx\ny", "a x 0\nx k 0\nk y 0\ny b 0\na b 5")
    found = co.transit(cut, "RU", through="KZ")  # without a warning, though the free way costs nothing
    assert np.isposinf(found.pairs["penalty"]).all()
    assert found.figures["dependency"] == 1
