"""Ways drawn by hand, to be built into networks.

A drawing is a picture and a list. In the picture each letter is a point, and ``|`` is the border between AA in the west and
BB in the east, once a row. A column is a hundredth of a degree wide, a row a tenth high (``row=0.001``: 111 m)::

    picture   "a  b | c"
    ways      "w1 rail a b c"                     id, mode, points
              "w2 road a > c class=local ref=A1"   one-way; class, ref, name, status, uses, km (of each segment)
    spots     "station b Omsk ru=Омск"             kind, point it is drawn on (or ``at=60.1,50.2``), name, options
"""

from __future__ import annotations

import math
import textwrap
from itertools import pairwise
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

from corridors.model.network import Network
from corridors.sources.build.ways import AREA_COLUMNS, SPOT_COLUMNS, WAY_COLUMNS, Ways

WEST, NORTH, COLUMN = 60.0, 50.0, 0.01
CLASS = {"rail": "main", "road": "trunk", "sea": "ferry"}
USES = {"rail": "freight|passenger", "road": "lorry|car", "sea": "freight|passenger|lorry|car"}
SOURCE = {"source_id": "drawn", "title": "a drawing", "publisher": "this test", "date": "2026-11-01", "licence": "CC0"}


def drawn(picture: str, ways: str, spots: str = "", *, row: float = 0.1, areas: Any = None) -> Ways:
    """The ways of a drawing."""
    at, border = _read_picture(picture, row)
    rows, tail, head, way, km = [], [], [], [], []
    ids = {letter: i for i, letter in enumerate(at)}
    for number, line in enumerate(ways.strip().splitlines()):
        words = line.split()
        options = dict(w.split("=", 1) for w in words if "=" in w)
        name, mode, *points = [w for w in words if "=" not in w]
        directed = ">" in points
        points = [p for p in points if p != ">"]
        for a, b in pairwise(points):
            tail.append(ids[a])
            head.append(ids[b])
            way.append(number)
            km.append(float(options.get("km", "nan")))
        rows.append(
            dict.fromkeys(WAY_COLUMNS)
            | {"way_id": name, "mode": mode, "allowed_uses": options.get("uses", USES[mode]), "directed": directed}
            | {"facility_type": options.get("class", CLASS[mode]), "status": options.get("status", "operational")}
            | {k: options[k] for k in ("name", "ref") if k in options}
        )
    lon, lat = np.array(list(at.values())).T
    return Ways(
        ids=np.array([ord(letter) for letter in at]),
        lon=lon,
        lat=lat,
        tail=np.array(tail),
        head=np.array(head),
        way=np.array(way),
        length_km=np.array(km),
        ways=pd.DataFrame(rows, columns=WAY_COLUMNS),
        spots=_spots(spots, at, ids),
        areas=countries(border) if areas is None and border else areas,
        source=SOURCE,
    )


def _read_picture(picture: str, row: float) -> tuple[dict[str, tuple[float, float]], list[tuple[float, float]]]:
    at, border = {}, []
    for number, line in enumerate(textwrap.dedent(picture).strip("\n").rstrip().splitlines()):
        for column, sign in enumerate(line):
            where = (round(WEST + column * COLUMN, 9), round(NORTH - number * row, 9))
            if sign == "|":
                border.append(where)
            elif sign.isalpha():
                at[sign] = where
    return at, border


def countries(border: list[tuple[float, float]], regions: bool = False) -> geopandas.GeoDataFrame:
    """AA west and BB east of a line from north to south; with a region for each half of them, if asked for."""
    line = [(border[0][0], 51.0), *border, (border[-1][0], 49.0)]
    shapes = {
        "AA": shapely.Polygon([(59.0, 51.0), *line, (59.0, 49.0)]),
        "BB": shapely.Polygon([(62.0, 51.0), *line, (62.0, 49.0)]),
    }
    rows = [{"code": c, "level": 2, "name": c.lower(), "geometry": s} for c, s in shapes.items()]
    halves = {"N": shapely.box(50, 49.95, 70, 60), "S": shapely.box(50, 40, 70, 49.95)}
    if regions:
        rows += [
            {"code": f"{c}-{h}", "level": 4, "name": f"{c} {h}", "geometry": shapely.intersection(s, half)}
            for c, s in shapes.items()
            for h, half in halves.items()
        ]
    frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    return frame.reindex(columns=AREA_COLUMNS)


def _spots(text: str, at: dict[str, tuple[float, float]], ids: dict[str, int]) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(text.strip().splitlines()):
        words = line.split()
        options = dict(w.split("=", 1) for w in words if "=" in w)
        kind, *rest = [w for w in words if "=" not in w]
        point = ids[rest.pop(0)] if "at" not in options else -1
        x, y = map(float, options["at"].split(",")) if "at" in options else list(at.values())[point]
        row = {"spot_id": f"s{number + 1}", "kind": kind, "name": " ".join(rest) or None, "point": point}
        row |= {"x_coord": x, "y_coord": y, "population": float(options.get("people", "nan"))}
        row |= {f"name_{c}": options[c] for c in ("en", "ru", "kk") if c in options} | {"status": options.get("status")}
        rows.append(dict.fromkeys(SPOT_COLUMNS) | row)
    return pd.DataFrame(rows, columns=SPOT_COLUMNS)


def short(node_id: str) -> str:
    """A node as it is written in expectations: its letter, ``*`` for a border node of a way, or its id."""
    head, _, tail = node_id.partition("-")
    if head[:1] == "n" and head[1:].isdigit():
        return chr(int(head[1:])) + ("'" if tail else "")
    return f"*{tail}" if head == "border" else node_id


def links(network: Network) -> list[str]:
    """Each link as a line: ways, ends, country, mode."""
    rows = network.links
    rows = rows[rows["mode"] != "transfer"]
    return sorted(
        f"{source.partition('#')[2].replace(' ', '+')} {short(a)} {'>' if one_way else '-'} {short(b)} {c if isinstance(c, str) else '~'} {m}"
        for source, a, b, one_way, c, m in zip(
            *(rows[n] for n in ("source", "from_node_id", "to_node_id", "directed", "country", "mode")), strict=True
        )
    )


def nodes(network: Network) -> list[str]:
    """Each node as a line: name, kind, country, place."""
    return sorted(
        " ".join([short(str(n)), *(v for v in row if isinstance(v, str))])
        for n, *row in network.nodes[["kind", "country", "place_id"]].itertuples()
    )


def crossings(network: Network) -> list[str]:
    """Each crossing as a line: id, name, category, links."""
    of = network.crossing_links.groupby("crossing_id")["link_id"].apply(lambda ids: " ".join(sorted(ids)))
    return sorted(
        f"{c}: {name}, {category}, {of[c]}"
        for c, name, category in network.crossings[["name_en", "category"]].itertuples()
    )


def lines(text: str) -> list[str]:
    """The lines of an expectation, sorted."""
    return sorted(line.strip() for line in text.strip().splitlines() if line.strip())


def haversine(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points of longitude and latitude, written anew."""
    (x, y), (u, v) = ((math.radians(p), math.radians(q)) for p, q in (a, b))
    h = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))
