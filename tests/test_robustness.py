"""More than one closure: the worst sets, the robustness curve, the min-cut. In a toy hours = USD = km (see toy.py)."""

from __future__ import annotations

import csv
from itertools import combinations

import matplotlib.colors
import numpy as np
import pytest
import toy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_networks import networks
from test_cli import answer, ask, run

import corridors as co
from corridors.analysis.setting import pose
from corridors.analysis.zones import build_zones, pair_weights
from corridors.engine.failures import Baseline, baseline_of, effect_of, effects_of_one_more, effects_of_sets
from corridors.engine.overlay import solve
from corridors.engine.paths import overlays_of, paths_of
from corridors.model.network import Network
from corridors.model.scenario import Scenario

ASKED = {"mode": "road", "minimize": "distance"}

# ---- two crossings, each harmless alone and fatal together ---------------------------------------------------------
#
#     a (3 people) ──10── x ──10── k (1)        a–k by x or y, 20 km either way: shutting one changes nothing
#          ╲──────10── y ──10──────╯
#     b (2 people) ──10── z ──10── n (1)        b–n by z, 20 km; without z by w, 50
#          ╲──────25── w ──25──────╯
#
# a, k and b, n are islands of two. Each unordered pair counts twice, so single weights will do:
# ak 3, bn 2; served 5; all others (6 + 3 + 2 + 1, …) are never joined and do not count.
#
#     shut   lost       added                   shut   lost     added
#     x      0          0                       z      0        2 · 30 = 60
#     x y    3 of 5     0                       z w    2 of 5   0
#     x z    0          60                      others 0        0


@pytest.fixture(scope="module")
def islands() -> Network:
    return toy.network(
        """
        a RU RU-A 3
        b RU RU-B 2
        k KZ KZ-K 1
        n KZ KZ-N 1
        x
        y
        z
        w
        """,
        """
        a x 10
        x k 10
        a y 10
        y k 10
        b z 10
        z n 10
        b w 25
        w n 25
        """,
    )


def test_two_harmless_crossings_are_fatal_together(islands):
    found = co.worst_sets(islands, 2, **ASKED)
    assert found.figures["method"] == "exact"
    assert found.figures["sets"] == len(found.table) == 6
    rows = found.table.reset_index().to_dict("records")
    assert [r["crossing_ids"] for r in rows[:2]] == ["x|y", "z|w"]
    assert [r["unserved_share"] for r in rows] == pytest.approx([3 / 5, 2 / 5, 0, 0, 0, 0])
    # x z and y z come next: z alone adds 60; then x w and y w, which change nothing
    assert [r["criticality"] for r in rows] == pytest.approx([0, 0, 60 / 5, 60 / 5, 0, 0])
    assert [r["crossing_ids"] for r in rows[2:]] == ["x|z", "y|z", "x|w", "y|w"]
    assert rows[0]["sum_alone_unserved_share"] == rows[0]["sum_alone_criticality"] == 0
    assert rows[1]["sum_alone_criticality"] == pytest.approx(60 / 5)


def test_the_worst_triple(islands):
    """All sets with x and y lose 3; z besides adds 60, w nothing. Then z w with x or y."""
    table = co.worst_sets(islands, 3, **ASKED).table
    assert table["crossing_ids"].tolist() == ["x|y|z", "x|y|w", "x|z|w", "y|z|w"]
    assert table["unserved_share"].tolist() == pytest.approx([3 / 5, 3 / 5, 2 / 5, 2 / 5])
    assert table["criticality"].tolist() == pytest.approx([12, 0, 0, 0])


