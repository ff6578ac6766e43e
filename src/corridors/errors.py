"""Everything that can go wrong because of what came in, as one tree.

::

    CorridorsError                 base: one line that names the value, where it stood, what was expected
    ├── NoAnswerError              the question is sound, and the network has no answer      exit code 1
    ├── UsageError                 a wrong option or a wrong name (also a ValueError)        exit code 2
    │   ├── UnknownNameError       no place, crossing or region is called that
    │   └── AmbiguousNameError     several are
    ├── DataError                  tables or files that cannot be used (also a ValueError)   exit code 3
    └── OutputError                a file that cannot be written (also an OSError)           exit code 4

A programming mistake raises whatever Python raises: only these are caught and shown without a traceback.
"""

from __future__ import annotations


class CorridorsError(Exception):
    """Base of all errors that a user can cause."""

    exit_code = 1


class NoAnswerError(CorridorsError):
    """The question has no answer in this network, for example no route."""

    exit_code = 1


class UsageError(CorridorsError, ValueError):
    """An option or argument that cannot be used."""

    exit_code = 2


class UnknownNameError(UsageError):
    """No place, crossing or region answers to the name."""


class AmbiguousNameError(UsageError):
    """Several places, crossings or regions answer to the name."""


class DataError(CorridorsError, ValueError):
    """Input tables that cannot be used.

    Parameters
    ----------
    message
        One line.
    problems
        All problems found, one line each, when a whole directory was checked.
    """

    exit_code = 3

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class OutputError(CorridorsError, OSError):
    """An output that cannot be written."""

    exit_code = 4
