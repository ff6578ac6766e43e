"""OpenStreetMap files read: a network drawn by hand, maps that are cut or drawn in another order, tags one by one."""

from __future__ import annotations

import bz2
import gzip
import itertools
import math
import re
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import pytest
from osm_files import NODES, RELATIONS, WAYS, two_countries, write_osm
from shapely.geometry import box
from test_cli import Ran, run  # noqa: F401

import corridors as co
from corridors.errors import DataError, UsageError
from corridors.model.geo import great_circle_km
from corridors.sources.build import osm, tags, values
from corridors.sources.build.keep import kept
from corridors.sources.build.osm import read_osm, read_part
from corridors.sources.build.osm_files import read_osm_files
from corridors.sources.build.parts import put_together
from corridors.sources.build.ways import SPOT_COLUMNS, WAY_COLUMNS, Ways

DOCS = Path(__file__).parents[1] / "docs" / "build.md"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return two_countries(tmp_path_factory.mktemp("osm") / "two.osm.pbf")


@pytest.fixture(scope="module")
def ways(drawn):
    return read_osm(drawn)


@pytest.fixture
def keeping(monkeypatch):
    """What is read in no time is kept, too."""
    monkeypatch.setattr("corridors.sources.build.osm_files.KEEP_SECONDS", 0.0)


def segments(ways: Ways) -> set[tuple[str, int, int]]:
    """Every segment as its way and two points."""
    names = ways.ways["way_id"].to_numpy()[ways.way]
    return set(zip(names, ways.ids[ways.tail].tolist(), ways.ids[ways.head].tolist(), strict=True))


