"""Places, and the points of the lines that they are tied to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.model.geo import great_circle_km
from corridors.sources.build.areas import NOWHERE, SLACK_DEGREES
from corridors.sources.build.cuts import chord, unit_vectors
from corridors.sources.build.frames import slug, told_apart
from corridors.sources.build.segments import MODE_CODES, mode_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.sources.build.areas import Areas
    from corridors.sources.build.segments import Segments

TOWN_KM = {"city": 10.0, "town": 5.0, "settlement": 5.0}
"""How far from its middle a place may be tied to a road."""

STATION_KM = 1.0
"""How far a station or terminal that stands beside the lines may lie from one."""

STATION_ROAD_KM = 2.0
"""How far a station, terminal or port may lie from the road it is reached by."""

PORT_KM = 5.0
_PLACE_KINDS = {"city": "city", "town": "town", "settlement": "settlement", "station": "station", "terminal": "station"}
_OPEN = ("operational", "seasonal")
_LANGUAGES = ("en", "ru", "kk")


@dataclass(frozen=True)
class Places:
    """Places with the points they are tied to.

    Attributes
    ----------
    table
        place_id, names, country, region, kind, x_coord, y_coord, population, spot_id; and for each mode (``rail``,
        ``road``, ``sea``) the point that the place is tied to, -1 if none.
    aliases
        Further names of places, and names of stations that were taken into the place of their town: place_id, name,
        spot_id.
    dropped
        How many spots were left out, by why.
    """

    table: pd.DataFrame
    aliases: pd.DataFrame
    dropped: dict[str, int]

    def points(self) -> NDArray[np.int64]:
        """Return all points that a place is tied to or reached by."""
        tied = np.concatenate([self.table[c].to_numpy(np.int64) for c in (*MODE_CODES, "reached")])
        return np.unique(tied[tied >= 0])


class _Near:
    """The points of one mode, for the nearest to a position; those of the largest part of each country first."""

    def __init__(self, segments: Segments, main: NDArray[np.bool_], used: NDArray[np.bool_]) -> None:
        from scipy.spatial import cKDTree

        self.points = [np.flatnonzero(used & main), np.flatnonzero(used & ~main)]
        self.trees = [cKDTree(unit_vectors(segments.lon[p], segments.lat[p])) for p in self.points]

    def find(self, lon: NDArray[np.float64], lat: NDArray[np.float64], km: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the nearest point to each position within its km, shape (N,); -1 if there is none."""
        found = np.full(len(lon), -1)
        if len(lon):
            where, reach = unit_vectors(lon, lat), np.array([chord(float(k)) for k in km])
            for points, tree in zip(self.points, self.trees, strict=True):
                if len(points):
                    far, at = (np.asarray(v) for v in tree.query(where))
                    take = (found < 0) & (far <= reach)
                    found[take] = points[at[take]]
        return found


def tie_places(spots: pd.DataFrame, segments: Segments, ways: pd.DataFrame, areas: Areas) -> Places:
    """Return the places in the countries asked for, tied to points of the lines.

    A station belongs to its railway; a town is tied to the nearest road within 5 km (a city 10 km), and takes the
    station of its own name within 10 km, or else the nearest within 5 km. Everything else that trains or ships stop at
    is a place of its own, and is reached from the nearest road within 2 km.

    Parameters
    ----------
    spots
        Columns ``SPOT_COLUMNS``; border controls are not looked at.
    segments
        The lines, cut at the border.
    ways
        Their ways.
    areas
        Countries and regions.
    """
    table, dropped = _known(spots, areas)
    mode = mode_codes(ways)[segments.way]
    near = {name: _near(segments, mode == code) for name, code in MODE_CODES.items()}
    _tie_stops(table, segments, near, mode)
    aliases, table = _stations_of_towns(table, near["road"])
    _once(table)
    _reach_stops(table, segments, near["road"])
    tied = np.any([table[mode].to_numpy() >= 0 for mode in MODE_CODES], axis=0)
    tied |= np.isin(table["kind"].to_numpy(object), ["city", "town"])
    dropped["without a line nearby"] = int((~tied).sum())
    table = table[tied].reset_index(drop=True)
    table["place_id"] = told_apart([slug(n) or s for n, s in zip(table["name_en"], table["spot_id"], strict=True)], "-")
    where = table["x_coord"].to_numpy(float), table["y_coord"].to_numpy(float)
    table["region"] = areas.region_at(*where, table["country"].to_numpy(np.int8))
    owner = dict(zip(table["spot_id"], table["place_id"], strict=True))
    named: dict[tuple[str, str], str] = {}
    for place, name, spot in (*_further_names(table), *aliases):
        if place in owner:
            named.setdefault((owner[place], name), spot)
    rows = [(place, name, spot) for (place, name), spot in named.items()]
    return Places(table, pd.DataFrame(rows, columns=["place_id", "name", "spot_id"]), dropped)


