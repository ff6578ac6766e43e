"""Least-cost paths by networkx, from the tables and the definitions alone; nothing here uses corridors.engine.

A state is a node, the side from which a border node was reached, and whether the country of destination has been entered
for good. A trip within a country ends before any entry, a trip between two countries after one; past it only
railway crossings without a checkpoint may be passed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import networkx as nx

from corridors.model.network import Network

ON = {"rail": "freight_train", "road": "lorry", "sea": "ship"}


@dataclass
class Oracle:
    """The network as one graph of states; edges of closed crossings, and into a country to avoid, are hidden.

    ``weight`` of an edge is a tuple that adds up and compares part by part: cost, foreign km (set per origin), links.
    """

    net: Network
    mode: str = "road"
    minimize: str = "time"
    closed: Collection[str] = ()
    avoid: str | None = None
    wait_h: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.day = last_day(self.net.assumptions.reference_date)
        self.country = {n: r["country"] for n, r in self.net.nodes.iterrows()}
        self.border = set(self.net.nodes.index[self.net.nodes["kind"] == "border"])
        self.crossing = dict(
            zip(self.net.crossing_links["link_id"], self.net.crossing_links["crossing_id"], strict=True)
        )
        self.waits = {
            (r["crossing_id"], r["direction"], r["vehicle"], r["traffic"]): (r["wait_p50_h"], r["fee_usd"])
            for _, r in self.net.waits.iterrows()
        }
        self.status = {
            k: self.dated(k, "status", r["status"])
            for t in ("links", "crossings")
            for k, r in self.net.table(t).iterrows()
        }
        self.graph = nx.MultiDiGraph()
        for link_id, link in self.net.links.iterrows():
            if self.usable(link_id, link):
                self.add(link_id, link, link["from_node_id"], link["to_node_id"])
                if not link["directed"]:
                    self.add(link_id, link, link["to_node_id"], link["from_node_id"])

    def dated(self, object_id: str, attribute: str, value: Any) -> Any:
        """What holds on the day: the last period that covers it; nothing outside periods of being in use; else the row."""
        of_it = self.net.periods[
            (self.net.periods["object_id"] == object_id) & (self.net.periods["attribute"] == attribute)
        ]
        of_it = [r for _, r in of_it.iterrows() if not isinstance(r["vehicle"], str) or r["vehicle"] in ON.values()]
        now = [
            r["value"]
            for r in of_it
            if not (isinstance(r["from"], str) and last_day(r["from"]) > self.day)
            and not (isinstance(r["to"], str) and last_day(r["to"]) <= self.day)
        ]
        if now:
            return now[-1]
        if attribute == "status" and any(r["value"] in ("operational", "seasonal") for r in of_it):
            return "closed"
        return value

    def usable(self, link_id: str, link: Any) -> bool:
        crossing = self.crossing.get(link_id)
        return (
            link["mode"] == self.mode
            and bool({"freight", "lorry"} & set(link["allowed_uses"].split("|")))
            and self.status[link_id] in ("operational", "seasonal")
            and (crossing is None or self.status[crossing] in ("operational", "seasonal"))
            and (crossing is None or self.net.crossings.at[crossing, "freight"] != "no")
        )

    def running(self, link_id: str, link: Any) -> tuple[float, float, float]:
        """Kilometres, hours and money of a link, by the definitions of the tables and assumptions."""
        a, vehicle, km = self.net.assumptions, ON[link["mode"]], link["length_km"]
        speed = a[f"speed_kmh.{link['mode']}.{link['facility_type']}.{vehicle}"]
        if link["surface"] in ("gravel", "dirt") and link["mode"] == "road":
            speed *= a[f"surface_factor.{link['surface']}"]
        own = float(self.dated(link_id, "free_speed_kmh", link["free_speed_kmh"]))
        speed = speed if math.isnan(own) else min(own, speed)
        hours = km / speed * (1 + a["breaks.lorry.h_per_h"] if vehicle == "lorry" else 1)
        return km, hours, km * a[f"usd_per_km.{vehicle}"]

    def border_cost(self, crossing: str, left: str, entered: str, traffic: str, mode: str) -> tuple[float, float]:
        """Hours and fee of passing a border."""
        wait, fee = self.waits.get((crossing, f"{left}>{entered}", ON[mode], traffic), (math.nan, math.nan))
        wait = self.wait_h.get(crossing, wait)
        if math.isnan(wait):
            wait = self.net.assumptions[f"wait_h.{ON[mode]}"]
        hours_open = float(self.dated(crossing, "hours_per_day", self.net.crossings.at[crossing, "hours_per_day"]))
        gate = 0 if math.isnan(hours_open) else (24 - hours_open) ** 2 / 48
        return wait + gate, 0 if math.isnan(fee) else fee

    def run_through(self, crossing: str) -> bool:
        """Whether trains pass a crossing without a checkpoint."""
        row = self.net.crossings.loc[crossing]
        return row["category"] == "none" and row["mode"] == "rail"

    def add(self, link_id: str, link: Any, tail: str, head: str) -> None:
        """Add a link in one direction, in every state in which it may be travelled."""
        km, hours, usd = self.running(link_id, link)
        ground = link["country"]

        def edge(a: Any, b: Any, h: float = 0, fee: float = 0, entered: str | None = None) -> None:
            cost = {"distance": km, "time": hours + h, "cost": usd + fee}.get(self.minimize)
            if cost is None:
                cost = usd + fee + (hours + h) * self.net.assumptions["value_of_time_usd_per_h.freight"]
            self.graph.add_edge(
                a, b, cost=cost, km=km, ground=ground, crossing=self.crossing.get(link_id), enters=entered
            )

        if tail in self.border:
            entered, crossing = self.country[head], self.crossing[link_id]
            sides = set(self.net.crossings.loc[crossing, ["country_a", "country_b"]])
            (left,) = sides - {entered}
            for after, traffic in ((0, "transit"), (1, "entry")):
                edge(
                    (tail, left, 0),
                    (head, "", after),
                    *self.border_cost(crossing, left, entered, traffic, link["mode"]),
                    entered,
                )
            if self.run_through(crossing):
                cost = self.border_cost(crossing, left, entered, "transit", link["mode"])
                edge((tail, left, 1), (head, "", 1), *cost, entered)
        elif head in self.border:  # after the entry only where there is no checkpoint
            for layer in (0, 1) if self.run_through(self.crossing[link_id]) else (0,):
                edge((tail, "", layer), (head, self.country[tail], layer))
        else:
            for layer in (0, 1):
                edge((tail, "", layer), (head, "", layer))

    def costs(self, origin: str, destinations: Iterable[str]) -> dict[str, tuple[float, float, int] | None]:
        """Least (cost, foreign km, links) from one node to others; None where there is no way."""
        home = self.country[origin]

        def weight(a: Any, b: Any, parallel: dict[int, dict[str, Any]]) -> Sum | None:
            passable = [
                Sum((e["cost"], 0 if e["ground"] == home else e["km"], 1))
                for e in parallel.values()
                if (e["crossing"] is None or e["crossing"] not in self.closed)
                and (e["enters"] is None or e["enters"] != self.avoid)
                and (a[2] == b[2] or e["enters"] != home)  # coming home is no entry of a trip abroad
            ]
            return min(passable, default=None)  # None hides the edge

        if (origin, "", 0) not in self.graph:
            return dict.fromkeys(destinations)
        found = nx.single_source_dijkstra_path_length(self.graph, (origin, "", 0), weight=weight)
        return {
            d: tuple(found[state] or (0, 0, 0)) if (state := (d, "", int(self.country[d] != home))) in found else None
            for d in destinations
        }


class Sum(tuple):
    """Numbers that add part by part, and to the zero networkx begins with."""

    def __add__(self, other: Any) -> Sum:
        return Sum(a + b for a, b in zip(self, other or (0, 0, 0), strict=True))

    __radd__ = __add__

    def __lt__(self, other: Any) -> bool:
        return tuple(self) < tuple(other or (0, 0, 0))

    def __gt__(self, other: Any) -> bool:
        return tuple(self) > tuple(other or (0, 0, 0))


def last_day(text: str) -> date:
    """The last day a date can mean, written anew."""
    year, month, day = [*map(int, text.split("-")), None, None][:3]
    if day:
        return date(year, month, day)
    return date(year + (not month or month == 12), (month or 12) % 12 + 1, 1) - date.resolution
