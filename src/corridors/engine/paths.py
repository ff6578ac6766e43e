"""Least-cost paths as the overlay finds them: what they add up to, what they use, which arcs they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.legs import arcs_into, distances
from corridors.engine.overlay import DIRECT, NO_WAY, build_overlay, solve, sum_legs
from corridors.engine.supply import ENTRY, TRANSIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corridors.engine.graph import Graph
    from corridors.engine.overlay import Country, Overlay, Solution


@dataclass(frozen=True)
class Paths:
    """What the least-cost paths add up to; O origins, Z destinations, C countries.

    Attributes
    ----------
    origins
        Terminals, shape (O,).
    totals
        Shape (5 + C, O, Z): cost, length_km, time_h, cost_usd, wait_h, then km by country; inf where there is no path.
    crossings
        Shape (D, O, Z): the crossings each path uses, in no order; -1 where it uses fewer than D.
    """

    origins: NDArray[np.int64]
    totals: NDArray[np.float64]
    crossings: NDArray[np.int32]

    def uses(self, crossing: int) -> NDArray[np.bool_]:
        """Return which pairs use a crossing, shape (O, Z)."""
        return np.asarray((self.crossings == crossing).any(axis=0))

    @property
    def cost(self) -> NDArray[np.float64]:
        """What was minimised, shape (O, Z)."""
        return np.asarray(self.totals[0])

    @property
    def length_km(self) -> NDArray[np.float64]:
        """Length in km, shape (O, Z)."""
        return np.asarray(self.totals[1])

    @property
    def time_h(self) -> NDArray[np.float64]:
        """Hours, waits included, shape (O, Z)."""
        return np.asarray(self.totals[2])

    @property
    def cost_usd(self) -> NDArray[np.float64]:
        """USD, fees included, shape (O, Z)."""
        return np.asarray(self.totals[3])

    @property
    def wait_h(self) -> NDArray[np.float64]:
        """Hours at crossings, shape (O, Z)."""
        return np.asarray(self.totals[4])

    @property
    def km_by_country(self) -> NDArray[np.float64]:
        """Km in each country, shape (C, O, Z)."""
        return np.asarray(self.totals[5:])


def steps(
    solution: Solution,
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]]:
    """Walk along all paths at once: yield pairs (flat, of O x Z), a leg of each, and the border arc passed before it.

    Yields
    ------
    pairs, source, target, border arc (-1: none), and the traffic (ENTRY or TRANSIT) at that border arc.
    """
    many, zones = solution.weight.shape
    origin, to = (a.ravel() for a in np.indices(solution.weight.shape))
    itself = solution.overlay.origins[origin] == to
    last = solution.last.ravel()
    pairs = np.flatnonzero((last == DIRECT) & ~itself)
    yield pairs, origin[pairs], to[pairs], np.full(len(pairs), -1), TRANSIT
    home = (solution.overlay.graph.terminals.country == solution.overlay.country)[to]
    for domestic in (True, False):
        pairs = np.flatnonzero((last >= 0) & (home == domestic))
        here = last[pairs].copy()
        traffic = TRANSIT if domestic else ENTRY
        if domestic:
            yield pairs, many + here, to[pairs], here, traffic
        else:
            yield from _after_entry(solution, pairs, to[pairs], here)
        # back from the border arc, over those passed in transit, to the origin
        begin = solution.first[origin[pairs], here]
        while len(pairs):
            back = np.where(here == begin, -1, solution.before[begin, here])
            source = np.where(here == begin, origin[pairs], many + back)
            yield pairs, source, zones + here, back, TRANSIT
            on = here != begin
            pairs, begin, here = pairs[on], begin[on], back[on]


def _after_entry(
    solution: Solution, pairs: NDArray[np.intp], to: NDArray[np.int64], entry: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]]:
    """Walk from the entry to the destination."""
    many, zones = solution.weight.shape
    here, traffic = entry.copy(), ENTRY
    while len(pairs):
        ahead = solution.onward[here, to]
        arrived = ahead == DIRECT
        yield pairs, many + here, np.where(arrived, to, zones + ahead), here, traffic
        pairs, to, here, traffic = pairs[~arrived], to[~arrived], ahead[~arrived], TRANSIT


def add_up(solution: Solution, legs: NDArray[np.float64], border: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sums of columns along all paths, shape (O, Z, J); nan where there is no path, 0 from a zone to itself.

    Parameters
    ----------
    solution
        The paths.
    legs, border
        Shapes (O + B, Z + B, J) and (2, B, J): by leg, and by traffic and border arc.
    """
    shape = solution.weight.shape
    sums = np.zeros((shape[0] * shape[1], legs.shape[2]))
    for pairs, source, target, passed, traffic in steps(solution):
        sums[pairs] += legs[source, target]
        at = passed >= 0
        sums[pairs[at]] += border[traffic, passed[at]]
    sums[(solution.last == NO_WAY).ravel()] = np.nan
    return sums.reshape(*shape, legs.shape[2])


