"""Least-cost trips in many draws of the waits at once: legs stay, border arcs change.

A trip from one place to another is a walk over *states*: border arcs passed in transit, in entry, or run through
after the entry. Bounds come first: a state that is no use with the least waits of all draws, held against the best
trip with the greatest, is no use in any draw, and goes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.legs import ROUNDING
from corridors.engine.supply import ENTRY, TRANSIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.engine.overlay import Overlay

SLACK = 1e-9
"""Bounds that differ by less than this share leave a state in."""


@dataclass(frozen=True)
class Trips:
    """The best trip in each of D draws.

    Attributes
    ----------
    totals
        Shape (D, 5 + countries): as ``Graph.totals``, with the drawn waits; inf where there is no way.
    uses
        Shape (D, K): which crossings it uses.
    """

    totals: NDArray[np.float64]
    uses: NDArray[np.bool_]


@dataclass(frozen=True)
class _States:
    """S ways of passing a border arc, and the legs between them; weights, inf where no leg is allowed."""

    arc: NDArray[np.int64]
    kind: NDArray[np.int64]
    start: NDArray[np.float64]
    step: NDArray[np.float64]
    """Shape (S, S)."""
    end: NDArray[np.float64]

    def only(self, kept: NDArray[np.intp]) -> _States:
        step = self.step[np.ix_(kept, kept)]
        return _States(self.arc[kept], self.kind[kept], self.start[kept], step, self.end[kept])


def waits_changed(
    overlay: Overlay, waits: NDArray[np.float64], value: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what decides at border arcs with other waits, and what is added to their totals.

    Parameters
    ----------
    overlay
        The legs.
    waits
        Hours, shape (D, 2, B).
    value
        What an hour of waiting adds to the cost that is minimised.

    Returns
    -------
    Shapes (D, 2, B): weights, and hours more than in the overlay.
    """
    more_h = waits - overlay.graph.border_totals[:, :, 4]
    return overlay.border + value * more_h, more_h


def with_waits(overlay: Overlay, waits: NDArray[np.float64], value: float) -> Overlay:
    """Return an overlay with the waits of one draw, hours of shape (2, B); legs stay as they are."""
    weight, more_h = (each[0] for each in waits_changed(overlay, waits[None], value))
    totals = overlay.graph.border_totals.copy()
    for column, more in ((0, value * more_h), (2, more_h), (4, more_h)):
        totals[:, :, column] += more
    return replace(overlay, graph=replace(overlay.graph, border_totals=totals), border=weight)


def best_trips(overlay: Overlay, to: int, waits: NDArray[np.float64], value: float, avoid: int | None = None) -> Trips:
    """Return the best trip from the only origin of an overlay to a terminal in each draw.

    Parameters
    ----------
    overlay
        The legs, of one origin.
    to
        A terminal.
    waits, value
        As in :func:`waits_changed`.
    avoid
        A country that must not be entered.

    Notes
    -----
    Label-correcting over states, all draws in step: each state that gained in any draw hands on what it has, until none
    gains. Paths are walked back from the end, among equals by the first border arc.
    """
    weight, more_h = waits_changed(overlay, waits, value)
    states, direct = _states(overlay, to, avoid)
    passing = weight[:, states.kind, states.arc]
    kept = _may_help(states, direct, passing)
    states, passing = states.only(kept), passing[:, kept]
    reached = _reach(states.start, states.step, passing)
    return _walk_back(overlay, to, states, direct, passing, reached, more_h, value)


