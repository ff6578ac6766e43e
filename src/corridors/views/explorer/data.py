"""What the explorer's page carries: the network as the engine finds it, day by day, and what is drawn of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.analysis.results import plain
from corridors.analysis.setting import pose, settle
from corridors.analysis.timeline import FIRST_YEAR
from corridors.analysis.zones import find_zones, pair_weights
from corridors.engine.dated import change_days, shut_crossings
from corridors.engine.supply import MODE_NAMES
from corridors.model.dates import last_day
from corridors.model.scenario import Scenario
from corridors.model.vehicles import VEHICLES
from corridors.views.explorer.arrays import encode
from corridors.views.explorer.shapes import pack_shapes
from corridors.views.ground import fit_projection
from corridors.views.words import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from corridors.analysis.setting import Setting
    from corridors.engine.supply import Supply
    from corridors.model.network import Network

_WHOLE = ("link", "way", "tail", "head", "country", "mode", "crossing", "enters", "run_through", "rank")
_NUMBERS = (
    "length_km",
    "time_h",
    "cost_usd",
    "entry_wait_h",
    "transit_wait_h",
    "gate_h",
    "entry_fee_usd",
    "transit_fee_usd",
)


def pack(
    network: Network,
    *,
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    scenario: Scenario | None = None,
) -> dict[str, Any]:
    """Return all that the page needs, as plain data; arrays are little-endian and base64.

    Zones and weights are those of the date; what moves with the date that a reader chooses is the network alone, as
    in :func:`corridors.analysis.timeline.timeline`.

    Parameters
    ----------
    network
        The network.
    vehicle
        ``freight``, ``passenger``, ``lorry`` or ``car``.
    weights
        As in :func:`corridors.analysis.transit.transit`.
    scenario
        What differs from today; what is shut or slow is what the page opens with, the rest stays.

    Raises
    ------
    UsageError
        If the vehicle, or a name or date of the scenario, is unknown.

    Examples
    --------
    >>> import corridors as co
    >>> found = pack(co.load())
    >>> found["countries"], len(found["crossings"]["id"]) > 50
    (['KZ', 'RU'], True)
    """
    asked = settle(network, scenario or Scenario())
    inland = replace(asked, close=(), close_regions=(), wait_h={}, wait_factor=1.0)
    setting = pose(network, vehicle=vehicle, scenario=inland)
    zones = find_zones(setting)
    today = last_day(setting.as_of)
    days = _days(network, vehicle, today)
    arcs = _arcs_by_day(network, vehicle, days, inland)
    project = fit_projection(network)
    supply, regions = setting.supply, _known_regions(network, setting.as_of)
    return {
        "as_of": today.isoformat(),
        "first_day": days[0].isoformat(),
        "days": [day.isoformat() for day in days],
        "vehicle": vehicle,
        "countries": list(supply.countries),
        "modes": list(MODE_NAMES),
        "assumptions": _assumptions(setting),
        "arcs": arcs,
        "nodes": _nodes(network, supply, regions),
        "places": _places(network, regions),
        "regions": _regions(regions),
        "crossings": _crossings(network, supply),
        "links": _links(network),
        "zones": _zones(network, zones.table, regions),
        "weights": encode(pair_weights(setting, zones, weights).astype("<f8")),
        "shapes": pack_shapes(network, project),
        "opens": {
            "date": today.isoformat(),
            "closed": [
                c
                for c, shut in zip(network.crossings.index, shut_crossings(network.crossings, asked), strict=True)
                if shut
            ],
            "waits": dict(asked.wait_h),
            "factor": asked.wait_factor,
        },
    }


def _days(network: Network, vehicle: str, today: date) -> list[date]:
    """Return the first day of each state of the network, in order, from the first year on."""
    changes = change_days(network, frozenset(VEHICLES[vehicle].on.values()))
    first = date(FIRST_YEAR, 1, 1)
    return sorted({first, *(day for day in changes if day > first), *([today] if today < first else [])})


def _arcs_by_day(network: Network, vehicle: str, days: list[date], inland: Scenario) -> dict[str, Any]:
    """Return the arcs of all days, each with the states that it is there in, from the first to the last of a run."""
    order = np.argsort(np.argsort(network.links.index.to_numpy(), kind="stable"))  # of link ids
    rows, states = [], []
    for state, day in enumerate(days):
        supply = pose(network, vehicle=vehicle, scenario=replace(inland, as_of=day.isoformat())).supply
        rows.append(_arc_rows(supply, order))
        states.append(np.full(len(supply.tail), state))
    every, when = np.concatenate(rows), np.concatenate(states)
    unique, which = np.unique(every, axis=0, return_inverse=True)
    by_arc = np.lexsort((when, which.ravel()))
    which, when = which.ravel()[by_arc], when[by_arc]
    begins = np.flatnonzero(np.r_[True, (which[1:] != which[:-1]) | (when[1:] != when[:-1] + 1)])
    ends = np.r_[begins[1:], len(which)] - 1
    found = unique[which[begins]]
    columns = dict(zip((*_WHOLE, *_NUMBERS), found.T, strict=True))
    whole = {name: columns[name].astype("<i4") for name in _WHOLE}
    whole |= {"first": when[begins].astype("<i4"), "last": when[ends].astype("<i4")}
    return {name: encode(values) for name, values in whole.items()} | {
        name: encode(columns[name].astype("<f8")) for name in _NUMBERS
    }


def _arc_rows(supply: Supply, order: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the arcs of a day as rows, columns as in ``_WHOLE`` and ``_NUMBERS``; whole numbers are exact."""
    way = supply.rank % 2
    entry, transit = supply.usual_wait_h
    fee = supply.fee_usd
    return np.column_stack(
        [
            supply.link, way, supply.tail, supply.head, supply.country, supply.mode, supply.crossing,
            supply.enters, supply.run_through, 2 * order[supply.link] + way, supply.length_km, supply.time_h,
            supply.cost_usd, entry, transit, supply.gate_h, fee[0], fee[1],
        ]
    ).astype(float)  # fmt: skip


