"""Every indicator of design.md §3 on networks a reader can solve by hand (see toy.py: hours = km + waits, f = P_i · P_j)."""

from __future__ import annotations

import math

import numpy as np
import pytest
import toy

import corridors as co
from corridors.engine.topology import kansky_indices
from corridors.model.network import Network
from corridors.model.scenario import Scenario
from corridors.sources.user_tables import read_weights

ASKED = {"mode": "road", "minimize": "distance"}

# ---- transit -----------------------------------------------------------------------------------------------------
#
#     RU-A   a ──10── x ──10── k ──10── y ──10── b   RU-B      a–b: 40 by KZ, 50 at home
#            │╲                │                 │             e–b: 45 by KZ, 55 at home
#            5 ╲               5                 │
#            │  ╲              z                 │             c hangs on KZ alone: captive
#            e   ╲             5                 │             d (with p, where nobody lives) is an island: unserved
#                 ╲            c  RU-C           │
#                  ╰──────────────50─────────────╯             d ──1── p  RU-D
#
# People a 3, b 2, the others 1; each unordered pair counts twice, so single weights will do:
#
#     pair   f   best  of it KZ  avoiding KZ
#     ab     6   40    20        50          penalty 10/40 = 0.25
#     ac     3   30    15        –           captive
#     ae     3    5     0         5          not dependent
#     bc     2   30    15        –           captive
#     be     2   45    20        55          penalty 10/45
#     ce     1   35    15        –           captive
#     served 17; with d: ad 3, bd 2, cd 1, de 1 unserved, in all 24


@pytest.fixture(scope="module")
def land() -> Network:
    return toy.network(
        """
        a RU RU-A 3
        b RU RU-B 2
        c RU RU-C 1
        d RU RU-D 1
        e RU RU-A 1
        p RU RU-D
        k KZ KZ-K 1
        x
        y
        z
        """,
        """
        a x 10
        x k 10
        k y 10
        y b 10
        a b 50
        a e 5
        k z 5
        z c 5
        d p 1
        """,
        corridors={"trunk": ["a-x", "x-k", "k-y", "y-b"], "branch": ["z-c", "k-z"], "home": ["a-b"]},
    )


@pytest.fixture(scope="module")
def transit(land):
    return co.transit(land, "RU", through="KZ", **ASKED)


def test_dependency(transit):
    f = transit.figures
    assert f["dependency"] == pytest.approx((6 + 3 + 2 + 2 + 1) / 17)
    assert (f["pairs"], f["dependent_pairs"]) == (12, 10)


def test_captive_and_unserved_share(transit):
    assert transit.figures["captive_share"] == pytest.approx((3 + 2 + 1) / 17)
    assert transit.figures["unserved_share"] == pytest.approx((3 + 2 + 1 + 1) / 24)


def test_dependency_by_saving(transit):
    """Savings of 25% (ab, exactly: not over it), 22% (be) and without end (captive)."""
    expected = {"0.01": 14 / 17, "0.05": 14 / 17, "0.1": 14 / 17, "0.25": 6 / 17}
    assert transit.figures["dependency_by_saving"] == pytest.approx(expected)


def test_avoidance_penalty(transit):
    """ab 0.25 with weight 6, be 10/45 with weight 2."""
    expected = {"mean": (6 * 0.25 + 2 * 10 / 45) / 8, "median": 0.25, "max": 0.25}
    assert transit.figures["avoidance_penalty"] == pytest.approx(expected)


def test_foreign_km_share(transit):
    abroad = 6 * 20 + 3 * 15 + 3 * 0 + 2 * 15 + 2 * 20 + 1 * 15
    along = 6 * 40 + 3 * 30 + 3 * 5 + 2 * 30 + 2 * 45 + 1 * 35
    assert transit.figures["foreign_km_share"] == pytest.approx(abroad / along)


def test_dependency_by_region_of_origin(transit):
    """From A: ab 6, ac 3, ae 3, ea 3, eb 2, ec 1. From B: 6, 2, 2. From C: 3, 2, 1. From D: nothing served."""
    t = transit.table
    assert t["dependency"].to_dict() == pytest.approx(
        {"RU-A": 12 / 18, "RU-B": 1, "RU-C": 1, "RU-D": math.nan}, nan_ok=True
    )
    assert t["captive_share"].to_dict() == pytest.approx(
        {"RU-A": 4 / 18, "RU-B": 0.2, "RU-C": 1, "RU-D": math.nan}, nan_ok=True
    )
    assert t["unserved_share"].to_dict() == pytest.approx({"RU-A": 4 / 22, "RU-B": 2 / 12, "RU-C": 1 / 7, "RU-D": 1})
    assert t["zones"].to_dict() == {"RU-A": 2, "RU-B": 1, "RU-C": 1, "RU-D": 1}


