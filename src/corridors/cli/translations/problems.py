"""What is wrong in the tables of a network: English to Russian and Kazakh. What stands in a file is kept as it is."""

from __future__ import annotations

PROBLEMS: dict[str, tuple[str, str]] = {
    # where it stands
    "{name}, line {at}, column {key}: {said}": (
        "{name}, строка {at}, столбец {key}: {said}",
        "{name}, {at}-жол, {key} бағаны: {said}",
    ),
    "{said} (and {count} more; corridors validate lists all)": (
        "{said} (и ещё {count}; все перечислит corridors validate)",
        "{said} (тағы {count}; бәрін corridors validate тізеді)",
    ),
    "{said} (and {count} more)": ("{said} (и ещё {count})", "{said} (тағы {count})"),
    # cells
    "empty, expected a value": ("пусто, ожидается значение", "бос, мән күтілген еді"),
    "{value}, expected a number": ("{value}, ожидается число", "{value}, сан күтілген еді"),
    "{value}, expected a number of at least {low}": (
        "{value}, ожидается число не меньше {low}",
        "{value}, {low} мәнінен кем емес сан күтілген еді",
    ),
    "{value}, expected a number from {low} to {high}": (
        "{value}, ожидается число от {low} до {high}",
        "{value}, {low} мен {high} аралығындағы сан күтілген еді",
    ),
    "{value}, expected a whole number": ("{value}, ожидается целое число", "{value}, бүтін сан күтілген еді"),
    "{value}, expected a whole number of at least {low}": (
        "{value}, ожидается целое число не меньше {low}",
        "{value}, {low} мәнінен кем емес бүтін сан күтілген еді",
    ),
    "{value}, expected a whole number from {low} to {high}": (
        "{value}, ожидается целое число от {low} до {high}",
        "{value}, {low} мен {high} аралығындағы бүтін сан күтілген еді",
    ),
    "{value}, expected true or false": ("{value}, ожидается true или false", "{value}, true не false күтілген еді"),
    "{value}, expected YYYY, YYYY-MM or YYYY-MM-DD": (
        "{value}, ожидается ГГГГ, ГГГГ-ММ или ГГГГ-ММ-ДД",
        "{value}, ЖЖЖЖ, ЖЖЖЖ-АА не ЖЖЖЖ-АА-КК күтілген еді",
    ),
    "{value}, expected a year": ("{value}, ожидается год", "{value}, жыл күтілген еді"),
    "{value}, expected source_id#locator": (
        "{value}, ожидается source_id#locator",
        "{value}, source_id#locator күтілген еді",
    ),
    "{value}, expected one of {known}": (
        "{value}, ожидается одно из: {known}",
        "{value}, мыналардың бірі күтілген еді: {known}",
    ),
    "{value}, expected one of {known} for {other}": (
        "{value}, для {other} ожидается одно из: {known}",
        "{value}, {other} үшін мыналардың бірі күтілген еді: {known}",
    ),
    "{value}, expected a code of ISO 3166-1 such as KZ": (
        "{value}, ожидается код ISO 3166-1, например KZ",
        "{value}, ISO 3166-1 коды күтілген еді, мысалы KZ",
    ),
    "{value}, expected a code of ISO 3166-1; did you mean {near}?": (
        "{value}, ожидается код ISO 3166-1; может быть, {near}?",
        "{value}, ISO 3166-1 коды күтілген еді; мүмкін, {near}?",
    ),
    "{value}, expected a WKT LINESTRING (x y, x y)": (
        "{value}, ожидается WKT LINESTRING (x y, x y)",
        "{value}, WKT LINESTRING (x y, x y) күтілген еді",
    ),
    # references
    "{value} stands on line {low} already": ("{value} уже есть в строке {low}", "{value} {low}-жолда бұрыннан бар"),
    "{value} stands there already": ("{value} уже есть", "{value} бұрыннан бар"),
    "{value} is not in {known}": ("{value} нет в {known}", "{value} {known} ішінде жоқ"),
    "{value} is not in {known} or {other}": (
        "{value} нет ни в {known}, ни в {other}",
        "{value} {known} ішінде де, {other} ішінде де жоқ",
    ),
    "source {value} is not in sources.csv": (
        "источника {value} нет в sources.csv",
        "{value} дереккөзі sources.csv ішінде жоқ",
    ),
    # links
    "{value} is also from_node_id, expected another node": (
        "{value} стоит и в from_node_id, ожидается другой узел",
        "{value} from_node_id бағанында да тұр, басқа түйін күтілген еді",
    ),
    "{value}, expected at least the great circle of {low} km": (
        "{value}, ожидается не меньше {low} км по большому кругу",
        "{value}, үлкен шеңбер бойымен кемінде {low} км күтілген еді",
    ),
    "{value}, expected {low} km or more, as it is drawn": (
        "{value}, ожидается не меньше {low} км, как начерчено",
        "{value}, сызылғандай кемінде {low} км күтілген еді",
    ),
    "{value} ends at a border node, expected a row for it in crossing_links.csv": (
        "{value} кончается в пограничном узле, ожидается его строка в crossing_links.csv",
        "{value} шекара түйінінде аяқталады, crossing_links.csv ішінде оның жолы күтілген еді",
    ),
    "{value} belongs to a crossing, expected a border node at one end": (
        "{value} принадлежит переходу, на одном конце ожидается пограничный узел",
        "{value} өткелге тиесілі, бір ұшында шекара түйіні күтілген еді",
    ),
    "both ends are border nodes, expected a node of a country between them": (
        "оба конца — пограничные узлы, между ними ожидается узел страны",
        "екі ұшы да шекара түйіні, араларында ел түйіні күтілген еді",
    ),
    "empty, expected a country for a link on land": (
        "пусто, у звена на суше ожидается страна",
        "бос, құрлықтағы буынның елі күтілген еді",
    ),
    "{value}, but an end lies in {other}; split the link at a border node": (
        "{value}, но один конец лежит в {other}; разделите звено пограничным узлом",
        "{value}, бірақ бір ұшы {other} елінде; буынды шекара түйінімен бөліңіз",
    ),
    "joins {value} and {other}, expected a border node between them": (
        "соединяет {value} и {other}, между ними ожидается пограничный узел",
        "{value} мен {other} елдерін қосады, араларында шекара түйіні күтілген еді",
    ),
    "begins {km} km from its node, expected at most {low}": (
        "начинается в {km} км от своего узла, ожидается не больше {low}",
        "өз түйінінен {km} км жерде басталады, ең көбі {low} күтілген еді",
    ),
    "ends {km} km from its node, expected at most {low}": (
        "кончается в {km} км от своего узла, ожидается не больше {low}",
        "өз түйінінен {km} км жерде аяқталады, ең көбі {low} күтілген еді",
    ),
    "its ends lie {km} km from the nodes, expected at most {low}": (
        "концы в {km} км от узлов, ожидается не больше {low}",
        "ұштары түйіндерден {km} км жерде, ең көбі {low} күтілген еді",
    ),
    "{km} km long as drawn, expected at most the {low} km of length_km": (
        "начерчено {km} км, ожидается не больше {low} км из length_km",
        "сызылған ұзындығы {km} км, ең көбі length_km бағанындағы {low} км күтілген еді",
    ),
    # crossings and waits
    "{value} belongs to {other} already": (
        "{value} уже принадлежит {other}",
        "{value} {other} өткеліне бұрыннан тиесілі",
    ),
    "{value} is also country_a": ("{value} стоит и в country_a", "{value} country_a бағанында да тұр"),
    "{value} has {count} border nodes, expected 1": (
        "{value}: пограничных узлов {count}, ожидается 1",
        "{value}: шекара түйіні {count}, 1 күтілген еді",
    ),
    "{value} has links in {words}, expected in {key} and {other}": (
        "{value}: звенья в {words}, ожидаются в {key} и {other}",
        "{value}: буындары {words} елдерінде, {key} мен {other} елдерінде күтілген еді",
    ),
    "{value} has no links in a country, expected in {key} and {other}": (
        "{value}: нет звеньев ни в одной стране, ожидаются в {key} и {other}",
        "{value}: ешбір елде буыны жоқ, {key} мен {other} елдерінде күтілген еді",
    ),
    "{name}: border node {value} belongs to several crossings": (
        "{name}: пограничный узел {value} принадлежит нескольким переходам",
        "{name}: {value} шекара түйіні бірнеше өткелге тиесілі",
    ),
    "{value}, expected {key} or {other}": (
        "{value}, ожидается {key} или {other}",
        "{value}, {key} не {other} күтілген еді",
    ),
    "{value}, expected P10 ≤ P50 ≤ P90": (
        "{value}, ожидается P10 ≤ P50 ≤ P90",
        "{value}, P10 ≤ P50 ≤ P90 күтілген еді",
    ),
    # dates and claims
    "{value} lies before {other}": ("{value} раньше, чем {other}", "{value} {other} күнінен бұрын"),
    "{key} of {name} is '{value}' {said}, but '{other}' {list} on line {at}, expected one value at a time": (
        "{key} у {name}: '{value}' {said}, но '{other}' {list} в строке {at}, ожидается одно значение за раз",
        "{name} үшін {key}: '{value}' {said}, бірақ {at}-жолда '{other}' {list}, бір уақытта бір мән күтілген еді",
    ),
    "from {low} to {high}": ("с {low} до {high}", "{low} – {high} аралығында"),
    "from {low}": ("с {low}", "{low} күнінен бастап"),
    "to {high}": ("до {high}", "{high} күніне дейін"),
    "always": ("всегда", "әрқашан"),
    "empty, expected a figure to compare with": (
        "пусто, ожидается число для сравнения",
        "бос, салыстыратын сан күтілген еді",
    ),
    # files beside the tables
    "{name}: expected a GeoJSON FeatureCollection": (
        "{name}: ожидается GeoJSON FeatureCollection",
        "{name}: GeoJSON FeatureCollection күтілген еді",
    ),
    "{name}, reference_date: {value}, expected a date as text": (
        "{name}, reference_date: {value}, ожидается дата текстом",
        "{name}, reference_date: {value}, мәтін түріндегі күн күтілген еді",
    ),
    "{name}: {key} is missing, expected a table with value, unit and source": (
        "{name}: нет {key}, ожидается таблица с value, unit и source",
        "{name}: {key} жоқ, value, unit және source бар кесте күтілген еді",
    ),
    "{name}, {key}: {value}, expected a number": (
        "{name}, {key}: {value}, ожидается число",
        "{name}, {key}: {value}, сан күтілген еді",
    ),
    "{name}, {key}: {value}, expected text": (
        "{name}, {key}: {value}, ожидается текст",
        "{name}, {key}: {value}, мәтін күтілген еді",
    ),
    "{name}, {key}: {value}, expected at least {low}": (
        "{name}, {key}: {value}, ожидается не меньше {low}",
        "{name}, {key}: {value}, кемінде {low} күтілген еді",
    ),
    "{name}, {key}: {value} is unknown, expected value, unit, source, date, note, minimum": (
        "{name}, {key}: {value} неизвестно, ожидается value, unit, source, date, note, minimum",
        "{name}, {key}: {value} белгісіз, value, unit, source, date, note, minimum күтілген еді",
    ),
}
