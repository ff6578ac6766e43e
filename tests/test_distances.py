"""Distances along the network against published ones (distances.csv), some from documents that also set lengths on
their way; the others are the real test. What differs by more than 3% says why in the file."""

import csv
from functools import cache
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

ROWS = list(csv.DictReader(Path(__file__).with_name("distances.csv").read_text("utf-8").splitlines()))
NEAR = 0.03
EXPLAINED = 0.30


@cache
def shortest(net, mode):
    """Return a function from two places to km along open links of a mode."""
    graph = nx.Graph()
    for link in net.links[
        net.links["status"].isin(["operational", "seasonal"]) & (net.links["mode"] == mode)
    ].itertuples():
        known = graph.get_edge_data(link.from_node_id, link.to_node_id, {"km": float("inf")})["km"]
        graph.add_edge(link.from_node_id, link.to_node_id, km=min(known, link.length_km))
    there = net.nodes[net.nodes.index.isin(set(graph.nodes))]
    # published distances are between main stations: a city's other stations only where it has no main one
    main = there[there["kind"] == "city"].groupby("place_id").groups
    nodes_of = {**there.groupby("place_id").groups, **main}

    def km(origin, destination):
        found = nx.multi_source_dijkstra_path_length(graph, set(nodes_of[origin]), weight="km")
        return min(found[node] for node in nodes_of[destination])

    return km


class Shipped:
    """Makes a network usable as a key of the cache."""

    def __init__(self, net):
        self.links, self.nodes = net.links, net.nodes


@pytest.fixture(scope="module")
def deviations(shipped_net):
    net = Shipped(shipped_net)
    found = []
    for row in ROWS:
        stops = [row["from_place"], *filter(None, row["via"].split("|")), row["to_place"]]
        km = sum(shortest(net, row["mode"])(a, b) for a, b in pairwise(stops))
        found.append(km / float(row["published_km"]) - 1)
    return found


def test_enough_pairs():
    independent = [r for r in ROWS if r["used_to_set_length"] == "no"]
    assert sum(r["mode"] == "rail" for r in ROWS) >= 40
    assert sum(r["mode"] == "road" for r in ROWS) >= 25
    for mode in ("rail", "road"):
        of_mode = sum(r["mode"] == mode for r in ROWS)
        assert 2 * sum(r["mode"] == mode for r in independent) >= of_mode, f"{mode}: half must not have set a length"


def test_each_pair_is_near_or_says_why(deviations):
    off = [
        f"{r['mode']} {r['from_place']}–{r['to_place']}: {d:+.1%}"
        for r, d in zip(ROWS, deviations, strict=True)
        if abs(d) > (EXPLAINED if r["why_it_differs"] else NEAR)
    ]
    assert not off


def test_independent_rail_pairs_deviate_little_on_average(deviations):
    own = [
        abs(d) for r, d in zip(ROWS, deviations, strict=True) if r["mode"] == "rail" and r["used_to_set_length"] == "no"
    ]
    assert sum(own) / len(own) < 0.015


def test_independent_road_pairs_deviate_little_on_average(deviations):
    own = [
        abs(d) for r, d in zip(ROWS, deviations, strict=True) if r["mode"] == "road" and r["used_to_set_length"] == "no"
    ]
    assert sum(own) / len(own) < 0.03
