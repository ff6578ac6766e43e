# ruff: noqa: E501 (sentences, three to an entry)
"""What the report page says, in three languages; figures are put in by :mod:`corridors.views.page`."""

from __future__ import annotations

from corridors.views.words import check_language

# key: English, Russian, Kazakh
_TEXTS: dict[str, tuple[str, str, str]] = {
    "title": (
        "Cross-border transport network: dependency and connectivity",
        "Трансграничная транспортная сеть: зависимость и связность",
        "Трансшекаралық көлік желісі: тәуелділік және байланыстылық",
    ),
    "stamp": (
        "As of {date}. corridors {version}, network {network}.",
        "По состоянию на {date}. corridors {version}, сеть {network}.",
        "{date} жағдайы бойынша. corridors {version}, желі: {network}.",
    ),
    "scenario": ("Scenario: {scenario}.", "Сценарий: {scenario}.", "Сценарий: {scenario}."),
    "findings": ("Key figures", "Главное в цифрах", "Негізгі көрсеткіштер"),
    "maps": ("Maps", "Карты", "Карталар"),
    "routes": ("Routes", "Маршруты", "Бағыттар"),
    "transit": ("Transit dependency", "Транзитная зависимость", "Транзиттік тәуелділік"),
    "crossings": ("Crossings", "Переходы", "Өткелдер"),
    "regions": ("Border regions", "Приграничные регионы", "Шекара маңы өңірлері"),
    "scenarios": ("Scenarios", "Сценарии", "Сценарийлер"),
    "history": ("Since when", "С какого времени", "Қай кезден бері"),
    "sensitivity": ("How sure is this", "Насколько это надёжно", "Бұл қаншалықты сенімді"),
    "definitions": ("Definitions", "Определения", "Анықтамалар"),
    "assumptions": ("Assumptions", "Допущения", "Жорамалдар"),
    "sources": ("Data sources and licences", "Источники данных и лицензии", "Дереккөздер мен лицензиялар"),
    "repeat": ("How to repeat each table", "Как повторить каждую таблицу", "Әр кестені қалай қайталауға болады"),
    "skipped": ("Not computed", "Не рассчитано", "Есептелмеді"),
    "find_route": (
        "{a} – {b}, {by}: {km} km and {hours} h, of which {wait} h at the border; {split}.",
        "{a} – {b}, {by}: {km} км и {hours} ч, из них на границе {wait} ч; {split}.",
        "{a} – {b}, {by}: {km} км және {hours} сағ, оның шекарада {wait} сағ; {split}.",
    ),
    "find_crossings": ("crossings: {names}", "переходы: {names}", "өткелдер: {names}"),
    "find_avoid": (
        (
            "Without entering {country}: {km} km and {hours} h, {more_km} km ({more_km_share}) and {more_h} h "
            "({more_h_share}) more."
        ),
        (
            "Без въезда в {country}: {km} км и {hours} ч, на {more_km} км ({more_km_share}) и {more_h} ч "
            "({more_h_share}) больше."
        ),
        (
            "{country} аумағына кірмей: {km} км және {hours} сағ, {more_km} км ({more_km_share}) және {more_h} сағ "
            "({more_h_share}) артық."
        ),
    ),
    "find_home": (
        "The fastest route does not enter {country}.",
        "Самый быстрый маршрут не заходит в {country}.",
        "Ең жылдам бағыт {country} аумағына кірмейді.",
    ),
    "find_transit": (
        (
            "{country} through {through}, {by}: the fastest way leads through {through} for {share} of the country's own "
            "traffic (gravity weights), the shortest for {distance}; {captive} has no other way."
        ),
        (
            "{country} через {through}, {by}: самый быстрый путь идёт через {through} для {share} внутренних перевозок "
            "(гравитационные веса), самый короткий — для {distance}; другого пути нет у {captive}."
        ),
        (
            "{country}, {through} арқылы, {by}: ең жылдам жол ішкі тасымалдың {share} үшін {through} арқылы өтеді "
            "(гравитациялық салмақ), ең қысқасы — {distance} үшін; {captive} үшін басқа жол жоқ."
        ),
    ),
    "find_penalty": (
        "Going round takes {median} longer (median), {worst} at worst.",
        "Объезд дольше на {median} (медиана), в худшем случае на {worst}.",
        "Айналып өту {median} ұзағырақ (медиана), ең нашар жағдайда {worst}.",
    ),
    "find_critical": (
        (
            "{by}: the closure of {name} weighs most: {average} on the average of all trips, {per_user} h on each trip that "
            "uses it; share of traffic left without a route: {lost}."
        ),
        (
            "{by}: тяжелее всего закрытие перехода {name}: {average} в среднем на все поездки, {per_user} ч на каждую "
            "поездку через него; доля перевозок без маршрута: {lost}."
        ),
        (
            "{by}: {name} өткелінің жабылуы ең ауыр: барлық сапарға орташа {average}, ол арқылы өтетін әр сапарға "
            "{per_user} сағ; бағытсыз қалатын тасымал үлесі: {lost}."
        ),
    ),
    "nothing": ("none", "нет", "жоқ"),
    "find_regions": (
        "Of {count} border regions {most} has most crossings in use ({number}); without a crossing in use: {none}.",
        (
            "Из {count} приграничных регионов больше всего действующих переходов имеет {most} ({number}); без действующих "
            "переходов: {none}."
        ),
        "{count} шекара маңы өңірінің ішінде жұмыс істейтін өткел ең көп: {most} ({number}); өткелі жоқ: {none}.",
    ),
    "find_exposed": (
        "Most exposed {by}: {name}, whose trips take {time} longer on average if {crossing} shuts.",
        "Наиболее уязвимый регион {by}: {name}; при закрытии перехода {crossing} его поездки в среднем дольше на {time}.",
        "{by} ең осал өңір: {name}; {crossing} жабылса, оның сапарлары орташа {time} ұзарады.",
    ),
    "no_dependency": (
        "{country} through {through}, {by}: less than 0.1% of own traffic, by time and by distance; no map is drawn.",
        "{country} через {through}, {by}: по времени и по расстоянию меньше 0,1% внутренних перевозок; карты нет.",
        "{country}, {through} арқылы, {by}: уақыт бойынша да, қашықтық бойынша да ішкі тасымалдың 0,1%-ынан аз; карта жоқ.",
    ),
    "find_network": (
        (
            "The network has {nodes} nodes, {rail_km} km of railway and {road_km} km of road in use, and {crossings} "
            "crossings, of which {open} are in use."
        ),
        (
            "В сети {nodes} узлов, {rail_km} км действующих железных и {road_km} км автомобильных дорог, "
            "{crossings} переходов, из них действует {open}."
        ),
        (
            "Желіде {nodes} түйін, жұмыс істейтін {rail_km} км теміржол мен {road_km} км автожол, {crossings} өткел бар, "
            "оның {open} жұмыс істейді."
        ),
    ),
    "none": ("none", "нет", "жоқ"),
    "bases": (
        (
            "Length of railways and roads: {published} published, {measured} measured, {apportioned} apportioned from a "
            "published total, {estimated} estimated. Border waits: {assumed} of the values are assumed. The tables show how "
            "far the dependency moves when what is assumed or measured with error is changed."
        ),
        (
            "Длина железных и автомобильных дорог: {published} опубликовано, {measured} измерено, {apportioned} — "
            "распределённый опубликованный итог, {estimated} оценено. Ожидание на границе: {assumed} значений приняты как "
            "допущение. Таблицы показывают, как меняется зависимость, если изменить допущения и длины."
        ),
        (
            "Теміржолдар мен автожолдардың ұзындығы: {published} жарияланған, {measured} өлшенген, {apportioned} "
            "жарияланған қосындыдан бөлінген, {estimated} бағаланған. Шекарада күту: мәндердің {assumed} жорамал. Кестелер "
            "жорамалдар мен ұзындықтар өзгерсе, тәуелділік қаншаға өзгеретінін көрсетеді."
        ),
    ),
    "used": ("Crossings used", "Используемые переходы", "Пайдаланылатын өткелдер"),
    "weights_note": (
        "Traffic is not counted but modelled: each pair of places weighs by its populations over distance.",
        "Перевозки не измерены, а смоделированы: каждая пара мест весит по населению и расстоянию.",
        "Тасымал өлшенбеген, үлгіленген: әр жұп халық саны мен қашықтық бойынша салмақ алады.",
    ),
    "sources_note": (
        "The sources most rows rest on; all {count} are in sources.csv, each row of the network names its own.",
        "Источники, на которых держится больше всего строк; все {count} — в sources.csv, каждая строка сети называет свой.",
        "Жолдардың көбі сүйенетін дереккөздер; барлық {count} sources.csv файлында, желінің әр жолы өзінікін атайды.",
    ),
    "tile_transit": (
        "{country} through {through}, {by}: share of own traffic",
        "{country} через {through}, {by}: доля внутренних перевозок",
        "{country}, {through} арқылы, {by}: ішкі тасымалдың үлесі",
    ),
    "tile_critical": (
        "on the average trip {by} if {name} shuts",
        "к средней поездке {by} при закрытии перехода {name}",
        "{name} жабылса, {by} орташа сапарға",
    ),
    "find_scenarios": ("Scenarios {by}: {found}.", "Сценарии, {by}: {found}.", "Сценарийлер, {by}: {found}."),
    "find_dearest": (
        "{name} makes the average trip dearest, by {added} ({share})",
        "сильнее всего удлиняет среднюю поездку {name}: на {added} ({share})",
        "орташа сапарды ең көп ұзартатыны {name}: {added} ({share})",
    ),
    "find_cut": (
        "{name} leaves most traffic without a route, {lost}",
        "больше всего перевозок оставляет без маршрута {name}: {lost}",
        "тасымалды бағытсыз ең көп қалдыратыны {name}: {lost}",
    ),
    "find_history": (
        "{country} through {through}, {by}: {before} of own traffic in {first}, {after} in {last}.",
        "{country} через {through}, {by}: {before} внутренних перевозок в {first} году, {after} в {last}.",
        "{country}, {through} арқылы, {by}: {first} жылы ішкі тасымалдың {before}, {last} жылы {after}.",
    ),
    "change_close": ("shut: {names}", "закрыты: {names}", "жабық: {names}"),
    "change_regions": (
        "all crossings shut of: {names}",
        "закрыты все переходы регионов: {names}",
        "барлық өткелі жабық өңірлер: {names}",
    ),
    "change_build": ("built: {names}", "построено: {names}", "салынған: {names}"),
    "change_wait": ("waits: {names}", "ожидание: {names}", "күту: {names}"),
    "change_speed": (
        "speed {names} km/h on links: {count}",
        "скорость {names} км/ч, участков: {count}",
        "жылдамдық {names} км/сағ, учаске саны: {count}",
    ),
    "change_set": ("assumptions: {names}", "допущения: {names}", "жорамалдар: {names}"),
    "change_as_of": ("as of {names}", "по состоянию на {names}", "{names} жағдайы бойынша"),
    "change_factor": ("waits times {names}", "ожидание × {names}", "күту × {names}"),
    "scenarios_note": (
        "Each scenario against the network as it is. Hours: average of all trips joined before and after; without a route: share of traffic.",
        "Каждый сценарий в сравнении с сетью как она есть. Часы: среднее по поездкам, возможным до и после; без маршрута: доля перевозок.",
        "Әр сценарий желінің қазіргі күйімен салыстырылған. Сағат: бұрын да, кейін де мүмкін сапарлардың орташасы; бағытсыз: тасымал үлесі.",
    ),
    "drawn": (
        "Dependency when the waits at the border are drawn {draws} times: eight draws in ten lie between P10 and P90",
        "Зависимость, если {draws} раз разыграть ожидание на границе: восемь розыгрышей из десяти между P10 и P90",
        "Шекарадағы күту {draws} рет кездейсоқ алынғандағы тәуелділік: оннан сегізі P10 мен P90 арасында",
    ),
    "lengths_in": ("lengths in {country}", "длины: {country}", "{country}: ұзындықтар"),
    "connectivity": (
        "Connectivity of border regions",
        "Связность приграничных регионов",
        "Шекара маңы өңірлерінің байланыстылығы",
    ),
    "scenario_regions": (
        "Regions that change most: average trip, and ▲ share of traffic left without a route",
        "Регионы, где меняется больше всего: средняя поездка и ▲ доля перевозок без маршрута",
        "Ең көп өзгеретін өңірлер: орташа сапар және ▲ бағытсыз қалған тасымал үлесі",
    ),
    "history_note": (
        "Only the network changes with time; places, people and waits are those of today.",
        "Со временем меняется только сеть; места, население и ожидание — сегодняшние.",
        "Уақыт бойынша тек желі өзгереді; орындар, халық пен күту — бүгінгі.",
    ),
    "fig_border": ("Along the border", "Вдоль границы", "Шекара бойында"),
}

