"""The robustness curve: what share of cross-border traffic is still served as crossings fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridors.views import style
from corridors.views.labels import Board, Label
from corridors.views.words import manner, names, percent, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from corridors.analysis.robustness import Robustness

_NAMED = 0.02
"""A failure that takes more than this share is named."""


def plot_robustness(found: Robustness, ax: Axes | None, lang: str) -> Axes:
    """Draw the share still served worst first, and at random with P10 to P90; failures that take much are named."""
    table = found.table
    axes = ax if ax is not None else style.new_axes(9.0, 4.6)
    failed = table.index.to_numpy(float)
    served = table["share_served"].to_numpy(float)
    low, high = (table[f"share_served_random_{p}"].to_numpy(float) for p in ("p10", "p90"))
    figures = found.figures
    mean, spread = word(lang, "failing_at_random", orders=found.settings["orders"]), word(lang, "p10_p90")
    axes.fill_between(failed, low, high, color=style.ORANGE, alpha=0.25, lw=0, label=spread)
    said = percent(figures["robustness_random"], 0, lang)
    axes.plot(failed, table["share_served_random"], color=style.ORANGE, lw=2, label=f"{mean}: R = {said}")
    said = percent(figures["robustness_worst_first"], 0, lang)
    label = f"{word(lang, 'failing_worst_first')}: R = {said}"
    axes.plot(failed, served, "o-", color=style.BLUE, lw=2, ms=3.5, label=label)
    from matplotlib.ticker import MaxNLocator

    axes.set(xlim=(0, failed[-1]), ylim=(0, 1.04))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: percent(value, 0, lang))
    axes.set_xlabel(word(lang, "crossings_failed"))
    axes.set_ylabel(word(lang, "share_still_served"))
    axes.grid(color="#e5e5e5", lw=0.6)
    axes.set_axisbelow(True)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=3, frameon=False, fontsize=8)
    title = word(lang, "title_robustness", mode=manner(lang, found.settings))
    axes.set_title(title, loc="left", fontsize=10.5, fontweight="bold", pad=10)
    figure = axes.figure
    if figure is not None and ax is None:
        figure.subplots_adjust(bottom=0.21)
    called = names(found.network.crossings, lang)
    board = Board(axes)
    for line in (served, low, high):
        board.keep_clear(failed, line)
    drops = [q for q in range(1, len(served)) if served[q - 1] - served[q] > _NAMED]
    board.put([Label(float(q), served[q], str(called[table["crossing_id"].iloc[q]]), 7.5, gap=5) for q in drops])
    return axes
