"""Closures: all single ones at once (each crossing shut alone, all others open), and those of any set of crossings.

The closure of transits without crossing k is that of all other crossings. Leave-one-out by divide and conquer builds
all of them: on the way down to one half of the crossings those of the other half are put in, each crossing with all
its border arcs; at the bottom every crossing but one is in. That takes B³ log K steps in place of B³ K. Then only
pairs whose best path uses k are looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.minplus import closed, least_sums, put_in, run_on
from corridors.engine.paths import steps
from corridors.engine.supply import TRANSIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corridors.engine.overlay import Solution

_PAIRS_AT_ONCE = 20_000


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


@dataclass(frozen=True)
class Costs:
    """Costs alone, of legs between O origins, B border arcs and Z zones, and of the border arcs themselves."""

    direct: NDArray[np.float64]
    """Shape (O, Z): of domestic pairs without any crossing; inf for others."""
    to_border: NDArray[np.float64]
    """Shape (O, B)."""
    among: NDArray[np.float64]
    """Shape (B, B)."""
    to_zone: NDArray[np.float64]
    """Shape (B, Z)."""
    transit: NDArray[np.float64]
    entry: NDArray[np.float64]
    run: NDArray[np.float64]
    """Shape (B,): inf where a border arc cannot be passed so."""
    home: NDArray[np.bool_]
    """Shape (Z,): zones of the country of the origins."""

    def onto(self, shut: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Return costs from the near side of each border arc, passed last before the end, to each zone: (Z, B)."""
        run = self.run if shut is None else np.where(shut, np.inf, self.run)
        entered = self.entry[:, None] + run_on(self.to_zone, self.among, run)
        ahead = np.where(self.home, self.transit[:, None] + self.to_zone, entered)
        if shut is not None:
            ahead[shut] = np.inf
        return np.ascontiguousarray(ahead.T)


def costs_of(solution: Solution) -> Costs:
    """Return the costs that a solution chose among, without what decides between equal ones."""
    overlay = solution.overlay
    many, zones = solution.weight.shape
    legs = np.where(np.isfinite(overlay.weight), overlay.totals[:, :, 0], np.inf)
    entry, transit = overlay.graph.border_totals[:, :, 0]
    home = overlay.graph.terminals.country == overlay.country
    return Costs(
        direct=np.where(home, legs[:many, :zones], np.inf),
        to_border=legs[:many, zones:],
        among=legs[many:, zones:],
        to_zone=legs[many:, :zones],
        transit=np.where(np.isfinite(solution.transit), transit, np.inf),
        entry=np.where(np.isfinite(solution.entry), entry, np.inf),
        run=np.where(np.isfinite(solution.run), transit, np.inf),
        home=home,
    )


