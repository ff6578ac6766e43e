"""The command that builds a network of OpenStreetMap files, and the steps it shares with others that draw lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli import complete
from corridors.cli import options as o
from corridors.cli.build import Out, build, note
from corridors.cli.render import emit
from corridors.cli.words import say
from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

    from corridors.model.network import Network
    from corridors.sources.build.ways import Ways

Countries = Annotated[
    str,
    o.option(o.QUESTION, "--countries", "RU,KZ", "Countries of the network, ISO 3166-1; the first is side a."),
]
Boundaries = Annotated[
    str | None,
    o.option(o.QUESTION, "--boundaries", "FILE", "GeoPackage or GeoJSON with the outlines of countries and regions."),
]
JoinGaps = Annotated[
    str, o.option(o.QUESTION, "--join-gaps", "M", "Join dead ends at most M metres from another line.")
]
_CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "none")
Roads = Annotated[
    str,
    o.option(
        o.QUESTION,
        "--roads",
        "CLASS",
        f"The last class of road that is taken: {', '.join(_CLASSES[:-1])} or none.",
        complete.values(*_CLASSES),
    ),
]


@build.command(short_help="Of OpenStreetMap files: .osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m, .opl.")
def osm(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="OpenStreetMap files; several are merged.")],
    out: Out,
    countries: Countries,
    boundaries: Boundaries = None,
    roads: Roads = "tertiary",
    join_gaps: JoinGaps = "0",
    lang: o.Lang = "en",
) -> None:
    """Make a network of OpenStreetMap files: railways, roads, ferries, stations, places and border crossings.

    What was left out, cut or found odd is said, and stands in notes.txt and gaps.csv of the network.

    A build that was interrupted goes on where it was.

    Example: corridors build osm FILE.osm.pbf mynetwork --countries RU,KZ
    """
    from corridors.sources.build.keep import working_folder
    from corridors.sources.build.osm_files import country_codes, read_osm_files, read_outlines
    from corridors.sources.build.write import check_target
    from corridors.views.words import check_language

    check_language(lang)
    codes, within_m = country_codes(countries), metres("--join-gaps", join_gaps)
    check_target(out)
    outlines = None if boundaries is None else read_outlines(boundaries)
    with working_folder(out) as folder:
        with o.progress(lang, "reading the files") as bar:
            ways = read_osm_files(
                files, folder, countries=codes, roads=roads, areas=outlines is None, progress=_shares(bar)
            )
        make_network(ways, out, codes, boundaries=outlines, join_gaps_m=within_m, lang=lang)


def metres(option: str, value: str) -> float:
    """Return the metres of an option, 0 or more.

    Raises
    ------
    UsageError
        If it is no such number.
    """
    found = o.number(option, value)
    if not 0 <= found < float("inf"):
        raise UsageError(f"{option} {value!r}: expected 0 or more")
    return found


def make_network(
    ways: Ways,
    out: str,
    countries: Sequence[str],
    *,
    boundaries: gpd.GeoDataFrame | None,
    join_gaps_m: float,
    lang: str,
) -> None:
    """Assemble what a reader returned, write it, and say what it holds and what was left out."""
    from pathlib import Path

    from corridors.sources.build.assemble import STEPS, assemble
    from corridors.sources.build.write import write_built

    with o.progress(lang, "assembling the network") as bar:
        built = assemble(
            ways, countries, boundaries=boundaries, join_gaps_m=join_gaps_m, name=Path(out).name,
            progress=None if bar is None else lambda step: bar(STEPS.index(step), len(STEPS)),
        )  # fmt: skip
        write_built(built, out)
    for text in dict.fromkeys((*ways.notes, *built.notes)):
        note(lang, text)
    say_what_it_holds(built.network, out, lang)


def say_what_it_holds(network: Network, out: str, lang: str) -> None:
    """Say what a network that was written holds, and how to look at it."""
    from corridors.views.words import number

    held = "{folder}: {nodes} nodes, {links} links, {crossings} crossings; now: corridors info --network {again}"
    counts = {name: number(lang, len(network.table(name))) for name in ("nodes", "links", "crossings")}
    emit(say(lang, held, folder=out, again=out, **counts), None)


def _shares(bar: Callable[[int, int], None] | None) -> Callable[[float], None] | None:
    return None if bar is None else lambda share: bar(round(1000 * share), 1000)
