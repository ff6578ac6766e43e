"""What lies on the ground of a map: links, crossings, routes, flows, criticality, towns."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.zones import latest_population
from corridors.engine.dated import OPEN
from corridors.model.geo import link_courses
from corridors.views import style
from corridors.views.labels import Board, Label
from corridors.views.words import names, number, percent, through_country, unit_of, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.analysis.crossings import Crossings
    from corridors.analysis.routes import Routes
    from corridors.analysis.transit import Transit
    from corridors.model.network import Network
    from corridors.views.ground import Projection
    from corridors.views.shades import Shades

NAMED_CROSSINGS = 8
_LARGEST_MARK = 320.0
TOWN_RADIUS = 2.4


@dataclass(frozen=True)
class Sheet:
    """A map being drawn: where, of what, and what has still to be written on it.

    Attributes
    ----------
    lines
        The projected course of each link, in the order of the table; each of shape (N, 2).
    spots
        Projected crossings, shape (K, 2).
    legend, labels, busy, marks
        Gathered by the layers: legend entries, labels by importance, points of lines that labels should not hide, marks
        that they must not hide (points, shape (N, 2), and radius in points of the page).
    """

    ax: Axes
    network: Network
    project: Projection
    lang: str
    lines: list[NDArray[np.float64]] = field(repr=False)
    spots: NDArray[np.float64] = field(repr=False)
    legend: list[Artist] = field(default_factory=list, repr=False)
    labels: list[Label] = field(default_factory=list, repr=False)
    busy: list[NDArray[np.float64]] = field(default_factory=list, repr=False)
    marks: list[tuple[NDArray[np.float64], float]] = field(default_factory=list, repr=False)


def link_lines(network: Network, project: Projection) -> list[NDArray[np.float64]]:
    """Return the projected course of each link: its geometry, or straight between its ends."""
    courses = link_courses(network)
    if not courses:
        return []
    x, y = project(*np.array([point for course in courses for point in course]).T)
    return np.split(np.column_stack([x, y]), np.cumsum([len(course) for course in courses])[:-1])


def draw_links(sheet: Sheet, *, muted: bool, only: str = "") -> None:
    """Draw links by class, or those of one mode only; planned ones dotted, closed and suspended ones not at all."""
    from matplotlib.collections import LineCollection
    from matplotlib.lines import Line2D

    links = sheet.network.links
    status, first = links["status"], {s.mode: s.word for s in reversed(style.STROKES)}
    classes = {(s.mode, f): s.word for s in style.STROKES for f in s.facilities}
    of = np.array(
        [classes.get(pair, first.get(pair[0], "")) for pair in zip(links["mode"], links["facility_type"], strict=True)],
        object,
    )
    seen = np.array([_in_view(sheet, line) for line in sheet.lines], bool)
    if not muted and (seen & (status == "planned").to_numpy(bool)).any():
        sheet.legend.append(Line2D([], [], color="#555555", lw=1.5, ls=":", label=word(sheet.lang, "planned")))
    for order, stroke in enumerate(style.STROKES):
        colour, width = (stroke.muted_colour, stroke.muted_width) if muted else (stroke.colour, stroke.width)
        for planned in (True, False):
            chosen = (
                seen & (of == stroke.word) & ((status == "planned") if planned else status.isin(OPEN)).to_numpy(bool)
            )
            if not chosen.any() or (planned and muted) or (only and stroke.mode != only):
                continue
            dash: Any = ":" if planned else (0, (5, 3)) if stroke.mode == "sea" else "-"
            courses = [sheet.lines[i] for i in np.flatnonzero(chosen)]
            cap: Any = {} if dash != "-" else {"capstyle": "round"}
            sheet.ax.add_collection(
                LineCollection(
                    courses,
                    colors=colour,
                    linewidths=1.5 if planned else width,
                    linestyles=dash,
                    zorder=3 + order * 0.1,
                    **cap,
                ),
                autolim=False,
            )
            if not planned:
                label = word(sheet.lang, stroke.word)
                sheet.legend.insert(0, Line2D([], [], color=colour, lw=width + 0.4, ls=dash, label=label))


def _in_view(sheet: Sheet, line: NDArray[np.float64]) -> bool:
    (left, right), (bottom, top) = sheet.ax.get_xlim(), sheet.ax.get_ylim()
    low, high = line.min(axis=0), line.max(axis=0)
    return bool(high[0] >= left and low[0] <= right and high[1] >= bottom and low[1] <= top)


def draw_crossings(sheet: Sheet, *, muted: bool, only: str = "") -> None:
    """Mark the crossings by mode, or those of one mode only; hollow where the crossing is not in use."""
    from matplotlib.lines import Line2D

    crossings = sheet.network.crossings
    open_now = crossings["status"].isin(OPEN).to_numpy(bool)
    size = 2.6 if muted else 4.2
    for mode, mark in style.CROSSING_MARKS.items():
        chosen = (crossings["mode"] == mode).to_numpy(bool)
        chosen = chosen & np.array([_in_view(sheet, spot[None]) for spot in sheet.spots], bool)
        if not chosen.any() or (only and mode != only):
            continue
        sheet.marks.append((sheet.spots[chosen & (open_now | (not muted))], size / 2))
        colour = "#8c8c8c" if muted else style.CROSSING_COLOURS[mode]
        for shown, face in ((chosen & open_now, colour), (chosen & ~open_now & (not muted), "white")):
            sheet.ax.plot(
                *sheet.spots[shown].T,
                mark,
                ms=size,
                mfc=face,
                mec="white" if face == colour else colour,
                mew=0.5 if face == colour else 0.9,
                zorder=6,
            )
        if not muted:
            key: Any = {"marker": mark, "color": colour, "ms": 5, "ls": "none", "mew": 0}
            sheet.legend.append(Line2D([], [], label=word(sheet.lang, f"crossing_{mode}"), **key))
    asked = (crossings["mode"] == only).to_numpy(bool) if only else np.ones(len(crossings), bool)
    if not muted and not open_now[asked].all():
        hollow = Line2D(
            [], [], marker="o", color="#666666", mfc="white", ms=5, ls="none", label=word(sheet.lang, "crossing_shut")
        )
        sheet.legend.append(hollow)


def route_points(
    sheet_lines: list[NDArray[np.float64]], network: Network, routes: Sequence[dict[str, Any]]
) -> list[NDArray[np.float64]]:
    """Return all links of each route as one array of points, shape (N, 2)."""
    return [np.concatenate([*_course(sheet_lines, network, r), np.empty((0, 2))]) for r in routes]


def _course(lines: list[NDArray[np.float64]], network: Network, route: dict[str, Any]) -> list[NDArray[np.float64]]:
    links = [link for leg in route["legs"] for link in leg["link_ids"]]
    rows = network.links.index.get_indexer(pd.Index(links))
    modes = network.links["mode"].to_numpy()
    return [lines[i] for i in rows if i >= 0 and modes[i] != "transfer"]


def draw_routes(sheet: Sheet, found: Routes) -> None:
    """Draw routes: the best thick, alternatives ever thinner on top of it, the unrestricted one dashed under it."""
    lang = sheet.lang
    # where routes run together all are seen, one inside the other
    widths = [5.5, *np.linspace(3.2 if found.routes[2:] else 2.0, 1.4, max(len(found.routes) - 1, 1))]
    if found.unrestricted is not None:
        country = through_country(lang, str(found.settings.get("avoid_country", "")))
        _draw_route(
            sheet,
            found.unrestricted,
            style.VERMILION,
            2.2,
            (0, (4, 2)),
            7.0,
            word(lang, "unrestricted", country=country),
        )
    for order, route in enumerate(found.routes):
        name = word(lang, "best") if order == 0 else word(lang, "alternative", n=route["rank"])
        colour = style.ROUTE_COLOURS[order % len(style.ROUTE_COLOURS)]
        _draw_route(sheet, route, colour, float(widths[order]), "-", 7.2 + order * 0.1, name)
    _name_crossings(sheet, found.routes[0]["crossings"], needed=True)
    _name_ends(sheet, found)
    for route in found.routes[1:]:
        _name_crossings(sheet, route["crossings"], needed=False)


def _draw_route(
    sheet: Sheet, route: dict[str, Any], colour: str, width: float, dash: Any, order: float, name: str
) -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.lines import Line2D

    course = _course(sheet.lines, sheet.network, route)
    if not course:
        return
    if dash == "-" and order < 7.25:
        casing = LineCollection(course, colors="white", linewidths=width + 1.2, capstyle="round", zorder=order - 0.01)
        sheet.ax.add_collection(casing, autolim=False)
    ends: Any = {"capstyle": "round"} if dash == "-" else {}
    layer = LineCollection(course, colors=colour, linewidths=width, linestyles=dash, zorder=order, **ends)
    sheet.ax.add_collection(layer, autolim=False)
    sheet.busy.extend(course)
    km, hours = word(sheet.lang, "km"), word(sheet.lang, "h")
    label = f"{name}: {number(sheet.lang, route['distance_km'])} {km}, {number(sheet.lang, route['time_h'], 1)} {hours}"
    sheet.legend.append(Line2D([], [], color=colour, lw=width * 0.8, ls=dash, label=label))


def _name_crossings(sheet: Sheet, crossings: Sequence[dict[str, Any]], *, needed: bool) -> None:
    table = sheet.network.crossings
    called = names(table, sheet.lang)
    written = {label.text for label in sheet.labels}
    for crossing in crossings:
        row = table.index.get_loc(crossing["crossing_id"])
        x, y = sheet.spots[row]
        mark = style.CROSSING_MARKS[str(table["mode"].iloc[row])]
        sheet.ax.plot(x, y, mark, ms=6.5, mfc="white", mec=style.INK, mew=1.2, zorder=9)
        sheet.marks.append((sheet.spots[row, None], 4.0))
        if called.iloc[row] not in written:
            sheet.labels.append(Label(x, y, str(called.iloc[row]), 7.5, "bold", "#8a3b00", 7, needed))
            written.add(str(called.iloc[row]))


def place_name(network: Network, name: str, lang: str) -> str:
    """Return what a place named in any language is called in this one; the name itself where it is no place."""
    same = network.places[(network.places[["name_en", "name_ru", "name_kk"]] == name).any(axis=1)]
    return str(names(same, lang).iloc[0]) if len(same) else name


def _name_ends(sheet: Sheet, found: Routes) -> None:
    """Mark both ends of the best route; they are called as in the table of places, in the map's language."""
    course = _course(sheet.lines, sheet.network, found.routes[0])
    if not course:
        return
    for piece, other, name in ((course[0], course[1:2], found.origin), (course[-1], course[-2:-1], found.destination)):
        ends = piece[[0, -1]]
        if other:  # the free end is the one farther from the neighbour
            gap = np.abs(ends[:, None] - other[0][[0, -1]][None]).sum(axis=2).min(axis=1)
            x, y = ends[int(gap.argmax())]
        else:
            x, y = ends[0 if name == found.origin else 1]
        sheet.ax.plot(x, y, "o", ms=8, mfc=style.INK, mec="white", mew=1.4, zorder=10)
        sheet.marks.append((np.array([[x, y]]), 4.0))
        sheet.labels.insert(
            0,
            Label(
                float(x), float(y), place_name(sheet.network, name, sheet.lang), 9.5, "bold", style.INK, 6, needed=True
            ),
        )


