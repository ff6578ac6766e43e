"""Least-cost paths on networks a reader can solve by hand (see toy.py: hours = km + waits)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import toy

import corridors as co
from corridors.analysis.setting import pose
from corridors.analysis.zones import build_zones
from corridors.engine.overlay import build_overlay, solve
from corridors.engine.paths import flow_of, paths_of, sum_along
from corridors.model.network import Network
from corridors.model.scenario import Scenario


def best(net: Network, origin: str, destination: str, **asked) -> dict:
    return co.route(net, origin, destination, mode=asked.pop("mode", "road"), **asked).routes[0]


def crossed(found: dict) -> list[str]:
    return [c["crossing_id"] for c in found["crossings"]]


def links_of(found: dict) -> list[str]:
    return [link for leg in found["legs"] for link in leg["link_ids"]]


# ---- which wait is paid ------------------------------------------------------------------------------------------

LINE_NODES = """
    a RU RU-A 1
    x
    k KZ KZ-A 1
    y
    b RU RU-B 1
"""
LINE_LINKS = """
    a x 10
    x k 10
    k y 10
    y b 10
"""
LINE_WAITS = """
    x RU>KZ entry 5
    x RU>KZ transit 1
    x KZ>RU entry 6
    x KZ>RU transit 2
    y KZ>RU entry 7
    y KZ>RU transit 3
    y RU>KZ entry 8
    y RU>KZ transit 4
