"""What the default network must say of the world, whoever improves its tables."""

from __future__ import annotations

import json

import networkx as nx
import numpy as np
import pytest
import shapely
import toy

import corridors as co
from corridors.analysis.lookup import find_region, find_spot
from corridors.analysis.setting import pose
from corridors.analysis.zones import build_zones
from corridors.engine.dated import OPEN, table_on
from corridors.model.dates import last_day
from corridors.model.geo import great_circle_km, link_courses
from corridors.model.scenario import Scenario

RU_BORDER = {f"RU-{r}" for r in ("AST", "VGG", "SAR", "SAM", "ORE", "CHE", "KGN", "TYU", "OMS", "NVS", "ALT", "AL")}
KZ_BORDER = {f"KZ-{r}" for r in ("23", "27", "15", "39", "59", "55", "10", "63")}
ABAI, EAST_KAZAKHSTAN, NORTH_KAZAKHSTAN, ALTAI_REPUBLIC = "KZ-10", "KZ-63", "KZ-59", "RU-AL"
MOST_KM_ABROAD = 1.0

# ---- Kurgan – Omsk -----------------------------------------------------------------------------------------------


def places_passed(net, found: dict) -> set[str]:
    nodes = {
        n
        for leg in found["legs"]
        for link in leg["link_ids"]
        for n in net.links.loc[link, ["from_node_id", "to_node_id"]]
    }
    return set(net.nodes.loc[sorted(nodes), "place_id"].dropna())


@pytest.fixture(scope="module")
def kurgan_omsk(shipped_net):
    return co.route(shipped_net, "Kurgan", "Omsk", mode="rail", minimize="distance").routes[0]


@pytest.fixture(scope="module")
def kurgan_omsk_at_home(shipped_net):
    return co.route(shipped_net, "Kurgan", "Omsk", mode="rail", minimize="distance", avoid_country="KZ")


def test_kurgan_omsk_leads_through_north_kazakhstan(shipped_net, kurgan_omsk):
    assert 525 <= kurgan_omsk["distance_km"] <= 555
    assert 150 <= kurgan_omsk["km_by_country"]["KZ"] <= 215
    assert set(kurgan_omsk["km_by_country"]) == {"RU", "KZ"}
    crossings = [c["crossing_id"] for c in kurgan_omsk["crossings"]]
    assert crossings == ["rail-gorbunovo-mamlyutka", "rail-karaguga-isilkul"]
    assert set(shipped_net.crossings.loc[crossings, "region_b"]) == {NORTH_KAZAKHSTAN}
    assert "petropavl" in places_passed(shipped_net, kurgan_omsk)


def test_its_transit_trains_do_not_wait(shipped_net):
    """If they waited as an entering lorry does, least time would lead by Tyumen."""
    found = co.route(shipped_net, "Kurgan", "Omsk", mode="rail").routes[0]
    assert found["border_wait_h"] == 0
    assert len(found["crossings"]) == 2


def test_without_kazakhstan_it_leads_by_tyumen_and_ishim(shipped_net, kurgan_omsk, kurgan_omsk_at_home):
    best = kurgan_omsk_at_home.routes[0]
    assert {"tyumen", "ishim"} <= places_passed(shipped_net, best)
    assert set(best["km_by_country"]) == {"RU"}
    assert best["crossings"] == []
    avoided = kurgan_omsk_at_home.to_json()["avoided"]
    assert avoided["extra_km"] == pytest.approx(best["distance_km"] - kurgan_omsk["distance_km"])
    assert avoided["extra_km"] > 200
    assert avoided["extra_h"] > 5


def test_what_is_shut_in_north_kazakhstan_leads_the_same_way(shipped_net, kurgan_omsk_at_home):
    shut = co.route(
        shipped_net,
        "Kurgan",
        "Omsk",
        mode="rail",
        minimize="distance",
        scenario=Scenario(close_regions=(NORTH_KAZAKHSTAN,)),
    )
    at_home = kurgan_omsk_at_home.routes[0]["distance_km"]
    assert shut.routes[0]["distance_km"] <= at_home  # it may still use another region's crossings


