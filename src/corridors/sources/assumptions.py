"""Assumptions in and out: one TOML table a key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corridors.errors import DataError
from corridors.model.assumptions import REQUIRED_KEYS, Assumption, Assumptions
from corridors.model.dates import is_date
from corridors.sources.text import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGEST = 1e15


def read_assumptions(path: Path) -> Assumptions:
    """Read ``assumptions.toml``: one table per key with value, unit, source, date, note.

    Raises
    ------
    DataError
        If the file is missing, is not TOML or an entry lacks value, unit or source.
    """
    document = read_toml(path)
    reference = document.pop("reference_date", None)
    if not isinstance(reference, str) or not is_date(reference):
        raise DataError(f"{path}, reference_date: {reference!r}, expected a date as text")
    entries = {key: _read_entry(path, key, entry) for key, entry in _leaves(document, "")}
    missing = [key for key in REQUIRED_KEYS if key not in entries]
    if missing:
        raise DataError(f"{path}: {missing[0]} is missing, expected a table with value, unit and source")
    return Assumptions(entries, reference)


def _read_entry(path: Path, key: str, entry: dict[str, Any]) -> Assumption:
    value, minimum = entry.get("value"), entry.get("minimum", 0.0)
    for name, number in (("value", value), ("minimum", minimum)):
        if not _is_number(number):
            raise DataError(f"{path}, {key}.{name}: {repr(number)[:40]}, expected a number")
    for name in ("unit", "source"):
        if not isinstance(entry.get(name), str) or not entry[name]:
            raise DataError(f"{path}, {key}.{name}: {entry.get(name)!r}, expected text")
    unknown = set(entry) - {"value", "unit", "source", "date", "note", "minimum"}
    if unknown:
        raise DataError(
            f"{path}, {key}: {min(unknown)!r} is unknown, expected value, unit, source, date, note, minimum"
        )
    if value < minimum:
        raise DataError(f"{path}, {key}.value: {value!r}, expected at least {minimum:g}")
    date, note = str(entry.get("date", "")), str(entry.get("note", ""))
    return Assumption(float(value or 0.0), entry["unit"], entry["source"], date, note, float(minimum))


def _is_number(value: object) -> bool:
    """Tell whether a value is a number of ordinary size; not true, not nan, not infinite."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST


def _leaves(node: dict[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict) and any(isinstance(v, dict) for v in value.values()):
            yield from _leaves(value, name)
        else:
            yield name, value if isinstance(value, dict) else {"value": value}


def assumptions_text(assumptions: Assumptions) -> str:
    """Return assumptions as TOML text."""
    lines = [f'reference_date = "{assumptions.reference_date}"', ""]
    for key, entry in assumptions.entries.items():
        lines += [f"[{key}]", f"value = {entry.value!r}"]
        lines += [
            f"{n} = {json.dumps(v, ensure_ascii=False)}"
            for n in ("unit", "source", "date", "note")
            if (v := getattr(entry, n))
        ]
        if entry.minimum:
            lines.append(f"minimum = {entry.minimum!r}")
        lines.append("")
    return "\n".join(lines)
