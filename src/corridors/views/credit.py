"""Whom a network is owed to, as maps and pages say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridors.views.words import word

if TYPE_CHECKING:
    from corridors.model.network import Network

_MOST = 3
_ASKED = "OpenStreetMap|ODbL|CC BY"
"""Who is to be named wherever the data are shown."""
_NOBODYS = ("assumption", "estimate", "memory")
"""Sources that stand for a judgement, in the default data and in networks built here: nobody is owed for them."""


def credit(network: Network, lang: str) -> str:
    """Return whom a network is owed to, in one line; empty where no source says.

    The default network has its own words. Any other is owed to the sources that most of its rows name: their
    publishers, with the licences; those first that their licence says must be named.

    Examples
    --------
    >>> import corridors as co
    >>> credit(co.load(), "en")
    'Network: corridors; ODbL; © OpenStreetMap contributors, GeoNames, Natural Earth'
    """
    if network.name == "default":
        return word(lang, "source")
    rows = network.source_rows()
    named = network.sources.loc[rows.index.drop(list(_NOBODYS), errors="ignore"), ["publisher", "licence"]]
    named = named[named["publisher"].notna()].drop_duplicates()
    asked = named.apply(lambda column: column.astype("str").str.contains(_ASKED, regex=True)).any(axis=1)
    named = named.loc[asked.sort_values(ascending=False, kind="stable").index].head(_MOST)
    said = " · ".join(
        _whose(str(publisher)) + (f" – {licence}" if isinstance(licence, str) else "")
        for publisher, licence in zip(named["publisher"], named["licence"], strict=True)
    )
    return word(lang, "sources_of", sources=said) if said else ""


def _whose(publisher: str) -> str:
    """Return a publisher as it asks to be named."""
    return f"© {publisher}" if publisher.startswith("OpenStreetMap") else publisher