def _known(spots: pd.DataFrame, areas: Areas) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the spots that are places in the countries asked for, important ones first, and how many are not."""
    kind, status, spot = (spots[c].to_numpy(object) for c in ("kind", "status", "spot_id"))
    running = np.array([not isinstance(s, str) or s in {"", *_OPEN} for s in status.tolist()], bool)
    place = kind != "border_control"
    dropped = {"closed or planned": int((place & ~running).sum())}
    rows = np.flatnonzero(place & running)
    lon, lat, people = (spots[c].to_numpy(float) for c in ("x_coord", "y_coord", "population"))
    country = areas.country_at(lon[rows], lat[rows])
    off = np.flatnonzero(country == NOWHERE)
    country[off] = areas.nearest(lon[rows[off]], lat[rows[off]], SLACK_DEGREES)  # off an outline, as lines may be
    rows, country = rows[country >= 0], country[country >= 0]
    rank = np.array([[*_PLACE_KINDS, "port"].index(k) for k in kind[rows].tolist()], float)
    order = np.lexsort((spot[rows].astype(str), -np.nan_to_num(people[rows]), rank))
    table = spots.iloc[rows[order]].reset_index(drop=True)
    table["country"] = country[order]
    table["spot_kind"] = table["kind"]
    table["kind"] = [_PLACE_KINDS.get(k, k) for k in table["kind"].tolist()]
    for language, name in zip(_LANGUAGES, names_of(table), strict=True):
        table[f"name_{language}"] = name
    for mode in MODE_CODES:
        table[mode] = -1
    return table, dropped


def names_of(spots: pd.DataFrame) -> tuple[list[str], list[str], list[str]]:
    """Return English, Russian and Kazakh names of spots: where one is missing the local name, or else the English.

    Examples
    --------
    >>> names = {"name": ["Омск"], "name_en": [None], "name_ru": [None], "name_kk": ["Омбы"]}
    >>> names_of(pd.DataFrame({"spot_id": ["n1"], **names}))
    (['Омск'], ['Омск'], ['Омбы'])
    """

    def text(value: Any) -> str:
        return value.strip() if isinstance(value, str) else ""

    columns = [spots[c].tolist() for c in ("name", "name_en", "name_ru", "name_kk", "spot_id")]
    rows = [[text(v) for v in row] for row in zip(*columns, strict=True)]
    return (
        [en or name or ru or kk or spot for name, en, ru, kk, spot in rows],
        [ru or name or en or kk or spot for name, en, ru, kk, spot in rows],
        [kk or name or en or ru or spot for name, en, ru, kk, spot in rows],
    )


def _further_names(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return names of places beyond those of their three columns, the local one and others: spot, name and spot."""
    columns = ("spot_id", "name", "other_names", *(f"name_{c}" for c in _LANGUAGES))
    rows = []
    for spot, local, others, *shown in zip(*(table[c].tolist() for c in columns), strict=True):
        names = [name.strip() for text in (local, others) if isinstance(text, str) for name in text.split(";")]
        rows += [(spot, name, spot) for name in names if name and name not in shown]
    return rows


def _near(segments: Segments, of_mode: NDArray[np.bool_]) -> _Near:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(segments.lon)
    tail, head = segments.tail[of_mode], segments.head[of_mode]
    used = np.zeros(count, bool)
    used[tail] = used[head] = True
    _, part = connected_components(coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(count, count)), False)
    main = np.zeros(count, bool)
    for country in np.unique(segments.country[used & (segments.country >= 0)]):
        here = used & (segments.country == country)
        main |= here & (part == np.bincount(part[here]).argmax())
    return _Near(segments, main, used & ~segments.border)


def _tie_stops(table: pd.DataFrame, segments: Segments, near: dict[str, _Near], mode: NDArray[np.int8]) -> None:
    """Tie stations and terminals to their railway, terminals without one to a road, ports to the sea; in place."""
    point_of = {name: _points_of(segments, mode == code) for name, code in MODE_CODES.items()}
    for kinds, name, km in (
        (("station", "terminal"), "rail", STATION_KM),
        (("terminal",), "road", STATION_KM),
        (("port",), "sea", PORT_KM),
    ):
        wanted = table["spot_kind"].isin(kinds).to_numpy(bool)
        rows = np.flatnonzero(wanted & ((name != "road") | (table["rail"].to_numpy() < 0)))
        if not len(rows):
            continue
        point = table["point"].to_numpy(np.int64)[rows]
        known = point_of[name]
        tied = np.where(point >= 0, known[np.maximum(point, 0)], -1) if len(known) else np.full(len(rows), -1)
        left = np.flatnonzero(tied < 0)
        lon, lat = (table[c].to_numpy(float)[rows[left]] for c in ("x_coord", "y_coord"))
        tied[left] = near[name].find(lon, lat, np.full(len(left), km))
        tied_to = table[name].to_numpy(np.int64).copy()
        tied_to[rows] = tied
        table[name] = tied_to