def draw_flow(sheet: Sheet, found: Transit) -> bool:
    """Draw the traffic of dependent pairs by width and colour, name its main crossings; tell if there is any."""
    import matplotlib as mpl
    from matplotlib.collections import LineCollection
    from matplotlib.lines import Line2D

    links = sheet.network.links
    share = found.link_flow.reindex(links.index).fillna(0.0).to_numpy(float)
    most = float(share.max()) if len(share) else 0.0
    if most <= 0:
        return False
    cmap = mpl.colormaps[style.FLOW_MAP]
    shown = np.flatnonzero((share > most * 1e-3) & (links["mode"] != "transfer").to_numpy(bool))
    shown = shown[np.argsort(share[shown], kind="stable")]
    root = np.sqrt(share / most)
    courses = [sheet.lines[i] for i in shown]
    layer = LineCollection(
        courses, colors=cmap(0.3 + 0.65 * root[shown]), linewidths=0.5 + 6.5 * root[shown], capstyle="round", zorder=7
    )
    sheet.ax.add_collection(layer, autolim=False)
    sheet.busy.extend(sheet.lines[i] for i in shown if root[i] > 0.2)
    for level in _levels(most):
        size = float(np.sqrt(level / most))
        label = word(sheet.lang, "flow", share=percent(level, 1 if level < 0.01 else 0, sheet.lang))
        sheet.legend.append(
            Line2D([], [], color=cmap(0.3 + 0.65 * size), lw=0.5 + 6.5 * size, label=label, solid_capstyle="butt")
        )
    table = found.by_crossing.head(NAMED_CROSSINGS)
    called = names(sheet.network.crossings, sheet.lang)
    for crossing, part in zip(table.index, table["share"], strict=True):
        row = sheet.network.crossings.index.get_loc(crossing)
        x, y = sheet.spots[row]
        mark = style.CROSSING_MARKS[str(sheet.network.crossings["mode"].iloc[row])]
        sheet.ax.plot(x, y, mark, ms=4.5, mfc="white", mec=style.INK, mew=0.9, zorder=9)
        sheet.marks.append((sheet.spots[row, None], 2.7))
        sheet.labels.append(
            Label(x, y, f"{called[crossing]} {percent(part, 1, sheet.lang)}", 7, "bold", "#5a1a00", 4, needed=True)
        )
    return True


