"""GMNS out and in: ours without loss, by the specification; somebody else's as far as it says what is needed."""

from __future__ import annotations

import csv
import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import frictionless
import geopandas as gpd
import pandas as pd
import pytest
import toy
from pandas.testing import assert_frame_equal
from shapely.geometry import box
from test_cli import run
from test_exchange import TOY

import corridors as co
from corridors.model.geo import great_circle_km
from corridors.model.network import TABLE_FIELDS
from corridors.sources.exchange.gmns import BOTH_WAYS


@pytest.fixture(scope="module", params=["toy", "default"])
def net(request, shipped_net) -> co.Network:
    return TOY if request.param == "toy" else shipped_net


@pytest.fixture(scope="module")
def written(net, tmp_path_factory) -> Path:
    return co.export(net, tmp_path_factory.mktemp("gmns") / "out", to="gmns")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_same(net: co.Network, again: co.Network) -> None:
    for name in TABLE_FIELDS:
        assert_frame_equal(again.table(name), net.table(name))
    assert again.assumptions == net.assumptions
    assert again.outlines == net.outlines


# ---- ours --------------------------------------------------------------------------------------------------------------


def test_nothing_is_lost_there_and_back(net, written):
    check_same(net, co.read_gmns(written))


def test_the_command_builds_a_sound_network_of_it(net, written, tmp_path):
    ran = run("build", "gmns", written, tmp_path / "again")
    counts = f"{len(net.nodes):,} nodes, {len(net.links):,} links, {len(net.crossings):,} crossings"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{tmp_path}/again: {counts}; now: corridors info --network {tmp_path}/again\n"
    assert run("validate", tmp_path / "again").code == 0
    check_same(net, co.load(tmp_path / "again"))


def test_answers_are_the_same(shipped_net, tmp_path):
    """What was exported and built again gives the same figures as the default network."""
    co.export(shipped_net, tmp_path / "out", to="gmns")
    assert run("build", "gmns", tmp_path / "out", tmp_path / "again").code == 0
    again = co.load(tmp_path / "again")
    for mode in ("rail", "road"):
        figures = [
            co.transit(n, "RU", through="KZ", mode=mode, sensitivity=False).figures["dependency"]
            for n in (shipped_net, again)
        ]
        assert figures[0] == figures[1] > 0


def test_frictionless_validates_types_limits_keys_and_references(written):
    report = frictionless.validate(str(written / "datapackage.json"))
    assert report.valid, report.flatten(["taskName", "rowNumber", "fieldName", "message"])[:5]
    described = {resource["path"] for resource in json.loads((written / "datapackage.json").read_text())["resources"]}
    assert described == {path.name for path in written.iterdir()} - {"datapackage.json"}


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("link.csv", ",60,", ",sixty,", "type-error"),
        ("link.csv", "a-x,,a,x", "a-x,,a,nowhere", "foreign-key"),
        ("node.csv", "a,a,", "b,a,", "primary-key"),
        ("node.csv", ",60,50,", ",60,95,", "constraint-error"),
    ],
)
def test_frictionless_finds_what_is_broken(tmp_path, file, old, new, kind):
    path = co.export(TOY, tmp_path / "out", to="gmns") / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert kind in {error for (error,) in report.flatten(["type"])}


