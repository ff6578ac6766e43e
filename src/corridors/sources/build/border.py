"""Lines cut where they meet the border, and cuts of the same line made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corridors.sources.build.areas import ELSEWHERE, NOWHERE, SLACK_DEGREES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.segments import Segments

_CHUNK = 200_000

Run = tuple[float, float, int]
"""A part of a segment in one country: from and to, shares of its length, and the country."""


class Split(NamedTuple):
    """Segments cut at the border: each lies in one country, shape (S,), and what was left out because it does not."""

    segments: Segments
    country: NDArray[np.int8]
    dropped_segments: int
    dropped_km: float


def split(segments: Segments, areas: Areas, sea: NDArray[np.bool_]) -> Split:
    """Cut segments where they pass from one country into another, and leave out those that leave all of them.

    Parameters
    ----------
    segments
        With the countries of their points.
    areas
        The outlines; a line between two of them that do not touch is cut in the middle of what lies between.
    sea
        Shape (S,): by ferry.
    """
    a, b = segments.country[segments.tail], segments.country[segments.head]
    inside = (a >= 0) & (b >= 0)
    where, share = _meetings(segments, areas, inside)
    hit = np.zeros(len(a), bool)
    hit[where] = True
    look = np.flatnonzero(inside & (hit | (a != b)))
    runs = _runs(segments, areas, look, where, share, sea)
    leaves = look[[not r for r in runs]]
    dropped = ~inside
    dropped[leaves] = True
    kept = np.cumsum(~dropped) - 1
    found, countries = _cut(segments.chosen(~dropped), kept[np.setdiff1d(look, leaves)], [r for r in runs if r])
    whole = np.ones(int((~dropped).sum()), bool)
    whole[kept[np.setdiff1d(look, leaves)]] = False
    return Split(
        found,
        np.concatenate([a[~dropped][whole], np.array(countries, np.int8)]).astype(np.int8),
        int(dropped.sum()),
        float(segments.km[dropped].sum()),
    )


def _meetings(
    segments: Segments, areas: Areas, which: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return where segments meet an outline: segment, and share of its length, sorted by both."""
    import shapely

    start, end, _, tree = areas.outline
    rows = np.flatnonzero(which)
    found: list[NDArray[np.int64]] = [np.empty((2, 0), np.int64)]
    for at in range(0, len(rows), _CHUNK):
        part = rows[at : at + _CHUNK]
        ends = [np.column_stack([segments.lon[p], segments.lat[p]]) for p in (segments.tail[part], segments.head[part])]
        pairs = tree.query(shapely.linestrings(np.stack(ends, axis=1)), predicate="intersects")
        found.append(np.stack([part[pairs[0]], pairs[1]]))
    segment, piece = np.concatenate(found, axis=1)
    p = np.column_stack([segments.lon, segments.lat])
    share = _share(p[segments.tail[segment]], p[segments.head[segment]], start[piece], end[piece])
    order = np.lexsort([share, segment])
    return segment[order], share[order]


