"""What drawn waits do to a ranking: P10 to P90 with P50, on bars or alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corridors.errors import UsageError
from corridors.views import style
from corridors.views.bars import MOST_BARS, bar_axes, barh, title
from corridors.views.labels import halo
from corridors.views.words import country_name, manner, names, percent, through_country, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.analysis.transit import Transit

_SMALL = 0.06
"""Where the axis ends below it, percents have a decimal."""


def whiskers(axes: Axes, quantiles: NDArray[np.float64], draws: int, lang: str) -> None:
    """Draw P10 to P90 as a line and P50 as a dot over each of some horizontal bars; ``quantiles`` has shape (3, N)."""
    low, mid, high = quantiles
    rows = np.arange(len(mid))
    axes.hlines(rows, low, high, color=style.INK, lw=1.6, label=word(lang, "p10_p90"), zorder=4)
    axes.plot(mid, rows, "o", mfc="white", mec=style.INK, mew=1.2, ms=5, ls="none", zorder=5,
              label=word(lang, "p50_of_draws", draws=draws))  # fmt: skip


def plot_drawn_transit(found: Transit, ax: Axes | None, lang: str) -> Axes:
    """Draw the dependent traffic on each crossing in the draws, and with median waits."""
    if found.uncertainty is None:
        raise UsageError("a chart of crossings in the draws: expected draws with the dependency")
    table = found.drawn_crossings.head(MOST_BARS)
    axes = bar_axes(ax, len(table))
    settled = found.by_crossing["share"].reindex(table.index).fillna(0.0).to_numpy(float)
    called = names(found.network.crossings, lang)
    barh(axes, [str(called[c]) for c in table.index], [(settled, style.SKY, word(lang, "with_median_waits"))])
    quantiles = table[["share_p10", "share_p50", "share_p90"]].to_numpy(float).T
    whiskers(axes, quantiles, int(found.uncertainty["draws"]), lang)
    for row, (mid, end) in enumerate(zip(quantiles[1], np.maximum(quantiles[2], settled), strict=True)):
        axes.text(end, row, "  " + percent(mid, 1, lang), va="center", fontsize=7.5, path_effects=halo())
    country = country_name(lang, str(found.settings["country"]))
    through = through_country(lang, str(found.settings["through"]))
    axes.set_xlim(0, max(float(quantiles[2].max(initial=0.0)), float(settled.max(initial=0.0)), 1e-9) * 1.12)
    axes.set_xlabel(word(lang, "dependent_share", through=through))
    if len(table):
        digits = 1 if axes.get_xlim()[1] < _SMALL else 0
        axes.xaxis.set_major_formatter(lambda share, _: percent(share, digits, lang))
        axes.legend(loc="lower right", frameon=False, fontsize=8)
    else:
        axes.set(xlim=(0, 1), yticks=[])
        axes.text(0.5, 0.5, word(lang, "no_flow", through=through), transform=axes.transAxes, ha="center")
    mode = manner(lang, found.settings)
    title(axes, word(lang, "title_drawn_transit", country=country, through=through, mode=mode))
    return axes
