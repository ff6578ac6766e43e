"""Ways: lines as a source draws them, before there are nodes, links and crossings. Every reader returns this form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

WAY_COLUMNS = (
    "way_id",
    "mode",
    "allowed_uses",
    "name",
    "ref",
    "facility_type",
    "status",
    "directed",
    "free_speed_kmh",
    "tracks",
    "lanes",
    "electrified",
    "gauge_mm",
    "surface",
    "operator",
)
"""What is known of a way, in the terms of ``links.csv``; ``way_id`` is the source's own, such as ``w123``."""

SPOT_COLUMNS = (
    "spot_id",
    "kind",
    "name",
    "name_en",
    "name_ru",
    "name_kk",
    "other_names",
    "population",
    "status",
    "x_coord",
    "y_coord",
    "point",
)
"""What is known of a spot. ``kind`` is city, town, settlement, station, terminal, port or border_control,
``other_names`` are joined by semicolons, ``point`` is the position of the point it is drawn on, -1 if none."""

AREA_COLUMNS = ("code", "level", "name", "name_en", "name_ru", "name_kk", "geometry")
"""What is known of an area; ``code`` is ISO 3166-1 (level 2) or ISO 3166-2 (level 4)."""


@dataclass(frozen=True)
class Ways:
    """Lines, spots and areas as a source draws them.

    Attributes
    ----------
    ids
        The source's ids of P points, each once, shape (P,), int64: where two files have the same id they join.
    lon, lat
        Where the points lie, degrees, WGS 84, shape (P,).
    tail, head
        Points between which each of S straight segments runs, as positions in ``ids``, shape (S,), int64.
    way
        The way that each segment belongs to, as a position in ``ways``, shape (S,). Those of a one-way run in
        its direction.
    length_km
        Length of each segment, shape (S,); nan: that of the great circle between its points.
    ways
        What is known of each way, columns ``WAY_COLUMNS``; and ``length_basis`` where lengths are not measured.
    spots
        Places, stations, ports and border controls, columns ``SPOT_COLUMNS``.
    areas
        Countries and regions, columns ``AREA_COLUMNS``, or None.
    source
        A row of ``sources.csv``: source_id, title, publisher, date, address, licence, note.
    notes
        What was left out or found odd, one line each, for the user.
    country
        Codes of the countries that the source says its points lie in, shape (P,), None where it does not say; None: it
        has none. They decide where no outlines are known.
    """

    ids: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    way: NDArray[np.int64]
    length_km: NDArray[np.float64]
    ways: pd.DataFrame
    spots: pd.DataFrame
    areas: gpd.GeoDataFrame | None
    source: dict[str, str]
    notes: tuple[str, ...] = field(default=())
    country: NDArray[np.object_] | None = None


def merge(parts: Sequence[Ways]) -> Ways:
    """Return several sources as one: points, ways and spots of the same id are one, segments drawn twice count once.

    A way that two clipped files hold in part is put together from both. Where what they hold contradicts itself, the
    newest holds alone: the one of the highest ``version``, a column that ways may have, or else the first.

    Parameters
    ----------
    parts
        At least one; the first names the source, the titles of the others are added to its title.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> def line(a, b, way):
    ...     ends = {"tail": np.array([0]), "head": np.array([1]), "way": np.array([0]), "length_km": np.array([np.nan])}
    ...     tables = {"ways": pd.DataFrame({"way_id": [way]}), "spots": pd.DataFrame({"spot_id": []}), "areas": None}
    ...     where = {"ids": np.array([a, b]), "lon": np.array([a, b], float), "lat": np.zeros(2)}
    ...     return Ways(**where, **ends, **tables, source={"title": way})
    >>> both = merge([line(1, 2, "w1"), line(2, 3, "w2"), line(1, 2, "w1")])
    >>> len(both.ids), len(both.tail), both.source["title"]
    (3, 2, 'w1; w2')
    """
    if len(parts) == 1 and parts[0].ways["way_id"].is_unique and parts[0].spots["spot_id"].is_unique:
        return parts[0]
    ids, where = np.unique(np.concatenate([p.ids for p in parts]), return_index=True)
    table = pd.concat([p.ways for p in parts], ignore_index=True)
    way_of, names = pd.factorize(table["way_id"])
    version = _comparable(table, way_of)
    order = np.lexsort((-version, way_of))  # of each way the newest first, of one version the first
    first = np.searchsorted(way_of[order], np.arange(len(names) + 1))
    before = np.cumsum([0, *(len(p.ways) for p in parts)])
    row = np.concatenate([part.way + at for part, at in zip(parts, before[:-1], strict=True)]).astype(np.int64)
    rank = np.empty(len(table), np.int64)
    rank[order] = np.arange(len(table)) - first[way_of[order]]
    every = pd.DataFrame(
        {
            "way": way_of[row],
            "tail": np.concatenate([np.searchsorted(ids, p.ids[p.tail]) for p in parts]),
            "head": np.concatenate([np.searchsorted(ids, p.ids[p.head]) for p in parts]),
            "length_km": np.concatenate([p.length_km for p in parts]),
            "rank": rank[row],
            "version": version[row],
        }
    )
    drawn, outdated = _agreeing(every)
    told = f"ways in versions that contradict each other: {outdated}; of each the newest was taken, or the first"
    return replace(
        parts[0],
        ids=ids,
        lon=np.concatenate([p.lon for p in parts])[where],
        lat=np.concatenate([p.lat for p in parts])[where],
        tail=drawn["tail"].to_numpy(np.int64),
        head=drawn["head"].to_numpy(np.int64),
        way=drawn["way"].to_numpy(np.int64),
        length_km=drawn["length_km"].to_numpy(float),
        ways=table.iloc[order[first[:-1]]].reset_index(drop=True),
        spots=_merge_spots(parts, ids),
        areas=_merge_areas(parts),
        source=_merge_sources([p.source for p in parts]),
        notes=(*dict.fromkeys(note for p in parts for note in p.notes), *([told] if outdated else [])),
        country=None,  # no source in several parts has it
    )


