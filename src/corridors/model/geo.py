"""Great-circle distance."""

from __future__ import annotations

from typing import Any

import numpy as np

EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius (IUGG 1980)."""


def great_circle_km(lat_a: Any, lon_a: Any, lat_b: Any, lon_b: Any) -> Any:
    """Return great-circle distances on a sphere of the mean Earth radius (haversine).

    Parameters
    ----------
    lat_a, lon_a, lat_b, lon_b
        Degrees; numbers or arrays of shapes that broadcast.

    Returns
    -------
    float or numpy.ndarray
        Kilometres. The ellipsoid differs by at most 0.5%.

    Examples
    --------
    >>> round(float(great_circle_km(55.44, 65.32, 54.86, 69.15)))
    252
    """
    a, b, c, d = (np.radians(v) for v in (lat_a, lon_a, lat_b, lon_b))
    h = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(h))
