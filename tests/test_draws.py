"""Drawn waits: their quantiles, what trips make of them, and each draw held against the plain engine."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
import random_networks
import toy
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import ask, run

import corridors as co
from corridors.analysis.setting import Setting, pose
from corridors.analysis.transit import own_pairs
from corridors.analysis.uncertainty import drawn_waits, waiting_hour
from corridors.analysis.zones import build_zones, pair_weights
from corridors.cli.route_text import route_lines, route_tables
from corridors.engine.drawn import best_trips
from corridors.engine.drawn_pairs import drawn_dependency
from corridors.engine.draws import draw_waits, quantile, scores, spread_of
from corridors.engine.graph import Graph
from corridors.engine.overlay import TOLERANCE, build_overlay, solve
from corridors.engine.paths import Paths, paths_of
from corridors.engine.supply import ENTRY, TRANSIT, generalised
from corridors.errors import DataError, NoAnswerError, UsageError
from corridors.model.network import Network
from corridors.model.scenario import Scenario

DRAWS = 4000


def most_off(p: float, draws: int = DRAWS) -> float:
    """How far a share of independent draws may be from its probability: five standard errors (one in a million)."""
    return 5 * math.sqrt(p * (1 - p) / draws)


# ---- the distribution --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p10", "p50", "p90"), [(1, 4, 12), (0.8, 4, 4.5), (0, 4, 12), (0, 0, 3), (4, 4, 9), (1, 4, 4), (2, 2, 2)]
)
def test_the_three_quantiles_are_exact_and_it_rises_from_zero_or_more(p10, p50, p90):
    z90 = NormalDist().inv_cdf(0.9)
    arrays = [np.array(float(v)) for v in (p10, p50, p90)]
    assert quantile(*arrays, np.array([-z90, 0, z90])) == pytest.approx([p10, p50, p90], abs=1e-12)
    drawn = quantile(*arrays, np.linspace(-6, 6, 241))
    assert (drawn >= 0).all()
    assert (np.diff(drawn) >= 0).all()


def test_each_half_is_lognormal():
    """Worked out by hand: as far again below P10 is a quarter of it where P10 is a quarter of P50; above likewise."""
    z90 = NormalDist().inv_cdf(0.9)
    drawn = quantile(np.array(1.0), np.array(4.0), np.array(8.0), np.array([-2 * z90, -z90 / 2, z90 / 2, 2 * z90]))
    assert drawn == pytest.approx([0.25, 2.0, 4 * math.sqrt(2), 16.0])


SPREAD = toy.network(
    "a RU RU-A 1\nb KZ KZ-B 1\nx\ny",
    "a x 1\nx b 1\na y 2\ny b 2",
    """
    x RU>KZ entry   4 p10=1 p90=12
    x RU>KZ transit 0 p10=0 p90=3
    x KZ>RU entry   5
    y RU>KZ entry   2 p90=6
    y RU>KZ transit 2 p10=1
    """,
    crossings={"y": {"hours_per_day": 12}},
    assumptions={"wait_h.lorry": 7.0},
)


def drawn_at(net: Network, crossing: str, into: str, traffic: int, **options) -> np.ndarray:
    """Draws of the wait at one border arc."""
    setting = pose(net, mode="road", scenario=options.pop("scenario", None))
    graph = setting.graph(build_zones(setting).terminals)
    how = {"draws": DRAWS, "seed": 1, "correlation": 0.0} | options
    names, countries = setting.supply.crossing_ids, setting.supply.countries
    at = np.flatnonzero((graph.crossing == names.index(crossing)) & (graph.enters == countries.index(into)))
    return drawn_waits(setting, graph, how)[:, traffic, at[0]]


@pytest.mark.parametrize(
    ("crossing", "traffic", "expected"),
    [
        ("x", ENTRY, (1, 4, 12)),
        ("x", TRANSIT, (0, 0, 3)),
        ("y", ENTRY, (5, 5, 9)),  # open 12 hours: 3 h more for the gate; no P10: no less than the median
        ("y", TRANSIT, (4, 5, 5)),
    ],
)
def test_draws_have_the_quantiles_of_the_table(crossing, traffic, expected):
    drawn = drawn_at(SPREAD, crossing, "KZ", traffic)
    for p, value in zip((0.1, 0.5, 0.9), expected, strict=True):
        below, up_to = (drawn < value - 1e-9).mean(), (drawn <= value + 1e-9).mean()
        assert below - most_off(p) <= p <= up_to + most_off(p), (p, value, below, up_to)


def test_a_wait_without_a_spread_or_without_a_row_is_certain():
    assert set(drawn_at(SPREAD, "x", "RU", ENTRY)) == {5.0}
    assert set(drawn_at(SPREAD, "x", "RU", TRANSIT)) == {7.0}
    assert set(drawn_at(SPREAD, "y", "RU", ENTRY)) == {10.0}


def test_a_wait_of_the_scenario_replaces_the_median_and_scales_the_spread():
    longer = co.Scenario(wait_h={"x": 8.0, "y": 1.0})
    assert drawn_at(SPREAD, "x", "KZ", ENTRY, scenario=longer) == pytest.approx(2 * drawn_at(SPREAD, "x", "KZ", ENTRY))
    assert set(drawn_at(SPREAD, "x", "KZ", TRANSIT, scenario=longer)) == {8.0}  # nothing to scale
    before = drawn_at(SPREAD, "y", "KZ", TRANSIT)
    assert drawn_at(SPREAD, "y", "KZ", TRANSIT, scenario=longer) == pytest.approx((before - 3) / 2 + 3)


def test_quantiles_out_of_order_are_named():
    waits = SPREAD.waits.assign(wait_p90_h=0.5)
    with pytest.raises(DataError, match=r"x, KZ>RU, lorry, entry: 5 5 0.5, expected P10 ≤ P50 ≤ P90"):
        drawn_at(replace(SPREAD, waits=waits), "x", "KZ", ENTRY)


# ---- luck --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_scores_are_standard_normal_and_correlate_as_asked(correlation):
    drawn = scores(("a", "b", "c"), DRAWS, 3, correlation)
    assert abs(drawn.mean(axis=0)).max() <= 5 / math.sqrt(DRAWS)
    assert abs(drawn.var(axis=0) - 1).max() <= 5 * math.sqrt(2 / DRAWS)
    between = np.corrcoef(drawn.T)[np.triu_indices(3, 1)]
    assert abs(between - correlation).max() <= 5 * (1 - correlation**2) / math.sqrt(DRAWS) + 1e-12
    if correlation == 1:
        assert (drawn == drawn[:, :1]).all()


def test_the_same_seed_gives_the_same_draws_in_any_order_of_crossings():
    drawn = scores(("a", "b", "c"), 50, 3, 0.3)
    assert (drawn == scores(("a", "b", "c"), 50, 3, 0.3)).all()
    assert (drawn[:20] == scores(("a", "b", "c"), 20, 3, 0.3)).all()
    assert (drawn[:, [2, 0, 1]] == scores(("c", "a", "b"), 50, 3, 0.3)).all()
    assert (drawn != scores(("a", "b", "c"), 50, 4, 0.3)).any()


def test_directions_and_traffic_of_a_crossing_share_their_luck():
    setting = pose(toy.network(
        "a RU RU-A 1\nb KZ KZ-B 1\nx", "a x 1\nx b 1",
        "x RU>KZ entry 4 p10=1 p90=12\nx KZ>RU entry 8 p10=2 p90=24\nx KZ>RU transit 2 p10=0.5 p90=6",
    ), mode="road")  # fmt: skip
    graph = setting.graph(build_zones(setting).terminals)
    drawn = drawn_waits(setting, graph, {"draws": 20, "seed": 0, "correlation": 0.0})
    into_kz = int(np.flatnonzero(graph.enters == setting.supply.countries.index("KZ"))[0])
    assert drawn[:, ENTRY, 1 - into_kz] == pytest.approx(2 * drawn[:, ENTRY, into_kz])
    assert drawn[:, TRANSIT, 1 - into_kz] == pytest.approx(drawn[:, ENTRY, into_kz] / 2)


# ---- trips, by hand ----------------------------------------------------------------------------------------------


def two_ways(x: str, y: str, km_over_y: float = 2) -> Network:
    """From a to b over x (2 km) or y."""
    links = f"a x 1\nx b 1\na y 1\ny b {km_over_y - 1:g}"
    return toy.network("a RU RU-A 1\nb KZ KZ-B 1\nx\ny", links, f"x RU>KZ entry {x}\ny RU>KZ entry {y}")


def probabilities(found) -> dict[str, float]:
    return {row["crossing_id"]: row["probability"] for row in found.uncertainty["crossings"]}


@pytest.mark.parametrize(("certain", "expected"), [(1, 0.1), (4, 0.5), (12, 0.9)])
def test_a_crossing_is_chosen_as_often_as_its_wait_is_less_than_a_certain_one(certain, expected):
    """Over y it takes 2 km and a wait with P10 1, P50 4, P90 12; over x 2 km and a certain wait."""
    net = two_ways(f"{certain}", "4 p10=1 p90=12")
    found = co.route(net, "a", "b", mode="road", percentiles=DRAWS, seed=5)
    assert probabilities(found)["y"] == pytest.approx(expected, abs=most_off(expected))
    assert sum(probabilities(found).values()) == pytest.approx(1)
    fixed, best = found.uncertainty["fixed_routes"][0], found.uncertainty["reoptimised"]
    if certain == 1:  # the fixed route is over x and always takes 3 h; re-optimised it takes up to 3
        assert [fixed[f"time_p{q}_h"] for q in (10, 50, 90)] == [3, 3, 3]
        assert best["time_p10_h"] == pytest.approx(3, abs=0.2)
        assert best["time_p90_h"] == 3
    if certain == 12:  # over y; re-optimised it takes 2 + min(wait, 12)
        at = (fixed["time_p10_h"], fixed["time_p50_h"], fixed["time_p90_h"])
        assert at == pytest.approx((3, 6, 14), rel=0.1)
        assert best["time_p90_h"] <= 14


@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.95])
def test_the_probability_of_a_crossing_by_the_normal_distribution(correlation):
    """Both waits are lognormal with the same σ = ln 4 / z90, the median over y twice that over x."""
    net = two_ways("4 p10=1 p90=16", "8 p10=2 p90=32")
    found = co.route(net, "a", "b", mode="road", percentiles=DRAWS, correlation=correlation, seed=2)
    sigma = math.log(4) / NormalDist().inv_cdf(0.9)
    expected = NormalDist().cdf(-math.log(2) / (sigma * math.sqrt(2 * (1 - correlation))))
    assert probabilities(found)["y"] == pytest.approx(expected, abs=most_off(expected))


def test_with_the_same_luck_everywhere_the_longer_way_is_never_chosen():
    net = two_ways("4 p10=1 p90=12", "4 p10=1 p90=12", km_over_y=2.5)
    assert probabilities(co.route(net, "a", "b", mode="road", percentiles=500, correlation=1.0)) == {"x": 1.0}
    apart = probabilities(co.route(net, "a", "b", mode="road", percentiles=500, correlation=0.0))
    assert 0.2 < apart["y"] < 0.5


def test_without_a_spread_all_percentiles_are_the_route():
    net = two_ways("4", "3")
    found = co.route(net, "a", "b", mode="road", percentiles=20)
    for plan in (found.uncertainty["fixed_routes"][0], found.uncertainty["reoptimised"]):
        assert {plan[f"time_p{q}_h"] for q in (10, 50, 90)} == {found.routes[0]["time_h"]} == {5.0}
    assert probabilities(found) == {"y": 1.0}


@pytest.mark.parametrize("minimize", ["distance", "cost"])
def test_where_waits_do_not_decide_the_arrival_is_still_uncertain(minimize):
    net = two_ways("4 p10=1 p90=12", "0", km_over_y=2.5)
    found = co.route(net, "a", "b", mode="road", minimize=minimize, percentiles=200)
    assert not found.uncertainty["waits_decide"]
    assert probabilities(found) == {"x": 1.0}
    fixed, best = found.uncertainty["fixed_routes"][0], found.uncertainty["reoptimised"]
    assert fixed == {"rank": 1, **best}
    assert fixed["time_p10_h"] < fixed["time_p50_h"] < fixed["time_p90_h"]
    assert fixed["minimized_p10"] == fixed["minimized_p90"] == found.routes[0]["minimized"]


def test_a_trip_with_a_stop_adds_up_its_parts():
    """There and back over x: twice the wait of the same draw."""
    net = toy.network(
        "a RU RU-A 1\nc RU RU-A 1\nb KZ KZ-B 1\nx", "a x 1\nx b 1\nc x 1",
        "x RU>KZ entry 4 p10=1 p90=12\nx KZ>RU entry 4 p10=1 p90=12",
    )  # fmt: skip
    once = co.route(net, "a", "b", mode="road", percentiles=300).uncertainty
    twice = co.route(net, "a", "c", via=["b"], mode="road", percentiles=300).uncertainty
    for name in ("time_p10_h", "time_p50_h", "time_p90_h"):
        assert twice["reoptimised"][name] == pytest.approx(2 * once["reoptimised"][name])
        assert twice["fixed_routes"][0][name] == pytest.approx(2 * once["fixed_routes"][0][name])


def test_a_country_to_avoid_is_avoided_in_every_draw():
    net = toy.network(
        "a RU RU-A 1\nb RU RU-A 1\nc KZ KZ-C 1\nx\ny", "a b 50\na x 1\nx c 1\nc y 1\ny b 1",
        "x RU>KZ transit 4 p10=1 p90=90\ny KZ>RU transit 4 p10=1 p90=90",
    )  # fmt: skip
    free = co.route(net, "a", "b", mode="road", percentiles=400).uncertainty
    assert 0 < free["without_crossing_probability"] < 0.5
    kept_out = co.route(net, "a", "b", mode="road", avoid_country="KZ", percentiles=400).uncertainty
    assert kept_out["crossings"] == []
    assert kept_out["without_crossing_probability"] == 1.0
    assert kept_out["reoptimised"]["time_p90_h"] == 50


# ---- each draw against the plain engine --------------------------------------------------------------------------


def with_spread(net: Network) -> Network:
    """The same network with a spread around each wait, no two the same."""
    odd = np.arange(len(net.waits)) / 97
    p50 = net.waits["wait_p50_h"].to_numpy(float)
    return replace(net, waits=net.waits.assign(wait_p10_h=p50 * (0.5 - odd / 10), wait_p90_h=p50 * 2 + 1 + odd))


def put_in(setting: Setting, graph: Graph, waits: np.ndarray) -> Graph:
    """The graph with the waits of one draw in its supply."""
    wait_h = setting.supply.wait_h.copy()
    wait_h[:, graph.border_arc] = waits
    supply = replace(setting.supply, wait_h=wait_h)
    arc, border = generalised(supply, setting.minimize, setting.value_of_time_usd_per_h)
    return replace(setting, supply=supply, arc_cost=arc, border_cost=border).graph(graph.terminals)


def check_trips(net: Network, minimize: str, mode: str = "road", draws: int = 4) -> int:
    """Hold all pairs of zones against ``solve``, draw by draw; return how many trips there were."""
    setting = pose(net, mode=mode, minimize=minimize)
    graph = setting.graph(build_zones(setting).terminals)
    waits = drawn_waits(setting, graph, {"draws": draws, "seed": 11, "correlation": 0.2})
    zones = graph.terminals.country
    solved = [[paths_of(solve(build_overlay(put_in(setting, graph, w), int(c), np.array([o])))) for w in waits]
              for o, c in enumerate(zones)]  # fmt: skip
    trips = 0
    for origin, country in enumerate(zones):
        overlay = build_overlay(graph, int(country), np.array([origin]))
        for to in range(len(zones)):
            if to == origin:
                continue
            found = best_trips(overlay, to, waits, waiting_hour(setting))
            for draw, paths in enumerate(solved[origin]):
                assert found.totals[draw] == pytest.approx(paths.totals[:, 0, to], rel=1e-9, abs=1e-9)
                if np.isfinite(found.totals[draw, 0]):
                    trips += 1
                    assert set(np.flatnonzero(found.uses[draw])) == used(paths, 0, to)
    return trips


def used(paths: Paths, row: int, to: int) -> set[int]:
    return {int(k) for k in paths.crossings[:, row, to] if k >= 0}


@settings(max_examples=30, deadline=None)
@given(random_networks.networks(), st.sampled_from(["time", "generalised", "distance"]))
def test_each_draw_of_a_trip_is_what_solve_finds_with_its_waits(net, minimize):
    check_trips(with_spread(net), minimize)


RUNS = toy.network(
    """
    a RU RU-A 1
    b RU RU-A 1
    c KZ KZ-C 1
    d KZ KZ-C 1
    e KZ KZ-C 1
    x
    y
    u
    v
    """,
    """
    a x 1 mode=rail
    x c 1 mode=rail
    b y 3 mode=rail
    y e 1 mode=rail
    c u 1 mode=rail
    u b 1 mode=rail
    b v 1 mode=rail
    v d 1 mode=rail
    c d 9 mode=rail
    d e 2 mode=rail
    """,
    """
    x RU>KZ entry 5 p10=2 p90=9
    x RU>KZ transit 1 p10=0 p90=5
    y RU>KZ entry 4 p10=1 p90=11
    u RU>KZ entry 90
    u KZ>RU entry 90
    v RU>KZ entry 90
    v RU>KZ transit 2 p10=0.1 p90=14
    u KZ>RU transit 1 p10=0.1 p90=3
    """,
    crossings={"u": {"category": "none"}, "v": {"category": "none"}},
)


@pytest.mark.parametrize("minimize", ["time", "generalised"])
def test_railways_run_through_after_the_entry_are_drawn_too(minimize):
    """From a to d: entry over x, then 9 km, or through a corner of the other country over u and v with their waits."""
    assert check_trips(RUNS, minimize, "rail", draws=25) == 25 * 5 * 4
    chosen = probabilities(co.route(RUNS, "a", "d", mode="rail", percentiles=400))
    assert chosen["x"] == 1
    assert 0.05 < chosen["v"] < 0.95


def check_dependency(net: Network, minimize: str, through: str) -> int:
    """Hold the dependency of each country's own pairs against ``solve``, draw by draw; return how many held."""
    setting = pose(net, mode="road", minimize=minimize)
    zones = build_zones(setting)
    graph = setting.graph(zones.terminals)
    weight = pair_weights(setting, zones, "gravity")
    waits = drawn_waits(setting, graph, {"draws": 4, "seed": 7, "correlation": 0.0})
    held = 0
    for country in set(setting.supply.countries) - {through}:
        try:
            own = own_pairs(setting, graph, zones, weight, country, through)
        except NoAnswerError:
            continue
        shares = np.where(own.served, own.weight, 0.0) / own.weight[own.served].sum()
        at = setting.supply.countries.index(through)
        dependency, by_crossing = drawn_dependency(
            own.solution.overlay, shares[:, own.origins], at, waits, waiting_hour(setting)
        )
        for draw, drawn in enumerate(waits):
            overlay = build_overlay(put_in(setting, graph, drawn), own.solution.overlay.country, own.origins)
            free, closed = paths_of(solve(overlay)), paths_of(solve(overlay, avoid=at))
            dependent = own.served & (closed.cost > free.cost * (1 + TOLERANCE))
            assert dependency[draw] == pytest.approx(shares[dependent].sum(), abs=1e-12)
            for k in range(by_crossing.shape[1]):
                assert by_crossing[draw, k] == pytest.approx(shares[dependent & free.uses(k)].sum(), abs=1e-12)
            held += 1
    return held


