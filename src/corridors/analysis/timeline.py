"""Transit dependency year by year, and what moved it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.lookup import find_country
from corridors.analysis.results import Result, plain, records
from corridors.analysis.setting import Setting, pose
from corridors.analysis.transit import own_pairs, pair_figures
from corridors.analysis.zones import Zones, connect, default_zones, name_of_weights, pair_weights, user_zones
from corridors.engine.dated import change_days
from corridors.errors import UsageError
from corridors.model.dates import last_day
from corridors.model.scenario import Scenario
from corridors.model.vehicles import VEHICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corridors.model.network import Network

FIRST_YEAR = 1991
_FIGURES = ("dependency", "captive_share", "unserved_share", "foreign_km_share")
_SHOWN = ("dependency", "captive_share")
_MOVED = 1e-9


@dataclass(frozen=True)
class Timeline(Result):
    """Dependency by year; ``table`` has one row a year, as of its last day.

    Attributes
    ----------
    events
        One row for each day on which a figure moved: date (as the source gives it), what happened, dependency and
        captive share before and after, change of the dependency.
    """

    events: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    def to_json(self) -> dict[str, Any]:
        """Return years and events as plain data."""
        found: dict[str, Any] = plain(
            {"years": records(self.table), "events": records(self.events), "settings": self.settings}
        )
        return found


def timeline(
    network: Network,
    country: str,
    through: str,
    *,
    first: int = FIRST_YEAR,
    last: int | None = None,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Timeline:
    """Return how a country's dependency on another's territory moved over the years, and by which events.

    Zones, populations and weights are those of the network's own date in every year: what moves is the network alone.
    Lines without dated periods count as they are today, so the further back, the less it can know.

    Parameters
    ----------
    network
        The network.
    country, through
        Whose own traffic, and the country passed through.
    first, last
        Years; None: the year of the network's own date. A later one shows what is planned, where its date is known.
    progress
        Called with how many states of the network are solved, and of how many.
    mode, minimize, vehicle, weights, zones, scenario
        As in :func:`corridors.analysis.transit.transit`; the scenario's date is the last one shown.

    Returns
    -------
    Timeline
        Dependency, captive, unserved and foreign km shares by year, and the events that moved them.

    Raises
    ------
    UsageError
        If a year lies before 1991 or the years are not in order, a country is unknown or both are the same.
    NoAnswerError
        If the country has fewer than two zones, or no pair is joined.

    Examples
    --------
    >>> import corridors as co
    >>> found = timeline(co.load(), "KZ", "RU", mode="rail", first=2003, last=2005)
    >>> found.table.index.tolist()
    [2003, 2004, 2005]
    """
    country, through = find_country(network, country), find_country(network, through, "through")
    if country == through:
        raise UsageError(f"through {through}: the same country, expected another")
    scenario = scenario or Scenario()
    reference = last_day(scenario.as_of or network.assumptions.reference_date)
    last = reference.year if last is None else last
    if not FIRST_YEAR <= first <= last:
        raise UsageError(f"years {first} to {last}: expected from {FIRST_YEAR} on, the first not after the last")
    now = replace(scenario, as_of=None)
    today = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=now)
    table = default_zones(today) if zones is None else user_zones(zones, today)
    weight = pair_weights(today, Zones(table, connect(today, table)), weights)
    solve = _Solver(today, table, weight, country, through)
    who = frozenset(VEHICLES[vehicle].on.values())
    ends = [reference if year == reference.year else date(year, 12, 31) for year in range(first, last + 1)]
    changes = [d for d in change_days(network, who) if date(first, 1, 1) <= d <= ends[-1]]
    before = date(first - 1, 12, 31)
    days = sorted({before, *changes, *ends})
    found: dict[date, dict[str, float]] = {}
    for done, day in enumerate(days):
        if progress:
            progress(done, len(days))
        found[day] = solve(day)
    periods = _periods_of(network, mode, who)
    moved = list(_moves(network, changes, days, found, periods))
    by_year: dict[int, list[str]] = {}
    for row in moved:
        by_year.setdefault(row["day"].year, []).append(row["event"])
    years = pd.DataFrame(
        [{"year": d.year, **found[d], "events": "; ".join(by_year.get(d.year, []))} for d in ends]
    ).set_index("year")
    since = years["dependency"].iloc[0] - found[before]["dependency"]
    years.insert(1, "change", years["dependency"].diff().fillna(since))
    columns = ["date", "event", *(f"{f}_{w}" for f in _SHOWN for w in ("before", "after")), "change"]
    events = pd.DataFrame([{c: row[c] for c in columns} for row in moved], columns=columns)
    settings = today.describe() | {
        "country": country,
        "through": through,
        "weights": name_of_weights(weights),
        "zones": int((table["country"] == country).sum()),
        "years": f"{first}–{last}",
    }
    title = f"Dependency of {country} on transit through {through} by {mode}, {first}–{last}"
    return Timeline(title, years, settings, network, events)


class _Solver:
    """Solves a day once for each state the network was in."""

    def __init__(self, today: Setting, zones: pd.DataFrame, weight: Any, country: str, through: str) -> None:
        self.today, self.zones, self.weight = today, zones, weight
        self.country, self.through = country, through
        self.known: dict[bytes, dict[str, float]] = {}

    def __call__(self, day: date) -> dict[str, float]:
        today = self.today
        scenario = replace(today.scenario, as_of=day.isoformat())
        setting = pose(
            today.network, mode=today.mode, minimize=today.minimize, vehicle=today.vehicle, scenario=scenario
        )
        supply = setting.supply
        state = hashlib.sha256()
        for array in (supply.tail, supply.head, supply.link, setting.arc_cost, setting.border_cost):
            state.update(np.ascontiguousarray(array).tobytes())
        if state.digest() not in self.known:
            zones = Zones(self.zones, connect(setting, self.zones))
            graph = setting.graph(zones.terminals)
            own, _ = own_pairs(setting, graph, zones, self.weight, self.country, self.through)
            figures = pair_figures(own, np.ones_like(own.weight, bool), setting, self.through)
            self.known[state.digest()] = {name: figures[name] for name in _FIGURES}
        return self.known[state.digest()]


def _periods_of(network: Network, mode: str, vehicles: frozenset[str]) -> pd.DataFrame:
    """Return the periods of what is travelled on, for those who travel."""
    periods = network.periods[network.periods["vehicle"].isna() | network.periods["vehicle"].isin(list(vehicles))]
    if mode == "any":
        return periods
    of_mode = [table.index[table["mode"] == mode] for table in (network.links, network.crossings)]
    return periods[periods["object_id"].isin(of_mode[0].union(of_mode[1]))]


def _moves(
    network: Network,
    changes: list[date],
    days: list[date],
    found: dict[date, dict[str, float]],
    periods: pd.DataFrame,
) -> Iterator[dict[str, Any]]:
    """Yield each day that moved a figure, with what happened on it."""
    for day in changes:
        was, now = found[days[days.index(day) - 1]], found[day]
        if all(abs(now[f] - was[f]) <= _MOVED for f in _FIGURES):
            continue
        on = [
            (text, row)
            for column in ("from", "to")
            for text, (_, row) in zip(periods[column], periods.iterrows(), strict=True)
            if isinstance(text, str) and last_day(text) == day
        ]
        yield {
            "day": day,
            "date": min(text for text, _ in on),
            "event": "; ".join(dict.fromkeys(_event_name(network, text == row["to"], row) for text, row in on)),
            **{f"{f}_before": was[f] for f in _SHOWN},
            **{f"{f}_after": now[f] for f in _SHOWN},
            "change": now["dependency"] - was["dependency"],
        }


def _event_name(network: Network, ended: bool, period: pd.Series) -> str:
    if isinstance(period["event_id"], str):
        return str(network.names("events")[period["event_id"]]) + (" (end)" if ended else "")
    what = str(period["object_id"])
    if what in network.crossings.index:
        what = str(network.names("crossings")[what])
    elif isinstance(network.links["name"][what], str):
        what = str(network.links["name"][what])
    change = "end of " if ended else ""
    return f"{what}: {change}{period['attribute'].replace('_', ' ')} {period['value']}"
