"""A network in the formats of other tools: written, read by those tools, compared with the tables."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import geopandas
import hypothesis.strategies as st
import igraph
import networkx as nx
import numpy as np
import osmnx as ox
import pandas as pd
import pyogrio
import pytest
import random_networks
import shapely
import toy
from hypothesis import given, settings
from pandas.testing import assert_frame_equal
from test_cli import run

import corridors as co
from corridors.model.geo import link_courses
from corridors.model.network import TABLE_FIELDS
from corridors.model.schema import FACILITY_TYPES, TABLES
from corridors.sources.exchange import styles
from corridors.sources.exchange.formats import FORMATS, left_out
from corridors.sources.exchange.frames import assumption_frame, credit, flat_frame
from corridors.sources.exchange.geofiles import OUTLINE_LAYERS
from corridors.sources.tables import format_cell
from corridors.views import style

# parallel links, one-way, ferry, planned, numbers known and unknown, nodes apart so that courses have a length
TOY = toy.network(
    "a RU RU-A 3 at=50,60\nb RU RU-A 2 at=50,61\nk KZ KZ-K 2 at=49,60\nl KZ KZ-K 1 at=49,61\n"
    "x at=49.5,60\ny at=49.5,61",
    "a b 80\na b 90 mode=rail\na > b 85 speed=70\na x 60\nx k 60\nb y 60 mode=sea\ny l 60 mode=sea\nk l 80 status=planned",
    "x RU>KZ entry 5 p10=1 p90=9 fee=7",
    crossings={"x": {"lanes": "4", "hours_per_day": "12.5", "name_ru": "Граница «Х» & Ко <1>"}},
    corridors={"trunk": ["a-x", "x-k"]},
    periods=[{"object_id": "k-l", "from": "2004", "to": "2010-05", "attribute": "status", "value": "operational"}],
)
LANES = TOY.links.assign(lanes=[2.0, np.nan, 1.0] + [np.nan] * 5, geometry=None)
LANES.loc["a-x", "geometry"] = "LINESTRING (60 50, 60.1 49.80, 60 49.5)"
TOY = TOY.with_tables(links=LANES.astype({"geometry": "str"}))
DRAWN = ("nodes", "links", "crossings", "places")


@pytest.fixture(scope="module", params=["toy", "default"])
def net(request, shipped_net) -> co.Network:
    return TOY if request.param == "toy" else shipped_net


@pytest.fixture(scope="module")
def written(net, tmp_path_factory) -> dict[str, Path]:
    """Every format of a network."""
    folder = tmp_path_factory.mktemp("formats")
    return {
        name: co.export(net, folder / f"{name}{form.suffixes[0] if form.suffixes else ''}", to=name)
        for name, form in FORMATS.items()
    }


def texts(name: str, frame: pd.DataFrame, skip: tuple[str, ...] = ()) -> list[list[str]]:
    """The cells of a table as a CSV of ours has them: equal texts are equal values, types and gaps."""
    columns = [c for c in TABLES[name].columns if c.name not in skip]
    cells = [
        [format_cell(c, None if v is None or v is pd.NA or v is pd.NaT else v) for v in frame[c.name].tolist()]
        for c in columns
    ]
    return [list(row) for row in zip(*cells, strict=True)]


def check_same(net: co.Network, name: str, frame: pd.DataFrame) -> None:
    """Compare a table that was read with that of the network; drawn ones have their course as geometry."""
    skip = ("geometry",) if name == "links" and "straight" in frame else ()
    assert texts(name, frame, skip) == texts(name, flat_frame(net, name), skip)


def check_drawn(net: co.Network, name: str, frame: geopandas.GeoDataFrame) -> None:
    """Compare points and courses; a link without a course says so."""
    assert frame.crs.to_epsg() == 4326 or frame.crs.to_string() == "OGC:CRS84"
    if name == "links":
        assert [list(line.coords) for line in frame.geometry] == link_courses(net)
        assert frame["straight"].tolist() == net.links["geometry"].isna().tolist()
    else:
        assert [(p.x, p.y) for p in frame.geometry] == list(zip(frame["x_coord"], frame["y_coord"], strict=True))


# ---- frames and formats ------------------------------------------------------------------------------------------------


def test_gdfs_have_all_columns_and_the_course(net):
    frames = co.to_gdfs(net)
    assert tuple(frames) == DRAWN
    for name, frame in frames.items():
        assert frame.index.name == TABLES[name].key[0]
        assert set(TABLES[name].column_names) <= {*frame.columns, frame.index.name}
        check_same(net, name, frame.reset_index())
        check_drawn(net, name, frame)
    crossing_of = dict(zip(net.crossing_links["link_id"], net.crossing_links["crossing_id"], strict=True))
    assert dict(frames["links"]["crossing_id"].dropna().items()) == crossing_of


def test_what_is_left_out_is_all_that_a_format_does_not_keep(net):
    everything = {name for name in TABLE_FIELDS if len(net.table(name))} | {"assumptions"}
    everything |= {"outlines"} if net.outlines else set()
    for name, form in FORMATS.items():
        assert set(left_out(net, name)) == everything - set(form.keeps)
        assert set(form.keeps) <= {*TABLE_FIELDS, "assumptions", "outlines"}


@pytest.mark.parametrize("name", ["geopackage", "geoparquet", "parquet", "gmns"])
def test_these_formats_leave_nothing_out(net, name):
    assert left_out(net, name) == []


# ---- GeoPackage --------------------------------------------------------------------------------------------------------


def test_a_geopackage_holds_every_table(net, written):
    file = written["geopackage"]
    layers = {name for name, _ in pyogrio.list_layers(file)}
    outlines = {OUTLINE_LAYERS[name] for name in net.outlines}
    assert layers == {*TABLE_FIELDS, *outlines, "assumptions", "about", "layer_styles"}
    for name in TABLE_FIELDS:
        found = pyogrio.read_dataframe(file, layer=name)
        check_same(net, name, found)
        if name in DRAWN:
            check_drawn(net, name, found)
    found = pyogrio.read_dataframe(file, layer="assumptions", read_geometry=False)
    assert_frame_equal(found, assumption_frame(net), check_dtype=False)
    about = dict(pyogrio.read_dataframe(file, layer="about").itertuples(index=False))
    assert about == {
        "name": net.name, "reference_date": net.assumptions.reference_date, "credit": credit(net)
    }  # fmt: skip


def test_types_of_a_geopackage_are_those_of_the_columns(net, written):
    kinds = {"integer": {"int64"}, "year": {"int64"}, "number": {"float64"}, "boolean": {"bool"}}
    for name in TABLE_FIELDS:
        info = pyogrio.read_info(written["geopackage"], layer=name)
        found = dict(zip(info["fields"], info["dtypes"], strict=True))
        for column in TABLES[name].columns:
            if column.name in found:
                assert found[column.name] in kinds.get(column.kind, {"object"}), (name, column.name)


def check_outline(net: co.Network, name: str, found: geopandas.GeoDataFrame) -> None:
    features = json.loads(net.outlines[name])["features"]
    assert len(found) == len(features)
    for (_, row), feature in zip(found.iterrows(), features, strict=True):
        assert row.geometry.equals(shapely.geometry.shape(feature["geometry"]))
        known = {k: v for k, v in row.items() if k != "geometry" and pd.notna(v)}
        assert known == {k: v for k, v in feature["properties"].items() if v is not None}


@pytest.mark.parametrize("name", OUTLINE_LAYERS)
def test_outlines_of_the_default_network_are_kept(shipped_net, written, net, name):
    if name not in net.outlines:
        assert not (written["geoparquet"] / f"{OUTLINE_LAYERS[name]}.parquet").exists()
        return
    check_outline(net, name, pyogrio.read_dataframe(written["geopackage"], layer=OUTLINE_LAYERS[name]))
    check_outline(net, name, geopandas.read_parquet(written["geoparquet"] / f"{OUTLINE_LAYERS[name]}.parquet"))
    assert (written["parquet"] / f"{name}.geojson").read_text("utf-8") == net.outlines[name]


def test_ogrinfo_reads_the_geopackage(written):
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo (gdal-bin) is not on this machine")
    done = subprocess.run(
        ["ogrinfo", "-so", "-al", str(written["geopackage"])], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    counts = dict(re.findall(r"Layer name: (\w+)\n(?:.*\n)*?Feature Count: (\d+)", done.stdout))
    layers = pyogrio.list_layers(written["geopackage"])[:, 0]
    assert counts == {name: str(pyogrio.read_info(written["geopackage"], layer=name)["features"]) for name in layers}


def test_every_style_is_one_that_qgis_can_use(net, written):
    """Well-formed, default, of a layer that is there, with its geometry column; categories are the modes there are.

    That QGIS takes them was looked at in QGIS itself; update_time is what it sorts by.
    """
    with sqlite3.connect(written["geopackage"]) as base:
        base.row_factory = sqlite3.Row
        rows = [dict(row) for row in base.execute("SELECT * FROM layer_styles")]
        columns = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall())
        assert base.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
    assert {row["f_table_name"] for row in rows} == set(columns) - {"places"}
    for row in rows:
        assert row["useAsDefault"] == 1 and row["update_time"]
        assert columns[row["f_table_name"]] == row["f_geometry_column"]
        tree = ET.fromstring(row["styleQML"].partition(">")[2])
        renderer = tree.find("renderer-v2")
        symbols = {symbol.get("name") for symbol in renderer.iter("symbol")}
        if renderer.get("type") == "categorizedSymbol":
            categories = {c.get("value"): c.get("symbol") for c in renderer.iter("category")}
            assert set(categories.values()) == symbols
            if row["f_table_name"] in ("links", "crossings"):
                assert set(net.table(row["f_table_name"])[renderer.get("attr")]) <= set(categories)
        else:
            assert symbols == {"0"}


def test_styles_have_the_colours_of_the_maps():
    strokes = {stroke.word: stroke.colour for stroke in style.STROKES}
    assert styles.LINE_COLOURS["rail"] == strokes["rail"]
    assert styles.LINE_COLOURS["road"] == strokes["road_trunk"]
    assert styles.LINE_COLOURS["sea"] == strokes["sea"]
    assert styles.CROSSING_COLOURS == style.CROSSING_COLOURS
    assert styles.BORDER_COLOUR == style.BORDER_LINE
    assert styles.GROUND_COLOURS == {"land": style.LAND, "water": style.WATER}


def test_a_geopackage_there_already_is_replaced(tmp_path, shipped_net):
    file = co.export(shipped_net, tmp_path / "a.gpkg", to="geopackage")
    co.export(TOY, file, to="geopackage")
    assert len(pyogrio.read_dataframe(file, layer="links")) == len(TOY.links)
    assert [path.name for path in tmp_path.iterdir()] == ["a.gpkg"]


# ---- Parquet -----------------------------------------------------------------------------------------------------------


def test_parquet_holds_every_table(net, written):
    names = {path.stem for path in written["parquet"].glob("*.parquet")}
    assert names == {*TABLE_FIELDS, "assumptions", "about"}
    for name in TABLE_FIELDS:
        found = pd.read_parquet(written["parquet"] / f"{name}.parquet")
        assert_frame_equal(found, flat_frame(net, name), check_dtype=len(found) > 0)
    found = pd.read_parquet(written["parquet"] / "assumptions.parquet")
    assert_frame_equal(found, assumption_frame(net))


def test_geoparquet_holds_every_table_those_on_the_map_with_geometry(net, written):
    folder = written["geoparquet"]
    for name in TABLE_FIELDS:
        if name in DRAWN:
            found = geopandas.read_parquet(folder / f"{name}.parquet")
            check_drawn(net, name, found)
        else:
            found = pd.read_parquet(folder / f"{name}.parquet")
        check_same(net, name, found)


# ---- GeoJSON -----------------------------------------------------------------------------------------------------------


def test_geojson_is_a_feature_collection_by_the_standard(net, written):
    """RFC 7946: one FeatureCollection, no crs, longitude first, a properties object in every feature."""
    document = json.loads(written["geojson"].read_text("utf-8"), parse_constant=pytest.fail)
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    assert document.get("credit", "") == credit(net)
    by_layer: dict[str, list] = {}
    for feature in document["features"]:
        assert set(feature) == {"type", "properties", "geometry"}
        assert feature["type"] == "Feature"
        by_layer.setdefault(feature["properties"]["layer"], []).append(feature)
    assert list(by_layer) == list(DRAWN)
    for name, features in by_layer.items():
        expected = flat_frame(net, name)
        for feature, (_, row), course in zip(
            features, expected.iterrows(), link_courses(net) if name == "links" else expected.index, strict=True
        ):
            known = {k: v for k, v in row.items() if pd.notna(v) and k != "geometry"}
            found = feature["properties"]
            assert {
                k: v for k, v in found.items() if k not in {"layer", "straight", "crossing_id"} or k in known
            } == known
            assert {k: type(v) for k, v in found.items() if k == "directed"}.get("directed", bool) is bool
            at = feature["geometry"]["coordinates"]
            assert [tuple(p) for p in at] == course if name == "links" else at == [row["x_coord"], row["y_coord"]]


def test_geojson_opens_in_geopandas(net, written):
    found = geopandas.read_file(written["geojson"])
    assert found.crs.to_epsg() == 4326
    assert found["layer"].value_counts().to_dict() == {name: len(net.table(name)) for name in DRAWN}
    assert found.loc[found["layer"] == "links", "length_km"].sum() == pytest.approx(net.links["length_km"].sum())


# ---- graphs ------------------------------------------------------------------------------------------------------------


def expected_edges(net: co.Network) -> dict[str, dict]:
    """Each direction of travel as the tables have it: values of the right type, unknown ones left out."""
    flat = flat_frame(net, "links")
    crossing_of = dict(zip(net.crossing_links["link_id"], net.crossing_links["crossing_id"], strict=True))
    edges = {}
    for row in flat.to_dict("records"):
        known = {k: v for k, v in row.items() if pd.notna(v)}
        if row["link_id"] in crossing_of:
            known["crossing_id"] = crossing_of[row["link_id"]]
        edges[row["link_id"]] = known | {"reversed": False, "edge_id": row["link_id"]}
        if not row["directed"]:
            edges[f"{row['link_id']}~back"] = known | {"reversed": True, "edge_id": f"{row['link_id']}~back"}
    return edges


def test_graphml_in_networkx_has_types_kept(net, written):
    graph = nx.read_graphml(written["graphml"], force_multigraph=True)
    assert graph.graph["crs"] == "EPSG:4326"
    assert graph.graph["credit"] == credit(net)
    expected = expected_edges(net)
    found = {key: (tail, head, row) for tail, head, key, row in graph.edges(keys=True, data=True)}
    assert set(found) == set(expected)
    for key, (tail, head, row) in found.items():
        assert row == expected[key]
        assert {k: type(v) for k, v in row.items()} == {k: type(v) for k, v in expected[key].items()}
        ends = (row["from_node_id"], row["to_node_id"])
        assert (tail, head) == (ends[::-1] if row["reversed"] else ends)
    names = net.names("places")
    for row in flat_frame(net, "nodes").to_dict("records"):
        known = {k: v for k, v in row.items() if pd.notna(v)}
        name = {"name": names[row["place_id"]]} if pd.notna(row["place_id"]) else {}
        assert graph.nodes[row["node_id"]] == known | name


def test_graphml_has_one_type_a_column_and_ids_that_differ(written):
    tree = ET.parse(written["graphml"])
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = [(key.get("for"), key.get("attr.name")) for key in tree.iter(f"{space}key")]
    assert len(keys) == len(set(keys))
    ids = [edge.get("id") for edge in tree.iter(f"{space}edge")]
    assert len(ids) == len(set(ids)) > 0


def test_graphml_in_igraph_has_types_kept(net, written):
    """igraph knows numbers (one kind), booleans and text; unknown numbers are NaN and unknown texts empty."""
    graph = igraph.Graph.Read_GraphML(str(written["graphml"]))
    expected = expected_edges(net)
    assert graph.is_directed() and graph.vcount() == len(net.nodes) and graph.ecount() == len(expected)
    assert graph.vs["node_id"] == net.nodes.index.tolist()
    assert graph.vs["x_coord"] == net.nodes["x_coord"].tolist()
    for edge in graph.es:
        row = expected[edge["edge_id"]]
        for name, value in edge.attributes().items():
            if name == "id":
                continue
            if name in row:
                assert value == row[name] and isinstance(value, bool) == isinstance(row[name], bool)
            else:
                assert value == "" or np.isnan(value)
        ends = (graph.vs[edge.source]["node_id"], graph.vs[edge.target]["node_id"])
        assert ends[:: -1 if row["reversed"] else 1] == (row["from_node_id"], row["to_node_id"])


def test_the_graph_for_osmnx_passes_its_strict_validation(net):
    graph = net.to_graph(osmnx=True)
    ox.convert.validate_graph(graph, strict=True)
    nodes, edges = ox.graph_to_gdfs(graph)
    ox.convert.validate_node_edge_gdfs(nodes, edges, strict=True)
    assert (edges.geom_type == "LineString").all()
    counted = ox.stats.count_streets_per_node(graph)
    assert {n: data["street_count"] for n, data in graph.nodes(data=True)} == counted
    for tail, head, row in graph.edges(data=True):
        ends = [tuple(graph.nodes[n][c] for c in "xy") for n in (tail, head)]
        drawn = [row["geometry"].coords[0], row["geometry"].coords[-1]]
        assert np.allclose(ends, drawn, atol=0.02)
        assert row["length"] == pytest.approx(1000 * net.links["length_km"][row["link_id"]])
        assert row["oneway"] == net.links["directed"][row["link_id"]]
    assert graph.graph["crs"] == "EPSG:4326"
    again = ox.graph_from_gdfs(nodes, edges)
    assert again.number_of_edges() == graph.number_of_edges()


def test_osmnx_finds_the_shortest_paths_that_networkx_finds(net):
    graph = net.to_graph(osmnx=True)
    ours = net.to_graph()
    for _, _, row in ours.edges(data=True):
        row["metres"] = row["length_km"] * 1000
    pairs = list(zip(net.nodes.index[:4], net.nodes.index[-4:], strict=True))
    number = {data["node_id"]: n for n, data in graph.nodes(data=True)}
    for a, b in pairs:
        path = ox.routing.shortest_path(graph, number[a], number[b], weight="length")
        if not nx.has_path(ours, a, b):
            assert path is None
            continue
        metres = ox.routing.route_to_gdf(graph, path, weight="length")["length"].sum()
        assert metres == pytest.approx(nx.shortest_path_length(ours, a, b, weight="metres"))


def test_osmnx_takes_speeds_and_draws(net):
    own = net.links["free_speed_kmh"]
    assert own.notna().any() == (net is TOY)
    of_class = {facility: 10.0 + n for n, facility in enumerate(FACILITY_TYPES)}
    graph = ox.add_edge_speeds(net.to_graph(osmnx=True), hwy_speeds=of_class)
    for _, _, row in ox.add_edge_travel_times(graph).edges(data=True):
        known = own[row["link_id"]]
        assert row["speed_kph"] == (of_class[row["facility_type"]] if np.isnan(known) else known)
        assert row["travel_time"] == pytest.approx(row["length"] / row["speed_kph"] * 3.6)
    _figure, ax = ox.plot_graph(graph, show=False, close=True)
    (lines,) = [c for c in ax.collections if len(c.get_paths()) == graph.number_of_edges()]
    assert lines.get_paths()[0].vertices.shape[1] == 2


def test_osmnx_loads_its_own_graphml_back(net, written):
    expected = net.to_graph(osmnx=True)
    kinds = {"integer": int, "number": float}
    types = {c.name: kinds[c.kind] for c in TABLES["links"].columns if c.kind in kinds}
    found = ox.load_graphml(
        written["osmnx"],
        edge_dtypes={**types, "directed": lambda text: text == "True", "maxspeed": float},
        node_dtypes={"x_coord": float, "y_coord": float},
    )
    ox.convert.validate_graph(found, strict=True)
    assert dict(found.nodes(data=True)) == dict(expected.nodes(data=True))
    assert {(u, v, k): d for u, v, k, d in found.edges(keys=True, data=True)} == {
        (u, v, k): d for u, v, k, d in expected.edges(keys=True, data=True)
    }


# ---- any network ---------------------------------------------------------------------------------------------------------


@settings(max_examples=12)
@given(random_networks.networks(), st.data())
def test_random_networks_with_odd_names_come_back(net, data):
    """GMNS and Parquet give every cell back; GraphML every edge: names may hold anything that a table may."""
    text = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z")), min_size=1, max_size=12)
    names = [data.draw(st.none() | text) for _ in net.links.index]
    net = net.with_tables(links=net.links.assign(name=pd.Series(names, index=net.links.index, dtype="str")))
    with tempfile.TemporaryDirectory() as folder:
        again = co.read_gmns(co.export(net, f"{folder}/gmns", to="gmns"))
        for name in TABLE_FIELDS:
            assert_frame_equal(again.table(name), net.table(name))
        tables = co.export(net, f"{folder}/parquet", to="parquet")
        assert_frame_equal(pd.read_parquet(tables / "links.parquet"), flat_frame(net, "links"))
        file = co.export(net, f"{folder}/a.graphml", to="graphml")
        graph = nx.read_graphml(file, force_multigraph=True)
    expected = expected_edges(net)
    assert {key: row for _, _, key, row in graph.edges(keys=True, data=True)} == expected


@pytest.mark.parametrize("to", FORMATS)
def test_a_network_without_crossings_is_written(to, tmp_path):
    net = toy.network("a RU RU-A 3\nb RU RU-A 2", "a b 10")
    suffix = FORMATS[to].suffixes[0] if FORMATS[to].suffixes else ""
    path = co.export(net, tmp_path / f"a{suffix}", to=to)
    if to == "geopackage":
        assert len(pyogrio.read_dataframe(path, layer="crossings")) == 0
        assert pyogrio.read_info(path, layer="crossings")["geometry_type"] == "Point"
    elif to == "geoparquet":
        assert len(geopandas.read_parquet(path / "crossings.parquet")) == 0


# ---- whole or not at all -----------------------------------------------------------------------------------------------


def test_unknown_formats_and_suffixes_are_refused_before_anything_is_read(tmp_path):
    with pytest.raises(co.UsageError, match="format 'shp' is unknown, expected one of gmns, geopackage"):
        co.export(TOY, tmp_path / "a.shp", to="shp")
    with pytest.raises(co.UsageError, match=r"a\.txt'?: expected a name that ends in \.geojson or \.json for geojson"):
        co.export(TOY, tmp_path / "a.txt", to="geojson")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [n for n, form in FORMATS.items() if form.needs])
def test_a_missing_package_names_the_extra(name, tmp_path, monkeypatch):
    monkeypatch.setattr("corridors.sources.exchange.formats.find_spec", lambda _: None)
    with pytest.raises(co.UsageError, match=r"needs pyarrow: expected pip install 'corridors\[fast\]'"):
        co.export(TOY, tmp_path / "a", to=name)
    assert list(tmp_path.iterdir()) == []


def test_the_extra_that_is_named_has_the_package():
    import tomllib

    extras = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    assert any(requirement.startswith("pyarrow") for requirement in extras["fast"])


@pytest.mark.parametrize("name", [n for n, form in FORMATS.items() if not form.suffixes])
def test_a_folder_that_holds_something_is_refused(name, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    ran = run("export", tmp_path / "full", "--to", name)
    assert ran.code == 4
    assert ran.err == f"corridors: {tmp_path}/full: is there already, expected a new or empty directory\n"
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "mine.txt"]


@pytest.mark.parametrize("name", FORMATS)
def test_where_nothing_can_be_written_nothing_is(name, tmp_path):
    (tmp_path / "file").write_text("no folder")
    suffix = FORMATS[name].suffixes[0] if FORMATS[name].suffixes else ""
    ran = run("export", tmp_path / "file" / f"a{suffix}", "--to", name)
    assert (ran.code, ran.out) == (4, "")
    assert re.fullmatch(
        r"corridors: (\S+: cannot be written: Not a directory|folder \S+: cannot be made: a file is in the way)\n",
        ran.err,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_writer_that_fails_half_way_leaves_nothing(name, tmp_path, monkeypatch):
    """Every writer asks for the credit late: there the disk is full."""

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    for module in ("frames", "geofiles", "graphfiles", "gmns"):
        monkeypatch.setattr(f"corridors.sources.exchange.{module}.credit", full)
    suffix = FORMATS[name].suffixes[0] if FORMATS[name].suffixes else ""
    with pytest.raises(co.OutputError, match="cannot be written: No space left on device"):
        co.export(TOY, tmp_path / f"a{suffix}", to=name)
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_xml_cannot_hold_is_named(tmp_path):
    names = TOY.links["name"].astype(object)
    names.iloc[1] = "bell \x07"
    net = TOY.with_tables(links=TOY.links.assign(name=names))
    for to in ("graphml", "osmnx"):
        with pytest.raises(co.DataError, match=r"name of '?\S+: U\+0007 cannot stand in XML"):
            co.export(net, tmp_path / "a.graphml", to=to)
    assert list(tmp_path.iterdir()) == []


def test_an_outline_that_holds_no_features_is_named(tmp_path):
    from dataclasses import replace

    net = replace(TOY, outlines={"land": '{"type": "FeatureCollection", "features": [7]}'})
    for to in ("geopackage", "geoparquet"):
        with pytest.raises(co.DataError, match=r"land\.geojson: a feature of it cannot be read"):
            co.export(net, tmp_path / "a.gpkg", to=to)
    assert list(tmp_path.iterdir()) == []
    empty = replace(TOY, outlines={"land": '{"type": "FeatureCollection", "features": []}'})
    file = co.export(empty, tmp_path / "a.gpkg", to="geopackage")
    assert len(pyogrio.read_dataframe(file, layer="land")) == 0


# ---- the command -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_says_what_is_lost(name, tmp_path, shipped_net):
    suffix = FORMATS[name].suffixes[0] if FORMATS[name].suffixes else ""
    ran = run("export", tmp_path / f"a{suffix}", "--to", name)
    counts = f"{len(shipped_net.nodes)} nodes, {len(shipped_net.links)} links"
    if "crossings" in FORMATS[name].keeps:
        counts += f", {len(shipped_net.crossings)} crossings"
    assert (ran.code, ran.out) == (0, f"{tmp_path}/a{suffix}: {counts}\n")
    lost, beside = left_out(shipped_net, name), ["network/LICENSE.md", "data/LICENSE.md", "data/scenarios"]
    said = [f"corridors: {name} leaves out {', '.join(lost)}"] if lost else []
    said += ["corridors: files beside the tables stay where they are: " + ", ".join(beside)]
    said += [f"corridors: {FORMATS[name].changes}"] if FORMATS[name].changes else []
    assert ran.err.splitlines() == said


def test_the_command_offers_every_format():
    from corridors.cli.outputs import _FORMATS

    assert set(_FORMATS) == set(FORMATS)


def test_as_of_writes_the_network_of_that_day(tmp_path, shipped_net):
    opened = "aike-sholaksai-rail"  # Khromtau–Altynsarin, opened at the end of 2004
    status = {}
    for day in ("2003", "2006"):
        assert run("export", tmp_path / f"{day}.gpkg", "--to", "geopackage", "--as-of", day).code == 0
        links = pyogrio.read_dataframe(tmp_path / f"{day}.gpkg", layer="links").set_index("link_id")
        status[day] = links["status"][opened]
        about = dict(pyogrio.read_dataframe(tmp_path / f"{day}.gpkg", layer="about").itertuples(index=False))
        assert about["reference_date"] == day
    assert status == {"2003": "closed", "2006": "operational"}


# ---- the document ------------------------------------------------------------------------------------------------------


def test_the_document_lists_what_each_format_leaves_out(docs):
    text = (docs / "formats.md").read_text("utf-8")
    rows = {m[1]: m[2] for m in re.finditer(r"^\| `(\w+)` \|.*\| ([^|]*) \|$", text, re.MULTILINE)}
    everything = (*TABLE_FIELDS, "assumptions", "outlines")
    assert set(rows) >= set(FORMATS)
    for name, form in FORMATS.items():
        lost = [what for what in everything if what not in form.keeps]
        assert re.findall(r"`(\w+)`", rows[name]) == lost, name
        assert (form.changes in text.replace("\n", " ")) or not form.changes
