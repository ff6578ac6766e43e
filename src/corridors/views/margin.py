"""What stands around a map: its title, legend, colour bar and source."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from corridors.views import layers, style
from corridors.views.labels import text_size
from corridors.views.shades import COUNTS, indicator_name
from corridors.views.words import country_name, manner, through_country, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap, Normalize

    from corridors.views.maps import Themes

_WORDS_SIZE = 7.5
_BAR_LEFT = 0.66
# left, bottom, right, top in shares of the map, kept free of labels
SCALE_BOX, SENTENCE_BOX = (0.0, 0.0, 0.2, 0.075), (0.25, 0.86, 0.75, 0.97)
_SOURCE_LETTERS = 100


def write_title(ax: Axes, text: str) -> None:
    """Write the title over the left corner, smaller where it is too long for the map."""
    width = 72.0 * ax.get_window_extent().width / ax.figure.dpi
    size = min(12.0, 12.0 * width / text_size(text, 12.0, "bold")[0]) if text else 12.0
    ax.set_title(text, loc="left", fontsize=size, fontweight="bold", pad=8)


def map_title(lang: str, themes: Themes) -> str:
    """Return a title that says what is drawn."""
    if themes.route is not None:
        route = themes.route
        ends = [layers.place_name(route.network, name, lang) for name in (route.origin, route.destination)]
        avoided = str(route.settings.get("avoid_country") or "")
        without = f", {word(lang, 'avoiding', country=through_country(lang, avoided))}" if avoided else ""
        return f"{ends[0]} – {ends[1]}, {manner(lang, route.settings)}{without}"
    if themes.transit is not None:
        settings = themes.transit.settings
        country = country_name(lang, str(settings["country"]))
        through = through_country(lang, str(settings["through"]))
        return word(lang, "title_transit", country=country, through=through, mode=manner(lang, settings))
    if themes.crossings is not None:
        return word(lang, "title_crossings", mode=manner(lang, themes.crossings.settings))
    if themes.compared is not None:
        scenario = themes.compared.summary.index[0]
        return word(lang, "title_scenario", scenario=scenario, mode=manner(lang, themes.compared.settings))
    if themes.regions is not None:
        called = indicator_name(themes.regions, themes.indicator, lang)
        title = word(lang, "title_indicator", indicator=called)
        return title if themes.indicator in COUNTS else f"{title}, {manner(lang, themes.regions.settings)}"
    title = word(lang, "title_network")
    return title if themes.mode == "any" else f"{title}, {word(lang, f'by_{themes.mode}')}"


def draw_colour_bar(ax: Axes, cmap: Colormap, norm: Normalize, label: str, form: Callable[[float], str]) -> None:
    """Draw a colour bar under the right corner."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    figure = ax.get_figure()
    if figure is None:
        return
    inset = ax.inset_axes((_BAR_LEFT, -0.05, 1 - _BAR_LEFT - 0.01, 0.018))
    bar = figure.colorbar(ScalarMappable(norm, cmap), cax=inset, orientation="horizontal")
    whole = len({form(v) for v in (0.0, 0.4)}) == 1  # counts: no ticks between them
    bar.ax.xaxis.set_major_locator(
        MaxNLocator(6, steps=[1, 2, 5, 10], integer=whole and norm.vmax is not None and norm.vmax > 1)
    )
    bar.ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: form(v)))
    bar.ax.tick_params(labelsize=7, length=2)
    width = 72.0 * inset.get_window_extent().width / inset.figure.dpi
    rows = 1 + int(text_size(label, _WORDS_SIZE)[0] / width)
    bar.set_label("\n".join(textwrap.wrap(label, 6 + len(label) // rows)), fontsize=_WORDS_SIZE)
    bar.outline.set_linewidth(0.4)


def say(ax: Axes, text: str) -> None:
    """Write a sentence over the map."""
    box = {"boxstyle": "round,pad=0.6", "facecolor": "white", "edgecolor": style.FAINT, "alpha": 0.9}
    ax.text(0.5, 0.94, text, transform=ax.transAxes, ha="center", va="top", fontsize=10, bbox=box, zorder=20)


def draw_legend(ax: Axes, entries: list[Artist]) -> None:
    """Draw the legend under the map, in as many columns as there is room for beside the colour bar."""
    width = 72.0 * ax.get_window_extent().width / ax.figure.dpi
    width *= _BAR_LEFT - 0.02 if ax.child_axes else 1.0
    columns = next((n for n in (5, 4, 3, 2) if _legend_width(entries, n) <= width), 1)
    ax.legend(
        handles=entries,
        loc="upper left",
        bbox_to_anchor=(0.0, -0.005),
        ncols=columns,
        frameon=False,
        fontsize=_WORDS_SIZE,
        handlelength=2.4,
        columnspacing=1.6,
        labelspacing=0.6,
        borderaxespad=0.2,
    )


def _legend_width(entries: list[Artist], columns: int) -> float:
    """Return the width in points of a legend, filled column by column."""
    width = 0.0
    rows, longer = divmod(len(entries), columns)
    at = 0
    for column in range(columns):
        end = at + rows + (column < longer)
        texts = [text_size(str(e.get_label()), _WORDS_SIZE)[0] for e in entries[at:end]]
        width += max(texts, default=0.0) + 4.9 * _WORDS_SIZE  # the line, its gap, the space between columns
        at = end
    return width


def write_source(ax: Axes, text: str) -> tuple[float, float, float, float]:
    """Write where the map comes from into the lower right corner; return the box to keep free of labels."""
    lines = textwrap.wrap(text, _SOURCE_LETTERS)
    if not lines:
        return (1.0, 0.0, 1.0, 0.0)
    box: Any = {"boxstyle": "square,pad=0.3", "facecolor": "white", "edgecolor": "none", "alpha": 0.75}
    ax.text(
        0.995, 0.008, "\n".join(lines), transform=ax.transAxes, ha="right", va="bottom", fontsize=6,
        color=style.FAINT, zorder=11, bbox=box,
    )  # fmt: skip
    return (0.6 if len(lines) == 1 else 0.58, 0.0, 1.0, 0.03 + 0.02 * (len(lines) - 1))
