"""The numbers that no table holds, each with unit, source and date."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


REQUIRED_KEYS = (
    *(f"speed_kmh.rail.{c}.{v}" for c in ("main", "secondary", "branch") for v in ("freight_train", "passenger_train")),
    *(
        f"speed_kmh.road.{c}.{v}"
        for c in ("motorway", "trunk", "primary", "secondary", "local")
        for v in ("lorry", "car")
    ),
    "speed_kmh.sea.ship",
    "surface_factor.gravel",
    "surface_factor.dirt",
    "breaks.lorry.h_per_h",
    *(f"usd_per_km.{v}" for v in ("freight_train", "passenger_train", "lorry", "car", "ship")),
    *(f"wait_h.{v}" for v in ("freight_train", "passenger_train", "lorry", "car", "ship")),
    *(f"transfer.{c}.{what}" for c in ("freight", "passenger") for what in ("time_h", "cost_usd")),
    *(f"value_of_time_usd_per_h.{c}" for c in ("freight", "passenger")),
    *(f"co2_g_per_tkm.{m}" for m in ("rail_electric", "rail_diesel", "lorry", "ship")),
    "connector.speed_kmh",
    "connector.circuity",
    "connector.reach_km",
    "zones.population_bound",
    "gravity.theta",
    "alternatives.overlap_limit",
    "alternatives.penalty",
    "alternatives.longest_ratio",
)
"""What a network must assume."""

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
