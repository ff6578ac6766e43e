"""The command that builds a network of a GMNS folder: one that we wrote, or somebody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridors.cli import options as o
from corridors.cli.build import Out, build
from corridors.cli.build_osm import Boundaries, JoinGaps, make_network, metres, say_what_it_holds
from corridors.errors import UsageError


@build.command(short_help="Of a GMNS folder: node.csv, link.csv.")
def gmns(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder with node.csv and link.csv.")],
    out: Out,
    countries: Annotated[
        str | None,
        o.option(
            o.QUESTION, "--countries", "RU,KZ", "Countries of the network, unless a column of node.csv names them."
        ),
    ] = None,
    boundaries: Boundaries = None,
    join_gaps: JoinGaps = "0",
    length_unit: Annotated[
        str | None,
        o.option(o.QUESTION, "--length-unit", "km|mi|m|ft", "Unit of length where no config.csv names it."),
    ] = None,
    speed_unit: Annotated[
        str | None,
        o.option(o.QUESTION, "--speed-unit", "km/h|mph|m/s", "Unit of free_speed where no config.csv names it."),
    ] = None,
    lang: o.Lang = "en",
) -> None:
    """Make a network of a GMNS folder: one that export --to gmns wrote, as it was, or somebody else's.

    Example: corridors build gmns DIR mynetwork --countries RU,KZ
    """
    from corridors.sources.build.osm_files import country_codes, read_outlines
    from corridors.sources.build.write import check_target
    from corridors.sources.check import write_checked
    from corridors.sources.exchange.gmns import is_ours, read_gmns
    from corridors.sources.exchange.gmns_foreign import countries_of, read_foreign
    from corridors.views.words import check_language

    check_language(lang)
    codes, within_m = None if countries is None else country_codes(countries), metres("--join-gaps", join_gaps)
    check_target(out)
    if is_ours(Path(folder)):
        if countries is not None or boundaries is not None or within_m:
            raise UsageError(f"{folder}: has a border already, expected no --countries, --boundaries, --join-gaps")
        with o.progress(lang, "reading the network"):
            made = read_gmns(folder)
            write_checked(made, out, folder)
        say_what_it_holds(made, out, lang)
        return
    outlines = None if boundaries is None else read_outlines(boundaries)
    with o.progress(lang, "reading the network"):
        ways = read_foreign(Path(folder), length_unit, speed_unit, by_column=codes is None)
    codes = countries_of(ways, codes)
    make_network(ways, out, codes, boundaries=outlines, join_gaps_m=within_m, lang=lang)
