"""Whatever a user does wrong: one line on stderr, the right exit code, nothing printed, nothing half-written."""

from __future__ import annotations

import csv
import io
import os
import resource
import signal
import subprocess
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_cli import ZONES, Ran, command_line, command_names, own, run, spawn, write_toy, zones  # noqa: F401  fixtures

TRIP = ("route", "Курган", "Omsk")
TRANSSIB = "rail-gorbunovo-mamlyutka"
DEPENDENCY = ("transit", "RU", "--through", "KZ")
NO_ANSWER, USAGE, DATA, OUTPUT = 1, 2, 3, 4


def check_complaint(ran: Ran, code: int | set[int]) -> str:
    """Check that a run ended with one line on stderr, and return it."""
    assert ran.code in (code if isinstance(code, set) else {code}), ran
    assert ran.out == ""
    assert ran.err.startswith("corridors: ")
    assert ran.err.endswith("\n")
    assert len(ran.err.splitlines()) == 1, ran.err
    assert len(ran.err) > len("corridors: ") + 5
    assert "Traceback" not in ran.err
    assert not [c for c in ran.err[:-1] if unicodedata.category(c) == "Cc"], ascii(ran.err)
    return ran.err


def complain(*arguments: object, code: int | set[int]) -> str:
    return check_complaint(run(*arguments), code)


def finished(process: subprocess.CompletedProcess[bytes]) -> Ran:
    return Ran(process.returncode, (process.stdout or b"").decode(), (process.stderr or b"").decode())


