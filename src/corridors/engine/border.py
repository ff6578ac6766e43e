"""Least costs again when only the border changes: closures, waits and fees leave the legs as they are.

The overlay keeps which path is the best; here only its cost is wanted, of all pairs at once, in milliseconds. The
crossings of a few pairs are found again from the costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.minplus import closed, least_sums, run_on
from corridors.engine.supply import ENTRY, TRANSIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.engine.overlay import Overlay

_SAME = 1 + 1e-12
"""Sums of the same legs in another order differ by less than this."""


@dataclass(frozen=True)
class LegCosts:
    """Costs of legs between Z terminals and B border arcs; inf where no leg joins them.

    Attributes
    ----------
    direct
        Shape (Z, Z): of trips within one country that pass no border arc.
    to_border, among, to_zone
        Shapes (Z, B), (B, B), (B, Z): from terminals to border arcs, from border arc to border arc, to terminals.
    country
        Shape (Z,): of the terminals.
    crossing, enters
        Shape (B,): of the border arcs.
    run_through
        Shape (B,): may be passed after the entry.
    crossings
        K, how many crossings the supply names: also those that no border arc passes.
    """

    direct: NDArray[np.float64]
    to_border: NDArray[np.float64]
    among: NDArray[np.float64]
    to_zone: NDArray[np.float64]
    country: NDArray[np.int32]
    crossing: NDArray[np.int32]
    enters: NDArray[np.int32]
    run_through: NDArray[np.bool_]
    crossings: int


@dataclass(frozen=True)
class LeastCosts:
    """Least costs of all pairs at some costs of the border arcs.

    Attributes
    ----------
    legs
        What is inland.
    border
        Shape (2, B): cost of each border arc for ENTRY and TRANSIT; inf where it is shut.
    joined
        Shape (B, B): from before one border arc to before another, by transits.
    reached
        Shape (Z, B): from terminals to before border arcs.
    onward
        Shape (B, Z): from behind a border arc, passed as the entry, to terminals.
    cost
        Shape (Z, Z): of the pair; 0 from a terminal to itself.
    """

    legs: LegCosts
    border: NDArray[np.float64]
    joined: NDArray[np.float64]
    reached: NDArray[np.float64]
    onward: NDArray[np.float64]
    cost: NDArray[np.float64]

    @cached_property
    def steps(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Transits and what they come to, shapes (B, B); a little more where some cost nothing, so none circles."""
        step = self.border[TRANSIT][:, None] + self.legs.among
        if not len(step) or step.min() > 0:
            return step, self.joined
        step = step + 1e-9 * max(1.0, step[np.isfinite(step)].max(initial=0.0))
        return step, closed(step)


def leg_costs(overlays: list[Overlay]) -> LegCosts:
    """Return the costs of the legs of some overlays, which together begin at every terminal.

    Parameters
    ----------
    overlays
        As :func:`corridors.engine.paths.overlays_of` returns them for all terminals.
    """
    graph = overlays[0].graph
    zones, arcs = len(graph.terminals), len(graph.border_arc)
    country = graph.terminals.country
    direct, to_border = np.full((zones, zones), np.inf), np.full((zones, arcs), np.inf)
    among, to_zone = np.full((arcs, arcs), np.inf), np.full((arcs, zones), np.inf)
    for overlay in overlays:
        many = len(overlay.origins)
        legs = np.where(np.isfinite(overlay.weight), overlay.totals[:, :, 0], np.inf)
        direct[overlay.origins] = np.where(country == overlay.country, legs[:many, :zones], np.inf)
        to_border[overlay.origins] = legs[:many, zones:]
        # overlays differ in how they decide between equal costs, not in the costs
        among, to_zone = legs[many:, zones:], legs[many:, :zones]
    np.fill_diagonal(direct, 0.0)
    through = graph.supply.run_through[graph.border_arc]
    many = len(graph.supply.crossing_ids)
    return LegCosts(direct, to_border, among, to_zone, country, graph.crossing, graph.enters, through, many)


def least_costs(legs: LegCosts, border: NDArray[np.float64]) -> LeastCosts:
    """Return the least costs of all pairs at some costs of the border arcs.

    Parameters
    ----------
    legs
        What is inland.
    border
        Shape (2, B): cost of each border arc for ENTRY and TRANSIT; inf where it is shut.
    """
    entry, transit = border[ENTRY], border[TRANSIT]
    joined = closed(transit[:, None] + legs.among)
    onward = run_on(legs.to_zone, legs.among, np.where(legs.run_through, transit, np.inf))
    reached = np.full(legs.to_border.shape, np.inf)
    cost = legs.direct.copy()
    for country in np.unique(legs.country):
        home = np.flatnonzero(legs.country == country)
        abroad = np.flatnonzero(legs.country != country)
        reached[home] = least_sums(legs.to_border[home], joined)
        within = least_sums(reached[home], transit[:, None] + legs.to_zone[:, home])
        cost[np.ix_(home, home)] = np.minimum(cost[np.ix_(home, home)], within)
        entered = np.where(legs.enters == country, np.inf, entry)  # coming home is no entry of a trip abroad
        cost[np.ix_(home, abroad)] = least_sums(reached[home], entered[:, None] + onward[:, abroad])
    return LeastCosts(legs, border, joined, reached, onward, cost)


def crossings_of(found: LeastCosts, origin: NDArray[np.int64], destination: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which crossings the best paths of some pairs use, shape (P, K).

    Among equal costs any path may be taken. A pair without a path uses none.

    Parameters
    ----------
    found
        The costs.
    origin, destination
        Terminals, shape (P,).
    """
    legs, (entry, transit) = found.legs, found.border
    used = np.zeros((len(origin), legs.crossings), bool)
    if not len(legs.crossing):
        return used
    domestic = legs.country[origin] == legs.country[destination]
    behind = np.where(domestic, transit[:, None] + legs.to_zone[:, destination], np.inf)
    entered = np.where(legs.enters[:, None] == legs.country[origin], np.inf, entry[:, None])
    behind = np.where(domestic, behind, entered + found.onward[:, destination]).T
    sums = found.reached[origin] + behind
    last = sums.argmin(axis=1)
    least = sums.min(axis=1)
    pairs = np.flatnonzero(np.isfinite(least) & (legs.direct[origin, destination] > least * _SAME))
    used[pairs, legs.crossing[last[pairs]]] = True
    abroad = pairs[~domestic[pairs]]
    _runs(found, used, abroad, last[abroad], destination[abroad])
    step, ways = found.steps
    here = (legs.to_border[origin[pairs]] + ways[:, last[pairs]].T).argmin(axis=1)
    for _ in range(len(step)):  # from the first border arc on towards the last
        on = here != last[pairs]
        pairs, here = pairs[on], here[on]
        if not len(pairs):
            break
        used[pairs, legs.crossing[here]] = True
        here = (step[here] + ways[:, last[pairs]].T).argmin(axis=1)
    return used


def _runs(
    found: LeastCosts,
    used: NDArray[np.bool_],
    pairs: NDArray[np.intp],
    here: NDArray[np.int64],
    to: NDArray[np.int64],
) -> None:
    """Mark the crossings that some pairs run through after the entry, in place."""
    legs = found.legs
    run = np.where(legs.run_through, found.border[TRANSIT], np.inf)
    for _ in range(len(run)):
        on = legs.to_zone[here, to] > found.onward[here, to] * _SAME
        pairs, here, to = pairs[on], here[on], to[on]
        if not len(pairs):
            break
        here = (legs.among[here] + run + found.onward[:, to].T).argmin(axis=1)
        used[pairs, legs.crossing[here]] = True
