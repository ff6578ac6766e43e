"""Zones: where people and goods come from and go to, tied to the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from corridors.analysis.geometry import country_at
from corridors.engine.graph import Terminals
from corridors.errors import DataError, NoAnswerError, UsageError
from corridors.model.dates import last_day
from corridors.model.geo import great_circle_km
from corridors.model.vehicles import VEHICLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridors.analysis.lookup import Spot
    from corridors.analysis.setting import Setting
    from corridors.model.network import Network

_NEAREST_NODES = 3
_REST = {"en": "{} (rest)", "ru": "{} (прочее)", "kk": "{} (қалғаны)"}


@dataclass(frozen=True)
class Zones:
    """Zones with their connectors.

    Attributes
    ----------
    table
        One row a zone: name, country, region (as of the date), population, y_coord, x_coord, kind (place,
        remainder or user); indexed by zone_id.
    terminals
        The same zones as terminals of the network, in the same order.
    """

    table: pd.DataFrame
    terminals: Terminals = field(repr=False)

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self.table)

    def distance_km(self) -> NDArray[np.float64]:
        """Return great-circle distances between zones, shape (Z, Z)."""
        lat, lon = self.table["y_coord"].to_numpy(float), self.table["x_coord"].to_numpy(float)
        distance: NDArray[np.float64] = great_circle_km(lat[:, None], lon[:, None], lat[None], lon[None])
        return distance


def latest_population(network: Network) -> pd.Series:
    """Return people by place or region as they are today, the latest year of each; index ``object_id``."""
    rows = network.populations[network.populations["valid_to"].isna()]
    rows = rows.sort_values("year", kind="stable", na_position="first")
    return rows.groupby("object_id")["population"].last()


def people_of(network: Network, region: str, date: str) -> tuple[float | None, int]:
    """Return the people of a region in the year nearest to a date, as the region was then, and that year.

    Examples
    --------
    >>> import corridors as co
    >>> people_of(co.load(), "KZ-63", "2002")[1]  # with Abai, which was split off in 2022
    2002
    """
    day = last_day(date)
    rows = network.populations.dropna(subset=["year"])
    rows = rows[rows["object_id"] == region]
    former = rows["valid_to"].map(lambda end: isinstance(end, str) and last_day(end) > day).astype(bool)
    rows = rows[former] if former.any() else rows[rows["valid_to"].isna()]
    if not len(rows):
        return None, day.year
    row = int(np.argmin(np.abs(rows["year"].to_numpy(float) - day.year)))
    return float(rows["population"].iloc[row]), int(rows["year"].iloc[row])


def build_zones(setting: Setting, own: pd.DataFrame | None = None) -> Zones:
    """Return the zones of a setting, at least one.

    Places of at least ``zones.population_bound`` people are zones, and in each border region one remainder zone
    holds the people not in them, at the mean position of the region's other named places. Populations are those of
    the latest year, whatever the date: weights must not change with a scenario.

    Parameters
    ----------
    setting
        The network and what is travelled with.
    own
        The user's own zones: zone_id (column or index), y_coord, x_coord, population, and optionally name and country.

    Raises
    ------
    DataError
        If the user's zones cannot be used.
    NoAnswerError
        If no place has the people to be a zone.
    """
    found = find_zones(setting, own)
    check_zones(found.table, setting)
    return found


def find_zones(setting: Setting, own: pd.DataFrame | None = None) -> Zones:
    """Return the zones of a setting as :func:`build_zones` does, or none."""
    table = default_zones(setting) if own is None else user_zones(own, setting)
    return Zones(table, connect(setting, table))


def check_zones(table: pd.DataFrame, setting: Setting) -> None:
    """Raise a NoAnswerError where there is no zone: networks of maps often do not know how many people live where."""
    if not len(table):
        bound = setting.assumptions["zones.population_bound"]
        raise NoAnswerError(
            f"no place has the people to be a zone ({bound:.0f}): --zones FILE or populations.csv gives them"
        )


def default_zones(setting: Setting) -> pd.DataFrame:
    """Return places over the bound and the remainders of border regions."""
    network = setting.network
    people = latest_population(network)
    places = network.places[network.places.index.isin(set(network.nodes["place_id"].dropna()))].copy()
    places["population"] = people.reindex(places.index)
    places["name"] = network.names("places")
    big = places[places["population"] >= setting.assumptions["zones.population_bound"]]
    columns = ["country", "region", "population", "y_coord", "x_coord"]
    zones = big[["name", *columns]].assign(kind="place")
    rest = _remainders(network, places, set(big.index), people)
    table = pd.concat([zones, rest]) if len(rest) else zones
    table = table.sort_index()
    table["region"] = network.region_as_of(table["region"], setting.scenario.as_of)
    table.index.name = "zone_id"
    return table


def _remainders(network: Network, places: pd.DataFrame, big: set[str], people: pd.Series) -> pd.DataFrame:
    """Return one zone for each border region with the people not in its big places, amid its other places."""
    regions, names = network.regions_as_of(None), network.names("regions")
    rows = {}
    for region_id in map(str, regions.index[regions["border"]]):
        inside = places[places["region"] == region_id]
        is_big = inside.index.isin(list(big))
        rest = float(people.get(region_id, np.nan)) - float(inside.loc[is_big, "population"].sum())
        centre = inside[~is_big] if not is_big.all() else inside
        if rest > 0 and len(centre):
            rows[f"rest-{region_id}"] = {
                "name": _REST[network.language].format(names[region_id]),
                "country": regions["country"][region_id],
                "region": region_id,
                "population": rest,
                "y_coord": centre["y_coord"].mean(),
                "x_coord": centre["x_coord"].mean(),
                "kind": "remainder",
            }
    return pd.DataFrame.from_dict(rows, orient="index")


def user_zones(own: pd.DataFrame, setting: Setting) -> pd.DataFrame:
    """Return the user's own zones, checked, with the country and region of each; as :func:`build_zones` takes them."""
    table = own.reset_index() if own.index.name == "zone_id" else own
    _check_columns("zones", table, ("zone_id",), ("y_coord", "x_coord", "population"))
    repeated = np.flatnonzero(table["zone_id"].duplicated())
    if len(repeated):
        raise DataError(f"{_row('zones', own, repeated[0])}: {table['zone_id'].iloc[repeated[0]]!r} stands twice")
    if len(table) < 2:
        raise DataError(f"{_row('zones', own)}: {len(table)} zones, expected at least 2")
    table = table.set_index("zone_id")
    table = table.reindex(columns=["name", "country", "y_coord", "x_coord", "population"])
    table["name"] = [n if isinstance(n, str) and n else str(z) for n, z in zip(table["name"], table.index, strict=True)]
    nodes = setting.network.nodes.iloc[setting.touched_nodes()]
    node_country = nodes["country"]
    nearest = [_closest(nodes, y, x) for y, x in zip(table["y_coord"], table["x_coord"], strict=True)]
    inside = [country_at(setting.network, y, x) for y, x in zip(table["y_coord"], table["x_coord"], strict=True)]
    table["country"] = [
        c if isinstance(c, str) and c else at or node_country.get(n)
        for c, at, n in zip(table["country"], inside, nearest, strict=True)
    ]
    known = set(setting.supply.countries)
    for number, (zone, country) in enumerate(zip(table.index, table["country"], strict=True)):
        if country not in known:
            where = _row("zones", own, number)
            raise DataError(f"{where}: {zone!r} in {country!r}, expected one of {', '.join(sorted(known))}")
    table["region"] = setting.network.region_as_of(nodes.loc[nearest, "region"], setting.scenario.as_of).to_numpy()
    table["kind"] = "user"
    table.index.name = "zone_id"
    return table[["name", "country", "region", "population", "y_coord", "x_coord", "kind"]]


