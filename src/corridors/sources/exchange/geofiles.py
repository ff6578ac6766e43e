"""GeoPackage, GeoJSON, GeoParquet and Parquet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corridors.errors import OutputError
from corridors.files import write_text
from corridors.model.network import TABLE_FIELDS
from corridors.sources.exchange.frames import (
    POINTS,
    about_frame,
    assumption_frame,
    credit,
    flat_frame,
    outline_frame,
    to_gdfs,
)
from corridors.sources.exchange.styles import layer_styles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd
    from geopandas import GeoDataFrame

    from corridors.model.network import Network

OUTLINE_LAYERS = {"boundary": "boundary", "regions": "region_outlines", "land": "land"}
"""Layers of the outlines: ``regions`` is the table."""
_GEOMETRY = "geom"
_VERSION = "1.2"
"""Of GeoPackage: newer ones hold nothing more for us, and make older programs warn."""


def write_geopackage(network: Network, draft: Path) -> None:
    """Write one GeoPackage: layers with geometry and styles, and every other table as an attribute layer.

    Layers nodes, links, crossings, places, boundary, region_outlines, land; tables without geometry under their own
    names, ``assumptions``, ``about``, and ``layer_styles``, which QGIS reads. Nothing is lost; a link without a
    course is drawn straight and has ``straight``.
    """
    from pyogrio.errors import DataLayerError, DataSourceError

    if draft.is_file():
        draft.unlink()
    try:
        _write_layers(network, draft)
    except (DataSourceError, DataLayerError) as error:
        raise OutputError(f"{draft}: cannot be written: {error}") from error


def _write_layers(network: Network, draft: Path) -> None:
    import pyogrio

    drawn = {name: frame.reset_index() for name, frame in to_gdfs(network).items()}
    drawn |= {OUTLINE_LAYERS[name]: outline_frame(network, name) for name in network.outlines}
    for name, frame in drawn.items():
        kind = None if len(frame) else {"links": "LineString"}.get(name, "Point" if name in POINTS else "Unknown")
        pyogrio.write_dataframe(
            frame, draft, layer=name, driver="GPKG", geometry_type=kind,
            layer_options={"GEOMETRY_NAME": _GEOMETRY}, dataset_options={"VERSION": _VERSION},
        )  # fmt: skip
    for name, table in _tables(network, drawn):
        pyogrio.write_dataframe(table, draft, layer=name, driver="GPKG")
    styles = layer_styles(dict.fromkeys(drawn, _GEOMETRY))
    pyogrio.write_dataframe(styles, draft, layer="layer_styles", driver="GPKG", layer_options={"FID": "id"})


def write_geojson(network: Network, draft: Path) -> None:
    """Write one FeatureCollection (RFC 7946) of links, nodes, crossings and places, told apart by ``layer``.

    A property that is unknown is left out. Lost are the tables whose rows lie nowhere, the assumptions and outlines.
    """
    features = [
        json.dumps(feature, ensure_ascii=False, allow_nan=False)
        for name, frame in to_gdfs(network).items()
        for feature in _features(name, frame.reset_index())
    ]
    head = {"type": "FeatureCollection", "name": network.name} | ({"credit": c} if (c := credit(network)) else {})
    body = ",\n".join(features)
    text = f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{body}\n]}}\n'
    draft.write_text(text, "utf-8", newline="\n")


def write_geoparquet(network: Network, draft: Path) -> None:
    """Write a folder of Parquet files; those of what lies on the map are GeoParquet. Nothing is lost."""
    drawn = to_gdfs(network) | {OUTLINE_LAYERS[name]: outline_frame(network, name) for name in network.outlines}
    for name, frame in drawn.items():
        known = frame.index.name is not None
        (frame.reset_index() if known else frame).to_parquet(draft / f"{name}.parquet", index=False)
    for name, table in _tables(network, drawn):
        table.to_parquet(draft / f"{name}.parquet", index=False)


def write_parquet(network: Network, draft: Path) -> None:
    """Write a folder of Parquet files, one a table, courses as WKT; outlines as GeoJSON beside. Nothing is lost."""
    for name, table in _tables(network, {}):
        table.to_parquet(draft / f"{name}.parquet", index=False)
    for name, text in network.outlines.items():
        write_text(draft / f"{name}.geojson", text)


def _tables(network: Network, drawn: dict[str, Any]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield what has no geometry, or is not drawn: tables, assumptions, and what the network is."""
    for name in TABLE_FIELDS:
        if name not in drawn:
            yield name, flat_frame(network, name)
    yield "assumptions", assumption_frame(network)
    yield "about", about_frame(network)


def _features(name: str, frame: GeoDataFrame) -> Iterator[dict[str, Any]]:
    for feature in frame.iterfeatures(na="drop"):
        yield {
            "type": "Feature",
            "properties": {"layer": name, **feature["properties"]},
            "geometry": feature["geometry"],
        }