def _levels(most: float) -> list[float]:
    """Return three round values up to the largest, for a legend."""
    found: list[float] = []
    for target in (most, most / 4, most / 16):
        step = 10 ** np.floor(np.log10(target))
        value = float(max(m * step for m in (1, 2, 5) if m * step <= target * 1.0001))
        if value not in found:
            found.append(value)
    return found


def draw_criticality(sheet: Sheet, found: Crossings) -> tuple[Any, Any] | None:
    """Draw crossings by criticality (area) and unserved share (colour); return the colour scale where there is one."""
    import matplotlib as mpl
    from matplotlib.colors import Normalize
    from matplotlib.lines import Line2D

    table, crossings = found.table, sheet.network.crossings
    spots = sheet.spots[crossings.index.get_indexer(table.index)]
    worth, lost = table["criticality"].to_numpy(float), table["unserved_share"].to_numpy(float)
    factor = 60.0 if found.settings.get("minimize") == "time" else 1.0
    unit = unit_of(sheet.lang, found.settings)
    most = float(worth.max()) if len(worth) and worth.max() > 0 else 1.0
    area = np.where((worth > 0) | (lost > 0), 14 + _LARGEST_MARK * worth / most, 7.0)
    scale = None
    if lost.max(initial=0.0) > 0:
        scale = (mpl.colormaps[style.LOST_MAP], Normalize(0, float(lost.max())))
    for row in np.argsort(-area, kind="stable"):
        mode, idle = str(table["mode"].iloc[row]), worth[row] <= 0 and lost[row] <= 0
        face: Any = "white" if idle else scale[0](scale[1](lost[row])) if scale else style.CROSSING_COLOURS[mode]
        edge = "#777777" if idle else style.INK
        sheet.ax.scatter(
            spots[row, 0],
            spots[row, 1],
            s=area[row],
            color=[face],
            marker=style.CROSSING_MARKS[mode],
            alpha=0.85,
            edgecolors=edge,
            linewidths=0.6,
            zorder=8,
        )
        sheet.marks.append((spots[[row]], float(np.sqrt(area[row]) / 2)))
    modes = list(table["mode"].unique())
    mark = style.CROSSING_MARKS[str(modes[0])] if len(modes) == 1 else "o"
    for mode in modes:
        colour = "white" if scale else style.CROSSING_COLOURS[mode]
        key: Any = {"marker": style.CROSSING_MARKS[mode], "mfc": colour, "mec": style.INK, "ms": 6, "ls": "none"}
        sheet.legend.append(Line2D([], [], label=word(sheet.lang, f"crossing_{mode}"), **key))
    for level in _levels(most * factor)[:2]:
        size = float(np.sqrt(14 + _LARGEST_MARK * level / factor / most))
        label = word(sheet.lang, "criticality", value=f"{level:g} {unit}")
        sheet.legend.append(Line2D([], [], marker=mark, mfc="none", mec=style.INK, ms=size, ls="none", label=label))
    idle_label = word(sheet.lang, "not_used")
    sheet.legend.append(Line2D([], [], marker=mark, mfc="white", mec="#777777", ms=3, ls="none", label=idle_label))
    called = names(crossings, sheet.lang)
    for row, crossing in enumerate(table.index[:NAMED_CROSSINGS]):
        text = f"{row + 1}. {called[crossing]}"
        gap = 2 + float(np.sqrt(area[row]) / 2)
        sheet.labels.append(Label(spots[row, 0], spots[row, 1], text, 7.5, "bold", style.INK, gap, needed=True))
    return scale


