"""Transit dependency: how much of a country's own traffic passes through another, and what avoiding it would cost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.lookup import find_country
from corridors.analysis.results import Result, plain, records, share, weighted_quantile
from corridors.analysis.setting import Setting, pose
from corridors.analysis.uncertainty import check_draws, dependency_draws
from corridors.analysis.zones import Zones, build_zones, gravity, name_of_weights, pair_weights
from corridors.engine.overlay import TOLERANCE, build_overlay, solve
from corridors.engine.paths import flow_of, paths_of, sum_along
from corridors.errors import NoAnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from corridors.engine.graph import Graph
    from corridors.engine.legs import Legs
    from corridors.engine.overlay import Solution
    from corridors.engine.paths import Paths
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

SAVINGS = (0.01, 0.05, 0.10, 0.25)


@dataclass(frozen=True, repr=False)
class Transit(Result):
    """Dependency of one country on another; ``table`` is by region.

    Attributes
    ----------
    figures
        The figures of the whole country, by the names of ``corridors transit --format json``.
    by_crossing, by_corridor, sensitivity, pairs
        DataFrames; ``pairs`` has one row for each dependent pair, the heaviest first.
    link_flow
        Share of all weight on each link (index ``link_id``) by dependent pairs, both directions together.
    uncertainty, drawn_crossings
        With ``draws``: distribution of the dependency over drawn waits, and of the share of it on each crossing, else
        None and no rows.
    """

    figures: dict[str, Any] = field(default_factory=dict)
    by_crossing: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    by_corridor: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    sensitivity: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    pairs: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    link_flow: pd.Series = field(default_factory=pd.Series, repr=False)
    uncertainty: dict[str, Any] | None = None
    drawn_crossings: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        f = self.figures
        found = {name: f[name] for name in ("dependency", "captive_share", "unserved_share", "foreign_km_share")}
        found |= {f"avoidance_penalty_{name}": f["avoidance_penalty"][name] for name in ("median", "max")}
        found |= {name: f[name] for name in ("pairs", "dependent_pairs")}
        if self.uncertainty is not None:
            found |= {f"dependency_{q}": self.uncertainty["dependency"][q] for q in ("p10", "p50", "p90")}
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the figures and tables as the command prints them."""
        found: dict[str, Any] = plain(
            self.figures
            | {
                "by_region": records(self.table),
                "by_crossing": records(self.by_crossing),
                "by_corridor": records(self.by_corridor),
                "sensitivity": records(self.sensitivity),
                "settings": self.settings,
            }
        )
        if self.uncertainty is not None:
            found["uncertainty"] = plain(self.uncertainty) | {"by_crossing": records(self.drawn_crossings)}
        return found


@dataclass(frozen=True)
class OwnPairs:
    """A country's own pairs, as they are and with the other country closed; O origins, Z zones."""

    origins: NDArray[np.int64]
    weight: NDArray[np.float64]
    solution: Solution = field(repr=False)
    free: Paths
    closed: Paths

    @property
    def served(self) -> NDArray[np.bool_]:
        """Which pairs are joined at all."""
        return (self.weight > 0) & np.isfinite(self.free.cost)

    @property
    def captive(self) -> NDArray[np.bool_]:
        """Which have no way but through the other country."""
        return self.served & np.isinf(self.closed.cost)

    @property
    def dependent(self) -> NDArray[np.bool_]:
        """Which pay more, or lose their way, without the other country."""
        return self.served & (self.closed.cost > self.free.cost * (1 + TOLERANCE))


