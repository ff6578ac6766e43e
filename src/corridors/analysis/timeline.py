"""Transit dependency year by year, and what changed on the days it moved."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.lookup import find_country
from corridors.analysis.results import Result, plain, records
from corridors.analysis.setting import Setting, pose
from corridors.analysis.transit import own_pairs, pair_figures
from corridors.analysis.zones import (
    Zones,
    check_zones,
    connect,
    default_zones,
    name_of_weights,
    pair_weights,
    user_zones,
)
from corridors.engine.dated import change_days
from corridors.errors import NoAnswerError, UsageError
from corridors.model.dates import last_day
from corridors.model.scenario import Scenario
from corridors.model.schema import split_codes
from corridors.model.vehicles import VEHICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corridors.engine.legs import Legs
    from corridors.model.network import Network

FIRST_YEAR = 1991
_MOST_YEARS_AHEAD = 100
_FIGURES = ("dependency", "captive_share", "unserved_share", "foreign_km_share")
_SHOWN = ("dependency", "captive_share")
_MOVED = 1e-9
_TRAVELLED_BY = ("status", "free_speed_kmh", "surface", "hours_per_day")
"""Attributes of periods that a path depends on."""
_END = {"en": "{} (end)", "ru": "{} (конец)", "kk": "{} (соңы)"}


@dataclass(frozen=True, repr=False)
class Timeline(Result):
    """Dependency by year; ``table`` has one row a year, as of its last day (the last year: of the date asked).

    Attributes
    ----------
    events
        One row for each day on which a figure moved: date (as the source gives it), what changed that day, dependency
        and captive share before and after, change of the dependency.
    """

    events: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        first, last = self.table.index[0], self.table.index[-1]
        found = {f"dependency_{year}": float(self.table.loc[year, "dependency"]) for year in (first, last)}
        found |= {f"captive_share_{year}": float(self.table.loc[year, "captive_share"]) for year in (first, last)}
        return found | {"events": len(self.events)}

    def shown_tables(self) -> list[tuple[str, pd.DataFrame]]:
        """Return the days on which the dependency moved, and the years that differ from the one before."""
        differs = self.table["change"].fillna(0.0).round(4).ne(0)
        differs.iloc[[0, -1]] = True
        years = self.table.loc[differs].drop(columns="events")
        return [("What changed on the days it moved", self.events), ("Years that differ from the one before", years)]

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
    """Return how a country's dependency on another's territory moved over the years, and what changed meanwhile.

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
        Called with how many days are solved, and of how many.
    mode, minimize, vehicle, weights, zones, scenario
        As in :func:`corridors.analysis.transit.transit`; the scenario's date is the last one shown.

    Returns
    -------
    Timeline
        Dependency, captive, unserved and foreign km shares by year (nan: no pair is joined), and what moved them.

    Raises
    ------
    UsageError
        If a year is out of range or the years are not in order, a country is unknown or both are the same.
    NoAnswerError
        If the country has fewer than two zones, or no pair is joined on any day.

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
    ends = _year_ends(last_day(scenario.as_of or network.assumptions.reference_date), first, last)
    now = replace(scenario, as_of=None)
    today = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=now)
    table = default_zones(today) if zones is None else user_zones(zones, today)
    check_zones(table, today)
    weight = pair_weights(today, Zones(table, connect(today, table)), weights)
    who = frozenset(VEHICLES[vehicle].on.values())
    changes = [day for day in change_days(network, who) if date(first, 1, 1) <= day <= ends[-1]]
    days = [date(first - 1, 12, 31), *changes]
    found = _solve(today, table, weight, country, through, days, progress)
    moved = list(_moves(network, days, found, _periods_of(network, mode, vehicle)))
    settings = today.describe() | {
        "as_of": ends[-1].isoformat(),
        "country": country,
        "through": through,
        "weights": name_of_weights(weights),
        "zones": int((table["country"] == country).sum()),
        "zones_as_of": today.as_of,
        "years": f"{ends[0].year}–{ends[-1].year}",
    }
    title = f"Dependency of {country} on transit through {through} by {mode}, {settings['years']}"
    columns = ["date", "event", *(f"{f}_{w}" for f in _SHOWN for w in ("before", "after")), "change"]
    events = pd.DataFrame([{c: row[c] for c in columns} for row in moved], columns=columns)
    return Timeline(title, _by_year(ends, days, found, moved), settings, network, events)


def _year_ends(reference: date, first: int, last: int | None) -> list[date]:
    """Return the last day of each year; of a last year that the reference date lies in, that date."""
    final = reference.year if last is None else last
    latest = reference.year + _MOST_YEARS_AHEAD
    if not FIRST_YEAR <= first <= final <= latest:
        raise UsageError(f"years {first} to {final}: expected {FIRST_YEAR} to {latest}, the first not after the last")
    ends = [date(year, 12, 31) for year in range(first, final + 1)]
    return [*ends[:-1], reference] if final == reference.year else ends