@settings(max_examples=40, deadline=None)
@given(random_networks.networks(), st.sampled_from(["time", "generalised", "distance"]))
def test_each_draw_of_a_dependency_is_what_solve_finds_with_its_waits(net, minimize):
    check_dependency(with_spread(net), minimize, "KZ")


THREE = toy.network(
    "a RU RU-A 2\nb RU RU-A 3\nc RU RU-A 5\nk KZ KZ-K 1\nl KZ KZ-K 1\nu UZ UZ-U 1\np\nq\nr\ns\nt",
    """
    a b 30
    b c 7
    a p 1
    p k 1
    k l 2
    l q 1
    q b 1
    l r 1
    r c 1
    a s 2
    s u 2
    u t 2
    t b 2
    """,
    "\n".join(
        f"{x} {way} transit {hours} p10={hours / 4} p90={hours * 3}"
        for x, way, hours in [("p", "RU>KZ", 4), ("q", "KZ>RU", 4), ("r", "KZ>RU", 6), ("p", "KZ>RU", 3),
                              ("q", "RU>KZ", 5), ("r", "RU>KZ", 4), ("s", "RU>UZ", 5), ("t", "UZ>RU", 7),
                              ("s", "UZ>RU", 6), ("t", "RU>UZ", 4)]
    ),
)  # fmt: skip


