"""How the values of OpenStreetMap tags are read: speeds, numbers, gauges, people, hours."""

from __future__ import annotations

import functools
import math
import re

SPEED_UNITS = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852, "kn": 1.852}
"""km/h in one unit of ``maxspeed``."""

SPEED_ZONES = {
    "AM:urban": 60, "AM:rural": 90, "AZ:urban": 60, "AZ:rural": 90, "BY:urban": 60, "BY:rural": 90, "BY:motorway": 110,
    "DE:urban": 50, "DE:rural": 100, "EE:urban": 50, "EE:rural": 90, "FI:urban": 50, "FI:rural": 80, "GE:urban": 60,
    "KZ:urban": 60, "LT:urban": 50, "LT:rural": 90, "LV:urban": 50, "LV:rural": 90, "MN:urban": 60, "NO:urban": 50,
    "NO:rural": 80, "PL:urban": 50, "PL:rural": 90, "PL:motorway": 140, "RU:urban": 60, "RU:rural": 90,
    "RU:motorway": 110, "RU:living_street": 20, "SK:urban": 50, "SK:rural": 90, "TR:urban": 50, "UA:urban": 50,
    "UA:rural": 90, "UA:motorway": 130,
}  # fmt: skip
"""``maxspeed=COUNTRY:ZONE`` in km/h, limits for cars; a country or zone that is not here gives no speed."""

MPH_COUNTRIES = ("GB", "US")
"""Countries whose ``zone20`` is 20 mph."""

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z/]*)")
_ZONE_NUMBER = re.compile(r"(?:([A-Z]{2}):)?(?:zone:?)?(\d+)")
_CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
_ISO_TIME = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?")


@functools.cache
def speed(value: str | None) -> float:
    """Return km/h of a ``maxspeed``; nan where it says none.

    Examples
    --------
    >>> speed("60"), speed("50 mph"), speed("RU:urban"), speed("DE:zone30"), speed("GB:zone20"), speed("none")
    (60.0, 80.4672, 60.0, 30.0, 32.18688, nan)
    """
    text = (value or "").split(";")[0].strip()
    if text in SPEED_ZONES:
        return float(SPEED_ZONES[text])
    match = _NUMBER.fullmatch(text)
    if match and match[2] in SPEED_UNITS:
        found = float(match[1]) * SPEED_UNITS[match[2]]
    else:
        zone = _ZONE_NUMBER.fullmatch(text)
        unit = SPEED_UNITS["mph" if zone and zone[1] in MPH_COUNTRIES else ""]
        found = float(zone[2]) * unit if zone else math.nan
    return found if 1 <= found <= 400 else math.nan


@functools.cache
def count(value: str | None) -> int | None:
    """Return a small whole number, such as of lanes or tracks; None where there is none.

    Examples
    --------
    >>> count("2"), count("2;3"), count("many"), count("0")
    (2, 2, None, None)
    """
    text = (value or "").split(";")[0].strip()
    return int(text) if re.fullmatch(r"[1-9]\d?", text) else None


@functools.cache
def gauge(value: str | None) -> int | None:
    """Return the first gauge in mm that is one; None where there is none.

    Examples
    --------
    >>> gauge("1520;1435"), gauge("standard")
    (1520, None)
    """
    match = re.match(r"\d{3,4}(?!\d)", value or "", re.ASCII)
    return int(match[0]) if match and int(match[0]) >= 300 else None


def people(value: str | None) -> int | None:
    """Return a number of people, its thousands set apart or not; None where there is none.

    Examples
    --------
    >>> people("12 345"), people("12,345"), people("1500 (2010)"), people("few")
    (12345, 12345, 1500, None)
    """
    match = re.match(r"\s*~?(\d{1,3}(?:[\s,.]\d{3})+|\d{1,9})(?![\d.,])", value or "", re.ASCII)
    return int(re.sub(r"\D", "", match[1])) if match else None


def duration(value: str | None) -> float:
    """Return hours of a ``duration``: hours and minutes, minutes, or ISO 8601; nan where there is none.

    Examples
    --------
    >>> duration("01:30"), duration("45"), duration("PT2H30M"), duration("long")
    (1.5, 0.75, 2.5, nan)
    """
    text = (value or "").strip()
    if match := _CLOCK.fullmatch(text):
        hours = int(match[1]) + int(match[2]) / 60 + int(match[3] or 0) / 3600
    elif re.fullmatch(r"[0-9]{1,5}", text):
        hours = int(text) / 60
    elif text and (match := _ISO_TIME.fullmatch(text)):
        days, whole, minutes = (int(part or 0) for part in match.groups())
        hours = 24 * days + whole + minutes / 60
    else:
        hours = 0.0
    return hours or math.nan
