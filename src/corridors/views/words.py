"""What pictures say, in three languages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

LANGUAGES = ("en", "ru", "kk")

# key: English, Russian, Kazakh
_WORDS: dict[str, tuple[str, str, str]] = {
    "rail": ("railway", "железная дорога", "теміржол"),
    "rail_branch": ("branch line", "ветка", "тармақ жол"),
    "road_trunk": ("trunk road", "магистральная автодорога", "магистральдық автожол"),
    "road_other": ("other road", "другая автодорога", "басқа автожол"),
    "sea": ("sea link", "морская линия", "теңіз желісі"),
    "planned": ("planned", "планируется", "жоспарланған"),
    "border": ("state border", "государственная граница", "мемлекеттік шекара"),
    "crossing_rail": ("rail crossing", "железнодорожный переход", "теміржол өткелі"),
    "crossing_road": ("road crossing", "автодорожный переход", "автожол өткелі"),
    "crossing_sea": ("sea crossing", "морской переход", "теңіз өткелі"),
    "crossing_shut": ("not in use", "не действует", "жұмыс істемейді"),
    "source": (
        "Network: corridors; ODbL; © OpenStreetMap contributors, GeoNames, Natural Earth",
        "Сеть: corridors; ODbL; © участники OpenStreetMap, GeoNames, Natural Earth",
        "Желі: corridors; ODbL; © OpenStreetMap қатысушылары, GeoNames, Natural Earth",
    ),
    "sources_of": ("Sources: {sources}", "Источники: {sources}", "Дереккөздер: {sources}"),
    "title_scenario": (
        "{scenario}: what it changes, {mode}",
        "{scenario}: что меняется, {mode}",
        "{scenario}: не өзгереді, {mode}",
    ),
    "flow_gained": (
        "gains {share} of all traffic",
        "прибавка {share} всех перевозок",
        "барлық тасымалдың {share} қосылады",
    ),
    "flow_lost": (
        "loses {share} of all traffic",
        "потеря {share} всех перевозок",
        "барлық тасымалдың {share} кемиді",
    ),
    "crossing_emptied": ("loses all its traffic", "теряет всё движение", "қозғалыс толық тоқтайды"),
    "more_unserved": (
        "more trips left without a route",
        "больше поездок без маршрута",
        "бағытсыз қалған сапарлар көбейеді",
    ),
    "nothing_moves": (
        "No trip takes another route",
        "Ни одна поездка не меняет маршрута",
        "Ешбір сапар бағытын өзгертпейді",
    ),
    "title_indicator": (
        "Border regions: {indicator}",
        "Приграничные регионы: {indicator}",
        "Шекара маңы өңірлері: {indicator}",
    ),
    "not_known": ("not known", "нет данных", "дерек жоқ"),
    "rail_crossings": ("railway crossings", "железнодорожные переходы", "теміржол өткелдері"),
    "road_crossings": ("road crossings", "автодорожные переходы", "автожол өткелдері"),
    "sea_crossings": ("sea crossings", "морские переходы", "теңіз өткелдері"),
    "crossings_per_100km": (
        "crossings per 100 km of border",
        "переходов на 100 км границы",
        "шекараның 100 км-іне өткелдер",
    ),
    "crossings_per_million": (
        "crossings per million people",
        "переходов на миллион жителей",
        "миллион тұрғынға өткелдер",
    ),
    "redundancy": (
        "separate ways to the other country",
        "независимые пути в соседнюю страну",
        "көрші елге тәуелсіз жолдар",
    ),
    "min_cut_per_day": (
        "vehicles or trains a day that can cross",
        "пропускная способность в сутки",
        "тәуліктік өткізу қабілеті",
    ),
    "effective_crossings": (
        "effective number of crossings",
        "эффективное число переходов",
        "өткелдердің тиімді саны",
    ),
    "exposure_mean": (
        "{unit} added to a trip when one crossing shuts (mean)",
        "прибавка к поездке при закрытии одного перехода (в среднем), {unit}",
        "бір өткел жабылғанда сапарға қосылады (орташа), {unit}",
    ),
    "exposure_worst": (
        "{unit} added to a trip when the worst crossing shuts",
        "прибавка к поездке при закрытии худшего перехода, {unit}",
        "ең ауыр өткел жабылғанда сапарға қосылады, {unit}",
    ),
    "exposure_unserved": (
        "share of trips cut off when the worst crossing shuts",
        "доля поездок без маршрута при закрытии худшего перехода",
        "ең ауыр өткел жабылғанда бағытсыз қалатын сапарлар үлесі",
    ),
    "border_detour_factor": (
        "detour of trips across the border",
        "коэффициент непрямолинейности через границу",
        "шекара арқылы айналма жол коэффициенті",
    ),
    "accessibility": ("accessibility", "доступность", "қолжетімділік"),
    "barrier_effect": (
        "share of accessibility that waits and fees take",
        "доля доступности, отнятая ожиданием и сборами",
        "күту мен алымдар азайтатын қолжетімділік үлесі",
    ),
    "km": ("km", "км", "км"),
    "h": ("h", "ч", "сағ"),
    "min": ("min", "мин", "мин"),
    "by_rail": ("by rail", "по железной дороге", "теміржолмен"),
    "by_road": ("by road", "по автодорогам", "автожолмен"),
    "by_any": ("by any mode", "любым видом транспорта", "кез келген көлікпен"),
    "least_time": ("least time", "минимум времени", "ең аз уақыт"),
    "least_distance": ("least distance", "минимум расстояния", "ең аз қашықтық"),
    "least_cost": ("least cost", "минимум стоимости", "ең аз құн"),
    "least_generalised": ("least generalised cost", "минимум обобщённой стоимости", "ең аз жалпыланған құн"),
    "title_network": (
        "Cross-border transport network",
        "Трансграничная транспортная сеть",
        "Трансшекаралық көлік желісі",
    ),
    "title_transit": (
        "{country}: own traffic that passes through {through}, {mode}",
        "{country}: внутренние перевозки через {through}, {mode}",
        "{country}: {through} арқылы өтетін ішкі тасымал, {mode}",
    ),
    "title_timeline": (
        "{country}: own traffic that passes through {through}, by year, {mode}",
        "{country}: внутренние перевозки через {through} по годам, {mode}",
        "{country}: {through} арқылы өтетін ішкі тасымал жылдар бойынша, {mode}",
    ),
    "own_share": ("share of own traffic", "доля внутренних перевозок", "ішкі тасымалдың үлесі"),
    "dependency_line": ("dependency", "зависимость", "тәуелділік"),
    "title_crossings": (
        "Criticality of crossings, {mode}",
        "Критичность переходов, {mode}",
        "Өткелдердің маңыздылығы, {mode}",
    ),
    "title_robustness": (
        "Cross-border traffic still served as crossings fail, {mode}",
        "Трансграничные перевозки при отказе переходов, {mode}",
        "Өткелдер істен шыққанда сақталатын трансшекаралық тасымал, {mode}",
    ),
    "failing_worst_first": ("worst first", "сначала худший", "ең нашарынан бастап"),
    "failing_at_random": (
        "at random, mean of {orders} orders",
        "случайно, среднее по порядкам: {orders}",
        "кездейсоқ, {orders} реттің орташасы",
    ),
    "p10_p90": ("P10 to P90", "от P10 до P90", "P10–P90"),
    "crossings_failed": ("crossings failed", "отказавшие переходы", "істен шыққан өткелдер"),
    "share_still_served": (
        "share of traffic still served",
        "доля обслуженных перевозок",
        "орындалатын тасымал үлесі",
    ),
    "title_regions": (
        "Crossings of each border region, {mode}",
        "Переходы приграничных регионов, {mode}",
        "Шекара маңы өңірлерінің өткелдері, {mode}",
    ),
    "title_matrix": (
        "Travel time between zones, {mode}",
        "Время в пути между зонами, {mode}",
        "Аймақтар арасындағы жол уақыты, {mode}",
    ),
    "title_reach": (
        "Within {h} h of {place}, {mode}",
        "За {h} ч от: {place}, {mode}",
        "{place}: {h} сағ ішінде, {mode}",
    ),
    "best": ("best route", "лучший маршрут", "үздік бағыт"),
    "alternative": ("alternative {n}", "вариант {n}", "{n}-нұсқа"),
    "unrestricted": ("if {country} may be entered", "если можно через {country}", "{country} арқылы болса"),
    "dependency": (
        "share of a region's own-country traffic that passes through {through}",
        "доля внутренних перевозок региона через {through}",
        "өңірдің ішкі тасымалындағы {through} арқылы үлес",
    ),
    "flow": ("{share} of the country's traffic", "{share} перевозок страны", "ел тасымалының {share}"),
    "criticality": (
        "adds {value} to the average trip if shut",
        "при закрытии средняя поездка дольше на {value}",
        "жабылса, орташа сапарға {value} қосылады",
    ),
    "criticality_axis": (
        "{unit} added to the average trip if the crossing is shut",
        "прибавка к средней поездке при закрытии перехода, {unit}",
        "өткел жабылса, орташа сапарға қосылады, {unit}",
    ),
    "title_compared": (
        "What scenarios change, {mode}",
        "Что меняют сценарии, {mode}",
        "Сценарийлер не өзгертеді, {mode}",
    ),
    "change_axis": (
        "change of the average cost of a region's trips",
        "изменение средних затрат поездок региона",
        "өңір сапарларының орташа шығынының өзгеруі",
    ),
    "title_worst_sets": (
        "Worst {size} crossings together, {mode}",
        "Худшие сочетания переходов ({size}), {mode}",
        "Ең ауыр {size} өткел бірге, {mode}",
    ),
    "shut_together": ("shut together", "закрыты вместе", "бірге жабық"),
    "sum_alone": ("sum of each shut alone", "сумма закрытых по одному", "бір-бірден жабылғандардың қосындысы"),
    "criticality_set_axis": (
        "{unit} added to the average trip",
        "прибавка к средней поездке, {unit}",
        "орташа сапарға қосылады, {unit}",
    ),
    "no_wait": ("no wait", "без ожидания", "күтусіз"),
    "no_flow": (
        "No pair of places is served best through {through}",
        "Ни для одной пары мест лучший путь не идёт через {through}",
        "Ешбір жұп үшін үздік жол {through} арқылы өтпейді",
    ),
    "unserved": (
        "share of traffic left without a route",
        "доля перевозок без маршрута",
        "бағытсыз қалған тасымал үлесі",
    ),
    "not_used": ("no trip depends on it", "закрытие ничего не меняет", "жабылуы әсер етпейді"),
    "distance": ("distance, km", "расстояние, км", "қашықтық, км"),
    "hours": ("time, h", "время, ч", "уақыт, сағ"),
    "captive": ("captive: no other way", "безальтернативно", "баламасыз"),
    "avoiding": ("without entering {country}", "без въезда в {country}", "{country} аумағына кірмей"),
    "avoidable": ("could go another way", "можно объехать", "айналып өтуге болады"),
    "whole_country": ("{country}: {share}", "{country}: {share}", "{country}: {share}"),
    "crossings_in_use": ("crossings in use", "действующие переходы", "жұмыс істейтін өткелдер"),
    "exposure": (
        "exposure: {unit} added to a trip when one crossing shuts (mean)",
        "уязвимость: прибавка к поездке при закрытии одного перехода (в среднем), {unit}",
        "осалдық: бір өткел жабылғанда сапарға қосылады (орташа), {unit}",
    ),
    "without_waits": ("without border waits", "без ожидания на границе", "шекарада күтусіз"),
    "with_waits": ("added by the border", "добавляет граница", "шекара қосатын уақыт"),
    "limit": ("{h} h", "{h} ч", "{h} сағ"),
    # charts of routes, lines and drawn waits
    "stop": ("station or town", "станция или населённый пункт", "станция не елді мекен"),
    "junction": ("junction", "узел", "торап"),
    "city": ("city", "город", "қала"),
    "border_crossing": ("border crossing", "пограничный переход", "шекара өткелі"),
    "line_not_in_use": ("not in use", "не действует", "жұмыс істемейді"),
    "km_from": ("km from {place}", "расстояние от начала ({place}), км", "бастапқы нүктеден ({place}) қашықтық, км"),
    "money": ("cost, USD", "стоимость, долл. США", "құны, АҚШ доллары"),
    "generalised_money": (
        "generalised cost, USD",
        "обобщённая стоимость, долл. США",
        "жалпыланған құн, АҚШ доллары",
    ),
    "usd": ("USD", "долл.", "доллар"),
    "no_fee": ("no fee", "без сбора", "алымсыз"),
    "hours_after_departure": ("hours after departure", "часов после отправления", "жөнелгеннен кейінгі сағат"),
    "share_of_draws": ("share of draws of the waits", "доля розыгрышей ожидания", "күту сынақтарының үлесі"),
    "fixed": (
        "{route}, fixed before departure",
        "{route}, выбран до отправления",
        "{route}, жөнелгенге дейін таңдалған",
    ),
    "reoptimised": (
        "re-optimised in each draw",
        "лучший путь в каждом розыгрыше",
        "әр сынақтағы үздік жол",
    ),
    "title_arrivals": (
        "{ends}: when it arrives, {mode}",
        "{ends}: когда прибывает, {mode}",
        "{ends}: қашан жетеді, {mode}",
    ),
    "arrive_later": (
        "later than {h} h: {fixed}; re-optimised {reoptimised}",
        "позже {h} ч: {fixed}; лучшим путём в каждом розыгрыше {reoptimised}",
        "{h} сағаттан кейін: {fixed}; әр сынақтағы үздік жолмен {reoptimised}",
    ),
    "title_drawn_transit": (
        "{country}: crossings on the way through {through}, {mode}",
        "{country}: переходы на пути через {through}, {mode}",
        "{country}: {through} арқылы жолдағы өткелдер, {mode}",
    ),
    "dependent_share": (
        "share of own traffic that depends on {through} and uses the crossing",
        "доля внутренних перевозок, зависящих от пути через {through} и идущих через переход",
        "{through} арқылы өтуге тәуелді әрі өткелді пайдаланатын ішкі тасымал үлесі",
    ),
    "with_median_waits": ("with median waits", "при медианном ожидании", "медианалық күтумен"),
    "p50_of_draws": ("P50 of {draws} draws", "P50, розыгрышей: {draws}", "{draws} сынақтың P50 мәні"),
}
_THROUGH = {"RU": "Россию", "KZ": "Казахстан"}
_COUNTRIES = {"RU": ("Russia", "Россия", "Ресей"), "KZ": ("Kazakhstan", "Казахстан", "Қазақстан")}


def check_language(lang: str) -> int:
    """Return the position of a language in the tables.

    Raises
    ------
    UsageError
        If it is none of ``en``, ``ru``, ``kk``.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"lang {lang!r} is unknown, expected one of {', '.join(LANGUAGES)}")
    return LANGUAGES.index(lang)