def _share(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64], d: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return at which share of its way from a to b each line meets the line from c to d, shape (N,)."""
    along, across, between = b - a, d - c, c - a
    turn = along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0]
    parallel = np.abs(turn) < 1e-18  # the line runs along the border: its ends decide
    share = (between[:, 0] * across[:, 1] - between[:, 1] * across[:, 0]) / np.where(parallel, 1.0, turn)
    return np.asarray(np.clip(np.where(parallel, 0.0, share), 0.0, 1.0))


def _runs(
    segments: Segments,
    areas: Areas,
    look: NDArray[np.int64],
    where: NDArray[np.int64],
    share: NDArray[np.float64],
    sea: NDArray[np.bool_],
) -> list[list[Run]]:
    """Return for each segment looked at its runs; none where a part of it lies in no country asked for."""
    if not len(look):
        return []
    first, last = np.searchsorted(where, look), np.searchsorted(where, look, "right")
    bounds = [np.unique(np.concatenate([[0.0], share[i:j], [1.0]])) for i, j in zip(first, last, strict=True)]
    count = np.array([len(b) - 1 for b in bounds], int)
    middle = np.concatenate([np.empty(0), *((b[1:] + b[:-1]) / 2 for b in bounds)])
    of = np.repeat(look, count)
    lon, lat = (
        c[segments.tail[of]] * (1 - middle) + c[segments.head[of]] * middle for c in (segments.lon, segments.lat)
    )
    code = areas.country_at(lon, lat)
    for by_sea, within in ((True, np.inf), (False, SLACK_DEGREES)):
        at = np.flatnonzero((code == NOWHERE) & (sea[of] == by_sea))
        code[at[areas.nearest(lon[at], lat[at], within) == NOWHERE]] = ELSEWHERE
    parts = np.split(code, np.cumsum(count)[:-1])
    ends = zip(segments.country[segments.tail[look]], segments.country[segments.head[look]], strict=True)
    return [_merge_parts(b.tolist(), p.tolist(), *map(int, e)) for b, p, e in zip(bounds, parts, ends, strict=True)]


def _merge_parts(bounds: list[float], codes: list[int], tail: int, head: int) -> list[Run]:
    """Return the runs of one segment, from the countries of its ends and of its parts between outlines.

    What lies between two countries that do not touch is shared in the middle. A point on the very border belongs to
    one of the two, so a run may have no length.

    Examples
    --------
    >>> _merge_parts([0, 0.4, 0.6, 1], [0, NOWHERE, 1], 0, 1)
    [(0, 0.5, 0), (0.5, 1, 1)]
    >>> _merge_parts([0, 0.4, 1], [0, ELSEWHERE], 0, 0)
    []
    """
    if ELSEWHERE in codes:
        return []
    parts = [
        (bounds[0], bounds[0], tail),
        *zip(bounds[:-1], bounds[1:], codes, strict=True),
        (bounds[-1],) * 2 + (head,),
    ]
    known = [p for p in parts if p[2] != NOWHERE]
    runs: list[Run] = [known[0]]
    for start, end, country in known[1:]:
        before = runs[-1]
        if country == before[2]:
            runs[-1] = (before[0], end, country)
        else:
            cut = start if start == before[1] else (before[1] + start) / 2
            runs[-1] = (before[0], cut, before[2])
            runs.append((cut, end, country))
    return runs


def _cut(segments: Segments, look: NDArray[np.int64], runs: list[list[Run]]) -> tuple[Segments, list[int]]:
    """Return the segments with the cut ones gone and their pieces added, and the country of each piece.

    Between two cuts of one segment a point is put, for no link may join two border nodes.
    """
    points: list[tuple[float, float, int, bool]] = []
    pieces: list[tuple[int, int, int, float]] = []
    countries: list[int] = []
    lon, lat = segments.lon, segments.lat

    def put(segment: int, share: float, country: int) -> int:
        a, b = segments.tail[segment], segments.head[segment]
        points.append(
            (lon[a] + share * (lon[b] - lon[a]), lat[a] + share * (lat[b] - lat[a]), country, country == NOWHERE)
        )
        return len(lon) + len(points) - 1

    for segment, parts in zip(look.tolist(), runs, strict=True):
        here = int(segments.tail[segment])
        done = 0.0
        for number, (start, end, country) in enumerate(parts):
            stops = [(end, NOWHERE)] if number < len(parts) - 1 else [(end, ELSEWHERE)]
            if 0 < number < len(parts) - 1:
                stops.insert(0, ((start + end) / 2, country))
            for share, kind in stops:
                there = int(segments.head[segment]) if kind == ELSEWHERE else put(segment, share, kind)
                length = float(segments.km[segment]) * (share - done)
                pieces.append((here, there, int(segments.way[segment]), length))
                countries.append(country)
                here, done = there, share
    keep = np.ones(len(segments.tail), bool)
    keep[look] = False
    x, y, of, border = (np.array(c) for c in zip(*points, strict=True)) if points else (np.empty(0),) * 4
    found = segments.with_points(x, y, of.astype(np.int8), border.astype(bool))
    a, b, way, km = (np.array(c) for c in zip(*pieces, strict=True)) if pieces else (np.empty(0),) * 4
    a, b, way = (c.astype(np.int64) for c in (a, b, way))
    return found.with_segments(keep, a, b, way, km.astype(float)), countries
