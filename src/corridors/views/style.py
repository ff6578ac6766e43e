"""Colours, line styles and new axes: everything that makes the pictures look alike."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

_FONT: Any = {"font.family": "DejaVu Sans", "font.size": 9.0}
"""DejaVu Sans has Cyrillic and the Kazakh letters."""

# Okabe and Ito (2008), told apart by readers with any colour vision
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
ROUTE_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
COUNTRY_COLOURS = (SKY, YELLOW, GREEN, ORANGE, PURPLE)
MODE_COLOURS = {"rail": "#4a4a4a", "road": ORANGE, "sea": BLUE}

LAND, WATER, PAPER = "#f6f4ee", "#dce7ee", "#ffffff"
REGION_LINE, BORDER_LINE, INK, FAINT = "#d5d0c4", "#8a5a9e", "#222222", "#6b6b6b"
REGION_MAP, FLOW_MAP, LOST_MAP, HOURS_MAP = "Blues", "OrRd", "YlOrRd", "viridis"
CHANGE_MAP, GAINED, LOST, STRIPES = "PRGn_r", BLUE, VERMILION, "#a3968a"
CROSSING_MARKS = {"rail": "s", "road": "o", "sea": "D"}
CROSSING_COLOURS = {"rail": VERMILION, "road": BLUE, "sea": GREEN}


class Stroke(NamedTuple):
    """How one class of links is drawn: plainly, and muted under a theme."""

    word: str
    mode: str
    facilities: tuple[str, ...]
    colour: str
    width: float
    muted_colour: str
    muted_width: float


STROKES = (
    Stroke("road_other", "road", ("primary", "secondary", "local"), "#d9bf95", 0.7, "#dccfb8", 0.5),
    Stroke("road_trunk", "road", ("motorway", "trunk"), "#c8954c", 1.3, "#d6c3a0", 0.8),
    Stroke("sea", "sea", ("ferry",), "#4f86a8", 1.1, "#93b3c6", 0.9),
    Stroke("rail_branch", "rail", ("branch",), "#5a5a5a", 0.6, "#a9a9a9", 0.5),
    Stroke("rail", "rail", ("main", "secondary"), "#333333", 1.0, "#9c9c9c", 0.7),
)
"""Classes of links, the lowest drawn first; what is no class of its mode is drawn as the first of the mode."""


def new_axes(width: float = 8.0, height: float = 5.0) -> Axes:
    """Return axes on a new figure, sizes in inches.

    Where figures are shown (in a notebook, or when pyplot runs with a window) pyplot makes the figure, so that it
    appears; elsewhere it is a figure of its own that needs no display and nobody has to close.

    Examples
    --------
    >>> float(new_axes(4, 3).figure.get_figwidth())
    4.0
    """
    if _figures_are_shown():
        import matplotlib.pyplot as plt

        return plt.subplots(figsize=(width, height))[1]
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure.add_subplot()


@contextmanager
def our_font() -> Iterator[None]:
    """Write texts that are made inside the block in our font, whatever the user's own is."""
    from matplotlib import rcParams

    # not rc_context: it would also undo what a notebook's backend sets when the first figure is made
    before = {key: rcParams[key] for key in _FONT}
    rcParams.update(_FONT)
    try:
        yield
    finally:
        rcParams.update(before)


def _figures_are_shown() -> bool:
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        return True
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return False
    return str(pyplot.get_backend()).lower() not in {"agg", "cairo", "pdf", "pgf", "ps", "svg", "template"}
