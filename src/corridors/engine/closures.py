"""Closures: all single ones at once (each crossing shut alone, all others open), and those of any set of crossings.

Only pairs whose best path uses crossing k are looked at when k is shut. Most have their answer in the best way over
another last crossing, found for all of them in one pass. For the rest, the border arcs whose best way passes k are
reached anew from those that keep theirs; no closure of all others is ever built.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.costs import costs_of
from corridors.engine.minplus import closed, empty_aligned, least_sums, row_minima
from corridors.engine.supply import TRANSIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corridors.engine.costs import Costs, Side
    from corridors.engine.overlay import Solution

_PAIRS_AT_ONCE = 500
"""Rows of sums that stay in the cache."""

_ABREAST = 8
"""Short rows that are added as one: each costs as much to begin as to add."""


@dataclass(frozen=True)
class Closure:
    """What closing one crossing does to the pairs whose best path uses it; P pairs.

    Attributes
    ----------
    crossing
        Position in ``Supply.crossing_ids``.
    origin, destination
        Shape (P,): row of the solution, and terminal.
    cost
        Shape (P,): least cost without the crossing; inf where no path is left.
    """

    crossing: int
    origin: NDArray[np.int64]
    destination: NDArray[np.int64]
    cost: NDArray[np.float64]


def single_closures(solution: Solution, wanted: NDArray[np.bool_]) -> Iterator[Closure]:
    """Yield for each crossing that some path uses what the pairs that use it cost without it.

    Parameters
    ----------
    solution
        Paths with all that is open.
    wanted
        Shape (O, Z): pairs to look at.
    """
    crossing, last = solution.overlay.graph.crossing, solution.last.ravel()
    users = users_of(solution, wanted)
    if not users:
        return
    costs, through = costs_of(solution), _through(solution)
    step = costs.transit[:, None] + costs.among
    reached, steps = _reached(solution, costs, step), _steps(step)
    onto = costs.onto()
    sides = costs.sides(onto)
    runs = set(crossing[np.isfinite(costs.run)].tolist())
    second, by = _second_best(solution, costs, reached, sides, users)
    zones, arcs = onto.shape
    way = np.maximum(solution.first, 0) * arcs + np.arange(arcs)  # where there is no way, nothing is asked of it
    alone = np.where(costs.home, sides[0].alone(crossing), sides[1].alone(crossing))
    for k, pairs in users.items():
        origin = pairs // zones
        to, ending, other, cost = pairs - origin * zones, last[pairs], by[pairs], second[pairs]
        again = (through[k][way.ravel()[origin * arcs + other]] & (other >= 0)) | (k in runs)
        hard = np.flatnonzero(again | (crossing[ending] != k))
        if len(hard):
            shut = crossing == k
            rows, row = np.unique(origin[hard], return_inverse=True)
            there = reached[rows]
            lost = through[k][way[rows]] & np.isfinite(there)
            there[:, shut] = np.inf
            _reach_again(there, lost & ~shut, costs.to_border[rows], steps)
            # where only the way to its last arc is lost, a pair may still end over that one, if not over another
            cost[hard] = np.minimum(cost[hard], there[row, ending[hard]] + onto[to[hard], ending[hard]])
            whole = again[hard] | ~alone[to[hard]]
            now = costs.sides(costs.onto(shut)) if k in runs else sides
            cost[hard[whole]] = _meet(costs, now, there, rows, row[whole], to[hard[whole]])
        yield Closure(k, origin, to, cost)


def _second_best(
    solution: Solution,
    costs: Costs,
    reached: NDArray[np.float64],
    sides: tuple[Side, Side],
    users: dict[int, NDArray[np.int64]],
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Return the least cost by any last crossing but the one that is used, and its border arc (-1: none), flat.

    That is the cost without this crossing wherever the other way does not pass it earlier. Pairs that use none are not
    looked at.
    """
    crossing, shape = solution.overlay.graph.crossing, costs.direct.shape
    cost, by, asked = costs.direct.copy(), np.full(shape, -1, np.int32), np.zeros(costs.direct.size, bool)
    for pairs in users.values():
        asked[pairs] = True
    for side in sides:
        some = asked.reshape(shape)[:, side.zones]
        if not (len(side.arcs) and some.any()):
            continue
        least, arc = _least_but(side, reached[:, side.arcs], solution.last[:, side.zones], crossing, some)
        known = cost[:, side.zones]
        cost[:, side.zones] = np.minimum(known, least)
        by[:, side.zones] = np.where(least < known, side.arcs.astype(by.dtype)[arc], -1)
    return cost.ravel(), by.ravel()


