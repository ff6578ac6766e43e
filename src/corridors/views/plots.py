"""Charts of results: one function for each kind, found by the name of the result's type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import UsageError
from corridors.views import style
from corridors.views.bars import MOST_BARS, bar_axes, barh, region_names, title
from corridors.views.history import plot_timeline
from corridors.views.labels import halo
from corridors.views.layers import place_name
from corridors.views.lines import plot_line
from corridors.views.robustness import plot_robustness
from corridors.views.route_charts import plot_arrivals, plot_cost, plot_time
from corridors.views.scenarios import plot_compared, plot_worst_sets
from corridors.views.spread import plot_drawn_transit, whiskers
from corridors.views.words import (
    check_language,
    country_name,
    manner,
    names,
    number,
    percent,
    through_country,
    unit_of,
    word,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from corridors.analysis.crossings import Crossings
    from corridors.analysis.regions import Regions
    from corridors.analysis.results import Result
    from corridors.analysis.routes import Routes
    from corridors.analysis.skims import Matrix, Reach
    from corridors.analysis.transit import Transit

MOST_ZONES = 40


def plot(result: Result, ax: Axes | None = None, *, kind: str | None = None, lang: str | None = None) -> Axes:
    """Draw a result as the chart that suits it.

    Parameters
    ----------
    result
        Routes: time over distance (kind ``time``), ``cost`` over distance, the stops of the best as a ``line``, or with
        percentiles its ``arrivals``. Transit: dependency by region (``regions``), or with draws the ``crossings`` used.
        Crossings: ranking. Regions: crossings and exposure. Matrix: heat map of hours. Reach: hours to each zone with
        and without the border. Timeline: dependency by year. Robustness: share served as crossings fail. Compared:
        change by region. WorstSets: ranking. LineDiagram: its stops.
    ax
        Where to draw; None: on a new figure.
    kind
        Which chart, where a result has several; None: the first.
    lang
        ``en``, ``ru`` or ``kk``; None: the network's language.

    Raises
    ------
    TypeError
        If there is no chart for such a result.
    UsageError
        If a result has no such kind of chart, or not what it draws.

    Examples
    --------
    >>> import corridors as co
    >>> ax = plot(co.route(co.load(), "Kurgan", "Omsk", mode="rail"))
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('distance, km', 'time, h')
    """
    lang = lang or result.network.language
    check_language(lang)
    name = type(result).__name__
    if name not in _CHARTS:
        raise TypeError(f"no chart for a {name}, expected one of {', '.join(_CHARTS)}")
    charts = _CHARTS[name]
    if kind is not None and kind not in charts:
        raise UsageError(f"chart kind {kind!r} is unknown, expected one of {', '.join(charts)}")
    with style.our_font():
        axes: Axes = charts[kind or next(iter(charts))](result, ax, lang)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    return axes


def _plot_transit(found: Transit, ax: Axes | None, lang: str) -> Axes:
    """Draw dependency and captive share by region of origin, and that of the whole country."""
    table = found.table[found.table["dependency"] > 0].head(MOST_BARS)
    axes = bar_axes(ax, len(table))
    captive = table["captive_share"].to_numpy(float)
    rest = table["dependency"].to_numpy(float) - captive
    parts = [(captive, style.VERMILION, word(lang, "captive")), (rest, style.SKY, word(lang, "avoidable"))]
    barh(axes, region_names(found, table, lang), parts)
    for row, value in enumerate(table["dependency"]):
        axes.text(
            value,
            row,
            " " + percent(value, 1 if value < 0.1 else 0, lang),
            va="center",
            fontsize=7.5,
            path_effects=halo(),
        )
    country, through = (
        country_name(lang, str(found.settings["country"])),
        through_country(lang, str(found.settings["through"])),
    )
    total = float(found.figures["dependency"])
    label = word(lang, "whole_country", country=country, share=percent(total, 1, lang))
    axes.axvline(total, color=style.INK, lw=1, ls="--", label=label)
    axes.xaxis.set_major_formatter(lambda value, _: percent(value, 0, lang))
    axes.set_xlabel(word(lang, "dependency", through=through))
    axes.set_xlim(0, max(float(table["dependency"].max()) if len(table) else 0.0, 0.01) * 1.12)
    if len(table):
        axes.legend(loc="lower right", frameon=False, fontsize=8)
    else:
        axes.set(xlim=(0, 1), yticks=[])
        axes.text(0.5, 0.5, word(lang, "no_flow", through=through), transform=axes.transAxes, ha="center")
    title(axes, word(lang, "title_transit", country=country, through=through, mode=manner(lang, found.settings)))
    return axes


def _plot_crossings(found: Crossings, ax: Axes | None, lang: str) -> Axes:
    """Draw the ranking as bars of criticality; the traffic left without a route is written behind the bar."""
    table = found.table[(found.table["criticality"] > 0) | (found.table["unserved_share"] > 0)].head(MOST_BARS)
    axes = bar_axes(ax, len(table))
    in_minutes = found.settings.get("minimize") == "time"
    unit = unit_of(lang, found.settings)
    value = table["criticality"].to_numpy(float) * (60 if in_minutes else 1)
    modes = [m for m in style.CROSSING_COLOURS if (table["mode"] == m).any()]
    parts = [
        (np.where(table["mode"] == m, value, 0.0), style.CROSSING_COLOURS[m], word(lang, f"crossing_{m}"))
        for m in modes
    ]
    called = names(found.network.crossings, lang)
    barh(axes, [str(called[c]) for c in table.index], parts)
    ends = value
    if len(found.drawn):
        quantiles = found.drawn.loc[table.index, [f"criticality_p{q}" for q in (10, 50, 90)]].to_numpy(float).T
        quantiles = quantiles * (60 if in_minutes else 1)
        whiskers(axes, quantiles, int(found.settings["draws"]), lang)
        ends = np.maximum(value, quantiles[2])
    for row, (length, end, lost) in enumerate(zip(value, ends, table["unserved_share"], strict=True)):
        text = number(lang, length, 2 if length < 1 else 1)
        if lost > 0:
            text += f"  ▲ {percent(lost, 1, lang)}"
        axes.text(end, row, "  " + text, va="center", fontsize=7.5, path_effects=halo())
    if (table["unserved_share"] > 0).any():
        axes.plot([], [], "^", color=style.INK, label=word(lang, "unserved"), ls="none", ms=5)
    axes.set_xlabel(word(lang, "criticality_axis", unit=unit))
    axes.set_xlim(0, max(float(ends.max(initial=0.0)), 1e-9) * 1.15)
    axes.legend(loc="lower right", frameon=False, fontsize=8)
    title(axes, word(lang, "title_crossings", mode=manner(lang, found.settings)))
    return axes


def _plot_regions(found: Regions, ax: Axes | None, lang: str) -> Axes:
    """Draw the crossings in use of each region as stacked bars, with exposure as dots on a scale above."""
    from matplotlib.ticker import MaxNLocator

    table = found.table.head(MOST_BARS)
    axes = bar_axes(ax, len(table) + 1)
    parts = [
        (table[f"{m}_crossings"].to_numpy(float), style.MODE_COLOURS[m], word(lang, f"crossing_{m}"))
        for m in ("rail", "road", "sea")
    ]
    barh(axes, region_names(found, table, lang), [p for p in parts if p[0].any()])
    axes.set_xlabel(word(lang, "crossings_in_use"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    in_minutes = found.settings.get("minimize") == "time"
    above = axes.twiny()
    dots = table["exposure"].to_numpy(float) * (60 if in_minutes else 1)
    above.plot(dots, np.arange(len(table)), "D", color=style.VERMILION, mec="white", mew=0.8, ms=7)
    above.set_xlim(0, float(np.nanmax(dots, initial=0.0)) * 1.06 or 1.0)
    above.set_xlabel(word(lang, "exposure", unit=unit_of(lang, found.settings)), color=style.VERMILION, fontsize=8.5)
    above.tick_params(axis="x", colors=style.VERMILION, labelsize=8)
    above.spines[["right", "bottom"]].set_visible(False)
    countries = table["country"].to_numpy()
    for row in np.flatnonzero(countries[1:] != countries[:-1]):
        axes.axhline(row + 0.5, color=style.BORDER_LINE, lw=1.2)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=8)
    axes.set_title(
        word(lang, "title_regions", mode=manner(lang, found.settings)),
        loc="left",
        fontsize=10.5,
        fontweight="bold",
        pad=14,
    )
    return axes


def _plot_matrix(found: Matrix, ax: Axes | None, lang: str) -> Axes:
    """Draw hours between the largest zones, by country and from west to east."""
    ids = sorted(found.table["origin"].unique())
    labels = {z: str(z) for z in ids}
    cuts: list[int] = []
    if found.zones is not None:
        zones = found.zones.table.nlargest(MOST_ZONES, "population").sort_values(
            ["country", "x_coord"], ascending=[False, True]
        )
        ids = list(zones.index)
        local = names(found.network.places, lang).to_dict()
        labels = {z: str(local.get(z, name)) for z, name in zip(ids, zones["name"], strict=True)}
        country = zones["country"].to_numpy()
        cuts = list(np.flatnonzero(country[1:] != country[:-1]))
    ids = ids[:MOST_ZONES]
    hours = found.wide("time_h").reindex(index=ids, columns=ids).to_numpy(float)
    axes = style.new_axes(9.5, 8.5) if ax is None else ax
    image = axes.imshow(hours, cmap=style.HOURS_MAP)
    axes.set_facecolor("#eeeeee")
    axes.set_xticks(range(len(ids)), [labels[z] for z in ids], rotation=90, fontsize=6.5)
    axes.set_yticks(range(len(ids)), [labels[z] for z in ids], fontsize=6.5)
    for cut in cuts:
        axes.axhline(cut + 0.5, color="white", lw=1.5)
        axes.axvline(cut + 0.5, color="white", lw=1.5)
    if axes.figure is not None:
        axes.figure.colorbar(image, ax=axes, shrink=0.8, label=word(lang, "hours"))
    title(axes, word(lang, "title_matrix", mode=manner(lang, found.settings)))
    return axes


def _plot_reach(found: Reach, ax: Axes | None, lang: str) -> Axes:
    """Draw the hours to the largest zones within reach: without the border, and what it adds."""
    table = found.table.nlargest(MOST_BARS, "population").sort_values("time_h", kind="stable", na_position="last")
    axes = bar_axes(ax, len(table))
    plain = table["time_without_border_h"].to_numpy(float)
    added = np.clip(np.nan_to_num(table["time_h"].to_numpy(float) - plain), 0, None)
    local = names(found.network.places, lang).to_dict()
    labels = [
        f"{local.get(zone, name)} ({country})"
        for zone, name, country in zip(table.index, table["name"], table["country"], strict=True)
    ]
    parts = [(plain, style.BLUE, word(lang, "without_waits")), (added, style.ORANGE, word(lang, "with_waits"))]
    barh(axes, labels, parts)
    limit = float(found.figures["hours"])
    axes.axvline(limit, color=style.INK, ls="--", lw=1, label=word(lang, "limit", h=f"{limit:g}"))
    axes.set_xlabel(word(lang, "hours"))
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=8)
    start = place_name(found.network, str(found.figures["place"]), lang)
    title(axes, word(lang, "title_reach", h=f"{limit:g}", place=start, mode=manner(lang, found.settings)))
    return axes


def _plot_route_line(found: Routes, ax: Axes | None, lang: str) -> Axes:
    """Draw the stops of the best route as a schematic line."""
    from corridors.analysis.lines import route_line

    return plot_line(route_line(found), ax, lang)


_CHARTS: dict[str, dict[str, Any]] = {
    "Routes": {"time": plot_time, "cost": plot_cost, "line": _plot_route_line, "arrivals": plot_arrivals},
    "Transit": {"regions": _plot_transit, "crossings": plot_drawn_transit},
    "Crossings": {"ranking": _plot_crossings},
    "Regions": {"regions": _plot_regions},
    "Matrix": {"matrix": _plot_matrix},
    "Reach": {"reach": _plot_reach},
    "Timeline": {"timeline": plot_timeline},
    "Robustness": {"robustness": plot_robustness},
    "Compared": {"change": plot_compared},
    "WorstSets": {"ranking": plot_worst_sets},
    "LineDiagram": {"line": plot_line},
}
"""What draws each kind of result, by the name of its type: its charts by kind, the first unless asked."""
