"""Coverage: measured by hand in a toy, and held to its aims in the default network where there is a reference to hold
it against (CORRIDORS_REFERENCE names the folder)."""

import os

import numpy as np
import pandas as pd
import pytest
import toy

import corridors as co
from corridors.analysis.coverage import border_distance_km, coverage
from corridors.errors import DataError
from corridors.model.geo import great_circle_km, link_courses
from corridors.model.reference import Reference
from corridors.sources.reference import read_reference

FOLDER = os.environ.get("CORRIDORS_REFERENCE")
needs_reference = pytest.mark.skipif(not FOLDER, reason="CORRIDORS_REFERENCE names no folder of reference lists")


@pytest.fixture(scope="module")
def measured(shipped_net):
    return coverage(shipped_net, read_reference(FOLDER))


def share(found, measure):
    return found.table.loc[measure, "share"]


# ---- the default network against the reference --------------------------------------------------------------------


@needs_reference
def test_stations_of_the_border_regions_are_covered(measured):
    assert measured.table.loc["station_covered", "of"] > 2000
    assert share(measured, "station_covered") >= 0.95


@needs_reference
def test_every_pair_of_checkpoints_is_there(measured):
    assert share(measured, "checkpoint_pair") == 1


@needs_reference
def test_each_station_left_out_has_a_reason(measured):
    left = measured.left_out
    stations = left[left["measure"].isin(["station_covered", "station_position_doubtful"])]
    assert stations["why"].str.len().gt(5).all()
    of = measured.table.loc["station_covered"]
    assert (left["measure"] == "station_covered").sum() == of["of"] - of["found"]


@needs_reference
def test_the_committed_report_says_what_is_measured_now(measured, docs):
    from corridors.views.coverage import coverage_page

    assert (docs / "coverage.md").read_text("utf-8") == coverage_page(measured), "run make coverage"


# ---- what needs no reference ----------------------------------------------------------------------------------------


def test_lengths_are_known_as_far_as_asked(shipped_net):
    found = coverage(shipped_net)
    assert share(found, "rail_length_known") >= 0.85


def test_each_land_crossing_lies_on_the_border(shipped_net):
    assert share(coverage(shipped_net), "crossing_on_border") == 1


def test_lengths_stand_within_bounds_of_the_great_circle_or_are_listed(shipped_net):
    found = coverage(shipped_net)
    row = found.table.loc["length_within_bounds"]
    assert row["share"] >= 0.99
    assert (found.left_out["measure"] == "length_within_bounds").sum() == row["of"] - row["found"]


def test_courses_begin_and_end_at_the_nodes(shipped_net):
    at = shipped_net.nodes[["x_coord", "y_coord"]]
    for course, ends in zip(
        link_courses(shipped_net), shipped_net.links[["from_node_id", "to_node_id"]].to_numpy(), strict=True
    ):
        for point, node in zip((course[0], course[-1]), ends, strict=True):
            assert great_circle_km(point[1], point[0], at["y_coord"][node], at["x_coord"][node]) < 0.5


# ---- by hand ----------------------------------------------------------------------------------------------------------


def straight(**cells):
    """A railway of 30 km due north from 50° N, with a station every 10 km in the reference, 1 km beside it."""
    net = toy.network(
        "a RU RU-A 3 at=50,60\nb RU RU-A 3 at=50.27,60\nx at=50.3,60\nc KZ KZ-A 3 at=50.4,60",
        "a b 30.5 mode=rail\nb x 4 mode=rail\nx c 12 mode=rail",
    )
    rows = {f"{i:06}": {"name": f"s{i}", "lat": 50 + 0.09 * i, "lon": 60.014} for i in range(4)}
    for esr, changed in cells.items():
        rows[esr.lstrip("s").zfill(6)] |= changed
    stations = pd.DataFrame.from_dict(rows, orient="index")
    pairs = pd.DataFrame({"from_esr": ["000000", "000001", "000002"], "to_esr": ["000001", "000002", "000003"]})
    return net, Reference(stations, pairs, pd.DataFrame({"kz": [], "ru": []}, dtype=str))


@pytest.fixture
def everywhere(monkeypatch):
    """The toy has no outlines: every point counts as lying in its border region."""
    monkeypatch.setattr("corridors.analysis.coverage.regions_at", lambda _, lat, __: np.full(len(lat), "RU-A"))


@pytest.mark.usefixtures("everywhere")
def test_stations_beside_a_line_are_covered():
    assert coverage(*straight()).table.loc["station_covered", ["found", "of"]].tolist() == [4, 4]


