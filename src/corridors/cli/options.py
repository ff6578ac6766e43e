"""The options that commands share, and what they mean together."""

from __future__ import annotations

import math
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corridors.cli import complete
from corridors.cli.words import say
from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from corridors.analysis.results import Result
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

QUESTION, SCENARIO, NETWORK, OUTPUT = "Question", "Scenario", "Network", "Output"
"""Under these headings the help shows the options."""
TRIPS, BORDER, PICTURES, TABLES = "Trips", "The border", "Pictures and pages", "The tables"
"""Under these the commands."""


def option(
    panel: str,
    name: str,
    metavar: str | None,
    help_: str,
    completer: complete.Completer | None = None,
    default: str | None = None,
) -> Any:
    """Return an option as the commands declare it; ``default`` is said where the real one is worked out later."""
    return typer.Option(
        name,
        metavar=metavar,
        help=help_,
        autocompletion=completer,
        show_default=True if default is None else default,
        rich_help_panel=panel,
    )


def place(metavar: str) -> Any:
    """Return an argument that names a place."""
    return typer.Argument(metavar=metavar, help="A place: name, id or lat,lon.", autocompletion=complete.places)


def country(panel: str, name: str, metavar: str, help_: str) -> Any:
    """Return an option that names a country."""
    return option(panel, name, metavar, help_, complete.countries)


def whose(example: str) -> Any:
    """Return an argument that names the country whose own traffic is asked for."""
    said = f"Whose own traffic, for example {example}."
    return typer.Argument(metavar="COUNTRY", help=said, autocompletion=complete.countries)


_values = complete.values
Mode = Annotated[
    str, option(QUESTION, "--mode", "any|rail|road", "What may be travelled on.", _values("any", "rail", "road"))
]
Minimize = Annotated[
    str,
    option(
        QUESTION,
        "--minimize",
        "COST",
        "What is made least: time, distance, cost or generalised.",
        _values("time", "distance", "cost", "generalised"),
    ),
]
Vehicle = Annotated[
    str,
    option(
        QUESTION,
        "--vehicle",
        "VEHICLE",
        "Who travels: freight, passenger, lorry or car.",
        _values("freight", "passenger", "lorry", "car"),
    ),
]
Weights = Annotated[
    str,
    option(
        QUESTION,
        "--weights",
        "WEIGHTS",
        "Weight of pairs: gravity, uniform, or a CSV of origin, destination, weight.",
        _values("gravity", "uniform"),
    ),
]
Zones = Annotated[
    str | None, option(QUESTION, "--zones", "FILE", "CSV of zones: zone_id, y_coord, x_coord, population.")
]
AsOf = Annotated[
    str | None,
    option(SCENARIO, "--as-of", "DATE", "YYYY, YYYY-MM or YYYY-MM-DD.", default="the network's own date"),
]
ScenarioFile = Annotated[
    list[str] | None,
    option(
        SCENARIO,
        "--scenario",
        "FILE",
        "A scenario in TOML, or one of those in compare --help; may be repeated, each on top of those before.",
        complete.scenarios,
    ),
]
Close = Annotated[
    list[str] | None,
    option(SCENARIO, "--close", "CROSSING", "Shut a crossing; may be repeated.", complete.crossings),
]
CloseRegion = Annotated[
    list[str] | None,
    option(SCENARIO, "--close-region", "REGION", "Shut all crossings of a region; may be repeated.", complete.regions),
]
Wait = Annotated[
    list[str] | None,
    option(SCENARIO, "--wait", "CROSSING=HOURS", "Hours at a crossing; may be repeated.", complete.waits),
]
Set = Annotated[list[str] | None, option(SCENARIO, "--set", "KEY=VALUE", "Set an assumption; may be repeated.")]
RouteDraws = Annotated[
    str | None,
    option(QUESTION, "--draws", "N", "With --percentiles: how often to draw the waits.", default="1000"),
]
TransitDraws = Annotated[
    str | None, option(QUESTION, "--draws", "N", "Draw the waits so often: how far the dependency moves.")
]
CrossingDraws = Annotated[
    str | None, option(QUESTION, "--draws", "N", "Draw the waits so often: how far the ranking moves.")
]
Seed = Annotated[str | None, option(QUESTION, "--seed", "S", "Seed of the draws.", default="0")]
Correlation = Annotated[
    str | None,
    option(QUESTION, "--correlation", "R", "Are crossings slow on the same days? 0: no, 1: all.", default="0"),
]
NetworkDir = Annotated[str | None, option(NETWORK, "--network", "DIR", "Another network than the default one.")]
DataDir = Annotated[
    str | None,
    option(
        NETWORK,
        "--data",
        "DIR",
        "The directory of regions.csv, populations.csv, sources.csv, claims.csv and assumptions.toml.",
        default="the network's own, or the default one",
    ),
]


