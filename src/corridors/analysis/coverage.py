"""How much of the world a network holds, and how well: against its own border line, and against reference lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.analysis.geometry import regions_at
from corridors.analysis.results import Result, plain, records
from corridors.engine.dated import OPEN
from corridors.model.geo import EARTH_RADIUS_KM, great_circle_km, link_courses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.model.network import Network
    from corridors.model.reference import Reference

NEAR_LINK_KM = 3.0
NEAR_BORDER_KM = 2.0
LONGEST_CHORD_KM = 60.0
MOST_WINDING = 1.6
_ASTRAY_KM = 60.0
"""A station farther than this from each of its neighbours stands where a namesake is."""
_ROUND_ABOUT = 1.6
_SLACK_KM = 2 * NEAR_LINK_KM

_Rows = list[tuple[str, float, float, str, float]]
"""Measures: name, found, of, unit, aim."""
_Left = list[tuple[str, str, str]]
"""What was not found: measure, what, why."""


@dataclass(frozen=True, repr=False)
class Coverage(Result):
    """Coverage; ``table`` has one row a measure: found, of, share, aim.

    Attributes
    ----------
    left_out
        What a measure did not find, one row each: measure, what, why.
    """

    left_out: pd.DataFrame = field(default_factory=pd.DataFrame)

    def shown_tables(self) -> list[tuple[str, pd.DataFrame]]:
        """Return the measures, and what they did not find."""
        return [("", self.table), ("Left out", self.left_out)]

    def to_json(self) -> dict[str, Any]:
        """Return measures and what was left out as plain data."""
        found: dict[str, Any] = plain(
            {"measures": records(self.table), "left_out": records(self.left_out), "settings": self.settings}
        )
        return found


def coverage(network: Network, reference: Reference | None = None) -> Coverage:
    """Return how much a network holds of what it should.

    Without reference lists: km with a published or measured length, crossings on the border line, lengths against
    great circles, chords. With them, also: stations of the border regions within 3 km of a railway of the network, and
    joined by it to the stations that the tariff guide has next to them, where those lie on a railway, too (at most 1.6
    times as far as the great circle, plus the way to the line); and pairs of checkpoints.

    Parameters
    ----------
    network
        The network.
    reference
        Lists read by :func:`corridors.sources.reference.read_reference`.

    Examples
    --------
    >>> import corridors as co
    >>> table = coverage(co.load()).table
    >>> bool((table["share"] <= 1).all())
    True
    """
    rows, left = _lengths(network)
    for measure in (_shapes(network), _crossings(network)):
        rows += measure[0]
        left += measure[1]
    if reference is not None:
        for measure in (_stations(network, reference), _checkpoints(network, reference)):
            rows += measure[0]
            left += measure[1]
    table = pd.DataFrame(rows, columns=["measure", "found", "of", "unit", "aim"])
    table.insert(3, "share", table["found"] / table["of"].where(table["of"] > 0))
    left_out = pd.DataFrame(left, columns=["measure", "what", "why"])
    date = network.assumptions.reference_date
    settings = {"network": network.name, "date": date, "reference": reference is not None}
    return Coverage("Coverage of the network", table.set_index("measure"), settings, network, left_out)


def _lengths(network: Network) -> tuple[_Rows, _Left]:
    links = network.links[network.links["status"].isin(OPEN)]
    rows = []
    for mode, aim in (("rail", 0.85), ("road", 0.70)):
        part = links[links["mode"] == mode]
        sure = part["length_basis"].isin(["published", "measured"])
        km = part["length_km"]
        rows.append((f"{mode}_length_known", float(km[sure].sum()), float(km.sum()), "km", aim))
    return rows, []


def _shapes(network: Network) -> tuple[_Rows, _Left]:
    """Length against the great circle of its ends, and the longest chord, of rail and road links in use."""
    links = network.links
    within, straight, of = 0, 0, 0
    left = []
    used = links["mode"].isin(["rail", "road"]) & links["status"].isin(OPEN)
    for link, use, km, course in zip(links.index, used, links["length_km"], link_courses(network), strict=True):
        if not use:
            continue
        of += 1
        lon, lat = np.array(course).T
        chords = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
        ends = float(great_circle_km(lat[0], lon[0], lat[-1], lon[-1]))
        winding = km / max(ends, 1e-9)
        if 1 - 1e-3 <= winding <= MOST_WINDING:
            within += 1
        else:
            left.append(("length_within_bounds", str(link), f"{winding:.2f} times the great circle of its ends"))
        if chords.max() <= LONGEST_CHORD_KM:
            straight += 1
        else:
            longest = float(chords.max())
            # an ellipse: of what length is left for the chord, half goes out and half comes back
            room = max(km - chords.sum() + longest, longest)
            bend = np.sqrt(room**2 - longest**2) / 2
            why = f"{longest:.0f} km without a point; its length lets it bend away by at most {bend:.0f} km"
            left.append(("chord_at_most_60_km", str(link), why))
    return [
        ("length_within_bounds", within, of, "links", 1.0),
        ("chord_at_most_60_km", straight, of, "links", 1.0),
    ], left


def _crossings(network: Network) -> tuple[_Rows, _Left]:
    """Land crossings within 2 km of the border line, if there is one, and those whose position is not estimated."""
    known = network.crossings["position_basis"] == "measured"
    rows: _Rows = [("crossing_position_known", int(known.sum()), len(known), "crossings", 0.9)]
    left: _Left = [("crossing_position_known", str(c), "position estimated") for c in network.crossings.index[~known]]
    land = network.crossings[network.crossings["mode"] != "sea"]
    away = border_distance_km(network, land["y_coord"].to_numpy(float), land["x_coord"].to_numpy(float))
    if np.isinf(away).all():
        return rows, left
    near = away <= NEAR_BORDER_KM
    rows.insert(0, ("crossing_on_border", int(near.sum()), len(land), "crossings", 1.0))
    off = zip(land.index[~near], away[~near], strict=True)
    return rows, [*(("crossing_on_border", str(c), f"{d:.1f} km off") for c, d in off), *left]


def border_distance_km(network: Network, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distance of points from the border line of the network, shape (N,); inf without a line."""
    import shapely

    text = network.outlines.get("boundary", "")
    parts: Any = shapely.get_parts(shapely.get_parts(shapely.from_geojson(text))) if text else []
    courses = [c.tolist() for c in map(shapely.get_coordinates, parts) if len(c) > 1]
    if not courses:
        return np.full(len(lat), np.inf)
    near = _Lines(courses)
    return np.array([near.distances(a, o).min() for a, o in zip(lat, lon, strict=True)])


