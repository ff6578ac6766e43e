"""Straight pieces of lines between points: what the steps of a build hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from corridors.model.geo import great_circle_km
from corridors.sources.build.areas import ELSEWHERE, NOWHERE, SLACK_DEGREES
from corridors.sources.build.ways import WAY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.ways import Ways

RAIL, ROAD, SEA = 0, 1, 2
MODE_CODES = {"rail": RAIL, "road": ROAD, "sea": SEA}


@dataclass(frozen=True)
class Segments:
    """P points and S straight segments between them, of one network each for rail and for road and sea.

    Attributes
    ----------
    lon, lat
        Degrees, shape (P,).
    source_point
        Position of the point in the source, shape (P,); -1: a point made here.
    country
        Position of the country it lies in, shape (P,); ELSEWHERE or NOWHERE where it is in none asked for, and at the
        border.
    border
        Shape (P,): the line is cut here at the border.
    tail, head, way
        Shape (S,): two points, and a row of the ways.
    km
        Shape (S,): length.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    source_point: NDArray[np.int64]
    country: NDArray[np.int8]
    border: NDArray[np.bool_]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    way: NDArray[np.int64]
    km: NDArray[np.float64]

    def degree(self) -> NDArray[np.int64]:
        """Return how many segments end at each point, shape (P,)."""
        return np.asarray(np.bincount(np.concatenate([self.tail, self.head]), minlength=len(self.lon)))

    def chosen(self, which: NDArray[np.bool_]) -> Segments:
        """Return these segments alone, with all points."""
        return replace(self, tail=self.tail[which], head=self.head[which], way=self.way[which], km=self.km[which])

    def with_points(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        country: NDArray[np.int8],
        border: NDArray[np.bool_],
        source_point: NDArray[np.int64] | None = None,
    ) -> Segments:
        """Return the same with points added at the end."""
        made = np.full(len(lon), -1) if source_point is None else source_point
        return replace(
            self,
            lon=np.concatenate([self.lon, lon]),
            lat=np.concatenate([self.lat, lat]),
            source_point=np.concatenate([self.source_point, made]),
            country=np.concatenate([self.country, country]).astype(np.int8),
            border=np.concatenate([self.border, border]),
        )

    def with_segments(
        self,
        keep: NDArray[np.bool_],
        tail: NDArray[np.int64],
        head: NDArray[np.int64],
        way: NDArray[np.int64],
        km: NDArray[np.float64],
    ) -> Segments:
        """Return some of the segments, and others added at the end."""
        return replace(
            self,
            tail=np.concatenate([self.tail[keep], tail]),
            head=np.concatenate([self.head[keep], head]),
            way=np.concatenate([self.way[keep], way]),
            km=np.concatenate([self.km[keep], km]),
        )


def mode_codes(ways: pd.DataFrame) -> NDArray[np.int8]:
    """Return the mode of each way as RAIL, ROAD or SEA, shape (W,)."""
    return np.array([MODE_CODES[mode] for mode in ways["mode"].tolist()], np.int8)


def way_classes(ways: pd.DataFrame) -> NDArray[np.int64]:
    """Return a number for each way, shape (W,), the same for ways that differ in nothing but their id."""
    number = np.zeros(len(ways), np.int64)
    for column in (c for c in (*WAY_COLUMNS, "length_basis") if c != "way_id" and c in ways):
        values = ways[column].to_numpy(object)
        codes, kinds = pd.factorize(np.where(pd.isna(values), "", values))
        number = np.asarray(pd.factorize(number * len(kinds) + codes)[0], np.int64)
    return number


def from_ways(ways: Ways) -> Segments:
    """Return the segments of ways, with lengths, railways parted from roads where they share a point.

    At a level crossing a railway and a road share a point, and no train turns onto the road there. Sea stays with the
    road where there is one.
    """
    there = ways.tail != ways.head
    tail, head, way = (a[there].astype(np.int64) for a in (ways.tail, ways.head, ways.way))
    given = ways.length_km[there]
    lon, lat = np.asarray(ways.lon, float), np.asarray(ways.lat, float)
    km = np.where(np.isnan(given), great_circle_km(lat[tail], lon[tail], lat[head], lon[head]), given)
    mode = mode_codes(ways.ways)[way]
    on_road, on_rail = (np.zeros(len(lon), bool) for _ in range(2))
    for of, code in ((on_road, ROAD), (on_rail, RAIL)):
        of[tail[mode == code]] = of[head[mode == code]] = True
    both = np.flatnonzero(on_road & on_rail)
    twin = np.arange(len(lon))
    twin[both] = len(lon) + np.arange(len(both))
    rail = mode == RAIL
    tail, head = np.where(rail, twin[tail], tail), np.where(rail, twin[head], head)
    at = np.concatenate([np.arange(len(lon)), both])
    return Segments(
        lon=lon[at],
        lat=lat[at],
        source_point=at,
        country=np.full(len(at), NOWHERE, np.int8),
        border=np.zeros(len(at), bool),
        tail=tail,
        head=head,
        way=way,
        km=np.asarray(km, float),
    )


def locate(
    segments: Segments,
    areas: Areas,
    sea: NDArray[np.bool_],
    settled: Callable[[NDArray[np.int8]], NDArray[np.int8]] | None = None,
) -> Segments:
    """Return the segments with the country of each point.

    A point in no known area belongs to the nearest country within about a kilometre: outlines are simplified. One of a
    ferry, shape (S,) ``sea``, belongs to the nearest at any distance: there is a line in the middle of every sea.
    ``settled`` says first what is known of ends of ferries.
    """
    used = np.zeros(len(segments.lon), bool)
    used[segments.tail] = used[segments.head] = True
    at = np.flatnonzero(used)
    country = np.full(len(segments.lon), ELSEWHERE, np.int8)
    country[at] = areas.country_at(segments.lon[at], segments.lat[at])
    if settled is not None:
        country = settled(country)
    by_sea = np.zeros(len(segments.lon), bool)
    by_sea[segments.tail[sea]] = by_sea[segments.head[sea]] = True
    for which, within in ((by_sea, np.inf), (~by_sea, SLACK_DEGREES)):
        left = np.flatnonzero((country == NOWHERE) & which)
        country[left] = areas.nearest(segments.lon[left], segments.lat[left], within)
    return replace(segments, country=country)