def same(one: Ways, other: Ways) -> None:
    for name in ("ids", "lon", "lat", "tail", "head", "way", "length_km"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    pd.testing.assert_frame_equal(one.ways, other.ways)
    pd.testing.assert_frame_equal(one.spots, other.spots)
    assert one.source == other.source
    assert one.notes == other.notes
    assert (one.areas is None) == (other.areas is None)
    if one.areas is not None and other.areas is not None:
        assert one.areas.geometry.geom_equals(other.areas.geometry).all()
        pd.testing.assert_frame_equal(one.areas.drop(columns="geometry"), other.areas.drop(columns="geometry"))


# --- what is drawn in osm_files.py ---------------------------------------------------------------


def test_the_segments_are_those_drawn(ways):
    assert segments(ways) == {
        ("w101", 1, 2), ("w101", 2, 3), ("w101", 3, 4),
        ("w102", 2, 5),
        ("w111", 11, 12), ("w111", 12, 13), ("w111", 13, 14), ("w111", 14, 15),
        ("w112", 12, 16),
        ("w113", 17, 15),  # drawn from 15 to 17, one-way against it
        ("w114", 17, 18),
        ("w121", 16, 18),
    }  # fmt: skip
    assert ways.ids.tolist() == [1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 16, 17, 18]
    assert [(x, y) for x, y in zip(ways.lon, ways.lat, strict=True)] == [NODES[i][:2] for i in ways.ids.tolist()]
    assert np.isnan(ways.length_km).all()


def test_the_ways_are_those_drawn(ways):
    assert [*ways.ways] == [*WAY_COLUMNS]
    rows = ways.ways.set_index("way_id").astype(object).T.to_dict()
    said = {way: {k: v for k, v in row.items() if not pd.isna(v)} for way, row in rows.items()}
    rail = {"mode": "rail", "directed": False, "allowed_uses": "freight|passenger"}
    road = {"mode": "road", "status": "operational", "allowed_uses": "lorry|car"}
    km = great_circle_km(50.1, 60.2, 50.1, 60.8)
    assert said == {
        "w101": {**rail, "name": "Главный ход", "facility_type": "main", "status": "operational", "free_speed_kmh": 100.0,
                 "tracks": 2.0, "electrified": "yes", "gauge_mm": 1520.0, "operator": "РЖД"},
        "w102": {**rail, "facility_type": "secondary", "status": "closed"},
        "w111": {**road, "ref": "М-32", "facility_type": "trunk", "directed": False, "free_speed_kmh": 90.0, "lanes": 2.0,
                 "surface": "asphalt"},
        "w112": {**road, "facility_type": "secondary", "directed": False, "allowed_uses": "car", "surface": "gravel"},
        "w113": {**road, "facility_type": "primary", "directed": True, "free_speed_kmh": pytest.approx(48.28032)},
        "w114": {**road, "facility_type": "motorway", "directed": True},
        "w121": {"mode": "sea", "facility_type": "ferry", "status": "operational", "directed": False,
                 "allowed_uses": "passenger|car", "free_speed_kmh": pytest.approx(km / 2, abs=0.05)},
    }  # fmt: skip


def test_the_spots_are_those_drawn(ways):
    assert [*ways.spots][: len(SPOT_COLUMNS)] == [*SPOT_COLUMNS]
    spots = ways.spots.set_index("spot_id")
    assert spots["kind"].to_dict() == {
        "n2": "station", "n4": "station", "n5": "station", "n13": "border_control", "n15": "town", "n16": "port", "n18": "port",
    }  # fmt: skip
    assert ways.ids[spots["point"]].tolist() == [2, 4, 5, 13, 15, 16, 18]
    assert spots["status"].to_dict() == {**dict.fromkeys(spots.index, "operational"), "n5": "closed"}
    names = ["name", "name_en", "name_ru", "name_kk"]
    assert spots.loc["n2", names].tolist() == ["Восточная", "Vostochnaya", None, "Шығыс"]
    assert spots.loc["n4", names].tolist() == ["Ақсай", "Aksai", "Аксай", None]
    assert spots.loc["n5", ["name", "other_names"]].tolist() == ["Старая", "Старая"]
    assert spots.loc["n15", "population"] == 34900
    assert spots["population"].count() == 1


def test_the_outlines_are_those_drawn(ways, drawn):
    areas = ways.areas.set_index("code")
    assert areas["level"].to_dict() == {"RU": 2, "KZ": 2, "KZ-BAT": 4}
    assert areas.loc["RU"].geometry.bounds == (60.0, 50.0, 60.5, 50.4)
    assert areas.loc["KZ"].geometry.equals(areas.loc["KZ-BAT"].geometry)
    assert areas.loc["KZ-BAT", "name_ru"] == "Запад"
    assert ways.notes == (
        f"{drawn}: ways cut where points are not in the file: 1 (points: 1)",
        f"{drawn}: outlines not whole, left out: RU-ORE",
    )


def test_only_regions_of_the_countries_asked_for(drawn):
    assert [*read_osm(drawn, countries=["RU"]).areas["code"]] == ["RU", "KZ"]
    assert read_osm(drawn, areas=False).areas is None


def test_the_source_keeps_its_attribution(ways):
    assert ways.source["licence"] == "ODbL 1.0"
    assert "© OpenStreetMap contributors" in ways.source["note"]
    assert ways.source["title"] == "OpenStreetMap, two.osm.pbf"


def test_the_network_is_the_one_drawn(drawn, tmp_path):
    """From file to network by the command, whole."""
    done = run("build", "osm", drawn, tmp_path / "net", "--countries", "RU,KZ")
    assert done.code == 0, done
    network = co.load(tmp_path / "net")
    assert not co.validate(tmp_path / "net")
    at = network.nodes.apply(lambda n: (round(n["x_coord"], 3), round(n["y_coord"], 3)), axis=1)
    links = network.links[network.links["mode"] != "transfer"]
    drawn_links = sorted(
        (mode, facility, *((a, b) if directed or a < b else (b, a)), directed, "" if pd.isna(country) else country, status)
        for mode, facility, a, b, directed, country, status in zip(
            links["mode"], links["facility_type"], at[links["from_node_id"]], at[links["to_node_id"]],
            links["directed"], links["country"], links["status"], strict=True,
        )
    )  # fmt: skip
    p = {number: tuple(round(v, 3) for v in where[:2]) for number, where in NODES.items()}
    rail, road, sea = (60.5, 50.3), (60.5, 50.2), (60.5, 50.1)
    assert [row[:4] + row[4:] for row in drawn_links] == sorted([
        ("rail", "main", p[1], p[2], False, "RU", "operational"),
        ("rail", "main", p[2], rail, False, "RU", "operational"),
        ("rail", "main", rail, p[4], False, "KZ", "operational"),
        ("rail", "secondary", p[5], p[2], False, "RU", "closed"),
        ("road", "trunk", p[11], p[12], False, "RU", "operational"),
        ("road", "trunk", p[12], road, False, "RU", "operational"),
        ("road", "trunk", road, p[15], False, "KZ", "operational"),
        ("road", "secondary", p[16], p[12], False, "RU", "operational"),
        ("road", "primary", p[17], p[15], True, "KZ", "operational"),
        ("road", "motorway", p[17], p[18], True, "KZ", "operational"),
        ("sea", "ferry", p[16], sea, False, "", "operational"),
        ("sea", "ferry", sea, p[18], False, "", "operational"),
    ])  # fmt: skip
    for mode in ("rail", "road", "sea"):
        chosen = [w for w in WAYS if any(k in WAYS[w][1] for k in ("highway", "railway", "route"))]
        length = sum(
            float(great_circle_km(NODES[a][1], NODES[a][0], NODES[b][1], NODES[b][0]))
            for w in chosen
            if w in {"rail": {101, 102}, "road": {111, 112, 113, 114}, "sea": {121}}[mode]
            for a, b in zip(WAYS[w][0], WAYS[w][0][1:], strict=False)
        )
        assert links.loc[links["mode"] == mode, "length_km"].sum() == pytest.approx(length, abs=0.01)
    assert sorted(network.crossings["mode"]) == ["rail", "road", "sea"]
    by_road = network.crossings[network.crossings["mode"] == "road"].iloc[0]
    assert "Сырым" in by_road["name_ru"]
    assert (by_road["country_a"], by_road["country_b"]) == ("RU", "KZ")
    assert set(network.places["name_kk"]) >= {"Ақсай", "Шығыс", "Айлақ"}


# --- the same file otherwise ---------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".osm", ".osm.gz", ".osm.bz2", ".opl", ".pbf"])
def test_every_form_of_file_says_the_same(suffix, ways, tmp_path):
    found = read_osm(two_countries(tmp_path / f"two{suffix}"))
    assert segments(found) == segments(ways)
    pd.testing.assert_frame_equal(found.ways, ways.ways)


def test_large_files_take_only_the_points_they_need(drawn, ways, monkeypatch):
    monkeypatch.setattr(osm, "SMALL_BYTES", 0)
    same(read_osm(drawn), ways)


@pytest.mark.parametrize("small", [True, False])
def test_the_order_in_a_file_does_not_matter(small, ways, tmp_path, monkeypatch):
    if not small:
        monkeypatch.setattr(osm, "SMALL_BYTES", 0)
    text = two_countries(tmp_path / "a.osm").read_text("utf-8")
    head, *objects = re.split(r"(?=  <(?:node|way|relation) )", text.replace("</osm>", ""))
    turned = tmp_path / "two.osm"
    turned.write_text(head + "".join(o.rstrip() + "\n" for o in reversed(objects)) + "</osm>\n", "utf-8")
    found = read_osm(turned)
    assert segments(found) == segments(ways)
    assert set(found.spots["spot_id"]) == set(ways.spots["spot_id"])
    assert set(found.areas["code"]) == set(ways.areas["code"])


@pytest.mark.parametrize("small", [True, False])
def test_maps_drawn_by_hand_have_numbers_below_zero(small, ways, tmp_path, monkeypatch):
    if not small:
        monkeypatch.setattr(osm, "SMALL_BYTES", 0)
    nodes = {-k: v for k, v in NODES.items()}
    lines = {-k: ([-r for r in refs], t) for k, (refs, t) in WAYS.items()}
    relations = {-k: ([(kind, -r, role) for kind, r, role in m], t) for k, (m, t) in RELATIONS.items()}
    found = read_osm(write_osm(tmp_path / "own.osm", nodes, lines, relations))
    assert found.areas.geometry.geom_equals(ways.areas.geometry).all()
    assert segments(found) == {(w.replace("w", "w-"), -a, -b) for w, a, b in segments(ways)}
    assert (found.spots["point"] >= 0).all()


def test_a_way_is_cut_where_its_points_are_not_in_the_file(tmp_path):
    nodes = {i: (60 + i / 100, 50.0) for i in (1, 2, 4, 5, 7)}
    tags_of = {"highway": "primary"}
    found = read_osm(
        write_osm(tmp_path / "cut.osm.pbf", nodes, {9: ([1, 2, 3, 4, 5, 6, 7], tags_of), 8: ([3, 6], tags_of)})
    )
    assert segments(found) == {("w9", 1, 2), ("w9", 4, 5)}
    assert found.ids.tolist() == [1, 2, 4, 5]
    assert found.ways["way_id"].tolist() == ["w9"]
    assert ": ways cut where points are not in the file: 2 (" in found.notes[0]
    assert found.notes[0].endswith("(points: 2)")


def test_a_cut_ferry_has_no_speed(tmp_path):
    nodes = {1: (60.0, 50.0), 2: (61.0, 50.0)}
    tags_of = {"route": "ferry", "duration": "01:00"}
    whole = read_osm(write_osm(tmp_path / "a.osm", nodes, {9: ([1, 2], tags_of)}))
    assert whole.ways["free_speed_kmh"][0] == pytest.approx(great_circle_km(50, 60, 50, 61), abs=0.05)
    cut = read_osm(write_osm(tmp_path / "b.osm", nodes, {9: ([1, 2, 3], tags_of)}))
    assert math.isnan(cut.ways["free_speed_kmh"][0])


def test_a_node_without_a_place_is_missing(tmp_path):
    file = tmp_path / "nowhere.osm"
    file.write_text(
        '<osm version="0.6"><node id="1" lat="50" lon="60"/><node id="2" lat="50" lon="61"/><node id="3"/>'
        '<node id="4"><tag k="place" v="town"/></node>'
        '<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="railway" v="rail"/></way></osm>',
        "utf-8",
    )
    found = read_osm(file)
    assert segments(found) == {("w9", 1, 2)}
    assert not len(found.spots)


def test_spots_drawn_as_buildings_stand_in_their_middle(tmp_path):
    nodes = {1: (60.0, 50.0), 2: (60.2, 50.0), 3: (60.2, 50.2), 4: (60.0, 50.2), 5: (61.0, 50.0)}
    corners = [1, 2, 3, 4, 1]
    lines = {
        7: (corners, {"barrier": "border_control", "name": "Маштаково"}),
        8: ([1, 2, 9, 1], {"railway": "station"}),  # a corner is not in the file
        9: (corners, {"place": "town"}),  # places are nodes
        10: ([4, 5], {"railway": "rail"}),
    }
    found = read_osm(write_osm(tmp_path / "house.osm", nodes, lines))
    spots = found.spots
    assert found.notes[0].endswith(": spots left out, whose place is not in the file, or not all of it: 1")
    assert spots[["spot_id", "kind", "x_coord", "y_coord", "point"]].values.tolist() == [
        ["w7", "border_control", 60.1, 50.1, -1]
    ]


@pytest.mark.parametrize("refs", [[], [2], [2, 2]])
@pytest.mark.parametrize("said", [{"railway": "station"}, {"barrier": "border_control"}, {"amenity": "ferry_terminal"}])
def test_spots_without_a_corner_are_left_out_and_counted(refs, said, tmp_path):
    nodes = {1: (60.1, 50.2), 2: (60.9, 50.2)}
    lines = {1: ([1, 2], {"highway": "primary"}), 2: (refs, {**said, "name": "Х"})}
    found = read_osm(write_osm(tmp_path / "point.osm.pbf", nodes, lines))
    where = found.spots[["x_coord", "y_coord"]].to_numpy().tolist()
    assert where == ([[60.9, 50.2]] if len(refs) == 2 else [])  # it goes around nothing, but lies somewhere
    assert len(found.notes) == (len(refs) < 2)


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("areas", [True, False])
def test_spots_drawn_as_relations_and_open_ways(small, areas, tmp_path, monkeypatch):
    if not small:
        monkeypatch.setattr(osm, "SMALL_BYTES", 0)
    corners = {1: (60.0, 50.0), 2: (60.2, 50.0), 3: (60.2, 50.2), 4: (60.0, 50.2), 5: (60.1, 50.1)}
    lines = {
        1: ([1, 2, 3], {}),
        2: ([3, 4, 1], {}),
        3: ([5, 1, 5], {}),
        4: ([1, 2, 3, 4], {"railway": "station", "name": "открыта"}),
        5: ([1, 2], {"railway": "rail"}),
        6: ([1, 3], {"highway": "primary", "barrier": "border_control", "name": "на дороге"}),
        7: ([2, 4], {"highway": "service", "barrier": "border_control", "name": "в стороне"}),
    }
    whole = [("w", 1, "outer"), ("w", 2, "outer"), ("w", 3, "inner"), ("n", 5, "label")]
    relations = {
        1: (whole, {"type": "multipolygon", "railway": "station", "name": "вокзал"}),
        2: (whole, {"type": "multipolygon", "barrier": "border_control", "disused:railway": "station"}),
        3: (whole, {"type": "boundary", "industrial": "port"}),
        4: (whole, {"type": "site", "railway": "station"}),  # holds together what lies apart
        5: ([*whole, ("w", 99, "outer")], {"type": "multipolygon", "railway": "yard"}),
        6: (whole, {"type": "multipolygon", "place": "town"}),
    }
    found = read_osm(write_osm(tmp_path / "drawn.osm.pbf", corners, lines, relations), areas=areas)
    assert found.spots.set_index("spot_id")["kind"].to_dict() == {
        "w4": "station", "w6": "border_control", "w7": "border_control", "r1": "station", "r2": "station",
        "r2-border-control": "border_control", "r3": "port",
    }  # fmt: skip
    assert found.spots[["x_coord", "y_coord"]].drop_duplicates().values.tolist() == [[60.1, 50.1]]
    assert (found.spots["point"] == -1).all()
    assert found.notes == (
        f"{tmp_path / 'drawn.osm.pbf'}: spots left out, whose place is not in the file, or not all of it: 1",
    )


def test_a_spot_is_taken_from_the_file_that_has_all_of_it(tmp_path):
    nodes = {1: (60.0, 50.0), 2: (60.2, 50.0), 3: (60.2, 50.2), 4: (60.0, 50.2)}
    lines = {7: ([1, 2, 3, 4, 1], {"railway": "station"}), 8: ([1, 2], {"railway": "rail"})}
    whole = write_osm(tmp_path / "whole.osm.pbf", nodes, lines)
    part = write_osm(tmp_path / "part.osm.pbf", {n: nodes[n] for n in (1, 2)}, lines)
    found = read_osm_files([part, whole], tmp_path / "kept", countries=["RU"])
    assert found.spots[["spot_id", "x_coord", "y_coord"]].values.tolist() == [["w7", 60.1, 50.1]]
    assert not found.notes


@pytest.mark.parametrize(
    ("said", "spots"),
    [
        ({"place": "village", "railway": "station"}, {"n4": "settlement", "n4-station": "station"}),
        ({"railway": "station", "barrier": "border_control"}, {"n4": "station", "n4-border-control": "border_control"}),
        ({"place": "hamlet", "railway": "station"}, {"n4": "station"}),
        ({"place": "town", "railway": "station", "station": "subway"}, {"n4": "town"}),
        ({"railway": "station", "disused": "yes"}, {"n4": "station"}),
        ({"barrier": "border_control", "disused": "yes"}, {}),
        ({"railway": "station", "abandoned": "yes"}, {}),
        ({"disused:railway": "station", "razed": "yes"}, {}),
        ({"industrial": "port", "amenity": "ferry_terminal"}, {"n4": "port"}),
    ],
)
def test_a_spot_is_all_that_its_tags_say(said, spots):
    found = tags.spot_rows("n4", {**said, "name": "Озинки", "population": "900"}.get, node=True)
    assert {row["spot_id"]: row["kind"] for row in found} == spots
    assert [row["population"] for row in found] == [900, None][: len(spots)]
    assert {row["status"] for row in found} <= ({"closed"} if "disused" in said else {"operational"})


def test_a_village_with_a_station_is_reached_by_train(tmp_path):
    nodes = {**NODES, 2: (*NODES[2][:2], {"place": "village", "railway": "station", "name": "Озинки"})}
    file = write_osm(tmp_path / "two.osm.pbf", nodes, WAYS, RELATIONS)
    assert run("build", "osm", file, tmp_path / "net", "--countries", "RU,KZ").code == 0
    network = co.load(tmp_path / "net")
    assert network.places.loc["ozinki", "kind"] == "settlement"
    assert network.nodes.loc["n2", ["place_id", "kind"]].tolist() == ["ozinki", "station"]


def test_an_outline_may_have_holes_parts_and_be_one_way(tmp_path):
    def ring(first: int, x: float, y: float, size: float) -> dict[int, tuple[float, float]]:
        return {first: (x, y), first + 1: (x + size, y), first + 2: (x + size, y + size), first + 3: (x, y + size)}

    nodes = {**ring(10, 60, 50, 4), **ring(20, 61, 51, 1), **ring(30, 70, 50, 1)}
    lines = {n // 10: ([n, n + 1, n + 2, n + 3, n], {}) for n in (10, 20)}
    lines[3] = ([30, 31, 32, 33, 30], {"boundary": "administrative", "admin_level": "2", "ISO3166-1": "EE"})
    lines[4] = ([10, 11], {"railway": "rail"})
    members = [("w", 1, "outer"), ("w", 2, "inner"), ("w", 3, "outer"), ("n", 10, "label"), ("w", 99, "subarea")]
    relation = {1: (members, {"boundary": "administrative", "admin_level": "2", "ISO3166-1": "FI"})}
    areas = read_osm(write_osm(tmp_path / "holes.osm.pbf", nodes, lines, relation)).areas.set_index("code")
    assert {code: round(shape.area, 6) for code, shape in areas.geometry.items()} == {"FI": 16.0, "EE": 1.0}


@pytest.mark.parametrize("lack", ["a way", "a point", "an end", "an island"])
def test_an_outline_is_whole_or_left_out(lack, tmp_path):
    """Of two islands one is not whole: then the country is not, either."""
    nodes = {1: (60.0, 50.0), 2: (61.0, 50.0), 11: (60.0, 51.0), 21: (63.0, 50.0), 22: (64.0, 50.0), 31: (63.0, 51.0)}
    lines = {1: ([1, 2, 11, 1], {}), 2: ([21, 22, 31], {}), 3: ([31, 21], {}), 4: ([1, 2], {"railway": "rail"})}
    code = {"boundary": "administrative", "admin_level": "2", "ISO3166-1": "EE"}
    island = {9: ([("w", way, "outer") for way in (1, 2, 3)], code)}
    whole = read_osm(write_osm(tmp_path / "whole.osm", nodes, lines, island))
    assert len(whole.areas.geometry[0].geoms) == 2
    if lack == "a way":
        del lines[3]
    elif lack == "an island":
        del lines[1]
    elif lack == "a point":
        del nodes[22]
    else:
        lines[3] = ([31, 22], {})
    cut = read_osm(write_osm(tmp_path / "cut.osm", nodes, lines, island))
    assert cut.areas is None
    assert cut.notes == (f"{tmp_path / 'cut.osm'}: outlines not whole, left out: EE",)


def test_codes_that_are_none_are_no_codes(tmp_path):
    nodes = {1: (60.0, 50.0), 2: (61.0, 50.0), 3: (61.0, 51.0)}
    lines = {1: ([1, 2, 3, 1], {}), 4: ([1, 2], {"railway": "rail"})}
    codes = ["../../etc", "R", "RUS", "", "RU\n", "Р1"]
    relations = {
        i: ([("w", 1, "outer")], {"boundary": "administrative", "admin_level": "2", "ISO3166-1": code})
        for i, code in enumerate(codes, 1)
    }
    assert read_osm(write_osm(tmp_path / "codes.osm.pbf", nodes, lines, relations)).areas is None


# --- several files, and going on where one was ---------------------------------------------------


def halves(folder: Path) -> list[Path]:
    """The drawn map in two files, one on each side, cut at the border as an extract is."""
    files = []
    for name, inside in (("west", lambda lon: lon < 60.7), ("east", lambda lon: lon > 60.3)):
        nodes = {n: where for n, where in NODES.items() if inside(where[0]) or n > 40}
        lines = {w: (refs, t) for w, (refs, t) in WAYS.items() if any(r in nodes for r in refs)}
        files.append(write_osm(folder / f"{name}.osm.pbf", nodes, lines, RELATIONS))
    return files


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values("way_id", ignore_index=True)


def test_several_files_make_the_same_map(drawn, ways, tmp_path):
    west, east = halves(tmp_path)
    for half in (west, east):
        assert ("w121", 16, 18) not in segments(read_osm(half))
    found = read_osm_files([west, east], tmp_path / "part", countries=["RU", "KZ"])
    assert segments(found) == segments(ways)  # neither has both ends of the ferry
    assert found.notes == tuple(n.replace(str(drawn), f"{west}, {east}") for n in ways.notes)
    pd.testing.assert_frame_equal(in_order(found.ways), in_order(ways.ways))
    assert set(found.spots["spot_id"]) == set(ways.spots["spot_id"])
    assert sorted(found.ids[found.spots["point"]]) == [2, 4, 5, 13, 15, 16, 18]
    assert set(found.areas["code"]) == {"RU", "KZ", "KZ-BAT"}
    assert found.source["title"] == "OpenStreetMap, west.osm.pbf; OpenStreetMap, east.osm.pbf"


PRIMARY, TRUNK = {"highway": "primary", "oneway": "yes"}, {"highway": "trunk"}


@pytest.mark.parametrize(
    ("course", "other", "told"),
    [
        ([1, 2, 4], [1, 3, 4], 1),  # rerouted
        ([1, 2, 4], [1, 2, 3, 4], 1),  # a point put in
        ([1, 2, 4], [1, 4], 1),  # a point taken out
        ([4, 2, 1], [1, 2, 4], 1),  # turned around
        ([1, 2], [2, 1], 1),
        ([1, 2, 4], [1, 2], 0),  # prolonged
        ([1, 2, 4], [1, 2, 4], 0),  # other tags alone
    ],
)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("by", ["version", "date"])
def test_of_a_way_in_two_versions_the_newer_holds_alone(course, other, told, turned, by, tmp_path):
    nodes = {n: (60 + n / 10, 50.0) for n in range(1, 5)}
    version, date = ([2, 1], ["", ""]) if by == "version" else ([0, 0], ["2026-11-02", "2026-11-01"])
    newer = write_osm(tmp_path / "newer.osm.pbf", nodes, {9: (course, TRUNK, version[0])}, date=date[0])
    older = write_osm(tmp_path / "older.osm.pbf", nodes, {9: (other, PRIMARY, version[1])}, date=date[1])
    found = read_osm_files([older, newer] if turned else [newer, older], tmp_path / "kept", countries=["RU"])
    assert segments(found) == {("w9", a, b) for a, b in itertools.pairwise(course)}
    assert found.ways[["facility_type", "directed"]].values.tolist() == [["trunk", False]]
    said = (
        ("ways in versions that contradict each other: 1; of each the newest was taken, or the first",) if told else ()
    )
    assert found.notes == said


TOWN, STOP = {"place": "town", "name": "Old"}, {"railway": "station", "name": "Old"}
BOTH = {"railway": "rail", "highway": "primary"}


@pytest.mark.parametrize("by", ["version", "date"])
@pytest.mark.parametrize("turned", [False, True])
def test_of_anything_in_two_versions_the_newer_holds(turned, by, tmp_path):
    """A railway that is a road alone, a road that is none, names and kinds of spots, and a point that moved."""
    nodes = {1: (60.0, 50.0), 2: (60.1, 50.0), 3: (60.2, 50.0)}
    spots = {4: (60.0, 50.1, TOWN), 5: (60.0, 50.2, TOWN | STOP), 6: (60.0, 50.3, TOWN), 7: (60.0, 50.4, STOP)}
    renamed = {4: (60.0, 50.1, TOWN | {"name": "New"}), 5: (60.0, 50.2, TOWN), 6: (60.01, 50.31, TOWN), 7: (60.0, 50.4)}
    house = [1, 2, 3, 1]
    before = {8: ([1, 2, 3], BOTH), 9: ([1, 3], PRIMARY), 11: (house, {"railway": "station", "name": "Old"})}
    after = {8: ([1, 2, 3], PRIMARY), 9: ([1, 3], {"building": "yes"}), 11: (house, {"building": "yes"})}
    relation = [("w", 11, "outer")]
    old, new = (
        ({"date": "", "version": 1}, {"date": "", "version": 2})
        if by == "version"
        else ({"date": "2026-11-01"}, {"date": "2026-11-02"})
    )
    tags = {"type": "multipolygon", "railway": "station", "name": "Old"}
    older = write_osm(tmp_path / "o.osm.pbf", {**nodes, **spots}, before, {12: (relation, tags)}, **old)
    moved = {**nodes, 2: (60.1, 50.05)}
    newer = write_osm(tmp_path / "n.osm.pbf", {**moved, **renamed}, after, {12: (relation, {"type": "site"})}, **new)
    alone = read_osm(newer)
    found = read_osm_files([older, newer] if turned else [newer, older], tmp_path / "kept", countries=["RU"])
    assert segments(found) == segments(alone) == {("w8", 1, 2), ("w8", 2, 3)}
    assert sorted(found.spots["spot_id"]) == ["n4", "n5", "n6"]
    for name in ("name", "x_coord", "y_coord", "kind"):
        of = [dict(zip(ways.spots["spot_id"], ways.spots[name], strict=True)) for ways in (found, alone)]
        assert of[0] == of[1]
    assert found.lat.tolist() == alone.lat.tolist() == [50.0, 50.05, 50.0]
    assert found.notes == ("objects outdated by a newer version in another file, left out or moved: 7",)


def test_objects_of_one_version_are_put_together(tmp_path):
    """A file may have been sorted out by another hand: what it lacks is no newer version."""
    nodes = {1: (60.0, 50.0), 2: (60.1, 50.0), 3: (60.0, 50.1, STOP)}
    one = write_osm(tmp_path / "a.osm.pbf", nodes, {8: ([1, 2], BOTH)}, version=3)
    other = write_osm(tmp_path / "b.osm.pbf", {**nodes, 3: (60.0, 50.1)}, {8: ([1, 2], PRIMARY)}, version=3)
    for files in ([one, other], [other, one]):
        found = read_osm_files(files, tmp_path / "kept", countries=["RU"])
        assert sorted(found.ways["way_id"]) == ["w8", "w8-rail"]
        assert found.spots["spot_id"].tolist() == ["n3"]
        assert not found.notes


@pytest.mark.parametrize("turned", [False, True])
def test_a_way_redrawn_on_other_points_is_not_drawn_twice(turned, tmp_path):
    nodes = {n: (60 + n / 10, 50.0) for n in range(1, 6)}
    older = write_osm(tmp_path / "o.osm.pbf", nodes, {9: ([1, 2, 3], TRUNK, 1)})
    newer = write_osm(tmp_path / "n.osm.pbf", nodes, {9: ([4, 5], PRIMARY, 2)})
    found = read_osm_files([older, newer] if turned else [newer, older], tmp_path / "kept", countries=["RU"])
    assert segments(found) == {("w9", 4, 5)}
    assert len(found.notes) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_a_station_whose_corners_another_file_has_is_what_its_newest_version_says(turned, tmp_path):
    nodes = {1: (60.0, 50.0), 2: (60.2, 50.0), 3: (60.1, 50.1), 4: (60.2, 50.1), 5: (60.2, 50.2)}
    house = [3, 4, 5, 3]
    stop = {"disused:railway": "station", "name": "New"}
    older = write_osm(tmp_path / "o.osm.pbf", nodes, {8: ([1, 2], TRUNK), 9: (house, STOP)}, version=1)
    there = {n: nodes[n] for n in (1, 2, 3)}
    newer = write_osm(tmp_path / "n.osm.pbf", there, {8: ([1, 2], TRUNK), 9: (house, stop)}, version=2)
    found = read_osm_files([older, newer] if turned else [newer, older], tmp_path / "kept", countries=["RU"])
    assert found.spots[["name", "status", "x_coord"]].values.tolist() == [["New", "closed", 60.1666667]]


@pytest.mark.parametrize("turned", [False, True])
def test_where_one_file_has_no_versions_the_later_file_holds(turned, tmp_path):
    nodes = {1: (60.0, 50.0), 2: (60.2, 50.0)}
    older, newer = (
        write_osm(
            tmp_path / f"{date}.osm.pbf",
            {**nodes, 2: (60.2, lat), 3: (60.1, 50.1, STOP | {"name": name})},
            {8: ([1, 2], road)},
            date=date,
            version=version,
        )
        for date, version, lat, name, road in (
            ("2026-01-01", 5, 50.0, "Old", TRUNK),
            ("2026-02-01", 0, 50.1, "New", {"highway": "secondary"}),
        )
    )
    found = read_osm_files([older, newer] if turned else [newer, older], tmp_path / "kept", countries=["RU"])
    assert found.ways["facility_type"].tolist() == ["secondary"]
    assert found.spots["name"].tolist() == ["New"]
    assert sorted(found.lat) == [50.0, 50.1]


def test_objects_drawn_by_hand_are_of_one_file_alone(tmp_path):
    """Editors number what is new from -1 down, in every file."""
    files = [
        write_osm(tmp_path / f"{k}.osm", {-1: (60.0 + k, 50.0, STOP), -2: (60.5 + k, 50.0)}, {-8: ([-1, -2], BOTH)})
        for k in range(3)
    ]
    found = read_osm_files(files, tmp_path / "kept", countries=["RU"])
    assert (len(found.ids), len(found.ways), len(found.tail), len(found.spots)) == (6, 6, 6, 3)
    assert sorted(found.lon) == [60.0, 60.5, 61.0, 61.5, 62.0, 62.5]
    assert sorted(found.lon[found.spots["point"]]) == sorted(found.spots["x_coord"]) == [60.0, 61.0, 62.0]
    assert not found.notes


def test_where_nothing_says_which_is_newer_the_first_file_holds(tmp_path):
    nodes = {n: (60 + n / 10, 50.0) for n in range(1, 5)}
    files = [
        write_osm(tmp_path / f"{at}.osm.pbf", nodes, {9: (course, PRIMARY), 8: ([1, 2], PRIMARY)})
        for at, course in enumerate(([1, 2, 4], [1, 3, 4], [3, 2, 1]))
    ]
    for first in range(3):
        found = read_osm_files(files[first:] + files[:first], tmp_path / "kept", countries=["RU"])
        assert segments(found) == segments(read_osm(files[first]))


def test_what_a_newer_version_of_a_way_has_no_more_is_gone(tmp_path):
    """The way was parted, and the newer file has the rest of it under another number."""
    nodes = {n: (60 + n / 10, 50.0) for n in range(1, 5)}
    newer = write_osm(tmp_path / "n.osm.pbf", nodes, {9: ([1, 2], TRUNK, 8), 10: ([2, 4], TRUNK, 1)})
    older = write_osm(tmp_path / "o.osm.pbf", nodes, {9: ([1, 2, 4], TRUNK, 7)})
    found = read_osm_files([older, newer], tmp_path / "kept", countries=["RU"])
    assert segments(found) == {("w9", 1, 2), ("w10", 2, 4)}
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    "parts", [([1, 2], [3, 4, 5]), ([1, 2, 3], [2, 3, 4, 5]), ([1, 2, 3], [3, 4, 5]), ([2, 3], [1, 2, 3, 4])]
)
@pytest.mark.parametrize("version", [0, 3])
def test_halves_of_one_way_are_put_together(parts, version, tmp_path):
    """As by tools that take the points of a way out of it where they lie beyond."""
    nodes = {n: (60 + n / 10, 50.0) for n in range(1, 6)}
    files = [
        write_osm(tmp_path / f"{at}.osm.pbf", nodes, {9: (course, PRIMARY, version)}, date=f"2026-11-0{at + 1}")
        for at, course in enumerate(parts)
    ]
    found = read_osm_files(files, tmp_path / "kept", countries=["RU"])
    assert segments(found) == {("w9", a, b) for course in parts for a, b in itertools.pairwise(course)}
    assert len(found.tail) == len(segments(found))
    assert not found.notes


def test_a_roundabout_in_halves_is_round(tmp_path):
    nodes = {1: (60.0, 50.0), 2: (60.2, 50.0), 3: (60.2, 50.2), 4: (60.0, 50.2)}
    halves = ([1, 2, 3], [3, 4, 1])
    files = [write_osm(tmp_path / f"{i}.osm.pbf", nodes, {9: (c, PRIMARY)}) for i, c in enumerate(halves)]
    found = read_osm_files(files, tmp_path / "kept", countries=["RU"])
    assert segments(found) == {("w9", 1, 2), ("w9", 2, 3), ("w9", 3, 4), ("w9", 4, 1)}


@pytest.mark.parametrize(("course", "told"), [([1, 2, 4], 0), ([1, 3, 4], 1)])
def test_a_way_twice_in_one_file_is_one(course, told, tmp_path):
    """As ``osmium cat`` writes it."""
    nodes = {n: (60 + n / 10, 50.0, {"place": "town"}) for n in range(1, 5)}
    file = tmp_path / "twice.osm.pbf"
    with osmium.SimpleWriter(str(file)) as writer:
        for _ in range(2):
            for number, (lon, lat, said) in nodes.items():
                writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat), tags=said))
        for version, refs in enumerate((course, [1, 2, 4]), 1):
            writer.add_way(osmium.osm.mutable.Way(id=9, nodes=refs, tags=PRIMARY, version=version))
    found = read_osm(file)
    assert segments(found) == {("w9", 1, 2), ("w9", 2, 4)}
    assert (len(found.tail), len(found.ways), len(found.spots)) == (2, 1, 4)
    assert len(found.notes) == told


