"""What was kept of an OpenStreetMap file, as segments between points and tables of ways and spots."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.sources.build.outlines import outlines
from corridors.sources.build.ways import SPOT_COLUMNS, WAY_COLUMNS, Ways

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SOURCE = {
    "source_id": "osm",
    "publisher": "OpenStreetMap contributors",
    "address": "https://www.openstreetmap.org/copyright",
    "licence": "ODbL 1.0",
    "note": "© OpenStreetMap contributors; a locator is w, n or r and the number of the way, node or relation",
}
"""The row of ``sources.csv``; title and date are those of the file."""

TEXT_COLUMNS = ("name", "ref", "status", "electrified", "surface", "operator")
NUMBER_COLUMNS = ("free_speed_kmh", "tracks", "lanes", "gauge_mm")


@dataclass
class Kept:
    """What a reader has kept so far of W ways, spots and areas.

    Attributes
    ----------
    columns
        For each of ``WAY_COLUMNS`` the values of the ways.
    spots
        Columns of each spot, its version, and ``refs``: its point, or its corners; of a relation ``members``, its ways.
    areas
        Columns of each area, and ``members``: the ways of its outline.
    direction, hours, versions, sizes
        Of each way 1, -1 or 0; hours of a ferry, nan if not known; its version, 0 if not known; how many points it has.
    refs
        The points of all ways, one way after the other.
    rings
        Points of the ways of outlines, and of relations that are spots.
    """

    columns: dict[str, list[Any]] = field(default_factory=lambda: {c: [] for c in WAY_COLUMNS})
    spots: list[dict[str, Any]] = field(default_factory=list)
    areas: list[dict[str, Any]] = field(default_factory=list)
    direction: array[int] = field(default_factory=lambda: array("b"))
    hours: array[float] = field(default_factory=lambda: array("d"))
    refs: array[int] = field(default_factory=lambda: array("q"))
    versions: array[int] = field(default_factory=lambda: array("q"))
    sizes: array[int] = field(default_factory=lambda: array("q"))
    rings: dict[int, list[int]] = field(default_factory=dict)


def as_array(values: array[int]) -> NDArray[np.int64]:
    """Return a grown array of whole numbers as numpy has it; it is not copied."""
    return np.frombuffer(values, np.int64) if len(values) else np.empty(0, np.int64)


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each value once, ascending, by sorting: ``numpy.unique`` of ids this far apart takes fifty times as long.

    Examples
    --------
    >>> distinct(np.array([7, 3, 7]))
    array([3, 7])
    """
    ordered = np.sort(values)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def ways_of(
    path: Path,
    kept: Kept,
    ids: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    date: str,
) -> Ways:
    """Return what was kept as it is drawn: points and spots that are not in the file at nan, outlines without a shape.

    Beside the usual columns ways have ``hours``, of ferries, and ways and spots ``version``. A map is made of it by
    :mod:`corridors.sources.build.parts`.
    """
    refs, sizes = as_array(kept.refs), as_array(kept.sizes)
    way = np.repeat(np.arange(len(sizes)), sizes)
    points = distinct(refs)
    at = np.minimum(np.searchsorted(ids, points), max(len(ids) - 1, 0))
    there = ids[at] == points if len(ids) else np.zeros(len(points), bool)
    where = np.full((2, len(points)), np.nan)
    where[:, there] = lon[at[there]], lat[at[there]]
    number = np.searchsorted(points, refs)
    joined = np.flatnonzero((way[1:] == way[:-1]) & (refs[1:] != refs[:-1]))
    against = np.frombuffer(kept.direction, np.int8)[way[joined]] < 0 if len(joined) else np.zeros(0, bool)
    return Ways(
        ids=points,
        lon=where[0],
        lat=where[1],
        tail=number[joined + against],
        head=number[joined + ~against],
        way=way[joined],
        length_km=np.full(len(joined), np.nan),
        ways=way_table({**kept.columns, "hours": kept.hours.tolist(), "version": kept.versions.tolist()}),
        spots=_spots(_placed(kept.spots, ids, lon, lat), points),
        areas=outlines(kept.areas, kept.rings, ids, lon, lat),
        source={**SOURCE, "title": f"OpenStreetMap, {path.name}", "date": date},
    )


def corners_of(refs: Sequence[int]) -> tuple[int, ...]:
    """Return the points of a way, of a closed one without the first, which is its last.

    Examples
    --------
    >>> corners_of([1, 2, 3]), corners_of([1, 2, 3, 1]), corners_of([1])
    ((1, 2, 3), (2, 3, 1), ())
    """
    return tuple(refs[1:] if refs and refs[0] == refs[-1] else refs)


_TYPES: dict[str, Any] = {
    **dict.fromkeys((*NUMBER_COLUMNS, "hours", "population", "x_coord", "y_coord"), float),
    "directed": bool,
    "version": np.int64,
    "point": np.int64,
}


def way_table(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return ways with the types that their columns have."""
    return _table(columns, (*WAY_COLUMNS, "hours", "version"))


def spot_table(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return spots with the types that their columns have."""
    return _table(columns, (*SPOT_COLUMNS, "version"))


def _table(columns: Mapping[str, Sequence[Any]], names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(columns[name], dtype=_TYPES.get(name, object)) for name in names})


def _spots(spots: list[dict[str, Any]], points: NDArray[np.int64]) -> pd.DataFrame:
    """Return spots with the point of a line that each is, -1 if none."""
    is_node = np.array([spot["spot_id"][0] == "n" for spot in spots], bool)
    node = np.array([spot["refs"][0] if known else 0 for spot, known in zip(spots, is_node, strict=True)], np.int64)
    at = np.minimum(np.searchsorted(points, node), max(len(points) - 1, 0))
    on_line = is_node & (points[at] == node) if len(points) else np.zeros(len(spots), bool)
    columns = {name: [spot.get(name) for spot in spots] for name in (*SPOT_COLUMNS, "version")}
    return spot_table({**columns, "point": np.where(on_line, at, -1).tolist()})


def _placed(
    spots: list[dict[str, Any]], ids: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> list[dict[str, Any]]:
    """Return the spots, those with corners at their mean, at nan where these are none or not all there."""

    def mean(refs: tuple[int, ...]) -> dict[str, float]:
        corners = np.array(refs, np.int64)
        at = np.minimum(np.searchsorted(ids, corners), max(len(ids) - 1, 0))
        whole = len(ids) > 0 and len(corners) > 0 and bool((ids[at] == corners).all())
        x, y = (round(float(a[at].mean()), 7) if whole else math.nan for a in (lon, lat))
        return {"x_coord": x, "y_coord": y}

    return [spot if "x_coord" in spot else {**spot, **mean(spot["refs"])} for spot in spots]
