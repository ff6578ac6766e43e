"""Charts of results: one function for each kind, found by the name of the result's type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.views import style
from corridors.views.bars import MOST_BARS, bar_axes, barh, region_names, title
from corridors.views.history import plot_timeline
from corridors.views.labels import Board, Label, halo
from corridors.views.layers import place_name
from corridors.views.robustness import plot_robustness
from corridors.views.scenarios import plot_compared, plot_worst_sets
from corridors.views.words import check_language, country_name, manner, names, number, percent, through_country, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.analysis.crossings import Crossings
    from corridors.analysis.regions import Regions
    from corridors.analysis.results import Result
    from corridors.analysis.routes import Routes
    from corridors.analysis.skims import Matrix, Reach
    from corridors.analysis.transit import Transit

MOST_ZONES = 40
_RIBBON = 0.035


def plot(result: Result, ax: Axes | None = None, *, lang: str | None = None) -> Axes:
    """Draw a result as the chart that suits its kind.

    Parameters
    ----------
    result
        Routes: time over distance. Transit: dependency by region. Crossings: ranking. Regions: crossings and exposure.
        Matrix: heat map of hours. Reach: hours to each zone with and without the border. Timeline: dependency by year.
        Robustness: share served as crossings fail. Compared: change by region. WorstSets: ranking.
    ax
        Where to draw; None: on a new figure.
    lang
        ``en``, ``ru`` or ``kk``; None: the network's language.

    Raises
    ------
    TypeError
        If there is no chart for such a result.

    Examples
    --------
    >>> import corridors as co
    >>> ax = plot(co.route(co.load(), "Kurgan", "Omsk", mode="rail"))
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('distance, km', 'time, h')
    """
    lang = lang or result.network.language
    check_language(lang)
    kind = type(result).__name__
    if kind not in _CHARTS:
        raise TypeError(f"no chart for a {kind}, expected one of {', '.join(_CHARTS)}")
    with style.our_font():
        axes: Axes = _CHARTS[kind](result, ax, lang)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    return axes


def profile(
    route: dict[str, Any],
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[tuple[float, float, dict[str, Any]]]]:
    """Return cumulative km and hours of a route with a step at each crossing, and (km, hours after it, crossing).

    A crossing stands where the route's legs change to the country it leads into.

    Examples
    --------
    >>> legs = [{"length_km": 10.0, "time_h": 1.0, "country": "A"}, {"length_km": 20.0, "time_h": 2.0, "country": "B"}]
    >>> km, hours, steps = profile({"legs": legs, "crossings": [{"into": "B", "wait_h": 5.0, "at_km": 12.0}]})
    >>> km.tolist(), hours.tolist()
    ([0.0, 10.0, 10.0, 30.0], [0.0, 1.0, 6.0, 8.0])
    """
    km, hours = [0.0], [0.0]
    steps: list[tuple[float, float, dict[str, Any]]] = []
    waiting = list(route["crossings"])
    country = ""
    for leg in route["legs"]:
        here = leg["country"] or country
        if country and here != country and waiting and waiting[0]["into"] == here:
            crossing = waiting.pop(0)
            km.append(km[-1])
            hours.append(hours[-1] + crossing["wait_h"])
            steps.append((km[-1], hours[-1], crossing))
        country = here
        km.append(km[-1] + leg["length_km"])
        hours.append(hours[-1] + leg["time_h"])
    return np.array(km), np.array(hours), steps


def _bands(route: dict[str, Any]) -> list[tuple[float, float, str]]:
    """Return (from km, length, country) of each stretch in one country."""
    bands: list[tuple[float, float, str]] = []
    at = 0.0
    for leg in route["legs"]:
        if bands and bands[-1][2] == leg["country"]:
            start, length, country = bands[-1]
            bands[-1] = (start, length + leg["length_km"], country)
        else:
            bands.append((at, leg["length_km"], leg["country"]))
        at += leg["length_km"]
    return bands


def _plot_routes(found: Routes, ax: Axes | None, lang: str) -> Axes:
    """Draw cumulative hours against km; under it a ribbon of countries for each route."""
    axes = style.new_axes(9, 5.2) if ax is None else ax
    drawn = [*found.routes, *([found.unrestricted] if found.unrestricted else [])]
    top = max(float(r["time_h"]) for r in drawn)
    everywhere = sorted(found.network.nodes["country"].dropna().unique())
    colour_of = dict(zip(everywhere, style.COUNTRY_COLOURS * 9, strict=False))
    labels: list[Label] = []
    lines: list[NDArray[np.float64]] = []
    for rank, route in enumerate(drawn):
        free = route is found.unrestricted
        colour = style.VERMILION if free else style.ROUTE_COLOURS[rank % len(style.ROUTE_COLOURS)]
        km, hours, steps = profile(route)
        label = f"{_route_name(found, route, lang)}: {number(lang, km[-1])} {word(lang, 'km')}"
        label += f", {number(lang, hours[-1], 1)} {word(lang, 'h')}"
        width, dash = 2.6 if rank == 0 else 1.6, "--" if free else "-"
        axes.plot(km, hours, color=colour, ls=dash, lw=width, label=label, zorder=5 - 0.1 * rank)
        for step_km, step_h, _ in steps:
            axes.plot(step_km, step_h, "o", mfc="white", mec=colour, ms=5, zorder=6)
        labels += _step_labels(found, steps, lang)
        lines.append(np.column_stack([km, hours]))
        _ribbon(axes, route, top, rank, colour, colour_of)
    for code in sorted({c for r in drawn for *_, c in _bands(r) if c}):
        axes.bar(0, 0, color=colour_of[code], label=country_name(lang, code))
    axes.set(xlabel=word(lang, "distance"), ylabel=word(lang, "hours"), xlim=(0, None))
    axes.set_ylim(-_RIBBON * top * (1.9 + 1.25 * len(drawn)), top * 1.08)
    axes.set_yticks([t for t in axes.get_yticks() if 0 <= t <= top * 1.08])
    bottom, highest = axes.get_ylim()
    legend = axes.legend(loc="lower right", bbox_to_anchor=(1, -bottom / (highest - bottom)), frameon=False, fontsize=8)
    axes.grid(color="#e5e5e5", lw=0.6)
    axes.set_axisbelow(True)
    _name_steps(axes, labels, lines, len(legend.get_texts()))
    ends = [place_name(found.network, name, lang) for name in (found.origin, found.destination)]
    title(axes, f"{ends[0]} – {ends[1]}, {manner(lang, found.settings)}")
    return axes


def _route_name(found: Routes, route: dict[str, Any], lang: str) -> str:
    if route is found.unrestricted:
        return word(lang, "unrestricted", country=through_country(lang, str(found.settings["avoid_country"])))
    return word(lang, "best") if route["rank"] == 1 else word(lang, "alternative", n=route["rank"])


def _step_labels(found: Routes, steps: list[tuple[float, float, dict[str, Any]]], lang: str) -> list[Label]:
    called = names(found.network.crossings, lang)
    labels = []
    for km, hours, crossing in steps:
        wait = float(crossing["wait_h"])
        said = f"+{number(lang, wait, 1)} {word(lang, 'h')}" if wait > 0 else word(lang, "no_wait")
        labels.append(Label(km, hours, f"{called[crossing['crossing_id']]}, {said}", 7, gap=5, needed=True))
    return labels


def _ribbon(axes: Axes, route: dict[str, Any], top: float, rank: int, colour: str, colour_of: dict[str, str]) -> None:
    """Draw the countries of a route as a ribbon under the axis, with a square of the route's colour before it."""
    height = _RIBBON * top
    low = -height * (1.6 + 1.25 * rank)
    for start, length, country in _bands(route):
        face = colour_of.get(country, "#cccccc")
        axes.broken_barh([(start, length)], (low, height), facecolors=face, edgecolors="white", linewidth=0.5)
    across = axes.get_yaxis_transform()
    axes.plot(-0.008, low + height / 2, "s", color=colour, ms=4, clip_on=False, transform=across)


