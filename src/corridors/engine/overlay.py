"""The border overlay: countries solved once, joined by border arcs, so that what happens at the border costs little.

Traffic that ends in a country waits at its border otherwise than traffic that passes through. One crossing of a trip
between two countries is its *entry*, the last one with a checkpoint; every other one is *transit*. After the entry
only railways that run through a corner of the neighbour without a checkpoint may still cross the border (*run*). So
a trip within one country is a leg, or legs joined by transits; a trip between two is legs joined by transits, one
entry, and runs.

Legs do not change with closures, waits and fees. A border arc stands here for the state of having reached it; the
closure of transits from border arc to border arc (Floyd-Warshall) joins the legs of all countries.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from corridors.engine.legs import ROUNDING, Legs, Reduced, reduce_graph, solve_legs
from corridors.engine.supply import ENTRY, TRANSIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corridors.engine.graph import Graph

TOLERANCE = 1e-6
"""Costs that differ by less than this share are equal (ε of the definitions)."""

DIRECT, NO_WAY = -1, -2
"""In the place of a border arc: none is passed, and there is no path."""


@dataclass(frozen=True)
class Country:
    """What is left of the graph in one country.

    Attributes
    ----------
    reduced
        Its arcs.
    arcs
        Its arcs in the graph, in the order in which ``reduced`` counts them.
    number
        Shape (V,): its number of each node of the graph; -1 outside.
    """

    reduced: Reduced
    arcs: NDArray[np.int64]
    number: NDArray[np.int64]


@dataclass(frozen=True)
class Overlay:
    """Legs of trips from O terminals of one country, among Z terminals and B border arcs.

    Attributes
    ----------
    graph
        The network, cut at the border.
    country, origins
        The country, and its terminals in rising order, shape (O,).
    weight
        Shape (O + B, Z + B): what decides, from origins and the far sides of border arcs to destinations and the near
        sides of border arcs; inf where no leg joins them.
    totals
        Shape (O + B, Z + B, 5 + countries): what else adds up, as ``Graph.totals``.
    border
        Shape (2, B): what decides, of the border arcs themselves, for ENTRY and TRANSIT; inf for an entry into the
        country that the trip comes from.
    countries
        The parts, for finding the arcs of a leg again.
    """

    graph: Graph
    country: int
    origins: NDArray[np.int64]
    weight: NDArray[np.float64] = field(repr=False)
    totals: NDArray[np.float64] = field(repr=False)
    border: NDArray[np.float64] = field(repr=False)
    countries: tuple[Country, ...] = field(repr=False)

    @property
    def sources(self) -> NDArray[np.int64]:
        """Nodes that legs begin at, shape (O + B,)."""
        return _sources(self.graph, self.origins)

    @property
    def targets(self) -> NDArray[np.int64]:
        """Nodes that legs end at, shape (Z + B,)."""
        return _targets(self.graph)


def _sources(graph: Graph, origins: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([graph.origins[origins], graph.supply.head[graph.border_arc]]).astype(np.int64)


def _targets(graph: Graph) -> NDArray[np.int64]:
    return np.concatenate([graph.destinations, graph.supply.tail[graph.border_arc]]).astype(np.int64)


def build_overlay(
    graph: Graph, country: int, origins: NDArray[np.int64], known: dict[bytes, Legs] | None = None
) -> Overlay:
    """Solve the legs of trips from some terminals of one country.

    Parameters
    ----------
    graph
        The network, cut at the border.
    country, origins
        The country, and terminals in it, shape (O,).
    known
        Legs of countries solved before, by what they depend on: a country that is the same again is not solved again.
        What is solved is put in.
    """
    weight, border = graph.weights(country)
    sources, targets = _sources(graph, origins), _targets(graph)
    countries = _countries(graph, weight, np.concatenate([sources, targets]))
    found, totals = sum_legs(countries, sources, targets, graph.totals, known)
    return Overlay(graph, country, origins, found, totals, _from_abroad(graph, country, border), countries)


def cost_overlays(graph: Graph, *, rounded: bool = False) -> list[Overlay]:
    """Solve the legs of all trips for their costs alone, once for all countries; one overlay for each.

    What decides is the cost itself: among equal costs any path will do, and nothing else adds up.

    Parameters
    ----------
    graph
        The network, cut at the border.
    rounded
        Whether a faster kernel may be used that rounds, if it is installed and the graph is large.
    """
    everybody = np.arange(len(graph.terminals))
    sources, targets = _sources(graph, everybody), _targets(graph)
    countries = _countries(graph, graph.totals[:, 0], np.concatenate([sources, targets]))
    legs, _ = sum_legs(countries, sources, targets, None, rounded=rounded)
    from_border = legs[len(everybody) :]
    overlays = []
    for country in np.unique(graph.terminals.country):
        origins = np.flatnonzero(graph.terminals.country == country)
        own = np.concatenate([legs[origins], from_border])
        totals = np.where(np.isfinite(own), own, 0.0)[:, :, None]
        border = _from_abroad(graph, int(country), graph.border_totals[:, :, 0])
        overlays.append(Overlay(graph, int(country), origins, own, totals, border, countries))
    return overlays


def _from_abroad(graph: Graph, country: int, border: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights of border arcs without entries into the country: coming home is no entry of a trip abroad."""
    found = border.copy()
    found[ENTRY, graph.enters == country] = np.inf
    return found