def test_an_outline_may_be_whole_in_another_file(drawn, tmp_path):
    part = write_osm(tmp_path / "part.osm.pbf", NODES, {w: WAYS[w] for w in WAYS if w != 203}, RELATIONS)
    assert "left out: KZ, KZ-BAT, RU-ORE" in read_osm(part).notes[-1]
    for files in ([part, drawn], [drawn, part]):
        found = read_osm_files(files, tmp_path / "kept", countries=["RU", "KZ"])
        assert set(found.areas["code"]) == {"RU", "KZ", "KZ-BAT"}
        assert found.notes[-1].endswith("left out: RU-ORE")


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_outlines_of_the_user_come_before_those_of_the_map(form, drawn, tmp_path):
    """The border at 60.4 instead of 60.5."""
    shapes = [box(60, 50, 60.4, 50.4), box(60.4, 50, 61, 50.4)]
    file = tmp_path / f"outlines.{form}"
    gpd.GeoDataFrame({"iso_a2": ["RU", "KZ"]}, geometry=shapes, crs=4326).to_file(file)
    assert run("build", "osm", drawn, tmp_path / "net", "--countries", "RU,KZ", "--boundaries", file).code == 0
    crossings = co.load(tmp_path / "net").crossings
    assert crossings["x_coord"].round(6).tolist() == [60.4] * 3


