"""The commands do what the contract says: every command and format, options, files, help."""

from __future__ import annotations

import csv
import functools
import io
import itertools
import json
import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
import toy

from corridors.cli.app import app
from corridors.cli.main import main
from corridors.model.geo import great_circle_km
from corridors.sources import tables

ROOT = Path(__file__).resolve().parents[1]
_REAL_LOAD = tables.load

KURGAN, OMSK = (55.44, 65.34), (54.98, 73.36)
ZONES = """zone_id,name,y_coord,x_coord,population
kgn,Курган,55.44,65.34,300000
oms,Омск,54.98,73.36,1100000
chb,Челябинск,55.16,61.40,1180000
nsk,Новосибирск,55.03,82.92,1630000
ppk,Петропавл,54.87,69.15,220000
ast,Астана,51.16,71.43,1350000
"""


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str


@functools.cache
def _default_network(language: str):
    return _REAL_LOAD(language=language)


def _load(network=None, data=None, *, check=None, language="en"):
    """Read the default network once for all tests, anything else as the commands do."""
    if network is None and data is None and check is None and language in tables.LANGUAGES:
        return _default_network(language)
    return _REAL_LOAD(network, data, check=check, language=language)


def run(*arguments: object) -> Ran:
    """Run the command line in this process; any exception but SystemExit is a failure of the test."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with patch("corridors.sources.tables.load", _load), redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(a) for a in arguments])
        except SystemExit as leaving:
            code = leaving.code
        else:
            code = None
    for stream in (out, err):
        stream.flush()
    return Ran(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode("utf-8", "backslashreplace"))


def command_line() -> list[str]:
    """Return how a shell would start us."""
    script = Path(sys.executable).with_name("corridors")
    return [str(script)] if script.exists() else [sys.executable, "-c", "from corridors.cli import main; main()"]


def spawn(*arguments: object, **options) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    options = {"capture_output": True, "timeout": 120} | options
    return subprocess.run([*command_line(), *map(str, arguments)], check=False, **options)


@functools.cache
def answer(*arguments: str) -> Ran:
    """Run a command that must succeed and say nothing on stderr."""
    ran = run(*arguments)
    assert ran.code == 0, ran.err
    assert ran.err == ""
    return ran


def ask(*arguments: object):
    """Return the JSON answer of a command."""
    return json.loads(answer(*map(str, arguments), "--format", "json").out, parse_constant=_no_constant)


def _no_constant(name: str):
    raise AssertionError(f"{name} is not JSON")


def rows_of(text: str) -> list[dict[str, str]]:
    """Return CSV text as rows, checking that all have the width of the header."""
    cells = list(csv.reader(io.StringIO(text), strict=True))
    assert len(cells) > 1
    assert len(set(cells[0])) == len(cells[0])
    assert {len(row) for row in cells} == {len(cells[0])}
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def command_names() -> list[str]:
    """Commands and groups of commands."""
    return [*_names_in(app), *(group.typer_instance.info.name for group in app.registered_groups)]


def subcommands() -> list[tuple[str, str]]:
    """Commands of groups, each with the name of its group."""
    groups = [group.typer_instance for group in app.registered_groups]
    return [(group.info.name, name) for group in groups for name in _names_in(group)]


def _names_in(application) -> list[str]:
    return [c.name or c.callback.__name__ for c in application.registered_commands]


@pytest.fixture(scope="module")
def zones(tmp_path_factory) -> str:
    file = tmp_path_factory.mktemp("zones") / "zones.csv"
    file.write_text(ZONES, "utf-8")
    return str(file)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory) -> str:
    file = tmp_path_factory.mktemp("scenario") / "shut.toml"
    file.write_text('note = "Transsib shut"\nclose = ["rail-gorbunovo-mamlyutka"]\n', "utf-8")
    return str(file)


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    """An editable copy of the default network; copy it before changing it."""
    folder = tmp_path_factory.mktemp("own") / "network of mine"
    assert run("init", folder).code == 0
    return folder


def write_toy(folder: Path, *, waits: bool) -> Path:
    """Write a network of four towns and two crossings, as a user's own directory."""
    net = toy.network(
        "a RU RU-A 30 at=55,60\nb RU RU-A 20 at=55,64\nc KZ KZ-C 10 at=54,62\nd KZ KZ-C 9 at=53,63\n"
        "x at=54.5,61\ny at=54.5,63",
        "a x 100\nx c 90\nb y 100\ny c 90\nc d 150\na b 400",
        "x RU>KZ entry 5\nx KZ>RU entry 5" if waits else "",
        periods=[{"object_id": "a-b", "from": "2010", "attribute": "status", "value": "operational"}] if waits else [],
    )
    tables.write(net, folder)
    return folder


