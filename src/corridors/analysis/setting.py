"""The common ground of all analyses: what is travelled with, what is minimised, under which scenario."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from corridors.analysis.lookup import find_crossing, find_region
from corridors.engine.graph import Graph, Terminals, build_graph
from corridors.engine.supply import Supply, build_supply, generalised
from corridors.errors import UsageError
from corridors.model.dates import last_day
from corridors.model.scenario import Scenario
from corridors.model.vehicles import VEHICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corridors.model.assumptions import Assumptions
    from corridors.model.network import Network

MODES = ("any", "rail", "road")
MINIMIZE = {"time": "h", "distance": "km", "cost": "USD", "generalised": "USD"}
"""What may be minimised, and its unit."""

_LONGEST_WAIT_H = 10_000.0
_LARGEST_FACTOR = 1_000.0
_FASTEST_KMH = 500.0


@dataclass(frozen=True)
class Setting:
    """A network as one kind of traveller finds it, ready for questions.

    Attributes
    ----------
    network, scenario, assumptions
        What was asked of; the assumptions have the scenario's values set.
    mode, vehicle, minimize
        As the options of the commands.
    supply
        The arcs.
    arc_cost, border_cost
        What is minimised, shapes (M,) and (2, M).
    """

    network: Network
    scenario: Scenario
    assumptions: Assumptions
    mode: str
    vehicle: str
    minimize: str
    supply: Supply = field(repr=False)
    arc_cost: NDArray[np.float64] = field(repr=False)
    border_cost: NDArray[np.float64] = field(repr=False)

    @property
    def as_of(self) -> str:
        """The date the network is looked at."""
        return self.scenario.as_of or self.assumptions.reference_date

    @property
    def value_of_time_usd_per_h(self) -> float:
        """Value of an hour of what the vehicle carries."""
        return self.assumptions[f"value_of_time_usd_per_h.{VEHICLES[self.vehicle].carries}"]

    def describe(self) -> dict[str, Any]:
        """Return what is needed to repeat a result."""
        return {
            "network": self.network.name,
            "scenario": self.scenario.describe(),
            "as_of": self.as_of,
            "mode": self.mode,
            "vehicle": self.vehicle,
            "minimize": self.minimize,
            "assumptions_set": dict(self.scenario.set),
        }

    def graph(self, terminals: Terminals, arc_factor: NDArray[np.float64] | None = None) -> Graph:
        """Return the layered graph with some terminals.

        Parameters
        ----------
        terminals
            Where trips begin and end.
        arc_factor
            Shape (M,): multiplies the cost of arcs in the choice of path only; None: ones.
        """
        cost = self.arc_cost if arc_factor is None else self.arc_cost * arc_factor
        border = self.border_cost if arc_factor is None else self.border_cost * arc_factor
        return build_graph(self.supply, terminals, cost, border, self.access_cost(terminals))

    def access_cost(self, terminals: Terminals) -> NDArray[np.float64]:
        """Return what is minimised on access arcs, shape (A,)."""
        if self.minimize == "time":
            return terminals.time_h
        if self.minimize == "distance":
            return terminals.length_km
        if self.minimize == "cost":
            return terminals.cost_usd
        return terminals.cost_usd + terminals.time_h * self.value_of_time_usd_per_h

    def without_border_costs(self) -> Setting:
        """Return this setting with all waits and fees zero."""
        supply = replace(
            self.supply, wait_h=np.zeros_like(self.supply.wait_h), fee_usd=np.zeros_like(self.supply.fee_usd)
        )
        return replace(self, supply=supply, border_cost=np.zeros_like(self.border_cost))

    def touched_nodes(self) -> NDArray[np.int64]:
        """Return the nodes that have an arc and are not on the border."""
        touched = np.unique(np.concatenate([self.supply.tail, self.supply.head]))
        return np.asarray(touched[self.supply.node_country[touched] >= 0], np.int64)


def pose(
    network: Network,
    *,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    scenario: Scenario | None = None,
) -> Setting:
    """Return a network as a traveller finds it.

    Parameters
    ----------
    network
        The network.
    mode
        ``any`` (rail, road, sea and transfers), ``rail`` or ``road``.
    minimize
        ``time``, ``distance``, ``cost`` or ``generalised``.
    vehicle
        ``freight``, ``passenger``, ``lorry`` or ``car``.
    scenario
        What differs from today; None: nothing. Crossings and regions may be named as users name them.

    Raises
    ------
    UsageError
        If an option, a name or a date is not one of those expected.

    Examples
    --------
    >>> import corridors as co
    >>> setting = pose(co.load(), mode="rail", minimize="distance")
    >>> setting.describe()["scenario"]
    'baseline'
    """
    check_options(mode, minimize, vehicle)
    scenario = settle(network, scenario or Scenario(), mode)
    assumptions = network.assumptions.changed(scenario.set)
    supply = build_supply(network, mode, vehicle, scenario, assumptions)
    value_of_time = assumptions[f"value_of_time_usd_per_h.{VEHICLES[vehicle].carries}"]
    arc_cost, border_cost = generalised(supply, minimize, value_of_time)
    return Setting(network, scenario, assumptions, mode, vehicle, minimize, supply, arc_cost, border_cost)


def check_options(mode: str, minimize: str, vehicle: str) -> None:
    """Refuse a mode, a cost or a vehicle that there is not.

    Raises
    ------
    UsageError
        If one is unknown.
    """
    for name, value, expected in (
        ("mode", mode, MODES),
        ("minimize", minimize, MINIMIZE),
        ("vehicle", vehicle, VEHICLES),
    ):
        if value not in expected:
            raise UsageError(f"{name} {value!r} is unknown, expected one of {', '.join(expected)}")


def settle(network: Network, scenario: Scenario, mode: str = "any") -> Scenario:
    """Return a scenario with names replaced by ids, checked.

    Raises
    ------
    UsageError
        If a name, number or date cannot be used; where it was read stands before it.
    """
    if scenario.as_of is not None:
        last_day(scenario.as_of)
    if not 0 <= scenario.wait_factor <= _LARGEST_FACTOR:
        wanted = f"expected a number from 0 to {_LARGEST_FACTOR:g}"
        raise UsageError(f"{_place(scenario, 'wait_factor')}wait_factor {scenario.wait_factor:g}: {wanted}")
    for name, hours in scenario.wait_h.items():
        if not 0 <= hours <= _LONGEST_WAIT_H:
            place = _place(scenario, "wait_h", name)
            raise UsageError(f"{place}wait {name}={hours:g}: expected hours from 0 to {_LONGEST_WAIT_H:g}")
    for name, speed in scenario.speed_kmh.items():
        if not 0 < speed <= _FASTEST_KMH:
            place = _place(scenario, "speed_kmh", name)
            raise UsageError(f"{place}speed {name}={speed:g}: expected km/h over 0, up to {_FASTEST_KMH:g}")
    for name in scenario.build:
        tables = (network.links.index, network.crossings.index, network.corridors.index)
        if not any(name in table for table in tables):
            _unknown(scenario, "build", name, [i for table in tables for i in table], "link, crossing or corridor")
    for name in scenario.speed_kmh:
        if name not in network.links.index:
            _unknown(scenario, "speed_kmh", name, list(network.links.index), "link")
    for key, value in scenario.set.items():
        with _said_of(scenario, "set", key):
            network.assumptions.changed({key: value})

    def crossing(key: str, name: str) -> str:
        with _said_of(scenario, key, name):
            return find_crossing(network, name, mode)

    def region(name: str) -> str:
        with _said_of(scenario, "close_regions", name):
            return find_region(network, name)

    return replace(
        scenario,
        close=tuple(dict.fromkeys(crossing("close", c) for c in scenario.close)),
        close_regions=tuple(dict.fromkeys(map(region, scenario.close_regions))),
        wait_h={crossing("wait_h", c): float(h) for c, h in scenario.wait_h.items()},
    )


def _place(scenario: Scenario, key: str, name: str = "") -> str:
    """Return where an entry of a scenario was read, as the beginning of a message; empty for what was not read."""
    place = scenario.where.get((key, name), "")
    return place and f"{place}, {key}: "


def _unknown(scenario: Scenario, key: str, name: str, known: list[str], what: str) -> NoReturn:
    close = get_close_matches(name, known, 1)
    hint = f"; the nearest is {close[0]}" if close else f", expected the id of a {what}"
    raise UsageError(f"{_place(scenario, key, name)}{key} {name!r} is unknown{hint}")


@contextmanager
def _said_of(scenario: Scenario, key: str, name: str) -> Iterator[None]:
    """Put before an error where the entry that caused it was read."""
    try:
        yield
    except UsageError as error:
        place = _place(scenario, key, name)
        if not place:
            raise
        raise type(error)(f"{place}{error}") from error