def _solve(
    today: Setting,
    zones: pd.DataFrame,
    weight: Any,
    country: str,
    through: str,
    days: list[date],
    progress: Callable[[int, int], None] | None,
) -> list[dict[str, float]]:
    """Return the figures on each day; a state of the network that comes again is not solved again."""
    known: dict[bytes, dict[str, float]] = {}
    legs: dict[bytes, Legs] = {}  # most changes touch one country
    found, complaint = [], None
    for done, day in enumerate(days):
        if progress:
            progress(done, len(days))
        scenario = replace(today.scenario, as_of=day.isoformat())
        setting = pose(
            today.network, mode=today.mode, minimize=today.minimize, vehicle=today.vehicle, scenario=scenario
        )
        supply, state = setting.supply, hashlib.sha256()
        for array in (supply.tail, supply.head, supply.link, setting.arc_cost, setting.border_cost):
            state.update(np.ascontiguousarray(array).tobytes())
        key = state.digest()
        if key not in known:
            there = Zones(zones, connect(setting, zones))
            try:
                own = own_pairs(setting, setting.graph(there.terminals), there, weight, country, through, legs)
            except NoAnswerError as error:  # nothing was joined yet
                complaint = error
                known[key] = dict.fromkeys(_FIGURES, np.nan)
            else:
                figures = pair_figures(own, np.ones_like(own.weight, bool), setting, through)
                known[key] = {name: figures[name] for name in _FIGURES}
        found.append(known[key])
    if progress:
        progress(len(days), len(days))
    if complaint and all(np.isnan(figures["dependency"]) for figures in found):
        raise complaint
    return found


def _by_year(
    ends: list[date], days: list[date], found: list[dict[str, float]], moved: list[dict[str, Any]]
) -> pd.DataFrame:
    rows = []
    for end in ends:
        events = [m["event"] for m in moved if m["day"].year == end.year]
        rows.append({"year": end.year, **found[bisect_right(days, end) - 1], "events": "; ".join(events)})
    years = pd.DataFrame(rows).set_index("year")
    change = years["dependency"].diff()
    if ends[0].year > FIRST_YEAR:  # what was before the first year nobody asked
        change.iloc[0] = years["dependency"].iloc[0] - found[0]["dependency"]
    years.insert(1, "change", change)
    return years


def _periods_of(network: Network, mode: str, vehicle: str) -> pd.DataFrame:
    """Return the periods that a traveller can notice: of what is used, and of attributes that a path depends on."""
    traveller = VEHICLES[vehicle]
    periods = network.periods[network.periods["attribute"].isin(_TRAVELLED_BY)]
    periods = periods[periods["vehicle"].isna() | periods["vehicle"].isin(list(traveller.on.values()))]
    usable = network.links["allowed_uses"].map(lambda uses: not traveller.uses.isdisjoint(split_codes(uses)))
    links = network.links[usable & (network.links["mode"].eq(mode) | (mode == "any"))]
    crossings = network.crossing_links.loc[network.crossing_links["link_id"].isin(links.index), "crossing_id"]
    return periods[periods["object_id"].isin(links.index) | periods["object_id"].isin(crossings)]


def _moves(
    network: Network, days: list[date], found: list[dict[str, float]], periods: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    """Yield each day that moved a figure, with all that changed on it."""
    for day, was, now in zip(days[1:], found[:-1], found[1:], strict=True):
        if all(abs(now[f] - was[f]) <= _MOVED or (np.isnan(now[f]) and np.isnan(was[f])) for f in _FIGURES):
            continue
        on = [
            (text, column == "to", row)
            for column in ("from", "to")
            for text, (_, row) in zip(periods[column], periods.iterrows(), strict=True)
            if isinstance(text, str) and last_day(text) == day
        ]
        yield {
            "day": day,
            "date": max((text for text, _, _ in on), key=len, default=day.isoformat()),
            "event": "; ".join(dict.fromkeys(_event_name(network, ended, row) for _, ended, row in on)),
            **{f"{f}_before": was[f] for f in _SHOWN},
            **{f"{f}_after": now[f] for f in _SHOWN},
            "change": now["dependency"] - was["dependency"],
        }


def _event_name(network: Network, ended: bool, period: pd.Series) -> str:
    event, what = period["event_id"], str(period["object_id"])
    if isinstance(event, str) and event in network.events.index:
        name = str(network.names("events")[event])
    else:
        if what in network.crossings.index:
            what = str(network.names("crossings")[what])
        elif isinstance(network.links["name"][what], str):
            what = str(network.links["name"][what])
        name = f"{what}: {period['attribute'].replace('_', ' ')} {period['value']}"
    return _END[network.language].format(name) if ended else name
