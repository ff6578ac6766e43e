"""Scenario files: what they may hold, where their errors stand, and those that come with the network."""

from __future__ import annotations

import re
from dataclasses import fields

import numpy as np
import pytest
import toy
from test_cli import ROOT, run

import corridors as co
from corridors.analysis.setting import pose, settle
from corridors.model.scenario import Scenario
from corridors.shipped import shipped
from corridors.sources.scenarios import KEYS, read_scenario, shipped_scenarios

FULL = """# strike.toml
name = "strike"
note = "made up"
as_of = "2025-06"
close = [
    # "not-this-one",
    "rail-gorbunovo-mamlyutka",
    "Isilkul – Kara-Guga",
]
close_regions = ["KZ-39"]
build = ["semey-oskemen"]
wait_factor = 1.5

[wait_h]
rail-karaguga-isilkul = 3

[speed_kmh]
kurmangazy-isatai-road = 40

[set]
"gravity.theta" = 2
"""


def written(folder, text):
    file = folder / "strike.toml"
    file.write_text(text, "utf-8")
    return file


# ---- reading -----------------------------------------------------------------------------------------------------


def test_every_key_is_read(tmp_path):
    assert read_scenario(written(tmp_path, FULL)) == Scenario(
        name="strike",
        note="made up",
        as_of="2025-06",
        close=("rail-gorbunovo-mamlyutka", "Isilkul – Kara-Guga"),
        close_regions=("KZ-39",),
        build=("semey-oskemen",),
        wait_factor=1.5,
        wait_h={"rail-karaguga-isilkul": 3.0},
        speed_kmh={"kurmangazy-isatai-road": 40.0},
        set={"gravity.theta": 2.0},
    )


def test_the_keys_are_the_fields_of_a_scenario():
    assert set(KEYS) == {f.name for f in fields(Scenario)} - {"where"}


def test_where_entries_stand(tmp_path):
    file = written(tmp_path, FULL)
    lines = {key: int(place.rpartition(" ")[2]) for key, place in read_scenario(file).where.items()}
    assert lines["close", ""] == 5
    assert lines["close", "rail-gorbunovo-mamlyutka"] == 7
    assert lines["close", "Isilkul – Kara-Guga"] == 8
    assert lines["wait_h", "rail-karaguga-isilkul"] == 15
    assert lines["set", "gravity.theta"] == 21
    assert all(place.startswith(f"scenario {file}, line ") for place in read_scenario(file).where.values())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\nclose = 3", 2, "close: 3, expected a list of names"),
        ("\n\nclosed = []", 3, "'closed' is unknown; did you mean close?"),
        ('name = "a"\nas_of = "2020-13"', 2, "as_of: '2020-13', expected a date"),
        ('# wait_factor = 2\nwait_factor = "2"', 2, "wait_factor: '2', expected a number"),
        ("[set]\ngravity.theta = 2", 1, "quote keys"),
        ('name = "a"\nclose = [\n  "narnia",\n]', 3, "close: crossing 'narnia' is unknown"),
        ('close_regions = [\n"KZ-39",\n"Mars"]', 3, "close_regions: region 'Mars' is unknown"),
        ('build = ["semey-oskemin"]', 1, "build 'semey-oskemin' is unknown; the nearest is semey-oskemen"),
        ("wait_factor = -1", 1, "wait_factor -1: expected a number from 0"),
        ("[wait_h]\n\nnarnia = 1", 3, "wait_h: crossing 'narnia' is unknown"),
        ("[wait_h]\nrail-karaguga-isilkul = -1", 2, "expected hours from 0"),
        ("[speed_kmh]\nkurmangazy-isatai = 40", 2, "the nearest is kurmangazy-isatai-road"),
        ("[speed_kmh]\nkurmangazy-isatai-road = 0", 2, "expected km/h over 0"),
        ('[set]\n\n"gravty.theta" = 2', 3, "set: assumption 'gravty.theta' is unknown; did you mean gravity.theta?"),
        ('[set]\n"gravity.theta" = -2', 2, "set: assumption gravity.theta: -2 is out of range"),
        ("close = []\nclose = []", 2, "not TOML"),
    ],
)
def test_errors_name_file_and_line(tmp_path, text, line, said):
    file = written(tmp_path, text)
    for command in (["route", "Kurgan", "Omsk", "--scenario", file], ["compare", file]):
        ran = run(*command, "--mode", "rail")
        assert ran.code in {2, 3}
        assert ran.err.count("\n") == 1
        assert re.search(rf"\bline {line}\b", ran.err), ran.err
        assert str(file) in ran.err
        assert said in ran.err


def test_an_option_is_not_blamed_on_a_file(tmp_path):
    ran = run("route", "Kurgan", "Omsk", "--scenario", written(tmp_path, FULL), "--close", "narnia")
    assert "strike.toml" not in ran.err
    assert "narnia" in ran.err


# ---- putting together --------------------------------------------------------------------------------------------


