"""What each OpenStreetMap tag becomes, as tables: ``docs/build.md`` shows them.

Readers of OpenStreetMap data, files and answers alike, take the columns of a way and the kind of a spot from here.
Tags are asked for one by one, so that a reader need not unpack those that nobody wants.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corridors.sources.build.values import count, duration, gauge, people, speed

if TYPE_CHECKING:
    from collections.abc import Sequence


class Tags(Protocol):
    """The value of a key, None where there is none: ``dict.get`` is one."""

    def __call__(self, key: str, /) -> str | None:
        """Return the value of a key."""


ROADS = {
    "motorway": "motorway",
    "trunk": "trunk",
    "primary": "primary",
    "secondary": "secondary",
    "tertiary": "local",
    "unclassified": "local",
    "residential": "local",
}
"""``highway`` to facility type, best first; the ``_link`` of a class goes with it."""

DEFAULT_ROADS = "tertiary"
"""The last class of road that is taken if nothing else is said."""

RAIL_USAGES = {
    "main": ("main", "freight|passenger"),
    "branch": ("secondary", "freight|passenger"),
    "industrial": ("branch", "freight"),
    "freight": ("branch", "freight"),
    "military": ("branch", "freight"),
    "test": ("branch", "freight"),
    "scientific": ("branch", "freight"),
    "tourism": ("branch", "passenger"),
    "": ("secondary", "freight|passenger"),
}
"""``usage`` of a railway to facility type and uses; the last is for lines without it."""

RAIL_SERVICES = ("siding", "yard", "spur", "crossover")
"""``service`` tracks of a railway, left out."""

LIFECYCLE = {"construction": "planned", "proposed": "planned", "disused": "closed"}
"""Status of what is not in use: ``railway=construction`` with ``construction=rail``, or ``construction:railway=rail``.
Abandoned, razed and dismantled lines are left out."""

GONE = ("abandoned", "razed", "demolished", "dismantled", "removed")
"""Keys that leave a line or station out where one says ``yes``, as ``disused=yes`` closes it."""

SEASONAL = ("seasonal", "ice_road", "winter_road")
"""A road with one of these, other than ``no``, is seasonal."""

ROAD_ACCESS = {
    "lorry": ("hgv", "goods", "motor_vehicle", "vehicle", "access"),
    "car": ("motorcar", "motor_vehicle", "vehicle", "access"),
}
"""Uses of a road and the keys that say whether they may, the first that is there decides."""

_ROAD_KEYS = tuple(dict.fromkeys(key for keys in ROAD_ACCESS.values() for key in keys))

FERRY_ACCESS = {
    "freight": ("hgv", "goods", "motor_vehicle", "vehicle", "access"),
    "passenger": ("foot", "passenger", "access"),
    "lorry": ("hgv", "goods", "motor_vehicle", "vehicle", "access"),
    "car": ("motorcar", "motor_vehicle", "vehicle", "access"),
}
"""The same for a ferry."""

FERRY_DEFAULT = ("passenger",)
"""Uses of a ferry that says nothing of them; freight and vehicles are taken where a tag says so, be it ``highway``."""

NO_ACCESS = frozenset({"no", "private", "military", "emergency", "agricultural", "forestry"})
"""Values that keep traffic out."""

ONEWAY = {"yes": 1, "true": 1, "1": 1, "-1": -1, "reverse": -1, "no": 0, "false": 0, "0": 0}
"""``oneway`` of a road: along the way, against it, both; other values (``reversible``) are both."""

ONEWAY_IMPLIED = {"highway": ("motorway",), "junction": ("roundabout", "circular")}
"""Roads that are one-way unless ``oneway`` says otherwise."""

SURFACES = {
    "asphalt": "asphalt", "paved": "asphalt", "chipseal": "asphalt", "tarmac": "asphalt", "bitmac": "asphalt",
    "concrete": "concrete", "concrete:plates": "concrete", "concrete:lanes": "concrete", "cement": "concrete",
    "paving_stones": "concrete", "bricks": "concrete", "sett": "concrete", "cobblestone": "concrete",
    "gravel": "gravel", "fine_gravel": "gravel", "compacted": "gravel", "pebblestone": "gravel", "unpaved": "gravel",
    "unhewn_cobblestone": "gravel", "rock": "gravel", "stone": "gravel",
    "dirt": "dirt", "earth": "dirt", "ground": "dirt", "soil": "dirt", "mud": "dirt", "sand": "dirt", "grass": "dirt",
    "clay": "dirt", "ice": "dirt", "snow": "dirt",
}  # fmt: skip
"""``surface`` to that of ``links.csv``; others stay empty."""

ELECTRIFIED = {
    "contact_line": "yes", "yes": "yes", "rail": "yes", "4th_rail": "yes", "ground-level_power_supply": "yes",
    "no": "no",
}  # fmt: skip
"""``electrified`` to that of ``links.csv``."""

PLACES = {"city": "city", "town": "town", "village": "settlement"}
"""``place`` of a node to the kind of a spot."""

SPOTS = {
    ("railway", "station"): "station",
    ("railway", "halt"): "station",
    ("railway", "yard"): "terminal",
    ("industrial", "intermodal_terminal"): "terminal",
    ("industrial", "freight_terminal"): "terminal",
    ("industrial", "port"): "port",
    ("amenity", "ferry_terminal"): "port",
    ("barrier", "border_control"): "border_control",
}
"""Tag of a node, a way or a relation to the kind of a spot."""

DRAWN_RELATIONS = ("multipolygon", "boundary")
"""``type`` of relations that are drawn, as osmnx has it: others hold together what lies apart."""

_SPOTS_OF = {key: {v: kind for (k, v), kind in SPOTS.items() if k == key} for key, _ in SPOTS}

NOT_RAIL_STATIONS = ("subway", "light_rail", "monorail", "funicular", "miniature")
"""Values of ``station`` of stations that no train calls at."""

NAMES = {"name": ("name",), "name_en": ("name:en", "int_name"), "name_ru": ("name:ru",), "name_kk": ("name:kk",)}
"""Column to the keys it is taken from, the first that is there; ``old_name`` names what has no other name."""

OTHER_NAMES = ("int_name", "official_name", "alt_name", "short_name", "old_name")
"""Keys of further names, several to a value where semicolons part them: ``aliases.csv`` has them."""

COUNTRY_CODES = ("ISO3166-1:alpha2", "ISO3166-1")
REGION_CODES = ("ISO3166-2",)
"""Keys that hold the code of an area of ``boundary=administrative`` with ``admin_level`` 2 or 4."""


def road_classes(last: str) -> tuple[str, ...]:
    """Return the values of ``highway`` from the best class down to ``last``, with their links; none for ``none``.

    Examples
    --------
    >>> road_classes("trunk")
    ('motorway', 'motorway_link', 'trunk', 'trunk_link')
    """
    known = [*ROADS]
    taken = known[: known.index(last) + 1] if last in ROADS else []
    return tuple(form for name in taken for form in (name, f"{name}_link"))


def way_rows(way_id: str, tags: Tags, roads: Sequence[str]) -> list[tuple[dict[str, Any], int]]:
    """Return what ``links.csv`` says of a way, and its direction; nothing: it is left out.

    A way that is a road and a railway, as on a bridge or in a street, is both: two rows, the railway's with ``-rail``
    behind its id. One with ``route=ferry`` is a ferry, also where ``highway`` says what road goes on over the water.

    Parameters
    ----------
    way_id
        Id of the way, such as ``w123``.
    tags
        Gives the value of a key.
    roads
        Values of ``highway`` that are taken, those of :func:`road_classes`.

    Returns
    -------
    list
        Of each the columns of ``WAY_COLUMNS`` that are known; 1 where traffic runs along the way only, -1 against it,
        0 both.

    Examples
    --------
    >>> [(columns, direction)] = way_rows("w1", {"railway": "rail", "usage": "main", "gauge": "1520"}.get, ())
    >>> columns["way_id"], columns["facility_type"], columns["gauge_mm"], direction
    ('w1', 'main', 1520, 0)
    >>> both = way_rows("w1", {"railway": "rail", "highway": "primary"}.get, road_classes("primary"))
    >>> [columns["way_id"] for columns, _ in both]
    ['w1', 'w1-rail']
    >>> way_rows("w1", {"railway": "rail", "service": "siding"}.get, ())
    []
    """
    rail, stage = in_use(tags, "railway")
    if rail != "rail" and tags("route") == "ferry":
        found = [_ferry(tags)]
    else:
        value, status = in_use(tags, "highway")
        found = [
            _road(tags, value, status) if value is not None and value in roads else None,
            _railway(tags, stage) if rail == "rail" else None,
        ]
    known = [row for row in found if row is not None]
    for (columns, _), name in zip(known, (way_id, f"{way_id}-rail"), strict=False):
        columns["way_id"] = name
    return known


def in_use(tags: Tags, key: str) -> tuple[str | None, str]:
    """Return the value of a key and the status of what has it, its lifecycle seen through.

    Examples
    --------
    >>> in_use({"railway": "construction", "construction": "rail"}.get, "railway")
    ('rail', 'planned')
    >>> in_use({"disused:railway": "station"}.get, "railway")
    ('station', 'closed')
    >>> in_use({"railway": "rail", "disused": "yes"}.get, "railway")
    ('rail', 'closed')
    >>> in_use({"disused:railway": "rail", "razed": "yes"}.get, "railway")
    (None, 'closed')
    >>> in_use({"highway": "primary", "railway": "razed", "razed": "yes"}.get, "highway")
    ('primary', 'operational')
    """
    value, status = tags(key), "operational"
    if value is None:
        for stage, later in LIFECYCLE.items():
            if (value := tags(f"{stage}:{key}")) is not None:
                status = later
                break
        else:
            return None, status
    elif value in LIFECYCLE:
        said, status = tags(value), LIFECYCLE[value]
        value = said if said not in {None, "yes"} else tags(f"{value}:{key}")
    elif tags("disused") == "yes":
        status = LIFECYCLE["disused"]
    for gone in GONE:
        if tags(gone) == "yes" and (key == "railway" or tags("railway") != gone):  # a road on a razed railway lives
            return None, "closed"
    return value, status


def _railway(tags: Tags, status: str) -> tuple[dict[str, Any], int] | None:
    if tags("service") in RAIL_SERVICES:  # ``access`` is not asked for: it says who may walk there, nothing of trains
        return None
    facility, uses = RAIL_USAGES.get(tags("usage") or "", RAIL_USAGES[""])
    traffic = tags("railway:traffic_mode")
    if traffic in {"freight", "passenger"}:
        uses = str(traffic)
    elif traffic == "mixed" or (count(tags("passenger_lines")) or 0) > 0:
        uses = "freight|passenger"
    return {
        "mode": "rail",
        "allowed_uses": uses,
        "name": tags("name"),
        "ref": tags("ref"),
        "facility_type": facility,
        "status": status,
        "directed": False,
        "free_speed_kmh": speed(tags("maxspeed")),
        "tracks": count(tags("tracks")),
        "electrified": ELECTRIFIED.get((tags("electrified") or "").split(";")[0]),
        "gauge_mm": gauge(tags("gauge")),
        "operator": tags("operator"),
    }, 0


def _road(tags: Tags, value: str, status: str) -> tuple[dict[str, Any], int] | None:
    planned = status == "planned"  # nobody may drive where they build
    access = {key: tags(key) for key in _ROAD_KEYS}.get  # each is asked once: there are many roads
    uses = "|".join(use for use, keys in ROAD_ACCESS.items() if planned or _first(access, keys) not in NO_ACCESS)
    if not uses or tags("area") == "yes":
        return None
    if status == "operational" and any((tags(key) or "no") != "no" for key in SEASONAL):
        status = "seasonal"
    direction = ONEWAY.get(tags("oneway") or "?")
    if direction is None:
        said = tags("oneway") is not None
        implied = value in ONEWAY_IMPLIED["highway"] or tags("junction") in ONEWAY_IMPLIED["junction"]
        direction = int(implied and not said)
    return {
        "mode": "road",
        "allowed_uses": uses,
        "name": tags("name"),
        "ref": tags("ref"),
        "facility_type": ROADS[value.removesuffix("_link")],
        "status": status,
        "directed": direction != 0,
        "free_speed_kmh": _limit(tags),
        "lanes": count(tags("lanes")),
        "surface": SURFACES.get((tags("surface") or "").split(";")[0]),
        "operator": tags("operator"),
    }, direction


def _ferry(tags: Tags) -> tuple[dict[str, Any], int] | None:
    value, status = in_use(tags, "route")
    said = {use: _first(tags, keys) for use, keys in FERRY_ACCESS.items()}
    default = FERRY_ACCESS if (tags("highway") or "").removesuffix("_link") in ROADS else FERRY_DEFAULT
    uses = [use for use, access in said.items() if (use in default if access is None else access not in NO_ACCESS)]
    if value is None or not uses:
        return None
    if status == "operational" and (tags("seasonal") or "no") != "no":
        status = "seasonal"
    direction = ONEWAY.get(tags("oneway") or "", 0)
    return {
        "mode": "sea",
        "allowed_uses": "|".join(uses),
        "name": tags("name"),
        "ref": tags("ref"),
        "facility_type": "ferry",
        "status": status,
        "directed": direction != 0,
        "operator": tags("operator"),
        "hours": duration(tags("duration")),
    }, direction


def ferry_speed(km: Any, hours: Any) -> Any:
    """Return km/h of ferries with a length and hours, at least 1; nan where one is not known.

    Examples
    --------
    >>> float(ferry_speed(45.0, 1.5))
    30.0
    """
    return np.maximum(np.round(np.divide(km, hours), 1), 1.0)


def spot_rows(spot_id: str, tags: Tags, *, node: bool) -> list[dict[str, Any]]:
    """Return id, kind, names, people and status of a spot; nothing: it is none.

    What is a place and a station, or a station and a border control, is each of them: rows of their own, the second
    with its kind behind its id. People live in the first.

    Parameters
    ----------
    spot_id
        Id of what it is drawn as, such as ``n123``.
    tags
        Gives the value of a key.
    node
        False: it is no point; places are taken from nodes only, which stand at their centre.

    Examples
    --------
    >>> [found] = spot_rows("n1", {"place": "town", "name": "Троицк", "population": "75 231"}.get, node=True)
    >>> found["kind"], found["population"]
    ('town', 75231)
    >>> both = spot_rows("n2", {"place": "village", "railway": "station", "name": "Озинки"}.get, node=True)
    >>> [(found["spot_id"], found["kind"]) for found in both]
    [('n2', 'settlement'), ('n2-station', 'station')]
    """
    kinds: dict[str | None, str] = {PLACES.get(tags("place") or "") if node else None: "operational"}
    for key, known in _SPOTS_OF.items():
        if key != "railway" and tags(key) is None:  # what was or will be is read of railways
            continue
        value, status = in_use(tags, key)
        kind = known.get(value or "")
        if kind == "border_control" and status != "operational":  # nobody controls there
            continue
        if kind != "station" or tags("station") not in NOT_RAIL_STATIONS:
            kinds.setdefault(kind, status)
    kinds.pop(None, None)
    if not kinds:
        return []
    names = {column: next((v for k in keys if (v := tags(k))), None) for column, keys in NAMES.items()}
    names["name"] = names["name"] or tags("old_name")
    others = ";".join(text for key in OTHER_NAMES if (text := tags(key))) or None
    called = {**names, "other_names": others}
    lives = (people(tags("population")), *[None] * len(kinds))
    return [
        {"spot_id": f"{spot_id}-{kind.replace('_', '-')}" if at else spot_id, "kind": kind}
        | {**called, "population": lives[at], "status": status}
        for at, (kind, status) in enumerate((kind, status) for kind, status in kinds.items() if kind)
    ]


def area_columns(tags: Tags) -> dict[str, Any] | None:
    """Return code, level and names of a country or region; None: it is none.

    Examples
    --------
    >>> area_columns({"boundary": "administrative", "admin_level": "4", "ISO3166-2": "KZ-AKM"}.get)["code"]
    'KZ-AKM'
    """
    level = tags("admin_level")
    if tags("boundary") != "administrative" or level not in {"2", "4"}:
        return None
    code = (_first(tags, COUNTRY_CODES if level == "2" else REGION_CODES) or "").upper()
    if not re.fullmatch(r"[A-Z]{2}" if level == "2" else r"[A-Z]{2}-[A-Z0-9]{1,3}", code):
        return None
    names = {column: next((v for k in keys if (v := tags(k))), None) for column, keys in NAMES.items()}
    return {"code": code, "level": int(level), **names}


def _first(tags: Tags, keys: Sequence[str]) -> str | None:
    for key in keys:
        if (value := tags(key)) is not None:
            return value
    return None


def _limit(tags: Tags) -> float:
    """Return the limit of a road, the lower where the directions differ."""
    both = tags("maxspeed")
    if both is not None:
        return speed(both)
    sides = [speed(tags(f"maxspeed:{side}")) for side in ("forward", "backward")]
    return min((s for s in sides if not math.isnan(s)), default=math.nan)
