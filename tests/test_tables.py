"""What the validator says of broken tables, and what must hold for the shipped ones."""

from __future__ import annotations

import ast
import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import toy
from test_cli import run

import corridors as co
from corridors.cli.words import complaint
from corridors.model.schema import GEOJSON_FILES, TABLES
from corridors.shipped import shipped
from corridors.sources import assumptions, check, tables
from corridors.sources.tables import table_text

# ---- a small directory to break ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """a(RU) –10– x –10– k(KZ) –10– l, written out; with outlines, a period and a corridor."""
    net = toy.network(
        "a RU RU-A 3\n x\n k KZ KZ-K 2\n l KZ KZ-K 1",
        "a x 10\n x k 10\n k l 10",
        "x RU>KZ entry 5\n x KZ>RU entry 6",
        corridors={"trunk": ["a-x", "x-k"]},
        periods=[{"object_id": "k-l", "from": "2004", "to": "2010", "attribute": "status", "value": "operational"}],
    )
    folder = tmp_path_factory.mktemp("sound")
    co.write(net, folder)
    (folder / "network" / "boundary.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    assert co.validate(folder) == []
    return folder


@pytest.fixture
def folder(sound, tmp_path) -> Path:
    shutil.copytree(sound, tmp_path / "broken")
    return tmp_path / "broken"


def path_of(folder: Path, table: str) -> Path:
    return folder / TABLES[table].folder / f"{table}.csv"


def change(folder: Path, table: str, line: int, column: str, value: str) -> Path:
    """Write a value into a cell; line 1 is the header."""
    path = path_of(folder, table)
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    rows[line - 1][rows[0].index(column)] = value
    return rewrite(path, rows)


def rewrite(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


ENGLISH = {
    *("a", "an", "and", "are", "as", "at", "belongs", "but", "empty", "expected", "from", "has", "in", "is", "lies"),
    *("line", "links", "no", "not", "of", "on", "one", "or", "the", "to", "with"),
}


def only_problem(folder: Path) -> str:
    """The one problem of a directory, which loading tells too, as an error of exit code 3."""
    problems = co.validate(folder)
    assert len(problems) == 1, problems
    with pytest.raises(co.DataError, match=re.escape(problems[0])) as caught:
        co.load(folder)
    assert caught.value.problems == tuple(problems)
    assert "\n" not in problems[0]
    for lang in ("ru", "kk"):
        assert_translated(problems[0], lang)
    return problems[0]


def assert_translated(problem: str, lang: str) -> None:
    """No word of English is left but for what Python's own readers say, and all values are."""
    said = complaint(lang, problem)
    plain = re.sub(r"^.*/|'[^']*'|столбец \w+|\w+ бағаны|(TOML|JSON|CSV)( емес)?: .*", "", said)
    assert not ENGLISH & set(re.findall(r"(?<![\w.])[a-z]+(?![\w.])", plain)), said
    assert sorted(re.findall(r"'[^']*'|\d+", said)) == sorted(re.findall(r"'[^']*'|\d+", problem))


# ---- cells -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "line", "column", "value", "said"),
    [
        ("links", 2, "length_km", "ten", "'ten', expected a number of at least 0"),
        ("links", 2, "length_km", "-3", "'-3', expected a number of at least 0"),
        ("links", 2, "length_km", "nan", "'nan', expected a number of at least 0"),
        ("links", 2, "length_km", "1e999", "'1e999', expected a number of at least 0"),
        ("links", 3, "length_km", "", "empty, expected a value"),
        ("links", 3, "length_km", "10,5", "'10,5', expected a number of at least 0"),
        ("links", 4, "tracks", "1.5", "'1.5', expected a whole number of at least 1"),
        ("links", 4, "mode", "train", "'train', expected one of rail, road, sea, transfer"),
        ("links", 4, "allowed_uses", "lorry|bus", "'bus', expected one of freight, passenger, lorry, car"),
        ("links", 4, "directed", "yes", "'yes', expected true or false"),
        ("links", 4, "status", "open", "'open', expected one of operational, seasonal, suspended, planned, closed"),
        ("nodes", 2, "y_coord", "91", "'91', expected a number from -90 to 90"),
        ("crossings", 2, "hours_per_day", "25", "'25', expected a number from 0 to 24"),
        ("periods", 2, "from", "30.11.2004", "'30.11.2004', expected YYYY, YYYY-MM or YYYY-MM-DD"),
        ("periods", 2, "from", "2004-02-30", "'2004-02-30', expected YYYY, YYYY-MM or YYYY-MM-DD"),
        ("populations", 2, "year", "20", "'20', expected a year"),
        ("populations", 2, "population", "-1", "'-1', expected a whole number of at least 0"),
        ("places", 2, "source", "toy", "'toy', expected source_id#locator"),
        ("places", 2, "source", "toy#", "'toy#', expected source_id#locator"),
        # references
        ("places", 2, "source", "toy#1; nowhere#2", "source 'nowhere' is not in sources.csv"),
        ("links", 4, "to_node_id", "q", "'q' is not in nodes.csv"),
        ("nodes", 2, "region", "RU-Q", "'RU-Q' is not in regions.csv"),
        ("corridor_links", 2, "link_id", "q", "'q' is not in links.csv"),
        ("periods", 2, "object_id", "q", "'q' is not in links.csv or crossings.csv"),
        ("populations", 2, "object_id", "q", "'q' is not in places.csv or regions.csv"),
        ("regions", 2, "capital_place_id", "q", "'q' is not in places.csv"),
        # what numbers and references together must make
        ("waits", 2, "wait_p10_h", "7", "7 5 , expected P10 ≤ P50 ≤ P90"),
        ("waits", 2, "wait_p90_h", "4", "5 4, expected P10 ≤ P50 ≤ P90"),
        ("waits", 2, "direction", "RU>UZ", "'RU>UZ', expected RU>KZ or KZ>RU"),
        ("periods", 2, "to", "2003", "'2003' lies before '2004'"),
        ("links", 4, "geometry", "POINT (1 2)", "'POINT (1 2)', expected a WKT LINESTRING"),
        ("links", 4, "country", "", "empty, expected a country for a link on land"),
        ("links", 4, "country", "UZ", "'UZ', but an end lies in 'KZ'"),
        ("links", 4, "to_node_id", "k", "'k' is also from_node_id, expected another node"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_column_and_value(folder, table, line, column, value, said):
    path = change(folder, table, line, column, value)
    problem = only_problem(folder)
    assert problem.startswith(f"{path}, line {line}, column ")
    assert said in problem
    if "wait_p" not in column:
        assert f", column {column}: " in problem


def test_a_link_shorter_than_the_great_circle(folder):
    """l is moved a degree of latitude away: 111 km, and the link has 10."""
    change(folder, "nodes", 5, "y_coord", "51.00003")
    problem = only_problem(folder)
    assert re.search(
        r"links\.csv, line 4, column length_km: 10, expected at least the great circle of 111\.\d\d km", problem
    )


def test_a_link_over_the_border_without_a_border_node(folder):
    """k–l now joins a and l."""
    change(folder, "links", 4, "from_node_id", "a")
    problem = only_problem(folder)
    assert (
        "links.csv, line 4, column country: 'KZ', but an end lies in 'RU'; split the link at a border node" in problem
    )


def test_a_border_node_without_a_crossing(folder):
    """The crossing keeps one of its two links: it has no side in KZ, and a link ends at its node for nothing."""
    path = path_of(folder, "crossing_links")
    rewrite(path, [r for r in csv.reader(path.read_text().splitlines()) if r[1] != "x-k"])
    problems = co.validate(folder)
    assert any(
        "links.csv, line 3, column link_id: 'x-k' ends at a border node, expected a row for it" in p for p in problems
    )
    assert any(
        "crossings.csv, line 2, column crossing_id: 'x' has links in RU, expected in RU and KZ" in p for p in problems
    )


def test_a_crossing_of_a_link_that_does_not_touch_the_border(folder):
    with path_of(folder, "crossing_links").open("a") as file:
        file.write("x,k-l\n")
    assert "links.csv, line 4, column link_id: 'k-l' belongs to a crossing, expected a border node" in only_problem(
        folder
    )


def test_duplicate_keys(folder):
    for table in ("links", "waits"):
        path = path_of(folder, table)
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([*lines, lines[1], ""]), "utf-8")
    links, waits = co.validate(folder)
    assert links.endswith("links.csv, line 5, column link_id: 'a-x' stands on line 2 already")
    assert waits.endswith(
        "waits.csv, line 4, column crossing_id: 'x', 'RU>KZ', 'lorry', 'entry' stands on line 2 already"
    )


WIDTH = len(TABLES["links"].columns)


# ---- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [t for t in TABLES if not TABLES[t].optional])
def test_a_missing_table(folder, table):
    """Without links.csv it is no directory of tables; without any other, that one is missing."""
    path_of(folder, table).unlink()
    try:
        problems = co.validate(folder)
    except co.DataError as error:
        problems = [str(error)]
    said = [p for p in problems if f"{table}.csv" in p]
    assert said and len(problems) == len(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ": empty, expected the columns link_id, from_node_id"),
        (b"\x00\x01\x02", ": binary content, expected text in UTF-8"),
        (b"PK\x03\x04\x14\x00\x00\x00", ": binary content, expected text in UTF-8"),
        ("link_id,имя\n".encode("cp1251"), ", line 1: byte 0xe8 is not UTF-8"),
        (b"link_id,from_node_id\n", ", line 1: column 'to_node_id' is missing"),
        (b"link_id,link_id\n", ", line 1: column 'link_id' stands twice"),
        (b"link_id,colour\n", ", line 1: column 'colour' is unknown, expected link_id, from_node_id"),
        (b'link_id,"from_node_id\n', "not CSV"),
    ],
    ids=[
        "empty",
        "binary",
        "a zip",
        "Windows-1251",
        "half the columns",
        "a column twice",
        "an unknown column",
        "a quote left open",
    ],
)
def test_a_file_that_is_no_table(folder, content, said):
    path = path_of(folder, "links")
    path.write_bytes(content)
    assert only_problem(folder).startswith(f"{path}")
    assert said in only_problem(folder)


def test_half_a_table(folder):
    """Cut off in the middle of a row, as a broken download leaves it."""
    path = path_of(folder, "links")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 40])
    problem = only_problem(folder)
    assert re.search(rf"links\.csv, line 4: \d+ cells, expected {WIDTH}$", problem)


