"""The network: frozen tables, and the graph view that networkx and osmnx understand."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from corridors.formats import html_card
from corridors.model.dates import last_day
from corridors.model.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from corridors.model.assumptions import Assumptions

_MOST_SOURCES = 20


@dataclass(frozen=True)
class Network:
    """All tables of a network and its data, each indexed by its key.

    Each table is a DataFrame with the columns of :mod:`corridors.model.schema`. Nothing changes a table in
    place: a function that needs another network returns a new one.

    Attributes
    ----------
    places, aliases, nodes, links, crossings, crossing_links, waits, periods, events, corridors, corridor_links,
    omissions
        Facts about the world (``network/``).
    regions, populations, sources, claims
        Statistics and references (``data/``).
    assumptions
        The numbers that no table holds: speeds, tariffs, values of time.
    outlines
        GeoJSON text by name (``boundary``, ``regions``, ``land``), parsed where it is drawn.
    name
        Where the tables came from.
    language
        Of the names in results: ``en``, ``ru`` or ``kk``.

    Examples
    --------
    >>> import corridors as co
    >>> network = co.load()
    >>> bool(len(network.links))
    True
    """

    places: pd.DataFrame
    aliases: pd.DataFrame
    nodes: pd.DataFrame
    links: pd.DataFrame
    crossings: pd.DataFrame
    crossing_links: pd.DataFrame
    waits: pd.DataFrame
    periods: pd.DataFrame
    events: pd.DataFrame
    corridors: pd.DataFrame
    corridor_links: pd.DataFrame
    omissions: pd.DataFrame
    regions: pd.DataFrame
    populations: pd.DataFrame
    sources: pd.DataFrame
    claims: pd.DataFrame
    assumptions: Assumptions
    outlines: Mapping[str, str] = field(default_factory=dict, repr=False)
    name: str = ""
    language: str = "en"

    def table(self, name: str) -> pd.DataFrame:
        """Return the table called ``name``."""
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def names(self, table: str) -> pd.Series:
        """Return the names of places, crossings, corridors, events or today's regions in the network's language, by id.

        Examples
        --------
        >>> import corridors as co
        >>> co.load(language="kk").names("places")["kostanay"]
        'Қостанай'
        """
        frame = self.regions_as_of(None) if table == "regions" else self.table(table)
        return frame[f"name_{self.language}"].fillna(frame["name_en"])

    def source_rows(self) -> pd.Series:
        """Return how many rows name each source, the most used first, by ``source_id``.

        Examples
        --------
        >>> import corridors as co
        >>> rows = co.load().source_rows()
        >>> rows.index.name, bool(rows.iloc[0] > rows.iloc[-1])
        ('source_id', True)
        """
        cells = [self.table(t)["source"].dropna() for t in TABLE_FIELDS if "source" in self.table(t).columns]
        # a cell may name several, each with a place in it: "first#page 3; second"
        named = pd.concat(cells).astype(str).str.split(";").map(lambda parts: {p.split("#")[0].strip() for p in parts})
        counts: pd.Series = named.explode().value_counts()
        return counts[counts.index.isin(self.sources.index)].rename_axis("source_id").rename("rows")

    def __repr__(self) -> str:
        """Return one line: how much of what."""
        counts = {m: int((self.links["mode"] == m).sum()) for m in ("rail", "road", "sea")}
        links = ", ".join(f"{n} {m}" for m, n in counts.items() if n)
        return (
            f"<Network {self.name or 'unnamed'}: {len(self.nodes)} nodes, {len(self.links)} links ({links}), "
            f"{len(self.crossings)} crossings>"
        )

    def _repr_html_(self) -> str:
        km = self.links.groupby("mode")["length_km"].sum()
        figures: dict[str, Any] = {"as_of": self.assumptions.reference_date}
        figures |= {f"{mode}_km": float(km[mode]) for mode in ("rail", "road", "sea") if mode in km}
        figures |= {name: len(self.table(name)) for name in ("nodes", "links", "crossings", "sources")}
        rows = [(name, len(self.table(name)), TABLES[name].meaning) for name in TABLE_FIELDS]
        tables = pd.DataFrame(rows, columns=["table", "rows", "what"]).set_index("table")
        most = self.sources.loc[self.source_rows().index[:_MOST_SOURCES], ["title", "publisher", "licence"]]
        named = {str(key): ", ".join(str(v) for v in row if pd.notna(v)) for key, *row in most.itertuples()}
        return html_card(repr(self).strip("<>").split(":")[0], figures, [("", tables)], {"Most used sources": named})

    def with_tables(self, **tables: pd.DataFrame) -> Network:
        """Return this network with some tables replaced.

        Examples
        --------
        >>> import corridors as co
        >>> network = co.load()
        >>> len(network.with_tables(links=network.links.head(3)).links)
        3
        """
        changed: dict[str, Any] = dict(tables)
        return replace(self, **changed)

    def to_graph(self, *, osmnx: bool = False) -> nx.MultiDiGraph[Any]:
        """Return the network as a networkx graph; a view made anew, changing it changes nothing here.

        Parameters
        ----------
        osmnx
            True: integer node ids and the attributes that osmnx asks for (``x``, ``y``, ``street_count``,
            ``osmid``, ``length`` in metres, ``geometry`` as LineStrings, a ``crs``), so that it passes osmnx's strict
            validation; our text ids stay as attributes.

        Returns
        -------
        networkx.MultiDiGraph
            One edge per direction of travel, keyed by ``link_id`` (osmnx: by 0, 1, 2 …). Whole numbers, numbers
            and booleans are such; what is unknown is no attribute.

        Examples
        --------
        >>> import corridors as co
        >>> graph = co.load().to_graph()
        >>> graph.is_multigraph() and graph.is_directed()
        True
        """
        from corridors.model.graphs import network_graph, osmnx_graph

        return osmnx_graph(self) if osmnx else network_graph(self)

    def regions_as_of(self, as_of: str | None) -> pd.DataFrame:
        """Return the regions in force on a date, indexed by ``region_id``.

        Parameters
        ----------
        as_of
            A date (see :mod:`corridors.model.dates`); None: today's regions.

        Examples
        --------
        >>> import corridors as co
        >>> regions = co.load().regions_as_of("2021")
        >>> "KZ-10" in regions.index  # Abai was split off in 2022
        False
        """
        regions = self.regions.reset_index()
        if as_of is None:
            return regions[regions["valid_to"].isna()].set_index("region_id")
        day = last_day(as_of)
        # a region ceases on the day named: its last day is the one before
        in_force = [
            (pd.isna(start) or last_day(start) <= day) and (pd.isna(end) or day < last_day(end))
            for start, end in zip(regions["valid_from"], regions["valid_to"], strict=True)
        ]
        return regions[in_force].set_index("region_id")

    def region_as_of(self, region: pd.Series, as_of: str | None) -> pd.Series:
        """Return today's region ids as they were on a date: a region not yet split off is what it was part of."""
        if as_of is None:
            return region
        there = set(self.regions_as_of(as_of).index)
        today = self.regions[self.regions["valid_to"].isna()]
        former = {
            region_id: parent
            for region_id, parent in zip(today.index, today["formerly"], strict=True)
            if region_id not in there and pd.notna(parent)
        }
        return region.replace(former)


TABLE_FIELDS = tuple(f.name for f in fields(Network) if f.name in TABLES)
"""Names of the fields that hold tables."""