def _states(overlay: Overlay, to: int, avoid: int | None) -> tuple[_States, float]:
    """Return the states of a trip, and the weight of the leg without any border."""
    graph, zones = overlay.graph, len(overlay.graph.terminals)
    open_ = np.flatnonzero(graph.enters != (-1 if avoid is None else avoid))
    to_border, among = overlay.weight[0, zones:][open_], overlay.weight[1:, zones:][np.ix_(open_, open_)]
    to_zone = overlay.weight[1:, to][open_]
    no_way = np.full_like(among, np.inf)
    nowhere = np.full(len(open_), np.inf)
    if graph.terminals.country[to] == overlay.country:
        step = among.copy()
        np.fill_diagonal(step, np.inf)
        return _States(open_, np.full(len(open_), TRANSIT), to_border, step, to_zone), float(overlay.weight[0, to])
    runs = graph.supply.run_through[graph.border_arc][open_]
    to_run = np.where(runs, among, np.inf)
    step = np.block([[among, among, no_way], [no_way, no_way, to_run], [no_way, no_way, to_run]])
    np.fill_diagonal(step, np.inf)
    kind = np.repeat([TRANSIT, ENTRY, TRANSIT], len(open_))
    start, end = np.concatenate([to_border, to_border, nowhere]), np.concatenate([nowhere, to_zone, to_zone])
    return _States(np.tile(open_, 3), kind, start, step, end), np.inf


def _reach(start: NDArray[np.float64], step: NDArray[np.float64], passing: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least weight of reaching each state in each draw, shape (D, S)."""
    reached = np.repeat(start[:, None], len(passing), axis=1)  # draws in rows of memory: all of a state at once
    passing = np.ascontiguousarray(passing.T)
    onto = [np.flatnonzero(np.isfinite(row)) for row in step]
    gained = np.isfinite(start)
    while gained.any():
        for state in np.flatnonzero(gained):
            gained[state] = False
            ahead = onto[state]
            found = step[state, ahead][:, None] + (reached[state] + passing[state])
            better = (found < reached[ahead]).any(axis=1)
            ahead, found = ahead[better], found[better]
            reached[ahead] = np.minimum(reached[ahead], found)
            gained[ahead] = True
    return np.ascontiguousarray(reached.T)


def _may_help(states: _States, direct: float, passing: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the states that may be on the best trip in some draw."""
    least, most = passing.min(axis=0)[None], passing.max(axis=0)[None]
    surely = min(direct, (_reach(states.start, states.step, most) + most + states.end).min(initial=np.inf))
    at_least = _reach(states.start, states.step, least) + least + _reach(states.end, states.step.T, least)
    return np.flatnonzero(np.isfinite(at_least[0]) & (at_least[0] <= surely * (1 + SLACK)))


def _walk_back(
    overlay: Overlay,
    to: int,
    states: _States,
    direct: float,
    passing: NDArray[np.float64],
    reached: NDArray[np.float64],
    more_h: NDArray[np.float64],
    value: float,
) -> Trips:
    """Add up what the best trips are made of."""
    graph, zones = overlay.graph, len(overlay.graph.terminals)
    uses = np.zeros((len(passing), len(graph.supply.crossing_ids)), bool)
    whole = reached + passing + states.end
    least = whole.min(axis=1, initial=np.inf)
    draw = np.flatnonzero(least < direct * (1 - ROUNDING))
    totals = np.repeat(overlay.totals[:1, to] if np.isfinite(direct) else np.full((1, overlay.totals.shape[2]), np.inf),
                       len(passing), axis=0)  # fmt: skip
    totals[draw] = 0.0
    here, target = _first(whole[draw] <= least[draw, None] * (1 + ROUNDING)), np.full(len(draw), to)
    while len(draw):
        arc, kind = states.arc[here], states.kind[here]
        totals[draw] += overlay.totals[1 + arc, target] + graph.border_totals[kind, arc]
        extra = more_h[draw, kind, arc]
        totals[draw, 2] += extra
        totals[draw, 4] += extra
        totals[draw, 0] += value * extra
        uses[draw, graph.crossing[arc]] = True
        now = reached[draw, here]
        first = states.start[here] <= now * (1 + ROUNDING)
        totals[draw[first]] += overlay.totals[0, zones + arc[first]]
        draw, here, now, target = draw[~first], here[~first], now[~first], zones + arc[~first]
        sums = reached[draw] + passing[draw] + states.step.T[here]
        here = _first((sums <= now[:, None] * (1 + ROUNDING)) & (reached[draw] < now[:, None]))
    return Trips(totals, uses)


def _first(fits: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the first column of each row that fits; of no rows, none."""
    return fits.argmax(axis=1) if len(fits) else np.zeros(0, np.intp)
