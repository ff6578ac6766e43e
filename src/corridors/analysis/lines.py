"""Lines as their stops in order, with the km from where they begin: corridors of the network, and routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from corridors.analysis.lookup import find_corridor
from corridors.analysis.results import Result, plain, records
from corridors.analysis.zones import latest_population
from corridors.engine.dated import OPEN, network_on
from corridors.errors import NoAnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridors.analysis.routes import Routes
    from corridors.model.network import Network

_STOP_COLUMNS = ("km", "name", "kind", "country", "region", "population", "junction", "branch")
_ID_COLUMNS = ("place_id", "node_id", "crossing_id")
_SAME_KM = 1e-6


@dataclass(frozen=True, repr=False)
class LineDiagram(Result):
    """A line as its stops; ``table`` is indexed by ``stop``: 1, 2, … along the line, then along its branches.

    ``table`` has km from the beginning of the line, name, kind (``crossing`` at the border, ``city``, else that of the
    node), country, region, population, whether lines meet there (junction), the number of the branch (0: the line
    itself) and ids.

    Attributes
    ----------
    object_id
        The corridor; empty for a route.
    length_km
        Of the line without its branches.
    stretches
        One row a link: branch, start_km, end_km, mode, country, status, link_id.
    guessed
        True: only a corridor of a similar name was found.
    """

    object_id: str = ""
    length_km: float = 0.0
    stretches: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    guessed: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the line as plain data."""
        found: dict[str, Any] = plain({"corridor_id": self.object_id, "length_km": self.length_km, **self.settings})
        return found | {"stops": records(self.table), "stretches": records(self.stretches)}


class _Step(NamedTuple):
    """A link as it is travelled."""

    link_id: str
    tail: str
    head: str
    start_km: float
    end_km: float


def line_diagram(network: Network, corridor: str, *, as_of: str | None = None) -> LineDiagram:
    """Return the stops of a corridor in order, with km.

    Where the corridor forks, the longer way is the line and the other a branch; its km go on from the fork.

    Parameters
    ----------
    network
        The network.
    corridor
        An id or a name in any language, or a part of it; small errors are forgiven.
    as_of
        The date whose statuses are shown; None: the reference date.

    Raises
    ------
    NoAnswerError
        If the corridor has no links.
    UsageError
        If the name is unknown or ambiguous.

    Examples
    --------
    >>> import corridors as co
    >>> found = line_diagram(co.load(), "Transsib")
    >>> found.table["name"].iloc[[0, -1]].tolist()
    ['Kurgan', 'Omsk']
    """
    date = as_of or network.assumptions.reference_date
    network = network_on(network, date)
    corridor_id, guessed = find_corridor(network, corridor)
    rows = network.corridor_links[network.corridor_links["corridor_id"] == corridor_id].sort_values("sequence")
    name = str(network.names("corridors")[corridor_id])
    if not len(rows):
        raise NoAnswerError(f"{name}: no links in corridor_links")
    lines = _longest_first(_walk(network, list(rows["link_id"])))
    table, stretches = _stops(network, lines), _stretches(network, lines)
    length = lines[0][-1].end_km
    settings = {"network": network.name, "as_of": date, "mode": str(network.corridors.at[corridor_id, "mode"])}
    title = f"{name}: {length:.0f} km, {int((table['branch'] == 0).sum())} stops"
    return LineDiagram(title, table, settings, network, corridor_id, length, stretches, guessed)


def route_line(found: Routes, rank: int = 1) -> LineDiagram:
    """Return the stops of a route in order, with km.

    Parameters
    ----------
    found
        Routes.
    rank
        Which of them.

    Examples
    --------
    >>> import corridors as co
    >>> line = route_line(co.route(co.load(), "Kurgan", "Omsk", mode="rail"))
    >>> line.table["crossing_id"].dropna().tolist()
    ['rail-gorbunovo-mamlyutka', 'rail-karaguga-isilkul']
    """
    network = network_on(found.network, str(found.settings["as_of"]))
    if not 1 <= rank <= len(found.routes):
        raise UsageError(f"rank {rank}: expected 1 to {len(found.routes)}")
    legs = found.routes[rank - 1]["legs"]
    line = _travelled(network, legs)
    length = float(sum(leg["length_km"] for leg in legs))
    table = _with_ends(_stops(network, [line] if line else []), (found.origin, found.destination), length)
    title = f"{found.title}: {length:.0f} km, {len(table)} stops"
    return LineDiagram(title, table, found.settings, network, "", length, _stretches(network, [line]))


def _travelled(network: Network, legs: list[dict[str, Any]]) -> list[_Step]:
    """Return the links of a route; ways between a place and the network are no links, but have their km."""
    ends, lengths = _ends(network), network.links["length_km"]
    called = network.names("places")
    links = [link for leg in legs for link in leg["link_ids"]]
    steps: list[_Step] = []
    here, at = "", 0.0
    for leg in legs:
        for link in leg["link_ids"]:
            if not here:  # the first link: from the end that is called as the leg's beginning
                named = [node for node in ends[link] if called.get(network.nodes.at[node, "place_id"]) == leg["from"]]
                here = named[0] if len(named) == 1 else ""
            tail, head = _turned(ends, link, links[len(steps) + 1 : len(steps) + 2], here)
            steps.append(_Step(link, tail, head, at, at + float(lengths[link])))
            here, at = head, steps[-1].end_km
        at += 0.0 if leg["link_ids"] else float(leg["length_km"])
    return steps


