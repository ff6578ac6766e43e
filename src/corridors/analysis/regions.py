"""Connectivity of each border region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.crossings import close_each
from corridors.analysis.lookup import find_country
from corridors.analysis.results import Result, share, weighted_quantile
from corridors.analysis.setting import pose
from corridors.analysis.zones import find_zones, name_of_weights, pair_weights, people_of
from corridors.engine.dated import crossings_in_use, table_on
from corridors.engine.paths import overlays_of, skim
from corridors.engine.topology import kansky_indices, link_disjoint_paths, min_cut_per_day
from corridors.errors import NoAnswerError
from corridors.model.dates import last_day

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.analysis.crossings import Closures
    from corridors.analysis.setting import Setting
    from corridors.analysis.zones import Zones
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

_DISTANCE_BIN_KM = 250.0
_OF_ZONES = (
    "redundancy", "min_cut_per_day", "effective_crossings", "exposure", "exposure_worst", "worst_crossing",
    "exposure_unserved", "border_detour_factor", "accessibility", "barrier_effect",
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Regions(Result):
    """Border regions; ``table`` is indexed by ``region_id``."""

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        worst = self.table["exposure_worst"]
        if not worst.notna().any():
            return {"regions": len(self.table)}
        row = self.table.iloc[int(np.nanargmax(worst))]
        found = {
            "regions": len(self.table),
            "most_exposed": row["name"],
            "exposure_worst": float(row["exposure_worst"]),
        }
        return found | {"if_shut": self.network.names("crossings")[row["worst_crossing"]]}


def regions(
    network: Network,
    *,
    country: str | None = None,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
) -> Regions:
    """Return the connectivity of each border region as of the scenario's date.

    Counts are of crossings in use (status operational or seasonal) by mode and category, and per 100 km of border and
    million people. The rest belongs to the mode, vehicle and cost asked for: redundancy (Menger), ``min_cut_per_day``
    (the same by the capacity of crossings; nan where that is not known, or vehicles and trains would be added up),
    effective crossings (Herfindahl–Hirschman), exposure (Jenelius et al. 2006: mean over all crossings, and the
    worst), border detour factor, accessibility (Hansen 1959) with the share of it that waits and fees take away, and
    Kansky's indices. Without zones only counts, densities and indices are known.

    Parameters
    ----------
    network, mode, minimize, vehicle, weights, zones, scenario
        As in :func:`corridors.analysis.transit.transit`.
    country
        Only the regions of one country; None: all.

    Raises
    ------
    NoAnswerError
        If no region lies at the border.

    Examples
    --------
    >>> import corridors as co
    >>> table = regions(co.load(), mode="rail").table
    >>> int(table.at["RU-AL", "rail_crossings"])  # Altai Republic has none
    0
    """
    chosen = find_country(network, country) if country is not None else None
    setting = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=scenario)
    found_zones = find_zones(setting, zones)
    table = region_counts(setting)
    if chosen:
        table = table[table["country"] == chosen]
    if not len(table):
        raise NoAnswerError("no region lies at the border" + (f" in {chosen}" if chosen else ""))
    codes = [str(region) for region in table.index]
    if len(found_zones):
        of_zones = _of_zones(setting, found_zones, weights, codes)
    else:
        of_zones = [dict.fromkeys(("zones", *_OF_ZONES), np.nan) | {"zones": 0, "worst_crossing": None} for _ in codes]
    rows = [row | _indices(setting, region) for row, region in zip(of_zones, codes, strict=True)]
    table = table.join(pd.DataFrame(rows, index=table.index))
    theta = setting.assumptions["gravity.theta"]
    settings = setting.describe() | {"weights": name_of_weights(weights), "zones": len(found_zones), "theta": theta}
    return Regions(f"Connectivity of border regions by {mode}, least {minimize}", table, settings, network)


def _of_zones(setting: Setting, zones: Zones, weights: str | pd.DataFrame, codes: list[str]) -> list[dict[str, Any]]:
    """Return for each region its zones, and what is measured between zones."""
    weight = pair_weights(setting, zones, weights)
    closures = close_each(setting.graph(zones.terminals), weight)
    free = skim(overlays_of(setting.without_border_costs().graph(zones.terminals)))
    theta = setting.assumptions["gravity.theta"]
    access = _accessibility(zones, closures.free.time_h, theta)
    access_free = _accessibility(zones, free.time_h, theta)
    zone_region = zones.table["region"].to_numpy()
    people = zones.table["population"].to_numpy(float)
    rows = []
    for region in codes:
        inside = zone_region == region
        own = people * inside
        rows.append(
            {
                "zones": int(inside.sum()),
                **_redundancy(setting, zones, region, zone_region),
                "effective_crossings": _effective_crossings(closures, zones, weight, inside),
                **_exposure(setting, closures, inside),
                "border_detour_factor": _detour(closures, zones, inside),
                "accessibility": share(float((own * access).sum()), float(own.sum())),
                "barrier_effect": 1 - share(float((own * access).sum()), float((own * access_free).sum())),
            }
        )
    return rows


def region_counts(setting: Setting) -> pd.DataFrame:
    """Return for each border region its crossings by mode and category, border, people and densities."""
    network = setting.network
    in_force = network.regions_as_of(setting.scenario.as_of)
    border = in_force[in_force["border"]]
    people = {region: people_of(network, region, setting.as_of) for region in map(str, border.index)}
    crossings = crossings_in_use(network, setting.scenario, setting.as_of)
    sides = {s: network.region_as_of(crossings[f"region_{s}"], setting.scenario.as_of) for s in "ab"}
    names = network.names("regions")
    rows: list[dict[str, Any]] = []
    for region_id, region in border.iterrows():
        here = crossings[(sides["a"] == region_id) | (sides["b"] == region_id)]
        length, population = float(region["border_length_km"]), people[str(region_id)][0] or np.nan
        counts = {f"{m}_crossings": int((here["mode"] == m).sum()) for m in ("rail", "road", "sea")}
        land = counts["rail_crossings"] + counts["road_crossings"]
        rows.append(
            {
                "region_id": region_id,
                "name": names.get(region_id, region["name_en"]),
                "country": region["country"],
                **counts,
                **{
                    f"road_{c}": int(((here["mode"] == "road") & (here["category"] == c)).sum())
                    for c in ("multilateral", "bilateral", "local", "none")
                },
                "border_length_km": length,
                "population": population,
                "population_year": people[str(region_id)][1],
                "crossings_per_100km": 100 * share(land, length),
                "crossings_per_million": 1e6 * share(land, population),
            }
        )
    if not rows:
        raise NoAnswerError("no region lies at the border")
    return pd.DataFrame(rows).set_index("region_id").sort_values(["country", "name"], ascending=[False, True])


def _accessibility(zones: Zones, time_h: NDArray[np.float64], theta: float) -> NDArray[np.float64]:
    """Return Σ_{j≠i} P_j t_ij^−θ of each zone, shape (Z,); unreachable adds 0, under an hour counts as an hour."""
    people = zones.table["population"].to_numpy(float)
    decay = np.where(np.isfinite(time_h), np.maximum(np.where(np.isfinite(time_h), time_h, 1.0), 1.0) ** -theta, 0.0)
    np.fill_diagonal(decay, 0.0)
    return np.asarray((decay * people[None]).sum(axis=1))


def _redundancy(setting: Setting, zones: Zones, region: str, zone_region: NDArray[Any]) -> dict[str, float]:
    """Return link-disjoint paths and the min-cut by capacity, to the neighbour's zones outside its border regions."""
    terminals = zones.terminals
    border = set(setting.network.regions_as_of(setting.scenario.as_of).query("border").index)
    own = zone_region == region
    if not own.any():
        return {"redundancy": 0, "min_cut_per_day": np.nan}
    home = terminals.country[own][0]
    beyond = (terminals.country != home) & ~np.isin(zone_region, list(border))
    begin, end = (np.unique(terminals.node[of[terminals.zone]]) for of in (own, beyond))
    return {
        "redundancy": link_disjoint_paths(setting.supply, begin, end),
        "min_cut_per_day": min_cut_per_day(setting.supply, begin, end, _capacities(setting)),
    }


