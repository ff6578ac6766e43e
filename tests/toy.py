"""Networks small enough to solve by hand.

In a toy every speed is 1 km/h, a kilometre costs 1 USD, lorries take no breaks and nobody waits unless a test says so.
So hours = USD = km, plus the waits and fees that the test writes down. All nodes lie within metres of each other unless a
test gives coordinates, so the gravity weight of a pair is simply P_i · P_j (distances count as at least 1 km).

A toy is written as lines of words::

    nodes   "a RU RU-A 3"            a node that is its own place: id, country, region, people (none: no zone)
            "x"                      a border node, and with it a crossing of the same name
            "a RU RU-A 3 at=50,60"   latitude and longitude
    links   "a x 10"                 both ways, 10 km by road; ids are "a-x", then "a-x.2"
            "a > x 10"               one way
            "a x 10 mode=rail status=planned class=branch uses=freight id=other surface=gravel speed=5"
    waits   "x RU>KZ entry 5"        hours; "x RU>KZ entry 5 fee=7"; "x RU>KZ entry 5 p10=1 p90=9"
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import corridors as co
from corridors.engine.graph import Graph
from corridors.engine.paths import Paths, overlays_of, skim
from corridors.model.assumptions import Assumptions
from corridors.model.network import Network
from corridors.model.schema import TABLES
from corridors.sources.tables import RawTable, to_frame

SOURCE = "toy#by hand"
_FREIGHT = {"rail": "freight_train", "road": "lorry", "sea": "ship", "transfer": "lorry"}
_CLASS = {"rail": "main", "road": "trunk", "sea": "ferry", "transfer": "transfer"}
_USES = {"rail": "freight|passenger", "road": "lorry|car", "sea": "freight|lorry", "transfer": "freight|passenger"}


@functools.cache
def shipped_network() -> Network:
    """The default network, read once."""
    return co.load()


@functools.cache
def plain_assumptions() -> Assumptions:
    """The shipped keys with values that drop out of all sums."""
    keys = shipped_network().assumptions.entries
    ones = {k: 1.0 for k in keys if k.startswith(("speed_kmh.", "usd_per_km.", "surface_factor."))}
    nothing = {k: 0.0 for k in keys if k.startswith(("wait_h.", "transfer.")) or k == "breaks.lorry.h_per_h"}
    return shipped_network().assumptions.changed(
        {**ones, **nothing, "zones.population_bound": 1.0, "gravity.theta": 1.0}
    )


def network(
    nodes: str,
    links: str,
    waits: str = "",
    *,
    crossings: dict[str, dict[str, Any]] | None = None,
    regions: dict[str, dict[str, Any]] | None = None,
    corridors: dict[str, list[str]] | None = None,
    periods: list[dict[str, str]] | None = None,
    assumptions: dict[str, float] | None = None,
) -> Network:
    """Return a network from lines of words.

    ``crossings`` sets cells of a crossing (``{"x": {"category": "local"}}``), ``regions`` of a region, there also
    ``population``; ``corridors`` lists link ids; ``assumptions`` replaces values of :func:`plain_assumptions`.
    """
    node_rows, place_rows, people = _nodes(nodes)
    link_rows = _links(links, node_rows)
    crossing_rows, crossing_links = _crossings(node_rows, link_rows, crossings or {})
    region_rows = _regions(node_rows, crossing_rows, regions or {})
    people |= {r: cells["population"] for r, cells in (regions or {}).items() if "population" in cells}
    rows = {
        "places": place_rows,
        "nodes": node_rows,
        "links": link_rows,
        "crossings": crossing_rows,
        "crossing_links": crossing_links,
        "waits": _waits(waits, crossing_rows),
        "periods": [{"source": SOURCE, **p} for p in periods or []],
        "regions": region_rows,
        "populations": [{"object_id": o, "year": "2020", "population": n, "source": SOURCE} for o, n in people.items()],
        "corridors": [_named("corridor_id", c) | {"mode": "road", "source": SOURCE} for c in corridors or {}],
        "corridor_links": [
            {"corridor_id": c, "sequence": i, "link_id": link}
            for c, ids in (corridors or {}).items()
            for i, link in enumerate(ids, 1)
        ],
        "sources": [{"source_id": "toy", "title": "made up", "publisher": "this test"}],
    }
    return Network(
        **{name: frame(name, rows.get(name, [])) for name in TABLES},
        assumptions=plain_assumptions().changed(assumptions or {}),
        name="toy",
    )


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as the table the reader would make of them."""
    columns = TABLES[name].column_names
    unknown = {key for row in rows for key in row} - set(columns)
    assert not unknown, f"{name} has no column {unknown}"
    cells = [["" if row.get(c) is None else str(row.get(c, "")) for c in columns] for row in rows]
    return to_frame(RawTable(TABLES[name], None, columns, list(range(2, len(rows) + 2)), cells))  # type: ignore[arg-type]


def reordered(net: Network, order: Any) -> Network:
    """Return the same network with the rows of every table in another order; ``order`` sorts a list in place."""
    tables = {}
    for name in TABLES:
        if name not in ("corridor_links", "periods"):  # there a row's place means something
            at = list(range(len(net.table(name))))
            order(at)
            tables[name] = net.table(name).iloc[at]
    return replace(net, **tables)


