"""Crossings of the tables: what cuts at the border are called, and what they let pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from corridors.model.geo import great_circle_km
from corridors.sources.build.antimeridian import turned_back
from corridors.sources.build.cuts import chord, unit_vectors
from corridors.sources.build.frames import frame, slug, told_apart
from corridors.sources.build.places import names_of
from corridors.sources.build.segments import MODE_CODES, mode_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.links import Lines
    from corridors.sources.build.places import Places
    from corridors.sources.build.segments import Segments
    from corridors.sources.build.ways import Ways

ALONG_KM = 10.0
"""How far along its line from the border a border control may stand."""

STRAIGHT_KM = 5.0
"""How far from the crossing, as the crow flies, if it stands on no line."""

NAMED_KM = 100.0
"""How far the places may lie that a crossing is called after."""

_LONGEST_ID = 60
_LANGUAGES = ("en", "ru", "kk")
_OPEN = ("operational", "seasonal")
_OF_LINKS = ("from_node_id", "to_node_id", "mode", "name", "ref", "status", "allowed_uses")
_FREIGHT, _PASSENGER = {"freight", "lorry"}, {"passenger", "car"}


class Crossings(NamedTuple):
    """Tables of crossings, of their links and of their places; and the place of each border node, by node id."""

    crossings: pd.DataFrame
    crossing_links: pd.DataFrame
    places: pd.DataFrame
    place_of: dict[str, str]


def make_crossings(ways: Ways, segments: Segments, lines: Lines, places: Places, areas: Areas) -> Crossings:
    """Return one crossing for each border node.

    It is called after the border controls that stand on its line within 10 km of the border, or else within 5 km of it
    beside any line; failing these after the nearest named places on both sides, or the road. Where a border control
    stands it is multilateral, and else of category none: nothing says that anybody is controlled there.
    """
    node = np.flatnonzero(lines.nodes["kind"].to_numpy(object) == "border")
    if not len(node):
        return Crossings(frame("crossings", {}, 0), frame("crossing_links", {}, 0), frame("places", {}, 0), {})
    at_node = _links_at(lines, node)
    controls = ways.spots[ways.spots["kind"] == "border_control"].reset_index(drop=True)
    posts = _controls_of(controls, segments, lines.point[node], [str(links[0]["mode"]) for links in at_node], ways)
    side_of = areas.nearest(controls["x_coord"].to_numpy(float), controls["y_coord"].to_numpy(float), np.inf)
    inside = areas.country_at(controls["x_coord"].to_numpy(float), controls["y_coord"].to_numpy(float))
    side_of = np.where(inside >= 0, inside, side_of)
    towns = _Towns(places, areas)
    names = _names_of_controls(controls)
    lon, lat = (lines.nodes[c].to_numpy(float)[node] for c in ("x_coord", "y_coord"))
    rows: list[dict[str, Any]] = []
    for at, links, found in zip(range(len(node)), at_node, posts, strict=True):
        row = _passage(links, areas) | {"x_coord": float(lon[at]), "y_coord": float(lat[at])}
        row |= _name(row, [(names[i], int(side_of[i])) for i in found], towns, areas)
        row["node_id"] = lines.nodes.index[node[at]]
        row["category"] = "multilateral" if found else "none"
        rows.append(row)
    table = {c: [row[c] for row in rows] for c in rows[0]}
    for side in "ab":
        code = np.array([areas.countries.index(c) for c in table[f"country_{side}"]], np.int8)
        table[f"region_{side}"] = areas.region_at(lon, lat, code).tolist()
    return _tables(table, at_node, str(ways.source["source_id"]), areas.position_basis)


def _links_at(lines: Lines, node: NDArray[np.int64]) -> list[list[dict[str, Any]]]:
    """Return what is known of the links that end at each of some nodes, and the country (side) they come from."""
    ids = pd.Index(lines.nodes.index[node])
    a, b = ids.get_indexer(lines.links["from_node_id"]), ids.get_indexer(lines.links["to_node_id"])
    rows = np.flatnonzero((a >= 0) | (b >= 0))
    known = {c: lines.links[c].to_numpy(object)[rows] for c in _OF_LINKS}
    far = pd.Index(np.where(a[rows] >= 0, known["to_node_id"], known["from_node_id"]))
    known["side"] = lines.nodes["country"].to_numpy(object)[lines.nodes.index.get_indexer(far)]
    known["link_id"] = lines.links.index.to_numpy(object)[rows]
    found: list[list[dict[str, Any]]] = [[] for _ in node]
    for at, values in zip(np.maximum(a, b)[rows].tolist(), zip(*known.values(), strict=True), strict=True):
        found[at].append(dict(zip(known, values, strict=True)))
    return found


def _passage(links: list[dict[str, Any]], areas: Areas) -> dict[str, Any]:
    """Return countries, mode, line and what may pass, from the links of a crossing."""
    a, b = sorted({link["side"] for link in links}, key=areas.countries.index)
    sides = [[link for link in links if link["side"] == c] for c in (a, b)]
    first = links[0]
    line = next((str(first[c]) for c in ("name", "ref") if pd.notna(first[c])), None)
    allowed = [{use for link in side for use in str(link["allowed_uses"]).split("|")} for side in sides]
    found = [[link["status"] for link in side] for side in sides]
    status = [next(s for s in (*_OPEN, *of_side) if s in of_side) for of_side in found]
    shut = [s for s in status if s not in _OPEN]
    return {
        "country_a": a,
        "country_b": b,
        "mode": str(first["mode"]),
        "line": line,
        "ref": first["ref"],
        "status": shut[0] if shut else max(status),
        "freight": "yes" if all(use & _FREIGHT for use in allowed) else "no",
        "passenger": "yes" if all(use & _PASSENGER for use in allowed) else "no",
    }


def _controls_of(
    controls: pd.DataFrame, segments: Segments, cuts: NDArray[np.int64], modes: list[str], ways: Ways
) -> list[list[int]]:
    """Return the border controls of each cut, nearest first: those along its line, or else the one beside it."""
    found: list[list[int]] = [[] for _ in cuts]
    if not len(controls) or not len(cuts):
        return found
    far = _km_along(controls, segments, cuts, modes, ways)
    for i, row in enumerate(far):
        found[i] = [int(c) for c in np.argsort(row, kind="stable") if np.isfinite(row[c]) and row[c] == far[:, c].min()]
    lon, lat = controls["x_coord"].to_numpy(float), controls["y_coord"].to_numpy(float)
    straight = great_circle_km(lat[None], lon[None], segments.lat[cuts][:, None], segments.lon[cuts][:, None])
    straight[np.array(modes) == "rail"] = np.inf  # a post beside the lines stands on a road that was not taken
    alone = np.flatnonzero(~np.isfinite(far).any(axis=0))
    for control in alone[np.argsort(straight[:, alone].min(axis=0), kind="stable")].tolist():
        cut = int(straight[:, control].argmin())
        if straight[cut, control] <= STRAIGHT_KM and not found[cut]:
            found[cut] = [control]
    return found


def _km_along(
    controls: pd.DataFrame, segments: Segments, cuts: NDArray[np.int64], modes: list[str], ways: Ways
) -> NDArray[np.float64]:
    """Return how far along the lines of its mode each control stands from each cut, shape (K, C); inf beyond 10 km."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra
    from scipy.spatial import cKDTree

    far = np.full((len(cuts), len(controls)), np.inf)
    where = unit_vectors(segments.lon, segments.lat)
    close = np.isfinite(cKDTree(where[cuts]).query(where, distance_upper_bound=chord(ALONG_KM))[0])
    mode = mode_codes(ways.ways)[segments.way]
    for name, code in MODE_CODES.items():
        rows = np.flatnonzero((mode == code) & close[segments.tail] & close[segments.head])
        which = np.flatnonzero(np.array(modes, object) == name)
        if not len(rows) or not len(which):
            continue
        points, ends = np.unique(np.concatenate([segments.tail[rows], segments.head[rows]]), return_inverse=True)
        a, b = ends[: len(rows)], ends[len(rows) :]
        # sparse arrays sum parallel entries and lose zeros
        pairs = pd.DataFrame({"a": np.minimum(a, b), "b": np.maximum(a, b), "km": segments.km[rows] + 1e-9})
        least = pairs.groupby(["a", "b"], sort=False)["km"].min().reset_index()
        graph = coo_array((least["km"], (least["a"], least["b"])), shape=(len(points),) * 2).tocsr()
        row_of = pd.Index(points)
        source = row_of.get_indexer(pd.Index(cuts[which]))
        wanted = _points_of_controls(controls, segments, points)
        for cut, start in zip(which[source >= 0], source[source >= 0], strict=True):
            km = np.append(dijkstra(graph, directed=False, indices=start, limit=ALONG_KM), np.inf)
            far[cut] = np.minimum(far[cut], km[wanted])
    return far