def _capacities(setting: Setting) -> NDArray[np.float64]:
    """Return vehicles or trains a day at each crossing, shape (K,); all nan where both would be added up."""
    dated = table_on(setting.network, "crossings", last_day(setting.as_of))
    known = dated["capacity_per_day"].reindex(list(setting.supply.crossing_ids))
    modes = dated.loc[known.dropna().index, "mode"].unique()
    mixed = setting.mode == "any" and len(modes) > 1
    return np.full(len(known), np.nan) if mixed else known.to_numpy(float)


def _effective_crossings(
    closures: Closures, zones: Zones, weight: NDArray[np.float64], inside: NDArray[np.bool_]
) -> float:
    """Return 1 / Σ s_k² over cross-border pairs with an end in the region; nan without any flow."""
    country = zones.terminals.country
    pairs = (country[:, None] != country[None]) & (inside[:, None] | inside[None])
    flow = np.where(pairs, weight, 0.0)
    used = closures.free.crossings
    uses = np.bincount(used[used >= 0], np.broadcast_to(flow, used.shape)[used >= 0])
    return float(uses.sum() ** 2 / (uses**2).sum()) if uses.sum() > 0 else np.nan


def _exposure(setting: Setting, closures: Closures, inside: NDArray[np.bool_]) -> dict[str, Any]:
    """Return exposure: mean over all open crossings, and the worst; cost per weighted pair from the region."""
    total = closures.served[inside].sum()
    present = np.unique(setting.supply.crossing[setting.supply.crossing >= 0])
    if total <= 0 or not len(present):
        return {
            "exposure": np.nan,
            "exposure_worst": np.nan,
            "worst_crossing": None,
            "exposure_unserved": np.nan,
        }
    cost = closures.extra[present][:, inside].sum(axis=1) / total
    lost = closures.lost[present][:, inside].sum(axis=1) / total
    worst = np.lexsort((-cost, -lost))[0]
    some = cost[worst] > 0 or lost[worst] > 0
    return {
        "exposure": float(cost.mean()),
        "exposure_worst": float(cost[worst]),
        "worst_crossing": setting.supply.crossing_ids[present[worst]] if some else None,
        "exposure_unserved": float(lost[worst]),
    }


def _detour(closures: Closures, zones: Zones, inside: NDArray[np.bool_]) -> float:
    """Return median ℓ/d of the region's cross-border pairs over that of domestic pairs in the same distance bins."""
    distance = zones.distance_km()
    country = zones.terminals.country
    domestic = country[:, None] == country[None]
    known = np.isfinite(closures.free.length_km) & (distance > 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = closures.free.length_km / distance
    bins = (distance // _DISTANCE_BIN_KM).astype(int)
    across = known & ~domestic & inside[:, None]
    like = known & domestic & np.isin(bins, np.unique(bins[across]))
    across &= np.isin(bins, np.unique(bins[like]))
    if not across.any():
        return np.nan
    # domestic pairs count as often in each bin as the region's own cross-border pairs do
    wanted, present = np.bincount(bins[across]), np.bincount(bins[like])
    weights = wanted[bins[like]] / present[bins[like]]
    return float(np.median(ratio[across]) / weighted_quantile(ratio[like], weights, 0.5))


def _indices(setting: Setting, region: str) -> dict[str, float]:
    """Return Kansky's indices of the region's own rail and road links, as it is on the date."""
    network, supply = setting.network, setting.supply
    node_region = network.region_as_of(network.nodes["region"], setting.scenario.as_of).to_numpy()[supply.node_row]
    inside = node_region == region
    first = np.unique(supply.link, return_index=True)[1]  # one arc of each link
    found: dict[str, float] = {}
    for number, mode in enumerate(("rail", "road")):
        own = first[(supply.mode[first] == number) & inside[supply.tail[first]] & inside[supply.head[first]]]
        alpha, beta, gamma = (
            kansky_indices(supply.tail[own].astype(np.int64), supply.head[own].astype(np.int64))
            if len(own)
            else (np.nan,) * 3
        )
        found |= {f"{mode}_alpha": alpha, f"{mode}_beta": beta, f"{mode}_gamma": gamma}
    return found
