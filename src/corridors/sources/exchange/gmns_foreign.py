"""A GMNS folder of somebody else's, read as lines: what GMNS says of them, and the countries that its nodes name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.errors import DataError
from corridors.model.geo import great_circle_km
from corridors.model.schema import MODES, TABLES, Column, Table
from corridors.sources.build.natural_earth import code_of
from corridors.sources.build.ways import SPOT_COLUMNS, WAY_COLUMNS, Ways
from corridors.sources.exchange.gmns import CONFIG, check_cells
from corridors.sources.tables import RawTable, cell_problem, read_raw_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

COUNTRY_COLUMNS = ("country", "country_code", "iso_a2", "zone", "zone_id")
KM_OF = {"km": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometres": 1.0, "mi": 1.609344}
KM_OF |= {"mile": 1.609344, "miles": 1.609344, "m": 0.001, "meter": 0.001, "meters": 0.001, "metre": 0.001}
KM_OF |= {"metres": 0.001, "ft": 0.0003048, "foot": 0.0003048, "feet": 0.0003048}
KMH_OF = {"km/h": 1.0, "kmh": 1.0, "kph": 1.0, "kmph": 1.0, "mph": 1.609344, "mi/h": 1.609344, "m/s": 3.6}
_DEGREES = {"epsg:4326", "4326", "wgs84", "wgs 84", "ogc:crs84", "crs84"}
_CODE = re.compile("[A-Z]{2}")
_LINKS = TABLES["links"]
_OURS = ("ref", "status", "tracks", "electrified", "gauge_mm", "surface", "operator")
"""Columns of ours beyond those of GMNS that are read where they are there."""
_OF_MODE = {"tracks": "rail", "electrified": "rail", "gauge_mm": "rail", "surface": "road"}
"""Those that only links of one mode have."""
_LON, _LAT = (TABLES["nodes"].column(c) for c in ("x_coord", "y_coord"))
_NODE = Table(
    "node",
    "network",
    "points of a GMNS network",
    ("node_id",),
    (Column("node_id", "text", "", True), _LON, _LAT),
)
_LINK = Table(
    "link",
    "network",
    "links of a GMNS network",
    ("link_id",),
    (
        *(Column(name, "text", "", True) for name in ("link_id", "from_node_id", "to_node_id", "directed")),
        Column("length", "number", "", minimum=0),
        Column("free_speed", "number", "", minimum=0),
        Column("lanes", "number", "", minimum=0),
    ),
)
_GEOMETRY = Table("geometry", "network", "courses", ("geometry_id",), (Column("geometry_id", "text", "", True),))
_WAY = {"1": True, "true": True, "t": True, "yes": True, "0": False, "false": False, "f": False, "no": False}
_ROADS = {
    "motorway": "motorway", "freeway": "motorway", "expressway": "motorway", "motorway_link": "motorway",
    "trunk": "trunk", "trunk_link": "trunk", "highway": "trunk", "primary": "primary", "primary_link": "primary",
    "arterial": "primary", "major arterial": "primary", "principal arterial": "primary", "secondary": "secondary",
    "secondary_link": "secondary", "minor arterial": "secondary", "collector": "secondary", "tertiary": "local",
    "tertiary_link": "local", "unclassified": "local", "residential": "local", "living_street": "local",
    "service": "local", "local": "local", "road": "local", "ramp": "local", "connector": "local",
}  # fmt: skip
_RAILWAYS = {"rail": "main", "railway": "main", "railroad": "main", "main": "main", "branch": "branch"}
_USES = {
    "freight": "freight", "passenger": "passenger", "truck": "lorry", "lorry": "lorry", "hgv": "lorry", "car": "car",
    "auto": "car", "hov2": "car", "hov3": "car", "hov": "car", "sov": "car", "drive": "car", "all": "lorry|car",
}  # fmt: skip
SPOT_KINDS = ("city", "town", "settlement", "station", "terminal", "port")
"""``node_type`` of nodes with a name that is kept; others are a settlement by road and a station by rail."""

SHORTEST_RATIO, SHORTEST_SLACK_KM = 0.99, 0.05
"""A link may be this much shorter than it is drawn, less 50 m: its coordinates are rounded."""

COURSE_END_KM = 1.0
"""How near to its nodes the course of a link begins and ends."""


def read_foreign(
    folder: Path, length_unit: str | None = None, speed_unit: str | None = None, *, by_column: bool = True
) -> Ways:
    """Return the lines of a GMNS folder that has no tables of ours.

    Parameters
    ----------
    folder
        With ``node.csv`` and ``link.csv``.
    length_unit, speed_unit
        As for :func:`corridors.sources.exchange.gmns.read_gmns`.
    by_column
        Whether the countries are to be those of a column of node.csv, which must then name one at each node.

    Returns
    -------
    Ways
        A way for each link, its length shared along its course; ``country`` where node.csv has such a column. A node
        with a name is a spot.

    Raises
    ------
    DataError
        If a table is missing, a cell cannot be used, or units or countries cannot be known.
    """
    units = _units(folder, length_unit, speed_unit)
    nodes = _nodes(folder, by_column=by_column)
    table, ends, courses, notes = _links(folder, nodes, units)
    lon, lat, tail, head, way, beyond = _drawn(nodes, ends, courses)
    km = great_circle_km(lat[tail], lon[tail], lat[head], lon[head])
    total = np.bincount(way, km, len(table)).astype(float)
    given = table.pop("km").to_numpy(float)
    _check_lengths(table, given, total)
    pieces = np.bincount(way, minlength=len(table))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total[way] > 0, km / total[way], 1 / pieces[way])
    country = np.array([*nodes["country"]], object)
    return Ways(
        ids=_ids(nodes.index, len(lon)),
        lon=lon,
        lat=lat,
        tail=tail,
        head=head,
        way=way,
        length_km=np.where(np.isnan(given[way]), km, given[way] * share),
        ways=table.drop(columns=["where", "length"]),
        spots=_spots(nodes, table, ends),
        areas=None,
        source={"source_id": "gmns", "title": f"GMNS network {folder.name}", "publisher": "not stated"},
        notes=tuple(f"{what}: {count}" for what, count in notes.items()),
        country=None if nodes["country"].isna().all() else np.append(country, country[beyond]),
    )


def countries_of(ways: Ways, countries: Sequence[str] | None) -> tuple[str, ...]:
    """Return the countries asked for; None: those that the nodes name, in the order of the alphabet."""
    if countries is not None:
        return tuple(countries)
    return tuple(sorted({c for c in (ways.country if ways.country is not None else ()) if c}))


def _units(folder: Path, length_unit: str | None, speed_unit: str | None) -> tuple[float, float]:
    """Return km in a unit of length and km/h in one of speed, as config.csv or the caller says; nan: nobody does."""
    path = folder / "config.csv"
    said: dict[str, str] = {}
    if path.exists():
        _, said = next(_cells(read_raw_table(path, CONFIG, more=True)), (0, {}))
        crs = said.get("crs", "")
        if crs and crs.lower().strip() not in _DEGREES:
            raise DataError(f"{path}, column crs: {crs!r}, expected EPSG:4326 (longitude and latitude)")
    length = _unit(
        KM_OF,
        "km, mi, m or ft",
        (said.get("long_length"), f"{path}, column long_length"),
        (length_unit, "--length-unit"),
    )
    if length is None:
        raise DataError(f"{folder}: no config.csv that names long_length, expected it or --length-unit")
    speed = _unit(
        KMH_OF, "km/h, mph or m/s", (said.get("speed"), f"{path}, column speed"), (speed_unit, "--speed-unit")
    )
    # GMNS measures speed in long_length an hour where nothing else is said; nobody drives feet an hour
    return length, speed if speed is not None else length if length >= 1 else np.nan


def _unit(known: dict[str, float], expected: str, *said: tuple[str | None, str]) -> float | None:
    """Return what the first unit that is said measures; None: none is."""
    for unit, where in said:
        if unit:
            if unit.lower().strip() not in known:
                raise DataError(f"{where}: {unit!r}, expected {expected}")
            return known[unit.lower().strip()]
    return None


def _cells(raw: RawTable) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in zip(raw.lines, raw.rows, strict=True):
        yield line, dict(zip(raw.header, row, strict=True))


def _nodes(folder: Path, *, by_column: bool) -> pd.DataFrame:
    """Return the nodes by id: position, name, kind (empty: not said), country (None: not said)."""
    raw = read_raw_table(folder / "node.csv", _NODE, more=True)
    check_cells(raw)
    column = next((c for c in COUNTRY_COLUMNS if c in raw.header and _holds_codes(raw, c)), None)
    if by_column and column is None:
        raise DataError(
            f"{raw.path}: countries cannot be known, expected --countries or a column country with ISO 3166-1 codes"
        )
    nodes: dict[str, dict[str, Any]] = {}
    for line, row in _cells(raw):
        if row["node_id"] in nodes:
            raise DataError(f"{raw.path}, line {line}, column node_id: {row['node_id']!r} stands there already")
        country = row[column] if column is not None else ""
        if by_column and not _CODE.fullmatch(country):
            raise DataError(f"{raw.path}, line {line}, column {column}: {country!r}, expected {_code_for(country)}")
        kind = row.get("node_type", "").lower()
        nodes[row["node_id"]] = {
            "x_coord": float(row["x_coord"]),
            "y_coord": float(row["y_coord"]),
            "name": row.get("name", ""),
            "kind": kind if kind in SPOT_KINDS else "",
            "country": country if _CODE.fullmatch(country) else None,
        }
    columns = ["x_coord", "y_coord", "name", "kind", "country"]
    return pd.DataFrame.from_dict(nodes, orient="index", columns=columns).astype({"country": object})


def _code_for(country: str) -> str:
    """Return what stands for a cell that is no code of a country: that of its name, where we know it."""
    said = country.strip()
    near = said.upper() if _CODE.fullmatch(said.upper()) else code_of(said)
    return f"a code of ISO 3166-1; did you mean {near}?" if near else "a code of ISO 3166-1 such as KZ"


def _holds_codes(raw: RawTable, column: str) -> bool:
    """Tell whether a column holds codes of countries: it may hold names, a zone anything else."""
    at = raw.header.index(column)
    held = [row[at] for row in raw.rows]
    return all(_CODE.fullmatch(value) for value in held) or (
        column == "country" and any(_CODE.fullmatch(value) for value in held)
    )


def _links(
    folder: Path, nodes: pd.DataFrame, units: tuple[float, float]
) -> tuple[pd.DataFrame, NDArray[np.int64], list[NDArray[np.float64] | None], Counter[str]]:
    """Return the links as ways, the rows of their nodes, shape (W, 2), their courses, and what to note, with counts."""
    raw = read_raw_table(folder / "link.csv", _LINK, more=True)
    check_cells(raw)
    drawn = _courses(folder)
    row_of = {node: row for row, node in enumerate(nodes.index)}
    place = nodes[["x_coord", "y_coord"]].to_numpy(float)
    rows, ends, courses, left, notes, seen = [], [], [], Counter[str](), Counter[str](), set()
    for line, row in _cells(raw):
        where = f"{raw.path}, line {line}, column "
        for end in ("from_node_id", "to_node_id"):
            if row[end] not in row_of:
                raise DataError(f"{where}{end}: {row[end]!r} is not in node.csv")
        if row["directed"].lower() not in _WAY:
            raise DataError(f"{where}directed: {row['directed']!r}, expected true or false")
        if row["link_id"] in seen:
            raise DataError(f"{where}link_id: {row['link_id']!r} stands there already")
        seen.add(row["link_id"])
        mode, facility = _class(row)
        uses = _uses(row.get("allowed_uses", ""), mode)
        if mode == "transfer":
            left["between modes, which are made anew"] += 1
        elif row["from_node_id"] == row["to_node_id"]:
            left["both ends are the same node"] += 1
        elif not uses:
            left["for none of freight, passenger, lorry, car"] += 1
        else:
            two = [row_of[row["from_node_id"]], row_of[row["to_node_id"]]]
            text = row.get("geometry", "") or drawn.get(row.get("geometry_id", ""), "")
            courses.append(_course(where, text, place[two], backwards=row.get("dir_flag") == "-1"))
            ends.append(two)
            if row.get("free_speed") and np.isnan(units[1]):
                raise DataError(f"{folder}: no config.csv that names speed, expected it or --speed-unit")
            notes["links whose geometry_id is not in geometry.csv, drawn straight"] += (
                not text and row.get("geometry_id", "") != ""
            )
            unfit = _unfit(row, mode)
            notes.update(
                f"links whose {name} is none of ours, {'counted as open' if name == 'status' else 'left empty'}"
                for name in unfit
            )
            own = {n: _value(n, row[n]) for n in _OURS if row.get(n) and n not in unfit}
            rows.append(_way(row, units, mode, facility, uses, own) | {"where": where})
    notes.update({f"links left out, {what}": count for what, count in left.items()})
    columns = [*WAY_COLUMNS, "length_basis", "km", "length", "where"]
    return pd.DataFrame(rows, columns=columns), np.array(ends, np.int64).reshape(-1, 2), courses, +notes


def _unfit(row: dict[str, str], mode: str) -> list[str]:
    """Return the columns named as ours whose cell means something else, or that no link of this mode has."""
    return [
        name
        for name in _OURS
        if row.get(name) and (_OF_MODE.get(name, mode) != mode or cell_problem(_LINKS.column(name), row[name]))
    ]


def _way(
    row: dict[str, str], units: tuple[float, float], mode: str, facility: str, uses: str, own: dict[str, str | float]
) -> dict[str, Any]:
    """Return what GMNS says of a link, in the terms of ours."""
    directed = _WAY[row["directed"].lower()]
    speed = float(row.get("free_speed") or 0) * units[1]
    lanes = int(float(row.get("lanes") or 0)) * (1 if directed else 2)
    length = row.get("length") or ""
    return (
        dict.fromkeys(WAY_COLUMNS)
        | {"status": "operational", "operator": row.get("jurisdiction") or None}
        | own
        | {
            "way_id": row["link_id"],
            "mode": mode,
            "allowed_uses": uses,
            "name": row.get("name") or None,
            "facility_type": facility,
            "directed": directed,
            "free_speed_kmh": round(speed, 3) if speed >= 1 else None,
            "lanes": lanes if lanes and mode == "road" else None,
            "length_basis": "published" if length else "estimated",
            "length": length,
            "km": float(length) * units[0] if length else np.nan,
        }
    )


def _value(name: str, cell: str) -> str | float:
    return cell if _LINKS.column(name).kind == "text" else float(cell)


def _drawn(nodes: pd.DataFrame, ends: NDArray[np.int64], courses: list[NDArray[np.float64] | None]) -> tuple[Any, ...]:
    """Return points, the nodes first and then those of courses, and the segments between them, in order.

    Returns
    -------
    tuple
        lon, lat, shape (P,); tail, head, way, shape (S,); for each point beyond the nodes the node at its end of the
        link, the one on whose side of the middle it lies.
    """
    lon, lat = [nodes["x_coord"].to_numpy(float)], [nodes["y_coord"].to_numpy(float)]
    chains: list[NDArray[np.int64]] = []
    beyond: list[NDArray[np.int64]] = []
    count = len(nodes)
    for (a, b), course in zip(ends.tolist(), courses, strict=True):
        inner = np.empty((0, 2)) if course is None else course[1:-1]
        chains.append(np.concatenate([[a], count + np.arange(len(inner)), [b]]))
        count += len(inner)
        if course is not None and len(inner):
            x, y = course.T
            run = np.cumsum(great_circle_km(y[:-1], x[:-1], y[1:], x[1:]))
            lon.append(inner[:, 0])
            lat.append(inner[:, 1])
            beyond.append(np.where(run[:-1] * 2 <= run[-1], a, b))
    empty = np.empty(0, np.int64)
    tail = np.concatenate([empty, *(c[:-1] for c in chains)]).astype(np.int64)
    head = np.concatenate([empty, *(c[1:] for c in chains)]).astype(np.int64)
    way = np.repeat(np.arange(len(chains)), [len(c) - 1 for c in chains])
    return np.concatenate(lon), np.concatenate(lat), tail, head, way, np.concatenate([empty, *beyond])


def _check_lengths(table: pd.DataFrame, given: NDArray[np.float64], drawn: NDArray[np.float64]) -> None:
    """Refuse a link that is shorter than its course or the line between its nodes: mostly a wrong unit."""
    short = np.flatnonzero(given < drawn * SHORTEST_RATIO - SHORTEST_SLACK_KM)
    if len(short):
        row, km = table.iloc[short[0]], float(drawn[short[0]])
        raise DataError(f"{row['where']}length: {row['length']!r}, expected {km:.2f} km or more, as it is drawn")


def _ids(nodes: pd.Index, count: int) -> NDArray[np.int64]:
    """Return an id for each point: those of nodes their own, if all are numbers."""
    own = [int(n) if n.isascii() and n.isdigit() and len(n) < 16 and str(int(n)) == n else -1 for n in nodes]
    numbers = np.arange(len(nodes)) if -1 in own else np.array(own, np.int64)
    return np.append(numbers, int(numbers.max(initial=-1)) + 1 + np.arange(count - len(nodes))).astype(np.int64)


def _spots(nodes: pd.DataFrame, ways: pd.DataFrame, ends: NDArray[np.int64]) -> pd.DataFrame:
    """Return a spot for each node with a name; one on a railway and a road is a settlement with a station."""
    at = {mode: set(ends[(ways["mode"] == mode).to_numpy(bool)].ravel().tolist()) for mode in MODES}
    rows: list[dict[str, Any]] = []
    for number, (node, name, said, x, y) in enumerate(
        zip(nodes.index, *(nodes[c] for c in ("name", "kind", "x_coord", "y_coord")), strict=True)
    ):
        if not name:
            continue
        kinds = [said] if said else []
        if number in at["rail"] and said not in {"station", "terminal"}:
            kinds.append("station")
        if not said and (number in at["road"] or not kinds):
            kinds.insert(0, "port" if number in at["sea"] - at["road"] else "settlement")
        spot = {"name": name, "x_coord": x, "y_coord": y, "status": "operational", "point": number}
        rows += [spot | {"spot_id": f"{'station-' if i else ''}{node}", "kind": kind} for i, kind in enumerate(kinds)]
    return pd.DataFrame(rows, columns=list(SPOT_COLUMNS))


def _class(row: dict[str, str]) -> tuple[str, str]:
    """Return mode and class: of a column ``mode`` where it is there, else of facility_type; else a local road."""
    facility, mode = row.get("facility_type", "").lower().strip(), row.get("mode", "").lower()
    if mode not in MODES:
        mode = "rail" if facility in _RAILWAYS else "sea" if facility == "ferry" else "road"
    of = {"rail": _RAILWAYS.get(facility, "main"), "sea": "ferry", "transfer": "transfer"}
    return mode, of.get(mode) or _ROADS.get(facility, "local")


def _uses(said: str, mode: str) -> str:
    """Return who may use a link, as our table says it; empty: nobody of ours."""
    default = {"rail": "freight|passenger", "road": "lorry|car", "sea": "freight|passenger|lorry|car"}
    if not said.strip():
        return default.get(mode, "freight|passenger")
    words = re.split(r"[,;|\s]+", said.lower().strip())
    found = [_USES[word] for word in words if word in _USES]
    if "all" in words:
        return default.get(mode, "freight|passenger")
    return "|".join(dict.fromkeys("|".join(found).split("|"))) if found else ""


def _courses(folder: Path) -> dict[str, str]:
    path = folder / "geometry.csv"
    if not path.exists():
        return {}
    return {
        row["geometry_id"]: row.get("geometry", "") for _, row in _cells(read_raw_table(path, _GEOMETRY, more=True))
    }


def _course(where: str, text: str, ends: NDArray[np.float64], *, backwards: bool) -> NDArray[np.float64] | None:
    """Return the points of a WKT LINESTRING from one node to the other, shape (N, 2); None: there is no course."""
    if not text.strip():
        return None
    import shapely

    shape: Any = shapely.from_wkt(text, on_invalid="ignore")
    points = shapely.get_coordinates(shape)[:: -1 if backwards else 1]
    x, y = points.T
    if not isinstance(shape, shapely.LineString) or not len(x) or not ((np.abs(x) <= 180) & (np.abs(y) <= 90)).all():
        raise DataError(f"{where}geometry: {text[:40]!r}, expected a WKT LINESTRING (x y, x y)")
    away = great_circle_km(points[[0, -1], 1], points[[0, -1], 0], ends[:, 1], ends[:, 0]).max()
    if away > COURSE_END_KM:
        raise DataError(
            f"{where}geometry: its ends lie {away:.1f} km from the nodes, expected at most {COURSE_END_KM:g}"
        )
    return np.concatenate([ends[:1], points[1:-1], ends[1:]])