@pytest.mark.parametrize("table", ["node", "link"])
def test_the_tables_satisfy_the_schemas_of_gmns_itself(written, table):
    """The specification as the package gmnspy carries it; columns beyond it are allowed."""
    if find_spec("gmnspy") is None:
        pytest.skip("gmnspy, which carries the schemas of GMNS, is not installed")
    (package,) = find_spec("gmnspy").submodule_search_locations
    schema = json.loads((Path(package) / "spec" / f"{table}.schema.json").read_text("utf-8"))
    fields = [{k: f[k] for k in ("name", "type", "constraints") if k in f} for f in schema["fields"]]
    described = {"fields": fields, "primaryKey": schema["primaryKey"], "missingValues": [""], "fieldsMatch": "partial"}
    held = rows(written / f"{table}.csv")
    assert {f["name"] for f in fields if f.get("constraints", {}).get("required")} <= set(held[0])
    resource = frictionless.Resource(
        path=f"{table}.csv",
        basepath=str(written),
        schema=frictionless.Schema.from_descriptor(described),
    )
    report = resource.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_units_lanes_and_uses(tmp_path):
    """By hand: km and km/h, lanes of one direction, uses joined by commas, the speed of a class left empty."""
    folder = co.export(TOY, tmp_path / "out", to="gmns")
    (config,) = rows(folder / "config.csv")
    assert (config["long_length"], config["speed"], config["crs"]) == ("km", "km/h", "EPSG:4326")
    links = {row["link_id"]: row for row in rows(folder / "link.csv")}
    both, rail, one_way = links["a-b"], links["a-b.2"], links["a-b.3"]
    assert (both["directed"], both["lanes"], both[BOTH_WAYS], both["length"]) == ("false", "1", "2", "80")
    assert (one_way["directed"], one_way["lanes"], one_way[BOTH_WAYS]) == ("true", "1", "1")
    assert (one_way["free_speed"], both["free_speed"], rail["lanes"]) == ("70", "", "")
    assert (both["allowed_uses"], rail["allowed_uses"]) == ("lorry,car", "freight,passenger")
    assert links["a-x"]["geometry"].startswith("LINESTRING (60 50,")
    names = {row["node_id"]: (row["name"], row["node_type"]) for row in rows(folder / "node.csv")}
    assert names["a"] == ("a", "city") and names["x"] == ("x", "border")