def transit(
    network: Network,
    country: str,
    through: str,
    *,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
    sensitivity: bool = True,
    draws: int = 0,
    seed: int = 0,
    correlation: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> Transit:
    """Return how a country's own traffic depends on another country's territory.

    Parameters
    ----------
    network
        The network.
    country
        Whose own traffic: pairs of zones that both lie in it.
    through
        The country passed through: compared with every crossing into it closed.
    weights
        ``gravity`` (θ from the assumptions), ``uniform``, or a table with origin, destination, weight.
    zones
        A table of zones (zone_id, y_coord, x_coord, population, and optionally name and country); None: places
        over the population bound and the remainders of border regions.
    sensitivity
        Whether to compute how the dependency moves with θ, the value of time and lengths; takes three more runs.
    draws
        How many times to draw the waits at the border, for the distribution of the dependency; 0: not at all.
    seed, correlation
        Of the draws: a seed, and how far crossings are slow on the same days, from 0 (each on its own) to 1 (all).
    progress
        Called with how many draws are solved, and of how many.
    mode, minimize, vehicle, scenario
        As in :func:`corridors.analysis.setting.pose`.

    Returns
    -------
    Transit
        Dependency, captive and unserved shares after Jenelius, Petersen and Mattsson (2006), avoidance penalty,
        foreign km share: for the country, and by region of origin, crossing and corridor.

    Raises
    ------
    NoAnswerError
        If the country has fewer than two zones.
    UsageError
        If a country is unknown or both are the same.

    Examples
    --------
    >>> import corridors as co
    >>> found = transit(co.load(), "RU", "KZ", mode="rail", sensitivity=False)
    >>> 0 <= found.figures["captive_share"] <= found.figures["dependency"] <= 1
    True
    """
    country, through = find_country(network, country), find_country(network, through, "through")
    if country == through:
        raise UsageError(f"through {through}: the same country, expected another")
    how = check_draws(draws, seed, correlation)
    setting = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=scenario)
    all_zones = build_zones(setting, zones)
    weight = pair_weights(setting, all_zones, weights)
    graph = setting.graph(all_zones.terminals)
    own = own_pairs(setting, graph, all_zones, weight, country, through)
    flow = flow_of(own.solution, np.where(own.dependent, own.weight, 0.0))
    figures = {
        "country": country,
        "through": through,
        "mode": mode,
        "minimize": minimize,
        "weights": name_of_weights(weights),
        **pair_figures(own, np.ones_like(own.weight, bool), setting, through),
    }
    total = own.weight[own.served].sum()
    settings = setting.describe() | {
        "country": country,
        "through": through,
        "weights": name_of_weights(weights),
        "zones": int((all_zones.table["country"] == country).sum()),
        "theta": setting.assumptions["gravity.theta"],
        **how,
    }
    uncertainty, drawn = None, pd.DataFrame()
    if how:
        shares = np.where(own.served, own.weight, 0.0) / total
        uncertainty, drawn = dependency_draws(setting, own.solution.overlay, shares, through, how, progress)
    return Transit(
        f"Dependency of {country} on transit through {through} by {mode}, least {minimize}",
        _by_region(own, all_zones, setting, through),
        settings,
        network,
        figures,
        _by_crossing(own, setting, total),
        _by_corridor(own, setting, through, total),
        _sensitivity(setting, all_zones, own, country, through, weights) if sensitivity else pd.DataFrame(),
        _pairs(own, all_zones, total),
        _link_shares(setting, flow, total),
        uncertainty,
        drawn,
    )


def own_pairs(
    setting: Setting,
    graph: Graph,
    zones: Zones,
    weight: NDArray[np.float64],
    country: str,
    through: str,
    known: dict[bytes, Legs] | None = None,
) -> OwnPairs:
    """Return the own pairs with and without the other country; ``known`` as in ``build_overlay``."""
    home = zones.terminals.country == setting.supply.countries.index(country)
    origins = np.flatnonzero(home)
    if len(origins) < 2:
        raise NoAnswerError(f"{country} has {len(origins)} zones, expected at least 2")
    own_weight = np.where(home[None], weight[origins], 0.0)
    own = _solve(setting, graph, origins, own_weight, country, through, known)
    if not own_weight.sum() > 0:
        raise NoAnswerError(f"no pair of zones of {country} weighs anything")
    if not own.served.any():
        raise NoAnswerError(f"no pair of zones of {country} is joined by {setting.mode} ({setting.vehicle})")
    return own


