"""A built network written as a directory: whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corridors.errors import DataError, OutputError
from corridors.sources.build.keep import place_of, working_path
from corridors.sources.check import check_folders
from corridors.sources.checked import is_known_sound, remember_sound, tables_digest
from corridors.sources.tables import find_folders, write

if TYPE_CHECKING:
    from corridors.sources.build.assemble import Built


def check_target(folder: str | Path) -> Path:
    """Return the directory that a network is to be written to; ask before a long build.

    Where the path is a link, that is where the link points.

    Raises
    ------
    OutputError
        If it is there already and holds something, or is a file, or the directory it is to lie in is not there.
    """
    target = place_of(folder)
    if target.is_symlink():
        raise OutputError(f"{folder}: cannot be written: {os.strerror(errno.ELOOP)}")
    try:
        taken = target.exists() and (not target.is_dir() or any(target.iterdir()))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror or error}") from error
    if not target.parent.is_dir():
        raise OutputError(f"{folder}: cannot be written: {os.strerror(errno.ENOENT)}")
    if taken:
        raise OutputError(f"{folder}: is there already, expected a new or empty directory")
    return target


def write_built(built: Built, folder: str | Path) -> Path:
    """Write a built network as ``network/`` and ``data/`` below a new directory, whole or not at all.

    Beside them stand ``gaps.csv`` (dead ends that may be gaps), ``joined.csv`` (gaps that were joined, if any were) and
    ``notes.txt``. Until it is whole it lies in the hidden folder of the build
    (:func:`corridors.sources.build.keep.working_path`): what a killed one leaves there goes when the next ends well.

    Parameters
    ----------
    built
        What :func:`corridors.sources.build.assemble.assemble` returned.
    folder
        A directory that is not there yet or empty.

    Returns
    -------
    pathlib.Path
        The directory.

    Raises
    ------
    OutputError
        If the directory holds something or cannot be written; then nothing is left behind.
    DataError
        If the network is not sound, as :func:`corridors.sources.check.validate` has it: a fault of the build.
    """
    target, working = check_target(folder), working_path(folder)
    try:
        working.mkdir(exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix="network.", dir=working))
    except OSError as error:
        raise OutputError(f"{target}: cannot be made: {error.strerror or error}") from error
    try:
        write(built.network, part)
        _check(part, target)
        built.gaps.to_csv(part / "gaps.csv", index=False, lineterminator="\n")
        if len(built.joined):
            built.joined.to_csv(part / "joined.csv", index=False, lineterminator="\n")
        (part / "notes.txt").write_text("".join(f"{note}\n" for note in built.notes), "utf-8", newline="\n")
        (part / "network" / "LICENSE.md").write_text(_licence(built), "utf-8", newline="\n")
        part.chmod(0o755)
        part.replace(target)
        shutil.rmtree(working, ignore_errors=True)
    except OSError as error:  # an OutputError names a folder that nobody has asked for
        reason = str(error) if error.strerror is None else error.strerror
        raise OutputError(f"{target}: cannot be written: {reason}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):  # what was read may lie there, for another try
            working.rmdir()
    return target


def _check(part: Path, target: Path) -> None:
    """Refuse tables that no command would open; sound ones are remembered, so that none checks them again.

    Raises
    ------
    DataError
        If there is a problem: nothing that comes in may lead to one.
    """
    folders = find_folders(part, None)
    digest = tables_digest(folders)
    if is_known_sound(digest):
        return
    problems = [problem.replace(f"{part}/", "") for problem in check_folders(folders)]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise DataError(
            f"{target}: not written, a fault of corridors, not of the map; please report it: {problems[0]}{more}",
            tuple(problems),
        )
    remember_sound(digest)


def _licence(built: Built) -> str:
    rows = [
        f"- {title}, {publisher}{f', {licence}' if isinstance(licence, str) else ''}"
        + (f", <{address}>" if isinstance(address, str) and address.startswith("http") else "")
        for title, publisher, licence, address in zip(
            *(built.network.sources[c] for c in ("title", "publisher", "licence", "address")), strict=True
        )
    ]
    return "# What this network was made from, and on what terms\n\n" + "\n".join(rows) + "\n"
