"""Claims: the verdict follows from the figures, never from the table."""

import json

import pytest
import toy

import corridors as co
from corridors.analysis.claims import ABOUT, VERDICTS
from corridors.analysis.measures import MEASURES
from corridors.errors import DataError

CLAIM = {"about": "x", "claim": "y", "source": toy.SOURCE}


def network(*claims, **cells):
    net = toy.network(
        "a RU RU-A 6\nx\nb KZ KZ-A 3\ny\nc RU RU-B 2\nd KZ KZ-B 1",
        "a x 10\nx b 100\nb y 50\ny c 10\na c 400 mode=rail\nb d 1",
        corridors={"through": ["a-x", "x-b", "b-y", "y-c"]},
        regions={
            "RU-A": {"population": "6000000"},
            "RU-B": {"population": "2000000"},
            "KZ-A": {"population": "1000000"},
        },
        **cells,
    )
    return net.with_tables(
        claims=toy.frame("claims", [{"claim_id": str(i), **CLAIM, **c} for i, c in enumerate(claims)])
    )


def verdict(comparison, value, measure="corridor_km", of="through|KZ"):
    claim = {"value": value, "comparison": comparison, "measure": measure, "object": of}
    return co.claims(network(claim)).table.iloc[0]["verdict"]


@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        ("equal", 150, "confirmed"),
        ("equal", 151, "contradicted"),
        ("about", 150 * (1 + ABOUT), "confirmed"),
        ("about", 150 * (1 + 2 * ABOUT), "contradicted"),
        ("over", 149, "confirmed"),
        ("over", 150, "contradicted"),
        ("at_least", 150, "confirmed"),
        ("at_least", 151, "contradicted"),
        ("at_most", 150, "confirmed"),
        ("at_most", 149, "contradicted"),
        (None, 150, "not testable"),
    ],
)
def test_the_verdict_follows_from_our_figure(comparison, value, expected):
    assert verdict(comparison, value) == expected  # 100 + 50 km of the corridor lie in KZ


def test_a_longer_link_turns_the_verdict():
    claim = {"value": 150, "comparison": "at_most", "measure": "corridor_km", "object": "through|KZ"}
    net = network(claim)
    assert co.claims(net).table["verdict"].tolist() == ["confirmed"]
    links = net.links.copy()
    links.loc["x-b", "length_km"] *= 1.1
    assert co.claims(net.with_tables(links=links)).table["verdict"].tolist() == ["contradicted"]


@pytest.mark.parametrize(
    ("measure", "of", "expected"),
    [
        ("border_regions", "RU", 2.0),
        ("population", "RU", 8.0),
        ("population", "RU-A,KZ-A", 7.0),
        ("population_ratio", "RU-A|RU-B", 3.0),
        ("corridor_crossings", "through|RU-A,RU-B", 2.0),
        ("corridor_crossings", "through|RU-A", 1.0),
        ("region_crossings", "KZ-A|road", 2.0),
        ("region_crossings", "KZ-A|rail", 0.0),
        ("region_modes", "RU-A", 2.0),
        ("trunk_roads", None, 2.0),
        ("leaders", "road|RU-A,RU-B", 1.0),
        ("way_round", "a|c|any|KZ|a,c", 1.0),
        ("direct_way", "a|c|road|RU-A,KZ-A", 0.0),
        ("direct_way", "a|c|road|RU-A,RU-B,KZ-A", 1.0),
        ("corridor_planned", "through", 0.0),
        ("corridor_opened", "through", 0.0),
    ],
)
def test_measures_by_hand(measure, of, expected):
    claim = {"comparison": "holds", "measure": measure, "object": of}
    assert co.claims(network(claim)).table.iloc[0]["ours"] == expected


def test_opening_is_read_from_the_periods():
    opened = [
        {"object_id": link, "from": "2001-06", "attribute": "status", "value": "operational"}
        for link in ("a-x", "x-b", "b-y", "y-c")
    ]
    claim = {"comparison": "holds", "measure": "corridor_opened", "object": "through|KZ-B"}
    found = co.claims(network(claim, periods=opened)).table.iloc[0]
    assert (found["ours"], found["evidence"]) == (1.0, "opened 2001-06; outside KZ-B")
    claim["object"] = "through|RU-B"
    assert co.claims(network(claim, periods=opened)).table.iloc[0]["verdict"] == "contradicted"


