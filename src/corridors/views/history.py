"""The chart of a timeline: dependency by year, and a numbered list of what moved it."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.model.dates import last_day
from corridors.views import style
from corridors.views.labels import halo
from corridors.views.words import country_name, manner, percent, through_country, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.analysis.timeline import Timeline

MOST_EVENTS = 14
_NOTICED = 0.0005
"""A move of the dependency that can be seen: half a thousandth of all weight."""
_LINE_IN, _LINE_LETTERS = 0.2, 120


def plot_timeline(found: Timeline, ax: Axes | None, lang: str) -> Axes:
    """Draw dependency and captive share over the years with a number at each event, and the events below."""
    table = found.table
    events = _noticed(found.events)
    every = found.events
    axes = ax if ax is not None else style.new_axes(10.5, 4.2)
    years = table.index.to_numpy(float)
    x, dependency = _steps(table, every, "dependency")
    axes.step(x, dependency, where="post", color=style.BLUE, lw=2, label=word(lang, "dependency_line"))
    captive = _steps(table, every, "captive_share")[1]
    if np.nanmax(captive) > 0:
        axes.fill_between(x, captive, step="post", color=style.VERMILION, alpha=0.35, lw=0, label=word(lang, "captive"))
    top = max(float(np.nanmax(np.append(dependency, 0.0))), 0.005) * 1.38
    high = events[["dependency_before", "dependency_after"]].max(axis=1)
    for number, (date, level) in enumerate(zip(events["date"], high, strict=True), 1):
        axes.annotate(
            str(number),
            (_when(date), level),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            fontweight="bold",
            color=style.INK,
            path_effects=halo(),
        )
    from matplotlib.ticker import MaxNLocator

    axes.set(xlim=(years[0], years[-1] + 1.0), ylim=(0, top))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(lambda share, _: percent(share, 0 if top > 0.05 else 1, lang))
    country = country_name(lang, str(found.settings["country"]))
    through = through_country(lang, str(found.settings["through"]))
    axes.set_ylabel(word(lang, "own_share"))
    axes.legend(loc="upper right", frameon=False, fontsize=8)
    title = word(lang, "title_timeline", country=country, through=through, mode=manner(lang, found.settings))
    axes.set_title(title, loc="left", fontsize=10.5, fontweight="bold", pad=10)
    _list_events(axes, events, lang)
    return axes


def moves(found: Timeline) -> bool:
    """Tell whether anything that can be seen happened to the dependency."""
    return len(_noticed(found.events)) > 0


def _steps(table: pd.DataFrame, events: pd.DataFrame, figure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the corners of a figure that holds from the date of each event to the next."""
    first = events[f"{figure}_before"].iloc[0] if len(events) else table[figure].iloc[0]
    points = [(float(table.index[0]), float(first))]
    points += [(_when(d), float(v)) for d, v in zip(events["date"], events[f"{figure}_after"], strict=True)]
    points.append((float(table.index[-1]) + 1.0, float(table[figure].iloc[-1])))
    x, y = np.array(points).T
    return x, y


def _noticed(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that can be seen, in order; of many, those that moved most."""
    seen = events[events["change"].abs() >= _NOTICED]
    if len(seen) > MOST_EVENTS:
        seen = seen.loc[seen["change"].abs().nlargest(MOST_EVENTS).index].sort_index()
    return seen


def _when(text: str) -> float:
    """Return a date as a year with its part."""
    day = last_day(text)
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _list_events(axes: Axes, events: pd.DataFrame, lang: str) -> None:
    figure: Any = axes.figure
    height = figure.get_figheight() * axes.get_position().height
    row = 0
    for number, (date, change, event) in enumerate(
        zip(*(events[c] for c in ("date", "change", "event")), strict=True), 1
    ):
        points = ("+" if change > 0 else "−") + percent(abs(change), 1, lang)
        wrapped = wrap(f"{number}   {date}   {points}   {event}", _LINE_LETTERS, subsequent_indent="      ")
        for line in wrapped:
            axes.text(0, -(0.42 + _LINE_IN * row) / height, line, transform=axes.transAxes, fontsize=8, va="top")
            row += 1
