"""Chains of segments contracted to links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.sources.build.segments import Segments


@dataclass(frozen=True)
class Chains:
    """L chains of segments between points that are kept.

    Attributes
    ----------
    start, end
        Shape (L,): points.
    km, country, kind
        Shape (L,): length, country, and class of the way (see ``way_classes``).
    segment, forward
        Segments of all chains one after another, in order, and whether each runs the way it was drawn, shape (S,).
    first
        Shape (L + 1,): where each chain begins in ``segment``.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    km: NDArray[np.float64]
    country: NDArray[np.int8]
    kind: NDArray[np.int64]
    segment: NDArray[np.int64]
    forward: NDArray[np.bool_]
    first: NDArray[np.int64]

    def of_segment(self) -> NDArray[np.int64]:
        """Return the chain of each position in ``segment``, shape (S,)."""
        return np.repeat(np.arange(len(self.start)), np.diff(self.first))

    def points(self, segments: Segments) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the points of all chains, in order, and the chain of each, both shape (S + L,)."""
        tail = np.where(self.forward, segments.tail[self.segment], segments.head[self.segment])
        chain = self.of_segment()
        points = np.insert(tail, self.first[1:], self.end)
        return points, np.insert(chain, self.first[1:], np.arange(len(self.start)))


def contract(
    segments: Segments,
    country: NDArray[np.int8],
    kind: NDArray[np.int64],
    directed: NDArray[np.bool_],
    fixed: NDArray[np.bool_],
) -> Chains:
    """Return chains of segments through points where nothing meets and nothing changes.

    Parameters
    ----------
    segments
        S segments between P points.
    country, kind, directed
        Shape (S,): country, class and one-way of each segment. A one-way chain runs in its direction.
    fixed
        Shape (P,): points that stay in any case. A ring without such a point keeps one, a loop of a chain back to its
        beginning and a chain between two border points one in their middle, so that no link joins a node to itself.
    """
    stay = _stay(segments, kind, directed, fixed)
    chains = _chains(segments, country, kind, directed, stay)
    closed = (chains.start == chains.end) | (segments.border[chains.start] & segments.border[chains.end])
    if closed.any():
        stay[_middles(segments, chains, np.flatnonzero(closed))] = True
        chains = _chains(segments, country, kind, directed, stay)
    return chains


def _stay(
    segments: Segments, kind: NDArray[np.int64], directed: NDArray[np.bool_], fixed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which points stay, shape (P,)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(fixed)
    ends = np.concatenate([segments.tail, segments.head])
    stay = fixed | (np.bincount(ends, minlength=count) != 2)
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    for of in (segments.tail, segments.head):
        np.minimum.at(low, of, kind)
        np.maximum.at(high, of, kind)
    stay |= low != high
    out = np.bincount(segments.tail[directed], minlength=count)
    into = np.bincount(segments.head[directed], minlength=count)
    stay |= out != into
    weights = np.ones(len(segments.tail), np.int8)
    _, part = connected_components(coo_array((weights, (segments.tail, segments.head)), shape=(count, count)), False)
    held = np.zeros(int(part.max(initial=-1)) + 1, bool)
    held[part[stay]] = True
    ring = np.flatnonzero(~held[part])
    stay[ring[np.unique(part[ring], return_index=True)[1]]] = True
    return np.asarray(stay)


def _chains(
    segments: Segments,
    country: NDArray[np.int8],
    kind: NDArray[np.int64],
    directed: NDArray[np.bool_],
    stay: NDArray[np.bool_],
) -> Chains:
    count = len(segments.tail)
    tail = np.concatenate([segments.tail, segments.head])  # each segment as two half-edges, there and back
    head = np.concatenate([segments.head, segments.tail])
    last, steps = _follow(tail, head, stay)
    begin = np.flatnonzero(stay[tail])
    back = (last[begin] + count) % (2 * count)  # the half-edge that begins the same chain at its other end
    wrong_way = np.concatenate([np.zeros(count, bool), directed])[begin]
    either = ~np.concatenate([directed, directed])[begin]
    begin = begin[np.where(either, begin <= back, ~wrong_way)]
    # all half-edges that end where a chosen one ends run in its direction
    number = np.full(2 * count, -1)
    number[last[begin]] = np.arange(len(begin))
    chain = number[last]
    half = np.flatnonzero(chain >= 0)
    half = half[np.lexsort([-steps[half], chain[half]])]
    size = np.bincount(chain[half], minlength=len(begin))
    first = np.concatenate([[0], np.cumsum(size)])
    segment = half % count if count else half
    return Chains(
        start=tail[begin],
        end=head[last[begin]],
        km=np.add.reduceat(segments.km[segment], first[:-1]) if len(begin) else np.empty(0),
        country=country[segment[first[:-1]]],
        kind=kind[segment[first[:-1]]],
        segment=segment,
        forward=half < count,
        first=first,
    )


def _follow(
    tail: NDArray[np.int64], head: NDArray[np.int64], stay: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the last half-edge of the chain that each half-edge runs along, and how many steps away it is.

    By pointer doubling: after k rounds each half-edge knows the one 2^k steps on.
    """
    count = len(tail) // 2
    out = np.flatnonzero(~stay[tail])
    order = out[np.argsort(tail[out], kind="stable")]  # two half-edges leave each point that does not stay
    pair = np.full((len(stay), 2), -1)
    pair[tail[order[::2]], 0], pair[tail[order[::2]], 1] = order[::2], order[1::2]
    after = np.arange(2 * count)
    on = np.flatnonzero(~stay[head])
    back = (on + count) % max(2 * count, 1)
    after[on] = np.where(pair[head[on], 0] == back, pair[head[on], 1], pair[head[on], 0])
    steps = (after != np.arange(2 * count)).astype(np.int32)
    while True:
        further = after[after]
        if (further == after).all():
            return after, steps
        steps += steps[after]
        after = further


def _middles(segments: Segments, chains: Chains, which: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of each of some chains the point between two segments that is nearest to its middle."""
    found = []
    for chain in which:
        rows = slice(chains.first[chain], chains.first[chain + 1])
        segment, forward = chains.segment[rows], chains.forward[rows]
        run = np.cumsum(segments.km[segment])[:-1]
        if len(run):
            at = int(np.abs(run - chains.km[chain] / 2).argmin())
            found.append(int((segments.head if forward[at] else segments.tail)[segment[at]]))
    return np.array(found, np.int64)