class _Lines:
    """Segments of many courses, for distances from a point: a local plane is exact enough within some 50 km."""

    def __init__(self, courses: list[list[tuple[float, float]]]) -> None:
        parts = [np.array(c, float)[:, :2] for c in courses]
        self.of = np.repeat(np.arange(len(parts)), [len(p) - 1 for p in parts])
        self.a, self.b = (np.vstack([p[s] for p in parts]) for s in (slice(None, -1), slice(1, None)))
        steps = great_circle_km(self.a[:, 1], self.a[:, 0], self.b[:, 1], self.b[:, 0])
        total = np.bincount(self.of, steps, len(parts))
        before = np.cumsum(steps) - steps
        first = np.concatenate([[0], np.cumsum([len(p) - 1 for p in parts])[:-1]])
        self.from_start = (before - before[first][self.of]) / np.maximum(total, 1e-9)[self.of]
        self.part = steps / np.maximum(total, 1e-9)[self.of]

    def distances(self, lat: float, lon: float) -> NDArray[np.float64]:
        """Return the distance of a point from each segment, km."""
        return self._project(lat, lon)[0]

    def _project(self, lat: float, lon: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        degree = np.pi / 180 * EARTH_RADIUS_KM
        scale = np.array([degree * np.cos(np.radians(lat)), degree])
        a, b = (self.a - [lon, lat]) * scale, (self.b - [lon, lat]) * scale
        along = b - a
        share = np.clip(-(a * along).sum(1) / np.maximum((along**2).sum(1), 1e-12), 0, 1)
        return np.hypot(*(a + along * share[:, None]).T), share

    def near(self, lat: float, lon: float, within_km: float) -> list[tuple[int, float]]:
        """Return the courses within a distance of a point, each with the share of its length at the nearest point."""
        far, share = self._project(lat, lon)
        found: dict[int, tuple[float, float]] = {}
        for s in np.flatnonzero(far <= within_km):
            course, at = int(self.of[s]), float(self.from_start[s] + share[s] * self.part[s])
            if course not in found or far[s] < found[course][0]:
                found[course] = (float(far[s]), at)
        return [(course, at) for course, (_, at) in found.items()]


def _stations(network: Network, reference: Reference) -> tuple[_Rows, _Left]:
    """Stations of the border regions on the railways of the network, and joined by them to their neighbours."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    border = set(network.regions.index[network.regions["border"].astype(bool)])
    stations = reference.stations
    stations = stations[np.isin(regions_at(network, stations["lat"], stations["lon"]), list(border))]
    pairs = reference.adjacency
    both = pairs["from_esr"].isin(stations.index) & pairs["to_esr"].isin(stations.index)
    next_to: dict[str, set[str]] = {}
    for a, b in zip(pairs.loc[both, "from_esr"], pairs.loc[both, "to_esr"], strict=True):
        next_to.setdefault(a, set()).add(b)
        next_to.setdefault(b, set()).add(a)
    at = {e: (float(a), float(o)) for e, a, o in zip(stations.index, stations["lat"], stations["lon"], strict=True)}
    chosen = ((network.links["mode"] == "rail") & network.links["status"].isin(OPEN)).to_numpy(bool)
    if not chosen.any():
        return [(m, 0, len(at), "stations", 0.95) for m in ("station_near_railway", "station_covered")], []
    rail = network.links[chosen]
    lines = _Lines([c for c, keep in zip(link_courses(network), chosen, strict=True) if keep])
    number = {node: i for i, node in enumerate(network.nodes.index)}
    tail, head = (rail[c].map(number).to_numpy() for c in ("from_node_id", "to_node_id"))
    km = rail["length_km"].to_numpy(float)
    order = np.lexsort((km, head, tail))  # of parallel links the shortest: a sparse matrix would add them up
    _, first = np.unique(np.stack([tail, head])[:, order], axis=1, return_index=True)
    kept = order[first]
    graph = coo_array((km[kept], (tail[kept], head[kept])), shape=(len(number),) * 2).tocsr()
    apart = dijkstra(graph, directed=False, indices=np.unique([tail, head]))
    row = {int(node): i for i, node in enumerate(np.unique([tail, head]))}
    snaps = {e: lines.near(*p, NEAR_LINK_KM) for e, p in at.items()}

    def between(a: str, b: str) -> float:
        best = np.inf
        for i, f in snaps[a]:
            for j, g in snaps[b]:
                if i == j:
                    best = min(best, abs(f - g) * km[i])
                for u, du in ((tail[i], f * km[i]), (head[i], (1 - f) * km[i])):
                    for v, dv in ((tail[j], g * km[j]), (head[j], (1 - g) * km[j])):
                        best = min(best, du + dv + apart[row[int(u)], v])
        return best

    on, joined, astray, tested, cut_off = 0, 0, 0, 0, 0
    left: _Left = []
    reasons = network.omissions["reason"].to_dict()
    for esr, place in at.items():
        gaps = {n: float(great_circle_km(*place, *at[n])) for n in next_to.get(esr, ())}
        name = f"{stations['name'][esr]} ({esr})"
        if gaps and min(gaps.values()) > _ASTRAY_KM:
            astray += 1
            off = f"{min(gaps.values()):.0f} km from its nearest neighbour"
            left.append(("station_position_doubtful", name, reasons.get(esr, off)))
            continue
        if not snaps[esr]:
            why = f"{lines.distances(*place).min():.0f} km from the nearest railway"
            left.append(("station_covered", name, reasons.get(esr, why)))
            continue
        on += 1
        beside = [n for n, gap in gaps.items() if gap <= _ASTRAY_KM and snaps[n]]
        cut = [n for n in beside if between(esr, n) > _ROUND_ABOUT * gaps[n] + _SLACK_KM]
        tested += bool(beside)
        cut_off += bool(cut)
        if cut:
            left.append(("station_covered", name, reasons.get(esr, f"not joined to {stations['name'][cut[0]]}")))
        joined += not cut
    of = len(at) - astray
    return [
        ("station_near_railway", on, of, "stations", 0.95),
        ("station_joined", tested - cut_off, tested, "stations", 0.95),
        ("station_covered", joined, of, "stations", 0.95),
    ], left


def _checkpoints(network: Network, reference: Reference) -> tuple[_Rows, _Left]:
    """Pairs of checkpoints of the reference list among the road crossings, both sides by their Russian names."""
    roads = network.crossings[network.crossings["mode"] == "road"]
    other_names = network.aliases.loc[network.aliases["place_id"].isin(roads["place_id"]), "name"]
    pairs = [*zip(roads["name_a_ru"], roads["name_b_ru"], strict=True), *(name.split(" – ") for name in other_names)]
    ours = {frozenset(map(_plain, pair)) for pair in pairs}
    listed = list(zip(reference.checkpoints["ru"], reference.checkpoints["kz"], strict=True))
    left = [
        ("checkpoint_pair", " – ".join(p), "not among the crossings")
        for p in listed
        if frozenset(map(_plain, p)) not in ours
    ]
    return [("checkpoint_pair", len(listed) - len(left), len(listed), "pairs", 1.0)], left


def _plain(name: object) -> str:
    return "".join(c for c in str(name).lower().replace("ё", "е") if c.isalnum())