# ---- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place_id", "names"),
    [
        ("kurgan", ["Kurgan", "курган", "Qurğan", "КУРГАН", "Қорған", " kurgan "]),
        ("kokshetau", ["Кокчетав", "Kokchetav", "Көкшетау", "Kokshetau", "Кокшетау"]),
        ("astana", ["Целиноград", "Акмола", "Акмолинск", "Tselinograd", "Нур-Султан", "Nur-Sultan", "Астана"]),
        ("kostanay", ["Kustanai", "Кустанай", "Костанай", "Қостанай", "Kustanay"]),
        ("oral", ["Уральск", "Uralsk", "Орал", "Oral"]),
        ("oskemen", ["Усть-Каменогорск", "Ust-Kamenogorsk", "Өскемен", "Oskemen"]),
        ("semey", ["Семипалатинск", "Semipalatinsk", "Семей"]),
        ("aktobe", ["Актюбинск", "Aktyubinsk", "Ақтөбе"]),
        ("petropavl", ["Петропавловск", "Petropavlovsk", "Петропавл"]),
        ("atyrau", ["Гурьев", "Guryev", "Атырау"]),
        ("almaty", ["Алма-Ата", "Alma-Ata", "Алматы"]),
        ("aktau", ["Шевченко", "Ақтау"]),
        ("taraz", ["Джамбул", "Тараз"]),
        ("orenburg", ["Оренбург", "Orenburg", "Орынбор", "Orenbourg"]),
        ("yekaterinburg", ["Екатеринбург", "Ekaterinburg", "Свердловск"]),
    ],
)
def test_one_place_by_all_its_names(shipped_net, place_id, names):
    assert {name: find_spot(shipped_net, name).place_id for name in names} == dict.fromkeys(names, place_id)


def test_a_name_nobody_bears_suggests_the_nearest(shipped_net):
    with pytest.raises(co.UnknownNameError, match="'Xyzzyburgograd' is unknown"):
        find_spot(shipped_net, "Xyzzyburgograd")


@pytest.mark.parametrize(
    "name", ["KZ-59", "North Kazakhstan Region", "Северо-Казахстанская область", "Солтүстік Қазақстан облысы"]
)
def test_one_region_by_all_its_names(shipped_net, name):
    assert find_region(shipped_net, name) == NORTH_KAZAKHSTAN


LANGUAGES = ("en", "ru", "kk")
NEAR_KM = 60
"""A crossing's side bears the name of the town that its road or railway comes from, seldom farther away."""


def test_a_side_of_a_crossing_and_the_place_it_is_named_for_agree_in_every_language(shipped_net):
    """Of the same country, near, and called the same in English or in Russian: then so in the other languages."""
    places = shipped_net.places[shipped_net.places["kind"] != "checkpoint"]
    disagree = []
    for crossing, row in shipped_net.crossings.iterrows():
        for side in ("a", "b"):
            named = {lang: row[f"name_{side}_{lang}"] for lang in LANGUAGES}
            there = places[places["country"] == row[f"country_{side}"]]
            there = there[(there["name_en"] == named["en"]) | (there["name_ru"] == named["ru"])]
            km = great_circle_km(row["y_coord"], row["x_coord"], there["y_coord"], there["x_coord"])
            disagree += [
                (crossing, place, lang, named[lang], place_names[f"name_{lang}"])
                for place, place_names in there[km < NEAR_KM].iterrows()
                for lang in LANGUAGES
                if place_names[f"name_{lang}"] != named[lang]
            ]
    assert disagree == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_crossing_is_called_by_its_sides_and_no_two_places_by_the_same_pair(shipped_net, lang):
    crossings, places = shipped_net.crossings, shipped_net.places
    pair = crossings[f"name_a_{lang}"] + " – " + crossings[f"name_b_{lang}"]
    assert crossings.index[crossings[f"name_{lang}"] != pair].tolist() == []
    pairs = places.loc[places["kind"] == "checkpoint", f"name_{lang}"]
    assert pairs[pairs.duplicated(keep=False)].to_dict() == {}


