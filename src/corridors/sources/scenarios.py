"""Scenarios as TOML files, and those that come with the network."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridors.errors import DataError, UsageError
from corridors.model.dates import is_date
from corridors.model.scenario import Scenario
from corridors.shipped import shipped
from corridors.sources.text import read_text, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 1e15
_TEXTS = ("name", "note", "as_of")
_LISTS = ("close", "close_regions", "build")
_FACTORS = ("wait_factor",)
_NUMBERS = ("wait_h", "speed_kmh", "set")
KEYS = (*_TEXTS, *_LISTS, *_FACTORS, *_NUMBERS)
"""What a scenario file may hold."""


def shipped_scenarios() -> list[str]:
    """Return the names of the scenarios that come with the default network.

    Examples
    --------
    >>> "petropavl-closed" in shipped_scenarios()
    True
    """
    return sorted(path.stem for path in (shipped("data") / "scenarios").glob("*.toml"))


def read_scenario(path: str | Path) -> Scenario:
    r"""Read a scenario from a TOML file.

    Parameters
    ----------
    path
        The name of a shipped scenario, or a file with any of: ``name``, ``note``, ``as_of`` (text); ``close``,
        ``close_regions``, ``build`` (lists of ids or names); ``wait_factor`` (a number); ``[wait_h]`` (crossing =
        hours), ``[speed_kmh]`` (link = km/h) and ``[set]`` ("assumption.key" = value).

    Raises
    ------
    UsageError
        If it is neither a file nor a shipped name.
    DataError
        If the file is missing, is not TOML, or holds something else.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "jam.toml"
    ...     _ = file.write_text("[wait_h]\nroad-bugristoe-kairak = 12", "utf-8")
    ...     read_scenario(file).describe()
    'jam: road-bugristoe-kairak waits 12 h'
    >>> read_scenario("waits-doubled").wait_factor
    2.0
    """
    file = _file_of(path)
    document = read_toml(file)
    text = read_text(file)
    for key, value in document.items():
        _check(key, value, f"scenario {file}, line {_line_of(text, key)}")
    numbers = {key: {e: float(v) for e, v in document.get(key, {}).items()} for key in _NUMBERS}
    lists = {key: tuple(document.get(key, ())) for key in _LISTS}
    where = {
        (key, entry): f"scenario {file}, line {_line_of(text, key, entry)}"
        for key, value in document.items()
        for entry in ("", *_entries(value))
    }
    return Scenario(
        name=document.get("name", file.stem),
        note=document.get("note", ""),
        as_of=document.get("as_of"),
        wait_factor=float(document.get("wait_factor", 1.0)),
        close=lists["close"],
        close_regions=lists["close_regions"],
        build=lists["build"],
        wait_h=numbers["wait_h"],
        speed_kmh=numbers["speed_kmh"],
        set=numbers["set"],
        where=where,
    )


def _file_of(path: str | Path) -> Path:
    """Return the file that a path or a shipped name stands for."""
    text = os.fspath(path)
    file = Path(path)
    if not text or isinstance(path, Path) or file.suffix == ".toml" or len(file.parts) != 1 or file.is_file():
        return file
    names = shipped_scenarios()
    if text in names:
        return shipped("data") / "scenarios" / f"{text}.toml"
    close = get_close_matches(text, names, 1, 0.3)
    hint = f"; did you mean {close[0]}?" if close else f", expected a TOML file or one of {', '.join(names)}"
    raise UsageError(f"scenario {text!r} is unknown{hint}")


def _check(key: str, value: object, where: str) -> None:
    if key in _LISTS:
        good = isinstance(value, list) and all(isinstance(v, str) for v in value)
        wanted = "a list of names"
    elif key in _FACTORS:
        good, wanted = _is_number(value), "a number"
    elif key in _NUMBERS:
        good = isinstance(value, dict) and all(_is_number(v) for v in value.values())
        wanted = "a table of numbers (quote keys that contain a dot)"
    elif key in _TEXTS:
        good = isinstance(value, str) and (key != "as_of" or is_date(value))
        wanted = "a date as text" if key == "as_of" else "text"
    else:
        close = get_close_matches(key, KEYS, 1)
        hint = f"; did you mean {close[0]}?" if close else f", expected one of {', '.join(KEYS)}"
        raise DataError(f"{where}: {key!r} is unknown{hint}")
    if not good:
        raise DataError(f"{where}, {key}: {repr(value)[:80]}, expected {wanted}")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST


def _entries(value: Any) -> Iterator[str]:
    """Yield what a list or table names."""
    if isinstance(value, (list, dict)):
        yield from value


def _line_of(text: str, key: str, entry: str = "") -> int:
    r"""Return the line on which a key stands, or an entry of its list or table; the first where it is not found.

    Examples
    --------
    >>> text = "[wait_h]\nroad-a-b = 1\nroad-a = 2"
    >>> _line_of(text, "wait_h"), _line_of(text, "wait_h", "road-a")
    (1, 3)
    """
    lines = text.splitlines()
    of_key = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[]=.]")
    begin = next((i for i, line in enumerate(lines) if of_key.match(line)), 0)
    if entry:
        name = re.escape(entry)
        of_entry = re.compile(rf"[\"']{name}[\"']|(?<![\w-]){name}\s*=")
        for i, line in enumerate(lines[begin:], begin):
            if of_entry.search(line) and not line.lstrip().startswith("#"):
                return i + 1
    return begin + 1
