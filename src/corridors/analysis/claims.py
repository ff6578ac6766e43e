"""What the literature says about the border, measured in the network: no verdict is written down anywhere."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Claims(Result):
    """Claims; ``table`` has one row each: claim, claimed, ours, unit, verdict, evidence, limit, source."""


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
        A date: the network as it was then, for claims that name no date of their own; None: the network's own date.

    Raises
    ------
    DataError
        If the network has no claims, or one names no known measure, or objects that are not there.

    Examples
    --------
    >>> import corridors as co
    >>> set(claims(co.load()).table["verdict"]) <= set(VERDICTS)
    True
    """
    if not len(network.claims):
        raise DataError(f"{network.name or 'network'}: no claims.csv, expected claims to test")
    then = network if as_of is None else network_on(network, as_of)
    rows = []
    for claim_id, claim in network.claims.iterrows():
        found = _measure(then, str(claim_id), claim, as_of)
        rows.append(
            {
                "claim_id": claim_id,
                "about": claim["about"],
                "claim": claim["claim"],
                "claimed": claim["value"],
                "ours": found.value,
                "unit": claim["unit"] if isinstance(claim["unit"], str) else None,
                "verdict": _verdict(claim, found.value),
                "evidence": found.evidence,
                "limit": claim["limit"] if isinstance(claim["limit"], str) else None,
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


def _measure(network: Network, claim_id: str, claim: pd.Series, date: str | None) -> Finding:
    if not isinstance(claim["measure"], str):
        return Finding(None, "")
    name, objects = claim["measure"], claim["object"].split("|") if isinstance(claim["object"], str) else []
    if name not in MEASURES:
        raise DataError(f"claim {claim_id}: measure {name!r} is unknown, expected one of {', '.join(sorted(MEASURES))}")
    as_of = claim["as_of"] if isinstance(claim["as_of"], str) else date
    try:
        return MEASURES[name](network, as_of, *objects)
    except (TypeError, KeyError) as error:
        raise DataError(f"claim {claim_id}: {name} cannot be measured of {claim['object']!r}: {error}") from error
    except CorridorsError as error:
        raise DataError(f"claim {claim_id}: {error}") from error


def _verdict(claim: pd.Series, ours: float | None) -> str:
    comparison, claimed = claim["comparison"], claim["value"]
    if ours is None or not isinstance(comparison, str):
        return "not testable"
    met: dict[str, Any] = {
        "equal": lambda: round(ours) == round(claimed),
        "about": lambda: abs(ours / claimed - 1) <= ABOUT,
        "over": lambda: ours > claimed,
        "at_least": lambda: ours >= claimed,
        "at_most": lambda: ours <= claimed,
        "holds": lambda: bool(ours),
    }
    return "confirmed" if met[comparison]() else "contradicted"
