"""Links of a foreign network that join two countries, cut at a border node halfway."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Rows:
    """Rows of the tables while they are made."""

    nodes: dict[str, dict[str, Any]]
    links: list[dict[str, Any]] = field(default_factory=list)
    crossings: list[dict[str, Any]] = field(default_factory=list)
    crossing_links: list[dict[str, str]] = field(default_factory=list)


def cut_at_the_border(rows: Rows) -> list[str]:
    """Cut links between two countries, give each node a place where it has a name; return the ids of links cut.

    All links of a mode between the same two nodes make one crossing, halfway on the straight line between them: where
    the border lies is not known here. The halves have half the length each and no course.
    """
    for node in rows.nodes.values():
        node["place_id"] = node["node_id"] if node["name"] else ""
    cut, links, border_of = [], [], dict[tuple[str, ...], str]()
    for link in rows.links:
        a, b = rows.nodes[link["from_node_id"]], rows.nodes[link["to_node_id"]]
        if a["country"] == b["country"]:
            links.append(link)
            continue
        key = (link["mode"], *sorted((a["node_id"], b["node_id"])))
        if key not in border_of:
            border_of[key] = _new_crossing(
                rows, link["mode"], *sorted((a, b), key=lambda n: (n["country"], n["node_id"]))
            )
        border = border_of[key]
        for side, tail, head in (("from", a["node_id"], border), ("to", border, b["node_id"])):
            half = {
                "link_id": f"{link['link_id']}-{side}",
                "from_node_id": tail,
                "to_node_id": head,
                "country": "" if link["mode"] == "sea" else (a if side == "from" else b)["country"],
                "length_km": link["length_km"] / 2,
                "length_basis": "apportioned",
                "geometry": "",
            }
            links.append(link | half)
            rows.crossing_links.append({"crossing_id": border.removeprefix("border-"), "link_id": half["link_id"]})
        cut.append(link["link_id"])
    rows.links = links
    return cut


def _new_crossing(rows: Rows, mode: str, a: dict[str, Any], b: dict[str, Any]) -> str:
    """Add a crossing, its border node and place halfway between two nodes; return the id of the node."""
    crossing = f"{mode}-{a['node_id']}-{b['node_id']}"
    name = f"{a['name'] or a['node_id']} – {b['name'] or b['node_id']}"
    at = {
        "x_coord": (a["x_coord"] + b["x_coord"]) / 2,
        "y_coord": (a["y_coord"] + b["y_coord"]) / 2,
        "source": "gmns#halfway between the ends of the link",
    }
    node = f"border-{crossing}"
    rows.nodes[node] = {"node_id": node, "kind": "border", "name": name, "country": "", "region": "", **at}
    rows.nodes[node]["place_id"] = crossing
    sides = {
        f"{what}_{side}": end[column]
        for side, end in (("a", a), ("b", b))
        for what, column in (("country", "country"), ("region", "region"))
    }
    names = {f"name_{lang}": name for lang in ("en", "ru", "kk")}
    rows.crossings.append(
        {"crossing_id": crossing, "place_id": crossing, "mode": mode, "category": "multilateral"}
        | {"status": "operational", "position_basis": "estimated", **sides, **names, **at}
    )
    return node
