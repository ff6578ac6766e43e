"""The command line: parse, call one library function, render."""

from corridors.cli.main import main

__all__ = ["main"]
