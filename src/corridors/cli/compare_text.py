"""Scenarios against a baseline in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from corridors.analysis.compare import Compared

_MOST_ROWS = 12


def compare_lines(found: Compared) -> list[str]:
    """Return what the figures mean, and each scenario in a sentence."""
    meaning = f"cost: {found.settings['unit']}, over pairs joined before and after; unserved, changed: share of weight"
    return [meaning, *(f"- {changes}" for changes in found.summary["changes"])]


def compare_tables(found: Compared) -> list[tuple[str, pd.DataFrame]]:
    """Return the scenarios, and of each the regions and the pairs that change."""
    columns = ["change", "unserved_share_after", "changed_share"]
    depends = [c for c in found.summary.columns if c.startswith("dependency_")]
    summary = found.summary.reset_index()[["scenario", "cost_before", "cost_after", *columns, *depends]]
    tables = [("", summary)]
    regions = found.table[found.table["changed_share"] > 0]
    for name in found.summary.index:
        there = regions[regions["scenario"] == name]
        shown = there[["name", *columns, "worst_origin", "worst_destination"]].head(_MOST_ROWS)
        tables.append((f"{name}: {len(there)} regions change{_cut(there)}", shown.reset_index(drop=True)))
        pairs = (
            found.pairs[found.pairs["scenario"] == name]
            .drop(columns=["scenario", "share", "extra_cost"])
            .head(_MOST_ROWS)
        )
        lists = {c: pairs[c].map(", ".join) for c in ("crossings_gained", "crossings_lost")}
        tables.append((f"{name}: the heaviest pairs that change", pairs.assign(**lists)))
    return tables


def _cut(rows: pd.DataFrame) -> str:
    return f", the first {_MOST_ROWS}; --format csv gives all" if len(rows) > _MOST_ROWS else ""
