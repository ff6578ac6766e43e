"""Scenarios against a baseline: by hand on toys, and equal to posing the question anew on the default network."""

from __future__ import annotations

import numpy as np
import pytest
import toy
from random_networks import networks
from test_cli import answer, ask

import corridors as co
from corridors.analysis.compare import baseline
from corridors.analysis.setting import pose
from corridors.analysis.zones import Zones, connect
from corridors.engine.border import LegCosts, crossings_of, least_costs
from corridors.engine.overlay import TOLERANCE
from corridors.errors import UsageError
from corridors.model.scenario import Scenario
from corridors.sources.scenarios import shipped_scenarios

ASKED = {"mode": "road", "weights": "uniform"}

# a (RU) to k (KZ): 20 by x with 5 h of waiting, 45 by y; b (RU) lies behind y; planned: a-b
NODES = "a RU RU-A 1\nb RU RU-B 1\nk KZ KZ-A 1\nx\ny"
LINKS = "a x 10\nx k 10\nb y 15\ny k 15\na b 100\na b 4 id=new status=planned"
WAITS = "x RU>KZ entry 5\nx KZ>RU entry 5\nx RU>KZ transit 1\nx KZ>RU transit 1"


@pytest.fixture(scope="module")
def net():
    return toy.network(NODES, LINKS, WAITS)


def row(net, changed, region, **asked):
    return co.compare(net, [changed], **ASKED, **asked).table.loc[region]


def test_a_closure_by_hand(net):
    """From a: k 25 and b 10+10+1+15+15 = 51; with x shut 100+30 = 130 and 100."""
    found = row(net, Scenario(name="shut", close=("x",)), "RU-A")
    assert found["cost_before"] == pytest.approx((25 + 51) / 2)
    assert found["cost_after"] == pytest.approx((130 + 100) / 2)
    assert found["extra_cost"] == pytest.approx((105 + 49) / 2)
    assert found["change"] == pytest.approx(230 / 76 - 1)
    assert found["changed_share"] == 1
    assert (found["worst_origin"], found["worst_destination"], found["worst_extra_cost"]) == ("a", "k", 105)


def test_what_is_not_touched_does_not_change(net):
    """From b: k 30 stays, a 51 becomes 100; of b's two pairs one changed."""
    found = row(net, Scenario(name="shut", close=("x",)), "RU-B")
    assert found["changed_share"] == 0.5
    assert (found["cost_before"], found["cost_after"]) == (pytest.approx(40.5), pytest.approx(65))


def test_lost_pairs_count_as_unserved_and_not_in_the_means():
    """Without the road a-b, shutting x cuts a off: the means are over pairs that are left, here b-k and k-b."""
    net = toy.network(NODES, LINKS.replace("a b 100\n", ""), WAITS)
    found = co.compare(net, [Scenario(name="shut", close=("x",))], **ASKED)
    whole, a = found.summary.loc["shut"], found.table.loc["RU-A"]
    assert (whole["unserved_share_before"], whole["unserved_share_after"]) == (0, pytest.approx(4 / 6))
    assert (whole["cost_before"], whole["cost_after"]) == (30, 30)
    assert np.isnan(a["cost_after"])
    assert a["worst_origin"] == "a"
    assert np.isnan(a["worst_extra_cost"])


def test_the_heaviest_lost_pair_is_the_worst():
    net = toy.network(NODES.replace("k KZ KZ-A 1", "k KZ KZ-A 7"), LINKS.replace("a b 100\n", ""), WAITS)
    found = co.compare(net, [Scenario(name="shut", close=("x",))], mode="road").table.loc["RU-A"]
    assert (found["worst_origin"], found["worst_destination"]) == ("a", "k")


def test_waits_by_hand(net):
    """Doubled: the entry at x takes 10, the transit 2; so a-k 30, a-b 52, b-k 30 stays."""
    found = co.compare(net, [Scenario(name="jam", wait_factor=2.0)], **ASKED)
    assert found.table.loc["RU-A", "extra_cost"] == pytest.approx((5 + 1) / 2)
    assert found.summary.loc["jam", "changed_share"] == pytest.approx(4 / 6)


def test_hours_of_a_crossing_stand_as_written_whatever_the_factor(net):
    """Everybody waits 9 h at x: a-k 29, a-b 59."""
    found = row(net, Scenario(name="jam", wait_factor=2.0, wait_h={"x": 9.0}), "RU-A")
    assert found["cost_after"] == pytest.approx((29 + 59) / 2)


def test_what_is_built_and_how_fast_it_is(net):
    """The new road a-b: 4 h, and at half the speed 8 h."""
    for scenario, hours in (
        (Scenario(name="s", build=("new",)), 4),
        (Scenario(name="s", build=("new",), speed_kmh={"new": 0.5}), 8),
    ):
        found = row(net, scenario, "RU-A")
        assert found["cost_after"] == pytest.approx((25 + hours) / 2)
        assert (found["worst_origin"], found["unserved_share_after"]) == (None, 0)