_DEFINITIONS: tuple[tuple[tuple[str, str, str], tuple[str, str, str]], ...] = (
    (
        ("transit dependency", "транзитная зависимость", "транзиттік тәуелділік"),
        (
            (
                "share of the weight of a country's own pairs of places whose best way gets dearer when every crossing into "
                "the other country is closed"
            ),
            "доля веса внутренних пар страны, чей лучший путь становится дороже, если закрыть все переходы в другую страну",
            "екінші елге барлық өткел жабылса, үздік жолы қымбаттайтын ішкі жұптар салмағының үлесі",
        ),
    ),
    (
        ("captive share", "безальтернативная доля", "баламасыз үлес"),
        (
            "share of that weight left with no way at all (after Jenelius, Petersen and Mattsson 2006)",
            "доля веса, у которой тогда не остаётся никакого пути (по Jenelius, Petersen, Mattsson, 2006)",
            "сонда ешқандай жолы қалмайтын салмақ үлесі (Jenelius, Petersen, Mattsson, 2006)",
        ),
    ),
    (
        ("avoidance penalty", "цена объезда", "айналып өту бағасы"),
        (
            "how much dearer the best way is without the other country, over dependent pairs that have one",
            "насколько дороже лучший путь без другой страны, по зависимым парам, у которых он есть",
            "екінші елсіз үздік жол қаншаға қымбат, ондай жолы бар тәуелді жұптар бойынша",
        ),
    ),
    (
        ("unserved share", "доля без маршрута", "бағытсыз үлес"),
        (
            "share of weight between places not joined by the mode at all",
            "доля веса между местами, вовсе не соединёнными этим видом транспорта",
            "осы көлікпен мүлде байланыспаған орындар арасындағы салмақ үлесі",
        ),
    ),
    (
        ("criticality", "критичность", "маңыздылық"),
        (
            "what the closure of one crossing adds to the average of all trips; trips left without a route count apart",
            "сколько закрытие одного перехода добавляет в среднем ко всем поездкам; поездки без маршрута считаются отдельно",
            "бір өткелдің жабылуы барлық сапарға орташа қанша қосады; бағытсыз қалған сапарлар бөлек саналады",
        ),
    ),
    (
        ("exposure", "уязвимость", "осалдық"),
        (
            "the same for trips that begin in a region: the mean over all crossings, and the worst",
            "то же для поездок, начинающихся в регионе: среднее по всем переходам и худшее",
            "өңірде басталатын сапарлар үшін сол: барлық өткел бойынша орташа және ең нашары",
        ),
    ),
    (
        ("effective crossings", "эффективное число переходов", "өткелдердің тиімді саны"),
        (
            "1 / Σ s², s the share of each crossing in a region's cross-border flow (Herfindahl–Hirschman)",
            "1 / Σ s², где s — доля перехода в трансграничном потоке региона (Херфиндаль–Хиршман)",
            "1 / Σ s², s — өңірдің трансшекаралық ағынындағы өткел үлесі (Херфиндаль–Хиршман)",
        ),
    ),
    (
        ("redundancy", "резервирование", "резервтілік"),
        (
            "most ways from a region across the border that share no link (Menger)",
            "наибольшее число путей из региона через границу без общих участков (Менгер)",
            "өңірден шекара арқылы ортақ учаскесіз жолдардың ең көп саны (Менгер)",
        ),
    ),
)

