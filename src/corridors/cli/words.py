"""What the terminal says, in three languages: an English text is the key, what it holds is put in or taken out.

The tables stand in :mod:`corridors.cli.translations`; none is read for English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corridors.views.words import LANGUAGES, country_name, through_country, word

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATE = re.compile(r"\((\w+), (\w+)\)")
"""Status and category of a crossing, as evidence names them after it."""
_PLACE = re.compile(r"scenario (?P<file>.+?), line (?P<line>\d+), (?P<key>\w+): ")
_CELL = re.compile(r"(?P<name>(?:(?!: ).)+?), line (?P<at>\d+), column (?P<key>\w+): ", re.DOTALL)
_MORE = re.compile(r" \(and (?P<count>\d+) more(?:; corridors validate lists all)?\)$")
_IN_CELL = "{name}, line {at}, column {key}: {said}"
_FIELD = re.compile(r"\{(\w+)\}")


@cache
def tables() -> Mapping[str, tuple[str, str]]:
    """Return all texts: English to Russian and Kazakh."""
    from corridors.cli.translations import (
        area,
        build,
        complaints,
        evidence,
        exchange,
        headings,
        osm,
        problems,
        sentences,
    )

    return {
        **headings.HEADINGS,
        **sentences.SENTENCES,
        **evidence.EVIDENCE,
        **build.BUILD,
        **complaints.COMPLAINTS,
        **exchange.EXCHANGE,
        **osm.OSM,
        **area.AREA,
        **problems.PROBLEMS,
    }


def say(lang: str, english: str, **values: object) -> str:
    """Return a sentence with its values, in a language.

    Examples
    --------
    >>> say("en", "Route {rank}", rank=2), say("ru", "Route {rank}", rank=2)
    ('Route 2', 'Маршрут 2')
    """
    if lang == "en" or english not in tables():
        return english.format(**values)
    return tables()[english][_at(lang)].format(**{name: _value(lang, name, str(v)) for name, v in values.items()})


def translate(lang: str, text: str) -> str:
    """Return a finished English text in a language, the values in it kept; the text itself where we do not know it.

    Examples
    --------
    >>> translate("ru", "Skims by rail, least time")
    'Матрица поездок по железной дороге, минимум времени'
    >>> translate("ru", "something else")
    'something else'
    """
    if lang == "en":
        return text
    if text in tables():
        return _short(lang, text)
    for pattern, english in _patterns():
        if (match := pattern.fullmatch(text)) is not None:
            values = {name: _value(lang, name, value) for name, value in match.groupdict().items()}
            return tables()[english][_at(lang)].format(**values)
    return text


def complaint(lang: str, message: str) -> str:
    """Return an error in a language; where an entry of a scenario or a cell of a table was read stands before it.

    Examples
    --------
    >>> complaint("ru", "scenario jam.toml, line 3, close: interrupted")
    'сценарий jam.toml, строка 3, close: прервано'
    >>> complaint("ru", "links.csv, line 2, column length_km: empty, expected a value (and 3 more)")
    'links.csv, строка 2, столбец length_km: пусто, ожидается значение (и ещё 3)'
    >>> complaint("ru", "a.geojson: makes no sound network: links.csv, line 2, column ref: empty, expected a value")
    'a.geojson: пригодной сети не получается: links.csv, строка 2, столбец ref: пусто, ожидается значение'
    """
    if lang == "en":
        return message
    if (more := _MORE.search(message)) is not None:
        ending = "{said}" + more[0].replace(more["count"], "{count}", 1)
        return say(lang, ending, said=message[: more.start()], count=more["count"])
    for place, frame in ((_PLACE, "scenario {file}, line {line}, {key}: {said}"), (_CELL, _IN_CELL)):
        if (found := place.match(message)) is not None:
            return say(lang, frame, **found.groupdict(), said=message[found.end() :])
    name, unsound, said = message.partition(": makes no sound network: ")
    if unsound:
        return say(lang, "{name}: makes no sound network: {said}", name=name, said=complaint(lang, said))
    return translate(lang, message)


def heading(lang: str, column: str) -> str:
    """Return what a column is called: where it may be broken stands a soft hyphen.

    Examples
    --------
    >>> heading("en", "distance_km"), heading("kk", "distance_km")
    ('distance km', 'қашықтық, км')
    """
    return translate(lang, column.replace("_", " "))


def settings_line(lang: str, settings: Mapping[str, object]) -> str:
    """Return how a result was asked, in one line.

    Examples
    --------
    >>> settings_line("ru", {"mode": "rail", "theta": 1.5, "via": []})
    'вид транспорта: железная дорога · тета: 1.5'
    """
    shown = {key: value for key, value in settings.items() if value not in ("", None, {}, [])}
    parts = []
    for key, value in shown.items():
        name = key.replace("_", " ")
        if lang == "en":
            parts.append(f"{name} {_listed(lang, key, value)}")
        else:
            label = f"setting {name}" if f"setting {name}" in tables() else name
            parts.append(f"{_short(lang, label)}: {_listed(lang, key, value)}")
    return " · ".join(parts)


def scenario_text(lang: str, description: str) -> str:
    """Return the changes of a scenario in a language, from how it describes itself.

    Examples
    --------
    >>> scenario_text("ru", "baseline: closed road-a; waits times 2")
    'базовый: закрыты road-a; ожидание × 2'
    """
    name, _, changes = description.partition(": ")
    parts = "; ".join(translate(lang, part) for part in changes.split("; "))
    return _short(lang, name) + (f": {parts}" if changes else "")


def language_of(arguments: list[str]) -> str:
    """Return the language that arguments ask for, also where they are wrong otherwise.

    Examples
    --------
    >>> language_of(["route", "--lang", "kk"]), language_of(["--lang=ru"]), language_of(["--lang", "xx"])
    ('kk', 'ru', 'en')
    """
    given = "en"
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            given = argument.removeprefix("--lang=")
        elif argument == "--lang" and at + 1 < len(arguments):
            given = arguments[at + 1]
    return given if given in LANGUAGES else "en"


def _at(lang: str) -> int:
    return LANGUAGES.index(lang) - 1


def _short(lang: str, text: str) -> str:
    """Return a word or phrase that holds no values; itself where we do not know it."""
    return text if lang == "en" or text not in tables() else tables()[text][_at(lang)]


def _listed(lang: str, key: str, value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k}={v:g}" if isinstance(v, float) else f"{k}={v}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _short(lang, "yes" if value else "no")
    return scenario_text(lang, str(value)) if key == "scenario" else translate(lang, str(value))


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return what recognises each text with values, those with most words of their own first."""
    held = sorted((text for text in tables() if _FIELD.search(text)), key=lambda t: -len(_FIELD.sub("", t)))
    found = []
    for text in held:
        parts = _FIELD.split(text)
        held_by = {"done": r"\d+", "of": r"\d+"}
        literal = "".join(f"(?P<{p}>{held_by.get(p, '.+?')})" if i % 2 else re.escape(p) for i, p in enumerate(parts))
        found.append((re.compile(literal, re.DOTALL), text))
    return found


def _value(lang: str, name: str, value: str) -> str:
    """Return a value as it stands in a sentence of a language; what it is called says how."""
    if name in {"by", "least"}:
        key = f"{name}_{value}"
        return word(lang, key) if f"{name} {value}" in _MANNERS else value
    if name in _AS_TYPED:
        return value
    if name == "country":
        return country_name(lang, value)
    if name == "through":
        return through_country(lang, value)
    if name == "scenario":
        return scenario_text(lang, value)
    if name == "said":
        return complaint(lang, value)
    if name == "list":
        text = _STATE.sub(lambda m: f"({_state(lang, 'status', m[1])}, {_state(lang, 'category', m[2])})", value)
        return ", ".join(translate(lang, part) for part in text.split(", "))
    if name == "words":
        return ", ".join(_short(lang, part) for part in value.split(", "))
    return _short(lang, value)


def _state(lang: str, column: str, value: str) -> str:
    return _short(lang, special if (special := f"{column} {value}") in tables() else value)


_AS_TYPED = {"name", "near", "known", "key", "value", "option", "other"}
_MANNERS = {
    *(f"by {mode}" for mode in ("any", "rail", "road")),
    *(f"least {cost}" for cost in ("time", "distance", "cost", "generalised")),
}