def _points_of(segments: Segments, of_mode: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the point that each point of the source is in the lines of one mode, -1 where it is in none."""
    used = np.zeros(len(segments.lon), bool)
    used[segments.tail[of_mode]] = used[segments.head[of_mode]] = True
    at = np.flatnonzero(used & (segments.source_point >= 0))
    found = np.full(int(segments.source_point.max(initial=-1)) + 1, -1)
    found[segments.source_point[at]] = at
    return found


def _stations_of_towns(table: pd.DataFrame, roads: _Near) -> tuple[list[tuple[str, str, str]], pd.DataFrame]:
    """Tie towns to roads and to their station, which is then no place of its own; return its names and the rest.

    A name stands between the spot of the town and that of the station.
    """
    kind, rail, road = table["kind"].to_numpy(object), table["rail"].to_numpy(np.int64).copy(), table["road"].to_numpy()
    lon, lat = (table[c].to_numpy(float) for c in ("x_coord", "y_coord"))
    town = np.flatnonzero(np.isin(kind, list(TOWN_KM)))
    road = road.astype(np.int64).copy()
    road[town] = roads.find(lon[town], lat[town], np.array([TOWN_KM[k] for k in kind[town]], float))
    taken = _stations_taken(table, town)
    for station, row in taken.items():
        rail[row] = rail[station]
    names = list(zip(*(table[f"name_{c}"].tolist() for c in _LANGUAGES), strict=True))
    spot = table["spot_id"].tolist()
    rows = [
        (spot[row], name, spot[station])
        for station, row in taken.items()
        for name in dict.fromkeys(names[station])
        if name not in names[row]
    ]
    rest = table.assign(rail=rail, road=road).iloc[np.setdiff1d(np.arange(len(table)), [*taken])].reset_index(drop=True)
    return rows, rest


def _stations_taken(table: pd.DataFrame, town: NDArray[np.int64]) -> dict[int, int]:
    """Return the row of the town that takes each station: first every town that of its name, then what is left."""
    country, kind = table["country"].to_numpy(), table["kind"].to_numpy(object)
    lon, lat = (table[c].to_numpy(float) for c in ("x_coord", "y_coord"))
    stations = np.flatnonzero((table["spot_kind"] == "station").to_numpy(bool) & (table["rail"].to_numpy() >= 0))
    texts = zip(*(table[f"name_{c}"].tolist() for c in _LANGUAGES), strict=True)
    spoken = [{str(name).casefold() for name in row} for row in texts]
    named: dict[str, list[int]] = {}
    for row in stations.tolist():
        for name in spoken[row]:
            named.setdefault(name, []).append(row)
    taken: dict[int, int] = {}

    def nearest(row: int, choice: NDArray[np.int64], km: float) -> int:
        near = choice[(np.abs(lat[choice] - lat[row]) < km / 100) & (country[choice] == country[row])]
        free = np.array([s for s in near.tolist() if s not in taken], int)
        far = great_circle_km(lat[row], lon[row], lat[free], lon[free])
        return int(free[far.argmin()]) if len(free) and far.min() <= km else -1

    served = set()
    for row in town.tolist():
        same = np.unique([s for name in spoken[row] for s in named.get(name, ())]).astype(int)
        if (found := nearest(row, same, 10.0)) >= 0:
            taken[found] = row
            served.add(row)
    for row in town.tolist():
        if kind[row] != "settlement" and row not in served and (found := nearest(row, stations, 5.0)) >= 0:
            taken[found] = row
    return taken


def _once(table: pd.DataFrame) -> None:
    """Leave each point to the first place that is tied to it, in place: a node belongs to one place."""
    for mode in MODE_CODES:
        point = table[mode].to_numpy(np.int64).copy()
        first = np.unique(point, return_index=True)[1]
        point[np.setdiff1d(np.arange(len(point)), first)] = -1
        table[mode] = point


def _reach_stops(table: pd.DataFrame, segments: Segments, roads: _Near) -> None:
    """Note for each station, terminal and port the road it is reached by, in place: column ``reached``."""
    rail, sea, reached = (table[c].to_numpy(np.int64) for c in ("rail", "sea", "road"))
    rows = np.flatnonzero(((rail >= 0) | (sea >= 0)) & (reached < 0))
    point = np.where(rail >= 0, rail, sea)[rows]
    road = roads.find(segments.lon[point], segments.lat[point], np.full(len(rows), STATION_ROAD_KM))
    same = (road >= 0) & (segments.country[np.maximum(road, 0)] == segments.country[point])
    reached = reached.copy()
    reached[rows] = np.where(same, road, -1)
    table["reached"] = reached
