"""OpenStreetMap files that the tests write with pyosmium's own writer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import osmium
from osmium.osm import mutable

Tags = dict[str, str]


def write_osm(
    path: Path,
    nodes: dict[int, tuple[float, float] | tuple[float, float, Tags]],
    ways: Mapping[int, tuple[list[int], Tags] | tuple[list[int], Tags, int]],
    relations: dict[int, tuple[list[tuple[str, int, str]], Tags]] | None = None,
    date: str = "",
    version: int = 0,
) -> Path:
    """Write a file of the kind that its suffix says; a node is longitude, latitude and, if it has some, tags.

    A way is points, tags and, if it has one, its version; all others have the version of all.
    """
    header = osmium.io.Header()
    if date:
        header.set("osmosis_replication_timestamp", f"{date}T00:00:00Z")
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for number, (lon, lat, *tags) in nodes.items():
            writer.add_node(mutable.Node(id=number, location=(lon, lat), tags=tags[0] if tags else {}, version=version))
        for number, (refs, said, *own) in ways.items():
            writer.add_way(mutable.Way(id=number, nodes=refs, tags=said, version=own[0] if own else version))
        for number, (members, tags) in (relations or {}).items():
            writer.add_relation(mutable.Relation(id=number, members=members, tags=tags, version=version))
    return path


#   latitude                RU              |60.5             KZ
#
#    50.4   o 41        corner of both      o 42             corner    o 43
#                                           |
#    50.3   1 ======= 2 (station Восточная) ======= 3 ======= 4 (station Ақсай)      w101 rail, main, 1520, electrified
#                     ‖                     |                 ·
#    50.25            5 (closed station)    |                 8 is not in the file: w103 to it is cut at 4
#                       w102 branch, disused
#    50.2   11 ------ 12 ------ 13 -------- | -- 14 -------- 15 (town Ақсай)         w111 trunk M-32, both ways, asphalt
#                     |      border control |                | w113 one-way from 17 to 15 (oneway=-1)
#    50.15            | w112 secondary      |                17
#                     |                     |                | w114 motorway, one-way from 17 to 18
#    50.1             16 (port) ~ ~ ~ ~ ~ ~ | ~ ~ ~ ~ ~ ~ ~ 18 (port)                w121 ferry, 2 h
#                                           |
#    50.0   o 46         corner             o 45             corner    o 44
#           60.0     60.2      60.4       60.5  60.6        60.8       61.0
#
# Left out: siding w104, private road w115, footway w116, subway w117, abandoned railway w118.
NODES = {
    1: (60.0 + 1e-3, 50.3),
    2: (60.2, 50.3, {"railway": "station", "name": "Восточная", "name:en": "Vostochnaya", "name:kk": "Шығыс"}),
    3: (60.6, 50.3),
    4: (60.8, 50.3, {"railway": "station", "name": "Ақсай", "name:ru": "Аксай", "int_name": "Aksai"}),
    5: (60.2, 50.25, {"disused:railway": "station", "old_name": "Старая"}),
    6: (60.3, 50.31),
    11: (60.0 + 1e-3, 50.2),
    12: (60.2, 50.2),
    13: (60.4, 50.2, {"barrier": "border_control", "name": "Сырым"}),
    14: (60.6, 50.2),
    15: (60.8, 50.2, {"place": "town", "name": "Ақсай", "name:ru": "Аксай", "population": "34 900"}),
    16: (60.2, 50.1, {"amenity": "ferry_terminal", "name": "Пристань"}),
    17: (60.8, 50.15),
    18: (60.8, 50.1, {"amenity": "ferry_terminal", "name": "Айлақ"}),
    41: (60.0, 50.4),
    42: (60.5, 50.4),
    43: (61.0, 50.4),
    44: (61.0, 50.0),
    45: (60.5, 50.0),
    46: (60.0, 50.0),
    51: (60.3, 50.05, {"railway": "station", "station": "subway", "name": "Метро"}),
    52: (60.3, 50.06, {"shop": "bakery"}),
}
RAIL = {"railway": "rail", "usage": "main", "gauge": "1520", "electrified": "contact_line", "tracks": "2"}
WAYS = {
    101: ([1, 2, 3, 4], {**RAIL, "name": "Главный ход", "maxspeed": "100", "operator": "РЖД"}),
    102: ([2, 5], {"railway": "disused", "disused": "rail", "usage": "branch"}),
    103: ([4, 8], {"railway": "rail"}),
    104: ([2, 6], {**RAIL, "service": "siding"}),
    111: ([11, 12, 13, 14, 15], {"highway": "trunk", "ref": "М-32", "surface": "asphalt", "lanes": "2", "maxspeed": "RU:rural"}),
    112: ([12, 16], {"highway": "secondary", "surface": "gravel", "hgv": "no"}),
    113: ([15, 17], {"highway": "primary_link", "oneway": "-1", "maxspeed": "30 mph"}),
    114: ([17, 18], {"highway": "motorway"}),
    115: ([12, 6], {"highway": "primary", "access": "private"}),
    116: ([12, 6], {"highway": "footway"}),
    117: ([51, 52], {"railway": "subway"}),
    118: ([6, 3], {"railway": "abandoned", "abandoned": "rail"}),
    121: ([16, 18], {"route": "ferry", "motor_vehicle": "yes", "hgv": "no", "duration": "02:00"}),
    201: ([42, 41, 46, 45], {}),
    202: ([45, 42], {"boundary": "administrative", "admin_level": "2"}),
    203: ([42, 43, 44, 45], {}),
}  # fmt: skip
COUNTRY = {"type": "boundary", "boundary": "administrative", "admin_level": "2"}
REGION = {"type": "boundary", "boundary": "administrative", "admin_level": "4"}
RELATIONS = {
    301: ([("w", 201, "outer"), ("w", 202, "outer")], {**COUNTRY, "ISO3166-1": "RU", "name": "Россия", "name:en": "Russia"}),
    302: ([("w", 202, "outer"), ("w", 203, "outer")], {**COUNTRY, "ISO3166-1:alpha2": "KZ", "name": "Қазақстан"}),
    303: ([("w", 202, "outer"), ("w", 203, "outer")], {**REGION, "ISO3166-2": "KZ-BAT", "name": "Батыс", "name:ru": "Запад"}),
    304: ([("w", 201, "outer"), ("w", 999, "outer")], {**REGION, "ISO3166-2": "RU-ORE", "name": "Оренбург"}),
    305: ([("w", 203, "outer")], {**COUNTRY, "admin_level": "6", "name": "район"}),
}  # fmt: skip


def two_countries(path: Path) -> Path:
    """Write what is drawn above."""
    return write_osm(path, NODES, WAYS, RELATIONS)
