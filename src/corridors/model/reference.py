"""Lists of the world to hold a network against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Reference:
    """Lists that are not ours; looked up, never copied.

    Attributes
    ----------
    stations
        Index ``esr`` (six digits); name, lat, lon in degrees.
    adjacency
        from_esr, to_esr: stations that the tariff guide has next to each other.
    checkpoints
        kz, ru: Russian names of the two sides of each road checkpoint in the queue system.
    """

    stations: pd.DataFrame
    adjacency: pd.DataFrame
    checkpoints: pd.DataFrame