@pytest.fixture(scope="module")
def toy_folder(tmp_path_factory) -> Path:
    return write_toy(tmp_path_factory.mktemp("toy") / "toy", waits=False)


# --- every command in every format -------------------------------------------------------------

QUESTIONS = {
    "info": [],
    "route": ["Курган", "Omsk", "--mode", "rail", "--alternatives", "1"],
    "matrix": ["--zones", "ZONES"],
    "reach": ["Petropavl", "--hours", "12", "--zones", "ZONES"],
    "transit": ["RU", "--through", "KZ", "--mode", "rail", "--zones", "ZONES"],
    "crossings": ["--zones", "ZONES"],
    "regions": ["--zones", "ZONES"],
    "timeline": ["RU", "--through", "KZ", "--mode", "rail", "--from", "2003", "--to", "2005", "--zones", "ZONES"],
    "claims": [],
    # of the contract, and tested as soon as it is there
    "compare": ["SCENARIO"],
}
OTHERS = {"map", "report", "validate", "init", "explore", "build", "export"}


def _question(name: str, zones: str, scenario: str) -> list[str]:
    return [name, *({"ZONES": zones, "SCENARIO": scenario}.get(a, a) for a in QUESTIONS[name])]


def _existing() -> list[str]:
    return [name for name in QUESTIONS if name in command_names()]


def test_every_command_is_known_here():
    assert set(command_names()) <= set(QUESTIONS) | OTHERS
    assert set(command_names()) >= {"info", "route", "matrix", "reach", "transit", "crossings", "regions", "init"}


@pytest.mark.parametrize("name", _existing())
def test_json_is_json(name, zones, scenario):
    found = ask(*_question(name, zones, scenario))
    assert found
    assert all(re.fullmatch(r"[a-z0-9_]+|km_[A-Z]{2}", key) for key in _keys(found)), _keys(found)


def _keys(value) -> set[str]:
    """Return the keys of objects that are not keyed by names (countries, sources, settings)."""
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    if not isinstance(value, dict):
        return set()
    free = {"km_by_country", "km_by_mode", "dependency_by_saving", "settings", "guessed", "assumptions_set"}
    return set(value) | set().union(*(_keys(v) for k, v in value.items() if k not in free))


@pytest.mark.parametrize("name", _existing())
def test_csv_is_csv(name, zones, scenario):
    rows = rows_of(answer(*_question(name, zones, scenario), "--format", "csv").out)
    assert not any(cell in {"nan", "None", "inf", "NaN", "<NA>"} for row in rows for cell in row.values())


@pytest.mark.parametrize("name", _existing())
def test_table_is_readable(name, zones, scenario):
    text = answer(*_question(name, zones, scenario)).out
    assert len(text.splitlines()) > 3
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|Traceback|\x1b", text)


@pytest.mark.parametrize("name", _existing())
def test_json_and_csv_have_the_same_rows(name, zones, scenario):
    found = ask(*_question(name, zones, scenario))
    count = len(rows_of(answer(*_question(name, zones, scenario), "--format", "csv").out))
    if isinstance(found, dict):
        found = next(
            (found[k] for k in ("routes", "zones", "by_region", "pairs", "years") if isinstance(found.get(k), list)),
            None,
        )
    if found is not None:
        assert len(found) == count


@pytest.mark.parametrize("name", _existing())
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_output_writes_the_file_and_prints_nothing(name, form, zones, scenario, tmp_path):
    file = tmp_path / "out.txt"
    question = [*_question(name, zones, scenario), "--format", form]
    ran = run(*question, "--output", file)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert file.read_text("utf-8") == answer(*question).out
    assert [f.name for f in tmp_path.iterdir()] == ["out.txt"]


# --- the JSON of the contract -------------------------------------------------------------------

ROUTE_KEYS = {"origin", "destination", "mode", "minimize", "scenario", "as_of", "routes"}
EACH_ROUTE = {
    "rank", "distance_km", "time_h", "cost_usd", "border_wait_h", "km_by_country", "km_by_mode", "crossings", "legs",
    "co2_kg_per_t",
}  # fmt: skip
TRANSIT_KEYS = {
    "country", "through", "mode", "minimize", "weights", "pairs", "dependent_pairs", "dependency",
    "dependency_by_saving", "captive_share", "unserved_share", "avoidance_penalty", "foreign_km_share", "by_region",
    "by_crossing", "by_corridor",
}  # fmt: skip
REGION_KEYS = {
    "region_id", "rail_crossings", "road_crossings", "border_length_km", "population", "redundancy",
    "effective_crossings", "exposure",
}  # fmt: skip