def _name_steps(axes: Axes, labels: list[Label], lines: list[NDArray[np.float64]], legend_rows: int) -> None:
    """Name the crossings, off the lines where there is room, and off the legend and the ribbons."""
    board = Board(axes)
    for line in lines:
        board.keep_clear(line[:, 0], line[:, 1])
    bottom, top = axes.get_ylim()
    floor = -bottom / (top - bottom)
    height = 72 * float(axes.get_window_extent().height) / float(axes.figure.dpi) if axes.figure else 300.0
    board.keep_box(0.0, 0.0, 1.0, floor)
    board.keep_box(0.66, floor, 1.0, floor + 14 * legend_rows / height)
    board.put(labels)


def _plot_transit(found: Transit, ax: Axes | None, lang: str) -> Axes:
    """Draw dependency and captive share by region of origin, and that of the whole country."""
    from matplotlib.ticker import PercentFormatter

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
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=None))
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
    unit = word(lang, "min") if in_minutes else str(found.settings.get("unit", "")).split(" ", maxsplit=1)[0]
    value = table["criticality"].to_numpy(float) * (60 if in_minutes else 1)
    modes = [m for m in style.CROSSING_COLOURS if (table["mode"] == m).any()]
    parts = [
        (np.where(table["mode"] == m, value, 0.0), style.CROSSING_COLOURS[m], word(lang, f"crossing_{m}"))
        for m in modes
    ]
    called = names(found.network.crossings, lang)
    barh(axes, [str(called[c]) for c in table.index], parts)
    for row, (length, lost) in enumerate(zip(value, table["unserved_share"], strict=True)):
        text = number(lang, length, 2 if length < 1 else 1)
        if lost > 0:
            text += f"  ▲ {percent(lost, 1, lang)}"
        axes.text(length, row, " " + text, va="center", fontsize=7.5, path_effects=halo())
    if (table["unserved_share"] > 0).any():
        axes.plot([], [], "^", color=style.INK, label=word(lang, "unserved"), ls="none", ms=5)
    axes.set_xlabel(word(lang, "criticality_axis", unit=unit))
    axes.set_xlim(0, max(float(value.max()) if len(value) else 0.0, 1e-9) * 1.15)
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
    above.set_xlabel(word(lang, "exposure"), color=style.VERMILION, fontsize=8.5)
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


_CHARTS: dict[str, Any] = {
    "Routes": _plot_routes,
    "Transit": _plot_transit,
    "Crossings": _plot_crossings,
    "Regions": _plot_regions,
    "Matrix": _plot_matrix,
    "Reach": _plot_reach,
    "Timeline": plot_timeline,
    "Robustness": plot_robustness,
    "Compared": plot_compared,
    "WorstSets": plot_worst_sets,
}
"""What draws each kind of result."""
