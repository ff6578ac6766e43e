"""Writing the explorer's page: one file with everything in it."""

from __future__ import annotations

import json
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridors.analysis.lookup import find_spot
from corridors.errors import UsageError
from corridors.files import write_text
from corridors.views.credit import credit
from corridors.views.explorer.data import pack
from corridors.views.explorer.words import words_by_language
from corridors.views.words import LANGUAGES, check_language, country_name

if TYPE_CHECKING:
    import pandas as pd

    from corridors.model.network import Network
    from corridors.model.scenario import Scenario


def explore(
    network: Network,
    path: str | Path,
    *,
    ends: tuple[str, str] | None = None,
    mode: str = "any",
    minimize: str = "time",
    vehicle: str = "freight",
    weights: str | pd.DataFrame = "gravity",
    scenario: Scenario | None = None,
    own: tuple[str, str] | None = None,
    lang: str | None = None,
) -> Path:
    """Write the explorer: a page that closes crossings, needs no network access and opens from a file.

    Routes, km by country, the dependency by region and the ranking of crossings are computed in the page as the
    library computes them; zones and weights are those of the date that it opens with.

    Parameters
    ----------
    network
        The network.
    path
        Of the page, ``.html``.
    ends
        Origin and destination that it opens with; None: a reader chooses.
    mode, minimize, lang
        What it opens with; a reader may choose others.
    vehicle, weights
        As in :func:`corridors.analysis.transit.transit`; a reader cannot change them.
    scenario
        What differs from today. A reader may open and close crossings, change waits and the date; what it builds, its
        speeds and assumptions stay.
    own
        Whose dependency on whom it opens with; None: of the last country on the first.

    Raises
    ------
    UsageError
        If an option, a name or a date is unknown, or the suffix is not ``.html``.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import corridors as co, tempfile
    >>> page = explore(co.load(), Path(tempfile.mkdtemp()) / "border.html", ends=("Kurgan", "Omsk"))
    >>> page.stat().st_size < 8_000_000
    True
    """
    target = check_page_path(path)
    lang = lang or network.language
    check_language(lang)
    found = pack(network, vehicle=vehicle, weights=weights, scenario=scenario)
    two = [_place(network, end, what) for end, what in zip(ends or (), ("origin", "destination"), strict=False)]
    found["opens"] |= {
        "lang": lang,
        "mode": _one_of("mode", mode, ("any", "rail", "road")),
        "minimize": _one_of("minimize", minimize, ("time", "distance", "cost", "generalised")),
        "from": two[0] if two else "",
        "to": two[1] if two else "",
        "home": found["countries"].index(own[0]) if own else len(found["countries"]) - 1,
        "through": found["countries"].index(own[1]) if own else 0,
    }
    return write_text(target, _page(found, lang, network))


def check_page_path(path: str | Path) -> Path:
    """Return the path of a page, if its suffix is that of one.

    Raises
    ------
    UsageError
        If it is not.

    Examples
    --------
    >>> check_page_path("border.html").name
    'border.html'
    """
    target = Path(path)
    if target.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"page {target}: suffix {target.suffix!r} is unknown, expected .html")
    return target


def _one_of(name: str, value: str, expected: tuple[str, ...]) -> str:
    if value not in expected:
        raise UsageError(f"{name} {value!r} is unknown, expected one of {', '.join(expected)}")
    return value


def _place(network: Network, text: str, what: str) -> str:
    """Return the place that a user names; the page knows places alone."""
    spot = find_spot(network, text, what)
    place = spot.place_id or (str(network.nodes.at[spot.node_id, "place_id"]) if spot.node_id else "")
    if place not in network.places.index:
        raise UsageError(f"{what} {text!r}: the explorer opens with places, expected the name of one")
    return place


def _page(found: dict[str, Any], lang: str, network: Network) -> str:
    """Return the page as text."""
    words = words_by_language()
    if network.name != "default":
        for at in LANGUAGES:
            words[at]["source"] = credit(network, at)
    found["words"] = words
    found["version"] = version("corridors")
    found["country_names"] = {at: {c: country_name(at, c) for c in found["countries"]} for at in LANGUAGES}
    text = json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    parts = {
        "lang": lang,
        "title": escape(words[lang]["title"]),
        "needs_script": escape(words[lang]["needs_script"]),
        "style": _asset("style.css"),
        "engine": _asset("engine.js"),
        "map": _asset("map.js"),
        "page": _asset("page.js"),
        "pack": text.replace("<", "\\u003c"),  # no text of the tables may end the script
    }
    page = _asset("page.html")
    for name, content in parts.items():
        page = page.replace("{{" + name + "}}", content, 1)
    return page


def _asset(name: str) -> str:
    return (files("corridors.views.explorer") / name).read_text("utf-8")
