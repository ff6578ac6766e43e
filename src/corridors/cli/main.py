"""The entry point: runs a command and turns every error a user can cause into one line and an exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

import typer

import corridors.cli.ask
import corridors.cli.border
import corridors.cli.build_area
import corridors.cli.build_gmns
import corridors.cli.make
import corridors.cli.outputs  # noqa: F401  all register their commands
from corridors.cli.app import app
from corridors.cli.words import complaint, language_of
from corridors.errors import CorridorsError, OutputError

if TYPE_CHECKING:
    from typer.models import CommandInfo

_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit.

    Exit codes: 0 done; 1 no answer; 2 wrong usage, an unknown or ambiguous name; 3 bad input data; 4 output cannot be
    written; 130 interrupted. A closed pipe ends quietly.
    """
    of_a_shell = arguments is None
    if of_a_shell:  # looking for garbage, which a short command never has much of, takes a fifth of its time
        gc.set_threshold(100_000, 50, 50)
    given = sys.argv[1:] if arguments is None else arguments
    lang = language_of(given)
    closed = sys.stdout is None
    if closed:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  stays open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows a substitute
            stream.reconfigure(errors="replace")
    try:
        code = _app_for(given)(args=given or ["--help"], prog_name="corridors", standalone_mode=False) or 0
        if code == _INTERRUPTED:  # how the framework passes on an interrupt
            raise KeyboardInterrupt
        sys.stdout.flush()
        if closed:
            raise OutputError("standard output: cannot be written: it is closed")
    except CorridorsError as error:
        code = _complain(str(error), error.exit_code, lang)
    except typer.TyperException as error:
        code = _complain(_usage(error.format_message(), getattr(error, "ctx", None)), 2, lang)
    except (KeyboardInterrupt, typer.Abort):
        code = _complain("interrupted", _INTERRUPTED, lang)
    except typer.Exit as leaving:
        code = leaving.exit_code
    except (BrokenPipeError, SystemExit):  # the framework leaves by SystemExit at a closed pipe
        _give_up_stdout()  # whoever read us has gone
        code = 0
    except OSError as error:
        _give_up_stdout()
        code = _complain(f"standard output: cannot be written: {error.strerror or error}", 4, lang)
    if of_a_shell:
        gc.freeze()  # and what is left need not be looked through on leaving
    sys.exit(code if isinstance(code, int) else 0)


def _app_for(arguments: list[str]) -> typer.Typer:
    """Return the application with only the command that is asked for: to prepare all of them takes its time."""
    wanted = [c for c in app.registered_commands if arguments and _name_of(c) == arguments[0]]
    if not wanted:
        return app
    alone = copy(app)
    alone.registered_commands, alone.registered_groups = wanted, []
    return alone


def _name_of(command: CommandInfo) -> str:
    return command.name or (command.callback.__name__ if command.callback else "")


def _give_up_stdout() -> None:
    """Let what is still in the buffer of standard output go nowhere: the interpreter writes it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(message: str, context: typer.Context | None) -> str:
    """Return a usage error of the framework with what was expected."""
    message = message.rstrip(".")
    if message.startswith(("No such command", "Missing command")):
        known = getattr(context.command, "commands", {}) if context is not None else {}
        return f"{message}, expected one of {', '.join(known)}"
    if message.startswith("No such option: -") and message[17:18].isdigit():
        return f"{message}; write -- before a value that begins with -"
    return f"{message or 'no command given'}; see corridors --help"


def _complain(message: str, code: int, lang: str) -> int:
    message = complaint(lang, message)
    if sys.stderr is not None:
        line = "".join(c if c.isprintable() else " " for c in " ".join(message.split()))
        sys.stderr.write(f"corridors: {line}\n")
    return code