def test_pairs_say_which_crossings_they_gain_and_lose(net):
    found = co.compare(net, [Scenario(name="shut", close=("x",))], **ASKED).pairs.set_index(["origin", "destination"])
    assert set(found.index) == {("a", "k"), ("k", "a"), ("a", "b"), ("b", "a")}
    assert (found.loc[("a", "k"), "crossings_gained"], found.loc[("a", "k"), "crossings_lost"]) == (("y",), ("x",))
    assert (found.loc[("a", "b"), "crossings_gained"], found.loc[("a", "b"), "crossings_lost"]) == ((), ("x", "y"))
    assert found["share"].tolist() == pytest.approx([1 / 6] * 4)


def test_a_crossing_that_is_built_is_gained_also_behind_the_last_open_one():
    net = toy.network(
        "a RU RU-A 3\nb KZ KZ-B 3\nx\ny",
        "a x 5\nx b 5\na y 1 status=planned\ny b 1 status=planned",
        crossings={"y": {"status": "planned"}},
    )
    found = co.compare(net, Scenario(name="built", build=("a-y", "y-b", "y")))
    assert [tuple(found.pairs[c].iloc[0]) for c in ("crossings_gained", "crossings_lost")] == [("y",), ("x",)]


def test_whatever_is_shut_or_planned_can_be_built_and_compared():
    net = co.load()
    shut = net.links.index[~net.links["status"].isin(["operational", "seasonal"])]
    lines = net.corridor_links["corridor_id"][net.corridor_links["link_id"].isin(shut)].unique().tolist()
    for name in [*lines, *net.crossing_links["crossing_id"][net.crossing_links["link_id"].isin(shut)].unique()]:
        for mode in ("rail", "road"):
            assert len(co.compare(net, [Scenario(name=name, build=(name,))], mode=mode).table) > 10


def test_the_chart_has_a_bar_for_each_region_and_scenario(net):
    shut, slow = Scenario(name="shut", close=("x",)), Scenario(name="slow", wait_h={"y": 1.0})
    found = co.compare(net, [shut, slow], **ASKED)
    axes = found.plot()
    bars = {bars.get_label(): [bar.get_width() for bar in bars] for bars in axes.containers}
    assert list(bars) == ["shut", "slow"]
    shown = found.table[found.table["scenario"] == "shut"]["change"]
    assert sorted(bars["shut"]) == pytest.approx(sorted(shown))


def test_the_terminal_names_pairs_and_crossings(tmp_path):
    text = answer("compare", "petropavl-closed", "--mode", "rail", "--country", "KZ", "--through", "RU").out
    assert "Dependency of the own pairs of KZ on RU" in text
    assert "Astana – Moscow" in text
    assert "+ Kartaly – Aksu" in text
    assert "rest-" not in text
    assert max(map(len, text.splitlines())) <= 80
    picture = tmp_path / "shut.svg"
    answer("compare", "petropavl-closed", "--mode", "rail", "--chart", str(picture))
    assert picture.read_bytes().startswith(b"<?xml")


def test_a_scenario_given_twice_is_put_on_top_of_the_first():
    once = ask("route", "Kurgan", "Omsk", "--mode", "rail", "--scenario", "petropavl-closed")
    asked = (
        "route",
        "Kurgan",
        "Omsk",
        "--mode",
        "rail",
        "--scenario",
        "petropavl-closed",
        "--scenario",
        "waits-doubled",
    )
    both = ask(*asked)
    said = both["settings"]["scenario"]
    assert "rail-gorbunovo-mamlyutka" in said
    assert "waits times 2" in said
    assert both["routes"][0]["time_h"] >= once["routes"][0]["time_h"]


def test_a_scenario_is_put_on_top_of_the_baseline(net):
    """With y shut in the baseline, b reaches k only by a: 125; shutting x, too, cuts it off."""
    found = row(net, Scenario(name="both", close=("x",)), "RU-B", scenario=Scenario(close=("y",)))
    assert found["unserved_share_before"] == 0
    assert found["unserved_share_after"] == 0.5
    assert found["cost_before"] == found["cost_after"] == 100


def test_an_empty_scenario_changes_nothing(net):
    found = co.compare(net, [Scenario(name="same")], **ASKED)
    assert (found.table["changed_share"] == 0).all()
    assert not len(found.pairs)


def test_one_country_and_its_dependency(net):
    """RU's own pairs are a-b and b-a; they pass KZ until the new road is there."""
    built = Scenario(name="built", build=("new",))
    found = co.compare(net, [built], country="ru", through="KZ", **ASKED)
    assert sorted(found.table.index) == ["RU-A", "RU-B"]
    whole = found.summary.loc["built"]
    assert (whole["dependency_before"], whole["dependency_after"]) == (1, 0)
    before = co.transit(net, "RU", "KZ", sensitivity=False, **ASKED).figures["dependency"]
    assert before == whole["dependency_before"]