def _least_but(
    side: Side,
    begin: NDArray[np.float64],
    last: NDArray[np.int64],
    crossing: NDArray[np.int32],
    asked: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the least of begin + ahead over all arcs but those of the crossing of ``last``, and its position: (O, G).

    Parameters
    ----------
    side
        G zones and U border arcs.
    begin
        Shape (O, U): cost of reaching them.
    last, asked
        Shape (O, G): a border arc, and whether the pair is asked; what stands in the place of others means nothing.
    crossing
        Shape (B,).
    """
    zones, width = side.ahead.shape
    deep = -(-zones // _ABREAST) * _ABREAST
    ahead, room = empty_aligned((deep, width)), empty_aligned((deep, width))
    ahead[:zones], ahead[zones:], room[:] = side.ahead, np.inf, np.inf
    ahead_abreast, room_abreast = (a.reshape(-1, _ABREAST * width) for a in (ahead, room))
    begin = np.tile(begin, _ABREAST)
    place = np.zeros(len(crossing), np.int64)
    place[side.arcs] = np.arange(width)
    same, alone = crossing[side.arcs], side.alone(crossing)
    last = np.maximum(last, 0)  # where none is passed
    flat, start = room.ravel(), np.arange(zones) * width
    least, arc = np.full(asked.shape, np.inf), np.zeros(asked.shape, np.int64)
    count, every = asked.sum(axis=1), np.arange(zones)
    for row in np.flatnonzero(count):
        at = every
        if 2 * count[row] > zones:
            np.add(ahead_abreast, begin[row], out=room_abreast)
        else:
            at = np.flatnonzero(asked[row])
            np.take(ahead, at, axis=0, out=room[: len(at)])
            some = room_abreast[: -(-len(at) // _ABREAST)]
            some += begin[row]
        sums, first = room[: len(at)], start[: len(at)]
        if alone:
            flat[first + place[last[row, at]]] = np.inf
        else:
            np.copyto(sums, np.inf, where=crossing[last[row, at]][:, None] == same)
        arc[row, at] = found = sums.argmin(axis=1)
        least[row, at] = flat[first + found]
    return least, arc


def costs_without(
    costs: Costs, shut: NDArray[np.bool_], origin: NDArray[np.int64], destination: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return what some pairs cost with any set of crossings shut, shape (P,); inf where no path is left.

    Parameters
    ----------
    costs
        What there is to choose among.
    shut
        Shape (B,): border arcs of the crossings that are shut.
    origin, destination
        Shape (P,): row of the solution, and terminal.
    """
    rows, row = np.unique(origin, return_inverse=True)
    still = np.flatnonzero(~shut)
    joined = closed(costs.transit[still, None] + costs.among[np.ix_(still, still)])
    reached = least_sums(costs.to_border[np.ix_(rows, still)], joined)
    sides = costs.sides(costs.onto(shut)[:, still])
    return _meet(costs, sides, reached, rows, row, destination)


def users_of(solution: Solution, wanted: NDArray[np.bool_]) -> dict[int, NDArray[np.int64]]:
    """Return for each crossing the wanted pairs (flat, of O x Z) whose path uses it."""
    crossing = solution.overlay.graph.crossing
    crossing = crossing.astype(np.min_scalar_type(int(crossing.max(initial=0))))  # small numbers are sorted by radix
    found: dict[int, list[NDArray[np.int64]]] = {}
    for pairs, border in _passed(solution, np.flatnonzero(wanted.ravel() & (solution.last.ravel() >= 0))):
        used = crossing[border]
        order = np.argsort(used, kind="stable")
        by_crossing, upto = pairs[order], np.cumsum(np.bincount(used)).tolist()
        for k, (begin, end) in enumerate(pairwise([0, *upto])):
            if end > begin:
                found.setdefault(k, []).append(by_crossing[begin:end])
    users = {}
    for k, parts in found.items():
        several = np.sort(np.concatenate(parts))
        users[k] = several[np.append(True, several[1:] != several[:-1])]  # a path may use a crossing twice
    return users


def _passed(solution: Solution, pairs: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Walk along paths of pairs (flat, of O x Z) that cross the border: yield pairs and a border arc of each."""
    zones, arcs = solution.weight.shape[1], len(solution.transit)
    last = solution.last.ravel()[pairs]
    yield pairs, last
    if np.isfinite(solution.run).any():  # on from the entry
        to = pairs % zones
        abroad = (solution.overlay.graph.terminals.country != solution.overlay.country)[to]
        on, to, here = pairs[abroad], to[abroad], last[abroad]
        while len(on):
            here = solution.onward[here, to]
            on, to, here = on[here >= 0], to[here >= 0], here[here >= 0]
            yield on, here
    begin, here, before = solution.first.ravel()[pairs // zones * arcs + last], last, solution.before.ravel()
    while True:  # back from the last, over those passed in transit
        more = np.flatnonzero(here != begin)
        if not len(more):
            return
        pairs, begin = pairs[more], begin[more]
        here = before[begin * arcs + here[more]]
        yield pairs, here


def _through(solution: Solution) -> NDArray[np.bool_]:
    """Return whether the way by transits from border arc a on, over b, passes crossing k, shape (K, B * B)."""
    crossing, before = solution.overlay.graph.crossing, solution.before.ravel()
    count = len(crossing)
    found = np.zeros((len(solution.overlay.graph.supply.crossing_ids), count * count), bool)
    way = np.arange(count * count)
    begin, here = way // count, way % count
    while len(way):
        found[crossing[here], way] = True
        on = np.flatnonzero(here != begin)
        way, begin = way[on], begin[on]
        here = before[begin * count + here[on]]
    return found


def _reached(solution: Solution, costs: Costs, step: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least cost of reaching each border arc, shape (O, B)."""
    overlay, many = solution.overlay, len(costs.to_border)
    if np.array_equal(overlay.border[TRANSIT], overlay.graph.border_totals[TRANSIT, :, 0]) and np.array_equal(
        overlay.weight[:many, -len(step) :], costs.to_border
    ):
        return solution.reached  # what decided is the cost itself
    return least_sums(costs.to_border, closed(step))


@dataclass(frozen=True)
class _Steps:
    """E border arcs that are come to from the same country, and the U that enter it.

    Attributes
    ----------
    to, by
        Shapes (E,) and (U,).
    cost
        Shape (E, U): of passing one and going on to the other.
    """

    to: NDArray[np.int64]
    by: NDArray[np.int64]
    cost: NDArray[np.float64]


def _steps(step: NDArray[np.float64]) -> list[_Steps]:
    """Return the steps from border arc to border arc, shape (B, B), by the first that leads to each."""
    leads = np.isfinite(step)
    first = np.where(leads.any(axis=0), leads.argmax(axis=0), -1)
    groups = [np.flatnonzero(first == arc) for arc in np.unique(first[first >= 0])]
    entering = [np.flatnonzero(leads[:, to].any(axis=1)) for to in groups]
    return [_Steps(to, by, step.T[np.ix_(to, by)]) for to, by in zip(groups, entering, strict=True)]


def _reach_again(
    reached: NDArray[np.float64], lost: NDArray[np.bool_], to_border: NDArray[np.float64], steps: list[_Steps]
) -> None:
    """Put in place what it costs to reach border arcs whose way was lost: straight, or over others.

    The others keep their ways, so that the first round finds all but the ways over another that was lost; those come
    in the rounds that follow (Bellman and Ford, among the few).

    Parameters
    ----------
    reached
        Shape (R, B), of R origins; inf where a border arc is shut.
    lost
        Shape (R, B).
    to_border
        Shape (R, B): of legs.
    steps
        From border arc to border arc.
    """
    np.copyto(reached, to_border, where=lost)
    asked = [np.nonzero(lost[:, step.to]) for step in steps]
    known = reached
    while True:
        better = np.full(reached.shape, np.inf)
        for step, (row, place) in zip(steps, asked, strict=True):
            column = np.flatnonzero(np.isfinite(known[:, step.by]).any(axis=0))
            if not (len(row) and len(column)):
                continue
            least = _least_of(known.take(step.by[column], axis=1), row, step.cost.take(column, axis=1), place)
            end = step.to[place]
            at = np.flatnonzero(least < reached[row, end])
            reached[row[at], end[at]] = better[row[at], end[at]] = least[at]
        if not np.isfinite(better).any():
            return
        known = better


def _least_of(
    left: NDArray[np.float64], i: NDArray[np.intp], right: NDArray[np.float64], j: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the least of left[i] + right[j] for each of some pairs of rows."""
    least = np.empty(len(i))
    for at in range(0, len(i), _PAIRS_AT_ONCE):
        part = slice(at, at + _PAIRS_AT_ONCE)
        sums = left.take(i[part], axis=0)
        sums += right.take(j[part], axis=0)
        least[part] = row_minima(sums)
    return least


def _meet(
    costs: Costs,
    sides: tuple[Side, Side],
    reached: NDArray[np.float64],
    rows: NDArray[np.int64],
    row: NDArray[np.intp],
    to: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return the least cost of pairs from some rows (``rows[row]``) to some zones, without a leg or over any arc."""
    cost = costs.direct[rows[row], to]
    for side in sides:
        at = np.flatnonzero(side.place[to] >= 0)
        if len(at) and len(side.arcs):
            found = _least_of(reached.take(side.arcs, axis=1), row[at], side.ahead, side.place[to[at]])
            cost[at] = np.minimum(cost[at], found)
    return cost
