"""Crossings of the tables: what cuts at the border are called, and what they let pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from corridors.model.geo import great_circle_km
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
    node = np.flatnonzero((lines.nodes["kind"] == "border").to_numpy())
    at_node = _links_at(lines, node)
    controls = ways.spots[ways.spots["kind"] == "border_control"].reset_index(drop=True)
    posts = _controls_of(controls, segments, lines.point[node], [str(links["mode"].iloc[0]) for links in at_node], ways)
    side_of = areas.nearest(controls["x_coord"].to_numpy(float), controls["y_coord"].to_numpy(float), np.inf)
    inside = areas.country_at(controls["x_coord"].to_numpy(float), controls["y_coord"].to_numpy(float))
    side_of = np.where(inside >= 0, inside, side_of)
    towns = _Towns(places, areas)
    rows: list[dict[str, Any]] = []
    for number, links in zip(node.tolist(), at_node, strict=True):
        spot = lines.nodes.iloc[number]
        where = float(spot["x_coord"]), float(spot["y_coord"])
        row = _passage(links, areas) | {"node_id": lines.nodes.index[number], "x_coord": where[0], "y_coord": where[1]}
        found = posts[len(rows)]
        row |= _name(row, controls, [(i, int(side_of[i])) for i in found], towns, areas)
        row["category"] = "multilateral" if found else "none"
        for side in "ab":
            code = np.array([areas.countries.index(row[f"country_{side}"])], np.int8)
            row[f"region_{side}"] = areas.region_at(np.array([where[0]]), np.array([where[1]]), code)[0]
        rows.append(row)
    return _tables(rows, at_node, str(ways.source["source_id"]))


def _links_at(lines: Lines, node: NDArray[np.int64]) -> list[pd.DataFrame]:
    """Return the links that end at each of some nodes."""
    ids = pd.Index(lines.nodes.index[node])
    a, b = ids.get_indexer(lines.links["from_node_id"]), ids.get_indexer(lines.links["to_node_id"])
    rows = np.flatnonzero((a >= 0) | (b >= 0))
    of = np.maximum(a, b)[rows]
    order = np.argsort(of, kind="stable")
    parts = np.split(rows[order], np.searchsorted(of[order], np.arange(1, len(ids)))) if len(ids) else []
    near = lines.nodes["country"]
    found = []
    for part in parts:
        links = lines.links.iloc[part]
        far = np.where(a[part] >= 0, links["to_node_id"], links["from_node_id"])
        found.append(links.assign(side=near[far].to_numpy()))
    return found


def _passage(links: pd.DataFrame, areas: Areas) -> dict[str, Any]:
    """Return countries, mode, line and what may pass, from the links of a crossing."""
    a, b = sorted(set(links["side"]), key=areas.countries.index)
    sides = [links[links["side"] == c] for c in (a, b)]
    first = links.iloc[0]
    line = next((str(first[c]) for c in ("name", "ref") if pd.notna(first[c])), None)
    allowed = [{use for text in side["allowed_uses"] for use in str(text).split("|")} for side in sides]
    status = [next((s for s in (*_OPEN, *side["status"]) if s in set(side["status"])), "") for side in sides]
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
    alone = ~np.isfinite(far).any(axis=0)
    for control in np.flatnonzero(alone).tolist():
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
        self.names = table[[f"name_{c}" for c in _LANGUAGES]].to_numpy(object)
        self.country = np.array(areas.countries, object)[table["country"].to_numpy(np.int8)]
        self.lon, self.lat = (table[c].to_numpy(float) for c in ("x_coord", "y_coord"))

    def near(self, country: str, lon: float, lat: float) -> list[str] | None:
        """Return the three names of the nearest place of a country within 100 km, or None."""
        here = np.flatnonzero(self.country == country)
        if not len(here):
            return None
        far = great_circle_km(self.lat[here], self.lon[here], lat, lon)
        return list(self.names[here[far.argmin()]]) if far.min() <= NAMED_KM else None


def _name(
    row: dict[str, Any], controls: pd.DataFrame, posts: list[tuple[int, int]], towns: _Towns, areas: Areas
) -> dict[str, Any]:
    """Return the names of a crossing and of its sides in three languages."""
    sides: dict[str, list[str] | None] = {}
    named = controls["name"].notna() | controls["name_en"].notna() | controls["name_ru"].notna()
    for side in "ab":
        code = areas.countries.index(row[f"country_{side}"])
        own = [i for i, country in posts if country == code and named[i]]
        sides[side] = [n[0] for n in names_of(controls.iloc[own[:1]])] if own else None
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
                row["ref"] if pd.notna(row["ref"]) else row["line"] or f"{row['y_coord']:.4f}, {row['x_coord']:.4f}"
            )
        )
        for side in "ab":
            found[f"name_{side}_{language}"] = names[i] if (names := sides[side]) else None
    return found


def _tables(rows: list[dict[str, Any]], at_node: list[pd.DataFrame], source: str) -> Crossings:
    table = pd.DataFrame(rows)
    if not len(table):
        empty = {n: frame(n, {}, 0) for n in ("crossings", "crossing_links", "places")}
        return Crossings(**empty, place_of={})
    twice = table["name_en"].duplicated(keep=False) & table["ref"].notna() & (table["ref"] != table["name_en"])
    for language in _LANGUAGES:
        name = f"name_{language}"
        longer = table[name] + " (" + table["ref"].astype(object).fillna("") + ")"
        table[name] = told_apart(longer.where(twice, table[name]), " ")
    stem = [
        slug(n)[:_LONGEST_ID].strip("-") or str(i).removeprefix("border-")
        for n, i in zip(table["name_en"], table["node_id"], strict=True)
    ]
    table["crossing_id"] = told_apart([f"{m}-{s}" for m, s in zip(table["mode"], stem, strict=True)], "-")
    table["place_id"] = [f"border-{c}" for c in table["crossing_id"]]
    table["position_basis"] = "measured"
    table["source"] = [f"{source}#{n}" for n in table["node_id"]]
    links = [(c, link) for c, found in zip(table["crossing_id"], at_node, strict=True) for link in found.index]
    pairs = pd.DataFrame(links, columns=["crossing_id", "link_id"])
    place_of = dict(zip(table["node_id"], table["place_id"], strict=True))
    names = {c: table[c] for c in ("place_id", "name_en", "name_ru", "name_kk", "x_coord", "y_coord", "source")}
    places = frame("places", names | {"kind": ["checkpoint"] * len(table)}, len(table))
    return Crossings(
        frame("crossings", table, len(table)), frame("crossing_links", pairs, len(pairs)), places, place_of
    )
