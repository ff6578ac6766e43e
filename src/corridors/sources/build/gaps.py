"""Dead ends near another line: gaps of the source, listed, and joined only where that is asked for."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from corridors.model.geo import EARTH_RADIUS_KM, great_circle_km
from corridors.sources.build.segments import ROAD, SEA, mode_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.sources.build.segments import Segments

GAP_COLUMNS = ("mode", "distance_m", "x_coord", "y_coord", "way_id", "near_x_coord", "near_y_coord", "near_way_id")
"""What is told of a gap."""

LOOK_KM = {"secondary": 0.25, "local": 0.025}
"""How far from a dead end of a lesser road another line is looked for: many of them end in the middle of nothing."""

FARTHEST_KM = 1.0
"""How far from a dead end of a railway or main road."""

DETOUR = 3.0
"""A dead end that is joined to the line by a way at most this many times as long as the gap is no gap."""

_CHUNK = 200_000


def find_gaps(segments: Segments, ways: pd.DataFrame, join_gaps_m: float = 0.0) -> pd.DataFrame:
    """Return the dead ends that lie near a line of their mode which they are not joined to, the nearest line of each.

    Lines are looked for within 1 km of railways and main roads, 250 m of secondary and 25 m of local roads (or
    ``join_gaps_m``, if that is more). A dead end outside the countries asked for is none of ours, nor is one from
    which the line can be reached in three times the distance.

    Parameters
    ----------
    segments
        With the country of each point.
    ways
        What is known of each way.
    join_gaps_m
        How far the user wants gaps joined.

    Returns
    -------
    pandas.DataFrame
        Columns ``GAP_COLUMNS``; gap_id; and point, segment and share: where on the segment the gap would be joined.
    """
    of_way = mode_codes(ways)
    mode = of_way[segments.way]
    ends = np.flatnonzero((segments.degree() == 1) & (segments.country >= 0))
    of = np.full(len(segments.lon), -1)
    of[segments.tail], of[segments.head] = np.arange(len(segments.tail)), np.arange(len(segments.tail))
    own = of[ends]
    ends, own = ends[mode[own] != SEA], own[mode[own] != SEA]
    lesser = np.array([LOOK_KM.get(kind, FARTHEST_KM) for kind in ways["facility_type"].tolist()], float)
    looked = np.where(of_way == ROAD, lesser, FARTHEST_KM)
    reach = np.maximum(looked[segments.way[own]], join_gaps_m / 1000)
    end, segment, km, share = _near_lines(segments, ends, reach, mode, mode[own])
    order = np.lexsort([segment, km, end])
    starts = np.searchsorted(end[order], np.arange(len(ends) + 1))
    neighbours = _Neighbours(segments)
    rows = []
    for number in np.unique(end).tolist():
        known, queue = dict[int, float](), [(0.0, int(ends[number]))]
        for row in order[starts[number] : starts[number + 1]].tolist():
            s, most = int(segment[row]), DETOUR * float(km[row])
            if s == own[number]:
                continue
            neighbours.walk_on(known, queue, most)  # near lines decide most cases, so a walk goes on as it must
            a, b = known.get(int(segments.tail[s]), np.inf), known.get(int(segments.head[s]), np.inf)
            on_a, on_b = a + share[row] * segments.km[s], b + (1 - share[row]) * segments.km[s]
            if min(on_a, on_b) > most:
                rows.append((int(ends[number]), s, float(share[row]), float(km[row]), int(own[number])))
                break
    return _table(rows, segments, ways)


def _near_lines(
    segments: Segments,
    ends: NDArray[np.int64],
    reach_km: NDArray[np.float64],
    mode: NDArray[np.int8],
    end_mode: NDArray[np.int8],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return for each dead end the segments of its mode within reach: end, segment, km, and share of the segment."""
    import shapely

    degree_km = np.pi / 180 * EARTH_RADIUS_KM
    found: list[NDArray[np.int64]] = [np.empty((2, 0), np.int64)]
    lon, lat = segments.lon, segments.lat
    if len(ends):
        wide = reach_km / degree_km
        high = wide / np.maximum(np.cos(np.radians(lat[ends])), 0.01)
        x, y = lon[ends], lat[ends]
        tree = shapely.STRtree(shapely.box(x - high, y - wide, x + high, y + wide))
        for at in range(0, len(segments.tail), _CHUNK):
            a, b = segments.tail[at : at + _CHUNK], segments.head[at : at + _CHUNK]
            lines = shapely.linestrings(np.stack([np.column_stack([lon[p], lat[p]]) for p in (a, b)], axis=1))
            pairs = tree.query(lines)
            found.append(np.stack([pairs[1], pairs[0] + at]))
    end, segment = np.concatenate(found, axis=1)
    same = mode[segment] == end_mode[end]
    end, segment = end[same], segment[same]
    scale = np.column_stack([degree_km * np.cos(np.radians(lat[ends[end]])), np.full(len(end), degree_km)])
    here = np.column_stack([lon[ends[end]], lat[ends[end]]])
    a, b = (
        (np.column_stack([lon[p], lat[p]]) - here) * scale for p in (segments.tail[segment], segments.head[segment])
    )
    along = b - a
    share = np.clip(-(a * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-18), 0, 1)
    km = np.hypot(*(a + along * share[:, None]).T)
    close = km <= reach_km[end]
    return end[close], segment[close], km[close], share[close]