def paths_of(solution: Solution) -> Paths:
    """Return what the paths add up to."""
    overlay = solution.overlay
    shape = solution.weight.shape
    totals = add_up(solution, overlay.totals, overlay.graph.border_totals)
    totals[np.isnan(totals)] = np.inf
    used: list[NDArray[np.int32]] = []
    count = np.zeros(shape[0] * shape[1], np.int64)
    crossing = overlay.graph.crossing
    for pairs, _, _, passed, _ in steps(solution):
        at = passed >= 0
        pair, k = pairs[at], crossing[passed[at]]
        while len(used) <= count[pair].max(initial=-1):
            used.append(np.full(len(count), -1, np.int32))
        for depth in np.unique(count[pair]):
            here = count[pair] == depth
            used[depth][pair[here]] = k[here]
        count[pair] += 1
    crossings = np.array(used, np.int32).reshape(-1, *shape)
    return Paths(overlay.origins, np.ascontiguousarray(np.moveaxis(totals, 2, 0)), crossings)


def flow_of(solution: Solution, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the flow on each arc of the supply, shape (M,), of pairs that weigh as given, shape (O, Z)."""
    overlay, graph = solution.overlay, solution.overlay.graph
    on_leg = np.zeros(overlay.weight.shape)
    flow = np.zeros(len(graph.supply.tail))
    amount = weights.ravel()
    for pairs, source, target, passed, _ in steps(solution):
        np.add.at(on_leg, (source, target), amount[pairs])
        at = passed >= 0
        flow += np.bincount(graph.border_arc[passed[at]], amount[pairs[at]], len(flow))
    for part in overlay.countries:
        on_arc = np.zeros(len(part.reduced.tail))
        for source, target, arc in _leg_arcs(overlay, part, on_leg > 0):
            on_arc += np.bincount(arc, on_leg[source, target], len(on_arc))
        for chain, link in part.reduced.chains():
            arcs = graph.arc[part.arcs[link]]
            flow += np.bincount(arcs[arcs >= 0], on_arc[chain[arcs >= 0]], len(flow))
    return flow


def sum_along(solution: Solution, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sums of some columns along all paths, shape (O, Z, J); nan where there is no path.

    Parameters
    ----------
    solution
        The paths.
    values
        Shape (M, J): by arc of the supply.
    """
    graph = solution.overlay.graph
    nothing = np.zeros((1, values.shape[1]))
    overlay = solution.overlay
    by_arc = np.concatenate([values, nothing])[graph.arc]  # access is the last row: nothing
    _, legs = sum_legs(overlay.countries, overlay.sources, overlay.targets, by_arc)
    border = values[graph.border_arc]
    return add_up(solution, legs, np.stack([border, border]))


@dataclass(frozen=True)
class Path:
    """One path of n steps in order of travel.

    Attributes
    ----------
    step
        Shape (n, 2): arc of the graph and -1, or border arc and traffic.
    arc
        Shape (n,): arc of the supply; -1 for access.
    tail, head
        Shape (n,): nodes of the graph.
    crossing, enters
        Shape (n,): crossing of the arc, and country that it enters; -1 where none.
    totals
        Shape (n, 5 + countries): as ``Graph.totals``.
    """

    step: NDArray[np.int64]
    arc: NDArray[np.int64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    crossing: NDArray[np.int64]
    enters: NDArray[np.int64]
    totals: NDArray[np.float64]


def path_along(graph: Graph, step: NDArray[np.int64]) -> Path:
    """Return the path of some steps, with what a graph has along it; another graph of the same arcs will do."""
    at_border = step[:, 1] >= 0
    inland, border = step[~at_border, 0], step[at_border, 0]
    supply = graph.supply
    arc = np.zeros(len(step), np.int64)
    arc[~at_border], arc[at_border] = graph.arc[inland], graph.border_arc[border]
    tail, head, enters = arc.copy(), arc.copy(), np.full(len(step), -1)
    tail[~at_border], tail[at_border] = graph.tail[inland], supply.tail[arc[at_border]]
    head[~at_border], head[at_border] = graph.head[inland], supply.head[arc[at_border]]
    enters[at_border] = graph.enters[border]
    totals = np.zeros((len(step), graph.totals.shape[1]))
    totals[~at_border], totals[at_border] = graph.totals[inland], graph.border_totals[step[at_border, 1], border]
    crossing = np.where(arc >= 0, supply.crossing[arc], -1)
    return Path(step, arc, tail, head, crossing, enters, totals)


def steps_to(solution: Solution, origin: int, destination: int) -> NDArray[np.int64] | None:
    """Return one path as steps in order of travel, shape (n, 2), as :class:`Path` has them; None: there is none.

    Parameters
    ----------
    solution
        The paths.
    origin
        Row of the solution.
    destination
        A terminal.
    """
    zones = solution.weight.shape[1]
    pair = origin * zones + destination
    legs: dict[int, tuple[int, int, int]] = {}  # by the border arc passed before it (-1: none)
    for pairs, source, target, border, traffic in steps(solution):
        for at in np.flatnonzero(pairs == pair):
            legs[int(border[at])] = int(source[at]), int(target[at]), traffic
    path: list[tuple[int, int]] = []
    last, end = -1, -1
    while legs and end not in range(zones):
        source_of, end, way = legs[last]
        path += [(last, way)] if last >= 0 else []
        path += [(int(arc), -1) for arc in _arcs_of_leg(solution.overlay, source_of, end)]
        last = end - zones
    return np.array(path, np.int64).reshape(-1, 2) if legs else None


def _arcs_of_leg(overlay: Overlay, source: int, target: int) -> NDArray[np.int64]:
    """Return the arcs of the graph that make a leg, in order."""
    wanted = np.zeros(overlay.weight.shape, bool)
    wanted[source, target] = True
    for part in overlay.countries:
        back = [arc for _, _, arc in _leg_arcs(overlay, part, wanted)]
        if back:
            return np.asarray(part.arcs[part.reduced.expand(np.concatenate(back)[::-1])])
    return np.zeros(0, np.int64)


def _leg_arcs(
    overlay: Overlay, part: Country, wanted: NDArray[np.bool_]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]]:
    """Walk some legs of a country back: yield source and target of each leg still on its way, and the arc it passes."""
    sources, targets = (
        np.where(n >= 0, part.reduced.number[n], -1)
        for n in (part.number[overlay.sources], part.number[overlay.targets])
    )
    rows = np.flatnonzero(wanted[:, targets >= 0].any(axis=1) & (sources >= 0))
    for block, distance in distances(part.reduced, sources[rows]):
        via = arcs_into(part.reduced, distance)
        row, target = np.nonzero(wanted[rows[block]] & (targets >= 0))
        here, origin = targets[target].copy(), sources[rows[block]][row]
        walking = np.flatnonzero(via[row, here] >= 0)
        while len(walking):
            arc = via[row[walking], here[walking]]
            yield rows[block][row[walking]], target[walking], arc
            here[walking] = part.reduced.tail[arc]
            walking = walking[here[walking] != origin[walking]]


def overlays_of(graph: Graph, origins: NDArray[np.int64] | None = None) -> list[Overlay]:
    """Return the overlays of some terminals (None: all), one for each country that any lies in."""
    chosen = np.arange(len(graph.terminals)) if origins is None else origins
    country = graph.terminals.country[chosen]
    return [build_overlay(graph, int(c), chosen[country == c]) for c in np.unique(country)]


def skim(overlays: list[Overlay], *, closed: NDArray[np.bool_] | None = None, avoid: int | None = None) -> Paths:
    """Return the sums of all paths, origins in rising order.

    Parameters
    ----------
    overlays
        As :func:`overlays_of` returns them.
    closed, avoid
        As in :func:`corridors.engine.overlay.solve`.
    """
    return together([paths_of(solve(overlay, closed, avoid)) for overlay in overlays])


def together(parts: list[Paths]) -> Paths:
    """Return paths from several countries as one, origins in rising order."""
    origins = np.concatenate([p.origins for p in parts])
    order = np.argsort(origins)
    depth = max(len(p.crossings) for p in parts)
    padded = [np.pad(p.crossings, ((0, depth - len(p.crossings)), (0, 0), (0, 0)), constant_values=-1) for p in parts]
    totals = np.concatenate([p.totals for p in parts], axis=1)
    return Paths(origins[order], totals[:, order], np.concatenate(padded, axis=1)[:, order])
