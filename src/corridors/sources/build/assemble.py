"""From lines as a source draws them to a network: the order of the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    import pandas as pd

    from corridors.model.network import Network
    from corridors.sources.build.ways import Ways


@dataclass(frozen=True)
class Built:
    """A network, and what was found on the way to it.

    Attributes
    ----------
    network
        The network.
    gaps
        Dead ends near another line that they do not join: x_coord, y_coord, mode, distance_m, way_id, near_way_id.
    joined
        Those of them that were joined, the same columns and link_id.
    notes
        What the user should know, one line each.
    counts
        How much of what, by name.
    """

    network: Network
    gaps: pd.DataFrame
    joined: pd.DataFrame
    notes: tuple[str, ...]
    counts: dict[str, int]


def assemble(
    ways: Ways,
    countries: Sequence[str],
    *,
    boundaries: gpd.GeoDataFrame | None = None,
    join_gaps_m: float = 0.0,
    name: str = "",
    progress: Callable[[str], None] | None = None,
) -> Built:
    """Return the network of some countries, made from lines as a source draws them.

    ``progress`` is called with the name of each step as it begins; see STEPS for all of them.
    """
    raise NotImplementedError


STEPS = ("areas", "gaps", "border", "chains", "places", "crossings", "regions", "tables")