def test_columns_added_by_other_programs_are_let_be(tmp_path):
    folder = co.export(TOY, tmp_path / "out", to="gmns")
    held = rows(folder / "link.csv")
    with (folder / "link.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*held[0], "capacity"], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "capacity": "1800"} for row in held)
    check_same(TOY, co.read_gmns(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("link.csv", ",60,", ",sixty,", "column length: 'sixty', expected a number of at least 0"),
        ("link.csv", ",false,", ",maybe,", "column directed: 'maybe', expected true or false"),
        ("node.csv", "node_id,", "id,", "line 1: column 'node_id' is missing"),
        ("crossings.csv", "crossing_id,", "id,", "line 1: column 'id' is unknown"),
        ("assumptions.toml", "value = 1.0", "value = one", "assumptions.toml: not TOML"),
        ("config.csv", ",km,", ",mile,", "column long_length: 'mile', expected km beside our other tables"),
        # sound cells, and no sound network
        ("link.csv", ",60,", ",6,", "makes no sound network: network/links.csv, line 5, column length_km: 6, expected"),
        ("link.csv", "a-x,,a,x", "a-x,,a,nowhere", "column to_node_id: 'nowhere' is not in nodes.csv"),
    ],
)
def test_broken_folders_of_ours_are_named_and_nothing_is_written(tmp_path, file, old, new, said):
    path = co.export(TOY, tmp_path / "out", to="gmns") / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    ran = run("build", "gmns", tmp_path / "out", tmp_path / "again")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1
    assert said in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("table", ["places", "waits", "regions", "corridor_links"])
def test_a_table_of_ours_that_is_missing(tmp_path, table):
    folder = co.export(TOY, tmp_path / "out", to="gmns")
    (folder / f"{table}.csv").unlink()
    with pytest.raises(co.DataError, match=rf"{table}\.csv: missing, expected a file"):
        co.read_gmns(folder)


def test_out_that_is_there_already(tmp_path):
    folder = co.export(TOY, tmp_path / "out", to="gmns")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    ran = run("build", "gmns", folder, tmp_path / "full")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == f"corridors: {tmp_path}/full: is there already, expected a new or empty directory\n"


# ---- somebody else's ---------------------------------------------------------------------------------------------------

NODES = """node_id,name,x_coord,y_coord,country,node_type
1,Alpha,65,55,RU,
2,,66,55,RU,intersection
3,Beta,67,54,KZ,
4,Gamma,69,54,KZ,station
"""
LINKS = """link_id,from_node_id,to_node_id,directed,length,free_speed,lanes,facility_type,allowed_uses,geometry_id,dir_flag
10,1,2,1,42,60,2,motorway,"auto,truck",,
11,2,1,TRUE,42,60,2,freeway,truck,,
12,2,3,1,85,55,1,primary,,g1,1
13,3,2,1,85,55,1,primary,,,
14,3,4,0,90,0,1,arterial,all,g2,-1
15,4,4,0,1,,1,arterial,all,,
16,3,4,0,,,1,path,"walk,bike",,
17,3,4,false,,,,rail,,,
"""
GEOMETRY = (
    'geometry_id,geometry\ng1,"LINESTRING (66 55, 66.5 54.6, 67 54)"\ng2,"LINESTRING Z (69 54 7, 68 54.1 7, 67 54 7)"\n'
)
CONFIG = "dataset_name,long_length,speed,crs\nhill,mile,mph,EPSG:4326\n"
MILE = 1.609344


@pytest.fixture
def foreign(tmp_path) -> Path:
    folder = tmp_path / "theirs"
    folder.mkdir()
    for name, text in (("node", NODES), ("link", LINKS), ("geometry", GEOMETRY), ("config", CONFIG)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def test_a_foreign_folder_becomes_a_network(foreign, tmp_path):
    ran = run("build", "gmns", foreign, tmp_path / "made")
    assert ran.code == 0, ran.err
    assert ran.err.splitlines()[:2] == [
        "corridors: links left out, both ends are the same node: 1",
        "corridors: links left out, for none of freight, passenger, lorry, car: 1",
    ]
    assert "another country" not in ran.err
    assert run("validate", tmp_path / "made").code == 0
    net = co.load(tmp_path / "made")
    links = net.links[net.links["mode"] != "transfer"]
    assert sorted(links.index) == ["10", "11", "12", "12.2", "13", "13.2", "14", "17"]
    assert links.loc["10", ["mode", "facility_type", "allowed_uses"]].tolist() == ["road", "motorway", "car|lorry"]
    assert links.loc["11", ["facility_type", "allowed_uses"]].tolist() == ["motorway", "lorry"]
    assert links["length_km"]["10"] == pytest.approx(42 * MILE)
    assert links["free_speed_kmh"]["10"] == pytest.approx(60 * MILE, abs=1e-3)
    assert links["directed"].to_dict() == {i: i not in {"14", "17"} for i in links.index}
    assert links["lanes"][["10", "14"]].tolist() == [2, 2]  # of one direction, of both
    # unknown: a length is that of the line between the ends, a speed of 0 is none
    straight = great_circle_km(54, 67, 54, 69)
    assert links.loc["17", ["mode", "facility_type", "length_basis"]].tolist() == ["rail", "main", "estimated"]
    assert links["length_km"]["17"] == pytest.approx(straight)
    assert set(links["length_basis"].drop("17")) == {"published"}
    assert links["free_speed_kmh"][["14", "17"]].isna().all()
    # dir_flag -1: the course is drawn from to_node_id; heights are dropped
    assert links["geometry"]["14"] == "LINESTRING (67 54, 68 54.1, 69 54)"
    # a name on a railway and a road is a place with a station; they are joined
    assert net.nodes.groupby("place_id").size()[["alpha", "beta", "gamma"]].tolist() == [1, 2, 2]
    assert set(net.links.loc[net.links["mode"] == "transfer", "from_node_id"]) == {"n3-rail", "n4-rail"}


def test_links_are_cut_where_the_outlines_meet(foreign):
    """The shipped outlines know Russia and Kazakhstan: the given length is shared along the course."""
    net = co.read_gmns(foreign, countries=["RU", "KZ"])
    crossings = net.crossings.reset_index().to_dict("records")
    assert [(c["country_a"], c["country_b"], c["position_basis"]) for c in crossings] == [("RU", "KZ", "measured")] * 2
    parts = net.links.loc[["12", "12.2"]]
    assert parts["country"].tolist() == ["RU", "KZ"]
    assert parts["length_km"].sum() == pytest.approx(85 * MILE)
    assert parts["geometry"]["12.2"].endswith("66.5 54.6, 67 54)")
    x, y = (net.nodes.loc[parts["to_node_id"]["12"], c] for c in ("x_coord", "y_coord"))
    before, after = great_circle_km(55, 66, y, x), great_circle_km(y, x, 54.6, 66.5)
    whole = before + after + great_circle_km(54.6, 66.5, 54, 67)
    assert parts["length_km"]["12"] == pytest.approx(85 * MILE * before / whole, rel=1e-3)
    assert {"RU-KGN", "KZ-59"} <= set(net.regions.index.get_level_values(0))


def test_outlines_of_the_user(foreign, tmp_path):
    """Given outlines come first, and what a node says of its country is held against them."""
    lands = {"RU": box(60, 50, 66.2, 60), "KZ": box(66.2, 50, 70, 60)}
    file = tmp_path / "lands.geojson"
    gpd.GeoDataFrame({"iso_a2": [*lands]}, geometry=[*lands.values()], crs="EPSG:4326").to_file(file)
    ran = run("build", "gmns", foreign, tmp_path / "made", "--boundaries", file, "--countries", "KZ,RU")
    assert ran.code == 0, ran.err
    assert "another country" not in ran.err
    net = co.load(tmp_path / "made")
    assert net.crossings["x_coord"].tolist() == pytest.approx([66.2, 66.2])
    assert set(net.crossings["country_a"]) == {"KZ"}
    assert set(net.regions.index.get_level_values(0)) == {"KZ-0", "RU-0"}
    lands = {"RU": box(60, 50, 65.5, 60), "KZ": box(65.5, 50, 70, 60)}
    gpd.GeoDataFrame({"iso_a2": [*lands]}, geometry=[*lands.values()], crs="EPSG:4326").to_file(file)
    ran = run("build", "gmns", foreign, tmp_path / "again", "--boundaries", file)
    assert "ends of lines that lie in another country than the source says, by the outlines: 1\n" in ran.err


@pytest.fixture
def unmapped(foreign) -> Path:
    """The same in two countries whose outlines nobody has."""
    path = foreign / "node.csv"
    path.write_text(NODES.replace("RU", "AA").replace("KZ", "BB"), "utf-8")
    return foreign


def test_links_are_cut_halfway_where_no_outlines_are_known(unmapped, tmp_path):
    ran = run("build", "gmns", unmapped, tmp_path / "made")
    assert ran.code == 0, ran.err
    assert "corridors: no outlines of AA, BB are known: links between two countries are cut halfway" in ran.err
    assert run("validate", tmp_path / "made").code == 0
    net = co.load(tmp_path / "made")
    assert set(net.crossings["position_basis"]) == {"estimated"}
    straight = net.links.loc[["13", "13.2"]]
    assert straight["country"].tolist() == ["BB", "AA"]
    assert straight["length_km"].tolist() == pytest.approx([42.5 * MILE] * 2)
    assert net.nodes.loc[straight["to_node_id"]["13"], ["x_coord", "y_coord"]].tolist() == [66.5, 54.5]
    # with a course: between the two points next to its middle
    first, second = great_circle_km(55, 66, 54.6, 66.5), great_circle_km(54.6, 66.5, 54, 67)
    assert first < second
    assert net.nodes.loc[net.links["to_node_id"]["12"], ["x_coord", "y_coord"]].tolist() == [66.75, 54.3]
    assert net.links["length_km"]["12"] == pytest.approx(85 * MILE * (first + second / 2) / (first + second), rel=1e-6)
    regions = net.regions.reset_index().set_index("region_id")
    assert regions["border"].to_dict() == {"AA-0": True, "BB-0": True}
    assert regions["area_km2"].isna().all()
    assert not net.outlines
    assert "no outlines" in run("build", "gmns", unmapped, tmp_path / "two", "--countries", "BB,AA").err


def test_both_directions_of_one_course_are_one_crossing(unmapped):
    path = unmapped / "link.csv"
    path.write_text(LINKS.replace("13,3,2,1,85,55,1,primary,,,", "13,3,2,1,85,55,1,primary,,g1,-1"), "utf-8")
    net = co.read_gmns(unmapped)
    assert len(net.crossings) == 1
    assert set(net.crossing_links["link_id"]) == {"12", "12.2", "13", "13.2"}


def test_a_country_that_was_not_asked_for_is_left_out(unmapped):
    told: list[str] = []
    net = co.read_gmns(unmapped, countries=["BB", "ZZ"], tell=told.append)
    assert set(net.nodes["country"]) == {"BB"}
    assert any(text.startswith("lines outside BB, ZZ left out: ") for text in told)


def test_node_ids_that_are_no_numbers(foreign):
    for name in ("node", "link"):
        path = foreign / f"{name}.csv"
        lines = path.read_text("utf-8").splitlines()
        fields = [line.split(",") for line in lines[1:]]
        ends = (0,) if name == "node" else (1, 2)
        for row in fields:
            for at in ends:
                row[at] = f"N{row[at]}"
        path.write_text("\n".join([lines[0], *(",".join(row) for row in fields)]) + "\n", "utf-8")
    net = co.read_gmns(foreign)
    assert {"n0", "n1", "n2", "n3"} <= set(net.nodes.index)
    assert len(net.crossings) == 2


def test_commands_use_it(foreign, tmp_path):
    assert run("build", "gmns", foreign, tmp_path / "made").code == 0
    ran = run("route", "Alpha", "Gamma", "--network", tmp_path / "made", "--mode", "road", "--format", "json")
    (route,) = json.loads(ran.out)["routes"]
    assert route["distance_km"] == pytest.approx((42 + 85 + 90) * MILE)
    assert set(route["km_by_country"]) == {"RU", "KZ"}
    zones = tmp_path / "zones.csv"
    zones.write_text("zone_id,x_coord,y_coord,population\na,65,55,5\nb,66,55,5\nc,67,54,5\nd,69,54,5\n")
    for command in (["crossings"], ["transit", "RU", "--through", "KZ"]):
        ran = run(*command, "--network", tmp_path / "made", "--zones", zones, "--format", "json")
        assert ran.code == 0, ran.err


def test_countries_from_zones_that_are_codes(foreign):
    path = foreign / "node.csv"
    path.write_text(NODES.replace("country", "zone_id"), "utf-8")
    assert set(co.read_gmns(foreign).nodes["country"].dropna()) == {"RU", "KZ"}
    path.write_text(NODES.replace("country", "zone_id").replace(",KZ,s", ",17,s"), "utf-8")
    with pytest.raises(co.DataError, match="countries cannot be known"):
        co.read_gmns(foreign)
    assert set(co.read_gmns(foreign, countries=["RU", "KZ"]).nodes["country"].dropna()) == {"RU", "KZ"}


def test_countries_that_cannot_be_known(foreign, tmp_path):
    (foreign / "node.csv").write_text(NODES.replace("country", "taz"), "utf-8")
    ran = run("build", "gmns", foreign, tmp_path / "made")
    assert ran.code == 3
    assert ran.err == (
        f"corridors: {foreign}/node.csv: countries cannot be known, "
        "expected --countries or a column country with ISO 3166-1 codes\n"
    )
    assert not (tmp_path / "made").exists()


def test_names_in_country_do_not_hide_the_codes_beside_them(foreign):
    expected = co.read_gmns(foreign).nodes["country"]
    told = pd.read_csv(foreign / "node.csv")
    told.insert(0, "country_code", told["country"])
    told["country"] = told["country"].map({"RU": "Russia", "KZ": "Kazakhstan"})
    told.to_csv(foreign / "node.csv", index=False)
    pd.testing.assert_series_equal(co.read_gmns(foreign).nodes["country"], expected)


def test_a_unit_of_speed_is_never_guessed(foreign, tmp_path):
    (foreign / "config.csv").write_text("dataset_name,long_length\nhill,ft\n", "utf-8")
    long = LINKS.replace(",42,", ",250000,").replace(",85,", ",450000,").replace(",90,", ",450000,")
    (foreign / "link.csv").write_text(long, "utf-8")
    said = f"corridors: {foreign}: no config.csv that names speed, expected it or --speed-unit\n"
    ran = run("build", "gmns", foreign, tmp_path / "made")
    assert (ran.code, ran.err) == (3, said)
    assert run("build", "gmns", foreign, tmp_path / "made", "--speed-unit", "mph").code == 0


def test_columns_of_ours_are_read_where_they_are_there(foreign, tmp_path):
    told = pd.read_csv(foreign / "link.csv", dtype=str).set_index("link_id")
    told["jurisdiction"], told["ref"] = "KTZ", "M-1"
    told.loc["17", ["gauge_mm", "tracks", "electrified", "status"]] = ["1520", "2", "yes", "closed"]
    told.loc["10", "status"], told.loc["10", "surface"] = "7", "gravel"
    told.loc["10", "gauge_mm"], told.loc["17", "surface"] = "1520", "gravel"
    told.loc["14", "geometry_id"] = "lost"
    told.to_csv(foreign / "link.csv")
    ran = run("build", "gmns", foreign, tmp_path / "made")
    assert "corridors: links whose geometry_id is not in geometry.csv, drawn straight: 1\n" in ran.err
    assert "corridors: links whose status is none of ours, counted as open: 1\n" in ran.err
    assert "corridors: links whose gauge_mm is none of ours, left empty: 1\n" in ran.err
    links = co.load(tmp_path / "made").links
    rail = ["gauge_mm", "tracks", "electrified", "status", "operator", "ref"]
    assert links.loc["17", rail].tolist() == [1520, 2, "yes", "closed", "KTZ", "M-1"]
    assert links.loc["10", ["status", "surface"]].tolist() == ["operational", "gravel"]
    assert links.loc[["10", "17"], "gauge_mm"].isna().tolist() == [True, False]
    assert pd.isna(links.loc["17", "surface"])


def test_units_from_options_where_there_is_no_config(foreign, tmp_path):
    (foreign / "config.csv").unlink()
    ran = run("build", "gmns", foreign, tmp_path / "made")
    assert (ran.code, ran.err) == (
        3, f"corridors: {foreign}: no config.csv that names long_length, expected it or --length-unit\n"
    )  # fmt: skip
    assert run("build", "gmns", foreign, tmp_path / "mi", "--length-unit", "mi").code == 0
    links = co.load(tmp_path / "mi").links
    assert links["length_km"]["10"] == pytest.approx(42 * MILE)
    assert links["free_speed_kmh"]["10"] == pytest.approx(60 * MILE, abs=1e-3)  # of the unit of length, an hour
    assert run("build", "gmns", foreign, tmp_path / "kmh", "--length-unit", "mi", "--speed-unit", "km/h").code == 0
    assert co.load(tmp_path / "kmh").links["free_speed_kmh"]["10"] == 60


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "node.csv",
            "4,Gamma,69,54,KZ",
            "4,Gamma,69,54,",
            "column country: '', expected a code of ISO 3166-1 such as KZ",
        ),
        (
            "node.csv",
            "4,Gamma,69,54,KZ",
            "4,Gamma,69,54,Kazakhstan",
            "line 5, column country: 'Kazakhstan', expected a code of ISO 3166-1; did you mean KZ?",
        ),
        (
            "node.csv",
            "4,Gamma,69,54,KZ",
            "4,Gamma,69,54,Kazachstan",
            "column country: 'Kazachstan', expected a code of ISO 3166-1 such as KZ",
        ),
        ("node.csv", "4,Gamma,69,54,KZ", "4,Gamma,69,54,kz", "'kz', expected a code of ISO 3166-1; did you mean KZ?"),
        ("node.csv", "4,Gamma,69", "4,Gamma,690", "line 5, column x_coord: '690', expected a number from -180 to 180"),
        ("node.csv", "4,Gamma,69", "4,Gamma,", "line 5, column x_coord: empty, expected a value"),
        ("node.csv", "4,Gamma", "3,Gamma", "line 5, column node_id: '3' stands there already"),
        ("node.csv", "x_coord", "lon", "line 1: column 'x_coord' is missing"),
        ("link.csv", "10,1,2,1,42", "10,1,9,1,42", "line 2, column to_node_id: '9' is not in node.csv"),
        ("link.csv", "10,1,2,1,42", "10,1,2,both,42", "line 2, column directed: 'both', expected true or false"),
        ("link.csv", "10,1,2,1,42", "10,1,2,1,-42", "line 2, column length: '-42', expected a number of at least 0"),
        (
            "link.csv",
            "10,1,2,1,42",
            "10,1,2,1,4",
            "line 2, column length: '4', expected 63.",
        ),
        (
            "link.csv",
            "11,2,1",
            "10,2,1",
            "line 3, column link_id: '10' stands there already",
        ),
        ("link.csv", ",directed,", ",dir,", "line 1: column 'directed' is missing"),
        ("geometry.csv", "LINESTRING (66 55,", "CIRCLE (66 55,", "column geometry: 'CIRCLE (66 55,"),
        ("geometry.csv", "66 55, ", "", "line 4, column geometry: its ends lie 54."),
        ("geometry.csv", "(66 55, 66.5 54.6, 67 54)", "EMPTY", "line 4, column geometry: 'LINESTRING EMPTY'"),
        ("geometry.csv", "66 55, ", "66 north, ", "column geometry: 'LINESTRING (66 north"),
        ("config.csv", "mile", "verst", "column long_length: 'verst', expected km, mi, m or ft"),
        ("config.csv", "mph", "knots", "column speed: 'knots', expected km/h, mph or m/s"),
        ("config.csv", "EPSG:4326", "EPSG:3857", "column crs: 'EPSG:3857', expected EPSG:4326"),
    ],
)
def test_broken_foreign_folders(foreign, tmp_path, file, old, new, said):
    text = (foreign / file).read_text("utf-8")
    assert old in text
    (foreign / file).write_text(text.replace(old, new, 1), "utf-8")
    lines = []
    for lang in ("en", "ru", "kk"):
        ran = run("build", "gmns", foreign, tmp_path / "made", "--lang", lang)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
        lines.append(ran.err)
    assert said in lines[0]
    assert len(set(lines)) == 3, "not said in all languages"
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", "node_id,имя\n".encode("cp1251"), b'node_id,"x'])
def test_files_that_are_no_tables(foreign, tmp_path, content):
    (foreign / "node.csv").write_bytes(content)
    ran = run("build", "gmns", foreign, tmp_path / "made")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert f"{foreign}/node.csv" in ran.err


