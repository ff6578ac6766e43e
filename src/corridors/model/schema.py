"""Every table and column, named once: type, unit, whether it may be empty, meaning, allowed values.

Reading, validation, writing, the data dictionary and ``datapackage.json`` all take the columns from here.
Column names follow GMNS where it has a name and the unit does not have to stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "integer", "boolean", "date", "year", "sources", "codes"]


@dataclass(frozen=True)
class Column:
    """One column: what it is called and what may stand in it."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    unit: str = ""
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    refers_to: tuple[str, ...] = ()
    """Tables whose key the value must be found in, any one of them."""


@dataclass(frozen=True)
class Table:
    """One CSV file: where it lies, its columns, its key."""

    name: str
    folder: Literal["network", "data"]
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    optional: bool = False

    def column(self, name: str) -> Column:
        """Return the column called ``name``."""
        return next(c for c in self.columns if c.name == name)

    @property
    def column_names(self) -> list[str]:
        """Names of all columns, in the order of the file."""
        return [c.name for c in self.columns]


MODES = ("rail", "road", "sea", "transfer")
USES = ("freight", "passenger", "lorry", "car")
NODE_KINDS = ("city", "settlement", "station", "junction", "border", "port", "terminal", "waypoint")
PLACE_KINDS = ("city", "town", "settlement", "station", "checkpoint", "port", "junction")
FACILITIES_OF = {
    "rail": ("main", "secondary", "branch"),
    "road": ("motorway", "trunk", "primary", "secondary", "local"),
    "sea": ("ferry",),
    "transfer": ("transfer",),
}
FACILITY_TYPES = ("main", "secondary", "branch", "motorway", "trunk", "primary", "local", "ferry", "transfer")
STATUSES = ("operational", "seasonal", "suspended", "planned", "closed")
LENGTH_BASES = ("published", "measured", "apportioned", "estimated")
CATEGORIES = ("multilateral", "bilateral", "local", "none")
WAIT_VEHICLES = ("freight_train", "passenger_train", "lorry", "car", "ship")
TRAFFIC = ("entry", "transit")
BASES = ("measured", "published", "assumed")
PERIOD_ATTRIBUTES = (
    "status",
    "free_speed_kmh",
    "surface",
    "lanes",
    "tracks",
    "electrified",
    "operator",
    "hours_per_day",
    "capacity_per_day",
)
COMPARISONS = ("equal", "about", "over", "at_least", "at_most", "holds")

_SOURCE = Column("source", "sources", "where the row is from: source_id#locator, several joined by '; '", True)
_LAT = Column("y_coord", "number", "latitude, WGS 84", True, "degrees", minimum=-90, maximum=90)
_LON = Column("x_coord", "number", "longitude, WGS 84", True, "degrees", minimum=-180, maximum=180)

