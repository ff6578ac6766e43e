"""What is asked of the network instead of how it is today: closures, delays, openings, a date."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _nothing() -> Mapping[str, float]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Scenario:
    """Changes to a network, as data; an empty scenario changes nothing.

    Attributes
    ----------
    name
        What it is called in tables and files.
    close
        Ids of crossings that are shut for everybody.
    close_regions
        Ids of regions all of whose crossings are shut.
    wait_h
        Hours at a crossing, by crossing id, for every vehicle, direction and kind of traffic.
    build
        Ids of links, crossings or corridors that count as built although the tables have them as planned,
        suspended or closed.
    set
        Assumptions by key, replacing the default values.
    as_of
        A date; None: the network's own date.

    Examples
    --------
    >>> Scenario(close=("rail-gorbunovo-mamlyutka",)).close
    ('rail-gorbunovo-mamlyutka',)
    """

    name: str = "baseline"
    close: tuple[str, ...] = ()
    close_regions: tuple[str, ...] = ()
    wait_h: Mapping[str, float] = field(default_factory=_nothing)
    build: tuple[str, ...] = ()
    set: Mapping[str, float] = field(default_factory=_nothing)
    as_of: str | None = None
    note: str = ""

    def describe(self) -> str:
        """Return the changes in one line.

        Examples
        --------
        >>> Scenario(name="shut", close=("a",), wait_h={"b": 5.0}).describe()
        'shut: closed a; b waits 5 h'
        """
        parts = []
        if self.close:
            parts.append("closed " + ", ".join(self.close))
        if self.close_regions:
            parts.append("closed all crossings of " + ", ".join(self.close_regions))
        parts += [f"{crossing} waits {hours:g} h" for crossing, hours in self.wait_h.items()]
        if self.build:
            parts.append("built " + ", ".join(self.build))
        parts += [f"{key} = {value:g}" for key, value in self.set.items()]
        return self.name + (": " + "; ".join(parts) if parts else "")