# --- usage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["Route"],
        ["--nope"],
        [""],
        [*TRIP, "--nonsense"],
        [*TRIP, "--mode"],
        [*TRIP, "extra"],
        ["route"],
        ["route", "Omsk"],
        ["reach", "Omsk"],
        ["reach", "--hours", "3"],
        ["transit", "RU"],
        ["transit"],
        ["validate"],
        ["init"],
        ["map"],
        ["report"],
        ["map", "x.png", "--transit", "RU"],
        ["map", "x.png", "--route", "Omsk"],
        ["map", "x.png", "--crossings", "--route", "Omsk", "Kurgan"],
        ["map", "x.png", "--crossings", "--compare", "petropavl-closed"],
        ["map", "x.png", "--compare", "no-such-scenario"],
        ["map", "x.png", "--regions", "beauty"],
        ["map", "x.png", "--regions", ""],
        ["map", "x.png", "--dpi", "many"],
        ["map", "x.png", "--dpi", "0"],
        ["map", "x.png", "--dpi", "nan"],
        ["map", "x.png", "--dpi", "100000"],
        ["info", "--mode", "rail"],
        ["--version=3"],
        ["export"],
        ["export", "x.gpkg"],
        ["export", "--to", "geopackage"],
        ["export", "x.gpkg", "--to", "shapefile"],
        ["export", "x.gpkg", "--to", ""],
        ["export", "x.gpkg", "--to", "GMNS"],
        ["export", "x.txt", "--to", "geojson"],
        ["export", "x", "--to", "graphml"],
        ["export", "x.gpkg", "--to", "geopackage", "--as-of", "soon"],
        ["export", "x.gpkg", "--to", "geopackage", "--lang", "de"],
        ["build"],
        ["build", "nope"],
        ["build", "gmns"],
        ["build", "gmns", "x"],
        ["build", "gmns", "x", "y", "--lang", "de"],
        ["build", "gmns", "x", "y", "--mode", "rail"],
    ],
    ids=" ".join,
)
def test_usage(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    complain(*arguments, code=USAGE)
    assert not list(tmp_path.iterdir())


def test_an_unknown_command_lists_the_known():
    message = complain("rout", code=USAGE)
    assert "'rout'" in message
    assert all(name in message for name in command_names())


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--mode", "bus", "any, rail, road"),
        ("--mode", "RAIL", "any, rail, road"),
        ("--mode", "", "any, rail, road"),
        ("--minimize", "speed", "time, distance, cost, generalised"),
        ("--vehicle", "bicycle", "freight, passenger, lorry, car"),
        ("--format", "xml", "table, json, csv"),
        ("--format", "", "table, json, csv"),
        ("--lang", "de", "en, ru, kk"),
        ("--alternatives", "-1", "-1"),
        ("--alternatives", "x", "'x'"),
        ("--alternatives", "1.5", "'1.5'"),
        ("--alternatives", "nan", "'nan'"),
        ("--alternatives", "", "whole number"),
        ("--alternatives", "9" * 5000, "9"),
        ("--as-of", "2020-13", "YYYY-MM-DD"),
        ("--as-of", "2020-02-30", "YYYY-MM-DD"),
        ("--as-of", "yesterday", "YYYY-MM-DD"),
        ("--as-of", "30.11.2004", "YYYY-MM-DD"),
        ("--as-of", "0000", "YYYY-MM-DD"),
        ("--as-of", "2020-1", "YYYY-MM-DD"),
        ("--as-of", "2020\n", "YYYY-MM-DD"),
        ("--as-of", "", ""),
        ("--wait", "5", "CROSSING=HOURS"),
        ("--wait", "=5", "CROSSING=HOURS"),
        ("--wait", f"{TRANSSIB}=", "expected a number"),
        ("--wait", f"{TRANSSIB}=soon", "expected a number"),
        ("--wait", f"{TRANSSIB}=-1", "-1"),
        ("--wait", f"{TRANSSIB}=nan", ""),
        ("--wait", f"{TRANSSIB}=inf", ""),
        ("--wait", f"{TRANSSIB}=1e999", ""),
        ("--wait", "narnia=3", "narnia"),
        ("--set", "gravity.theta", "KEY=VALUE"),
        ("--set", "=1", "KEY=VALUE"),
        ("--set", "gravity.theta=", "expected a number"),
        ("--set", "gravity.theta=big", "expected a number"),
        ("--set", "gravity.theta=-1", "-1"),
        ("--set", "gravity.theta=nan", "nan"),
        ("--set", "gravity.theta=inf", "inf"),
        ("--set", "gravty.theta=1", "gravity.theta"),
        ("--set", "speed_kmh.rail.main.freight_train=0", "0"),
        ("--close", "narnia", "'narnia'"),
        ("--close", "", ""),
        ("--close", "ozinki", "rail-ozinki-semiglavy-mar"),
        ("--close", "Petropavl", "the nearest is "),  # a town without a crossing
        ("--close-region", "Mars", "'Mars'"),
        ("--close-region", "XX-99", "'XX-99'"),
        ("--close-region", "", ""),
        ("--avoid-country", "ZZ", "KZ, RU"),
        ("--avoid-country", "RU", "RU"),
        ("--avoid-country", "", ""),
        ("--via", "narnia", "'narnia'"),
        ("--via", "", "via"),
    ],
)
def test_an_option_that_cannot_be_used(option, value, told):
    message = complain(*TRIP, f"{option}={value}", code=USAGE)
    assert told in message


def test_a_wait_of_eons_is_no_warning():
    ran = run(*TRIP, "--mode", "rail", "--wait", f"{TRANSSIB}=1e308")
    assert ran.code in {0, USAGE}
    assert len(ran.err.splitlines()) <= 1


@pytest.mark.parametrize("hours", ["-1", "0", "nan", "inf", "-inf", "soon", "", "1h"])
def test_hours_that_cannot_be_used(hours):
    complain("reach", "Omsk", f"--hours={hours}", code=USAGE)


@pytest.mark.parametrize("country", ["ZZ", "Ruslan", "", " ", "KZ,RU", "🇰🇿"])
def test_unknown_country(country):
    complain("transit", country, "--through", "KZ", code=USAGE)
    complain("transit", "RU", "--through", country, code=USAGE)
    complain("regions", "--country", country, code=USAGE)


def test_transit_through_itself():
    complain("transit", "RU", "--through", "ru", code=USAGE)


# --- places -------------------------------------------------------------------------------------