def _format(*names: str) -> Any:
    known = ", ".join(names[:-1]) + " or " + names[-1]
    return option(
        OUTPUT, "--format", "FORMAT", f"How to print: {known}.", _values(*(name.split()[-1] for name in names))
    )


Format = Annotated[str, _format("table", "json", "csv")]
RouteFormat = Annotated[str, _format("table", "json", "csv", "geojson", "gpx")]
InfoFormat = Annotated[str, _format("table", "json", "csv", "with --coverage markdown")]
Lang = Annotated[
    str,
    option(
        OUTPUT,
        "--lang",
        "en|ru|kk",
        "Language of tables, pictures and messages; the keys of json and csv stay.",
        _values("en", "ru", "kk"),
    ),
]
Chart = Annotated[str | None, option(OUTPUT, "--chart", "FILE", "Draw the answer there, too: .png, .svg or .pdf.")]
ROUTE_CHARTS, TRANSIT_CHARTS = "time|cost|line|arrivals", "regions|crossings"
RouteChartKind = Annotated[
    str | None,
    option(
        OUTPUT,
        "--chart-kind",
        "KIND",
        "With --chart: time, cost or line (of stops), or with --percentiles arrivals.",
        _values(*ROUTE_CHARTS.split("|")),
        default="time",
    ),
]
TransitChartKind = Annotated[
    str | None,
    option(
        OUTPUT,
        "--chart-kind",
        "KIND",
        "With --chart: regions, or with --draws crossings.",
        _values(*TRANSIT_CHARTS.split("|")),
        default="regions",
    ),
]
Output = Annotated[str | None, option(OUTPUT, "--output", "FILE", "Write there instead of printing.")]


def check_format(value: str, *more: str) -> str:
    """Return a format of the command.

    Raises
    ------
    UsageError
        If the command has no such format.
    """
    known = ("table", "json", "csv", *more)
    if value not in known:
        raise UsageError(f"format {value!r} is unknown, expected one of {', '.join(known)}")
    return value


def number(option: str, value: str) -> float:
    """Return the number an option gives.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return float(value)
    except ValueError:
        raise UsageError(f"{option} {value!r}: expected a number") from None


def whole_number(option: str, value: str) -> int:
    """Return the whole number an option gives.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return int(value)
    except ValueError:
        raise UsageError(f"{option} {value!r}: expected a whole number") from None


def check_only_with(option: str, given: bool, others: dict[str, str | None]) -> None:
    """Refuse options that mean something only together with another.

    Raises
    ------
    UsageError
        If one of the others is given without it.
    """
    for name, value in others.items():
        if value is not None and not given:
            raise UsageError(f"{name} {value}: expected together with {option}")


def check_chart(
    chart: str | None, kind: str | None = None, kinds: str = "", only_with: dict[str, tuple[str, bool]] | None = None
) -> None:
    """Refuse a chart that cannot be drawn before anything is solved.

    Parameters
    ----------
    chart, kind
        What ``--chart`` and ``--chart-kind`` say.
    kinds
        Those that the command has, as its help shows them.
    only_with
        For some kinds: the option that each needs, and whether it is given.

    Raises
    ------
    UsageError
        If the suffix or the kind is unknown, a kind is given without a chart, or without what it draws.
    """
    check_only_with("--chart", chart is not None, {"--chart-kind": kind})
    if kind is not None:
        if kind not in kinds.split("|"):
            raise UsageError(f"--chart-kind {kind!r}: expected one of {', '.join(kinds.split('|'))}")
        option, given = (only_with or {}).get(kind, ("", True))
        check_only_with(option, given, {"--chart-kind": kind})
    if chart is not None:
        from corridors.views.maps import check_map_path

        check_map_path(chart)