def test_a_third_country_may_be_the_way_round_and_its_waits_are_drawn_too():
    assert check_dependency(THREE, "time", "KZ") == 4
    assert 0 < co.transit(THREE, "RU", "KZ", mode="road", draws=200).uncertainty["dependency"]["mean"] < 1


# ---- the dependency, by hand -------------------------------------------------------------------------------------


def shortcut(waits: str, km: float) -> Network:
    """From a to b: so many km at home, or 4 km through the neighbour with a wait on entering it."""
    return toy.network(
        "a RU RU-A 1\nb RU RU-A 1\nc KZ KZ-C 1\nx\ny",
        f"a > b {km}\na > x 1\nx > c 1\nc > y 1\ny > b 1\nb > a 1",
        f"x RU>KZ transit {waits}",
    )


@pytest.mark.parametrize(("km", "probability"), [(5, 0.1), (8, 0.5), (16, 0.9)])
def test_a_pair_depends_as_often_as_the_wait_is_less_than_the_way_round(km, probability):
    """Half of the weight (a to b) depends where 4 km and the wait (P10 1, P50 4, P90 12) take less than km."""
    found = co.transit(shortcut("4 p10=1 p90=12", km), "RU", "KZ", mode="road", draws=DRAWS, seed=3, sensitivity=False)
    drawn = found.uncertainty
    assert drawn["dependency"]["mean"] == pytest.approx(probability / 2, abs=most_off(probability) / 2)
    assert found.drawn_crossings.loc["x", "share_mean"] == pytest.approx(drawn["dependency"]["mean"])
    assert found.drawn_crossings.loc["y", "probability"] == pytest.approx(probability, abs=most_off(probability))
    assert sum(bar["draws"] for bar in drawn["histogram"]) == DRAWS
    assert (drawn["histogram"][0]["from"], drawn["histogram"][-1]["to"]) == (0.0, 0.5)
    assert drawn["dependency"]["p10"] in ({0.0} if km == 5 else {0.0, 0.5})
    assert found.settings["draws"] == DRAWS
    assert found.settings["zones"] == 2


