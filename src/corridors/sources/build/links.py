"""Nodes and links of the tables, from chains of segments and places."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.model.geo import great_circle_km
from corridors.model.schema import TABLES
from corridors.sources.build.frames import frame, told_apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.chains import Chains
    from corridors.sources.build.places import Places
    from corridors.sources.build.segments import Segments
    from corridors.sources.build.ways import Ways

SIMPLE_DEGREES = 1e-5
"""A point of a link's course within about a metre of the straight line is left out; its length is not touched."""

CIRCUITY = 1.3

SHORTEST_RATIO, SHORTEST_SLACK_KM = 0.99, 0.04
"""A link to a border node made of several cuts is lengthened if it is shorter than this of the straight, less 40 m."""

_OWN_NODE_KIND = {"city": "city", "town": "city", "settlement": "settlement"}


@dataclass(frozen=True)
class Lines:
    """Nodes and links, and the points that the nodes stand for.

    Attributes
    ----------
    nodes, links
        Tables of the network.
    point
        Shape (N,): the point of each node.
    node_of
        Shape (P,): the node that each point is, -1 where it is none.
    lengthened_km
        By how much links were lengthened that end at a border node put together from several.
    """

    nodes: pd.DataFrame
    links: pd.DataFrame
    point: NDArray[np.int64]
    node_of: NDArray[np.int64]
    lengthened_km: float


def make_lines(
    ways: Ways, segments: Segments, chains: Chains, stands_for: NDArray[np.int64], places: Places, areas: Areas
) -> Lines:
    """Return the tables of nodes and links.

    Parameters
    ----------
    ways
        What was drawn.
    segments, chains
        Its lines, cut at the border and contracted.
    stands_for
        Shape (P,): the point that each point is one with.
    places
        Places tied to points.
    areas
        Countries and regions.
    """
    start, end = stands_for[chains.start], stands_for[chains.end]
    point = np.unique(np.concatenate([start, end]))
    node_of = np.full(len(segments.lon), -1)
    node_of[point] = np.arange(len(point))
    node_of = node_of[stands_for]
    way_ids, source = ways.ways["way_id"].astype(str).to_numpy(object), ways.source["source_id"]
    link_ways, first_way = _ways_of(segments, chains, way_ids)
    ids = _node_ids(ways, segments, point, _way_at(segments, len(segments.lon), way_ids))
    degree = np.bincount(np.concatenate([node_of[start], node_of[end]]), minlength=len(point))
    nodes = _nodes(segments, point, degree, places, areas, node_of)
    nodes |= {"node_id": ids, "source": [f"{source}#{i}" for i in ids]}
    straight = great_circle_km(segments.lat[start], segments.lon[start], segments.lat[end], segments.lon[end])
    moved = (start != chains.start) | (end != chains.end)
    km = np.where(moved & (chains.km < straight * SHORTEST_RATIO - SHORTEST_SLACK_KM), straight, chains.km)
    columns = {
        "link_id": told_apart(way_ids[first_way]),
        "from_node_id": np.array(ids, object)[node_of[start]],
        "to_node_id": np.array(ids, object)[node_of[end]],
        "country": _country_of_links(ways.ways, first_way, chains, areas),
        "length_km": np.round(km, 9),
        "length_basis": ways.ways["length_basis"].to_numpy()[first_way]
        if "length_basis" in ways.ways
        else ["measured"] * len(km),
        "geometry": _geometry(segments, chains, moved),
        "source": [f"{source}#{w}" for w in link_ways],
    }
    of_way = [c for c in TABLES["links"].column_names if c not in columns and c in ways.ways]
    columns |= {c: ways.ways[c].to_numpy()[first_way] for c in of_way}
    columns["directed"] = ways.ways["directed"].to_numpy(bool)[first_way]
    links = frame("links", columns, len(km))
    return Lines(frame("nodes", nodes, len(point)), links, point, node_of, float((km - chains.km).sum()))


