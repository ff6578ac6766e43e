"""Dates as sources give them: a year, a month or a day, and what they mean when compared."""

from __future__ import annotations

import calendar
import re
from datetime import date

from corridors.errors import UsageError

_PATTERN = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def last_day(value: str) -> date:
    """Return the last day a date of unstated month or day can mean.

    A bare year or month stands for its last day, for openings, closings and ``--as-of`` alike: what
    opened "in 2014" counts as open as of 2014 and not yet as of 2014-06.

    Parameters
    ----------
    value
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Raises
    ------
    UsageError
        If ``value`` is no such date.

    Examples
    --------
    >>> last_day("2004")
    datetime.date(2004, 12, 31)
    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    match = _PATTERN.fullmatch(value)
    try:
        if match:
            year, month = int(match[1]), int(match[2] or 12)
            return date(year, month, int(match[3] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        pass
    raise UsageError(f"date {value!r}: expected YYYY, YYYY-MM or YYYY-MM-DD")


def is_date(value: str) -> bool:
    """Tell whether ``value`` is a date as the tables give them.

    Examples
    --------
    >>> is_date("2004-11-30"), is_date("30.11.2004")
    (True, False)
    """
    try:
        last_day(value)
    except UsageError:
        return False
    return True
