"""Charts show what the tables say: values of what is drawn against values of the results, in all languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from math import radians, sin

import numpy as np
import pandas as pd
import pytest
import toy
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import StepPatch
from test_cli import run

import corridors as co
from corridors.analysis.lines import route_line
from corridors.analysis.uncertainty import check_draws, drawn_waits
from corridors.errors import NoAnswerError, UsageError
from corridors.views.lines import spread
from corridors.views.plots import plot
from corridors.views.route_charts import profile
from corridors.views.words import LANGUAGES, number, percent, word

#   a ──10── x ──10── k ──10── y ──10── b      by way of KZ: 40 km
#   └──────────────100────────────────┘        at home: 100 km
NODES = """
a RU RU-A 100 at=55,60
b RU RU-B 100 at=55,64
k KZ KZ-A 100 at=54,62
x at=54.5,61
y at=54.5,63
"""
LINKS = """
a x 10
x k 10
k y 10
y b 10
a b 100
"""
WAITS = """
x RU>KZ transit 5 fee=7 p10=2 p90=200
x RU>KZ entry 5 fee=7 p10=2 p90=200
y KZ>RU transit 6 p10=1 p90=30
y RU>KZ transit 6 p10=1 p90=30
y RU>KZ entry 3 p10=2 p90=20
"""
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def tiny():
    return toy.network(NODES, LINKS, WAITS)


def course(ax: Axes, label: str) -> tuple[list[float], list[float]]:
    """Return the points of the line whose label begins so."""
    found = [line for line in ax.lines if str(line.get_label()).startswith(label)]
    assert len(found) == 1
    return tuple(np.asarray(data, float).tolist() for data in found[0].get_data())


def texts(ax: Axes) -> list[str]:
    return [t.get_text() for t in ax.texts]


# ---- profiles ----------------------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize(("kind", "ends"), [("time", [51, 100]), ("cost", [47, 100])])
def test_a_profile_ends_at_the_figures_of_each_route(tiny, lang, kind, ends):
    """Hours: 40 km and waits of 5 and 6; USD: 40 km and a fee of 7; at home 100 km, nothing else."""
    found = co.route(tiny, "a", "b", mode="road", avoid_country="KZ")
    ax = plot(found, kind=kind, lang=lang)
    column = {"time": "time_h", "cost": "cost_usd"}[kind]
    assert [found.unrestricted[column], found.table[column].iloc[0]] == pytest.approx(ends)
    assert course(ax, word(lang, "best"))[1][-1] == pytest.approx(ends[1])
    label = next(str(line.get_label()) for line in ax.lines if line.get_linestyle() == "--")
    km, height = course(ax, label)
    steps = {"time": (5, 6), "cost": (7, 0)}[kind]
    assert km == [0, 10, 10, 30, 30, 40]
    assert height == pytest.approx([0, 10, 10 + steps[0], 30 + steps[0], 30 + sum(steps), 40 + sum(steps)])
    said = {"time": ("h", "no_wait"), "cost": ("usd", "no_fee")}[kind]
    digits = 1 if kind == "time" else 0
    expected = [f"+{number(lang, s, digits)} {word(lang, said[0])}" if s else word(lang, said[1]) for s in steps]
    assert sorted(t.rpartition(", ")[2] if kind == "cost" else t[3:] for t in texts(ax)) == sorted(expected)


@EVERY
def test_with_least_generalised_cost_that_is_what_is_drawn(tiny, lang):
    net = replace(tiny, assumptions=tiny.assumptions.changed({"value_of_time_usd_per_h.freight": 2.0}))
    found = co.route(net, "a", "b", mode="road", minimize="generalised")
    ax = plot(found, kind="cost", lang=lang)
    assert ax.get_ylabel() == word(lang, "generalised_money")
    best = found.routes[0]
    km, height = course(ax, word(lang, "best"))
    assert km[-1] == best["distance_km"] == 40
    assert height[-1] == pytest.approx(best["minimized"])
    assert best["minimized"] == pytest.approx(40 + 7 + 2 * (40 + 5 + 6))


@pytest.mark.parametrize(("a", "b"), [("Aktau", "Makhachkala"), ("Kurgan", "Omsk"), ("Astrakhan", "Aktau")])
def test_steps_stand_where_the_table_says(shipped_net, a, b):
    """Also at sea, where a leg has no country and goes over the border in one piece."""
    for route in co.route(shipped_net, a, b, alternatives=2).routes:
        km, hours, steps = profile(route)
        assert [at for at, *_ in steps] == pytest.approx([c["at_km"] for c in route["crossings"]])
        assert (km[-1], hours[-1]) == pytest.approx((route["distance_km"], route["time_h"]))
        assert profile(route, "cost_usd")[1][-1] == pytest.approx(route["cost_usd"])
        assert (np.diff(km) >= 0).all()
        assert (np.diff(hours) >= 0).all()


def test_a_chart_that_a_result_does_not_have(tiny):
    found = co.route(tiny, "a", "b", mode="road")
    with pytest.raises(UsageError, match="'pie'.*time, cost, line, arrivals"):
        found.plot(kind="pie")
    with pytest.raises(UsageError, match="expected percentiles"):
        found.plot(kind="arrivals")
    with pytest.raises(UsageError, match="expected draws"):
        co.transit(tiny, "RU", "KZ", mode="road", sensitivity=False).plot(kind="crossings")


# ---- lines -------------------------------------------------------------------------------------------------------

#              d
#              │ 5
#   a ── x ── k ── y ── b        a spur to d; the line is a – b, 40 km
FORKED = """
a RU RU-A 100 at=55,60
b RU RU-B 100 at=55,64
k KZ KZ-A 100 at=54,62
d KZ KZ-A 100 at=53,62
x at=54.5,61
y at=54.5,63
"""


@pytest.fixture(scope="module")
def forked():
    links = LINKS.replace("a b 100", "k d 5\na b 100").replace("y b 10", "y b 10 status=closed")
    return toy.network(FORKED, links, WAITS, corridors={"spine": ["a-x", "x-k", "k-d", "k-y", "y-b"], "none": []})


def test_a_line_by_hand(forked):
    found = co.line_diagram(forked, "Spine")
    assert found.table["node_id"].tolist() == ["a", "x", "k", "y", "b", "d"]
    assert found.table["km"].tolist() == [0, 10, 20, 30, 40, 25]
    assert found.table["branch"].tolist() == [0, 0, 0, 0, 0, 1]
    assert found.table["crossing_id"].dropna().tolist() == ["x", "y"]
    assert found.table["junction"].tolist() == [False, False, True, False, False, False]
    assert found.length_km == 40
    assert found.stretches["status"].tolist() == ["operational"] * 3 + ["closed", "operational"]
    said = found.to_json()
    assert (said["corridor_id"], len(said["stops"]), said["stops"][0]["stop"]) == ("spine", 6, 1)


def test_a_line_without_links(forked):
    with pytest.raises(NoAnswerError, match="no links"):
        co.line_diagram(forked, "none")


@pytest.mark.parametrize("ends", [("a", "b"), ("b", "a"), ("b", "k"), ("54.8,60.5", "k")])
def test_the_line_of_a_route_has_its_km(tiny, ends):
    net = replace(tiny, assumptions=tiny.assumptions.changed({"connector.reach_km": 500.0}))
    found = co.route(net, *ends, mode="road")
    line = route_line(found)
    best = found.routes[0]
    km = line.table["km"].to_numpy()
    assert (km[0], km[-1], line.length_km) == pytest.approx((0, best["distance_km"], best["distance_km"]))
    assert (np.diff(km) > 0).all()
    assert (line.table["name"].iloc[0], line.table["name"].iloc[-1]) == ends
    crossings = line.table[line.table["crossing_id"].notna()]
    assert crossings["crossing_id"].tolist() == [c["crossing_id"] for c in best["crossings"]]
    assert crossings["km"].tolist() == pytest.approx([c["at_km"] for c in best["crossings"]])


def test_lines_of_all_corridors(shipped_net):
    """Each link once, no step back, and the stops within the line."""
    for corridor in shipped_net.corridors.index:
        found = co.line_diagram(shipped_net, corridor)
        rows = shipped_net.corridor_links[shipped_net.corridor_links["corridor_id"] == corridor]
        assert sorted(found.stretches["link_id"]) == sorted(rows["link_id"])
        main = found.stretches[found.stretches["branch"] == 0]
        assert main["end_km"].iloc[:-1].tolist() == main["start_km"].iloc[1:].tolist()
        stops = found.table[found.table["branch"] == 0]
        assert stops["km"].is_monotonic_increasing
        assert (stops["km"].iloc[0], stops["km"].iloc[-1]) == pytest.approx((0, found.length_km))


@EVERY
@pytest.mark.parametrize(
    "corridor", ["caspian-centre", "petropavl-almaty", "middle-siberian", "west-europe-west-china"]
)
def test_a_line_is_drawn_as_the_table_has_it(shipped_net, lang, corridor):
    found = co.line_diagram(shipped_net, corridor)
    ax = plot(found, lang=lang)
    marked = {word(lang, kind) for kind in ("stop", "junction", "city", "border_crossing")}
    drawn = [x for line in ax.lines if line.get_label() in marked for x in np.asarray(line.get_xdata(), float)]
    assert sorted(drawn) == pytest.approx(sorted(found.table["km"]))
    called = found.network.places[f"name_{lang}"].fillna(found.network.places["name_en"])
    over = found.network.crossings[f"name_{lang}"].fillna(found.network.crossings["name_en"])
    names = {
        f"{called[p]}  {number(lang, km)}": km for p, km in zip(found.table["place_id"], found.table["km"], strict=True)
    }
    for crossing, km in zip(found.table["crossing_id"], found.table["km"], strict=True):
        if isinstance(crossing, str):
            assert f"{over[crossing]}  {number(lang, km)}" in texts(ax)  # every crossing is named
    slanted = [t for t in ax.texts if t.get_rotation() and t.get_ha() == "left"]
    assert {names[t.get_text()] for t in slanted} >= {0.0, found.length_km}  # as are the ends
    assert all(t.get_position()[0] == names[t.get_text()] for t in slanted)


def test_names_of_a_line_keep_their_distance(shipped_net):
    """Parallel slanted names are a line of text apart."""
    ax = plot(co.line_diagram(shipped_net, "west-europe-west-china"), lang="kk")
    for side in ("left", "right"):
        at = sorted(
            ax.transData.transform(t.get_position())[0] for t in ax.texts if t.get_rotation() and t.get_ha() == side
        )
        apart = [72 * (b - a) / ax.figure.dpi * sin(radians(55)) for a, b in pairwise(at)]
        assert min(apart, default=99.0) >= 7.5
    named = [t for t in ax.texts if t.get_rotation() and t.get_ha() == "left"]
    assert len(named) < len(co.line_diagram(shipped_net, "west-europe-west-china").table)  # too many for one line


@EVERY
def test_the_bands_of_a_line_are_its_countries(forked, lang):
    ax = plot(co.line_diagram(forked, "spine"), lang=lang)
    bands = [c.get_paths()[0].get_extents() for c in ax.collections]
    assert [(b.x0, b.x1) for b in bands] == [(0, 10), (10, 30), (30, 40)]
    assert word(lang, "line_not_in_use") in {t.get_text() for t in ax.get_legend().get_texts()}
    dashed = [line for line in ax.lines if line.is_dashed() and line.get_linewidth() == 1.6 and len(line.get_xdata())]
    assert [list(map(float, line.get_xdata())) for line in dashed] == [[30, 40]]


def test_the_line_of_a_route_is_drawn(tiny):
    found = co.route(tiny, "a", "b", mode="road")
    ax = found.plot(kind="line")
    assert {"a  0", "x  10", "y  30", "b  40"} <= set(texts(ax))
    assert ax.get_xlim() == (0, found.routes[0]["distance_km"])


def test_stops_have_their_place(tiny):
    """An end that is no node of the network has none."""
    net = replace(tiny, assumptions=tiny.assumptions.changed({"connector.reach_km": 500.0}))
    shapes = route_line(co.route(net, "54.8,60.5", "k", mode="road")).geo().geometry
    assert shapes.iloc[0] is None
    assert (shapes.iloc[-1].x, shapes.iloc[-1].y) == (62, 54)


def test_spread_keeps_order_and_distance():
    wanted = np.array([0.0, 0.0, 1.0, 50.0, 51.0, 52.0, 200.0])
    moved = spread(wanted, 10.0)
    assert (np.diff(moved) >= 10 - 1e-9).all()
    assert moved[3:6].tolist() == pytest.approx([41, 51, 61])
    assert moved[-1] == 200
    assert spread(wanted[:0], 10.0).tolist() == []


@pytest.mark.parametrize(
    ("text", "corridor", "guessed"),
    [
        ("turksib", "turksib", False),
        ("Түрксіб", "turksib", False),
        ("Турксиб", "turksib", False),
        ("М-36", "yekaterinburg-almaty", False),
        ("Western Europe", "west-europe-west-china", False),
        ("Среднесибирская магистраль", "middle-siberian", False),
        ("Turksip", "turksib", True),
    ],
)
def test_corridors_are_found_as_people_call_them(shipped_net, text, corridor, guessed):
    found = co.line_diagram(shipped_net, text)
    assert (found.object_id, found.guessed) == (corridor, guessed)


def test_corridors_that_are_not_found(shipped_net):
    with pytest.raises(co.AmbiguousNameError, match="turksib"):
        co.line_diagram(shipped_net, "Semey")
    with pytest.raises(co.UnknownNameError, match="expected the name or id of a corridor"):
        co.line_diagram(shipped_net, "qqqqqqqqqqqqqq")


# ---- drawn waits -------------------------------------------------------------------------------------------------


@EVERY
def test_arrivals_are_drawn_as_they_were_counted(tiny, lang):
    found = co.route(tiny, "a", "b", mode="road", percentiles=500, seed=3, alternatives=1)
    drawn = found.uncertainty
    spans = drawn["histogram"]
    assert [sum(span[key] for span in spans) for key in ("fixed", "reoptimised")] == [500, 500]
    assert all(a["to_h"] == b["from_h"] for a, b in pairwise(spans))
    assert spans[-1]["fixed"] > 0  # the tail
    assert len({round(span["to_h"] - span["from_h"], 9) for span in spans[:-1]}) == 1
    ax = plot(found, kind="arrivals", lang=lang)
    fixed, best = (p.get_data() for p in ax.patches if isinstance(p, StepPatch))
    assert fixed.edges.tolist() == [*(s["from_h"] for s in spans[:-1]), spans[-1]["from_h"]]
    assert (fixed.values * 500).tolist() == pytest.approx([s["fixed"] for s in spans[:-1]])
    assert (best.values * 500).tolist() == pytest.approx([s["reoptimised"] for s in spans[:-1]])
    plans = [*drawn["fixed_routes"], drawn["reoptimised"]]
    assert len(plans) == 1 + len(found.routes)
    for name, plan in zip(
        (word(lang, "fixed", route=word(lang, "best")), word(lang, "reoptimised")), (plans[0], plans[-1]), strict=True
    ):
        assert course(ax, name)[0] == [plan["time_p10_h"], plan["time_p90_h"]]
        figures = "   ".join(f"P{q} {number(lang, plan[f'time_p{q}_h'], 1)}" for q in (10, 50, 90))
        assert f"{figures} {word(lang, 'h')}" in texts(ax)
    later = word(lang, "arrive_later", h=number(lang, spans[-1]["from_h"], 1),
                 fixed=percent(spans[-1]["fixed"] / 500, 1, lang),
                 reoptimised=percent(spans[-1]["reoptimised"] / 500, 1, lang))  # fmt: skip
    assert later in {t.get_text() for t in ax.get_legend().get_texts()}


def test_arrivals_of_certain_waits_are_one_bar(tiny):
    found = co.route(toy.network(NODES, LINKS), "a", "b", mode="road", percentiles=10)
    assert found.uncertainty["histogram"] == [{"from_h": 40.0, "to_h": 40.0, "fixed": 10, "reoptimised": 10}]
    found.plot(kind="arrivals").figure.canvas.draw()


def whisker_values(ax: Axes, lang: str) -> tuple[list[list[float]], list[float]]:
    """Return (P10, P90) and P50 of each row as drawn."""
    lined = [c for c in ax.collections if isinstance(c, LineCollection) and c.get_label() == word(lang, "p10_p90")]
    assert len(lined) == 1
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert len(dots) == 1
    return [s[:, 0].tolist() for s in lined[0].get_segments()], np.asarray(dots[0].get_xdata(), float).tolist()


@EVERY
def test_crossings_of_a_dependency_are_drawn_with_their_spread(tiny, lang):
    found = co.transit(tiny, "RU", "KZ", mode="road", sensitivity=False, draws=60, seed=1)
    ax = plot(found, kind="crossings", lang=lang)
    low_high, mid = whisker_values(ax, lang)
    assert len(found.drawn_crossings) == 2
    assert low_high == found.drawn_crossings[["share_p10", "share_p90"]].to_numpy().tolist()
    assert mid == found.drawn_crossings["share_p50"].tolist()
    bars = [p.get_width() for p in ax.patches]
    assert bars == found.by_crossing["share"].reindex(found.drawn_crossings.index).tolist()


def test_no_crossing_in_any_draw_is_said(tiny):
    found = co.transit(tiny, "RU", "KZ", mode="road", sensitivity=False, draws=5, scenario=co.Scenario(close=("x",)))
    ax = plot(found, kind="crossings", lang="ru")
    assert texts(ax) == [word("ru", "no_flow", through="Казахстан")]


@EVERY
def test_the_ranking_is_drawn_with_its_spread(tiny, lang):
    found = co.crossings(tiny, mode="road", draws=40, seed=5)
    ax = plot(found, lang=lang)
    low_high, mid = whisker_values(ax, lang)
    drawn = found.drawn.loc[found.table.index]
    assert np.allclose(low_high, drawn[["criticality_p10", "criticality_p90"]] * 60)
    assert np.allclose(mid, drawn["criticality_p50"] * 60)
    assert (drawn["criticality_p90"] > drawn["criticality_p10"]).any()


def test_each_draw_ranks_as_a_network_with_these_waits_would(tiny):
    """The oracle: write the drawn waits into the table, ask without draws, and take the quantiles."""
    from corridors.analysis.setting import pose
    from corridors.analysis.zones import build_zones

    how = check_draws(12, 7, 0.3)
    setting = pose(tiny, mode="road")
    graph = setting.graph(build_zones(setting, None).terminals)
    waits = drawn_waits(setting, graph, how)
    asked = []
    for draw in waits:
        table = tiny.waits.copy()
        for at, arc in enumerate(graph.border_arc):
            crossing = setting.supply.crossing_ids[setting.supply.crossing[arc]]
            into = setting.supply.countries[setting.supply.enters[arc]]
            for kind, traffic in enumerate(("entry", "transit")):
                row = (table["crossing_id"] == crossing) & table["direction"].str.endswith(f">{into}")
                table.loc[row & (table["traffic"] == traffic), "wait_p50_h"] = draw[kind, at]
        table[["wait_p10_h", "wait_p90_h"]] = np.nan
        asked.append(co.crossings(tiny.with_tables(waits=table), mode="road").table["criticality"])
    every = pd.concat(asked, axis=1)
    found = co.crossings(tiny, mode="road", draws=12, seed=7, correlation=0.3).drawn
    every = every.loc[found.index].to_numpy()
    assert every.std() > 0
    for column, q in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        assert np.allclose(found[f"criticality_{column}"], np.quantile(every, q, axis=1))
    assert np.allclose(found["criticality_mean"], every.mean(axis=1))
    first = every >= every.max(axis=0)  # nothing is unserved here
    assert np.allclose(found["first_share"], first.mean(axis=1))
    assert found["rank_p10"].min() == 1


def test_draws_that_do_not_decide_are_all_the_same(tiny):
    found = co.crossings(tiny, mode="road", minimize="distance", draws=5)
    assert (found.drawn["criticality_p10"] == found.drawn["criticality_p90"]).all()
    assert np.allclose(found.drawn["criticality_mean"], found.table["criticality"])
    plain = co.crossings(tiny, mode="road", minimize="distance")
    assert plain.table.equals(found.table)
    assert "drawn" not in plain.to_json()[0]
    assert found.to_json()[0]["drawn"]["rank_p50"] == 1


# ---- the command line --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["time", "cost", "line", "arrivals"])
def test_charts_of_a_route_from_the_command_line(tmp_path, kind, lang):
    file = tmp_path / "out.svg"
    drawn = ["--percentiles", "--draws", "50"] if kind == "arrivals" else []
    ran = run(
        "route", "Kurgan", "Almaty", "--mode", "road", *drawn, "--chart", file, "--chart-kind", kind, "--lang", lang
    )
    assert (ran.code, ran.err) == (0, "")
    assert file.read_bytes().startswith(b"<?xml")


def test_a_corridor_from_the_command_line(tmp_path):
    file = tmp_path / "line.png"
    ran = run("info", "--corridor", "Turksip", "--chart", file, "--format", "json", "--lang", "kk")
    assert ran.code == 0
    assert "'Turksip' — Түрксіб" in ran.err
    found = json.loads(ran.out)
    assert found["corridor_id"] == "turksib"
    assert found["stops"][0]["km"] == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    table = run("info", "--corridor", "petropavl-almaty")
    assert (table.code, table.err) == (0, "")
    assert "Branch 1" in table.out
    assert run("info", "--corridor", "turksib", "--format", "csv").out.startswith("stop,km,name,kind")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["route", "Kurgan", "Omsk", "--chart-kind", "line"], "--chart"),
        (["route", "Kurgan", "Omsk", "--chart", "x.png", "--chart-kind", "pie"], "time, cost, line, arrivals"),
        (["route", "Kurgan", "Omsk", "--chart", "x.png", "--chart-kind", "arrivals"], "--percentiles"),
        (["transit", "RU", "--through", "KZ", "--chart", "x.png", "--chart-kind", "crossings"], "--draws"),
        (["info", "--chart", "x.png"], "--corridor"),
        (["info", "--coverage", "--corridor", "turksib"], "one of them"),
        (["info", "--corridor", "turksib", "--chart", "x.txt"], "x.txt"),
        (["crossings", "--draws", "3", "--robustness"], "one of them"),
        (["crossings", "--draws", "0"], "at least 1"),
        (["crossings", "--seed", "3"], "--robustness, --draws"),
        (["crossings", "--correlation", "1"], "--draws"),
    ],
)
def test_charts_and_draws_that_cannot_be(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_ranking_is_drawn_again_from_the_command_line(tmp_path):
    net = toy.network(re.sub(r" at=\S+", "", NODES), LINKS, WAITS)  # a directory is checked: no link is too short
    co.write(net, tmp_path / "net")
    asked = ["crossings", "--network", tmp_path / "net", "--mode", "road", "--draws", "20", "--seed", "2"]
    ran = run(*asked, "--chart", tmp_path / "c.svg")
    assert (ran.code, ran.err) == (0, "")
    assert "Criticality in the draws" in ran.out
    found = json.loads(run(*asked, "--format", "json").out)
    assert {"criticality_p10", "criticality_p90", "rank_p50", "first_share"} <= set(found[0]["drawn"])
    assert "only in table and json" in run(*asked, "--format", "csv").err
