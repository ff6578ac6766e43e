"""Scenarios held against a baseline: what gets dearer, cheaper, lost or joined, by region and by pair."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.changes import Change, by_region, heaviest_pairs
from corridors.analysis.lookup import find_country
from corridors.analysis.results import Result, plain, records, share
from corridors.analysis.setting import MINIMIZE, Setting, check_options, pose, settle
from corridors.analysis.zones import Zones, build_zones, connect, name_of_weights, pair_weights
from corridors.engine.border import LeastCosts, LegCosts, least_costs, leg_costs
from corridors.engine.dated import shut_crossings, table_on
from corridors.engine.overlay import TOLERANCE, solve
from corridors.engine.paths import flow_of, overlays_of
from corridors.engine.supply import generalised, waits_under
from corridors.errors import NoAnswerError, UsageError
from corridors.model.dates import last_day
from corridors.model.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from corridors.model.network import Network


@dataclass(frozen=True, repr=False)
class Compared(Result):
    """Scenarios against a baseline; ``table`` has a row for each scenario and region, indexed by ``region_id``.

    Attributes
    ----------
    summary
        One row a scenario, indexed by its name: the columns of ``table`` for all pairs together.
    pairs
        The heaviest changed pairs of each scenario, with the crossings that their best path gains and loses.
    link_flow
        With ``flows``: the share of all weight that each link carries, indexed by ``link_id``; a column ``before`` and
        one a scenario, by its name. Weight that has no route is on no link.
    """

    summary: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    pairs: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    link_flow: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        found: dict[str, Any] = {"scenarios": len(self.summary)}
        if (self.summary["extra_cost"] > 0).any():
            row = int(self.summary["extra_cost"].argmax())
            found |= {"dearest": str(self.summary.index[row]), "change": float(self.summary["change"].iloc[row])}
        return found

    def shown_tables(self) -> list[tuple[str, pd.DataFrame]]:
        """Return the scenarios, and the regions that change."""
        return [("", self.summary), ("Regions that change", self.table[self.table["changed_share"] > 0])]

    def to_json(self) -> dict[str, Any]:
        """Return the tables as the command prints them."""
        found: dict[str, Any] = plain(
            {
                "baseline": self.settings["scenario"],
                "scenarios": records(self.summary),
                "by_region": records(self.table),
                "pairs": records(self.pairs),
                "settings": self.settings,
            }
        )
        return found


@dataclass(frozen=True)
class Ground:
    """What a scenario makes of the network inland: its date, what is built, speeds and assumptions.

    Attributes
    ----------
    setting
        The network without closures and with the usual waits.
    crossings
        The crossings on that date.
    arcs
        Border arcs in the supply, shape (B,).
    legs
        Costs between zones and border arcs.
    """

    setting: Setting
    crossings: pd.DataFrame = field(repr=False)
    arcs: NDArray[np.int64] = field(repr=False)
    legs: LegCosts = field(repr=False)

    def solve(self, scenario: Scenario, avoid: str | None = None) -> LeastCosts:
        """Return the least costs under the closures and waits of a settled scenario, without entering a country."""
        setting = self.setting
        supply = replace(setting.supply, wait_h=waits_under(setting.supply, scenario))
        _, cost = generalised(supply, setting.minimize, setting.value_of_time_usd_per_h)
        shut = shut_crossings(self.crossings, scenario)[self.legs.crossing]
        if avoid is not None:
            shut |= self.legs.enters == supply.countries.index(avoid)
        border = setting.arc_cost[self.arcs] + cost[:, self.arcs]
        return least_costs(self.legs, np.where(shut, np.inf, border))


@dataclass(frozen=True, repr=False)
class Baseline:
    """A network, loaded and solved, that scenarios are held against.

    Attributes
    ----------
    scenario
        What the network is before any scenario, its names settled.
    zones, weight
        The zones and the weight of each pair, shape (Z, Z): the same for every scenario; no weight where a pair does
        not count.
    ground, before
        The network inland, and the least costs of all pairs.
    weights, country, through
        As asked.
    region_names
        By region id.
    """

    scenario: Scenario
    zones: Zones
    weight: NDArray[np.float64] = field(repr=False)
    ground: Ground
    before: LeastCosts = field(repr=False)
    weights: str
    country: str | None
    through: str | None
    region_names: dict[str, str] = field(repr=False)

    def __repr__(self) -> str:
        setting = self.ground.setting
        how = f"{len(self.zones)} zones by {setting.mode}, least {setting.minimize}, as of {setting.as_of}"
        return f"<Baseline {self.scenario.name}: {how}>"

    def compare(self, scenarios: Scenario | Iterable[Scenario], *, flows: bool = False) -> Compared:
        """Return what some scenarios change, each on top of the baseline.

        Closures and waits are answered in milliseconds; a date, something built, a speed or an assumption solves the
        network inland anew. ``flows`` adds the flow on each link, for which all paths are walked.

        Raises
        ------
        UsageError
            If there is no scenario, two have one name, or one names what is unknown.

        Examples
        --------
        >>> import corridors as co
        >>> base = co.baseline(co.load(), mode="rail")
        >>> found = base.compare([co.read_scenario("petropavl-closed"), co.read_scenario("waits-doubled")])
        >>> list(found.summary.index)
        ['petropavl-closed', 'waits-doubled']
        """
        given = _distinct(scenarios, flows)
        network = self.ground.setting.network
        tables: list[dict[str, NDArray[Any]]] = []
        totals: list[dict[str, Any]] = []
        pairs: list[dict[str, Any]] = []
        for scenario in given:
            settled = settle(network, scenario.on(self.scenario), self.ground.setting.mode)
            ground = self._ground(settled)
            after = ground.solve(settled)
            change = Change(self.weight, self.before.cost, after.cost)
            regions, columns, whole = by_region(change, self.zones, self.region_names)
            tables.append({"region_id": regions, "scenario": np.full(len(regions), scenario.name, object), **columns})
            depends = self._dependency(ground, settled, after) if self.through else {}
            totals.append({"scenario": scenario.name, "changes": settled.describe(), **whole, **depends})
            pairs.append(heaviest_pairs(scenario.name, change, self.zones, self.before, after, self.ground.setting))
        setting = self.ground.setting
        settings = replace(setting, scenario=self.scenario).describe() | {
            "weights": self.weights,
            "zones": len(self.zones),
            "theta": setting.assumptions["gravity.theta"],
            "country": self.country,
            "through": self.through,
            "unit": f"{MINIMIZE[setting.minimize]} per weighted pair",
        }
        title = f"Scenarios against {self.scenario.name} by {setting.mode}, least {setting.minimize}"
        columns = {key: np.concatenate([t[key] for t in tables]) for key in tables[0]}
        table = pd.DataFrame(columns, index=pd.Index(columns.pop("region_id"), name="region_id", dtype="str"))
        summary = {key: [t[key] for t in totals] for key in totals[0]}
        listed = pd.DataFrame({key: [v for p in pairs for v in p[key]] for key in pairs[0]})
        return Compared(
            title,
            table,
            settings,
            network,
            pd.DataFrame(summary, index=pd.Index(summary.pop("scenario"), name="scenario", dtype="str")),
            listed,
            self._link_flows(given) if flows else pd.DataFrame(),
        )

    def _link_flows(self, scenarios: list[Scenario]) -> pd.DataFrame:
        """Return the share of all weight on each link, before and under each scenario."""
        setting = self.ground.setting
        asked = {"before": self.scenario} | {s.name: s.on(self.scenario) for s in scenarios}
        flows = {}
        for name, scenario in asked.items():
            there = pose(
                setting.network,
                mode=setting.mode,
                minimize=setting.minimize,
                vehicle=setting.vehicle,
                scenario=scenario,
            )
            graph = there.graph(connect(there, self.zones.table))
            on_arc = np.zeros(len(there.supply.tail))
            for overlay in overlays_of(graph):
                found = solve(overlay)
                on_arc += flow_of(found, np.where(np.isfinite(found.weight), self.weight[overlay.origins], 0.0))
            flows[name] = np.bincount(there.supply.link, on_arc, len(setting.network.links)) / self.weight.sum()
        return pd.DataFrame(flows, index=setting.network.links.index)

    def _ground(self, scenario: Scenario) -> Ground:
        """Return the network inland under a scenario: the baseline's own where the scenario leaves it alone."""
        if _inland(scenario) == _inland(self.scenario):
            return self.ground
        setting = self.ground.setting
        there = pose(
            setting.network,
            mode=setting.mode,
            minimize=setting.minimize,
            vehicle=setting.vehicle,
            scenario=_inland(scenario),
        )
        return _solve_inland(there, Zones(self.zones.table, connect(there, self.zones.table)))

    def _dependency(self, ground: Ground, scenario: Scenario, after: LeastCosts) -> dict[str, float]:
        """Return the dependency of the country's own pairs on the other country, before and after."""
        assert self.country is not None  # baseline() sees to it
        home = self.zones.terminals.country == ground.setting.supply.countries.index(self.country)
        own = np.where(home[None], self.weight, 0.0)
        found = {}
        for when, where, how, cost in (
            ("before", self.ground, self.scenario, self.before.cost),
            ("after", ground, scenario, after.cost),
        ):
            avoiding = where.solve(how, avoid=self.through).cost
            served = np.isfinite(cost)
            dependent = served & (avoiding > cost * (1 + TOLERANCE))
            found[f"dependency_{when}"] = share(own[dependent].sum(), own[served].sum())
        return found