def _lines(text: str) -> list[tuple[list[str], dict[str, str]]]:
    """Split lines into words and key=value options."""
    found = []
    for line in text.strip().splitlines():
        words = line.split("#")[0].split()
        if words:
            options = dict(w.split("=", 1) for w in words if "=" in w)
            found.append(([w for w in words if "=" not in w], options))
    return found


def _named(key: str, name: str) -> dict[str, Any]:
    return {key: name, **{f"name_{language}": name for language in ("en", "ru", "kk")}}


def _nodes(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, int]]:
    nodes, places, people = [], [], {}
    for number, (words, options) in enumerate(_lines(text)):
        lat, lon = options.get("at", f"{50 + number * 1e-5:.5f},60").split(",")
        where = {"y_coord": lat, "x_coord": lon, "source": SOURCE}
        name, country, region = [*words, None, None][:3]
        places.append(_named("place_id", name) | {"country": country, "region": region, **where})
        places[-1]["kind"] = "city" if country else "checkpoint"
        nodes.append(
            {
                "node_id": name,
                "place_id": name,
                "kind": "city" if country else "border",
                "country": country,
                "region": region,
                **where,
            }
        )
        if len(words) > 3:
            people[name] = int(words[3])
    return nodes, places, people


def _links(text: str, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    country = {n["node_id"]: n["country"] for n in nodes}
    rows: list[dict[str, Any]] = []
    for words, options in _lines(text):
        directed = ">" in words
        tail, head, km = (w for w in words if w != ">")
        mode = options.get("mode", "road")
        name = options.get("id", f"{tail}-{head}")
        while any(r["link_id"] == name for r in rows):
            stem, _, number = name.partition(".")
            name = f"{stem}.{int(number or 1) + 1}"
        rows.append(
            {
                "link_id": name,
                "from_node_id": tail,
                "to_node_id": head,
                "directed": "true" if directed else "false",
                "country": None if mode == "sea" else country[tail] or country[head],
                "mode": mode,
                "allowed_uses": options.get("uses", _USES[mode]),
                "facility_type": options.get("class", _CLASS[mode]),
                "status": options.get("status", "operational"),
                "length_km": km,
                "length_basis": "published",
                "free_speed_kmh": options.get("speed"),
                "surface": options.get("surface"),
                "source": SOURCE,
            }
        )
    return rows


def _crossings(
    nodes: list[dict[str, Any]], links: list[dict[str, Any]], changes: dict[str, dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Make each border node a crossing, side a the country first in the alphabet's reverse (RU before KZ)."""
    inland = {n["node_id"]: n for n in nodes if n["kind"] != "border"}
    rows, owned = [], []
    for node in (n for n in nodes if n["kind"] == "border"):
        crossing = node["node_id"]
        own = [link for link in links if crossing in (link["from_node_id"], link["to_node_id"])]
        ends = [inland[e] for link in own for e in (link["from_node_id"], link["to_node_id"]) if e != crossing]
        a, b = sorted({e["country"] for e in ends}, reverse=True)
        region = {c: next(e["region"] for e in ends if e["country"] == c) for c in (a, b)}
        rows.append(
            _named("crossing_id", crossing)
            | {"place_id": crossing, "country_a": a, "region_a": region[a], "country_b": b, "region_b": region[b]}
            | {
                "mode": own[0]["mode"],
                "category": "multilateral",
                "status": "operational",
                "position_basis": "measured",
            }
            | {"y_coord": node["y_coord"], "x_coord": node["x_coord"], "source": SOURCE}
            | changes.get(crossing, {})
        )
        owned += [{"crossing_id": crossing, "link_id": link["link_id"]} for link in own]
    return rows, owned


def _waits(text: str, crossings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    mode = {c["crossing_id"]: c["mode"] for c in crossings}
    return [
        {
            "crossing_id": crossing,
            "direction": direction,
            "vehicle": options.get("vehicle", _FREIGHT[mode[crossing]]),
            "traffic": traffic,
            "wait_p10_h": options.get("p10"),
            "wait_p50_h": hours,
            "wait_p90_h": options.get("p90"),
            "fee_usd": options.get("fee"),
            "basis": "assumed",
            "source": SOURCE,
        }
        for (crossing, direction, traffic, hours), options in _lines(text)
    ]


def _regions(
    nodes: list[dict[str, Any]], crossings: list[dict[str, Any]], changes: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    country = {n["region"]: n["country"] for n in nodes if n["region"]}
    border = {c[f"region_{side}"] for c in crossings for side in "ab"}
    return [
        _named("region_id", region)
        | {"country": country[region], "border": str(region in border).lower(), "source": SOURCE}
        | {k: v for k, v in changes.get(region, {}).items() if k != "population"}
        for region in sorted(country)
    ]


def skims(graph: Graph, origins: NDArray[np.int64] | None = None, **limits: Any) -> Paths:
    """All paths from some terminals (None: all)."""
    return skim(overlays_of(graph, origins), **limits)


def users(paths: Paths, crossings: Iterable[int]) -> NDArray[np.bool_]:
    """Which pairs use any of some crossings."""
    return np.isin(paths.crossings, list(crossings)).any(axis=0)