WEIRD = [
    "narnia",
    "",
    " ",
    "   \t ",
    "🚂",
    "a\nb",
    "a\r\nb\x1b[31m",
    "'",
    '"',
    "\\",
    "%s%s%n",
    "{0}",
    "[bold]x[/bold]",
    "../../etc/passwd",
    "'; DROP TABLE places; --",
    "x" * 100_000,
    "\x00",
    "\udcff\udcfe",
    "\u202e",
    "nan,nan",
    "inf,0",
    "1,2,3",
    "55.44;65.34",
    ",",
    "91,0",
    "0,181",
    "0,-181",
    "1e2,5",
    "ÐšÑƒÑ€Ð³Ð°Ð½",
]


@pytest.mark.parametrize("name", WEIRD, ids=lambda n: ascii(n)[:30])
def test_places_that_are_none(name):
    assert "origin" in complain("route", name, "Omsk", code=USAGE)


@pytest.mark.parametrize("name", ["narnia", "", "🚂"])
def test_places_that_are_none_elsewhere(name):
    assert "destination" in complain("route", "Omsk", name, code=USAGE)
    assert "via" in complain(*TRIP, "--via", name, code=USAGE)
    complain("reach", name, "--hours", "5", code=USAGE)


def test_an_unknown_place_is_told_with_what_is_near():
    message = complain("route", "Novosib", "Omsk", code=USAGE)
    assert "'Novosib'" in message
    assert "nearest is Novo" in message


@pytest.mark.parametrize("name", ["Krasny Yar", "Красный Яр", "Pervomaysky"])
def test_an_ambiguous_place_lists_its_candidates(name):
    message = complain("route", name, "Omsk", code=USAGE)
    assert "ambiguous" in message
    assert message.count("(") >= 2


@pytest.mark.parametrize("point", ["0,0", "90,0", "-33.9,151.2", "35.68,139.69", "0,-180"])
def test_points_far_from_everything(point):
    complain("route", "--", "Omsk", point, code=NO_ANSWER)
    complain("route", "--", point, "Omsk", code=NO_ANSWER)


@pytest.mark.parametrize(
    ("one", "other"), [("Курган", "Курган"), ("Курган", "kurgan"), ("55,65", "55,65"), ("55,65", "55.0, 65.00")]
)
def test_same_origin_and_destination(one, other):
    assert "same" in complain("route", one, other, code=USAGE)


def test_a_minus_is_taken_for_an_option_and_told():
    assert "--" in complain("route", "-33.9,151.2", "Omsk", code=USAGE)


def test_every_crossing_shut_is_no_answer(own, tmp_path):  # noqa: F811
    text = (own / "network" / "crossings.csv").read_text("utf-8")
    file = tmp_path / "all.toml"
    listed = ", ".join(f'"{row["crossing_id"]}"' for row in csv.DictReader(io.StringIO(text)))
    file.write_text(f"close = [{listed}]\n", "utf-8")
    assert "no route" in complain("route", "Kurgan", "Astana", "--scenario", file, code=NO_ANSWER)


def test_nowhere_without_a_country():
    message = complain("route", "Kurgan", "Astana", "--avoid-country", "KZ", code={NO_ANSWER, USAGE})
    assert "Astana" in message


words = (
    st.text(max_size=25)
    | st.text("абвгдекмнопрстуыья ё-", max_size=12)
    | st.from_regex(r"-?\d{1,3}(\.\d*)?, ?-?\d{1,3}", fullmatch=True)
)


@settings(max_examples=40)
@given(words, words)
@example("Омск", "\x00")
@example("0,0", "Omsk")
def test_any_words_as_places(one, other):
    ran = run("route", "--format", "json", "--", one, other)
    if ran.code == 0:
        assert all(line.startswith("corridors: ") for line in ran.err.splitlines())
        assert ran.out
    else:
        check_complaint(ran, {NO_ANSWER, USAGE})


@settings(max_examples=80)
@given(
    st.sampled_from(["--close", "--close-region", "--wait", "--set", "--as-of", "--avoid-country", "--mode"]),
    st.text(max_size=20),
)
@example("--close-region", "алтай")
@example("--wait", f"{TRANSSIB}=1_0")
@example("--as-of", "٢٠٢٠")
def test_any_words_as_options(option, word):
    ran = run(*TRIP, "--mode=rail", f"{option}={word}")
    if ran.code != 0:
        check_complaint(ran, {NO_ANSWER, USAGE})


