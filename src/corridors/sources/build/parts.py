"""Maps drawn in several files put together, and cut where nobody has the points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from corridors.model.geo import great_circle_km
from corridors.sources.build.tags import ferry_speed
from corridors.sources.build.ways import Ways, merge

if TYPE_CHECKING:
    from collections.abc import Sequence


def put_together(parts: Sequence[Ways], where: str) -> Ways:
    """Return the map of one or more files.

    Where two extracts were cut along a line, either has the end of a segment that the other lacks: with both it is
    there. What nobody has is cut off, and noted. Where files contradict each other the newest comes first.

    Parameters
    ----------
    parts
        As :func:`corridors.sources.build.osm_tables.ways_of` returned them.
    where
        The files, as the notes name them.
    """
    newest_first = sorted(parts, key=lambda part: part.source.get("date", ""), reverse=True)
    return _cut(merge(_filled(newest_first)), where)


def _filled(parts: Sequence[Ways]) -> list[Ways]:
    """Return the parts with the points and outlines that they lack from those that have them."""
    if len(parts) == 1:
        return [*parts]
    known = [np.isfinite(p.lon) for p in parts]
    ids, first = np.unique(np.concatenate([p.ids[k] for p, k in zip(parts, known, strict=True)]), return_index=True)
    lon, lat = (
        np.concatenate([a[k] for a, k in zip(arrays, known, strict=True)])[first]
        for arrays in ([p.lon for p in parts], [p.lat for p in parts])
    )
    whole = {code for p in parts if p.areas is not None for code in p.areas.loc[p.areas.geometry.notna(), "code"]}
    filled = []
    for part in parts:
        at = np.minimum(np.searchsorted(ids, part.ids), max(len(ids) - 1, 0))
        there = ids[at] == part.ids if len(ids) else np.zeros(len(part.ids), bool)
        areas = part.areas
        if areas is not None:
            areas = areas[areas.geometry.notna() | ~areas["code"].isin(whole)]
        filled.append(
            replace(
                part,
                lon=np.where(there, lon[at], np.nan) if len(ids) else part.lon,
                lat=np.where(there, lat[at], np.nan) if len(ids) else part.lat,
                areas=areas,
            )
        )
    return filled


def _cut(ways: Ways, where: str) -> Ways:
    """Return segments between points that are there, with the ways, points and outlines that are left, and notes."""
    there = np.isfinite(ways.lon)
    drawn = there[ways.tail] & there[ways.head]
    rows, way = np.unique(ways.way[drawn], return_inverse=True)
    used, ends = np.unique(np.concatenate([ways.tail[drawn], ways.head[drawn]]), return_inverse=True)
    tail, head = np.split(ends.astype(np.int64), 2)
    lon, lat = ways.lon[used], ways.lat[used]
    cut = np.unique(ways.way[~drawn])
    table = ways.ways.iloc[rows].drop(columns="version").reset_index(drop=True)
    whole = ~np.isin(rows, cut)  # the hours of a ferry are those of the whole way
    km = np.bincount(way, great_circle_km(lat[tail], lon[tail], lat[head], lon[head]), len(rows))
    speed = ferry_speed(np.where(whole, km, np.nan), table.pop("hours").to_numpy(float))
    table["free_speed_kmh"] = table["free_speed_kmh"].fillna(pd.Series(speed)).clip(lower=1)
    moved = np.full(len(ways.ids) + 1, -1)  # the last is that of spots beside the lines
    moved[used] = np.arange(len(used))
    areas, left_out = ways.areas, []
    if areas is not None:
        left_out = sorted(areas.loc[areas.geometry.isna(), "code"])
        areas = areas[areas.geometry.notna()].reset_index(drop=True)
    spots = ways.spots.drop(columns="version").assign(point=moved[ways.spots["point"].to_numpy(np.int64)])
    placed = np.isfinite(spots["x_coord"].to_numpy(float))
    notes = [*ways.notes]
    if len(cut):
        notes.append(f"{where}: ways cut where points are not in the file: {len(cut)} (points: {(~there).sum()})")
    if left_out:
        notes.append(f"{where}: outlines not whole, left out: {', '.join(left_out)}")
    if not placed.all():
        notes.append(f"{where}: spots left out, whose place is not in the file, or not all of it: {(~placed).sum()}")
    return replace(
        ways,
        ids=ways.ids[used],
        lon=lon,
        lat=lat,
        tail=tail,
        head=head,
        way=way.astype(np.int64),
        length_km=ways.length_km[drawn],
        ways=table,
        spots=spots[placed].reset_index(drop=True),
        areas=areas if areas is not None and len(areas) else None,
        notes=tuple(notes),
    )
