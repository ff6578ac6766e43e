"""Arrays as text, for a page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def encode(array: NDArray[Any]) -> str:
    """Return an array as base64 text.

    Examples
    --------
    >>> encode(np.array([1, 2], "<i4"))
    'AQAAAAIAAAA='
    """
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
