"""The tables as other libraries like them: flat, typed, with geometry. All writers share them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from corridors.errors import DataError
from corridors.model.geo import link_courses
from corridors.model.graphs import plain_cells
from corridors.model.schema import TABLES, Column

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from corridors.model.network import Network

WGS84 = "EPSG:4326"
POINTS = ("nodes", "crossings", "places")
"""Tables whose rows are points."""
STRAIGHT = "straight"
"""Column of links: true where the table has no course, so that the line drawn is that between the two ends."""
ASSUMPTION_COLUMNS = tuple(
    Column(name, "number" if name in {"value", "minimum"} else "text", "")
    for name in ("key", "value", "unit", "source", "date", "note", "minimum")
)
_TYPES = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "bool"}


def to_gdfs(network: Network) -> dict[str, GeoDataFrame]:
    """Return what has a place on the map as GeoDataFrames: nodes, links, crossings and places.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    dict of str to geopandas.GeoDataFrame
        By table, indexed by its key, in EPSG:4326, with all columns of the table. Whole numbers that may be unknown
        are ``Int64``. Links have their ``crossing_id``; one without a course is drawn straight between its ends and
        says so in ``straight``.

    Examples
    --------
    >>> import corridors as co
    >>> frames = co.to_gdfs(co.load())
    >>> list(frames), frames["links"].geom_type.unique().tolist()
    (['nodes', 'links', 'crossings', 'places'], ['LineString'])
    """
    import geopandas
    from shapely import LineString

    found = {}
    for name in ("nodes", "links", "crossings", "places"):
        frame = flat_frame(network, name)
        if name == "links":
            owned = network.crossing_links
            crossing_of = dict(zip(owned["link_id"], owned["crossing_id"], strict=True))
            frame["crossing_id"] = frame["link_id"].map(crossing_of).astype("str")
            frame[STRAIGHT] = frame.pop("geometry").isna().to_numpy(bool)
            shapes = [LineString(course) for course in link_courses(network)]
        else:
            shapes = list(geopandas.points_from_xy(frame["x_coord"], frame["y_coord"]))
        found[name] = geopandas.GeoDataFrame(frame, geometry=shapes, crs=WGS84).set_index(TABLES[name].key[0])
    return found


def flat_frame(network: Network, name: str) -> pd.DataFrame:
    """Return a table with its key as a column, columns in the order of the schema, whole numbers as ``Int64``."""
    table = network.table(name)
    flat = table.reset_index() if table.index.name else table
    return typed_frame(
        TABLES[name].columns,
        {c.name: plain_cells(name, c.name, flat[c.name].tolist()) for c in TABLES[name].columns},
    )


def typed_frame(columns: tuple[Column, ...], cells: dict[str, list[object]]) -> pd.DataFrame:
    """Return cells, None where unknown, as a DataFrame with the type of each column."""
    return pd.DataFrame({c.name: pd.Series(cells[c.name], dtype=_TYPES.get(c.kind, "str")) for c in columns})


def assumption_frame(network: Network) -> pd.DataFrame:
    """Return the assumptions as a table: key, value, unit, source, date, note, minimum."""
    entries = network.assumptions.entries
    cells: dict[str, list[object]] = {"key": list(entries)}
    for column in ASSUMPTION_COLUMNS[1:]:
        cells[column.name] = [getattr(entry, column.name) for entry in entries.values()]
    return typed_frame(ASSUMPTION_COLUMNS, cells)


def about_frame(network: Network) -> pd.DataFrame:
    """Return what no table says: the network's name, its date, and whom its data are owed to."""
    said = {"name": network.name, "reference_date": network.assumptions.reference_date, "credit": credit(network)}
    return pd.DataFrame({"key": list(said), "value": list(said.values())}, dtype="str")


def outline_frame(network: Network, name: str) -> GeoDataFrame:
    """Return an outline (boundary, regions, land) with the properties of its features.

    Raises
    ------
    DataError
        If a feature of it cannot be read.
    """
    import geopandas

    features = json.loads(network.outlines[name])["features"]
    try:
        return geopandas.GeoDataFrame.from_features(features, crs=WGS84) if features else _nothing()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{name}.geojson: a feature of it cannot be read: {error}") from error


def credit(network: Network) -> str:
    """Return whom the data are owed to, as OpenStreetMap and GeoNames ask for it; empty: neither is used.

    Examples
    --------
    >>> import corridors as co
    >>> credit(co.load())
    '© OpenStreetMap contributors, ODbL 1.0; GeoNames, CC BY 4.0'
    """
    named = network.sources[["title", "publisher", "address", "licence"]].astype("str")
    asked = {"OpenStreetMap|ODbL": "© OpenStreetMap contributors, ODbL 1.0", "GeoNames": "GeoNames, CC BY 4.0"}
    return "; ".join(
        said
        for what, said in asked.items()
        if named.apply(lambda column, what=what: column.str.contains(what, regex=True)).to_numpy().any()
    )


def _nothing() -> GeoDataFrame:
    import geopandas

    return geopandas.GeoDataFrame({"geometry": geopandas.GeoSeries([], crs=WGS84)}, crs=WGS84)
