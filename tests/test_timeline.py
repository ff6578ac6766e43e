"""The timeline: dependency by year in a toy whose lines open and close, and in the default network."""

import json
from dataclasses import replace

import pytest
import toy

import corridors as co
from corridors.cli.history_text import timeline_lines, timeline_tables
from corridors.errors import UsageError

OPEN = {"attribute": "status", "value": "operational"}


def network(*periods, **cells):
    """Two towns of RU: 10 km through KZ, or 100 km at home by a link that opened when the periods say."""
    return toy.network(
        "a RU RU-A 3\nx\nk KZ KZ-A 3\ny\nb RU RU-B 3",
        "a x 2\nx k 3\nk y 3\ny b 2\na b 100\na > b 4 id=late\nb > a 4 id=late-back",
        periods=[{"object_id": o, **p} for p in periods for o in ("late", "late-back")],
        **cells,
    )


def years(net, **options):
    return co.timeline(net, "RU", "KZ", mode="road", minimize="distance", **options)


def test_an_opening_ends_the_dependency():
    found = years(network({"from": "2004-11-30", **OPEN}), first=2003, last=2006)
    assert found.table["dependency"].tolist() == [1, 0, 0, 0]
    assert found.table["change"].tolist() == [0, -1, 0, 0]
    assert found.table.loc[2004, "events"] == "late: status operational; late-back: status operational"
    row = found.events.iloc[0]
    assert (len(found.events), row["date"], row["dependency_before"], row["dependency_after"]) == (
        1,
        "2004-11-30",
        1,
        0,
    )


def test_a_year_is_its_last_day():
    found = years(network({"from": "2004", **OPEN}), first=2003, last=2005)
    assert found.table["dependency"].tolist() == [1, 0, 0]


def test_a_closing_brings_it_back():
    found = years(network({"from": "2000", "to": "2004-06", **OPEN}), first=1999, last=2005)
    assert found.table["dependency"].tolist() == [1, 0, 0, 0, 0, 1, 1]
    assert found.events["change"].tolist() == [-1, 1]


def test_what_never_changes_moves_nothing():
    found = years(network(), first=2000, last=2002)
    assert found.table["dependency"].tolist() == [0, 0, 0]
    assert not len(found.events)


def test_events_are_called_by_their_names():
    net = network({"from": "2004", "event_id": "opened", **OPEN})
    names = [{"event_id": "opened", "name_en": "Home line opened", "name_ru": "Открыта", "name_kk": "Ашылды"}]
    found = years(net.with_tables(events=toy.frame("events", names)), first=2003, last=2005)
    assert found.events["event"].tolist() == ["Home line opened"]


def test_the_years_end_at_the_date_asked():
    net = network({"from": "2004-11-30", **OPEN})
    from corridors.model.scenario import Scenario

    found = years(net, first=2003, scenario=Scenario(as_of="2004-06"))
    assert found.table["dependency"].to_dict() == {2003: 1, 2004: 1}


def test_a_year_that_is_not_the_last_goes_on_to_its_end():
    """The date asked cuts the last year only; what happens later in an earlier year belongs to it."""
    from corridors.model.scenario import Scenario

    found = years(network({"from": "2004-11-30", **OPEN}), first=2003, last=2006, scenario=Scenario(as_of="2004-06"))
    assert found.table["dependency"].to_dict() == {2003: 1, 2004: 0, 2005: 0, 2006: 0}
    assert found.table["change"].to_dict() == {2003: 0, 2004: -1, 2005: 0, 2006: 0}
    assert found.settings["as_of"] == "2006-12-31"


def test_what_a_path_does_not_depend_on_is_no_event():
    net = network(
        {"from": "2004-11-30", **OPEN},
        {"from": "2004-11-30", "attribute": "operator", "value": "new"},
        {"from": "2004-11-30", "attribute": "free_speed_kmh", "value": "2", "vehicle": "passenger_train"},
    )
    assert years(net, first=2003, last=2005).table.loc[2004, "events"].count("operator") == 0


def test_a_year_in_which_nothing_is_joined_is_unknown():
    net = toy.network(
        "a RU RU-A 3\nb RU RU-B 3\nx\nk KZ KZ-A 3",
        "a b 5\na x 1\nx k 1",
        periods=[{"object_id": "a-b", "from": "2004-06", **OPEN}],
    )
    found = years(net, first=2003, last=2005)
    assert found.table["dependency"].isna().tolist() == [True, False, False]
    assert json.loads(json.dumps(found.to_json()))["years"][0]["dependency"] is None


@pytest.mark.parametrize(("first", "last"), [(1990, 2000), (2005, 2004), (2000, 99999)])
def test_years_out_of_order_or_too_early(first, last):
    with pytest.raises(UsageError, match="expected 1991 to"):
        years(network(), first=first, last=last)


def test_a_last_year_agrees_with_transit(shipped_net):
    """Two ways to the same figure."""
    found = co.timeline(shipped_net, "KZ", "RU", mode="rail", first=2025, last=2026)
    today = co.transit(shipped_net, "KZ", "RU", mode="rail", sensitivity=False).figures
    for figure in ("dependency", "captive_share", "foreign_km_share"):
        assert found.table.loc[2026, figure] == pytest.approx(today[figure], abs=1e-12)


def test_railways_built_to_avoid_transit_lowered_it(shipped_net):
    """Aksu–Degelen 2001, Khromtau–Altynsarin 2004 and Shar–Oskemen 2008."""
    found = co.timeline(shipped_net, "KZ", "RU", mode="rail", first=2000, last=2009)
    assert (found.table["dependency"].diff().dropna() <= 1e-9).all()
    assert found.table.loc[2000, "dependency"] > 2 * found.table.loc[2009, "dependency"]
    dates = found.events["date"].tolist()
    assert {"2001-06-19", "2004-11-30"} <= set(dates)


def test_plain_data_and_chart(shipped_net):
    found = co.timeline(shipped_net, "KZ", "RU", mode="rail", first=2003, last=2005)
    plain = json.loads(json.dumps(found.to_json()))
    assert [row["year"] for row in plain["years"]] == [2003, 2004, 2005]
    assert plain["events"][0]["date"] == "2004-11-30"
    axes = found.plot()
    texts = " ".join(t.get_text() for t in axes.texts)
    assert "Khromtau–Altynsarin" in texts
    assert len(axes.lines) >= 1


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_a_network_without_periods_says_that_it_holds_no_history(lang):
    net = replace(
        toy.network("a RU RU-A 3\nb RU RU-B 2\nk KZ KZ-A 4\nx\ny", "a x 1\nx k 1\nk y 1\ny b 1"), language=lang
    )
    found = co.timeline(net, "RU", "KZ", mode="road")
    lines = timeline_lines(found)
    assert len(lines) == 1
    assert "100.0%" in lines[0]
    assert timeline_tables(found) == []
    assert len(found.table) > 30  # json and csv have every year