def test_greedy_misses_it_and_says_so(islands):
    """Greedy shuts z first, the only one that adds anything, and never finds x y; the bound holds for x y all the same.

    The users of one of x and y weigh 3 and those of z weigh 2, all lost with everything shut: no two lose more than 5.
    """
    found = co.worst_sets(islands, 2, method="greedy", **ASKED)
    assert found.figures == {"method": "greedy", "sets": 6, "solved": None, "unserved_share_bound": pytest.approx(1)}
    assert found.table["crossing_ids"].tolist() == ["z|w", "x|z", "y|z"]
    assert found.table["unserved_share"].tolist() == pytest.approx([2 / 5, 0, 0])
    exact = co.worst_sets(islands, 2, **ASKED)
    assert exact.figures["unserved_share_bound"] == found.figures["unserved_share_bound"]


def test_the_bound_can_be_tighter_than_everything():
    """a–k by x, b–n by z, c–m by w, weights 3, 2 and 1: two crossings lose 5 of 6 at most, and x and z do."""
    net = toy.network(
        "a RU RU-A 3\n b RU RU-B 2\n c RU RU-C 1\n k KZ KZ-K 1\n n KZ KZ-N 1\n m KZ KZ-M 1\n x\n z\n w",
        "a x 1\n x k 1\n b z 1\n z n 1\n c w 1\n w m 1",
    )
    found = co.worst_sets(net, 2, **ASKED)
    assert found.figures["unserved_share_bound"] == pytest.approx(5 / 6)
    assert found.table["unserved_share"].iloc[0] == pytest.approx(5 / 6)
    assert found.table["crossing_ids"].iloc[0] == "x|z"


# ---- enumeration is brute force, on any network --------------------------------------------------------------------


def baselines(net: Network, minimize: str = "time") -> list[Baseline]:
    setting = pose(net, mode="road", minimize=minimize)
    zones = build_zones(setting)
    weight = pair_weights(setting, zones, "gravity")
    return [baseline_of(overlay, weight[overlay.origins]) for overlay in overlays_of(setting.graph(zones.terminals))]


def by_solving(found: list[Baseline], closed: np.ndarray) -> tuple[float, float]:
    """What a set costs by solving all paths again and looking at every pair."""
    lost = extra = 0.0
    for base in found:
        cost = paths_of(solve(base.solution.overlay, closed)).cost
        served = base.weight > 0
        gone = served & np.isinf(cost)
        lost += base.weight[gone].sum()
        extra += (base.weight * np.where(served & ~gone, cost, 0.0)).sum()
        extra -= (base.weight * np.where(served & ~gone, base.cost, 0.0)).sum()
    return lost, extra


def crossings_of(found: list[Baseline]) -> tuple[np.ndarray, int]:
    graph = found[0].solution.overlay.graph
    return np.unique(graph.crossing).astype(np.int64), len(graph.supply.crossing_ids)


@given(networks(), st.sampled_from(["time", "generalised"]), st.integers(1, 3))
def test_enumeration_equals_brute_force(net, minimize, size):
    found = baselines(net, minimize)
    among, count = crossings_of(found)
    assume(len(among) >= size)
    effects = effects_of_sets(found, among, size)
    assert [tuple(m) for m in effects.members] == list(combinations(among, size))
    for members, lost, extra in zip(effects.members, effects.lost, effects.extra, strict=True):
        closed = np.isin(np.arange(count), members)
        assert (lost, extra) == pytest.approx(by_solving(found, closed), rel=1e-5, abs=1e-9)
        assert (lost, extra) == pytest.approx(effect_of(found, closed), rel=1e-9, abs=1e-9)
    for k in among:
        one = effect_of(found, np.arange(count) == k)
        assert effects.alone[:, k] == pytest.approx(one, rel=1e-9, abs=1e-9)


@given(st.data(), networks())
def test_one_more_closure_equals_brute_force(data, net):
    found = baselines(net)
    among, count = crossings_of(found)
    closed = np.isin(np.arange(count), data.draw(st.lists(st.sampled_from(among.tolist()), max_size=3)))
    more = effects_of_one_more(found, closed)
    for k in among:
        assert more[:2, k] == pytest.approx(by_solving(found, closed | (np.arange(count) == k)), rel=1e-5, abs=1e-6)


