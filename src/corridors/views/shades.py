"""Colours of regions on a map: a dependency, an indicator of connectivity, what a scenario changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corridors.errors import NoAnswerError, UsageError
from corridors.views import style
from corridors.views.words import number, percent, through_country, unit_of, word

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from matplotlib.colors import Colormap, Normalize

    from corridors.analysis.compare import Compared
    from corridors.analysis.regions import Regions
    from corridors.analysis.transit import Transit
    from corridors.model.network import Network

# how each indicator is written: digits, or as a share
_INDICATORS: dict[str, int | str] = {
    "rail_crossings": 0,
    "road_crossings": 0,
    "sea_crossings": 0,
    "crossings_per_100km": 1,
    "crossings_per_million": 1,
    "redundancy": 0,
    "min_cut_per_day": 0,
    "effective_crossings": 1,
    "exposure": 1,
    "exposure_worst": 1,
    "exposure_unserved": "share",
    "border_detour_factor": 2,
    "accessibility": 0,
    "barrier_effect": "share",
}
INDICATORS = tuple(_INDICATORS)
"""Columns of the connectivity of regions that a map can show."""

COUNTS = INDICATORS[:5]
"""Those that do not depend on the mode and cost asked for."""

_SEEN = 0.0005
"""A share that shows in percent with one digit."""


class Shades(NamedTuple):
    """Values of regions, by id, and how they are drawn and written; regions of some ids are striped."""

    values: dict[str, float]
    cmap: Colormap
    norm: Normalize
    label: str
    form: Callable[[float], str]
    striped: frozenset[str] = frozenset()
    striped_label: str = ""


def dependency_shades(network: Network, found: Transit, lang: str) -> Shades:
    """Return the dependency of each region."""
    shares = _of_today(network, found.table["dependency"], found.settings)
    most = max(shares.values(), default=0.0)
    label = word(lang, "dependency", through=through_country(lang, str(found.settings["through"])))
    return Shades(
        {k: v for k, v in shares.items() if v > 0}, _pale(style.REGION_MAP), _between(0.0, most), label,
        _percents(lang, most),
    )  # fmt: skip


def indicator_shades(network: Network, found: Regions, indicator: str, lang: str) -> Shades:
    """Return an indicator of each border region; those where it is not known are striped.

    Raises
    ------
    UsageError
        If there is no such indicator.
    NoAnswerError
        If it is measured between zones, and there are none.
    """
    check_indicator(indicator)
    if not found.settings["zones"] and indicator not in COUNTS:
        raise NoAnswerError(f"indicator {indicator!r} needs zones: populations.csv gives them")
    column, factor = found.table[indicator].astype(float), _factor(found, indicator)
    values = {k: v * factor for k, v in _of_today(network, column, found.settings).items()}
    known = {k: v for k, v in values.items() if np.isfinite(v)}
    low, high = min(known.values(), default=0.0), max(known.values(), default=0.0)
    digits = _INDICATORS[indicator]
    form = _percents(lang, high) if digits == "share" else lambda v: number(lang, v, int(digits))
    return Shades(
        known, _pale(style.REGION_MAP), _between(low if low > high / 2 else min(low, 0.0), high),
        indicator_name(found, indicator, lang), form, frozenset(values) - frozenset(known), word(lang, "not_known"),
    )  # fmt: skip


def change_shades(network: Network, found: Compared, lang: str) -> Shades:
    """Return the change of cost of each region's trips; regions with more trips without a route are striped."""
    table = found.table
    changes = {k: v for k, v in _of_today(network, table["change"], found.settings).items() if abs(v) > _SEEN}
    most = max(map(abs, changes.values()), default=0.0)
    both = any(v < 0 for v in changes.values())
    cmap = _pale(style.CHANGE_MAP, 0.24 if both else 0.5, 0.76)
    more = _of_today(network, table["unserved_share_after"] - table["unserved_share_before"], found.settings)
    striped = frozenset(k for k, v in more.items() if v > _SEEN)
    return Shades(
        changes, cmap, _between(-most if both else 0.0, most), word(lang, "change_axis"), _percents(lang, most),
        striped, word(lang, "more_unserved"),
    )  # fmt: skip


def check_indicator(name: str) -> None:
    """Refuse an indicator that no map shows.

    Raises
    ------
    UsageError
        If it is unknown.
    """
    if name not in _INDICATORS:
        raise UsageError(f"indicator {name!r} is unknown, expected one of {', '.join(_INDICATORS)}")


def indicator_name(found: Regions, indicator: str, lang: str) -> str:
    """Return what an indicator is called, with its unit where that depends on what was minimised."""
    unit = unit_of(lang, found.settings)
    return word(lang, "exposure_mean" if indicator == "exposure" else indicator, unit=unit)


def _factor(found: Regions, indicator: str) -> float:
    in_hours = found.settings["minimize"] == "time" and indicator in {"exposure", "exposure_worst"}
    return 60.0 if in_hours else 1.0


def _of_today(network: Network, column: pd.Series, settings: dict[str, Any]) -> dict[str, float]:
    """Return the values of today's regions, whose outlines are drawn: of one split off since, those of its parent."""
    today = network.regions_as_of(None).index.to_series()
    then = network.region_as_of(today, str(settings["as_of"])) if settings.get("as_of") else today
    there = then[then.isin(column.index)]
    return dict(zip(map(str, there.index), column.reindex(there).astype(float), strict=True))


def _percents(lang: str, most: float) -> Callable[[float], str]:
    digits = sum(most < bound for bound in (0.05, 0.005))
    return lambda v: ("−" if v < 0 else "") + percent(abs(v), digits, lang)


def _pale(name: str, low: float = 0.06, high: float = 0.62) -> Colormap:
    import matplotlib as mpl
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("pale", mpl.colormaps[name](np.linspace(low, high, 64)))


def _between(low: float, high: float) -> Normalize:
    from matplotlib.colors import Normalize

    return Normalize(low, high if high > low else low + 1.0)