@settings(max_examples=60)
@given(
    st.lists(
        st.text(max_size=8)
        | st.sampled_from(["route", "info", "--mode", "--help", "--", "-", "--format=json", "Omsk"]),
        max_size=5,
    )
)
def test_any_command_line(arguments):
    if arguments[:1] in (["init"], ["report"], ["map"]) or any(
        a.startswith(("--out", "--install", "--show")) for a in arguments
    ):
        return
    ran = run(*arguments)
    if ran.code != 0:
        check_complaint(ran, {NO_ANSWER, USAGE, DATA})


# --- directories of tables ----------------------------------------------------------------------


def test_network_that_is_no_directory(tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    (tmp_path / "empty").mkdir()
    for name in (tmp_path / "none", file, tmp_path / "empty"):
        for question in (["info"], TRIP, [*TRIP, "--data", name]):
            assert str(name) in complain(*question, "--network", name, code=DATA)
    complain("info", "--data", tmp_path / "none", code=DATA)
    complain("info", "--data", file, code=DATA)
    complain("validate", tmp_path / "none", code=DATA)
    complain("validate", file, code=DATA)
    assert run("validate", tmp_path / "empty").code == DATA


NAMES = [
    "network/links", "network/nodes", "network/places", "network/crossings", "network/crossing_links", "network/waits",
    "network/periods", "data/regions", "data/populations", "data/sources",
]  # fmt: skip


def _half(content: bytes) -> bytes:
    """Return a table cut in the middle of a row."""
    lines = content.splitlines(keepends=True)
    kept = lines[: len(lines) // 2]
    last = kept[-1].rstrip(b"\n")
    return b"".join(kept[:-1]) + last[: max(last.find(b",") // 2, 1)]


HARM = {
    "binary": lambda content: os.urandom(2000) + b"\0\xff",
    "half a row": _half,
    "nothing": lambda content: b"",
    "no key column": lambda content: content.replace(b"_id", b"_ix", 1),
    "not UTF-8": lambda content: content + "Курган\n".encode("cp1251"),
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "an open quote": lambda content: content + b'"',
    "a column twice": lambda content: content.replace(b",", b",source,", 1),
    "semicolons": lambda content: content.replace(b",", b";"),
    "a web page": lambda content: b"<!DOCTYPE html>\n<html><body>404</body></html>\n",
    "missing": None,
}


@pytest.fixture(scope="module")
def harmed(tmp_path_factory) -> Path:
    """A small network; who harms it must mend it."""
    return write_toy(tmp_path_factory.mktemp("harmed") / "network", waits=True)


def test_the_network_to_be_harmed_is_sound(harmed):
    assert run("validate", harmed).code == 0
    assert run("route", "a", "d", "--network", harmed).code == 0


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("name", NAMES)
def test_a_harmed_table(name, harm, harmed):
    file = harmed / f"{name}.csv"
    content = file.read_bytes()
    try:
        if HARM[harm] is None:
            file.unlink()
        else:
            file.write_bytes(HARM[harm](content))
        message = complain("info", "--network", harmed, code=DATA)
        assert file.name in message
        ran = run("validate", harmed)
        assert ran.code == DATA
        assert len(ran.err.splitlines()) == 1
    finally:
        file.write_bytes(content)


TOML_HARM = {
    "missing": None,
    "binary": lambda text: "\0\1",
    "not TOML": lambda text: text + "\nthis is not\n",
    "half": lambda text: text[: text.index("value = ") + 8],
    "text for a number": lambda text: text.replace("value = ", 'value = "fast" # ', 1),
    "nan": lambda text: text.replace("value = ", "value = nan # ", 1),
    "text for a minimum": lambda text: text.replace("minimum = ", 'minimum = "low" # ', 1),
    "nan for a minimum": lambda text: text.replace("minimum = ", "minimum = nan # ", 1),
    "a huge number": lambda text: text.replace("value = ", "value = 1" + "0" * 400 + " # ", 1),
    "no date": lambda text: text.replace("reference_date", "reference_dote"),
    "a key missing": lambda text: text.replace("[speed_kmh.road.trunk.lorry]", "[speed_kmh.road.trunk.lorries]"),
    "theta missing": lambda text: text.replace("gravity", "gravty"),
    "an unknown entry": lambda text: text.replace("unit = ", 'colour = "red"\nunit = ', 1),
    "not tables": lambda text: 'reference_date = "2026"\ngravity = 3\n',
    "nested without end": lambda text: "a = " + "[" * 100_000,
}


@pytest.mark.parametrize("harm", TOML_HARM)
def test_harmed_assumptions(harm, harmed):
    file = harmed / "data" / "assumptions.toml"
    text = file.read_text("utf-8")
    try:
        if TOML_HARM[harm] is None:
            file.unlink()
        else:
            assert TOML_HARM[harm](text) != text
            file.write_text(TOML_HARM[harm](text), "utf-8")
        assert file.name in complain(*DEPENDENCY, "--network", harmed, code=DATA)
        complain("route", "a", "d", "--network", harmed, code=DATA)
        assert run("validate", harmed).code == DATA
    finally:
        file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"type": "Feature"}', "", "[" * 100_000, '{"type": "FeatureCollection"}']
)
def test_harmed_outlines(content, harmed, tmp_path):
    file = harmed / "network" / "boundary.geojson"
    try:
        file.write_text(content, "utf-8")
        complain("map", tmp_path / "x.png", "--network", harmed, code=DATA)
        assert not list(tmp_path.iterdir())
    finally:
        file.unlink()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("links", "length_km", "-3"),
        ("links", "length_km", "nan"),
        ("links", "length_km", "1e999"),
        ("links", "length_km", "12,5"),
        ("links", "length_km", "0.001"),
        ("links", "mode", "teleport"),
        ("links", "from_node_id", "narnia"),
        ("links", "source", "somebody told me"),
        ("links", "geometry", "POINT (1 2)"),
        ("links", "geometry", "LINESTRING (1 2"),
        ("nodes", "x_coord", "200"),
        ("nodes", "y_coord", ""),
        ("nodes", "country", "ZZ"),
        ("waits", "wait_p50_h", "-1"),
        ("waits", "direction", "RU>MN"),
        ("periods", "from", "2020-13"),
        ("periods", "value", "sometimes"),
        ("crossings", "country_b", "RU"),
    ],
)
def test_a_harmed_cell(table, column, value, harmed):
    file = harmed / "network" / f"{table}.csv"
    text = file.read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    line = min(4, len(rows))
    rows[line - 1][rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    try:
        file.write_text(out.getvalue(), "utf-8")
        complain("route", "a", "d", "--network", harmed, code=DATA)
        assert f"{table}.csv, line {line}" in run("validate", harmed).out or column == "country"
    finally:
        file.write_text(text, "utf-8")


# --- files of zones, weights, scenarios ---------------------------------------------------------

HEAD = "zone_id,y_coord,x_coord,population\n"
BAD_ZONES = {
    "empty": "",
    "only a header": HEAD,
    "binary": os.urandom(500) + b"\xff\0",
    "zero bytes": HEAD + "a,55\0,65,3\nb,54,73,4\n",
    "UTF-16": ZONES.encode("utf-16"),
    "cp1251": ZONES.encode("cp1251"),
    "half a row": ZONES[:-14],
    "text for a number": ZONES.replace("300000", "many"),
    "nan": ZONES.replace("300000", "nan"),
    "inf": ZONES.replace("300000", "inf"),
    "negative": ZONES.replace("300000", "-3"),
    "no people given": ZONES.replace("300000", ""),
    "latitude": ZONES.replace("55.44", "155.44"),
    "one zone": HEAD + "a,55.44,65.34,3\n",
    "an id twice": ZONES.replace("oms,", "kgn,"),
    "no id": ZONES.replace("oms,", ","),
    "a column missing": ZONES.replace("population", "people"),
    "semicolons": ZONES.replace(",", ";"),
    "decimal comma": HEAD + "a,55.44,65.34,300000,5\nb,54.98,73.36,1100000,5\n",
    "a country nobody knows": HEAD.strip() + ",country\na,55.44,65.34,3,XX\nb,54.98,73.36,4,RU\n",
    "a cell without end": HEAD + "a" * 11_000_000 + ",55.44,65.34,3\nb,54.98,73.36,4\n",
    "an open quote": ZONES.replace("kgn", '"kgn'),
    "more people than there are": ZONES.replace("300000", "1e308").replace("1100000", "1e308"),
}


@pytest.mark.parametrize("kind", BAD_ZONES)
def test_bad_zones(kind, tmp_path):
    file = tmp_path / "zones.csv"
    content = BAD_ZONES[kind]
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    for question in (["matrix"], DEPENDENCY, ["reach", "Omsk", "--hours", "9"]):
        message = complain(*question, "--zones", file, code=DATA)
        assert "zones.csv" in message
        assert len(message) < 1000
        assert "None" not in message


@pytest.mark.parametrize("where", ["none.csv", "", "file/zones.csv"])
def test_zones_that_are_not_there(where, tmp_path):
    (tmp_path / "file").write_text("")
    for name in ("matrix", "crossings", "regions"):
        complain(name, "--zones", tmp_path / where, code=DATA)
    complain("crossings", "--weights", tmp_path / where, code={USAGE, DATA})
    complain(*TRIP, "--scenario", tmp_path / where, code=DATA)


def test_zones_far_from_everything(tmp_path):
    file = tmp_path / "zones.csv"
    file.write_text(HEAD + "a,0,0,3\nb,1,1,5\n")
    complain(*DEPENDENCY, "--zones", file, code=NO_ANSWER)
    complain("crossings", "--zones", file, code=NO_ANSWER)
    for question in (["matrix"], ["regions"], ["reach", "Omsk", "--hours", "9"]):
        ran = run(*question, "--zones", file)
        assert ran.code in {0, NO_ANSWER}
        assert "nan" not in ran.out


def test_zones_of_nobody(tmp_path):
    file = tmp_path / "zones.csv"
    file.write_text(HEAD + "a,55.44,65.34,0\nb,54.98,73.36,0\n")
    complain(*DEPENDENCY, "--zones", file, code={NO_ANSWER, DATA})
    ran = run("reach", "Kurgan", "--hours", "30", "--zones", file, "--format", "json")
    assert ran.code in {0, NO_ANSWER, DATA}
    assert "NaN" not in ran.out


WEIGHTS = "origin,destination,weight\n"
BAD_WEIGHTS = {
    "empty": "",
    "only a header": WEIGHTS,
    "binary": os.urandom(500) + b"\xff\0",
    "cp1251": (WEIGHTS + "Курган,oms,1\n").encode("cp1251"),
    "half a row": WEIGHTS + "kgn,oms,3\noms,k",
    "half a row, one cell": WEIGHTS + "kgn,oms,3\noms",
    "text for a number": WEIGHTS + "kgn,oms,much\n",
    "negative": WEIGHTS + "kgn,oms,-1\n",
    "nan": WEIGHTS + "kgn,oms,nan\n",
    "inf": WEIGHTS + "kgn,oms,inf\n",
    "unknown zone": WEIGHTS + "kgn,narnia,1\n",
    "only to itself": WEIGHTS + "kgn,kgn,1\n",
    "all zero": WEIGHTS + "kgn,oms,0\n",
    "decimal comma": WEIGHTS + "kgn,oms,1,5\n",
    "a column missing": "origin,destination,wait\nkgn,oms,1\n",
    "a cell without end": WEIGHTS + "k" * 11_000_000 + ",oms,1\n",
    "beyond all numbers": WEIGHTS + "kgn,oms,1e308\noms,kgn,1e308\nchb,kgn,1e308\n",
}


@pytest.mark.parametrize("kind", BAD_WEIGHTS)
def test_bad_weights(kind, zones, tmp_path):  # noqa: F811
    file = tmp_path / "weights.csv"
    content = BAD_WEIGHTS[kind]
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    for question in (DEPENDENCY, ["crossings"]):
        message = complain(*question, "--zones", zones, "--weights", file, code=DATA)
        assert "weights.csv" in message
        assert len(message) < 1000
        assert "None" not in message


BAD_SCENARIOS = {
    "not TOML": "a b c",
    "binary": os.urandom(300) + b"\xff\0",
    "cp1251": 'name = "Курган"'.encode("cp1251"),
    "half": 'close = ["rail-gor',
    "unknown key": "colour = 1",
    "text for a list": f'close = "{TRANSSIB}"',
    "numbers in a list": "close = [1]",
    "number for a table": "wait_h = 3",
    "text for hours": f'[wait_h]\n"{TRANSSIB}" = "long"',
    "negative hours": f'[wait_h]\n"{TRANSSIB}" = -1',
    "nan hours": f'[wait_h]\n"{TRANSSIB}" = nan',
    "infinite hours": f'[wait_h]\n"{TRANSSIB}" = inf',
    "true for a number": '[set]\n"gravity.theta" = true',
    "a key with dots, unquoted": "[set]\ngravity.theta = 2",
    "unknown assumption": '[set]\n"gravty.theta" = 2',
    "nan": '[set]\n"gravity.theta" = nan',
    "a huge number": '[set]\n"gravity.theta" = 1' + "0" * 400,
    "unknown crossing": 'close = ["narnia"]',
    "ambiguous crossing": 'close = ["Ozinki"]',
    "unknown region": 'close_regions = ["Mars"]',
    "unknown link": 'build = ["narnia"]',
    "bad date": 'as_of = "2020-13"',
    "date not text": "as_of = 2020-01-01",
    "number for a name": "name = 5",
    "a key twice": "close = []\nclose = []",
    "nested without end": "close = " + "[" * 100_000,
}


@pytest.mark.parametrize("kind", BAD_SCENARIOS)
def test_bad_scenario(kind, tmp_path):
    file = tmp_path / "scenario.toml"
    content = BAD_SCENARIOS[kind]
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert len(complain(*TRIP, "--scenario", file, code={USAGE, DATA})) < 1000


# --- outputs ------------------------------------------------------------------------------------


def _bad_places(tmp_path: Path) -> list[Path | str]:
    file = tmp_path / "file.txt"
    file.write_text("kept")
    (tmp_path / "folder").mkdir()
    return [
        tmp_path / "missing" / "out",
        tmp_path / "folder",
        f"{tmp_path}/folder/",
        file / "out",
        tmp_path / ("n" * 300),
        ".",
        "..",
        "/",
        "",
    ]


def test_output_that_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    places = _bad_places(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for place in places:
        complain(*TRIP, "--output", place, code=OUTPUT)
        complain("info", "--format", "json", "--output", place, code=OUTPUT)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file.txt").read_text() == "kept"


def test_map_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder.png").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for place in (tmp_path / "missing" / "x.png", tmp_path / "file" / "x.png", tmp_path / "folder.png"):
        complain("map", place, code=OUTPUT)
    for name in ("x.xyz", "x", "png", ".png", "x.png.exe", ""):
        complain("map", tmp_path / name, code=USAGE)
    complain("map", tmp_path / "x.svg", "--route", "Kurgan", "narnia", code=USAGE)
    complain("map", tmp_path / "x.svg", "--crossings", "--mode", "bus", code=USAGE)
    assert sorted(tmp_path.rglob("*")) == before


def test_report_and_init_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("kept")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("kept")
    before = sorted(tmp_path.rglob("*"))
    for place in (tmp_path / "file", tmp_path / "file" / "x", tmp_path / "full", "/proc/none/x", ""):
        complain("init", place, code=OUTPUT)
    for place in (tmp_path / "file", tmp_path / "file" / "x", tmp_path / "full", "/proc/none/x", "", ".", "/"):
        complain("export", place, "--to", "gmns", code=OUTPUT)
        complain("export", place, "--to", "parquet", code=OUTPUT)
    for place in (tmp_path / "missing" / "x.gpkg", tmp_path / "file" / "x.gpkg", "/proc/none/x.gpkg"):
        complain("export", place, "--to", "geopackage", code=OUTPUT)
    for place in (tmp_path / "file", tmp_path / "file" / "x", "/proc/none/x"):
        ran = run("report", place)
        assert ran.code == OUTPUT
        assert ran.err.splitlines()[-1].startswith("corridors: ")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    file = tmp_path / "out.txt"
    file.write_text("kept")
    complain("route", "Kurgan", "narnia", "--output", file, code=USAGE)
    assert file.read_text() == "kept"
    assert run(*TRIP, "--output", file).code == 0
    assert "Kurgan" in file.read_text("utf-8")
    assert [f.name for f in tmp_path.iterdir()] == ["out.txt"]


def test_output_keeps_a_link_and_a_pipe(tmp_path):
    (tmp_path / "real").mkdir()
    link, pipe = tmp_path / "link.txt", tmp_path / "pipe"
    link.symlink_to(tmp_path / "real" / "out.txt")
    os.mkfifo(pipe)
    assert run(*TRIP, "--output", link).code == 0
    assert link.is_symlink()
    assert "Kurgan" in (tmp_path / "real" / "out.txt").read_text("utf-8")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run(*TRIP, "--output", pipe).code == 0
        assert pipe.is_fifo()
        assert b"Kurgan" in os.read(reader, 100_000)
    finally:
        os.close(reader)


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def test_a_disk_that_fills_up(tmp_path):
    for arguments in (["matrix", "--format", "csv", "--output", tmp_path / "out.csv"], ["init", tmp_path / "copy"]):
        ran = finished(spawn(*arguments, preexec_fn=_small_files))
        message = check_complaint(ran, OUTPUT)
        assert "None" not in message
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments", [["info"], ["--help"], ["route", "--help"], ["--version"], ["nope"]], ids=" ".join
)
def test_a_full_disk_behind_stdout(arguments):
    with Path("/dev/full").open("w") as full:
        ran = finished(spawn(*arguments, stdout=full, stderr=subprocess.PIPE, capture_output=False))
    check_complaint(ran, USAGE if arguments == ["nope"] else OUTPUT)


@pytest.mark.parametrize("arguments", [["info"], ["--help"], ["nope"]], ids=" ".join)
def test_stdout_closed(arguments):
    ran = finished(spawn(*arguments, capture_output=False, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1)))
    if arguments == ["nope"]:
        check_complaint(ran, USAGE)
    elif ran.code == 0:
        assert ran.err == ""
    else:
        check_complaint(ran, OUTPUT)