class _Neighbours:
    """Which points are joined to which, for short walks from one of them."""

    def __init__(self, segments: Segments) -> None:
        count = len(segments.lon)
        ends = np.concatenate([segments.tail, segments.head]), np.concatenate([segments.head, segments.tail])
        order = np.argsort(ends[0], kind="stable")
        self.head, self.km = ends[1][order], np.concatenate([segments.km, segments.km])[order]
        self.first = np.searchsorted(ends[0][order], np.arange(count + 1))

    def walk_on(self, known: dict[int, float], queue: list[tuple[float, int]], km: float) -> None:
        """Walk on from what is in the queue, and note how far along the lines each point is, up to some km."""
        while queue and queue[0][0] <= km:
            far, here = heapq.heappop(queue)
            if here in known:
                continue
            known[here] = far
            of = slice(self.first[here], self.first[here + 1])
            for there, step in zip(self.head[of].tolist(), self.km[of].tolist(), strict=True):
                if there not in known:
                    heapq.heappush(queue, (far + step, there))


def _table(rows: list[tuple[int, int, float, float, int]], segments: Segments, ways: pd.DataFrame) -> pd.DataFrame:
    """Return the gaps, short ones first, with one row where two dead ends face each other."""
    found = np.array(rows, float).reshape(-1, 5)
    point, segment, own = (found[:, c].astype(np.int64) for c in (0, 1, 4))
    share, metres = found[:, 2], np.round(found[:, 3] * 1000, 2)
    a, b = segments.tail[segment], segments.head[segment]
    at_end = (share == 0) | (share == 1)
    other = np.where(at_end, np.where(share < 0.5, a, b), -1 - np.arange(len(found)))
    pair = np.column_stack([np.minimum(point, other), np.maximum(point, other)])
    ids = ways["way_id"].astype(str).to_numpy(object)
    once = np.unique(pair, axis=0, return_index=True)[1]
    order = once[np.lexsort([once, ids[segments.way[own[once]]].astype(str), metres[once]])]
    columns = {
        "mode": ways["mode"].to_numpy(object)[segments.way[own]],
        "distance_m": metres,
        "x_coord": np.round(segments.lon[point], 7),
        "y_coord": np.round(segments.lat[point], 7),
        "way_id": ids[segments.way[own]],
        "near_x_coord": np.round(segments.lon[a] + share * (segments.lon[b] - segments.lon[a]), 7),
        "near_y_coord": np.round(segments.lat[a] + share * (segments.lat[b] - segments.lat[a]), 7),
        "near_way_id": ids[segments.way[segment]],
        "point": point,
        "segment": segment,
        "share": share,
        "way": segments.way[own],
    }
    names = [f"gap-{i}" for i in range(1, len(order) + 1)]
    return pd.DataFrame({name: values[order] for name, values in columns.items()} | {"gap_id": names})


def join_gaps(
    segments: Segments, ways: pd.DataFrame, gaps: pd.DataFrame, join_gaps_m: float
) -> tuple[pd.DataFrame, Segments, NDArray[np.int64]]:
    """Return ways and segments with the gaps of at most some metres joined by straight lines, and their ends.

    A line is split where a gap meets its side. Ends at one position, to half a centimetre, are joined in any case.
    """
    chosen = gaps[gaps["distance_m"] <= join_gaps_m]
    if not len(chosen):
        return ways, segments, np.empty(0, np.int64)
    rows = ways.iloc[chosen["way"]].assign(way_id=chosen["gap_id"].to_numpy(), directed=False)
    table = pd.concat([ways, rows], ignore_index=True)
    point, segment, share = (chosen[c].to_numpy() for c in ("point", "segment", "share"))
    on_side = (share > 0) & (share < 1)
    target = np.where(share == 0, segments.tail[segment], segments.head[segment])
    lon, lat = (chosen[c].to_numpy(float)[on_side] for c in ("near_x_coord", "near_y_coord"))
    target[on_side] = len(segments.lon) + np.arange(int(on_side.sum()))
    country = segments.country[segments.tail[segment[on_side]]]
    grown = segments.with_points(lon, lat, country, np.zeros(len(lon), bool))
    keep = np.ones(len(segments.tail), bool)
    tail, head, way, km = [], [], [], []
    for split in np.unique(segment[on_side]):
        keep[split] = False
        here = np.flatnonzero(on_side & (segment == split))
        here = here[np.argsort(share[here], kind="stable")]
        stops = [int(segments.tail[split]), *target[here].tolist(), int(segments.head[split])]
        shares = [0.0, *share[here].tolist(), 1.0]
        for i in range(len(stops) - 1):
            tail.append(stops[i])
            head.append(stops[i + 1])
            way.append(int(segments.way[split]))
            km.append(float(segments.km[split]) * (shares[i + 1] - shares[i]))
    straight = great_circle_km(grown.lat[point], grown.lon[point], grown.lat[target], grown.lon[target])
    joined = grown.with_segments(
        keep,
        np.concatenate([np.array(tail, np.int64), point]).astype(np.int64),
        np.concatenate([np.array(head, np.int64), target]).astype(np.int64),
        np.concatenate([np.array(way, np.int64), np.arange(len(ways), len(table))]),
        np.concatenate([np.array(km, float), straight]),
    )
    return table, joined, np.concatenate([point, target]).astype(np.int64)
