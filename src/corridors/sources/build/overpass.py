"""Railways, roads and ferries of an area from an Overpass server, by osmnx: its cache, pauses and retries."""

from __future__ import annotations

import json
import math
import re
import socket
import warnings
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.errors import CorridorsError, DataError, OutputError, UnknownNameError, UsageError
from corridors.model.geo import great_circle_km
from corridors.sources.build import tags as t
from corridors.sources.build.ways import AREA_COLUMNS, SPOT_COLUMNS, WAY_COLUMNS, Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import geopandas as gpd
    import networkx as nx
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

MOST_REFUSALS = 5
"""How often a server may say that it is busy (429, 504) before we give up; osmnx itself would ask for ever."""

SOURCE = {
    "source_id": "osm",
    "title": "OpenStreetMap, through the Overpass API",
    "publisher": "© OpenStreetMap contributors",
    "address": "https://www.openstreetmap.org/copyright",
    "licence": "ODbL 1.0",
}

WAY_KEYS = tuple(
    dict.fromkeys(
        [
            *("highway", "railway", "route", "name", "ref", "operator", "service", "usage", "access", "oneway", "area"),
            *("maxspeed", "maxspeed:forward", "maxspeed:backward", "lanes", "surface", "junction", "duration"),
            *("tracks", "electrified", "gauge", "railway:traffic_mode", "passenger_lines"),
            *(key for keys in (*t.ROAD_ACCESS.values(), *t.FERRY_ACCESS.values()) for key in keys),
            *t.SEASONAL,
            *t.GONE,
            *(key for stage in t.LIFECYCLE for key in (stage, f"{stage}:railway", f"{stage}:highway")),
        ]
    )
)
"""Keys of ways that are kept: all that :func:`corridors.sources.build.tags.way_rows` asks for."""

_TURNED = {"-1", "reverse", "T"}
"""Values of ``oneway`` at which osmnx turns the points of a way around itself."""


def read_overpass(
    area: BaseGeometry,
    *,
    endpoint: str | None = None,
    roads: str = t.DEFAULT_ROADS,
    outlines: bool = True,
    cache: str | None = None,
    timeout_s: float | None = None,
    progress: Callable[[str], None] | None = None,
    asking: Callable[[int], None] | None = None,
) -> Ways:
    """Return the railways, roads and ferries of an area, with their stations, places and outlines, from Overpass.

    Everything goes through osmnx, whose settings hold as they are but for what is given here, and are as before
    afterwards. They are global: no other thread may use osmnx meanwhile. Answers are kept in osmnx's cache, so that
    what broke off goes on where it stopped.

    Parameters
    ----------
    area
        Polygon or multipolygon, degrees, WGS 84.
    endpoint
        Address of the Overpass API without ``/interpreter``; None: that of osmnx's settings.
    roads
        The last class of road that is taken, a key of ``ROADS``, or ``none``.
    outlines
        False: the outlines of countries and regions are known otherwise and are not downloaded.
    cache
        Folder of the cache; None: that of osmnx's settings.
    timeout_s
        Seconds a request may take; None: those of osmnx's settings.
    progress
        Called with the name of each step as it begins: lines, places, outlines.
    asking
        Called with the number of each request before osmnx pauses for it, or at its answer where osmnx makes no pauses.
        :func:`corridors.sources.build.download.request_count` tells how many there are; what the cache holds is not
        asked for again.

    Raises
    ------
    DataError
        If the server cannot be reached, stays busy, breaks off, or has no railway or road there.
    """
    check_roads(roads)
    told = progress or (lambda _: None)
    changes = {
        "overpass_url": endpoint,
        "requests_timeout": timeout_s,
        "cache_folder": cache,
        "all_oneway": True,  # keeps the order of points, so each segment comes once
        "useful_tags_way": list(WAY_KEYS),
    }
    with _asking(changes, asking) as osmnx, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "This area is", UserWarning)  # download.request_count says it better
        told("lines")
        graph = osmnx.graph_from_polygon(
            area, simplify=False, retain_all=True, truncate_by_edge=True, custom_filter=way_filters(roads)
        )
        told("places")
        spots = _features(osmnx, area, _spot_tags())
        found = None
        if outlines:
            told("outlines")
            osmnx.settings.max_query_area_size = float("inf")  # in parts, each would bring whole countries again
            found = _features(osmnx, area, {"admin_level": ["2", "4"]})
    return _assemble(graph, spots, found, t.road_classes(roads))


