"""What changes from one table of least costs to another: by region of origin, and pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.engine.border import crossings_of
from corridors.engine.overlay import TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.analysis.setting import Setting
    from corridors.analysis.zones import Zones
    from corridors.engine.border import LeastCosts

MOST_PAIRS = 50
"""So many changed pairs of each scenario are listed."""


@dataclass(frozen=True)
class Change:
    """Weights and costs before and after, shapes (Z, Z)."""

    weight: NDArray[np.float64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]

    @cached_property
    def dearer(self) -> NDArray[np.bool_]:
        """Which pairs cost more, or are cut off."""
        return (self.weight > 0) & (self.after > self.before * (1 + TOLERANCE))

    @cached_property
    def changed(self) -> NDArray[np.bool_]:
        """Which pairs cost more or less than before."""
        return self.dearer | ((self.weight > 0) & (self.before > self.after * (1 + TOLERANCE)))

    def columns(self, member: NDArray[np.float64], zones: Zones) -> dict[str, NDArray[Any]]:
        """Return the figures of groups of origins, by which origins are in each, shape (G, Z)."""
        both = np.isfinite(self.before) & np.isfinite(self.after)
        weight, joined = self.weight, np.where(both, self.weight, 0.0)
        sums = [
            weight,
            joined,
            joined * np.where(both, self.before, 0.0),
            joined * np.where(both, self.after, 0.0),
            weight * np.isinf(self.before),
            weight * np.isinf(self.after),
            weight * self.changed,
        ]
        every, served, before, after, lost, lost_after, changed = (member @ s.sum(axis=1) for s in sums)
        with np.errstate(invalid="ignore", divide="ignore"):
            before, after = before / served, after / served
            figures = {
                "cost_before": before,
                "cost_after": after,
                "extra_cost": after - before,
                "change": after / before - 1,
                "unserved_share_before": lost / every,
                "unserved_share_after": lost_after / every,
                "changed_share": changed / every,
            }
        return figures | self._worst(member, zones)

    def _worst(self, member: NDArray[np.float64], zones: Zones) -> dict[str, NDArray[Any]]:
        """Return the pair of each group that rises most; a pair that is cut off is worse, the heaviest worst."""
        lost = self.dearer & np.isinf(self.after)
        with np.errstate(invalid="ignore"):
            rise = np.where(self.dearer & ~lost, self.after - self.before, -np.inf)
        score = np.where(lost, rise.max(initial=0.0) + self.weight, rise)
        to, top = score.argmax(axis=1), score.max(axis=1)
        origin = np.where(member > 0, top, -np.inf).argmax(axis=1)
        destination = to[origin]
        first, last = (zones.table.index.to_numpy(object)[at] for at in (origin, destination))
        pair = _pair_names(zones, origin, destination)
        none = ~np.isfinite(top[origin])
        first[none], last[none], pair[none] = None, None, None
        extra = rise[origin, destination]
        extra[~np.isfinite(extra)] = np.nan
        return {"worst_origin": first, "worst_destination": last, "worst_pair": pair, "worst_extra_cost": extra}


def by_region(
    change: Change, zones: Zones, names: dict[str, str]
) -> tuple[NDArray[Any], dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the regions whose pairs count, their figures, those that lose or change most first; and of all pairs."""
    region = zones.table["region"].to_numpy(object)
    counted = region[change.weight.sum(axis=1) > 0]
    regions = np.array(sorted({r for r in counted if isinstance(r, str)}), dtype=np.object_)
    member = np.vstack([region[None] == regions[:, None], np.ones((1, len(zones)))]).astype(float)
    figures = change.columns(member, zones)
    whole = {key: value[-1] for key, value in figures.items()}
    figures = {key: value[:-1] for key, value in figures.items()}
    order = np.lexsort((-figures["changed_share"], figures["unserved_share_before"] - figures["unserved_share_after"]))
    named = np.array([names.get(r, r) for r in regions], dtype=np.object_)
    columns = {"name": named, "zones": member[:-1].sum(axis=1).astype(int), **figures}
    return regions[order], {key: value[order] for key, value in columns.items()}, whole


def heaviest_pairs(
    name: str, change: Change, zones: Zones, before: LeastCosts, after: LeastCosts, setting: Setting
) -> dict[str, Any]:
    """Return the heaviest changed pairs, a list a column."""
    origin, to = np.nonzero(change.changed)
    weight = change.weight[origin, to]
    least = np.partition(weight, -MOST_PAIRS)[-MOST_PAIRS] if len(weight) > MOST_PAIRS else 0.0
    heavy = np.flatnonzero(weight >= least)
    first = heavy[np.argsort(-weight[heavy], kind="stable")][:MOST_PAIRS]
    origin, to = origin[first], to[first]
    used, used_after = crossings_of(before, origin, to), crossings_of(after, origin, to)
    ids = zones.table.index.to_numpy(object)
    crossing = np.array(setting.supply.crossing_ids, dtype=np.object_)
    cost, cost_after = (np.where(np.isfinite(c), c, np.nan) for c in (before.cost[origin, to], after.cost[origin, to]))
    return {
        "scenario": [name] * len(origin),
        "origin": ids[origin],
        "destination": ids[to],
        "pair": _pair_names(zones, origin, to),
        "share": weight[first] / change.weight.sum(),
        "cost_before": cost,
        "cost_after": cost_after,
        "extra_cost": cost_after - cost,
        "crossings_gained": _named(crossing, used_after & ~used),
        "crossings_lost": _named(crossing, used & ~used_after),
    }


def _pair_names(zones: Zones, origin: NDArray[np.int64], destination: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return "name – name" of some pairs."""
    name = zones.table["name"].to_numpy(object)
    return np.array([f"{name[i]} – {name[j]}" for i, j in zip(origin, destination, strict=True)], dtype=np.object_)


def _named(ids: NDArray[Any], which: NDArray[np.bool_]) -> list[tuple[str, ...]]:
    return [tuple(ids[row]) for row in which]
