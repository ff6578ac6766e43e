"""How QGIS draws the layers of a GeoPackage: one default style a layer, in the language of QGIS (QML)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_COLOURS = {"rail": "#333333", "road": "#c8954c", "sea": "#4f86a8", "transfer": "#cc79a7"}
LINE_WIDTHS = {"rail": 0.5, "road": 0.4, "sea": 0.4, "transfer": 0.3}
CROSSING_COLOURS = {"rail": "#D55E00", "road": "#0072B2", "sea": "#009E73"}
CROSSING_SHAPES = {"rail": "square", "road": "circle", "sea": "diamond"}
NODE_COLOUR, NODE_LINE, BORDER_COLOUR = "#ffffff", "#6b6b6b", "#8a5a9e"
GROUND_COLOURS, REGION_LINE = {"land": "#f6f4ee", "water": "#dce7ee"}, "#d5d0c4"


def layer_styles(geometry_of: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of the table ``layer_styles``, where QGIS looks for the styles of a GeoPackage.

    Parameters
    ----------
    geometry_of
        The layers that are there, with the names of their geometry columns.
    """
    rows = [(name, column, _STYLES[name]()) for name, column in geometry_of.items() if name in _STYLES]
    return pd.DataFrame(
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": [name for name, _, _ in rows],
            "f_geometry_column": [column for _, column, _ in rows],
            "styleName": [name for name, _, _ in rows],
            "styleQML": [qml for _, _, qml in rows],
            "styleSLD": "",
            "useAsDefault": True,
            "description": "",
            "owner": "",
            "ui": "",
            "update_time": pd.Timestamp.now("UTC"),  # QGIS sorts by it, and finds no style where it is missing
        }
    )


def _links() -> str:
    symbols = [_line(LINE_COLOURS[mode], LINE_WIDTHS[mode]) for mode in LINE_COLOURS]
    return _by_column("mode", list(LINE_COLOURS), symbols)


def _crossings() -> str:
    modes = list(CROSSING_COLOURS)
    return _by_column("mode", modes, [_mark(CROSSING_SHAPES[m], CROSSING_COLOURS[m], "#ffffff", 2.6) for m in modes])


def _nodes() -> str:
    return _single(_mark("circle", NODE_COLOUR, NODE_LINE, 1.0))


def _boundary() -> str:
    return _single(_line(BORDER_COLOUR, 0.7))


def _regions() -> str:
    return _single(_fill(None))


def _land() -> str:
    return _by_column("kind", list(GROUND_COLOURS), [_fill(colour) for colour in GROUND_COLOURS.values()])


_STYLES = {
    "links": _links,
    "crossings": _crossings,
    "nodes": _nodes,
    "boundary": _boundary,
    "region_outlines": _regions,
    "land": _land,
}

_Symbol = tuple[str, str, dict[str, str]]


def _line(colour: str, width: float) -> _Symbol:
    return "line", "SimpleLine", {"line_color": _rgba(colour), "line_width": f"{width:g}", "line_style": "solid"}


def _mark(shape: str, colour: str, edge: str, size: float) -> _Symbol:
    cells = {"name": shape, "color": _rgba(colour), "outline_color": _rgba(edge), "outline_width": "0.2"}
    return "marker", "SimpleMarker", cells | {"size": f"{size:g}", "size_unit": "MM"}


def _fill(colour: str | None) -> _Symbol:
    """Return the symbol of an area; None: its outline alone."""
    cells = {"color": _rgba(colour or "#ffffff"), "style": "solid" if colour else "no"}
    return "fill", "SimpleFill", cells | {"outline_color": _rgba(REGION_LINE), "outline_width": "0.2"}


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"


def _by_column(column: str, values: list[str], symbols: list[_Symbol]) -> str:
    categories = "".join(
        f'<category render="true" symbol="{n}" value={quoteattr(value)} label={quoteattr(value)}/>'
        for n, value in enumerate(values)
    )
    return _document(
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(column)} forceraster="0" symbollevels="0" '
        f'enableorderby="0"><categories>{categories}</categories>{_symbols(symbols)}</renderer-v2>'
    )


def _single(symbol: _Symbol) -> str:
    return _document(
        '<renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0" enableorderby="0">'
        f"{_symbols([symbol])}</renderer-v2>"
    )


def _symbols(symbols: list[_Symbol]) -> str:
    """Return symbols as QGIS 3 reads them: properties as a map of options, and as the older ``prop`` beside it."""
    parts = []
    for n, (kind, layer, cells) in enumerate(symbols):
        options = "".join(f'<Option type="QString" name="{k}" value={quoteattr(v)}/>' for k, v in cells.items())
        older = "".join(f'<prop k="{k}" v={quoteattr(v)}/>' for k, v in cells.items())
        parts.append(
            f'<symbol type="{kind}" name="{n}" alpha="1" clip_to_extent="1" force_rhr="0">'
            f'<layer class="{layer}" enabled="1" locked="0" pass="0"><Option type="Map">{options}</Option>{older}'
            "</layer></symbol>"
        )
    return f"<symbols>{''.join(parts)}</symbols>"


def _document(renderer: str) -> str:
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.22" styleCategories="Symbology">{renderer}</qgis>'
    )