def check_roads(roads: str) -> None:
    """Refuse a class of road that nobody knows.

    Raises
    ------
    UsageError
        If it is none of ``ROADS``, nor ``none``.
    """
    if roads not in {*t.ROADS, "none"}:
        raise UsageError(f"--roads {roads!r}: expected one of {', '.join(t.ROADS)}, none")


def place_area(place: str, *, geocoder: str | None = None, cache: str | None = None) -> BaseGeometry:
    """Return the outline of a place by its name, from Nominatim, through osmnx.

    Raises
    ------
    UnknownNameError
        If the server knows no outline of that name.
    DataError
        If it cannot be reached.
    """
    from osmnx._errors import InsufficientResponseError

    with _asking({"nominatim_url": geocoder, "cache_folder": cache}) as osmnx:
        try:
            found: BaseGeometry = osmnx.geocode_to_gdf(place).union_all()
        except TypeError as error:
            raise UnknownNameError(f"place {place!r}: a point to Nominatim, expected --bbox or --polygon") from error
        except InsufficientResponseError as error:
            if "0 results" in str(error):
                said = f"place {place!r}: unknown to Nominatim, expected --bbox or --polygon"
                raise UnknownNameError(said) from error
            raise
    return found


@contextmanager
def _asking(changes: Mapping[str, Any], asking: Callable[[int], None] | None = None) -> Iterator[Any]:
    """Give osmnx with some settings changed, and put them back; what goes wrong on the way is a DataError."""
    import osmnx
    import requests
    from osmnx._errors import InsufficientResponseError, ResponseStatusCodeError

    settings = osmnx.settings
    before = {name: value for name, value in vars(settings).items() if not name.startswith("_")}
    look_up = socket.getaddrinfo  # osmnx puts its own in its place
    for name, value in changes.items():
        if value is not None:
            setattr(settings, name, value)
    server = settings.nominatim_url if "nominatim_url" in changes else settings.overpass_url
    settings.requests_kwargs = {**settings.requests_kwargs, "hooks": {"response": _check_of(server, asking)}}
    try:
        yield osmnx
    except requests.Timeout as error:
        raise DataError(f"server {server}: no answer within {settings.requests_timeout:g} s") from error
    except requests.RequestException as error:
        raise DataError(f"server {server}: cannot be reached: {_reason(error)}") from error
    except (InsufficientResponseError, ResponseStatusCodeError) as error:
        raise DataError(f"server {server}: {_told(str(error))}") from error
    except json.JSONDecodeError as error:
        broken = _broken_answer(Path(settings.cache_folder))
        raise DataError(f"cache {broken}: is a broken answer, expected it whole or deleted") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"cache {settings.cache_folder}: cannot be used: {reason}") from error
    except ValueError as error:
        if isinstance(error, CorridorsError):
            raise
        raise DataError(f"server {server}: {_told(str(error))}") from error
    finally:
        for name, value in before.items():
            setattr(settings, name, value)
        socket.getaddrinfo = look_up


def _broken_answer(cache: Path) -> Path:
    """Return the first answer of a cache that is not JSON: what wrote it was stopped."""
    for path in sorted(cache.glob("*.json")):
        try:
            json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return path
    return cache


