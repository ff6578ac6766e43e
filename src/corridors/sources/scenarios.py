"""Scenarios as TOML files."""

from __future__ import annotations

from pathlib import Path

from corridors.errors import DataError
from corridors.model.dates import is_date
from corridors.model.scenario import Scenario
from corridors.sources.text import read_toml

_LISTS = ("close", "close_regions", "build")
_NUMBERS = ("wait_h", "set")
_LARGEST = 1e15
_TEXTS = ("name", "note", "as_of")


def read_scenario(path: str | Path) -> Scenario:
    r"""Read a scenario from a TOML file.

    Parameters
    ----------
    path
        A file with any of: ``name``, ``note``, ``as_of`` (text); ``close``, ``close_regions``, ``build`` (lists of ids
        or names); ``[wait_h]`` (crossing = hours) and ``[set]`` ("assumption.key" = value).

    Raises
    ------
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
    """
    file = Path(path)
    document = read_toml(file)
    for key, value in document.items():
        if key in _LISTS:
            good = isinstance(value, list) and all(isinstance(v, str) for v in value)
            wanted = "a list of names"
        elif key in _NUMBERS:
            good = isinstance(value, dict) and all(_is_number(v) for v in value.values())
            wanted = "a table of numbers (quote keys that contain a dot)"
        elif key in _TEXTS:
            good = isinstance(value, str) and (key != "as_of" or is_date(value))
            wanted = "a date as text" if key == "as_of" else "text"
        else:
            raise DataError(
                f"scenario {file}: {key!r} is unknown, expected one of {', '.join((*_TEXTS, *_LISTS, *_NUMBERS))}"
            )
        if not good:
            raise DataError(f"scenario {file}, {key}: {value!r}, expected {wanted}")
    return Scenario(
        name=document.get("name", file.stem),
        note=document.get("note", ""),
        as_of=document.get("as_of"),
        wait_h={k: float(v) for k, v in document.get("wait_h", {}).items()},
        set={k: float(v) for k, v in document.get("set", {}).items()},
        **{k: tuple(document.get(k, ())) for k in _LISTS},
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST
