"""The network as arrays: what a vehicle finds on a day, under a scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from corridors.engine.dated import OPEN, built_ids, shut_crossings, table_on
from corridors.errors import UsageError
from corridors.model.dates import last_day
from corridors.model.schema import split_codes
from corridors.model.vehicles import VEHICLES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from corridors.model.assumptions import Assumptions
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario
    from corridors.model.vehicles import Vehicle

ENTRY, TRANSIT = 0, 1
MODE_NAMES = ("rail", "road", "sea", "transfer")


@dataclass(frozen=True)
class Supply:
    """Arcs a vehicle may use; N nodes, M arcs, K crossings, one arc per direction of travel.

    Attributes
    ----------
    node_row, node_country
        Shape (N,): row of the nodes table; position in ``countries``, -1 at a border node. Each border node
        stands twice, once for each country it leads into, so that nobody enters a country by turning back at
        its border: the second ones come after all others.
    tail, head, link
        Shape (M,): node positions; row of the links table.
    length_km, time_h, cost_usd
        Shape (M,): without what is spent at crossings.
    country
        Shape (M,): position in ``countries`` of the ground, -1 at sea.
    mode
        Shape (M,): position in ``MODE_NAMES``.
    crossing, enters
        Shape (M,): the crossing an arc belongs to, and the country it enters by it; -1 where none.
    run_through
        Shape (M,): the arc belongs to a railway crossing without a checkpoint (category none), which may also be
        passed after the entry.
    usual_wait_h, gate_h
        Shapes (2, M) and (M,): median wait at an entering arc for traffic that ends in the country (row 0) and that
        passes through (row 1), as the tables have it, and the expected wait for the gate to open.
    wait_h, fee_usd
        Shape (2, M): what an entering arc adds under the scenario, the gate included.
    rank
        Shape (M,): order of link ids, the direction of the table first.
    co2_kg_per_t
        Shape (M,): emissions per tonne carried; nan where the vehicle carries people.
    """

    node_row: NDArray[np.int64]
    node_country: NDArray[np.int32]
    countries: tuple[str, ...]
    crossing_ids: tuple[str, ...]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    link: NDArray[np.int32]
    length_km: NDArray[np.float64]
    time_h: NDArray[np.float64]
    cost_usd: NDArray[np.float64]
    country: NDArray[np.int32]
    mode: NDArray[np.int32]
    crossing: NDArray[np.int32]
    enters: NDArray[np.int32]
    run_through: NDArray[np.bool_]
    usual_wait_h: NDArray[np.float64]
    gate_h: NDArray[np.float64]
    wait_h: NDArray[np.float64]
    fee_usd: NDArray[np.float64]
    rank: NDArray[np.int64]
    co2_kg_per_t: NDArray[np.float64]

    @property
    def node_count(self) -> int:
        """Number of nodes."""
        return len(self.node_row)


def build_supply(network: Network, mode: str, vehicle: str, scenario: Scenario, assumptions: Assumptions) -> Supply:
    """Return the arcs that a vehicle may use under a scenario.

    Parameters
    ----------
    network
        The tables.
    mode
        ``rail``, ``road`` or ``any``; sea links and transfers belong to ``any`` only.
    vehicle
        A key of :data:`corridors.model.vehicles.VEHICLES`.
    scenario
        Closures, delays, openings and the date. Its ids must exist.
    assumptions
        With the scenario's own values already set.

    Raises
    ------
    UsageError
        If no link lets such a vehicle use such a mode.
    """
    traveller = VEHICLES[vehicle]
    day = last_day(scenario.as_of or assumptions.reference_date)
    who = frozenset(traveller.on.values())
    links, crossings = table_on(network, "links", day, who), table_on(network, "crossings", day, who)
    if scenario.speed_kmh:
        speed = links["free_speed_kmh"].copy()
        speed.loc[list(scenario.speed_kmh)] = list(scenario.speed_kmh.values())
        links = links.assign(free_speed_kmh=speed)
    built = built_ids(network, scenario.build)
    crossing_row = {c: i for i, c in enumerate(crossings.index)}
    crossing_of = {
        link: crossing_row[crossing]
        for link, crossing in zip(
            *(network.crossing_links[c].tolist() for c in ("link_id", "crossing_id")), strict=True
        )
    }
    link_crossing = np.array([crossing_of.get(link, -1) for link in links.index.tolist()], np.int32)
    usable = _usable_links(links, mode, traveller, built)
    if not usable.any():
        raise UsageError(f"mode {mode!r} with vehicle {vehicle!r}: no link of the network allows that")
    passable = _passable_crossings(crossings, traveller, scenario, built)
    usable &= (link_crossing < 0) | np.append(passable, True)[link_crossing]
    supply = _arcs(network, links, crossings, link_crossing, np.flatnonzero(usable), traveller, assumptions)
    return replace(supply, wait_h=waits_under(supply, scenario))


def waits_under(supply: Supply, scenario: Scenario) -> NDArray[np.float64]:
    """Return the wait at each arc under a scenario, h, shape (2, M): its own hours, or the usual ones times its factor.

    The wait for the gate to open comes on top; it is no queue, so no factor changes it.
    """
    wait = supply.usual_wait_h * scenario.wait_factor
    number = {crossing: k for k, crossing in enumerate(supply.crossing_ids)}
    for crossing, hours in scenario.wait_h.items():
        wait[:, (supply.crossing == number[crossing]) & (supply.enters >= 0)] = hours
    return np.asarray(wait + supply.gate_h)


def _usable_links(links: pd.DataFrame, mode: str, traveller: Vehicle, built: frozenset[str]) -> NDArray[np.bool_]:
    allowed = {text: bool(traveller.uses & set(split_codes(text))) for text in links["allowed_uses"].unique()}
    uses = links["allowed_uses"].map(allowed).to_numpy(bool)
    modes = np.ones(len(links), bool) if mode == "any" else (links["mode"] == mode).to_numpy(bool)
    running = np.array(links["status"].isin(OPEN), bool)
    if built:
        running |= links.index.isin(built)
    return np.asarray(uses & modes & running)


def _passable_crossings(
    crossings: pd.DataFrame, traveller: Vehicle, scenario: Scenario, built: frozenset[str]
) -> NDArray[np.bool_]:
    passable = np.array(crossings["status"].isin(OPEN), bool)
    passable &= (crossings[traveller.carries] != "no").to_numpy(bool)
    if built:  # what is built is built for everybody whom its links allow
        passable |= crossings.index.isin(built)
    return np.asarray(passable & ~shut_crossings(crossings, scenario))


def _arcs(
    network: Network,
    links: pd.DataFrame,
    crossings: pd.DataFrame,
    link_crossing: NDArray[np.int32],
    rows: NDArray[np.intp],
    traveller: Vehicle,
    assumptions: Assumptions,
) -> Supply:
    position = {n: i for i, n in enumerate(network.nodes.index.tolist())}
    chosen = links.iloc[rows]
    start = np.array([position[n] for n in chosen["from_node_id"].tolist()], np.int32)
    end = np.array([position[n] for n in chosen["to_node_id"].tolist()], np.int32)
    back = np.flatnonzero(~chosen["directed"].to_numpy(bool))
    pick = np.concatenate([np.arange(len(rows)), back])  # forward arcs, then the other direction of two-way links
    tail = np.concatenate([start, end[back]])
    head = np.concatenate([end, start[back]])
    countries = tuple(sorted(c for c in network.nodes["country"].dropna().unique()))
    code = {c: i for i, c in enumerate(countries)}
    is_border = (network.nodes["kind"] == "border").to_numpy(bool)
    node_country = np.array([code.get(c, -1) for c in network.nodes["country"].tolist()], np.int32)
    node_country[is_border] = -1
    mode = np.array([MODE_NAMES.index(m) for m in chosen["mode"].tolist()], np.int32)[pick]
    crossing = link_crossing[rows][pick]
    enters = np.where((crossing >= 0) & is_border[tail], node_country[head], -1).astype(np.int32)
    sides = np.array([[code.get(c, -1) for c in crossings[side]] for side in ("country_a", "country_b")], np.int32).T
    tail, head = _by_way(tail, head, crossing, enters, node_country, sides, np.cumsum(is_border) - 1 + len(is_border))
    second = np.flatnonzero(is_border)
    time_h, cost_usd, co2 = (v[pick] for v in _running_costs(chosen, traveller, assumptions))
    unmanned = ((crossings["category"] == "none") & (crossings["mode"] == "rail")).to_numpy(bool)
    usual_wait_h, gate_h, fee_usd = _border_costs(
        network, crossings, crossing, enters, mode, countries, traveller, assumptions
    )
    return Supply(
        node_row=np.concatenate([np.arange(len(is_border)), second]),
        node_country=np.concatenate([node_country, node_country[second]]),
        countries=countries,
        crossing_ids=tuple(crossings.index),
        tail=tail,
        head=head,
        link=rows[pick].astype(np.int32),
        length_km=chosen["length_km"].to_numpy(float)[pick],
        time_h=time_h,
        cost_usd=cost_usd,
        country=np.array([code.get(c, -1) for c in chosen["country"].tolist()], np.int32)[pick],
        mode=mode,
        crossing=crossing,
        enters=enters,
        run_through=(crossing >= 0) & np.append(unmanned, False)[crossing],
        usual_wait_h=usual_wait_h,
        gate_h=gate_h,
        wait_h=usual_wait_h + gate_h,
        fee_usd=fee_usd,
        rank=2 * np.argsort(np.argsort(chosen.index.to_numpy(), kind="stable"))[pick]
        + (np.arange(len(pick)) >= len(rows)),
        co2_kg_per_t=co2,
    )


def _by_way(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    crossing: NDArray[np.int32],
    enters: NDArray[np.int32],
    node_country: NDArray[np.int32],
    sides: NDArray[np.int32],
    second: NDArray[np.int64],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the ends of arcs with border nodes divided by the country they lead into; side a takes the second node."""
    tail, head = tail.copy(), head.copy()
    approach = (crossing >= 0) & (enters < 0)
    into_a = np.zeros(len(tail), bool)
    entering = enters >= 0
    into_a[entering] = enters[entering] == sides[crossing[entering], 0]
    into_a[approach] = node_country[tail[approach]] == sides[crossing[approach], 1]
    tail[entering & into_a] = second[tail[entering & into_a]]
    head[approach & into_a] = second[head[approach & into_a]]
    return tail, head