def test_weights_stay_when_an_assumption_moves_them(net):
    steep = Scenario(name="steep", set={"gravity.theta": 3.0})
    found = co.compare(net, [steep], mode="road")
    assert found.summary.loc["steep", "changed_share"] == 0
    assert found.summary.loc["steep", "cost_after"] == found.summary.loc["steep", "cost_before"]


@pytest.mark.parametrize(
    ("scenarios", "options", "said"),
    [
        ([], {}, "none given"),
        ([Scenario(name="s"), Scenario(name="s")], {}, "'s' stands twice"),
        ([Scenario(name="s", close=("z",))], {}, "'z'"),
        ([Scenario(name="s", speed_kmh={"a-x": 0.0})], {}, "a-x=0"),
        ([Scenario(name="s", speed_kmh={"a-xx": 5.0})], {}, "the nearest is a-x"),
        ([Scenario(name="s", wait_factor=-1.0)], {}, "wait_factor -1"),
        ([Scenario(name="s")], {"through": "KZ"}, "through KZ"),
        ([Scenario(name="s")], {"country": "KZ", "through": "KZ"}, "through KZ"),
        ([Scenario(name="s")], {"country": "FR"}, "'FR'"),
    ],
)
def test_what_cannot_be_compared(net, scenarios, options, said):
    with pytest.raises(co.UsageError, match=said):
        co.compare(net, scenarios, **ASKED, **options)


# ---- the same as asking anew -------------------------------------------------------------------------------------


def anew(base, scenario, mode, minimize, vehicle="freight"):
    """Costs and crossings of all pairs by the engine's own way, with the baseline's zones."""
    setting = pose(
        base.ground.setting.network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=scenario.on(base.scenario)
    )
    as_built = pose(
        base.ground.setting.network, mode=mode, minimize=minimize, vehicle=vehicle,
        scenario=Scenario(as_of=scenario.as_of, build=scenario.build, set=scenario.set),
    )  # fmt: skip
    ends = Zones(base.zones.table, connect(as_built, base.zones.table)).terminals
    return toy.skims(setting.graph(ends))


@pytest.mark.parametrize(
    ("mode", "minimize", "vehicle"),
    [("rail", "time", "freight"), ("road", "generalised", "car"), ("any", "cost", "freight")],
)
def test_shipped_scenarios_equal_posing_anew(mode, minimize, vehicle):
    base = baseline(toy.shipped_network(), mode=mode, minimize=minimize, vehicle=vehicle)
    supply = base.ground.setting.supply
    free = anew(base, Scenario(), mode, minimize, vehicle)
    np.testing.assert_allclose(base.before.cost, free.cost, rtol=TOLERANCE)
    for name in shipped_scenarios():
        scenario = co.read_scenario(name)
        paths = anew(base, scenario, mode, minimize, vehicle)
        found = base.compare([scenario])
        both = np.isfinite(free.cost) & np.isfinite(paths.cost)
        weight = np.where(both, base.weight, 0.0)
        for column, cost in (("cost_before", free.cost), ("cost_after", paths.cost)):
            mean = (weight * np.where(both, cost, 0.0)).sum() / weight.sum()
            assert found.summary.loc[name, column] == pytest.approx(mean, rel=TOLERANCE)
        lost = base.weight[np.isinf(paths.cost)].sum() / base.weight.sum()
        assert found.summary.loc[name, "unserved_share_after"] == pytest.approx(lost, abs=1e-12)
        at = {z: i for i, z in enumerate(base.zones.table.index)}
        for pair in found.pairs.head(20).itertuples():
            ends = at[pair.origin], at[pair.destination]
            used, used_after = (
                {supply.crossing_ids[k] for k in p.crossings[:, ends[0], ends[1]] if k >= 0} for p in (free, paths)
            )
            assert set(pair.crossings_gained) == used_after - used
            assert set(pair.crossings_lost) == used - used_after


def test_random_networks_equal_posing_anew():
    from hypothesis import given, settings
    from hypothesis import strategies as st

    @settings(max_examples=60, deadline=None)
    @given(networks(), st.data())
    def check(net, data):
        base = baseline(net, mode="road", weights="uniform", zones=None)
        shut = data.draw(st.sets(st.sampled_from(sorted(net.crossings.index))))
        scenario = Scenario(name="s", close=tuple(shut), wait_factor=data.draw(st.sampled_from([0.0, 1.0, 3.0])))
        after = base.ground.solve(scenario).cost
        np.testing.assert_allclose(after, anew(base, scenario, "road", "time").cost, rtol=TOLERANCE)

    check()


