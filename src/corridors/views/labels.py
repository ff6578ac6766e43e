"""Labels that do not lie on each other: greedy, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corridors.views.style import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

# where a label's centre may stand from its point: (sideways, up), in half sizes of the label, best first
_SIDES = ((1, 0.25), (-1, 0.25), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_RINGS = (0.0, 12.0, 26.0, 44.0, 66.0, 92.0)
_SPACE = 1.5
_LINE_STEP = 5.0
_UNDER_LEADER = 6.0
"""What a label or a mark costs that a leader would run over; a bit of a line costs 1."""


class Label(NamedTuple):
    """A text beside a point, or on it; a needed one may stand off with a leader, others need room where they belong."""

    x: float
    y: float
    text: str
    size: float = 7.5
    weight: str = "normal"
    colour: str = INK
    gap: float = 3.5
    needed: bool = False
    on_it: bool = False


def text_size(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Return the width and height of a text in points, without a canvas.

    Examples
    --------
    >>> wide, high = text_size("Петропавл", 8)
    >>> wide > 4 * high > 0
    True
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    lines = text.split("\n")
    font = FontProperties(family="DejaVu Sans", weight=weight)
    widths = [TextPath((0, 0), line, size=size, prop=font).get_extents().width for line in lines]
    return 1.03 * float(max(widths)), size * (1.0 + 1.2 * (len(lines) - 1))


def halo(width: float = 2.2) -> list[Any]:
    """Return the path effects of a text with a white edge."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground="white", alpha=0.85)]


class Board:
    """The room on some axes, in points; remembers what is taken."""

    def __init__(self, ax: Axes) -> None:
        ax.apply_aspect()
        self.ax = ax
        figure = ax.get_figure(root=True)
        self.scale = 72.0 / (figure.dpi if figure is not None else 72.0)
        box = ax.get_window_extent()
        self.bounds = np.array([box.x0, box.y0, box.x1, box.y1]) * self.scale
        self.taken = np.empty((0, 4))
        self.lines = np.empty((0, 2))
        self.line_cost = np.empty(0)

    def points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return data coordinates as points on the page, shape (N, 2)."""
        return np.asarray(self.ax.transData.transform(np.column_stack([x, y]))) * self.scale

    def keep_free(self, x: NDArray[np.float64], y: NDArray[np.float64], radius: float) -> None:
        """Take the room of markers."""
        at = self.points(x, y)
        self.taken = np.vstack([self.taken, np.hstack([at - radius, at + radius])])

    def keep_box(self, left: float, bottom: float, right: float, top: float) -> None:
        """Take a box given in shares of the axes."""
        size = np.tile(self.bounds[2:] - self.bounds[:2], 2)
        box = np.tile(self.bounds[:2], 2) + size * np.array([left, bottom, right, top])
        self.taken = np.vstack([self.taken, box])

    def keep_clear(self, x: NDArray[np.float64], y: NDArray[np.float64], cost: float = 1.0) -> None:
        """Let labels stay off a line through these points where they can."""
        self._keep_clear(self.points(x, y), cost)

    def _keep_clear(self, at: NDArray[np.float64], cost: float) -> None:
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(at, axis=0).T))])
        steps = np.linspace(0, along[-1], 1 + int(along[-1] / _LINE_STEP))
        bits = np.column_stack([np.interp(steps, along, column) for column in at.T])
        near = ((bits >= self.bounds[:2]) & (bits <= self.bounds[2:])).all(axis=1)
        self.lines = np.vstack([self.lines, bits[near]])
        self.line_cost = np.concatenate([self.line_cost, np.full(int(near.sum()), cost)])

    def is_free(self, x: float, y: float, radius: float) -> bool:
        """Tell whether a mark at a point would lie on the map, and on nothing that is there."""
        at = self.points(np.array([x]), np.array([y]))[0]
        inside = (at - radius >= self.bounds[:2]).all() and (at + radius <= self.bounds[2:]).all()
        return bool(inside) and not self._taken(at - radius, at + radius).any()

    def size_of(self, label: Label) -> tuple[float, float]:
        """Return the width and height of a label in data coordinates."""
        wide, high = text_size(label.text, label.size, label.weight)
        (left, right), (bottom, top) = self.ax.get_xlim(), self.ax.get_ylim()
        room = self.bounds[2:] - self.bounds[:2]
        return wide * abs(right - left) / room[0], high * abs(top - bottom) / room[1]

    def put(self, labels: Sequence[Label]) -> int:
        """Write labels, the first first; return how many found room."""
        return sum(self._put_one(label) for label in labels)

    def _put_one(self, label: Label) -> bool:
        centre = self.points(np.array([label.x]), np.array([label.y]))[0]
        if not ((centre >= self.bounds[:2]) & (centre <= self.bounds[2:])).all():
            return False
        half = np.array(text_size(label.text, label.size, label.weight)) / 2 + _SPACE
        best: tuple[float, NDArray[np.float64], float] | None = None
        for ring in _RINGS if label.needed else _RINGS[:1]:
            for order, side in enumerate(((0, 0),) if label.on_it else _SIDES):
                away = np.array(side) * (half + label.gap + ring * np.array([0.6, 1.0]))
                cost = self._cost(centre + away, half) + 0.3 * order + ring / 3
                if ring and np.isfinite(cost):
                    cost += self._cost_of_leader(centre, away, half, label.gap)
                if np.isfinite(cost) and (best is None or cost < best[0]):
                    best = (cost, away, ring)
        if best is None:
            return False
        self._write(label, centre, best[1], half, leader=best[2] > 0)
        return True

    def _cost(self, middle: NDArray[np.float64], half: NDArray[np.float64]) -> float:
        low, high = middle - half, middle + half
        if (low < self.bounds[:2] + 2).any() or (high > self.bounds[2:] - 2).any():
            return np.inf
        if self._taken(low, high).any():
            return np.inf
        return float(self.line_cost[((self.lines > low) & (self.lines < high)).all(axis=1)].sum())

    def _taken(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which boxes that are taken a box lies on."""
        return np.asarray(((self.taken[:, :2] < high) & (self.taken[:, 2:] > low)).all(axis=1), bool)

    def _cost_of_leader(
        self, centre: NDArray[np.float64], away: NDArray[np.float64], half: NDArray[np.float64], gap: float
    ) -> float:
        """Return what a leader from a mark to its label would run over."""
        length = float(np.hypot(*away))
        end = 1 - float(np.min(half / np.maximum(np.abs(away), 1e-9)))
        along = centre + away * np.linspace(min(gap / length, end), end, 12)[:, None]
        hit = np.sum([self._taken(bit, bit) for bit in along], axis=0) > 0
        return _UNDER_LEADER * float(np.count_nonzero(hit))

    def _write(
        self,
        label: Label,
        centre: NDArray[np.float64],
        away: NDArray[np.float64],
        half: NDArray[np.float64],
        *,
        leader: bool,
    ) -> None:
        middle = centre + away
        self.taken = np.vstack([self.taken, np.concatenate([middle - half, middle + half])])
        if leader:
            self._keep_clear(np.array([centre, middle]), _UNDER_LEADER)
        self.ax.annotate(
            label.text,
            (label.x, label.y),
            xytext=(float(away[0]), float(away[1])),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=label.size,
            fontweight=label.weight,
            color=label.colour,
            linespacing=1.05,
            zorder=12,
            path_effects=halo(),
            arrowprops={
                "arrowstyle": "-",
                "color": label.colour,
                "lw": 0.6,
                "shrinkA": 1,
                "shrinkB": max(label.gap - 2, 0),
            }
            if leader
            else None,
        )
