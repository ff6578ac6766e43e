"""Tables that users bring to a question: zones, and weights of pairs."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pandas as pd

from corridors.errors import DataError
from corridors.model.schema import Column
from corridors.sources.tables import cell_problem
from corridors.sources.text import read_text

ZONE_COLUMNS = (
    Column("zone_id", "text", "stable id", True),
    Column("y_coord", "number", "latitude, WGS 84", True, "degrees", minimum=-90, maximum=90),
    Column("x_coord", "number", "longitude, WGS 84", True, "degrees", minimum=-180, maximum=180),
    Column("population", "number", "people", True, minimum=0, maximum=1e10),
    Column("name", "text", "what to call it"),
    Column("country", "text", "ISO 3166-1 alpha-2; empty: that of the nearest node"),
)
WEIGHT_COLUMNS = (
    Column("origin", "text", "a zone", True),
    Column("destination", "text", "a zone", True),
    Column("weight", "number", "weight of the pair", True, minimum=0, maximum=1e12),
)


def read_zones(path: str | Path) -> pd.DataFrame:
    """Read zones: zone_id, y_coord, x_coord, population, and optionally name and country.

    Raises
    ------
    DataError
        If the file cannot be used.
    """
    return _read(Path(path), "zones", ZONE_COLUMNS)


def read_weights(path: str | Path) -> pd.DataFrame:
    """Read weights of pairs of zones: origin, destination, weight.

    Raises
    ------
    DataError
        If the file cannot be used.
    """
    return _read(Path(path), "weights", WEIGHT_COLUMNS)


def _read(path: Path, what: str, columns: tuple[Column, ...]) -> pd.DataFrame:
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    cells: dict[str, list[str]] = {}
    lines: list[int] = []
    try:
        header = next(reader, [])
        missing = [c.name for c in columns if c.required and c.name not in header]
        if missing:
            raise DataError(f"{what} {path}, line 1: column {missing[0]!r} is missing")
        cells = {name: [] for name in header}
        for row in reader:
            if not row:
                continue
            where = f"{what} {path}, line {reader.line_num}"
            if len(row) != len(header):
                raise DataError(f"{where}: {len(row)} cells, expected {len(header)}")
            lines.append(reader.line_num)
            for name, value in zip(header, row, strict=True):
                cells[name].append(value)
            for column in columns:
                value = row[header.index(column.name)] if column.name in header else ""
                if problem := cell_problem(column, value):
                    raise DataError(f"{where}, column {column.name}: {problem}")
    except csv.Error as error:
        raise DataError(f"{what} {path}, line {reader.line_num}: not CSV: {error}") from error
    table = pd.DataFrame(
        {
            c.name: [float(v) if v else math.nan for v in cells[c.name]] if c.kind == "number" else cells[c.name]
            for c in columns
            if c.name in cells
        }
    )
    table.attrs = {"file": str(path), "lines": lines}  # for what only the network can find wrong
    return table
