"""A supply with places to begin and end at, cut at the border: what runs inland, and arcs that enter a country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.engine.supply import Supply

_PER_FOREIGN_KM = 1e-7
_PER_ARC = 1e-9
"""Shares of the usual cost of a km: a link more counts as 10 m more abroad, and 3,000 km abroad as 30 cm of cost."""


@dataclass(frozen=True)
class Terminals:
    """Where trips begin and end: Z terminals, each tied to nodes by A access arcs.

    Attributes
    ----------
    country
        Shape (Z,): position in ``Supply.countries``.
    zone, node
        Shape (A,): terminal and node of each access arc.
    length_km, time_h, cost_usd
        Shape (A,): what access costs, the same in both directions.
    """

    country: NDArray[np.int32]
    zone: NDArray[np.int32]
    node: NDArray[np.int32]
    length_km: NDArray[np.float64]
    time_h: NDArray[np.float64]
    cost_usd: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of terminals."""
        return len(self.country)


@dataclass(frozen=True)
class Graph:
    """A supply cut at the border: E inland and access arcs, B border arcs, each of which enters a country.

    Nodes are those of the supply, then the terminals as origins, then the terminals as destinations.
    """

    supply: Supply
    terminals: Terminals
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    arc: NDArray[np.int64]
    """Shape (E,): arc of the supply; -1 for access."""
    totals: NDArray[np.float64]
    """Shape (E, 5 + countries): cost, length_km, time_h, cost_usd, wait_h, then km by country."""
    rank: NDArray[np.int64]
    """Shape (E,): order of link ids, then of direction; access before all."""
    border_arc: NDArray[np.int64]
    """Shape (B,): arcs of the supply, in the order of rank."""
    border_totals: NDArray[np.float64]
    """Shape (2, B, 5 + countries): as ``totals``, for ENTRY and TRANSIT."""

    @property
    def size(self) -> int:
        """Number of nodes."""
        return self.supply.node_count + 2 * len(self.terminals)

    @property
    def origins(self) -> NDArray[np.int64]:
        """Node numbers of the terminals as origins."""
        return np.arange(len(self.terminals), dtype=np.int64) + self.supply.node_count

    @property
    def destinations(self) -> NDArray[np.int64]:
        """Node numbers of the terminals as destinations."""
        return self.origins + len(self.terminals)

    @property
    def crossing(self) -> NDArray[np.int32]:
        """Crossing of each border arc, shape (B,)."""
        return np.asarray(self.supply.crossing[self.border_arc], np.int32)

    @property
    def enters(self) -> NDArray[np.int32]:
        """Country that each border arc enters, shape (B,)."""
        return np.asarray(self.supply.enters[self.border_arc], np.int32)

    def weights(self, country: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what decides between paths of trips from a country: shapes (E,) and (2, B).

        It is the cost with amounts far below the tolerance that make the fewest foreign km, then the fewest links,
        the best of equal costs.
        """
        per_km = _usual_rate(self.totals[:, 0], self.totals[:, 1])

        def with_ties(totals: NDArray[np.float64]) -> NDArray[np.float64]:
            foreign_km = totals[..., 5:].sum(axis=-1) - totals[..., 5 + country]
            return np.asarray(totals[..., 0] + per_km * (_PER_FOREIGN_KM * foreign_km + _PER_ARC))

        return with_ties(self.totals), with_ties(self.border_totals)


def _usual_rate(cost: NDArray[np.float64], km: NDArray[np.float64]) -> float:
    """Return the median cost of a km, which no single slow or short arc moves; of an arc where none has a length."""
    counts = np.isfinite(cost) & (cost > 0)
    long = counts & (km > 0)
    rates = cost[long] / km[long] if long.any() else cost[counts]
    return float(np.median(rates)) if len(rates) else 1.0


def build_graph(
    supply: Supply,
    terminals: Terminals,
    arc_cost: NDArray[np.float64],
    border_cost: NDArray[np.float64],
    access_cost: NDArray[np.float64],
) -> Graph:
    """Return a supply with terminals, cut at the border.

    Parameters
    ----------
    supply
        Arcs of N nodes.
    terminals
        Z terminals.
    arc_cost, border_cost
        What is minimised, shapes (M,) and (2, M), as :func:`corridors.engine.supply.generalised` gives them.
    access_cost
        The same for access arcs, shape (A,).
    """
    inland = np.flatnonzero(supply.enters < 0)
    border = np.flatnonzero(supply.enters >= 0)
    border = border[np.argsort(supply.rank[border])]
    width, many = 5 + len(supply.countries), len(inland)

    def fill(columns: NDArray[np.float64], arcs: NDArray[np.int64]) -> None:
        values = (arc_cost, supply.length_km, supply.time_h, supply.cost_usd)
        _fill(columns, [column[arcs] for column in values], supply.country[arcs])

    usual = np.zeros((width, len(border)))
    fill(usual, border)
    at_border = np.stack([usual.T, usual.T])
    for traffic in (0, 1):
        wait, fee = supply.wait_h[traffic, border], supply.fee_usd[traffic, border]
        for column, added in ((0, border_cost[traffic, border]), (2, wait), (3, fee), (4, wait)):
            at_border[traffic, :, column] += added
    home = terminals.country[terminals.zone]
    # a column at a time, each in one piece: millions of rows would be gathered and copied twice
    totals = np.zeros((width, many + 2 * len(home)))
    fill(totals[:, :many], inland)
    there, back = totals[:, many : many + len(home)], totals[:, many + len(home) :]
    _fill(there, [access_cost, terminals.length_km, terminals.time_h, terminals.cost_usd], home)
    back[:] = there
    nodes, zones = supply.node_count, len(terminals)
    none = np.full(2 * len(home), -1, np.int64)
    return Graph(
        supply=supply,
        terminals=terminals,
        tail=np.concatenate([supply.tail[inland], nodes + terminals.zone, terminals.node]).astype(np.int64),
        head=np.concatenate([supply.head[inland], terminals.node, nodes + zones + terminals.zone]).astype(np.int64),
        arc=np.concatenate([inland, none]),
        totals=totals.T,
        rank=np.concatenate([supply.rank[inland], none]),
        border_arc=border,
        border_totals=at_border,
    )


def _fill(columns: NDArray[np.float64], values: list[NDArray[np.float64]], country: NDArray[np.int32]) -> None:
    """Put cost, km, hours and USD of arcs, and km by country, into zeros, shape (5 + countries, arcs), in place."""
    columns[: len(values)] = values
    for c, km in enumerate(columns[5:]):
        np.multiply(values[1], country == c, out=km)