@pytest.mark.parametrize(("waits", "minimize"), [("4", "time"), ("4 p10=1 p90=12", "distance")])
def test_a_dependency_that_waits_do_not_move_is_the_plain_one(waits, minimize):
    found = co.transit(shortcut(waits, 9), "RU", "KZ", mode="road", minimize=minimize, draws=30, sensitivity=False)
    assert found.figures["dependency"] == 0.5
    assert found.uncertainty["dependency"] == {"p10": 0.5, "p50": 0.5, "p90": 0.5, "mean": 0.5}
    assert found.uncertainty["histogram"] == [{"from": 0.5, "to": 0.5, "draws": 30}]
    assert found.uncertainty["waits_decide"] == (minimize == "time")


def test_progress_counts_the_draws():
    told = []
    net = shortcut("4 p10=1 p90=12", 8)
    co.transit(net, "RU", "KZ", mode="road", draws=120, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 120), (50, 120), (100, 120), (120, 120)]


# ---- asking ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"percentiles": -1}, "draws -1: expected a number from 0 to 100000"),
        ({"percentiles": 5, "seed": -1}, "seed -1: expected a whole number, 0 or more"),
        ({"percentiles": 5, "correlation": 1.5}, "correlation 1.5: expected a number from 0 to 1"),
        ({"percentiles": 5, "correlation": math.nan}, "correlation nan: expected a number from 0 to 1"),
    ],
)
def test_draws_that_cannot_be_made_are_refused(options, said):
    with pytest.raises(UsageError, match=said):
        co.route(two_ways("4", "3"), "a", "b", mode="road", **options)


