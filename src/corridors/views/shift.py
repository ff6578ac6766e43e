"""What a scenario moves on a map: links and crossings that gain or lose traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from corridors.views import style
from corridors.views.labels import Label
from corridors.views.words import names, percent, word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.analysis.compare import Compared
    from corridors.model.network import Network
    from corridors.views.layers import Sheet

_MOST_WIDTH = 7.0
_LEAST = 0.01
"""A link shows if its flow changes by this share of the largest change."""
_NOTHING = 1e-9
_NAMED = 8


def draw_shift(sheet: Sheet, found: Compared) -> bool:
    """Draw links by how much traffic they gain (drawn through) or lose (dashed); tell if any does."""
    from matplotlib.collections import LineCollection
    from matplotlib.lines import Line2D

    before, after = _flows(sheet.network, found)
    moved = is_moved(sheet.network, found)
    if not moved.any():
        return False
    change = np.where(moved, after - before, 0.0)
    most = float(np.abs(change).max())
    width = _MOST_WIDTH * np.sqrt(np.abs(change) / most)
    for sign, colour, key in ((-1, style.LOST, "flow_lost"), (1, style.GAINED, "flow_gained")):
        shown = np.flatnonzero(change * sign > 0)
        if not len(shown):
            continue
        courses = [sheet.lines[i] for i in shown]
        look = {"linestyles": (0, (2.2, 0.7)), "capstyle": "butt"} if sign < 0 else {"capstyle": "round"}
        layer = LineCollection(courses, colors=colour, linewidths=width[shown], zorder=7 + 0.1 * sign, **look)
        sheet.ax.add_collection(layer, autolim=False)
        sheet.busy.extend(sheet.lines[i] for i in shown if width[i] > 0.15 * _MOST_WIDTH)
        largest = float(np.abs(change[shown]).max())
        label = word(sheet.lang, key, share=percent(largest, 1, sheet.lang))
        dash = (0, (1.2, 0.4)) if sign < 0 else "-"
        size = _MOST_WIDTH * np.sqrt(largest / most)
        sheet.legend.append(Line2D([], [], color=colour, lw=size, ls=dash, label=label, solid_capstyle="butt"))
    _name_crossings(sheet, before, after)
    return True


def is_moved(network: Network, found: Compared) -> NDArray[np.bool_]:
    """Return which links gain or lose enough traffic to show, shape (links,)."""
    before, after = _flows(network, found)
    change = np.where(network.links["mode"] == "transfer", 0.0, np.abs(after - before))
    return np.asarray(change > max(_LEAST * float(change.max(initial=0.0)), _NOTHING))


def _flows(network: Network, found: Compared) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the flow on each link before and after, as shares of all weight."""
    before, after = (
        found.link_flow[column].reindex(network.links.index).fillna(0.0).to_numpy(float)
        for column in ("before", str(found.summary.index[0]))
    )
    return before, after


def _name_crossings(sheet: Sheet, before: NDArray[np.float64], after: NDArray[np.float64]) -> None:
    """Mark and name the crossings whose traffic changes most, with a cross where all of it is gone."""
    from matplotlib.lines import Line2D

    network = sheet.network
    row_of = network.links.index.get_indexer(pd.Index(network.crossing_links["link_id"]))
    place = network.crossings.index.get_indexer(pd.Index(network.crossing_links["crossing_id"]))
    was, now = (np.zeros(len(network.crossings)) for _ in range(2))
    # each crossing stands on a link to either side; the busiest of them carries what crosses
    np.maximum.at(was, place, before[row_of])
    np.maximum.at(now, place, after[row_of])
    change = now - was
    called = names(network.crossings, sheet.lang)
    largest = np.argsort(-np.abs(change), kind="stable")[:_NAMED]
    emptied = (was > 0) & (now <= 1e-12)
    for row in largest[np.abs(change[largest]) > 0.0005]:
        x, y = sheet.spots[row]
        gone = bool(emptied[row])
        mark = "X" if gone else style.CROSSING_MARKS[str(network.crossings["mode"].iloc[row])]
        size, face, edge = (8.0, style.INK, "white") if gone else (4.5, "white", style.INK)
        sheet.ax.plot(x, y, mark, ms=size, mfc=face, mec=edge, mew=0.9, zorder=9)
        sheet.marks.append((sheet.spots[[row]], size / 2 + 0.5))
        sign, colour = ("+", "#00426b") if change[row] > 0 else ("−", "#7a3000")
        text = f"{called.iloc[row]} {sign}{percent(abs(change[row]), 1, sheet.lang)}"
        sheet.labels.append(Label(x, y, text, 7.0, "bold", colour, size / 2 + 2.5, needed=True))
    if emptied[largest].any():
        label = word(sheet.lang, "crossing_emptied")
        sheet.legend.append(Line2D([], [], marker="X", color=style.INK, mec="white", ms=8, ls="none", label=label))