def compare(
    network: Network,
    scenarios: Scenario | Iterable[Scenario],
    *,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
    country: str | None = None,
    through: str | None = None,
    flows: bool = False,
) -> Compared:
    """Return what some scenarios change against a baseline, by region and by pair.

    Parameters
    ----------
    network
        The network.
    scenarios
        A scenario, or several with different names, each on top of the baseline.
    mode, minimize, vehicle, weights, zones, scenario, country, through
        The baseline, as in :func:`baseline`.
    flows
        Whether to find the flow on each link, too, as a map of the comparison needs it.

    Raises
    ------
    NoAnswerError
        If no pair that counts is joined in the baseline.
    UsageError
        If there is no scenario, two have one name, or one names what is unknown.

    Examples
    --------
    >>> import corridors as co
    >>> found = compare(co.load(), [co.read_scenario("petropavl-closed")], mode="rail")
    >>> bool(found.summary.loc["petropavl-closed", "extra_cost"] > 0)
    True
    """
    given = _distinct(scenarios, flows)
    check_options(mode, minimize, vehicle)
    before = settle(network, scenario or Scenario(), mode)
    for one in given:  # a name that the network lacks is told before anything is solved
        settle(network, one.on(before), mode)
    base = baseline(
        network, mode=mode, minimize=minimize, vehicle=vehicle, weights=weights, zones=zones, scenario=scenario,
        country=country, through=through,
    )  # fmt: skip
    return base.compare(given, flows=flows)