def label_regions(sheet: Sheet, board: Board, outlines: dict[str, NDArray[np.float64]], shades: Shades) -> None:
    """Write the name and value of each region where it lies most inside; where there is no room, beside it."""
    from shapely import Polygon, box

    (left, right), (bottom, top) = sheet.ax.get_xlim(), sheet.ax.get_ylim()
    called = names(sheet.network.regions_as_of(None), sheet.lang)
    shown = {r: Polygon(o).buffer(0).intersection(box(left, bottom, right, top)) for r, o in outlines.items()}
    for region in sorted((r for r in shown if not shown[r].is_empty), key=lambda r: shown[r].area):
        value = shades.values.get(region)
        written = shades.form(value) if value is not None else shades.striped_label
        text = "\n".join([*textwrap.wrap(str(called[region]), 20), written])
        middle = shown[region].representative_point()
        label = Label(middle.x, middle.y, text, 7.2, "bold", gap=0, on_it=True)
        spots = _spots_inside(shown[region], *board.size_of(label))
        if not any(board.put([label._replace(x=x, y=y)]) for x, y in spots):
            board.put([label._replace(needed=True, on_it=False)])


def _spots_inside(region: Any, width: float, height: float) -> list[tuple[float, float]]:
    """Return middles of boxes of a size that lie mostly in a region, the best and then the most central first."""
    from shapely import area, box, intersection

    low_x, low_y, high_x, high_y = region.bounds
    x, y = (a.ravel() for a in np.meshgrid(np.linspace(low_x, high_x, 21), np.linspace(low_y, high_y, 21)))
    boxes = box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    inside = area(intersection(boxes, region)) / (width * height)
    away = np.hypot(x - region.centroid.x, y - region.centroid.y)
    order = np.lexsort((away, -np.round(inside, 1)))
    return [(float(x[i]), float(y[i])) for i in order if inside[i] > 0.6]