_TABLES = (
    Table(
        "places",
        "network",
        "what people name: a city with its stations, a checkpoint pair, a port",
        ("place_id",),
        (
            Column("place_id", "text", "stable id", True),
            Column("name_en", "text", "English name", True),
            Column("name_ru", "text", "Russian name", True),
            Column("name_kk", "text", "Kazakh name", True),
            Column("country", "text", "ISO 3166-1 alpha-2; empty for a checkpoint pair"),
            Column("region", "text", "ISO 3166-2; empty for a checkpoint pair", refers_to=("regions",)),
            Column("kind", "text", "what it is", True, allowed=PLACE_KINDS),
            _LON,
            _LAT,
            _SOURCE,
        ),
    ),
    Table(
        "aliases",
        "network",
        "old names and other spellings of places",
        ("place_id", "name"),
        (
            Column("place_id", "text", "the place", True, refers_to=("places",)),
            Column("name", "text", "another name", True),
            Column(
                "language",
                "text",
                "language of the name; old: no longer official",
                allowed=("ru", "kk", "en", "old", "de"),
            ),
            Column("note", "text", "when or where it was used"),
            _SOURCE,
        ),
    ),
    Table(
        "nodes",
        "network",
        "points of the network",
        ("node_id",),
        (
            Column("node_id", "text", "stable id", True),
            Column("place_id", "text", "the place it belongs to; empty for a waypoint", refers_to=("places",)),
            Column("kind", "text", "what it is", True, allowed=NODE_KINDS),
            Column("country", "text", "ISO 3166-1 alpha-2; empty for a border node and at sea"),
            Column("region", "text", "ISO 3166-2 today; empty for a border node", refers_to=("regions",)),
            _LON,
            _LAT,
            _SOURCE,
        ),
    ),
    Table(
        "links",
        "network",
        "railway sections, road sections, sea routes and transfers between nodes",
        ("link_id",),
        (
            Column("link_id", "text", "stable id", True),
            Column("from_node_id", "text", "one end", True, refers_to=("nodes",)),
            Column("to_node_id", "text", "the other end", True, refers_to=("nodes",)),
            Column("directed", "boolean", "true: only from from_node_id to to_node_id", True),
            Column("country", "text", "ISO 3166-1 alpha-2 of the ground it lies on; empty at sea"),
            Column("mode", "text", "mode", True, allowed=MODES),
            Column("allowed_uses", "codes", "who may use it, joined by '|'", True, allowed=USES),
            Column("name", "text", "name of the line or road"),
            Column("ref", "text", "road number"),
            Column("facility_type", "text", "class of line or road", True, allowed=FACILITY_TYPES),
            Column("status", "text", "status today", True, allowed=STATUSES),
            Column("length_km", "number", "length along the line", True, "km", minimum=0),
            Column("length_basis", "text", "how the length is known", True, allowed=LENGTH_BASES),
            Column("free_speed_kmh", "number", "speed where it differs from its class", unit="km/h", minimum=1),
            Column("tracks", "integer", "running tracks of a railway", minimum=1),
            Column("lanes", "integer", "lanes of a road, both directions", minimum=1),
            Column("electrified", "text", "overhead line in use", allowed=("yes", "no")),
            Column("gauge_mm", "integer", "track gauge", unit="mm", minimum=300),
            Column("surface", "text", "road surface", allowed=("asphalt", "concrete", "gravel", "dirt")),
            Column("operator", "text", "who runs it"),
            Column("operator_country", "text", "ISO 3166-1 alpha-2 of the operator"),
            Column("geometry", "text", "WKT LINESTRING; empty: straight between the ends"),
            _SOURCE,
        ),
    ),
    Table(
        "crossings",
        "network",
        "places where a line or road meets the state border",
        ("crossing_id",),
        (
            Column("crossing_id", "text", "stable id", True),
            Column("place_id", "text", "the place", True, refers_to=("places",)),
            Column("name_en", "text", "English name of the pair, side a first", True),
            Column("name_ru", "text", "Russian name of the pair", True),
            Column("name_kk", "text", "Kazakh name of the pair", True),
            Column("country_a", "text", "ISO 3166-1 alpha-2 of side a", True),
            Column("region_a", "text", "region on side a", True, refers_to=("regions",)),
            Column("name_a_en", "text", "side a, in English"),
            Column("name_a_ru", "text", "side a, in Russian"),
            Column("name_a_kk", "text", "side a, in Kazakh"),
            Column("country_b", "text", "ISO 3166-1 alpha-2 of side b", True),
            Column("region_b", "text", "region on side b", True, refers_to=("regions",)),
            Column("name_b_en", "text", "side b, in English"),
            Column("name_b_ru", "text", "side b, in Russian"),
            Column("name_b_kk", "text", "side b, in Kazakh"),
            Column("mode", "text", "mode", True, allowed=("rail", "road", "sea")),
            Column("line", "text", "the railway or road that crosses here"),
            Column(
                "category",
                "text",
                "legal category; none: a line or road without a checkpoint",
                True,
                allowed=CATEGORIES,
            ),
            Column("status", "text", "status today", True, allowed=STATUSES),
            Column("hours_per_day", "number", "hours open a day", unit="h", minimum=0, maximum=24),
            Column("freight", "text", "goods may cross", allowed=("yes", "no")),
            Column("passenger", "text", "people may cross", allowed=("yes", "no")),
            Column("lanes", "integer", "lanes at the checkpoint", minimum=1),
            Column("capacity_per_day", "number", "vehicles or trains a day, both directions", minimum=0),
            _LON,
            _LAT,
            Column("position_basis", "text", "how the position is known", True, allowed=("measured", "estimated")),
            _SOURCE,
        ),
    ),
    Table(
        "crossing_links",
        "network",
        "the links that open and close together with a crossing",
        ("crossing_id", "link_id"),
        (
            Column("crossing_id", "text", "the crossing", True, refers_to=("crossings",)),
            Column("link_id", "text", "a link that ends at its border node", True, refers_to=("links",)),
        ),
    ),
    Table(
        "waits",
        "network",
        "time spent at a crossing, as a spread",
        ("crossing_id", "direction", "vehicle", "traffic"),
        (
            Column("crossing_id", "text", "the crossing", True, refers_to=("crossings",)),
            Column("direction", "text", "from country > to country, for example RU>KZ", True),
            Column("vehicle", "text", "who waits", True, allowed=WAIT_VEHICLES),
            Column(
                "traffic",
                "text",
                "entry: bound for the country entered; transit: passing through",
                True,
                allowed=TRAFFIC,
            ),
            Column("wait_p10_h", "number", "one in ten waits less", unit="h", minimum=0),
            Column("wait_p50_h", "number", "half wait less", True, "h", minimum=0),
            Column("wait_p90_h", "number", "nine in ten wait less", unit="h", minimum=0),
            Column("fee_usd", "number", "charged for the crossing", unit="USD", minimum=0),
            Column("basis", "text", "how it is known", True, allowed=BASES),
            _SOURCE,
        ),
    ),
    Table(
        "periods",
        "network",
        "what opened, closed or changed, and when",
        ("object_id", "from", "to", "vehicle", "attribute"),
        (
            Column("object_id", "text", "a link or crossing", True, refers_to=("links", "crossings")),
            Column("from", "date", "first day, as the source gives it; empty: always before"),
            Column("to", "date", "first day after; empty: still so"),
            Column("vehicle", "text", "whom it concerns; empty: all", allowed=WAIT_VEHICLES),
            Column("attribute", "text", "what changed", True, allowed=PERIOD_ATTRIBUTES),
            Column("value", "text", "the value during the period", True),
            Column("event_id", "text", "what happened, where it has a name", refers_to=("events",)),
            _SOURCE,
        ),
    ),
    Table(
        "events",
        "network",
        "names of what happened, one for all its periods",
        ("event_id",),
        (
            Column("event_id", "text", "stable id", True),
            Column("name_en", "text", "English name", True),
            Column("name_ru", "text", "Russian name", True),
            Column("name_kk", "text", "Kazakh name", True),
        ),
        optional=True,
    ),
    Table(
        "corridors",
        "network",
        "named corridors",
        ("corridor_id",),
        (
            Column("corridor_id", "text", "stable id", True),
            Column("name_en", "text", "English name", True),
            Column("name_ru", "text", "Russian name", True),
            Column("name_kk", "text", "Kazakh name", True),
            Column("mode", "text", "mode", True, allowed=("rail", "road", "sea")),
            Column("note", "text", "what it is"),
            _SOURCE,
        ),
    ),
    Table(
        "corridor_links",
        "network",
        "links of the corridors, in order",
        ("corridor_id", "sequence"),
        (
            Column("corridor_id", "text", "the corridor", True, refers_to=("corridors",)),
            Column("sequence", "integer", "1, 2, 3 from one end to the other", True, minimum=1),
            Column("link_id", "text", "the link", True, refers_to=("links",)),
        ),
    ),
    Table(
        "omissions",
        "network",
        "what is left out on purpose, and why",
        ("what",),
        (
            Column("what", "text", "id of it in the source, such as the ESR code of a station", True),
            Column("name", "text", "its name there", True),
            Column("reason", "text", "why it is left out", True),
            _SOURCE,
        ),
        optional=True,
    ),
    Table(
        "regions",
        "data",
        "every region named anywhere, as of its dates",
        ("region_id", "valid_to"),
        (
            Column("region_id", "text", "ISO 3166-2", True),
            Column("name_en", "text", "English name", True),
            Column("name_ru", "text", "Russian name", True),
            Column("name_kk", "text", "Kazakh name"),
            Column("country", "text", "ISO 3166-1 alpha-2", True),
            Column("valid_from", "date", "first day; empty: since before 1991"),
            Column("valid_to", "date", "first day after; empty: still so"),
            Column("formerly", "text", "the region it was part of before valid_from"),
            Column("capital_place_id", "text", "its capital, where the network has it", refers_to=("places",)),
            Column("area_km2", "number", "area", unit="km2", minimum=0),
            Column("border", "boolean", "true: it lies on the analysed land border", True),
            Column("border_length_km", "number", "its part of the land border, on our line", unit="km", minimum=0),
            Column("border_neighbours", "codes", "regions across the border, joined by '|'"),
            Column("federal_district", "text", "federal district (Russia)"),
            Column(
                "customs_department",
                "text",
                "customs house and directorate (Russia), department of state revenue (Kazakhstan)",
            ),
            Column("border_districts", "codes", "districts on the border, joined by '|'"),
            _SOURCE,
        ),
    ),
    Table(
        "populations",
        "data",
        "people by place or region and year",
        ("object_id", "year", "valid_to"),
        (
            Column("object_id", "text", "a place or region", True, refers_to=("places", "regions")),
            Column("year", "year", "year of the figure; empty: not stated by the source"),
            Column("valid_to", "date", "for a region that changed: the same valid_to as in regions"),
            Column("population", "integer", "people", True, minimum=0),
            _SOURCE,
        ),
    ),
    Table(
        "claims",
        "data",
        "what the literature says about this border, to be tested",
        ("claim_id",),
        (
            Column("claim_id", "text", "stable id", True),
            Column("about", "text", "what it is about", True),
            Column("claim", "text", "the claim in our words", True),
            Column("claim_ru", "text", "the same in Russian"),
            Column("claim_kk", "text", "the same in Kazakh"),
            Column("value", "number", "the figure claimed; empty where the claim is that something is so"),
            Column("unit", "text", "its unit"),
            Column("comparison", "text", "how our figure must stand to the claimed one", allowed=COMPARISONS),
            Column("measure", "text", "what is measured in the network; empty: nothing can be"),
            Column("object", "text", "of what: ids and options of the measure, joined by '|'"),
            Column("as_of", "date", "the date the claim speaks of; empty: the network's date"),
            Column("limit", "text", "why it cannot be tested, or what to mind in the test"),
            Column("limit_ru", "text", "the same in Russian"),
            Column("limit_kk", "text", "the same in Kazakh"),
            _SOURCE,
        ),
        optional=True,
    ),
    Table(
        "sources",
        "data",
        "every source, a document that can be found",
        ("source_id",),
        (
            Column("source_id", "text", "stable id", True),
            Column("title", "text", "title", True),
            Column("publisher", "text", "author or publisher", True),
            Column("date", "text", "date of the document or of reading it"),
            Column("address", "text", "where it is found"),
            Column("licence", "text", "terms"),
            Column("note", "text", "what it is good for, how its locators read"),
        ),
    ),
)

TABLES: dict[str, Table] = {t.name: t for t in _TABLES}
"""All tables by name."""

GEOJSON_FILES: dict[str, str] = {
    "boundary": "the state border, split where a region on either side changes",
    "regions": "simplified region outlines for maps",
    "land": "simplified land and waters around them, for maps",
}


def split_codes(value: object) -> tuple[str, ...]:
    """Return the parts of a ``a|b|c`` cell; none for an empty one.

    Examples
    --------
    >>> split_codes("freight|passenger")
    ('freight', 'passenger')
    """
    return tuple(part.strip() for part in value.split("|") if part.strip()) if isinstance(value, str) else ()