def test_what_a_file_gave_is_kept_and_found_again(keeping, drawn, ways, tmp_path, monkeypatch):
    part = tmp_path / "part"
    first = read_osm_files([drawn], part, countries=["RU", "KZ"])
    (file,) = part.iterdir()
    same(put_together([kept(file)], str(drawn)), first)
    monkeypatch.setattr("corridors.sources.build.osm_files.read_part", lambda *_, **__: pytest.fail("read again"))
    same(read_osm_files([drawn], part, countries=["KZ", "RU"]), first)


def test_what_is_read_in_no_time_is_not_kept(drawn, tmp_path):
    read_osm_files([drawn], tmp_path / "part", countries=["RU"])
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("change", ["touched", "roads", "countries", "areas", "damaged"])
def test_what_was_kept_of_something_else_is_not_taken(change, keeping, drawn, tmp_path, monkeypatch):
    file, part = tmp_path / "two.osm.pbf", tmp_path / "part"
    file.write_bytes(drawn.read_bytes())
    asked = {"countries": ["RU", "KZ"], "roads": "tertiary", "areas": True}
    read_osm_files([file], part, **asked)
    if change == "touched":
        file.touch()
    elif change == "damaged":
        (npz,) = part.iterdir()
        npz.write_bytes(npz.read_bytes()[:-300])
    else:
        asked[change] = {"roads": "trunk", "countries": ["RU"], "areas": False}[change]
    times = []
    monkeypatch.setattr(
        "corridors.sources.build.osm_files.read_part", lambda *a, **k: times.append(1) or read_part(*a, **k)
    )
    read_osm_files([file], part, **asked)
    assert times == [1]


