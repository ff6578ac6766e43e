"""The questions of the report and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.setting import pose
from corridors.analysis.zones import latest_population
from corridors.errors import NoAnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridors.analysis.results import Result
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

DRAWS = 200
"""How often waits are drawn for the spread of a dependency."""


@dataclass(frozen=True)
class Question:
    """One question of the report: the name of its files, the function that answers it, the command that repeats it."""

    name: str
    function: str
    arguments: tuple[Any, ...]
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
    compared: tuple[Scenario, ...]
    questions: tuple[Question, ...]
    answers: dict[str, Result]
    skipped: dict[str, str]

    def answer(self, name: str) -> Any:
        """Return the result under a name, None where there is none."""
        return self.answers.get(name)

    def of(self, function: str) -> list[Question]:
        """Return the answered questions to one function."""
        return [q for q in self.questions if q.function == function and q.name in self.answers]


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


def find_ends(network: Network, country: str, modes: tuple[str, ...] = ("any",)) -> tuple[str, str]:
    """Return the ends of the route of a report: Kurgan and Omsk, or else the largest places of two joined countries.

    They are the most populous places of the first two countries, by population, that all modes join: else one mode;
    else the two largest places of a country.

    Examples
    --------
    >>> import corridors as co
    >>> find_ends(co.load(), "RU")
    ('Kurgan', 'Omsk')
    """
    default = ("Kurgan", "Omsk")
    if {"kurgan", "omsk"} <= set(network.places.index):
        return default
    for asked in (modes, *((mode,) for mode in modes)):
        if (across := _across(network, asked)) is not None:
            return across
    there = network.places.index.isin(network.nodes["place_id"].dropna())
    known = network.places.index[there & (network.places["country"] == country).to_numpy(bool)]
    largest = latest_population(network).reindex(known).fillna(0).sort_values(ascending=False, kind="stable").index
    # where there are not two the report says that the route has no answer
    return (str(largest[0]), str(largest[1])) if len(largest) > 1 else default


def _joined(network: Network, mode: str) -> pd.Series:
    """Return the connected part of the network that each travelled node lies in, by id."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    try:
        supply = pose(network, mode=mode).supply
    except UsageError:  # no link of that mode
        return pd.Series(dtype=float)
    tail, head = supply.node_row[supply.tail], supply.node_row[supply.head]
    size = len(network.nodes)
    part = connected_components(coo_array((np.ones(len(tail)), (tail, head)), shape=(size, size)), directed=False)[1]
    touched = np.unique(np.concatenate([tail, head]))
    return pd.Series(part[touched].astype(float), network.nodes.index[touched])


def _across(network: Network, modes: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the most populous places of the first two countries that each of the modes joins; None: no two."""
    at = pd.DataFrame({mode: _joined(network, mode) for mode in modes}, index=network.nodes.index)
    at = at.assign(place=network.nodes["place_id"]).dropna(subset="place")
    parts = [at[["place", mode]].dropna().drop_duplicates() for mode in modes]
    joined = reduce(lambda a, b: a.merge(b, on="place"), parts)
    joined = joined[joined["place"].isin(network.places.index)]
    people = latest_population(network).reindex(network.places.index).fillna(0)
    joined = joined.assign(
        people=people.reindex(joined["place"]).to_numpy(),
        country=network.places["country"].reindex(joined["place"]).to_numpy(),
    ).sort_values("people", ascending=False, kind="stable")
    first = joined.drop_duplicates(["country", *modes])
    by_size = people.groupby(network.places["country"]).sum().sort_values(ascending=False, kind="stable").index
    for a, b in combinations(by_size, 2):
        both = first[first["country"] == a].merge(first[first["country"] == b], on=list(modes), sort=False)
        if len(both):
            return str(both["place_x"].iloc[0]), str(both["place_y"].iloc[0])
    return None


def pose_questions(
    pair: tuple[str, str],
    ends: tuple[str, str],
    modes: tuple[str, ...],
    scenario: Scenario | None,
    compared: tuple[Scenario, ...],
    network: Network,
) -> tuple[Question, ...]:
    """Return the questions of the report."""
    extra = _scenario_options(scenario) + ("" if network.name == "default" else f" --network {_quoted(network.name)}")
    asked = []

    def ask(name: str, function: str, arguments: tuple[Any, ...], command: str, **options: Any) -> None:
        asked.append(Question(name, function, arguments, options, f"corridors {command}{extra}"))

    trip = "-".join("".join(c if c.isalnum() else "-" for c in end.casefold()) for end in ends)
    words = " ".join(_quoted(end) for end in ends)
    homes = {network.places["country"].get(end) for end in ends}
    for mode in modes:
        ask(
            f"route-{trip}-{mode}",
            "route",
            ends,
            f"route {words} --mode {mode} --alternatives 2",
            mode=mode,
            alternatives=2,
        )
        if pair[1] in homes:  # nobody gets there without entering it
            continue
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
                draws = DRAWS if minimize == "time" else 0
                ask(
                    name,
                    "transit",
                    (country, through),
                    command + (f" --draws {draws}" if draws else ""),
                    mode=mode,
                    minimize=minimize,
                    sensitivity=minimize == "time",
                    draws=draws,
                )
    for mode in dict.fromkeys((*modes, "any")):
        ask(f"crossings-{mode}", "crossings", (), f"crossings --mode {mode}", mode=mode)
    for mode in modes:
        ask(f"regions-{mode}", "regions", (), f"regions --mode {mode}", mode=mode)
    if compared:
        called = " ".join(_quoted(s.name) for s in compared)
        for mode in modes:
            ask(f"compare-{mode}", "compare", (compared,), f"compare {called} --mode {mode}", mode=mode)
    if len(network.periods):
        for country, through in (pair, pair[::-1]):
            name = f"timeline-{country}-through-{through}-{modes[0]}".casefold()
            command = f"timeline {country} --through {through} --mode {modes[0]}"
            ask(name, "timeline", (country, through), command, mode=modes[0])
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
    if scenario.build or scenario.speed_kmh or scenario.wait_factor != 1:  # there is no option for these
        options.append(("--scenario", f"{scenario.name}.toml"))
    return "".join(f" {option} {_quoted(value)}" for option, value in options)


def ask(
    network: Network,
    lang: str,
    pair: tuple[str, str],
    modes: tuple[str, ...],
    scenario: Scenario | None,
    compared: tuple[Scenario, ...],
    questions: tuple[Question, ...],
    tell: Callable[[str], None],
) -> Study:
    """Ask all questions; one without an answer is left out, with the reason."""
    from corridors.analysis.compare import compare
    from corridors.analysis.crossings import crossings
    from corridors.analysis.regions import regions
    from corridors.analysis.routes import route
    from corridors.analysis.skims import matrix
    from corridors.analysis.timeline import timeline
    from corridors.analysis.transit import transit
    from corridors.engine.dated import network_on

    functions: dict[str, Any] = {
        "compare": compare,
        "crossings": crossings,
        "regions": regions,
        "route": route,
        "matrix": matrix,
        "timeline": timeline,
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
    # pictures and counts show the network of that day; a timeline needs all of its periods
    shown = network_on(network, scenario.as_of) if scenario is not None and scenario.as_of else network
    return Study(shown, lang, pair, modes, scenario, compared, questions, answers, skipped)
