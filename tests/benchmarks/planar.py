"""Seeded road networks of two countries, as large as asked for: what the overlay is timed on.

A jittered grid of N/5 junctions is joined by its Delaunay triangulation, thinned to three neighbours a junction, and
each link becomes a chain, so that four nodes in five have degree 2, as in road networks drawn from maps. A border that
winds from north to south divides it: K links cross it, all others that would are left out.

Times are whole seconds. Sums of them are exact in floating point, so that answers found along different ways can be
compared digit by digit, and the ties that :meth:`corridors.engine.graph.Graph.weights` breaks are true ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay

from corridors.engine.graph import Graph, Terminals, build_graph
from corridors.engine.supply import Supply

SIDE_KM = 2000.0
BANDS = 5
"""Regions a country, from south to north."""
_NEIGHBOURS = 3.0
_SPEEDS_KMH = (40.0, 60.0, 90.0)
_WAITS_S = (900, 36_000)


@dataclass(frozen=True)
class Planar:
    """A road network of two countries: N nodes, M arcs, Z zones, K crossings.

    Attributes
    ----------
    x_km, y_km, node_country
        Shape (N,): where nodes lie, and in which country, 0 or 1.
    tail, head, length_km, seconds
        Shape (M,): arcs, one for each direction; seconds include the wait at a crossing.
    crossing
        Shape (M,): the crossing that an arc is; -1 inside a country.
    wait_s
        Shape (M,): part of ``seconds``.
    zone_node, population, region
        Shape (Z,): region is country * BANDS + band.
    crossings
        K.
    """

    x_km: NDArray[np.float64]
    y_km: NDArray[np.float64]
    node_country: NDArray[np.int32]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    length_km: NDArray[np.float64]
    seconds: NDArray[np.float64]
    crossing: NDArray[np.int32]
    wait_s: NDArray[np.float64]
    zone_node: NDArray[np.int64]
    population: NDArray[np.float64]
    region: NDArray[np.int64]
    crossings: int

    @property
    def zone_country(self) -> NDArray[np.int32]:
        """Country of each zone, shape (Z,)."""
        return np.asarray(self.node_country[self.zone_node], np.int32)

    def pair_weights(self) -> NDArray[np.float64]:
        """Return gravity weights P_i P_j / d_ij over straight km, shape (Z, Z); zero on the diagonal."""
        x, y = self.x_km[self.zone_node], self.y_km[self.zone_node]
        km = np.hypot(x[:, None] - x, y[:, None] - y)
        weight = self.population[:, None] * self.population / np.maximum(km, 1.0)
        np.fill_diagonal(weight, 0.0)
        return np.asarray(weight)


@dataclass(frozen=True)
class _Links:
    """Junctions and the links between them, before they become chains."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    country: NDArray[np.int32]
    ends: NDArray[np.int64]
    km: NDArray[np.float64]
    two_way: NDArray[np.bool_]
    crossing: NDArray[np.int32]


