"""Routes between places: the best, others that really differ, and what avoiding a country costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.lookup import Spot, find_country, find_spot
from corridors.analysis.results import Result, plain
from corridors.analysis.setting import MINIMIZE, Setting, pose
from corridors.analysis.zones import connect_spots
from corridors.engine.overlay import build_overlay, solve
from corridors.engine.paths import path_along, steps_to
from corridors.engine.supply import MODE_NAMES
from corridors.errors import NoAnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corridors.engine.graph import Graph, Terminals
    from corridors.engine.paths import Path
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

_MOST_ALTERNATIVES = 20
_MOST_TRIES_PER_ROUTE = 12


@dataclass(frozen=True, repr=False)
class Routes(Result):
    """Routes from one place to another, best first.

    Attributes
    ----------
    routes
        Each as ``corridors route --format json`` prints it.
    table
        One row a route: rank, distance_km, time_h, cost_usd, border_wait_h, crossings, km by country, overlap with
        earlier routes.
    unrestricted
        With ``avoid_country``: the best route without that wish, else None.
    ends
        Ids of the places that it begins and ends at; empty for a point.
    uncertainty
        With ``percentiles``: when the routes arrive if waits are drawn, as the command prints it, else None.
    """

    origin: str = ""
    destination: str = ""
    routes: tuple[dict[str, Any], ...] = ()
    unrestricted: dict[str, Any] | None = None
    legs: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    uncertainty: dict[str, Any] | None = None
    ends: tuple[str, str] = ("", "")

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        best = self.routes[0]
        found = {name: best[name] for name in ("distance_km", "time_h", "border_wait_h", "cost_usd")}
        found |= {f"km_{country}": km for country, km in best["km_by_country"].items()}
        if best["crossings"]:
            found["crossings"] = [crossing["name"] for crossing in best["crossings"]]
        if self.unrestricted is not None:
            extra = {name: best[name] - self.unrestricted[name] for name in ("distance_km", "time_h", "cost_usd")}
            found |= {f"extra_{name}": value for name, value in extra.items()}
        if self.uncertainty is not None:
            drawn = self.uncertainty["reoptimised"]
            found |= {f"time_p{q}_h": drawn[f"time_p{q}_h"] for q in (10, 50, 90)}
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the routes as the command prints them."""
        found: dict[str, Any] = {
            "origin": self.origin,
            "destination": self.destination,
            **{k: self.settings[k] for k in ("mode", "minimize", "scenario", "as_of", "vehicle")},
            "settings": self.settings,
            "routes": list(self.routes),
        }
        if self.unrestricted is not None:
            best = self.routes[0]
            found["avoided"] = {
                "country": self.settings["avoid_country"],
                "extra_km": best["distance_km"] - self.unrestricted["distance_km"],
                "extra_h": best["time_h"] - self.unrestricted["time_h"],
                "extra_usd": best["cost_usd"] - self.unrestricted["cost_usd"],
                "unrestricted": self.unrestricted,
            }
        if self.uncertainty is not None:
            found["uncertainty"] = self.uncertainty
        plained: dict[str, Any] = plain(found)
        return plained


