"""What a notebook shows of a result and of a network: in one line, and as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import corridors as co
from corridors.analysis.results import Result
from corridors.formats import format_value, html_card, html_table

ASKED = {
    "route": lambda n: co.route(n, "Kurgan", "Omsk", mode="rail", avoid_country="KZ", percentiles=20),
    "transit": lambda n: co.transit(n, "RU", "KZ", mode="rail", sensitivity=False, draws=5),
    "crossings": lambda n: co.crossings(n, mode="rail"),
    "regions": lambda n: co.regions(n, mode="rail"),
    "matrix": lambda n: co.matrix(n, mode="rail"),
    "reach": lambda n: co.reach(n, "Petropavl", 6, mode="rail"),
    "compare": lambda n: co.compare(n, [co.read_scenario("petropavl-closed")], mode="rail"),
    "worst_sets": lambda n: co.worst_sets(n, 2, mode="rail"),
    "timeline": lambda n: co.timeline(n, "KZ", "RU", mode="rail", first=2003, last=2005),
    "claims": co.claims,
    "coverage": co.coverage,
}


class Tree(HTMLParser):
    """Which elements there are, and whether each one is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(text: str) -> Tree:
    tree = Tree()
    tree.feed(text)
    assert not tree.open
    return tree


@pytest.fixture(scope="module", params=ASKED)
def found(request, shipped_net) -> Result:
    return ASKED[request.param](shipped_net)


def test_a_result_is_one_line_of_text(found):
    line = repr(found)
    assert "\n" not in line
    assert line.startswith(f"<{type(found).__name__} ")
    assert found.title in line


def test_a_result_is_a_card_with_figures_tables_and_folded_settings(found):
    card = found._repr_html_()
    tree = parsed(card)
    assert tree.seen.count("table") >= len([t for _, t in found.shown_tables() if len(t)])
    assert tree.seen.count("dd") == len(found.key_figures())
    shown = {k: v for k, v in found.settings.items() if v not in (None, "", {}, [])}
    folded = card.partition("<details>")[2]
    for name in shown:
        assert f"<th>{name.replace('_', ' ')}</th>" in folded
    assert "nan" not in re.sub(r"<[^>]*>", " ", card).casefold().split()


def test_a_table_is_written_as_in_the_terminal():
    frame = pd.DataFrame({"name": ["A"], "captive_share": [0.0541], "distance_km": [1234.5], "time_h": [np.nan]})
    text = html_table(frame)
    for name in frame.columns:
        assert f">{format_value(name, frame[name].iloc[0].item() if name != 'name' else 'A')}</td>" in text
    assert text.count('class="n"') == 6  # heads and cells of numbers stand to the right


def test_what_is_not_ours_is_escaped():
    evil = "<script>alert(1)</script>"
    frame = pd.DataFrame({f"{evil}2": [evil, f"{evil}&"]}, index=pd.Index([evil, "b"], name=evil))
    card = html_card(evil, {evil: [evil]}, [(evil, frame)], {evil: {evil: {evil: evil}}})
    assert "<script" not in card
    assert "script" not in parsed(card).seen
    assert card.count("&lt;script&gt;") >= 10


def test_a_long_table_says_how_much_is_left_out():
    frame = pd.DataFrame({"rows": range(1234)})
    assert re.search(r"and 1 214 more rows", html_table(frame))
    assert "more row" not in html_table(frame.head(20))
    assert "and 1 more row<" in html_table(frame.head(21))
    assert html_table(frame.head(0)) == ""


def test_a_network_shows_its_tables_date_and_sources(shipped_net):
    assert "\n" not in repr(shipped_net)
    card = shipped_net._repr_html_()
    parsed(card)
    assert shipped_net.assumptions.reference_date in card
    assert f">{format_value('rows', len(shipped_net.links))}</td>" in card
    most = shipped_net.sources.loc[shipped_net.source_rows().index[0], "title"]
    assert most.split("&")[0] in card.partition("<details>")[2]


def test_rows_of_a_source_are_counted_once_a_row(shipped_net):
    links = shipped_net.links.head(2).assign(source=["a#page 3; b", "a; a#x"])
    empty = {t: shipped_net.table(t).head(0) for t in ("places", "nodes", "crossings", "waits", "periods", "corridors")}
    empty |= {t: shipped_net.table(t).head(0) for t in ("regions", "populations", "claims", "events", "omissions")}
    sources = shipped_net.sources.head(2).set_axis(pd.Index(["a", "b"], name="source_id"))
    network = shipped_net.with_tables(links=links, sources=sources, **empty)
    assert network.source_rows().to_dict() == {"a": 2, "b": 1}


def test_a_baseline_is_one_line(shipped_net):
    line = repr(co.baseline(shipped_net, mode="rail"))
    assert re.fullmatch(r"<Baseline baseline: \d+ zones by rail, least time, as of [\d-]+>", line)
