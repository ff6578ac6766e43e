"""Least sums over border arcs, of costs alone: the steps that closures and changed waits share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


def put_in(
    joined: NDArray[np.float64], arcs: Iterable[int], rows: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """Let ways pass some border arcs, in place, and return them (Floyd 1962, one arc after another).

    Parameters
    ----------
    joined
        Shape (R, B): least sums from border arc to border arc, 0 on the diagonal.
    arcs
        Those that may be passed from now on.
    rows
        Shape (R,): the border arcs that the rows stand for, in rising order, ``arcs`` among them; None: all.

    Examples
    --------
    >>> put_in(np.array([[0.0, 1.0, 9.0], [9.0, 0.0, 2.0], [9.0, 9.0, 0.0]]), [1])[0]
    array([0., 1., 3.])
    """
    sums = np.empty_like(joined)
    for via in arcs:
        row = via if rows is None else int(np.searchsorted(rows, via))
        np.add(joined[:, via, None], joined[row], out=sums)
        np.minimum(joined, sums, out=joined)
    return joined


def closed(step: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least sums of any number of steps from border arc to border arc, shape (B, B)."""
    joined = step.copy()
    np.fill_diagonal(joined, 0.0)
    return put_in(joined, range(len(joined)))


def least_sums(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return min over b of left[i, b] + right[b, j], shape (I, J).

    Examples
    --------
    >>> least_sums(np.array([[1.0, 5.0]]), np.array([[9.0, 1.0], [2.0, np.inf]]))
    array([[7., 2.]])
    """
    least = np.full((len(left), right.shape[1]), np.inf)
    sums = np.empty_like(least)
    columns = np.ascontiguousarray(left.T)
    for b in np.flatnonzero(np.isfinite(left).any(axis=0) & np.isfinite(right).any(axis=1)):
        np.add(columns[b][:, None], right[b], out=sums)
        np.minimum(least, sums, out=least)
    return least


def run_on(to_zone: NDArray[np.float64], among: NDArray[np.float64], run: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least costs from behind each border arc to zones by any number of runs, shape (B, Z).

    Parameters
    ----------
    to_zone, among
        Costs of legs from behind border arcs to zones and to border arcs, shapes (B, Z) and (B, B).
    run
        Shape (B,): cost of running through a border arc; inf where that is not possible.
    """
    runs = np.flatnonzero(np.isfinite(run))
    ways = closed(run[runs, None] + among[np.ix_(runs, runs)])
    return np.minimum(to_zone, least_sums(least_sums(among[:, runs], ways) + run[runs], to_zone[runs]))