def test_an_interrupted_build_goes_on(keeping, tmp_path, monkeypatch):
    """Interrupted in the second file: the first is not read again, and the working folder goes when all is done."""
    west, east = halves(tmp_path)
    out = tmp_path / "new" / "net"
    out.parent.mkdir()
    read = []

    def interrupted(path: Path, **asked: object) -> Ways:
        read.append(path.name)
        if path == east and len(read) == 2:
            raise KeyboardInterrupt
        return read_part(path, **asked)

    monkeypatch.setattr("corridors.sources.build.osm_files.read_part", interrupted)
    asked = ("build", "osm", west, east, out, "--countries", "RU,KZ")
    assert run(*asked).code == 130
    assert sorted(p.name for p in tmp_path.iterdir()) == ["east.osm.pbf", "new", "west.osm.pbf"]
    assert [p.name for p in out.parent.iterdir()] == [".net.part"]
    assert run(*asked).code == 0
    assert read == ["west.osm.pbf", "east.osm.pbf", "east.osm.pbf"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["east.osm.pbf", "new", "west.osm.pbf"]
    assert [p.name for p in out.parent.iterdir()] == ["net"]


def test_progress_runs_from_nothing_to_all(tmp_path):
    told = []
    read_osm_files(halves(tmp_path), tmp_path / "part", countries=["RU"], progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 4


# --- tags one by one -----------------------------------------------------------------------------

ROADS = tags.road_classes("tertiary")


def way(**said: str) -> dict[str, object] | None:
    found = tags.way_rows("w1", {k.replace("__", ":"): v for k, v in said.items()}.get, ROADS)
    assert len(found) < 2
    return {**found[0][0], "direction": found[0][1]} if found else None


@pytest.mark.parametrize(
    ("said", "column", "value"),
    [
        ({"highway": "tertiary_link"}, "facility_type", "local"),
        ({"highway": "motorway_link"}, "directed", False),
        ({"highway": "motorway"}, "direction", 1),
        ({"highway": "motorway", "oneway": "no"}, "direction", 0),
        ({"highway": "primary", "junction": "roundabout"}, "direction", 1),
        ({"highway": "primary", "oneway": "-1"}, "direction", -1),
        ({"highway": "motorway", "oneway": "reversible"}, "direction", 0),
        ({"highway": "construction", "construction": "trunk", "access": "no"}, "status", "planned"),
        ({"proposed__highway": "trunk"}, "status", "planned"),
        ({"highway": "primary", "ice_road": "yes"}, "status", "seasonal"),
        ({"highway": "primary", "access": "no", "motor_vehicle": "yes"}, "allowed_uses", "lorry|car"),
        ({"highway": "primary", "motorcar": "no"}, "allowed_uses", "lorry"),
        ({"highway": "primary", "maxspeed__forward": "90", "maxspeed__backward": "70"}, "free_speed_kmh", 70.0),
        ({"railway": "construction", "construction__railway": "rail", "access": "no"}, "status", "planned"),
        ({"disused__railway": "rail"}, "status", "closed"),
        ({"railway": "rail", "disused": "yes"}, "status", "closed"),
        ({"railway": "rail", "disused": "no"}, "status", "operational"),
        ({"railway": "disused", "disused": "yes", "disused__railway": "rail"}, "status", "closed"),
        ({"highway": "primary", "disused": "yes"}, "status", "closed"),
        ({"highway": "primary", "maxspeed": "GB:zone20"}, "free_speed_kmh", 32.18688),
        ({"highway": "primary", "maxspeed": "US:25"}, "free_speed_kmh", 40.2336),
        ({"highway": "primary", "maxspeed": "DE:zone:30"}, "free_speed_kmh", 30.0),
        ({"railway": "rail", "usage": "industrial"}, "allowed_uses", "freight"),
        ({"railway": "rail", "usage": "industrial", "passenger_lines": "1"}, "allowed_uses", "freight|passenger"),
        ({"railway": "rail", "railway__traffic_mode": "freight"}, "allowed_uses", "freight"),
        ({"railway": "rail", "usage": "main", "access": "no"}, "facility_type", "main"),
        ({"railway": "rail", "access": "private"}, "status", "operational"),
        ({"railway": "rail", "electrified": "no"}, "electrified", "no"),
        ({"railway": "rail", "gauge": "1520;1435"}, "gauge_mm", 1520),
        ({"route": "ferry"}, "allowed_uses", "passenger"),
        ({"route": "ferry", "motor_vehicle": "yes"}, "allowed_uses", "freight|passenger|lorry|car"),
        ({"route": "ferry", "foot": "no", "hgv": "yes"}, "allowed_uses", "freight|lorry"),
        ({"route": "ferry", "highway": "primary", "duration": "01:00"}, "facility_type", "ferry"),
        ({"route": "ferry", "highway": "primary_link"}, "allowed_uses", "freight|passenger|lorry|car"),
        ({"route": "ferry", "highway": "primary", "motor_vehicle": "no"}, "allowed_uses", "passenger"),
        ({"route": "ferry", "highway": "footway"}, "allowed_uses", "passenger"),
        ({"route": "ferry", "proposed__highway": "primary"}, "allowed_uses", "passenger"),
        ({"route": "ferry", "disused": "yes", "seasonal": "yes"}, "status", "closed"),
    ],
)  # fmt: skip
def test_a_tag_becomes_a_column(said, column, value):
    assert way(**said)[column] == value


@pytest.mark.parametrize(
    "said",
    [
        {"highway": "footway"}, {"highway": "residential"}, {"highway": "primary", "access": "private"},
        {"highway": "primary", "area": "yes"}, {"highway": "construction"}, {"highway": "abandoned"},
        {"railway": "tram"}, {"railway": "rail", "service": "yard"}, {"railway": "abandoned"}, {"railway": "razed"},
        {"route": "ferry", "foot": "no"}, {"building": "yes"},
        {"route": "ferry", "highway": "primary", "foot": "no", "motor_vehicle": "no"},
    ],
)  # fmt: skip
def test_a_way_is_left_out(said):
    assert way(**said) is None


@pytest.mark.parametrize("gone", tags.GONE)
@pytest.mark.parametrize(
    "said",
    [
        {"railway": "rail"}, {"highway": "primary"}, {"route": "ferry"},
        {"railway": "disused", "disused__railway": "rail"}, {"disused__railway": "rail"},
        {"railway": "construction", "construction": "rail"}, {"proposed__highway": "trunk"},
    ],
)  # fmt: skip
def test_what_is_gone_is_left_out_at_every_stage(said, gone):
    assert way(**said) is not None
    assert way(**said, **{gone: "no"}) is not None
    assert way(**said, **{gone: "yes"}) is None


@pytest.mark.parametrize(
    ("said", "modes"),
    [
        ({"railway": "rail", "highway": "tertiary"}, ["road operational", "rail operational"]),
        ({"disused:railway": "rail", "highway": "primary"}, ["road operational", "rail closed"]),
        ({"railway": "rail", "proposed:highway": "primary"}, ["road planned", "rail operational"]),
        ({"railway": "rail", "highway": "primary", "access": "no"}, ["rail operational"]),
        ({"railway": "rail", "highway": "primary", "service": "spur"}, ["road operational"]),
        ({"railway": "rail", "highway": "residential"}, ["rail operational"]),  # not one of the classes asked for
        ({"railway": "rail", "route": "ferry"}, ["rail operational"]),
        ({"highway": "primary", "route": "ferry"}, ["sea operational"]),
    ],
)
def test_a_way_may_be_road_and_railway(said, modes):
    found = [columns for columns, _ in tags.way_rows("w7", said.get, ROADS)]
    assert [f"{columns['mode']} {columns['status']}" for columns in found] == modes
    assert [columns["way_id"] for columns in found] == ["w7", "w7-rail"][: len(modes)]


def test_a_bridge_for_trains_and_cars_carries_both(tmp_path):
    """A railway, a street with rails, a railway; the street goes on as a road: two lines from end to end."""
    nodes = {n: (60.0 + n / 10, 50.2) for n in (1, 2, 3, 4)} | {5: (60.2, 50.1), 6: (60.3, 50.1)}
    lines = {
        1: ([1, 2], {"railway": "rail"}),
        2: ([2, 3], {"railway": "rail", "highway": "tertiary", "oneway": "-1"}),
        3: ([3, 4], {"railway": "rail"}),
        4: ([5, 2], {"highway": "tertiary"}),
        5: ([3, 6], {"highway": "tertiary"}),
    }
    found = read_osm(write_osm(tmp_path / "bridge.osm.pbf", nodes, lines))
    assert segments(found) == {("w1", 1, 2), ("w2", 3, 2), ("w2-rail", 2, 3), ("w3", 3, 4), ("w4", 5, 2), ("w5", 3, 6)}
    assert not found.ways.set_index("way_id").loc["w2-rail", "directed"]


@pytest.mark.parametrize("stage", tags.LIFECYCLE)
def test_a_cycleway_on_a_railway_that_was_or_will_be(stage, tmp_path):
    lines = {1: ([1, 2], {"highway": "cycleway", f"{stage}:railway": "rail"}), 2: ([1, 2], {"highway": "cycleway"})}
    found = read_osm(write_osm(tmp_path / "cycle.osm.pbf", {1: (60.0, 50.0), 2: (60.1, 50.0)}, lines)).ways
    assert found[["way_id", "mode", "status"]].values.tolist() == [["w1", "rail", tags.LIFECYCLE[stage]]]


def test_every_class_of_the_tables_is_one_of_the_schema():
    from corridors.model.schema import FACILITIES_OF, TABLES, USES

    links = TABLES["links"]
    assert set(tags.ROADS.values()) == set(FACILITIES_OF["road"])
    assert {kind for kind, _ in tags.RAIL_USAGES.values()} == set(FACILITIES_OF["rail"])
    assert set(tags.SURFACES.values()) == set(links.column("surface").allowed)
    assert {use for _, uses in tags.RAIL_USAGES.values() for use in uses.split("|")} <= set(USES)
    assert {*tags.ROAD_ACCESS, *tags.FERRY_ACCESS} <= set(USES)
    assert set(tags.LIFECYCLE.values()) <= set(links.column("status").allowed)


def test_the_help_names_every_class_of_road():
    from corridors.cli.build_osm import _CLASSES

    assert (*tags.ROADS, "none") == _CLASSES


def test_roads_down_to_a_class(drawn):
    def facilities(roads: str) -> set[str]:
        table = read_osm(drawn, roads=roads).ways
        return set(table.loc[table["mode"] == "road", "facility_type"])

    assert facilities("none") == set()
    assert facilities("trunk") == {"motorway", "trunk"}
    assert facilities("tertiary") == {"motorway", "trunk", "primary", "secondary"}
    with pytest.raises(UsageError, match="expected one of"):
        read_osm(drawn, roads="path")


def tag_table() -> str:
    """What the page on building shows of the tables."""

    def by_value(table: dict[str, str]) -> str:
        found: dict[str, list[str]] = {}
        for key, value in table.items():
            found.setdefault(value, []).append(f"`{key}`")
        return "; ".join(f"{', '.join(keys)}: {value}" for value, keys in found.items())

    def listed(values: object) -> str:
        return ", ".join(f"`{v}`" for v in values)

    usages = "; ".join(
        f"{f'`{usage}`' if usage else 'without'}: {facility}, {uses.replace('|', ' and ')}"
        for usage, (facility, uses) in tags.RAIL_USAGES.items()
    )
    access = "; ".join(f"{use}: {listed(keys)}" for use, keys in tags.ROAD_ACCESS.items())
    ferry = "; ".join(f"{use}: {listed(keys)}" for use, keys in tags.FERRY_ACCESS.items())
    oneway = {1: "along the way", -1: "against it", 0: "both ways"}
    implied = ", ".join(f"`{key}={value}`" for key, values in tags.ONEWAY_IMPLIED.items() for value in values)
    spots: dict[str, list[str]] = {}
    for key, value, kind in [
        *(("place", p, k) for p, k in tags.PLACES.items()),
        *((*s, k) for s, k in tags.SPOTS.items()),
    ]:
        spots.setdefault(kind, []).append(f"`{key}={value}`")
    names = "; ".join(f"{column}: {listed(keys)}" for column, keys in tags.NAMES.items())
    rows = [
        ("`highway`, with its `_link`", "road, facility type", by_value(tags.ROADS)),
        ("`railway=rail` by `usage`", "rail, facility type and uses", usages),
        (
            "`railway:traffic_mode`, `passenger_lines`",
            "uses of a railway",
            "`freight`, `passenger` or `mixed`; `passenger_lines` of 1 or more: freight and passenger",
        ),
        ("`service` of a railway", "left out", listed(tags.RAIL_SERVICES)),
        (
            "`railway` and `highway` on one way",
            "rail and road",
            "two links over the same points, the railway's with `-rail` behind the number of the way",
        ),
        ("`access` of a railway", "nothing", "says who may walk there, not which trains run"),
        (
            "`route=ferry`, also with `highway`",
            "sea, ferry",
            "`duration` gives its speed; a way that is not whole in the file keeps none",
        ),
        (
            "lifecycle: `railway=disused` with `disused=rail`, or `disused:railway=rail`",
            "status",
            f"{by_value(tags.LIFECYCLE)}; `disused=yes` beside the value: closed; abandoned, razed, dismantled and {listed(f'{key}=yes' for key in tags.GONE)}: left out at every stage; so is a border control not in use",
        ),
        (listed(tags.SEASONAL), "status of a road", "anything but `no`: seasonal"),
        (
            "access to a road",
            "allowed uses",
            f"the first key that is there decides; {access}; kept out by {listed(sorted(tags.NO_ACCESS))}; a road for nobody is left out",
        ),
        (
            "access to a ferry",
            "allowed uses",
            f"{ferry}; where no key is there: {' and '.join(tags.FERRY_DEFAULT)}, with a class of `highway` from above all of them",
        ),
        (
            "`oneway`",
            "directed",
            "; ".join(
                f"{listed(k for k, v in tags.ONEWAY.items() if v == way)}: {text}" for way, text in oneway.items()
            )
            + f"; without it {implied} are one-way",
        ),
        (
            "`maxspeed`, else the lower of `maxspeed:forward` and `maxspeed:backward`",
            "free speed",
            f"units {listed(u for u in values.SPEED_UNITS if u)}; `CC:zone30`, in mph in {', '.join(values.MPH_COUNTRIES)}; "
            + ", ".join(f"`{k}` {v}" for k, v in values.SPEED_ZONES.items())
            + "; others: that of the class",
        ),
        ("`lanes`, `tracks`, `gauge`", "lanes, tracks, gauge", "the first number"),
        ("`surface`", "surface", by_value(tags.SURFACES)),
        ("`electrified`", "electrified", by_value(tags.ELECTRIFIED)),
        *((", ".join(shown), "spot", kind.replace("_", " ")) for kind, shown in spots.items()),
        ("several of these on one point", "several spots", "the second with its kind behind its number: `n7-station`"),
        ("names", "names of spots and areas", f"{names}; `old_name` where there is no `name`"),
        (listed(tags.OTHER_NAMES), "further names of spots", "each part between semicolons"),
        (
            "`boundary=administrative`",
            "country, region",
            f"`admin_level=2` with {listed(tags.COUNTRY_CODES)}; `admin_level=4` with {listed(tags.REGION_CODES)}",
        ),
    ]
    lines = ["| tag | becomes | values |", "| --- | --- | --- |"]
    lines += [f"| {tag} | {what} | {said} |" for tag, what, said in rows]
    return "\n".join(lines)


def test_the_page_shows_the_tables_as_they_are():
    assert tag_table() in DOCS.read_text("utf-8"), f"docs/build.md should have:\n{tag_table()}"


# --- what is wrong with a file -------------------------------------------------------------------

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    + ']><osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="&a11;"/></node></osm>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY x SYSTEM "file:///etc/passwd">]><osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="&x;"/></node></osm>'
NO_WAYS = '<osm version="0.6"><node id="1" lat="50" lon="60"/></osm>'
HISTORY = '<osmChange version="0.6"><create><node id="1" version="1" lat="1" lon="1"/></create></osmChange>'
BAD = {
    "truncated.osm.pbf": lambda pbf: pbf[: len(pbf) * 2 // 3],
    "half-a-head.osm.pbf": lambda pbf: pbf[:3],
    "corrupted.osm.pbf": lambda pbf: pbf[:400] + b"\0" * 50 + pbf[450:],
    "empty.osm.pbf": lambda _: b"",
    "empty.osm": lambda _: b"",
    "zipped.osm.pbf": lambda pbf: b"PK\x03\x04" + pbf,
    "archive.zip": lambda pbf: b"PK\x03\x04" + pbf,
    "picture.osm.pbf": lambda _: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "picture.osm": lambda _: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "text.osm.pbf": lambda _: b"once upon a time " * 30,
    "text.osm": lambda _: b"once upon a time " * 30,
    "page.osm": lambda _: b"<html><body>404</body></html>",
    "noversion.osm": lambda _: b'<osm><node id="1" lat="1" lon="1"/></osm>',
    "cut.osm": lambda _: NO_WAYS.encode()[:-8],
    "place.osm": lambda _: b'<osm version="0.6"><node id="1" lat="195" lon="1"/></osm>',
    "number.osm": lambda _: b'<osm version="0.6"><node id="one" lat="5" lon="1"/></osm>',
    "laughs.osm": lambda _: LAUGHS.encode(),
    "laughs.osm.gz": lambda _: gzip.compress(LAUGHS.encode()),
    "outside.osm": lambda _: OUTSIDE.encode(),
    "changes.osc": lambda _: HISTORY.encode(),
    "changes.osm": lambda _: HISTORY.encode(),
    "cut.opl": lambda _: b"n1 x60 y50\nn2 x61 y50\nw1 Trailway=rail Nn1,n",
    "cut-within.opl": lambda _: b"n1 x60 y50\nn2 x61 y\nw1 Trailway=rail Nn1,n2\n",
    "cut.osm.gz": lambda _: gzip.compress(NO_WAYS.encode() * 20)[:-20],
    "cut.osm.bz2": lambda _: bz2.compress(NO_WAYS.encode())[:-9],
    "not-gz.osm.gz": lambda _: b"plain",
    "nothing.osm": lambda _: NO_WAYS.encode(),
    "nothing-at-all.osm": lambda _: b'<osm version="0.6"/>',
    "table.csv": lambda _: b"a,b\n1,2\n",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_nothing_is_written(name, drawn, tmp_path):
    file = tmp_path / name
    file.write_bytes(BAD[name](drawn.read_bytes()))
    done = run("build", "osm", file, tmp_path / "net", "--countries", "RU,KZ")
    assert done.code == 3, done
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(f"corridors: {file}: ")
    assert "passwd" not in done.err
    assert "root:" not in done.err
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("suffix", [".opl", ".opl.gz", ".opl.bz2"])
def test_an_opl_file_is_whole_or_refused(suffix, ways, drawn, tmp_path):
    """Cut anywhere but at the end of a line, which nothing tells from a shorter file."""
    text = two_countries(tmp_path / "whole.opl").read_bytes()
    pack = {".opl": bytes, ".opl.gz": gzip.compress, ".opl.bz2": bz2.compress}[suffix]
    file = tmp_path / f"cut{suffix}"
    file.write_bytes(pack(b"# by hand\n\n" + text))
    assert segments(read_osm(file)) == segments(ways)
    for cut in range(1, len(text), 1 if suffix == ".opl" else 97):
        if text[cut - 1 : cut] != b"\n":
            file.write_bytes(pack(text[:cut]))
            line = text[:cut].count(b"\n") + 1
            with pytest.raises(DataError, match=rf": line {line}, '.+': cut off, expected a whole line and a newline$"):
                read_osm(file)
    if suffix != ".opl":
        file.write_bytes(pack(text)[:-20])
        with pytest.raises(DataError, match="damaged"):
            read_osm(file)


def test_a_bad_file_after_a_good_one_leaves_nothing_either(keeping, drawn, tmp_path):
    bad = tmp_path / "bad.osm.pbf"
    bad.write_bytes(BAD["truncated.osm.pbf"](drawn.read_bytes()))
    done = run("build", "osm", drawn, bad, tmp_path / "net", "--countries", "RU,KZ")
    assert (done.code, len(done.err.splitlines())) == (3, 1)
    assert [p.name for p in tmp_path.iterdir()] == ["bad.osm.pbf"]


@pytest.mark.parametrize("lang", ["ru", "kk"])
@pytest.mark.parametrize(
    "name", ["empty.osm", "archive.zip", "cut-within.opl", "picture.osm", "text.osm", "nothing.osm", "zipped.osm.pbf"]
)
def test_what_is_wrong_is_said_in_all_languages(name, lang, drawn, tmp_path):
    file = tmp_path / name
    file.write_bytes(BAD[name](drawn.read_bytes()))
    done = run("build", "osm", file, tmp_path / "net", "--countries", "RU,KZ", "--lang", lang)
    assert done.code == 3
    assert not re.search(r"expected|damaged|empty:|archive,|picture,|unknown|railway", done.err.replace(str(file), ""))
    assert re.search(r"[а-яқғңәөү]{4}", done.err)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["nowhere.osm.pbf", "net", "--countries", "RU,KZ"], 3),
        ([".", "net", "--countries", "RU,KZ"], 3),
        (["-", "net", "--countries", "RU,KZ"], 3),
        (["http://127.0.0.1:9/x.osm.pbf", "net", "--countries", "RU,KZ"], 3),
        (["two.osm.pbf", "net", "--countries", "QQ,SE"], 3),
        (["two.osm.pbf", "net", "--countries", "RU,RU"], 2),
        (["two.osm.pbf", "net", "--countries", "Russia"], 2),
        (["two.osm.pbf", "net", "--countries", "../x"], 2),
        (["two.osm.pbf", "net", "--countries", ""], 2),
        (["two.osm.pbf", "net"], 2),
        (["two.osm.pbf", "--countries", "RU"], 2),
        (["two.osm.pbf", "net", "--countries", "RU", "--roads", "path"], 2),
        (["two.osm.pbf", "net", "--countries", "RU", "--join-gaps", "-1"], 2),
        (["two.osm.pbf", "net", "--countries", "RU", "--join-gaps", "inf"], 2),
        (["two.osm.pbf", "net", "--countries", "RU", "--boundaries", "no.gpkg"], 3),
        (["two.osm.pbf", "net", "--countries", "RU", "--boundaries", "two.osm.pbf.txt"], 3),
        (["two.osm.pbf", "two.osm.pbf", "--countries", "RU,KZ"], 4),
        (["two.osm.pbf", ".", "--countries", "RU,KZ"], 4),
        (["two.osm.pbf", "/proc/net-of-mine", "--countries", "RU,KZ"], 4),
        (["two.osm.pbf", "two.osm.pbf/net", "--countries", "RU,KZ"], 4),
    ],
)  # fmt: skip
def test_a_bad_question_is_one_line_and_nothing_is_written(asked, code, drawn, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.osm.pbf").write_bytes(drawn.read_bytes())
    (tmp_path / "two.osm.pbf.txt").write_text("no outlines")
    done = run("build", "osm", *asked)
    assert done.code == code, done
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["two.osm.pbf", "two.osm.pbf.txt"]


def test_without_osmium_the_extra_is_named(drawn, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "osmium", None)
    done = run("build", "osm", drawn, tmp_path / "net", "--countries", "RU,KZ")
    assert done.code == 2
    assert "corridors[osm]" in done.err
    assert not [*tmp_path.iterdir()]


def test_a_hostile_map_stays_in_its_folder(tmp_path):
    """Names that look like paths, markup or terminal codes are text and nothing else."""
    evil = "../../../../tmp/evil\x1b[31m<script>"
    nodes = {
        n: (*where[:2], {**(where[2] if len(where) > 2 else {}), "name": evil, "name:en": evil})
        for n, where in NODES.items()
    }
    lines = {
        w: (refs, {**said, "name": evil, "ref": evil, "operator": evil} if said else {})
        for w, (refs, said) in WAYS.items()
    }
    relations = {r: (members, {**said, "name": evil, "name:en": evil}) for r, (members, said) in RELATIONS.items()}
    file = write_osm(tmp_path / "evil.osm.pbf", nodes, lines, relations)
    (tmp_path / "deep").mkdir()
    done = run("build", "osm", file, tmp_path / "deep" / "net", "--countries", "RU,KZ")
    assert done.code == 0, done
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deep", "evil.osm.pbf"]
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["net"]
    network = co.load(tmp_path / "deep" / "net")
    ids = [*network.nodes.index, *network.links.index, *network.places.index, *network.crossings.index]
    assert not [i for i in ids if not re.fullmatch(r"[\w.-]+", i)]


def test_damage_anywhere_is_an_error_or_a_map(drawn, tmp_path):
    """A byte changed at each of many places: read whole, or DataError; nothing else ever."""
    whole = drawn.read_bytes()
    file = tmp_path / "d.osm.pbf"
    random = np.random.default_rng(1)
    said = []
    for at in random.integers(0, len(whole), 150):
        file.write_bytes(whole[:at] + bytes([random.integers(256)]) + whole[at + 1 :])
        try:
            read_osm(file)
        except DataError as error:
            said.append(str(error))
    assert len(said) > 20
    assert all(text.startswith(f"{file}: ") for text in said)
