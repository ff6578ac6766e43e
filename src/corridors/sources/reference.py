"""A folder of reference lists to hold a network against: stations, which is next to which, pairs of checkpoints."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from corridors.errors import DataError
from corridors.model.reference import Reference
from corridors.sources.text import read_text

_STATIONS = ("esr", "name", "lat", "lon")
_PAIRS = {"adjacency": (("from_esr", "to_esr"), ";"), "checkpoints": (("kz", "ru"), ",")}


def read_reference(folder: str | Path) -> Reference:
    """Read the reference lists of a folder.

    Parameters
    ----------
    folder
        With ``stations_ru.csv`` and ``stations_kz.csv`` (esr, name, lat, lon), ``tr4_adjacency.csv`` (from_esr;
        to_esr) and ``crossings_cgr.csv`` (kz, ru).

    Raises
    ------
    DataError
        If a file is missing, lacks a column, or a position is no number.
    """
    folder = Path(folder)
    parts = [_read(folder / f"stations_{country}.csv", _STATIONS) for country in ("ru", "kz")]
    stations = pd.concat(parts, ignore_index=True)
    for column in ("lat", "lon"):
        number = pd.to_numeric(stations[column], errors="coerce")
        if number.isna().any():
            wrong = stations.loc[number.isna()].iloc[0]
            raise DataError(f"{folder}: station {wrong['esr']}: {column} {wrong[column]!r}, expected degrees")
        stations[column] = number
    stations = stations.drop_duplicates("esr").set_index("esr")
    adjacency = _read(folder / "tr4_adjacency.csv", *_PAIRS["adjacency"])
    adjacency = adjacency.apply(lambda codes: codes.str.zfill(6))
    return Reference(stations, adjacency, _read(folder / "crossings_cgr.csv", *_PAIRS["checkpoints"]))


def _read(path: Path, columns: tuple[str, ...], delimiter: str = ",") -> pd.DataFrame:
    rows = list(csv.DictReader(io.StringIO(read_text(path)), delimiter=delimiter))
    missing = [c for c in columns if not rows or c not in rows[0]]
    if missing:
        raise DataError(f"{path}: no column {missing[0]}, expected {', '.join(columns)}")
    return pd.DataFrame({c: [(row[c] or "").strip() for row in rows] for c in columns})