def _ways_of(segments: Segments, chains: Chains, way_ids: NDArray[np.object_]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the ids of the ways that each link is made of, in order, and the row of the first."""
    pairs = pd.DataFrame({"chain": chains.of_segment(), "way": segments.way[chains.segment]}).drop_duplicates()
    names, chain = way_ids[pairs["way"].to_numpy()], pairs["chain"].to_numpy(np.int64)
    bounds = np.searchsorted(chain, np.arange(len(chains.start) + 1))
    shown = [" ".join(names[i:j]) for i, j in itertools.pairwise(bounds)]
    return shown, segments.way[chains.segment[chains.first[:-1]]]


def _way_at(segments: Segments, count: int, way_ids: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the id of one way through each point, shape (P,)."""
    row = np.zeros(count, np.int64)
    row[segments.head], row[segments.tail] = segments.way, segments.way
    return way_ids[row] if len(way_ids) else np.full(count, "", object)


def _node_ids(ways: Ways, segments: Segments, point: NDArray[np.int64], way_at: NDArray[np.object_]) -> list[str]:
    """Return ids: ``n`` and the source's own, ``-rail`` for a railway's at a level crossing, or what was made here."""
    own = segments.source_point[point]
    twin = (own >= 0) & (point != own)
    names = np.where(own >= 0, ways.ids[np.maximum(own, 0)] if len(ways.ids) else 0, -1).tolist()
    kinds = np.where(segments.border[point], "border", "middle")
    return told_apart(
        f"n{name}{'-rail' if second else ''}" if source >= 0 else f"{kind}-{way}"
        for source, name, second, kind, way in zip(own, names, twin, kinds, way_at[point], strict=True)
    )


def _nodes(
    segments: Segments,
    point: NDArray[np.int64],
    degree: NDArray[np.int64],
    places: Places,
    areas: Areas,
    node_of: NDArray[np.int64],
) -> dict[str, Any]:
    kind = np.where(degree > 2, "junction", "waypoint").astype(object)
    place = np.full(len(point), None, object)
    table = places.table
    ids, kinds = table["place_id"].to_numpy(object), table["spot_kind"].to_numpy(object)
    for mode, own_kinds in (("road", _OWN_NODE_KIND), ("rail", {}), ("sea", {"port": "port"})):
        tied = table[mode].to_numpy(np.int64)
        for row in np.flatnonzero(tied >= 0).tolist():
            node = node_of[tied[row]]
            if place[node] is not None:  # a ferry ends where its road does
                continue
            place[node], what = ids[row], str(kinds[row])
            fallback = "terminal" if what == "terminal" else "station" if mode == "rail" else kind[node]
            kind[node] = own_kinds.get(what, fallback)
    reached = table["reached"].to_numpy(np.int64)
    for row in np.flatnonzero((reached >= 0) & (table["road"].to_numpy(np.int64) < 0)).tolist():
        node = node_of[reached[row]]
        if place[node] is None:  # so that the stop can be asked for by road as well
            place[node] = ids[row]
    border = segments.border[point]
    kind[border] = "border"
    country = segments.country[point]
    region = np.full(len(point), None, object)
    lon, lat = segments.lon[point], segments.lat[point]
    region[~border] = areas.region_at(lon[~border], lat[~border], country[~border])
    codes = np.array([*areas.countries, None], object)
    return {
        "place_id": place,
        "kind": kind,
        "country": codes[np.where(border, -1, country)],
        "region": region,
        "x_coord": np.round(lon, 7),
        "y_coord": np.round(lat, 7),
    }


def _country_of_links(
    ways: pd.DataFrame, first_way: NDArray[np.int64], chains: Chains, areas: Areas
) -> NDArray[np.object_]:
    codes: NDArray[np.object_] = np.array(areas.countries, object)[chains.country]
    codes[(ways["mode"].to_numpy(object) == "sea")[first_way]] = None
    return codes


def _geometry(segments: Segments, chains: Chains, moved: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Return the course of each link as WKT; None where it is straight between its nodes."""
    import shapely

    points, chain = chains.points(segments)
    lines: Any = shapely.linestrings(segments.lon[points], segments.lat[points], indices=chain)
    lines = shapely.simplify(lines, SIMPLE_DEGREES)
    bent = (shapely.get_num_coordinates(lines) > 2) | moved
    text: NDArray[np.object_] = np.array([None] * len(lines), object)
    text[bent] = shapely.to_wkt(lines[bent], rounding_precision=6)
    return text


def make_transfers(places: Places, lines: Lines, segments: Segments, link_ids: set[str]) -> pd.DataFrame:
    """Return links between the stations, terminals and ports of places and the road they are reached by."""
    rows = []
    for place, reached, *points in zip(
        *(places.table[c].tolist() for c in ("place_id", "reached", "rail", "sea")), strict=True
    ):
        for point in points:
            a, b = (int(lines.node_of[p]) if p >= 0 else -1 for p in (point, reached))
            if a < 0 or b < 0 or a == b or segments.country[point] != segments.country[reached]:
                continue
            at = [lines.nodes[c].to_numpy()[[a, b]] for c in ("y_coord", "x_coord")]
            straight = float(great_circle_km(at[0][0], at[1][0], at[0][1], at[1][1]))
            rows.append(
                {
                    "link_id": f"transfer-{place}",
                    "from_node_id": lines.nodes.index[a],
                    "to_node_id": lines.nodes.index[b],
                    "country": lines.nodes["country"].iloc[a],
                    "length_km": round(straight * CIRCUITY, 3),
                }
            )
    table = {c: [row[c] for row in rows] for c in ("from_node_id", "to_node_id", "country", "length_km")}
    always = {
        "directed": False,
        "mode": "transfer",
        "allowed_uses": "freight|passenger|lorry|car",
        "facility_type": "transfer",
        "status": "operational",
        "length_basis": "estimated",
        "source": f"estimate#great circle x {CIRCUITY:g} between the two nodes",
    }
    ids = told_apart((row["link_id"] for row in rows), taken=link_ids)
    table |= {"link_id": ids} | {c: [value] * len(rows) for c, value in always.items()}
    return frame("links", table, len(rows))