def test_route_json():
    found = ask("route", "Курган", "Omsk", "--mode", "rail", "--minimize", "distance", "--alternatives", "2")
    assert set(found) >= ROUTE_KEYS
    assert (found["mode"], found["minimize"], found["scenario"]) == ("rail", "distance", "baseline")
    assert [r["rank"] for r in found["routes"]] == list(range(1, len(found["routes"]) + 1))
    for route in found["routes"]:
        assert set(route) >= EACH_ROUTE
        for crossing in route["crossings"]:
            assert set(crossing) >= {"crossing_id", "name", "wait_h"}
        for leg in route["legs"]:
            assert set(leg) >= {"from", "to", "mode", "link_ids", "name", "length_km", "time_h", "country"}
    assert [c["crossing_id"] for c in found["routes"][0]["crossings"]] == [
        "rail-gorbunovo-mamlyutka",
        "rail-karaguga-isilkul",
    ]


@pytest.mark.parametrize("ends", [("Курган", "Omsk"), ("Samara", "Almaty"), ("55.3,66", "Astana")])
@pytest.mark.parametrize("mode", ["any", "rail", "road"])
def test_figures_of_a_route_add_up(ends, mode):
    for route in ask("route", *ends, "--mode", mode, "--alternatives", "1")["routes"]:
        legs = route["legs"]
        assert sum(leg["length_km"] for leg in legs) == pytest.approx(route["distance_km"])
        assert sum(leg["time_h"] for leg in legs) + route["border_wait_h"] == pytest.approx(route["time_h"])
        assert sum(c["wait_h"] for c in route["crossings"]) == pytest.approx(route["border_wait_h"])
        inside = {"connector"} if mode == "any" else {mode, "connector", "transfer"}
        assert mode == "any" or {leg["mode"] for leg in legs} <= inside
        for one, two in itertools.pairwise(legs):
            assert one["to"] == two["from"]
        # a crossing stands where the country changes
        at, ends_of_country = 0.0, []
        for one, two in itertools.pairwise(legs):
            at += one["length_km"]
            if one["country"] and two["country"] and one["country"] != two["country"]:
                ends_of_country.append(at)
        assert [c["at_km"] for c in route["crossings"]] == pytest.approx(ends_of_country)


def test_avoiding_a_country_tells_what_it_costs():
    found = ask("route", "Курган", "Omsk", "--mode", "rail", "--minimize", "distance", "--avoid-country", "KZ")
    assert found["routes"][0]["km_by_country"].keys() == {"RU"}
    assert found["routes"][0]["crossings"] == []
    assert found["avoided"]["extra_km"] > 0
    text = answer("route", "Курган", "Omsk", "--mode", "rail", "--minimize", "distance", "--avoid-country", "kz").out
    assert "Avoiding KZ costs" in text


def test_via_is_passed_in_order():
    found = ask("route", "Курган", "Omsk", "--via", "Petropavl", "--via", "Kokshetau", "--mode", "road")
    named = [leg["from"] for leg in found["routes"][0]["legs"]] + [found["routes"][0]["legs"][-1]["to"]]
    direct = ask("route", "Курган", "Omsk", "--mode", "road")["routes"][0]
    assert found["routes"][0]["distance_km"] > direct["distance_km"]
    first = ask("route", "Курган", "Petropavl", "--mode", "road")["routes"][0]["distance_km"]
    then = ask("route", "Petropavl", "Kokshetau", "--mode", "road")["routes"][0]["distance_km"]
    last = ask("route", "Kokshetau", "Omsk", "--mode", "road")["routes"][0]["distance_km"]
    assert found["routes"][0]["distance_km"] == pytest.approx(first + then + last)
    assert named[0] == "Kurgan"
    assert named[-1] == "Omsk"


