"""Finding places, crossings, regions, corridors and countries by what people call them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from corridors.errors import AmbiguousNameError, UnknownNameError, UsageError
from corridors.model.geo import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from corridors.model.network import Network

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziiklmnoprstufhcie", strict=True)),
        "ж": "zh",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "iu",
        "я": "ia",
        "ё": "e",
        "ә": "a",
        "ғ": "g",
        "қ": "k",
        "ң": "n",
        "ө": "o",
        "ұ": "u",
        "ү": "u",
        "һ": "h",
        "і": "i",
    }
)
_LATIN = str.maketrans({"q": "k", "y": "i", "j": "i", "ı": "i", "x": "ks", "w": "v"})
_PAIR_NAMES = ("name_en", "name_ru", "name_kk")
_PART_OF_NAME = 3
"""Letters and digits that a part of a name has at least."""
_COORDINATES = re.compile(r"^\s*([+-]?\d+(?:\.\d+)?)\s*,\s*([+-]?\d+(?:\.\d+)?)\s*$")


@dataclass(frozen=True)
class Spot:
    """Somewhere to start or end: a place, one node of it, or a point.

    Attributes
    ----------
    place_id, node_id
        Ids, empty where it is none.
    name
        What to call it.
    point
        Latitude and longitude of a point, else None.
    guessed
        True: only a similar name was found.
    """

    name: str
    place_id: str = ""
    node_id: str = ""
    point: tuple[float, float] | None = None
    guessed: bool = False


@cache
def search_key(text: str) -> str:
    """Return a name as a key that spelling, script and case do not change.

    Examples
    --------
    >>> search_key("Qurğan") == search_key("курган") == search_key("KURGAN")
    True
    >>> search_key("Petukhovo") == search_key("Петухово")
    True
    """
    latin = text.casefold()
    if not latin.isascii():
        latin = unicodedata.normalize("NFKD", latin.replace("й", "и").replace("ё", "е")).translate(_CYRILLIC)
    latin = "".join(filter(str.isalnum, latin)).translate(_LATIN)  # marks above letters are none themselves
    # one sound, several transliterations
    for several, one in (
        ("kh", "h"),
        ("ts", "c"),
        ("ie", "e"),
        ("iia", "ia"),
        ("ii", "i"),
        ("iu", "u"),
        ("iio", "io"),
    ):
        latin = latin.replace(several, one)
    return latin


_COUNTRY_NAMES = {
    search_key(name): code
    for code, names in {
        "KZ": ("Kazakhstan", "Казахстан", "Қазақстан", "Qazaqstan", "KAZ"),
        "RU": ("Russia", "Россия", "Ресей", "RUS"),
    }.items()
    for name in names
}


def find_spot(network: Network, text: str, what: str = "place") -> Spot:
    """Return the place, node or point that a user names.

    Parameters
    ----------
    network
        The network.
    text
        A place id, a node id, ``lat,lon``, or a name in any of its languages, old names and small errors included.
    what
        What the text stands for, in error messages.

    Raises
    ------
    UnknownNameError, AmbiguousNameError
        If nothing, or more than one thing, is called that.

    Examples
    --------
    >>> import corridors as co
    >>> network = co.load()
    >>> find_spot(network, "Кокчетав").place_id
    'kokshetau'
    """
    if match := _COORDINATES.match(text):
        point = float(match[1]), float(match[2])
        if abs(point[0]) > 90 or abs(point[1]) > 180:
            raise UsageError(f"{what} {text!r}: expected latitude -90 to 90, longitude -180 to 180")
        return Spot(f"{point[0]:g},{point[1]:g}", point=point)
    if text in network.nodes.index and network.nodes.at[text, "kind"] != "border":
        return Spot(text, node_id=text)
    served = set(network.nodes["place_id"].tolist())
    kind = dict(zip(network.places.index.tolist(), network.places["kind"].tolist(), strict=True))
    found = {p for p, k in kind.items() if k != "checkpoint" and p in served}
    names = [(n, p) for n, p in _all_names(network.places) if p in found]
    aliases = zip(network.aliases["name"].tolist(), network.aliases["place_id"].tolist(), strict=True)
    further = [(n, p) for n, p in aliases if p in found]
    cities = {p for p in found if kind[p] == "city"}

    def label(place: str) -> str:
        return f"{network.names('places')[place]} ({place}, {network.places['region'][place]})"

    place_id, guessed = _best(text, names, what, label, cities, guess=True, further=further)
    return Spot(str(network.names("places")[place_id]), place_id=place_id, guessed=guessed)


def _all_names(table: pd.DataFrame) -> list[tuple[Any, str]]:
    """Return the ids of a table and its names in three languages, each with the id."""
    ids = table.index.tolist()
    return [pair for names in (ids, *(table[c].tolist() for c in _PAIR_NAMES)) for pair in zip(names, ids, strict=True)]


def find_crossing(network: Network, text: str, mode: str = "any") -> str:
    """Return the id of the crossing that a user names: an id, a pair of names, or one side's name.

    Similar names are not taken: closing another crossing than was meant would go unseen.

    Parameters
    ----------
    network
        The network.
    text
        What the user wrote.
    mode
        ``rail`` or ``road``: only such crossings, unless the text is an id.

    Raises
    ------
    UnknownNameError, AmbiguousNameError
        If no crossing, or several, are called that.
    """
    if text in network.crossings.index:
        return text
    crossings = network.crossings
    if mode != "any" and (crossings["mode"] == mode).any():
        crossings = crossings[crossings["mode"] == mode]
    pairs = [(n, c) for column in _PAIR_NAMES for n, c in zip(crossings[column], crossings.index, strict=True)]
    if sum(isinstance(n, str) and search_key(n) == search_key(text) for n in {n for n, _ in pairs}) == 1:
        found = {c for n, c in pairs if isinstance(n, str) and search_key(n) == search_key(text)}
        if len(found) == 1:
            return str(found.pop())
    columns = [c for c in crossings.columns if c.startswith("name_")]
    names = [
        *((n, c) for column in columns for n, c in zip(crossings[column], crossings.index, strict=True)),
        *zip(crossings["place_id"], crossings.index, strict=True),
    ]
    try:
        return _best(text, names, "crossing", str, set(), guess=False)[0]
    except UnknownNameError as error:
        near = "" if "nearest" in str(error) else _crossing_near(network, crossings, text)
        if not near:
            raise
        raise UnknownNameError(f"crossing {text!r} is unknown; the nearest is {near}") from error


def _crossing_near(network: Network, crossings: pd.DataFrame, text: str) -> str:
    """Return the crossing nearest to a place that the text names, empty where it names none."""
    try:
        place_id = find_spot(network, text).place_id
    except (AmbiguousNameError, UnknownNameError):
        return ""
    if not place_id:
        return ""
    lat, lon = network.places.loc[[place_id], ["y_coord", "x_coord"]].to_numpy(float)[0]
    km = great_circle_km(lat, lon, crossings["y_coord"].to_numpy(float), crossings["x_coord"].to_numpy(float))
    return str(crossings.index[int(np.argmin(km))])


def find_region(network: Network, text: str) -> str:
    """Return the id of the region that a user names, by id or name.

    Raises
    ------
    UnknownNameError, AmbiguousNameError
        If no region, or several, are called that.
    """
    regions = network.regions
    names = _all_names(regions)
    called = dict(zip(regions.index, regions["name_en"], strict=True))
    return _best(text, names, "region", lambda r: f"{called[r]} ({r})", set(), guess=False)[0]


def find_corridor(network: Network, text: str) -> tuple[str, bool]:
    """Return the id of the corridor that a user names, and whether only a similar name was found.

    Parameters
    ----------
    network
        The network.
    text
        An id, a name in any language, or a part of one that no other corridor has.

    Raises
    ------
    UnknownNameError, AmbiguousNameError
        If no corridor, or several, are called that.

    Examples
    --------
    >>> import corridors as co
    >>> find_corridor(co.load(), "Турксиб")
    ('turksib', False)
    """
    corridors, key = network.corridors, search_key(text)
    names = _all_names(corridors)
    part = len(key) >= _PART_OF_NAME
    further = [(text, c) for n, c in names if part and isinstance(n, str) and key in search_key(n)]
    called = network.names("corridors")
    return _best(text, names, "corridor", lambda c: f"{called[c]} ({c})", set(), guess=True, further=further)


def find_country(network: Network, text: str, what: str = "country") -> str:
    """Return a country code of the network; Russia and Kazakhstan may be written out in their languages, too.

    Raises
    ------
    UnknownNameError
        If the network has no node in such a country.

    Examples
    --------
    >>> import corridors as co
    >>> find_country(co.load(), "Қазақстан")
    'KZ'
    """
    known = sorted(network.nodes["country"].dropna().unique())
    code = _COUNTRY_NAMES.get(search_key(text), text.upper())
    if code in known:
        return code
    raise UnknownNameError(f"{what} {text!r} is unknown, expected one of {', '.join(known)}")


def _best(
    text: str,
    names: Iterable[tuple[str, str]],
    what: str,
    label: Callable[[str], str],
    preferred: set[str],
    *,
    guess: bool,
    further: Iterable[tuple[str, str]] = (),
) -> tuple[str, bool]:
    """Return the one id that ``text`` names, and whether the name is only similar.

    An id always wins, and a name of today over further names: old ones and other spellings.
    """
    index: dict[str, set[str]] = {}
    for name, object_id in names:
        if name == object_id == text:
            return object_id, False
        if isinstance(name, str):  # not every object has a name in every language
            index.setdefault(search_key(name), set()).add(object_id)
    key = search_key(text)
    exact = set(index.get(key, ())) if key else set()
    for name, object_id in further:
        index.setdefault(search_key(name), set()).add(object_id)
    exact = exact or (set(index.get(key, ())) if key else set())
    if len(exact) > 1 and len(exact & preferred) == 1:
        exact &= preferred
    if len(exact) == 1:
        return next(iter(exact)), False
    if exact:
        listed = "; ".join(label(i) for i in sorted(exact)[:8])
        raise AmbiguousNameError(f"{what} {text!r} is ambiguous, expected one of: {listed}")
    near = _similar(key, index)
    if guess:
        close = sorted({i for name, ids in near for i in ids if _slip(key, name)})
        favoured = [i for i in close if i in preferred]
        if len(close) == 1 or len(favoured) == 1:
            return (favoured or close)[0], True
        if close:
            listed = "; ".join(label(i) for i in close[:8])
            raise AmbiguousNameError(f"{what} {text!r} is ambiguous, expected one of: {listed}")
    kind = "place" if what in {"origin", "destination", "via"} else what
    hint = f"; the nearest is {label(min(near[0][1]))}" if near else f", expected the name or id of a {kind}"
    raise UnknownNameError(f"{what} {text!r} is unknown{hint}")


def _slip(key: str, name: str) -> bool:
    """Tell whether a name was meant: the same first letter, and one slip; a wrong letter only in a longer name.

    Examples
    --------
    >>> _slip("omks", "omsk"), _slip("tomsk", "omsk"), _slip("kursk", "kurik")
    (True, False, False)
    """
    from rapidfuzz.distance import OSA

    if key[0] != name[0] or OSA.distance(key, name) > 1:
        return False
    swapped = sorted(key) == sorted(name)
    return (swapped and len(key) >= 4) or (len(key) != len(name) and len(key) >= 5) or len(key) >= 6


def _similar(key: str, index: dict[str, set[str]]) -> list[tuple[str, set[str]]]:
    """Return names that differ in few letters, with their ids, the nearest first; a swapped pair counts once."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if not key:
        return []
    most = max(2, len(key) // 2)
    found = process.extract(key, list(index), scorer=OSA.distance, limit=12, score_cutoff=most)
    return [(name, index[name]) for name, *_ in found]
