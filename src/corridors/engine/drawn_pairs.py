"""All pairs of zones of one country in many draws of the waits: small min-plus products, one draw after another.

Trips within a country pass every border arc in transit. Only border arcs that may help some pair in some draw are kept
(bounds by the least and the greatest wait of all draws), and only zones whose trips they may help.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.drawn import SLACK, waits_changed
from corridors.engine.legs import ROUNDING
from corridors.engine.overlay import TOLERANCE, closure, min_plus
from corridors.engine.supply import TRANSIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from corridors.engine.overlay import Overlay

_TOLD_EVERY = 50


@dataclass(frozen=True)
class _Legs:
    """Values of legs between I origins, S border arcs and J destinations."""

    direct: NDArray[np.float64]
    """Shape (I, J)."""
    start: NDArray[np.float64]
    """Shape (I, S)."""
    among: NDArray[np.float64]
    """Shape (S, S)."""
    end: NDArray[np.float64]
    """Shape (S, J)."""

    def only(self, rows: NDArray[np.intp], columns: NDArray[np.intp], kept: NDArray[np.intp]) -> _Legs:
        return _Legs(
            self.direct[np.ix_(rows, columns)],
            self.start[np.ix_(rows, kept)],
            self.among[np.ix_(kept, kept)],
            self.end[np.ix_(kept, columns)],
        )


@dataclass(frozen=True)
class _Within:
    """What may decide between trips within a country in any draw.

    Attributes
    ----------
    weight, cost
        Of legs: what decides, and the cost that goes with it.
    rows, columns
        The origins and destinations left, of those of the overlay.
    arcs
        The border arcs left.
    inner
        Positions in ``arcs`` that may be passed between two others.
    """

    weight: _Legs
    cost: _Legs
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    arcs: NDArray[np.intp]
    inner: NDArray[np.intp]


@dataclass(frozen=True)
class _Best:
    """Trips of one draw.

    Attributes
    ----------
    cost
        Shape (I, J).
    way
        Shape (I, J): number of the way over the border, from its first to its last border arc; -1: not over it.
    passed
        Shape (ways, S): which border arcs each way passes.
    """

    cost: NDArray[np.float64]
    way: NDArray[np.int64]
    passed: NDArray[np.bool_]


def drawn_dependency(
    overlay: Overlay,
    share: NDArray[np.float64],
    avoid: int,
    waits: NDArray[np.float64],
    value: float,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the dependency on a country in each draw, and the share of it on each crossing.

    A pair depends in a draw if it costs more, by over the tolerance, with every crossing into the country closed and
    the same waits.

    Parameters
    ----------
    overlay
        The legs from all zones of a country.
    share
        Shape (O, O): of each pair in the weight of all served pairs.
    avoid
        The country that trips pass through.
    waits, value
        As in :func:`corridors.engine.drawn.waits_changed`.
    progress
        Called with how many draws are solved, and of how many.

    Returns
    -------
    Shapes (D,) and (D, K).
    """
    weight, more_h = waits_changed(overlay, waits, value)
    weight = weight[:, TRANSIT]
    cost = overlay.graph.border_totals[TRANSIT, :, 0] + value * more_h[:, TRANSIT]
    if (weight == weight[:1]).all():
        weight, cost = weight[:1], cost[:1]  # all draws are one
    everyone = np.arange(len(overlay.origins))
    free = _within(overlay, weight, np.ones(len(overlay.graph.border_arc), bool), everyone, everyone)
    closed = _within(overlay, weight, overlay.graph.enters != avoid, free.rows, free.columns, keep_zones=True)
    share = share[np.ix_(free.rows, free.columns)]
    dependency, by_crossing = np.zeros(len(weight)), np.zeros((len(weight), len(overlay.graph.supply.crossing_ids)))
    belongs = np.equal.outer(overlay.graph.crossing[free.arcs], np.arange(by_crossing.shape[1]))
    for draw in range(len(weight)):
        if progress and draw % _TOLD_EVERY == 0:
            progress(draw, len(weight))
        found = _solve(free, weight[draw, free.arcs], cost[draw, free.arcs])
        without = closed.cost.direct
        if len(closed.arcs):
            without = _solve(closed, weight[draw, closed.arcs], cost[draw, closed.arcs]).cost
        dependent = np.where(without > found.cost * (1 + TOLERANCE), share, 0.0)
        dependency[draw] = dependent.sum()
        over = found.way >= 0  # what depends on the country goes over the border
        on_way = np.bincount(found.way[over], dependent[over], len(found.passed))
        by_crossing[draw] = on_way @ (found.passed @ belongs)
    if progress:
        progress(len(weight), len(weight))
    return np.resize(dependency, len(waits)), np.resize(by_crossing, (len(waits), by_crossing.shape[1]))


