"""Cuts at the border that are one crossing: a dual carriageway, a double track."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corridors.model.geo import EARTH_RADIUS_KM
from corridors.sources.build.segments import RAIL, mode_codes

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from corridors.sources.build.chains import Chains
    from corridors.sources.build.segments import Segments

SAME_CROSSING_KM = 0.25
"""Cuts of a dual carriageway or a double track this near each other are one crossing."""

_SAME_COURSE = float(np.cos(np.radians(30)))


def unit_vectors(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points on the unit sphere, shape (N, 3): what is near there is near on the ground.

    Examples
    --------
    >>> unit_vectors(np.array([0.0]), np.array([90.0])).round(6).tolist()
    [[0.0, 0.0, 1.0]]
    """
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def chord(km: float) -> float:
    """Return the straight distance on the unit sphere that is some kilometres on the ground."""
    return 2 * float(np.sin(km / EARTH_RADIUS_KM / 2))


def same_crossing(
    segments: Segments, country: NDArray[np.int8], chains: Chains, ways: pd.DataFrame
) -> NDArray[np.int64]:
    """Return the point that stands for each point, shape (P,): itself, or of several cuts at the border the middle one.

    Cuts are one crossing if they lie within 250 m, lead from the same country into the same by the same mode on
    nearly the same course (30°), and are two tracks of railway, or two roads of one number or name, or of one class
    where one of them is one-way. A line that comes back over the border within 250 m is two crossings.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    stands_for = np.arange(len(segments.lon))
    cuts = np.flatnonzero(segments.border)
    if len(cuts) < 2:
        return stands_for
    way, course, pair = _what_is_cut(segments, country, cuts)
    where = unit_vectors(segments.lon[cuts], segments.lat[cuts])
    a, b = cKDTree(where).query_pairs(chord(SAME_CROSSING_KM), output_type="ndarray").T
    mode = mode_codes(ways)[way]
    same = (mode[a] == mode[b]) & (pair[a] == pair[b])
    same &= np.abs((course[a] * course[b]).sum(axis=1)) > _SAME_COURSE
    same &= (mode[a] == RAIL) | _same_road(ways, way[a], way[b])
    grid = coo_array((np.ones(int(same.sum()), np.int8), (a[same], b[same])), shape=(len(cuts), len(cuts)))
    _, group = connected_components(grid, directed=False)
    number = np.full(len(stands_for), -1)
    number[cuts] = group
    joined = (number[chains.start] >= 0) & (number[chains.start] == number[chains.end])
    back = np.isin(group, number[chains.start[joined]])
    several = np.flatnonzero(np.bincount(group[~back], minlength=1) > 1)
    for one in several:
        left = np.flatnonzero(group == one)
        while len(left):  # a row of cuts, each near the next, may be longer than a crossing
            far = ((where[left] - where[left].mean(axis=0)) ** 2).sum(axis=1)
            middle = left[np.round(far, 14).argmin()]
            near = np.sqrt(((where[left] - where[middle]) ** 2).sum(axis=1)) <= chord(SAME_CROSSING_KM)
            stands_for[cuts[left[near]]] = cuts[middle]
            left = left[~near]
    return stands_for


def _what_is_cut(
    segments: Segments, country: NDArray[np.int8], cuts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return way, course (a unit vector east and north) and pair of countries of each cut."""
    cut_of = np.full(len(segments.lon), -1)
    cut_of[cuts] = np.arange(len(cuts))
    ends = np.concatenate([cut_of[segments.tail], cut_of[segments.head]])
    row = np.flatnonzero(ends >= 0)
    at, segment = ends[row], row % len(segments.tail)
    low, high = np.full(len(cuts), 127), np.full(len(cuts), -1)
    np.minimum.at(low, at, country[segment])
    np.maximum.at(high, at, country[segment])
    longest = np.lexsort([segments.km[segment], at])
    last = np.append(at[longest][1:] != at[longest][:-1], True)
    chosen = segment[longest[last]]
    a, b = segments.tail[chosen], segments.head[chosen]
    north = segments.lat[b] - segments.lat[a]
    east = (segments.lon[b] - segments.lon[a]) * np.cos(np.radians(segments.lat[a]))
    length = np.maximum(np.hypot(east, north), 1e-15)
    return segments.way[chosen], np.column_stack([east, north]) / length[:, None], low * 128 + high


def _same_road(ways: pd.DataFrame, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
    same = np.zeros(len(a), bool)
    for column in ("ref", "name"):
        text = ways[column].astype(object).where(ways[column].notna(), "").to_numpy(object)
        same |= (text[a] == text[b]) & (text[a] != "")
    one_way = ways["directed"].to_numpy(bool)
    kind = ways["facility_type"].to_numpy(object)
    return np.asarray(same | ((kind[a] == kind[b]) & (one_way[a] | one_way[b])))