@settings(max_examples=25)
@given(networks(), st.sampled_from([2, 3]))
def test_greedy_never_beats_the_exact_nor_the_exact_its_bound(net, size):
    try:
        exact = co.worst_sets(net, size, mode="road")
    except co.NoAnswerError:
        assume(False)
    greedy = co.worst_sets(net, size, method="greedy", mode="road")
    worst, tried = (tuple(f.table[["unserved_share", "criticality"]].iloc[0].round(9)) for f in (exact, greedy))
    assert tried <= worst
    assert worst[0] <= exact.figures["unserved_share_bound"] + 1e-9
    assert greedy.figures["unserved_share_bound"] == pytest.approx(exact.figures["unserved_share_bound"])


@pytest.mark.parametrize("size", [2, 3])
def test_the_default_network_has_its_worst_sets_right(size):
    net = toy.shipped_network()
    table = co.worst_sets(net, size, mode="road").table
    total_free = co.crossings(net, mode="road").table
    for _, row in table.head(2).iterrows():
        ids = row["crossing_ids"].split("|")
        assert row["sum_alone_criticality"] == pytest.approx(total_free.loc[ids, "criticality"].sum())
        lost_and_added = _closed(net, ids)
        assert (row["unserved_share"], row["criticality"]) == pytest.approx(lost_and_added, rel=1e-5, abs=1e-9)


def _closed(net: Network, ids: list[str]) -> tuple[float, float]:
    """What closing some crossings by a scenario does, from two matrices."""
    setting = pose(net, mode="road")
    zones = build_zones(setting)
    weight = pair_weights(setting, zones, "gravity")
    shut = pose(net, mode="road", scenario=Scenario(close=tuple(ids)))
    before, after = (toy.skims(s.graph(build_zones(s).terminals)).cost for s in (setting, shut))
    served = np.isfinite(before) & (weight > 0)
    gone = served & np.isinf(after)
    kept = served & ~gone
    return weight[gone].sum() / weight[served].sum(), (weight * (after - before))[kept].sum() / weight[served].sum()


# ---- the curve -----------------------------------------------------------------------------------------------------


def test_the_curve_by_hand(islands):
    """z adds 60 to 5 of weight: 12 each. Then w loses 2 of 5. x changes nothing, and y loses the rest.

    R = (1 + 3/5 + 3/5 + 0) / 4 = 0.55.
    """
    found = co.robustness(islands, orders=3, **ASKED)
    table = found.table
    assert table.index.tolist() == [0, 1, 2, 3, 4]
    assert table["crossing_id"].tolist()[1:] == ["z", "w", "x", "y"]
    assert table["share_served"].tolist() == pytest.approx([1, 1, 3 / 5, 3 / 5, 0])
    assert table["extra_per_served"].tolist() == pytest.approx([0, 12, 0, 0, np.nan], nan_ok=True)
    assert found.figures["robustness_worst_first"] == pytest.approx(0.55)


def test_random_orders_of_two_crossings():
    """a–k by x or y, as above without b and n: either order serves all until both have failed. R = (1 + 0) / 2."""
    net = toy.network("a RU RU-A 3\n k KZ KZ-K 1\n x\n y", "a x 10\n x k 10\n a y 10\n y k 10")
    found = co.robustness(net, orders=4, **ASKED)
    for column in ("share_served_random", "share_served_random_p10", "share_served_random_p90"):
        assert found.table[column].tolist() == [1, 1, 0]
    assert {v for k, v in found.figures.items()} == {0.5}


def test_random_orders_are_averaged_over_orders(islands):
    """Of two failed crossings, x y leaves 2/5, z w 3/5, any other pair all: so the mean lies between, and so does R."""
    one = [co.robustness(islands, orders=1, seed=s, **ASKED).table["share_served_random"][2] for s in range(12)]
    assert {round(share, 9) for share in one} == {0.4, 0.6, 1.0}
    many = co.robustness(islands, orders=200, **ASKED)
    assert many.table["share_served_random"][2] == pytest.approx((0.4 + 0.6 + 4) / 6, abs=0.05)
    assert many.table["share_served_random_p10"][2] == pytest.approx(0.4)
    assert many.table["share_served_random_p90"][2] == 1