def planar_network(nodes: int, zones: int, crossings: int, *, one_way: float = 0.0, seed: int = 1) -> Planar:
    """Return a network of about 80% nodes of degree 2; the same arguments give the same network.

    Parameters
    ----------
    nodes, zones, crossings
        N, Z and K. Zones lie at junctions, of which there are N/5, and no more links can cross than meet the border.
    one_way
        Share of the links inside the countries that are one-way streets; those that hold a country together are not.
    seed
        Of all that is random.

    Raises
    ------
    ValueError
        If there are fewer junctions than zones, or fewer links over the border than crossings.
    """
    rng = np.random.default_rng(seed)
    links = _links(max(nodes // 5, 8), crossings, one_way, rng)
    if zones > len(links.x):
        raise ValueError(f"{zones} zones at {len(links.x)} junctions, expected at most that many")
    at = np.sort(rng.choice(len(links.x), zones, replace=False)).astype(np.int64)
    population = np.round(np.exp(rng.normal(10.5, 1.0, zones)))
    band = np.minimum((links.y[at] / SIDE_KM * BANDS).astype(np.int64), BANDS - 1)
    region = links.country[at].astype(np.int64) * BANDS + band
    return _with_chains(links, nodes, crossings, rng, at, population, region)


def _links(junctions: int, crossings: int, one_way: float, rng: np.random.Generator) -> _Links:
    side = int(np.ceil(np.sqrt(junctions)))
    cell = SIDE_KM / side
    at = np.sort(rng.choice(side * side, junctions, replace=False))
    x = (at % side + rng.uniform(0.1, 0.9, junctions)) * cell
    y = (at // side + rng.uniform(0.1, 0.9, junctions)) * cell
    corners = Delaunay(np.column_stack([x, y])).simplices.astype(np.int64)
    pairs = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1)
    pairs = np.unique(pairs[:, 0] * junctions + pairs[:, 1])
    ends = np.column_stack([pairs // junctions, pairs % junctions])
    km = np.hypot(x[ends[:, 0]] - x[ends[:, 1]], y[ends[:, 0]] - y[ends[:, 1]])
    ends, km = ends[km < 4 * cell], km[km < 4 * cell]  # the hull of a triangulation has links from end to end
    country = _countries(x, y, ends)
    crosses = country[ends[:, 0]] != country[ends[:, 1]]
    candidates = np.flatnonzero(crosses)
    if crossings > len(candidates):
        raise ValueError(f"{crossings} crossings, expected at most {len(candidates)}, the links that meet the border")
    tree = _tree(ends, km, ~crosses, junctions)
    chosen = rng.choice(candidates, crossings, replace=False)
    wanted = int(_NEIGHBOURS * junctions / 2) - int(tree.sum())
    free = np.flatnonzero(~crosses & ~tree)
    kept = tree.copy()
    kept[rng.choice(free, min(max(wanted, 0), len(free)), replace=False)] = True
    crossing = np.full(len(ends), -1, np.int32)
    crossing[np.sort(chosen)] = np.arange(crossings)
    kept[chosen] = True
    two_way = tree | crosses | (rng.uniform(size=len(ends)) >= one_way)
    turned = rng.uniform(size=len(ends)) < 0.5
    ends[turned] = ends[turned][:, ::-1]
    return _Links(x, y, country, ends[kept], km[kept], two_way[kept], crossing[kept])


def _countries(x: NDArray[np.float64], y: NDArray[np.float64], ends: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the country of each junction; one cut off from the rest of its own belongs to the other."""
    country = (x > SIDE_KM * (0.5 + 0.22 * np.sin(3 * np.pi * y / SIDE_KM))).astype(np.int32)
    while True:
        same = country[ends[:, 0]] == country[ends[:, 1]]
        inside = csr_matrix((np.ones(int(same.sum()), np.int8), tuple(ends[same].T)), (len(x), len(x)))
        _, part = connected_components(inside, directed=False)
        main = [np.bincount(part[country == c]).argmax() for c in (0, 1)]
        stray = ~np.isin(part, main)
        if not stray.any():
            return country
        country[stray] = 1 - country[stray]


def _tree(
    ends: NDArray[np.int64], km: NDArray[np.float64], inside: NDArray[np.bool_], junctions: int
) -> NDArray[np.bool_]:
    """Return which links are a shortest tree of each country."""
    tree = minimum_spanning_tree(csr_matrix((km[inside], tuple(ends[inside].T)), (junctions, junctions))).tocoo()
    return np.isin(ends[:, 0] * junctions + ends[:, 1], tree.row.astype(np.int64) * junctions + tree.col)


def _with_chains(
    links: _Links,
    nodes: int,
    crossings: int,
    rng: np.random.Generator,
    zone_node: NDArray[np.int64],
    population: NDArray[np.float64],
    region: NDArray[np.int64],
) -> Planar:
    """Divide links into chains by their length, and make arcs of them."""
    junctions, count = len(links.x), len(links.km)
    upto = np.round(np.cumsum(links.km) / links.km.sum() * max(nodes - junctions, 0)).astype(np.int64)
    inner = np.diff(upto, prepend=0)
    pieces = inner + 1
    link = np.repeat(np.arange(count), pieces)
    first = np.repeat(np.cumsum(pieces) - pieces, pieces)
    place = np.arange(len(link)) - first
    before = junctions + np.repeat(upto - inner, pieces) + place - 1
    tail = np.where(place == 0, links.ends[link, 0], before)
    head = np.where(place == inner[link], links.ends[link, 1], before + 1)
    length = links.km[link] / pieces[link] * rng.uniform(0.7, 1.9, len(link))
    speed = np.array(_SPEEDS_KMH)[rng.choice(3, count, p=(0.3, 0.5, 0.2))][link]
    seconds = np.maximum(np.round(length / speed * 3600), 1.0)
    middle = place == pieces[link] // 2
    crossing = np.where(middle, links.crossing[link], -1).astype(np.int32)
    waits = rng.integers(*_WAITS_S, (2, max(crossings, 1))).astype(float)
    back = links.two_way[link]
    of_node = np.zeros(junctions + int(upto[-1]), np.int32)
    of_node[:junctions] = links.country
    # nodes of a chain belong to the country of its first end up to the border, of its last end beyond
    beyond = place >= pieces[link] // 2
    last = place == inner[link]
    of_node[head[~last]] = links.country[links.ends[link, beyond.astype(int)]][~last]
    share = ((place + 1) / pieces[link])[~last]
    xy = []
    for at in (links.x, links.y):
        a, b = (at[links.ends[link[~last], side]] for side in (0, 1))
        xy.append(np.concatenate([at, np.zeros(int(upto[-1]))]))
        xy[-1][head[~last]] = a + (b - a) * share
    wait = np.concatenate(
        [np.where(crossing >= 0, w[crossing], 0.0)[chosen] for w, chosen in ((waits[0], slice(None)), (waits[1], back))]
    )
    return Planar(
        x_km=xy[0],
        y_km=xy[1],
        node_country=of_node,
        tail=np.concatenate([tail, head[back]]),
        head=np.concatenate([head, tail[back]]),
        length_km=np.concatenate([length, length[back]]),
        seconds=np.concatenate([seconds, seconds[back]]) + wait,
        crossing=np.concatenate([crossing, crossing[back]]),
        wait_s=wait,
        zone_node=zone_node,
        population=population,
        region=region,
        crossings=crossings,
    )


def corridors_graph(network: Planar) -> Graph:
    """Return the network as the library's own graph, least time, the same wait for entry and transit."""
    count, zones = len(network.tail), len(network.zone_node)
    hours = (network.seconds - network.wait_s) / 3600
    at_border = network.crossing >= 0
    wait = np.stack([network.wait_s, network.wait_s])
    supply = Supply(
        node_row=np.arange(len(network.x_km)),
        node_country=network.node_country,
        countries=("A", "B"),
        crossing_ids=tuple(f"x{k}" for k in range(network.crossings)),
        tail=network.tail.astype(np.int32),
        head=network.head.astype(np.int32),
        link=np.arange(count, dtype=np.int32),
        length_km=network.length_km,
        time_h=hours,
        cost_usd=np.zeros(count),
        country=network.node_country[network.tail],
        mode=np.zeros(count, np.int32),
        crossing=network.crossing,
        enters=np.where(at_border, network.node_country[network.head], -1).astype(np.int32),
        run_through=np.zeros(count, bool),
        usual_wait_h=wait / 3600,
        gate_h=np.zeros(count),
        wait_h=wait / 3600,
        fee_usd=np.zeros((2, count)),
        rank=np.arange(count),
        co2_kg_per_t=np.full(count, np.nan),
    )
    nothing = np.zeros(zones)
    terminals = Terminals(
        country=network.zone_country,
        zone=np.arange(zones, dtype=np.int32),
        node=network.zone_node.astype(np.int32),
        length_km=nothing,
        time_h=nothing,
        cost_usd=nothing,
    )
    return build_graph(supply, terminals, network.seconds - network.wait_s, wait, nothing)
