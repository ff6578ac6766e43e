"""Overpass, asked over real HTTP on loopback: a server of ours answers in its recorded format, with its faults."""

from __future__ import annotations

import itertools
import json
import re
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import numpy as np
import osmnx
import pytest
from shapely.geometry import box

import corridors as co
from corridors.cli import main
from corridors.errors import DataError, OutputError, UnknownNameError
from corridors.model.geo import great_circle_km
from corridors.sources.build import tags as t
from corridors.sources.build.download import request_count
from corridors.sources.build.overpass import WAY_KEYS, place_area, read_overpass

AREA = box(60.0, 50.0, 60.4, 50.2)

# A railway from west to east over the border at 60.2, with a station and a siding; a motorway against the order of its
# points, a footpath, a planned bypass, a ferry; two countries, one of them with a region.
POINTS = {
    1: (60.05, 50.10),
    2: (60.15, 50.10),
    3: (60.25, 50.11),
    4: (60.35, 50.12),
    11: (60.06, 50.05),
    12: (60.21, 50.06),
    13: (60.34, 50.07),
    14: (60.45, 50.07),
    15: (60.90, 50.07),
    21: (60.30, 50.15),
    22: (60.38, 50.18),
    31: (60.0, 50.0),
    32: (60.2, 50.0),
    33: (60.2, 50.2),
    34: (60.0, 50.2),
    35: (60.4, 50.0),
    36: (60.4, 50.2),
    41: (60.10, 50.08),
}
POINT_TAGS = {
    2: {"railway": "station", "name": "Западная", "name:en": "West"},
    12: {"barrier": "border_control", "name": "Граница"},
    41: {"place": "town", "name": "Запад", "name:kk": "Батыс", "population": "12 500"},
}
WAYS = {
    101: ((1, 2, 3, 4), {"railway": "rail", "usage": "main", "gauge": "1520", "electrified": "contact_line"}),
    102: ((2, 41), {"railway": "rail", "service": "siding"}),
    103: ((14, 13, 12, 11), {"highway": "motorway", "oneway": "-1", "lanes": "2", "maxspeed": "110"}),
    104: ((11, 12, 13), {"highway": "motorway", "maxspeed": "90", "ref": "M 1"}),
    105: ((21, 22), {"highway": "construction", "construction": "primary"}),
    106: ((13, 14, 15), {"highway": "primary", "name": "Out"}),
    107: ((4, 22, 14, 15), {"route": "ferry", "name": "Lake", "duration": "02:00"}),
    108: ((1, 11), {"highway": "footway"}),
    201: ((31, 32, 33, 34, 31), {"admin_level": "2", "boundary": "administrative"}),
    202: ((32, 35, 36, 33, 32), {"admin_level": "2", "boundary": "administrative"}),
}
RELATIONS = {
    301: (201, {"admin_level": "2", "ISO3166-1": "AA", "name": "Aland", "name:en": "Aland"}),
    302: (202, {"admin_level": "2", "ISO3166-1": "BB", "name": "Beland"}),
    303: (202, {"admin_level": "4", "ISO3166-2": "BB-CCC", "name": "Ceshire"}),
}


def node(number):
    lon, lat = POINTS[number]
    tags = {"tags": POINT_TAGS[number]} if number in POINT_TAGS else {}
    return {"type": "node", "id": number, "lat": lat, "lon": lon, **tags}


def way(number):
    return {"type": "way", "id": number, "nodes": list(WAYS[number][0]), "tags": WAYS[number][1]}


def relation(number):
    member, tags = RELATIONS[number]
    told = {"type": "boundary", "boundary": "administrative", **tags}
    members = [{"type": "way", "ref": member, "role": "outer"}]
    return {"type": "relation", "id": number, "members": members, "tags": told}


def asked_for(query):
    """The elements that the real server would give for the queries that osmnx makes of our filters."""
    if "admin_level" in query:
        ways, relations, points = [201, 202], list(RELATIONS), []
    elif "(node[" in query:
        ferries = [n for n, (_, tags) in WAYS.items() if tags.get("route") == "ferry"]
        points = sorted({*POINT_TAGS, *(p for n in ferries for p in WAYS[n][0])})
        return [*map(node, points), *map(way, ferries)]
    else:
        keys = [k for k in ("railway", "highway", "route") if f'way["{k}"' in query]
        ways, relations, points = [n for n, (_, tags) in WAYS.items() if any(k in tags for k in keys)], [], []
    points = sorted({p for n in ways for p in WAYS[n][0]} | set(points))
    return [*map(node, points), *map(way, ways), *map(relation, relations)]