def test_dependency_by_crossing(transit):
    """x: ab, ac, ce, be. y: ab, bc, be. z: ac, bc, ce."""
    assert transit.by_crossing["share"].to_dict() == pytest.approx({"x": 12 / 17, "y": 10 / 17, "z": 6 / 17})
    assert transit.by_crossing["dependent_pairs"].to_dict() == {"x": 8, "y": 6, "z": 6}


def test_dependency_by_corridor(transit):
    """Every dependent pair is on the trunk in KZ; the branch has those of c; a corridor at home carries none abroad."""
    assert transit.by_corridor["share"].to_dict() == pytest.approx({"trunk": 14 / 17, "branch": 6 / 17})


def test_dependent_pairs_and_links(transit):
    """The heaviest pair is ab both ways; nobody dependent drives the road at home; e–a carries be and ce."""
    first = transit.pairs.iloc[:2]
    assert {frozenset((o, d)) for o, d in zip(first["origin"], first["destination"], strict=True)} == {frozenset("ab")}
    assert list(first["cost"]) == [40, 40]
    assert list(first["cost_avoiding"]) == [50, 50]
    flow = transit.link_flow
    assert (flow["a-b"], flow["a-e"], flow["x-k"]) == pytest.approx((0, 3 / 17, 12 / 17))


def test_weights_uniform_and_from_a_file(land, tmp_path):
    """Uniform: 10 of 12 pairs. A file with ab 1 and ae 3: a quarter."""
    assert co.transit(land, "RU", "KZ", weights="uniform", **ASKED).figures["dependency"] == pytest.approx(10 / 12)
    file = tmp_path / "weights.csv"
    file.write_text("origin,destination,weight\na,b,1\na,e,3\n")
    assert co.transit(land, "RU", "KZ", weights=read_weights(file), **ASKED).figures["dependency"] == pytest.approx(
        1 / 4
    )


def test_waits_decide_when_time_is_minimised(land):
    """With 6 h at x in transit, ab is 46 by KZ, saves 4; with 11 h it stays at home, and c is captive all the same."""
    for hours, dependency, penalty in ((6.0, 14 / 17, 4 / 46), (11.0, 6 / 17, math.nan)):
        found = co.transit(
            land, "RU", "KZ", mode="road", scenario=Scenario(wait_h={"x": hours}), sensitivity=False
        ).figures
        assert found["dependency"] == pytest.approx(dependency)
        assert found["avoidance_penalty"]["max"] == pytest.approx(penalty, nan_ok=True)


def test_the_weights_are_not_recomputed_by_a_scenario(land):
    """With y closed ab (6) goes home and bc (2) goes round by a: dependent ac 3, bc 2, ce 1 of 17."""
    found = co.transit(land, "RU", "KZ", scenario=Scenario(close=("y",)), **ASKED).figures
    assert found["dependency"] == pytest.approx(6 / 17)


def test_sensitivity_to_lengths_abroad(transit):
    """3% more or less in KZ turns no pair: 40.6 is still less than 50."""
    rows = transit.sensitivity[transit.sensitivity["what"] == "lengths in KZ"]
    assert list(rows["change"]) == pytest.approx([0, 0])


def test_the_other_direction(land):
    """KZ has one zone: the question has no answer."""
    with pytest.raises(co.NoAnswerError, match="KZ has 1 zones"):
        co.transit(land, "KZ", through="RU", **ASKED)


# ---- crossings ---------------------------------------------------------------------------------------------------
#
#     RU-A  a ──10── x ──10── k  KZ-K          ak 20 by x, 40 by y; am 30 by x and w; km 10 by w
#           ╰───20── y ──20───┤
#     RU-M  m ── 5 ── w ── 5 ─╯                 weights uniform: six ordered pairs


def make_fork(regions=None) -> Network:
    return toy.network(
        "a RU RU-A 3\n m RU RU-M 1\n k KZ KZ-K 2\n x\n y\n w",
        "a x 10\n x k 10\n a y 20\n y k 20\n m w 5\n w k 5",
        crossings={"y": {"category": "local"}, "w": {"category": "bilateral"}},
        regions=regions,
    )


@pytest.fixture(scope="module")
def fork() -> Network:
    return make_fork()


