"""What people look at: maps, charts, the report. A toy without outlines draws too."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import toy
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import corridors as co
from corridors.errors import NoAnswerError, OutputError, UsageError
from corridors.files import make_folder, whole_file
from corridors.views.credit import credit
from corridors.views.ground import fit_projection
from corridors.views.labels import Board, Label
from corridors.views.maps import draw_map, save_map
from corridors.views.plots import plot
from corridors.views.shades import INDICATORS, indicator_name
from corridors.views.words import LANGUAGES

if TYPE_CHECKING:
    from corridors.model.network import Network

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


@pytest.fixture(scope="module")
def tiny() -> Network:
    return toy.network(NODES, LINKS)


def texts(ax: Axes) -> set[str]:
    return {t.get_text() for t in ax.texts}


def test_map_of_a_network_without_outlines(tiny):
    ax = draw_map(tiny)
    assert isinstance(ax, Axes)
    assert {"a", "b", "k"} <= texts(ax)
    assert ax.get_aspect() == 1


@pytest.mark.parametrize(
    ("mode", "drawn", "absent"),
    [
        ("any", {"railway", "trunk road", "rail crossing", "road crossing"}, set()),
        ("rail", {"railway", "rail crossing"}, {"trunk road", "road crossing"}),
        ("road", {"trunk road", "road crossing"}, {"railway", "rail crossing"}),
    ],
)
def test_a_map_of_one_mode_has_its_links_and_crossings_alone(mode, drawn, absent):
    net = toy.network(NODES + "r at=54.6,61", LINKS + "a r 10 mode=rail\nr k 10 mode=rail")
    ax = co.draw_map(net, mode=mode)
    legend = {text.get_text() for text in ax.get_legend().get_texts()}
    assert drawn <= legend
    assert not absent & legend
    marks = sum(len(line.get_xdata()) for line in ax.lines if line.get_markersize() == 4.2)
    assert marks == {"any": 3, "rail": 1, "road": 2}[mode]


def test_a_map_of_no_such_mode(tiny):
    with pytest.raises(UsageError, match="mode 'bike' is unknown"):
        co.draw_map(tiny, mode="bike")


def test_a_network_is_credited_to_its_own_sources(tiny):
    assert "Sources: this test" in texts(co.draw_map(tiny))
    assert "Sources: this test" in texts(co.draw_map(tiny, lang="en"))
    assert "Источники: this test" in texts(co.draw_map(tiny, lang="ru"))
    default = replace(tiny, name="default")
    assert "Network: corridors; ODbL; © OpenStreetMap contributors, GeoNames, Natural Earth" in texts(
        co.draw_map(default)
    )


def test_those_who_ask_for_it_are_credited_first_and_nobody_for_an_estimate(tiny):
    rows = [
        ("estimate", "The corridors project", None),
        ("toy", "A", "facts"),
        ("o", "OpenStreetMap contributors", "ODbL 1.0"),
    ]
    sources = pd.DataFrame(rows, columns=["source_id", "publisher", "licence"]).set_index("source_id")
    links = tiny.links.assign(source=["estimate", "estimate", "toy", "toy", "o#w1"])
    net = tiny.with_tables(sources=tiny.sources.reindex(sources.index).assign(**sources), links=links)
    assert credit(net, "en") == "Sources: © OpenStreetMap contributors – ODbL 1.0 · A – facts"
    assert credit(net.with_tables(sources=net.sources.loc[["estimate"]]), "en") == ""


@pytest.mark.parametrize("extent", [None, "border", "route", (59, 53, 65, 56)])
def test_map_extents(tiny, extent):
    found = co.route(tiny, "a", "b", mode="road")
    ax = draw_map(tiny, route=found, extent=extent)
    x, _ = fit_projection(tiny)([61.0, 63.0], [54.5, 54.5])
    left, right = ax.get_xlim()
    assert left <= x.min() <= x.max() <= right
    assert {"x", "y"} <= texts(ax)  # the crossings it takes are named


def test_map_extent_that_is_none_of_those(tiny):
    with pytest.raises(UsageError, match="'moon'"):
        draw_map(tiny, extent="moon")
    with pytest.raises(UsageError, match="route"):
        draw_map(tiny, extent="route")


def test_map_on_given_axes_and_without_title(tiny):
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert draw_map(tiny, ax=right, title="", labels=False) is right
    assert right.get_title(loc="left") == ""
    assert not left.has_data()


def test_map_layers_of_dependency_and_criticality(tiny):
    dependency = co.transit(tiny, "RU", "KZ", mode="road", sensitivity=False)
    ax = draw_map(tiny, transit=dependency)
    assert any("100%" in t.get_text() for t in ax.get_legend().get_texts())
    ax = draw_map(tiny, crossings=co.crossings(tiny, mode="road"))
    assert {"1. x", "2. y"} <= texts(ax) or {"1. y", "2. x"} <= texts(ax)


def test_map_says_when_nothing_depends(tiny):
    found = co.transit(tiny, "RU", "KZ", mode="road", scenario=co.Scenario(close=("x",)), sensitivity=False)
    assert "No pair of places is served best through Kazakhstan" in texts(draw_map(tiny, transit=found))


def test_map_of_a_scenario(tiny):
    shut = co.Scenario(name="shut", close=("x",))
    found = co.compare(tiny, [shut], mode="road", flows=True)
    ax = draw_map(tiny, compared=found)
    assert any(t.startswith("x −") for t in texts(ax))
    written = {t.get_text() for t in ax.get_legend().get_texts()}
    assert "loses all its traffic" in written
    assert any(t.startswith("gains") for t in written)
    assert "No trip takes another route" in texts(
        draw_map(tiny, compared=co.compare(tiny, [co.Scenario(name="idle")], mode="road", flows=True))
    )
    with pytest.raises(UsageError, match="flows=True"):
        draw_map(tiny, compared=co.compare(tiny, [shut], mode="road"))
    with pytest.raises(UsageError, match="one scenario, not 2"):
        draw_map(tiny, compared=co.compare(tiny, [shut, co.Scenario(name="idle")], mode="road", flows=True))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("minimize", ["time", "distance"])
def test_every_indicator_has_a_name(tiny, lang, minimize):
    found = co.regions(tiny, mode="road", minimize=minimize)
    called = {indicator_name(found, indicator, lang) for indicator in INDICATORS}
    assert len(called) == len(INDICATORS) == len(set(INDICATORS) & set(found.table.columns))
    assert not any("{" in name for name in called)


def test_map_of_an_unknown_indicator(tiny):
    with pytest.raises(UsageError, match="'beauty' is unknown, expected one of rail_crossings"):
        draw_map(tiny, regions=co.regions(tiny, mode="road"), indicator="beauty")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages(shipped_net, lang):
    ax = draw_map(shipped_net, extent="border", lang=lang)
    assert {"en": "Astana", "ru": "Петропавловск", "kk": "Петропавл"}[lang] in texts(ax)
    with pytest.raises(UsageError, match="'xx'"):
        draw_map(shipped_net, lang="xx")


def test_projection_keeps_areas(shipped_net):
    """A degree square shrinks with the cosine of latitude, whatever its longitude."""
    project = fit_projection(shipped_net)
    areas = []
    for lon, lat in ((40, 45), (66, 52), (85, 57)):
        x, y = project([lon, lon + 0.1, lon + 0.1, lon], [lat, lat, lat + 0.1, lat + 0.1])
        area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        areas.append(area / np.cos(np.radians(lat + 0.05)))
    assert max(areas) / min(areas) < 1.01  # the ellipsoid, not the projection


def test_labels_do_not_overlap(shipped_net):
    ax = draw_map(shipped_net, extent="border")
    board = Board(ax)
    put = board.put([Label(0, 0, "one"), Label(0, 0, "two"), Label(0, 0, "three")])
    low, high = board.taken[:, :2], board.taken[:, 2:]
    assert put == len(board.taken) == 3
    for i in range(put):
        for j in range(i):
            assert not ((low[i] < high[j]) & (high[i] > low[j])).all()


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_save_map(tiny, tmp_path, suffix, start):
    path = tmp_path / f"map{suffix}"
    assert save_map(draw_map(tiny), path) == path
    first = path.read_bytes()
    assert first.startswith(start)
    assert len(first) > 3000
    save_map(draw_map(tiny), path)
    assert path.read_bytes() == first  # the same picture is the same file
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_save_map_errors(tiny, tmp_path):
    ax = draw_map(tiny)
    with pytest.raises(UsageError, match=r"'\.jpg' is unknown, expected \.png, \.svg, \.pdf"):
        save_map(ax, tmp_path / "map.jpg")
    with pytest.raises(OutputError, match="cannot be written: No such file"):
        save_map(ax, tmp_path / "nowhere" / "map.png")
    (tmp_path / "dir.png").mkdir()
    with pytest.raises(OutputError, match="directory"):
        save_map(ax, tmp_path / "dir.png")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="in the way"):
        make_folder(tmp_path / "file")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dir.png", "file"]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(OutputError, match="No space left"), whole_file(path) as draft:  # noqa: PT012
        draft.write_text("half of the n")
        raise OSError(28, "No space left on device")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


RESULTS = {
    "route": lambda n: co.route(n, "a", "b", mode="road", alternatives=1),
    "avoiding": lambda n: co.route(n, "a", "b", mode="road", avoid_country="KZ"),
    "transit": lambda n: co.transit(n, "RU", "KZ", mode="road"),
    "independent": lambda n: co.transit(n, "RU", "KZ", mode="road", scenario=co.Scenario(close=("x",))),
    "crossings": lambda n: co.crossings(n, mode="road"),
    "regions": lambda n: co.regions(n, mode="road"),
    "matrix": lambda n: co.matrix(n, mode="road"),
    "reach": lambda n: co.reach(n, "a", 50, mode="road"),
    "compared": lambda n: co.compare(n, [co.Scenario(name="shut", close=("x",))], mode="road"),
    "worst sets": lambda n: co.worst_sets(n, 2, mode="road"),
}


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_plots(tiny, name, lang):
    result = RESULTS[name](tiny)
    own = plot(result, lang=lang)
    given = Figure().subplots()
    assert isinstance(own, Axes)
    assert own is not given
    assert result.plot(given) is given
    own.figure.canvas.draw()


def test_profile_ends_where_the_route_ends(tiny):
    from corridors.views.route_charts import profile

    route = co.route(toy.network(NODES, LINKS, "x RU>KZ transit 5\ny KZ>RU transit 7"), "a", "b", mode="road").routes[0]
    km, hours, steps = profile(route)
    assert (km[-1], hours[-1]) == (route["distance_km"], route["time_h"]) == (40, 52)
    assert [(at, c["wait_h"]) for at, _, c in steps] == [(10, 5), (30, 7)]


class Links(HTMLParser):
    """What a page points to, and whether its tags close."""

    def __init__(self):
        super().__init__()
        self.targets, self.ids, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        self.targets += [v for k, v in attrs if k in ("src", "href")]
        self.ids += [v for k, v in attrs if k == "id"]
        if tag not in ("meta", "img", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_report(tiny, tmp_path):
    (tmp_path / "mine.txt").write_text("left alone")
    steps = []
    files = co.write_report(tiny, tmp_path, ends=("a", "b"), modes=["road"], progress=steps.append)
    assert len(steps) > 10
    assert files[-1].name == "index.html"
    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in files} | {"mine.txt"}
    assert all(p.stat().st_size > 20 for p in files)
    page = files[-1].read_text("utf-8")
    parser = Links()
    parser.feed(page)
    assert not parser.open
    assert parser.targets
    within = {target[1:] for target in parser.targets if target.startswith("#")}
    assert within == set(parser.ids)
    assert all((tmp_path / t).exists() for t in parser.targets if not t.startswith("#"))  # nothing from elsewhere
    assert "<script" not in page
    assert not re.search(r"\d\.\d{9,}", page)
    found = json.loads((tmp_path / "transit-ru-through-kz-road.json").read_text("utf-8"))
    assert found["dependency"] == 1
    assert found["captive_share"] == 0
    assert "corridors transit RU --through KZ --mode road --minimize time" in page


def test_report_twice_is_the_same(tiny, tmp_path):
    first, second = (
        co.write_report(tiny, tmp_path / n, ends=("a", "b"), modes=["road"], lang="ru") for n in ("1", "2")
    )
    assert [p.name for p in first] == [p.name for p in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))


def test_report_tells_what_it_cannot_answer(tiny, tmp_path):
    page = co.write_report(tiny, tmp_path, modes=["rail", "road"])[-1].read_text("utf-8")
    assert "Not computed" in page
    assert "route-a-k-rail" in page.split("Not computed")[-1]
    with pytest.raises(NoAnswerError, match="no crossing"):
        co.write_report(tiny.with_tables(crossings=tiny.crossings.head(0)), tmp_path)


def test_report_into_a_file(tiny, tmp_path):
    (tmp_path / "f").write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        co.write_report(tiny, tmp_path / "f" / "g")