# ---- regions and crossings ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def regions(shipped_net):
    return co.regions(shipped_net, mode="rail").table


def test_the_border_regions_of_today(regions):
    table = regions
    assert set(table.index[table["country"] == "RU"]) == RU_BORDER
    assert set(table.index[table["country"] == "KZ"]) == KZ_BORDER


def test_the_border_regions_before_abai_was_split_off(shipped_net, regions):
    """In 2019 what lies in Abai today belonged to East Kazakhstan, its crossings too (in 2021 three of them were shut)."""
    then = co.regions(shipped_net, mode="rail", scenario=Scenario(as_of="2019")).table
    assert set(then.index[then["country"] == "RU"]) == RU_BORDER
    assert set(then.index[then["country"] == "KZ"]) == KZ_BORDER - {ABAI}
    now = regions
    for count in ("rail_crossings", "road_crossings"):
        assert then.at[EAST_KAZAKHSTAN, count] == now.loc[[EAST_KAZAKHSTAN, ABAI], count].sum()
    assert then.at[EAST_KAZAKHSTAN, "border_length_km"] == pytest.approx(
        now.loc[[EAST_KAZAKHSTAN, ABAI], "border_length_km"].sum(), abs=2
    )


def test_a_region_ends_the_day_before_the_next_begins(shipped_net):
    """Abai exists since 8 June 2022: never two East Kazakhstans at once, nor none."""
    for day, abai in (("2022-06-07", False), ("2022-06-08", True), ("2022", True), (None, True)):
        there = list(shipped_net.regions_as_of(day).index)
        assert (ABAI in there, there.count(EAST_KAZAKHSTAN)) == (abai, 1), day


def test_altai_republic_has_no_rail_crossing(regions):
    assert regions.at[ALTAI_REPUBLIC, "rail_crossings"] == 0


def test_every_other_region_has_a_crossing(regions):
    """But Samara Oblast, which touches Kazakhstan along 2 km without a road across."""
    land = regions["rail_crossings"] + regions["road_crossings"]
    assert set(land.index[land == 0]) <= {ALTAI_REPUBLIC, "RU-SAM"}


def test_the_counts_of_every_region_can_be_counted_again(shipped_net, regions):
    """From the rows of crossings.csv, row by row; counts are of all modes, whatever mode was asked for."""
    table = regions
    for region in table.index:
        rows = [
            row
            for _, row in shipped_net.crossings.iterrows()
            if region in (row["region_a"], row["region_b"]) and row["status"] in ("operational", "seasonal")
        ]
        for mode in ("rail", "road", "sea"):
            assert table.at[region, f"{mode}_crossings"] == sum(row["mode"] == mode for row in rows), (region, mode)
        for category in ("multilateral", "bilateral", "local", "none"):
            counted = sum(row["mode"] == "road" and row["category"] == category for row in rows)
            assert table.at[region, f"road_{category}"] == counted, (region, category)


def test_enough_crossings_and_each_between_the_countries(shipped_net):
    crossings = shipped_net.crossings
    assert (crossings["country_a"] + crossings["country_b"] == "RUKZ").all()
    assert set(crossings["region_a"]) - RU_BORDER <= {"RU-DA", "RU-KL"}  # ports
    land = crossings[crossings["mode"] != "sea"]
    assert set(land["region_b"]) <= KZ_BORDER
    in_use = land[land["status"].isin(["operational", "seasonal"])]
    assert (in_use["mode"] == "rail").sum() >= 16
    assert ((in_use["mode"] == "road") & (in_use["category"] != "none")).sum() >= 27