def baseline(
    network: Network,
    *,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
    country: str | None = None,
    through: str | None = None,
) -> Baseline:
    """Return a network solved once, to hold many scenarios against.

    Parameters
    ----------
    network, mode, minimize, vehicle, weights, zones
        As in :func:`corridors.analysis.transit.transit`. Zones and weights stay as they are here, whatever a scenario
        changes.
    scenario
        What differs from today before any scenario; None: nothing.
    country
        Only pairs that begin in this country count; None: all.
    through
        Another country: the summary gives the dependency of ``country``'s own traffic on it, before and after.

    Raises
    ------
    NoAnswerError
        If no pair that counts is joined.
    UsageError
        If an option or a name is unknown, or there is a ``through`` without a ``country``.

    Examples
    --------
    >>> import corridors as co
    >>> base = baseline(co.load(), mode="rail", country="KZ", through="RU")
    >>> shut = base.compare([co.read_scenario("kazakhstan-closed")]).summary.iloc[0]
    >>> bool(shut["dependency_before"] > 0), float(shut["dependency_after"])
    (True, 0.0)
    """
    if country is not None:
        country = find_country(network, country)
    if through is not None:
        through = find_country(network, through, "through")
        if country is None or through == country:
            raise UsageError(f"through {through}: expected with another country, whose own traffic depends on it")
    settled = settle(network, scenario or Scenario(), mode)
    setting = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=_inland(settled))
    found = build_zones(setting, zones)
    weight = pair_weights(setting, found, weights)
    if country is not None:
        weight = weight * (found.terminals.country == setting.supply.countries.index(country))[:, None]
    if not weight.sum() > 0:
        raise NoAnswerError("no pair of zones weighs anything" + (f" that begins in {country}" if country else ""))
    ground = _solve_inland(setting, found)
    before = ground.solve(settled)
    if not np.isfinite(before.cost[weight > 0]).any():
        raise NoAnswerError(f"no two zones are joined by {mode} ({vehicle})")
    names = {str(region): str(name) for region, name in network.names("regions").items()}
    return Baseline(settled, found, weight, ground, before, name_of_weights(weights), country, through, names)


def _distinct(scenarios: Scenario | Iterable[Scenario], flows: bool) -> list[Scenario]:
    """Return scenarios that can stand beside each other in one table."""
    given = [scenarios] if isinstance(scenarios, Scenario) else list(scenarios)
    names = [s.name for s in given]
    if not given:
        raise UsageError("scenarios: none given, expected at least one")
    if flows and "before" in names:
        raise UsageError("scenario 'before': the flows of the baseline are called that, expected another name")
    if len(set(names)) < len(names):
        raise UsageError(f"scenario {max(names, key=names.count)!r} stands twice, expected different names")
    return given


def _inland(scenario: Scenario) -> Scenario:
    """Return what of a scenario changes more than the border."""
    return Scenario(
        as_of=scenario.as_of, build=scenario.build, set=dict(scenario.set), speed_kmh=dict(scenario.speed_kmh)
    )


def _solve_inland(setting: Setting, zones: Zones) -> Ground:
    graph = setting.graph(zones.terminals)
    crossings = table_on(setting.network, "crossings", last_day(setting.as_of))
    return Ground(setting, crossings, graph.border_arc, leg_costs(overlays_of(graph)))