def _solve(
    setting: Setting,
    graph: Graph,
    origins: NDArray[np.int64],
    weight: NDArray[np.float64],
    country: str,
    through: str,
    known: dict[bytes, Legs] | None = None,
) -> OwnPairs:
    at, avoid = (setting.supply.countries.index(c) for c in (country, through))
    overlay = build_overlay(graph, at, origins, known)
    free = solve(overlay)
    return OwnPairs(origins, weight, free, paths_of(free), paths_of(solve(overlay, avoid=avoid)))


def pair_figures(own: OwnPairs, rows: NDArray[np.bool_], setting: Setting, through: str) -> dict[str, Any]:
    """Return the figures of some of the pairs."""
    weight = np.where(rows, own.weight, 0.0)
    served, dependent, captive = own.served & rows, own.dependent & rows, own.captive & rows
    total = weight[served].sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        extra = own.closed.cost / own.free.cost - 1
    avoidable = dependent & ~captive
    penalties, weights = extra[avoidable], weight[avoidable]
    foreign = own.free.km_by_country[setting.supply.countries.index(through)]
    return {
        "pairs": int(((weight > 0) & np.isfinite(own.free.cost)).sum()),
        "dependent_pairs": int(dependent.sum()),
        "dependency": share(weight[dependent].sum(), total),
        "dependency_by_saving": {f"{s:g}": share(weight[dependent & ~(extra <= s)].sum(), total) for s in SAVINGS},
        "captive_share": share(weight[captive].sum(), total),
        "unserved_share": share(weight[np.isinf(own.free.cost)].sum(), weight.sum()),
        "avoidance_penalty": {
            "mean": float(np.average(penalties, weights=weights)) if weights.sum() > 0 else np.nan,
            "median": weighted_quantile(penalties, weights, 0.5),
            "max": float(penalties.max()) if len(penalties) else np.nan,
        },
        "foreign_km_share": share(
            (weight * np.where(served, foreign, 0.0)).sum(),
            (weight * np.where(served, own.free.length_km, 0.0)).sum(),
        ),
    }


def _by_region(own: OwnPairs, zones: Zones, setting: Setting, through: str) -> pd.DataFrame:
    regions = zones.table["region"].to_numpy()[own.origins]
    names = setting.network.names("regions")
    rows = []
    for region in sorted({r for r in regions if isinstance(r, str)}):
        figures = pair_figures(own, (regions == region)[:, None] & np.ones_like(own.weight, bool), setting, through)
        penalty = figures.pop("avoidance_penalty")
        figures.pop("dependency_by_saving")
        rows.append(
            {
                "region_id": region,
                "name": names.get(region, region),
                "zones": int((regions == region).sum()),
                **figures,
                **{f"avoidance_penalty_{k}": v for k, v in penalty.items()},
            }
        )
    return pd.DataFrame(rows).set_index("region_id").sort_values("dependency", ascending=False, kind="stable")


def _by_crossing(own: OwnPairs, setting: Setting, total: float) -> pd.DataFrame:
    """Return for each crossing the dependent pairs whose best path uses it, and their share of all weight."""
    names = setting.network.names("crossings")
    weight = np.where(own.dependent, own.weight, 0.0)
    rows = [
        {
            "crossing_id": crossing,
            "name": names[crossing],
            "dependent_pairs": int((uses & own.dependent).sum()),
            "share": share(weight[uses].sum(), total),
        }
        for k, crossing in enumerate(setting.supply.crossing_ids)
        for uses in [own.free.uses(k)]
        if (uses & own.dependent).any()
    ]
    table = pd.DataFrame(rows, columns=["crossing_id", "name", "dependent_pairs", "share"])
    return table.set_index("crossing_id").sort_values("share", ascending=False, kind="stable")