def _nearest(nodes: pd.DataFrame, lat: float, lon: float, count: int) -> list[tuple[str, float]]:
    distance = great_circle_km(nodes["y_coord"].to_numpy(), nodes["x_coord"].to_numpy(), lat, lon)
    order = np.argsort(distance, kind="stable")[:count]
    return [(str(nodes.index[i]), float(distance[i])) for i in order]


def connect(setting: Setting, table: pd.DataFrame) -> Terminals:
    """Return zones as terminals.

    A place begins at its own nodes. A zone without any, a remainder zone, and a zone of the user's are tied to the
    nearest nodes of their region (a user's: of its country) by connectors no longer than ``connector.reach_km``. A
    zone whose region has no node of the mode cannot be served, and counts so.
    """
    network = setting.network
    touched = network.nodes.iloc[setting.touched_nodes()]
    by_place = touched.groupby("place_id").groups
    links: list[tuple[int, str, float]] = []
    region_today = network.places["region"]
    for number, (zone_id, zone) in enumerate(table.iterrows()):
        own = by_place.get(zone_id, ()) if zone["kind"] == "place" else ()
        if len(own):
            links += [(number, str(n), 0.0) for n in own]
            continue
        near = touched[touched["country"] == zone["country"]]
        if zone["kind"] != "user":
            region = region_today[str(zone_id)] if zone["kind"] == "place" else str(zone_id).removeprefix("rest-")
            near = near[near["region"] == region]
        for node, km in _nearest(near, zone["y_coord"], zone["x_coord"], _NEAREST_NODES) if len(near) else ():
            if km <= setting.assumptions["connector.reach_km"]:
                links.append((number, node, km))
    return terminals(setting, list(table["country"]), links)