def route(
    network: Network,
    origin: str,
    destination: str,
    *,
    via: Sequence[str] = (),
    alternatives: int = 0,
    avoid_country: str | None = None,
    percentiles: int = 0,
    seed: int = 0,
    correlation: float = 0.0,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    scenario: Scenario | None = None,
) -> Routes:
    """Return the best route and alternatives.

    Parameters
    ----------
    network
        The network.
    origin, destination
        A place id, a node id, ``"lat,lon"`` or a name in any language.
    via
        Places to stop at, in order: each ends a trip and begins another, with the border control and the change of
        mode that a stop allows.
    alternatives
        How many further routes to look for. Each shares at most ``alternatives.overlap_limit`` of its length with any
        earlier one and costs at most ``alternatives.longest_ratio`` of the best; there may be fewer.
    avoid_country
        A country that must not be entered; the result tells what that costs.
    percentiles
        How many times to draw the waits at the border, for P10, P50 and P90 of the arrival; 0: not at all.
    seed, correlation
        Of the draws: a seed, and how far crossings are slow on the same days, from 0 (each on its own) to 1 (all).
    mode, minimize, vehicle, scenario
        As in :func:`corridors.analysis.setting.pose`.

    Raises
    ------
    NoAnswerError
        If there is no route.
    UsageError
        If a name is unknown or ambiguous, or an option cannot be used.

    Notes
    -----
    Alternatives are found by making the arcs of earlier routes dearer and searching again (the penalty method, after
    de la Barra, Pérez and Añez 1993); the figures reported are without the penalty. How waits are drawn:
    :mod:`corridors.engine.draws`.

    Examples
    --------
    >>> import corridors as co
    >>> found = route(co.load(), "Курган", "Omsk", mode="rail", minimize="distance")
    >>> [c["crossing_id"] for c in found.routes[0]["crossings"]]
    ['rail-gorbunovo-mamlyutka', 'rail-karaguga-isilkul']
    """
    if not 0 <= alternatives <= _MOST_ALTERNATIVES:
        raise UsageError(f"alternatives {alternatives}: expected a number from 0 to {_MOST_ALTERNATIVES}")
    how = _draws(percentiles, seed, correlation)
    setting = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=scenario)
    avoid = find_country(network, avoid_country, "avoid-country") if avoid_country is not None else None
    spots = [
        find_spot(network, origin, "origin"),
        *(find_spot(network, v, "via") for v in via),
        find_spot(network, destination, "destination"),
    ]
    if _same_place(network, spots[0], spots[-1]) and len(spots) == 2:
        raise UsageError(f"destination {destination!r}: the same place as the origin, expected another")
    ends = connect_spots(setting, spots)
    if avoid is not None:
        for spot, country in zip(spots, ends.country, strict=True):
            if setting.supply.countries[country] == avoid:
                raise UsageError(f"avoid-country {avoid}: {spot.name} lies in it")
    paths = _paths(setting, ends, alternatives, avoid)
    if not paths:
        without = f" without entering {avoid}" if avoid else ""
        raise NoAnswerError(
            f"no route from {spots[0].name} to {spots[-1].name} by {mode} ({vehicle}) as of {setting.as_of}{without}"
            + (f" under {setting.scenario.describe()}" if setting.scenario.describe() != "baseline" else "")
        )
    found = tuple(_describe(setting, spots, path, rank, overlap) for rank, (path, overlap) in enumerate(paths, 1))
    unrestricted = None
    if avoid is not None:
        free = _paths(setting, ends, 0, None)
        unrestricted = _describe(setting, spots, free[0][0], 1, 0.0)
    table = pd.DataFrame(
        [
            {
                **{k: r[k] for k in ("rank", "distance_km", "time_h", "cost_usd", "border_wait_h")},
                "crossings": "; ".join(c["name"] for c in r["crossings"]),
                **{f"km_{c}": km for c, km in r["km_by_country"].items()},
                "overlap": r["overlap"],
            }
            for r in found
        ]
    ).set_index("rank")
    kilometres = [c for c in table.columns if c.startswith("km_")]
    table[kilometres] = table[kilometres].fillna(0.0)
    legs = pd.DataFrame([{"rank": r["rank"], **leg} for r in found for leg in r["legs"]])
    settings = setting.describe() | {"avoid_country": avoid or "", "via": [s.name for s in spots[1:-1]]}
    settings["guessed"] = {
        text: s.name for text, s in zip((origin, *via, destination), spots, strict=True) if s.guessed
    }
    uncertainty = _uncertainty(setting, ends, paths, avoid, how)
    title = f"{spots[0].name} – {spots[-1].name}, least {minimize} by {mode}"
    first, last = spots[0], spots[-1]
    ids = _place_of(network, first), _place_of(network, last)
    return Routes(
        title, table, settings | how, network, first.name, last.name, found, unrestricted, legs, uncertainty, ids
    )


def _draws(draws: int, seed: int, correlation: float) -> dict[str, Any]:
    """Return the settings of the draws; a plain route does not wait for what they need."""
    if draws == 0:
        return {}
    from corridors.analysis.uncertainty import check_draws

    return check_draws(draws, seed, correlation)


def _uncertainty(
    setting: Setting, ends: Terminals, paths: list[tuple[Path, float]], avoid: str | None, how: dict[str, Any]
) -> dict[str, Any] | None:
    """Return when the routes arrive if waits are drawn; None: no draw is asked for."""
    if not how:
        return None
    from corridors.analysis.uncertainty import arrivals

    return arrivals(setting, setting.graph(ends), [path for path, _ in paths], avoid, how)


