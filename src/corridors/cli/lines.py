"""Names of lines, which the tables have in English only, said by the names of their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corridors.cli.words import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridors.model.network import Network

_CODE = re.compile(r"[A-ZА-Я0-9]*[0-9][A-ZА-Я0-9]*(?:-[0-9]+)?|[A-ZА-Я]+-[0-9]+")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
_ASIDE = re.compile(r"\s*\(([^)]*)\)")


def place_namer(network: Network) -> Callable[[str], str]:
    """Return a function that puts the names of the network's language in the place of English names.

    Examples
    --------
    >>> import corridors as co
    >>> place_namer(co.load(language="ru"))("Kurgan–Omsk")
    'Курган–Омск'
    """
    called = {english: own for english, own in _names(network).items() if _ENGLISH.search(english)}
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(called, key=len, reverse=True))) + r")(?!\w)"
    )
    return lambda text: pattern.sub(lambda match: called[match[0]], text)


def line_namer(network: Network) -> Callable[[str], str]:
    """Return a function that names a line by its codes and by those of its places whose names we know.

    Examples
    --------
    >>> import corridors as co
    >>> name = line_namer(co.load(language="kk"))
    >>> name("Kurgan–Omsk"), name("R-254 Kurgan–border (to the east, M-51)")
    ('Қорған–Омбы', 'R-254 Қорған–шекара (M-51)')
    """
    called, lang = _names(network), network.language

    def said(text: str) -> str:
        """Return one place, word or code; empty for what we cannot say."""
        known = text if _CODE.fullmatch(text) else called.get(text) or translate(lang, text)
        return known if _CODE.fullmatch(known) or not _ENGLISH.search(known) else ""

    def name(text: str) -> str:
        code, _, rest = text.partition(" ")
        before, way = (code, rest) if _CODE.fullmatch(code) else ("", text)
        asides = [", ".join(filter(None, map(said, aside.split(", ")))) for aside in _ASIDE.findall(way)]
        course = "–".join(filter(None, map(said, _ASIDE.sub("", way).split("–"))))
        after = ", ".join(filter(None, asides))
        return " ".join(part for part in (before, course, after and f"({after})") if part)

    return name


def _names(network: Network) -> dict[str, str]:
    """Return English names of places, and of sides of crossings, with those in the language; other spellings, too."""
    lang = network.language
    others = network.aliases
    place = network.names("places")
    named = {"Iletsk": translate(lang, "Iletsk")} | {
        str(name): str(place[at])
        for name, at in zip(others["name"], others["place_id"], strict=True)
        if at in place.index
    }
    for table, prefix in ((network.crossings, "name_b_"), (network.crossings, "name_a_"), (network.places, "name_")):
        rows = zip(table[f"{prefix}en"], table[f"{prefix}{lang}"], strict=True)
        pairs = [(en, own) for en, own in rows if isinstance(en, str) and isinstance(own, str)]
        named |= {_ASIDE.sub("", en): _ASIDE.sub("", own) for en, own in pairs}
        named |= dict(pairs)
    return named
