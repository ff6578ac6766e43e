"""Maps held against pictures: each small map as it was, and no layer that could go missing unseen.

After a wanted change of the maps: pytest tests/test_images.py --mpl-generate-path=tests/baseline, and look at them.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import toy
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.testing.compare import compare_images

import corridors as co
from corridors.views import labels, style
from corridors.views.maps import draw_map
from corridors.views.words import LANGUAGES

BASELINE = Path(__file__).with_name("baseline")
DPI = 60
# root mean square of the difference; the same matplotlib gives 0, a layer that is missing more than twice this
TOLERANCE = 0.5
KAZAKH = "ӘҒҚҢӨҰҮҺІәғқңөұүһі"

#   Қорған ─── Өзен ─── Ғажап ─── Үйшік ─── Омбы    by way of KZ, by road and by rail
#      └────────────── Әнші ─────────────────┘        at home, by road only
NODES = """
Қорған RU RU-A 1500000 at=55.4,62.0
Омбы RU RU-A 900000 at=55.2,70.0
Әнші RU RU-A 300000 at=56.6,66.0
Өзен at=54.8,63.8
Үйшік at=54.6,68.2
Ғажап KZ KZ-A 800000 at=53.8,66.0
Һұңқі KZ KZ-A 50000 at=52.9,67.5
Тұзды KZ KZ-A 40000 at=53.2,69.6
Ішім RU RU-A 200000 at=56.5,62.2
Үлкен RU RU-A 20000 at=56.7,70.3
Қыран RU RU-A 20000 at=55.5,64.6
Шығыс RU RU-A 20000 at=55.6,67.9
"""
LINKS = """
Қорған Өзен 130
Өзен Ғажап 180
Ғажап Үйшік 170
Үйшік Омбы 140
Қорған Әнші 500 class=primary
Әнші Омбы 500 class=primary
Ғажап Һұңқі 160 class=local
Әнші Ішім 250 mode=rail
Ішім Қорған 110 mode=rail class=branch status=planned
Ғажап Тұзды 110 mode=rail class=branch
Тұзды Һұңқі 200 class=primary
Тұзды Ғажап 240
Әнші Үлкен 280
Әнші Қыран 160
Әнші Шығыс 160
Әнші Ішім 260
"""
BORDER = [[61, 54.9], [63.8, 54.8], [66, 55.1], [68.2, 54.6], [71, 54.3]]
NORTH, SOUTH = [[71, 57.4], [61, 57.4]], [[71, 52], [61, 52]]


def _features(*features: tuple[dict[str, str], str, list]) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": p, "geometry": {"type": kind, "coordinates": at}}
                for p, kind, at in features
            ],
        }
    )


@functools.cache
def small() -> co.Network:
    """Two countries with an outline, a lake and a border."""
    north, south = [*BORDER, *NORTH, BORDER[0]], [*BORDER, *SOUTH, BORDER[0]]
    lake = [[61.5, 52.6], [61.7, 54], [64, 54], [64.7, 52.6], [61.5, 52.6]]
    outlines = {
        "land": _features(
            ({}, "Polygon", [[[60, 51], [72, 51], [72, 58], [60, 58], [60, 51]]]),
            ({"kind": "water"}, "Polygon", [lake]),
        ),
        "regions": _features(({"region_id": "RU-A"}, "Polygon", [north]), ({"region_id": "KZ-A"}, "Polygon", [south])),
        "boundary": _features(({}, "LineString", BORDER)),
    }
    waits = "Өзен RU>KZ transit 5\nҮйшік KZ>RU transit 9\nӨзен RU>KZ entry 20\nҮйшік RU>KZ entry 20"
    regions = {"RU-A": {"border_length_km": 640}, "KZ-A": {"border_length_km": 640}}
    # by this name it is credited as the default network is, whose words hold the letters of each language
    return replace(toy.network(NODES, LINKS, waits, regions=regions), outlines=outlines, name="default")


# what is asked, and how it is drawn
MAPS = {
    "network": lambda net: {},
    "route": lambda net: {"route": co.route(net, "Қорған", "Омбы", mode="road", alternatives=1), "lang": "kk"},
    "transit": lambda net: {"transit": co.transit(net, "RU", "KZ", mode="road"), "lang": "ru"},
    "crossings": lambda net: {"crossings": co.crossings(net, mode="road")},
    "compared": lambda net: {
        "compared": co.compare(net, [co.Scenario(name="shut", close=("Өзен",))], mode="road", flows=True),
        "lang": "kk",
    },
    "regions": lambda net: {"regions": co.regions(net, mode="road"), "indicator": "barrier_effect", "lang": "ru"},
}


@functools.cache
def asked(name: str) -> dict[str, Any]:
    return MAPS[name](small())


def draw(name: str) -> Axes:
    """A map of the size of a stamp: there a layer that is missing makes a difference."""
    ax = style.new_axes(6.2, 5.6)
    ax.set_position((0.02, 0.25, 0.96, 0.69))
    return draw_map(small(), ax=ax, extent=(61, 52.3, 71, 57), **asked(name))


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.mpl_image_compare(
    baseline_dir=str(BASELINE),
    tolerance=TOLERANCE,
    style="default",
    backend="agg",
    deterministic=True,
    savefig_kwargs={"dpi": DPI},
)
def test_map(name):
    return draw(name).figure


# ---- no layer goes missing unseen ------------------------------------------------------------------------------------


def _between(low, high):
    return lambda artist: low <= artist.get_zorder() < high


def _kind(kind, low, high):
    return lambda artist: isinstance(artist, kind) and low <= artist.get_zorder() < high


def _is_source(artist) -> bool:
    return hasattr(artist, "get_text") and "corridors; ODbL" in artist.get_text()


# which artists make a layer, by their kind and order of drawing
LAYERS = {
    "land": _between(0.5, 1.15),
    "region colours": _kind(PathCollection, 1.2, 1.25),
    "water": _between(1.4, 1.5),
    "border": _kind(PathCollection, 1.6, 1.7),
    "links": _kind(LineCollection, 3, 4),
    "crossings": _between(6, 6.5),
    "flow or route": _kind(LineCollection, 6.9, 8),
    "towns": _between(7.6, 7.7),
    "critical crossings": _kind(PathCollection, 8, 8.5),
    "named crossings": _between(9, 9.5),
    "ends": _between(10, 10.5),
    "scale bar": lambda a: 10.9 <= a.get_zorder() < 11.5 and not _is_source(a),
    "source": _is_source,
    "labels": _between(12, 13),
}
EVERYWHERE = {"land", "water", "border", "links", "towns", "labels", "scale bar", "source", "legend", "title"}
OWN = {
    "network": {"crossings"},
    "route": {"flow or route", "named crossings", "ends"},
    "transit": {"flow or route", "named crossings", "region colours", "colour bar"},
    "crossings": {"critical crossings"},
    "compared": {"flow or route", "named crossings", "region colours", "colour bar"},
    "regions": {"region colours", "colour bar"},
}


@contextmanager
def without(ax: Axes, layer: str) -> Iterator[None]:
    """Hide a layer for a while."""
    if layer == "region colours":
        (found,) = filter(LAYERS[layer], ax.collections)
        colours = found.get_facecolor()
        found.set_facecolor("none")
        yield
        found.set_facecolor(colours)
        return
    found = {"legend": [ax.get_legend()], "title": [ax._left_title], "colour bar": ax.child_axes}.get(layer)
    if found is None:
        found = [a for a in (*ax.collections, *ax.lines, *ax.texts, *ax.patches) if LAYERS[layer](a)]
    assert found, f"no {layer} on the map"
    for artist in found:
        artist.set_visible(False)
    yield
    for artist in found:
        artist.set_visible(True)


def difference(ax: Axes, name: str, folder: Path) -> float:
    """The root mean square of the difference from the baseline."""
    ax.figure.savefig(folder / "actual.png", dpi=DPI)
    # compare_images puts a picture of the difference beside its first argument
    (folder / "expected.png").write_bytes((BASELINE / f"test_map_{name}.png").read_bytes())
    found = compare_images(folder / "expected.png", folder / "actual.png", tol=0, in_decorator=True)
    return found["rms"] if found else 0.0


@pytest.mark.parametrize("name", MAPS)
def test_a_missing_layer_is_seen(name, tmp_path):
    ax = draw(name)
    assert difference(ax, name, tmp_path) <= TOLERANCE
    seen = {}
    for layer in EVERYWHERE | OWN[name]:
        with without(ax, layer):
            seen[layer] = difference(ax, name, tmp_path)
    assert min(seen.values()) > 2 * TOLERANCE, seen


def test_baselines_are_small_and_all_in_use():
    files = list(BASELINE.iterdir())
    assert {f.name for f in files} == {f"test_map_{name}.png" for name in MAPS}
    assert sum(f.stat().st_size for f in files) < 500_000


# ---- letters and labels ----------------------------------------------------------------------------------------------


def test_the_font_has_every_letter():
    with style.our_font():
        letters = get_font(findfont(FontProperties())).get_charmap()
    assert not [c for c in KAZAKH + "Ёё–−▲" if ord(c) not in letters]


def _boxes(ax):
    """Boxes of the written labels, in pixels, without their leaders."""
    renderer = ax.figure.canvas.get_renderer()
    texts = [t for t in ax.texts if t.get_zorder() == 12]
    return [(t.get_text(), type(ax.title).get_window_extent(t, renderer)) for t in texts]


@functools.cache
def answer(question: str) -> dict[str, Any]:
    net = toy.shipped_network()
    if question == "scenario":
        shut = co.read_scenario("petropavl-closed")
        return {"compared": co.compare(net, [shut], mode="rail", flows=True)}
    if question == "regions":
        return {"regions": co.regions(net, mode="rail"), "indicator": "exposure"}
    if question == "dependency":
        return {"transit": co.transit(net, "RU", "KZ", mode="rail", sensitivity=False)}
    if question == "route":
        return {"route": co.route(net, "Kurgan", "Omsk", mode="rail", alternatives=2), "extent": "route"}
    return {"crossings": co.crossings(net, mode=question)} if question != "network" else {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("question", ["network", "route", "rail", "road", "dependency", "scenario", "regions"])
def test_labels_hide_neither_labels_nor_marks(shipped_net, question, lang):
    ax = draw_map(shipped_net, lang=lang, **answer(question))
    ax.figure.canvas.draw()
    boxes = _boxes(ax)
    assert len(boxes) > 15
    if question in {"rail", "road"}:
        assert {text.split(".")[0] for text, _ in boxes} >= set("12345678")
    for number, (text, box) in enumerate(boxes):
        for other, there in boxes[:number]:
            assert not box.overlaps(there), f"{text} on {other}"
    marks = [line.get_xydata() for line in ax.lines if 6 <= line.get_zorder() <= 10]
    spots = [c.get_offsets() for c in ax.collections if c.get_zorder() == 8]
    for x, y in ax.transData.transform(np.concatenate([*marks, *spots])):
        hidden_by = [text for text, box in boxes if box.contains(x, y)]
        assert not hidden_by, hidden_by
    frame = ax.get_window_extent()
    assert all(frame.contains(*corner) for _, box in boxes for corner in (box.min, box.max))


def test_a_needed_label_keeps_its_place_among_crowded_marks():
    ax = style.new_axes(6, 6)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    board = labels.Board(ax)
    board.keep_free(*[[0.44 + 0.03 * i for i in range(5)]] * 2, 6)
    assert board.put([labels.Label(0.5, 0.5, "Ең тар жер", needed=True)]) == 1
    assert not labels.Board(ax).put([labels.Label(0.5, 1.5, "off the map", needed=True)])
