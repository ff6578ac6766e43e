"""The schematic diagram of a line: its stops in order over km, the countries it lies in, the border with its crossings.

Up and down are measured in points, so that what is drawn keeps its distances on any axes. Names stand at a slant: those
that have no room are left out, the least important first, and every stop keeps its tick.
"""

from __future__ import annotations

from itertools import groupby
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.views import style
from corridors.views.bars import title
from corridors.views.labels import halo, text_size
from corridors.views.words import country_name, manner, names, number, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.analysis.lines import LineDiagram

_SLANT = 55.0
_SIZE = 7.5
_STEP = 1.25 * _SIZE / sin(radians(_SLANT))
"""Points along the line that a slanted name needs."""
_LEVEL, _BAND, _LEADER, _OVER_LINE = 24.0, (-19.0, -8.0), 16.0, 5.0
_WIDTH_IN, _TITLE_IN, _FOOT_IN = 12.0, 0.42, 0.62
_IN_USE = {"operational", "seasonal"}


def plot_line(found: LineDiagram, ax: Axes | None, lang: str) -> Axes:
    """Draw the stops as ticks on a line, names over it, countries under it, crossings with their border below."""
    stops = _texts(found, lang)
    above, below = stops[(stops["branch"] == 0) & (stops["kind"] != "crossing")], _below(stops)
    deep = _LEVEL * int(stops["branch"].max()) - _BAND[0] + _LEADER + _slanted(below)
    axes = _line_axes(stops, above, deep) if ax is None else ax
    figure: Any = axes.figure
    wide, high = (72 * length / figure.dpi for length in axes.get_window_extent().size)
    points_per_km = wide / max(found.length_km, 1e-9)
    axes.set(xlim=(0, max(found.length_km, 1e-9)), ylim=(-deep, max(high - deep, 20.0)))
    _draw_course(axes, found, lang)
    _draw_stops(axes, stops, lang)
    named = above[_chosen(above, points_per_km)]
    for km, text, kind in zip(named["km"], named["text"], named["kind"], strict=True):
        weight = "bold" if kind == "city" else "normal"
        axes.text(km, 7, text, rotation=_SLANT, rotation_mode="anchor", fontsize=_SIZE, fontweight=weight, ha="left",
                  va="center", color=style.INK)  # fmt: skip
    _name_below(axes, below, points_per_km, -deep + _slanted(below))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(word(lang, "km_from", place=str(stops["said"].iloc[0])), loc="left")
    _legend(axes, found.stretches, lang, high)
    over = deep + _slanted(named) + 2 * _OVER_LINE - high  # how far names rise above axes that are too low for them
    title(axes, _heading(found, stops, lang), 10.0 + max(over, 0.0))
    return axes


def _line_axes(stops: pd.DataFrame, above: pd.DataFrame, deep: float) -> Axes:
    """Return axes with room for the names: those over the line lean out to the right, those under it to the left."""
    side = max(0.03, cos(radians(_SLANT)) * max(text_size(t, _SIZE)[0] for t in stops["text"]) / 72 / _WIDTH_IN)
    km = float(stops.loc[stops["branch"] == 0, "km"].max())
    chosen = _chosen(above, 72 * _WIDTH_IN * (1 - 2 * side) / max(km, 1e-9))
    high = (deep + 14 + _slanted(above[chosen])) / 72
    axes = style.new_axes(_WIDTH_IN, high + _TITLE_IN + _FOOT_IN)
    figure: Any = axes.figure
    whole = high + _TITLE_IN + _FOOT_IN
    figure.subplots_adjust(left=side, right=1 - side, bottom=_FOOT_IN / whole, top=1 - _TITLE_IN / whole)
    return axes


def _texts(found: LineDiagram, lang: str) -> pd.DataFrame:
    """Return the stops with what they are called in a language (said), and that with their km (text)."""
    places, crossings = names(found.network.places, lang), names(found.network.crossings, lang)
    table = found.table
    said = table["crossing_id"].map(crossings).fillna(table["place_id"].map(places)).fillna(table["name"])
    text = [f"{name}  {number(lang, km)}" for name, km in zip(said, table["km"], strict=True)]
    return table.assign(said=said, text=text)


