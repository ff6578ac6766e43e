"""What can be measured of a network for a claim: each measure gives a number, and the evidence in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from corridors.analysis.zones import people_of
from corridors.engine.dated import OPEN
from corridors.errors import UsageError
from corridors.model.schema import MODES, split_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corridors.model.network import Network

_MILLION = 1_000_000
_TRUNK = ("motorway", "trunk")


class Finding(NamedTuple):
    """What a measure found: a number (1.0 and 0.0 for yes and no; None: no data) and the evidence."""

    value: float | None
    evidence: str


def _check(network: Network, **ids: Iterable[str]) -> None:
    """Raise an error for an id that the network does not have, by what it is an id of."""
    there = {
        "country": set(network.regions["country"]),
        "region": set(network.regions.index),
        "place": set(network.places.index),
        "corridor": set(network.corridors.index),
        "mode": set(MODES) - {"transfer"},
        "event": set(network.periods["event_id"].dropna()),
    }
    for kind, values in ids.items():
        for value in values:
            if value not in there[kind]:
                raise UsageError(f"{kind} {value!r} is not in the network")


def _listed(names: Iterable[Any], most: int = 8) -> str:
    """Return names joined, the rest counted."""
    found = [str(n) for n in names]
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")


def _named(network: Network, rows: pd.DataFrame) -> pd.Series:
    """Return what rows of a table are called in the network's language."""
    return rows[f"name_{network.language}"].fillna(rows["name_en"])


def _border_regions(network: Network, as_of: str | None) -> pd.DataFrame:
    regions = network.regions_as_of(as_of)
    return regions[regions["border"].astype(bool)]


def border_length(network: Network, as_of: str | None, country: str) -> Finding:
    """Measure the km of the border line, by the regions of one country."""
    _check(network, country=[country])
    regions = _border_regions(network, as_of)
    regions = regions[regions["country"] == country]
    km = float(regions["border_length_km"].sum())
    return Finding(km or None, f"{km:,.0f} km on our line over {len(regions)} regions".replace(",", " "))


def border_regions(network: Network, as_of: str | None, country: str) -> Finding:
    """Count the regions of a country on the border on a date."""
    _check(network, country=[country])
    regions = _border_regions(network, as_of)
    names = _named(network, regions[regions["country"] == country])
    return Finding(float(len(names)), _listed(sorted(names), 12))


def federal_districts(network: Network, as_of: str | None, country: str) -> Finding:
    """Count the federal districts of the border regions."""
    _check(network, country=[country])
    regions = _border_regions(network, as_of)
    names = sorted(set(regions.loc[regions["country"] == country, "federal_district"].dropna()))
    return Finding(float(len(names)) or None, _listed(names))


def lines_across(network: Network, _as_of: str | None, mode: str) -> Finding:
    """Count the railways or roads that cross the border, those taken up or shut included, by their names."""
    _check(network, mode=[mode])
    crossings = network.crossings[network.crossings["mode"] == mode]
    used = crossings["status"].isin(OPEN).groupby(crossings["line"]).any()
    nameless = int(crossings["line"].isna().sum())
    text = f"{len(used)} lines meet the border at {len(crossings) - nameless} points, {int((~used).sum())} not in use"
    text += f"; {nameless} more points on lines without a name" if nameless else ""
    return Finding(float(len(used)) or None, f"{text}: {_listed(used.index, 16)}")


def trunk_roads(network: Network, _as_of: str | None) -> Finding:
    """Count the road crossings in use whose links are trunk roads or motorways on both sides."""
    crossings = network.crossings[(network.crossings["mode"] == "road") & network.crossings["status"].isin(OPEN)]
    of = network.crossing_links.merge(network.links["facility_type"], left_on="link_id", right_index=True)
    trunk = of["facility_type"].isin(_TRUNK).groupby(of["crossing_id"]).all()
    names = _named(network, crossings[crossings.index.isin(trunk.index[trunk])])
    return Finding(float(len(names)), f"trunk road on both sides: {_listed(names, 14)}")


def _links_of(network: Network, corridor: str) -> pd.DataFrame:
    _check(network, corridor=[corridor])
    ids = network.corridor_links.loc[network.corridor_links["corridor_id"] == corridor, "link_id"]
    return network.links.loc[ids]