def _by_corridor(own: OwnPairs, setting: Setting, through: str, total: float) -> pd.DataFrame:
    """Return for each corridor the dependent pairs whose best path uses it on foreign ground, and their share."""
    network, supply = setting.network, setting.supply
    position = {link: i for i, link in enumerate(network.links.index)}
    corridors = list(network.corridors.index)
    member = np.zeros((len(supply.tail), len(corridors)))
    rows_of = network.corridor_links.groupby("corridor_id")["link_id"]
    for number, corridor in enumerate(corridors):
        if corridor in rows_of.groups:
            on = np.isin(supply.link, [position[link] for link in rows_of.get_group(corridor)])
            member[on, number] = 1.0
    member[supply.country != supply.countries.index(through)] = 0.0
    counted = sum_along(own.solution, member)
    rows = []
    for number, corridor in enumerate(corridors):
        uses = own.dependent & (counted[:, :, number] > 0)
        if uses.any():
            rows.append(
                {
                    "corridor_id": corridor,
                    "name": network.names("corridors")[corridor],
                    "dependent_pairs": int(uses.sum()),
                    "share": share(own.weight[uses].sum(), total),
                }
            )
    table = pd.DataFrame(rows, columns=["corridor_id", "name", "dependent_pairs", "share"])
    return table.set_index("corridor_id").sort_values("share", ascending=False, kind="stable")


def _pairs(own: OwnPairs, zones: Zones, total: float) -> pd.DataFrame:
    at = np.argwhere(own.dependent)
    weight = own.weight[own.dependent]
    ids = zones.table.index.to_numpy()
    free, closed = own.free.cost[own.dependent], own.closed.cost[own.dependent]
    with np.errstate(divide="ignore"):  # infinitely dearer where the free way costs nothing
        penalty = closed / free - 1
    table = pd.DataFrame(
        {
            "origin": ids[own.origins[at[:, 0]]],
            "destination": ids[at[:, 1]],
            "share": weight / total,
            "cost": free,
            "cost_avoiding": closed,
            "penalty": penalty,
        }
    )
    return table.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def _link_shares(setting: Setting, flow: NDArray[np.float64], total: float) -> pd.Series:
    links = setting.network.links
    both = np.bincount(setting.supply.link, flow, len(links)) / total
    return pd.Series(both, index=links.index, name="share")


def _sensitivity(
    setting: Setting, zones: Zones, own: OwnPairs, country: str, through: str, weights: str | pd.DataFrame
) -> pd.DataFrame:
    """Return the dependency under other values of what is assumed or measured with error."""
    base = share(own.weight[own.dependent].sum(), own.weight[own.served].sum())
    rows: list[tuple[str, str, float]] = []
    if isinstance(weights, str) and weights == "gravity":
        theta = setting.assumptions["gravity.theta"]
        home = zones.terminals.country == setting.supply.countries.index(country)
        for other in (theta - 0.5, theta + 0.5):
            weight = np.where(home[None], gravity(zones, other)[own.origins], 0.0)
            rows.append(("gravity.theta", f"{other:g}", share(weight[own.dependent].sum(), weight[own.served].sum())))

    def rerun(changed: Setting) -> float:
        other = _solve(changed, changed.graph(zones.terminals), own.origins, own.weight, country, through)
        return share(own.weight[other.dependent].sum(), own.weight[other.served].sum())

    if setting.minimize == "generalised":
        for factor in (0.5, 2.0):
            value = setting.value_of_time_usd_per_h * factor
            arc = setting.supply.cost_usd + setting.supply.time_h * value
            border = setting.supply.fee_usd + setting.supply.wait_h * value
            rows.append(("value of time", f"x {factor:g}", rerun(replace(setting, arc_cost=arc, border_cost=border))))
    abroad = setting.supply.country == setting.supply.countries.index(through)
    for factor in (0.97, 1.03):
        arc = setting.arc_cost * np.where(abroad, factor, 1.0)
        rows.append((f"lengths in {through}", f"x {factor:g}", rerun(replace(setting, arc_cost=arc))))
    table = pd.DataFrame(rows, columns=["what", "value", "dependency"])
    table["change"] = table["dependency"] - base
    return table