def test_stderr_closed():
    ran = spawn("route", "narnia", "Omsk", capture_output=False, stdout=subprocess.PIPE, preexec_fn=lambda: os.close(2))
    assert (ran.returncode, ran.stdout) == (USAGE, b"")


@pytest.mark.parametrize("arguments", [["matrix", "--format", "csv"], ["--help"]], ids=" ".join)
def test_a_closed_pipe_ends_quietly(arguments):
    reading, writing = os.pipe()
    process = subprocess.Popen([*command_line(), *arguments], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    if arguments[0] == "matrix":
        assert os.read(reading, 6) == b"origin"
    os.close(reading)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_a_terminal_that_cannot_show_everything():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = spawn("route", "Kurgan", "Omsk", "--lang", "ru", env=environment)
    assert ran.returncode == 0
    assert ran.stderr == b""
    assert ran.stdout
    ran = spawn("route", "нарния", "Omsk", env=environment)
    assert ran.returncode == USAGE
    assert ran.stdout == b""
    assert len(ran.stderr.splitlines()) == 1


def test_a_path_that_is_not_utf8(tmp_path):
    folder = os.fsencode(tmp_path) + b"/n\xff"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    for arguments in (["init", folder], ["info", "--network", folder, "--format", "json"]):
        ran = spawn_bytes(arguments, environment)
        assert (ran.returncode, ran.stderr) == (0, b""), arguments
    ran = spawn_bytes(["info", "--network", folder + b"x"], environment)
    assert ran.returncode == DATA
    assert len(ran.stderr.splitlines()) == 1


def spawn_bytes(arguments, environment) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*command_line(), *arguments], capture_output=True, check=False, env=environment, timeout=60)


@pytest.mark.parametrize("delay", [0.4, 1.2])
def test_interrupt(delay, tmp_path):
    process = subprocess.Popen(
        [*command_line(), "regions", "--output", tmp_path / "out.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"corridors: interrupted\n")
    assert not list(tmp_path.iterdir())