def test_half_a_table_cut_at_the_end_of_a_row(folder):
    """The rows are sound; what refers to the lost one is not."""
    path = path_of(folder, "nodes")
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    assert "links.csv, line 4, column to_node_id: 'l' is not in nodes.csv" in only_problem(folder)


def test_rows_of_another_width(folder):
    path = path_of(folder, "links")
    path.write_text(path.read_text().replace("a-x,", "a-x,more,"))
    assert only_problem(folder).endswith(f"links.csv, line 2: {WIDTH + 1} cells, expected {WIDTH}")


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(folder):
    for name in TABLES:
        path = path_of(folder, name)
        if path.exists():
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert co.validate(folder) == []
    assert list(co.load(folder).links.index) == ["a-x", "x-k", "k-l"]


def test_lines_are_counted_by_the_file_even_where_a_cell_has_several(folder):
    """The name of a takes lines 2 and 3, x stands on 4, and k on 5 instead of 4."""
    change(folder, "places", 4, "kind", "castle")
    change(folder, "places", 2, "name_en", "two\nlines")
    assert re.search(r"places\.csv, line 5, column kind: 'castle', expected one of city", only_problem(folder))


def test_a_directory_that_is_not_one(folder, tmp_path):
    with pytest.raises(co.DataError, match="does not exist, expected a directory with links.csv"):
        co.load(tmp_path / "nowhere")
    with pytest.raises(co.DataError, match="is a file, expected a directory"):
        co.load(path_of(folder, "links"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"type": "FeatureCollection", ', "boundary.geojson: not JSON"),
        (b'{"type": "Topology"}', "boundary.geojson: expected a GeoJSON FeatureCollection"),
        (b"[]", "boundary.geojson: expected a GeoJSON FeatureCollection"),
        (b"\xff\xfe", "boundary.geojson, line 1: byte 0xff is not UTF-8"),
        (b"", "boundary.geojson: not JSON"),
    ],
)
def test_a_broken_outline(folder, content, said):
    (folder / "network" / "boundary.geojson").write_bytes(content)
    assert said in only_problem(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[gravity.theta]", "[gravity.theta", "assumptions.toml: not TOML"),
        ("value = 1.0", 'value = "1"', ".value: '1', expected a number"),
        ("value = 1.0", "value = true", ".value: True, expected a number"),
        ("value = 1.0", "value = nan", ".value: nan, expected a number"),
        ("value = 1.0", "value = -1.0", ".value: -1.0, expected at least "),
        ("unit =", "units =", ".unit: None, expected text"),
        ("reference_date =", "date =", "reference_date: None, expected a date as text"),
    ],
)
def test_broken_assumptions(folder, old, new, said):
    path = folder / "data" / "assumptions.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    problem = only_problem(folder)
    assert problem.startswith(str(path))
    assert said in problem