def test_every_shipped_scenario_does_what_it_says():
    net = toy.shipped_network()
    base = baseline(net, mode="any", country="KZ", through="RU")
    found = base.compare(map(co.read_scenario, shipped_scenarios())).summary
    shut = found.loc["kazakhstan-closed"]
    assert shut["unserved_share_after"] > 0.1
    assert shut["dependency_after"] == 0
    assert (found["changed_share"] > 0).all()
    assert found.loc["semey-oskemen-built", "extra_cost"] < 0
    dearer = found.drop(index=["semey-oskemen-built", "kazakhstan-closed"])["extra_cost"]
    assert (dearer > 0).all()


def test_crossings_among_steps_that_cost_nothing_are_those_of_a_path():
    """Border arcs 0 to 3 with legs 0-1, 1-0, 0-2, 2-3 that cost nothing, like the arcs: to zone 1 by 0, 2 and 3, no circle."""
    among = np.full((4, 4), np.inf)
    among[[0, 1, 0, 2], [1, 0, 2, 3]] = 0
    legs = LegCosts(
        direct=np.array([[0, np.inf], [np.inf, 0]]),
        to_border=np.array([[0, np.inf, np.inf, np.inf], [np.inf] * 4]),
        among=among,
        to_zone=np.array([[np.inf, np.inf]] * 3 + [[np.inf, 0]]),
        country=np.array([0, 0], np.int32),
        crossing=np.arange(4, dtype=np.int32),
        enters=np.zeros(4, np.int32),
        run_through=np.zeros(4, bool),
        crossings=4,
    )
    found = least_costs(legs, np.zeros((2, 4)))
    assert found.cost[0, 1] == 0
    assert crossings_of(found, np.array([0]), np.array([1])).tolist() == [[True, False, True, True]]


# ---- flows on links ----------------------------------------------------------------------------------------------------


def test_flows_move_to_the_next_best_way():
    """a–b goes by x, k and y at 20 km, and by c at 30 when x is shut; c and k are no zones."""
    net = toy.network(
        "a RU RU-A 3\nb RU RU-A 1\nc RU RU-A\nk KZ KZ-A\nx\ny", "a x 5\nx k 5\nk y 5\ny b 5\na c 15\nc b 15"
    )
    found = co.compare(net, [co.Scenario(name="shut", close=("x",))], mode="road", flows=True).link_flow
    assert found.loc[["a-x", "x-k", "k-y", "y-b"], "before"].tolist() == pytest.approx([1, 1, 1, 1])
    assert found.loc[["a-x", "x-k", "k-y", "y-b"], "shut"].tolist() == [0, 0, 0, 0]
    assert found.loc[["a-c", "c-b"], "before"].tolist() == [0, 0]
    assert found.loc[["a-c", "c-b"], "shut"].tolist() == pytest.approx([1, 1])


def test_traffic_without_a_route_is_on_no_link():
    net = toy.network("a RU RU-A 3\nk KZ KZ-A 1\nx", "a x 5\nx k 5")
    found = co.compare(net, [co.Scenario(name="shut", close=("x",))], mode="road", flows=True).link_flow
    assert found["before"].tolist() == pytest.approx([1, 1])
    assert found["shut"].tolist() == [0, 0]


def test_a_shut_country_carries_nothing_of_those_who_depended_on_it(shipped_net):
    """Of trips that begin in Russia none is left on Kazakh links; before, they were wherever the dependency lies."""
    own = co.transit(shipped_net, "RU", "KZ", mode="rail", sensitivity=False)
    found = co.compare(
        shipped_net, [co.read_scenario("kazakhstan-closed")], mode="rail", country="RU", flows=True
    ).link_flow
    at_home = shipped_net.links.index[shipped_net.links["country"] == "KZ"]
    assert (found.loc[at_home, "kazakhstan-closed"] <= 1e-12).all()
    dependent = own.link_flow.reindex(at_home)
    assert (dependent > 0).sum() > 5
    assert (found.loc[at_home, "before"][dependent > 0] > 0).all()


def test_a_crossing_that_the_network_lacks_is_told_before_anything_is_solved(monkeypatch):
    net = toy.network("a RU RU-A 1\nb KZ KZ-B 1\nx", "a x 1\nx b 1")
    monkeypatch.setattr("corridors.analysis.compare.baseline", lambda *_, **__: pytest.fail("solved first"))
    with pytest.raises(UsageError, match=r"petropavl-closed.toml, line 3, close: .*unknown"):
        co.compare(net, [co.read_scenario("waits-doubled"), co.read_scenario("petropavl-closed")])
    with pytest.raises(UsageError, match="mode 'bike' is unknown"):
        co.compare(net, [co.read_scenario("petropavl-closed")], mode="bike")
