"""A GMNS folder of somebody else's: what GMNS says is taken, what a network needs beyond is worked out or asked for."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corridors.errors import DataError
from corridors.model.geo import great_circle_km, line_coordinates
from corridors.model.network import Network
from corridors.model.schema import MODES, NODE_KINDS, TABLES, Column, Table
from corridors.shipped import shipped
from corridors.sources.assumptions import read_assumptions
from corridors.sources.exchange.gmns import CONFIG, check_cells
from corridors.sources.exchange.gmns_border import Rows, cut_at_the_border
from corridors.sources.tables import ASSUMPTIONS_FILE, RawTable, read_raw_table, to_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

COUNTRY_COLUMNS = ("country", "country_code", "iso_a2", "zone", "zone_id")
KM_OF = {"km": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometres": 1.0, "mi": 1.609344}
KM_OF |= {"mile": 1.609344, "miles": 1.609344, "m": 0.001, "meter": 0.001, "meters": 0.001, "metre": 0.001}
KM_OF |= {"metres": 0.001, "ft": 0.0003048, "foot": 0.0003048, "feet": 0.0003048}
KMH_OF = {"km/h": 1.0, "kmh": 1.0, "kph": 1.0, "kmph": 1.0, "mph": 1.609344, "mi/h": 1.609344, "m/s": 3.6}
_DEGREES = {"epsg:4326", "4326", "wgs84", "wgs 84", "ogc:crs84", "crs84"}
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
_LINE = re.compile(r"LINESTRING\s*(Z?)\s*\(([^()]*)\)", re.IGNORECASE)


def read_foreign(
    folder: Path,
    length_unit: str | None,
    speed_unit: str | None,
    country_of: Callable[[list[float], list[float]], Sequence[str | None]] | None,
    tell: Callable[[str], None] | None,
) -> Network:
    """Return the network of a GMNS folder that has no tables of ours: see :func:`read_gmns`."""
    units = _units(folder, length_unit, speed_unit)
    rows = Rows(nodes=_nodes(folder, country_of))
    rows.links, left = _links(folder, rows.nodes, units)
    cut = cut_at_the_border(rows)
    if tell is not None:
        if cut:
            tell(f"links between two countries cut halfway, where their crossings lie by estimate: {len(cut)}")
        for what, count in left.items():
            tell(f"links left out, {what}: {count}")
    return _network(folder, rows)


def _units(folder: Path, length_unit: str | None, speed_unit: str | None) -> tuple[float, float]:
    """Return km in a unit of length and km/h in one of speed, as config.csv or the caller says."""
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
    return length, speed if speed is not None else length if length >= 1 else 1.0


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


def _nodes(
    folder: Path, country_of: Callable[[list[float], list[float]], Sequence[str | None]] | None
) -> dict[str, dict[str, Any]]:
    raw = read_raw_table(folder / "node.csv", _NODE, more=True)
    check_cells(raw)
    column = next((c for c in COUNTRY_COLUMNS if c in raw.header and _holds_codes(raw, c)), None)
    if country_of is not None:
        points = [(float(row["x_coord"]), float(row["y_coord"])) for _, row in _cells(raw)]
        countries = country_of([x for x, _ in points], [y for _, y in points])
    elif column is not None:
        countries = [row[column] for _, row in _cells(raw)]
    else:
        raise DataError(
            f"{raw.path}: countries cannot be known, expected a column country with ISO 3166-1 codes of two letters"
        )
    nodes: dict[str, dict[str, Any]] = {}
    for (line, row), country in zip(_cells(raw), countries, strict=True):
        if country is None or not re.fullmatch("[A-Z]{2}", country):
            raise DataError(f"{raw.path}, line {line}, column {column or 'x_coord'}: {country!r}, expected a country")
        if row["node_id"] in nodes:
            raise DataError(f"{raw.path}, line {line}, column node_id: {row['node_id']!r} stands there already")
        kind = row.get("node_type", "")
        nodes[row["node_id"]] = {
            "node_id": row["node_id"],
            "kind": kind if kind in NODE_KINDS and kind != "border" else "junction",
            "name": row.get("name", ""),
            "country": country,
            "region": country,
            "x_coord": float(row["x_coord"]),
            "y_coord": float(row["y_coord"]),
            "source": f"gmns#node.csv {row['node_id']}",
        }
    return nodes


def _holds_codes(raw: RawTable, column: str) -> bool:
    """Tell whether a column holds countries: a zone may be anything else."""
    at = raw.header.index(column)
    return column == "country" or all(re.fullmatch("[A-Z]{2}", row[at]) for row in raw.rows)


def _links(
    folder: Path, nodes: dict[str, dict[str, Any]], units: tuple[float, float]
) -> tuple[list[dict[str, Any]], Counter[str]]:
    raw = read_raw_table(folder / "link.csv", _LINK, more=True)
    check_cells(raw)
    courses = _courses(folder)
    links, left = [], Counter[str]()
    for line, row in _cells(raw):
        where = f"{raw.path}, line {line}, column "
        for end in ("from_node_id", "to_node_id"):
            if row[end] not in nodes:
                raise DataError(f"{where}{end}: {row[end]!r} is not in node.csv")
        if row["directed"].lower() not in _WAY:
            raise DataError(f"{where}directed: {row['directed']!r}, expected true or false")
        mode, facility = _class(row)
        uses = _uses(row.get("allowed_uses", ""), mode)
        if row["from_node_id"] == row["to_node_id"]:
            left["both ends are the same node"] += 1
        elif not uses:
            left["for none of freight, passenger, lorry, car"] += 1
        else:
            course = _course(where, row.get("geometry", "") or courses.get(row.get("geometry_id", ""), ""))
            links.append(_link(row, nodes, units, (mode, facility, uses, course)))
    return links, left


def _link(
    row: dict[str, str],
    nodes: dict[str, dict[str, Any]],
    units: tuple[float, float],
    what: tuple[str, str, str, list[tuple[float, float]]],
) -> dict[str, Any]:
    mode, facility, uses, course = what
    ends = [nodes[row[end]] for end in ("from_node_id", "to_node_id")]
    points = course or [(end["x_coord"], end["y_coord"]) for end in ends]
    if row.get("dir_flag") == "-1":
        points = points[::-1] if course else points
    drawn = sum(float(great_circle_km(a[1], a[0], b[1], b[0])) for a, b in pairwise(points))
    directed = _WAY[row["directed"].lower()]
    speed = float(row.get("free_speed") or 0) * units[1]
    lanes = int(float(row.get("lanes") or 0)) * (1 if directed else 2)
    return {
        "link_id": row["link_id"],
        "from_node_id": row["from_node_id"],
        "to_node_id": row["to_node_id"],
        "directed": str(directed).lower(),
        "country": ends[0]["country"] if mode != "sea" else "",
        "mode": mode,
        "allowed_uses": uses,
        "name": row.get("name", ""),
        "facility_type": facility,
        "status": "operational",
        "length_km": round(float(row["length"]) * units[0], 6) if row.get("length") else round(drawn, 6),
        "length_basis": "published" if row.get("length") else "estimated",
        "free_speed_kmh": round(speed, 3) if speed >= 1 else "",
        "lanes": lanes if lanes and mode == "road" else "",
        "geometry": f"LINESTRING ({', '.join(f'{x:.7f} {y:.7f}' for x, y in points)})" if course else "",
        "source": f"gmns#link.csv {row['link_id']}",
    }


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
    found = [_USES[word] for word in re.split(r"[,;|\s]+", said.lower().strip()) if word in _USES]
    if "all" in said.lower():
        return default.get(mode, "freight|passenger")
    return "|".join(dict.fromkeys("|".join(found).split("|"))) if found else ""


def _courses(folder: Path) -> dict[str, str]:
    path = folder / "geometry.csv"
    if not path.exists():
        return {}
    return {
        row["geometry_id"]: row.get("geometry", "") for _, row in _cells(read_raw_table(path, _GEOMETRY, more=True))
    }


def _course(where: str, text: str) -> list[tuple[float, float]]:
    """Return the points of a WKT LINESTRING, heights dropped; none where there is no course."""
    if not text.strip():
        return []
    try:
        found = _LINE.fullmatch(text.strip())
        flat = ", ".join(" ".join(point.split()[:2]) for point in (found[2] if found else "").split(","))
        points = line_coordinates(f"LINESTRING ({flat})")
    except ValueError:
        points = []
    if len(points) < 2:
        raise DataError(f"{where}geometry: {text[:40]!r}, expected a WKT LINESTRING (x y, x y)")
    return points


def _network(folder: Path, rows: Rows) -> Network:
    """Return rows as a network: places for what has a name, a region a country, the default assumptions."""
    assumptions = read_assumptions(shipped("data") / ASSUMPTIONS_FILE)
    at_border = {crossing[f"country_{side}"] for crossing in rows.crossings for side in "ab"}
    countries = sorted({node["country"] for node in rows.nodes.values() if node["country"]})
    regions = [
        _named("region_id", code, code)
        | {"country": code, "border": str(code in at_border).lower(), "source": "gmns#node.csv"}
        for code in countries
    ]
    places = [
        _named("place_id", node["place_id"], node["name"])
        | {c: node[c] for c in ("country", "region", "x_coord", "y_coord", "source")}
        | {"kind": "checkpoint" if node["kind"] == "border" else "junction"}
        for node in rows.nodes.values()
        if node.get("place_id")
    ]
    cited = {part.partition("#")[0].strip() for e in assumptions.entries.values() for part in e.source.split(";")}
    known = read_raw_table(shipped("data") / "sources.csv", TABLES["sources"])
    sources = [dict(zip(known.header, row, strict=True)) for row in known.rows if row[0] in cited - {"gmns"}]
    sources.append({"source_id": "gmns", "title": f"GMNS network {folder.name}", "publisher": "not stated"})
    found = {
        "places": places, "nodes": list(rows.nodes.values()), "links": rows.links, "crossings": rows.crossings,
        "crossing_links": rows.crossing_links, "regions": regions, "sources": sources,
    }  # fmt: skip
    tables: dict[str, Any] = {name: _frame(name, found.get(name, [])) for name in TABLES}
    return Network(**tables, assumptions=assumptions, name=str(folder))


def _named(key: str, value: str, name: str) -> dict[str, Any]:
    return {key: value, "name_en": name, "name_ru": name, "name_kk": name}


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = TABLES[name].column_names
    cells = [[str(row.get(c) if row.get(c) is not None else "") for c in columns] for row in rows]
    return to_frame(RawTable(TABLES[name], shipped("data"), columns, list(range(len(rows))), cells))