def _running_costs(
    links: pd.DataFrame, traveller: Vehicle, assumptions: Assumptions
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return hours, USD and kg of CO2 per tonne for each link, without crossings.

    Hours are length over speed: the speed of the link, at most that of the vehicle on its class; of the class
    where the link has none. Roads without pavement are slower by a factor, and a lorry adds its breaks.
    """
    length = links["length_km"].to_numpy(float)
    own_speed = links["free_speed_kmh"].to_numpy(float)
    hours, usd, co2 = np.zeros(len(links)), np.zeros(len(links)), np.full(len(links), np.nan)
    groups = links.groupby(["mode", "facility_type", "surface", "electrified"], dropna=False, sort=False).indices
    for key, at in groups.items():
        mode, facility, surface, electrified = cast("tuple[str, str, object, object]", key)
        if mode == "transfer":
            hours[at] = assumptions[f"transfer.{traveller.carries}.time_h"]
            usd[at] = assumptions[f"transfer.{traveller.carries}.cost_usd"]
            co2[at] = 0.0 if traveller.carries == "freight" else np.nan
            continue
        vehicle = traveller.on[mode]
        speed = assumptions["speed_kmh.sea.ship" if mode == "sea" else f"speed_kmh.{mode}.{facility}.{vehicle}"]
        if mode == "road" and surface in {"gravel", "dirt"}:
            speed *= assumptions[f"surface_factor.{surface}"]
        own = own_speed[at]
        hours[at] = length[at] / np.where(np.isnan(own), speed, np.minimum(own, speed))
        if vehicle == "lorry":
            hours[at] *= 1 + assumptions["breaks.lorry.h_per_h"]
        usd[at] = length[at] * assumptions[f"usd_per_km.{vehicle}"]
        if traveller.carries == "freight":
            factor = {"road": "lorry", "sea": "ship"}.get(
                mode, "rail_electric" if electrified == "yes" else "rail_diesel"
            )
            co2[at] = length[at] * assumptions[f"co2_g_per_tkm.{factor}"] / 1000
    return hours, usd, co2


def _border_costs(
    network: Network,
    crossings: pd.DataFrame,
    crossing: NDArray[np.int32],
    enters: NDArray[np.int32],
    mode: NDArray[np.int32],
    countries: tuple[str, ...],
    traveller: Vehicle,
    assumptions: Assumptions,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return usual wait (h, (2, M)), wait for the gate (h, (M,)) and fee (USD, (2, M)); zero where nothing is entered.

    The usual wait is the median of the table, the assumption of the vehicle where the table has none. The
    expected wait for the gate of a crossing open h hours a day is (24 - h)² / 48.
    """
    waits = {
        key: (wait, fee)
        for *key_parts, wait, fee in zip(
            *(
                network.waits[c].tolist()
                for c in ("crossing_id", "direction", "vehicle", "traffic", "wait_p50_h", "fee_usd")
            ),
            strict=True,
        )
        for key in [tuple(key_parts)]
    }
    hours_open = crossings["hours_per_day"].to_numpy(float)
    gate_h = np.where(np.isnan(hours_open), 0.0, (24 - np.nan_to_num(hours_open, nan=24.0)) ** 2 / 48)
    wait_h, fee_usd = np.zeros((2, len(crossing))), np.zeros((2, len(crossing)))
    gate_of_arc = np.where(enters >= 0, np.append(gate_h, 0.0)[crossing], 0.0)
    sides = list(zip(crossings["country_a"], crossings["country_b"], strict=True))
    for arc in np.flatnonzero(enters >= 0):
        row = crossing[arc]
        entered = countries[enters[arc]]
        left = next(c for c in sides[row] if c != entered)
        vehicle = traveller.on[MODE_NAMES[mode[arc]]]
        for kind, traffic in ((ENTRY, "entry"), (TRANSIT, "transit")):
            key = (crossings.index[row], f"{left}>{entered}", vehicle, traffic)
            wait, fee = waits.get(key, (np.nan, np.nan))
            wait_h[kind, arc] = assumptions[f"wait_h.{vehicle}"] if np.isnan(wait) else wait
            fee_usd[kind, arc] = 0.0 if np.isnan(fee) else fee
    return wait_h, gate_of_arc, fee_usd


def generalised(
    supply: Supply, minimize: str, value_of_time_usd_per_h: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what is minimised: per arc, shape (M,), and what entering adds, shape (2, M).

    Parameters
    ----------
    supply
        The arcs.
    minimize
        ``time`` (h), ``distance`` (km), ``cost`` (USD) or ``generalised`` (USD: money, and time at its value).
    value_of_time_usd_per_h
        USD per hour, for ``generalised``.
    """
    nothing = np.zeros_like(supply.wait_h)
    if minimize == "time":
        return supply.time_h, supply.wait_h
    if minimize == "distance":
        return supply.length_km, nothing
    if minimize == "cost":
        return supply.cost_usd, supply.fee_usd
    return (
        supply.cost_usd + supply.time_h * value_of_time_usd_per_h,
        supply.fee_usd + supply.wait_h * value_of_time_usd_per_h,
    )