def test_a_factor_multiplies_tables_and_assumptions_but_no_gate():
    """x has 5 h in the table, y the assumption of 3; y is open 12 h a day, which is 3 h of waiting more."""
    net = toy.network(
        "a RU RU-A 1\nk KZ KZ-A 1\nx\ny", "a x 1\nx k 1\na y 1\ny k 1", "x RU>KZ entry 5",
        assumptions={"wait_h.lorry": 3.0}, crossings={"y": {"hours_per_day": 12}},
    )  # fmt: skip
    for factor, at_x, at_y in ((1.0, 5, 6), (2.0, 10, 9), (0.0, 0, 3)):
        supply = pose(net, mode="road", scenario=Scenario(wait_factor=factor)).supply
        into = supply.enters == supply.countries.index("KZ")
        for crossing, hours in (("x", at_x), ("y", at_y)):
            at = into & (supply.crossing == supply.crossing_ids.index(crossing))
            assert supply.wait_h[0, at] == pytest.approx(hours)
        assert not supply.wait_h[:, supply.enters < 0].any()


def test_a_speed_holds_for_its_link_alone():
    net = toy.network("a RU RU-A 1\nb RU RU-A 1\nk KZ KZ-A 1\nx", "a b 10\nb x 10\nx k 10")
    supply = pose(net, mode="road", scenario=Scenario(speed_kmh={"a-b": 0.5})).supply
    slow = supply.link == net.links.index.get_loc("a-b")
    assert set(supply.time_h[slow]) == {20.0}
    assert set(supply.time_h[~slow]) == {10.0}


def test_no_vehicle_exceeds_what_it_can():
    net = toy.network("a RU RU-A 1\nb RU RU-A 1\nk KZ KZ-A 1\nx", "a b 10\nb x 10\nx k 10")
    supply = pose(net, mode="road", scenario=Scenario(speed_kmh={"a-b": 300.0})).supply
    assert set(supply.time_h) == {10.0}


# ---- those that come with the network ----------------------------------------------------------------------------


def test_shipped_names_are_told_by_the_help():
    text = " ".join(run("compare", "--help").out.split()).replace("- ", "-")
    assert len(shipped_scenarios()) == 6
    assert all(name in text for name in shipped_scenarios())


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_shipped_scenario_can_be_used(name):
    scenario = read_scenario(name)
    assert scenario.name == name
    assert len(scenario.note) > 20
    settle(toy.shipped_network(), scenario)
    assert run("route", "Kurgan", "Almaty", "--scenario", name).code in {0, 1}


def test_kazakhstan_closed_leaves_no_crossing_open():
    for mode in ("rail", "road", "any"):
        setting = pose(toy.shipped_network(), mode=mode, scenario=read_scenario("kazakhstan-closed"))
        assert not (setting.supply.enters >= 0).any()


def test_the_road_before_2024_has_the_speeds_of_its_periods():
    periods = toy.shipped_network().periods
    bad = periods[(periods["event_id"] == "bad-road-atyrau-astrakhan-lorries") & (periods["vehicle"] == "lorry")]
    assert read_scenario("astrakhan-atyrau-before-2024").speed_kmh == {
        link: float(speed) for link, speed in zip(bad["object_id"], bad["value"], strict=True)
    }


def test_waits_doubled_doubles_waits():
    net = toy.shipped_network()
    usual, doubled = (pose(net, scenario=s).supply for s in (None, read_scenario("waits-doubled")))
    np.testing.assert_allclose(doubled.wait_h - doubled.gate_h, 2 * (usual.wait_h - usual.gate_h))
    assert usual.wait_h.any()


def test_an_unknown_name_has_a_hint():
    for command in (["compare", "petropavl-close"], ["route", "Kurgan", "Omsk", "--scenario", "petropavl-close"]):
        ran = run(*command)
        assert ran.code == 2
        assert ran.err == "corridors: scenario 'petropavl-close' is unknown; did you mean petropavl-closed?\n"
    with pytest.raises(co.UsageError, match="one of astrakhan-atyrau-before-2024, "):
        read_scenario("qqqq")


def test_a_file_goes_before_a_shipped_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "waits-doubled").write_text("wait_factor = 7", "utf-8")
    assert read_scenario("waits-doubled").wait_factor == 7
    assert read_scenario(shipped("data") / "scenarios" / "waits-doubled.toml").wait_factor == 2


# ---- the page ----------------------------------------------------------------------------------------------------


def page():
    return (ROOT / "docs" / "scenarios.md").read_text("utf-8")


def test_the_page_has_every_key_and_its_example_all_of_them(tmp_path):
    text = page()
    assert all(f"`{key}`" in text for key in KEYS)
    example = re.search(r"```toml\n(# jam\.toml\n.*?)```", text, re.DOTALL)[1]
    scenario = read_scenario(written(tmp_path, example))
    empty = Scenario()
    assert all(getattr(scenario, key) != getattr(empty, key) for key in KEYS)
    found = co.compare(toy.shipped_network(), [scenario], mode="road")
    assert found.summary["changed_share"].iloc[0] > 0


def test_the_page_lists_the_shipped_scenarios():
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", page(), re.MULTILINE)) >= set(shipped_scenarios())
