"""Closures of several crossings together: what a set costs, and all sets of a size at once.

A pair whose best path without some crossings T uses none of a larger set S costs the same without S. So few sets need
solving. Follow a pair: while its path uses a crossing of S, shut that one and look at its path again. The sets met on
the way are *chains*, and what the pair costs without S is what it costs without the chain at which the walk ends. All
sets are followed at once: where a path uses the crossings Q, the sets without any of Q end there, and the others go
on by the first of Q that they hold. Nothing is left out and nothing is estimated.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from corridors.engine.closures import costs_without, single_closures, users_of
from corridors.engine.costs import costs_of
from corridors.engine.overlay import solve
from corridors.engine.paths import paths_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from corridors.engine.costs import Costs
    from corridors.engine.overlay import Overlay, Solution

    _Groups = dict[bytes, list[NDArray[np.int64]]]
    """Pairs (flat, of O x Z) by the crossings that the sets they stand for do not hold."""


@dataclass(frozen=True)
class Baseline:
    """Trips from one country with all open, to compare with.

    Attributes
    ----------
    solution, costs
        The paths, and what they chose among.
    weight
        Shape (O, Z): of the pairs that count; 0 where a pair is not served.
    cost
        Shape (O, Z): of the best paths.
    users
        For each crossing the pairs that use it, flat.
    """

    solution: Solution = field(repr=False)
    costs: Costs = field(repr=False)
    weight: NDArray[np.float64] = field(repr=False)
    cost: NDArray[np.float64] = field(repr=False)
    users: dict[int, NDArray[np.int64]] = field(repr=False)

    def shut(self, closed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the border arcs of some crossings, shape (B,), from shape (K,)."""
        return np.asarray(closed[self.solution.overlay.graph.crossing], np.bool_)

    def effects(self, closed: NDArray[np.bool_], pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return f of pairs that are lost and f (c' - c) of those that are not, shape (2, P), with some crossings shut.

        Parameters
        ----------
        closed
            Shape (K,): crossings that are shut.
        pairs
            Shape (P,): flat, of O x Z.
        """
        origin, to = np.divmod(pairs, self.weight.shape[1])
        cost = costs_without(self.costs, self.shut(closed), origin, to)
        return _effects(self.weight.ravel()[pairs], cost, self.cost.ravel()[pairs])


def _effects(
    weight: NDArray[np.float64], cost: NDArray[np.float64], before: NDArray[np.float64]
) -> NDArray[np.float64]:
    gone = np.isinf(cost)
    more = np.maximum(np.where(gone, before, cost) - before, 0.0)
    return np.stack([np.where(gone, weight, 0.0), weight * more])


def baseline_of(overlay: Overlay, weight: NDArray[np.float64]) -> Baseline:
    """Return the paths of an overlay with all open.

    Parameters
    ----------
    overlay
        Trips from one country.
    weight
        Shape (O, Z): f of each pair; 0 for pairs that do not count.
    """
    solution = solve(overlay)
    cost = paths_of(solution).cost
    served = np.where(np.isfinite(cost), weight, 0.0)
    return Baseline(solution, costs_of(solution), served, cost, users_of(solution, served > 0))


def effect_of(baselines: Sequence[Baseline], closed: NDArray[np.bool_]) -> tuple[float, float]:
    """Return Σ f of pairs that are lost and Σ f (c' − c) of those still served, with any set of crossings shut.

    Only pairs whose best path uses one of them are looked at again.

    Parameters
    ----------
    baselines
        Of all countries.
    closed
        Shape (K,): crossings that are shut.
    """
    total = np.zeros(2)
    for base in baselines:
        used = [base.users[k] for k in np.flatnonzero(closed).tolist() if k in base.users]
        if used:
            total += base.effects(closed, np.unique(np.concatenate(used))).sum(axis=1)
    return float(total[0]), float(total[1])


def effects_of_one_more(baselines: Sequence[Baseline], closed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what :func:`effect_of` gives if one crossing more is shut, shape (3, K): lost, extra, and f of its users.

    Parameters
    ----------
    baselines
        Of all countries.
    closed
        Shape (K,): crossings that are shut already; their columns stand for no further closure.
    """
    lost, extra = effect_of(baselines, closed)
    found = np.repeat([[lost], [extra], [0.0]], len(closed), axis=1)
    for base in baselines:
        solution = solve(base.solution.overlay, closed)
        now = paths_of(solution).cost
        for closure in single_closures(solution, (base.weight > 0) & np.isfinite(now)):
            at = closure.origin, closure.destination
            weight, before = base.weight[at], base.cost[at]
            change = _effects(weight, closure.cost, before) - _effects(weight, now[at], before)
            found[:2, closure.crossing] += change.sum(axis=1)
            found[2, closure.crossing] += weight.sum()
    return found


@dataclass(frozen=True)
class SetEffects:
    """What shutting each set of N of n crossings does; M sets.

    Attributes
    ----------
    members
        Shape (M, N): positions in ``Supply.crossing_ids``, rising.
    lost, extra
        Shape (M,): as :func:`effect_of` gives them.
    alone
        Shape (2, K): the same of each crossing alone.
    solved
        How many closures had to be solved.
    """

    members: NDArray[np.int64]
    lost: NDArray[np.float64]
    extra: NDArray[np.float64]
    alone: NDArray[np.float64]
    solved: int


def effects_of_sets(
    baselines: Sequence[Baseline],
    among: NDArray[np.int64],
    size: int,
    progress: Callable[[int, int], None] | None = None,
) -> SetEffects:
    """Return the effect of every set of some size: exact, as if each had been solved.

    Parameters
    ----------
    baselines
        Of all countries.
    among
        Shape (n,): crossings to choose from, rising; all that any path uses.
    size
        Crossings in a set.
    progress
        Called with how many closures are solved, and of how many that are known to be needed.

    Notes
    -----
    Effects are kept by chain: ``ends[r]`` has r axes for the chain and N − r for the rest of the set.
    """
    ends = [np.zeros((2, *(len(among),) * size)) for _ in range(size + 1)]
    alone = np.zeros((2, len(baselines[0].solution.overlay.graph.supply.crossing_ids)))
    solved = 0
    for base in baselines:
        everything = np.flatnonzero(base.weight.ravel() > 0)
        chains: dict[tuple[int, ...], _Groups] = {(): {bytes(len(among)): [everything]}}
        for length in range(size + 1):
            ahead: dict[tuple[int, ...], _Groups] = defaultdict(lambda: defaultdict(list))
            for done, (chain, groups) in enumerate(chains.items(), 1):
                effect = _end_or_go_on(base, among, chain, groups, ends[length], ahead if length < size else None)
                if length == 1:
                    alone[:, among[chain[0]]] += effect
                if progress and length:
                    progress(solved + done, solved + len(chains))
            solved += len(chains) if length else 0
            chains = ahead
    members = np.array(list(combinations(range(len(among)), size)), np.int64).reshape(-1, size)
    total = np.zeros((2, len(members)))
    for length in range(1, size + 1):
        for chosen in combinations(range(size), length):
            rest = [i for i in range(size) if i not in chosen]
            at = tuple(members[:, i] for i in (*chosen, *rest))
            total += np.stack([part[at] for part in ends[length]])
    return SetEffects(among[members], total[0], total[1], alone, solved)


def _end_or_go_on(
    base: Baseline,
    among: NDArray[np.int64],
    chain: tuple[int, ...],
    groups: _Groups,
    ends: NDArray[np.float64],
    ahead: dict[tuple[int, ...], _Groups] | None,
) -> NDArray[np.float64]:
    """Add the effects of the sets that end at a chain, in place, and put the pairs of others to longer chains.

    Return the effect of the chain on all its pairs, shape (2,).
    """
    closed = np.zeros(len(base.solution.overlay.graph.supply.crossing_ids), bool)
    closed[among[list(chain)]] = True
    pairs = {held: np.concatenate(parts) for held, parts in groups.items()}
    every = np.unique(np.concatenate(list(pairs.values())))
    effects = base.effects(closed, every) if chain else np.zeros((2, len(every)))
    used = np.zeros((len(every), len(among)), bool)
    if ahead is not None:
        for k, users in _users_without(base, closed, every).items():
            used[np.searchsorted(every, users), np.searchsorted(among, k)] = True
    for held, own in pairs.items():
        at = np.searchsorted(every, own)
        alike, which = np.unique(used[at], axis=0, return_inverse=True)
        for number, uses in enumerate(alike):
            mine = at[which.ravel() == number]
            without = np.frombuffer(held, bool) | uses
            rest = np.flatnonzero(~without & ~np.isin(np.arange(len(among)), chain))
            cells = np.ix_(*([k] for k in chain), *[rest] * (ends.ndim - 1 - len(chain)))
            for effect, into in zip(effects[:, mine].sum(axis=1), ends, strict=True):
                into[cells] += effect
            if ahead is not None:
                excluded = np.frombuffer(held, bool).copy()
                for k in np.flatnonzero(uses & ~excluded).tolist():
                    ahead[tuple(sorted((*chain, k)))][excluded.tobytes()].append(every[mine])
                    excluded[k] = True
    return np.asarray(effects.sum(axis=1))


def _users_without(base: Baseline, closed: NDArray[np.bool_], pairs: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
    """Return for each crossing which of some pairs use it with others shut."""
    if not closed.any():
        return base.users
    wanted = np.zeros(base.weight.size, bool)
    wanted[pairs] = True
    return users_of(solve(base.solution.overlay, closed), wanted.reshape(base.weight.shape))
