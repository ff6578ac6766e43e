"""GMNS, the General Modeling Network Specification: node.csv and link.csv, and our other tables beside them.

``node.csv`` and ``link.csv`` have GMNS's names and units (``config.csv``) for what GMNS knows, then our further
columns under their own names. All other tables stand in the same folder as they are, so nothing is lost and
:func:`read_gmns` gives back the same network.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from corridors.errors import DataError, UsageError
from corridors.files import write_text
from corridors.model.network import Network
from corridors.model.schema import GEOJSON_FILES, TABLES, Column, Table
from corridors.sources.assumptions import assumptions_text, read_assumptions
from corridors.sources.datapackage import field_of
from corridors.sources.exchange.frames import credit
from corridors.sources.tables import (
    ASSUMPTIONS_FILE,
    RawTable,
    cell_problem,
    frame_text,
    read_raw_table,
    table_text,
    to_frame,
)
from corridors.sources.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

VERSION = "0.96"
BOTH_WAYS = "lanes_both_directions"
_NODE_NAMES = {"kind": "node_type"}
_LINK_NAMES = {"length_km": "length", "free_speed_kmh": "free_speed", "lanes": BOTH_WAYS, "operator": "jurisdiction"}
_NODE_FIRST = ("node_id", "name", "x_coord", "y_coord", "node_type")
_LINK_FIRST = (
    "link_id", "name", "from_node_id", "to_node_id", "directed", "geometry", "length", "facility_type", "free_speed",
    "lanes", "allowed_uses", "jurisdiction",
)  # fmt: skip


def _gmns_table(name: str, ours: str, names: dict[str, str], first: tuple[str, ...], further: Column) -> Table:
    """Return one of our tables as GMNS has it: its names, its columns first, one that is worked out from ours."""
    columns = {c.name: c for c in (replace(c, name=names.get(c.name, c.name)) for c in TABLES[ours].columns)}
    columns[further.name] = further
    ordered = [columns.pop(c) for c in first]
    return replace(TABLES[ours], name=name, columns=(*ordered, *columns.values()))


NODE = _gmns_table("node", "nodes", _NODE_NAMES, _NODE_FIRST, Column("name", "text", "English name of its place"))
LINK = _gmns_table(
    "link",
    "links",
    _LINK_NAMES,
    _LINK_FIRST,
    Column("lanes", "integer", "lanes in the direction of travel; where it is two-way half of them", minimum=0),
)
CONFIG = Table(
    "config",
    "network",
    "units of the tables node and link",
    ("dataset_name",),
    (
        Column("dataset_name", "text", "what it is called", True),
        Column("short_length", "text", "unit of widths and heights"),
        Column("long_length", "text", "unit of length"),
        Column("speed", "text", "unit of free_speed"),
        Column("crs", "text", "of coordinates"),
        Column("geometry_field_format", "text", "of geometry"),
        Column("currency", "text", "of fees"),
        Column("version_number", "number", "of GMNS"),
        Column("id_type", "text", "of ids"),
    ),
)
_OTHERS = {name: table for name, table in TABLES.items() if name not in {"nodes", "links"}}


def write_gmns(network: Network, draft: Path) -> None:
    """Write node.csv, link.csv, config.csv, every other table, and datapackage.json, into a folder. Nothing is lost.

    Units are km and km/h. GMNS's ``lanes`` are those of one direction, ours of both are ``lanes_both_directions``;
    ``allowed_uses`` are joined by commas. ``free_speed`` is empty where the speed is that of the link's class.
    """
    nodes = network.nodes.reset_index().rename(columns=_NODE_NAMES)
    nodes["name"] = nodes["place_id"].map(network.places["name_en"])
    links = network.links.reset_index().rename(columns=_LINK_NAMES)
    links["lanes"] = (links[BOTH_WAYS] / (~links["directed"] + 1)).clip(lower=1) // 1
    links["allowed_uses"] = links["allowed_uses"].str.replace("|", ",")
    config = {
        "dataset_name": network.name or "corridors", "short_length": "m", "long_length": "km", "speed": "km/h",
        "crs": "EPSG:4326", "geometry_field_format": "wkt", "currency": "USD", "version_number": float(VERSION),
        "id_type": "string",
    }  # fmt: skip
    for table, frame in ((NODE, nodes), (LINK, links), (CONFIG, pd.DataFrame([config]))):
        write_text(draft / f"{table.name}.csv", frame_text(table, frame))
    there = [name for name, table in _OTHERS.items() if len(network.table(name)) or not table.optional]
    for name in there:
        write_text(draft / f"{name}.csv", table_text(name, network.table(name)))
    for name, text in network.outlines.items():
        write_text(draft / f"{name}.geojson", text)
    write_text(draft / ASSUMPTIONS_FILE, assumptions_text(network.assumptions))
    write_text(draft / "datapackage.json", _package_text(network, there))


def _package_text(network: Network, there: Sequence[str]) -> str:
    """Return a Frictionless data package with types, limits and references of all tables."""
    resources = [_resource(table) for table in (NODE, LINK, CONFIG, *(_OTHERS[name] for name in there))]
    resources += [
        {"name": f"{name}-outline", "path": f"{name}.geojson", "title": GEOJSON_FILES.get(name, name)}
        for name in network.outlines
    ]
    resources.append({"name": "assumptions", "path": ASSUMPTIONS_FILE, "title": "speeds, tariffs, values of time"})
    package: dict[str, Any] = {
        "name": "corridors-gmns",
        "title": "Cross-border transport network, GMNS",
        "gmns_version": VERSION,
        "crs": "EPSG:4326",
        "geometry_field_format": "wkt",
        "resources": resources,
    }
    if said := credit(network):
        package |= {
            "licenses": [{"name": "ODbL-1.0", "path": "https://opendatacommons.org/licenses/odbl/1-0/", "title": said}],
        }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [field_of(c) for c in table.columns], "missingValues": [""]}
    if len(table.key) == 1:
        schema["primaryKey"] = list(table.key)
    called = {"nodes": "node", "links": "link"}
    keys = [
        {
            "fields": [c.name],
            "reference": {"resource": called.get(to := c.refers_to[0], to), "fields": [TABLES[to].key[0]]},
        }
        for c in table.columns
        if len(c.refers_to) == 1 and not TABLES[c.refers_to[0]].optional
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.meaning,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def read_gmns(
    folder: str | Path,
    *,
    countries: Sequence[str] | None = None,
    boundaries: gpd.GeoDataFrame | None = None,
    length_unit: str | None = None,
    speed_unit: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> Network:
    """Read a GMNS folder: one that :func:`export` wrote as it was, another one as far as GMNS says what is needed.

    Parameters
    ----------
    folder
        With ``node.csv`` and ``link.csv``. Where ``crossings.csv`` and ``sources.csv`` lie beside them it is ours,
        and all our tables are expected.
    countries, boundaries
        Of another folder: its countries, ISO 3166-1, and their outlines, as for
        :func:`corridors.sources.build.assemble.assemble`; None: those that a column ``country`` of node.csv names, and
        the outlines at hand. Where none are known a link between two countries is cut halfway.
    length_unit, speed_unit
        ``km``, ``mi``, ``m`` or ``ft``; ``km/h`` or ``mph``: of a folder that has no ``config.csv``.
    tell
        Is told, in a sentence each, what was estimated or left out.

    Returns
    -------
    Network
        Of another folder: roads (``facility_type`` of GMNS or OpenStreetMap), railways and ferries, the default
        assumptions, no populations.

    Raises
    ------
    DataError
        If a table is missing or a cell cannot be used, or countries or units cannot be known.
    UsageError
        If countries or boundaries are given for a folder that :func:`export` wrote.

    Examples
    --------
    >>> import corridors as co, tempfile
    >>> network = co.load()
    >>> folder = co.export(network, tempfile.mkdtemp() + "/gmns", to="gmns")
    >>> co.read_gmns(folder).links.equals(network.links)
    True
    """
    path = Path(folder)
    if not is_ours(path):
        from corridors.sources.build.assemble import assemble
        from corridors.sources.exchange.gmns_foreign import countries_of, read_foreign

        ways = read_foreign(path, length_unit, speed_unit, by_column=countries is None)
        built = assemble(ways, countries_of(ways, countries), boundaries=boundaries, name=str(folder))
        if tell is not None:
            for note in built.notes:
                tell(note)
        return built.network
    if countries is not None or boundaries is not None:
        raise UsageError(f"{path}: has a border already, expected no countries and no boundaries")
    _check_units(path / "config.csv")
    tables: dict[str, Any] = {name: _others(path, table) for name, table in _OTHERS.items()}
    tables["nodes"] = _ours(path, NODE, "nodes", _NODE_NAMES)
    links = _ours(path, LINK, "links", _LINK_NAMES)
    links["allowed_uses"] = links["allowed_uses"].str.replace(",", "|")
    return Network(
        **tables,
        links=links,
        assumptions=read_assumptions(path / ASSUMPTIONS_FILE),
        outlines={n: read_text(path / f"{n}.geojson") for n in GEOJSON_FILES if (path / f"{n}.geojson").is_file()},
        name=str(folder),
    )


def is_ours(folder: Path) -> bool:
    """Tell whether :func:`export` wrote a folder: by its tables, not by datapackage.json, which other programs drop.

    Raises
    ------
    DataError
        If it is no folder.
    """
    if not folder.is_dir():
        kind = "is a file" if folder.exists() else "does not exist"
        raise DataError(f"{folder}: {kind}, expected a directory with node.csv and link.csv")
    return (folder / "crossings.csv").exists() and (folder / "sources.csv").exists()


def _check_units(path: Path) -> None:
    """Refuse a folder of ours that was turned into other units: other tables of it are in km, too."""
    if not path.exists():
        return
    raw = read_raw_table(path, CONFIG, more=True)
    for row in raw.rows:
        said = dict(zip(raw.header, row, strict=True))
        for column, unit in (("long_length", "km"), ("speed", "km/h"), ("crs", "EPSG:4326")):
            if said.get(column) not in {None, "", unit}:
                raise DataError(f"{path}, column {column}: {said[column]!r}, expected {unit} beside our other tables")


def _others(path: Path, table: Table) -> pd.DataFrame:
    file = path / f"{table.name}.csv"
    if table.optional and not file.exists():
        return to_frame(RawTable(table, file, table.column_names, [], []))
    return to_frame(read_raw_table(file, table))


def _ours(path: Path, gmns: Table, ours: str, names: dict[str, str]) -> pd.DataFrame:
    """Return node.csv or link.csv as our table; columns that are not ours are left."""
    raw = read_raw_table(path / f"{gmns.name}.csv", gmns, more=True)
    check_cells(raw)
    called = {names.get(c.name, c.name): c.name for c in TABLES[ours].columns}
    kept = [at for at, name in enumerate(raw.header) if name in called]
    header = [called[raw.header[at]] for at in kept]
    return to_frame(RawTable(TABLES[ours], raw.path, header, raw.lines, [[row[at] for at in kept] for row in raw.rows]))


def check_cells(raw: RawTable) -> None:
    """Refuse a table with a cell that cannot be used; cells of columns that its table does not know are not read.

    Raises
    ------
    DataError
        At the first such cell.
    """
    known = {c.name: c for c in raw.table.columns}
    for line, row in zip(raw.lines, raw.rows, strict=True):
        for name, value in zip(raw.header, row, strict=True):
            if name in known and name != "allowed_uses" and (problem := cell_problem(known[name], value)):
                raise DataError(f"{raw.path}, line {line}, column {name}: {problem}")
