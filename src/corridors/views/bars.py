"""Horizontal bars, which several charts are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.views import style
from corridors.views.words import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.analysis.results import Result

MOST_BARS = 25
_BAR_IN = 0.24


def title(axes: Axes, text: str, pad: float = 10.0) -> None:
    """Write the title of a chart, some points above it."""
    axes.set_title(text, loc="left", fontsize=10.5, fontweight="bold", pad=pad)


def bar_axes(ax: Axes | None, bars: int) -> Axes:
    """Return axes tall enough for some horizontal bars."""
    if ax is not None:
        return ax
    axes = style.new_axes(8.5, 1.3 + _BAR_IN * max(bars, 3))
    figure: Any = axes.figure
    figure.set_layout_engine("constrained")
    return axes


def barh(axes: Axes, labels: Sequence[str], parts: Sequence[tuple[NDArray[np.float64], str, str]]) -> None:
    """Draw stacked horizontal bars, the first row on top: (lengths, colour, label) of each part."""
    rows = np.arange(len(labels))
    left = np.zeros(len(labels))
    for lengths, colour, label in parts:
        axes.barh(rows, lengths, left=left, color=colour, label=label, height=0.72)
        left = left + lengths
    axes.set_yticks(rows, labels, fontsize=8)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#e5e5e5", lw=0.6)
    axes.set_axisbelow(True)


def region_names(result: Result, table: pd.DataFrame, lang: str) -> list[str]:
    """Return the names of the regions that a table is indexed by."""
    regions = result.network.regions_as_of(str(result.settings["as_of"]))
    called = names(regions, lang)
    return [str(called.get(region, name)) for region, name in zip(table.index, table["name"], strict=True)]
