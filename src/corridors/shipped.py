"""Where the default network/ and data/ lie: inside the wheel, or at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

from corridors.errors import DataError

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the directory of the default tables.

    Parameters
    ----------
    name
        ``"network"`` or ``"data"``.

    Raises
    ------
    DataError
        If this installation carries no default tables.

    Examples
    --------
    >>> (shipped("network") / "links.csv").exists()
    True
    """
    # the wheel carries the tables inside the package, an editable install finds them two levels up
    for root in (_PACKAGE / "_shipped", _PACKAGE.parents[1]):
        directory = root / name
        if (directory / ("links.csv" if name == "network" else "regions.csv")).is_file():
            return directory
    raise DataError(f"the default {name}/ tables are missing from {_PACKAGE}; give --network DIR and --data DIR")
