"""Tables of outlines as users have them: which column holds the codes, and what of it can be used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from corridors.errors import DataError
from corridors.sources.build.ways import AREA_COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd

COUNTRY = re.compile(r"[A-Z]{2}")
"""What the code of a country looks like."""

_REGION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")
_COUNTRY_NAMES = ("iso31661", "iso31661alpha2", "isoa2eh", "isoa2", "iso2", "iso", "countrycode", "country")
_REGION_NAMES = ("iso31662", "regionid", "regioncode", "region")
COUNTRY_COLUMNS = "iso_a2, iso_a2_eh, iso2, iso, iso_3166_1, iso_3166_1_alpha2, country_code, country"
REGION_COLUMNS = "iso_3166_2, region_id, region_code, region"
"""The same as one writes them; capitals, hyphens and the like do not count."""


def read_columns(boundaries: gpd.GeoDataFrame, name: str = "boundaries") -> gpd.GeoDataFrame:
    """Return a user's outlines with the columns ``AREA_COLUMNS``, in degrees.

    Raises
    ------
    DataError
        If there is no column of countries or regions; ``name`` is what it calls the outlines.
    """
    found = boundaries if boundaries.crs is None else boundaries.to_crs("EPSG:4326")
    names = {re.sub(r"[^a-z0-9]", "", str(c).lower()): c for c in found.columns}
    if {"code", "level"} <= set(names):
        return tidy(found.rename(columns={names["code"]: "code", names["level"]: "level"}))
    country = next((names[n] for n in _COUNTRY_NAMES if n in names), None)
    region = next((names[n] for n in _REGION_NAMES if n in names), None)
    if country is None and region is None:
        shown = ", ".join(str(c) for c in found.columns)
        raise DataError(
            f"{name}: columns {shown}; expected one of {COUNTRY_COLUMNS} (country) or {REGION_COLUMNS} (region)"
        )
    empty = pd.Series([None] * len(found), index=found.index, dtype=object)
    regions = found[region].astype(object) if region is not None else empty
    is_region = regions.map(lambda v: isinstance(v, str) and bool(_REGION.fullmatch(v.strip())))
    code = regions.where(is_region, found[country].astype(object) if country is not None else empty)
    return tidy(found.assign(code=code, level=np.where(is_region, 4, 2)))


def tidy(known: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return areas with all columns, valid codes and valid polygons."""
    import geopandas
    import shapely

    code = np.array([v.strip().upper() if isinstance(v, str) else "" for v in known["code"]], object)
    level = pd.to_numeric(known["level"], errors="coerce").to_numpy()
    shapes = known.geometry.to_numpy()
    form = {2: COUNTRY, 4: _REGION}
    good = [n in form and bool(form[n].fullmatch(c)) for n, c in zip(level.tolist(), code, strict=True)]
    rows = np.flatnonzero(np.array(good, bool) & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
    shapes = shapely.make_valid(shapely.force_2d(shapes[rows]))
    polygonal = shapely.get_dimensions(shapes) == 2
    rows, shapes = rows[polygonal], shapes[polygonal]
    columns = {name: known[name].to_numpy(object)[rows] if name in known else None for name in AREA_COLUMNS[2:-1]}
    return geopandas.GeoDataFrame(
        {"code": code[rows], "level": level[rows].astype(int), **columns}, geometry=shapes, crs="EPSG:4326"
    )
