"""Costs alone, of what a solution chose among: legs, border arcs, and the ways on from them to the zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.minplus import run_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.engine.overlay import Solution


@dataclass(frozen=True)
class Costs:
    """Costs alone, of legs between O origins, B border arcs and Z zones, and of the border arcs themselves."""

    direct: NDArray[np.float64]
    """Shape (O, Z): of domestic pairs without any crossing; inf for others."""
    to_border: NDArray[np.float64]
    """Shape (O, B)."""
    among: NDArray[np.float64]
    """Shape (B, B)."""
    to_zone: NDArray[np.float64]
    """Shape (B, Z)."""
    transit: NDArray[np.float64]
    entry: NDArray[np.float64]
    run: NDArray[np.float64]
    """Shape (B,): inf where a border arc cannot be passed so."""
    home: NDArray[np.bool_]
    """Shape (Z,): zones of the country of the origins."""

    def onto(self, shut: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Return costs from the near side of each border arc, passed last before the end, to each zone: (Z, B)."""
        run = self.run if shut is None else np.where(shut, np.inf, self.run)
        entered = self.entry[:, None] + run_on(self.to_zone, self.among, run)
        ahead = np.where(self.home, self.transit[:, None] + self.to_zone, entered)
        if shut is not None:
            ahead[shut] = np.inf
        return np.ascontiguousarray(ahead.T)

    def sides(self, onto: NDArray[np.float64]) -> tuple[Side, Side]:
        """Return the zones of the own country and those abroad, from what :meth:`onto` gives."""
        return _side(self.home, onto), _side(~self.home, onto)


@dataclass(frozen=True)
class Side:
    """G zones, of the own country or abroad, and the U border arcs that may be passed last on the way to them.

    Attributes
    ----------
    zones, arcs
        Shapes (G,) and (U,).
    place
        Shape (Z,): position in ``zones``; -1 for those of the other side.
    ahead
        Shape (G, U): costs from the near side of each border arc on.
    """

    zones: NDArray[np.int64]
    arcs: NDArray[np.int64]
    place: NDArray[np.int64]
    ahead: NDArray[np.float64]

    def alone(self, crossing: NDArray[np.int32]) -> bool:
        """Return whether no crossing has two of the border arcs."""
        return len(set(crossing[self.arcs].tolist())) == len(self.arcs)


def _side(chosen: NDArray[np.bool_], onto: NDArray[np.float64]) -> Side:
    zones = np.flatnonzero(chosen)
    arcs = np.flatnonzero(np.isfinite(onto[zones]).any(axis=0))
    place = np.where(chosen, np.cumsum(chosen) - 1, -1)
    return Side(zones, arcs, place, np.ascontiguousarray(onto[np.ix_(zones, arcs)]))


def costs_of(solution: Solution) -> Costs:
    """Return the costs that a solution chose among, without what decides between equal ones."""
    overlay = solution.overlay
    many, zones = solution.weight.shape
    legs = np.where(np.isfinite(overlay.weight), overlay.totals[:, :, 0], np.inf)
    entry, transit = overlay.graph.border_totals[:, :, 0]
    home = overlay.graph.terminals.country == overlay.country
    return Costs(
        direct=np.where(home, legs[:many, :zones], np.inf),
        to_border=legs[:many, zones:],
        among=legs[many:, zones:],
        to_zone=legs[many:, :zones],
        transit=np.where(np.isfinite(solution.transit), transit, np.inf),
        entry=np.where(np.isfinite(solution.entry), entry, np.inf),
        run=np.where(np.isfinite(solution.run), transit, np.inf),
        home=home,
    )
