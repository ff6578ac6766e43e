"""Tables that were found sound are not checked again: remembered by their content, in the cache of the user."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

from corridors.model.schema import GEOJSON_FILES, TABLES

_RULES = (
    *(f"sources/{name}.py" for name in ("check", "tables", "assumptions", "text")),
    *(f"model/{name}.py" for name in ("schema", "geo", "dates")),
)


def tables_digest(folders: dict[str, Path]) -> str | None:
    """Return a digest of all files of a network and of the rules they are checked by; None where one cannot be read.

    Examples
    --------
    >>> from corridors.sources.tables import find_folders
    >>> folders = find_folders(None, None)
    >>> len(tables_digest(folders)), tables_digest(folders) == tables_digest(folders)
    (64, True)
    """
    files = [folders[table.folder] / f"{name}.csv" for name, table in TABLES.items()]
    files += [folders["data"] / "assumptions.toml", *(folders["network"] / f"{name}.geojson" for name in GEOJSON_FILES)]
    digest = hashlib.blake2b(digest_size=32)
    try:
        for rule in _RULES:
            digest.update((Path(__file__).parent.parent / rule).read_bytes())
        for file in files:
            content = file.read_bytes() if file.exists() else None
            digest.update(f"{file.name} {-1 if content is None else len(content)} ".encode())
            digest.update(content or b"")
    except OSError:
        return None
    return digest.hexdigest()


def is_known_sound(digest: str | None) -> bool:
    """Tell whether tables of this content were checked before, by the same rules, and found sound."""
    cache = cache_folder("checked")
    with suppress(OSError):  # a cache that may not be searched knows nothing
        return digest is not None and cache is not None and (cache / digest).is_file()
    return False


def remember_sound(digest: str | None) -> None:
    """Remember that tables of this content are sound; where the cache cannot be written they are checked again."""
    cache = cache_folder("checked")
    if digest is not None and cache is not None:
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            (cache / digest).touch()


def cache_folder(kind: str) -> Path | None:
    """Return our folder of one kind in the cache of the user, as the system has it; nobody has made it yet.

    ``XDG_CACHE_HOME`` goes before all; None: the user has no home.

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict("os.environ", XDG_CACHE_HOME="caches"):
    ...     cache_folder("checked").as_posix()
    'caches/corridors/checked'
    """
    home = os.environ.get("HOME") or os.environ.get("USERPROFILE")
    if root := os.environ.get("XDG_CACHE_HOME"):
        base = Path(root)
    elif home is None:
        return None
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home))
    else:
        base = Path(home) / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return base / "corridors" / kind
