"""Maps of a network and of what was found in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.engine.dated import network_on
from corridors.errors import UsageError
from corridors.files import whole_file
from corridors.views import layers, style
from corridors.views.ground import draw_ground, draw_scale, find_extent, fit_projection
from corridors.views.labels import Board, halo
from corridors.views.words import check_language, country_name, manner, through_country, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from corridors.analysis.crossings import Crossings
    from corridors.analysis.routes import Routes
    from corridors.analysis.transit import Transit
    from corridors.model.network import Network

_WIDTH_IN = 11.0
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
    ax: Axes | None = None,
    title: str | None = None,
    extent: str | Sequence[float] | None = None,
    labels: bool = True,
    lang: str | None = None,
) -> Axes:
    """Draw the network on an equal-area map, with routes, dependency or criticality on top.

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
    ax
        Where to draw; None: on a new figure of the right shape.
    title
        None: a title that says what is drawn; an empty text: none.
    extent
        None: the whole network (of a dependency: the country's own and all links it uses); ``"border"``;
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
        If the extent or the language is none of those expected.

    Examples
    --------
    >>> import corridors as co
    >>> ax = draw_map(co.load(), extent="border", labels=False, title="The border")
    >>> ax.get_title(loc="left")
    'The border'
    """
    lang = lang or network.language
    check_language(lang)
    for result in (route, transit, crossings):
        if result is not None:
            network = network_on(network, str(result.settings["as_of"]))
    project = fit_projection(network)
    lines = layers.link_lines(network, project)
    spots = np.column_stack(project(network.crossings["x_coord"], network.crossings["y_coord"]))
    found = () if route is None else (*route.routes, *([route.unrestricted] if route.unrestricted else []))
    on_routes = np.concatenate([*layers.route_points(lines, network, found), np.empty((0, 2))])
    whole = [*lines, spots] if transit is None else _of_interest(network, lines, transit)
    limits = find_extent(network, project, extent, on_routes, np.concatenate(whole or [spots]))
    with style.our_font():
        own = ax is None
        axes = _map_axes(limits) if ax is None else ax
        axes.set_aspect("equal", adjustable="box" if own else "datalim")
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
        _draw(sheet, route, transit, crossings, labels=labels)
        if title != "":
            axes.set_title(
                title or _title(lang, route, transit, crossings), loc="left", fontsize=12, fontweight="bold", pad=8
            )
    return axes


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


def _draw(
    sheet: layers.Sheet, route: Routes | None, transit: Transit | None, crossings: Crossings | None, *, labels: bool
) -> None:
    themes = [result for result in (route, transit, crossings) if result is not None]
    theme = bool(themes)
    modes = {str(result.settings["mode"]) for result in themes}
    shares, colours = _region_shares(sheet.network, transit) if transit is not None else (None, None)
    draw_ground(sheet.ax, sheet.network, sheet.project, shares, colours)
    layers.draw_links(sheet, muted=theme, only="" if len(modes) != 1 or modes == {"any"} else modes.pop())
    if crossings is None:
        layers.draw_crossings(sheet, muted=theme)
    if transit is not None and colours is not None:
        through = through_country(sheet.lang, str(transit.settings["through"]))
        if layers.draw_flow(sheet, transit):
            _colour_bar(sheet, colours, word(sheet.lang, "dependency", through=through))
        else:
            _say(sheet, word(sheet.lang, "no_flow", through=through))
    if crossings is not None:
        lost = layers.draw_criticality(sheet, crossings)
        if lost is not None:
            _colour_bar(sheet, lost, word(sheet.lang, "unserved"))
    if route is not None:
        layers.draw_routes(sheet, route)
    draw_scale(sheet.ax, sheet.lang)
    _legend(sheet)
    if labels:
        _write_labels(sheet, towns=26 if theme else 60)


def _write_labels(sheet: layers.Sheet, towns: int) -> None:
    board = Board(sheet.ax)
    if len(sheet.spots):
        board.keep_free(sheet.spots[:, 0], sheet.spots[:, 1], 1.5)
    for line in sheet.busy:
        board.keep_clear(line[:, 0], line[:, 1])
    board.keep_box(0, 0, 0.2, 0.075)  # the scale bar
    board.keep_box(0.68, 0, 1, 0.03)  # the source
    board.put(sheet.labels)
    layers.name_towns(sheet, board, towns)


def _region_shares(network: Network, transit: Transit) -> tuple[Mapping[str, float], Any]:
    """Return the dependency of each region of today's outlines, and its colours."""
    import matplotlib as mpl
    import pandas as pd
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    today = network.regions_as_of(None).index.to_series()
    then = network.region_as_of(today, str(transit.settings["as_of"])) if transit.settings.get("as_of") else today
    share = pd.Series(then.map(transit.table["dependency"]).to_numpy(float), index=today.index).dropna()
    most = float(share.max()) if len(share) and share.max() > 0 else 1.0
    pale = LinearSegmentedColormap.from_list("pale", mpl.colormaps[style.REGION_MAP](np.linspace(0.06, 0.62, 64)))
    return {str(k): float(v) for k, v in share.items()}, (pale, Normalize(0, most))


def _colour_bar(sheet: layers.Sheet, colours: tuple[Any, Any], label: str) -> None:
    from matplotlib.cm import ScalarMappable
    from matplotlib.ticker import PercentFormatter

    figure = sheet.ax.get_figure()
    if figure is None:
        return
    inset = sheet.ax.inset_axes((0.66, -0.05, 0.33, 0.018))
    most = colours[1].vmax
    bar = figure.colorbar(ScalarMappable(colours[1], colours[0]), cax=inset, orientation="horizontal")
    bar.ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0 if most >= 0.05 else 1))
    bar.ax.tick_params(labelsize=7, length=2)
    bar.set_label(label, fontsize=7.5)
    bar.outline.set_linewidth(0.4)


