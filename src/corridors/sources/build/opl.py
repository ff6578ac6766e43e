"""OPL files looked through before osmium reads them: it takes a line that was cut off for a short one."""

from __future__ import annotations

import bz2
import gzip
import zlib
from typing import IO, TYPE_CHECKING, cast

from corridors.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".opl", ".opl.gz", ".opl.bz2")
"""How the names of OPL files end."""

_SHOWN = 40


def check_opl(path: Path) -> None:
    r"""Refuse an OPL file that was cut off; files of other forms are not looked at.

    Raises
    ------
    DataError
        If its last line has no newline at the end, a line lacks what all of its kind have, or it cannot be unpacked.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "cut.opl"
    >>> _ = file.write_bytes(b"n1 x60 y50\nn2 x61 y50\nw7 Thighway=pri")
    >>> check_opl(file)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    corridors.errors.DataError: ...cut.opl: line 3, 'w7 Thighway=pri': cut off, expected a whole line and a newline
    """
    if not path.name.lower().endswith(SUFFIXES):
        return
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, 1):
                if not is_whole(line):
                    shown = line[:_SHOWN].decode("utf-8", "replace").rstrip()
                    raise DataError(f"{path}: line {number}, {shown!r}: cut off, expected a whole line and a newline")
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: damaged, or not of OpenStreetMap: {error}") from error


def _opened(path: Path) -> IO[bytes]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    return bz2.open(path) if suffix == ".bz2" else path.open("rb")


def is_whole(line: bytes) -> bool:
    r"""Return whether a line of OPL is whole, as far as can be told: a node has a place, a way points.

    Examples
    --------
    >>> [is_whole(line) for line in (b"n1 x60.1 y50\n", b"n1 x60.1 y\n", b"n1 x60.1 y50", b"# all of it\n")]
    [True, False, False, True]
    >>> [is_whole(line) for line in (b"w1 Nn1,n2\n", b"w1 Nn1,\n", b"w1 Thighway=pri\n", b"r1 M Ttype=site\n")]
    [True, False, False, True]
    """
    if not line.endswith(b"\n"):
        return False
    kind = line[:1]
    if kind not in {b"n", b"w", b"r"}:
        return True
    said = {field[:1]: field[1:] for field in line.split()[1:]}
    if kind == b"n":  # one that was deleted has both, and nothing in them
        return b"x" in said and b"y" in said and bool(said[b"x"]) == bool(said[b"y"])
    members = said.get(b"N" if kind == b"w" else b"M")
    return members is not None and not members.endswith(b",")
