"""Columns of a build as the tables that the reader of a directory would make of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from anyascii import anyascii

from corridors.model.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def frame(name: str, columns: Mapping[str, Any], count: int) -> pd.DataFrame:
    """Return a table of the schema from some of its columns; the others are empty.

    Examples
    --------
    >>> frame("corridor_links", {"corridor_id": ["a"], "sequence": [1], "link_id": ["x"]}, 1).shape
    (1, 3)
    """
    table = TABLES[name]
    missing = pd.array([None] * count, dtype="str")  # one for all empty columns: each takes longer than all cells
    made: dict[str, Any] = {}
    for column in table.columns:
        values = columns.get(column.name)
        if column.kind in {"number", "integer", "year"}:
            numbers = [np.nan] * count if values is None else [np.nan if v is None else v for v in values]
            made[column.name] = np.array(numbers, dtype=np.float64)
        elif column.kind == "boolean":
            made[column.name] = np.asarray(values if values is not None else [False] * count, bool)
        elif values is None:
            made[column.name] = missing
        else:
            texts = [v if isinstance(v, str) and v else None for v in values]
            made[column.name] = pd.array(texts, dtype=missing.dtype)
    has_key = len(table.key) == 1 or name == "regions"
    rows = pd.Index(made.pop(table.key[0]), name=table.key[0]) if has_key else pd.RangeIndex(count)
    return pd.DataFrame(made, index=rows)


def slug(text: str) -> str:
    """Return a name as an id: small Latin letters, digits and hyphens; empty if it has none of them.

    Examples
    --------
    >>> slug("São Paulo–Luz"), slug("Weißensberg"), slug("Қостанай"), slug("…")
    ('sao-paulo-luz', 'weissensberg', 'qostanay', '')
    """
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def told_apart(names: Iterable[str], joint: str = ".", taken: Iterable[str] = ()) -> list[str]:
    """Return names with a number after the second, third … of the same, none of them a name that is there already.

    Examples
    --------
    >>> told_apart(["a", "a", "a.2", "a"])
    ['a', 'a.3', 'a.2', 'a.4']
    """
    wanted = list(names)
    used, count, first = {*wanted, *taken}, Counter[str](), set(taken)
    found = []
    for name in wanted:
        shown = name
        while shown in first or (shown != name and shown in used):
            count[name] += 1
            shown = f"{name}{joint}{count[name] + 1}"
        first.add(shown)
        used.add(shown)
        found.append(shown)
    return found
