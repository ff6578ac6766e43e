"""The chart of a timeline: dependency by year, and a numbered list of what moved it."""

from __future__ import annotations

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
_LINE_IN = 0.2


def plot_timeline(found: Timeline, ax: Axes | None, lang: str) -> Axes:
    """Draw dependency and captive share over the years with a number at each event, and the events below."""
    table = found.table
    events = _noticed(found.events)
    axes = ax if ax is not None else style.new_axes(9.0, 4.2)
    years = table.index.to_numpy(float)
    x, dependency = _steps(table, events, "dependency")
    axes.step(x, dependency, where="post", color=style.BLUE, lw=2, label=word(lang, "dependency_line"))
    captive = _steps(table, events, "captive_share")[1]
    axes.fill_between(x, captive, step="post", color=style.VERMILION, alpha=0.35, lw=0, label=word(lang, "captive"))
    top = max(float(np.nanmax(dependency)), 0.005) * 1.18
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
    from matplotlib.ticker import MaxNLocator, PercentFormatter

    axes.set(xlim=(years[0], years[-1] + 1.0), ylim=(0, top))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=None))
    country = country_name(lang, str(found.settings["country"]))
    through = through_country(lang, str(found.settings["through"]))
    axes.set_ylabel(word(lang, "own_share"))
    axes.legend(loc="upper right", frameon=False, fontsize=8)
    title = word(lang, "title_timeline", country=country, through=through, mode=manner(lang, found.settings))
    axes.set_title(title, loc="left", fontsize=10.5, fontweight="bold", pad=10)
    _list_events(axes, events, lang)
    return axes


def _steps(table: pd.DataFrame, events: pd.DataFrame, figure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the corners of a figure that holds from each point to the next.

    A year's figure is that of its last day; an event's holds from its date on.
    """
    first = events[f"{figure}_before"].iloc[0] if len(events) else table[figure].iloc[0]
    points = [(float(table.index[0]), float(first))]
    points += [(year + 1.0, float(value)) for year, value in zip(table.index, table[figure], strict=True)]
    points += [(_when(d), float(v)) for d, v in zip(events["date"], events[f"{figure}_after"], strict=True)]
    x, y = np.array(sorted(points, key=lambda point: point[0])).T
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
    for number, (date, change, event) in enumerate(
        zip(*(events[c] for c in ("date", "change", "event")), strict=True), 1
    ):
        text = f"{number}   {date}   {'+' if change > 0 else ''}{percent(change, 1, lang)}   {event}"
        axes.text(0, -(0.42 + _LINE_IN * (number - 1)) / height, text, transform=axes.transAxes, fontsize=8, va="top")
