"""More than one closure: the worst sets of crossings, and what is left as crossings fail one after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.results import Result, plain, records, share
from corridors.analysis.setting import MINIMIZE, pose
from corridors.analysis.zones import build_zones, name_of_weights, pair_weights
from corridors.engine.failures import baseline_of, effect_of, effects_of_one_more, effects_of_sets
from corridors.engine.paths import overlays_of
from corridors.errors import NoAnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from corridors.analysis.setting import Setting
    from corridors.engine.failures import Baseline
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

SIZES = (2, 3)
METHODS = ("exact", "greedy")
MOST_SETS = 250_000
"""Sets up to which all are compared."""
_TOP = 10
_SAME = 12
"""Digits of a share: effects that differ by less are equal, and the smaller ids come first."""


@dataclass(frozen=True, repr=False)
class WorstSets(Result):
    """Sets of crossings whose closure together does most harm; ``table`` is indexed by ``rank``.

    Attributes
    ----------
    figures
        ``method`` (exact: all sets were compared; greedy: no guarantee), ``sets`` (how many there are), ``solved`` (how
        many closures it took; None: greedy), ``unserved_share_bound`` (no set leaves more unserved).
    """

    figures: dict[str, Any] = field(default_factory=dict)

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        if not len(self.table):
            return self.figures
        first = self.table.iloc[0]
        worst = {"worst": first["names"], **{name: float(first[name]) for name in ("unserved_share", "criticality")}}
        return worst | {name: self.figures[name] for name in ("method", "sets")}

    def to_json(self) -> dict[str, Any]:
        """Return the sets and how they were found, as plain data."""
        sets = records(self.table)
        for row in sets:
            row["crossing_ids"] = row["crossing_ids"].split("|")
        found: dict[str, Any] = plain({**self.figures, "worst": sets, "settings": self.settings})
        return found


@dataclass(frozen=True, repr=False)
class Robustness(Result):
    """What is left as crossings fail; ``table`` is indexed by ``failed``, how many have failed.

    Attributes
    ----------
    figures
        ``robustness_worst_first`` and ``robustness_random``, the latter with its P10 and P90 over orders.
    """

    figures: dict[str, Any] = field(default_factory=dict)

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        return self.figures

    def to_json(self) -> dict[str, Any]:
        """Return the figures and the curve as plain data."""
        found: dict[str, Any] = plain({**self.figures, "curve": records(self.table), "settings": self.settings})
        return found


@dataclass(frozen=True)
class _Question:
    """Baselines of all countries, the crossings that are open, shape (n,), and the weight of what is served."""

    setting: Setting
    baselines: list[Baseline]
    present: NDArray[np.int64]
    total: float
    settings: dict[str, Any]

    def mask(self, *crossings: int) -> NDArray[np.bool_]:
        """Return some crossings as a mask, shape (K,)."""
        return np.isin(np.arange(len(self.setting.supply.crossing_ids)), crossings)


def worst_sets(
    network: Network,
    size: int = 2,
    *,
    method: str | None = None,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> WorstSets:
    """Return the pairs or triples of crossings whose closure together does most harm, the worst ten.

    Ranked as single crossings are: by the share of weight left without a route, then by criticality, the cost added to
    an average trip. With ``exact`` all sets are compared: a set that no path meets one closure after another is put
    together from smaller ones, which changes nothing (:mod:`corridors.engine.failures`). With ``greedy`` the worst
    crossing is shut, then the worst of the others, and only the last one varies in the table. That comes with no
    guarantee: two crossings harmless alone may be fatal together. What is certain is ``unserved_share_bound``: a pair
    can be lost only if a crossing of its path is shut and it is lost with all shut, so a set loses at most the sum of
    such pairs over its crossings.

    Parameters
    ----------
    size
        2 or 3.
    method
        ``exact``, ``greedy``; None: exact up to 250,000 sets.
    progress
        Called with how many closures are solved, and of how many.
    network, mode, minimize, vehicle, weights, zones, scenario
        As in :func:`corridors.analysis.crossings.crossings`.

    Raises
    ------
    UsageError
        If the size or the method is none of these.
    NoAnswerError
        If no two zones are joined, or fewer crossings are open.

    Examples
    --------
    >>> import corridors as co
    >>> found = worst_sets(co.load(), 2, mode="road")
    >>> found.figures["method"], bool(found.table["unserved_share"].is_monotonic_decreasing)
    ('exact', True)
    """
    if size not in SIZES:
        raise UsageError(f"sets of {size} crossings: expected {' or '.join(map(str, SIZES))}")
    if method is not None and method not in METHODS:
        raise UsageError(f"method {method!r} is unknown, expected one of {', '.join(METHODS)}")
    asked = _pose(network, mode, minimize, vehicle, weights, zones, scenario)
    count = len(asked.present)
    if count < size:
        raise NoAnswerError(f"sets of {size} crossings: only {count} open to {mode} ({vehicle})")
    number = comb(count, size)
    method = method or ("exact" if number <= MOST_SETS else "greedy")
    if method == "exact":
        effects = effects_of_sets(asked.baselines, asked.present, size, progress)
        members, lost, extra, alone = effects.members, effects.lost, effects.extra, effects.alone
        solved: int | None = effects.solved
    else:
        members, lost, extra, alone = _greedy(asked, size, progress)
        solved = None
    order = np.lexsort((-_rounded(extra, asked.total), -_rounded(lost, asked.total)))[:_TOP]
    names, ids = network.names("crossings"), asked.setting.supply.crossing_ids
    rows = [
        {
            "rank": rank,
            "crossing_ids": "|".join(ids[k] for k in members[at]),
            "names": " + ".join(str(names[ids[k]]) for k in members[at]),
            "unserved_share": lost[at] / asked.total,
            "criticality": extra[at] / asked.total,
            "sum_alone_unserved_share": alone[0, members[at]].sum() / asked.total,
            "sum_alone_criticality": alone[1, members[at]].sum() / asked.total,
        }
        for rank, at in enumerate(order.tolist(), 1)
    ]
    figures = {
        "method": method,
        "sets": number,
        "solved": solved,
        "unserved_share_bound": _most_lost(asked, size) / asked.total,
    }
    title = f"Worst {size} crossings together by {mode}, least {minimize}"
    return WorstSets(title, pd.DataFrame(rows).set_index("rank"), asked.settings, network, figures)


def robustness(
    network: Network,
    *,
    orders: int = 20,
    seed: int = 0,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    zones: pd.DataFrame | None = None,
    scenario: Scenario | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Robustness:
    """Return the share of cross-border weight still served as crossings fail, worst first and at random.

    Robustness is the mean of that share over 1 to all crossings failed (after Schneider et al. 2011, who count the
    largest component). Worst first: each time the crossing that then leaves most weight unserved, by what it adds to
    cost among equals, and by use after that; recomputed after each failure. The other curve is the mean of random
    orders, with P10 and P90 over them.

    Parameters
    ----------
    orders, seed
        Random orders, and what they are drawn from: the same seed gives the same orders.
    progress
        Called with how many failures are solved, and of how many.
    network, mode, minimize, vehicle, weights, zones, scenario
        As in :func:`corridors.analysis.crossings.crossings`; pairs within a country do not count.

    Returns
    -------
    Robustness
        ``table`` has the crossing that failed, the share still served, the cost added to an average trip that is still
        served (nan: none is), and the random shares.

    Raises
    ------
    UsageError
        If there is less than one order, or the seed is negative.
    NoAnswerError
        If no pair of zones in two countries is joined.

    Examples
    --------
    >>> import corridors as co
    >>> found = robustness(co.load(), mode="road", orders=1)
    >>> found.table["share_served"].iloc[[0, -1]].tolist()
    [1.0, 0.0]
    """
    if orders < 1:
        raise UsageError(f"orders {orders}: expected at least 1")
    if seed < 0:
        raise UsageError(f"seed {seed}: expected 0 or more")
    asked = _pose(network, mode, minimize, vehicle, weights, zones, scenario, only_across=True)
    count = len(asked.present)
    steps = count * (orders + 1)

    def tell(done: int) -> None:
        if progress:
            progress(done, steps)

    worst_first, lost, extra = _worst_first(asked, tell)
    ids, names = asked.setting.supply.crossing_ids, network.names("crossings")
    served = _rounded(asked.total - lost, asked.total)
    chance = _at_random(asked, np.random.default_rng(seed), orders, tell)
    tenth, ninetieth = np.quantile(chance, [0.1, 0.9], axis=0)
    table = pd.DataFrame(
        {
            "crossing_id": [None, *(ids[k] for k in worst_first)],
            "name": [None, *(names[ids[k]] for k in worst_first)],
            "share_served": served,
            "extra_per_served": [share(*of) for of in zip(extra / asked.total, served, strict=True)],
            "share_served_random": chance.mean(axis=0),
            "share_served_random_p10": tenth,
            "share_served_random_p90": ninetieth,
        },
        index=pd.RangeIndex(count + 1, name="failed"),
    )
    by_order = chance[:, 1:].mean(axis=1)
    figures = {
        "robustness_worst_first": float(served[1:].mean()),
        "robustness_random": float(by_order.mean()),
        "robustness_random_p10": float(np.quantile(by_order, 0.1)),
        "robustness_random_p90": float(np.quantile(by_order, 0.9)),
    }
    settings = asked.settings | {"orders": orders, "seed": seed}
    return Robustness(f"Robustness against failing crossings by {mode}", table, settings, network, figures)


def _pose(
    network: Network,
    mode: str,
    minimize: str,
    vehicle: str,
    weights: str | pd.DataFrame,
    zones: pd.DataFrame | None,
    scenario: Scenario | None,
    *,
    only_across: bool = False,
) -> _Question:
    setting = pose(network, mode=mode, minimize=minimize, vehicle=vehicle, scenario=scenario)
    found = build_zones(setting, zones)
    weight = pair_weights(setting, found, weights)
    across = found.terminals.country[:, None] != found.terminals.country[None]
    if only_across:
        weight = np.where(across, weight, 0.0)
    if weight.sum() <= 0:
        raise NoAnswerError("no pair of zones weighs anything")
    graph = setting.graph(found.terminals)
    baselines = [baseline_of(overlay, weight[overlay.origins]) for overlay in overlays_of(graph)]
    total = float(sum(base.weight.sum() for base in baselines))
    if total <= 0:
        which = "no two zones of two countries are" if only_across else "no two zones are"
        raise NoAnswerError(f"{which} joined by {setting.mode} ({setting.vehicle})")
    settings = setting.describe() | {
        "weights": name_of_weights(weights),
        "zones": len(found),
        "theta": setting.assumptions["gravity.theta"],
        "unit": f"{MINIMIZE[setting.minimize]} per weighted pair",
    }
    return _Question(setting, baselines, np.unique(graph.crossing).astype(np.int64), total, settings)


def _rounded(effect: NDArray[np.float64], total: float) -> NDArray[np.float64]:
    return np.asarray(np.round(effect / total, _SAME) + 0.0)  # no minus before a zero


def _worst_of(asked: _Question, effects: NDArray[np.float64], shut: list[int]) -> int:
    """Return the open crossing whose closure does most harm; the most used one, then the first, among equals."""
    still = np.setdiff1d(asked.present, shut)
    lost, extra, used = (_rounded(effect, asked.total) for effect in effects[:, still])
    return int(still[np.lexsort((-used, -extra, -lost))[0]])


def _worst_first(
    asked: _Question, tell: Callable[[int], None], most: int | None = None
) -> tuple[list[int], NDArray[np.float64], NDArray[np.float64]]:
    """Return the crossings in the order of failure, and what is lost and added after 0, 1, … failures."""
    shut: list[int] = []
    lost, extra = [0.0], [0.0]
    for done in range(len(asked.present) if most is None else most):
        tell(done)
        shut.append(_worst_of(asked, effects_of_one_more(asked.baselines, asked.mask(*shut)), shut))
        gone, more = effect_of(asked.baselines, asked.mask(*shut))
        lost.append(gone)
        extra.append(more)
    return shut, np.array(lost), np.array(extra)


def _at_random(
    asked: _Question, random: np.random.Generator, orders: int, tell: Callable[[int], None]
) -> NDArray[np.float64]:
    """Return the share still served after 0, 1, … failures of each random order, shape (orders, n + 1)."""
    count = len(asked.present)
    found = np.ones((orders, count + 1))
    for number in range(orders):
        order = random.permutation(asked.present)
        for failed in range(1, count + 1):
            tell(count * (number + 1) + failed)
            found[number, failed] -= effect_of(asked.baselines, asked.mask(*order[:failed]))[0] / asked.total
    return _rounded(found, 1.0)


def _greedy(
    asked: _Question, size: int, progress: Callable[[int, int], None] | None
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return sets that share all but their last crossing, what they lose and add, and what each crossing does alone."""
    alone = effects_of_one_more(asked.baselines, asked.mask())
    effects, shut = alone, list[int]()
    for step in range(1, size):
        if progress:
            progress(step, size)
        shut.append(_worst_of(asked, effects, shut))
        effects = effects_of_one_more(asked.baselines, asked.mask(*shut))
    if progress:
        progress(size, size)
    last = np.setdiff1d(asked.present, shut)
    members = np.sort(np.column_stack([np.tile(shut, (len(last), 1)), last]).astype(np.int64), axis=1)
    return members, effects[0, last], effects[1, last], alone[:2]


def _most_lost(asked: _Question, size: int) -> float:
    """Return a weight that no set can lose more than."""
    closed = asked.mask(*asked.present.tolist())
    most = np.zeros(len(closed))
    for base in asked.baselines:
        for k, pairs in base.users.items():
            most[k] += base.effects(closed, pairs)[0].sum()
    return float(min(np.sort(most)[-size:].sum(), effect_of(asked.baselines, closed)[0]))