@pytest.mark.usefixtures("everywhere")
def test_a_station_off_the_line_is_left_out_with_its_distance():
    found = coverage(*straight(s3={"lon": 60.1}))
    assert found.table.loc["station_near_railway", ["found", "of"]].tolist() == [3, 4]
    assert found.left_out.set_index("measure").loc["station_covered", ["what", "why"]].tolist() == [
        "s3 (000003)",
        "7 km from the nearest railway",
    ]


@pytest.mark.usefixtures("everywhere")
def test_a_station_where_a_namesake_is_does_not_count():
    found = coverage(*straight(s3={"lon": 62.0}))
    assert found.table.loc["station_covered", ["found", "of"]].tolist() == [3, 3]
    assert "station_position_doubtful" in set(found.left_out["measure"])


@pytest.mark.usefixtures("everywhere")
def test_neighbours_that_the_network_does_not_join_are_not_covered():
    net, reference = straight()
    links = net.links.copy()
    links.loc["b-x", "mode"] = "road"  # now the line is cut after b, and s3 lies 0.2 km before it
    stations = reference.stations.copy()
    stations.loc["000003", "lat"] = 50.33
    cut = coverage(net.with_tables(links=links), Reference(stations, reference.adjacency, reference.checkpoints))
    assert cut.table.loc["station_near_railway", "found"] == 4
    assert cut.table.loc["station_covered", "found"] == 2
    assert cut.left_out.loc[cut.left_out["measure"] == "station_covered", "why"].tolist() == [
        "not joined to s3",
        "not joined to s2",
    ]


@pytest.mark.usefixtures("everywhere")
def test_a_network_without_railways_covers_no_station():
    net, reference = straight()
    found = coverage(net.with_tables(links=net.links.assign(mode="road")), reference)
    assert found.table.loc["station_covered", ["found", "of"]].tolist() == [0, 4]


@pytest.mark.usefixtures("everywhere")
def test_a_known_reason_is_given():
    net, reference = straight(s3={"lon": 60.1})
    left_out = [{"what": "000003", "name": "s3", "reason": "works siding", "source": toy.SOURCE}]
    found = coverage(net.with_tables(omissions=toy.frame("omissions", left_out)), reference)
    assert "works siding" in found.left_out["why"].tolist()


def test_without_a_border_line_nothing_is_said_of_it():
    assert "crossing_on_border" not in coverage(straight()[0]).table.index


def test_a_pair_of_checkpoints_needs_both_sides(shipped_net):
    from corridors.analysis.coverage import _checkpoints

    listed = Reference(
        pd.DataFrame(), pd.DataFrame(), pd.DataFrame({"kz": ["Сырым", "Сырым"], "ru": ["Маштаково", "Омск"]})
    )
    (row,), left = _checkpoints(shipped_net, listed)
    assert row[1:3] == (1, 2)
    assert left == [("checkpoint_pair", "Омск – Сырым", "not among the crossings")]


def test_the_page_lists_measures_and_reasons():
    from corridors.views.coverage import coverage_page

    net = straight()[0]
    page = coverage_page(coverage(net.with_tables(links=net.links.assign(mode="road"))))
    assert "| Rail km with a published or measured length | 0 | 0 km | – | 85% |" in page


def test_the_dictionary_is_as_the_schema_has_it(docs):
    from corridors.sources.dictionary import dictionary_text

    assert (docs / "data-dictionary.md").read_text("utf-8") == dictionary_text(), "run make dictionary"


def test_distance_from_the_border_line():
    net = toy.network("a RU RU-A 3\nx\nb KZ KZ-A 3", "a x 1\nx b 1")
    assert np.isinf(border_distance_km(net, np.array([50.0]), np.array([60.0]))).all()
    outlines = {
        "boundary": '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry":'
        ' {"type": "LineString", "coordinates": [[60, 49], [60, 50], [61, 50]]}}]}'
    }
    from dataclasses import replace

    near = border_distance_km(replace(net, outlines=outlines), np.array([49.5, 50.1]), np.array([60.1, 60.5]))
    assert near == pytest.approx([7.22, 11.12], abs=0.02)


def test_a_missing_reference_folder_says_so(tmp_path):
    with pytest.raises(DataError, match="stations_ru.csv: missing"):
        read_reference(tmp_path)


def test_a_reference_without_a_column_says_so(tmp_path):
    (tmp_path / "stations_ru.csv").write_text("esr,name,lat\n1,a,50\n", "utf-8")
    with pytest.raises(DataError, match="no column lon"):
        read_reference(tmp_path)


def test_the_public_function_is_there():
    assert co.coverage is coverage
