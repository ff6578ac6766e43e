"""Results as text: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridors.cli.words import heading, settings_line, tables, translate
from corridors.formats import format_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from rich.table import Table as RichTable

    from corridors.analysis.results import Result

_STYLES = re.compile(r"\x1b\[[0-9;]*m")
_SHORT = 8
_HEADING = 8
_SOFT_HYPHEN = "\u00ad"
_IN_WORDS = ("mode", "kind", "category", "status", "measure", "unit", "why", "scenario")
"""Columns whose cells are words of ours, not names."""


def emit(text: str, output: str | None) -> None:
    """Print a text, or write it to a file.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        from corridors.files import write_text

        write_text(Path(output), _STYLES.sub("", text))  # made for the terminal that we may run in


def as_json(value: Any) -> str:
    """Return plain data as JSON text."""
    from corridors.analysis.results import plain

    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def as_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV, the index first where it has a name."""
    out = io.StringIO()
    flat = table.reset_index() if table.index.name else table
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(flat.columns)
    for row in zip(*(flat[c].tolist() for c in flat.columns), strict=True):
        writer.writerow(["" if v is None or v != v else v for v in row])  # noqa: PLR0124
    return out.getvalue()


def render(result: Result, form: str, tables: Sequence[tuple[str, pd.DataFrame]], lines: Sequence[str] = ()) -> str:
    """Return a result in a form.

    Parameters
    ----------
    result
        The result.
    form
        ``table``, ``json`` or ``csv``.
    tables
        What ``table`` shows, with headings.
    lines
        Sentences shown after the first heading.
    """
    if form == "json":
        return as_json(result.to_json())
    if form == "csv":
        return as_csv(result.table)
    lang = result.network.language
    title, foot = translate(lang, result.title), settings_line(lang, result.settings)
    return as_text(title, tables, [*lines, ""] if lines else [], foot, lang)


def as_text(
    title: str,
    tables: Sequence[tuple[str, pd.DataFrame]],
    lines: Sequence[str] = (),
    foot: str = "",
    lang: str = "en",
) -> str:
    """Return tables as text for a terminal; outside one, 80 columns or as many as the longest row needs."""
    from rich.console import Console

    out = io.StringIO()
    terminal = sys.stdout.isatty()
    columns = shutil.get_terminal_size((80, 24)).columns  # COLUMNS, where it is set
    console = Console(
        file=out,
        width=None if terminal else columns,
        no_color=None if terminal else True,  # on a terminal NO_COLOR decides
        force_terminal=terminal,
        highlight=False,
        soft_wrap=False,
    )
    console.print(_printable(title), style="bold", markup=False)
    for line in lines:
        console.print(line, markup=False)
    for above, frame in tables:
        if not len(frame):
            continue
        if above:
            console.print(f"\n{above}", style="bold", markup=False)
        console.print(_rich_table(frame, console.width, lang), soft_wrap=False, crop=False)
    if foot:
        console.print(_printable(foot), style="dim", markup=False)
    return out.getvalue()


def _rich_table(frame: pd.DataFrame, width: int, lang: str) -> RichTable:
    """Return a table: numbers whole, headings folded, long names cut where there is no room; lists a line each."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    flat = frame.reset_index() if frame.index.name else frame
    cells = {str(c): [_cell(str(c), v, lang) for v in flat[c].tolist()] for c in flat.columns}
    widest = {name: max(len(line) for value in values for line in value.split("\n")) for name, values in cells.items()}
    numeric = {name: flat[name].dtype.kind in "iuf" for name in cells}
    headings = {name: _folded(heading(lang, name), max(widest[name], _HEADING)) for name in cells}
    needed = {name: max(widest[name], *map(len, headings[name])) for name in cells}
    room = width - 2 * len(cells)
    while sum(needed.values()) > room:  # cut the longest text column, one character at a time
        texts = [name for name in cells if not numeric[name] and needed[name] > _SHORT]
        if not texts:
            break
        needed[max(texts, key=lambda name: needed[name])] -= 1
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in cells:
        table.add_column(
            "\n".join(headings[name]),
            justify="right" if numeric[name] else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=needed[name],
        )
    for row in zip(*cells.values(), strict=True):
        table.add_row(*row)
    return table


def _folded(text: str, width: int) -> list[str]:
    """Return a heading as lines; a word too long is broken at its soft hyphen."""
    from textwrap import wrap

    words = [w if len(w) <= width + 1 else w.replace(_SOFT_HYPHEN, "- ") for w in text.split()]
    return wrap(" ".join(words).replace(_SOFT_HYPHEN, ""), width, break_long_words=False, break_on_hyphens=False)


def _cell(name: str, value: Any, lang: str) -> str:
    """Return a cell in a language: words of ours are translated, what things are called stays."""
    text = format_value(name, value)
    if lang == "en" or not (isinstance(value, bool) or name in _IN_WORDS):
        return text
    special = f"{name} {text}"  # shorter than elsewhere, or said otherwise
    return translate(lang, special if special in tables() else text)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
