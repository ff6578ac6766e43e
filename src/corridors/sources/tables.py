"""The CSV tables in and out: one reader for loading and for checking, one writer."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from corridors.errors import DataError, UsageError
from corridors.files import make_folder, whole_folder, write_text
from corridors.model.dates import is_date
from corridors.model.network import Network
from corridors.model.schema import GEOJSON_FILES, TABLES, Column, Table
from corridors.shipped import shipped
from corridors.sources.assumptions import assumptions_text, read_assumptions
from corridors.sources.datapackage import datapackage_text
from corridors.sources.text import read_text

ASSUMPTIONS_FILE = "assumptions.toml"
LANGUAGES = ("en", "ru", "kk")
_LARGEST_CELL = 10_000_000


@dataclass(frozen=True)
class RawTable:
    """The cells of one file as they stand, with the line each row begins on."""

    table: Table
    path: Path
    header: list[str]
    lines: list[int]
    rows: list[list[str]]


def load(
    network: str | Path | None = None,
    data: str | Path | None = None,
    *,
    check: bool | None = None,
    language: str = "en",
) -> Network:
    """Read a network and its data from two directories.

    Parameters
    ----------
    network
        Directory with ``links.csv`` and the other tables of the network; None: the default network. A directory
        that holds ``network/`` and ``data/``, as ``corridors init`` makes it, may be named instead.
    data
        Directory with ``regions.csv`` and the other tables of the data; None: the ``data`` directory beside
        ``network`` if there is one, else the default data.
    check
        True: check every cell and reference first, unless the same content was checked before and found sound; None:
        check directories of the user's own, trust the default tables, which the project's tests check.
    language
        Of the names in results: ``en``, ``ru`` or ``kk``.

    Raises
    ------
    DataError
        If a directory or table is missing or cannot be used.
    UsageError
        If the language is unknown.

    Examples
    --------
    >>> network = load()
    >>> network.links.index.name
    'link_id'
    """
    if language not in LANGUAGES:
        raise UsageError(f"language {language!r} is unknown, expected one of {', '.join(LANGUAGES)}")
    folders = find_folders(network, data)
    own = network is not None or data is not None
    if own if check is None else check:
        from corridors.sources.check import check_folders
        from corridors.sources.checked import is_known_sound, remember_sound, tables_digest

        digest = tables_digest(folders)
        problems = [] if is_known_sound(digest) else check_folders(folders)
        if problems:
            more = f" (and {len(problems) - 1} more; corridors validate lists all)" if len(problems) > 1 else ""
            raise DataError(problems[0] + more, tuple(problems))
        remember_sound(digest)
    raw = read_raw(folders)
    frames = {name: to_frame(table) for name, table in raw.items()}
    for name, table in TABLES.items():
        if name not in frames:  # optional and not there
            frames[name] = to_frame(RawTable(table, Path(), table.column_names, [], []))
    return Network(
        **frames,
        assumptions=read_assumptions(folders["data"] / ASSUMPTIONS_FILE),
        outlines=_read_outlines(folders["network"]),
        name=str(network) if network is not None else "default",
        language=language,
    )


def find_folders(network: str | Path | None, data: str | Path | None) -> dict[str, Path]:
    """Return the directories of the network and the data tables.

    Raises
    ------
    DataError
        If one is not there.
    """
    folder = Path(network) if network is not None else shipped("network")
    if not folder.is_dir():
        kind = "is a file" if folder.exists() else "does not exist"
        raise DataError(f"{folder}: {kind}, expected a directory with links.csv")
    beside = folder.parent / "data"
    if not (folder / "links.csv").exists() and (folder / "network").is_dir():
        folder, beside = folder / "network", folder / "data"
    if data is not None:
        tables = Path(data)
    elif network is not None and beside.is_dir():
        tables = beside
    else:
        tables = shipped("data")
    if not tables.is_dir():
        kind = "is a file" if tables.exists() else "does not exist"
        raise DataError(f"{tables}: {kind}, expected a directory with regions.csv")
    return {"network": folder, "data": tables}


def read_raw(folders: dict[str, Path]) -> dict[str, RawTable]:
    """Read all tables as text.

    Raises
    ------
    DataError
        At the first file that is missing or is not a table.
    """
    found = {}
    for name, table in TABLES.items():
        path = folders[table.folder] / f"{name}.csv"
        if table.optional and not path.exists():
            continue
        found[name] = read_raw_table(path, table)
    return found


def read_raw_table(path: Path, table: Table, *, more: bool = False) -> RawTable:
    """Read one file as text cells.

    Parameters
    ----------
    path, table
        The file, and what its columns mean.
    more
        True: further columns may stand in it.

    Raises
    ------
    DataError
        If the file is missing, empty, binary, not UTF-8, lacks columns or has rows of another width.
    """
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header = next(reader, [])
        if not header:
            raise DataError(f"{path}: empty, expected the columns {', '.join(table.column_names)}")
        _check_header(path, table, header, more=more)
        lines, rows = [], []
        start = reader.line_num + 1
        for row in reader:
            if row:
                if len(row) != len(header):
                    raise DataError(f"{path}, line {start}: {len(row)} cells, expected {len(header)}")
                lines.append(start)
                rows.append(row)
            start = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"{path}, line {reader.line_num}: not CSV: {error}") from error
    return RawTable(table, path, header, lines, rows)


def _check_header(path: Path, table: Table, header: list[str], *, more: bool) -> None:
    known = set(table.column_names)
    for name in header:
        if header.count(name) > 1:
            raise DataError(f"{path}, line 1: column {name!r} stands twice")
        if name not in known and not more:
            raise DataError(f"{path}, line 1: column {name!r} is unknown, expected {', '.join(table.column_names)}")
    for column in table.columns:
        if column.name not in header and column.required:
            raise DataError(f"{path}, line 1: column {column.name!r} is missing")


def cell_problem(column: Column, value: str) -> str | None:
    """Return what is wrong with a cell, or None.

    Examples
    --------
    >>> cell_problem(Column("length_km", "number", "", minimum=0), "-3")
    "'-3', expected a number of at least 0"
    """
    if value == "":
        return "empty, expected a value" if column.required else None
    if column.kind in {"number", "integer"}:
        problem = _number_problem(column, value)
    elif column.kind == "boolean":
        problem = None if value in {"true", "false"} else f"{value!r}, expected true or false"
    elif column.kind == "date":
        problem = None if is_date(value) else f"{value!r}, expected YYYY, YYYY-MM or YYYY-MM-DD"
    elif column.kind == "year":
        problem = None if value.isdecimal() and len(value) == 4 else f"{value!r}, expected a year"
    elif column.kind == "sources":
        parts = [part.strip().partition("#") for part in value.split(";")]
        problem = None if all(p[0] and p[2] for p in parts) else f"{value!r}, expected source_id#locator"
    elif column.kind == "codes":
        bad = [part for part in value.split("|") if column.allowed and part not in column.allowed]
        problem = f"{bad[0]!r}, expected one of {', '.join(column.allowed)}" if bad else None
    else:
        problem = (
            f"{value!r}, expected one of {', '.join(column.allowed)}"
            if column.allowed and value not in column.allowed
            else None
        )
    return problem


def _number_problem(column: Column, value: str) -> str | None:
    low, high = column.minimum, column.maximum
    wanted = "a whole number" if column.kind == "integer" else "a number"
    if low is not None:
        wanted += f" of at least {low:g}" if high is None else f" from {low:g} to {high:g}"
    try:
        number = float(int(value)) if column.kind == "integer" else float(value)
    except (ValueError, OverflowError):
        return f"{value!r}, expected {wanted}"
    inside = math.isfinite(number) and (low is None or number >= low) and (high is None or number <= high)
    return None if inside else f"{value!r}, expected {wanted}"


def to_frame(raw: RawTable) -> pd.DataFrame:
    """Return a table as a DataFrame: numbers as numbers, empty cells as missing, indexed by a one-column key.

    Raises
    ------
    DataError
        If a cell that must be a number or true/false is not.
    """
    cells = dict(zip(raw.header, zip(*raw.rows, strict=True), strict=True)) if raw.rows else {}
    series: dict[str, Any] = {}
    for column in raw.table.columns:
        values = cells.get(column.name, ("",) * len(raw.rows))
        try:
            if column.kind in {"number", "integer", "year"}:
                series[column.name] = pd.array([float(v) if v else math.nan for v in values], dtype="float64")
            elif column.kind == "boolean":
                series[column.name] = pd.array([{"true": True, "false": False}[v] for v in values], dtype="bool")
            else:
                series[column.name] = pd.Series([v or None for v in values], dtype="str")
        except (ValueError, KeyError) as error:
            where = next(i for i, v in enumerate(values) if cell_problem(column, v))
            raise DataError(
                f"{raw.path}, line {raw.lines[where]}, column {column.name}: {cell_problem(column, values[where])}"
            ) from error
    frame = pd.DataFrame(series)
    keys = raw.table.key
    if len(keys) == 1 or raw.table.name == "regions":
        frame = frame.set_index(keys[0])
    return frame


def _read_outlines(folder: Path) -> dict[str, str]:
    return {n: read_text(folder / f"{n}.geojson") for n in GEOJSON_FILES if (folder / f"{n}.geojson").is_file()}


def format_cell(column: Column, value: object) -> str:
    """Return a value as it stands in a table.

    Examples
    --------
    >>> format_cell(Column("tracks", "integer", ""), 2.0)
    '2'
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if column.kind == "boolean":
        return "true" if value else "false"
    if column.kind in {"integer", "year"}:
        return str(int(float(str(value))))
    if column.kind == "number":
        return _number_cell(float(str(value)))
    return str(value)