def corridor_km(network: Network, _as_of: str | None, corridor: str, country: str) -> Finding:
    """Measure the km of a corridor in a country."""
    _check(network, country=[country])
    links = _links_of(network, corridor)
    inside = links[links["country"] == country]
    known = inside["length_basis"].isin(["published", "measured"])
    km = float(inside["length_km"].sum())
    sure = float(inside.loc[known, "length_km"].sum()) / km if km else 0.0
    return Finding(km, f"{km:.0f} of {links['length_km'].sum():.0f} km; {sure:.0%} published or measured")


def corridor_crossings(network: Network, _as_of: str | None, corridor: str, regions: str) -> Finding:
    """Count the points where a corridor meets the border, in some regions."""
    links = _links_of(network, corridor)
    ids = network.crossing_links.loc[network.crossing_links["link_id"].isin(links.index), "crossing_id"].unique()
    there = network.crossings.loc[ids]
    wanted = regions.split(",")
    _check(network, region=wanted)
    there = there[there["region_a"].isin(wanted) | there["region_b"].isin(wanted)]
    return Finding(float(len(there)), _listed(_named(network, there)))


def corridor_opened(network: Network, _as_of: str | None, corridor: str, avoids: str = "") -> Finding:
    """Tell whether a corridor has opened by now, and runs through none of some regions."""
    links = _links_of(network, corridor)
    periods = network.periods[(network.periods["attribute"] == "status") & (network.periods["value"] == "operational")]
    opened = periods.loc[periods["object_id"].isin(links.index), "from"].dropna()
    ends = links[["from_node_id", "to_node_id"]].to_numpy().ravel()
    _check(network, region=split_codes(avoids))
    touched = set(network.nodes.loc[ends, "region"].dropna()) & set(split_codes(avoids))
    running = bool(links["status"].isin(OPEN).all())
    when = f"opened {', '.join(sorted(set(opened)))}" if len(opened) else "no date of opening"
    where = f"passes {', '.join(sorted(touched))}" if touched else "outside " + avoids if avoids else ""
    return Finding(float(running and len(opened) > 0 and not touched), f"{when}; {where}".rstrip("; "))


def corridor_planned(network: Network, _as_of: str | None, corridor: str) -> Finding:
    """Tell whether a corridor is planned still."""
    links = _links_of(network, corridor)
    status = sorted(set(links["status"]))
    return Finding(
        float("planned" in status), f"{len(links)} links, {links['length_km'].sum():.0f} km: {', '.join(status)}"
    )


def _least_way(network: Network, origin: str, destination: str, mode: str, avoid: str | None) -> dict[str, Any]:
    from corridors.analysis.routes import route

    found = route(network, origin, destination, mode=mode, minimize="distance", avoid_country=avoid)
    best: dict[str, Any] = found.routes[0]
    return best


def way_round(
    network: Network, _as_of: str | None, origin: str, destination: str, mode: str, country: str, places: str
) -> Finding:
    """Tell whether the shortest way round a country passes some places."""
    _check(network, place=[origin, destination, *places.split(",")], country=[country])
    free = _least_way(network, origin, destination, mode, None)
    round_ = _least_way(network, origin, destination, mode, country)
    links = network.links.loc[[i for leg in round_["legs"] for i in leg["link_ids"]]]
    passed = set(network.nodes.loc[links[["from_node_id", "to_node_id"]].to_numpy().ravel(), "place_id"])
    wanted = places.split(",")
    extra = round_["distance_km"] - free["distance_km"]
    names = network.names("places")
    by = _listed(names[p] for p in wanted if p in passed)
    km = f"{round_['distance_km']:.0f} km, {extra:+.0f} km"
    text = f"{names[origin]}–{names[destination]} without {country}: {km}, through {by or 'none of them'}"
    return Finding(float(all(p in passed for p in wanted)), text)


def direct_way(network: Network, _as_of: str | None, origin: str, destination: str, mode: str, regions: str) -> Finding:
    """Tell whether the shortest way runs through some regions only."""
    _check(network, place=[origin, destination], region=regions.split(","))
    best = _least_way(network, origin, destination, mode, None)
    links = network.links.loc[[i for leg in best["legs"] for i in leg["link_ids"]]]
    passed = set(network.nodes.loc[links[["from_node_id", "to_node_id"]].to_numpy().ravel(), "region"].dropna())
    text = f"{best['distance_km']:.0f} km by {mode} through {', '.join(sorted(passed))}"
    return Finding(float(passed <= set(regions.split(","))), text)


def _crossings_of(network: Network, mode: str) -> pd.DataFrame:
    crossings = network.crossings[network.crossings["mode"] == mode]
    sides = [crossings.rename(columns={side: "region"}) for side in ("region_a", "region_b")]
    return pd.concat([s[["region", "status", "category"]].assign(name=_named(network, s)) for s in sides])


