"""From lines as a source draws them to a network: the order of the steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.errors import DataError
from corridors.model.dates import is_date
from corridors.model.network import Network
from corridors.model.schema import TABLES
from corridors.shipped import shipped
from corridors.sources.assumptions import read_assumptions
from corridors.sources.build.antimeridian import seam_of, turned_back, turned_back_network, turned_ways
from corridors.sources.build.areas import are_at_hand, find_areas, turned_areas
from corridors.sources.build.border import split
from corridors.sources.build.chains import contract
from corridors.sources.build.crossings import make_crossings
from corridors.sources.build.cuts import same_crossing
from corridors.sources.build.ferries import ferry_ends, settle_ends, without_stubs
from corridors.sources.build.frames import frame
from corridors.sources.build.gaps import GAP_COLUMNS, find_gaps, join_gaps
from corridors.sources.build.links import make_lines, make_transfers
from corridors.sources.build.places import tie_places
from corridors.sources.build.regions import make_regions
from corridors.sources.build.segments import SEA, from_ways, locate, mode_codes, way_classes
from corridors.sources.build.unmapped import UnmappedAreas, points_alone, regions_alone
from corridors.sources.tables import ASSUMPTIONS_FILE, RawTable, read_raw_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from corridors.model.assumptions import Assumptions
    from corridors.sources.build.areas import Areas
    from corridors.sources.build.crossings import Crossings
    from corridors.sources.build.links import Lines
    from corridors.sources.build.places import Places
    from corridors.sources.build.segments import Segments
    from corridors.sources.build.ways import Ways

STEPS = ("areas", "gaps", "border", "places", "chains", "crossings", "regions", "tables")
"""The steps of a build, in order."""


@dataclass(frozen=True)
class Built:
    """A network, and what was found on the way to it.

    Attributes
    ----------
    network
        The network.
    gaps
        Dead ends near another line that they do not join: mode, distance_m, way_id, near_way_id, and the positions of
        both sides (x_coord, y_coord, near_x_coord, near_y_coord).
    joined
        Those of them that were joined, with the same columns and link_ids, several of them joined by ``|``.
    notes
        What the user should know, one line each.
    counts
        How much of what, by name.
    """

    network: Network
    gaps: pd.DataFrame
    joined: pd.DataFrame
    notes: tuple[str, ...]
    counts: dict[str, int]


def assemble(
    ways: Ways,
    countries: Sequence[str],
    *,
    boundaries: gpd.GeoDataFrame | None = None,
    join_gaps_m: float = 0.0,
    name: str = "",
    progress: Callable[[str], None] | None = None,
) -> Built:
    """Return the network of some countries, made from lines as a source draws them.

    Parameters
    ----------
    ways
        What a reader returned.
    countries
        ISO 3166-1 codes; what lies in others is left out. Side a of a crossing is in the one named first.
    boundaries
        The user's own outlines (see :func:`corridors.sources.build.outline_columns.read_columns`); None: those of the
        file, or those at hand (see :func:`corridors.sources.build.areas.find_areas`). Where none of a country are
        known, but the source says in which country its points lie (``ways.country``), that decides.
    join_gaps_m
        Dead ends at most this far from another line are joined to it; 0: those that lie on it.
    name
        Of the network.
    progress
        Called with the name of each step as it begins, one of :data:`STEPS`.

    Raises
    ------
    UsageError
        If a country is none.
    DataError
        If nothing says where a country lies, or nothing of the source lies in the countries.
    """
    said = progress or (lambda _: None)
    said("areas")
    seam = seam_of(ways)
    whole, (ways, round_the_earth) = ways, turned_ways(ways, seam)
    areas = turned_areas(_areas(whole, ways, countries, boundaries), seam)
    segments = from_ways(ways)
    ends = ferry_ends(segments, mode_codes(ways.ways)[segments.way] == SEA, ways.spots)
    segments = _located(segments, ways, areas, ends)
    misplaced = _misplaced(ways, segments, areas)
    said("gaps")
    gaps = find_gaps(segments, ways.ways, join_gaps_m)
    table, segments, joined_points = join_gaps(segments, ways.ways, gaps, join_gaps_m)
    ways = replace(ways, ways=table)
    if len(joined_points) and not isinstance(
        areas, UnmappedAreas
    ):  # a joint may lie beyond the border its line crosses
        segments = _located(segments, ways, areas, ends)
    said("border")
    by_sea = mode_codes(ways.ways) == SEA
    cut = split(segments, areas, by_sea[segments.way])
    cut, ferries = without_stubs(cut, segments, ends[0], by_sea)
    segments = cut.segments
    if not len(segments.tail):
        raise DataError(
            f"{ways.source.get('title') or 'the source'}: no railway, road or ferry in {', '.join(areas.countries)}"
        )
    said("places")
    places = tie_places(ways.spots, segments, ways.ways, areas)
    said("chains")
    fixed = segments.border.copy()
    fixed[joined_points] = True
    fixed[places.points()] = True
    chains = contract(
        segments,
        cut.country,
        way_classes(ways.ways)[segments.way],
        ways.ways["directed"].to_numpy(bool)[segments.way],
        fixed,
    )
    stands_for = same_crossing(segments, cut.country, chains, ways.ways)
    lines = make_lines(ways, segments, chains, stands_for, places, areas)
    transfers = make_transfers(places, lines, segments, set(lines.links.index))
    said("crossings")
    crossings = make_crossings(ways, segments, lines, places, areas)
    said("regions")
    regions, outlines = _regions(areas, lines, places, crossings, ways.source["source_id"])
    said("tables")
    network = _network(ways, lines, transfers, places, crossings, regions, outlines, name)
    network = turned_back_network(network, seam)
    gaps = gaps.assign(**{c: turned_back(gaps[c].to_numpy(float)) for c in ("x_coord", "near_x_coord")})
    left, joined = _listed(gaps, lines.links, joins=len(joined_points) > 0)
    counts = _counts(network, left, joined) | {
        "left_out_segments": cut.dropped_segments,
        "left_out_ferries": ferries,
        "round_the_earth": round_the_earth,
        "lengthened_m": round(lines.lengthened_km * 1000),
    }
    notes = (*ways.notes, *areas.notes, *misplaced, *_notes(counts, cut.dropped_km, places, network, areas))
    return Built(network, left, joined, tuple(dict.fromkeys(notes)), counts)


def _areas(ways: Ways, turned: Ways, countries: Sequence[str], boundaries: gpd.GeoDataFrame | None) -> Areas:
    of_the_source = ways.country is not None and boundaries is None and ways.areas is None
    if of_the_source and not are_at_hand(countries):
        return points_alone(turned, countries)
    on_land = mode_codes(ways.ways)[ways.way] != SEA
    at = np.unique(np.concatenate([ways.tail[on_land], ways.head[on_land]]))
    return find_areas(ways.areas, countries, boundaries, lines=(ways.lon[at], ways.lat[at]))


def _located(
    segments: Segments, ways: Ways, areas: Areas, ends: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> Segments:
    """Return the segments with the country of each point; ``ends`` are those of ferries."""
    by_sea = mode_codes(ways.ways)[segments.way] == SEA
    return locate(segments, areas, by_sea, lambda country: settle_ends(segments, areas, *ends, country))


def _misplaced(ways: Ways, segments: Segments, areas: Areas) -> list[str]:
    """Return a note on ends of lines that lie in another country than the source says."""
    if ways.country is None:
        return []
    touched = pd.DataFrame({"way": np.tile(ways.way, 2), "point": np.concatenate([ways.tail, ways.head])})
    ends = touched.drop_duplicates(keep=False)["point"].unique()
    at = ends[(segments.country[ends] >= 0) & (ways.country[ends] != None)]  # noqa: E711
    found = np.array(areas.countries, object)[segments.country[at]]
    count = int((found != ways.country[at]).sum())
    return (
        [f"ends of lines that lie in another country than the source says, by the outlines: {count}"] if count else []
    )


def _counts(network: Network, left: pd.DataFrame, joined: pd.DataFrame) -> dict[str, int]:
    tables = ("nodes", "links", "crossings", "places", "regions")
    gaps = {"gaps": len(left), "joined": len(joined), "met": int((joined["distance_m"] == 0).sum())}
    return {name: len(network.table(name)) for name in tables} | gaps


def _listed(gaps: pd.DataFrame, links: pd.DataFrame, *, joins: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the gaps that are left, and those that were joined with their links: each is a way of its own."""
    columns = list(GAP_COLUMNS)
    if not joins:
        return gaps[columns], pd.DataFrame({name: [] for name in (*columns, "link_ids")})
    way = links["source"].str.partition("#")[2]
    of_way = links.index.to_series()[way.isin(gaps["gap_id"]).to_numpy()].groupby(way).agg("|".join)
    found = gaps["gap_id"].map(of_way)
    joined = gaps.loc[found.notna(), columns].assign(link_ids=found[found.notna()])
    return gaps.loc[found.isna(), columns].reset_index(drop=True), joined.reset_index(drop=True)