def answer(elements, **more):
    told = {"version": 0.6, "generator": "Overpass API 0.7.62.1 084b4234"}
    times = {
        "timestamp_osm_base": "2026-11-20T09:31:02Z",
        "copyright": "The data included in this document is from ...",
    }
    return json.dumps({**told, "osm3s": times, "elements": elements, **more}, indent=2).encode()


class Server:
    """What the server has been asked, and how it answers: ``plan`` holds the answers to come, then the sound one."""

    def __init__(self):
        self.queries, self.paths, self.plan, self.places = [], [], [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def reply(self, status, body, kind="application/json", length=None):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.end_headers()
                self.wfile.write(body)
                if length is not None:
                    self.close_connection = True

            def do_POST(self):
                held = self.rfile.read(int(self.headers["Content-Length"])).decode()
                query = parse_qs(held)["data"][0]
                outer.queries.append(query)
                outer.paths.append(self.path)
                (outer.plan.pop(0) if outer.plan else sound)(self, query)

            def do_GET(self):
                outer.paths.append(self.path)
                if urlsplit(self.path).path.endswith("/status"):
                    self.reply(200, STATUS.encode(), "text/plain")
                else:
                    self.reply(200, json.dumps(outer.places).encode())

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.http.server_address[1]}/api"

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


