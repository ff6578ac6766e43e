"""The benchmark times the same task: on a tiny network all contestants of the main environment give the same answers."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).with_name("benchmarks")))

import contestants
import planar
import shipped

LARGE_BUDGET_S, NO_BUDGET_S = 1e9, 0.0


@pytest.fixture(scope="module", params=[0.0, 0.4], ids=["two-way", "one-way"])
def network(request):
    return planar.planar_network(400, 20, 6, one_way=request.param, seed=3)


@pytest.fixture(scope="module")
def ours(network):
    return contestants.by_overlay(network)


@pytest.mark.parametrize("name", ["scipy", "networkx"])
def test_a_plain_graph_gives_the_same_answers(network, ours, name):
    theirs = contestants.by_closures(network, contestants.PLAIN[name], LARGE_BUDGET_S)
    assert theirs.free.shape == (20, 20) and theirs.extra.shape == (6, 20)
    assert contestants.furthest(network, ours, theirs) < 1e-9


def test_a_contestant_without_time_is_asked_for_samples(network, ours):
    theirs = contestants.by_closures(network, contestants.with_scipy, NO_BUDGET_S)
    assert theirs.free.shape == (contestants.SAMPLED, 20) and len(theirs.closures) == contestants.SAMPLED
    assert contestants.furthest(network, ours, theirs) < 1e-9
    assert theirs.seconds["whole"] > 0


def test_a_wrong_answer_is_seen(network, ours):
    theirs = contestants.by_closures(network, contestants.with_scipy, LARGE_BUDGET_S)
    longer = theirs.without.copy()
    longer[0, 0, np.isfinite(longer[0, 0]).argmax() + 1] += 1
    assert contestants.furthest(network, ours, replace(theirs, without=longer)) > 1e-7
    cut_off = theirs.free.copy()
    cut_off[0, 1] = np.inf
    assert contestants.furthest(network, ours, replace(theirs, free=cut_off)) == np.inf


def test_the_task_is_worth_the_name(network, ours):
    """Some own traffic passes abroad, some crossing matters, and no figure is out of bounds."""
    found = contestants.figures(network, ours)
    assert 0 < found["dependency"] < 1
    assert found["criticality"].max() > 0 and found["criticality"].min() >= 0
    assert found["exposure"].max() > 0


def test_the_network_is_as_described():
    found = planar.planar_network(2000, 50, 9, seed=5)
    again = planar.planar_network(2000, 50, 9, seed=5)
    assert all(np.array_equal(getattr(found, n), getattr(again, n)) for n in ("tail", "head", "seconds", "zone_node"))
    assert len(found.x_km) == 2000
    degree = np.bincount(found.tail)
    assert 0.75 < (degree == 2).mean() < 0.9
    crosses = found.node_country[found.tail] != found.node_country[found.head]
    assert np.array_equal(crosses, found.crossing >= 0)
    assert np.bincount(found.crossing[crosses]).tolist() == [2] * 9
    assert set(found.seconds % 1) == {0.0}
    fewer = planar.planar_network(2000, 50, 9, one_way=0.3, seed=5)
    assert len(fewer.tail) < len(found.tail)
    with pytest.raises(ValueError, match="9999 crossings, expected at most"):
        planar.planar_network(2000, 50, 9999)


def test_the_default_network_is_the_same_task():
    network = shipped.shipped_network()
    crosses = network.node_country[network.tail] != network.node_country[network.head]
    assert np.array_equal(crosses, network.crossing >= 0)
    ours, theirs = (
        contestants.by_overlay(network),
        contestants.by_closures(network, contestants.with_scipy, LARGE_BUDGET_S),
    )
    assert contestants.furthest(network, ours, theirs) < 1e-9
    assert contestants.figures(network, ours)["criticality"].max() > 0
