"""What the explorer's page says, in three languages."""

from __future__ import annotations

# key: English, Russian, Kazakh
WORDS: dict[str, tuple[str, str, str]] = {
    "title": ("Corridors: close a crossing", "Коридоры: закройте переход", "Дәліздер: өткелді жабыңыз"),
    "question": ("Question", "Вопрос", "Сұрақ"),
    "from": ("From", "Откуда", "Қайдан"),
    "to": ("To", "Куда", "Қайда"),
    "swap": ("Swap", "Поменять местами", "Орнын ауыстыру"),
    "place_hint": ("a place in any language", "место на любом языке", "кез келген тілдегі жер атауы"),
    "no_place": ("no such place", "такого места нет", "мұндай жер жоқ"),
    "mode": ("Mode", "Вид транспорта", "Көлік түрі"),
    "any": ("any", "любой", "кез келген"),
    "rail": ("rail", "железная дорога", "теміржол"),
    "road": ("road", "автодорога", "автожол"),
    "sea": ("sea", "море", "теңіз"),
    "transfer": ("change of mode", "пересадка", "көлік ауыстыру"),
    "minimize": ("Least", "Минимум", "Ең аз"),
    "time": ("time", "времени", "уақыт"),
    "distance": ("distance", "расстояния", "қашықтық"),
    "cost": ("money", "денег", "ақша"),
    "generalised": ("generalised cost", "обобщённой стоимости", "жалпыланған құн"),
    "date": ("Network as of", "Сеть на дату", "Желі күні"),
    "reset": ("Open all again", "Открыть всё снова", "Бәрін қайта ашу"),
    "route": ("Route", "Маршрут", "Бағыт"),
    "no_route": ("There is no way between the two.", "Пути между ними нет.", "Екеуінің арасында жол жоқ."),
    "choose_ends": ("Choose two places.", "Выберите два места.", "Екі жерді таңдаңыз."),
    "of_which_waiting": ("of which {h} h at the border", "из них {h} ч на границе", "оның ішінде шекарада {h} сағ"),
    "km": ("km", "км", "км"),
    "h": ("h", "ч", "сағ"),
    "min": ("min", "мин", "мин"),
    "usd": ("USD", "USD", "USD"),
    "km_in": ("{km} km in {country}", "{km} км: {country}", "{km} км: {country}"),
    "into_at": (
        "{crossing}: into {country} at km {km}, {h} h",
        "{crossing}: въезд, {country}, на {km}-м км, {h} ч",
        "{crossing}: {country}, {km}-км, {h} сағ",
    ),
    "around": (
        "Without entering {country}: {km} km, {h} h ({more} km and {later} h more)",
        "Без въезда ({country}): {km} км, {h} ч (на {more} км и {later} ч больше)",
        "{country} аумағына кірмей: {km} км, {h} сағ ({more} км және {later} сағ артық)",
    ),
    "no_way_around": (
        "Without entering {country} there is no way.",
        "Без въезда ({country}) пути нет.",
        "{country} аумағына кірмей жол жоқ.",
    ),
    "legs": ("Legs", "Участки", "Учаскелер"),
    "leg": ("leg", "участок", "учаске"),
    "crossings": ("Crossings", "Переходы", "Өткелдер"),
    "crossings_help": (
        (
            "Untick a crossing to close it, or write hours to slow it. The ranking says what closing it alone"
            " would add to the average trip, and what share of traffic would lose its way."
        ),
        (
            "Снимите отметку, чтобы закрыть переход, или впишите часы ожидания. Рейтинг показывает, что "
            "прибавило бы закрытие одного этого перехода к средней поездке и какая доля перевозок осталась бы"
            " без пути."
        ),
        (
            "Өткелді жабу үшін белгіні алыңыз немесе күту сағатын жазыңыз. Тізім сол өткелдің өзі ғана "
            "жабылса, орташа сапарға не қосылатынын және тасымалдың қандай үлесі жолсыз қалатынын көрсетеді."
        ),
    ),
    "open": ("open", "открыт", "ашық"),
    "crossing": ("crossing", "переход", "өткел"),
    "criticality": ("adds, {unit}", "прибавка, {unit}", "қосады, {unit}"),
    "unserved": ("cut off", "без пути", "жолсыз"),
    "wait": ("wait, h", "ожидание, ч", "күту, сағ"),
    "closed_now": ("closed", "закрыт", "жабық"),
    "close_it": ("{crossing}: open", "{crossing}: открыт", "{crossing}: ашық"),
    "closed_count": ("closed: {n}", "закрыто: {n}", "жабық: {n}"),
    "wait_at": ("Hours at {crossing}", "Часы ожидания: {crossing}", "{crossing}: күту сағаты"),
    "dependency": ("Dependency", "Зависимость", "Тәуелділік"),
    "own_traffic": (
        "{home}: own traffic through {through}",
        "{home}: внутренние перевозки через территорию: {through}",
        "{home}: {through} арқылы өтетін ішкі тасымал",
    ),
    "dependency_says": (
        "{share} of the weight is better off by it; {captive} has no other way; {unserved} has none at all.",
        "{share} веса выигрывает от транзита; {captive} не имеет другого пути; {unserved} не имеет никакого.",
        (
            "салмақтың {share} бөлігіне транзит тиімді; {captive} бөлігінің басқа жолы жоқ; {unserved} "
            "бөлігінде жол мүлдем жоқ."
        ),
    ),
    "dependency_fill": ("dependency", "зависимость", "тәуелділік"),
    "region": (
        "region of origin, as of {date}",
        "регион отправления, на {date}",
        "шығу өңірі, {date} жағдайы",
    ),
    "crossing_marks": (
        "crossing: rail, road, sea",
        "переход: ж/д, авто, море",
        "өткел: теміржол, автожол, теңіз",
    ),
    "none": ("none", "нет", "жоқ"),
    "map": ("Map of the network", "Карта сети", "Желі картасы"),
    "map_help": (
        (
            "Drag to move, wheel or + and − to zoom, arrow keys when the map has the focus. Crossings are closed "
            "by a click, or in the table of crossings."
        ),
        (
            "Перетаскивайте карту; масштаб: колесо или + и −; стрелки, когда карта в фокусе. Переходы "
            "закрываются щелчком или в таблице переходов."
        ),
        (
            "Картаны сүйреңіз; масштаб: дөңгелек немесе + және −; карта таңдалғанда бағыттауыш пернелер. Өткелдер "
            "шертумен немесе өткелдер кестесінде жабылады."
        ),
    ),
    "zoom_in": ("Zoom in", "Приблизить", "Жақындату"),
    "zoom_out": ("Zoom out", "Отдалить", "Алыстату"),
    "whole": ("Whole border", "Вся граница", "Бүкіл шекара"),
    "legend": ("Legend", "Условные знаки", "Шартты белгілер"),
    "rail_line": ("railway", "железная дорога", "теміржол"),
    "road_line": ("road", "автодорога", "автожол"),
    "border_line": ("state border", "государственная граница", "мемлекеттік шекара"),
    "best_route": ("best route", "лучший маршрут", "үздік бағыт"),
    "language": ("Language", "Язык", "Тіл"),
    "theme": ("Light or dark", "Светлая или тёмная", "Ашық немесе қараңғы"),
    "answered_in": ("Answered in {ms} ms", "Ответ за {ms} мс", "Жауап {ms} мс ішінде"),
    "about": ("What this is", "Что это", "Бұл не"),
    "about_text": (
        (
            "Zones: places over the population bound and the rest of each border region; gravity weights; "
            "they stay as of {date} on every date. Waits at the border are assumptions. Vehicle: {vehicle}. "
            "Everything is computed in this page, by the same overlay as in the library."
        ),
        (
            "Зоны: крупные населённые пункты и остаток каждого приграничного региона; гравитационные веса; на"
            " любую дату они берутся на {date}. Ожидание на границе — допущение. Транспортное средство: "
            "{vehicle}. Всё вычисляется на этой странице тем же способом, что и в библиотеке."
        ),
        (
            "Аймақтар: ірі елді мекендер және шекара маңы өңірлерінің қалғаны; гравитациялық салмақтар; кез "
            "келген күнге олар {date} жағдайы бойынша алынады. Шекарадағы күту уақыты — болжам. Көлік: "
            "{vehicle}. Барлығы осы бетте кітапханадағыдай тәсілмен есептеледі."
        ),
    ),
    "freight": ("freight", "грузовые перевозки", "жүк тасымалы"),
    "passenger": ("passengers", "пассажирские перевозки", "жолаушылар тасымалы"),
    "lorry": ("lorry", "грузовик", "жүк көлігі"),
    "car": ("car", "легковой автомобиль", "жеңіл автокөлік"),
    "source": (
        "Network: corridors {version}; ODbL; © OpenStreetMap contributors, GeoNames, Natural Earth",
        "Сеть: corridors {version}; ODbL; © участники OpenStreetMap, GeoNames, Natural Earth",
        "Желі: corridors {version}; ODbL; © OpenStreetMap қатысушылары, GeoNames, Natural Earth",
    ),
    "needs_script": (
        "This page computes; it needs JavaScript.",
        "Эта страница вычисляет; ей нужен JavaScript.",
        "Бұл бет есептейді; оған JavaScript керек.",
    ),
}
"""Texts by key; words in braces are filled in by the page."""


def words_by_language() -> dict[str, dict[str, str]]:
    """Return the texts by language and key.

    Examples
    --------
    >>> words_by_language()["kk"]["road"]
    'автожол'
    """
    return {lang: {key: texts[i] for key, texts in WORDS.items()} for i, lang in enumerate(("en", "ru", "kk"))}
