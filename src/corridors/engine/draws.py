"""Uncertain waits: what a border arc may take, drawn from three quantiles.

The tables give the wait of a crossing, direction, vehicle and traffic as P10, P50 and P90. A draw is the quantile
function of a two-piece lognormal at a normal score z: P50 · (P50/P10)^(z/z90) below the median and
P50 · (P90/P50)^(z/z90) above it, with z90 = 1.2816. It has exactly these three quantiles, rises with z and is never
negative, so it needs no fitting; waits are products of delays, with a long tail to the right, and a lognormal is
their plain form. Its density has a step at the median, where the halves meet: nothing that is computed here minds.
Where P10 or P50 is zero there is no logarithm, and that half is linear in z, cut off at zero.

Sources: distributions given by their quantiles, Keelin and Powley (2011), Decision Analysis 8(3), 206-219; of two
pieces, Wallis (2014), Statistical Science 29(1), 106-112 (there the pieces meet at the mode).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.supply import ENTRY, MODE_NAMES, TRANSIT
from corridors.errors import DataError
from corridors.model.vehicles import VEHICLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.engine.supply import Supply
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

_Z90 = 1.2815515655446004
"""The standard normal distribution has nine tenths of its weight below."""


@dataclass(frozen=True)
class Spread:
    """Quantiles of the wait at B border arcs, in hours; all shapes (2, B), for ENTRY and TRANSIT.

    Attributes
    ----------
    p10, p50, p90
        Without the wait for the gate; equal where the wait is certain.
    gate_h
        The expected wait for the gate of a crossing that closes at night: certain, added to each draw.
    """

    p10: NDArray[np.float64]
    p50: NDArray[np.float64]
    p90: NDArray[np.float64]
    gate_h: NDArray[np.float64]


def spread_of(
    network: Network, supply: Supply, border_arc: NDArray[np.int64], vehicle: str, scenario: Scenario
) -> Spread:
    """Return the quantiles of the wait at some border arcs.

    A wait is certain where the tables have no row. Where they have no P10 or no P90, that half of the distribution is
    the median. A scenario's wait replaces the median and scales the spread by the same factor; where the median
    was zero there is nothing to scale and the scenario's wait is certain. A scenario's factor scales all three
    quantiles. The gate of a crossing open some hours a day comes on top, certain.

    Parameters
    ----------
    network, vehicle, scenario
        What the supply was built of; the scenario with ids for names.
    supply
        The arcs; its waits are the medians, the gate's included.
    border_arc
        Arcs of the supply that enter a country, shape (B,).

    Raises
    ------
    DataError
        If quantiles are not in order.
    """
    columns = ("crossing_id", "direction", "vehicle", "traffic", "wait_p10_h", "wait_p50_h", "wait_p90_h")
    rows = {key: spread for *head, low, mid, high in zip(*(network.waits[c] for c in columns), strict=True)
            for key, spread in [(tuple(head), (low, mid, high))]}  # fmt: skip
    sides = network.crossings[["country_a", "country_b"]]
    known = np.repeat(supply.wait_h[None, :, border_arc], 3, axis=0)
    gate_h = np.zeros(known.shape[1:])
    for at, arc in enumerate(border_arc):
        crossing, entered = supply.crossing_ids[supply.crossing[arc]], supply.countries[supply.enters[arc]]
        left = next(c for c in sides.loc[crossing] if c != entered)
        who = VEHICLES[vehicle].on[MODE_NAMES[supply.mode[arc]]]
        for kind, traffic in ((ENTRY, "entry"), (TRANSIT, "transit")):
            key = (crossing, f"{left}>{entered}", who, traffic)
            if key not in rows:
                continue
            low, mid, high = rows[key]
            low, high = mid if np.isnan(low) else low, mid if np.isnan(high) else high
            if not low <= mid <= high:
                said = f"{low:g} {mid:g} {high:g}"
                raise DataError(f"waits, {', '.join(key)}: {said}, expected P10 ≤ P50 ≤ P90")
            asked = scenario.wait_h.get(crossing)
            if asked is not None:
                low, mid, high = (v * asked / mid if mid > 0 else asked for v in (low, mid, high))
            else:
                low, mid, high = (v * scenario.wait_factor for v in (low, mid, high))
            known[:, kind, at] = low, mid, high
            gate_h[kind, at] = supply.gate_h[arc]
    return Spread(known[0], known[1], known[2], gate_h)


def quantile(
    p10: NDArray[np.float64], p50: NDArray[np.float64], p90: NDArray[np.float64], z: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the wait at a normal score, by the two-piece lognormal with three quantiles.

    Parameters
    ----------
    p10, p50, p90
        In order, hours; shapes that broadcast with ``z``.
    z
        Standard normal scores: -1.2816 gives P10, 0 gives P50, 1.2816 gives P90.

    Examples
    --------
    >>> scores = np.array([-2 * _Z90, -_Z90, 0.0, _Z90, 2 * _Z90])
    >>> quantile(np.array(1.0), np.array(4.0), np.array(12.0), scores).round(2).tolist()
    [0.25, 1.0, 4.0, 12.0, 36.0]
    >>> quantile(np.array(0.0), np.array(4.0), np.array(4.0), scores).round(2).tolist()
    [0.0, 0.0, 4.0, 4.0, 4.0]
    """
    far, steps = np.where(z < 0, p10, p90), np.abs(z) / _Z90
    logs = (far > 0) & (p50 > 0)
    ratio = np.divide(far, p50, out=np.ones(np.broadcast_shapes(far.shape, p50.shape)), where=logs)
    return np.asarray(np.where(logs, p50 * ratio**steps, np.maximum(p50 + (far - p50) * steps, 0.0)))


def scores(crossing_ids: tuple[str, ...], draws: int, seed: int, correlation: float) -> NDArray[np.float64]:
    """Return normal scores of crossings, shape (D, K): a Gaussian copula with one common factor.

    The score of crossing k is √ρ·z₀ + √(1-ρ)·z_k: any two crossings have correlation ρ. All directions, vehicles and
    kinds of traffic of one crossing share its score: a bad day is bad for all. Scores depend on the ids of the
    crossings in alphabetical order, so a scenario is drawn with the same luck as the baseline, and the first
    draws of many are those of few.

    Parameters
    ----------
    crossing_ids
        K crossings.
    draws, seed
        How many, and the seed of numpy's default generator.
    correlation
        ρ, from 0 (independent) to 1 (all the same).

    Examples
    --------
    >>> same = scores(("a", "b"), 3, 1, 1.0)
    >>> same.shape, bool((same[:, 0] == same[:, 1]).all())
    ((3, 2), True)
    """
    drawn = np.random.default_rng(seed).standard_normal((draws, 1 + len(crossing_ids)))
    place = np.empty(len(crossing_ids), np.int64)
    place[np.argsort(np.array(crossing_ids, dtype=object))] = np.arange(len(crossing_ids))
    return np.asarray(np.sqrt(correlation) * drawn[:, :1] + np.sqrt(1 - correlation) * drawn[:, 1:][:, place])


def draw_waits(spread: Spread, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return drawn waits in hours, the gate's included, shape (D, 2, B).

    Parameters
    ----------
    spread
        Of B border arcs.
    score
        The score of each arc's crossing, shape (D, B).
    """
    return quantile(spread.p10, spread.p50, spread.p90, score[:, None, :]) + spread.gate_h