def _place_of(network: Network, spot: Spot) -> str:
    """Return the id of the place that a spot is or lies in, empty for a point."""
    place = network.nodes["place_id"].get(spot.node_id) if spot.node_id else spot.place_id
    return place if isinstance(place, str) else ""


def _same_place(network: Network, one: Spot, other: Spot) -> bool:
    """Tell whether two spots have a node in common: there is nothing to travel between them."""
    if one.point or other.point:
        return one.point == other.point
    places = network.nodes["place_id"]
    at = [s.place_id or str(places.get(s.node_id, "")) for s in (one, other)]
    return one.node_id == other.node_id if one.node_id and other.node_id else at[0] == at[1]


def _paths(setting: Setting, ends: Terminals, alternatives: int, avoid: str | None) -> list[tuple[Path, float]]:
    """Return paths, best first, each with its largest overlap with an earlier one."""
    avoided = setting.supply.countries.index(avoid) if avoid else None
    limit = setting.assumptions["alternatives.overlap_limit"]
    penalty = setting.assumptions["alternatives.penalty"]
    longest = setting.assumptions["alternatives.longest_ratio"]
    factor = np.ones(len(setting.supply.tail))
    plain_graph = setting.graph(ends)
    found: list[tuple[Path, float]] = []
    taken: list[set[int]] = []
    for _ in range(1 + alternatives * _MOST_TRIES_PER_ROUTE):
        step = _through(setting.graph(ends, factor), avoided)
        if step is None:
            break
        path = path_along(plain_graph, step)
        links = set(setting.supply.link[path.arc[path.arc >= 0]].tolist())
        if found and path.totals[:, 0].sum() > longest * found[0][0].totals[:, 0].sum():
            break
        overlap = max((_overlap(setting, links, other) for other in taken), default=0.0)
        if not found or overlap <= limit:
            found.append((path, overlap))
            taken.append(links)
            if len(found) > alternatives:
                break
        factor[np.isin(setting.supply.link, list(links))] *= 1 + penalty
    return [*found[:1], *sorted(found[1:], key=lambda p: float(p[0].totals[:, 0].sum()))]


def _through(graph: Graph, avoid: int | None) -> NDArray[np.int64] | None:
    """Return the steps of the best path through all terminals in order; None where there is none."""
    pieces = []
    for start in range(len(graph.terminals) - 1):
        overlay = build_overlay(graph, int(graph.terminals.country[start]), np.array([start]))
        piece = steps_to(solve(overlay, avoid=avoid), 0, start + 1)
        if piece is None:
            return None
        pieces.append(piece)
    return np.concatenate(pieces)


def _overlap(setting: Setting, links: set[int], other: set[int]) -> float:
    length = setting.network.links["length_km"].to_numpy(float)
    own = length[list(links)].sum()
    return float(length[list(links & other)].sum() / own) if own > 0 else 0.0


def _describe(
    setting: Setting,
    spots: list[Spot],
    path: Path,
    rank: int,
    overlap: float,
) -> dict[str, Any]:
    """Return one route as plain data."""
    supply, network = setting.supply, setting.network
    totals = path.totals.sum(axis=0)
    crossings = []
    for step in np.flatnonzero(path.enters >= 0):
        crossing_id = supply.crossing_ids[path.crossing[step]]
        crossings.append(
            {
                "crossing_id": crossing_id,
                "name": str(network.names("crossings")[crossing_id]),
                "wait_h": float(path.totals[step, 4]),
                "fee_usd": _fee(setting, path, int(step)),
                "into": supply.countries[path.enters[step]],
                "at_km": float(path.totals[:step, 1].sum()),
            }
        )
    on_supply = path.arc[path.arc >= 0]
    co2 = supply.co2_kg_per_t[on_supply].sum() if len(on_supply) else 0.0
    running_h = totals[2] - totals[4]
    return {
        "rank": rank,
        "distance_km": float(totals[1]),
        "time_h": float(totals[2]),
        "cost_usd": float(totals[3]),
        "border_wait_h": float(totals[4]),
        "km_by_country": {c: float(km) for c, km in zip(supply.countries, totals[5:], strict=True) if km > 0},
        "km_by_mode": {
            m: float(supply.length_km[on_supply[supply.mode[on_supply] == i]].sum())
            for i, m in enumerate(MODE_NAMES)
            if (supply.mode[on_supply] == i).any()
        },
        "crossings": crossings,
        "legs": _legs(setting, spots, path),
        "co2_kg_per_t": float(co2) if np.isfinite(co2) else None,
        "minimized": float(totals[0]),
        "unit": MINIMIZE[setting.minimize],
        "speed_kmh": float(totals[1] / totals[2]) if totals[2] > 0 else None,
        "speed_without_border_kmh": float(totals[1] / running_h) if running_h > 0 else None,
        "overlap": overlap,
    }


