"""The options that commands share, and what they mean together."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli.words import say
from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from corridors.analysis.results import Result
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

Mode = Annotated[str, typer.Option("--mode", metavar="any|rail|road", help="What may be travelled on.")]
Minimize = Annotated[
    str, typer.Option("--minimize", metavar="time|distance|cost|generalised", help="What is made least.")
]
Vehicle = Annotated[str, typer.Option("--vehicle", metavar="freight|passenger|lorry|car", help="Who travels.")]
Weights = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar="gravity|uniform|FILE",
        help="Weight of pairs; FILE: CSV origin, destination, weight.",
    ),
]
Zones = Annotated[
    str | None,
    typer.Option("--zones", metavar="FILE", help="CSV of zones: zone_id, y_coord, x_coord, population."),
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD.")]
ScenarioFile = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        metavar="FILE",
        help="A scenario in TOML, or one of those in compare --help; may be repeated, each on top of those before.",
    ),
]
Close = Annotated[
    list[str] | None, typer.Option("--close", metavar="CROSSING", help="Shut a crossing; may be repeated.")
]
CloseRegion = Annotated[
    list[str] | None,
    typer.Option("--close-region", metavar="REGION", help="Shut all crossings of a region; may be repeated."),
]
Wait = Annotated[
    list[str] | None,
    typer.Option("--wait", metavar="CROSSING=HOURS", help="Hours at a crossing; may be repeated."),
]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set an assumption; may be repeated.")
]
Draws = Annotated[str | None, typer.Option("--draws", metavar="N", help="How often to draw the waits. [route: 1000]")]
Seed = Annotated[str | None, typer.Option("--seed", metavar="S", help="Seed of the draws. [default: 0]")]
Correlation = Annotated[
    str | None,
    typer.Option("--correlation", metavar="R", help="Are crossings slow on the same days? 0: no, 1: all. [default: 0]"),
]
NetworkDir = Annotated[
    str | None, typer.Option("--network", metavar="DIR", help="Another network than the default one.")
]
DataDir = Annotated[str | None, typer.Option("--data", metavar="DIR", help="Other data than the default ones.")]
Format = Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print.")]
RouteFormat = Annotated[str, typer.Option("--format", metavar="table|json|csv|geojson|gpx", help="How to print.")]
Lang = Annotated[str, typer.Option("--lang", metavar="en|ru|kk", help="Language of names.")]
Chart = Annotated[str | None, typer.Option("--chart", metavar="OUT.(png|svg|pdf)", help="Draw the answer there, too.")]
Output = Annotated[str | None, typer.Option("--output", metavar="FILE", help="Write there instead of printing.")]


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


def check_chart(chart: str | None) -> None:
    """Refuse a chart of an unknown kind before anything is solved.

    Raises
    ------
    UsageError
        If the suffix is unknown.
    """
    if chart is not None:
        from corridors.views.maps import check_map_path

        check_map_path(chart)


def save_chart(found: Result, chart: str | None) -> None:
    """Draw an answer into a file, where one is named."""
    if chart is not None:
        from corridors.views.maps import save_map

        save_map(found.plot(), chart)


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

        scenario = read_scenario(file).on(scenario)
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
            raise UsageError(f"{option} {value!r}: expected {form}")
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


def show_progress(what: str) -> Callable[[int, int], None] | None:
    """Return a function that shows on a terminal's stderr how much is done; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, of: int) -> None:
        sys.stderr.write(f"\r{what}: {done} of {of}" if done < of else "\r\033[K")
        sys.stderr.flush()

    return tell