def _below(stops: pd.DataFrame) -> pd.DataFrame:
    """Return what is named under the line: crossings, and the ends of branches."""
    branches = stops[stops["branch"] > 0]
    ends = branches[~branches["branch"].duplicated(keep="last")]
    shown = stops["crossing_id"].notna() | stops.index.isin(ends.index)
    return stops[shown].sort_values("km", kind="stable")


def _slanted(stops: pd.DataFrame) -> float:
    """Return the height in points that the longest of some slanted names takes."""
    return max((sin(radians(_SLANT)) * text_size(t, _SIZE)[0] + _SIZE for t in stops["text"]), default=0.0)


def _chosen(above: pd.DataFrame, points_per_km: float) -> NDArray[np.bool_]:
    """Return which stops are named: ends, then cities and towns by people, junctions, others; none over another."""
    km = above["km"].to_numpy(float)
    people = above["population"].fillna(0.0).to_numpy(float)
    ends = np.isin(np.arange(len(km)), (0, len(km) - 1))
    order = np.lexsort((np.arange(len(km)), ~above["junction"].to_numpy(bool), -people, ~ends))
    chosen = np.zeros(len(km), bool)
    for at in order:
        chosen[at] = (np.abs(km[chosen] - km[at]) * points_per_km >= _STEP).all()
    return chosen


def _draw_course(axes: Axes, found: LineDiagram, lang: str) -> None:
    """Draw the line and its branches, dashed where not in use, and a band of the countries under the line."""
    rows = found.stretches
    everywhere = sorted(found.network.nodes["country"].dropna().unique())
    colour_of = dict(zip(everywhere, style.COUNTRY_COLOURS * 9, strict=False))
    for branch in sorted(set(rows["branch"])):
        part = rows[rows["branch"] == branch]
        level = _level(branch)
        if branch:
            fork = float(part["start_km"].iloc[0])
            axes.plot([fork, fork], [0, level], color=style.INK, lw=1.2, zorder=3)
        parts = zip(part["start_km"], part["end_km"], part["status"].isin(_IN_USE), strict=True)
        for used, run in groupby(parts, key=lambda row: row[2]):
            stretch = list(run)
            axes.plot([stretch[0][0], stretch[-1][1]], [level, level], color=style.INK, lw=2.4 if used else 1.6,
                      ls="-" if used else (0, (2, 2)), zorder=3, solid_capstyle="butt")  # fmt: skip
    main = rows[rows["branch"] == 0]
    in_turn = zip(main["start_km"], main["end_km"], main["country"].fillna(""), strict=True)
    for country, run in groupby(in_turn, key=lambda row: row[2]):
        stretch = list(run)
        start, end = stretch[0][0], stretch[-1][1]
        axes.broken_barh([(start, end - start)], (_BAND[0], _BAND[1] - _BAND[0]),
                         facecolors=colour_of.get(country, "#cccccc"), edgecolors="white", linewidth=0.8)  # fmt: skip
        said = country_name(lang, country) if country else word(lang, "sea")
        room = axes.transData.transform([(start, 0), (end, 0)])[:, 0]
        if 72 * float(room[1] - room[0]) / axes.figure.dpi > text_size(said, 7)[0] + 4:
            axes.text((start + end) / 2, sum(_BAND) / 2, said, fontsize=7, ha="center", va="center_baseline")


def _level(branch: int) -> float:
    """Return how high a branch is drawn: each in its own row under the band of countries."""
    return _BAND[0] - _LEVEL * branch if branch else 0.0


