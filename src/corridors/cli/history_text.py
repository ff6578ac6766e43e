"""Timelines and claims in the terminal."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from corridors.analysis.claims import VERDICTS
from corridors.formats import format_value

if TYPE_CHECKING:
    import pandas as pd

    from corridors.analysis.claims import Claims
    from corridors.analysis.timeline import Timeline

_SEEN = 0.0005
"""A change that shows in percent with one digit."""
_WIDTH = 78


def timeline_lines(found: Timeline) -> list[str]:
    """Return what a reader has to know of the years."""
    small = int((found.events["change"].abs() < _SEEN).sum())
    lines = [
        f"Each year as of its last day, the last as of {found.settings['as_of']}.",
        "Years left out are as the one before.",
        f"Zones and weights are those of {found.settings['zones_as_of']}, waits those assumed today.",
    ]
    return [*lines, f"{small} more days changed less than shows here."] if small else lines


def timeline_tables(found: Timeline) -> list[tuple[str, pd.DataFrame]]:
    """Return the years that differ from the one before, and the days on which the dependency moved."""
    years = found.table.drop(columns="events")
    figures = years.drop(columns="change").round(4)
    differs = figures.ne(figures.shift()).any(axis=1)
    differs.iloc[[0, -1]] = True
    events = found.events.loc[found.events["change"].abs() >= _SEEN]
    columns = ["date", "change", "event"]
    return [("", years[differs].reset_index()), ("What changed on the days it moved", events[columns])]


def claims_lines(found: Claims) -> list[str]:
    """Return the claims by verdict, each with both figures, the evidence and what to mind."""
    counts = found.table["verdict"].value_counts()
    lines = [", ".join(f"{counts.get(v, 0)} {v}" for v in VERDICTS)]
    for verdict in VERDICTS:
        lines += ["", verdict.capitalize()]
        for claim_id, row in found.table[found.table["verdict"] == verdict].iterrows():
            said = row["claim"] + (
                f": {_figure(row['claimed'])} {row['unit']}" if row["claimed"] == row["claimed"] else ""
            )
            lines.append(fill(f"{claim_id}: {said}", _WIDTH, initial_indent="  ", subsequent_indent="    "))
            lines += [fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ") for text in _answer(row)]
    return lines


def _answer(row: pd.Series) -> list[str]:
    ours = []
    if row["evidence"]:
        yes_or_no = row["claimed"] != row["claimed"]
        figure = ("so" if row["ours"] else "not so") if yes_or_no else f"{_figure(row['ours'])} {row['unit']}"
        ours.append(f"ours: {figure} – {row['evidence']}")
    return [*ours, f"mind: {row['limit']}"] if isinstance(row["limit"], str) else ours


def _figure(value: Any) -> str:
    whole = isinstance(value, float) and value == round(value)
    return format_value("count", round(value)) if whole else format_value("figure", value)
