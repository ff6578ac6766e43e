"""Scenarios against a baseline in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridors.cli.robustness_text import unit_of
from corridors.cli.words import say, scenario_text, translate

if TYPE_CHECKING:
    import pandas as pd

    from corridors.analysis.compare import Compared
    from corridors.model.network import Network

_MOST_ROWS = 12
_SHORT = {
    "unserved_share_before": "unserved_before",
    "unserved_share_after": "unserved_after",
    "changed_share": "changed",
}


def compare_lines(found: Compared) -> list[str]:
    """Return what the figures mean, and each scenario in a sentence."""
    lang = found.network.language
    meaning = "cost: {words} per weighted pair, over pairs joined before and after; unserved, changed: share of weight"
    return [
        say(lang, meaning, words=unit_of(found)),
        *(f"- {scenario_text(lang, changes)}" for changes in found.summary["changes"]),
    ]


def compare_tables(found: Compared) -> list[tuple[str, pd.DataFrame]]:
    """Return the scenarios, and of each the regions and the pairs that change."""
    asked, lang = found.settings, found.network.language
    summary = found.summary.rename(columns=_SHORT).reset_index()
    whose = say(lang, "Pairs that begin in {country}", country=asked["country"]) if asked["country"] else ""
    tables = [(whose, summary[["scenario", "cost_before", "cost_after", "change", *_SHORT.values()]])]
    if asked["through"]:
        of = "Dependency of the own pairs of {country} on {through}"
        of = say(lang, of, country=asked["country"], through=asked["through"])
        tables.append((of, summary[["scenario", "dependency_before", "dependency_after"]]))
    regions = found.table[found.table["changed_share"] > 0].rename(columns=_SHORT)
    for name in found.summary.index:
        there = regions[regions["scenario"] == name]
        shown = there[["name", "change", *_SHORT.values(), "worst_pair"]].head(_MOST_ROWS)
        cut = len(there) > _MOST_ROWS
        how_many = "{name}: {count} regions change" + (", the first {most}; --format csv gives all" if cut else "")
        how_many = say(lang, how_many, name=name, count=len(there), **({"most": _MOST_ROWS} if cut else {}))
        tables.append((how_many, shown.reset_index(drop=True)))
        pairs = found.pairs[found.pairs["scenario"] == name].head(_MOST_ROWS)
        shown = pairs[["pair", "cost_before", "cost_after"]].assign(
            **{"crossings + gained, − lost": _swaps(found, pairs)}
        )
        tables.append((say(lang, "{name}: the heaviest pairs that change", name=name), shown))
    return tables


def _swaps(found: Compared, pairs: pd.DataFrame) -> list[list[str]]:
    """Return the crossings that the best path of each pair gains and loses, by name."""
    name = _told_apart(found.network)
    rows = zip(pairs["crossings_gained"], pairs["crossings_lost"], strict=True)
    return [[*(f"+ {name[c]}" for c in gained), *(f"− {name[c]}" for c in lost)] for gained, lost in rows]


def _told_apart(network: Network) -> pd.Series:
    """Return the names of crossings; of those that share one, with what runs there."""
    called = network.names("crossings")
    mode = network.crossings["mode"].map(lambda mode: translate(network.language, mode))
    return called.where(~called.duplicated(keep=False), called + " (" + mode + ")")
