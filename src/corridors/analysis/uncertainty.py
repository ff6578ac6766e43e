"""Uncertain borders: what drawn waits do to a trip, and to the dependency of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corridors.engine.drawn import Trips, best_trips
from corridors.engine.drawn_pairs import drawn_dependency
from corridors.engine.draws import draw_waits, scores, spread_of
from corridors.engine.overlay import build_overlay
from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from corridors.analysis.setting import Setting
    from corridors.engine.graph import Graph
    from corridors.engine.overlay import Overlay
    from corridors.engine.paths import Path

MOST_DRAWS = 100_000
_BARS, _ARRIVAL_BARS, _LATE, _SAME_H = 10, 40, 0.99, 1e-6
_QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


def check_draws(draws: int, seed: int, correlation: float) -> dict[str, Any]:
    """Return the settings of a Monte Carlo; of no draws, none.

    Raises
    ------
    UsageError
        If one of them cannot be used.

    Examples
    --------
    >>> check_draws(1000, 7, 0.5)
    {'draws': 1000, 'seed': 7, 'correlation': 0.5}
    >>> check_draws(0, 0, 0.0)
    {}
    """
    if not 0 <= draws <= MOST_DRAWS:
        raise UsageError(f"draws {draws}: expected a number from 0 to {MOST_DRAWS}")
    if seed < 0:
        raise UsageError(f"seed {seed}: expected a whole number, 0 or more")
    if not 0 <= correlation <= 1:
        raise UsageError(f"correlation {correlation:g}: expected a number from 0 to 1")
    return {"draws": draws, "seed": seed, "correlation": float(correlation)} if draws else {}


def drawn_waits(setting: Setting, graph: Graph, how: dict[str, Any]) -> NDArray[np.float64]:
    """Return draws of the wait at each border arc, hours, shape (D, 2, B).

    Parameters
    ----------
    setting, graph
        What is travelled on.
    how
        As :func:`check_draws` returns it.
    """
    spread = spread_of(setting.network, setting.supply, graph.border_arc, setting.vehicle, setting.scenario)
    score = scores(setting.supply.crossing_ids, how["draws"], how["seed"], how["correlation"])
    return draw_waits(spread, score[:, graph.crossing])


def waiting_hour(setting: Setting) -> float:
    """Return what an hour of waiting adds to what is minimised: 1, a value of time, or nothing."""
    return {"time": 1.0, "generalised": setting.value_of_time_usd_per_h}.get(setting.minimize, 0.0)


def arrivals(
    setting: Setting, graph: Graph, paths: list[Path], avoid: str | None, how: dict[str, Any]
) -> dict[str, Any]:
    """Return when trips arrive: by routes fixed before departure, and re-optimised in each draw.

    Parameters
    ----------
    setting
        What is travelled with.
    graph
        The network with the places of the trip as terminals, in order.
    paths
        The routes, best first.
    avoid
        A country that must not be entered.
    how
        As :func:`check_draws` returns it.

    Returns
    -------
    What ``corridors route --percentiles`` prints: the same waits are drawn for all of it.
    """
    waits, value = drawn_waits(setting, graph, how), waiting_hour(setting)
    fixed = [_fixed(path, waits, value) for path in paths]
    avoided = setting.supply.countries.index(avoid) if avoid else None
    trips: list[Trips] = []
    for start in range(len(graph.terminals) - 1):
        overlay = build_overlay(graph, int(graph.terminals.country[start]), np.array([start]))
        trips.append(best_trips(overlay, start + 1, waits, value, avoided))
    totals, uses = np.sum([t.totals for t in trips], axis=0), np.any([t.uses for t in trips], axis=0)
    probability = uses.mean(axis=0)
    on_fixed = set(paths[0].crossing[paths[0].enters >= 0].tolist())
    listed = sorted(
        np.flatnonzero(probability).tolist(), key=lambda k: (-probability[k], setting.supply.crossing_ids[k])
    )
    names = setting.network.names("crossings")
    ids = setting.supply.crossing_ids
    return {
        **how,
        "waits_decide": value > 0,
        "fixed_routes": [{"rank": rank, **_percentiles(*drawn)} for rank, drawn in enumerate(fixed, 1)],
        "reoptimised": _percentiles(totals[:, 2], totals[:, 0]),
        "histogram": _arrival_histogram(fixed[0][0], totals[:, 2]),
        "crossings": [
            {
                "crossing_id": ids[k],
                "name": str(names[ids[k]]),
                "probability": float(probability[k]),
                "on_fixed_route": k in on_fixed,
            }
            for k in listed
        ],
        "without_crossing_probability": float((~uses.any(axis=1)).mean()),
    }


def _fixed(path: Path, waits: NDArray[np.float64], value: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return hours and cost of one path in each draw, shapes (D,)."""
    border = path.step[path.step[:, 1] >= 0]
    more_h = waits[:, border[:, 1], border[:, 0]].sum(axis=1) - path.totals[:, 4].sum()
    return path.totals[:, 2].sum() + more_h, path.totals[:, 0].sum() + value * more_h


