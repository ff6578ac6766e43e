"""The default network by road, in the arrays that all contestants take."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from planar import Planar
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

import corridors as co
from corridors.analysis.setting import Setting, pose
from corridors.analysis.zones import build_zones
from corridors.engine.supply import ENTRY

_KM_PER_DEGREE = 111.2
_MIDDLE_DEGREES = 51.0
"""Parallel along which degrees of longitude are measured for the weights of pairs."""


def shipped_network() -> Planar:
    """Return the default network for lorries, least time: each zone at its nearest node, one to a node, whole seconds.

    Entry and transit wait alike (the wait of entry), as in the networks made for the benchmark; access to the zones is
    left out. Only the largest connected part counts.
    """
    setting = pose(co.load(), mode="road", vehicle="freight", minimize="time")
    supply, zones = setting.supply, build_zones(setting)
    nearest: dict[int, tuple[float, int]] = {}
    for zone, node, hours in zip(
        *(getattr(zones.terminals, n).tolist() for n in ("zone", "node", "time_h")), strict=True
    ):
        nearest[zone] = min(nearest.get(zone, (np.inf, -1)), (hours, node))
    at = np.array([nearest[zone][1] for zone in range(len(zones))])
    used = _largest(supply.tail, supply.head, len(supply.node_row))
    number = np.cumsum(used) - 1
    arcs = np.flatnonzero(used[supply.tail])
    tail, head = number[supply.tail[arcs]], number[supply.head[arcs]]
    enters = supply.enters[arcs]
    crossing = np.full(len(arcs), -1, np.int32)
    _, crossing[enters >= 0] = np.unique(supply.crossing[arcs][enters >= 0], return_inverse=True)
    country = supply.node_country[used].copy()
    for _ in range(2):  # a border node belongs to the country from which its arcs come, up to the arc that enters
        inland = enters < 0
        known = country[tail] >= 0
        country[head[inland & known]] = country[tail[inland & known]]
    wait = np.where(enters >= 0, np.round(supply.wait_h[ENTRY, arcs] * 3600), 0.0)
    here = _first_at_each(at, zones.table["population"].to_numpy(float)) & used[at]
    x, y = _places(setting)
    table = zones.table[here]
    _, region = np.unique(table["region"].fillna("").to_numpy(str), return_inverse=True)
    return Planar(
        x_km=x[supply.node_row[used]],
        y_km=y[supply.node_row[used]],
        node_country=country,
        tail=tail,
        head=head,
        length_km=supply.length_km[arcs],
        seconds=np.maximum(np.round(supply.time_h[arcs] * 3600), 1.0) + wait,
        crossing=crossing,
        wait_s=wait,
        zone_node=number[at[here]],
        population=table["population"].to_numpy(float),
        region=region,
        crossings=int(crossing.max()) + 1,
    )


def _first_at_each(node: NDArray[np.int64], population: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which zones have the most people of those at their node."""
    order = np.argsort(-population, kind="stable")
    first = np.zeros(len(node), bool)
    first[order[np.unique(node[order], return_index=True)[1]]] = True
    return first


def _places(setting: Setting) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    nodes = setting.network.nodes
    x = nodes["x_coord"].to_numpy(float) * _KM_PER_DEGREE * np.cos(np.radians(_MIDDLE_DEGREES))
    return np.asarray(x), np.asarray(nodes["y_coord"].to_numpy(float) * _KM_PER_DEGREE)


def _largest(tail: NDArray[np.int32], head: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    """Return which nodes are in the largest connected part."""
    _, part = connected_components(csr_matrix((np.ones(len(tail), np.int8), (tail, head)), (count, count)), False)
    return np.asarray(part == np.bincount(part).argmax())