def test_what_has_no_data_is_not_testable():
    claim = {"value": 1, "comparison": "about", "measure": "population", "object": "KZ-A"}
    net = network(claim)
    found = co.claims(net.with_tables(populations=net.populations.iloc[:0])).table.iloc[0]
    assert (found["verdict"], found["evidence"]) == ("not testable", "no population of KZ-A")


@pytest.mark.parametrize(
    ("measure", "of", "complaint"),
    [
        ("guess", None, "measure 'guess' is unknown"),
        ("corridor_km", "none|KZ", "corridor 'none' is not in the network"),
        ("corridor_km", "through", "corridor_km of 'through', expected corridor, country, joined by"),
        ("border_regions", "XX", "country 'XX' is not"),
        ("region_crossings", "RU-Z|rail", "region 'RU-Z' is not"),
        ("region_crossings", "RU-A|rial", "mode 'rial' is not"),
        ("population", "RU-Z", "region 'RU-Z' is not"),
        ("leaders", "rail|RU-Z", "region 'RU-Z' is not"),
        ("way_round", "a|nowhere|road|KZ|a", "place 'nowhere' is not"),
        ("event_km", "nothing", "event 'nothing' is not"),
    ],
)
def test_a_measure_that_cannot_be_taken_says_so(measure, of, complaint):
    with pytest.raises(DataError, match=f"claim 0: {complaint}"):
        co.claims(network({"comparison": "holds", "measure": measure, "object": of}))


@pytest.mark.parametrize("comparison", ["equal", "about", "over", "at_least", "at_most"])
def test_a_comparison_with_nothing_is_not_testable(comparison):
    assert verdict(comparison, None) == "not testable"


def test_about_nothing():
    assert verdict("about", 0, "region_crossings", "KZ-A|rail") == "confirmed"


def test_a_claim_is_measured_on_its_own_date():
    """The home line opened in 2004: before, the way from a to c led through KZ."""
    late = [{"object_id": "a-c", "from": "2004", "attribute": "status", "value": "operational"}]
    way = {"comparison": "holds", "measure": "direct_way", "object": "a|c|any|RU-A,RU-B", "value": None}
    net = network(way, {**way, "as_of": "2003"}, periods=late)
    links = net.links.copy()
    links.loc["a-c", "length_km"] = 20
    found = co.claims(net.with_tables(links=links))
    assert found.table["verdict"].tolist() == ["confirmed", "contradicted"]
    assert co.claims(net.with_tables(links=links), as_of="2003").table["verdict"].tolist() == ["contradicted"] * 2


def test_a_network_without_claims_says_so():
    with pytest.raises(DataError, match="no claims.csv"):
        co.claims(network())


# ---- the shipped claims ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped_claims(shipped_net):
    return co.claims(shipped_net)


def test_no_verdict_is_typed_in(shipped_net):
    assert not {"verdict", "ours", "evidence"} & set(shipped_net.claims.columns)


def test_each_shipped_claim_has_a_verdict_with_a_number_or_a_reason(shipped_claims):
    table = shipped_claims.table
    assert len(table) >= 35
    assert set(table["verdict"]) == set(VERDICTS)
    tested = table["verdict"] != "not testable"
    assert table.loc[tested, "ours"].notna().all()
    assert table.loc[tested, "evidence"].str.len().gt(0).all()
    assert table.loc[~tested, "limit"].notna().all()


def test_claims_and_measures_fit(shipped_net):
    assert set(shipped_net.claims["measure"].dropna()) <= set(MEASURES)
    assert all(f.__doc__ for f in MEASURES.values())


def test_what_everybody_can_check(shipped_claims):
    verdicts = shipped_claims.table["verdict"]
    assert verdicts["regions-ru"] == verdicts["regions-kz"] == verdicts["transsib-transit"] == "confirmed"
    assert verdicts["rail-leaders"] == "contradicted"  # no railway crosses the border of Tyumen Oblast


def test_claims_as_plain_data(shipped_claims):
    rows = json.loads(json.dumps(shipped_claims.to_json()))
    assert {"claim_id", "claimed", "ours", "verdict", "evidence", "source"} <= set(rows[0])
