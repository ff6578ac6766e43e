"""What is asked of the network instead of how it is today: closures, delays, openings, a date."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _nothing() -> Mapping[str, float]:
    return MappingProxyType({})


def _nowhere() -> Mapping[tuple[str, str], str]:
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
    wait_factor
        Multiplies the usual wait at every crossing that ``wait_h`` does not name; 1 changes nothing.
    speed_kmh
        Free speed, by link id, in place of the link's own; no vehicle goes faster than it can on the class of the link.
    build
        Ids of links, crossings or corridors that count as built although the tables have them as planned,
        suspended or closed.
    set
        Assumptions by key, replacing the default values.
    as_of
        A date; None: the network's own date.
    note
        Why, for people.
    where
        Where an entry was read, for error messages: by (key, entry), as "scenario jam.toml, line 3".

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
    wait_factor: float = 1.0
    speed_kmh: Mapping[str, float] = field(default_factory=_nothing)
    where: Mapping[tuple[str, str], str] = field(default_factory=_nowhere, repr=False, compare=False)

    def on(self, base: Scenario) -> Scenario:
        """Return this scenario on top of another one, under this one's name.

        What is closed and built adds up; hours, speeds, assumptions and the date of this one go first; factors of
        waits multiply.

        Examples
        --------
        >>> jam = Scenario(name="jam", wait_h={"b": 5.0}, wait_factor=2.0)
        >>> jam.on(Scenario(close=("a",), wait_h={"b": 1.0, "c": 2.0})).describe()
        'jam: closed a; b waits 5 h; c waits 2 h; waits times 2'
        """
        return replace(
            self,
            close=(*base.close, *self.close),
            close_regions=(*base.close_regions, *self.close_regions),
            wait_h={**base.wait_h, **self.wait_h},
            build=(*base.build, *self.build),
            set={**base.set, **self.set},
            as_of=self.as_of or base.as_of,
            wait_factor=base.wait_factor * self.wait_factor,
            speed_kmh={**base.speed_kmh, **self.speed_kmh},
            where={**base.where, **self.where},
        )

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
        if self.wait_factor != 1:
            parts.append(f"waits times {self.wait_factor:g}")
        if self.build:
            parts.append("built " + ", ".join(self.build))
        parts += [f"{link} at {speed:g} km/h" for link, speed in self.speed_kmh.items()]
        parts += [f"{key} = {value:g}" for key, value in self.set.items()]
        return self.name + (": " + "; ".join(parts) if parts else "")