def test_the_same_seed_gives_the_same_orders(islands):
    first, again, other = (co.robustness(islands, orders=5, seed=s, **ASKED).table for s in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


@settings(max_examples=25)
@given(networks())
def test_the_curve_falls_from_one_to_nothing(net):
    try:
        found = co.robustness(net, orders=2, mode="road")
    except co.NoAnswerError:
        assume(False)
    for column in ("share_served", "share_served_random", "share_served_random_p10", "share_served_random_p90"):
        curve = found.table[column]
        assert (curve.iloc[0], curve.iloc[-1]) == (1, 0)
        assert (curve.diff().dropna() <= 1e-12).all()
    assert sorted(found.table["crossing_id"].iloc[1:]) == sorted(set(found.table["crossing_id"].iloc[1:]))


def test_the_chart_shows_the_curve_and_names_what_took_most(islands):
    axes = co.robustness(islands, orders=3, **ASKED).plot()
    blue = matplotlib.colors.to_rgba("#0072B2")
    line = next(part for part in axes.get_lines() if matplotlib.colors.to_rgba(part.get_color()) == blue)
    assert line.get_ydata().tolist() == pytest.approx([1, 1, 3 / 5, 3 / 5, 0])
    said = {text.get_text() for text in axes.texts}
    assert {"w", "y"} <= said
    assert not {"z", "x"} & said
    assert "55%" in " ".join(text.get_text() for text in axes.get_legend().get_texts())


# ---- questions that have no answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda n: co.worst_sets(n, 4), co.UsageError, "sets of 4 crossings: expected 2 or 3"),
        (lambda n: co.worst_sets(n, method="best"), co.UsageError, "method 'best' is unknown"),
        (lambda n: co.worst_sets(n, scenario=Scenario(close=("x", "y", "z"))), co.NoAnswerError, "only 1 open to any"),
        (lambda n: co.robustness(n, orders=0), co.UsageError, "orders 0: expected at least 1"),
        (lambda n: co.robustness(n, seed=-1), co.UsageError, "seed -1: expected 0 or more"),
        (
            lambda n: co.robustness(n, scenario=Scenario(close=("x", "y", "z", "w"))),
            co.NoAnswerError,
            "no two zones of two countries are joined by any",
        ),
    ],
)
def test_what_cannot_be_answered_is_said(islands, call, error, said):
    with pytest.raises(error, match=said):
        call(islands)


# ---- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(islands, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("islands")
    co.write(islands, path)
    return str(path)


def command(folder: str, *more: str) -> list[str]:
    return ["crossings", "--network", folder, "--mode", "road", "--minimize", "distance", *more]


def test_worst_sets_in_the_terminal(folder, islands):
    found = ask(*command(folder, "--worst", "2"))
    assert found["method"] == "exact"
    assert found["worst"][0]["crossing_ids"] == ["x", "y"]
    table = co.worst_sets(islands, 2, **ASKED).table
    assert [r["unserved_share"] for r in found["worst"]] == pytest.approx(table["unserved_share"].tolist())
    rows = list(csv.DictReader(answer(*command(folder, "--worst", "3", "--format", "csv")).out.splitlines()))
    assert [r["crossing_ids"] for r in rows] == ["x|y|z", "x|y|w", "x|z|w", "y|z|w"]
    text = answer(*command(folder, "--worst", "2")).out
    assert "Exact: all 6 sets compared" in text
    assert "60.0%" in text
    assert "–" not in text, "lines below the first of a set are blank"