def single_closures(solution: Solution, wanted: NDArray[np.bool_]) -> Iterator[Closure]:
    """Yield for each crossing that some path uses what the pairs that use it cost without it.

    Parameters
    ----------
    solution
        Paths with all that is open.
    wanted
        Shape (O, Z): pairs to look at.
    """
    crossing = solution.overlay.graph.crossing
    costs, users, passed = costs_of(solution), users_of(solution, wanted), _passed(solution)
    joined = costs.transit[:, None] + costs.among
    np.fill_diagonal(joined, 0.0)
    reached = _reached(solution, costs, joined)
    onto = costs.onto()
    runs = set(crossing[np.isfinite(costs.run)].tolist())
    second, by = _second_best(solution, costs, reached, onto, users)
    first = np.maximum(solution.first, 0)  # where there is no way, nothing is asked of it
    zones = len(costs.home)
    hard: dict[int, NDArray[np.bool_]] = {}
    for k, pairs in users.items():
        other = by[pairs // zones, pairs % zones]
        goes_by_k = passed[first[pairs // zones, other], other, k] & (other >= 0)
        ends_by_k = crossing[solution.last[pairs // zones, pairs % zones]] == k
        hard[k] = goes_by_k | ~ends_by_k | (k in runs)
        if not hard[k].any():
            yield Closure(k, pairs // zones, pairs % zones, second[pairs // zones, pairs % zones])
    left = np.array(sorted(k for k, some in hard.items() if some.any()))
    if not len(left):
        return
    start = np.asarray(np.isfinite(costs.to_border).any(axis=0))
    ready = put_in(joined, np.flatnonzero(~np.isin(crossing, left)))
    begin = np.ascontiguousarray(costs.to_border[:, start])
    for k, without in _all_but_one(ready, np.arange(len(crossing)), left, crossing, start):
        pairs, shut = users[k], crossing == k
        cost = second[pairs // zones, pairs % zones]
        again = pairs[hard[k]]
        rows, row = np.unique(again // zones, return_inverse=True)
        there = reached[rows]
        lost = passed[first[rows], np.arange(len(shut)), k]
        _reach_again(there, lost, begin[rows], without)
        there[:, shut] = np.inf
        cost[hard[k]] = _meet(costs, there, rows, row, costs.onto(shut) if k in runs else onto, again % zones)
        yield Closure(k, pairs // zones, pairs % zones, cost)


def _second_best(
    solution: Solution,
    costs: Costs,
    reached: NDArray[np.float64],
    onto: NDArray[np.float64],
    users: dict[int, NDArray[np.int64]],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the least cost by any last crossing but the one that is used, and its border arc (-1: none): (O, Z).

    That is the cost without this crossing wherever the other way does not pass it earlier.
    """
    crossing = solution.overlay.graph.crossing
    cost, by = costs.direct.copy(), np.full(costs.direct.shape, -1)
    asked = np.zeros(costs.direct.size, bool)
    for pairs in users.values():
        asked[pairs] = True
    rows = np.flatnonzero(asked.reshape(cost.shape).any(axis=1))
    for group in (np.flatnonzero(costs.home), np.flatnonzero(~costs.home)):
        useful = np.flatnonzero(np.isfinite(onto[group]).any(axis=0))
        if not len(useful):
            continue
        ahead, same = np.ascontiguousarray(onto[np.ix_(group, useful)]), crossing[useful]
        column = np.zeros(len(crossing), np.int64)
        column[useful] = np.arange(len(useful))
        alone = len(np.unique(same)) == len(same)  # no crossing has two arcs into the same country
        some = asked.reshape(cost.shape)[:, group]
        room, count = np.empty_like(ahead), np.arange(len(group))
        begin = reached[:, useful]
        for row in rows:
            at = np.flatnonzero(some[row])
            if not len(at):
                continue
            sums, each, to = room[: len(at)], count[: len(at)], group[at]
            np.add(ahead if len(at) == len(group) else ahead[at], begin[row], out=sums)
            last = solution.last[row, to]  # never a direct way: only pairs that use a crossing are asked
            if alone:
                sums[each, column[last]] = np.inf
            else:
                np.copyto(sums, np.inf, where=crossing[last][:, None] == same)
            arc = sums.argmin(axis=1)
            least = sums[each, arc]
            known = cost[row, to]
            cost[row, to] = np.minimum(known, least)
            by[row, to] = np.where(least < known, useful[arc], by[row, to])
    return cost, by


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
    return _meet(costs, reached, rows, row, costs.onto(shut)[:, still], destination)


def users_of(solution: Solution, wanted: NDArray[np.bool_]) -> dict[int, NDArray[np.int64]]:
    """Return for each crossing the wanted pairs (flat, of O x Z) whose path uses it."""
    crossing, flat = solution.overlay.graph.crossing, wanted.ravel()
    crossing = crossing.astype(np.min_scalar_type(int(crossing.max(initial=0))))  # small numbers are sorted by radix
    found: dict[int, list[NDArray[np.int64]]] = {}
    for pairs, _, _, border, _ in steps(solution):
        at = (border >= 0) & flat[pairs]
        pair, used = pairs[at], crossing[border[at]]
        order = np.argsort(used, kind="stable")
        ks, start, length = np.unique(used[order], return_index=True, return_counts=True)
        for k, begin, size in zip(ks.tolist(), start, length, strict=True):
            found.setdefault(k, []).append(pair[order[begin : begin + size]])
    users = {}
    for k, parts in found.items():
        marked = np.zeros(flat.shape, bool)  # a path may use a crossing twice
        for part in parts:
            marked[part] = True
        users[k] = np.flatnonzero(marked)
    return users


def _passed(solution: Solution) -> NDArray[np.bool_]:
    """Return whether the way by transits from border arc a to b passes crossing k, shape (B, B, K)."""
    crossing = solution.overlay.graph.crossing
    count = len(crossing)
    found = np.zeros((count, count, len(solution.overlay.graph.supply.crossing_ids)), bool)
    begin, end = (a.ravel() for a in np.indices((count, count)))
    here = end
    while True:
        on = here != begin
        if not on.any():
            return found
        begin, end, here = begin[on], end[on], solution.before[begin[on], here[on]]
        found[begin, end, crossing[here]] = True


def _all_but_one(
    joined: NDArray[np.float64],
    rows: NDArray[np.int64],
    ones: NDArray[np.int64],
    crossing: NDArray[np.int32],
    start: NDArray[np.bool_],
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield each of some crossings, which are not in yet, with the closure of all others.

    Rows of the closure are kept where a way starts or is still to be put in; those yielded are where one starts.
    """
    if len(ones) == 1:
        without = joined[start[rows]]
        shut = np.flatnonzero(crossing[start] == ones[0])
        without[shut] = np.where(np.flatnonzero(start)[shut, None] == np.arange(len(crossing)), 0.0, np.inf)
        yield int(ones[0]), without  # no way begins by passing it
        return
    half = len(ones) // 2
    for below, beside in ((ones[:half], ones[half:]), (ones[half:], ones[:half])):
        inside = put_in(joined.copy(), np.flatnonzero(np.isin(crossing, beside)), rows)
        needed = start[rows] | np.isin(crossing[rows], below)
        yield from _all_but_one(inside[needed], rows[needed], below, crossing, start)


def _reached(solution: Solution, costs: Costs, joined: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least cost of reaching each border arc, shape (O, B)."""
    overlay, many = solution.overlay, len(costs.to_border)
    if np.array_equal(overlay.border[TRANSIT], overlay.graph.border_totals[TRANSIT, :, 0]) and np.array_equal(
        overlay.weight[:many, -len(joined) :], costs.to_border
    ):
        return solution.reached  # what decided is the cost itself
    return least_sums(costs.to_border, closed(joined))


def _reach_again(
    reached: NDArray[np.float64], lost: NDArray[np.bool_], to_border: NDArray[np.float64], joined: NDArray[np.float64]
) -> None:
    """Put in place what it costs to reach border arcs whose way was lost.

    R origins, shapes (R, B) and (R, B); to the S border arcs where a way starts (R, S), and on from them (S, B).
    """
    row, end = np.nonzero(lost & np.isfinite(reached))
    for at in range(0, len(row), _PAIRS_AT_ONCE):
        i, b = row[at : at + _PAIRS_AT_ONCE], end[at : at + _PAIRS_AT_ONCE]
        reached[i, b] = (to_border[i] + joined.T[b]).min(axis=1, initial=np.inf)


def _meet(
    costs: Costs,
    reached: NDArray[np.float64],
    rows: NDArray[np.int64],
    row: NDArray[np.intp],
    onto: NDArray[np.float64],
    to: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return the least cost of pairs from some rows (``rows[row]``) to some zones, without a leg or over any arc."""
    cost = costs.direct[rows[row], to]
    for group in (np.flatnonzero(costs.home[to]), np.flatnonzero(~costs.home[to])):  # entered by other border arcs
        useful = np.isfinite(reached).any(axis=0) & np.isfinite(onto[np.unique(to[group])]).any(axis=0)
        begin, end = np.ascontiguousarray(reached[:, useful]), np.ascontiguousarray(onto[:, useful])
        for at in range(0, len(group), _PAIRS_AT_ONCE):
            part = group[at : at + _PAIRS_AT_ONCE]
            found = (begin[row[part]] + end[to[part]]).min(axis=1, initial=np.inf)
            cost[part] = np.minimum(cost[part], found)
    return cost
