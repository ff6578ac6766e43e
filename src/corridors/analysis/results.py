"""What every analysis returns: a table, how it was asked, and ways to show it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.formats import format_line, html_card

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from corridors.model.network import Network
    from corridors.model.scenario import Scenario


@dataclass(frozen=True, repr=False)
class Result:
    """A result; its table, its settings, and the network it was asked of.

    Attributes
    ----------
    title
        One line.
    table
        The main table.
    settings
        What is needed to repeat it: scenario, date, mode, vehicle, cost, weights, zones, assumptions set.
    network
        The network.
    """

    title: str
    table: pd.DataFrame
    settings: dict[str, Any]
    network: Network = field(repr=False)

    def to_json(self) -> Any:
        """Return the result as plain data for JSON: numbers, text, None for unknown, lists and dicts."""
        return records(self.table)

    def geo(self) -> GeoDataFrame:
        """Return the table with geometry, in EPSG:4326: lines of routes, points of crossings, outlines of regions.

        Raises
        ------
        UsageError
            If the rows of this result lie nowhere, as those of a matrix.
        """
        from corridors.analysis.geometry import with_geometry

        return with_geometry(self)

    def plot(self, ax: Axes | None = None, *, kind: str | None = None) -> Axes:
        """Draw the result on matplotlib axes and return them; None: on new axes.

        ``kind`` chooses among charts, where a result has several: see :func:`corridors.views.plots.plot`.
        """
        from corridors.views.plots import plot

        return plot(self, ax, kind=kind)

    def explore(self, path: str | Path, scenario: Scenario | None = None) -> Path:
        """Write the explorer, a page that closes crossings with a click, and return its path.

        It opens with the mode, cost, vehicle, date, weights, countries and ends of this result, and with what
        ``scenario`` shuts or slows (a result remembers its own scenario as text alone): see
        :func:`corridors.views.explorer.page.explore`.

        Examples
        --------
        >>> import corridors as co, tempfile
        >>> found = co.route(co.load(), "Kurgan", "Omsk", mode="rail")
        >>> found.explore(f"{tempfile.mkdtemp()}/kurgan-omsk.html").name
        'kurgan-omsk.html'
        """
        from corridors.model.scenario import Scenario
        from corridors.views.explorer.page import explore

        settings, scenario = self.settings, scenario or Scenario()
        asked: dict[str, Any] = {key: settings[key] for key in ("mode", "minimize", "vehicle") if key in settings}
        if settings.get("weights") in {"gravity", "uniform"}:
            asked["weights"] = settings["weights"]
        if settings.get("country") and settings.get("through"):
            asked["own"] = settings["country"], settings["through"]
        dated = scenario if scenario.as_of else replace(scenario, as_of=settings.get("as_of"))
        ends = getattr(self, "ends", ("", ""))
        return explore(self.network, path, ends=ends if all(ends) else None, scenario=dated, **asked)

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name; none where the table is the answer."""
        return {}

    def shown_tables(self) -> list[tuple[str, pd.DataFrame]]:
        """Return the tables that a notebook shows, each with a heading."""
        return [("", self.table)]

    def __repr__(self) -> str:
        rows = f"{len(self.table)} row{'s' if len(self.table) != 1 else ''}"
        return f"<{type(self).__name__} {format_line(self.title, self.key_figures())}; {rows}>"

    def _repr_html_(self) -> str:
        return html_card(self.title, self.key_figures(), self.shown_tables(), {"How it was asked": self.settings})


def plain(value: Any) -> Any:
    """Return a value as JSON has it: unknown, infinite and missing become None, numpy becomes Python.

    Examples
    --------
    >>> plain(float("nan")), plain(np.int64(3)), plain({"a": (1.5,)})
    (None, 3, {'a': [1.5]})
    """
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, (str, int, bool)) or value is None else str(value)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table as a list of flat objects, the index first."""
    flat = table.reset_index() if table.index.name else table
    whole = {c for c in flat.columns if flat[c].dtype.kind in "iu"}
    rows = zip(*(flat[c].tolist() for c in flat.columns), strict=True)
    return [
        {c: (int(v) if c in whole else None if v != v else plain(v)) for c, v in zip(flat.columns, row, strict=True)}  # noqa: PLR0124
        for row in rows
    ]


def weighted_quantile(values: NDArray[np.float64], weights: NDArray[np.float64], q: float) -> float:
    """Return the value below which a share ``q`` of the weight lies; nan for no weight.

    Examples
    --------
    >>> weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 10.0]), 0.5)
    2.0
    """
    if not weights.sum() > 0:
        return math.nan
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, q * reached[-1])])


def share(part: float, whole: float) -> float:
    """Return part / whole, nan where there is no whole."""
    return float(part / whole) if whole > 0 else math.nan