def _percentiles(time_h: NDArray[np.float64], minimized: NDArray[np.float64]) -> dict[str, float]:
    hours = {f"time_{name}_h": float(np.quantile(time_h, q)) for name, q in _QUANTILES.items()}
    return hours | {f"minimized_{name}": float(np.quantile(minimized, q)) for name, q in _QUANTILES.items()}


def dependency_draws(
    setting: Setting,
    overlay: Overlay,
    share: NDArray[np.float64],
    through: str,
    how: dict[str, Any],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return the distribution of a dependency over drawn waits, and of the share of it on each crossing.

    Parameters
    ----------
    setting
        What is travelled with.
    overlay
        The legs from all zones of the country.
    share
        Shape (O, Z): of each pair in the weight of all served pairs.
    through
        The country passed through.
    how, progress
        As :func:`check_draws` returns it; called with how many draws are solved, and of how many.

    Returns
    -------
    Figures, and a table indexed by ``crossing_id``, the greatest mean first.
    """
    graph = overlay.graph
    dependency, by_crossing = drawn_dependency(
        overlay,
        share[:, overlay.origins],
        setting.supply.countries.index(through),
        drawn_waits(setting, graph, how),
        waiting_hour(setting),
        progress,
    )
    names = setting.network.names("crossings")
    rows = [
        {
            "crossing_id": crossing,
            "name": str(names[crossing]),
            **{f"share_{name}": float(np.quantile(by_crossing[:, k], q)) for name, q in _QUANTILES.items()},
            "share_mean": float(by_crossing[:, k].mean()),
            "probability": float((by_crossing[:, k] > 0).mean()),
        }
        for k, crossing in enumerate(setting.supply.crossing_ids)
        if by_crossing[:, k].any()
    ]
    columns = ["crossing_id", "name", *(f"share_{n}" for n in (*_QUANTILES, "mean")), "probability"]
    table = pd.DataFrame(rows, columns=columns).set_index("crossing_id")
    figures = {
        **how,
        "waits_decide": waiting_hour(setting) > 0,
        "dependency": {name: float(np.quantile(dependency, q)) for name, q in _QUANTILES.items()}
        | {"mean": float(dependency.mean())},
        "histogram": _histogram(dependency),
    }
    return figures, table.sort_values("share_mean", ascending=False, kind="stable")


def _arrival_histogram(fixed_h: NDArray[np.float64], reoptimised_h: NDArray[np.float64]) -> list[dict[str, float]]:
    """Return how many draws arrive in each of some spans: by the best route fixed, and re-optimised.

    Spans are of equal length up to the P99 of all; waits have a long tail, and one span more holds what is later.
    """
    every = np.concatenate([fixed_h, reoptimised_h])
    low, late, high = (float(np.quantile(every, q)) for q in (0.0, _LATE, 1.0))
    edges = np.array([low, high])
    if high - low > _SAME_H:
        edges = np.linspace(low, late if late - low > _SAME_H else high, _ARRIVAL_BARS + 1)
        edges = np.append(edges, high) if high - edges[-1] > _SAME_H else edges
    spans = np.minimum(np.searchsorted(edges, [fixed_h, reoptimised_h], side="right"), len(edges) - 1) - 1
    counts = [np.bincount(span, minlength=len(edges) - 1) for span in spans]
    return [
        {"from_h": float(a), "to_h": float(b), "fixed": int(n), "reoptimised": int(m)}
        for a, b, n, m in zip(edges[:-1], edges[1:], *counts, strict=True)
    ]


def _histogram(values: NDArray[np.float64]) -> list[dict[str, float]]:
    """Return how many draws lie in each of some bars of equal width; one bar where all are the same."""
    low, high = float(values.min()), float(values.max())
    if not high > low:
        return [{"from": low, "to": high, "draws": len(values)}]
    counts, edges = np.histogram(values, _BARS, (low, high))
    return [
        {"from": float(a), "to": float(b), "draws": int(n)}
        for a, b, n in zip(edges[:-1], edges[1:], counts, strict=True)
    ]