PERIODS_AT_ODDS = [
    (["k-l,,2002,,electrified,no", "k-l,2000,,,electrified,yes"], "'yes' from 2000, but 'no' to 2002 on line 3"),
    (["k-l,2001,2003,,tracks,1", "k-l,,,,tracks,2"], "'2' always, but '1' from 2001 to 2003 on line 3"),
    (["k-l,2001,,car,lanes,2", "k-l,2002,2003,,lanes,4"], "'4' from 2002 to 2003, but '2' from 2001 on line 3"),
    (["k-l,2001,2002-06,,tracks,1", "k-l,2002,,,tracks,2"], ""),  # a bare year is its last day
    (["k-l,,2002,,tracks,1", "k-l,2002,,,tracks,2"], ""),  # one begins when the other ends
    (["k-l,2001,,car,lanes,2", "k-l,2001,,lorry,lanes,4"], ""),  # not of the same vehicle
    (["k-l,2001,,,tracks,2", "k-l,2003,,,tracks,2"], ""),  # nothing said against the first
]


@pytest.mark.parametrize(("rows", "said"), PERIODS_AT_ODDS)
def test_two_periods_that_overlap_must_agree(folder, rows, said):
    path = path_of(folder, "periods")
    header, kept = csv.reader(path.read_text("utf-8").splitlines())
    columns = ("object_id", "from", "to", "vehicle", "attribute", "value")
    more = [dict(zip(header, kept, strict=True)) | dict(zip(columns, row.split(","), strict=True)) for row in rows]
    rewrite(path, [header, kept, *([row[name] for name in header] for row in more)])
    problems = co.validate(folder)
    assert len(problems) == bool(said), problems
    if said:
        assert f"{path}, line 4, column value: " in problems[0]
        assert said in problems[0]
        assert "expected one value at a time" in problems[0]