def name_towns(sheet: Sheet, board: Board, towns: pd.DataFrame, kept: set[str], most: int) -> None:
    """Mark and name towns, the largest first, as many as have room."""
    put = 0
    for x, y, name, inhabitants in towns[["x", "y", "name", "people"]].itertuples(index=False):
        large = inhabitants >= 1e6
        size = 8.0 if large else 7.2 if inhabitants >= 250e3 else 6.5
        # the dots of the first are kept free already
        if put >= most or not (name in kept or board.is_free(x, y, TOWN_RADIUS)):
            continue
        if board.put([Label(x, y, name, size, "bold" if large else "normal")]):
            board.keep_free(np.array([x]), np.array([y]), TOWN_RADIUS)
            sheet.ax.plot(x, y, "o", ms=4.0 if large else 3.0, mfc="white", mec=style.INK, mew=0.8, zorder=7.6)
            put += 1


def towns_in_view(sheet: Sheet) -> pd.DataFrame:
    """Return towns on the network that no label names yet, the largest first: x, y, name, people."""
    network = sheet.network
    moving = network.links[network.links["mode"] != "transfer"]
    touched = set(moving["from_node_id"]) | set(moving["to_node_id"])
    there = set(network.nodes.loc[network.nodes.index.isin(touched), "place_id"].dropna())
    places = network.places[network.places.index.isin(there) & (network.places["kind"] != "checkpoint")]
    people = latest_population(network).reindex(places.index)
    if people.notna().any():
        people = people.dropna()
    order = people.fillna(0.0).sort_values(ascending=False, kind="stable").index
    x, y = sheet.project(places.loc[order, "x_coord"], places.loc[order, "y_coord"])
    called = names(places, sheet.lang).loc[order].astype(str)
    towns = pd.DataFrame({"x": x, "y": y, "name": called, "people": people.loc[order]})
    (left, right), (bottom, top) = sheet.ax.get_xlim(), sheet.ax.get_ylim()
    seen = towns["x"].between(left, right) & towns["y"].between(bottom, top)
    return towns[seen & ~towns["name"].isin([label.text for label in sheet.labels])]
