"""Who travels: what a vehicle may use, and what it is on each mode."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Vehicle:
    """A way to travel.

    Attributes
    ----------
    uses
        The ``allowed_uses`` of links, any of which lets it pass.
    on
        The vehicle of speeds, tariffs and waits on each mode.
    carries
        ``freight`` or ``passenger``: which value of time, which flag of a crossing.
    """

    uses: frozenset[str]
    on: Mapping[str, str]
    carries: str


_FREIGHT = MappingProxyType({"rail": "freight_train", "road": "lorry", "sea": "ship"})
_PASSENGER = MappingProxyType({"rail": "passenger_train", "road": "car", "sea": "ship"})

VEHICLES: Mapping[str, Vehicle] = MappingProxyType(
    {
        "freight": Vehicle(frozenset({"freight", "lorry"}), _FREIGHT, "freight"),
        "passenger": Vehicle(frozenset({"passenger", "car"}), _PASSENGER, "passenger"),
        "lorry": Vehicle(frozenset({"lorry"}), _FREIGHT, "freight"),
        "car": Vehicle(frozenset({"car"}), _PASSENGER, "passenger"),
    }
)
"""``freight`` and ``passenger`` change between rail, road and sea; ``lorry`` and ``car`` stay on roads and ferries."""