def terminals(setting: Setting, countries: list[str], links: list[tuple[int, str, float]]) -> Terminals:
    """Return terminals from (terminal, node, straight km) triples; km are lengthened by ``connector.circuity``."""
    position = {n: i for i, n in enumerate(setting.network.nodes.index)}
    code = {c: i for i, c in enumerate(setting.supply.countries)}
    km = np.array([d for *_, d in links], float) * setting.assumptions["connector.circuity"]
    carries = VEHICLES[setting.vehicle].carries
    vehicle = {"freight": "lorry", "passenger": "car"}[carries]
    return Terminals(
        country=np.array([code[c] for c in countries], np.int32),
        zone=np.array([z for z, *_ in links], np.int32),
        node=np.array([position[n] for _, n, _ in links], np.int32),
        length_km=km,
        time_h=km / setting.assumptions["connector.speed_kmh"],
        cost_usd=km * setting.assumptions[f"usd_per_km.{vehicle}"],
    )


def connect_spots(setting: Setting, spots: list[Spot]) -> Terminals:
    """Return the ends of a route as terminals.

    Raises
    ------
    NoAnswerError
        If a spot has no node of the mode, or none within reach.
    """
    network = setting.network
    touched = network.nodes.iloc[setting.touched_nodes()]
    reach_km = setting.assumptions["connector.reach_km"]
    countries, links = [], []
    for number, spot in enumerate(spots):
        if spot.point is not None:
            country = country_at(network, *spot.point) or str(
                touched["country"].get(_closest(touched, *spot.point), "")
            )
            near = _nearest(touched[touched["country"] == country], *spot.point, _NEAREST_NODES)
            found = [(number, n, km) for n, km in near if km <= reach_km]
            wanted = f"no node of mode {setting.mode} within {reach_km:g} km in its country"
        else:
            own = [spot.node_id] if spot.node_id else list(touched.index[touched["place_id"] == spot.place_id])
            found = [(number, str(n), 0.0) for n in own if n in touched.index]
            if not found and spot.place_id:  # as a zone: by the nearest nodes of its region
                place = network.places.loc[spot.place_id]
                region = touched[touched["region"] == place["region"]]
                near = _nearest(region, float(str(place["y_coord"])), float(str(place["x_coord"])), _NEAREST_NODES)
                found = [(number, n, km) for n, km in near if km <= reach_km]
            country = str(touched["country"][found[0][1]]) if found else ""
            wanted = f"no node that mode {setting.mode} with vehicle {setting.vehicle} can use"
        if not found:
            raise NoAnswerError(f"{spot.name}: {wanted}")
        countries.append(country)
        links += found
    return terminals(setting, countries, links)