def test_what_a_crossing_is_said_to_carry_its_links_carry(shipped_net):
    """Goods or people, where it is known; what is closed carries nobody."""
    uses = shipped_net.links["allowed_uses"].reindex(shipped_net.crossing_links["link_id"])
    by_crossing = dict(uses.groupby(shipped_net.crossing_links["crossing_id"].to_numpy()).agg("|".join))
    wrong = []
    for crossing, row in shipped_net.crossings[shipped_net.crossings["status"] != "closed"].iterrows():
        used = set(by_crossing.get(crossing, "").split("|"))
        for flag, users in (("freight", {"freight", "lorry"}), ("passenger", {"passenger", "car"})):
            if used != {""} and isinstance(row[flag], str) and (row[flag] == "yes") != bool(used & users):
                wrong.append((crossing, flag, row[flag], sorted(used)))
            if used & users and not isinstance(row[flag], str) and flag == "passenger":
                wrong.append((crossing, flag, "unknown", sorted(used)))
    assert wrong == []


def test_ten_checkpoints_were_shut_to_all_traffic_from_april_2020_to_july_2022(shipped_net):
    """To lorries, too: the decree of 30 March 2020 closed them, while others let goods pass."""
    named = {"Orda", "Shagan", "Karashatau", "Kondybai", "Akbalshyk", "Kyzyl Zhar", "Naiza", "Koyanbai", "Baitanat"}
    roads = shipped_net.crossings[shipped_net.crossings["mode"] == "road"]
    ten = set(roads.index[roads["name_b_en"].isin(named | {"Zhezkent"})])
    assert len(ten) == 10

    def open_to(vehicle: str, day: str) -> int:
        on_the_day = table_on(shipped_net, "crossings", last_day(day), frozenset({vehicle}))
        return int(on_the_day.loc[sorted(ten), "status"].isin(OPEN).sum())

    for vehicle, day, still in (
        ("lorry", "2020-04-03", 10),
        ("car", "2020-04-03", 0),  # nobody might leave or enter since 16 March
        ("lorry", "2020-04-04", 0),
        ("lorry", "2021-01-01", 0),
        ("car", "2022-04-11", 0),  # when the others were opened to travellers
        ("lorry", "2022-07-11", 0),
        ("car", "2022-07-12", 10),
        ("lorry", "2022-07-12", 10),
    ):
        assert open_to(vehicle, day) == still, (vehicle, day)


def boundary_points(net) -> np.ndarray:
    """Points of the state border, about 200 m apart: latitude, longitude."""
    pieces = []
    for feature in json.loads(net.outlines["boundary"])["features"]:
        kind, shape = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        for line in [shape] if kind == "LineString" else shape:
            corner = np.array(line, float)[:, 1::-1]
            for a, b in zip(corner[:-1], corner[1:], strict=True):
                steps = max(1, int(great_circle_km(*a, *b) / 0.2))
                pieces.append(a + (b - a) * np.linspace(0, 1, steps, endpoint=False)[:, None])
            pieces.append(corner[-1:])
    return np.concatenate(pieces)


def test_every_crossing_lies_on_the_border(shipped_net):
    """Within 2 km of the line, and its border node where the crossing is."""
    points = boundary_points(shipped_net)
    land = shipped_net.crossings[shipped_net.crossings["mode"] != "sea"]
    off = {
        crossing: round(float(great_circle_km(row["y_coord"], row["x_coord"], *points.T).min()), 1)
        for crossing, row in land.iterrows()
    }
    assert {k: km for k, km in off.items() if km > 2} == {}
    links = shipped_net.crossing_links.merge(
        shipped_net.links[["from_node_id", "to_node_id"]], left_on="link_id", right_index=True
    )
    for end in ("from_node_id", "to_node_id"):
        at = shipped_net.nodes.loc[links[end], ["kind", "y_coord", "x_coord"]].to_numpy()
        crossing = shipped_net.crossings.loc[links["crossing_id"], ["y_coord", "x_coord"]].to_numpy(float)
        on = at[:, 0] == "border"
        km = great_circle_km(*at[on, 1:].astype(float).T, *crossing[on].T)
        assert km.max() < 0.5