def _check_of(server: str, asking: Callable[[int], None] | None = None) -> Callable[..., None]:
    """Return what looks at each answer of a server before osmnx does, and tells the number of each request once."""
    refusals: list[int] = []
    answered, told = 0, 0

    def tell() -> None:
        nonlocal told
        if asking and told == answered:
            told += 1
            asking(told)

    def check(response: Any, **_: Any) -> None:
        nonlocal answered
        status = f"{response.status_code} {response.reason}"
        tell()
        asked = response.url.partition("?")[0].rpartition("/")[2]
        if asked == "status":  # osmnx takes what it understands of it
            return
        if response.status_code in {429, 504}:
            refusals.append(response.status_code)
            if len(refusals) >= MOST_REFUSALS:
                raise DataError(f"server {server}: busy, {MOST_REFUSALS} times in a row answered {status}")
            return
        refusals.clear()
        answered += 1
        if not response.ok:
            raise DataError(f"server {server}: answered {status}")
        if asked == "interpreter" and b'"elements"' not in response.content:
            raise DataError(f"server {server}: answered {status} without elements, expected the JSON of Overpass")
        ends = response.content[:1000] + response.content[-5000:]
        if b'"remark"' in ends and (remark := _remark(response.content)):
            raise DataError(f"server {server}: broke off: {_told(remark)}")

    return check


def _remark(content: bytes) -> str:
    """Return the remark of an answer, in which a server says that it broke off; of a tag of that name nothing."""
    try:
        answer = json.loads(content)
    except ValueError:
        return ""  # osmnx says so
    return str(answer.get("remark", "")) if isinstance(answer, dict) else ""


def _told(message: str) -> str:
    """Return what an error of osmnx comes to, in a few words."""
    if "responded: " in message:
        return "the answer is not JSON, or broke off"
    if message.startswith(("No data elements", "Found no graph nodes")):
        return "no railway or road in the area, expected some"
    plain = " ".join(re.sub(r"<[^>]*>", " ", message).split())
    return plain if len(plain) <= 200 else f"{plain[:200]}…"


def _reason(error: Exception) -> str:
    """Return the innermost reason of an error of the network, without addresses of objects."""
    inner: BaseException = error
    while (deeper := inner.__cause__ or inner.__context__) is not None:
        inner = deeper
    return getattr(inner, "strerror", None) or _told(str(inner)) or type(inner).__name__


def way_filters(roads: str) -> list[str]:
    """Return one filter a request: railways, roads, what is built or disused under a key of its own, ferries."""
    classes = t.road_classes(roads)
    stages = "|".join(t.LIFECYCLE)
    running = f'["service"!~"^({"|".join(t.RAIL_SERVICES)})$"]'
    later = "|".join(["rail", *classes])
    return [
        f'["railway"~"^(rail|{stages})$"]{running}',
        *([f'["highway"~"^({"|".join(classes)}|{stages})$"]'] if classes else []),
        f'[~"^({stages}):(railway|highway)$"~"^({later})$"]',
        '["route"="ferry"]',
    ]


def _spot_tags() -> dict[str, list[str]]:
    # ferries once more: here osmnx gives them whole, and their hours are those of the whole way
    wanted: dict[str, list[str]] = {"place": [*t.PLACES], "route": ["ferry"]}
    for key, value in t.SPOTS:
        wanted.setdefault(key, []).append(value)
    for stage in t.LIFECYCLE:
        wanted[f"{stage}:railway"] = [v for k, v in t.SPOTS if k == "railway"]
    return wanted


def _features(osmnx: Any, area: BaseGeometry, tags: Mapping[str, Sequence[str]]) -> gpd.GeoDataFrame | None:
    """Return what has one of some tags, each once; None: nothing has."""
    from osmnx._errors import InsufficientResponseError

    try:
        found: gpd.GeoDataFrame = osmnx.features_from_polygon(area, {k: list(v) for k, v in tags.items()})
    except InsufficientResponseError as error:
        if "No matching features" in str(error):
            return None
        raise
    return found[~found.index.duplicated()]


