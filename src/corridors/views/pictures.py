"""The maps and charts of the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from corridors.views.findings import avoids_nothing, shown_transits, title_of
from corridors.views.history import moves
from corridors.views.maps import draw_map, save_map
from corridors.views.plots import plot
from corridors.views.prose import say
from corridors.views.words import word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes

    from corridors.views.study import Question, Study


_Wanted: TypeAlias = "tuple[str, str, str, Callable[[], Axes]]"


@dataclass(frozen=True)
class Picture:
    """A picture of the report: its file, its caption, the section it belongs to."""

    path: Path
    caption: str
    section: str


def draw_pictures(study: Study, home: Path, tell: Callable[[str], None], dpi: float) -> list[Picture]:
    """Draw and write all pictures, in the order of the page."""
    network, lang = study.network, study.lang
    border = say(lang, "fig_border")
    wanted: list[_Wanted] = [
        ("map-network", word(lang, "title_network"), "maps", lambda: draw_map(network)),
        ("map-border", border, "maps", lambda: draw_map(network, extent="border", title=border)),
    ]
    for question in study.of("route"):
        # two places of one node have a route without a line to draw
        if not avoids_nothing(study, question) and study.answer(question.name).routes[0]["km_by_mode"]:
            wanted.append(_map(study, question, "routes", "route", extent="route"))
            wanted.append(_chart(study, question, "routes"))
    for question in shown_transits(study):
        wanted += [_map(study, question, "transit", "transit"), _chart(study, question, "transit")]
    wanted += [_map(study, q, "crossings", "crossings", extent="border") for q in study.of("crossings")]
    wanted += [_chart(study, q, "regions") for q in study.of("regions")]
    wanted += [_chart(study, q, "history") for q in study.of("timeline") if moves(study.answer(q.name))]
    drawn = []
    for name, caption, section, draw in wanted:
        tell(f"drawing {name}.png")
        drawn.append(Picture(save_map(draw(), home / f"{name}.png", dpi=dpi), caption, section))
    return drawn


def _map(study: Study, question: Question, section: str, layer: str, **options: Any) -> _Wanted:
    title = title_of(study, question)
    layers: Any = {layer: study.answer(question.name), **options}
    return f"map-{question.name}", title, section, lambda: draw_map(study.network, title=title, **layers)


def _chart(study: Study, question: Question, section: str) -> _Wanted:
    return f"chart-{question.name}", title_of(study, question), section, lambda: plot(study.answer(question.name))