def _regions(
    areas: Areas, lines: Lines, places: Places, crossings: Crossings, source: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the table of regions and the outlines for maps; without outlines one region a country."""
    if isinstance(areas, UnmappedAreas):
        return regions_alone(areas, crossings.crossings, source), {}
    placed = (lines.nodes, places.table)
    lon, lat = (np.concatenate([t[c].to_numpy(float) for t in placed]) for c in ("x_coord", "y_coord"))
    cells = pd.concat(
        [lines.nodes["region"], places.table["region"], *(crossings.crossings[f"region_{s}"] for s in "ab")]
    )
    named = set(cells.dropna())
    return make_regions(areas, lon, lat, named, source)


def _network(
    ways: Ways,
    lines: Lines,
    transfers: pd.DataFrame,
    places: Places,
    crossings: Crossings,
    regions: pd.DataFrame,
    outlines: dict[str, str],
    name: str,
) -> Network:
    source = ways.source["source_id"]
    place_table = _places(places, source)
    tied = zip(lines.nodes.index.tolist(), lines.nodes["place_id"].tolist(), strict=True)
    nodes = lines.nodes.assign(place_id=pd.array([crossings.place_of.get(n, p) for n, p in tied], dtype="str"))
    people = places.table[places.table["population"].astype(float) > 0]
    populations = {
        "object_id": people["place_id"],
        "population": people["population"].astype(float).round(),
        "source": [f"{source}#{s}" for s in people["spot_id"]],
    }
    assumptions = _assumptions(ways)
    tables: dict[str, Any] = {
        "places": pd.concat([place_table, crossings.places]),
        "aliases": frame(
            "aliases",
            {**places.aliases, "source": [f"{source}#{s}" for s in places.aliases["spot_id"]]},
            len(places.aliases),
        ),
        "nodes": nodes,
        "links": pd.concat([lines.links, transfers]),
        "crossings": crossings.crossings,
        "crossing_links": crossings.crossing_links,
        "regions": regions,
        "populations": frame("populations", populations, len(people)),
        "sources": _sources(ways, assumptions, [regions, transfers]),
    }
    tables |= {n: frame(n, {}, 0) for n in TABLES if n not in tables}
    return Network(**tables, assumptions=assumptions, outlines=outlines, name=name or ways.source["title"])


def _places(places: Places, source: str) -> pd.DataFrame:
    table = places.table
    more = {
        "country": [region.partition("-")[0] for region in table["region"].tolist()],
        "source": [f"{source}#{s}" for s in table["spot_id"].tolist()],
    }
    return frame("places", {**table, **more}, len(table))


@cache
def _shipped_assumptions() -> Assumptions:
    return read_assumptions(shipped("data") / ASSUMPTIONS_FILE)


@cache
def _shipped_sources() -> RawTable:
    return read_raw_table(shipped("data") / "sources.csv", TABLES["sources"])


def _assumptions(ways: Ways) -> Assumptions:
    """Return the shipped assumptions, as of the date of the source or else of today."""
    date = ways.source.get("date") or ""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return replace(_shipped_assumptions(), reference_date=date if is_date(date) else today)


_OUTLINES = (
    {"source_id": "boundaries", "title": "Outlines of countries or regions", "publisher": "the user"},
    {"source_id": "natural-earth", "title": "Natural Earth 1:10m countries", "publisher": "Natural Earth"}
    | {"licence": "public domain", "address": "https://www.naturalearthdata.com/"},
)


def _sources(ways: Ways, assumptions: Assumptions, tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the source, those of the assumptions, and those of outlines and estimates."""
    used = {part.strip().partition("#")[0] for e in assumptions.entries.values() for part in e.source.split(";")}
    used |= {cell.partition("#")[0] for table in tables for cell in table["source"]}
    own = {k: str(v) for k, v in ways.source.items()}
    own["publisher"] = own.get("publisher") or "unknown"
    own["title"] = own.get("title") or own["source_id"]
    raw = _shipped_sources()
    at, others = raw.header.index("source_id"), used - {own["source_id"]}
    rows = [own, *(row for row in _OUTLINES if row["source_id"] in used)]
    rows += [dict(zip(raw.header, row, strict=True)) for row in raw.rows if row[at] in others]
    columns = {c: [row.get(c) for row in rows] for c in TABLES["sources"].column_names}
    return frame("sources", columns, len(rows))


def _notes(counts: dict[str, int], dropped_km: float, places: Places, network: Network, areas: Areas) -> list[str]:
    notes = []
    if counts["left_out_segments"]:
        notes.append(f"lines outside {', '.join(areas.countries)} left out: {dropped_km:,.0f} km")
    if counts["round_the_earth"]:
        notes.append(f"lines that lead more than half round the earth, left out: {counts['round_the_earth']:,}")
    if counts["left_out_ferries"]:
        notes.append(f"ferries to other countries or out to sea, left out: {counts['left_out_ferries']:,}")
    if counts["met"]:
        notes.append(f"dead ends at one position joined: {counts['met']:,}; joined.csv lists them")
    if counts["joined"] > counts["met"]:
        notes.append(f"gaps joined: {counts['joined'] - counts['met']:,}; joined.csv lists them")
    if counts["gaps"]:
        notes.append(f"dead ends near another line that they do not join: {counts['gaps']:,}; gaps.csv lists them")
    if counts["lengthened_m"]:
        lengthened = counts["lengthened_m"]
        notes.append(f"links at crossings of several tracks or lanes lengthened by {lengthened:,} m in all")
    notes += [f"places and stations {why}, left out: {n:,}" for why, n in places.dropped.items() if n]
    if len(network.crossings):
        notes.append(
            "nobody says how long one waits at these crossings: all wait as data/assumptions.toml has it (wait_h), "
            "until network/waits.csv or --wait says better"
        )
    elif len(areas.countries) > 1:
        notes.append(f"no line crosses the border between {', '.join(areas.countries)}")
    if not len(network.populations):
        notes.append("no place has a population: zones need one, in data/populations.csv or by --zones")
    return notes
