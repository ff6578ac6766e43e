"""The main job: every table, the maps, and a page to forward, written into one folder."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corridors.analysis.results import plain
from corridors.files import make_folder, write_text
from corridors.views.study import Question, Study, ask, find_ends, find_pair, pose_questions
from corridors.views.words import check_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

_SUBTABLES = ("legs", "by_crossing", "by_corridor", "sensitivity", "pairs", "drawn_crossings", "summary", "events")
_LARGE_TABLE = 2000
_DPI = 130.0


def write_report(
    network: Network,
    folder: str | Path,
    *,
    countries: tuple[str, str] | None = None,
    ends: tuple[str, str] | None = None,
    modes: Sequence[str] = ("rail", "road"),
    scenario: Scenario | None = None,
    compared: Sequence[Scenario] = (),
    lang: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Answer the main questions and write tables, maps and a page; other files in the folder are left alone.

    Parameters
    ----------
    network
        The network.
    folder
        Made if it is not there.
    countries
        The two countries whose dependency on each other is asked; None: the pair with most crossings.
    ends
        Origin and destination of the route that is drawn, also without entering the second country; None: Kurgan and
        Omsk, or in another network the largest places of its two most populous countries that are joined.
    modes
        ``rail``, ``road``, ``any``: one set of tables each.
    scenario
        What differs from today; None: nothing.
    compared
        Scenarios with different names, each held against ``scenario``.
    lang
        ``en``, ``ru`` or ``kk``: of the page, the maps and the names; None: the network's language.
    progress
        Called with one line before each step.

    Returns
    -------
    list of pathlib.Path
        All files written, ``index.html`` last. Tables are CSV, results JSON as the commands print them, maps PNG.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    NoAnswerError
        If none of the questions has an answer in this network.

    Examples
    --------
    >>> import corridors as co, tempfile
    >>> files = write_report(co.load(), tempfile.mkdtemp(), modes=["rail"])  # doctest: +SKIP
    >>> files[-1].name  # doctest: +SKIP
    'index.html'
    """
    from corridors.views.page import write_page
    from corridors.views.pictures import draw_pictures

    lang = lang or network.language
    check_language(lang)
    home = make_folder(folder)
    tell = progress or _silent
    network = replace(network, language=lang)
    pair = countries or find_pair(network)
    questions = pose_questions(
        pair, ends or find_ends(network, pair[0], tuple(modes)), tuple(modes), scenario, tuple(compared), network
    )
    study = ask(network, lang, pair, tuple(modes), scenario, tuple(compared), questions, tell)
    tell("writing tables")
    files = [path for question in study.questions for path in _write_tables(study, question, home)]
    files.append(write_text(home / "sources.csv", as_csv(network.sources)))
    pictures = draw_pictures(study, home, tell, _DPI)
    files += [picture.path for picture in pictures]
    tell("writing index.html")
    return [*files, write_page(study, pictures, home)]


def _silent(_: str) -> None:
    return


def _write_tables(study: Study, question: Question, home: Path) -> list[Path]:
    """Write an answer: JSON as its command prints it, its table and further tables as CSV."""
    result = study.answer(question.name)
    if result is None:
        return []
    large = len(result.table) > _LARGE_TABLE
    text = json.dumps(tidy(plain(result.to_json())), ensure_ascii=False, indent=None if large else 1)
    written = [
        write_text(home / f"{question.name}.json", text + "\n"),
        write_text(home / f"{question.name}.csv", as_csv(result.table)),
    ]
    for name in _SUBTABLES:
        table = getattr(result, name, None)
        if table is not None and len(table):
            written.append(write_text(home / f"{question.name}-{name.replace('_', '-')}.csv", as_csv(table)))
    return written


def tidy(value: Any) -> Any:
    """Return plain data with numbers of six significant digits, four decimals from 1 up.

    Examples
    --------
    >>> tidy({"km": 534.2499999999999, "share": 0.10629584077379026, "people": 2098979.0})
    {'km': 534.25, 'share': 0.106296, 'people': 2098979}
    """
    if isinstance(value, dict):
        return {k: tidy(v) for k, v in value.items()}
    if isinstance(value, list):
        return [tidy(v) for v in value]
    if not isinstance(value, float):
        return value
    short = round(value, 4) if abs(value) >= 1 else float(f"{value:.6g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def as_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV with tidy numbers, the index first where it has a name; unknown cells are empty."""
    import csv

    flat = table.reset_index() if table.index.name else table
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(flat.columns)
    for row in zip(*(flat[c].tolist() for c in flat.columns), strict=True):
        cells = ("|".join(map(str, v)) if isinstance(v, list) else tidy(plain(v)) for v in row)
        writer.writerow(["" if v is None else v for v in cells])
    return out.getvalue()