def _assemble(
    graph: nx.MultiDiGraph[int], spots: gpd.GeoDataFrame | None, outlines: gpd.GeoDataFrame | None, roads: Sequence[str]
) -> Ways:
    ways: dict[int, range] = {}
    rows: list[dict[str, Any]] = []
    segments = []
    ferry_km = _ferry_km(spots)
    for tail, head, tags in graph.edges(data=True):
        number = tags["osmid"]
        if number not in ways:
            known = t.way_rows(f"w{number}", tags.get, roads)
            ways[number] = range(len(rows), len(rows) + len(known))
            for columns, direction in known:
                row = columns | {"turned": _turned(direction, tags)}
                if "hours" in row:
                    row["free_speed_kmh"] = t.ferry_speed(ferry_km.get(number, math.nan), row.pop("hours"))
                rows.append(row)
        segments += [(tail, head, row_of) for row_of in ways[number]]
    if not segments:
        raise DataError("the area: no railway or road in it, expected some")
    dropped = sum(not of_way for of_way in ways.values())
    drawn = np.array(segments, np.int64)
    turned = np.array([row.pop("turned") for row in rows], bool)[drawn[:, 2]]
    drawn[turned, :2] = drawn[turned, 1::-1]
    ids = np.unique(drawn[:, :2])
    place = np.array([(graph.nodes[n]["x"], graph.nodes[n]["y"]) for n in ids.tolist()], float)
    return Ways(
        ids=ids,
        lon=place[:, 0],
        lat=place[:, 1],
        tail=np.searchsorted(ids, drawn[:, 0]),
        head=np.searchsorted(ids, drawn[:, 1]),
        way=drawn[:, 2],
        length_km=np.full(len(drawn), np.nan),
        ways=pd.DataFrame(rows).reindex(columns=_way_columns(rows)),
        spots=_spots(spots, ids),
        areas=_areas(outlines),
        source={**SOURCE, "date": datetime.now(UTC).date().isoformat(), "note": "downloaded by osmnx"},
        notes=(f"ways left out, no traffic or not what they were asked for: {dropped:,}",) if dropped else (),
    )


def _way_columns(rows: list[dict[str, Any]]) -> list[str]:
    """Return all columns of ways, and those that a table of tags knows beyond them."""
    return list(dict.fromkeys([*WAY_COLUMNS, *(key for row in rows for key in row)]))


def _turned(direction: int, tags: Mapping[str, Any]) -> bool:
    """Return whether the points of a way stand against its traffic: osmnx has turned some around already."""
    return direction == -1 and tags.get("oneway") not in _TURNED


def _ferry_km(found: gpd.GeoDataFrame | None) -> dict[int, float]:
    """Return the length of each ferry by the number of its way, also beyond the area."""
    if found is None or "route" not in found:
        return {}
    ferries = found.geometry[(found["route"] == "ferry") & (found.geom_type == "LineString")]
    drawn = {number: np.array(line.coords) for (element, number), line in ferries.items() if element == "way"}
    return {n: float(great_circle_km(c[:-1, 1], c[:-1, 0], c[1:, 1], c[1:, 0]).sum()) for n, c in drawn.items()}


def _of(row: Mapping[str, Any]) -> Callable[[str], str | None]:
    """Return what gives the value of a key; a cell without a tag is nan."""
    return lambda key: value if isinstance(value := row.get(key), str) else None


def _spots(found: gpd.GeoDataFrame | None, ids: NDArray[np.int64]) -> pd.DataFrame:
    rows = []
    if found is not None:
        centres = found.geometry.representative_point()
        for (element, number), tags, centre in zip(found.index, found.to_dict("records"), centres, strict=True):
            known = t.spot_rows(f"{element[0]}{number}", _of(tags), node=element == "node")
            if known and not centre.is_empty:
                at = int(np.searchsorted(ids, number))
                on_line = element == "node" and at < len(ids) and ids[at] == number
                place = {"x_coord": round(centre.x, 7), "y_coord": round(centre.y, 7), "point": at if on_line else -1}
                rows += [row | place for row in known]
    return pd.DataFrame(rows, columns=list(dict.fromkeys([*SPOT_COLUMNS, *(k for r in rows for k in r)])))


def _areas(found: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame | None:
    import geopandas

    rows = []
    if found is not None:
        for tags, shape in zip(found.to_dict("records"), found.geometry, strict=True):
            known = t.area_columns(_of(tags))
            if known is not None and shape.geom_type in {"Polygon", "MultiPolygon"} and not shape.is_empty:
                rows.append(known | {"geometry": shape})
    if not rows:
        return None
    areas: gpd.GeoDataFrame = geopandas.GeoDataFrame(rows, columns=list(AREA_COLUMNS), crs="EPSG:4326")
    return areas.drop_duplicates(["code", "level"], ignore_index=True)
