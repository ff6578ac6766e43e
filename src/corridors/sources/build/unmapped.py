"""Countries without outlines: what is known of them is which points of the source lie in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from corridors.sources.build.areas import ELSEWHERE, NOWHERE, Areas, Outline, check_codes
from corridors.sources.build.frames import frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from scipy.spatial import cKDTree

    from corridors.sources.build.ways import Ways

_NOTE = (
    "no outlines of {} are known: links between two countries are cut halfway, where their crossings lie by estimate; "
    "--boundaries FILE gives outlines"
)


@dataclass(frozen=True)
class UnmappedAreas(Areas):
    """Countries of which only points are known: a place between two points lies nowhere, and nearest to one of them.

    Attributes
    ----------
    tree, known
        The points, and the country of each: its position, or ELSEWHERE.
    """

    tree: cKDTree | None = field(default=None, repr=False)
    known: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8), repr=False)

    def country_at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int8]:
        """Return the country of the points themselves, NOWHERE anywhere else, shape (N,)."""
        return self._nearest(lon, lat, 0.0)

    def nearest(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        within: float,  # noqa: ARG002  of an outline; there is none
    ) -> NDArray[np.int8]:
        """Return the country of the nearest point at any distance, shape (N,)."""
        return self._nearest(lon, lat, np.inf)

    def _nearest(self, lon: NDArray[np.float64], lat: NDArray[np.float64], within: float) -> NDArray[np.int8]:
        if self.tree is None or not len(lon):
            return np.full(len(lon), NOWHERE, np.int8)
        far, at = self.tree.query(np.column_stack([lon, lat]))
        return np.where(np.asarray(far) <= within, self.known[at], NOWHERE).astype(np.int8)


def points_alone(ways: Ways, countries: Sequence[str]) -> UnmappedAreas:
    """Return countries known by what a source says of its points; one region each, coded like ``FI-0``.

    A line between two points of different countries is then cut in the middle between them.

    Parameters
    ----------
    ways
        With ``country``.
    countries
        ISO 3166-1 codes; points of others lie elsewhere.

    Raises
    ------
    UsageError
        If a country is none.
    """
    import geopandas
    import shapely
    from scipy.spatial import cKDTree

    codes = check_codes(countries)
    said = np.array([*(ways.country if ways.country is not None else ())], object)
    known = np.full(len(said), ELSEWHERE, np.int8)
    for number, code in enumerate(codes):
        known[said == code] = number
    names = {c: list(codes) for c in ("name_en", "name_ru", "name_kk", "country")}
    empty = np.array([shapely.Polygon()] * len(codes), object)
    regions = geopandas.GeoDataFrame(
        {"code": [f"{c}-0" for c in codes], **names, "origin": ""}, geometry=empty, crs="EPSG:4326"
    )
    nothing = np.empty((0, 2))
    return UnmappedAreas(
        countries=codes,
        shapes=empty,
        order=tuple(range(len(codes))),
        others=regions.iloc[:0][["code", "name_en", "geometry"]],
        regions=regions,
        outline=Outline(nothing, nothing, np.empty(0, np.int64), shapely.STRtree([])),
        notes=(_NOTE.format(", ".join(codes)),) if len(codes) > 1 else (),
        position_basis="estimated",
        tree=cKDTree(np.column_stack([ways.lon, ways.lat])) if len(known) else None,
        known=known,
    )


def regions_alone(areas: UnmappedAreas, crossings: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return the table of regions without area and border: one a country, at the border where a crossing is."""
    table = areas.regions
    at_border = {*crossings["country_a"], *crossings["country_b"]}
    columns = {c: table[c] for c in ("name_en", "name_ru", "name_kk", "country")} | {
        "region_id": table["code"],
        "border": table["country"].isin(at_border),
        "source": [f"{source}#{code}" for code in table["country"]],
    }
    return frame("regions", columns, len(table))
