"""Transit dependency in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridors.cli.render import format_value

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
    return [
        f"Dependency {percent(f['dependency'])} of weight ({pairs}); without it dearer: {savings}",
        f"Captive {percent(f['captive_share'])}, unserved {percent(f['unserved_share'])}, {abroad}",
        f"Avoiding {f['through']} costs dependent pairs {percent(penalty['mean'])} more on average ({worse})",
    ]


def transit_tables(found: Transit) -> list[tuple[str, pd.DataFrame]]:
    """Return the tables by region, crossing and corridor, and the sensitivity."""
    region = found.table.reset_index()[
        ["name", "dependency", "captive_share", "avoidance_penalty_mean", "foreign_km_share"]
    ]
    return [
        ("By region of origin", region[region["dependency"] > 0]),
        ("By crossing", found.by_crossing.reset_index(drop=True)),
        ("By corridor", found.by_corridor.reset_index(drop=True)),
        ("If assumptions were otherwise", found.sensitivity),
    ]