def _legs(setting: Setting, spots: list[Spot], path: Path) -> list[dict[str, Any]]:
    """Return a path as legs: runs of links of one mode, name and country; waits stand with the crossings."""
    supply, network = setting.supply, setting.network
    legs: list[dict[str, Any]] = []
    passed = 0
    for step, arc in enumerate(path.arc):
        length, hours = float(path.totals[step, 1]), float(path.totals[step, 2] - path.totals[step, 4])
        money = float(path.totals[step, 3]) - _fee(setting, path, step)
        if arc < 0:
            leaves = path.tail[step] >= supply.node_count
            if not leaves:  # an arc out of the network ends at a spot
                passed += 1
            if length > 0:
                spot = spots[min(passed, len(spots) - 1)].name
                node = path.head[step] if leaves else path.tail[step]
                name = _node_name(network, int(supply.node_row[int(node)]))
                legs.append(
                    _leg(
                        spot if leaves else name,
                        name if leaves else spot,
                        "connector",
                        "",
                        "",
                        length,
                        hours,
                        money,
                        [],
                    )
                )
            continue
        link = network.links.iloc[int(supply.link[arc])]
        mode = MODE_NAMES[supply.mode[arc]]
        country = supply.countries[supply.country[arc]] if supply.country[arc] >= 0 else ""
        name = _link_name(link)
        crossing = int(supply.crossing[arc])
        start, end = (_end_name(setting, int(node), crossing) for node in (supply.tail[arc], supply.head[arc]))
        last = legs[-1] if legs else None
        if last and (last["mode"], last["name"], last["country"]) == (mode, name, country):
            last["to"] = end
            last["length_km"] += length
            last["time_h"] += hours
            last["cost_usd"] += money
            last["link_ids"].append(str(link.name))
        else:
            legs.append(_leg(start, end, mode, name, country, length, hours, money, [str(link.name)]))
    return legs


def _fee(setting: Setting, path: Path, step: int) -> float:
    """Return the USD of a step of a path that are not for the way: what is paid at the border."""
    on_way = setting.supply.cost_usd[path.arc[step]]
    return float(path.totals[step, 3] - on_way) if path.enters[step] >= 0 else 0.0


def _leg(
    start: str,
    end: str,
    mode: str,
    name: str,
    country: str,
    length_km: float,
    time_h: float,
    cost_usd: float,
    link_ids: list[str],
) -> dict[str, Any]:
    return {
        "from": start,
        "to": end,
        "mode": mode,
        "link_ids": link_ids,
        "name": name,
        "length_km": length_km,
        "time_h": time_h,
        "cost_usd": cost_usd,
        "country": country,
    }


def _link_name(link: pd.Series) -> str:
    ref, name = (str(link[c]) if isinstance(link[c], str) else "" for c in ("ref", "name"))
    return name if ref in name else f"{ref} {name}".strip()


def _end_name(setting: Setting, node: int, crossing: int) -> str:
    """Return what an end of an arc is called: a border node by its crossing, which may share its place with another."""
    supply, network = setting.supply, setting.network
    if crossing >= 0 and supply.node_country[node] < 0:
        return str(network.names("crossings")[supply.crossing_ids[crossing]])
    return _node_name(network, int(supply.node_row[node]))


def _node_name(network: Network, node: int) -> str:
    place = network.nodes["place_id"].iloc[node]
    if isinstance(place, str):
        return str(network.names("places")[place])
    row = network.nodes.iloc[node]
    return f"{row['y_coord']:.2f},{row['x_coord']:.2f}"
