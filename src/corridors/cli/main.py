"""The entry point: runs a command and turns every error a user can cause into one line and an exit code."""

from __future__ import annotations

import io
import os
import sys

import typer

import corridors.cli.ask
import corridors.cli.make  # noqa: F401  both register their commands
from corridors.cli.app import app
from corridors.errors import CorridorsError


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit.

    Exit codes: 0 done; 1 no answer; 2 wrong usage, an unknown or ambiguous name; 3 bad input data; 4 output cannot be
    written; 130 interrupted. A closed pipe ends quietly.
    """
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows a substitute
            stream.reconfigure(errors="replace")
    try:
        code = app(args=given or ["--help"], prog_name="corridors", standalone_mode=False) or 0
        sys.stdout.flush()
    except CorridorsError as error:
        code = _complain(str(error), error.exit_code)
    except typer.TyperException as error:
        code = _complain(_usage(error.format_message()), 2)
    except (KeyboardInterrupt, typer.Abort):
        code = _complain("interrupted", 130)
    except typer.Exit as leaving:
        code = leaving.exit_code
    except (BrokenPipeError, SystemExit):  # the framework leaves by SystemExit at a closed pipe
        # whoever read us has gone: nothing may be written at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _usage(message: str) -> str:
    """Return a usage error of the framework with what was expected."""
    message = message.rstrip(".")
    if message.startswith("No such command"):
        names = ", ".join(
            command.name or str(command.callback.__name__) for command in app.registered_commands if command.callback
        )
        return f"{message}, expected one of {names}"
    if message.startswith("No such option: -") and message[17:18].isdigit():
        return f"{message}; write -- before a value that begins with -"
    return f"{message or 'no command given'}; see corridors --help"


def _complain(message: str, code: int) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"corridors: {' '.join(message.split())}\n")
    return code
