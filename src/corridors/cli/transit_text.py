"""Transit dependency in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridors.formats import format_value

if TYPE_CHECKING:
    import pandas as pd

    from corridors.analysis.transit import Transit


def transit_lines(found: Transit) -> list[str]:
    """Return the main figures in sentences."""
    f, penalty = found.figures, found.figures["avoidance_penalty"]

    def percent(value: float) -> str:
        return format_value("share", value)

    savings = ", ".join(f"{percent(v)} by over {100 * float(s):g}%" for s, v in f["dependency_by_saving"].items())
    pairs = f"{f['dependent_pairs']} of {f['pairs']} pairs"
    abroad = f"km in {f['through']} {percent(f['foreign_km_share'])} of all km"
    worse = f"median {percent(penalty['median'])}, worst {percent(penalty['max'])}"
    lines = [
        f"Dependency {percent(f['dependency'])} of weight ({pairs}); without it dearer: {savings}",
        f"Captive {percent(f['captive_share'])}, unserved {percent(f['unserved_share'])}, {abroad}",
    ]
    if f["dependent_pairs"]:
        lines.append(
            f"Avoiding {f['through']} costs dependent pairs {percent(penalty['mean'])} more on average ({worse})"
        )
    if found.uncertainty is None:
        return lines
    drawn, of = found.uncertainty, found.uncertainty["dependency"]
    spread = ", ".join(f"{name.upper()} {percent(of[name])}" for name in ("p10", "p50", "p90"))
    lines.append(
        f"Waits drawn {drawn['draws']} times (seed {drawn['seed']}, correlation {drawn['correlation']:g}): "
        f"dependency {spread}, mean {percent(of['mean'])}"
    )
    if not drawn["waits_decide"]:
        lines.append(f"Least {f['minimize']}: waits do not decide, the dependency is the same in every draw")
    return lines


def transit_tables(found: Transit) -> list[tuple[str, pd.DataFrame]]:
    """Return the tables by region, crossing and corridor, and the sensitivity."""
    region = found.table.reset_index()[
        ["name", "dependency", "captive_share", "avoidance_penalty_mean", "foreign_km_share"]
    ]
    return [
        ("By region of origin", region[region["dependency"] > 0]),
        ("By crossing", found.by_crossing.reset_index(drop=True)),
        ("By corridor", found.by_corridor.reset_index(drop=True)),
        ("Share by crossing in the draws", found.drawn_crossings.reset_index(drop=True)),
        ("If assumptions were otherwise", found.sensitivity),
    ]
