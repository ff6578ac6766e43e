"""The worst sets of crossings and the robustness curve, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridors.cli.options import save_chart, show_progress
from corridors.cli.render import render
from corridors.formats import format_value

if TYPE_CHECKING:
    import pandas as pd

    from corridors.analysis.robustness import Robustness, WorstSets
    from corridors.model.network import Network


def answer_worst_sets(network: Network, size: int, chart: str | None, form: str, asked: dict[str, Any]) -> str:
    """Return the worst sets of some crossings in a form, and draw them where a file is named."""
    from corridors.analysis.robustness import worst_sets

    found = worst_sets(network, size, progress=show_progress("closures"), **asked)
    save_chart(found, chart)
    return render(found, form, [("", _a_line_each(found.table))], worst_lines(found))


def answer_robustness(
    network: Network, drawn: dict[str, Any], chart: str | None, form: str, asked: dict[str, Any]
) -> str:
    """Return the robustness curve in a form, and draw it where a file is named."""
    from corridors.analysis.robustness import robustness

    found = robustness(network, progress=show_progress("failures"), **drawn, **asked)
    save_chart(found, chart)
    shown = found.table.drop(columns="crossing_id").reset_index()
    return render(found, form, [("", shown)], robustness_lines(found))


def _a_line_each(table: pd.DataFrame) -> pd.DataFrame:
    """Return the sets with their crossings as lists: names are too long to stand beside each other."""
    shown = table.drop(columns="crossing_ids").reset_index()
    return shown.assign(names=shown["names"].str.split(" + ", regex=False))


def worst_lines(found: WorstSets) -> list[str]:
    """Return how the sets were found, and what no set can exceed."""
    f = found.figures
    how = {
        "exact": f"Exact: all {f['sets']} sets compared; {f['solved']} closures solved.",
        "greedy": f"Greedy, no guarantee: only the last crossing of a set varies, of {f['sets']} sets.",
    }
    bound = format_value("share", f["unserved_share_bound"])
    return [
        how[f["method"]],
        *([] if f["method"] == "exact" else [f"Unserved share: no set can exceed {bound}."]),
        f"criticality: {found.settings['unit']}; sum alone: of its crossings, each shut alone",
    ]


def robustness_lines(found: Robustness) -> list[str]:
    """Return the robustness in sentences."""
    f = found.figures
    worst, mean, low, high = (
        format_value("share", f[f"robustness_{name}"]) for name in ("worst_first", "random", "random_p10", "random_p90")
    )
    return [
        "Robustness: share of cross-border weight still served, mean over 1 to all failed",
        f"worst first {worst}; at random {mean} (P10 {low}, P90 {high} of {found.settings['orders']} orders)",
        f"extra: {found.settings['unit']} still served",
    ]