def _assumptions(setting: Setting) -> dict[str, float]:
    """Return the assumptions that the page computes with."""
    carries = VEHICLES[setting.vehicle].carries
    vehicle = {"freight": "lorry", "passenger": "car"}[carries]
    return {
        "value_of_time_usd_per_h": setting.value_of_time_usd_per_h,
        "reach_km": setting.assumptions["connector.reach_km"],
        "circuity": setting.assumptions["connector.circuity"],
        "speed_kmh": setting.assumptions["connector.speed_kmh"],
        "usd_per_km": setting.assumptions[f"usd_per_km.{vehicle}"],
    }


def _nodes(network: Network, supply: Supply, regions: pd.DataFrame) -> dict[str, Any]:
    """Return the nodes of the supply: some border nodes stand twice."""
    nodes = network.nodes
    place, region = ({n: i for i, n in enumerate(t.index)} for t in (network.places, regions))
    return {
        "count": supply.node_count,
        "row": encode(supply.node_row.astype("<i4")),
        "country": encode(supply.node_country.astype("<i4")),
        "place": encode(np.array([place.get(p, -1) for p in nodes["place_id"]], "<i4")),
        "region": encode(np.array([region.get(r, -1) for r in nodes["region"]], "<i4")),
        "own_country": plain([c if isinstance(c, str) else None for c in nodes["country"]]),
        "lat": encode(nodes["y_coord"].to_numpy("<f8")),
        "lon": encode(nodes["x_coord"].to_numpy("<f8")),
    }


def _named(table: pd.DataFrame) -> dict[str, list[str]]:
    """Return the names of the rows of a table in all languages."""
    return {lang: [str(n) for n in table[f"name_{lang}"].fillna(table["name_en"])] for lang in LANGUAGES}


def _known_regions(network: Network, as_of: str) -> pd.DataFrame:
    """Return the regions of today, which nodes lie in, and those of the date, which zones do."""
    import pandas as pd

    every = pd.concat([network.regions_as_of(None), network.regions_as_of(as_of)])
    return every[~every.index.duplicated()]


def _places(network: Network, regions: pd.DataFrame) -> dict[str, Any]:
    places = network.places
    served = set(network.nodes["place_id"].dropna())
    aliases: dict[str, list[str]] = {}
    for place, name in zip(network.aliases["place_id"], network.aliases["name"], strict=True):
        aliases.setdefault(str(place), []).append(str(name))
    region = {r: i for i, r in enumerate(regions.index)}
    return {
        "id": list(places.index),
        "name": _named(places),
        "kind": [str(k) for k in places["kind"]],
        "region": [region.get(r, -1) for r in places["region"]],
        "served": [bool(p in served and k != "checkpoint") for p, k in zip(places.index, places["kind"], strict=True)],
        "alias": [aliases.get(str(p), []) for p in places.index],
        "lat": encode(places["y_coord"].to_numpy("<f8")),
        "lon": encode(places["x_coord"].to_numpy("<f8")),
    }


def _regions(regions: pd.DataFrame) -> dict[str, Any]:
    return {"id": list(regions.index), "name": _named(regions)}


def _crossings(network: Network, supply: Supply) -> dict[str, Any]:
    crossings = network.crossings
    return {
        "id": list(supply.crossing_ids),
        "name": _named(crossings),
        "mode": [str(m) for m in crossings["mode"]],
    }


def _links(network: Network) -> dict[str, Any]:
    """Return what a leg is called, in the only language that links have."""
    links = network.links
    text = {c: [str(v) if isinstance(v, str) else "" for v in links[c]] for c in ("ref", "name")}
    called = [n if r in n else f"{r} {n}".strip() for r, n in zip(text["ref"], text["name"], strict=True)]
    known = {name: i for i, name in enumerate(dict.fromkeys(called))}
    return {"id": list(links.index), "name": list(known), "called": [known[name] for name in called]}


def _zones(network: Network, table: pd.DataFrame, regions: pd.DataFrame) -> dict[str, Any]:
    region = {r: i for i, r in enumerate(regions.index)}
    place = {p: i for i, p in enumerate(network.places.index)}
    today = network.places["region"]
    kinds = list(zip(table.index, table["kind"], strict=True))
    own = [today[z] if k == "place" else str(z).removeprefix("rest-") for z, k in kinds]
    return {
        "id": list(table.index),
        "country": [str(c) for c in table["country"]],
        "region": [region.get(r, -1) for r in table["region"]],
        "near": [region.get(r, -1) for r in own],
        "place": [place[z] if k == "place" else -1 for z, k in kinds],
        "population": [float(p) for p in table["population"]],
        "lat": encode(table["y_coord"].to_numpy("<f8")),
        "lon": encode(table["x_coord"].to_numpy("<f8")),
    }
