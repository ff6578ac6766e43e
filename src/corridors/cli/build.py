"""Commands that make a network directory of something else: one subcommand a kind of source."""

from __future__ import annotations

from typing import Annotated

import typer

from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.words import translate

build = typer.Typer(
    name="build",
    help="Make a network directory of data of another kind.\n\nExample: corridors build gmns DIR mynetwork",
    short_help="Make a network directory of data of another kind.",
    no_args_is_help=False,
)
app.add_typer(build, rich_help_panel=o.TABLES)

Out = Annotated[str, typer.Argument(metavar="OUT", help="A directory that is not there yet.")]


def note(lang: str, text: str) -> None:
    """Say on stderr what was estimated or left out."""
    typer.echo(f"corridors: {translate(lang, text)}", err=True)
