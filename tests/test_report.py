"""The page of the report: scenarios in words and figures, what stands first, and sheets that print whole."""

from __future__ import annotations

import re

import pytest
import toy
from test_cli import run

import corridors as co
from corridors.model.scenario import Scenario
from corridors.views.findings import changes_in_words, key_numbers, no_dependency, shown_transits
from corridors.views.sheet import sheet
from corridors.views.study import ask, find_ends, pose_questions

# a and b in RU, k in KZ; the way a-b by x and y is the quickest, c lies apart
NODES = "a RU RU-A 3\nb RU RU-B 2\nk KZ KZ-A 4\nx\ny"
LINKS = "a x 10\nx k 10\nk y 10\ny b 10\na b 100"
TWO = "a RU RU-A 3\nb RU RU-B 2\nk KZ KZ-A 4"
PAIR = ("RU", "KZ")
SHUT = Scenario(name="shut", close=("x",))
ALL = Scenario(
    name="all", close=("x",), close_regions=("KZ-A",), wait_h={"y": 2.5}, build=("a-b",), speed_kmh={"a-b": 5.0},
    set={"gravity.theta": 2.0}, as_of="2020", wait_factor=3.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def net():
    return toy.network(NODES, LINKS)


def study_of(network, lang, compared=(SHUT,)):
    questions = pose_questions(PAIR, ("a", "b"), ("road",), None, compared, network)
    return ask(network, lang, PAIR, ("road",), None, compared, questions, lambda _: None)


@pytest.fixture(scope="module")
def study(net):
    return study_of(net, "en")


def test_the_first_figures_are_the_dependency_and_the_worst_crossing(study):
    found = key_numbers(study)
    assert found[0][0] == "100.0%"  # a and b are joined best through k
    assert "Russia through Kazakhstan, by road" in found[0][1]
    assert any(value.startswith("+") and "shuts" in of for value, of in found)


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_every_change_of_a_scenario_is_said_in_words(net, lang):
    said = changes_in_words(study_of(net, lang, ()), ALL)
    assert said.count(";") == 7
    assert "{" not in said
    for part in ("2020", "3", "gravity.theta = 2", "a-b", "5"):
        assert part in said


def test_no_change_is_no_words(study):
    assert changes_in_words(study, Scenario(name="nothing")) == ""


def test_scenarios_are_compared_on_the_page(net, tmp_path):
    files = co.write_report(net, tmp_path, ends=("a", "b"), modes=["road"], compared=[SHUT])
    page = files[-1].read_text("utf-8")
    assert (tmp_path / "compare-road-summary.csv").is_file()
    section = page.partition('<h2 id="scenarios">')[2].partition("<h2")[0]
    assert re.search(r"<td>shut</td><td>shut: [^<]+</td>", section)
    summary = co.compare(net, [SHUT], mode="road").summary.loc["shut"]
    assert f">{summary['cost_before']:.2f}</td>" in section
    assert f">{summary['cost_after']:.2f}</td>" in section
    assert "corridors compare shut --mode road" in page


def test_the_spread_of_a_dependency_over_drawn_waits_is_told(tmp_path):
    """At the median wait at x and y the way through the other country is as quick as at home, or nearly."""
    waits = "x RU>KZ transit 40 p10=0 p90=90\ny KZ>RU transit 1"
    files = co.write_report(toy.network(NODES, LINKS, waits), tmp_path, ends=("a", "b"), modes=["road"])
    page = files[-1].read_text("utf-8")
    section = page.partition('<h2 id="sensitivity">')[2].partition("<h2")[0]
    row = re.search(r"<td>Russia</td><td>Kazakhstan</td>.*?</tr>", section).group()
    shares = [float(v) for v in re.findall(r">([\d.]+)%<", row)]
    assert len(shares) == 4
    assert shares[1] <= shares[2] <= shares[3]
    assert shares[1] < shares[3]


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_what_is_changed_in_the_sensitivity_is_said_in_the_language(net, lang, tmp_path):
    page = co.write_report(net, tmp_path, ends=("a", "b"), modes=["road"], lang=lang)[-1].read_text("utf-8")
    section = page.partition('<h2 id="sensitivity">')[2].partition("<h2")[0]
    assert "lengths in" not in section
    assert {"ru": "длины: Казахстан", "kk": "Қазақстан: ұзындықтар"}[lang] in section


def test_a_scenario_that_is_not_there_is_one_line_and_no_folder(tmp_path):
    ran = run("report", tmp_path / "out", "--compare", "no-such-scenario")
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert "no-such-scenario" in ran.err
    assert not (tmp_path / "out").exists()


def test_without_scenarios_there_is_no_such_section(net, tmp_path):
    page = co.write_report(net, tmp_path, ends=("a", "b"), modes=["road"])[-1].read_text("utf-8")
    assert 'id="scenarios"' not in page


def test_a_sheet_names_itself_and_its_number_whatever_the_title_holds():
    style = sheet("a</style>\"; } 'б", "2026")
    assert "</style>" not in style
    content = re.search(r'content: "(.*?)"; color', style).group(1)
    assert '"' not in content
    assert re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code.group(1), 16)), content) == "a</style>\"; } 'б, 2026"
    assert "counter(page)" in style


def test_a_short_table_stays_on_one_page_and_a_long_one_may_be_cut(net):
    import pandas as pd

    from corridors.views.page import html_table

    short, long = (html_table("en", pd.DataFrame({"name": ["a"] * n}), "T") for n in (5, 50))
    assert short.startswith('<div class="keep"><h3>')
    assert 'class="keep"' not in long
    assert "<thead>" in long


@pytest.mark.parametrize(
    ("nodes", "links", "modes", "ends"),
    [
        (NODES, LINKS, ("road",), ("a", "k")),  # RU has 5 people, KZ 4
        (
            f"{TWO}\nx\nc RU RU-A",
            "x k 10\nx b 10\na c 5",
            ("road",),
            ("b", "k"),
        ),  # the largest place is on no way across
        (NODES, LINKS, ("rail", "road"), ("a", "k")),  # no railway at all
        (NODES, "a x 10\nx k 10\nb x 10 mode=rail\nk y 10\nb y 10\nx k 9 mode=rail", ("rail", "road"), ("b", "k")),
        (f"{TWO}\nx", "a b 10\nx k 10\na x 5 status=closed", ("road",), ("a", "b")),  # nothing crosses
        ("a RU RU-A 3\nk KZ KZ-A 4\nx", "x k 10\na x 5 status=closed", ("road",), ("Kurgan", "Omsk")),
    ],
)
def test_the_route_of_a_report_crosses_the_border_where_one_can(nodes, links, modes, ends):
    assert find_ends(toy.network(nodes, links), "RU", modes) == ends


def test_nobody_is_asked_to_get_to_a_country_without_entering_it(net):
    asked = [q.name for q in pose_questions(PAIR, ("a", "k"), ("road",), None, (), net)]
    assert "route-a-k-road" in asked
    assert not any("avoiding" in name for name in asked)
    assert any("avoiding" in q.name for q in pose_questions(PAIR, ("a", "b"), ("road",), None, (), net))


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_a_dependency_of_nobody_is_a_line_and_no_map(lang):
    study = study_of(toy.network(NODES, LINKS.replace("a b 100", "a b 5")), lang, ())
    assert shown_transits(study) == []
    lines = no_dependency(study)
    assert len(lines) == 1  # KZ has one zone: it has no own traffic
    assert not {"{", "}"} & set(lines[0])
    assert not no_dependency(study_of(toy.network(NODES, LINKS), lang, ()))