WHERE = {"raw.path": "t.csv", "path": "t.csv", "line": "3", "where": "t.csv, line 3, column ", "column.name": "kind"}
WHERE |= {"raw.table.key[0]": "link_id", "end_name": "until", "tables['crossing_links'].path": "t.csv"}
WHERE |= {"found": "links in RU, UZ", "name": "begins", "wanted": "true or false", "kind": "is a file"}
INSIDE = {"_course_problems", "cell_problem", "_number_problem"}
"""What they say stands behind the name of a cell."""


def problems_in_the_source() -> list[str]:
    """Every text of the validator with its values, a sample for each that is not known: x1, or 'x1' in quotes."""
    found = []
    for module in (check, tables, assumptions):
        parsed = ast.parse(Path(module.__file__).read_text("utf-8"))
        for function in [node for node in ast.walk(parsed) if isinstance(node, ast.FunctionDef)]:
            for text in [node for node in ast.walk(function) if isinstance(node, ast.JoinedStr)]:
                parts = [
                    (ast.unparse(p.value), p) if isinstance(p, ast.FormattedValue) else p.value for p in text.values
                ]
                values = [
                    p
                    if isinstance(p, str)
                    else WHERE.get(p[0]) or (f"'x{i}'" if p[1].conversion == ord("r") else f"x{i}")
                    for i, p in enumerate(parts)
                ]
                said = ("t.csv, line 3, column kind: " if function.name in INSIDE else "") + "".join(values)
                if re.search(r": \S.*[a-z]{3}", said) and "{more}" not in ast.unparse(text):
                    found.append(said)
    return sorted(set(found))


