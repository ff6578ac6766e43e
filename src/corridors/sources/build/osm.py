"""Read OpenStreetMap files: lines, spots and outlines of countries, by streaming; memory is that of what is kept."""

from __future__ import annotations

import math
from array import array
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import DataError, UsageError
from corridors.sources.build import tags as t
from corridors.sources.build.opl import check_opl
from corridors.sources.build.osm_tables import Kept, as_array, corners_of, distinct, ways_of
from corridors.sources.build.parts import put_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from corridors.sources.build.ways import Ways

SMALL_BYTES = 64 * 2**20
"""Up to this size all points of a file are kept while it is read, some 16 bytes each; of larger ones those that are
needed. To pick them out takes osmium a bit for every number that a point may have, 1.5 GB at most."""

FORMS = ".osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m or .opl"
"""How the names of files end that can be read."""

_SUFFIXES = (".osm", ".pbf", ".gz", ".bz2", ".o5m", ".opl")
_MAGIC = {
    b"PK\x03\x04": "a zip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"%PDF": "a PDF",
    b"7z\xbc\xaf": "a 7z archive",
    b"SQLite format 3": "a database or GeoPackage",
}
_ANY_WAY = b'<osm version="0.6"><way id="1"><nd ref="1"/></way></osm>'


def read_osm(
    path: Path,
    *,
    countries: Sequence[str] = (),
    roads: str = t.DEFAULT_ROADS,
    areas: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Ways:
    """Return the lines, spots and areas of an OpenStreetMap file that :mod:`corridors.sources.build.tags` knows.

    The file is read once for all that has tags, again for the ways of boundaries of countries and regions, and of
    stations and the like drawn as relations, if it has such, and again for points if it is large. Where points of a way
    are not in the file, the way is cut.

    Parameters
    ----------
    path
        ``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``, ``.o5m`` or ``.opl``.
    countries
        ISO 3166-1 codes: of these the regions are read, too; none: those of all. Outlines of countries are all read.
    roads
        The last class of road that is taken, one of ``tags.ROADS``; ``none``: no roads.
    areas
        False: outlines are known from elsewhere.
    progress
        Called with the share that is done, from 0 to 1.

    Raises
    ------
    UsageError
        If the package osmium is not installed, or there is no such class of road.
    DataError
        If the file is not there, is none of OpenStreetMap, is damaged, or is one of changes or of history.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> line = '<node id="1" lat="54" lon="65"/><node id="2" lat="55" lon="65"/><way id="9"><nd ref="1"/><nd ref="2"/>'
    >>> file = Path(tempfile.mkdtemp()) / "line.osm"
    >>> _ = file.write_text(f'<osm version="0.6">{line}<tag k="railway" v="rail"/></way></osm>', "utf-8")
    >>> read_osm(file).ways[["way_id", "mode", "facility_type"]].values.tolist()
    [['w9', 'rail', 'secondary']]
    """
    part = read_part(path, countries=countries, roads=roads, areas=areas, progress=progress)
    return put_together([part], str(path))


def read_part(
    path: Path,
    *,
    countries: Sequence[str],
    roads: str,
    areas: bool,
    progress: Callable[[float], None] | None = None,
) -> Ways:
    """Return the same as :func:`read_osm`, not yet cut: another file may have what this one lacks."""
    if roads not in {*t.ROADS, "none"}:
        raise UsageError(f"--roads {roads!r}: expected one of {', '.join(t.ROADS)}, none")
    tell = progress or (lambda _: None)
    date, is_sorted = check_osm(path)
    check_opl(path)
    small = path.stat().st_size <= SMALL_BYTES
    table, keeper = _point_table()
    try:
        kept = _read_tagged(path, t.road_classes(roads), countries, [keeper] if small else [], areas=areas)
    except UnicodeDecodeError as error:
        raise _damaged(path, error) from error
    tell(0.5)
    _read_rings(path, kept, small=small)
    tell(0.7)
    ids = _points_wanted(kept)
    if not small:
        _fill(path, ids, keeper)
    if not is_sorted:
        _sort(keeper)
    ids, lon, lat = _find(path, ids, table)
    tell(1.0)
    return ways_of(path, kept, ids, lon, lat, date)


def check_osm(path: Path) -> tuple[str, bool]:
    """Return the date of a file and whether it is sorted, from its head.

    Raises
    ------
    UsageError
        If the package osmium is not installed.
    DataError
        If it is not there or none of OpenStreetMap, as far as its first bytes tell.
    """
    try:
        import osmium
    except ImportError:
        raise UsageError("OpenStreetMap files: the package osmium is missing; pip install 'corridors[osm]'") from None
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    if path.suffix.lower() not in _SUFFIXES:
        raise DataError(f"{path}: suffix {path.suffix!r} is unknown, expected {FORMS}")
    if not head:
        raise DataError(f"{path}: empty, expected an OpenStreetMap file")
    found = next((what for magic, what in _MAGIC.items() if head.startswith(magic)), None)
    if found:
        raise DataError(f"{path}: {found}, expected an OpenStreetMap file")
    try:
        with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
            header = reader.header()
    except (RuntimeError, ValueError) as error:
        raise _damaged(path, error) from error
    if header.has_multiple_object_versions:
        raise DataError(f"{path}: a history or changes, expected the map of one day")
    return header.get("osmosis_replication_timestamp", "")[:10], header.get("sorting", "") == "Type_then_ID"


def _damaged(path: Path, error: Exception) -> DataError:
    reason = " ".join(str(error).replace(str(path), "").split())[:200]
    return DataError(f"{path}: damaged, or not of OpenStreetMap: {reason}")


def _objects(path: Path, entities: Any, *handlers: Any) -> Iterator[Any]:
    """Give the objects of a file that pass all filters, and let other handlers see them.

    The reader keeps no hold on its filters and handlers: they stay in ``handlers`` until all is read.
    """
    import osmium

    try:
        with osmium.io.Reader(str(path), entities) as reader:
            yield from osmium.OsmFileIterator(reader, *handlers)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise _damaged(path, error) from error


def _way_tags(roads: Sequence[str], *, areas: bool) -> dict[str, set[str]]:
    """Return the values of each key that a way is looked at for, roads first."""
    known: dict[str, set[str]] = {"highway": {*roads, *t.LIFECYCLE}} if roads else {}
    known |= {"railway": {"rail", *t.LIFECYCLE}, "route": {"ferry"}}
    for stage in t.LIFECYCLE:
        known |= {f"{stage}:highway": {*roads}} if roads else {}
        known[f"{stage}:railway"] = {"rail"} | {value for key, value in t.SPOTS if key == "railway"}
    for key, value in t.SPOTS:
        known.setdefault(key, set()).add(value)
    return known | ({"boundary": {"administrative"}} if areas else {})


def _filters(known: dict[str, set[str]], *, areas: bool) -> list[Any]:
    """Return filters that let pass what has a tag of ours; those that have no key of ours are sorted out first."""
    from osmium import filter as f
    from osmium import osm

    spots = {*t.SPOTS} | {("place", place) for place in t.PLACES}
    for stage in t.LIFECYCLE:
        spots |= {("railway", stage)} | {(f"{stage}:{key}", value) for key, value in t.SPOTS if key == "railway"}
    drawn = spots | ({("boundary", "administrative")} if areas else set())
    found: list[tuple[Any, Any]] = [
        (osm.NODE, f.KeyFilter(*sorted({key for key, _ in spots}))),
        (osm.NODE, f.TagFilter(*sorted(spots))),
        (osm.WAY, f.KeyFilter(*known)),
        (osm.WAY, f.TagFilter(*((key, value) for key, values in known.items() for value in sorted(values)))),
        (osm.RELATION, f.TagFilter(*sorted(drawn))),
    ]
    for entity, kind in found:
        kind.enable_for(entity)
    return [kind for _, kind in found]


def read_versions(path: Path, objects: set[str]) -> dict[str, int]:
    """Return the versions of those of some objects (``n1``, ``w23``, ``r4``) that a file holds, 0 where it has none.

    Raises
    ------
    DataError
        If the file is damaged.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "points.osm"
    >>> text = '<osm version="0.6"><node id="1" version="7" lat="54" lon="65"/><node id="2" lat="55" lon="65"/></osm>'
    >>> _ = file.write_text(text, "utf-8")
    >>> read_versions(file, {"n1", "n2", "w1"})
    {'n1': 7, 'n2': 0}
    """
    import osmium
    from osmium import osm

    small = path.stat().st_size <= SMALL_BYTES
    found = {}
    for kind, entity in (("n", osm.NODE), ("w", osm.WAY), ("r", osm.RELATION)):
        ids = {int(name[1:]) for name in objects if name[0] == kind}
        if kind == "n" and small:
            ids = _nodes_in(path, ids)  # mostly none, and nodes are many
        by_id = [] if small else [osmium.filter.IdFilter(ids)]
        for one in _objects(path, entity, *by_id) if ids else ():
            if one.id in ids:
                found[f"{kind}{one.id}"] = one.version
    return found


def _nodes_in(path: Path, ids: set[int]) -> set[int]:
    """Return which of some nodes are in a file."""
    import osmium

    if not ids:
        return set()
    table, keeper = _point_table()
    for _ in _objects(path, osmium.osm.NODE, keeper, osmium.filter.EntityFilter(osmium.osm.WAY)):
        pass
    _sort(keeper)
    there = set()
    for point in ids:
        with suppress(KeyError):
            table.get(point)
            there.add(point)
    return there


def _read_tagged(
    path: Path, roads: Sequence[str], countries: Sequence[str], handlers: Sequence[Any], *, areas: bool
) -> Kept:
    from osmium import osm

    kept = Kept()
    known = _way_tags(roads, areas=areas)
    for found in _objects(path, osm.NODE | osm.WAY | osm.RELATION, *handlers, *_filters(known, areas=areas)):
        tags = found.tags.get
        if found.is_way():
            _keep_way(kept, found, tags, roads, countries if areas else None)
        elif found.is_node():
            place = found.location
            x, y = (place.lon, place.lat) if place.valid() else (math.nan, math.nan)
            where = {"x_coord": x, "y_coord": y, "refs": (found.id,), "version": found.version}
            kept.spots += [{**spot, **where} for spot in t.spot_rows(f"n{found.id}", tags, node=True)]
        else:
            _keep_relation(kept, found, tags, countries if areas else None)
    return kept


def _keep_way(kept: Kept, way: Any, tags: t.Tags, roads: Sequence[str], countries: Sequence[str] | None) -> None:
    rows = t.way_rows(f"w{way.id}", tags, roads)
    spots = t.spot_rows(f"w{way.id}", tags, node=False)
    refs = [node.ref for node in way.nodes] if rows or spots else []
    for columns, direction in rows:
        kept.direction.append(direction)
        kept.versions.append(way.version)
        kept.hours.append(columns.get("hours", math.nan))
        for name, values in kept.columns.items():
            values.append(columns.get(name))
        kept.sizes.append(len(refs))
        kept.refs.extend(refs)
    kept.spots += [{**spot, "refs": corners_of(refs), "version": way.version} for spot in spots]
    if not rows and way.is_closed() and (area := _area(tags, countries)):
        kept.areas.append({**area, "members": [way.id]})


def _keep_relation(kept: Kept, relation: Any, tags: t.Tags, countries: Sequence[str] | None) -> None:
    members = [m.ref for m in relation.members if m.type == "w" and m.role in {"outer", "inner", ""}]
    if area := _area(tags, countries):
        kept.areas.append({**area, "members": members})
    if tags("type") in t.DRAWN_RELATIONS:
        outer = [m.ref for m in relation.members if m.type == "w" and m.role != "inner"]
        spots = t.spot_rows(f"r{relation.id}", tags, node=False)
        kept.spots += [{**spot, "members": outer, "version": relation.version} for spot in spots]


def _area(tags: t.Tags, countries: Sequence[str] | None) -> dict[str, Any] | None:
    """Return the columns of an area if it is one of those wanted: all where no countries are named, none for None."""
    area = None if countries is None else t.area_columns(tags)
    return area if area and (not countries or area["level"] == 2 or area["code"][:2] in countries) else None


def _read_rings(path: Path, kept: Kept, *, small: bool) -> None:
    """Keep the ways that boundaries and spots are made of; those that the file lacks stay away."""
    import osmium

    drawn = (*kept.areas, *(spot for spot in kept.spots if "members" in spot))
    wanted = {ref for each in drawn for ref in each["members"]}
    by_hand = any(ref < 0 for ref in wanted)  # osmium's filter knows no numbers below 0
    by_id = [] if small or by_hand else [osmium.filter.IdFilter(wanted)]
    for way in _objects(path, osmium.osm.WAY, *by_id) if wanted else ():
        if way.id in wanted:
            kept.rings[way.id] = [node.ref for node in way.nodes]
    for spot in kept.spots:
        if "members" in spot:
            rings = [corners_of(kept.rings.get(member, ())) for member in spot["members"]]
            spot["refs"] = tuple(dict.fromkeys(ref for ring in rings for ref in ring)) if all(rings) else ()


def _points_wanted(kept: Kept) -> NDArray[np.int64]:
    """Return the points whose place is not known yet, ascending: those of lines, of outlines and of spots."""
    corners = [*kept.rings.values(), *(spot["refs"] for spot in kept.spots if "x_coord" not in spot)]
    return distinct(np.concatenate([as_array(kept.refs), *(np.array(refs, np.int64) for refs in corners)]))


def _point_table() -> tuple[Any, Any]:
    """Return osmium's own table of where points lie, and what fills it with the points it sees.

    Numbers below 0, of maps drawn by hand, are no matter of that table.
    """
    import osmium

    table = osmium.index.create_map("sparse_mem_array")
    keeper = osmium.NodeLocationsForWays(table)
    keeper.ignore_errors()
    return table, keeper


def _fill(path: Path, ids: NDArray[np.int64], keeper: Any) -> None:
    """Put the points that are needed into the table, in a pass of their own."""
    import osmium

    needed = osmium.filter.IdFilter(array("q", ids[ids >= 0].tobytes()))
    for _ in _objects(path, osmium.osm.NODE, needed, keeper, osmium.filter.EntityFilter(osmium.osm.WAY)):
        pass


def _sort(keeper: Any) -> None:
    """Let the table sort itself, as it does when it meets a way."""
    import osmium

    with osmium.io.Reader(osmium.io.FileBuffer(_ANY_WAY, "osm")) as reader:
        osmium.apply(reader, keeper)


def _find(
    path: Path, ids: NDArray[np.int64], table: Any
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return those of some points, ascending, that are in the file, and where they lie."""
    import osmium

    drawn = set(ids[ids < 0].tolist())
    by_hand = {n.id: n.location for n in _objects(path, osmium.osm.NODE) if n.id in drawn} if drawn else {}
    x, y = array("q"), array("q")
    there = np.zeros(len(ids), bool)
    for at, point in enumerate(ids.tolist()):
        try:
            place = by_hand[point] if point < 0 else table.get(point)
        except KeyError:
            continue
        if place.valid():
            there[at] = True
            x.append(place.x)
            y.append(place.y)
    return ids[there], as_array(x) / 1e7, as_array(y) / 1e7
