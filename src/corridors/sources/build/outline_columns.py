"""Tables of outlines as users have them: which column holds the codes, and what of it can be used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from corridors.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

COUNTRY = re.compile(r"[A-Z]{2}")
"""What the code of a country looks like."""

_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_OF_COUNTRY = re.compile(r"([A-Z]{2})-.*")
_FORMS = {2: COUNTRY, 4: re.compile(r"[A-Z]{2}-[A-Z0-9]{0,3}")}
"""What codes look like by level; ``KZ-`` is land of a country of which no region is known."""

_COUNTRY_NAMES = ("iso31661", "iso31661alpha2", "isoa2eh", "isoa2", "iso2", "iso", "countrycode", "country")
_REGION_NAMES = ("iso31662", "regionid", "regioncode", "region")
_NAMES = ("name", "name_en", "name_ru", "name_kk")
COUNTRY_COLUMNS = "iso_a2, iso_a2_eh, iso2, iso, iso_3166_1, iso_3166_1_alpha2, country_code, country"
REGION_COLUMNS = "iso_3166_2, region_id, region_code, region"
"""The same as one writes them; capitals, hyphens and the like do not count."""

_SHOWN = 5


def read_columns(boundaries: gpd.GeoDataFrame, name: str = "boundaries") -> gpd.GeoDataFrame:
    """Return a user's outlines with the columns ``AREA_COLUMNS``, in degrees.

    Codes are taken in small letters and with ``_`` for ``-``. A region whose code is none is land of its country all
    the same, with the code ``KZ-``. What was left out or taken so stands in ``attrs["notes"]`` of what is returned.

    Raises
    ------
    DataError
        If there is no column of countries or regions; ``name`` is what it calls the outlines.
    """
    found = boundaries if boundaries.crs is None else boundaries.to_crs("EPSG:4326")
    names = {_plain(c): c for c in reversed(found.columns)}  # of columns alike the first
    called = {n: n if n in found else names.get(_plain(n)) for n in _NAMES}
    if {"code", "level"} <= set(names):
        level = pd.to_numeric(found[names["level"]], errors="coerce").to_numpy()
        cells = found[names["code"]].map(_clean)
        regions, countries = cells.where(level == 4, ""), cells.where(level == 2, "")
    else:
        country = next((names[n] for n in _COUNTRY_NAMES if n in names), None)
        region = next((names[n] for n in _REGION_NAMES if n in names), None)
        if country is None and region is None:
            shown = ", ".join(str(c) for c in found.columns)
            raise DataError(
                f"{name}: columns {shown}; expected one of {COUNTRY_COLUMNS} (country) or {REGION_COLUMNS} (region)"
            )
        empty = pd.Series([""] * len(found), index=found.index, dtype=object)
        regions, countries = (empty if c is None else found[c].map(_clean) for c in (region, country))
    codes, bare = _codes([*regions], [*countries])
    level = [4 if "-" in code else 2 for code in codes]
    columns = {n: None if c is None else found[c].to_numpy(object) for n, c in called.items()}
    tidied = _areas_of(codes, level, columns, found.geometry.to_numpy())
    tidied.attrs["notes"] = (*boundaries.attrs.get("notes", ()), *_notes(name, bare, len(found) - len(tidied)))
    return tidied


def _plain(column: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(column).lower())


def _clean(cell: object) -> str:
    """Return a code as ISO 3166 writes it.

    Examples
    --------
    >>> [_clean(cell) for cell in (" kz_zap", "RU\u2013ORE", None)]
    ['KZ-ZAP', 'RU-ORE', '']
    """
    return re.sub(r"\s*[_\-\u2010-\u2015]\s*", "-", cell.strip().upper()) if isinstance(cell, str) else ""


def _codes(regions: list[str], countries: list[str]) -> tuple[list[str], list[str]]:
    """Return the code of each row, and the cells of regions that are no code although their country is known.

    Examples
    --------
    >>> _codes(["KZ-ZAP", "KZ-SARAT", "ATYRAU", "", "EUROPE"], ["KZ", "", "KZ", "RU", "FI"])
    (['KZ-ZAP', 'KZ-', 'KZ-', 'RU', 'FI'], ['KZ-SARAT', 'ATYRAU'])
    """
    with_regions = {code[:2] for code in regions if _REGION.fullmatch(code)}
    codes, bare = [], []
    for region, country in zip(regions, countries, strict=True):
        begins = _OF_COUNTRY.fullmatch(region)
        if _REGION.fullmatch(region):
            codes.append(region)
        elif begins or (region and country in with_regions):  # else a column of other names beside that of countries
            codes.append(f"{begins[1] if begins else country}-")
            bare += [region] if region != codes[-1] else []  # else it was read before
        else:
            codes.append(country)
    return codes, bare


def _notes(name: str, bare: list[str], left_out: int) -> list[str]:
    notes = []
    if bare:
        more = ", …" if len(bare) > _SHOWN else ""
        notes.append(
            f"{name}: codes that are no region of ISO 3166-2, taken as land of their country: {len(bare):,} "
            f"({', '.join(bare[:_SHOWN])}{more})"
        )
    if left_out:
        notes.append(f"{name}: rows without a code of ISO 3166 or without a polygon, left out: {left_out:,}")
    return notes


def tidy(known: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return areas with all columns, valid codes and valid polygons."""
    code = [_clean(cell) for cell in known["code"]]
    level = pd.to_numeric(known["level"], errors="coerce").tolist()
    columns = {name: known[name].to_numpy(object) if name in known else None for name in _NAMES}
    return _areas_of(code, level, columns, known.geometry.to_numpy())


def _areas_of(
    code: list[str],
    level: Sequence[float],
    columns: dict[str, NDArray[np.object_] | None],
    shapes: NDArray[np.object_],
) -> gpd.GeoDataFrame:
    import geopandas
    import shapely

    good = [n in _FORMS and bool(_FORMS[int(n)].fullmatch(c)) for n, c in zip(level, code, strict=True)]
    rows = np.flatnonzero(np.array(good, bool) & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
    shapes = shapely.make_valid(shapely.force_2d(shapes[rows]))
    polygonal = shapely.get_dimensions(shapes) == 2
    rows, shapes = rows[polygonal], shapes[polygonal]
    return geopandas.GeoDataFrame(
        {
            "code": np.array(code, object)[rows],
            "level": np.array(level)[rows].astype(int),
            **{name: None if cells is None else cells[rows] for name, cells in columns.items()},
        },
        geometry=shapes,
        crs="EPSG:4326",
    )