def _draw_stops(axes: Axes, stops: pd.DataFrame, lang: str) -> None:
    """Draw a tick for each stop, a ring for a junction, a dot for a city, a mark for a crossing."""
    level = np.array([_level(branch) for branch in stops["branch"]])
    for kind, mark in _marks().items():
        at = _is(stops, kind).to_numpy(bool)
        if at.any():
            axes.plot(stops["km"].to_numpy(float)[at], level[at], ls="none", zorder=5, label=word(lang, kind),
                      clip_on=False, **mark)  # fmt: skip


def _marks() -> dict[str, dict[str, Any]]:
    return {
        "stop": {"marker": "|", "ms": 8, "color": style.INK, "mew": 1.1},
        "junction": {"marker": "o", "ms": 5.5, "mfc": "white", "mec": style.INK, "mew": 1.2},
        "city": {"marker": "o", "ms": 6.5, "mfc": style.INK, "mec": "white", "mew": 0.8},
        "border_crossing": {"marker": "D", "ms": 5.5, "mfc": style.VERMILION, "mec": "white", "mew": 0.8},
    }


def _is(stops: pd.DataFrame, kind: str) -> pd.Series:
    """Tell which stops are drawn as a kind; each is one."""
    crossing, city = stops["kind"] == "crossing", stops["kind"] == "city"
    found = {"border_crossing": crossing, "city": city & ~crossing, "junction": stops["junction"] & ~city & ~crossing}
    return found[kind] if kind in found else ~(crossing | city | stops["junction"])


def _name_below(axes: Axes, below: pd.DataFrame, points_per_km: float, top: float) -> None:
    """Name crossings and ends of branches under the line, moved apart, each with a leader to its place."""
    km = below["km"].to_numpy(float)
    moved = spread(km * points_per_km, _STEP) / points_per_km
    for at, to, (text, kind, branch) in zip(km, moved, below[["text", "kind", "branch"]].to_numpy(), strict=True):
        colour = style.VERMILION if kind == "crossing" else style.INK
        start = _level(branch) or _OVER_LINE
        corner = top + _LEADER * 0.6
        dash = "--" if kind == "crossing" else "-"
        axes.plot([at, at, to], [start, corner, top + 3], color=colour, lw=0.8, ls=dash, zorder=2, clip_on=False)
        axes.text(to, top, text, rotation=_SLANT, rotation_mode="anchor", fontsize=_SIZE, ha="right", va="center",
                  color=colour, path_effects=halo())  # fmt: skip


def spread(wanted: NDArray[np.float64], gap: float) -> NDArray[np.float64]:
    """Return places in the same order, at least a gap apart, with the least squares of the moves.

    Examples
    --------
    >>> spread(np.array([0.0, 1.0, 9.0]), 3.0).tolist()
    [-1.0, 2.0, 9.0]
    """
    steps = gap * np.arange(len(wanted))
    pools: list[tuple[float, int]] = []  # means of neighbours that push each other, and how many they are
    for value in wanted - steps:
        pools.append((float(value), 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (left, many), (right, more) = pools[-2:]
            pools[-2:] = [((left * many + right * more) / (many + more), many + more)]
    return np.repeat([mean for mean, _ in pools], [many for _, many in pools]) + steps if pools else wanted


def _legend(axes: Axes, stretches: pd.DataFrame, lang: str, high: float) -> None:
    if not stretches["status"].isin(_IN_USE).all():
        axes.plot([], [], color=style.INK, lw=1.6, ls=(0, (2, 2)), label=word(lang, "line_not_in_use"))
    axes.legend(loc="upper right", bbox_to_anchor=(1.0, -16 / high), ncols=5, frameon=False, fontsize=7.5,
                handletextpad=0.3, columnspacing=1.2)  # fmt: skip


def _heading(found: LineDiagram, stops: pd.DataFrame, lang: str) -> str:
    if found.object_id:
        return str(names(found.network.corridors, lang)[found.object_id])
    ends = stops.loc[stops["branch"] == 0, "said"].iloc[[0, -1]]
    return f"{' – '.join(ends)}, {manner(lang, found.settings)}"
