"""Objects that several files hold in different versions: what a newer one has no more, and where it lies now."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from corridors.sources.build.ways import Ways

_OBJECT = re.compile(r"[nwr]\d+")
"""An object of a map that has its number from OpenStreetMap; those below 0 are drawn by hand, and of one file alone."""


_BY_HAND = re.compile(r"([nwr]-)(\d+)")
_APART = 10**12
"""By so much the numbers of objects drawn by hand differ from file to file: each begins at -1."""


class _Held(NamedTuple):
    """What a file gave: the version of each row of its ways and spots, and the rows of each object."""

    version: dict[str, int]
    rows: dict[str, list[str]]


def newest(parts: Sequence[Ways], versions_in: Sequence[Callable[[set[str]], dict[str, int]]]) -> list[Ways]:
    """Return maps without what a newer version in another has no more, and with points where the newest has them.

    A way that was road and railway may be a road alone by now; a station may be none; a point may have moved. The
    highest version holds; of equal versions both, and where versions are not known the map that comes first.

    Parameters
    ----------
    parts
        As :func:`corridors.sources.build.osm_tables.ways_of` returned them, the newest first.
    versions_in
        Of each map what tells the versions of those of some objects (``n1``, ``w23``, ``r4``) that it holds, 0 if it
        does not know.
    """
    held = [_held(part) for part in parts]
    moved = _moved(parts)
    at_nodes = {f"n{point}" for point in moved}
    seen = []
    for at, (tell, own) in enumerate(zip(versions_in, held, strict=True)):
        others = [other for i, other in enumerate(held) if i != at]
        changed = {o for other in others for o, rows in other.rows.items() if any(r not in own.version for r in rows)}
        seen.append(tell(changed | at_nodes))
    outdated = [
        {
            row
            for row, version in own.version.items()
            for i, elsewhere in enumerate(seen)
            if i != at and row not in held[i].version and _is_newer(elsewhere.get(_object(row)), i, version, at)
        }
        for at, own in enumerate(held)
    ]
    places = _newest_places(parts, moved, seen)
    count = len({_object(row) for rows in outdated for row in rows} | {f"n{point}" for point in places})
    told = (f"objects outdated by a newer version in another file, left out or moved: {count}",) if count else ()
    return [
        replace(_without(_placed(part, places), rows), notes=(*part.notes, *told))
        for part, rows in zip(parts, outdated, strict=True)
    ]


def numbered_apart(parts: Sequence[Ways]) -> list[Ways]:
    """Return maps whose objects drawn by hand, with numbers below 0, have numbers that no other map has."""
    found = []
    for at, part in enumerate(parts):
        by = at * _APART
        ways, spots = (
            table.assign(**{key: table[key].map(partial(_apart, by=by)).astype(object)})
            for table, key in ((part.ways, "way_id"), (part.spots, "spot_id"))
        )
        found.append(replace(part, ids=np.where(part.ids < 0, part.ids - by, part.ids), ways=ways, spots=spots))
    return found


def _apart(name: str, by: int) -> str:
    """Return the id of a row with another number, if it is below 0.

    Examples
    --------
    >>> _apart("w-8-rail", 100), _apart("w8-rail", 100)
    ('w-108-rail', 'w8-rail')
    """
    drawn = _BY_HAND.match(name)
    return f"{drawn[1]}{int(drawn[2]) + by}{name[drawn.end() :]}" if drawn else name


def _object(row: str) -> str:
    found = _OBJECT.match(row)
    return found[0] if found else ""


def _held(part: Ways) -> _Held:
    version: dict[str, int] = {}
    for table, key in ((part.ways, "way_id"), (part.spots, "spot_id")):
        version |= zip(table[key].tolist(), table["version"].tolist(), strict=True)
    rows: dict[str, list[str]] = defaultdict(list)
    for row in version:
        if name := _object(row):
            rows[name].append(row)
    return _Held(version, rows)


def _is_newer(version: int | None, place: int, than: int, of_place: int) -> bool:
    """Tell whether a version in one map is newer than another's; ``place`` is which map comes first."""
    if version is None:
        return False
    return version > than if version and than else place < of_place


def _moved(parts: Sequence[Ways]) -> list[int]:
    """Return the points that do not lie at one place in all maps that know where they lie."""
    known = [np.isfinite(part.lon) for part in parts]
    ids, lon, lat = (
        np.concatenate([values[k] for values, k in zip(of_parts, known, strict=True)])
        for of_parts in zip(*((part.ids, part.lon, part.lat) for part in parts), strict=True)
    )
    order = np.argsort(ids, kind="stable")
    ids, lon, lat = ids[order], lon[order], lat[order]
    apart = (ids[1:] == ids[:-1]) & ((lon[1:] != lon[:-1]) | (lat[1:] != lat[:-1]))
    return sorted({int(point) for point in ids[1:][apart] if point >= 0})


def _newest_places(
    parts: Sequence[Ways], moved: Iterable[int], seen: Sequence[dict[str, int]]
) -> dict[int, tuple[float, float]]:
    """Return where points that moved lie in the newest map that knows it."""
    found = {}
    for point in moved:
        best: tuple[int, float, float] | None = None
        for part, versions in zip(parts, seen, strict=True):
            at = int(np.searchsorted(part.ids, point))
            if at < len(part.ids) and part.ids[at] == point and np.isfinite(part.lon[at]):
                version = versions.get(f"n{point}", 0)
                if best is None or (best[0] and version > best[0]):
                    best = version, float(part.lon[at]), float(part.lat[at])
        if best is not None:
            found[point] = best[1:]
    return found


def _placed(part: Ways, places: dict[int, tuple[float, float]]) -> Ways:
    points = np.array([*places], np.int64)
    at = np.minimum(np.searchsorted(part.ids, points), max(len(part.ids) - 1, 0))
    here = part.ids[at] == points if len(part.ids) else np.zeros(len(points), bool)
    where = np.array([*places.values()], float).reshape(-1, 2)[here]
    lon, lat = part.lon.copy(), part.lat.copy()
    lon[at[here]], lat[at[here]] = where.T
    return replace(part, lon=lon, lat=lat)


def _without(part: Ways, rows: set[str]) -> Ways:
    """Return a map without some of its ways and spots."""
    keep = ~part.ways["way_id"].isin(rows).to_numpy(bool)
    drawn = keep[part.way]
    return replace(
        part,
        tail=part.tail[drawn],
        head=part.head[drawn],
        length_km=part.length_km[drawn],
        way=(np.cumsum(keep) - 1)[part.way[drawn]],
        ways=part.ways[keep].reset_index(drop=True),
        spots=part.spots[~part.spots["spot_id"].isin(rows)].reset_index(drop=True),
    )
