"""Skims between zones, and what can be reached from a place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.lookup import find_spot
from corridors.analysis.results import Result, plain, records, share
from corridors.analysis.setting import pose
from corridors.analysis.zones import build_zones, connect_spots
from corridors.engine.paths import overlays_of, skim
from corridors.errors import UsageError

if TYPE_CHECKING:
    from corridors.analysis.zones import Zones
    from corridors.engine.graph import Terminals
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario


@dataclass(frozen=True, repr=False)
class Matrix(Result):
    """Skims; ``table`` has one row for each ordered pair of zones."""

    zones: Zones | None = field(default=None, repr=False)

    def wide(self, column: str = "time_h") -> pd.DataFrame:
        """Return one column as a square table, origins down, destinations across."""
        return self.table.pivot(index="origin", columns="destination", values=column)  # noqa: PD010

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        hours = self.table["time_h"]
        return {"pairs": len(self.table), "joined": int(hours.notna().sum()), "median_time_h": float(hours.median())}


@dataclass(frozen=True, repr=False)
class Reach(Result):
    """What lies within some hours of a place; ``table`` has one row a zone, nearest first."""

    figures: dict[str, Any] = field(default_factory=dict)

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        return self.figures

    def to_json(self) -> dict[str, Any]:
        """Return the figures and the zones."""
        found: dict[str, Any] = plain(self.figures | {"zones": records(self.table), "settings": self.settings})
        return found


def matrix(
    network: Network,
    *,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
) -> Matrix:
    """Return skims: time, km, money, waits and km by country on the best path of each ordered pair of zones.

    Parameters
    ----------
    network, mode, minimize, vehicle, zones, scenario
        As in :func:`corridors.analysis.transit.transit`.

    Returns
    -------
    Matrix
        Pairs that are not joined have empty cells.

    Examples
    --------
    >>> import corridors as co
    >>> skims = matrix(co.load(), mode="rail").table
    >>> list(skims.columns[:4])
    ['origin', 'destination', 'distance_km', 'time_h']
    """
    setting = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=scenario)
    found_zones = build_zones(setting, zones)
    paths = skim(overlays_of(setting.graph(found_zones.terminals)))
    off = ~np.eye(len(found_zones), dtype=bool)
    at = np.argwhere(off)
    ids = found_zones.table.index.to_numpy()

    def column(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.where(np.isfinite(values[off]), values[off], np.nan)

    table = pd.DataFrame(
        {
            "origin": ids[at[:, 0]],
            "destination": ids[at[:, 1]],
            "distance_km": column(paths.length_km),
            "time_h": column(paths.time_h),
            "cost_usd": column(paths.cost_usd),
            "border_wait_h": column(paths.wait_h),
            "crossings": np.where(np.isfinite(paths.cost[off]), (paths.crossings >= 0).sum(axis=0)[off], np.nan),
            **{f"km_{c}": column(km) for c, km in zip(setting.supply.countries, paths.km_by_country, strict=True)},
        }
    )
    settings = setting.describe() | {"zones": len(found_zones)}
    return Matrix(f"Skims by {mode}, least {minimize}", table, settings, network, found_zones)


def reach(
    network: Network,
    place: str,
    hours: float,
    *,
    mode: str = "any",
    vehicle: str = "freight",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
) -> Reach:
    """Return the zones within some hours of a place, and how much of that the border takes away.

    Parameters
    ----------
    network
        The network.
    place
        Where to start, as in :func:`corridors.analysis.routes.route`.
    hours
        Travel time, waits included.
    mode, vehicle, zones, scenario
        As in :func:`corridors.analysis.transit.transit`; time is what is minimised.

    Returns
    -------
    Reach
        ``table``: the zones within the hours if waits and fees were zero, with the time as it is and without waits;
        ``figures``: zones and people reached, as it is and without waits.

    Raises
    ------
    UsageError
        If the hours are not a positive number.

    Examples
    --------
    >>> import corridors as co
    >>> found = reach(co.load(), "Petropavl", 10, mode="road", vehicle="car")
    >>> found.figures["population"] <= found.figures["population_without_border"]
    True
    """
    if not 0 < hours < np.inf:
        raise UsageError(f"hours {hours:g}: expected a number above 0")
    setting = pose(network, mode=mode, minimize="time", vehicle=vehicle, scenario=scenario)
    found_zones = build_zones(setting, zones)
    spot = find_spot(network, place)
    start = connect_spots(setting, [spot])
    both = _together(start, found_zones.terminals)
    as_it_is = skim(overlays_of(setting.graph(both), np.array([0])))
    free = skim(overlays_of(setting.without_border_costs().graph(both), np.array([0])))
    table = found_zones.table[["name", "country", "region", "population"]].copy()
    table["time_h"], table["time_without_border_h"] = as_it_is.time_h[0, 1:], free.time_h[0, 1:]
    table["distance_km"] = as_it_is.length_km[0, 1:]
    itself = network.nodes["place_id"].get(spot.node_id, spot.place_id)
    table = table[(table["time_without_border_h"] <= hours) & (table.index != itself)]
    table["reached"] = table["time_h"] <= hours
    table = table.sort_values(["time_h", "time_without_border_h"], kind="stable")
    table = table.replace(np.inf, np.nan)
    reached = table[table["reached"]]
    figures = {
        "place": spot.name,
        "hours": hours,
        "zones_reached": len(reached),
        "zones_without_border": len(table),
        "population": int(reached["population"].sum()),
        "population_without_border": int(table["population"].sum()),
        "taken_by_border": 1 - share(float(reached["population"].sum()), float(table["population"].sum())),
    }
    settings = setting.describe() | {"zones": len(found_zones)}
    return Reach(f"Within {hours:g} h of {spot.name} by {mode}", table, settings, network, figures)


def _together(first: Terminals, second: Terminals) -> Terminals:
    return replace(
        first,
        country=np.concatenate([first.country, second.country]),
        zone=np.concatenate([first.zone, second.zone + len(first)]),
        node=np.concatenate([first.node, second.node]),
        length_km=np.concatenate([first.length_km, second.length_km]),
        time_h=np.concatenate([first.time_h, second.time_h]),
        cost_usd=np.concatenate([first.cost_usd, second.cost_usd]),
    )
