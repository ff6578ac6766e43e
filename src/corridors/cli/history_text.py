"""Timelines and claims in the terminal."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from corridors.analysis.claims import VERDICTS
from corridors.cli.lines import place_namer
from corridors.cli.words import say, translate
from corridors.formats import format_value

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from corridors.analysis.claims import Claims
    from corridors.analysis.timeline import Timeline

_SEEN = 0.0005
"""A change that shows in percent with one digit."""
_WIDTH = 78
NO_HISTORY = (
    "The network holds no history: its table of periods is empty, so every year is as today, dependency {share}."
)


def timeline_lines(found: Timeline) -> list[str]:
    """Return what a reader has to know of the years."""
    if not len(found.network.periods):
        share = format_value("dependency", found.table["dependency"].iloc[-1])
        return [say(found.network.language, NO_HISTORY, share=share)]
    lang, small = found.network.language, int((found.events["change"].abs() < _SEEN).sum())
    lines = [
        say(lang, "Each year as of its last day, the last as of {date}.", date=found.settings["as_of"]),
        say(lang, "Years left out are as the one before."),
        say(
            lang,
            "Zones and weights are those of {date}, waits those assumed today.",
            date=found.settings["zones_as_of"],
        ),
    ]
    return [*lines, say(lang, "{count} more days changed less than shows here.", count=small)] if small else lines


def timeline_tables(found: Timeline) -> list[tuple[str, pd.DataFrame]]:
    """Return the years that differ from the one before, and the days on which the dependency moved."""
    if not len(found.network.periods):
        return []
    years = found.table.drop(columns="events")
    figures = years.drop(columns="change").round(4)
    differs = figures.ne(figures.shift()).any(axis=1)
    differs.iloc[[0, -1]] = True
    events = found.events.loc[found.events["change"].abs() >= _SEEN]
    columns = ["date", "change", "event"]
    moved = say(found.network.language, "What changed on the days it moved")
    return [("", years[differs].reset_index()), (moved, events[columns])]


def claims_lines(found: Claims) -> list[str]:
    """Return the claims by verdict, each with both figures, the evidence and what to mind."""
    lang, counts = found.network.language, found.table["verdict"].value_counts()
    rename = str if lang == "en" else place_namer(found.network)
    lines = [", ".join(f"{counts.get(v, 0)} {translate(lang, v)}" for v in VERDICTS)]
    for verdict in VERDICTS:
        lines += ["", translate(lang, verdict.capitalize())]
        for claim_id, row in found.table[found.table["verdict"] == verdict].iterrows():
            said = row["claim"] + (
                f": {_with_unit(lang, row['claimed'], row)}" if row["claimed"] == row["claimed"] else ""
            )
            lines.append(_filled(f"{claim_id}: {said}", "  "))
            lines += [_filled(text, "    ") for text in _answer(lang, row, rename)]
    return lines


def _answer(lang: str, row: pd.Series, rename: Callable[[str], str]) -> list[str]:
    ours = []
    if row["evidence"]:
        yes_or_no = row["claimed"] != row["claimed"]
        so = translate(lang, "so" if row["ours"] else "not so")
        figure = so if yes_or_no else _with_unit(lang, row["ours"], row)
        evidence = rename(_evidence(lang, row["evidence"]))
        ours.append(say(lang, "ours: {figure} – {evidence}", figure=figure, evidence=evidence))
    return [*ours, say(lang, "mind: {limit}", limit=row["limit"])] if isinstance(row["limit"], str) else ours


def _filled(text: str, indent: str) -> str:
    return fill(text, _WIDTH, initial_indent=indent, subsequent_indent="    ", break_on_hyphens=False)


def _evidence(lang: str, text: str) -> str:
    """Return the evidence in a language: part by part where we know all parts, else as one text."""
    parts = [translate(lang, part) for part in text.split("; ")]
    if all(said != part for said, part in zip(parts, text.split("; "), strict=True)):
        return "; ".join(parts)
    whole = translate(lang, text)
    return whole if whole != text else ", ".join(translate(lang, word) for word in text.split(", "))


def _with_unit(lang: str, value: Any, row: pd.Series) -> str:
    unit = row["unit"] if lang == "en" else translate(lang, f"figure {row['unit']}").removeprefix("figure ")
    return f"{_figure(value)} {unit}"


def _figure(value: Any) -> str:
    whole = isinstance(value, float) and value == round(value)
    return format_value("count", round(value)) if whole else format_value("figure", value)
