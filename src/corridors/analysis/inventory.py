"""What is in a network: counts, lengths and how they are known, sources, gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from corridors.analysis.results import Result, records

if TYPE_CHECKING:
    from typing import Any

    from corridors.model.network import Network


@dataclass(frozen=True, repr=False)
class Inventory(Result):
    """Contents of a network; ``table`` has km of links by mode, country and length basis.

    Attributes
    ----------
    counts
        Named figures.
    crossings
        Crossings by mode, category and status.
    corridors
        Id, name, mode and km of each corridor.
    gaps
        What is missing or estimated, one line each.
    """

    counts: dict[str, Any] = field(default_factory=dict)
    crossings: pd.DataFrame = field(default_factory=pd.DataFrame)
    corridors: pd.DataFrame = field(default_factory=pd.DataFrame)
    gaps: tuple[str, ...] = ()

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        return self.counts

    def shown_tables(self) -> list[tuple[str, pd.DataFrame]]:
        """Return the lengths and the crossings."""
        return [("Length of links", self.table), ("Crossings", self.crossings)]

    def to_json(self) -> dict[str, Any]:
        """Return the contents as plain data."""
        return {
            **self.counts,
            "lengths_km": records(self.table),
            "crossings": records(self.crossings),
            "corridor_list": records(self.corridors),
            "gaps": list(self.gaps),
        }


def inventory(network: Network) -> Inventory:
    """Return what is in a network.

    Examples
    --------
    >>> import corridors as co
    >>> inventory(co.load()).counts["crossings"] > 0
    True
    """
    nodes, links = network.nodes, network.links
    named = nodes[nodes["place_id"].notna() & (nodes["kind"] != "border")]
    rail_ends = set(links.loc[links["mode"] == "rail", ["from_node_id", "to_node_id"]].to_numpy().ravel())
    road_ends = set(links.loc[links["mode"] == "road", ["from_node_id", "to_node_id"]].to_numpy().ravel())
    counts = {
        "network": network.name,
        "reference_date": network.assumptions.reference_date,
        "places": int((network.places["kind"] != "checkpoint").sum()),
        "nodes": len(nodes),
        "named_rail_nodes": int(named.index.isin(rail_ends).sum()),
        "named_road_nodes": int(named.index.isin(road_ends).sum()),
        "links": len(links),
        "crossings": len(network.crossings),
        "corridors": len(network.corridors),
        "periods": len(network.periods),
        "sources": len(network.sources),
    }
    lengths = links.pivot_table("length_km", ["mode", "country"], "length_basis", "sum", fill_value=0.0, dropna=False)
    lengths = lengths.loc[lengths.sum(axis=1) > 0]
    lengths.columns = [f"{c}_km" for c in lengths.columns]
    table = lengths.assign(total_km=lengths.sum(axis=1)).round(0).reset_index()
    crossings = network.crossings.groupby(["mode", "category", "status"]).size().rename("crossings").reset_index()
    return Inventory(
        "Contents of the network", table, {}, network, counts, crossings, _corridors(network), _gaps(network)
    )


def _corridors(network: Network) -> pd.DataFrame:
    length = network.corridor_links["link_id"].map(network.links["length_km"])
    km = length.groupby(network.corridor_links["corridor_id"]).sum()
    listed = network.corridors[["mode"]].assign(
        name=network.names("corridors"), length_km=km.reindex(network.corridors.index)
    )
    return listed[["name", "mode", "length_km"]].sort_values(["mode", "name"], kind="stable").reset_index()


def _gaps(network: Network) -> tuple[str, ...]:
    links, crossings, waits = network.links, network.crossings, network.waits
    modes = {mode: links[links["mode"] == mode] for mode in ("rail", "road")}
    gaps = []
    for mode, part in modes.items():
        if len(part):
            sure = part.loc[part["length_basis"].isin(["published", "measured"]), "length_km"].sum()
            gaps.append(f"{1 - sure / part['length_km'].sum():.0%} of {mode} km are apportioned or estimated lengths")
    estimated = int((crossings["position_basis"] == "estimated").sum())
    gaps.append(f"{estimated} of {len(crossings)} crossings have an estimated position")
    without = ~crossings.index.isin(network.crossing_links["crossing_id"])
    if without.any():
        gaps.append(f"crossings without links: {', '.join(crossings.index[without])}")
    if len(waits):
        assumed = f"{(waits['basis'] == 'assumed').mean():.0%}"
        gaps.append(f"{assumed} of the waits are assumptions: no figure per crossing is published")
    for rows, where, columns in (
        (modes["rail"], "on {} of rail links", ("tracks", "electrified")),
        (modes["road"], "on {} of road links", ("lanes", "surface")),
        (crossings, "at {} of crossings", ("hours_per_day", "capacity_per_day")),
    ):
        if len(rows):
            gaps += [f"{c} unknown {where.format(f'{rows[c].isna().mean():.0%}')}" for c in columns]
    return tuple(gaps)
