"""Legs by a customizable contraction hierarchy, where the package pyroutingkit is installed: faster, and rounded.

After Dibbelt, Strasser and Wagner (2016). The kernel computes in whole numbers below 2³¹, ends the process on a node
that it does not know, and returns its largest number where there is no way: so everything is checked before it gets
to see it.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.engine.legs import Reduced

_WORTHWHILE = 20_000
"""Nodes below which scipy is as fast."""

_WHOLE = 2**29
"""Units in the longest distance: a quarter of what the kernel can count, so that an arc of twice that fits."""


def rounded_distances(
    reduced: Reduced, sources: NDArray[np.int64], targets: NDArray[np.int64]
) -> NDArray[np.float64] | None:
    """Return distances between some nodes of a reduced graph, shape (S, T), rounded; None: better by scipy.

    That is where the package is not installed, the graph is small, or some node is not joined to its middle. Every arc
    is rounded to 2⁻²⁹ of the longest way to and from the middle, so a distance is off by at most half of that for each
    arc on its way. Whole numbers stay exact.

    Parameters
    ----------
    reduced
        The graph.
    sources, targets
        Its nodes, shapes (S,) and (T,).
    """
    if reduced.size < _WORTHWHILE or find_spec("pyroutingkit") is None:
        return None
    ends = np.concatenate([sources, targets, reduced.tail, reduced.head])
    if (reduced.weight < 0).any() or ends.min() < 0 or ends.max() >= reduced.size:
        return None
    matrix = reduced.matrix()
    _, part = connected_components(matrix, connection="strong")
    middle = int(np.argmax(part == np.bincount(part).argmax()))
    onward, back = (dijkstra(m, indices=[middle])[0] for m in (matrix, csr_matrix(matrix.T)))
    farthest = float(onward[targets].max() + back[sources].max())
    if not 0 < farthest < np.inf:
        return None
    from pyroutingkit import INF_WEIGHT, CCHMetric, CCHTopology

    useful = np.minimum(reduced.weight, 2 * farthest)  # a dearer arc is on no least way, and its number would not fit
    exact = 2 * farthest < _WHOLE and np.array_equal(np.round(reduced.weight), reduced.weight)
    unit = 1.0 if exact else farthest / _WHOLE
    along = np.linspace(0, 1, reduced.size, dtype=np.float32)  # nodes are in an order that keeps neighbours together
    topology = CCHTopology()
    tail, head = reduced.tail.astype(np.uint32), reduced.head.astype(np.uint32)
    topology.build(tail, head, along, np.zeros_like(along), reduced.size)
    metric = CCHMetric(topology)
    metric.customize(np.round(useful / unit).astype(np.uint32))
    found = metric.distances_many_to_many(sources.astype(np.uint32), targets.astype(np.uint32))
    return np.where(found == INF_WEIGHT, np.inf, found * unit)