def _walk(network: Network, link_ids: Sequence[str]) -> list[list[_Step]]:
    """Return links in the order of a table as lines: where one does not go on from the last, a new one begins."""
    ends, lengths = _ends(network), network.links["length_km"]
    lines: list[list[_Step]] = []
    km_of: dict[str, float] = {}
    here, at = "", 0.0
    for number, link in enumerate(link_ids):
        known = [node for node in ends[link] if node in km_of]
        start = here if here in ends[link] or not known else known[0]
        tail, head = _turned(ends, link, link_ids[number + 1 : number + 2], start)
        if tail != here:
            lines.append([])
            at = km_of.setdefault(tail, at)
        lines[-1].append(_Step(link, tail, head, at, at + float(lengths[link])))
        here, at = head, lines[-1][-1].end_km
        km_of.setdefault(head, at)
    return lines


def _ends(network: Network) -> dict[str, tuple[str, str]]:
    links = network.links
    return dict(zip(links.index, zip(links["from_node_id"], links["to_node_id"], strict=True), strict=True))


def _turned(ends: dict[str, tuple[str, str]], link: str, ahead: Sequence[str], here: str) -> tuple[str, str]:
    """Return the ends of a link in order of travel: from where we are, else towards the link ahead."""
    a, b = ends[link]
    if here in (a, b):
        return (a, b) if here == a else (b, a)
    turned = bool(ahead) and a in ends[ahead[0]] and b not in ends[ahead[0]]
    return (b, a) if turned else (a, b)


def _longest_first(lines: list[list[_Step]]) -> list[list[_Step]]:
    """Return lines so that at each fork of the first the longer way is the line, and the other a branch."""
    main, branches = lines[0], []
    for line in lines[1:]:
        fork = next((at for at, step in enumerate(main) if step.tail == line[0].tail), len(main))
        if fork < len(main) and line[-1].end_km > main[-1].end_km:
            branches.append(main[fork:])
            main = main[:fork] + line
        else:
            branches.append(line)
    return [main, *branches]


def _stretches(network: Network, lines: list[list[_Step]]) -> pd.DataFrame:
    """Return one row a link."""
    columns = ("mode", "country", "status")
    rows = [
        {"branch": branch, "start_km": step.start_km, "end_km": step.end_km}
        | {column: network.links.at[step.link_id, column] for column in columns}
        | {"link_id": step.link_id}
        for branch, line in enumerate(lines)
        for step in line
    ]
    return pd.DataFrame(rows, columns=["branch", "start_km", "end_km", *columns, "link_id"])


def _stops(network: Network, lines: list[list[_Step]]) -> pd.DataFrame:
    """Return the named nodes and border crossings of lines in order; the ends, too, where they have no name."""
    crossing_of = dict(zip(network.crossing_links["link_id"], network.crossing_links["crossing_id"], strict=True))
    cities = set(network.places.index[network.places["kind"] == "city"])
    called, crossings, people = network.names("places"), network.names("crossings"), latest_population(network)
    meeting = _meeting(network, {str(network.links.at[s.link_id, "mode"]) for line in lines for s in line})
    rows: list[dict[str, Any]] = []
    for branch, line in enumerate(lines):
        nodes = [(line[0].link_id, line[0].tail, line[0].start_km), *((s.link_id, s.head, s.end_km) for s in line)]
        for at, (link, node_id, km) in enumerate(nodes):
            if branch and not at:
                continue  # the fork is a stop of the line itself
            node = network.nodes.loc[node_id]
            border = node["kind"] == "border"
            place = node["place_id"] if isinstance(node["place_id"], str) else None
            if not border and place is None and at not in (0, len(nodes) - 1):
                continue
            if rows and place and not border and rows[-1]["place_id"] == place and rows[-1]["branch"] == branch:
                continue  # a change of mode within a place
            crossing = crossing_of.get(link) if border else None
            name = crossings.get(crossing) if border else called.get(place)
            rows.append(
                {
                    "km": km,
                    "name": str(name or f"{node['y_coord']:.2f},{node['x_coord']:.2f}"),
                    "kind": "crossing" if border else "city" if place in cities else node["kind"],
                    "country": None if border else node["country"],
                    "region": None if border else node["region"],
                    "population": float(people.get(place, float("nan"))),
                    "junction": node_id in meeting,
                    "branch": branch,
                    "place_id": place,
                    "node_id": node_id,
                    "crossing_id": crossing,
                }
            )
    return _numbered(rows)


def _numbered(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[*_STOP_COLUMNS, *_ID_COLUMNS])
    table.index = pd.RangeIndex(1, len(table) + 1, name="stop")
    return table


def _meeting(network: Network, modes: set[str]) -> set[str]:
    """Return the nodes where more than two links in use meet, crossings left out."""
    links = network.links
    used = links[links["mode"].isin(modes) & links["status"].isin(OPEN)]
    ends = pd.concat([used["from_node_id"], used["to_node_id"]])
    others = pd.concat([used["to_node_id"], used["from_node_id"]])
    neighbours = pd.DataFrame({"node": ends.to_numpy(), "other": others.to_numpy()}).drop_duplicates()
    degree = neighbours["node"].value_counts()
    inland = network.nodes.index[network.nodes["kind"] != "border"]
    return set(degree.index[degree > 2]) & set(inland)


def _with_ends(table: pd.DataFrame, ends: tuple[str, str], length_km: float) -> pd.DataFrame:
    """Return the stops of a route with its two ends, where those lie off the network."""
    rows = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    first, last = ({"km": km, "name": name, "kind": "end", "junction": False, "branch": 0}
                   for km, name in zip((0.0, length_km), ends, strict=True))  # fmt: skip
    if not rows or rows[0]["km"] > _SAME_KM:
        rows.insert(0, first)
    if rows[-1]["km"] < length_km - _SAME_KM:
        rows.append(last)
    return _numbered(rows)
