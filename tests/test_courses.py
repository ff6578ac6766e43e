"""Courses of links, dated attributes, and names: what the tables say beyond km."""

import pytest
import toy

from corridors.analysis.lookup import find_spot
from corridors.engine.dated import change_days, table_on
from corridors.model.dates import last_day
from corridors.model.geo import link_courses, path_points
from corridors.sources.check import _course_problems, _link_km

BEND = "LINESTRING (60 50, 60.5 50.2, 61 50)"


def bent():
    net = toy.network("a RU RU-A 3 at=50,60\nb RU RU-A 3 at=50,61\nc RU RU-A 3 at=50,62", "a b 90\nb c 80")
    links = net.links.copy()
    links["geometry"] = links["geometry"].astype(object)
    links.loc["a-b", "geometry"] = BEND
    return net.with_tables(links=links)


def test_a_path_follows_the_course_both_ways():
    there = path_points(bent(), ["a-b", "b-c"])
    assert there == [(60, 50), (60.5, 50.2), (61, 50), (62, 50)]
    assert path_points(bent(), ["b-c", "a-b"]) == there[::-1]
    assert path_points(bent(), ["a-b"]) == there[:3]
    assert path_points(bent(), []) == []


def test_without_a_course_a_link_is_straight():
    assert link_courses(bent())[1] == [(61, 50), (62, 50)]


@pytest.mark.parametrize(
    ("start", "end", "km", "complaint"),
    [
        ((50.0, 60.0), (50.0, 61.0), 90, None),
        ((50.1, 60.0), (50.0, 61.0), 90, "begins 11.1 km from its node"),
        ((50.0, 60.0), (50.0, 61.1), 90, "ends 7.1 km from its node"),
        ((50.0, 60.0), (50.0, 61.0), 75, "84.1 km long as drawn, expected at most the 75 km"),
    ],
)
def test_a_course_fits_its_link(start, end, km, complaint):
    nodes = {"a": ("node", "RU", *start), "b": ("node", "RU", *end)}
    _, (there,) = _link_km([("a-b", "a", "b", BEND)], nodes)
    found = _course_problems(*there, km)
    assert len(found) == (complaint is not None)
    assert complaint is None or complaint in found[0]


def test_words_and_numbers_change_on_their_dates():
    periods = [
        {"object_id": "a-b", "to": "2005", "attribute": "surface", "value": "dirt"},
        {"object_id": "a-b", "to": "2005", "attribute": "lanes", "value": "2"},
        {"object_id": "a-b", "from": "2003", "attribute": "free_speed_kmh", "value": "40", "vehicle": "lorry"},
    ]
    net = toy.network("a RU RU-A 3\nb RU RU-A 3", "a b 9", periods=periods)
    before, after = table_on(net, "links", last_day("2004")), table_on(net, "links", last_day("2006"))
    assert (before.loc["a-b", "surface"], before.loc["a-b", "lanes"]) == ("dirt", 2)
    assert after["surface"].isna().all()
    assert before["free_speed_kmh"].isna().all()
    assert table_on(net, "links", last_day("2004"), frozenset({"lorry"})).loc["a-b", "free_speed_kmh"] == 40


def test_days_of_change_are_those_of_whom_it_concerns():
    periods = [
        {"object_id": "a-b", "from": "2003", "attribute": "free_speed_kmh", "value": "40", "vehicle": "lorry"},
        {"object_id": "a-b", "from": "2001-05", "to": "2002", "attribute": "status", "value": "operational"},
    ]
    net = toy.network("a RU RU-A 3\nb RU RU-A 3", "a b 9", periods=periods)
    assert [str(d) for d in change_days(net)] == ["2001-05-31", "2002-12-31", "2003-12-31"]
    assert [str(d) for d in change_days(net, frozenset({"car"}))] == ["2001-05-31", "2002-12-31"]


def test_a_planned_line_is_planned_until_it_opens():
    periods = [{"object_id": "a-b", "from": "2030", "attribute": "status", "value": "operational"}]
    net = toy.network("a RU RU-A 3\nb RU RU-A 3", "a b 9 status=planned", periods=periods)
    assert table_on(net, "links", last_day("2029")).loc["a-b", "status"] == "planned"
    assert table_on(net, "links", last_day("2031")).loc["a-b", "status"] == "operational"


def test_a_name_of_today_wins_over_an_old_name_of_another_place(shipped_net):
    assert find_spot(shipped_net, "Kyzylzhar").place_id == "kyzylzhar-ulytau"
    assert find_spot(shipped_net, "Қызылжар").place_id == "kyzylzhar-ulytau"
    assert find_spot(shipped_net, "Кокчетав").place_id == "kokshetau"