@pytest.mark.parametrize("problem", problems_in_the_source())
@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_every_problem_is_said_in_all_languages(problem, lang):
    assert_translated(problem, lang)


def test_all_problems_in_one_run(folder):
    """Eight tables broken in eight ways: eight lines."""
    path_of(folder, "aliases").unlink()
    path_of(folder, "corridors").write_bytes(b"")
    change(folder, "links", 2, "length_km", "ten")
    change(folder, "links", 3, "mode", "train")
    change(folder, "nodes", 2, "y_coord", "91")
    change(folder, "waits", 2, "crossing_id", "q")
    change(folder, "places", 2, "source", "nowhere#1")
    (folder / "network" / "boundary.geojson").write_text("no")
    (folder / "data" / "assumptions.toml").write_text("no")
    problems = co.validate(folder)
    for said in (
        "aliases.csv",
        "corridors.csv",
        "'ten'",
        "'train'",
        "'91'",
        "'q'",
        "'nowhere'",
        "boundary.geojson",
        "assumptions.toml",
    ):
        assert sum(said in p for p in problems) == 1, (said, problems)
    assert len(problems) == 9
    for lang in ("ru", "kk"):
        ran = run("validate", folder, "--lang", lang)
        assert (ran.code, ran.out.splitlines()) == (3, [complaint(lang, problem) for problem in problems])
        assert not set(ran.out.splitlines()) & set(problems)
        err = run("info", "--network", folder, "--lang", lang).err
        assert_translated(problems[0], lang)
        assert "more" not in err and complaint(lang, problems[0]) in err
    with pytest.raises(co.DataError, match=r"and 8 more; corridors validate lists all") as caught:
        co.load(folder)
    assert len(caught.value.problems) == 9


# ---- the shipped tables ------------------------------------------------------------------------------------------

SHIPPED = {name: shipped(table.folder) / f"{name}.csv" for name, table in TABLES.items()}
SHIPPED = {name: path for name, path in SHIPPED.items() if path.exists()}


def cells(table: str, *columns: str) -> list[tuple[str, ...]]:
    with SHIPPED[table].open(encoding="utf-8", newline="") as file:
        return [tuple(row[c] for c in columns) for row in csv.DictReader(file)]


def cited() -> set[str]:
    """Every source id in a source column, in the note of an alias, and in the assumptions."""
    found = set()
    for name in SHIPPED:
        for column in TABLES[name].columns:
            if column.kind == "sources":
                found |= {
                    part.strip().partition("#")[0] for (cell,) in cells(name, column.name) for part in cell.split(";")
                }
    entries = toy.shipped_network().assumptions.entries.values()
    return found | {part.strip().partition("#")[0] for e in entries for part in e.source.split(";")}


def test_the_shipped_tables_have_no_problem():
    assert co.validate(shipped("network"), shipped("data")) == []


def test_every_source_is_used_and_every_used_source_is_there():
    listed = {source for (source,) in cells("sources", "source_id")}
    assert listed - cited() == set()
    assert cited() - listed == set()


def test_every_source_can_be_found():
    """A title, a publisher, and an address, or a note that says how it was made."""
    rows = cells("sources", "source_id", "title", "publisher", "address", "note")
    assert [s for s, title, publisher, address, note in rows if not (title and publisher and (address or note))] == []


def test_every_assumption_has_a_source_with_a_locator():
    entries = toy.shipped_network().assumptions.entries
    assert [k for k, e in entries.items() if not all(p.partition("#")[2] for p in e.source.split(";"))] == []


def test_every_place_is_used():
    """By a node, or as a crossing's, or as a region's capital."""
    used = {
        p
        for t, c in (("nodes", "place_id"), ("crossings", "place_id"), ("regions", "capital_place_id"))
        for (p,) in cells(t, c)
    }
    assert {p for (p,) in cells("places", "place_id")} - used == set()


