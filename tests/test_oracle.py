"""The engine against brute force on networkx (oracle.py): the same least costs, everywhere."""

from __future__ import annotations

import numpy as np
import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st
from oracle import Oracle
from random_networks import crossing_sets, networks

from corridors.analysis.setting import pose
from corridors.analysis.zones import build_zones
from corridors.engine.overlay import solve
from corridors.engine.paths import overlays_of, sum_along
from corridors.errors import UsageError
from corridors.model.scenario import Scenario

MINIMIZE = ("time", "distance", "cost", "generalised")


@given(st.data(), networks(), st.sampled_from(MINIMIZE))
def test_random_networks(data, net, minimize):
    """Cost, foreign km and number of links of the best path of every pair, with crossings closed and a country avoided."""
    shut = data.draw(crossing_sets(net))
    avoid = data.draw(st.sampled_from([None, None, "RU", "KZ"]))
    setting = pose(net, mode="road", minimize=minimize)
    zones = build_zones(setting)
    ids, countries = list(zones.table.index), setting.supply.countries
    graph = setting.graph(zones.terminals)
    limits = {
        "closed": np.isin(setting.supply.crossing_ids, list(shut)),
        "avoid": None if avoid is None else countries.index(avoid),
    }
    paths = toy.skims(graph, **limits)
    links = count_links(graph, **limits)
    oracle = Oracle(net, minimize=minimize, closed=shut, avoid=avoid)
    for i, origin in enumerate(ids):
        home = countries.index(oracle.country[origin])
        for j, expected in enumerate(oracle.costs(origin, ids).values()):
            if i == j or not connected(setting, ids[j]) or not connected(setting, origin):
                continue
            if expected is None:
                assert np.isinf(paths.cost[i, j])
                continue
            assert paths.cost[i, j] == pytest.approx(expected[0], abs=1e-9)
            foreign = paths.length_km[i, j] - paths.km_by_country[home, i, j]
            assert foreign == pytest.approx(expected[1], abs=1e-9)
            assert links[i, j] == expected[2]


def count_links(graph, **limits) -> np.ndarray:
    """Number of links on the best path of every pair."""
    found = np.zeros((len(graph.terminals),) * 2)
    for overlay in overlays_of(graph):
        found[overlay.origins] = sum_along(solve(overlay, **limits), np.ones((len(graph.supply.tail), 1)))[:, :, 0]
    return found


def connected(setting, place: str) -> bool:
    """Whether the place has a link of its own; a place without one hangs on connectors, of which the oracle knows nothing."""
    return place in set(setting.network.nodes.index[setting.supply.node_row[setting.touched_nodes()]])


@given(st.data(), networks(), st.sampled_from(MINIMIZE))
def test_a_scenario_of_closures_equals_closing_in_the_engine(data, net, minimize):
    """Scenario(close=…) leaves the links out; solve(closed=…) masks them: one answer."""
    shut = data.draw(crossing_sets(net))
    plain = pose(net, mode="road", minimize=minimize)
    zones = build_zones(plain)
    masked = toy.skims(plain.graph(zones.terminals), closed=np.isin(plain.supply.crossing_ids, list(shut)))
    try:
        setting = pose(net, mode="road", minimize=minimize, scenario=Scenario(close=tuple(sorted(shut))))
    except UsageError:  # every link belonged to a closed crossing
        assert (np.isinf(masked.cost) | (masked.cost == 0)).all()
        return
    left_out = toy.skims(setting.graph(zones.terminals))
    assert np.array_equal(masked.cost, left_out.cost)
    for k in range(len(net.crossings)):
        assert np.array_equal(masked.uses(k), left_out.uses(k))


# ---- the default network -----------------------------------------------------------------------------------------


def place_zones(setting):
    """The zones that are places with one or more nodes of the mode: rows of the matrix, and their nodes."""
    zones = build_zones(setting)
    nodes = setting.network.nodes.iloc[setting.supply.node_row[setting.touched_nodes()]]
    of = nodes.groupby("place_id").groups
    return zones, {i: list(of[z]) for i, z in enumerate(zones.table.index) if z in of}


def least(oracle: Oracle, origins: list[str], ends: dict[int, list[str]]) -> dict[int, float]:
    """Least costs from a place to others, each of which may have several nodes."""
    wanted = [n for nodes in ends.values() for n in nodes]
    found = [oracle.costs(origin, wanted) for origin in origins]
    return {j: min((f[n][0] for f in found for n in nodes if f[n]), default=np.inf) for j, nodes in ends.items()}


@pytest.mark.parametrize(
    ("mode", "minimize"), [("rail", "time"), ("road", "time"), ("rail", "distance"), ("road", "generalised")]
)
def test_the_default_network(shipped_net, mode, minimize):
    """All pairs of places. The engine's choice among near-equal paths may cost up to 1e-8 a foreign km."""
    setting = pose(shipped_net, mode=mode, minimize=minimize)
    zones, ends = place_zones(setting)
    paths = toy.skims(setting.graph(zones.terminals))
    oracle = Oracle(shipped_net, mode=mode, minimize=minimize)
    for i, nodes in ends.items():
        expected = least(oracle, nodes, ends)
        got = {j: paths.cost[i, j] for j in ends if j != i}
        assert got == pytest.approx({j: expected[j] for j in got}, rel=1e-9, abs=1e-9), zones.table.index[i]


@pytest.mark.parametrize("mode", ["rail", "road"])
def test_every_single_closure_of_the_default_network(shipped_net, mode):
    """c⁻k of the pairs from the three zones that use k most, by networkx without the links of k."""
    setting = pose(shipped_net, mode=mode)
    zones, ends = place_zones(setting)
    graph = setting.graph(zones.terminals)
    free = toy.skims(graph)
    oracle, tried = Oracle(shipped_net, mode=mode), 0
    for k, crossing in enumerate(setting.supply.crossing_ids):
        users = sorted(ends, key=lambda i: -int(free.uses(k)[i].sum()))[:3]
        users = np.array(sorted(i for i in users if free.uses(k)[i].any()), int)
        if not len(users):
            continue
        after = toy.skims(graph, users, closed=np.arange(len(setting.supply.crossing_ids)) == k)
        oracle.closed = {crossing}
        for row, i in enumerate(users):
            expected = least(oracle, ends[i], ends)
            got = {j: after.cost[row, j] for j in ends if j != i}
            assert got == pytest.approx({j: expected[j] for j in got}, rel=1e-9, abs=1e-9), (
                crossing,
                zones.table.index[i],
            )
            tried += 1
    assert tried > 20
