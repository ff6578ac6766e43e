"""The numbers that no table holds, each with unit, source and date."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


_LARGEST = 1e9


@dataclass(frozen=True)
class Assumption:
    """One number: value, unit, where it is from."""

    value: float
    unit: str
    source: str
    date: str = ""
    note: str = ""
    minimum: float = 0.0


@dataclass(frozen=True)
class Assumptions:
    """All assumptions by dotted key, and the date the network describes.

    Examples
    --------
    >>> import corridors as co
    >>> co.load().assumptions["zones.population_bound"] > 0
    True
    """

    entries: Mapping[str, Assumption]
    reference_date: str

    def __getitem__(self, key: str) -> float:
        """Return the value under ``key``."""
        return self.entries[key].value

    def __contains__(self, key: object) -> bool:
        """Tell whether there is an assumption ``key``."""
        return key in self.entries

    def changed(self, changes: Mapping[str, float]) -> Assumptions:
        """Return these assumptions with some values replaced.

        Raises
        ------
        UsageError
            If a key is unknown or a value lies below what the key allows.
        """
        entries = dict(self.entries)
        for key, value in changes.items():
            if key not in entries:
                close = get_close_matches(key, entries, 1, 0.3)
                hint = f"; did you mean {close[0]}?" if close else ""
                raise UsageError(f"assumption {key!r} is unknown{hint}")
            old = entries[key]
            if not value >= old.minimum or value > _LARGEST:
                wanted = f"from {old.minimum:g} to {_LARGEST:g} {old.unit}"
                raise UsageError(f"assumption {key}: {value:g} is out of range, expected {wanted}")
            entries[key] = Assumption(value, old.unit, "set by the user", "", old.note, old.minimum)
        return Assumptions(entries, self.reference_date)
