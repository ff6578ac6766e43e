"""The data dictionary: every table and column in Markdown, from the schema."""

from __future__ import annotations

from corridors.model.schema import GEOJSON_FILES, TABLES, Column

_KINDS = {
    "sources": "sources",
    "codes": "list",
    "date": "date",
    "year": "year",
    "boolean": "true or false",
}


def dictionary_text() -> str:
    """Return the data dictionary as Markdown.

    Examples
    --------
    >>> "## places" in dictionary_text()
    True
    """
    parts = [
        "# Data dictionary",
        "",
        "Written from `src/corridors/model/schema.py` by `make dictionary`; do not edit.",
        "Empty means unknown, never zero. A list joins its parts with `|`; dates are YYYY, YYYY-MM or YYYY-MM-DD as",
        "sources give them; sources are `source_id#place in it`, joined with `; `.",
    ]
    for name, table in TABLES.items():
        optional = " May be missing." if table.optional else ""
        key = ", ".join(f"`{k}`" for k in table.key)
        parts += ["", f"## {name}", "", f"`{table.folder}/{name}.csv`: {table.meaning}. Key: {key}.{optional}", ""]
        parts += ["| column | type | unit | required | meaning |", "| --- | --- | --- | --- | --- |"]
        parts += [_row(column) for column in table.columns]
    parts += ["", "## Outlines", "", "| file | meaning |", "| --- | --- |"]
    parts += [f"| `network/{name}.geojson` | {meaning} |" for name, meaning in GEOJSON_FILES.items()]
    return "\n".join(parts) + "\n"


def _row(column: Column) -> str:
    meaning = column.meaning.replace("|", "\\|")
    if column.allowed:
        meaning += "; one of " + ", ".join(f"`{value}`" for value in column.allowed)
    if column.refers_to:
        meaning += "; id in " + " or ".join(column.refers_to)
    required = "yes" if column.required else ""
    return f"| `{column.name}` | {_KINDS.get(column.kind, column.kind)} | {column.unit} | {required} | {meaning} |"