def _say(sheet: layers.Sheet, text: str) -> None:
    box = {"boxstyle": "round,pad=0.6", "facecolor": "white", "edgecolor": style.FAINT, "alpha": 0.9}
    sheet.ax.text(
        0.5, 0.94, text, transform=sheet.ax.transAxes, ha="center", va="top", fontsize=10, bbox=box, zorder=20
    )


def _legend(sheet: layers.Sheet) -> None:
    from matplotlib.lines import Line2D

    if sheet.network.outlines.get("boundary"):
        sheet.legend.append(Line2D([], [], color=style.BORDER_LINE, lw=1.4, label=word(sheet.lang, "border")))
    beside = bool(sheet.ax.child_axes)
    sheet.ax.legend(
        handles=sheet.legend,
        loc="upper left",
        bbox_to_anchor=(0.0, -0.005),
        ncols=3 if beside else 4,
        frameon=False,
        fontsize=7.5,
        handlelength=2.4,
        columnspacing=1.6,
        labelspacing=0.6,
        borderaxespad=0.2,
    )
    sheet.ax.text(
        0.988, 0.008, word(sheet.lang, "source"), transform=sheet.ax.transAxes, ha="right", va="bottom", fontsize=6,
        color=style.FAINT, zorder=11, path_effects=halo(),
    )  # fmt: skip


def _title(lang: str, route: Routes | None, transit: Transit | None, crossings: Crossings | None) -> str:
    if route is not None:
        ends = [layers.place_name(route.network, name, lang) for name in (route.origin, route.destination)]
        avoided = str(route.settings.get("avoid_country") or "")
        without = f", {word(lang, 'avoiding', country=through_country(lang, avoided))}" if avoided else ""
        return f"{ends[0]} – {ends[1]}, {manner(lang, route.settings)}{without}"
    if transit is not None:
        country = country_name(lang, str(transit.settings["country"]))
        through = through_country(lang, str(transit.settings["through"]))
        return word(lang, "title_transit", country=country, through=through, mode=manner(lang, transit.settings))
    if crossings is not None:
        return word(lang, "title_crossings", mode=manner(lang, crossings.settings))
    return word(lang, "title_network")


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
