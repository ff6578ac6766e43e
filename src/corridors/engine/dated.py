"""Tables as they were on a day, and what a scenario shuts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from corridors.model.dates import last_day
from corridors.model.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from corridors.model.network import Network
    from corridors.model.scenario import Scenario

OPEN = frozenset({"operational", "seasonal"})
"""Statuses of what is in use."""


def table_on(network: Network, table: str, day: date, vehicles: frozenset[str] = frozenset()) -> pd.DataFrame:
    """Return links or crossings with the values their periods give on a day.

    Outside all of its periods an object has the value of its row; but an object with a period ``operational`` is
    closed outside such periods: it had not opened yet, or had been closed again.

    Parameters
    ----------
    network
        The network.
    table
        ``links`` or ``crossings``.
    day
        The day.
    vehicles
        Whose periods count, besides those that concern everybody.
    """
    import pandas as pd  # who has tables has it already; the engine alone does without

    frame = network.table(table)
    row_of = {object_id: row for row, object_id in enumerate(frame.index.tolist())}
    dated: dict[str, dict[int, list[tuple[str, bool]]]] = {}
    for object_id, start, end, vehicle, attribute, value in zip(
        *(network.periods[c].tolist() for c in ("object_id", "from", "to", "vehicle", "attribute", "value")),
        strict=True,
    ):
        if object_id not in row_of or attribute not in frame.columns:
            continue
        if isinstance(vehicle, str) and vehicle not in vehicles:
            continue
        begun = not isinstance(start, str) or last_day(start) <= day
        ended = isinstance(end, str) and last_day(end) <= day
        dated.setdefault(attribute, {}).setdefault(row_of[object_id], []).append((value, begun and not ended))
    if not dated:
        return frame
    frame = frame.copy()
    for attribute, periods in dated.items():
        text = TABLES[table].column(attribute).kind == "text"
        cells = frame[attribute].tolist()
        for row, values in periods.items():
            current = [value for value, now in values if now]
            if current:
                cells[row] = current[-1] if text else float(current[-1])
            elif attribute == "status" and any(value in OPEN for value, _ in values) and cells[row] in OPEN:
                cells[row] = "closed"
        frame[attribute] = pd.Series(cells, frame.index, dtype=frame[attribute].dtype)
    return frame


def change_days(network: Network, vehicles: frozenset[str] | None = None) -> list[date]:
    """Return the days on which some period of the network begins or ends, in order.

    Parameters
    ----------
    network
        The network.
    vehicles
        Whose periods count, besides those that concern everybody; None: all.
    """
    periods = network.periods
    if vehicles is not None:
        periods = periods[periods["vehicle"].isna() | periods["vehicle"].isin(list(vehicles))]
    return sorted({last_day(d) for column in ("from", "to") for d in periods[column].dropna()})


def network_on(network: Network, as_of: str) -> Network:
    """Return a network with links and crossings as they were on a date, for everybody; the date is then its own."""
    day = last_day(as_of)
    links, crossings = (table_on(network, name, day) for name in ("links", "crossings"))
    dated = replace(network.assumptions, reference_date=as_of)
    return replace(network, links=links, crossings=crossings, assumptions=dated)


def shut_crossings(crossings: pd.DataFrame, scenario: Scenario) -> NDArray[np.bool_]:
    """Return which crossings a scenario shuts, shape (K,)."""
    shut = np.array(crossings.index.isin(scenario.close), bool)
    for side in ("region_a", "region_b") if scenario.close_regions else ():
        shut |= crossings[side].isin(scenario.close_regions).to_numpy(bool)
    return shut


def crossings_in_use(network: Network, scenario: Scenario, as_of: str) -> pd.DataFrame:
    """Return the crossings in use on a date under a scenario, whoever they are open for."""
    crossings = table_on(network, "crossings", last_day(as_of))
    running = np.array(crossings["status"].isin(OPEN), bool) | crossings.index.isin(built_ids(network, scenario.build))
    return crossings[running & ~shut_crossings(crossings, scenario)]


def built_ids(network: Network, ids: Iterable[str]) -> frozenset[str]:
    """Return ids with those of the links of built crossings and corridors, and the crossings of built links."""
    built = set(ids)
    for links, owner, column in (
        (network.crossing_links, "crossing_id", "link_id"),
        (network.corridor_links, "corridor_id", "link_id"),
    ):
        built |= set(links.loc[links[owner].isin(built), column])
    crossings = network.crossing_links
    return frozenset(built | set(crossings.loc[crossings["link_id"].isin(built), "crossing_id"]))
