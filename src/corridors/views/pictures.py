"""The maps and charts of the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridors.views.maps import draw_map, save_map
from corridors.views.plots import plot
from corridors.views.prose import say
from corridors.views.words import country_name, through_country, word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from corridors.views.report import Study


@dataclass(frozen=True)
class Picture:
    """A picture of the report: its file, its caption, the section it belongs to."""

    path: Path
    caption: str
    section: str


def draw_pictures(study: Study, home: Path, tell: Callable[[str], None], dpi: float) -> list[Picture]:
    """Draw and write all pictures, in the order of the page."""
    network, lang = study.network, study.lang
    wanted: list[tuple[str, str, str, Callable[[], Any]]] = [
        ("map-network", say(lang, "fig_network"), "maps", lambda: draw_map(network)),
        ("map-border", say(lang, "fig_border"), "maps", lambda: draw_map(network, extent="border")),
    ]
    for question in study.of("route"):
        found = study.answer(question.name)
        caption = f"{found.origin} – {found.destination}, {word(lang, 'by_' + found.settings['mode'])}"
        if found.unrestricted is not None:
            caption += f" ({study.countries[1]} ✕)"
        wanted.append((f"map-{question.name}", caption, "routes", _map(study, route=found, extent="route")))
        if found.unrestricted is None:
            wanted.append((f"chart-{question.name}", caption, "routes", _chart(found)))
    for question in study.of("transit"):
        found = study.answer(question.name)
        if found.settings["minimize"] != "time" or not found.figures["dependency"] > 0:
            continue
        country, through = (
            country_name(lang, found.settings["country"]),
            through_country(lang, found.settings["through"]),
        )
        caption = word(
            lang, "title_transit", country=country, through=through, mode=word(lang, "by_" + found.settings["mode"])
        )
        wanted.append((f"map-{question.name}", caption, "transit", _map(study, transit=found)))
        wanted.append((f"chart-{question.name}", caption, "transit", _chart(found)))
    for question in study.of("crossings"):
        found = study.answer(question.name)
        caption = word(lang, "title_crossings", mode=word(lang, "by_" + found.settings["mode"]))
        wanted.append((f"map-{question.name}", caption, "crossings", _map(study, crossings=found, extent="border")))
    for question in study.of("regions"):
        found = study.answer(question.name)
        caption = word(lang, "title_regions", mode=word(lang, "by_" + found.settings["mode"]))
        wanted.append((f"chart-{question.name}", caption, "regions", _chart(found)))
    drawn = []
    for name, caption, section, draw in wanted:
        tell(f"drawing {name}.png")
        drawn.append(Picture(save_map(draw(), home / f"{name}.png", dpi=dpi), caption, section))
    return drawn


def _map(study: Study, **layers: Any) -> Callable[[], Any]:
    return lambda: draw_map(study.network, **layers)


def _chart(found: Any) -> Callable[[], Any]:
    return lambda: plot(found)