"""


@pytest.mark.parametrize(
    ("origin", "destination", "hours", "waits"),
    [
        ("a", "k", 20 + 5, [5]),  # ends in the country it enters
        ("k", "a", 20 + 6, [6]),
        ("a", "b", 40 + 1 + 3, [1, 3]),  # RU to RU: passes through KZ, and RU is no end of a trip between two countries
        ("b", "a", 40 + 4 + 2, [4, 2]),
    ],
)
def test_entry_and_transit_wait_differently(origin, destination, hours, waits):
    """a(RU) –10– x –10– k(KZ) –10– y –10– b(RU)."""
    found = best(toy.network(LINE_NODES, LINE_LINKS, LINE_WAITS), origin, destination)
    assert found["time_h"] == hours
    assert [c["wait_h"] for c in found["crossings"]] == waits
    assert found["border_wait_h"] == sum(waits)


def test_only_the_last_crossing_of_a_trip_through_a_third_country_is_an_entry():
    """a(RU) –10– x –10– k(KZ) –10– y –10– u(UZ): transit into KZ, entry into UZ."""
    net = toy.network(
        "a RU RU-A 1\n x\n k KZ KZ-A 1\n y\n u UZ UZ-A 1",
        "a x 10\n x k 10\n k y 10\n y u 10",
        "x RU>KZ entry 50\n x RU>KZ transit 1\n y KZ>UZ entry 2\n y KZ>UZ transit 60",
    )
    found = best(net, "a", "u")
    assert [c["wait_h"] for c in found["crossings"]] == [1, 2]
    assert found["time_h"] == 43
    assert found["km_by_country"] == {"KZ": 20, "RU": 10, "UZ": 10}


def test_a_trip_may_leave_and_come_back_before_it_enters_for_good():
    """Entry at x is slow, at y fast; both are on the way round, so the last crossing is y.

    a –10– x –10– m(KZ) –10– z –10– b(RU) –10– y –10– k(KZ) –100– m:  by x alone 120 + 90, by x, z, y 60 + 1
    """
    net = toy.network(
        "a RU RU-A 1\n x\n m KZ KZ-A 1\n z\n b RU RU-B 1\n y\n k KZ KZ-B 1",
        "a x 10\n x m 10\n m z 10\n z b 10\n b y 10\n y k 10\n k m 100",
        "x RU>KZ entry 90\n y RU>KZ entry 1",
    )
    found = best(net, "a", "k")
    assert crossed(found) == ["x", "z", "y"]
    assert found["time_h"] == 61


def test_turning_back_at_the_border_is_no_crossing():
    """a(RU) –10– x –10– k(KZ) –10– y –10– b(RU): nobody enters KZ at y by driving from k to the barrier and back.

    Honest ways from a to k: by x 20 + 100; by x, b and back by y 60 + 30 + 1 = 91.
    """
    net = toy.network(
        LINE_NODES, LINE_LINKS, "x RU>KZ entry 100\n x RU>KZ transit 0\n y RU>KZ entry 1\n y KZ>RU transit 30"
    )
    found = best(net, "a", "k")
    assert found["time_h"] == 91
    assert [c["into"] for c in found["crossings"]] == ["KZ", "RU", "KZ"]


def test_the_assumption_stands_in_for_a_missing_wait_and_a_gate_adds_to_it():
    """Open 12 hours a day: (24 − 12)² / 48 = 3 h on top of the assumed 2 h."""
    net = toy.network(LINE_NODES, LINE_LINKS, crossings={"x": {"hours_per_day": 12}}, assumptions={"wait_h.lorry": 2})
    assert best(net, "a", "k")["time_h"] == 20 + 2 + 3


def test_a_fee_is_paid_like_a_wait():
    net = toy.network(LINE_NODES, LINE_LINKS, "x RU>KZ entry 5 fee=7\n x RU>KZ transit 1 fee=2")
    assert best(net, "a", "k", minimize="cost")["cost_usd"] == 20 + 7
    assert best(net, "a", "b", minimize="cost")["cost_usd"] == 40 + 2
    value = net.assumptions["value_of_time_usd_per_h.freight"]
    assert best(net, "a", "k", minimize="generalised")["minimized"] == pytest.approx(27 + value * 25)


def test_a_scenario_sets_the_wait_of_every_kind_of_traffic():
    net = toy.network(LINE_NODES, LINE_LINKS, LINE_WAITS)
    slow = Scenario(wait_h={"x": 9.0})
    assert best(net, "a", "k", scenario=slow)["time_h"] == 20 + 9
    assert best(net, "a", "b", scenario=slow)["time_h"] == 40 + 9 + 3


def test_least_distance_takes_no_notice_of_waits():
    r"""a –10– x –10– k by a slow gate, a –11– y –11– k by a fast one."""
    net = toy.network(
        "a RU RU-A 1\n x\n y\n k KZ KZ-A 1", "a x 10\n x k 10\n a y 11\n y k 11", "x RU>KZ entry 30\n y RU>KZ entry 1"
    )
    assert crossed(best(net, "a", "k", minimize="distance")) == ["x"]
    assert crossed(best(net, "a", "k", minimize="time")) == ["y"]


# ---- which of equal paths ----------------------------------------------------------------------------------------


def test_of_equal_paths_the_one_with_fewer_foreign_km():
    """a to b in 40: by KZ (x 10, y 10) or at home by c; at home wins, though it has more links than need be.

    a –10– x –10– k –10– y –10– b        a –5– c –5– d –10– e –10– f –10– b
    """
    net = toy.network(
        LINE_NODES + "c RU RU-A\n d RU RU-A\n e RU RU-A\n f RU RU-A",
        LINE_LINKS + "a c 5\n c d 5\n d e 10\n e f 10\n f b 10",
    )
    found = best(net, "a", "b")
    assert found["time_h"] == 40
    assert found["km_by_country"] == {"RU": 40}


def test_what_is_foreign_depends_on_the_origin():
    """a(RU) to k(KZ) in 40, by x with 30 km in RU or by y with 10: each direction prefers its own country.

    a –30– x –10– k        a –10– y –30– k
    """
    net = toy.network("a RU RU-A 1\n x\n y\n k KZ KZ-A 1", "a x 30\n x k 10\n a y 10\n y k 30")
    assert best(net, "a", "k")["km_by_country"] == {"KZ": 10, "RU": 30}
    assert best(net, "k", "a")["km_by_country"] == {"KZ": 30, "RU": 10}


def test_then_the_one_with_fewer_links():
    """a –20– b, or a –10– c –10– b."""
    net = toy.network("a RU RU-A 1\n c RU RU-A\n b RU RU-B 1", "a c 10\n c b 10\n a b 20")
    assert links_of(best(net, "a", "b")) == ["a-b"]


@pytest.mark.parametrize("order", [list.sort, list.reverse], ids=["as written", "rows reversed"])
def test_then_the_one_with_the_smallest_ids(order):
    """a to k in 20 by x or by y, to b in 20 by c or by d, by two equal links: nothing else can tell them apart.

    a –10– x –10– k        a –10– c –10– b        k = two links of 7 = n
    a –10– y –10– k        a –10– d –10– b
    """
    net = toy.network(
        "a RU RU-A 1\n b RU RU-A 1\n c RU RU-A\n d RU RU-A\n x\n y\n k KZ KZ-A 1\n n KZ KZ-A 1",
        "a x 10\n x k 10\n a y 10\n y k 10\n a c 10\n c b 10\n a d 10\n d b 10\n k n 7\n k n 7",
    )
    net = toy.reordered(net, order)
    assert crossed(best(net, "a", "k")) == ["x"]
    assert links_of(best(net, "a", "b")) == ["a-c", "c-b"]
    assert links_of(best(net, "k", "n")) == ["k-n"]


def test_a_tie_is_broken_without_touching_the_cost():
    """Foreign km and links never show in what is reported."""
    found = best(toy.network(LINE_NODES, LINE_LINKS, LINE_WAITS), "a", "b")
    assert (found["minimized"], found["time_h"], found["distance_km"]) == (44, 44, 40)


# ---- links -------------------------------------------------------------------------------------------------------


def test_of_parallel_links_the_cheapest_not_their_sum():
    """a = 30, 20 and 25 km = b."""
    net = toy.network("a RU RU-A 1\n b RU RU-B 1", "a b 30\n a b 20\n a b 25")
    found = best(net, "a", "b")
    assert (found["distance_km"], links_of(found)) == (20, ["a-b.2"])


def test_a_directed_link_goes_one_way():
    """a → b 10, and b → c → a 15 + 15."""
    net = toy.network("a RU RU-A 1\n b RU RU-B 1\n c RU RU-A", "a > b 10\n b > c 15\n c > a 15")
    assert best(net, "a", "b")["time_h"] == 10
    assert best(net, "b", "a")["time_h"] == 30


def test_links_of_no_length_cost_nothing_and_do_not_vanish():
    """a –0– c –0– x –0– k: scipy drops stored zeros if it is let to."""
    net = toy.network("a RU RU-A 1\n c RU RU-A\n x\n k KZ KZ-A 1", "a c 0\n c x 0\n x k 0", "x RU>KZ entry 2")
    found = best(net, "a", "k")
    assert (found["time_h"], found["distance_km"], links_of(found)) == (2, 0, ["a-c", "c-x", "x-k"])


@pytest.mark.parametrize("names", ["abc", "bac"])
def test_a_very_long_way_and_a_link_of_no_length_end(names):
    """start –50,000 km– middle –0– end: rounding of the sum must not make each end of the free link lead to the other.

    In a process of its own, which is stopped if it never comes back.
    """
    start, middle, end = names
    code = (
        "import toy, corridors as co\n"
        f"net = toy.network('a RU RU-A 1\\n b RU RU-A 1\\n c RU RU-A 1', '{start} {middle} 50000\\n {middle} {end} 0')\n"
        f"print(co.route(net, '{start}', '{end}', mode='road', minimize='distance').routes[0]['distance_km'])"
    )
    folder = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=20, check=True
    )
    assert float(done.stdout) == 50000


def test_no_way_is_an_error_for_a_route_and_an_empty_cell_in_a_matrix():
    """a –10– b        c –10– d: two islands."""
    net = toy.network("a RU RU-A 1\n b RU RU-A 1\n c RU RU-C 1\n d RU RU-C 1", "a b 10\n c d 10")
    with pytest.raises(co.NoAnswerError, match="no route from a to c by road"):
        co.route(net, "a", "c", mode="road")
    times = co.matrix(net, mode="road").wide("time_h")
    assert np.isnan(times.loc["a", "c"]) and times.loc["a", "b"] == 10


@pytest.mark.parametrize("status", ["planned", "suspended", "closed"])
def test_links_not_in_use_are_not_used_until_they_are_built(status):
    """a –5– b is not in use; a –10– c –10– b is."""
    net = toy.network("a RU RU-A 1\n b RU RU-B 1\n c RU RU-A", f"a b 5 status={status}\n a c 10\n c b 10")
    assert best(net, "a", "b")["distance_km"] == 20
    assert best(net, "a", "b", scenario=Scenario(build=("a-b",)))["distance_km"] == 5


def test_a_seasonal_link_is_in_use():
    net = toy.network("a RU RU-A 1\n b RU RU-B 1", "a b 5 status=seasonal")
    assert best(net, "a", "b")["distance_km"] == 5


def test_a_vehicle_keeps_to_its_links():
    """a –5– b for cars only, a –8– b for lorries only."""
    net = toy.network("a RU RU-A 1\n b RU RU-B 1", "a b 5 uses=car\n a b 8 uses=lorry")
    assert best(net, "a", "b", vehicle="car")["distance_km"] == 5
    assert best(net, "a", "b", vehicle="lorry")["distance_km"] == 8


def test_a_change_of_mode_takes_a_transfer():
    """a –10 rail– s –transfer, 3 h– r –10 road– b: only mode any may change."""
    net = toy.network(
        "a RU RU-A 1\n s RU RU-A\n r RU RU-A\n b RU RU-B 1",
        "a s 10 mode=rail\n s r 0 mode=transfer\n r b 10",
        assumptions={"transfer.freight.time_h": 3},
    )
    assert best(net, "a", "b", mode="any")["time_h"] == 23
    for mode in ("rail", "road"):
        with pytest.raises(co.NoAnswerError):
            co.route(net, "a", "b", mode=mode)


@pytest.mark.parametrize(
    ("speed", "surface", "hours"),
    [
        (None, None, 60 / 60),
        (30, None, 60 / 30),  # the link is slower than its class
        (90, None, 60 / 60),  # the vehicle is not faster than its class
        (None, "gravel", 60 / 30),
        (40, "gravel", 60 / 30),
    ],
)
def test_hours_are_length_over_the_slowest_of_speeds(speed, surface, hours):
    """60 km on a trunk road of 60 km/h, halved on gravel, with breaks of a tenth."""
    extra = (f" speed={speed}" if speed else "") + (f" surface={surface}" if surface else "")
    net = toy.network(
        "a RU RU-A 1\n b RU RU-B 1",
        "a b 60" + extra,
        assumptions={"speed_kmh.road.trunk.lorry": 60, "surface_factor.gravel": 0.5, "breaks.lorry.h_per_h": 0.1},
    )
    assert best(net, "a", "b")["time_h"] == pytest.approx(hours * 1.1)


# ---- closures ----------------------------------------------------------------------------------------------------

FORK_NODES = """
    a RU RU-A 1
    x
    y
    k KZ KZ-A 1
    n KZ KZ-N 1
