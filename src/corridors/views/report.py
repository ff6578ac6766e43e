"""The main job: every table, the maps, and a page to forward, written into one folder."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.analysis.results import plain
from corridors.errors import NoAnswerError, UsageError
from corridors.files import make_folder, write_text
from corridors.views.words import check_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from corridors.analysis.results import Result
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

_SUBTABLES = ("legs", "by_crossing", "by_corridor", "sensitivity", "pairs")
_LARGE_TABLE = 2000
_DPI = 130.0


@dataclass(frozen=True)
class Question:
    """One question of the report: the name of its files, the function that answers it, the command that repeats it."""

    name: str
    function: str
    arguments: tuple[str, ...]
    options: dict[str, Any]
    command: str


@dataclass(frozen=True)
class Study:
    """The report's questions and answers.

    Attributes
    ----------
    answers
        Results by the name of their files.
    skipped
        Why a question has no answer in this network, by the same names.
    """

    network: Network
    lang: str
    countries: tuple[str, str]
    modes: tuple[str, ...]
    scenario: Scenario | None
    questions: tuple[Question, ...]
    answers: dict[str, Result]
    skipped: dict[str, str]

    def answer(self, name: str) -> Any:
        """Return the result under a name, None where there is none."""
        return self.answers.get(name)

    def of(self, function: str) -> list[Question]:
        """Return the answered questions to one function."""
        return [q for q in self.questions if q.function == function and q.name in self.answers]


def write_report(
    network: Network,
    folder: str | Path,
    *,
    countries: tuple[str, str] | None = None,
    ends: tuple[str, str] = ("Kurgan", "Omsk"),
    modes: Sequence[str] = ("rail", "road"),
    scenario: Scenario | None = None,
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
        Origin and destination of the route that is drawn, also without entering the second country.
    modes
        ``rail``, ``road``, ``any``: one set of tables each.
    scenario
        What differs from today; None: nothing.
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
    study = _ask(
        network, lang, pair, tuple(modes), scenario, pose_questions(pair, ends, tuple(modes), scenario, network), tell
    )
    tell("writing tables")
    files = [path for question in study.questions for path in _write_tables(study, question, home)]
    files.append(write_text(home / "sources.csv", as_csv(network.sources)))
    pictures = draw_pictures(study, home, tell, _DPI)
    files += [picture.path for picture in pictures]
    tell("writing index.html")
    return [*files, write_page(study, pictures, home)]


def _silent(_: str) -> None:
    return


def find_pair(network: Network) -> tuple[str, str]:
    """Return the two countries with most crossings between them, as the crossings have them.

    Raises
    ------
    NoAnswerError
        If the network has no crossing.
    """
    if not len(network.crossings):
        raise NoAnswerError("a report needs a border: the network has no crossing")
    pairs = network.crossings.groupby(["country_a", "country_b"]).size()
    first, second = pairs.index[int(np.argmax(pairs.to_numpy()))]
    return str(first), str(second)


def pose_questions(
    pair: tuple[str, str], ends: tuple[str, str], modes: tuple[str, ...], scenario: Scenario | None, network: Network
) -> tuple[Question, ...]:
    """Return the questions of the report."""
    extra = _scenario_options(scenario) + ("" if network.name == "default" else f" --network {_quoted(network.name)}")
    asked = []

    def ask(name: str, function: str, arguments: tuple[str, ...], command: str, **options: Any) -> None:
        asked.append(Question(name, function, arguments, options, f"corridors {command}{extra}"))

    trip = "-".join("".join(c if c.isalnum() else "-" for c in end.casefold()) for end in ends)
    words = " ".join(_quoted(end) for end in ends)
    for mode in modes:
        ask(
            f"route-{trip}-{mode}",
            "route",
            ends,
            f"route {words} --mode {mode} --alternatives 2",
            mode=mode,
            alternatives=2,
        )
        away = f"{trip}-{mode}-avoiding-{pair[1].casefold()}"
        command = f"route {words} --mode {mode} --avoid-country {pair[1]}"
        ask(f"route-{away}", "route", ends, command, mode=mode, avoid_country=pair[1])
    for country, through in (pair, pair[::-1]):
        for mode in modes:
            for minimize in ("time", "distance"):
                name = f"transit-{country}-through-{through}-{mode}".casefold() + (
                    "" if minimize == "time" else "-distance"
                )
                command = f"transit {country} --through {through} --mode {mode} --minimize {minimize}"
                ask(
                    name,
                    "transit",
                    (country, through),
                    command,
                    mode=mode,
                    minimize=minimize,
                    sensitivity=minimize == "time",
                )
    for mode in dict.fromkeys((*modes, "any")):
        ask(f"crossings-{mode}", "crossings", (), f"crossings --mode {mode}", mode=mode)
    for mode in modes:
        ask(f"regions-{mode}", "regions", (), f"regions --mode {mode}", mode=mode)
    ask("matrix-any", "matrix", (), "matrix --mode any", mode="any")
    return tuple(asked)


def _quoted(text: str) -> str:
    from shlex import quote

    return quote(text)


def _scenario_options(scenario: Scenario | None) -> str:
    """Return the options of the command line that make a scenario."""
    if scenario is None:
        return ""
    options = [("--as-of", scenario.as_of)] if scenario.as_of else []
    options += [("--close", c) for c in scenario.close] + [("--close-region", r) for r in scenario.close_regions]
    options += [("--wait", f"{c}={h:g}") for c, h in scenario.wait_h.items()]
    options += [("--set", f"{k}={v:g}") for k, v in scenario.set.items()]
    if scenario.build:
        options.append(("--scenario", f"{scenario.name}.toml"))
    return "".join(f" {option} {_quoted(value)}" for option, value in options)


def _ask(
    network: Network,
    lang: str,
    pair: tuple[str, str],
    modes: tuple[str, ...],
    scenario: Scenario | None,
    questions: tuple[Question, ...],
    tell: Callable[[str], None],
) -> Study:
    """Ask all questions; one without an answer is left out, with the reason."""
    from corridors.analysis.crossings import crossings
    from corridors.analysis.regions import regions
    from corridors.analysis.routes import route
    from corridors.analysis.skims import matrix
    from corridors.analysis.transit import transit

    functions: dict[str, Any] = {
        "crossings": crossings,
        "regions": regions,
        "route": route,
        "matrix": matrix,
        "transit": transit,
    }
    answers: dict[str, Result] = {}
    skipped: dict[str, str] = {}
    problem: NoAnswerError | UsageError | None = None
    for question in questions:
        tell(question.command)
        try:
            answers[question.name] = functions[question.function](
                network, *question.arguments, scenario=scenario, **question.options
            )
        except (NoAnswerError, UsageError) as error:
            skipped[question.name] = str(error)
            problem = error
    if not answers and problem is not None:
        raise problem
    return Study(network, lang, pair, modes, scenario, questions, answers, skipped)


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
