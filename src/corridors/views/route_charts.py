"""Charts of routes: time and cost over distance, and when they arrive if waits are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import UsageError
from corridors.views import style
from corridors.views.bars import title
from corridors.views.labels import Board, Label, halo
from corridors.views.layers import place_name
from corridors.views.words import country_name, manner, names, number, percent, through_country, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.analysis.routes import Routes

    Steps = list[tuple[float, float, dict[str, Any]]]

_CERTAIN_H, _DIGIT_H = 0.05, 5.0
"""Half the width of a bar of draws that are all the same; the axis of hours shows tenths where it is shorter."""
_RIBBON, _MARK, _SAME_KM = 0.035, 3.0, 1e-6


def profile(
    route: dict[str, Any], of: str = "time_h", at_border: Callable[[dict[str, Any]], float] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64], Steps]:
    """Return cumulative km and hours of a route with a step at each crossing, and (km, hours after it, crossing).

    Parameters
    ----------
    route
        As ``Routes.routes`` has it.
    of
        What is added up over the legs: ``time_h`` or ``cost_usd``.
    at_border
        What a crossing adds; None: its wait with hours, its fee with USD.

    Examples
    --------
    >>> legs = [{"length_km": 10.0, "time_h": 1.0}, {"length_km": 20.0, "time_h": 2.0}]
    >>> km, hours, steps = profile({"legs": legs, "crossings": [{"wait_h": 5.0, "at_km": 10.0}]})
    >>> km.tolist(), hours.tolist()
    ([0.0, 10.0, 10.0, 30.0], [0.0, 1.0, 6.0, 8.0])
    """
    added = at_border or (lambda crossing: float(crossing["wait_h" if of == "time_h" else "fee_usd"]))
    points = [(0.0, 0.0)]
    steps: Steps = []
    waiting = list(route["crossings"])

    def pass_border() -> None:
        crossing = waiting.pop(0)
        points.append((points[-1][0], points[-1][1] + added(crossing)))
        steps.append((*points[-1], crossing))

    for leg in route["legs"]:
        end, left = points[-1][0] + leg["length_km"], leg[of]
        while waiting and waiting[0]["at_km"] < end - _SAME_KM:
            (km, height), at = points[-1], waiting[0]["at_km"]
            if at > km + _SAME_KM:  # at sea the border lies within a leg
                part = left * (at - km) / (end - km)
                points.append((at, height + part))
                left -= part
            pass_border()
        points.append((end, points[-1][1] + left))
    while waiting:
        pass_border()
    km, height = np.array(points).T
    return km, height, steps


def plot_time(found: Routes, ax: Axes | None, lang: str) -> Axes:
    """Draw cumulative hours against km, with a step at each crossing; under it a ribbon of countries for each route."""
    lines = [profile(route) for route in _drawn(found)]

    def wait(crossing: dict[str, Any]) -> str:
        hours = float(crossing["wait_h"])
        return f"+{number(lang, hours, 1)} {word(lang, 'h')}" if hours > 0 else word(lang, "no_wait")

    axes = _plot_profiles(found, ax, lang, lines, ("h", 1), wait)
    axes.set_ylabel(word(lang, "hours"))
    return axes


def plot_cost(found: Routes, ax: Axes | None, lang: str) -> Axes:
    """Draw cumulative USD against km as :func:`plot_time` draws hours; generalised cost, where that was minimised."""
    generalised = found.settings["minimize"] == "generalised"
    lines = [_money(route, generalised) for route in _drawn(found)]

    def fee(crossing: dict[str, Any]) -> str:
        money = _at_border(crossing, _usd_per_h(found.routes[0]) if generalised else 0.0)
        return f"+{number(lang, money)} {word(lang, 'usd')}" if money > 0 else word(lang, "no_fee")

    axes = _plot_profiles(found, ax, lang, lines, ("usd", 0), fee)
    axes.set_ylabel(word(lang, "generalised_money" if generalised else "money"))
    return axes


def _money(route: dict[str, Any], generalised: bool) -> tuple[NDArray[np.float64], NDArray[np.float64], Steps]:
    value = _usd_per_h(route) if generalised else 0.0
    legs = [leg | {"cost_usd": leg["cost_usd"] + value * leg["time_h"]} for leg in route["legs"]]
    return profile(route | {"legs": legs}, "cost_usd", lambda crossing: _at_border(crossing, value))


def _at_border(crossing: dict[str, Any], usd_per_h: float) -> float:
    return float(crossing["fee_usd"] + usd_per_h * crossing["wait_h"])


def _usd_per_h(route: dict[str, Any]) -> float:
    """Return the value of an hour that a route with least generalised cost was found with."""
    return float((route["minimized"] - route["cost_usd"]) / route["time_h"]) if route["time_h"] > 0 else 0.0


def _drawn(found: Routes) -> list[dict[str, Any]]:
    return [*found.routes, *([found.unrestricted] if found.unrestricted else [])]


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


def _plot_profiles(
    found: Routes,
    ax: Axes | None,
    lang: str,
    profiles: list[tuple[NDArray[np.float64], NDArray[np.float64], Steps]],
    unit: tuple[str, int],
    at_border: Callable[[dict[str, Any]], str],
) -> Axes:
    """Draw what routes add up to over km, their crossings by name; ``unit`` is its word and its digits."""
    axes = style.new_axes(9, 5.2) if ax is None else ax
    drawn = _drawn(found)
    top = max(*(float(height[-1]) for _, height, _ in profiles), 1e-9)
    everywhere = sorted(found.network.nodes["country"].dropna().unique())
    colour_of = dict(zip(everywhere, style.COUNTRY_COLOURS * 9, strict=False))
    called = names(found.network.crossings, lang)
    labels: list[Label] = []
    for rank, (route, (km, height, steps)) in enumerate(zip(drawn, profiles, strict=True)):
        free = route is found.unrestricted
        colour = style.VERMILION if free else style.ROUTE_COLOURS[rank % len(style.ROUTE_COLOURS)]
        label = f"{_route_name(found, route, lang)}: {number(lang, km[-1])} {word(lang, 'km')}"
        label += f", {number(lang, height[-1], unit[1])} {word(lang, unit[0])}"
        width, dash = 2.6 if rank == 0 else 1.6, "--" if free else "-"
        axes.plot(km, height, color=colour, ls=dash, lw=width, label=label, zorder=5 - 0.1 * rank)
        for at, level, crossing in steps:
            axes.plot(at, level, "o", mfc="white", mec=colour, ms=5, zorder=6)
            said = f"{called[crossing['crossing_id']]}, {at_border(crossing)}"
            labels.append(Label(at, level, said, 7, gap=5, needed=True))
        _ribbon(axes, route, top, rank, colour, colour_of)
    for code in sorted({c for r in drawn for *_, c in _bands(r) if c}):
        axes.bar(0, 0, color=colour_of[code], label=country_name(lang, code))
    axes.set(xlabel=word(lang, "distance"), xlim=(0, None))
    axes.set_ylim(-_RIBBON * top * (1.9 + 1.25 * len(drawn)), top * 1.08)
    axes.set_yticks([t for t in axes.get_yticks() if 0 <= t <= top * 1.08])
    bottom, highest = axes.get_ylim()
    legend = axes.legend(loc="lower right", bbox_to_anchor=(1, -bottom / (highest - bottom)), frameon=False, fontsize=8)
    axes.grid(color="#e5e5e5", lw=0.6)
    axes.set_axisbelow(True)
    _name_steps(axes, labels, [np.column_stack([km, height]) for km, height, _ in profiles], len(legend.get_texts()))
    title(axes, f"{_ends(found, lang)}, {manner(lang, found.settings)}")
    return axes


def _ends(found: Routes, lang: str) -> str:
    return " – ".join(place_name(found.network, name, lang) for name in (found.origin, found.destination))


def _route_name(found: Routes, route: dict[str, Any], lang: str) -> str:
    if route is found.unrestricted:
        return word(lang, "unrestricted", country=through_country(lang, str(found.settings["avoid_country"])))
    return word(lang, "best") if route["rank"] == 1 else word(lang, "alternative", n=route["rank"])


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
    board.keep_free(np.array([label.x for label in labels]), np.array([label.y for label in labels]), _MARK)
    board.put(labels)


def plot_arrivals(found: Routes, ax: Axes | None, lang: str) -> Axes:
    """Draw when the best route arrives in the draws, fixed before departure and re-optimised; P10, P50, P90 above."""
    drawn = found.uncertainty
    if drawn is None:
        raise UsageError("a chart of arrivals: expected percentiles with the route")
    axes = style.new_axes(9, 5.0) if ax is None else ax
    plans = [
        (word(lang, "fixed", route=_route_name(found, route, lang)), style.ROUTE_COLOURS[rank], plan)
        for rank, (route, plan) in enumerate(zip(found.routes, drawn["fixed_routes"], strict=True))
    ]
    plans.append((word(lang, "reoptimised"), style.VERMILION, drawn["reoptimised"]))
    spans, later = _spans(drawn["histogram"])
    edges = [*(span["from_h"] for span in spans), spans[-1]["to_h"]]
    if len(spans) == 1:
        edges = [edges[0] - _CERTAIN_H, edges[-1] + _CERTAIN_H]
    counts = {key: np.array([span[key] for span in spans]) / drawn["draws"] for key in ("fixed", "reoptimised")}
    axes.stairs(counts["fixed"], edges, fill=True, color=style.ROUTE_COLOURS[0], alpha=0.3, zorder=2)
    axes.stairs(counts["reoptimised"], edges, color=style.VERMILION, lw=1.8, zorder=3)
    top = max(float(c.max()) for c in counts.values())
    ends = [plan[f"time_{p}_h"] for *_, plan in plans for p in ("p10", "p90")]
    first, last = min(edges[0], *ends), max(edges[-1], *ends)
    margin = max(0.02 * (last - first), 0.25 - (last - first) / 2)
    for row, (name, colour, plan) in enumerate(reversed(plans)):
        level = top * (1.1 + 0.15 * row)
        low, mid, high = (plan[f"time_p{q}_h"] for q in (10, 50, 90))
        axes.plot([low, high], [level, level], color=colour, lw=3, solid_capstyle="butt", label=name, zorder=4)
        axes.plot(mid, level, "o", mfc="white", mec=colour, mew=1.6, ms=6.5, zorder=5)
        said = "   ".join(f"P{q} {number(lang, plan[f'time_p{q}_h'], 1)}" for q in (10, 50, 90))
        left = low + high <= first + last
        axes.annotate(f"{said} {word(lang, 'h')}", (low if left else high, level), xytext=(0, 6), fontsize=7.5,
                      textcoords="offset points", ha="left" if left else "right", path_effects=halo())  # fmt: skip
    if later:
        gone = (percent(later[key] / drawn["draws"], 1, lang) for key in ("fixed", "reoptimised"))
        text = word(lang, "arrive_later", h=number(lang, later["from_h"], 1), fixed=next(gone), reoptimised=next(gone))
        axes.plot([], [], ls="none", label=text)
    axes.set_ylim(0, top * (1.1 + 0.15 * len(plans)))
    axes.set_xlim(first - margin, last + margin)
    axes.xaxis.set_major_formatter(lambda hours, _: number(lang, hours, 0 if last - first > _DIGIT_H else 1))
    axes.set_yticks([t for t in axes.get_yticks() if 0 <= t <= top * 1.02])
    axes.yaxis.set_major_formatter(lambda share, _: percent(share, 0 if top > 0.05 else 1, lang))
    axes.set(xlabel=word(lang, "hours_after_departure"), ylabel=word(lang, "share_of_draws"))
    handles, labels = axes.get_legend_handles_labels()
    order = [*reversed(range(len(plans))), *range(len(plans), len(labels))]
    axes.legend([handles[i] for i in order], [labels[i] for i in order], loc="upper center",
                bbox_to_anchor=(0.5, -0.13), ncols=2, frameon=False, fontsize=8)  # fmt: skip
    title(axes, word(lang, "title_arrivals", ends=_ends(found, lang), mode=manner(lang, found.settings)))
    return axes


def _spans(histogram: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """Return the spans of equal length, and that of the late arrivals, where there is one."""
    length = [span["to_h"] - span["from_h"] for span in histogram]
    uneven = len(length) > 1 and not np.isclose(length[-1], length[0])
    return (histogram[:-1], histogram[-1]) if uneven else (histogram, None)
