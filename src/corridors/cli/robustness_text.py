"""The ranking of crossings, the worst sets of them and the robustness curve, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridors.cli.options import progress, save_chart, say_where_draws_are
from corridors.cli.render import render
from corridors.cli.words import say
from corridors.formats import format_value

if TYPE_CHECKING:
    import pandas as pd

    from corridors.analysis.crossings import Crossings
    from corridors.analysis.results import Result
    from corridors.analysis.robustness import Robustness, WorstSets
    from corridors.model.network import Network


def crossings_lines(found: Crossings) -> list[str]:
    """Return what the columns of the ranking mean, and how it was drawn."""
    lang, how = found.network.language, found.settings
    meaning = "criticality: {words} per weighted pair; unserved and use: share of all weight"
    lines = [say(lang, meaning, words=unit_of(found))]
    if len(found.drawn):
        drawn = (
            "Waits drawn {draws} times (seed {seed}, correlation {correlation}) and ranked again; "
            "first: share of draws in which it ranks first"
        )
        lines.append(say(lang, drawn, draws=how["draws"], seed=how["seed"], correlation=f"{how['correlation']:g}"))
    return lines


def crossings_tables(found: Crossings) -> list[tuple[str, pd.DataFrame]]:
    """Return the ranking, and what drawn waits do to it."""
    shown = found.table.reset_index()[["rank", "name", "mode", "unserved_share", "criticality", "use_share"]]
    if not len(found.drawn):
        return [("", shown)]
    drawn = found.drawn[found.drawn["criticality_p90"] > 0].reset_index(drop=True)
    ranks = [f"{low:.0f}–{high:.0f}" for low, high in zip(drawn["rank_p10"], drawn["rank_p90"], strict=True)]
    named = {f"criticality_p{q}": f"P{q}" for q in (10, 50, 90)} | {"rank": "rank P10–P90"}
    moved = drawn.assign(rank=ranks)[["name", *named, "first_share"]].rename(columns=named)
    return [("", shown), (say(found.network.language, "Criticality in the draws"), moved)]


def answer_ranking(
    network: Network, waits: tuple[int, int, float], chart: str | None, form: str, asked: dict[str, Any]
) -> str:
    """Return the ranking in a form, and draw it where a file is named; ``waits``: draws, seed and correlation."""
    from corridors.analysis.crossings import crossings

    draws, seed, correlation = waits
    with progress(network.language, "draws" if draws else "closures") as tell:
        found = crossings(network, draws=draws, seed=seed, correlation=correlation, progress=tell, **asked)
        save_chart(found, chart)
    say_where_draws_are(draws > 0, form, network.language)
    return render(found, form, crossings_tables(found), crossings_lines(found))


def answer_worst_sets(network: Network, size: int, chart: str | None, form: str, asked: dict[str, Any]) -> str:
    """Return the worst sets of some crossings in a form, and draw them where a file is named."""
    from corridors.analysis.robustness import worst_sets

    with progress(network.language, "closures") as tell:
        found = worst_sets(network, size, progress=tell, **asked)
        save_chart(found, chart)
    return render(found, form, [("", _a_line_each(found.table))], worst_lines(found))


def answer_robustness(
    network: Network, drawn: dict[str, Any], chart: str | None, form: str, asked: dict[str, Any]
) -> str:
    """Return the robustness curve in a form, and draw it where a file is named."""
    from corridors.analysis.robustness import robustness

    with progress(network.language, "failures") as tell:
        found = robustness(network, progress=tell, **drawn, **asked)
        save_chart(found, chart)
    shown = found.table.drop(columns="crossing_id").reset_index()
    return render(found, form, [("", shown)], robustness_lines(found))


def _a_line_each(table: pd.DataFrame) -> pd.DataFrame:
    """Return the sets with their crossings as lists: names are too long to stand beside each other."""
    shown = table.drop(columns="crossing_ids").reset_index()
    return shown.assign(names=shown["names"].str.split(" + ", regex=False))


def worst_lines(found: WorstSets) -> list[str]:
    """Return how the sets were found, and what no set can exceed."""
    f, lang = found.figures, found.network.language
    if f["method"] == "exact":
        exact = "Exact: all {sets} sets compared; {solved} closures solved."
        lines = [say(lang, exact, sets=f["sets"], solved=f["solved"])]
    else:
        greedy = "Greedy, no guarantee: only the last crossing of a set varies, of {sets} sets."
        bound = format_value("share", f["unserved_share_bound"])
        lines = [
            say(lang, greedy, sets=f["sets"]),
            say(lang, "Unserved share: no set can exceed {bound}.", bound=bound),
        ]
    meaning = "criticality: {words} per weighted pair; sum alone: of its crossings, each shut alone"
    return [*lines, say(lang, meaning, words=unit_of(found))]


def robustness_lines(found: Robustness) -> list[str]:
    """Return the robustness in sentences."""
    f, lang = found.figures, found.network.language
    worst, mean, low, high = (
        format_value("share", f[f"robustness_{name}"]) for name in ("worst_first", "random", "random_p10", "random_p90")
    )
    return [
        say(lang, "Robustness: share of cross-border weight still served, mean over 1 to all failed"),
        say(
            lang,
            "worst first {worst}; at random {mean} (P10 {low}, P90 {high} of {orders} orders)",
            worst=worst,
            mean=mean,
            low=low,
            high=high,
            orders=found.settings["orders"],
        ),
        say(lang, "extra: {words} per weighted pair still served", words=unit_of(found)),
    ]


def unit_of(found: Result) -> str:
    """Return the unit of what was minimised, as it stands in the settings: "h" of "h per weighted pair"."""
    return str(found.settings["unit"]).partition(" ")[0]
