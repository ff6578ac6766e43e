"""Transit dependency in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridors.cli.words import say, translate
from corridors.formats import format_value

if TYPE_CHECKING:
    import pandas as pd

    from corridors.analysis.transit import Transit


def transit_lines(found: Transit) -> list[str]:
    """Return the main figures in sentences."""
    f, lang = found.figures, found.network.language
    lines = [
        say(
            lang,
            "Dependency {share} of weight ({dependent} of {pairs} pairs); without it dearer: {savings}",
            share=_percent(f["dependency"]),
            dependent=f["dependent_pairs"],
            pairs=f["pairs"],
            savings=", ".join(
                say(lang, "{share} by over {saving}%", share=_percent(v), saving=f"{100 * float(s):g}")
                for s, v in f["dependency_by_saving"].items()
            ),
        ),
        say(
            lang,
            "Captive {captive}, unserved {unserved}, km in {country} {abroad} of all km",
            captive=_percent(f["captive_share"]),
            unserved=_percent(f["unserved_share"]),
            country=f["through"],
            abroad=_percent(f["foreign_km_share"]),
        ),
    ]
    if f["dependent_pairs"]:
        penalty = f["avoidance_penalty"]
        lines.append(
            say(
                lang,
                "Avoiding {country} costs dependent pairs {mean} more on average (median {median}, worst {worst})",
                country=f["through"],
                mean=_percent(penalty["mean"]),
                median=_percent(penalty["median"]),
                worst=_percent(penalty["max"]),
            )
        )
    return lines if found.uncertainty is None else [*lines, *_drawn_lines(lang, found.uncertainty, f["minimize"])]


def _drawn_lines(lang: str, drawn: dict[str, Any], minimize: str) -> list[str]:
    of = drawn["dependency"]
    lines = [
        say(
            lang,
            "Waits drawn {draws} times (seed {seed}, correlation {correlation}): dependency {spread}, mean {mean}",
            draws=drawn["draws"],
            seed=drawn["seed"],
            correlation=f"{drawn['correlation']:g}",
            spread=", ".join(f"{name.upper()} {_percent(of[name])}" for name in ("p10", "p50", "p90")),
            mean=_percent(of["mean"]),
        )
    ]
    if not drawn["waits_decide"]:
        same = "Least {what}: waits do not decide, the dependency is the same in every draw"
        lines.append(say(lang, same, what=minimize))
    return lines


def _percent(value: float) -> str:
    return format_value("share", value)


def transit_tables(found: Transit) -> list[tuple[str, pd.DataFrame]]:
    """Return the tables by region, crossing and corridor, and the sensitivity."""
    region = found.table.reset_index()[
        ["name", "dependency", "captive_share", "avoidance_penalty_mean", "foreign_km_share"]
    ]
    lang, otherwise = found.network.language, found.sensitivity
    if len(otherwise):
        otherwise = otherwise.assign(
            what=[translate(lang, text) for text in otherwise["what"]],
            value=[translate(lang, text) for text in otherwise["value"]],
        )
    return [
        (say(lang, "By region of origin"), region[region["dependency"] > 0]),
        (say(lang, "By crossing"), found.by_crossing.reset_index(drop=True)),
        (say(lang, "By corridor"), found.by_corridor.reset_index(drop=True)),
        (say(lang, "Share by crossing in the draws"), found.drawn_crossings.reset_index(drop=True)),
        (say(lang, "If assumptions were otherwise"), otherwise),
    ]