def test_transit_json(zones):
    found = ask("transit", "ru", "--through", "kz", "--mode", "rail", "--minimize", "distance", "--zones", zones)
    assert set(found) >= TRANSIT_KEYS
    assert (found["country"], found["through"]) == ("RU", "KZ")
    assert set(found["avoidance_penalty"]) >= {"mean", "median", "max"}
    assert {float(k) for k in found["dependency_by_saving"]} >= {0.01, 0.05, 0.1, 0.25}
    savings = [v for _, v in sorted(found["dependency_by_saving"].items(), key=lambda kv: float(kv[0]))]
    assert savings == sorted(savings, reverse=True)
    assert 0 < savings[0] <= found["dependency"] <= 1
    assert found["pairs"] == 12
    assert found["by_region"][0]["region_id"]
    assert found["by_crossing"][0]["crossing_id"]
    assert found["by_corridor"][0]["corridor_id"]


def test_crossings_json(zones):
    found = ask("crossings", "--zones", zones)
    for row in found:
        assert next(iter(row)) == "crossing_id"
        assert all(not isinstance(v, (dict, list)) for v in row.values())
    assert [r["rank"] for r in found] == sorted(r["rank"] for r in found)
    keys = [(-r["unserved_share"], -r["criticality"]) for r in found]
    assert all(a <= (b[0] + 1e-12, b[1] + 1e-9) for a, b in itertools.pairwise(keys))


def test_regions_json(zones):
    found = ask("regions", "--zones", zones)
    for row in found:
        assert next(iter(row)) == "region_id"
        assert set(row) >= REGION_KEYS
        assert all(not isinstance(v, (dict, list)) for v in row.values())
    assert {r["region_id"][:2] for r in found} == {"RU", "KZ"}
    assert {r["region_id"][:2] for r in ask("regions", "--zones", zones, "--country", "kz")} == {"KZ"}


def test_matrix_has_every_ordered_pair(zones):
    rows = rows_of(answer("matrix", "--zones", zones, "--format", "csv").out)
    assert len({(r["origin"], r["destination"]) for r in rows}) == 30
    for row in rows:
        assert float(row["km_KZ"]) + float(row["km_RU"]) == pytest.approx(float(row["distance_km"]))


def test_reach_grows_with_hours(zones):
    near, far = (ask("reach", "Petropavl", "--hours", h, "--zones", zones) for h in ("5", "30"))
    assert near["zones_reached"] < far["zones_reached"]
    assert far["population"] <= far["population_without_border"]


# --- routes as files ----------------------------------------------------------------------------

TRIPS = [
    ["Курган", "Omsk", "--mode", "rail"],
    ["Omsk", "Курган", "--mode", "road", "--alternatives", "2"],
    ["Курган", "Omsk", "--via", "Tobolsk", "--mode", "rail"],
    ["Курган", "Omsk", "--via", "Petropavl", "--mode", "road"],
    ["55.44,65.34", "54.98,73.36"],
]


def _check_line(points: list[tuple[float, float]], route: dict) -> None:
    """Check that (lon, lat) points go from Kurgan to Omsk or back, and that no step leaves the road."""
    ends = [(lat, lon) for lon, lat in (points[0], points[-1])]
    towns = [KURGAN, OMSK] if math.dist(ends[0], KURGAN) < math.dist(ends[0], OMSK) else [OMSK, KURGAN]
    for end, town in zip(ends, towns, strict=True):
        assert great_circle_km(*end, *town) < 30
    length = sum(float(great_circle_km(a[1], a[0], b[1], b[0])) for a, b in itertools.pairwise(points))
    assert length <= route["distance_km"] * 1.01 + 1
    assert length >= route["distance_km"] * 0.6


@pytest.mark.parametrize("trip", TRIPS, ids=" ".join)
def test_geojson(trip):
    routes = ask("route", *trip)["routes"]
    document = json.loads(answer("route", *trip, "--format", "geojson").out)
    assert document["type"] == "FeatureCollection"
    assert len(document["features"]) == len(routes)
    for feature, route in zip(document["features"], routes, strict=True):
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "LineString"
        assert feature["properties"]["distance_km"] == pytest.approx(route["distance_km"])
        _check_line(feature["geometry"]["coordinates"], route)


@pytest.mark.parametrize("trip", TRIPS, ids=" ".join)
def test_gpx(trip):
    routes = ask("route", *trip)["routes"]
    root = ET.fromstring(answer("route", *trip, "--format", "gpx").out.encode())
    ns = {"g": "http://www.topografix.com/GPX/1/1"}
    assert root.tag == "{http://www.topografix.com/GPX/1/1}gpx"
    tracks = root.findall("g:trk", ns)
    assert len(tracks) == len(routes)
    for track, route in zip(tracks, routes, strict=True):
        assert track.findtext("g:name", namespaces=ns)
        points = [(float(p.get("lon")), float(p.get("lat"))) for p in track.findall(".//g:trkpt", ns)]
        _check_line(points, route)