def _number_cell(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def table_text(name: str, frame: pd.DataFrame) -> str:
    """Return a table as CSV text (RFC 4180 with line feeds), columns in the order of the schema."""
    return frame_text(TABLES[name], frame)


def frame_text(table: Table, frame: pd.DataFrame) -> str:
    """Return rows as CSV text, columns in the order of the table that describes them."""
    columns = table.columns if len(frame) else ()
    cells = [_cells(c, frame.index if frame.index.name == c.name else frame[c.name]) for c in columns]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue()


def _cells(column: Column, values: pd.Series | pd.Index) -> list[str]:
    if column.kind == "number" and values.dtype == float:
        return ["" if math.isnan(v) else _number_cell(v) for v in values.tolist()]
    if column.kind in {"boolean", "integer", "year", "number"}:
        return [format_cell(column, v) for v in values.tolist()]
    return [v if isinstance(v, str) else format_cell(column, v) for v in values.tolist()]


def write(network: Network, folder: str | Path) -> None:
    """Write all tables of a network below a directory, as ``network/`` and ``data/``.

    Parameters
    ----------
    network
        What to write.
    folder
        A directory, made if it is not there.

    Raises
    ------
    OutputError
        If something cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(load(), folder)
    ...     len(load(folder).links) == len(load().links)
    True
    """
    root = Path(folder)
    for part in ("network", "data"):
        make_folder(root / part)
    there = [name for name, table in TABLES.items() if len(network.table(name)) or not table.optional]
    for name in there:
        write_text(root / TABLES[name].folder / f"{name}.csv", table_text(name, network.table(name)))
    for name, text in network.outlines.items():
        write_text(root / "network" / f"{name}.geojson", text)
    write_text(root / "network" / "datapackage.json", datapackage_text(there))
    write_text(root / "data" / ASSUMPTIONS_FILE, assumptions_text(network.assumptions))


def copy_default(folder: str | Path) -> None:
    """Write an editable copy of the default tables below a new directory, whole or not at all.

    Raises
    ------
    OutputError
        If the directory is there already and holds something, or cannot be made.
    """
    import shutil

    with whole_folder(folder) as draft:
        for name in ("network", "data"):
            shutil.copytree(shipped(name), draft / name)