def test_criticality(fork):
    """x closed: ak and am 20 longer, four of six pairs. y: nothing. w: am and km lost, four of six; nobody else longer."""
    t = co.crossings(fork, weights="uniform", **ASKED).table
    assert list(t.index) == ["w", "x", "y"]
    assert t["criticality"].to_dict() == pytest.approx({"w": 0, "x": 4 * 20 / 6, "y": 0})
    assert t["unserved_share"].to_dict() == pytest.approx({"w": 4 / 6, "x": 0, "y": 0})
    assert t["use_share"].to_dict() == pytest.approx({"w": 4 / 6, "x": 4 / 6, "y": 0})
    assert t["domestic_use_share"].to_dict() == pytest.approx({"w": 2 / 6, "x": 2 / 6, "y": 0})
    assert t["extra_per_user"].to_dict() == pytest.approx({"w": 0, "x": 20, "y": math.nan}, nan_ok=True)


def test_criticality_is_weighted(fork):
    """People a 3, m 1, k 2: ak 6, am 3, km 2. x closed: 20 more for 9 of 11."""
    t = co.crossings(fork, **ASKED).table
    assert t.at["x", "criticality"] == pytest.approx(20 * 9 / 11)
    assert t.at["w", "unserved_share"] == pytest.approx(5 / 11)


def test_the_denominator_is_the_baseline_of_the_scenario(fork):
    """With w closed only ak is served; x then costs it 20."""
    t = co.crossings(fork, weights="uniform", scenario=Scenario(close=("w",)), **ASKED).table
    assert list(t.index) == ["x", "y"]
    assert t.at["x", "criticality"] == pytest.approx(20)


# ---- regions -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def regions(fork):
    return co.regions(fork, weights="uniform", **ASKED).table


def test_counts_by_mode_and_category(regions):
    assert regions["road_crossings"].to_dict() == {"RU-A": 2, "RU-M": 1, "KZ-K": 3}
    assert regions["rail_crossings"].sum() == 0
    by_category = regions.loc["KZ-K", ["road_multilateral", "road_bilateral", "road_local", "road_none"]]
    assert list(by_category) == [1, 1, 1, 0]


def test_border_density():
    """Crossings (2, 1, 3) per 100 km of border and per million people."""
    known = {
        "RU-A": {"border_length_km": 50, "population": 4_000_000},
        "RU-M": {"border_length_km": 25, "population": 500_000},
        "KZ-K": {"border_length_km": 75, "population": 2},
    }
    regions = co.regions(make_fork(known), **ASKED).table
    assert regions["population"].to_dict() == {r: cells["population"] for r, cells in known.items()}
    assert regions["crossings_per_100km"].to_dict() == pytest.approx({"RU-A": 4, "RU-M": 4, "KZ-K": 4})
    assert regions["crossings_per_million"].to_dict() == pytest.approx({"RU-A": 0.5, "RU-M": 2, "KZ-K": 1.5e6})


def test_a_crossing_not_in_use_is_not_counted(fork):
    shut = fork.with_tables(crossings=fork.crossings.assign(status=["operational", "suspended", "planned"]))
    assert co.regions(shut, **ASKED).table["road_crossings"].sum() == 2


def test_effective_crossings(regions):
    """A: ak by x only, 1. M: mk by w only, 1. K: x and w half each, 1 / (1/4 + 1/4) = 2. am is no cross-border pair."""
    assert regions["effective_crossings"].to_dict() == pytest.approx({"RU-A": 1, "RU-M": 1, "KZ-K": 2})


def test_no_cross_border_flow_has_no_effective_crossings(fork):
    t = co.regions(fork, scenario=Scenario(close=("x", "y")), **ASKED).table
    assert math.isnan(t.at["RU-A", "effective_crossings"])


def test_exposure(regions):
    """Of the pairs from A (ak, am): x 20 each, y 0, w loses am. Mean of 20, 0, 0; the worst is w, as it unserves half.

    From M (ma, mk): x 20 for ma, w loses both. From K (ka, km): x 20 for ka, w loses km.
    """
    assert regions["exposure"].to_dict() == pytest.approx({"RU-A": 20 / 3, "RU-M": 10 / 3, "KZ-K": 10 / 3})
    assert regions["worst_crossing"].to_dict() == {"RU-A": "w", "RU-M": "w", "KZ-K": "w"}
    assert regions["exposure_unserved"].to_dict() == pytest.approx({"RU-A": 0.5, "RU-M": 1, "KZ-K": 0.5})
    assert regions["exposure_worst"].to_dict() == pytest.approx({"RU-A": 0, "RU-M": 0, "KZ-K": 0})