def test_a_plain_route_does_not_load_what_draws_need():
    code = (
        "import sys, corridors as co; n = co.load(); co.route(n, 'Kurgan', 'Omsk', mode='rail'); "
        "print([m for m in sys.modules if 'uncertainty' in m or 'draw' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_network_is_drawn_by_its_own_table():
    """The quantiles at every border arc of the roads are those of waits.csv; the gate's wait is the rest."""
    net = toy.shipped_network()
    setting = pose(net, mode="road", vehicle="lorry")
    arcs = np.flatnonzero(setting.supply.enters >= 0)
    spread = spread_of(net, setting.supply, arcs, "lorry", setting.scenario)
    assert spread.p50 + spread.gate_h == pytest.approx(setting.supply.wait_h[:, arcs])
    assert (spread.p10 < spread.p50).any()
    median = draw_waits(spread, np.zeros((1, len(arcs))))[0]
    assert median == pytest.approx(setting.supply.wait_h[:, arcs])


# ---- from the command line ---------------------------------------------------------------------------------------

TRIP = ("route", "Kurgan", "Petropavl", "--mode", "road")


def test_the_command_gives_the_numbers_of_the_function_and_only_adds_keys():
    plain, drawn = ask(*TRIP), ask(*TRIP, "--percentiles", "--draws", "50", "--seed", "3", "--correlation", "0.5")
    found = co.route(co.load(), "Kurgan", "Petropavl", mode="road", percentiles=50, seed=3, correlation=0.5)
    assert drawn.pop("uncertainty") == found.uncertainty
    assert (found.uncertainty["draws"], found.uncertainty["seed"], found.uncertainty["correlation"]) == (50, 3, 0.5)
    assert drawn.pop("settings") == plain.pop("settings") | {"draws": 50, "seed": 3, "correlation": 0.5}
    assert drawn == plain


def test_the_table_names_both_arrivals_and_the_crossings():
    text = run(*TRIP, "--percentiles", "--draws", "50").out
    for words in ("route 1, fixed before departure", "re-optimised in each draw", "P90 h", "Waits drawn 50 times"):
        assert words in text
    assert "waits do not decide" not in text
    assert "waits do not decide" in run(*TRIP, "--percentiles", "--draws", "5", "--minimize", "distance").out


def test_a_dependency_is_drawn_from_the_command_line():
    question = ("transit", "KZ", "--through", "RU", "--mode", "rail")
    plain, drawn = ask(*question), ask(*question, "--draws", "20")
    found = drawn.pop("uncertainty")
    assert found["dependency"]["p10"] <= found["dependency"]["p50"] <= found["dependency"]["p90"]
    assert sum(bar["draws"] for bar in found["histogram"]) == 20
    assert {"crossing_id", "name", "share_p10", "share_p50", "share_p90", "share_mean"} <= set(found["by_crossing"][0])
    assert drawn.pop("settings") == plain.pop("settings") | {"draws": 20, "seed": 0, "correlation": 0.0}
    assert drawn == plain
    assert "Waits drawn 20 times" in run(*question, "--draws", "20").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*TRIP, "--draws", "5"), "--draws '5': expected --percentiles with it"),
        ((*TRIP, "--seed", "5"), "--seed '5': expected --percentiles with it"),
        ((*TRIP, "--percentiles", "--draws", "0"), "--draws '0': expected at least 1"),
        ((*TRIP, "--percentiles", "--draws", "many"), "--draws 'many': expected a whole number"),
        ((*TRIP, "--percentiles", "--correlation", "2"), "correlation 2: expected a number from 0 to 1"),
        ((*TRIP, "--percentiles", "--draws", "1000000"), "draws 1000000: expected a number from 0 to 100000"),
        (("transit", "KZ", "--through", "RU", "--correlation", "1"), "--correlation '1': expected --draws with it"),
        (("transit", "KZ", "--through", "RU", "--draws", ""), "--draws '': expected a whole number"),
    ],
)
def test_draws_asked_for_wrongly_are_one_line(arguments, said):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("factor", [0.0, 0.5, 2.0])
def test_a_factor_scales_the_whole_spread(factor):
    """A wait of 1, 4 and 12 hours times the factor; the gate of a crossing open 12 hours a day adds 3 as it did."""
    net = toy.network(
        "a RU RU-A 1\n x\n k KZ KZ-A 1",
        "a x 10\n x k 10",
        "x RU>KZ entry 4 p10=1 p90=12",
        crossings={"x": {"hours_per_day": 12}},
    )
    found = co.route(net, "a", "k", mode="road", percentiles=4000, scenario=Scenario(wait_factor=factor))
    (drawn,) = found.to_json()["uncertainty"]["fixed_routes"]
    for name, wait in (("p10", 1), ("p50", 4), ("p90", 12)):
        assert drawn[f"time_{name}_h"] == pytest.approx(20 + 3 + factor * wait, rel=0.05)


@pytest.mark.parametrize("command", ["route Kurgan Omsk --percentiles", "transit KZ --through RU --draws 5"])
@pytest.mark.parametrize(("form", "said"), [("csv", True), ("json", False), ("table", False)])
def test_a_format_without_the_draws_says_so(command, form, said):
    done = run(*command.split(), "--mode", "rail", "--format", form)
    assert ("what was drawn is not in" in done.err) == said


@pytest.mark.parametrize(("spread", "tables"), [("", 1), (" p10=1 p90=9", 3)])
def test_draws_that_are_all_alike_are_a_line_and_no_table(spread, tables):
    net = toy.network("a RU RU-A 1\nb KZ KZ-B 1\nx", "a x 1\nx b 1", f"x RU>KZ entry 5{spread}")
    found = co.route(net, "a", "b", mode="road", percentiles=50)
    assert len(route_tables(found)) == tables
    assert any("50 draws are alike" in line for line in route_lines(found)) == (tables == 1)