def test_folders_that_are_none(foreign, tmp_path):
    for path, said in ((tmp_path / "no", "does not exist"), (foreign / "node.csv", "is a file")):
        ran = run("build", "gmns", path, tmp_path / "made")
        assert (ran.code, ran.err) == (
            3,
            f"corridors: {path}: {said}, expected a directory with node.csv and link.csv\n",
        )
    (foreign / "link.csv").unlink()
    ran = run("build", "gmns", foreign, tmp_path / "made")
    assert (ran.code, ran.err) == (3, f"corridors: {foreign}/link.csv: missing, expected a file\n")


def test_an_unknown_command_of_build_lists_those_it_has():
    known = "expected one of overpass, scgraph, osm, gmns"
    ran = run("build", "shapefile")
    assert ran.code == 2
    assert sorted(ran.err.replace(",", "").split()) == sorted(
        f"corridors: No such command 'shapefile' {known}".replace(",", "").split()
    )
    assert sorted(run("build").err.replace(",", "").split()) == sorted(
        f"corridors: Missing command {known}".replace(",", "").split()
    )


@pytest.mark.parametrize("option", [("--countries", "RU,KZ"), ("--boundaries", "lands.gpkg"), ("--join-gaps", "5")])
def test_a_folder_of_ours_has_its_border(tmp_path, option):
    folder = co.export(TOY, tmp_path / "out", to="gmns")
    said = [run("build", "gmns", folder, tmp_path / "again", *option, "--lang", lang) for lang in ("en", "ru", "kk")]
    assert {ran.code for ran in said} == {2}
    assert said[0].err == (
        f"corridors: {folder}: has a border already, expected no --countries, --boundaries, --join-gaps\n"
    )
    assert len({ran.err for ran in said}) == 3
    with pytest.raises(co.UsageError, match="has a border already"):
        co.read_gmns(folder, countries=["RU"])


def test_a_network_without_countries_apart(foreign, tmp_path):
    """All in one country: no crossing, and sound."""
    (foreign / "node.csv").write_text(NODES.replace("RU", "KZ"), "utf-8")
    assert run("build", "gmns", foreign, tmp_path / "made").code == 0
    net = co.load(tmp_path / "made")
    assert len(net.crossings) == 0
    assert not net.regions["border"].any()


def test_toys_come_back(tmp_path):
    net = toy.network("a RU RU-A 3\n x\n k KZ KZ-K 2", "a x 10\n x k 10", "x RU>KZ entry 5")
    shutil.rmtree(tmp_path)
    check_same(net, co.read_gmns(co.export(net, tmp_path / "out", to="gmns")))
