"""Checking a directory of tables: all problems in one run, each with file, line, column, value and expectation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from corridors.errors import DataError
from corridors.files import whole_folder
from corridors.model.dates import last_day
from corridors.model.geo import great_circle_km
from corridors.model.schema import FACILITIES_OF, GEOJSON_FILES, TABLES
from corridors.sources.assumptions import read_assumptions
from corridors.sources.tables import (
    ASSUMPTIONS_FILE,
    RawTable,
    cell_problem,
    find_folders,
    read_raw_table,
    write,
)
from corridors.sources.text import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from corridors.model.network import Network

_NUMBER = r"-?\d+(?:\.\d+)?"
_LINE = re.compile(rf"LINESTRING ?\({_NUMBER} {_NUMBER}(?:, ?{_NUMBER} {_NUMBER})+\)")

COURSE_END_KM = 1.0
"""The course of a link begins and ends this near its nodes."""

SHORTEST_RATIO = 0.99
"""A link may be this much shorter than the great circle between its ends, for rounding of coordinates; and, with 0.2 km
to spare, than its drawn course, which starts in a town's middle where the length is often that of the road past it."""


def validate(network: str | Path, data: str | Path | None = None) -> list[str]:
    """Return every problem of a directory of tables, one line each; an empty list: none.

    Examples
    --------
    >>> from corridors.shipped import shipped
    >>> validate(shipped("network"), shipped("data"))
    []
    """
    return check_folders(find_folders(network, data))


def write_checked(network: Network, folder: str | Path, origin: str) -> None:
    """Write a network that was made of something else into a new folder, if it is sound; whole or not at all.

    Parameters
    ----------
    network, folder
        What to write, and where ``network/`` and ``data/`` will lie.
    origin
        What it was made of, for the error.

    Raises
    ------
    DataError
        If :func:`validate` would find problems; nothing is written.
    OutputError
        If the folder holds something, or cannot be written.
    """
    with whole_folder(folder) as draft:
        write(network, draft)
        problems = [problem.replace(f"{draft}/", "") for problem in validate(draft)]
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            raise DataError(f"{origin}: makes no sound network: {problems[0]}{more}", tuple(problems))


def check_folders(folders: dict[str, Path]) -> list[str]:
    """Return every problem of the tables in two directories."""
    problems: list[str] = []
    tables: dict[str, RawTable] = {}
    for name, table in TABLES.items():
        path = folders[table.folder] / f"{name}.csv"
        if table.optional and not path.exists():
            continue
        try:
            tables[name] = read_raw_table(path, table)
        except DataError as error:
            problems.append(str(error))
    for raw in tables.values():
        problems += _check_cells(raw)
    problems += _check_references(tables)
    try:
        read_assumptions(folders["data"] / ASSUMPTIONS_FILE)
    except DataError as error:
        problems.append(str(error))
    problems += _check_outlines(folders["network"])
    if not problems:  # the rest reads numbers and follows references, so it needs sound cells
        problems += _check_network(tables)
    return problems