def save_chart(found: Result, chart: str | None, kind: str | None = None) -> None:
    """Draw an answer into a file, where one is named."""
    if chart is not None:
        from corridors.views.maps import save_map

        save_map(found.plot(kind=kind), chart)


def load_network(network: str | None, data: str | None, lang: str) -> Network:
    """Return the network that the options name."""
    from corridors.sources.tables import load

    return load(network, data, language=lang)


def read_zones_option(file: str | None) -> pd.DataFrame | None:
    """Return the zones of a file; None: the default ones."""
    if file is None:
        return None
    from corridors.sources.user_tables import read_zones

    return read_zones(file)


def read_weights_option(value: str) -> str | pd.DataFrame:
    """Return ``gravity``, ``uniform``, or the weights of a file.

    Raises
    ------
    UsageError
        If it is neither word and no such file exists.
    """
    if value in {"gravity", "uniform"}:
        return value
    from pathlib import Path

    if not value or not Path(value).exists():
        raise UsageError(f"--weights {value!r}: expected gravity, uniform or a CSV with origin, destination, weight")
    from corridors.sources.user_tables import read_weights

    return read_weights(value)


def read_scenario_options(
    as_of: str | None,
    files: list[str] | None,
    close: list[str] | None,
    close_region: list[str] | None,
    wait: list[str] | None,
    set_: list[str] | None,
) -> Scenario:
    """Return the scenario that the options describe, on top of those of the files, each on top of those before.

    Raises
    ------
    UsageError
        If a ``NAME=NUMBER`` option is not one.
    """
    from corridors.model.scenario import Scenario

    scenario = Scenario()
    for file in files or ():
        from corridors.sources.scenarios import read_scenario

        found = read_scenario(file)
        name = found.name if scenario.name == Scenario().name else f"{scenario.name} + {found.name}"
        scenario = replace(found.on(scenario), name=name)
    return replace(
        scenario,
        as_of=scenario.as_of if as_of is None else as_of,
        close=(*scenario.close, *(close or ())),
        close_regions=(*scenario.close_regions, *(close_region or ())),
        wait_h={**scenario.wait_h, **_pairs("--wait", "CROSSING=HOURS", wait)},
        set={**scenario.set, **_pairs("--set", "KEY=VALUE", set_)},
    )


def _pairs(option: str, form: str, values: list[str] | None) -> dict[str, float]:
    found = {}
    for value in values or ():
        name, _, number = value.rpartition("=")
        try:
            found[name] = float(number)
        except ValueError:
            found[name] = math.nan
        if not name or math.isnan(found[name]):
            raise UsageError(f"{option} {value!r}: expected {'a number' if name else form}")
    return found


def read_draw_options(
    asked: str | None, draws: str | None, seed: str | None, correlation: str | None
) -> tuple[int, int, float]:
    """Return how many draws, their seed and their correlation.

    Parameters
    ----------
    asked
        The option without which the others mean nothing; None: it is given.

    Raises
    ------
    UsageError
        If an option is no number, no draw is asked for, or one is given for nothing.
    """
    given = {"--draws": draws, "--seed": seed, "--correlation": correlation}
    for option, value in given.items():
        if asked and value is not None:
            raise UsageError(f"{option} {value!r}: expected {asked} with it")
    number_of = 0 if asked else whole_number("--draws", "1000" if draws is None else draws)
    if not asked and number_of < 1:
        raise UsageError(f"--draws {draws!r}: expected at least 1")
    return (
        number_of,
        whole_number("--seed", "0" if seed is None else seed),
        number("--correlation", "0" if correlation is None else correlation),
    )


def say_where_draws_are(drawn: bool, form: str, lang: str) -> None:
    """Say on stderr that what was drawn is not in a format that has one table."""
    if drawn and form not in {"table", "json"}:
        where = say(lang, "what was drawn is not in {format}, only in table and json", format=form)
        typer.echo(f"corridors: {where}", err=True)


@contextmanager
def progress(lang: str, what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show on a terminal's stderr that something is at work, and how much is done where that is told.

    Gives a function to tell it with; None where nobody looks, or the terminal cannot move its cursor.
    """
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM", "") in {"dumb", "unknown"}:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(say(lang, what), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