def test_route_between_points_near_one_node():
    for form in ("json", "geojson", "gpx", "csv", "table"):
        answer("route", "55.44,65.34", "55.441,65.341", "--format", form)


def test_geojson_to_a_file(tmp_path):
    ran = run("route", "Курган", "Omsk", "--format", "geojson", "--output", tmp_path / "r.geojson")
    assert (ran.code, ran.out) == (0, "")
    assert json.loads((tmp_path / "r.geojson").read_text("utf-8"))["features"]


# --- languages, names ---------------------------------------------------------------------------


def test_language_of_names(zones):
    named = {lang: ask("route", "kurgan", "astana", "--lang", lang) for lang in ("en", "ru", "kk")}
    assert {lang: r["origin"] for lang, r in named.items()} == {"en": "Kurgan", "ru": "Курган", "kk": "Қорған"} or (
        named["en"]["origin"] == "Kurgan" and named["ru"]["origin"] == "Курган"
    )
    assert len({json.dumps(r["routes"][0]["crossings"]) for r in named.values()}) >= 2
    regions = {lang: ask("regions", "--zones", zones, "--lang", lang) for lang in ("en", "ru", "kk")}
    assert len({json.dumps([row["name"] for row in rows]) for rows in regions.values()}) == 3
    for lang in ("ru", "kk"):
        assert {r["region_id"] for r in regions[lang]} == {r["region_id"] for r in regions["en"]}


