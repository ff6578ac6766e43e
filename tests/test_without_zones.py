"""Networks whose map does not say how many people live anywhere: what needs zones says so in one line."""

from __future__ import annotations

import json

import numpy as np
import pytest
from drawn import countries, drawn
from test_cli import run

import corridors as co
from corridors.engine.overlay import NO_WAY, run_on
from corridors.sources.build.assemble import assemble
from corridors.sources.build.write import write_built

BOTH = ("AA", "BB")


@pytest.fixture(scope="module")
def without_people(tmp_path_factory):
    """A built network whose map does not say how many people live anywhere."""
    ways = drawn(
        "a  b | c  d\n\ne  f | g  h",
        "w1 rail a b c d\nw2 road e f g h ref=A1",
        "station a Alpha\nstation d Delta\ntown e Epsilon\ntown h Eta",
    )
    out = tmp_path_factory.mktemp("nobody") / "net"
    write_built(assemble(ways, BOTH), out)
    return out


@pytest.mark.parametrize(
    "command",
    [
        "crossings", "crossings --worst 2", "crossings --robustness", "crossings --draws 5", "transit AA --through BB",
        "matrix", "reach Epsilon --hours 9", "timeline AA --through BB", "compare waits-doubled",
        "map {out}/m.png --crossings", "map {out}/m.png --transit AA --through BB", "map {out}/m.png --regions exposure",
    ],
)  # fmt: skip
def test_without_zones_there_is_one_line(command, without_people, tmp_path):
    said = [
        run(*command.format(out=tmp_path).split(), "--network", without_people, "--lang", lang)
        for lang in ("en", "ru", "kk")
    ]
    assert {(ran.code, ran.out, ran.err.count("\n")) for ran in said} == {(1, "", 1)}, said[0].err
    assert "populations.csv" in said[0].err
    assert len({ran.err for ran in said}) == 3
    assert not list(tmp_path.iterdir())


def test_regions_without_zones_are_counted(without_people, tmp_path):
    ran = run("regions", "--network", without_people, "--format", "json", "--mode", "rail")
    assert ran.code == 0, ran.err
    assert "without zones only crossings" in ran.err
    rows = json.loads(ran.out)
    assert {(r["region_id"], r["rail_crossings"], r["road_crossings"], r["zones"]) for r in rows} == {
        ("AA-0", 1, 1, 0),
        ("BB-0", 1, 1, 0),
    }
    assert {r[c] for r in rows for c in ("redundancy", "exposure", "worst_crossing", "accessibility")} == {None}
    net = co.load(without_people)
    assert co.regions(net).key_figures() == {"regions": 2}
    shown = run("regions", "--network", without_people, "--chart", tmp_path / "c.png")
    assert (shown.code, shown.err.count("\n")) == (0, 1)
    people = tmp_path / "zones.csv"
    people.write_text("zone_id,x_coord,y_coord,population\ne,60,49.8,9\nh,60.1,49.8,9\n")
    ran = run("regions", "--network", without_people, "--mode", "road", "--zones", people, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert {r["zones"] for r in json.loads(ran.out)} == {1}


def test_a_map_page_and_report_without_zones(without_people, tmp_path):
    assert run("map", tmp_path / "m.png", "--regions", "rail_crossings", "--network", without_people).code == 0
    assert run("explore", tmp_path / "e.html", "--network", without_people).code == 0
    assert run("report", tmp_path / "r", "--network", without_people).code == 0
    assert "no place has the people to be a zone" in (tmp_path / "r" / "index.html").read_text("utf-8")


def test_no_region_at_a_border(tmp_path):
    write_built(
        assemble(drawn("a b c", "w1 road a b c", areas=countries([(61.0, 50.0), (61.0, 49.9)])), ["AA"]), tmp_path / "o"
    )
    said = [run("regions", "--network", tmp_path / "o", "--lang", lang) for lang in ("en", "ru", "kk")]
    assert {(ran.code, ran.out) for ran in said} == {(1, "")}
    assert said[0].err == "corridors: no region lies at the border\n"
    assert len({ran.err for ran in said}) == 3


def test_one_border_arc_that_leads_nowhere():
    """A railway that crosses unchecked and reaches no zone beyond: no way, and no fault."""
    least, onward = run_on(np.array([[np.inf]]), np.array([[np.inf]]), np.array([1.0]))
    assert (least.tolist(), onward.tolist()) == ([[np.inf]], [[NO_WAY]])