def region_crossings(network: Network, _as_of: str | None, region: str, mode: str) -> Finding:
    """Count the crossings of a region by a mode, those not in use included."""
    _check(network, region=[region], mode=[mode])
    there = _crossings_of(network, mode)
    there = there[there["region"] == region]
    used = int(there["status"].isin(OPEN).sum())
    named = [f"{n} ({s}, {c})" for n, s, c in zip(there["name"], there["status"], there["category"], strict=True)]
    return Finding(float(len(there)), f"{used} in use: {_listed(named) or 'none'}")


def leaders(network: Network, _as_of: str | None, mode: str, regions: str) -> Finding:
    """Tell whether some regions are those with the most crossings in use by a mode, on their side of the border."""
    wanted = regions.split(",")
    _check(network, region=wanted, mode=[mode])
    there = _crossings_of(network, mode)
    there = there[there["status"].isin(OPEN) & there["region"].str.startswith(wanted[0].partition("-")[0])]
    counts = there["region"].value_counts()
    mine = {r: int(counts.get(r, 0)) for r in wanted}
    others = counts.drop(wanted, errors="ignore")
    text = "claimed: " + ", ".join(f"{r} {n}" for r, n in mine.items())
    text += "; others: " + (", ".join(f"{r} {n}" for r, n in others.items()) or "none")
    return Finding(float(min(mine.values()) >= others.max() if len(others) else 1.0), text)


def _people(network: Network, regions: Iterable[str], as_of: str | None) -> tuple[float | None, str]:
    """Return the people of regions in the years nearest to a date, as the regions were then."""
    found = {region: people_of(network, region, as_of or network.assumptions.reference_date) for region in regions}
    missing = [region for region, (people, _) in found.items() if people is None]
    if missing or not found:
        return None, f"no population of {', '.join(missing) or 'no region'}"
    total, years = sum(people or 0.0 for people, _ in found.values()), {year for _, year in found.values()}
    span = f"{min(years)}–{max(years)}" if len(years) > 1 else str(min(years))
    return total, f"{total / _MILLION:.2f} million ({span})"


def population(network: Network, as_of: str | None, regions: str) -> Finding:
    """Add up the people, in millions, of regions, or of the border regions of countries."""
    chosen = regions.split(",")
    if set(chosen) <= set(network.regions["country"]):
        border = _border_regions(network, as_of)
        chosen = [str(r) for r in border.index[border["country"].isin(chosen)]]
    _check(network, region=chosen)
    people, text = _people(network, chosen, as_of)
    return Finding(None if people is None else people / _MILLION, text)


def population_ratio(network: Network, as_of: str | None, first: str, second: str) -> Finding:
    """Divide the people of some regions by those of others."""
    _check(network, region=[*first.split(","), *second.split(",")])
    above, text = _people(network, first.split(","), as_of)
    below, other = _people(network, second.split(","), as_of)
    value = above / below if above and below else None
    return Finding(value, f"{text} to {other}")


def event_km(network: Network, _as_of: str | None, events: str) -> Finding:
    """Measure the km of the links that some events concern."""
    _check(network, event=events.split(","))
    ids = network.periods.loc[network.periods["event_id"].isin(events.split(",")), "object_id"].unique()
    links = network.links[network.links.index.isin(ids)]
    km = float(links["length_km"].sum())
    return Finding(km or None, f"{len(links)} links, {km:.0f} km")


def region_modes(network: Network, _as_of: str | None, region: str) -> Finding:
    """Count the modes of the network in a region."""
    _check(network, region=[region])
    nodes = network.nodes.index[network.nodes["region"] == region]
    links = network.links
    there = links[links["from_node_id"].isin(nodes) | links["to_node_id"].isin(nodes)]
    modes = sorted(set(there["mode"]) - {"transfer"})
    return Finding(float(len(modes)), ", ".join(modes))


MEASURES: dict[str, Callable[..., Finding]] = {
    f.__name__: f
    for f in (
        border_length,
        border_regions,
        corridor_crossings,
        corridor_km,
        corridor_opened,
        corridor_planned,
        direct_way,
        event_km,
        federal_districts,
        leaders,
        lines_across,
        population,
        population_ratio,
        region_crossings,
        region_modes,
        trunk_roads,
        way_round,
    )
}
"""Measures by name; each takes the network, a date or None, and the objects of the claim."""
