"""Maps of a network and of what was found in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corridors.analysis.setting import MODES
from corridors.engine.dated import network_on
from corridors.errors import UsageError
from corridors.files import whole_file
from corridors.views import layers, margin, style
from corridors.views.credit import credit
from corridors.views.ground import (
    border_lines,
    draw_ground,
    draw_scale,
    find_extent,
    fit_projection,
    region_outlines,
    striped_key,
)
from corridors.views.labels import Board
from corridors.views.shades import change_shades, check_indicator, dependency_shades, indicator_shades
from corridors.views.shift import draw_shift, is_moved
from corridors.views.words import check_language, percent, through_country, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from corridors.analysis.compare import Compared
    from corridors.analysis.crossings import Crossings
    from corridors.analysis.regions import Regions
    from corridors.analysis.results import Result
    from corridors.analysis.routes import Routes
    from corridors.analysis.transit import Transit
    from corridors.model.network import Network
    from corridors.views.shades import Shades

_WIDTH_IN = 11.0
_LEAST_DPI, _MOST_DPI = 20, 1200
_UNDER_BORDER = 0.25
"""What a bit of the border, or of a plain network, costs that a label would hide; a bit of a route costs 1."""
_SUFFIXES = (".png", ".svg", ".pdf")
# without dates and versions the same picture is the same file
_METADATA: dict[str, dict[str, Any]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None},
}


def draw_map(
    network: Network,
    *,
    route: Routes | None = None,
    transit: Transit | None = None,
    crossings: Crossings | None = None,
    compared: Compared | None = None,
    regions: Regions | None = None,
    indicator: str = "crossings_per_100km",
    mode: str = "any",
    ax: Axes | None = None,
    title: str | None = None,
    extent: str | Sequence[float] | None = None,
    labels: bool = True,
    lang: str | None = None,
) -> Axes:
    """Draw the network on an equal-area map, with what was found in it on top.

    Parameters
    ----------
    network
        The network; land, regions and the border are drawn from its outlines, where it has them.
    route
        Routes: the best thick, alternatives thin, crossings and ends named.
    transit
        A dependency: links by the share of the country's traffic that dependent pairs put on them, regions by theirs.
    crossings
        A ranking: crossings by criticality (area) and unserved share (colour), the first eight named.
    compared
        One scenario against a baseline, with its flows: links that gain or lose traffic, regions by what their trips
        cost more or less.
    regions, indicator
        The connectivity of border regions: each coloured by an indicator, a column of the table.
    mode
        ``any``, or the links and crossings of ``rail`` or ``road`` alone; what was found has its own mode.
    ax
        Where to draw; None: on a new figure of the right shape.
    title
        None: a title that says what is drawn; an empty text: none.
    extent
        None: the whole network (of a dependency: the country's own and all links it uses; of a scenario: what
        it moves; of regions: those on the border); ``"border"``;
        ``"route"``; or west, south, east, north in degrees.
    labels
        Whether to name towns and crossings.
    lang
        ``en``, ``ru`` or ``kk``; None: the network's language.

    Returns
    -------
    matplotlib.axes.Axes
        Its coordinates are kilometres from the middle of the projection.

    Raises
    ------
    UsageError
        If the extent, the indicator, the mode or the language is none of those expected, or the comparison is of
        several scenarios or has no flows.

    Examples
    --------
    >>> import corridors as co
    >>> ax = draw_map(co.load(), extent="border", labels=False, title="The border")
    >>> ax.get_title(loc="left")
    'The border'
    """
    lang = lang or network.language
    check_language(lang)
    themes = Themes(route, transit, crossings, compared, regions, indicator, mode)
    themes.check()
    for result in themes.results():
        network = network_on(network, str(result.settings["as_of"]))
    project = fit_projection(network)
    lines = layers.link_lines(network, project)
    spots = np.column_stack(project(network.crossings["x_coord"], network.crossings["y_coord"]))
    shades = _shades(network, themes, lang)
    found = () if route is None else (*route.routes, *([route.unrestricted] if route.unrestricted else []))
    on_routes = np.concatenate([*layers.route_points(lines, network, found), np.empty((0, 2))])
    whole = [*lines, spots]
    if transit is not None:
        whole = _of_interest(network, lines, transit)
    elif compared is not None:
        whole = [lines[i] for i in np.flatnonzero(is_moved(network, compared))] or whole
    elif regions is not None and shades is not None:
        whole = list(region_outlines(network, project, {*shades.values, *shades.striped}).values()) or whole
    limits = find_extent(network, project, extent, on_routes, np.concatenate(whole or [spots]))
    with style.our_font():
        own = ax is None
        axes = _map_axes(limits) if ax is None else ax
        limits = limits if own else _fill_box(limits, axes)
        axes.set_aspect("equal", adjustable="box")
        axes.set(
            xlim=limits[:2],
            ylim=limits[2:],
            xticks=[],
            yticks=[],
            facecolor=style.LAND if network.outlines else style.PAPER,
        )
        for spine in axes.spines.values():
            spine.set(color="#999999", linewidth=0.6)
        sheet = layers.Sheet(axes, network, project, lang, lines, spots)
        said = _draw(sheet, themes, shades)
        margin.draw_legend(axes, sheet.legend)
        source_box = margin.write_source(axes, credit(network, lang))
        draw_scale(axes, lang)
        if labels:
            towns = 26 if themes.results() else 60
            _write_labels(
                sheet,
                shades if regions is not None else None,
                towns,
                (source_box, *([margin.SENTENCE_BOX] if said else [])),
            )
        if title != "":
            margin.write_title(axes, title or margin.map_title(lang, themes))
    return axes


class Themes(NamedTuple):
    """What is drawn on top of the network."""

    route: Routes | None = None
    transit: Transit | None = None
    crossings: Crossings | None = None
    compared: Compared | None = None
    regions: Regions | None = None
    indicator: str = ""
    mode: str = "any"

    def results(self) -> list[Result]:
        """Return those that there are."""
        return [r for r in (self.route, self.transit, self.crossings, self.compared, self.regions) if r is not None]

    def check(self) -> None:
        """Refuse what cannot be drawn."""
        if self.mode not in MODES:
            raise UsageError(f"mode {self.mode!r} is unknown, expected one of {', '.join(MODES)}")
        if self.regions is not None:
            check_indicator(self.indicator)
        if self.compared is not None and len(self.compared.summary) != 1:
            raise UsageError(f"compared: a map shows one scenario, not {len(self.compared.summary)}")
        if self.compared is not None and not len(self.compared.link_flow):
            raise UsageError("compared: no flow on links, expected of compare(..., flows=True)")


def _of_interest(network: Network, lines: list[Any], transit: Transit) -> list[Any]:
    """Return the links of the country and those that its dependent pairs use."""
    flow = transit.link_flow.reindex(network.links.index).fillna(0.0)
    chosen = (network.links["country"] == transit.settings["country"]) | (flow > 0)
    return [lines[i] for i in np.flatnonzero(chosen)]


def _map_axes(limits: tuple[float, float, float, float]) -> Axes:
    """Return axes on a figure of the shape of the map, with room for a title above and a legend below."""
    width = _WIDTH_IN - 0.3
    height = width * (limits[3] - limits[2]) / (limits[1] - limits[0])
    above, below = 0.4, 0.95
    total = height + above + below
    ax = style.new_axes(_WIDTH_IN, total)
    ax.set_position((0.15 / _WIDTH_IN, below / total, width / _WIDTH_IN, height / total))
    return ax


def _fill_box(limits: tuple[float, float, float, float], ax: Axes) -> tuple[float, float, float, float]:
    """Return limits that show at least as much and have the shape of some axes."""
    left, right, bottom, top = limits
    box = ax.get_window_extent()
    width = max(right - left, (top - bottom) * box.width / box.height)
    height = max(top - bottom, (right - left) * box.height / box.width)
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - width / 2, x + width / 2, y - height / 2, y + height / 2


def _shades(network: Network, themes: Themes, lang: str) -> Shades | None:
    """Return the colours of regions, where a theme has some."""
    if themes.transit is not None:
        return dependency_shades(network, themes.transit, lang)
    if themes.compared is not None:
        return change_shades(network, themes.compared, lang)
    if themes.regions is not None:
        return indicator_shades(network, themes.regions, themes.indicator, lang)
    return None


def _draw(sheet: layers.Sheet, themes: Themes, shades: Shades | None) -> bool:
    """Draw all layers but the labels; tell whether a sentence had to be said."""
    from matplotlib.lines import Line2D

    muted, sentence = bool(themes.results()), ""
    modes = {str(result.settings["mode"]) for result in themes.results()} or {themes.mode}
    only = "" if len(modes) != 1 or modes == {"any"} else modes.pop()
    draw_ground(sheet.ax, sheet.network, sheet.project, shades)
    layers.draw_links(sheet, muted=muted, only=only)
    if themes.crossings is None:
        layers.draw_crossings(sheet, muted=muted, only=only)
    if themes.transit is not None and not layers.draw_flow(sheet, themes.transit):
        through = through_country(sheet.lang, str(themes.transit.settings["through"]))
        sentence = word(sheet.lang, "no_flow", through=through)
    if themes.compared is not None and not draw_shift(sheet, themes.compared):
        sentence = word(sheet.lang, "nothing_moves")
    if shades is not None and shades.values:
        margin.draw_colour_bar(sheet.ax, shades.cmap, shades.norm, shades.label, shades.form)
    if shades is not None and shades.striped:
        sheet.legend.append(striped_key(shades.striped_label))
    if themes.crossings is not None:
        lost = layers.draw_criticality(sheet, themes.crossings)
        if lost is not None:
            share = partial(percent, digits=0 if lost[1].vmax >= 0.05 else 1, lang=sheet.lang)
            margin.draw_colour_bar(sheet.ax, *lost, word(sheet.lang, "unserved"), share)
    if themes.route is not None:
        layers.draw_routes(sheet, themes.route)
    if sheet.network.outlines.get("boundary"):
        sheet.legend.append(Line2D([], [], color=style.BORDER_LINE, lw=1.4, label=word(sheet.lang, "border")))
    if sentence:
        margin.say(sheet.ax, sentence)
    return bool(sentence)


def _write_labels(
    sheet: layers.Sheet, shades: Shades | None, towns: int, boxes: Sequence[tuple[float, float, float, float]]
) -> None:
    """Write all labels; ``shades`` only where the values of regions are written, too; boxes of the axes stay free."""
    board = Board(sheet.ax)
    for box in (margin.SCALE_BOX, *boxes):
        board.keep_box(*box)
    found = layers.towns_in_view(sheet)
    free = [board.is_free(x, y, layers.TOWN_RADIUS) for x, y in zip(found["x"], found["y"], strict=True)]
    found = found[np.array(free, bool)]
    for spots, radius in sheet.marks:
        board.keep_free(spots[:, 0], spots[:, 1], radius)
    for line in sheet.busy:
        board.keep_clear(line[:, 0], line[:, 1])
    for line in (*border_lines(sheet.network, sheet.project), *(sheet.lines if not sheet.busy else ())):
        board.keep_clear(line[:, 0], line[:, 1], _UNDER_BORDER)
    if shades is not None:
        outlines = region_outlines(sheet.network, sheet.project, {*shades.values, *shades.striped})
        layers.label_regions(sheet, board, outlines, shades)
    # names of regions went before towns; other labels leave the largest towns their room
    first = found.head(towns if shades is None else 0)
    board.keep_free(first["x"].to_numpy(float), first["y"].to_numpy(float), layers.TOWN_RADIUS)
    board.put(sheet.labels)
    layers.name_towns(sheet, board, found, set(first["name"]), towns)


def check_map_path(path: str | Path) -> Path:
    """Return the path of a picture, if its suffix is one that can be written.

    Raises
    ------
    UsageError
        If it is not.

    Examples
    --------
    >>> check_map_path("network.svg").name
    'network.svg'
    """
    target = Path(path)
    if target.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"picture {target}: suffix {target.suffix!r} is unknown, expected {', '.join(_SUFFIXES)}")
    return target


def check_dpi(dpi: float) -> float:
    """Return dots per inch of a picture, if so many can be drawn.

    Raises
    ------
    UsageError
        If not.

    Examples
    --------
    >>> check_dpi(300)
    300
    """
    if not _LEAST_DPI <= dpi <= _MOST_DPI:
        raise UsageError(f"dpi {dpi:g}: expected {_LEAST_DPI} to {_MOST_DPI}")
    return dpi


def save_map(picture: Axes | Figure, path: str | Path, *, dpi: float = 160.0) -> Path:
    """Write axes or a figure as PNG, SVG or PDF, whole or not at all.

    Parameters
    ----------
    picture
        Axes, whose figure is written, or a figure.
    path
        The suffix decides the format.
    dpi
        Dots per inch of a PNG.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    OutputError
        If the file cannot be written.
    UsageError
        If the suffix is none of those.

    Examples
    --------
    >>> import tempfile
    >>> from corridors.views.style import new_axes
    >>> save_map(new_axes(2, 2), Path(tempfile.mkdtemp()) / "empty.svg").stat().st_size > 500
    True
    """
    from matplotlib import rc_context
    from matplotlib.figure import FigureBase

    target = check_map_path(path)
    suffix = target.suffix.lower()
    figure: Any = picture if isinstance(picture, FigureBase) else picture.get_figure(root=True)
    with whole_file(target) as draft, rc_context({"svg.hashsalt": "corridors"}):
        figure.savefig(
            draft,
            format=suffix[1:],
            dpi=dpi,
            bbox_inches="tight",
            pad_inches=0.12,
            facecolor="white",
            metadata=_METADATA[suffix],
        )
    return target