@pytest.mark.parametrize(
    ("inland", "disjoint"),
    [
        ("k n 1", 1),  # both ways over the border end in one road
        ("k n 1\n k n 2", 2),  # parallel roads each carry a way of their own
        ("k n 1\n k n 2\n k n 3", 2),  # and no more than the two over the border
        ("n > k 1", 0),  # the wrong way
    ],
)
def test_redundancy(inland, disjoint):
    r"""a ═ x, y ═ k in the border region KZ-K; n lies behind, in KZ-N: link-disjoint paths from a to n."""
    net = toy.network("a RU RU-A 1\n x\n y\n k KZ KZ-K\n n KZ KZ-N 1", "a x 10\n x k 10\n a y 20\n y k 20\n" + inland)
    assert co.regions(net, **ASKED).table.at["RU-A", "redundancy"] == disjoint


def test_redundancy_counts_only_what_lies_beyond_the_border_regions(regions):
    """The fork has no zone outside border regions: no path to look for."""
    assert regions["redundancy"].to_dict() == {"RU-A": 0, "RU-M": 0, "KZ-K": 0}


def test_border_detour_factor():
    """On the equator a degree is 111.19 km: a–k is 1.8 times the great circle, domestic a–b (of like distance) 1.2.

    a(0°) ──133.4── b(1°)        a ──100.1── x ──100.1── k(−1°)        b ──9 times as far as straight── c(9°)

    c is 890 km from b and 1,000 from a: no distance like that of a–k, so its pairs do not count.
    """
    degree = 6371.0088 * math.pi / 180
    net = toy.network(
        "a RU RU-A 1 at=0,0\n b RU RU-B 1 at=0,1\n c RU RU-C 1 at=0,9\n k KZ KZ-K 1 at=0,-1\n x at=0,-0.5",
        f"a b {1.2 * degree}\n a x {0.9 * degree}\n x k {0.9 * degree}\n b c {9 * 8 * degree}",
    )
    assert co.regions(net, **ASKED).table.at["RU-A", "border_detour_factor"] == pytest.approx(1.8 / 1.2)


def test_accessibility_and_barrier_effect():
    """A_a = P_b / 10 + P_k / (20 + 5); without the wait P_k / 20. θ = 1, in hours.

    a(3) ──10── b(1), both RU-A        a ──10── x (5 h) ──10── k(4)
    """
    net = toy.network(
        "a RU RU-A 3\n b RU RU-A 1\n k KZ KZ-K 4\n x", "a b 10\n a x 10\n x k 10", "x RU>KZ entry 5\n x KZ>RU entry 0"
    )
    t = co.regions(net, mode="road").table
    a, b = 1 / 10 + 4 / 25, 3 / 10 + 4 / 35
    a_free, b_free = 1 / 10 + 4 / 20, 3 / 10 + 4 / 30
    assert t.at["RU-A", "accessibility"] == pytest.approx((3 * a + 1 * b) / 4)
    assert t.at["RU-A", "barrier_effect"] == pytest.approx(1 - (3 * a + b) / (3 * a_free + b_free))
    assert t.at["KZ-K", "barrier_effect"] == pytest.approx(0)  # nobody waits on the way to RU


def test_what_cannot_be_reached_adds_nothing():
    net = toy.network(
        "a RU RU-A 1\n b RU RU-A 1\n k KZ KZ-K 4\n n KZ KZ-K 4\n x", "a b 10\n a > x 10\n x > k 10\n n k 5"
    )
    t = co.regions(net, mode="road").table
    assert t.at["KZ-K", "accessibility"] == pytest.approx(4 / 5)


# ---- Kansky ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "alpha", "beta", "gamma"),
    [
        ("ab ac ad bc bd cd", 1, 6 / 4, 1),  # all four joined: v 4, e 6, p 1
        ("ab ac ad", 0, 3 / 4, 3 / 6),  # a star: v 4, e 3
        ("am mb ac ad", 0, 3 / 4, 3 / 6),  # a node of degree 2 on an arm changes nothing
        ("ab ac ad pq pr ps", 0, 6 / 8, 6 / 18),  # two stars: v 8, e 6, p 2
        ("ab ab ac ad", 1, 3 / 3, 3 / 3),  # b has degree 2 and vanishes, leaving a, c, d and a loop at a: v 3, e 3, p 1
        ("ab bc", math.nan, math.nan, math.nan),  # a line contracts to two nodes
        ("ab bc ca", math.nan, math.nan, math.nan),  # a ring to one
    ],
)
def test_kansky_indices(links, alpha, beta, gamma):
    """α = (e − v + p) / (2v − 5), β = e / v, γ = e / 3(v − 2), nodes of degree 2 contracted."""
    number = {n: i for i, n in enumerate(sorted(set(links) - {" "}))}
    tail, head = (np.array([number[link[end]] for link in links.split()], np.int64) for end in (0, 1))
    assert kansky_indices(tail, head) == pytest.approx((alpha, beta, gamma), nan_ok=True)