def test_sets_are_drawn_as_bars_with_the_sum_alone(islands):
    found = co.worst_sets(islands, 2, **ASKED)
    axes = found.plot()
    assert [bar.get_width() for bar in axes.patches] == pytest.approx(found.table["criticality"].tolist())
    assert axes.get_yticklabels()[0].get_text() == "x + y"
    marks = next(line for line in axes.get_lines() if len(line.get_xdata()) == len(found.table))
    assert list(marks.get_xdata()) == pytest.approx(found.table["sum_alone_criticality"].tolist())


def test_the_curve_in_the_terminal(folder, tmp_path):
    asked = command(folder, "--robustness", "--orders", "2", "--seed", "7")
    found = ask(*asked, "--chart", str(tmp_path / "curve.svg"))
    assert [row["crossing_id"] for row in found["curve"]] == [None, "z", "w", "x", "y"]
    assert found["robustness_worst_first"] == pytest.approx(0.55)
    assert (found["settings"]["orders"], found["settings"]["seed"]) == (2, 7)
    assert (tmp_path / "curve.svg").read_bytes().startswith(b"<?xml")
    rows = list(csv.DictReader(answer(*asked, "--format", "csv").out.splitlines()))
    assert [row["failed"] for row in rows] == ["0", "1", "2", "3", "4"]
    text = answer(*asked).out
    assert "worst first 55.0%" in text
    assert "nan" not in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--worst", "4"), "sets of 4 crossings: expected 2 or 3"),
        (("--worst", "two"), "--worst 'two': expected a whole number"),
        (("--worst", "2", "--robustness"), "--worst, --robustness: expected one of them"),
        (("--orders", "5"), "--orders 5: expected together with --robustness"),
        (("--worst", "2", "--chart", "a.txt"), "picture a.txt: suffix '.txt' is unknown, expected .png, .svg, .pdf"),
        (("--robustness", "--orders", "0"), "orders 0: expected at least 1"),
        (("--robustness", "--seed", ""), "--seed '': expected a whole number"),
    ],
)
def test_what_does_not_go_together_is_one_line(folder, options, said):
    ran = run(*command(folder, *options))
    assert (ran.code, ran.out, ran.err) == (2, "", f"corridors: {said}\n")


# ---- min-cut by capacity -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "inland", "cut"),
    [
        (100, 30, "k n 1", 130),  # both crossings together; the road behind carries anything
        (100, None, "k n 1", None),  # y is a way of unknown capacity
        (None, None, "k n 1", None),
        (100, 30, "n > k 1", 0),  # there is no way at all
        (None, None, "n > k 1", 0),
    ],
)
def test_min_cut(x, y, inland, cut):
    r"""a ═ x, y ═ k in the border region KZ-K; n lies behind, in KZ-N: vehicles a day from a to n."""
    capacities = {name: {"capacity_per_day": value} for name, value in (("x", x), ("y", y)) if value is not None}
    net = toy.network(
        "a RU RU-A 1\n x\n y\n k KZ KZ-K\n n KZ KZ-N 1",
        "a x 10\n a x 12\n x k 10\n a y 20\n y k 20\n" + inland,  # two roads to x share its capacity
        crossings=capacities,
    )
    found = co.regions(net, **ASKED).table.at["RU-A", "min_cut_per_day"]
    assert found == pytest.approx(np.nan if cut is None else cut, nan_ok=True)


def test_vehicles_and_trains_are_not_added_up():
    net = toy.network(
        "a RU RU-A 1\n x\n y\n k KZ KZ-K\n n KZ KZ-N 1",
        "a x 10\n x k 10\n k n 1\n a y 20 mode=rail\n y k 20 mode=rail\n k n 1 mode=rail",
        crossings={"x": {"capacity_per_day": 100}, "y": {"capacity_per_day": 30, "mode": "rail"}},
    )
    cuts = [co.regions(net, mode=m).table.at["RU-A", "min_cut_per_day"] for m in ("road", "rail", "any")]
    assert cuts == pytest.approx([100, 30, np.nan], nan_ok=True)
