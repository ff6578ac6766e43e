"""The command that writes a network in the formats of other tools."""

from __future__ import annotations

from typing import Annotated

import typer

from corridors.cli import complete
from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.build import note
from corridors.cli.render import emit
from corridors.cli.words import say

_FORMATS = ("gmns", "geopackage", "geojson", "graphml", "osmnx", "parquet", "geoparquet")


@app.command(short_help="Write the network for other tools.", rich_help_panel=o.TABLES)
def export(
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="A file, or for gmns, parquet and geoparquet a folder not there yet.")
    ],
    to: Annotated[
        str,
        o.option(o.OUTPUT, "--to", "FORMAT", f"The format: {', '.join(_FORMATS)}.", complete.values(*_FORMATS)),
    ],
    as_of: o.AsOf = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    lang: o.Lang = "en",
) -> None:
    """Write the network in a format of other tools; what the format leaves out is said on stderr.

    Example: corridors export border.gpkg --to geopackage
    """
    from corridors.engine.dated import network_on
    from corridors.sources.exchange.formats import beside_tables, check_export, left_out
    from corridors.sources.exchange.formats import export as write
    from corridors.sources.tables import find_folders

    form = check_export(out, to)
    loaded = o.load_network(network, data, lang)
    with o.progress(lang, "writing tables"):
        dated = loaded if as_of is None else network_on(loaded, as_of)
        write(dated, out, to=to)
    if lost := left_out(dated, to):
        note(lang, f"{to} leaves out {', '.join(lost)}")
    if beside := beside_tables(find_folders(network, data)):
        note(lang, f"files beside the tables stay where they are: {', '.join(beside)}")
    if form.changes:
        note(lang, form.changes)
    counts = {name: len(dated.table(name)) for name in ("nodes", "links", "crossings")}
    if "crossings" in form.keeps:
        written = say(lang, "{file}: {nodes} nodes, {links} links, {crossings} crossings", file=out, **counts)
    else:  # a graph has but their ids on its edges
        written = say(lang, "{file}: {nodes} nodes, {links} links", file=out, **counts)
    emit(written, None)
