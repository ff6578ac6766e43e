"""Commands that make a network directory of something else: one subcommand a kind of source."""

from __future__ import annotations

import re
import sys
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


_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?!\w|,\d)")


def note(lang: str, text: str) -> None:
    """Say on stderr what was estimated or left out, numbers as the language writes them."""
    from corridors.views.words import number

    said = _THOUSANDS.sub(lambda found: number(lang, int(found[0].replace(",", ""))), translate(lang, text))
    if sys.stderr is not None:  # as it is at the moment: where a bar is shown, lines go above it
        sys.stderr.write(f"corridors: {said}\n")
