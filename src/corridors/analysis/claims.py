"""What the literature says about the border, measured in the network: no verdict is written down anywhere."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from corridors.analysis.measures import MEASURES, Finding
from corridors.analysis.results import Result
from corridors.engine.dated import network_on
from corridors.errors import CorridorsError, DataError

if TYPE_CHECKING:
    from corridors.model.network import Network

ABOUT = 0.05
"""A figure said to be about so much is met within this share of it."""

VERDICTS = ("confirmed", "contradicted", "not testable")


@dataclass(frozen=True, repr=False)
class Claims(Result):
    """Claims; ``table`` has one row each: claim, claimed, ours, unit, verdict, evidence, limit, as_of, source."""

    def key_figures(self) -> dict[str, Any]:
        """Return the few figures that say the most, by name."""
        counts = self.table["verdict"].value_counts()
        return {"claims": len(self.table)} | {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}


def claims(network: Network, *, as_of: str | None = None) -> Claims:
    """Return each claim of ``claims.csv`` with our own figure and the verdict that follows from it.

    A claim names its measure (a key of :data:`corridors.analysis.measures.MEASURES`), of what, and how our figure must
    stand to the claimed one: ``equal``, ``about`` (within 5%), ``over``, ``at_least``, ``at_most``, or ``holds`` for
    what is so or not. A claim without a measure or a comparison, or whose measure finds no data, is not testable.

    Parameters
    ----------
    network
        The network, with its claims.
    as_of
        A date for claims that name none of their own; None: the network's own date. A claim is measured in the network
        as it was on its date.

    Raises
    ------
    DataError
        If the network has no claims, or one names no known measure, or objects that are not there.
    UsageError
        If ``as_of`` is no date.

    Examples
    --------
    >>> import corridors as co
    >>> set(claims(co.load()).table["verdict"]) <= set(VERDICTS)
    True
    """
    if not len(network.claims):
        raise DataError(f"{network.name or 'network'}: no claims.csv, expected claims to test")
    networks: dict[str | None, Network] = {None: network}
    rows = []
    for claim_id, claim in network.claims.iterrows():
        date = claim["as_of"] if isinstance(claim["as_of"], str) else as_of
        if date is not None and date not in networks:
            networks[date] = network_on(network, date)
        found = _measure(networks[date], str(claim_id), claim, date)
        rows.append(
            {
                "claim_id": claim_id,
                "about": claim["about"],
                "claim": _in_language(network, claim, "claim"),
                "claimed": claim["value"],
                "ours": found.value,
                "unit": claim["unit"] if isinstance(claim["unit"], str) else None,
                "verdict": verdict_of(claim["comparison"], claim["value"], found.value),
                "evidence": found.evidence,
                "limit": _in_language(network, claim, "limit"),
                "as_of": date or network.assumptions.reference_date,
                "source": claim["source"],
            }
        )
    table = pd.DataFrame(rows).set_index("claim_id")
    settings = {
        "network": network.name,
        "as_of": as_of or network.assumptions.reference_date,
        "about": f"within {ABOUT:.0%}",
    }
    return Claims("What the literature says, and what the network has", table, settings, network)


def _in_language(network: Network, claim: pd.Series, column: str) -> str | None:
    """Return a text of a claim in the network's language, in English where it has none; None: there is no text."""
    texts = [claim.get(f"{column}_{network.language}"), claim[column]]
    return next((text for text in texts if isinstance(text, str)), None)


def _measure(network: Network, claim_id: str, claim: pd.Series, date: str | None) -> Finding:
    if not isinstance(claim["measure"], str):
        return Finding(None, "")
    name, objects = claim["measure"], claim["object"].split("|") if isinstance(claim["object"], str) else []
    if name not in MEASURES:
        raise DataError(f"claim {claim_id}: measure {name!r} is unknown, expected one of {', '.join(sorted(MEASURES))}")
    wanted = list(inspect.signature(MEASURES[name]).parameters.values())[2:]
    if not sum(p.default is p.empty for p in wanted) <= len(objects) <= len(wanted):
        names = ", ".join(p.name for p in wanted) or "nothing"
        raise DataError(f"claim {claim_id}: {name} of {claim['object']!r}, expected {names}, joined by '|'")
    try:
        return MEASURES[name](network, date, *objects)
    except CorridorsError as error:
        raise DataError(f"claim {claim_id}: {error}") from error


def verdict_of(comparison: object, claimed: float, ours: float | None) -> str:
    """Return what follows from a claimed figure and ours.

    Examples
    --------
    >>> verdict_of("over", 100.0, 181.0), verdict_of("about", 26.0, 23.4), verdict_of("equal", float("nan"), 3.0)
    ('confirmed', 'contradicted', 'not testable')
    """
    if ours is None or not isinstance(comparison, str) or (comparison != "holds" and pd.isna(claimed)):
        return "not testable"
    if comparison == "holds":
        met = bool(ours)
    elif comparison == "equal":
        met = round(ours) == round(claimed)
    elif comparison == "about":
        met = abs(ours - claimed) <= ABOUT * abs(claimed)
    elif comparison == "over":
        met = ours > claimed
    elif comparison == "at_least":
        met = ours >= claimed
    else:
        met = ours <= claimed
    return "confirmed" if met else "contradicted"