@pytest.mark.parametrize(
    "name",
    ["kokshetau", "Кокшетау", "Көкшетау", "KOKSHETAU", "Кокчетав", "кокчетав", "Kökşetau", "Kokshetaw", " Kokshetau "],
)
def test_a_place_by_any_name(name):
    ran = run("route", name, "Omsk", "--format", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["origin"] == "Kokshetau"


@pytest.mark.parametrize(("old", "new"), [("Целиноград", "Astana"), ("Kustanai", "Kostanay"), ("Гурьев", "Atyrau")])
def test_old_names(old, new):
    assert ask("route", old, "Omsk")["origin"] == new


def test_a_guess_is_told_on_stderr():
    ran = run("route", "Kurgann", "Omsk", "--format", "json")
    assert ran.code == 0
    assert ran.err == "corridors: 'Kurgann' taken as Kurgan\n"
    assert json.loads(ran.out)["origin"] == "Kurgan"


# --- options that change the question -----------------------------------------------------------

RAIL = ("route", "Курган", "Omsk", "--mode", "rail", "--minimize", "distance")
TRANSSIB = "rail-gorbunovo-mamlyutka"


def _first(*options: object) -> dict:
    return ask(*RAIL, *options)["routes"][0]


def _used(route: dict) -> set[str]:
    return {c["crossing_id"] for c in route["crossings"]}


def test_close():
    assert TRANSSIB in _used(_first())
    assert TRANSSIB not in _used(_first("--close", TRANSSIB))
    assert _first("--close", TRANSSIB)["distance_km"] > _first()["distance_km"]
    both = _first("--close", TRANSSIB, "--close", "rail-karaguga-isilkul")
    assert not _used(both) & {TRANSSIB, "rail-karaguga-isilkul"}
    assert TRANSSIB in ask(*RAIL, "--close", TRANSSIB)["scenario"]


def test_close_region():
    by_id, by_name = _first("--close-region", "KZ-59"), _first("--close-region", "North Kazakhstan Region")
    assert by_id == by_name
    assert not _used(by_id) & {TRANSSIB, "rail-karaguga-isilkul"}


def test_wait_adds_hours():
    base = ask("route", "Курган", "Petropavl", "--mode", "rail")["routes"][0]
    later = ask("route", "Курган", "Petropavl", "--mode", "rail", "--wait", f"{TRANSSIB}=1.25")["routes"][0]
    assert later["border_wait_h"] == pytest.approx(1.25)
    assert later["time_h"] == pytest.approx(base["time_h"] - base["border_wait_h"] + 1.25)


def test_set_changes_an_assumption():
    slow = ask("route", "Курган", "Omsk", "--mode", "rail", "--set", "speed_kmh.rail.main.freight_train=10")
    assert slow["routes"][0]["time_h"] > 1.5 * ask("route", "Курган", "Omsk", "--mode", "rail")["routes"][0]["time_h"]
    assert slow["settings"]["assumptions_set"] == {"speed_kmh.rail.main.freight_train": 10.0}


def test_scenario_file_equals_its_options(tmp_path):
    file = tmp_path / "strike.toml"
    file.write_text(
        f'name = "strike"\nas_of = "2025-06"\nclose = ["{TRANSSIB}"]\nclose_regions = ["KZ-39"]\n'
        '[wait_h]\n"rail-karaguga-isilkul" = 3\n[set]\n"speed_kmh.rail.main.freight_train" = 20\n',
        "utf-8",
    )
    by_file = ask(*RAIL, "--scenario", file)
    by_options = ask(
        *RAIL, "--as-of", "2025-06", "--close", TRANSSIB, "--close-region", "KZ-39",
        "--wait", "rail-karaguga-isilkul=3", "--set", "speed_kmh.rail.main.freight_train=20",
    )  # fmt: skip
    assert by_file["routes"] == by_options["routes"]
    assert by_file["as_of"] == "2025-06"
    assert by_file["scenario"].startswith("strike")
    over = ask(*RAIL, "--scenario", file, "--as-of", "2024", "--set", "speed_kmh.rail.main.freight_train=40")
    assert over["as_of"] == "2024"
    assert over["routes"][0]["time_h"] < by_file["routes"][0]["time_h"]


def test_as_of_knows_what_was_not_yet_built():
    # Khromtau–Altynsarin was opened in 2004 to avoid Russian territory
    trip = ("route", "Khromtau", "Kostanay", "--mode", "rail", "--minimize", "distance")
    today, before = ask(*trip)["routes"][0], ask(*trip, "--as-of", "2003")["routes"][0]
    assert today["km_by_country"].keys() == {"KZ"}
    assert "RU" in before["km_by_country"]
    assert ask(*trip, "--as-of", "2003")["as_of"] == "2003"


def test_as_of_knows_that_abai_was_split_off(zones):
    def ids(date):
        return {r["region_id"] for r in ask("regions", "--zones", zones, "--as-of", date)}

    assert "KZ-10" in ids("2023")
    assert "KZ-10" not in ids("2021")


def test_weights_file(zones, tmp_path):
    file = tmp_path / "weights.csv"
    file.write_text("origin,destination,weight\nkgn,oms,3\nchb,nsk,1\n", "utf-8")
    options = ("transit", "RU", "--through", "KZ", "--mode", "rail", "--minimize", "distance", "--zones", zones)
    found = ask(*options, "--weights", file)
    assert found["pairs"] == 2
    assert found["dependency"] == pytest.approx(1.0)
    assert ask(*options, "--weights", "uniform")["dependency"] != ask(*options)["dependency"]


def test_zones_file_with_bom_and_crlf(zones, tmp_path):
    file = tmp_path / "windows.csv"
    file.write_bytes(b"\xef\xbb\xbf" + ZONES.replace("\n", "\r\n").encode())
    same = answer("matrix", "--zones", str(file), "--format", "csv").out
    assert same == answer("matrix", "--zones", zones, "--format", "csv").out


@pytest.mark.parametrize("vehicle", ["freight", "passenger", "lorry", "car"])
@pytest.mark.parametrize("minimize", ["time", "distance", "cost", "generalised"])
def test_vehicles_and_costs(vehicle, minimize):
    found = ask("route", "Samara", "Astana", "--vehicle", vehicle, "--minimize", minimize)
    assert found["minimize"] == minimize
    assert found["routes"][0]["distance_km"] > 1000


# --- directories --------------------------------------------------------------------------------


def test_init_validate_info(own):
    ran = run("validate", own)
    assert (ran.code, ran.err) == (0, "")
    assert run("validate", own, "--format", "json").code == 0
    assert json.loads(run("validate", own, "--format", "json").out)["problems"] == []
    default, mine = (json.loads(run("info", "--format", "json", *o).out) for o in ((), ("--network", own)))
    assert mine["network"] != default["network"]
    assert {k: v for k, v in mine.items() if k != "network"} == {k: v for k, v in default.items() if k != "network"}
    assert run("info", "--network", own / "network").code == 0
    assert run("info", "--network", own / "network", "--data", own / "data").code == 0
    assert {f.name for f in own.parent.iterdir()} == {own.name}


def _copied(own: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(own, tmp_path / "edited"))


def test_an_edited_table_changes_the_answer(own, tmp_path):
    folder = _copied(own, tmp_path)
    before = json.loads(run(*RAIL, "--network", folder, "--format", "json").out)["routes"][0]
    assert before["distance_km"] == pytest.approx(_first()["distance_km"])
    link = before["legs"][0]["link_ids"][0]
    file = folder / "network" / "links.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = lines[0].rstrip("\n").split(",").index("length_km")
    number = next(i for i, line in enumerate(lines) if line.startswith(link + ","))
    cells = next(csv.reader([lines[number]]))
    cells[at] = str(float(cells[at]) + 1.5)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    lines[number] = text.getvalue()
    file.write_text("".join(lines), "utf-8")
    assert run("validate", folder).code == 0
    after = json.loads(run(*RAIL, "--network", folder, "--format", "json").out)["routes"][0]
    assert after["distance_km"] == pytest.approx(before["distance_km"] + 1.5)


def test_an_edited_assumption_changes_the_answer(own, tmp_path):
    folder = _copied(own, tmp_path)
    file = folder / "data" / "assumptions.toml"
    text = file.read_text("utf-8")
    head = "[speed_kmh.rail.main.freight_train]\nvalue = "
    assert head in text
    file.write_text(re.sub(re.escape(head) + r"\S+", head + "18.0", text), "utf-8")
    ran = run("route", "Курган", "Omsk", "--mode", "rail", "--network", folder, "--format", "json")
    set_by_option = ask("route", "Курган", "Omsk", "--mode", "rail", "--set", "speed_kmh.rail.main.freight_train=18")
    assert json.loads(ran.out)["routes"][0]["time_h"] == pytest.approx(set_by_option["routes"][0]["time_h"])


def test_validate_lists_every_problem(own, tmp_path):
    folder = _copied(own, tmp_path)
    file = folder / "network" / "links.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    header = lines[0].rstrip("\n").split(",")
    row = next(csv.reader([lines[5]]))
    row[header.index("length_km")] = "minus three"
    row[header.index("mode")] = "teleport"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row)
    lines[5] = text.getvalue()
    file.write_text("".join(lines), "utf-8")
    ran = run("validate", folder)
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("corridors: ")
    assert "links.csv, line 6, column length_km: 'minus three'" in ran.out
    assert "links.csv, line 6, column mode: 'teleport'" in ran.out
    listed = json.loads(run("validate", folder, "--format", "json").out)["problems"]
    assert listed == ran.out.splitlines()