"""
FORK_LINKS = """
    a x 10
    x k 10
    a y 20
    y n 20
    k n 5
"""


@pytest.mark.parametrize(
    ("scenario", "km", "by"),
    [
        (Scenario(), 20, ["x"]),
        (Scenario(close=("x",)), 45, ["y"]),
        (Scenario(close_regions=("KZ-A",)), 45, ["y"]),
        (Scenario(close=("y",)), 20, ["x"]),
        (Scenario(close_regions=("KZ-N",)), 20, ["x"]),
    ],
)
def test_a_closed_crossing_is_gone_round(scenario, km, by):
    """a(RU) –10– x –10– k(KZ-A), a –20– y –20– n(KZ-N) –5– k."""
    found = best(toy.network(FORK_NODES, FORK_LINKS), "a", "k", scenario=scenario)
    assert (found["distance_km"], crossed(found)) == (km, by)


@pytest.mark.parametrize("scenario", [Scenario(close=("x", "y")), Scenario(close_regions=("RU-A",))])
def test_all_crossings_closed_leaves_no_way(scenario):
    net = toy.network(FORK_NODES + "b RU RU-B 1", FORK_LINKS + "a b 10")
    with pytest.raises(co.NoAnswerError, match="closed"):
        co.route(net, "a", "k", mode="road", scenario=scenario)


def test_closing_the_only_road_is_no_wrong_usage():
    """a –10– x –10– k and nothing else: the question is sound, the answer is that there is no way."""
    net = toy.network("a RU RU-A 1\n x\n k KZ KZ-A 1", "a x 10\n x k 10")
    with pytest.raises(co.NoAnswerError):
        co.route(net, "a", "k", mode="road", scenario=Scenario(close=("x",)))


def test_a_closed_crossing_is_closed_in_both_directions_and_for_transit():
    """The line again: without y there is no way from a to b, nor back."""
    net = toy.network(LINE_NODES, LINE_LINKS)
    for ends in (("a", "b"), ("b", "a")):
        with pytest.raises(co.NoAnswerError):
            co.route(net, *ends, mode="road", scenario=Scenario(close=("y",)))


def test_a_crossing_shut_for_freight_lets_people_pass():
    net = toy.network(FORK_NODES, FORK_LINKS, crossings={"x": {"freight": "no", "passenger": "yes"}})
    assert crossed(best(net, "a", "k")) == ["y"]
    assert crossed(best(net, "a", "k", vehicle="passenger")) == ["x"]


@pytest.mark.parametrize("status", ["planned", "suspended", "closed"])
def test_a_crossing_not_in_use_is_not_used_until_it_is_built(status):
    net = toy.network(FORK_NODES, FORK_LINKS, crossings={"x": {"status": status}})
    assert crossed(best(net, "a", "k")) == ["y"]
    assert crossed(best(net, "a", "k", scenario=Scenario(build=("x",)))) == ["x"]


def test_what_is_built_may_still_be_closed():
    net = toy.network(FORK_NODES, FORK_LINKS, crossings={"x": {"status": "planned"}})
    assert crossed(best(net, "a", "k", scenario=Scenario(build=("x",), close=("x",)))) == ["y"]


def test_several_crossings_at_one_town_close_one_by_one():
    """Three gates between a and k with 20, 24 and 28 km; two of them hang on one town and share no link.

    a –10– x –10– k        a –12– y –12– k        a –14– z –14– k
    """
    net = toy.network("a RU RU-A 1\n x\n y\n z\n k KZ KZ-A 1", "a x 10\n x k 10\n a y 12\n y k 12\n a z 14\n z k 14")
    for shut, by, km in (((), "x", 20), (("x",), "y", 24), (("y",), "x", 20), (("x", "y"), "z", 28)):
        found = best(net, "a", "k", scenario=Scenario(close=shut))
        assert (crossed(found), found["distance_km"]) == ([by], km)


def test_a_crossing_of_several_links_closes_with_all_of_them():
    """Two roads of RU meet at x: a –10– x and b –10– x, then x –10– k."""
    net = toy.network("a RU RU-A 1\n b RU RU-B 1\n x\n k KZ KZ-A 1\n n KZ KZ-N 1", "a x 10\n b x 10\n x k 10\n k n 10")
    assert best(net, "b", "k")["distance_km"] == 20
    for origin in ("a", "b"):
        with pytest.raises(co.NoAnswerError):
            co.route(net, origin, "k", mode="road", scenario=Scenario(close=("x",)))


# ---- avoiding a country ------------------------------------------------------------------------------------------


def test_avoiding_a_country_and_what_that_costs():
    """a to b by KZ 40 + 1 + 3 h, at home by c 100."""
    net = toy.network(LINE_NODES + "c RU RU-C 1", LINE_LINKS + "a c 50\n c b 50", LINE_WAITS)
    found = co.route(net, "a", "b", mode="road", avoid_country="kz")
    assert crossed(found.routes[0]) == []
    avoided = found.to_json()["avoided"]
    assert (avoided["country"], avoided["extra_km"], avoided["extra_h"]) == ("KZ", 60, 56)
    assert crossed(avoided["unrestricted"]) == ["x", "y"]


def test_avoiding_one_of_three_countries():
    """a(RU) to u(UZ) by k(KZ) in 40, by t(TM) in 80.

    a –10– x –10– k(KZ) –10– y –10– u(UZ)        a –20– v –20– t(TM) –20– w –20– u
    """
    net = toy.network(
        "a RU RU-A 1\n x\n k KZ KZ-A 1\n y\n u UZ UZ-A 1\n v\n t TM TM-A 1\n w",
        "a x 10\n x k 10\n k y 10\n y u 10\n a v 20\n v t 20\n t w 20\n w u 20",
    )
    assert best(net, "a", "u")["time_h"] == 40
    assert crossed(best(net, "a", "u", avoid_country="KZ")) == ["v", "w"]
    assert crossed(best(net, "a", "u", avoid_country="TM")) == ["x", "y"]
    with pytest.raises(co.UsageError, match="u lies in it"):
        co.route(net, "a", "u", mode="road", avoid_country="UZ")


# ---- connectors, sums, vias --------------------------------------------------------------------------------------


def test_a_point_is_tied_to_the_nearest_nodes():
    """A point 1° (111.2 km) west of a, on the equator: 111.2 km at 2 km/h with a detour of 1.5, then a –50– b."""
    net = toy.network(
        "a RU RU-A 1 at=0,0\n b RU RU-A 1 at=0,9",
        "a b 50",
        assumptions={"connector.circuity": 1.5, "connector.speed_kmh": 2, "connector.reach_km": 150},
    )
    degree = 6371.0088 * np.pi / 180
    found = best(net, "0,-1", "b")
    assert found["distance_km"] == pytest.approx(1.5 * degree + 50)
    assert found["time_h"] == pytest.approx(1.5 * degree / 2 + 50)
    assert found["km_by_country"] == {"RU": pytest.approx(1.5 * degree + 50)}
    with pytest.raises(co.NoAnswerError, match="within 150 km"):
        co.route(net, "0,-2", "b", mode="road")


def test_a_connector_is_not_a_way_through():
    """The point lies beside both a and b, but a to b goes by the link of 500 km and not by the point."""
    net = toy.network("a RU RU-A 1 at=0,0\n b RU RU-A 1 at=0,0.5", "a b 500", assumptions={"connector.reach_km": 150})
    assert best(net, "a", "b", via=())["distance_km"] == 500
    assert best(net, "0,0.25", "b")["distance_km"] < 100


def test_a_route_by_way_of_a_place():
    """a –10– b –10– c, and a –5– c: by b it is 20, and the entry is paid for each stretch."""
    net = toy.network("a RU RU-A 1\n b RU RU-A 1\n c RU RU-A 1", "a b 10\n b c 10\n a c 5")
    assert best(net, "a", "c")["distance_km"] == 5
    assert best(net, "a", "c", via=["b"])["distance_km"] == 20


def test_alternatives_differ_and_come_best_first():
    """Three roads of 10, 12 and 14 km share nothing; a fourth of 50 is dearer than three times the best."""
    net = toy.network("a RU RU-A 1\n b RU RU-B 1", "a b 12\n a b 10\n a b 14\n a b 50")
    found = co.route(net, "a", "b", mode="road", alternatives=5)
    assert list(found.table["distance_km"]) == [10, 12, 14]
    assert list(found.table["overlap"]) == [0, 0, 0]
    assert len(co.route(net, "a", "b", mode="road", alternatives=1).routes) == 2


def test_sums_along_paths():
    """The line and an island o –1– p: how many links of KZ each path has."""
    net = toy.network(LINE_NODES + "o RU RU-A 1\n p RU RU-A 1", LINE_LINKS + "o p 1")
    setting = pose(net, mode="road")
    zones = build_zones(setting)
    ids = list(zones.table.index)
    graph = setting.graph(zones.terminals)
    abroad = (setting.supply.country == setting.supply.countries.index("KZ")).astype(float)[:, None]
    home = np.flatnonzero(zones.terminals.country == setting.supply.countries.index("RU"))
    sums = sum_along(solve(build_overlay(graph, setting.supply.countries.index("RU"), home)), abroad)[:, :, 0]
    at = {(ids[o], d): sums[i, j] for i, o in enumerate(home) for j, d in enumerate(ids)}
    assert (at["a", "b"], at["a", "k"], at["b", "k"]) == (2, 1, 1)
    assert np.isnan(at["a", "o"])


def test_flow_adds_up_on_the_links_of_paths():
    """Weights 2 (a to b) and 3 (a to k): x carries 5, y carries 2."""
    setting = pose(toy.network(LINE_NODES, LINE_LINKS), mode="road")
    zones = build_zones(setting)
    a, b, k = (list(zones.table.index).index(z) for z in "abk")
    weights = np.zeros((1, 3))
    weights[0, b], weights[0, k] = 2, 3
    graph = setting.graph(zones.terminals)
    solution = solve(build_overlay(graph, int(zones.terminals.country[a]), np.array([a])))
    paths, flow = paths_of(solution), flow_of(solution, weights)
    by_link = np.bincount(setting.supply.link, flow, 4)
    assert dict(zip(setting.network.links.index, by_link, strict=True)) == {"a-x": 5, "x-k": 5, "k-y": 2, "y-b": 2}
    assert paths.length_km[0, a] == 0 and (paths.crossings[:, 0, a] == -1).all()
