"""What must hold for every network: closures, waits, writing and reading, dependency, the order of rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest
import toy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_networks import crossing_sets, networks

import corridors as co
from corridors.analysis.setting import pose
from corridors.analysis.zones import build_zones
from corridors.engine.paths import Paths
from corridors.model.network import Network
from corridors.model.scenario import Scenario
from corridors.model.schema import TABLES

MINIMIZE = st.sampled_from(["time", "distance", "cost", "generalised"])
SLACK = 1 + 1e-6  # paths of equal cost within this are equal (ε of the definitions)


def paths_of(net: Network, minimize: str = "time", scenario: Scenario | None = None) -> Paths:
    setting = pose(net, mode="road", minimize=minimize, scenario=scenario)
    zones = build_zones(setting)
    return toy.skims(setting.graph(zones.terminals))


def assert_same(a: Paths, b: Paths) -> None:
    for name in ("cost", "length_km", "time_h", "cost_usd", "wait_h", "km_by_country", "crossings"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name), err_msg=name)


# ---- scenarios ---------------------------------------------------------------------------------------------------


@given(st.data(), networks(), MINIMIZE)
def test_closing_crossings_makes_no_pair_cheaper(data, net, minimize):
    setting = pose(net, mode="road", minimize=minimize)
    graph = setting.graph(build_zones(setting).terminals)
    few = data.draw(crossing_sets(net))
    more = few | data.draw(crossing_sets(net))
    costs = [toy.skims(graph, closed=np.isin(setting.supply.crossing_ids, list(s))).cost for s in ((), few, more)]
    assert (costs[0] <= costs[1] * SLACK).all()
    assert (costs[1] <= costs[2] * SLACK).all()


@given(st.data(), networks(), MINIMIZE)
def test_a_closure_leaves_alone_the_pairs_that_did_not_use_the_crossing(data, net, minimize):
    setting = pose(net, mode="road", minimize=minimize)
    graph = setting.graph(build_zones(setting).terminals)
    k = data.draw(st.integers(0, len(net.crossings) - 1))
    free = toy.skims(graph)
    shut = toy.skims(graph, closed=np.arange(len(net.crossings)) == k)
    np.testing.assert_array_equal(free.cost[~free.uses(k)], shut.cost[~free.uses(k)])


@given(networks(), MINIMIZE)
def test_an_empty_scenario_changes_nothing(net, minimize):
    assert_same(paths_of(net, minimize), paths_of(net, minimize, Scenario(name="nothing")))


@given(networks())
def test_the_date_of_the_network_itself_changes_nothing(net):
    assert_same(paths_of(net), paths_of(net, scenario=Scenario(as_of=net.assumptions.reference_date)))


@given(st.data(), networks(), st.integers(0, 9), st.integers(1, 9))
def test_more_wait_is_never_faster(data, net, hours, more):
    crossing = data.draw(st.sampled_from(list(net.crossings.index)))
    less, longer = (paths_of(net, scenario=Scenario(wait_h={crossing: float(h)})).time_h for h in (hours, hours + more))
    assert (less <= longer * SLACK).all()


@given(networks(), MINIMIZE)
def test_a_detour_by_any_zone_is_no_shortcut_at_home(net, minimize):
    """c_ij ≤ c_il + c_lj within one country, where no entry is paid twice or saved."""
    setting = pose(net, mode="road", minimize=minimize)
    terminals = build_zones(setting).terminals
    assume((terminals.length_km == 0).all())  # a connector is not a way through
    cost = toy.skims(setting.graph(terminals)).cost
    for country in np.unique(terminals.country):
        home = np.flatnonzero(terminals.country == country)
        own = cost[np.ix_(home, home)]
        by = (own[:, :, None] + own[None]).min(axis=1)
        assert (own <= by * SLACK).all()


@given(networks())
def test_kilometres_by_country_add_up(net):
    paths = paths_of(net)
    np.testing.assert_allclose(paths.km_by_country.sum(axis=0), paths.length_km)


# ---- one question, one answer ------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(networks(), MINIMIZE)
def test_a_route_costs_what_the_matrix_says(net, minimize):
    table = co.matrix(net, mode="road", minimize=minimize).table.set_index(["origin", "destination"])
    served = {*net.links["from_node_id"], *net.links["to_node_id"]}
    for (origin, destination), row in table.iterrows():
        if not {origin, destination} <= served:
            continue  # on connectors in a matrix, an error for a route
        if np.isnan(row["time_h"]):
            with pytest.raises(co.NoAnswerError):
                co.route(net, origin, destination, mode="road", minimize=minimize)
            continue
        found = co.route(net, origin, destination, mode="road", minimize=minimize).routes[0]
        for name in ("distance_km", "time_h", "cost_usd", "border_wait_h"):
            assert found[name] == pytest.approx(row[name], abs=1e-9)
        assert len(found["crossings"]) >= row["crossings"]
        assert sum(leg["length_km"] for leg in found["legs"]) == pytest.approx(found["distance_km"])
        assert sum(leg["time_h"] for leg in found["legs"]) + found["border_wait_h"] == pytest.approx(found["time_h"])


@given(st.data(), networks(), MINIMIZE)
def test_the_order_of_rows_means_nothing(data, net, minimize):
    """What is reported of a pair is the same, whatever the order of the tables."""
    shuffled = toy.reordered(net, data.draw(st.randoms(use_true_random=False)).shuffle)
    one, other = (co.matrix(n, mode="road", minimize=minimize).table for n in (net, shuffled))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@given(networks(), MINIMIZE)
def test_ids_mean_nothing_but_identity(net, minimize):
    """Other names that sort alike give the same figures."""
    ends = {c: "N" + net.links[c] for c in ("from_node_id", "to_node_id")}
    renamed = {
        "nodes": net.nodes.rename(index="N{}".format),
        "links": net.links.assign(**ends).rename(index="L{}".format),
        "crossings": net.crossings.rename(index="C{}".format),
        "crossing_links": net.crossing_links.assign(
            crossing_id="C" + net.crossing_links["crossing_id"], link_id="L" + net.crossing_links["link_id"]
        ),
        "waits": net.waits.assign(crossing_id="C" + net.waits["crossing_id"]),
    }
    one, other = (co.matrix(n, mode="road", minimize=minimize).table for n in (net, net.with_tables(**renamed)))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@given(networks())
def test_nothing_changes_the_network_it_is_asked_of(net):
    before = {t: net.table(t).copy(deep=True) for t in TABLES}
    co.matrix(net, mode="road", scenario=Scenario(close=(net.crossings.index[0],), as_of="1999"))
    for name, table in before.items():
        pd.testing.assert_frame_equal(table, net.table(name), check_exact=True)


# ---- dependency --------------------------------------------------------------------------------------------------


@given(networks(), MINIMIZE, st.sampled_from(["gravity", "uniform"]))
def test_shares_are_shares(net, minimize, weights):
    try:
        found = co.transit(net, "RU", "KZ", mode="road", minimize=minimize, weights=weights, sensitivity=False)
    except co.NoAnswerError:
        return
    f = found.figures
    for name in ("dependency", "captive_share", "unserved_share", "foreign_km_share"):
        assert np.isnan(f[name]) or 0 <= f[name] <= 1, name
    assert f["captive_share"] <= f["dependency"]
    by_saving = [
        f["dependency"],
        *(f["dependency_by_saving"][s] for s in ("0.01", "0.05", "0.1", "0.25")),
        f["captive_share"],
    ]
    assert all(a >= b - 1e-12 for a, b in zip(by_saving, by_saving[1:], strict=False))
    penalty = f["avoidance_penalty"]
    assert np.isnan(penalty["max"]) or (
        0 < penalty["median"] <= penalty["max"] and penalty["mean"] <= penalty["max"] * SLACK
    )
    assert (found.by_crossing["share"] <= f["dependency"] + 1e-12).all()
    assert found.pairs["share"].sum() == pytest.approx(f["dependency"])
    assert len(found.pairs) == f["dependent_pairs"] == found.table["dependent_pairs"].sum()


@given(networks(), MINIMIZE)
def test_the_country_is_the_sum_of_its_regions(net, minimize):
    """With uniform weights a served pair weighs 1: dependent pairs over pairs, by region and for the whole."""
    try:
        found = co.transit(net, "RU", "KZ", mode="road", minimize=minimize, weights="uniform", sensitivity=False)
    except co.NoAnswerError:
        return
    regions, whole = found.table, found.figures
    assert regions["pairs"].sum() == whole["pairs"]
    assert regions["zones"].sum() == found.settings["zones"]
    for name in ("dependency", "captive_share"):
        assert (regions[name].fillna(0) * regions["pairs"]).sum() == pytest.approx(whole[name] * whole["pairs"])


# ---- writing and reading -----------------------------------------------------------------------------------------


def assert_identical(one: Network, other: Network) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(one.table(name), other.table(name), obj=name, check_exact=True)
    assert one.assumptions == other.assumptions
    assert dict(one.outlines) == dict(other.outlines)


def test_the_default_network_survives_writing_and_reading(shipped_net, tmp_path):
    co.write(shipped_net, tmp_path)
    assert co.validate(tmp_path) == []
    assert_identical(shipped_net, co.load(tmp_path))
    co.write(co.load(tmp_path), tmp_path / "again")
    for path in sorted(tmp_path.glob("*/*.*")):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(tmp_path)).read_bytes(), path.name


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0\r"), min_size=1, max_size=12
)


@settings(max_examples=25)
@given(st.data(), networks(), st.dictionaries(st.sampled_from(["wait_h.lorry", "gravity.theta"]), st.floats(0, 1e6)))
def test_any_network_survives_writing_and_reading(data, net, changes):
    """Names with commas, quotes, line ends and any script; numbers to the last bit."""
    names = data.draw(st.lists(CELL, min_size=len(net.places), max_size=len(net.places)))
    lengths = data.draw(st.lists(st.floats(0.1, 1e5), min_size=len(net.links), max_size=len(net.links)))
    net = replace(
        net.with_tables(places=net.places.assign(name_en=names), links=net.links.assign(length_km=lengths)),
        assumptions=net.assumptions.changed(changes),
    )
    with TemporaryDirectory() as folder:
        co.write(net, Path(folder))
        assert_identical(net, co.load(folder, check=False))