def _agreeing(every: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the segments of each way that do not contradict those of its newest copy, and of how many ways some do.

    Parts of one course go the same way on from every point. An older version is out of date altogether: what it has
    beyond the newer may have been split off, and be another way by now.

    Parameters
    ----------
    every
        Segments: way, tail, head, length_km; rank of their copy, 0 for the newest; its version, 0 if not known.
    """
    points = int(every[["tail", "head"]].to_numpy().max(initial=0)) + 1
    tail, head = (every[end].to_numpy(np.int64) for end in ("tail", "head"))
    ends = np.concatenate([every["way"].to_numpy(np.int64) * points + end for end in (tail, head)])
    on, back = np.split(pd.factorize(ends)[0].astype(np.int64), 2)  # numbers for a way and a point of it
    every = every.assign(on=on, back=back, segment=on * points + head, turned=back * points + tail)
    taken = every[every["rank"] == 0].drop_duplicates("segment")
    outdated = 0
    for rank in range(1, every["rank"].max() + 1 if len(every) else 0):
        other = every[every["rank"] == rank].drop_duplicates("segment")
        same = taken[taken["way"].isin(other["way"])]
        known, turned = (other[column].isin(same["segment"]) for column in ("segment", "turned"))
        astray = ~known & (other["on"].isin(same["on"]) | other["back"].isin(same["back"]) | turned)
        newest = same.groupby("way")["version"].max()
        older = (other["version"] > 0) & (other["version"] < other["way"].map(newest).fillna(0))
        bad = other["way"].isin(other["way"][astray | older])
        outdated += int(other["way"][bad & ~known].nunique())
        taken = pd.concat([taken, other[~bad & ~known]])
    return taken, outdated


def _merge_spots(parts: Sequence[Ways], ids: NDArray[np.int64]) -> pd.DataFrame:
    moved = []
    for part in parts:
        spots = part.spots
        if "point" in spots.columns and len(spots):
            point = spots["point"].to_numpy(np.int64)
            there = np.searchsorted(ids, part.ids[np.maximum(point, 0)]) if len(part.ids) else point
            spots = spots.assign(point=np.where(point >= 0, there, -1))
        moved.append(spots)
    together = pd.concat(moved, ignore_index=True)
    if "version" in together.columns:
        spot_of, _ = pd.factorize(together["spot_id"])
        together = together.iloc[np.lexsort([np.arange(len(together)), -_comparable(together, spot_of)])]
        where = ["x_coord", "y_coord"]  # a file that was cut may not know where a spot lies
        together[where] = together.groupby("spot_id", sort=False)[where].transform("first")
    return together.drop_duplicates("spot_id", ignore_index=True)


def _comparable(table: pd.DataFrame, of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return versions, 0 for all of what has one without: then it is the order of the maps that says what is newer."""
    version = table["version"].to_numpy(np.int64) if "version" in table else np.zeros(len(table), np.int64)
    known = np.ones(int(of.max(initial=-1)) + 1, bool)
    known[of[version == 0]] = False
    return np.where(known[of], version, 0)


def _merge_areas(parts: Sequence[Ways]) -> gpd.GeoDataFrame | None:
    known: list[Any] = [p.areas for p in parts if p.areas is not None]
    if len(parts) == 1 or not known:
        return parts[0].areas
    together: gpd.GeoDataFrame = pd.concat(known, ignore_index=True).drop_duplicates(
        ["code", "level"], ignore_index=True
    )
    return together


def _merge_sources(sources: Sequence[dict[str, str]]) -> dict[str, str]:
    titles = dict.fromkeys(s.get("title", "") for s in sources)
    return {**sources[0], "title": "; ".join(t for t in titles if t)}
