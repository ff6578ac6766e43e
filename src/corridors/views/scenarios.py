"""Charts of scenarios: what they change by region, and the worst sets of crossings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.views import style
from corridors.views.bars import MOST_BARS, bar_axes, barh, region_names, title
from corridors.views.labels import halo
from corridors.views.words import manner, names, percent, unit_of, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from corridors.analysis.compare import Compared
    from corridors.analysis.robustness import WorstSets

_MOST_SCENARIOS = len(style.ROUTE_COLOURS)
_SEEN = 0.0005
"""A share that shows in percent with one digit."""


def plot_compared(found: Compared, ax: Axes | None, lang: str) -> Axes:
    """Draw what each scenario adds to the trips of each region; the traffic it cuts off is written behind the bar.

    Of more scenarios than there are colours the first ones are drawn, and the title says how many.
    """
    scenarios = list(found.summary.index[:_MOST_SCENARIOS])
    table = found.table[found.table["scenario"].isin(scenarios) & (found.table["changed_share"] > 0)]
    most = table.assign(size=table["change"].abs() + table["unserved_share_after"] - table["unserved_share_before"])
    regions = most.groupby(level=0)["size"].max().sort_values(ascending=False, kind="stable").index[:MOST_BARS]
    axes = bar_axes(ax, round(len(regions) * max(1.0, 0.6 * len(scenarios))))
    height = 0.8 / len(scenarios)
    for at, (scenario, colour) in enumerate(zip(scenarios, style.ROUTE_COLOURS, strict=False)):
        here = table[table["scenario"] == scenario].reindex(regions)
        rows = np.arange(len(regions)) + (at - (len(scenarios) - 1) / 2) * height
        change = here["change"].fillna(0.0).to_numpy(float)
        lost = (here["unserved_share_after"] - here["unserved_share_before"]).fillna(0.0).to_numpy(float)
        axes.barh(rows, change, height=height, color=colour, label=scenario)
        for row, length, gone in zip(rows, change, lost, strict=True):
            if gone > _SEEN:
                text = f" ▲ {percent(gone, 1, lang)}"
                axes.text(max(length, 0.0), row, text, va="center", fontsize=7, path_effects=halo())
    barh(axes, region_names(found, table[~table.index.duplicated()].reindex(regions), lang), [])
    if (table["unserved_share_after"] - table["unserved_share_before"] > _SEEN).any():
        axes.plot([], [], "^", color=style.INK, label=word(lang, "unserved"), ls="none", ms=5)
    axes.axvline(0.0, color=style.INK, lw=0.8)
    axes.margins(x=0.12)
    axes.xaxis.set_major_formatter(lambda value, _: percent(value, 0, lang))
    axes.set_xlabel(word(lang, "change_axis"))
    axes.legend(loc="best", frameon=False, fontsize=8)
    said = word(lang, "title_compared", mode=manner(lang, found.settings))
    title(axes, said if len(scenarios) == len(found.summary) else f"{said} ({len(scenarios)}/{len(found.summary)})")
    return axes


def plot_worst_sets(found: WorstSets, ax: Axes | None, lang: str) -> Axes:
    """Draw the sets as bars of criticality, with the sum of their crossings shut one at a time as a mark."""
    table = found.table.head(MOST_BARS)
    called = names(found.network.crossings, lang)
    size = int(table["crossing_ids"].str.count(r"\|").max()) + 1
    join = " + " if size == 2 else " +\n"  # three names are too long for a line
    sets = [join.join(str(called[c]) for c in ids.split("|")) for ids in table["crossing_ids"]]
    axes = bar_axes(ax, len(table) * (1 if size == 2 else 2))
    in_minutes = found.settings.get("minimize") == "time"
    unit = unit_of(lang, found.settings)
    times = 60 if in_minutes else 1
    together = table["criticality"].to_numpy(float) * times
    alone = table["sum_alone_criticality"].to_numpy(float) * times
    barh(axes, sets, [(together, style.VERMILION, word(lang, "shut_together"))])
    axes.plot(alone, np.arange(len(table)), "|", color=style.INK, ms=12, mew=2, label=word(lang, "sum_alone"))
    for row, (length, lost) in enumerate(zip(np.maximum(together, alone), table["unserved_share"], strict=True)):
        text = f"▲ {percent(lost, 1, lang)}" if lost > _SEEN else ""
        axes.text(length, row, f"  {text}", va="center", fontsize=7.5, path_effects=halo())
    if (table["unserved_share"] > _SEEN).any():
        axes.plot([], [], "^", color=style.INK, label=word(lang, "unserved"), ls="none", ms=5)
    axes.set_xlabel(word(lang, "criticality_set_axis", unit=unit))
    axes.set_xlim(0, max(float(together.max(initial=0.0)), float(alone.max(initial=0.0)), 1e-9) * 1.15)
    if ax is None:
        figure: Any = axes.figure
        figure.legend(loc="outside lower right", ncols=3, frameon=False, fontsize=8)
    else:
        axes.legend(loc="upper right", bbox_to_anchor=(1.0, -0.13), ncols=3, frameon=False, fontsize=8)
    title(axes, word(lang, "title_worst_sets", size=str(size), mode=manner(lang, found.settings)))
    return axes