def word(lang: str, key: str, **values: object) -> str:
    """Return a word or phrase in a language.

    Examples
    --------
    >>> word("ru", "limit", h=10)
    '10 ч'
    """
    return _WORDS[key][check_language(lang)].format(**values)


def country_name(lang: str, code: str) -> str:
    """Return what a country is called; its code where we do not know.

    Examples
    --------
    >>> country_name("kk", "KZ"), country_name("en", "XX")
    ('Қазақстан', 'XX')
    """
    return _COUNTRIES[code][check_language(lang)] if code in _COUNTRIES else code


def through_country(lang: str, code: str) -> str:
    """Return a country's name as it stands after "through" (Russian: после "через")."""
    return _THROUGH.get(code, code) if lang == "ru" else country_name(lang, code)


def names(table: pd.DataFrame, lang: str) -> pd.Series:
    """Return the names of a table's rows in a language; English where it has none."""
    check_language(lang)
    return table[f"name_{lang}"].fillna(table["name_en"])


def number(lang: str, value: float | None, digits: int = 0) -> str:
    r"""Return a number as a language writes it; a dash for an unknown one.

    Examples
    --------
    >>> number("en", 1087.5, 1), number("ru", 1087.5, 1), number("kk", None)
    ('1,087.5', '1\xa0087,5', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.{digits}f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    return text if lang == "en" else text.replace(",", "\xa0").replace(".", ",")


def manner(lang: str, settings: Mapping[str, object]) -> str:
    """Return how a result was asked: mode, and what was least.

    Examples
    --------
    >>> manner("en", {"mode": "rail", "minimize": "time"})
    'by rail, least time'
    """
    return ", ".join((word(lang, f"by_{settings['mode']}"), word(lang, f"least_{settings['minimize']}")))


_UNITS = {"time": "min", "distance": "km", "cost": "usd", "generalised": "usd"}


def unit_of(lang: str, settings: Mapping[str, Any]) -> str:
    """Return the unit that what is minimised is shown in: minutes, km or USD.

    Examples
    --------
    >>> unit_of("ru", {"minimize": "time"})
    'мин'
    """
    return word(lang, _UNITS[str(settings["minimize"])])


def percent(value: float | None, digits: int = 0, lang: str = "en") -> str:
    """Return a share as a percentage; with one more digit, or as less than it, where it would show as zero.

    Examples
    --------
    >>> percent(0.106), percent(0.004), percent(0.0), percent(0.00001), percent(float("nan"))
    ('11%', '0.4%', '0%', '<0.1%', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    if 0 < abs(value) < 0.005 * 10**-digits:
        digits += 1
        if abs(value) < 0.005 * 10**-digits:
            return f"<{number(lang, 10**-digits, digits)}%"
    return f"{number(lang, 100 * value, 0 if value == 0 else digits)}%"