def test_round_trip_is_stable(own, tmp_path):
    network = _REAL_LOAD(own)
    tables.write(network, tmp_path / "once")
    tables.write(_REAL_LOAD(tmp_path / "once"), tmp_path / "twice")
    assert run("validate", tmp_path / "once").code == 0
    files = sorted(f.relative_to(tmp_path / "once") for f in (tmp_path / "once").rglob("*") if f.is_file())
    assert len(files) > 12
    for file in files:
        assert (tmp_path / "once" / file).read_bytes() == (tmp_path / "twice" / file).read_bytes(), file
        if file.suffix == ".csv":
            assert _numbers((tmp_path / "once" / file).read_text("utf-8")) == _numbers((own / file).read_text("utf-8"))
    same = run(*RAIL, "--network", tmp_path / "twice", "--format", "json")
    assert json.loads(same.out)["routes"] == ask(*RAIL)["routes"]


def _numbers(text: str) -> list[dict[str, object]]:
    """Return a table as rows, 4 and 4.0 alike."""

    def value(cell: str) -> object:
        return float(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell

    return [{k: value(v) for k, v in row.items() if v} for row in rows_of(text)]


# --- help, version, start -----------------------------------------------------------------------


@pytest.mark.parametrize("name", command_names())
def test_help_has_an_example(name):
    ran = run(name, "--help")
    assert ran.code == 0
    assert ran.err == ""
    assert re.search(rf"Example: corridors {name}\b", ran.out)
    assert run(name, "-h").out == ran.out
    assert max(map(len, ran.out.splitlines())) <= 120


@pytest.mark.parametrize("names", subcommands(), ids=" ".join)
def test_help_of_a_subcommand_has_an_example(names):
    ran = run(*names, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(rf"Example: corridors {' '.join(names)}\b", ran.out)
    assert max(map(len, ran.out.splitlines())) <= 120


def test_no_arguments_print_help():
    ran = run()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == run("--help").out
    assert all(name in ran.out for name in command_names())


def test_version():
    import corridors

    assert run("--version") == Ran(0, f"corridors {corridors.__version__}\n", "")


def test_as_a_program():
    ran = spawn("route", "Курган", "Omsk", "--mode", "rail", "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["origin"] == "Kurgan"


def test_same_answer_whatever_the_hash_seed(zones):
    question = ("crossings", "--zones", zones, "--format", "json")
    elsewhere = spawn(*question, env={**os.environ, "PYTHONHASHSEED": "1"}).stdout.decode()
    assert elsewhere == answer(*question).out


# --- pictures and reports -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("png", ["--route", "Курган", "Omsk", "--mode", "rail", "--alternatives", "1"]),
        ("SVG", ["--transit", "RU", "--through", "KZ", "--mode", "rail", "--lang", "ru"]),
        ("pdf", ["--crossings"]),
        ("png", ["--compare", "petropavl-closed", "--mode", "rail", "--lang", "kk", "--dpi", "50"]),
        ("svg", ["--regions", "exposure_worst", "--mode", "rail", "--as-of", "2020"]),
        ("pdf", ["--regions", "crossings_per_100km"]),
    ],
)
def test_map(suffix, options, toy_folder, tmp_path):
    file = tmp_path / f"map.{suffix}"
    ran = run("map", file, *options, *(["--network", toy_folder] if suffix == "pdf" else []))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    content = file.read_bytes()
    assert content.startswith({"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[suffix.lower()])
    assert len(content) > 10_000
    assert [f.name for f in tmp_path.iterdir()] == [file.name]


def test_a_timeline_is_drawn(zones, tmp_path):
    ran = run(*_question("timeline", zones, ""), "--chart", tmp_path / "years.svg")
    assert ran.code == 0, ran.err
    assert (tmp_path / "years.svg").read_bytes().startswith(b"<?xml")
    wrong = run(*_question("timeline", zones, ""), "--chart", tmp_path / "years.txt")
    assert (wrong.code, wrong.out) == (2, "")


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_coverage_in_every_format(form, monkeypatch):
    monkeypatch.delenv("CORRIDORS_REFERENCE", raising=False)
    text = answer("info", "--coverage", "--format", form).out
    assert "rail_length_known" in text or "Rail km with a published" in text
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b", text)
    if form == "json":
        assert {"measures", "left_out", "settings"} == set(json.loads(text))


def test_markdown_is_for_coverage_only():
    assert run("info", "--format", "markdown").code == 2


def test_a_reference_that_is_not_there(tmp_path):
    ran = run("info", "--coverage", "--reference", tmp_path / "nowhere")
    assert (ran.code, ran.out) == (3, "")
    assert "stations_ru.csv: missing" in ran.err


def test_info_on_a_date():
    now, then = (ask("info", *date) for date in ([], ["--as-of", "2010"]))
    assert then["reference_date"] == "2010" != now["reference_date"]
    assert then["crossings"] != now["crossings"]  # the post at Aleksandrov Gai was closed then


def test_a_network_of_ones_own(toy_folder):
    assert run("validate", toy_folder).code == 0
    ran = run("route", "a", "d", "--network", toy_folder, "--format", "json")
    assert json.loads(ran.out)["routes"][0]["distance_km"] == pytest.approx(340)
    for name in ("info", "matrix", "crossings", "regions"):
        ran = run(name, "--network", toy_folder)
        assert (ran.code, ran.err) == (0, ""), name
        assert "nan" not in ran.out, name


def test_report(toy_folder, tmp_path):
    folder = tmp_path / "report"
    ran = run("report", folder, "--network", toy_folder)
    assert ran.code == 0, ran.err
    assert not re.search("Traceback|Warning", ran.err)
    assert ran.out.count("\n") == 1
    page = (folder / "index.html").read_text("utf-8")
    for target in re.findall(r'(?:href|src)="([^"#:]+)"', page):
        assert (folder / target).is_file(), target
    for file in folder.rglob("*.json"):
        json.loads(file.read_text("utf-8"), parse_constant=_no_constant)
    for file in folder.rglob("*.csv"):
        assert not re.search(r"(^|,)(nan|inf|None)(,|$)", file.read_text("utf-8"), re.MULTILINE), file
    assert not list(tmp_path.rglob(".*"))


@pytest.mark.parametrize(
    "names", [("Russia", "Kazakhstan"), ("Россия", "казахстан"), ("Ресей", "Қазақстан"), ("ru", "kz")]
)
def test_countries_by_code_or_name(names):
    country, through = names
    assert (
        run("transit", country, "--through", through, "--mode", "rail").out
        == run("transit", "RU", "--through", "KZ", "--mode", "rail").out
    )