STATUS = """Connected as: 2130706433
Current time: 2026-11-20T09:31:02Z
Announced endpoint: none
Rate limit: 2
2 slots available now.
Currently running queries (pid, space limit, time limit, start time):
"""
PAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<html><head><title>OSM3S Response</title></head><body>
<p><strong style="color:#FF0000">Error</strong>: runtime error: open64: 0 Success /osm3s_osm_base
Dispatcher_Client::request_read_and_idx::timeout. The server is probably too busy to handle your request.</p>
</body></html>
"""


def sound(http, query):
    http.reply(200, answer(asked_for(query)))


def nothing(http, _):
    http.reply(200, answer([]))


def page(status):
    return lambda http, _: http.reply(status, PAGE, "text/html")


def truncated(http, query):
    whole = answer(asked_for(query))
    http.reply(200, whole[: len(whole) // 2])


def cut_off(http, query):
    whole = answer(asked_for(query))
    http.reply(200, whole[: len(whole) // 2], length=len(whole))


def remark(http, query):
    elements = asked_for(query)
    said = 'runtime error: Query timed out in "query" at line 1 after 181 seconds.'
    http.reply(200, answer(elements[: len(elements) // 2], remark=said))


def slow(http, query):
    time.sleep(1.5)
    http.connection.close()


def other_json(http, _):
    http.reply(200, b'{"error": "no such query"}')


def a_list(http, _):
    http.reply(200, b"[]")


@pytest.fixture
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path):
    """osmnx without pauses and with a cache of its own."""
    monkeypatch.setattr(osmnx.settings, "overpass_rate_limit", False)
    monkeypatch.setattr(osmnx.settings, "cache_folder", str(tmp_path / "cache"))


@pytest.fixture
def pauses(monkeypatch):
    """The pauses of osmnx after 429 and 504, noted and not made: it has no setting for them."""
    made = []
    monkeypatch.setattr("osmnx._overpass.time", SimpleNamespace(sleep=made.append))
    return made


def read(server, **more):
    return read_overpass(AREA, endpoint=server.address, **more)


def segments(ways, way_id):
    number = ways.ways.index[ways.ways["way_id"] == way_id][0]
    here = ways.way == number
    return list(zip(ways.ids[ways.tail[here]].tolist(), ways.ids[ways.head[here]].tolist(), strict=True))


def test_ways_spots_and_areas(server):
    steps = []
    ways = read(server, progress=steps.append)
    assert steps == ["lines", "places", "outlines"]
    table = ways.ways.set_index("way_id")
    assert sorted(table.index) == ["w101", "w103", "w104", "w105", "w106", "w107"]
    assert segments(ways, "w101") == [(1, 2), (2, 3), (3, 4)]
    assert table.loc["w101", ["mode", "facility_type", "gauge_mm", "electrified"]].tolist() == [
        "rail",
        "main",
        1520,
        "yes",
    ]
    assert table.loc["w105", "status"] == "planned"
    assert table.loc["w107", ["mode", "name"]].tolist() == ["sea", "Lake"]
    spots = ways.spots.set_index("spot_id")
    assert spots.loc["n2", ["kind", "name", "name_en"]].tolist() == ["station", "Западная", "West"]
    assert ways.ids[spots.loc["n2", "point"]] == 2
    assert ways.ids[spots.loc["n12", "point"]] == 12
    assert spots.loc["n41", ["kind", "population", "point"]].tolist() == ["town", 12500, -1]
    assert dict(zip(ways.areas["code"], ways.areas["level"], strict=True)) == {"AA": 2, "BB": 2, "BB-CCC": 4}
    assert [round(shape.area, 3) for shape in ways.areas.geometry] == [0.04] * 3
    assert ways.source["licence"] == "ODbL 1.0"
    assert np.isnan(ways.length_km).all()


def test_a_way_that_is_railway_and_road_is_both(server, monkeypatch):
    monkeypatch.setitem(WAYS, 103, (WAYS[103][0], {**WAYS[103][1], "railway": "rail"}))
    ways = read(server)
    table = ways.ways.set_index("way_id")
    assert table.loc[["w103", "w103-rail"], "mode"].tolist() == ["road", "rail"]
    assert segments(ways, "w103") == [(11, 12), (12, 13), (13, 14)]
    assert {frozenset(s) for s in segments(ways, "w103-rail")} == {frozenset(s) for s in segments(ways, "w103")}


def test_a_ferry_that_a_road_goes_on_by_is_a_ferry(server, monkeypatch):
    monkeypatch.setitem(WAYS, 107, (WAYS[107][0], {**WAYS[107][1], "highway": "primary"}))
    table = read(server).ways.set_index("way_id")
    assert table.loc["w107", ["mode", "allowed_uses"]].tolist() == ["sea", "freight|passenger|lorry|car"]
    assert table.loc["w107", "free_speed_kmh"] > 1


@pytest.mark.parametrize("gone", t.GONE)
def test_a_railway_that_is_gone_is_left_out(server, monkeypatch, gone):
    monkeypatch.setitem(WAYS, 101, (WAYS[101][0], {"railway": "disused", "disused:railway": "rail", gone: "yes"}))
    assert "w101" not in set(read(server).ways["way_id"])


def test_one_ways_run_with_the_traffic(server):
    ways = read(server)
    # osmnx has turned the points of oneway=-1 around already; a motorway without a tag runs as it is drawn
    assert segments(ways, "w103") == [(11, 12), (12, 13), (13, 14)]
    assert segments(ways, "w104") == [(11, 12), (12, 13)]
    assert ways.ways.set_index("way_id").loc[["w103", "w104", "w106"], "directed"].tolist() == [True, True, False]


def test_hours_of_a_ferry_are_those_of_the_whole_way_also_beyond_the_area(server):
    ways = read(server)
    assert segments(ways, "w107") == [(4, 22), (22, 14)]  # 15 lies beyond
    course = [POINTS[n][::-1] for n in WAYS[107][0]]
    km = sum(great_circle_km(*a, *b) for a, b in itertools.pairwise(course))
    assert ways.ways.set_index("way_id").loc["w107", "free_speed_kmh"] == round(km / 2, 1)


def test_lines_end_one_segment_beyond_the_area(server):
    ways = read(server)
    assert segments(ways, "w106") == [(13, 14)]
    assert 15 not in ways.ids


def test_the_queries_are_few_and_name_what_is_wanted(server):
    read(server)
    lines = [q for q in server.queries if "(node[" not in q]
    assert len(server.queries) == len(lines) + 2
    assert sum("motorway_link" in q and "footway" not in q for q in lines) == 2
    assert sum('"admin_level"' in q or "'admin_level'" in q for q in server.queries) == 1
    server.queries.clear()
    osmnx.settings.cache_folder += "-2"
    read(server, roads="none", outlines=False)
    assert not [q for q in server.queries if "motorway" in q or "admin_level" in q]


def test_each_request_is_told_once(server, pauses):
    told = []
    server.plan = [page(429), sound]
    read(server, asking=told.append)
    assert told == [*range(1, len(server.queries))]  # the first was asked for twice
    assert request_count(AREA) == (0, len(told))
    read(server, asking=told.append)
    assert len(told) == request_count(AREA)[1]  # the cache has all


@pytest.mark.parametrize(("roads", "outlines"), [("tertiary", True), ("none", True), ("trunk", False)])
def test_a_large_area_is_asked_for_in_as_many_requests_as_said(server, monkeypatch, roads, outlines):
    monkeypatch.setattr(osmnx.settings, "max_query_area_size", 50e6)
    times, requests = request_count(AREA, roads=roads, outlines=outlines)
    assert times == 12  # 28.6 by 22.2 km
    read(server, roads=roads, outlines=outlines)
    assert len(server.queries) == requests > 12


def test_requests_are_told_before_the_pause(server, monkeypatch):
    monkeypatch.setattr(osmnx.settings, "overpass_rate_limit", True)
    told = []
    read(server, asking=lambda number: told.append((number, len(server.queries))))
    assert told == [(number, number - 1) for number in range(1, len(server.queries) + 1)]


def test_answers_are_kept(server):
    first = read(server)
    asked = len(server.queries)
    again = read(server)
    assert len(server.queries) == asked
    assert again.ways.equals(first.ways)
    assert (again.ids == first.ids).all()


def test_settings_are_as_before(server):
    before = {k: v for k, v in vars(osmnx.settings).items() if not k.startswith("_")}
    look_up = socket.getaddrinfo
    read(server, timeout_s=7, cache=osmnx.settings.cache_folder + "-2")
    server.plan = [page(400)]
    with pytest.raises(DataError):
        read(server, roads="trunk")
    assert {k: v for k, v in vars(osmnx.settings).items() if not k.startswith("_")} == before
    assert socket.getaddrinfo is look_up


def test_all_keys_that_the_tables_ask_for_are_downloaded():
    asked = set()

    def recorder(tags):
        def get(key):
            asked.add(key)
            return tags.get(key)

        return get

    for tags in [tags for _, tags in WAYS.values()] + [
        {"railway": "rail"},
        {"highway": "primary"},
        {"highway": "primary", "maxspeed:forward": "50"},
        {"route": "ferry"},
        {"route": "ferry", "highway": "primary"},
        {},
        *({"railway": stage} for stage in t.LIFECYCLE),
        *({f"{stage}:highway": "primary"} for stage in t.LIFECYCLE),
        *({"highway": stage} for stage in t.LIFECYCLE),
    ]:
        t.way_rows("w1", recorder(tags), t.road_classes("residential"))
    assert len(asked) > 25
    assert asked <= set(WAY_KEYS)


def test_the_status_of_the_server_is_asked(server, monkeypatch):
    monkeypatch.setattr(osmnx.settings, "overpass_rate_limit", True)
    read(server)
    assert server.paths.count("/api/status") == len(server.queries)


@pytest.mark.parametrize("status", [429, 504])
def test_a_busy_server_is_asked_again(server, pauses, status):
    server.plan = [page(status), page(status)]
    ways = read(server)
    assert len(ways.ways) == 6
    assert [p for p in pauses if p] == [55, 55]


@pytest.mark.parametrize("status", [429, 504])
def test_a_server_that_stays_busy_is_given_up(server, pauses, status):
    server.plan = [page(status)] * 50
    with pytest.raises(DataError, match=f"busy, 5 times in a row answered {status}"):
        read(server)
    assert len(server.queries) == 5


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (truncated, "the answer is not JSON, or broke off"),
        (cut_off, "cannot be reached: .*IncompleteRead|broke off"),
        (page(200), "answered 200 OK without elements, expected the JSON of Overpass"),
        (page(400), "answered 400 Bad Request"),
        (page(500), "answered 500 Internal Server Error"),
        (remark, "broke off: runtime error: Query timed out"),
        (slow, "no answer within 0.5 s"),
        (other_json, "answered 200 OK without elements"),
        (a_list, "answered 200 OK without elements"),
    ],
    ids=lambda f: getattr(f, "__name__", None),
)
@pytest.mark.parametrize("at", [0, 5], ids=["lines", "outlines"])
def test_a_fault_that_stays_is_one_clear_line(server, fault, told, at):
    server.plan = [sound] * at + [fault] * 50
    with pytest.raises(DataError, match=told) as caught:
        read(server, timeout_s=0.5)
    assert str(caught.value).startswith(f"server {server.address}: ")
    assert len(str(caught.value)) < 300
    assert "<" not in str(caught.value)
    server.plan = []
    assert len(read(server).ways) == 6  # nothing broken was kept


def test_an_empty_answer(server):
    server.plan = [nothing] * 50
    with pytest.raises(DataError, match="no railway or road in the area, expected some"):
        read(server)


def test_nothing_that_is_taken(server, monkeypatch):
    monkeypatch.setitem(WAYS, 101, (WAYS[101][0], {"railway": "rail", "service": "yard"}))
    for number in (103, 104, 105, 106, 107):
        monkeypatch.setitem(WAYS, number, (WAYS[number][0], {"highway": "footway"}))
    with pytest.raises(DataError, match="the area: no railway or road in it"):
        read(server)


def test_no_places_and_no_outlines_are_no_fault(server):
    server.plan = [sound] * 4 + [nothing] * 2
    ways = read(server)
    assert len(ways.ways) == 6
    assert len(ways.spots) == 0
    assert ways.areas is None


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DataError, match=f"server http://127.0.0.1:{port}/api: cannot be reached: Connection refused"):
        read_overpass(AREA, endpoint=f"http://127.0.0.1:{port}/api")


def test_a_broken_cache(server, tmp_path):
    read(server)
    kept = sorted((tmp_path / "cache").iterdir())[1]
    whole = kept.read_bytes()
    kept.write_bytes(whole[:100])
    with pytest.raises(DataError, match=re.escape(f"cache {kept}: is a broken answer, expected it whole or deleted")):
        read(server)
    kept.unlink()
    asked = len(server.queries)
    read(server)
    assert len(server.queries) == asked + 1  # the others are still there


def test_a_cache_that_cannot_be_one(server, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=re.escape(f"cache {tmp_path}/file: cannot be used: ")):
        read(server, cache=str(tmp_path / "file"))


# --- the command --------------------------------------------------------------------------------------------------------


def build(server, out, *arguments):
    return ["build", "overpass", str(out), "--endpoint", server.address, "--countries", "AA,BB", *arguments]


def command(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    told = capsys.readouterr()
    return left.value.code, told.out, told.err


BBOX = ("--bbox", "60,50,60.4,50.2")


def test_the_command(server, tmp_path, capsys):
    out = tmp_path / "out"
    code, said, err = command(capsys, build(server, out, *BBOX))
    assert code == 0, err
    assert "crossings" in said
    assert co.validate(out) == []
    net = co.load(out)
    assert set(net.crossings["country_a"]) == {"AA"}
    assert set(net.crossings["mode"]) == {"rail", "road"}
    assert "Граница" in set(net.crossings["name_ru"])
    rail = net.links[net.links["mode"] == "rail"]
    straight = [
        great_circle_km(POINTS[a][1], POINTS[a][0], POINTS[b][1], POINTS[b][0]) for a, b in ((1, 2), (2, 3), (3, 4))
    ]
    assert rail["length_km"].sum() == pytest.approx(sum(straight), abs=0.01)
    assert "OpenStreetMap contributors" in net.sources["publisher"].str.cat()


@pytest.mark.parametrize(
    ("lang", "first"),
    [
        ("en", "the area is 12 times what osmnx asks for at once: {} requests"),
        ("ru", "территория в 12 раз больше той, что osmnx запрашивает за раз: запросов {}"),
        ("kk", "аумақ osmnx бір жолда сұрайтыннан 12 есе үлкен: {} сұрау"),
    ],
)
def test_a_large_area_is_said_in_our_words(server, tmp_path, capsys, monkeypatch, lang, first):
    monkeypatch.setattr(osmnx.settings, "max_query_area_size", 50e6)
    shown = []

    @contextmanager
    def terminal(*_):
        yield lambda done, of: shown.append((done, of))

    monkeypatch.setattr("corridors.cli.options.progress", terminal)
    code, said, err = command(capsys, [*build(server, tmp_path / "out", *BBOX), "--lang", lang])
    assert code == 0, err
    count = len(server.queries)
    assert err.splitlines()[0] == f"corridors: {first.format(count)}"
    assert "osmnx/" not in err
    assert shown[:count] == [(at, count) for at in range(count)]
    each = {"en": "request {} of {}", "ru": "запрос {} из {}", "kk": "{1} сұраудың {0}-сы"}[lang]
    assert err.splitlines()[1 : 1 + count] == [f"corridors: {each.format(at + 1, count)}" for at in range(count)]
    assert len(said.splitlines()) == 1


def test_the_area_from_a_file(server, tmp_path, capsys):
    file = tmp_path / "area.geojson"
    gpd.GeoDataFrame(geometry=[AREA], crs="EPSG:4326").to_file(file)
    code, _, err = command(capsys, build(server, tmp_path / "out", "--polygon", str(file)))
    assert code == 0, err
    file.write_text("{}")
    code, said, err = command(capsys, build(server, tmp_path / "out2", "--polygon", str(file)))
    assert (code, said, len(err.splitlines())) == (3, "", 1)


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_a_fault_is_one_line_and_nothing_written(server, tmp_path, capsys, lang):
    server.plan = [sound] * 4 + [remark] * 50
    code, said, err = command(capsys, [*build(server, tmp_path / "out", *BBOX), "--lang", lang])
    assert (code, said, len(err.splitlines())) == (3, "", 1)
    assert ("broke off: " in err) == (lang == "en")
    assert [p.name for p in tmp_path.iterdir()] == ["cache"]
    server.plan = []
    assert command(capsys, build(server, tmp_path / "out", *BBOX))[0] == 0  # what had come is kept
    assert len(server.queries) == 5 + 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--place, --bbox, --polygon: expected one of them"),
        ((*BBOX, "--place", "x"), "--place, --bbox, --polygon: expected one of them"),
        (("--bbox", "60,50,60.4"), "--bbox '60,50,60.4': expected west,south,east,north in degrees"),
        (("--bbox", "61,50,60,51"), "expected west,south,east,north"),
        (("--bbox", "nan,50,60,51"), "expected west,south,east,north"),
        ((*BBOX, "--geocoder", "http://127.0.0.1:1"), "--geocoder http://127.0.0.1:1: expected together with --place"),
        ((*BBOX, "--timeout", "0"), "--timeout 0: expected a number above 0"),
        ((*BBOX, "--timeout", "soon"), "--timeout 'soon': expected a number"),
        ((*BBOX, "--join-gaps", "-1"), "--join-gaps '-1': expected 0 or more"),
        ((*BBOX, "--roads", "footway"), "--roads"),
    ],
)
def test_wrong_usage(server, tmp_path, capsys, arguments, told):
    code, said, err = command(capsys, build(server, tmp_path / "out", *arguments))
    assert (code, said, len(err.splitlines())) == (2, "", 1), err
    assert told in err
    assert server.queries == []


def test_an_address_that_is_none(tmp_path, capsys):
    arguments = ["build", "overpass", str(tmp_path / "out"), "--countries", "AA,BB", *BBOX, "--endpoint"]
    code, _, err = command(capsys, [*arguments, "127.0.0.1"])
    assert (code, len(err.splitlines())) == (3, 1)
    assert "cannot be reached: Invalid URL" in err


def test_a_place_by_name(server, monkeypatch):
    monkeypatch.setattr("osmnx._nominatim.time", SimpleNamespace(sleep=lambda _: None))
    ring = {"type": "Polygon", "coordinates": [[list(p) for p in AREA.exterior.coords]]}
    found = {
        "osm_type": "relation",
        "osm_id": 1,
        "display_name": "There",
        "lat": "50.1",
        "lon": "60.2",
        "importance": 1,
    }
    box_ = {"boundingbox": ["50.0", "50.2", "60.0", "60.4"], "geojson": ring, "class": "place", "type": "x"}
    server.places = [{**found, **box_}]
    assert place_area("There", geocoder=server.address).equals(AREA)
    server.places = []
    with pytest.raises(UnknownNameError, match="place 'Nowhere': unknown to Nominatim"):
        place_area("Nowhere", geocoder=server.address)
    server.places = [{**found, **box_, "geojson": {"type": "Point", "coordinates": [60.2, 50.1]}}]
    with pytest.raises(UnknownNameError, match="place 'Point': a point to Nominatim"):
        place_area("Point", geocoder=server.address)
