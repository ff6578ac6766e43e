"""The application that the commands belong to."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    name="corridors",
    help="Cross-border transport networks: routes, transit dependency, connectivity. Home border: Russia–Kazakhstan.",
    no_args_is_help=False,
    add_completion=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        from corridors import __version__

        typer.echo(f"corridors {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Cross-border transport networks: routes, transit dependency, connectivity. Home border: Russia–Kazakhstan."""