def test_every_region_is_used():
    used = {
        r
        for t, c in (("nodes", "region"), ("places", "region"), ("crossings", "region_a"), ("crossings", "region_b"))
        for (r,) in cells(t, c)
    }
    used |= {r for (codes,) in cells("regions", "border_neighbours") for r in codes.split("|")}
    assert {r for (r,) in cells("regions", "region_id")} - used == set()


def test_every_node_has_a_link_and_every_crossing_links():
    ends = {n for pair in cells("links", "from_node_id", "to_node_id") for n in pair}
    assert {n for (n,) in cells("nodes", "node_id")} - ends == set()
    crossed = {c for (c,) in cells("crossing_links", "crossing_id")}
    in_use = {c for c, status in cells("crossings", "crossing_id", "status") if status in ("operational", "seasonal")}
    assert in_use - crossed == set()


def test_every_corridor_is_a_chain_of_links_in_order():
    """Consecutive links share a node; numbers run 1, 2, 3."""
    ends = {link: {a, b} for link, a, b in cells("links", "link_id", "from_node_id", "to_node_id")}
    chains: dict[str, list[tuple[int, str]]] = {}
    for corridor, number, link in cells("corridor_links", "corridor_id", "sequence", "link_id"):
        chains.setdefault(corridor, []).append((int(number), link))
    assert set(chains) == {c for (c,) in cells("corridors", "corridor_id")}
    for corridor, rows in chains.items():
        assert [n for n, _ in rows] == list(range(1, len(rows) + 1)), corridor
        broken = [(a, b) for (_, a), (_, b) in zip(rows, rows[1:], strict=False) if not ends[a] & ends[b]]
        assert not broken, (corridor, broken[:3])


def test_a_total_shared_out_over_its_parts_is_called_so():
    """Of links whose source says they were split, none is called published or measured."""
    wrong = [
        link
        for link, basis, source in cells("links", "link_id", "length_basis", "source")
        if "split by" in source and basis not in ("apportioned", "estimated")
    ]
    assert wrong == []


def test_no_link_stands_twice():
    """The same two ends, mode and length under two ids."""
    rows = Counter(
        (*sorted((a, b)), mode, km)
        for a, b, mode, km in cells("links", "from_node_id", "to_node_id", "mode", "length_km")
    )
    assert [key for key, count in rows.items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_shipped_tables_are_as_the_writer_writes_them(name):
    written = table_text(name, toy.shipped_network().table(name)).splitlines()
    here = SHIPPED[name].read_text("utf-8").splitlines()
    different = [(i, a, b) for i, (a, b) in enumerate(zip(here, written, strict=False), 1) if a != b]
    assert not different, f"{len(different)} lines differ, the first: {different[0]}"
    assert SHIPPED[name].read_bytes() == table_text(name, toy.shipped_network().table(name)).encode()


def test_the_data_package_is_as_the_writer_writes_it():
    from corridors.sources.datapackage import datapackage_text

    there = [name for name, table in TABLES.items() if len(toy.shipped_network().table(name)) or not table.optional]
    assert (shipped("network") / "datapackage.json").read_text("utf-8") == datapackage_text(there)


@pytest.mark.parametrize("name", sorted(GEOJSON_FILES))
def test_the_outlines_are_shipped(name):
    assert (shipped("network") / f"{name}.geojson").stat().st_size > 1000


def test_what_was_found_sound_is_not_checked_again_until_it_changes(folder, tmp_path, monkeypatch):
    from corridors.sources import check

    calls = []
    real = check.check_folders
    monkeypatch.setattr(check, "check_folders", lambda folders: calls.append(1) or real(folders))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    co.load(folder)
    co.load(folder)
    assert len(calls) == 1
    links = folder / "network" / "links.csv"
    links.write_text(links.read_text("utf-8").replace(",operational,", ",operatoinal,", 1), "utf-8")
    for _ in range(2):
        with pytest.raises(co.DataError, match="operatoinal"):
            co.load(folder)
    assert len(calls) == 3
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")  # nowhere to remember it
    with pytest.raises(co.DataError, match="operatoinal"):
        co.load(folder)