def _within(
    overlay: Overlay,
    passing: NDArray[np.float64],
    is_open: NDArray[np.bool_],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    *,
    keep_zones: bool = False,
) -> _Within:
    """Return what is left of an overlay by the bounds; ``passing`` has shape (D, B)."""
    arcs = np.flatnonzero(is_open)
    weight = _legs(overlay, overlay.weight).only(rows, columns, arcs)
    solved = np.where(np.isfinite(overlay.weight), overlay.totals[:, :, 0], np.inf)
    least, most = passing.min(axis=0)[arcs], passing.max(axis=0)[arcs]
    start, end = weight.start, weight.end
    joined = closure(least[:, None] + weight.among)[0]
    further = np.where(np.eye(len(arcs), dtype=bool), np.inf, joined)  # passing at least one border arc more
    reached_most = min_plus(start, closure(most[:, None] + weight.among)[0])[0]
    surely = np.minimum(weight.direct, min_plus(reached_most + most, end)[0]) * (1 + SLACK)
    reached, onward = min_plus(start, joined)[0], min_plus(joined + least, end)[0]
    reached_by, onward_by = min_plus(start, further)[0], min_plus(further + least, end)[0]
    helps, inner = np.zeros(len(arcs), bool), np.zeros(len(arcs), bool)
    helped = np.zeros(surely.shape, bool)
    for arc in range(len(arcs)):
        pairs = np.isfinite(surely) & (reached[:, arc, None] + onward[arc] <= surely)
        helps[arc], helped = pairs.any(), helped | pairs
        inner[arc] = (np.isfinite(surely) & (reached_by[:, arc, None] + onward_by[arc] <= surely)).any()
    kept = np.flatnonzero(helps)
    from_, to = np.arange(len(rows)), np.arange(len(columns))
    if not keep_zones:
        from_, to = np.flatnonzero(helped.any(axis=1)), np.flatnonzero(helped.any(axis=0))
    left = weight.only(from_, to, kept)
    rows, columns, arcs = rows[from_], columns[to], arcs[kept]
    return _Within(
        left, _legs(overlay, solved).only(rows, columns, arcs), rows, columns, arcs, np.flatnonzero(inner[kept])
    )


def _legs(overlay: Overlay, values: NDArray[np.float64]) -> _Legs:
    """Return values of legs, shape (O + B, Z + B), of trips within the country."""
    many, zones = len(overlay.origins), len(overlay.graph.terminals)
    direct = values[:many, overlay.origins].copy()
    np.fill_diagonal(direct, 0.0)
    return _Legs(direct, values[:many, zones:], values[many:, zones:], values[many:, overlay.origins])


def _solve(within: _Within, passing: NDArray[np.float64], passing_cost: NDArray[np.float64]) -> _Best:
    """Return the trips of one draw, chosen by weight as :func:`corridors.engine.overlay.solve` does."""
    legs, cost = within.weight, within.cost
    step = passing[:, None] + legs.among
    joined = step.copy()
    np.fill_diagonal(joined, 0.0)
    for via in within.inner:
        np.minimum(joined, joined[:, via, None] + joined[via], out=joined)
    begin, end = (np.flatnonzero(np.isfinite(a).any(axis=axis)) for a, axis in ((legs.start, 0), (legs.end, 1)))
    reached, by_first = _least(legs.start[:, begin], joined[np.ix_(begin, end)])
    weight, by_last = _least(reached + passing[end], legs.end[end])
    row, column = np.nonzero(weight < legs.direct * (1 - ROUNDING))
    at = by_last[row, column]
    first, last = begin[by_first[row, at]], end[at]
    number = np.full(joined.shape, -1)
    number[first, last] = 0
    ways = np.nonzero(number == 0)
    number[ways] = np.arange(len(ways[0]))
    way = np.full(weight.shape, -1)
    way[row, column] = number[first, last]
    over, passed = _walk_back(joined, step, passing_cost[:, None] + cost.among, *ways)
    found = cost.direct.copy()
    found[row, column] = cost.start[row, first] + over[way[row, column]] + passing_cost[last] + cost.end[last, column]
    return _Best(found, way, passed)


def _walk_back(
    joined: NDArray[np.float64],
    step: NDArray[np.float64],
    step_cost: NDArray[np.float64],
    first: NDArray[np.intp],
    last: NDArray[np.intp],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return what ways from border arc to border arc cost, and which border arcs they pass, both ends included."""
    cost, passed = np.zeros(len(first)), np.zeros((len(first), len(joined)), bool)
    way, here = np.arange(len(first)), last
    passed[way, here] = True
    while True:
        on = here != first[way]
        way, here = way[on], here[on]
        if not len(way):
            return cost, passed
        before, now = joined[first[way]], joined[first[way], here]
        fits = (before + step.T[here] <= now[:, None] * (1 + ROUNDING)) & (before < now[:, None])
        came_from = fits.argmax(axis=1)
        cost[way] += step_cost[came_from, here]
        here = came_from
        passed[way, here] = True


def _least(left: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return min over b of left[i, b] + right[b, j], and the first b that gives it; quick where b is few."""
    least, by = np.full((len(left), right.shape[1]), np.inf), np.zeros((len(left), right.shape[1]), np.int64)
    for b in range(len(right)):
        found = left[:, b, None] + right[b]
        better = found < least * (1 - ROUNDING)
        np.copyto(least, found, where=better)
        np.copyto(by, b, where=better)
    return least, by