def _cells(raw: RawTable, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line and the named cells of each row, empty where the column is missing."""
    places = [raw.header.index(n) if n in raw.header else -1 for n in names]
    for line, row in zip(raw.lines, raw.rows, strict=True):
        yield line, tuple(row[p] if p >= 0 else "" for p in places)


def _check_cells(raw: RawTable) -> list[str]:
    found: list[tuple[int, int, str]] = []
    for place, column in enumerate(raw.table.column(name) for name in raw.header):
        told = {value: cell_problem(column, value) for value in {row[place] for row in raw.rows}}
        wrong = {value: problem for value, problem in told.items() if problem}
        for line, row in zip(raw.lines, raw.rows, strict=True) if wrong else ():
            if row[place] in wrong:
                found.append((line, place, f"{raw.path}, line {line}, column {column.name}: {wrong[row[place]]}"))
    problems = [problem for *_, problem in sorted(found)]
    seen: dict[tuple[str, ...], int] = {}
    for line, key in _cells(raw, *raw.table.key):
        if key in seen:
            shown = ", ".join(f"{v!r}" for v in key if v)
            problems.append(
                f"{raw.path}, line {line}, column {raw.table.key[0]}: {shown} stands on line {seen[key]} already"
            )
        seen.setdefault(key, line)
    return problems


def _check_references(tables: dict[str, RawTable]) -> list[str]:
    problems = []
    keys = {name: {key[0] for _, key in _cells(raw, raw.table.key[0])} for name, raw in tables.items()}
    for raw in tables.values():
        for column in raw.table.columns:
            if column.refers_to and all(t in keys or TABLES[t].optional for t in column.refers_to):
                known = set().union(*(keys.get(t, ()) for t in column.refers_to))
                wanted = " or ".join(f"{t}.csv" for t in column.refers_to)
                problems += [
                    f"{raw.path}, line {line}, column {column.name}: {value!r} is not in {wanted}"
                    for line, (value,) in _cells(raw, column.name)
                    if value and value not in known
                ]
            if column.kind == "sources" and "sources" in keys:
                for line, (value,) in _cells(raw, column.name):
                    for part in value.split(";"):
                        source = part.strip().partition("#")[0]
                        if source and source not in keys["sources"]:
                            where = f"{raw.path}, line {line}, column "
                            problems.append(f"{where}{column.name}: source {source!r} is not in sources.csv")
    return problems


def _check_outlines(folder: Path) -> list[str]:
    problems = []
    for name in GEOJSON_FILES:
        path = folder / f"{name}.geojson"
        if path.exists():
            try:
                document = read_json(path)
            except DataError as error:
                problems.append(str(error))
            else:
                features = document.get("features") if isinstance(document, dict) else None
                if not isinstance(features, list) or document.get("type") != "FeatureCollection":
                    problems.append(f"{path}: expected a GeoJSON FeatureCollection")
    return problems


def _check_network(tables: dict[str, RawTable]) -> list[str]:
    nodes = {
        n: (kind, country, float(lat), float(lon))
        for _, (n, kind, country, lat, lon) in _cells(
            tables["nodes"], "node_id", "kind", "country", "y_coord", "x_coord"
        )
    }
    return [
        *_check_links(tables, nodes),
        *_check_crossings(tables, nodes),
        *_check_waits(tables),
        *_check_dates(tables),
        *_check_claims(tables),
    ]


def _check_claims(tables: dict[str, RawTable]) -> list[str]:
    problems = []
    raw = tables.get("claims")
    for line, (comparison, value) in _cells(raw, "comparison", "value") if raw else ():
        if comparison and comparison != "holds" and not value:
            problems.append(
                f"{raw.path}, line {line}, column value: empty, expected a figure to compare with" if raw else ""
            )
    return problems


def _check_links(tables: dict[str, RawTable], nodes: dict[str, tuple[str, str, float, float]]) -> list[str]:
    raw = tables["links"]
    crossing_links = {link for _, (link,) in _cells(tables["crossing_links"], "link_id")}
    problems = []
    names = ("link_id", "from_node_id", "to_node_id", "country", "mode", "facility_type", "length_km", "geometry")
    rows = list(_cells(raw, *names))
    straight_km, course_km = _link_km([cells for _, cells in rows], nodes)
    for at, (line, (link, tail, head, country, mode, facility, length, geometry)) in enumerate(rows):
        where = f"{raw.path}, line {line}, column "
        a, b = nodes[tail], nodes[head]
        if facility not in FACILITIES_OF[mode]:
            problems.append(
                f"{where}facility_type: {facility!r}, expected one of {', '.join(FACILITIES_OF[mode])} for {mode}"
            )
        if tail == head:
            problems.append(f"{where}to_node_id: {head!r} is also from_node_id, expected another node")
            continue
        straight = straight_km[at]
        if float(length) < straight * SHORTEST_RATIO - 0.05:
            problems.append(f"{where}length_km: {length}, expected at least the great circle of {straight:.2f} km")
        borders = (a[0] == "border") + (b[0] == "border")
        if borders and link not in crossing_links:
            problems.append(
                f"{where}link_id: {link!r} ends at a border node, expected a row for it in crossing_links.csv"
            )
        if not borders and link in crossing_links:
            problems.append(f"{where}link_id: {link!r} belongs to a crossing, expected a border node at one end")
        if borders == 2:
            problems.append(f"{where}to_node_id: both ends are border nodes, expected a node of a country between them")
        if mode != "sea" and not country:
            problems.append(f"{where}country: empty, expected a country for a link on land")
        for end in (a, b):
            if end[0] != "border" and country and end[1] != country:
                problems.append(
                    f"{where}country: {country!r}, but an end lies in {end[1]!r}; split the link at a border node"
                )
                break
        if mode == "sea" and not borders and a[1] != b[1]:
            problems.append(f"{where}to_node_id: joins {a[1]} and {b[1]}, expected a border node between them")
        if geometry and not _LINE.fullmatch(geometry):
            problems.append(f"{where}geometry: {geometry[:40]!r}, expected a WKT LINESTRING (x y, x y)")
        elif geometry:
            begins, ends, drawn = course_km[at]
            problems += [f"{where}geometry: {p}" for p in _course_problems(begins, ends, drawn, float(length))]
    return problems


def _link_km(
    links: Sequence[tuple[str, ...]], nodes: dict[str, tuple[str, str, float, float]]
) -> tuple[list[float], list[list[float]]]:
    """Return km between the ends of links; and how far a course begins and ends from the nodes, and how long it is."""
    a, b = (np.array([nodes[cells[end]][2:] for cells in links], float).reshape(-1, 2).T for end in (1, 2))
    texts = [cells[-1] if _LINE.fullmatch(cells[-1]) else "" for cells in links]
    points = [text[text.index("(") + 1 : -1].replace(",", " ") if text else "" for text in texts]
    lon, lat = np.array(" ".join(points).split(), float).reshape(-1, 2).T
    many = np.array([text.count(",") + 1 if text else 0 for text in texts], np.int64)
    last = np.cumsum(many) - 1
    first = np.minimum(last - many + 1, max(len(lon) - 1, 0))
    km = np.zeros((3, len(links)))
    if len(lon):
        for row, at, node in ((0, first, a), (1, last, b)):
            km[row] = great_circle_km(lat[at], lon[at], *node)
        link = np.repeat(np.arange(len(links)), many)
        same = link[1:] == link[:-1]
        pieces = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
        km[2] = np.bincount(link[1:][same], pieces[same], len(links))
    return great_circle_km(*a, *b).tolist(), km.T.tolist()


def _course_problems(begins_km: float, ends_km: float, drawn_km: float, length_km: float) -> list[str]:
    """Return what is wrong with the course of a link: ends away from the nodes, or longer than the link."""
    problems = [
        f"{name} {away:.1f} km from its node, expected at most {COURSE_END_KM:g}"
        for name, away in (("begins", begins_km), ("ends", ends_km))
        if away > COURSE_END_KM
    ]
    if length_km < drawn_km * SHORTEST_RATIO - 0.2:
        problems.append(f"{drawn_km:.1f} km long as drawn, expected at most the {length_km:g} km of length_km")
    return problems


def _check_crossings(tables: dict[str, RawTable], nodes: dict[str, tuple[str, str, float, float]]) -> list[str]:
    raw = tables["crossing_links"]
    ends = {link: (a, b) for _, (link, a, b) in _cells(tables["links"], "link_id", "from_node_id", "to_node_id")}
    problems = []
    border_nodes: dict[str, set[str]] = defaultdict(set)
    sides: dict[str, set[str]] = defaultdict(set)
    owner: dict[str, str] = {}
    for line, (crossing, link) in _cells(raw, "crossing_id", "link_id"):
        if owner.setdefault(link, crossing) != crossing:
            problems.append(f"{raw.path}, line {line}, column link_id: {link!r} belongs to {owner[link]!r} already")
        for node in ends[link]:
            (border_nodes if nodes[node][0] == "border" else sides)[crossing].add(
                node if nodes[node][0] == "border" else nodes[node][1]
            )
    raw = tables["crossings"]
    for line, (crossing, a, b) in _cells(raw, "crossing_id", "country_a", "country_b"):
        where = f"{raw.path}, line {line}, column "
        if a == b:
            problems.append(f"{where}country_b: {b!r} is also country_a")
        if crossing in owner.values():
            if len(border_nodes[crossing]) != 1:
                problems.append(
                    f"{where}crossing_id: {crossing!r} has {len(border_nodes[crossing])} border nodes, expected 1"
                )
            if sides[crossing] != {a, b}:
                found = f"links in {', '.join(sorted(sides[crossing]))}" if sides[crossing] else "no links in a country"
                problems.append(f"{where}crossing_id: {crossing!r} has {found}, expected in {a} and {b}")
    count = Counter(n for found in border_nodes.values() for n in found)
    problems += [
        f"{tables['crossing_links'].path}: border node {n!r} belongs to several crossings"
        for n, k in count.items()
        if k > 1
    ]
    return problems


def _check_waits(tables: dict[str, RawTable]) -> list[str]:
    raw = tables["waits"]
    sides = {c: (a, b) for _, (c, a, b) in _cells(tables["crossings"], "crossing_id", "country_a", "country_b")}
    problems = []
    names = ("crossing_id", "direction", "wait_p10_h", "wait_p50_h", "wait_p90_h")
    for line, (crossing, direction, *spread) in _cells(raw, *names):
        a, b = sides[crossing]
        if direction not in {f"{a}>{b}", f"{b}>{a}"}:
            problems.append(f"{raw.path}, line {line}, column direction: {direction!r}, expected {a}>{b} or {b}>{a}")
        known = [float(v) for v in spread if v]
        if known != sorted(known):
            problems.append(f"{raw.path}, line {line}, column wait_p50_h: {' '.join(spread)}, expected P10 ≤ P50 ≤ P90")
    return problems


def _check_dates(tables: dict[str, RawTable]) -> list[str]:
    problems = []
    for name, start_name, end_name in (("periods", "from", "to"), ("regions", "valid_from", "valid_to")):
        raw = tables[name]
        for line, (start, end) in _cells(raw, start_name, end_name):
            if start and end and last_day(start) > last_day(end):
                problems.append(f"{raw.path}, line {line}, column {end_name}: {end!r} lies before {start!r}")
    raw = tables["periods"]
    for line, (attribute, value) in _cells(raw, "attribute", "value"):
        of = next((TABLES[t] for t in ("links", "crossings") if attribute in TABLES[t].column_names), TABLES["links"])
        if attribute not in of.column_names:
            continue  # said among the problems of the cells
        if problem := cell_problem(of.column(attribute), value):
            problems.append(f"{raw.path}, line {line}, column value: {problem}")
    return problems + _check_overlaps(raw)


def _check_overlaps(raw: RawTable) -> list[str]:
    """Two periods of one object and attribute that hold on the same day, for the same vehicle, must agree."""
    problems = []
    earlier: dict[tuple[str, str], list[tuple[int, str, str, str, str]]] = defaultdict(list)
    names = ("object_id", "attribute", "from", "to", "vehicle", "value")
    for line, (object_id, attribute, start, end, vehicle, value) in _cells(raw, *names):
        for other, start_2, end_2, vehicle_2, value_2 in earlier[object_id, attribute]:
            if (
                value != value_2
                and (vehicle == vehicle_2 or not vehicle or not vehicle_2)
                and _begins_before(start, end_2)
                and _begins_before(start_2, end)
            ):
                problems.append(
                    f"{raw.path}, line {line}, column value: {attribute} of {object_id!r} is {value!r} "
                    f"{_spell(start, end)}, but {value_2!r} {_spell(start_2, end_2)} on line {other}, "
                    "expected one value at a time"
                )
        earlier[object_id, attribute].append((line, start, end, vehicle, value))
    return problems


def _begins_before(start: str, end: str) -> bool:
    return not start or not end or last_day(start) < last_day(end)


def _spell(start: str, end: str) -> str:
    return " ".join(f"{word} {day}" for word, day in (("from", start), ("to", end)) if day) or "always"