_HEADS: dict[str, tuple[str, str, str]] = {
    "route": ("route", "маршрут", "бағыт"),
    "name": ("name", "название", "атауы"),
    "mode": ("mode", "вид", "түрі"),
    "minimize": ("least", "минимум", "ең азы"),
    "country": ("country", "страна", "ел"),
    "through": ("through", "через", "арқылы"),
    "rank": ("rank", "место", "орын"),
    "distance_km": ("km", "км", "км"),
    "time_h": ("hours", "часов", "сағат"),
    "border_wait_h": ("at the border, h", "на границе, ч", "шекарада, сағ"),
    "cost_usd": ("USD", "долл. США", "АҚШ доллары"),
    "crossings": ("crossings", "переходы", "өткелдер"),
    "dependency": ("dependency", "зависимость", "тәуелділік"),
    "captive_share": ("captive", "без альтернативы", "баламасыз"),
    "unserved_share": ("unserved", "без маршрута", "бағытсыз"),
    "foreign_km_share": ("foreign km", "км за рубежом", "шетелдегі км"),
    "penalty_median": ("penalty, median", "цена объезда, медиана", "айналып өту, медиана"),
    "penalty_max": ("penalty, worst", "цена объезда, худшая", "айналып өту, ең нашары"),
    "criticality": ("criticality, min", "критичность, мин", "маңыздылық, мин"),
    "extra_per_user": ("per user, h", "на пользователя, ч", "пайдаланушыға, сағ"),
    "use_share": ("share of trips", "доля поездок", "сапар үлесі"),
    "share": ("share of traffic", "доля перевозок", "тасымал үлесі"),
    "region": ("regions", "регионы", "өңірлер"),
    "rail_crossings": ("rail crossings", "ж.-д. переходы", "теміржол өткелдері"),
    "road_crossings": ("road crossings", "автопереходы", "автожол өткелдері"),
    "border_length_km": ("border, km", "граница, км", "шекара, км"),
    "population": ("people", "население", "халық"),
    "redundancy": ("redundancy", "резервирование", "резервтілік"),
    "effective_crossings": ("effective crossings", "эфф. число переходов", "тиімді өткел саны"),
    "exposure": ("exposure, min", "уязвимость, мин", "осалдық, мин"),
    "barrier_effect": ("barrier effect", "барьерный эффект", "тосқауыл әсері"),
    "border_detour_factor": ("border detour", "приграничный крюк", "шекаралық айналым"),
    "scenario": ("scenario", "сценарий", "сценарий"),
    "changes": ("what changes", "что меняется", "не өзгереді"),
    "cost_before": ("hours before", "часов до", "бұрын, сағ"),
    "cost_after": ("hours after", "часов после", "кейін, сағ"),
    "unserved_share_after": ("without a route", "без маршрута", "бағытсыз"),
    "changed_share": ("traffic affected", "затронуто перевозок", "қозғалған тасымал"),
    "worst_pair": ("worst pair", "худшая пара", "ең нашар жұп"),
    "p10": ("P10", "P10", "P10"),
    "p50": ("P50", "P50", "P50"),
    "p90": ("P90", "P90", "P90"),
    "event": ("what happened", "что произошло", "не болды"),
    "dependency_before": ("before", "до", "бұрын"),
    "dependency_after": ("after", "после", "кейін"),
    "what": ("changed", "что изменено", "не өзгерді"),
    "value": ("value", "значение", "мәні"),
    "change": ("change", "изменение", "өзгеріс"),
    "key": ("assumption", "допущение", "жорамал"),
    "unit": ("unit", "единица", "бірлік"),
    "source": ("source", "источник", "дереккөз"),
    "date": ("date", "дата", "күні"),
    "note": ("note", "примечание", "ескерту"),
    "title": ("title", "название", "атауы"),
    "publisher": ("publisher", "издатель", "баспагер"),
    "licence": ("licence", "лицензия", "лицензия"),
    "rows": ("rows", "строк", "жол"),
    "command": ("command", "команда", "команда"),
    "file": ("table", "таблица", "кесте"),
    "time": ("time", "время", "уақыт"),
    "distance": ("distance", "расстояние", "қашықтық"),
}


def say(lang: str, key: str, **values: object) -> str:
    """Return a text of the report in a language.

    Examples
    --------
    >>> say("en", "stamp", date="2026", version="1.0", network="default")
    'As of 2026. corridors 1.0, network default.'
    """
    return _TEXTS[key][check_language(lang)].format(**values)


def head(lang: str, key: str) -> str:
    """Return the heading of a column in a language; the column's name where there is none."""
    return _HEADS[key][check_language(lang)] if key in _HEADS else key


def definitions(lang: str) -> list[tuple[str, str]]:
    """Return the terms of the report and what they mean."""
    at = check_language(lang)
    return [(term[at], meaning[at]) for term, meaning in _DEFINITIONS]
