"""Cross-border transport networks: routes, transit dependency and connectivity, cut at the border.

>>> import corridors as co
>>> network = co.load()
>>> found = co.route(network, "Kurgan", "Omsk", mode="rail")
>>> found.table.index.name
'rank'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corridors.analysis.claims import claims
    from corridors.analysis.compare import baseline, compare
    from corridors.analysis.coverage import coverage
    from corridors.analysis.crossings import crossings
    from corridors.analysis.lines import line_diagram
    from corridors.analysis.regions import regions
    from corridors.analysis.robustness import robustness, worst_sets
    from corridors.analysis.routes import route
    from corridors.analysis.skims import matrix, reach
    from corridors.analysis.timeline import timeline
    from corridors.analysis.transit import transit
    from corridors.errors import (
        AmbiguousNameError,
        CorridorsError,
        DataError,
        NoAnswerError,
        OutputError,
        UnknownNameError,
        UsageError,
    )
    from corridors.model.assumptions import Assumptions
    from corridors.model.network import Network
    from corridors.model.scenario import Scenario
    from corridors.sources.check import validate
    from corridors.sources.exchange.formats import export
    from corridors.sources.exchange.frames import to_gdfs
    from corridors.sources.exchange.gmns import read_gmns
    from corridors.sources.scenarios import read_scenario
    from corridors.sources.tables import load, write
    from corridors.views.maps import draw_map
    from corridors.views.report import write_report

__version__ = "0.1.0"

# imported when first used: the command line must not wait for what it does not need
_HOME = {
    "AmbiguousNameError": "errors",
    "Assumptions": "model.assumptions",
    "CorridorsError": "errors",
    "DataError": "errors",
    "Network": "model.network",
    "NoAnswerError": "errors",
    "OutputError": "errors",
    "Scenario": "model.scenario",
    "UnknownNameError": "errors",
    "UsageError": "errors",
    "baseline": "analysis.compare",
    "claims": "analysis.claims",
    "compare": "analysis.compare",
    "coverage": "analysis.coverage",
    "crossings": "analysis.crossings",
    "draw_map": "views.maps",
    "explore": "views.explorer.page",
    "export": "sources.exchange.formats",
    "line_diagram": "analysis.lines",
    "load": "sources.tables",
    "matrix": "analysis.skims",
    "reach": "analysis.skims",
    "read_gmns": "sources.exchange.gmns",
    "read_scenario": "sources.scenarios",
    "regions": "analysis.regions",
    "robustness": "analysis.robustness",
    "route": "analysis.routes",
    "timeline": "analysis.timeline",
    "to_gdfs": "sources.exchange.frames",
    "transit": "analysis.transit",
    "validate": "sources.check",
    "worst_sets": "analysis.robustness",
    "write": "sources.tables",
    "write_report": "views.report",
}

__all__ = [
    "AmbiguousNameError",
    "Assumptions",
    "CorridorsError",
    "DataError",
    "Network",
    "NoAnswerError",
    "OutputError",
    "Scenario",
    "UnknownNameError",
    "UsageError",
    "baseline",
    "claims",
    "compare",
    "coverage",
    "crossings",
    "draw_map",
    "explore",
    "export",
    "line_diagram",
    "load",
    "matrix",
    "reach",
    "read_gmns",
    "read_scenario",
    "regions",
    "robustness",
    "route",
    "timeline",
    "to_gdfs",
    "transit",
    "validate",
    "worst_sets",
    "write",
    "write_report",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name in _HOME:
        value = getattr(import_module(f"corridors.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'corridors' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return sorted({*globals(), *__all__})