def _countries(graph: Graph, weight: NDArray[np.float64], ends: NDArray[np.int64]) -> tuple[Country, ...]:
    """Return the graph in parts, reduced to what joins some nodes."""
    found, ends = [], np.unique(ends)
    for inside in _parts(graph):
        arcs = np.flatnonzero(inside[graph.tail])
        number = np.where(inside, np.cumsum(inside) - 1, -1)
        tail, head, kept = number[graph.tail[arcs]], number[graph.head[arcs]], number[ends[inside[ends]]]
        reduced = reduce_graph(tail, head, weight[arcs], graph.rank[arcs], kept, int(inside.sum()))
        found.append(Country(reduced, arcs, number))
    return tuple(found)


def sum_legs(
    countries: tuple[Country, ...],
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    values: NDArray[np.float64] | None,
    known: dict[bytes, Legs] | None = None,
    *,
    rounded: bool = False,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what decides between legs, shape (S, T), and sums of columns along them, (S, T, J).

    Parameters
    ----------
    countries
        The parts of the graph.
    sources, targets
        Nodes, shapes (S,) and (T,).
    values
        Shape (E, J): by arc of the graph; None: nothing else adds up.
    known
        As :func:`build_overlay` takes them.
    rounded
        As :func:`cost_overlays` takes it.
    """
    known = {} if known is None else known
    weight = np.full((len(sources), len(targets)), np.inf)
    sums = np.zeros((*weight.shape, 0 if values is None else values.shape[1]))
    for part in countries:
        rows, columns = np.flatnonzero(part.number[sources] >= 0), np.flatnonzero(part.number[targets] >= 0)
        begin, row = np.unique(part.number[sources[rows]], return_inverse=True)
        end, column = np.unique(part.number[targets[columns]], return_inverse=True)
        along = None if values is None else part.reduced.sums(values[part.arcs])
        key = _fingerprint(part.reduced, begin, end, along)
        legs = known[key] if key in known else solve_legs(part.reduced, begin, end, along, rounded=rounded)
        known[key] = legs
        weight[np.ix_(rows, columns)] = legs.weight[np.ix_(row, column)]
        if values is not None:
            sums[np.ix_(rows, columns)] = legs.totals[np.ix_(row, column)]
    return weight, sums


def _fingerprint(reduced: Reduced, *ends_and_values: NDArray[Any] | None) -> bytes:
    """Return a digest of all that legs depend on."""
    state = hashlib.blake2b(digest_size=16)
    for array in (reduced.tail, reduced.head, reduced.weight, reduced.number, *ends_and_values):
        if array is not None:
            state.update(str(array.shape).encode())
            state.update(np.ascontiguousarray(array).tobytes())
    return state.digest()


def _parts(graph: Graph) -> Iterator[NDArray[np.bool_]]:
    """Yield the nodes of each country, shape (V,): what inland arcs join stays together."""
    joined = csr_matrix((np.ones(len(graph.tail), np.int8), (graph.tail, graph.head)), (graph.size,) * 2)
    count, component = connected_components(joined, directed=False)
    country = np.full(count, -1)
    of_node = component[: graph.supply.node_count]
    for number in range(len(graph.supply.countries)):  # the last of several that are joined
        country[of_node[graph.supply.node_country == number]] = number
    for number in np.unique(country):
        yield country[component] == number


@dataclass(frozen=True)
class Solution:
    """Least-cost paths of an overlay with some border arcs open, at some weights.

    Attributes
    ----------
    overlay
        The legs.
    transit, entry, run
        Shape (B,): weight of passing each border arc in each of the three ways; inf where that is not possible.
    before
        Shape (B, B): on the best way by transits from border arc a to b, the border arc last passed; a itself where
        that is the first.
    reached
        Shape (O, B): weight of reaching each border arc, by transits or none.
    first
        Shape (O, B): the border arc first reached on that way.
    onward
        Shape (B, Z): after the entry over b, the border arc next run through on the best way to z; DIRECT, NO_WAY.
    weight
        Shape (O, Z): of the pair.
    last
        Shape (O, Z): the border arc of the entry, of a domestic trip the last transit; DIRECT, NO_WAY.
    """

    overlay: Overlay
    transit: NDArray[np.float64]
    entry: NDArray[np.float64]
    run: NDArray[np.float64]
    before: NDArray[np.int64]
    reached: NDArray[np.float64]
    first: NDArray[np.int64]
    onward: NDArray[np.int64]
    weight: NDArray[np.float64]
    last: NDArray[np.int64]


def solve(overlay: Overlay, closed: NDArray[np.bool_] | None = None, avoid: int | None = None) -> Solution:
    """Join the legs at the border.

    Parameters
    ----------
    overlay
        The legs.
    closed
        Shape (K,): crossings that are shut; None: none.
    avoid
        A country that must not be entered.
    """
    graph = overlay.graph
    shut = np.zeros(len(graph.border_arc), bool)
    if closed is not None:
        shut |= closed[graph.crossing]
    if avoid is not None:
        shut |= graph.enters == avoid
    entry, transit = (np.where(shut, np.inf, overlay.border[kind]) for kind in (ENTRY, TRANSIT))
    run = np.where(graph.supply.run_through[graph.border_arc], transit, np.inf)
    many = len(overlay.origins)
    zones = overlay.weight.shape[1] - len(entry)
    among = overlay.weight[many:, zones:]
    joined, before = closure(transit[:, None] + among)
    reached, first = min_plus(overlay.weight[:many, zones:], joined)
    to_zone, onward = run_on(overlay.weight[many:, :zones], among, run)
    home = graph.terminals.country == overlay.country
    weight, last = overlay.weight[:many, :zones].copy(), np.full((many, zones), DIRECT)
    weight[:, ~home] = np.inf
    for chosen, passing, onto in ((home, transit, overlay.weight[many:, :zones]), (~home, entry, to_zone)):
        there = np.flatnonzero(chosen)
        cost, by = min_plus(reached + passing, onto[:, there])
        better = cost < weight[:, there] * (1 - ROUNDING)
        weight[:, there] = np.where(better, cost, weight[:, there])
        last[:, there] = np.where(better, by, DIRECT)
    last[np.isinf(weight)] = NO_WAY
    itself = np.arange(many), overlay.origins
    weight[itself], last[itself] = 0.0, DIRECT
    return Solution(overlay, transit, entry, run, before, reached, first, onward, weight, last)


def closure(step: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the least sums from border arc to border arc, and the border arc last passed on the way.

    Parameters
    ----------
    step
        Shape (B, B): weight of passing arc a and going on to arc b.

    Examples
    --------
    >>> sums, before = closure(np.array([[9.0, 1.0, 5.0], [9.0, 9.0, 2.0], [9.0, 9.0, 9.0]]))
    >>> sums[0].tolist(), before[0].tolist()
    ([0.0, 1.0, 3.0], [0, 0, 1])
    """
    sums = step.copy()
    np.fill_diagonal(sums, 0.0)
    before = np.repeat(np.arange(len(step))[:, None], len(step), axis=1)
    for via in range(len(step)):
        if np.isinf(np.delete(sums[via], via)).all():
            continue
        found = sums[:, via, None] + sums[via]
        better = found < sums * (1 - ROUNDING)
        np.copyto(sums, found, where=better)
        np.copyto(before, np.broadcast_to(before[via], before.shape), where=better)
    return sums, before


def min_plus(left: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return min over b of left[i, b] + right[b, j], and the first b that gives it; NO_WAY where none does.

    Parameters
    ----------
    left, right
        Shapes (I, B) and (B, J).

    Examples
    --------
    >>> min_plus(np.array([[1.0, 5.0]]), np.array([[9.0, 1.0], [2.0, np.inf]]))
    (array([[7., 2.]]), array([[1, 0]]))
    """
    turned = np.ascontiguousarray(right.T)
    least = np.full((len(left), len(turned)), np.inf)
    by = np.full(least.shape, NO_WAY)
    leads_on = np.isfinite(right).any(axis=1)
    for row, begin in enumerate(left):
        useful = np.flatnonzero(np.isfinite(begin) & leads_on)
        if not len(useful):
            continue
        sums = turned[:, useful] + begin[useful]
        least[row] = sums.min(axis=1, initial=np.inf)
        by[row] = useful[(sums <= least[row][:, None] * (1 + ROUNDING)).argmax(axis=1)]
    by[np.isinf(least)] = NO_WAY
    return least, by


def run_on(
    to_zone: NDArray[np.float64], among: NDArray[np.float64], run: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the least weight from the far side of each border arc to each zone by any runs, and the first of them."""
    least, onward = to_zone.copy(), np.where(np.isfinite(to_zone), DIRECT, NO_WAY)
    runs = np.flatnonzero(np.isfinite(run))
    for _ in runs:
        found, by = min_plus(among[:, runs] + run[runs], least[runs])
        better = found < least * (1 - ROUNDING)
        if not better.any():
            break
        least, onward = np.where(better, found, least), np.where(better, runs[np.maximum(by, 0)], onward)
    return least, onward
