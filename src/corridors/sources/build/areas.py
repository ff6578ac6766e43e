"""Which country and region a point lies in: outlines from the user, the file itself, shipped, or of the world."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from corridors.errors import DataError, UsageError
from corridors.shipped import shipped
from corridors.sources.build.antimeridian import turned_shapes
from corridors.sources.build.natural_earth import world_areas
from corridors.sources.build.outline_columns import COUNTRY, read_columns, tidy
from corridors.sources.build.partial import drop_partial, rest_of
from corridors.sources.text import read_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

NOWHERE, ELSEWHERE = -1, -2
"""Country of a point that lies in no known area, and of one in a country that was not asked for."""

SLACK_DEGREES = 0.01
"""About a kilometre: outlines of neighbours may lie this far apart, and a coast run this far inland."""

_SOURCES = ("boundaries", "the file", "shipped", "the world")
"""Where outlines are from, the better first."""

_SAID = {
    "shipped": "the shipped one, good to about a kilometre",
    "the world": "Natural Earth's, good to 1-2 km, without regions",
}
_BETTER, _LACKS = "--boundaries FILE gives a better one", "--boundaries has none"
_REST = {"name_en": "{}, elsewhere", "name_ru": "{}, остальное", "name_kk": "{}, қалғаны"}
"""Names of the land of a country, by its code, of which no region is known."""

_SHIPPED_FOR = {"RU", "KZ"}
"""The shipped outlines end not far from the border of these two; of their neighbours they hold parts."""


class Outline(NamedTuple):
    """All outlines as straight pieces: ends in degrees, shape (N, 2), the country of each, and a tree of them."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    country: NDArray[np.int64]
    tree: STRtree


@dataclass(frozen=True)
class Areas:
    """Outlines of the countries asked for.

    Attributes
    ----------
    countries
        Their codes, in the order asked.
    shapes
        Their outlines in degrees, prepared, shape (C,).
    order
        Positions of the countries, those of the better outlines first: where two overlap the first counts.
    others
        Outlines of countries not asked for, with their codes and names, columns code, name_en, geometry.
    regions
        Regions of the countries asked for: code, name_en, name_ru, name_kk, country, origin, geometry; one a country,
        coded like ``FI-0``, where no regions are known, or for the land of which none is. ``origin`` is the id of their
        source, empty for the file's.
    outline
        The lines around all of them.
    notes
        Where the outlines are from, where that is not the obvious.
    position_basis
        How it is known where a crossing lies, as in ``crossings.csv``.
    seam
        The meridian that longitudes begin at, where it is not the 180th: see
        :mod:`corridors.sources.build.antimeridian`.
    """

    countries: tuple[str, ...]
    shapes: NDArray[np.object_] = field(repr=False)
    order: tuple[int, ...]
    others: gpd.GeoDataFrame = field(repr=False)
    regions: gpd.GeoDataFrame = field(repr=False)
    outline: Outline = field(repr=False)
    notes: tuple[str, ...] = ()
    position_basis: str = "measured"
    seam: float | None = None

    def country_at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int8]:
        """Return the country that each point lies in, shape (N,): its position, or NOWHERE or ELSEWHERE."""
        import shapely

        found = np.full(len(lon), NOWHERE, np.int8)
        for number in self.order:
            left = np.flatnonzero(found == NOWHERE)
            found[left[shapely.contains_xy(self.shapes[number], lon[left], lat[left])]] = number
        for shape in self.others.geometry:
            left = np.flatnonzero(found == NOWHERE)
            found[left[shapely.contains_xy(shape, lon[left], lat[left])]] = ELSEWHERE
        return found

    def nearest(self, lon: NDArray[np.float64], lat: NDArray[np.float64], within: float) -> NDArray[np.int8]:
        """Return the country nearest to each point, shape (N,); NOWHERE if none is so near, or another is nearer.

        At any distance (``inf``) only the countries asked for are looked at.
        """
        found = np.full(len(lon), NOWHERE, np.int8)
        if len(lon):
            import shapely

            spots = shapely.points(lon, lat)
            if np.isfinite(within):
                spot, piece = self.outline.tree.query_nearest(spots, max_distance=within)
            else:
                own = self.outline.country >= 0
                tree = shapely.STRtree(self.outline.tree.geometries[own])
                spot, piece = tree.query_nearest(spots)
                piece = np.flatnonzero(own)[piece]
            # of outlines equally near the first: the result must not depend on the order of a tree
            best = np.full(len(lon), len(self.shapes))
            asked = self.outline.country[piece] >= 0
            np.minimum.at(best, spot[asked], self.outline.country[piece[asked]])
            found = np.where(best < len(self.shapes), best, NOWHERE).astype(np.int8)
        return found

    def region_at(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], country: NDArray[np.int8]
    ) -> NDArray[np.object_]:
        """Return the code of the region of its country that each point lies in or nearest to, shape (N,)."""
        import shapely

        found = np.full(len(lon), None, object)
        of = self.regions["country"].to_numpy(object)
        for number in np.unique(country[country >= 0]).tolist():
            own = np.flatnonzero(of == self.countries[number])
            shapes, codes = (self.regions[c].to_numpy(object)[own] for c in ("geometry", "code"))
            left = np.flatnonzero(country == number)
            if len(codes) == 1:
                found[left] = codes[0]
                continue
            for shape, region in zip(shapes, codes, strict=True):
                inside = shapely.contains_xy(shape, lon[left], lat[left])
                found[left[inside]] = region
                left = left[~inside]
            if len(left):
                point, region_row = shapely.STRtree(shapes).query_nearest(
                    shapely.points(lon[left], lat[left]), all_matches=False
                )
                found[left[point]] = codes[region_row]
        return found