def test_kansky_of_a_region_counts_its_own_links_once():
    """RU-A is a star of three arms (one of two links each way, once a dual carriageway); links over the border do not count."""
    net = toy.network(
        "a RU RU-A 1\n b RU RU-A\n c RU RU-A\n d RU RU-A\n o RU RU-O 1\n x\n k KZ KZ-K 1",
        "a b 1\n a c 1\n a d 1\n d o 9\n a x 1\n x k 1",
    )
    t = co.regions(net, **ASKED).table
    assert list(t.loc["RU-A", ["road_alpha", "road_beta", "road_gamma"]]) == pytest.approx([0, 3 / 4, 1 / 2])
    assert math.isnan(t.at["RU-A", "rail_alpha"])
    assert math.isnan(t.at["KZ-K", "road_beta"])


# ---- reach -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["A", "a"], ids=["from a place", "from its node"])
def test_reach(start):
    """Within 25 h of a: b (10) and m (20 + 5); n (28) only if nobody waited: it takes 3 of 8 people.

    a(9) ──10── b(1)        a ──10── x (5 h) ──10── m(4) ──3── n(3) ──97── o(7)
    """
    net = toy.network(
        "a RU RU-A 9\n b RU RU-A 1\n x\n m KZ KZ-K 4\n n KZ KZ-K 3\n o KZ KZ-K 7",
        "a b 10\n a x 10\n x m 10\n m n 3\n n o 97",
        "x RU>KZ entry 5",
    )
    found = co.reach(net, start, 25, mode="road")
    assert list(found.table.index) == ["b", "m", "n"]
    assert list(found.table["time_h"]) == [10, 25, 28]
    assert list(found.table["time_without_border_h"]) == [10, 20, 23]
    assert list(found.table["reached"]) == [True, True, False]
    f = found.figures
    assert (f["zones_reached"], f["zones_without_border"]) == (2, 3)
    assert (f["population"], f["population_without_border"]) == (5, 8)
    assert f["taken_by_border"] == pytest.approx(3 / 8)


# ---- zones -------------------------------------------------------------------------------------------------------


def test_zones_are_places_over_the_bound_and_remainders_of_border_regions():
    """Bound 2: a (3) and k (2) are places; RU-A has 10 people, so 7 live in the rest; RU-O is no border region."""
    net = toy.network(
        "a RU RU-A 3\n s RU RU-A 1\n o RU RU-O 1\n x\n k KZ KZ-K 2",
        "a x 1\n s a 1\n o a 1\n x k 1",
        regions={"RU-A": {"population": 10}, "RU-O": {"population": 99}, "KZ-K": {"population": 2}},
        assumptions={"zones.population_bound": 2},
    )
    zones = co.matrix(net, mode="road").zones.table
    assert zones["population"].to_dict() == {"a": 3, "k": 2, "rest-RU-A": 7}
    assert zones["kind"].to_dict() == {"a": "place", "k": "place", "rest-RU-A": "remainder"}
    assert zones.at["rest-RU-A", "y_coord"] == net.places.at["s", "y_coord"]  # where the others live


def test_gravity_weights():
    """P_i P_j / d^θ: a–b 3 · 1 at one degree, a–c 3 · 2 at two: ratio of weights 1 to 2 / 2^θ."""
    net = toy.network(
        "a RU RU-A 3 at=0,0\n b RU RU-A 1 at=0,1\n c RU RU-A 2 at=0,2\n x at=0,3\n k KZ KZ-K 1 at=0,4",
        "a b 112\n b x 250\n x k 112\n x c 112",
        assumptions={"gravity.theta": 2},
    )
    from corridors.analysis.setting import pose
    from corridors.analysis.zones import build_zones, gravity

    weights = gravity(build_zones(pose(net, mode="road")), 2.0)
    assert weights[0, 2] / weights[0, 1] == pytest.approx(2 / 4, rel=1e-6)
    assert np.allclose(weights, weights.T)
    assert not weights.diagonal().any()
