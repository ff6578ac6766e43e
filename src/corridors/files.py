"""Writing files whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corridors.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the path of a temporary file that takes the place of ``path`` when the block ends well.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "a.txt"
    >>> with whole_file(target) as draft:
    ...     _ = draft.write_text("all of it", "utf-8")
    >>> target.read_text("utf-8")
    'all of it'
    """
    if not path.name:
        raise OutputError(f"{str(path)!r}: expected the name of a file")
    draft = path
    try:
        path = path.resolve() if path.is_symlink() else path
        if path.is_dir():
            raise OutputError(f"{path}: cannot be written: it is a directory")
        if not path.exists() or path.is_file():  # a device or a pipe is written to, never replaced
            draft = path.with_name(f".{path.stem[:80]}.{os.getpid()}.part{path.suffix}")
        yield draft
        if draft != path:
            draft.replace(path)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if draft != path:
            with suppress(OSError):  # its folder does not exist or cannot be searched: nothing was left behind
                draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write a text file, UTF-8, whole or not at all; return its path."""
    with whole_file(path) as draft:
        draft.write_text(text, "utf-8", errors="replace", newline="\n")
    return path


@contextmanager
def whole_folder(folder: str | Path) -> Iterator[Path]:
    """Give a temporary folder that takes the place of ``folder`` when the block ends well.

    Raises
    ------
    OutputError
        If the folder is there already and holds something, or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "new"
    >>> with whole_folder(target) as draft:
    ...     _ = (draft / "a.txt").write_text("all of it", "utf-8")
    >>> [file.name for file in target.iterdir()]
    ['a.txt']
    """
    target = Path(folder)
    if not str(folder) or not target.name:
        raise OutputError(f"{str(folder)!r}: expected the name of a folder")
    make_folder(target.parent)
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(f"{target}: is there already, expected a new or empty directory")
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name[:80]}.", dir=target.parent))
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{target}: cannot be made: {error.strerror}") from error
    try:
        yield draft
        draft.chmod(0o755)
        draft.replace(target)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        reason = error.strerror or str(error.args[0][0][-1] if isinstance(error, shutil.Error) else error)
        raise OutputError(f"{target}: cannot be written: {reason}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def make_folder(folder: str | Path) -> Path:
    """Return a folder, made if it is not there.

    Raises
    ------
    OutputError
        If it cannot be made.
    """
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "a file is in the way" if isinstance(error, (FileExistsError, NotADirectoryError)) else error.strerror
        raise OutputError(f"folder {path}: cannot be made: {reason or error}") from error
    return path