def _outline(shapes: NDArray[np.object_], others: gpd.GeoDataFrame) -> Outline:
    import shapely

    outlines = np.array([*shapes, *others.geometry], object)
    parts, of_part = shapely.get_parts(outlines, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    # a point may stand twice in a ring
    same = (ring[:-1] == ring[1:]) & (coordinates[:-1] != coordinates[1:]).any(axis=1)
    start, end = coordinates[:-1][same], coordinates[1:][same]
    owner = of_part[of_ring[ring[:-1][same]]]
    pieces: Any = shapely.linestrings(np.stack([start, end], axis=1))
    tree = shapely.STRtree(pieces)
    return Outline(start, end, np.where(owner < len(shapes), owner, ELSEWHERE), tree)


def find_areas(
    own: gpd.GeoDataFrame | None,
    countries: Sequence[str],
    boundaries: gpd.GeoDataFrame | None,
    *,
    own_from: str = "the file",
    lines: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> Areas:
    """Return the outlines of some countries, each from the first that has it: the user, the file, those at hand.

    At hand are the shipped ones for Russia and Kazakhstan, and for any other border those of Natural Earth, if the
    extra ``world`` is installed; without it what the shipped ones hold of the neighbours.

    Parameters
    ----------
    own
        Areas of the file, columns ``AREA_COLUMNS``.
    countries
        ISO 3166-1 codes.
    boundaries
        The user's own outlines, with a column for the country (``iso_a2``, ``ISO3166-1``, ``country`` …), the region
        (``iso_3166_2``, ``region_id`` …) or both; or with ``code`` and ``level``.
    own_from
        Where the areas are from, if not from the file: ``the world``.
    lines
        Longitude and latitude of points of lines on land: they tell whether regions are all of a country.

    Raises
    ------
    UsageError
        If a code is none, or stands twice.
    DataError
        If nobody knows the outline of a country.
    """
    import shapely

    codes = check_codes(countries)
    sources: list[tuple[str, gpd.GeoDataFrame]] = []
    partial: dict[str, list[str]] = {}
    said: tuple[str, ...] = ()
    if boundaries is not None:
        mine = read_columns(boundaries)
        said = mine.attrs["notes"]
        sources.append(("boundaries", mine.assign(origin="boundaries")))
    if own is not None and len(own):
        table = tidy(own).assign(origin="")
        if lines is not None:
            left = [c for c in codes if not _has_all(sources, (c,))]
            hand = cache(lambda: _at_hand(codes)[1])
            table, partial = drop_partial(table, left, *lines, lambda code: _country_shape(hand(), code))
        sources.append((own_from, table))
    shapes, origin = {}, {}
    for where, known in [*sources, *(() if _has_all(sources, codes) else [_at_hand(codes)])]:
        for code in codes:
            if code not in shapes and (shape := _country_shape(known, code)) is not None:
                shapes[code], origin[code] = shape, (where, known)
    for code in codes:
        if code not in shapes:
            expected = "one in --boundaries FILE"
            if where == "shipped":
                expected = "--boundaries FILE or pip install 'corridors[world]'"
            raise DataError(f"country {code!r}: no outline of it is known; expected {expected}")
    order = sorted(range(len(codes)), key=lambda i: _SOURCES.index(origin[codes[i]][0]))
    outlines = np.array([shapes[c] for c in codes], object)
    shapely.prepare(outlines)
    others = _others(list(origin.values()), codes)
    regions = _regions(
        codes, shapes, {c: _source_of_regions(c, known, sources) for c, (_, known) in origin.items()}, lines
    )
    return Areas(
        countries=codes,
        shapes=outlines,
        order=tuple(order),
        others=others,
        outline=_outline(outlines, others),
        regions=regions,
        notes=(
            *said,
            *(f"regions of {c} that are not all of it, left out: {', '.join(some)}" for c, some in partial.items()),
            *(
                f"outline of {c}: {_SAID[origin[c][0]]}; " + (_BETTER if boundaries is None else _LACKS)
                for c in codes
                if origin[c][0] in _SAID
            ),
            *(f"land of which no region is known is a region of its own: {c}" for c in _rests(regions)),
        ),
    )


def _rests(regions: gpd.GeoDataFrame) -> list[str]:
    """Return the codes of regions that are what the others of their country leave."""
    many = regions["country"].duplicated(keep=False).to_numpy(bool)
    return [code for code in regions["code"][many] if code.endswith("-0")]


def turned_areas(areas: Areas, seam: float | None) -> Areas:
    """Return the same outlines in longitudes that begin at another meridian."""
    import shapely

    if seam is None or not len(areas.outline.start):  # without outlines only points are known, which were turned
        return areas
    shapes = turned_shapes(areas.shapes, seam)
    others, regions = (
        table.set_geometry(turned_shapes(table.geometry, seam), crs=table.crs)
        for table in (areas.others, areas.regions)
    )
    for prepared in (shapes, others.geometry.to_numpy(), regions.geometry.to_numpy()):
        shapely.prepare(prepared)
    return replace(areas, shapes=shapes, others=others, regions=regions, outline=_outline(shapes, others), seam=seam)


def _at_hand(codes: tuple[str, ...]) -> tuple[str, gpd.GeoDataFrame]:
    if not set(codes) <= _SHIPPED_FOR:
        with suppress(UsageError):  # the extra is not installed
            return "the world", tidy(world_areas(codes)).assign(origin="natural-earth")
    return "shipped", _shipped()


def check_codes(countries: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of countries in capitals.

    Raises
    ------
    UsageError
        If one is none, or stands twice, or there is none.
    """
    codes = tuple(c.strip().upper() for c in countries)
    for given, code in zip(countries, codes, strict=True):
        if not COUNTRY.fullmatch(code):
            raise UsageError(f"country {given!r}: expected a code of two letters (ISO 3166-1), such as KZ")
        if codes.count(code) > 1:
            raise UsageError(f"country {given!r} stands twice")
    if not codes:
        raise UsageError("no country: expected at least one code of two letters (ISO 3166-1), such as KZ")
    return codes


def are_at_hand(countries: Sequence[str]) -> bool:
    """Tell whether outlines of all these countries are known without the user and the file."""
    codes = check_codes(countries)
    return _has_all([_at_hand(codes)], codes)


def _has_all(sources: list[tuple[str, gpd.GeoDataFrame]], codes: tuple[str, ...]) -> bool:
    return all(any(len(_rows_of(known, code)) for _, known in sources) for code in codes)


def _rows_of(known: gpd.GeoDataFrame, code: str) -> NDArray[np.int64]:
    """Return the rows of the outlines of a country: its own, or of its regions where it has none."""
    whole = np.flatnonzero((known["level"].to_numpy() == 2) & (known["code"].to_numpy(object) == code))
    return whole if len(whole) else _rows_of_regions(known, code)


def _rows_of_regions(known: gpd.GeoDataFrame, code: str) -> NDArray[np.int64]:
    inside = [c.startswith(f"{code}-") for c in known["code"].tolist()]
    return np.flatnonzero(np.array(inside, bool) & (known["level"].to_numpy() == 4))


def _country_shape(known: gpd.GeoDataFrame, code: str) -> BaseGeometry | None:
    import shapely

    rows = _rows_of(known, code)
    return shapely.union_all(known.geometry.to_numpy()[rows]) if len(rows) else None


def _others(origin: list[tuple[str, gpd.GeoDataFrame]], codes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Return the countries not asked for, of the source that the first country is from."""
    import geopandas
    import shapely

    known = min(origin, key=lambda o: _SOURCES.index(o[0]))[1]
    code = known["code"].to_numpy(object)
    rows = np.flatnonzero((known["level"].to_numpy() == 2) & ~np.isin(code, codes))
    shapes = known.geometry.to_numpy()[rows]
    shapely.prepare(shapes)
    columns = {"code": code[rows], "name_en": known["name_en"].to_numpy(object)[rows]}
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=known.crs)


def _source_of_regions(code: str, known: gpd.GeoDataFrame, sources: list[tuple[str, gpd.GeoDataFrame]]) -> Any:
    """Return what has the regions of a country: what has its outline, or else another source of the user's."""
    return next((t for t in (known, *(t for _, t in sources)) if len(_rows_of_regions(t, code))), known)


def _regions(
    codes: tuple[str, ...],
    shapes: dict[str, BaseGeometry],
    known: dict[str, gpd.GeoDataFrame],
    lines: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
) -> gpd.GeoDataFrame:
    import geopandas
    import shapely

    found: dict[str, dict[str, Any]] = {}
    for country in codes:
        own = _rows_of_regions(known[country], country)
        own = own[known[country]["code"].to_numpy(object)[own] != f"{country}-"]  # land of which no region is known
        at = own if len(own) else _rows_of(known[country], country)[:1]
        cells = {c: known[country][c].to_numpy(object)[at] for c in known[country].columns}
        rows = [dict(zip(cells, values, strict=True)) for values in zip(*cells.values(), strict=True)]
        if not len(own):
            rows = [{**row, "code": f"{country}-0", "geometry": shapes[country]} for row in rows]
            if rows[0]["level"] == 4:  # the name of one of its regions is not its own
                rows[0] |= dict.fromkeys(("name", "name_en", "name_ru", "name_kk"))
        for row in rows:
            common = next(v for v in (row["name"], row["name_en"], row["code"]) if pd.notna(v))
            names = {n: row[n] if pd.notna(row[n]) else common for n in ("name_en", "name_ru", "name_kk")}
            kept = {c: row[c] for c in ("code", "origin", "geometry")}
            found.setdefault(row["code"], {**names, **kept, "country": country})
        shown = [row["geometry"] for row in rows]
        if len(own) and lines is not None and (rest := rest_of(shapes[country], np.array(shown, object), *lines)):
            called = {name: form.format(country) for name, form in _REST.items()}
            cells = {"code": f"{country}-0", "origin": rows[0]["origin"], "geometry": rest, "country": country}
            found.setdefault(f"{country}-0", {**called, **cells})
    columns = ("code", "name_en", "name_ru", "name_kk", "country", "origin")
    outlines = np.array([row["geometry"] for row in found.values()], object)
    shapely.prepare(outlines)
    return geopandas.GeoDataFrame(
        {c: [row[c] for row in found.values()] for c in columns}, geometry=outlines, crs="EPSG:4326"
    )


def _shipped() -> gpd.GeoDataFrame:
    """Return the shipped outlines: regions on both sides of the Russia–Kazakhstan border, and the land around them."""
    import geopandas
    import shapely
    from shapely.geometry import shape

    folder = shipped("network")
    rows: list[dict[str, Any]] = []
    for feature in read_json(folder / "regions.geojson")["features"]:
        properties = feature["properties"]
        row = {"code": properties["region_id"], "level": 4, "name_en": properties["name_en"]}
        rows.append({**row, "geometry": shape(feature["geometry"])})
    names = _shipped_region_names()
    inside: dict[str, list[BaseGeometry]] = {}
    for row in rows:
        inside.setdefault(row["code"][:2], []).append(row["geometry"])
    rows = [row | names.get(row["code"], {}) for row in rows]
    unions = {c: shapely.union_all(parts) for c, parts in inside.items()}
    for feature in read_json(folder / "land.geojson")["features"]:
        properties = feature["properties"]
        if properties.get("kind") == "land" and COUNTRY.fullmatch(str(properties.get("iso"))):
            code, outline = properties["iso"], shapely.make_valid(shape(feature["geometry"]))
            for other, union in unions.items():  # the land is drawn more roughly than the regions
                outline = shapely.union(outline, union) if other == code else shapely.difference(outline, union)
            rows.append({"code": code, "level": 2, "name_en": properties["name_en"], "geometry": outline})
    known = tidy(geopandas.GeoDataFrame(rows, crs="EPSG:4326"))
    return known.assign(origin=np.where(known["code"].str.startswith("KZ-"), "kz-polygons", "ne-admin1"))


def _shipped_region_names() -> dict[str, dict[str, str]]:
    table = pd.read_csv(shipped("data") / "regions.csv", dtype=str, keep_default_na=False)
    today = table[table["valid_to"] == ""]
    return {
        row["region_id"]: {k: row[k] for k in ("name_en", "name_ru", "name_kk") if row[k]}
        for row in json.loads(today.to_json(orient="records"))
    }
