"""Text, TOML and JSON files, read with one clear error."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from corridors.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file.

    Raises
    ------
    DataError
        If the file is missing, unreadable, binary or in another encoding.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(f"{path}: missing, expected a file") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    if b"\0" in content:
        raise DataError(f"{path}: binary content, expected text in UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(f"{path}, line {line}: byte 0x{content[error.start]:02x} is not UTF-8") from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file.

    Raises
    ------
    DataError
        If it is none.
    """
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        reason = _reason(error).replace("at end of document", f"at the end, line {len(text.splitlines())}")
        raise DataError(f"{path}: not TOML: {reason}") from error


def read_json(path: Path) -> Any:
    """Return a JSON file.

    Raises
    ------
    DataError
        If it is none.
    """
    try:
        return json.loads(read_text(path))
    except (RecursionError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path}: not JSON: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)