def test_border_nodes_split_kilometres_by_country(shipped_net):
    """Every link on land lies in one country: no end of it in another."""
    country = shipped_net.nodes["country"]
    links = shipped_net.links[shipped_net.links["mode"] != "sea"]
    for end in ("from_node_id", "to_node_id"):
        at = country.reindex(links[end]).to_numpy()
        there = np.array([isinstance(c, str) for c in at])
        assert (at[there] == links["country"].to_numpy()[there]).all()


def test_every_link_on_land_is_drawn_at_home(shipped_net):
    """At most 1 km of it in another country, a strip of some 0.4 km along the line apart.

    That leaves the river-bank road to Borodulikha, the ends of railways that meet the line at a flat angle, and
    Soyuznaya on the railway to Svetly, which stands on the line itself.
    """
    outlines: dict[str, list] = {}
    for feature in json.loads(shipped_net.outlines["regions"])["features"]:
        outlines.setdefault(feature["properties"]["region_id"][:2], []).append(
            shapely.from_geojson(json.dumps(feature))
        )
    abroad = {c: shapely.union_all(shapely.buffer(parts, 0)).buffer(-0.005) for c, parts in outlines.items()}
    links = shipped_net.links[shipped_net.links["mode"] != "sea"]
    courses = np.array(link_courses(shipped_net.with_tables(links=links)), object)
    lines = np.array([shapely.LineString(c) for c in courses])
    found = {}
    for country, outline in abroad.items():
        shapely.prepare(outline)
        for i in np.flatnonzero((links["country"] != country).to_numpy() & shapely.intersects(outline, lines)):
            x, y = np.array([*shapely.get_coordinates(shapely.segmentize(lines[i], 0.001)).T])
            inside = shapely.contains_xy(outline, (x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2)
            km = float(great_circle_km(y[:-1], x[:-1], y[1:], x[1:])[inside].sum())
            if km > MOST_KM_ABROAD:
                found[links.index[i]] = round(km, 1)
    assert found == {}


def test_closing_the_crossings_of_a_region_leaves_other_pairs_alone(shipped_net):
    shut = Scenario(close_regions=(NORTH_KAZAKHSTAN,))
    of_region = (shipped_net.crossings["region_b"] == NORTH_KAZAKHSTAN).to_numpy()
    for mode in ("rail", "road"):
        setting = pose(shipped_net, mode=mode)
        zones = build_zones(setting)
        before = toy.skims(setting.graph(zones.terminals))
        after = toy.skims(pose(shipped_net, mode=mode, scenario=shut).graph(zones.terminals))
        used = toy.users(before, np.flatnonzero(of_region))
        assert used.any() and not used.all()
        # without its links the chains of the border are cut elsewhere, and add up in another order
        np.testing.assert_allclose(before.cost[~used], after.cost[~used], rtol=1e-12)
        assert (after.cost[used] >= before.cost[used] * (1 - 1e-6)).all()
        assert (after.cost[used] > before.cost[used] * (1 + 1e-6)).any()
        assert not toy.users(after, np.flatnonzero(of_region)).any()


# ---- what is in it -----------------------------------------------------------------------------------------------


def test_enough_named_stations_and_places(shipped_net):
    """Waypoints and border nodes not counted; each a place with a node on the mode."""
    nodes = shipped_net.nodes
    named = nodes.index[nodes["place_id"].notna() & ~nodes["kind"].isin(["waypoint", "border"])]
    ends = {
        m: {n for c in ("from_node_id", "to_node_id") for n in part[c]} for m, part in shipped_net.links.groupby("mode")
    }
    assert nodes.loc[[n for n in named if n in ends["rail"]], "place_id"].nunique() >= 300
    assert nodes.loc[[n for n in named if n in ends["road"]], "place_id"].nunique() >= 250


@pytest.mark.parametrize(
    ("origin", "destination", "avoid", "modes"),
    [
        ("Moscow", "Novosibirsk", "KZ", ("rail", "road")),
        ("Aktau", "Almaty", "RU", ("rail", "road")),
        ("Aktau", "Dostyk", "RU", ("rail", "road")),
        ("Almaty", "Dostyk", "RU", ("rail", "road")),
        ("Almaty", "Khorgos", "RU", ("rail", "road")),
        ("Atyrau", "Khorgos", "RU", ("rail", "road")),
        ("Oskemen", "Astana", "RU", ("rail", "road")),
        ("Oral", "Aktobe", "RU", ("road",)),  # by rail it must pass through Iletsk: the classical captive pair
        ("Chelyabinsk", "Omsk", "KZ", ("rail", "road")),
        ("Astrakhan", "Barnaul", "KZ", ("rail", "road")),
    ],
)
def test_there_is_a_way_at_home(shipped_net, origin, destination, avoid, modes):
    """Between far ends of each country, and what the direct line is at least and this at most."""
    for mode in modes:
        found = co.route(shipped_net, origin, destination, mode=mode, minimize="distance", avoid_country=avoid).routes[
            0
        ]
        a, b = (
            shipped_net.places.loc[find_spot(shipped_net, p).place_id, ["y_coord", "x_coord"]]
            for p in (origin, destination)
        )
        straight = great_circle_km(*a, *b)
        assert avoid not in found["km_by_country"]
        assert straight * 0.99 <= found["distance_km"] <= straight * 2.5, mode


def test_oral_aktobe_by_rail_is_captive(shipped_net):
    """Uralsk – Iletsk – Aktobe has no way round by rail."""
    found = co.route(shipped_net, "Oral", "Aktobe", mode="rail").routes[0]
    assert found["km_by_country"]["RU"] > 50
    assert len(found["crossings"]) == 2
    with pytest.raises(co.NoAnswerError):
        co.route(shipped_net, "Oral", "Aktobe", mode="rail", avoid_country="RU")


def test_khromtau_altynsarin_opened_in_2004(shipped_net):
    """Aktobe to Kostanay by rail: through Russia before, at home since."""
    line = shipped_net.corridor_links.loc[shipped_net.corridor_links["corridor_id"] == "khromtau-altynsarin", "link_id"]
    rows = {link: i for i, link in enumerate(shipped_net.links.index)}
    for as_of, there in (("2003", False), ("2004-11-29", False), ("2004-12", True), ("2005", True), (None, True)):
        supply = pose(shipped_net, mode="rail", scenario=Scenario(as_of=as_of)).supply
        present = np.isin([rows[link] for link in line], supply.link)
        assert present.all() if there else not present.all(), as_of
    before, after = (
        co.route(
            shipped_net, "Aktobe", "Kostanay", mode="rail", minimize="distance", scenario=Scenario(as_of=year)
        ).routes[0]
        for year in ("2003", "2005")
    )
    assert before["km_by_country"].get("RU", 0) > 100
    assert after["km_by_country"].get("RU", 0) == 0
    assert after["distance_km"] < before["distance_km"]


def test_the_planned_line_to_oskemen_is_there_only_when_built(shipped_net):
    as_it_is = co.route(shipped_net, "Semey", "Oskemen", mode="rail", minimize="distance").routes[0]
    built = co.route(
        shipped_net, "Semey", "Oskemen", mode="rail", minimize="distance", scenario=Scenario(build=("semey-oskemen",))
    ).routes[0]
    assert built["distance_km"] < as_it_is["distance_km"] - 50
    planned = shipped_net.links.index[shipped_net.links["status"] == "planned"]
    assert not set(planned) & {link for leg in as_it_is["legs"] for link in leg["link_ids"]}
    assert set(planned) & {link for leg in built["legs"] for link in leg["link_ids"]}


def road_graph(net) -> nx.MultiDiGraph:
    graph = net.to_graph()
    dropped = [
        (a, b, k)
        for a, b, k, d in graph.edges(keys=True, data=True)
        if d["mode"] != "road" or d["status"] not in ("operational", "seasonal")
    ]
    graph.remove_edges_from(dropped)
    return graph


def test_every_place_over_the_bound_is_joined_by_road(shipped_net):
    """All zones of both countries, in the whole network, there and back."""
    times = co.matrix(shipped_net, mode="road").wide("time_h").isna()
    cut_off = times.index[(times.sum() > len(times) / 2) | (times.sum(axis=1) > len(times) / 2)]
    assert list(cut_off) == []
    assert (times.sum(axis=1) == 1).all()  # itself


def test_the_road_graph_has_no_loose_pieces(shipped_net):
    graph = road_graph(shipped_net)
    pieces = sorted((c for c in nx.strongly_connected_components(graph) if any(graph.degree(n) for n in c)), key=len)
    assert [sorted(p)[:5] for p in pieces[:-1]] == []


@pytest.mark.parametrize(
    "corridor",
    [
        "transsib",
        "middle-siberian",
        "south-siberian",
        "caspian-centre",
        "tyumen",
        "turksib",
        "semey-pavlodar",
        "semey-oskemen",
        "khromtau-altynsarin",
        "uralsk-iletsk-aktobe",
    ],
)
def test_the_corridors_named_in_the_brief_are_there(shipped_net, corridor):
    assert corridor in shipped_net.corridors.index
    assert (shipped_net.corridor_links["corridor_id"] == corridor).any()


def test_lengths_of_well_known_lines(shipped_net):
    """Kilometre posts and timetables: within 5%."""
    for origin, destination, mode, km in (
        ("Kurgan", "Petropavl", "rail", 265),
        ("Petropavl", "Omsk", "rail", 274),
        ("Chelyabinsk", "Kurgan", "rail", 258),
        ("Omsk", "Novosibirsk", "rail", 627),
        ("Petropavl", "Kokshetau", "rail", 200),
        ("Astana", "Karagandy", "rail", 240),
    ):
        found = co.route(shipped_net, origin, destination, mode=mode, minimize="distance").routes[0]
        assert found["distance_km"] == pytest.approx(km, rel=0.05), (origin, destination)


def test_the_graph_view_has_every_link_once_a_direction(shipped_net):
    graph = shipped_net.to_graph()
    two_way = ~shipped_net.links["directed"]
    assert graph.number_of_nodes() == len(shipped_net.nodes)
    assert graph.number_of_edges() == len(shipped_net.links) + two_way.sum()
    for_osmnx = shipped_net.to_graph(osmnx=True)
    assert all(isinstance(n, int) for n in for_osmnx)
    first = shipped_net.links.iloc[0]
    a, b = (list(shipped_net.nodes.index).index(first[c]) for c in ("from_node_id", "to_node_id"))
    (data,) = (d for d in for_osmnx[a][b].values() if d["link_id"] == first.name)
    assert data["length"] == pytest.approx(1000 * first["length_km"])
    assert {"x", "y", "street_count"} <= set(for_osmnx.nodes[a]) & set(for_osmnx.nodes[b])


def test_the_question_of_the_issue(shipped_net):
    """Russia depends on transit through Kazakhstan by rail, and by far not for everything."""
    figures = co.transit(shipped_net, "RU", through="KZ", mode="rail", sensitivity=False).figures
    assert 0.005 < figures["dependency"] < 0.5
    assert figures["avoidance_penalty"]["mean"] > 0
    captive = co.transit(shipped_net, "KZ", through="RU", mode="rail", sensitivity=False).figures
    assert captive["captive_share"] > 0  # Oral
