"""Least sums over border arcs, of costs alone: the steps that closures and changed waits share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def closed(step: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least sums of any number of steps from border arc to border arc, shape (B, B) (Floyd 1962).

    Examples
    --------
    >>> closed(np.array([[9.0, 1.0, 9.0], [9.0, 9.0, 2.0], [9.0, 9.0, 9.0]]))[0]
    array([0., 1., 3.])
    """
    joined, sums = empty_aligned(step.shape), empty_aligned(step.shape)
    joined[:] = step
    np.fill_diagonal(joined, 0.0)
    for via in range(len(joined)):
        np.add(joined[:, via, None], joined[via], out=sums)
        np.minimum(joined, sums, out=joined)
    return joined


def least_sums(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return min over b of left[i, b] + right[b, j], shape (I, J).

    Examples
    --------
    >>> least_sums(np.array([[1.0, 5.0]]), np.array([[9.0, 1.0], [2.0, np.inf]]))
    array([[7., 2.]])
    """
    shape = len(left), right.shape[1]
    least, sums = empty_aligned(shape), empty_aligned(shape)
    least[:] = np.inf
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


def row_minima(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least of each row, shape (R,); numpy's argmin is twice as fast as its min along short rows.

    Examples
    --------
    >>> row_minima(np.array([[3.0, 1.0], [2.0, np.inf]]))
    array([1., 2.])
    """
    many, width = sums.shape
    return np.asarray(sums.ravel()[np.arange(many) * width + sums.argmin(axis=1)])


def empty_aligned(shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return an array not filled yet that begins with a line of the cache: sums in and out of it are twice as fast.

    Examples
    --------
    >>> empty_aligned((3, 5)).ctypes.data % 64
    0
    """
    size = shape[0] * shape[1]
    raw = np.empty(size + 8)
    begin = -raw.ctypes.data % 64 // 8
    return raw[begin : begin + size].reshape(shape)
