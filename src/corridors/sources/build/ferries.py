"""Ferries: which ends of them are ours, and what is left of a line to a port that is not."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import DataError, UsageError
from corridors.model.geo import great_circle_km
from corridors.sources.build.antimeridian import turned, turned_back
from corridors.sources.build.areas import ELSEWHERE, NOWHERE, SLACK_DEGREES
from corridors.sources.build.border import Split
from corridors.sources.build.cuts import chord, unit_vectors
from corridors.sources.build.natural_earth import land_pieces

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.segments import Segments

TERRITORIAL_KM = 22.2
"""Twelve nautical miles: a port farther from all outlines of a country is on no island of it that they leave out."""

PORT_KM = 1.0
"""How near to a port a ferry ends there."""

_SHORTEST_KM = 1e-6


def ferry_ends(
    segments: Segments, sea: NDArray[np.bool_], spots: pd.DataFrame
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which points are ends of ferries, and which of them are on land for sure, both shape (P,).

    A ferry ends where nothing goes on, at a port, and where it meets a road. Where nothing goes on and no port is
    near, the map may have been cut at sea.
    """
    from scipy.spatial import cKDTree

    by_sea, by_land = (np.zeros(len(segments.lon), bool) for _ in range(2))
    for of, which in ((by_sea, sea), (by_land, ~sea)):
        of[segments.tail[which]] = of[segments.head[which]] = True
    ends = by_sea & (by_land | (segments.degree() == 1))
    ports = spots[spots["kind"] == "port"]
    if len(ports) and by_sea.any():
        at = np.flatnonzero(by_sea)
        where = unit_vectors(*(ports[c].to_numpy(float) for c in ("x_coord", "y_coord")))
        near = cKDTree(where).query(unit_vectors(segments.lon[at], segments.lat[at]))[0] <= chord(PORT_KM)
        on_it = np.isin(segments.source_point[at], ports["point"].to_numpy(np.int64))
        ends[at[on_it]] = True
        by_land[at[on_it | (near & ends[at])]] = True
    return ends, ends & by_land


def settle_ends(
    segments: Segments, areas: Areas, ends: NDArray[np.bool_], ashore: NDArray[np.bool_], country: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Return the country of each point, shape (P,), with those of ends of ferries off all outlines known.

    Such an end belongs to the country with the nearest land, and to none asked for if that is another's; as far as
    Natural Earth is installed, also one of which the outlines say nothing. On land for sure, it may lie at most twelve
    nautical miles off.
    """
    found = country.copy()
    at = np.flatnonzero(ends & (country[: len(ends)] == NOWHERE))  # points made since then end no ferry
    found[at] = areas.nearest(segments.lon[at], segments.lat[at], SLACK_DEGREES)
    at = at[found[at] == NOWHERE]
    if not len(at):
        return found
    lon, lat = segments.lon[at], segments.lat[at]
    home = areas.nearest(lon, lat, np.inf)
    outline = areas.outline
    own = outline.country >= 0
    if own.any():
        km = _km_to(outline.start[own], outline.end[own], lon, lat)
        other = _km_to(outline.start[~own], outline.end[~own], lon, lat)
        with suppress(UsageError, DataError):  # not installed, or another version: what is known must do
            start, end = (
                np.column_stack([turned(piece[:, 0], areas.seam), piece[:, 1]])
                for piece in land_pieces(areas.countries, turned_back(lon), lat)
            )
            short = np.abs(start[:, 0] - end[:, 0]) <= 180
            other = np.minimum(other, _km_to(start[short], end[short], lon, lat))
        home[(other < km) | (ashore[at] & (km > TERRITORIAL_KM))] = ELSEWHERE
    found[at] = home
    return found


def _km_to(
    start: NDArray[np.float64], end: NDArray[np.float64], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far each point lies from the nearest of some straight pieces, shape (N,); inf if there is none."""
    import shapely

    far = np.full(len(lon), np.inf)
    if len(start):
        pieces: Any = shapely.linestrings(np.stack([start, end], axis=1))
        spots: Any = shapely.points(lon, lat)
        spot, piece = shapely.STRtree(pieces).query_nearest(spots, all_matches=False)
        lines = shapely.get_coordinates(shapely.shortest_line(spots[spot], pieces[piece])).reshape(-1, 2, 2)
        far[spot] = great_circle_km(lines[:, 0, 1], lines[:, 0, 0], lines[:, 1, 1], lines[:, 1, 0])
    return far


def without_stubs(
    cut: Split, before: Segments, ends: NDArray[np.bool_], by_sea: NDArray[np.bool_]
) -> tuple[Split, int]:
    """Return the lines without what is left at sea of ferries whose far end was left out, and how many ferries lost it.

    Parameters
    ----------
    cut
        The lines that are left, cut at the border.
    before
        The same before any was left out; its points come first in ``cut``.
    ends
        Shape (P,): where ferries end; there a stub ends, too.
    by_sea
        Shape (W,): the way is a ferry.
    """
    after, ferry = cut.segments, np.flatnonzero(by_sea[cut.segments.way])
    degree = after.degree()
    lost = np.flatnonzero(degree[: len(before.lon)] < before.degree())
    at_sea = np.ones(len(after.lon), bool)
    at_sea[: len(ends)] = ~ends
    leads: dict[int, list[int]] = {}
    for row, *points in zip(ferry.tolist(), after.tail[ferry].tolist(), after.head[ferry].tolist(), strict=True):
        for point in points:
            leads.setdefault(point, []).append(row)
    gone = np.zeros(len(after.tail), bool)
    for start in lost.tolist():
        point = start
        while at_sea[point] and degree[point] == 1:
            row = next((r for r in leads.get(point, ()) if not gone[r]), -1)
            if row < 0:
                break
            gone[row] = True
            one, other = int(after.tail[row]), int(after.head[row])
            degree[[one, other]] -= 1
            point = other if point == one else one
    left = after.chosen(~gone)
    km = [np.bincount(s.way, s.km, len(by_sea)) for s in (before, left)]
    return Split(
        left,
        cut.country[~gone],
        cut.dropped_segments + int(gone.sum()),
        cut.dropped_km + float(after.km[gone].sum()),
    ), int((by_sea & (km[0] - km[1] > _SHORTEST_KM)).sum())
