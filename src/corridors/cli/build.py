"""Commands that make a network directory of something else: one subcommand a kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.render import emit
from corridors.cli.words import say, translate

if TYPE_CHECKING:
    from corridors.model.network import Network

build = typer.Typer(
    name="build",
    help="Make a network directory of data of another kind.\n\nExample: corridors build gmns DIR mynetwork",
    short_help="Make a network directory of data of another kind.",
    no_args_is_help=False,
)
app.add_typer(build, rich_help_panel=o.TABLES)

Out = Annotated[str, typer.Argument(metavar="OUT", help="A directory that is not there yet.")]


@build.command(short_help="Of a GMNS folder: node.csv, link.csv.")
def gmns(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder with node.csv and link.csv.")],
    out: Out,
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
    """Make a network of a GMNS folder: one that export --to gmns wrote, or one whose nodes have a country.

    Example: corridors build gmns DIR mynetwork
    """
    from corridors.sources.exchange.gmns import read_gmns
    from corridors.views.words import check_language

    check_language(lang)
    notes: list[str] = []
    with o.progress(lang, "reading the network"):
        made = read_gmns(folder, length_unit=length_unit, speed_unit=speed_unit, tell=notes.append)
        held = write_built(made, out, folder)
    finish(held, notes, lang)


def note(lang: str, text: str) -> None:
    """Say on stderr what was estimated or left out."""
    typer.echo(f"corridors: {translate(lang, text)}", err=True)


def write_built(made: Network, out: str, origin: str) -> dict[str, object]:
    """Write a network that was built, if it is sound; return what it holds.

    Raises
    ------
    DataError
        If it is not sound.
    OutputError
        If it cannot be written, or ``out`` holds something.
    """
    from corridors.sources.check import write_checked

    write_checked(made, out, origin)
    counts = {name: len(made.table(name)) for name in ("nodes", "links", "crossings")}
    return {"folder": out, "again": out, **counts}


def finish(held: dict[str, object], notes: list[str], lang: str) -> None:
    """Say what was estimated or left out, and what the network holds: only now, because an error is one line."""
    for text in notes:
        note(lang, text)
    done = "{folder}: {nodes} nodes, {links} links, {crossings} crossings; now: corridors info --network {again}"
    emit(say(lang, done, **held), None)
