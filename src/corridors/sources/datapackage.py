"""The tables described for other tools: a Frictionless data package made from the schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corridors.model.schema import GEOJSON_FILES, TABLES, Column

if TYPE_CHECKING:
    from collections.abc import Collection

_TYPES = {"number": "number", "integer": "integer", "boolean": "boolean", "year": "year"}


def datapackage_text(optional: Collection[str] = ()) -> str:
    """Return ``datapackage.json`` of a network directory, with the tables of the data directory beside it.

    Parameters
    ----------
    optional
        Names of the optional tables that are there.

    Examples
    --------
    >>> "links.csv" in datapackage_text()
    True
    """
    resources: list[dict[str, Any]] = []
    for table in TABLES.values():
        if table.optional and table.name not in optional:
            continue
        keys = list(table.key) if len(table.key) == 1 else []
        schema: dict[str, Any] = {"fields": [field_of(c) for c in table.columns], "missingValues": [""]}
        if keys:
            schema["primaryKey"] = keys
        path = f"{table.name}.csv" if table.folder == "network" else f"../data/{table.name}.csv"
        resources.append(
            {
                "name": table.name,
                "path": path,
                "title": table.meaning,
                "profile": "tabular-data-resource",
                "format": "csv",
                "encoding": "utf-8",
                "schema": schema,
            }
        )
    resources += [
        {"name": f"{name}-outline", "path": f"{name}.geojson", "title": meaning, "format": "geojson"}
        for name, meaning in GEOJSON_FILES.items()
    ]
    package = {
        "name": "corridors-network",
        "title": "Cross-border transport network",
        "licenses": [{"name": "ODbL-1.0", "path": "https://opendatacommons.org/licenses/odbl/1-0/"}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def field_of(column: Column) -> dict[str, Any]:
    """Return a column as a field of a table schema."""
    unit = f" [{column.unit}]" if column.unit else ""
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.meaning + unit,
    }
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.allowed and column.kind == "text":
        limits["enum"] = list(column.allowed)
    if column.minimum is not None:
        limits["minimum"] = column.minimum
    if column.maximum is not None:
        limits["maximum"] = column.maximum
    if limits:
        field["constraints"] = limits
    return field
