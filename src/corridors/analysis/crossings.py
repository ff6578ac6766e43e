"""Criticality: what each crossing's closure costs, one at a time, all others open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.results import Result, records, share
from corridors.analysis.setting import MINIMIZE, pose
from corridors.analysis.uncertainty import check_draws, drawn_waits, waiting_hour
from corridors.analysis.zones import build_zones, name_of_weights, pair_weights
from corridors.engine.closures import single_closures
from corridors.engine.drawn import with_waits
from corridors.engine.overlay import solve
from corridors.engine.paths import overlays_of, paths_of, together
from corridors.errors import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from corridors.analysis.setting import Setting
    from corridors.analysis.zones import Zones
    from corridors.engine.graph import Graph
    from corridors.engine.overlay import Overlay
    from corridors.engine.paths import Paths
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario


_MORE = 1 + 1e-9
"""Criticalities that differ by less than this share are of one rank."""


@dataclass(frozen=True, repr=False)
class Crossings(Result):
    """Crossings ranked by what their closure does; ``table`` is indexed by ``crossing_id``.

    Attributes
    ----------
    drawn
        With ``draws``: what drawn waits do to the ranking, a row a crossing in the order of ``table``: P10, P50, P90
        and mean of the criticality and of the rank, and the share of draws in which it ranks first; else no rows.
    """

    drawn: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    def to_json(self) -> Any:
        """Return the ranking as a list; with draws, each crossing with what they do to it as ``drawn``."""
        found = records(self.table)
        drawn = dict(zip(self.drawn.index, records(self.drawn.reset_index(drop=True)), strict=True))
        return [row | {"drawn": drawn[row["crossing_id"]]} if drawn else row for row in found]

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        if not len(self.table):
            return {}
        first = self.table.iloc[0]
        return {"crossings": len(self.table), "first": first["name"]} | {
            name: float(first[name]) for name in ("criticality", "unserved_share", "use_share", "extra_per_user")
        }


@dataclass(frozen=True)
class Closures:
    """What every single closure does to every pair; K crossings, Z zones.

    Attributes
    ----------
    free
        Paths with all crossings as the scenario has them.
    extra
        Shape (K, Z): Σ_j f_ij (c⁻k − c) of each origin, over pairs still served.
    lost
        Shape (K, Z): Σ_j f_ij of each origin, over pairs no longer served.
    served
        Shape (Z,): weight of each origin's pairs served with all open.
    """

    free: Paths
    extra: NDArray[np.float64] = field(repr=False)
    lost: NDArray[np.float64] = field(repr=False)
    served: NDArray[np.float64] = field(repr=False)


def close_each(graph: Graph, weight: NDArray[np.float64], overlays: Iterable[Overlay] | None = None) -> Closures:
    """Return the effect of closing each crossing alone.

    Parameters
    ----------
    graph
        The network with all zones.
    weight
        Shape (Z, Z).
    overlays
        The legs from all zones, where they are solved already.
    """
    count = len(graph.supply.crossing_ids)
    extra, lost = np.zeros((count, len(weight))), np.zeros((count, len(weight)))
    parts = []
    for overlay in overlays_of(graph) if overlays is None else overlays:
        solution = solve(overlay)
        paths = paths_of(solution)
        own = weight[overlay.origins]
        for closure in single_closures(solution, own > 0):
            at = closure.origin, closure.destination
            gone = np.isinf(closure.cost)
            more = own[at] * np.where(gone, 0.0, np.maximum(closure.cost - paths.cost[at], 0.0))
            k, rows = closure.crossing, overlay.origins[closure.origin]
            extra[k] += np.bincount(rows, more, len(weight))
            lost[k] += np.bincount(rows, np.where(gone, own[at], 0.0), len(weight))
        parts.append(paths)
    free = together(parts)
    served = np.isfinite(free.cost) & (weight > 0)
    return Closures(free, extra, lost, np.where(served, weight, 0.0).sum(axis=1))


def crossings(
    network: Network,
    *,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
    draws: int = 0,
    seed: int = 0,
    correlation: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> Crossings:
    """Return the crossings ranked by the effect of closing each alone.

    Criticality is Σ f (c⁻k − c) / Σ f over the pairs served with all crossings open (importance, after Jenelius,
    Petersen and Mattsson 2006); pairs that lose every route add nothing to it and count in ``unserved_share``.
    Ranked by unserved share, then by criticality.

    Parameters
    ----------
    network, mode, minimize, vehicle, weights, zones, scenario
        As in :func:`corridors.analysis.transit.transit`; all ordered pairs of zones count.
    draws
        How many times to draw the waits at the border and rank again, every crossing closed alone in each draw; 0: not
        at all.
    seed, correlation
        Of the draws: a seed, and how far crossings are slow on the same days, from 0 (each on its own) to 1 (all).
    progress
        Called with how many draws are solved, and of how many.

    Raises
    ------
    NoAnswerError
        If no two zones are joined.

    Examples
    --------
    >>> import corridors as co
    >>> ranking = crossings(co.load(), mode="rail")
    >>> bool(ranking.table["criticality"].min() >= 0)
    True
    """
    how = check_draws(draws, seed, correlation)
    setting = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=scenario)
    found_zones = build_zones(setting, zones)
    weight = pair_weights(setting, found_zones, weights)
    graph = setting.graph(found_zones.terminals)
    overlays = overlays_of(graph)
    closures = close_each(graph, weight, overlays)
    table = closure_table(setting, found_zones, weight, closures)
    settings = setting.describe() | {
        "weights": name_of_weights(weights),
        "zones": len(found_zones),
        "theta": setting.assumptions["gravity.theta"],
        "unit": f"{MINIMIZE[setting.minimize]} per weighted pair",
        **how,
    }
    drawn = _drawn(setting, overlays, weight, table, how, progress) if how else pd.DataFrame()
    return Crossings(f"Criticality of each crossing by {mode}, least {minimize}", table, settings, network, drawn)


def _drawn(
    setting: Setting,
    overlays: list[Overlay],
    weight: NDArray[np.float64],
    table: pd.DataFrame,
    how: dict[str, Any],
    progress: Callable[[int, int], None] | None,
) -> pd.DataFrame:
    """Return what drawn waits do to the ranking: each draw is solved with every crossing closed alone, as without.

    The legs stay; a draw costs as much as joining them at the border and closing each crossing, about a tenth of a
    second for the default network.
    """
    graph, value = overlays[0].graph, waiting_hour(setting)
    waits = drawn_waits(setting, graph, how)
    if value == 0:
        waits = waits[:1]  # waits do not decide: all draws are one
    at = [setting.supply.crossing_ids.index(crossing) for crossing in table.index]
    criticality, rank = np.zeros((len(waits), len(at))), np.zeros((len(waits), len(at)))
    for draw, wait_h in enumerate(waits):
        if progress:
            progress(draw, len(waits))
        closures = close_each(graph, weight, [with_waits(overlay, wait_h, value) for overlay in overlays])
        total = closures.served.sum()
        criticality[draw], lost = (each[at].sum(axis=1) / total for each in (closures.extra, closures.lost))
        worse = (lost > lost[:, None]) | (
            (lost == lost[:, None]) & (criticality[draw] > criticality[draw][:, None] * _MORE)
        )
        rank[draw] = 1 + worse.sum(axis=1)
    if progress:
        progress(len(waits), len(waits))
    columns = {
        f"{name}_{what}": np.quantile(values, q, axis=0) if q is not None else values.mean(axis=0)
        for name, values in (("criticality", criticality), ("rank", rank))
        for what, q in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9), ("mean", None))
    }
    return pd.DataFrame({"name": table["name"], **columns, "first_share": (rank == 1).mean(axis=0)}, index=table.index)


def closure_table(setting: Setting, zones: Zones, weight: NDArray[np.float64], closures: Closures) -> pd.DataFrame:
    """Return the ranking as a table; crossings that the mode does not have are left out."""
    total = float(closures.served.sum())
    if weight.sum() <= 0:
        raise NoAnswerError("no pair of zones weighs anything")
    if total <= 0:
        raise NoAnswerError(f"no two zones are joined by {setting.mode} ({setting.vehicle})")
    open_here = {
        setting.supply.crossing_ids[k] for k in np.unique(setting.supply.crossing[setting.supply.crossing >= 0])
    }
    country = zones.terminals.country
    domestic = country[:, None] == country[None]
    names = setting.network.names("crossings")
    rows = []
    for k, crossing in enumerate(setting.supply.crossing_ids):
        if crossing not in open_here:
            continue
        row = setting.network.crossings.loc[crossing]
        uses = closures.free.uses(k)
        users = np.where(uses, weight, 0.0)
        rows.append(
            {
                "crossing_id": crossing,
                "name": names[crossing],
                "mode": row["mode"],
                "category": row["category"],
                "region_a": row["region_a"],
                "region_b": row["region_b"],
                "unserved_share": float(closures.lost[k].sum() / total),
                "criticality": float(closures.extra[k].sum() / total),
                "use_share": float(users.sum() / total),
                "domestic_use_share": float(np.where(domestic, users, 0.0).sum() / total),
                "extra_per_user": share(closures.extra[k].sum(), users.sum()),
            }
        )
    if not rows:
        raise NoAnswerError(f"no crossing is open to {setting.mode} ({setting.vehicle}) as of {setting.as_of}")
    table = pd.DataFrame(rows).set_index("crossing_id")
    table = table.sort_values(["unserved_share", "criticality", "use_share"], ascending=False, kind="stable")
    table.insert(0, "rank", range(1, len(table) + 1))
    return table