def _closest(nodes: pd.DataFrame, lat: float, lon: float) -> str:
    near = _nearest(nodes, lat, lon, 1)
    return near[0][0] if near else ""


def gravity(zones: Zones, theta: float) -> NDArray[np.float64]:
    """Return gravity weights P_i P_j / d_ij^θ, shape (Z, Z); zero on the diagonal.

    Distances are great circles of at least 1 km, so that two zones in one spot do not weigh without bound.
    """
    people = zones.table["population"].to_numpy(float)
    weights: NDArray[np.float64] = people[:, None] * people[None] / np.maximum(zones.distance_km(), 1.0) ** theta
    np.fill_diagonal(weights, 0.0)
    return weights


def pair_weights(setting: Setting, zones: Zones, weights: str | pd.DataFrame) -> NDArray[np.float64]:
    """Return the weight f of each ordered pair of zones, shape (Z, Z), zero on the diagonal.

    Parameters
    ----------
    setting, zones
        The setting and its zones.
    weights
        ``gravity``, ``uniform``, or a table with the columns origin, destination, weight (zone ids); a pair not in
        it weighs nothing.

    Raises
    ------
    DataError
        If the table cannot be used.
    UsageError
        If the word is neither.
    """
    if isinstance(weights, str):
        if weights == "gravity":
            return gravity(zones, setting.assumptions["gravity.theta"])
        if weights == "uniform":
            return 1.0 - np.eye(len(zones))
        raise UsageError(f"weights {weights!r}: expected gravity, uniform or a table")
    _check_columns("weights", weights, ("origin", "destination"), ("weight",))
    number = {z: i for i, z in enumerate(zones.table.index)}
    found = np.zeros((len(zones), len(zones)))
    rows = zip(*(weights[c] for c in ("origin", "destination", "weight")), strict=True)
    for row, (origin, destination, weight) in enumerate(rows):
        for name, end in (("origin", origin), ("destination", destination)):
            if end not in number:
                raise DataError(f"{_row('weights', weights, row)}, column {name}: {end!r} is no zone")
        if origin != destination:
            found[number[origin], number[destination]] += weight
    if not found.any():
        raise DataError(f"{_row('weights', weights)}: no pair weighs anything")
    return found


def _row(what: str, table: pd.DataFrame, number: int | None = None) -> str:
    """Return where a row of a user's table stands: file and line where it was read from one."""
    if "file" not in table.attrs:
        return what if number is None else f"{what}, row {number + 1}"
    place = f"{what} {table.attrs['file']}"
    return place if number is None else f"{place}, line {table.attrs['lines'][number]}"


def name_of_weights(weights: str | pd.DataFrame) -> str:
    """Return what weights are called in the settings of a result."""
    return weights if isinstance(weights, str) else f"table of {len(weights)} pairs"


def _check_columns(what: str, table: pd.DataFrame, texts: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    """Raise a DataError where a user's table lacks a column or has other than finite numbers of at least 0.

    Coordinates may be below 0.
    """
    for name in (*texts, *numbers):
        if name not in table.columns:
            raise DataError(f"{what}: column {name!r} is missing")
    for name in numbers:
        values = pd.to_numeric(table[name], errors="coerce").to_numpy(float)
        bad = ~np.isfinite(values) | ((values < 0) & (name not in {"y_coord", "x_coord"}))
        if bad.any():
            raise DataError(f"{what}, column {name}: {table[name][bad].iloc[0]!r}, expected a number of at least 0")