def _points_of_controls(controls: pd.DataFrame, segments: Segments, points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the position in ``points`` of the point that each control stands on; -1 if it stands on none of them."""
    there = pd.Index(segments.source_point[points])
    own = there[there >= 0]
    at = np.flatnonzero(there >= 0)
    drawn = pd.Index(controls["point"].to_numpy(np.int64))
    found = own.get_indexer(drawn)
    return np.where((found >= 0) & (drawn >= 0), np.append(at, -1)[found], -1)


class _Towns:
    """Named places, to call a crossing after those on both sides of it."""

    def __init__(self, places: Places, areas: Areas) -> None:
        table = places.table
        self.names = list(zip(*(table[f"name_{c}"] for c in _LANGUAGES), strict=True))
        self.country = np.array(areas.countries, object)[table["country"].to_numpy(np.int8)]
        self.lon, self.lat = (table[c].to_numpy(float) for c in ("x_coord", "y_coord"))

    def near(self, country: str, lon: float, lat: float) -> list[str] | None:
        """Return the three names of the nearest place of a country within 100 km, or None."""
        here = np.flatnonzero(self.country == country)
        if not len(here):
            return None
        far = great_circle_km(self.lat[here], self.lon[here], lat, lon)
        return list(self.names[int(here[far.argmin()])]) if far.min() <= NAMED_KM else None


def _names_of_controls(controls: pd.DataFrame) -> list[list[str] | None]:
    """Return the three names of each border control, None of one without a name."""
    named = controls[["name", "name_en", "name_ru"]].notna().any(axis=1)
    return [list(n) if known else None for n, known in zip(zip(*names_of(controls), strict=True), named, strict=True)]


def _name(
    row: dict[str, Any], posts: list[tuple[list[str] | None, int]], towns: _Towns, areas: Areas
) -> dict[str, Any]:
    """Return the names of a crossing and of its sides in three languages."""
    sides: dict[str, list[str] | None] = {}
    for side in "ab":
        code = areas.countries.index(row[f"country_{side}"])
        sides[side] = next((names for names, country in posts if names and country == code), None)
    if all(sides.values()) and sides["a"] == sides["b"]:
        sides["b"] = None
    by_post = any(sides.values())
    if not by_post:
        for side in "ab":
            sides[side] = towns.near(row[f"country_{side}"], row["x_coord"], row["y_coord"])
    found: dict[str, Any] = {}
    for i, language in enumerate(_LANGUAGES):
        parts = [names[i] for side in "ab" if (names := sides[side])]
        found[f"name_{language}"] = (
            " – ".join(parts)
            if by_post or len(parts) == 2
            else str(
                row["ref"]
                if pd.notna(row["ref"])
                else row["line"] or f"{row['y_coord']:.4f}, {turned_back(row['x_coord']):.4f}"
            )
        )
        for side in "ab":
            found[f"name_{side}_{language}"] = names[i] if (names := sides[side]) else None
    return found


def _tables(table: dict[str, list[Any]], at_node: list[list[dict[str, Any]]], source: str, basis: str) -> Crossings:
    count = len(at_node)
    often = Counter(table["name_en"])
    twice = [often[n] > 1 and pd.notna(r) and r != n for n, r in zip(table["name_en"], table["ref"], strict=True)]
    for name in (f"name_{language}" for language in _LANGUAGES):
        shown = zip(table[name], table["ref"], twice, strict=True)
        table[name] = told_apart([f"{n} ({ref})" if longer else n for n, ref, longer in shown], " ")
    stem = [
        slug(n)[:_LONGEST_ID].strip("-") or str(i).removeprefix("border-")
        for n, i in zip(table["name_en"], table["node_id"], strict=True)
    ]
    table["crossing_id"] = told_apart([f"{m}-{s}" for m, s in zip(table["mode"], stem, strict=True)], "-")
    table["place_id"] = [f"border-{c}" for c in table["crossing_id"]]
    table["position_basis"] = [basis] * count
    table["source"] = [f"{source}#{n}" for n in table["node_id"]]
    pairs = [(c, link["link_id"]) for c, links in zip(table["crossing_id"], at_node, strict=True) for link in links]
    of_links = dict(zip(("crossing_id", "link_id"), zip(*pairs, strict=True), strict=True))
    names = {c: table[c] for c in ("place_id", "name_en", "name_ru", "name_kk", "x_coord", "y_coord", "source")}
    return Crossings(
        frame("crossings", table, count),
        frame("crossing_links", of_links, len(pairs)),
        frame("places", names | {"kind": ["checkpoint"] * count}, count),
        dict(zip(table["node_id"], table["place_id"], strict=True)),
    )
