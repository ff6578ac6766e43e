"""Errors in the terminal: English to Russian and Kazakh."""

from __future__ import annotations

COMPLAINTS: dict[str, tuple[str, str]] = {
    # what a name stands for
    "origin": ("откуда", "қайдан"),
    "place": ("место", "орын"),
    "crossing": ("переход", "өткел"),
    "avoid-country": ("страна объезда", "айналып өтетін ел"),
    "assumption": ("допущение", "жорамал"),
    "vehicle": ("перевозка", "тасымал"),
    "format": ("формат", "пішім"),
    "indicator": ("показатель", "көрсеткіш"),
    "lang": ("язык", "тіл"),
    "language": ("язык", "тіл"),
    "method": ("метод", "әдіс"),
    "link": ("звено", "буын"),
    "link, crossing or corridor": ("звено, переход или коридор", "буын, өткел немесе дәліз"),
    # names
    "{what} {name} is unknown, expected one of {known}": (
        "{what} {name}: неизвестно, ожидается одно из: {known}",
        "{what} {name}: белгісіз, күтілетіні: {known}",
    ),
    "{what} {name} is unknown; the nearest is {near}": (
        "{what} {name}: неизвестно; ближайшее — {near}",
        "{what} {name}: белгісіз; ең жақыны — {near}",
    ),
    "{what} {name} is unknown, expected the name or id of a {kind}": (
        "{what} {name}: неизвестно, ожидается название или код ({kind})",
        "{what} {name}: белгісіз, атауы не коды күтіледі ({kind})",
    ),
    "{what} {name} is unknown, expected the id of a {kind}": (
        "{what} {name}: неизвестно, ожидается код ({kind})",
        "{what} {name}: белгісіз, коды күтіледі ({kind})",
    ),
    "{what} {name} is ambiguous, expected one of: {known}": (
        "{what} {name}: неоднозначно, ожидается одно из: {known}",
        "{what} {name}: екіұшты, күтілетіні: {known}",
    ),
    "{what} {name} is unknown": ("{what} {name}: неизвестно", "{what} {name}: белгісіз"),
    "{what} {name} is not in the network": ("{what} {name}: нет в сети", "{what} {name}: желіде жоқ"),
    "scenario {name} is unknown, expected a TOML file or one of {known}": (
        "сценарий {name}: неизвестен, ожидается файл TOML или один из: {known}",
        "сценарий {name}: белгісіз, TOML файлы не мыналардың бірі күтіледі: {known}",
    ),
    "scenario {name} is unknown; did you mean {near}?": (
        "сценарий {name}: неизвестен; может быть, {near}?",
        "сценарий {name}: белгісіз; мүмкін, {near}?",
    ),
    "assumption {name} is unknown; did you mean {near}?": (
        "допущение {name}: неизвестно; может быть, {near}?",
        "жорамал {name}: белгісіз; мүмкін, {near}?",
    ),
    "{what} {name}: expected latitude -90 to 90, longitude -180 to 180": (
        "{what} {name}: ожидается широта от -90 до 90, долгота от -180 до 180",
        "{what} {name}: ендік -90…90, бойлық -180…180 күтіледі",
    ),
    "destination {name}: the same place as the origin, expected another": (
        "куда {name}: то же место, что и откуда, ожидается другое",
        "қайда {name}: шыққан жермен бірдей, басқасы күтіледі",
    ),
    "through {name}: the same country, expected another": (
        "через {name}: та же страна, ожидается другая",
        "арқылы {name}: сол елдің өзі, басқасы күтіледі",
    ),
    "through {name}: expected with another country, whose own traffic depends on it": (
        "через {name}: нужна и другая страна, чьи внутренние перевозки зависят",
        "арқылы {name}: ішкі тасымалы тәуелді басқа ел де керек",
    ),
    "avoid-country {country}: {place} lies in it": (
        "страна объезда {country}: {place} находится в ней",
        "айналып өтетін ел {country}: {place} соның ішінде",
    ),
    "scenarios: none given, expected at least one": (
        "сценарии: не заданы, ожидается хотя бы один",
        "сценарийлер: берілмеген, кемінде біреуі күтіледі",
    ),
    "scenario {name} stands twice, expected different names": (
        "сценарий {name}: назван дважды, ожидаются разные названия",
        "сценарий {name}: екі рет аталған, әртүрлі атаулар күтіледі",
    ),
    "scenario {file}, line {line}, {key}: {said}": (
        "сценарий {file}, строка {line}, {key}: {said}",
        "сценарий {file}, {line}-жол, {key}: {said}",
    ),
    # numbers and dates
    "date {value}: expected YYYY, YYYY-MM or YYYY-MM-DD": (
        "дата {value}: ожидается ГГГГ, ГГГГ-ММ или ГГГГ-ММ-ДД",
        "күні {value}: ЖЖЖЖ, ЖЖЖЖ-АА не ЖЖЖЖ-АА-КК күтіледі",
    ),
    "{option} {value}: expected a number": ("{option} {value}: ожидается число", "{option} {value}: сан күтіледі"),
    "{option} {value}: expected a whole number": (
        "{option} {value}: ожидается целое число",
        "{option} {value}: бүтін сан күтіледі",
    ),
    "{option} {value}: expected a number above 0": (
        "{option} {value}: ожидается число больше 0",
        "{option} {value}: 0-ден үлкен сан күтіледі",
    ),
    "{option} {value}: expected a whole number, 0 or more": (
        "{option} {value}: ожидается целое число, 0 или больше",
        "{option} {value}: 0 не одан үлкен бүтін сан күтіледі",
    ),
    "{option} {value}: expected 0 or more": (
        "{option} {value}: ожидается 0 или больше",
        "{option} {value}: 0 не одан үлкені күтіледі",
    ),
    "{option} {value}: expected at least {least}": (
        "{option} {value}: ожидается не меньше {least}",
        "{option} {value}: кемінде {least} күтіледі",
    ),
    "{option} {value}: expected a number from {low} to {high}": (
        "{option} {value}: ожидается число от {low} до {high}",
        "{option} {value}: {low}–{high} аралығындағы сан күтіледі",
    ),
    "wait {value}: expected hours from {low} to {high}": (
        "ожидание {value}: ожидаются часы от {low} до {high}",
        "күту {value}: {low}–{high} сағат күтіледі",
    ),
    "speed {value}: expected km/h over {low}, up to {high}": (
        "скорость {value}: ожидается км/ч больше {low}, до {high}",
        "жылдамдық {value}: {low}-ден жоғары, {high} км/сағ дейін күтіледі",
    ),
    "assumption {key}: {value} is out of range, expected from {low} to {high}": (
        "допущение {key}: {value} вне пределов, ожидается от {low} до {high}",
        "жорамал {key}: {value} шектен тыс, {low}–{high} күтіледі",
    ),
    "years {first} to {last}: expected {low} to {high}, the first not after the last": (
        "годы {first}–{last}: ожидается от {low} до {high}, первый не позже последнего",
        "жылдар {first}–{last}: {low}–{high} күтіледі, біріншісі соңғысынан кейін емес",
    ),
    "sets of {size} crossings: expected {sizes}": (
        "сочетания переходов по {size}: ожидается {sizes}",
        "{size} өткелден жиындар: {sizes} күтіледі",
    ),
    "2 or 3": ("2 или 3", "2 не 3"),
    # options
    "{option} {value}: expected together with {other}": (
        "{option} {value}: ожидается вместе с {other}",
        "{option} {value}: {other} бірге күтіледі",
    ),
    "{option} {value}: expected {other} with it": (
        "{option} {value}: вместе с этим ожидается {other}",
        "{option} {value}: онымен бірге {other} күтіледі",
    ),
    "{option} {value} with {other}: expected one of them": (
        "{option} {value} и {other}: ожидается одно из них",
        "{option} {value} және {other}: біреуі ғана күтіледі",
    ),
    "{option} and {other}: expected both or neither": (
        "{option} и {other}: ожидаются оба или ни одного",
        "{option} және {other}: екеуі де не ешқайсысы күтіледі",
    ),
    "{option}: expected one of them": ("{option}: ожидается одно из них", "{option}: біреуі ғана күтілген еді"),
    "{option} {value}: expected one of {known}": (
        "{option} {value}: ожидается одно из: {known}",
        "{option} {value}: мыналардың бірі күтілген еді: {known}",
    ),
    "{option} and {other}: expected one of them": (
        "{option} и {other}: ожидается одно из них",
        "{option} және {other}: біреуі ғана күтіледі",
    ),
    "{option} {value}: expected {form}": (
        "{option} {value}: ожидается {form}",
        "{option} {value}: {form} күтіледі",
    ),
    "CROSSING=HOURS": ("ПЕРЕХОД=ЧАСЫ", "ӨТКЕЛ=САҒАТ"),
    "KEY=VALUE": ("КЛЮЧ=ЗНАЧЕНИЕ", "КІЛТ=МӘН"),
    "--weights {value}: expected gravity, uniform or a CSV with origin, destination, weight": (
        "--weights {value}: ожидается gravity, uniform или CSV со столбцами origin, destination, weight",
        "--weights {value}: gravity, uniform не origin, destination, weight бағандары бар CSV күтіледі",
    ),
    "compared: a map shows one scenario, not {count}": (
        "сравнение: карта показывает один сценарий, а не {count}",
        "салыстыру: карта бір сценарийді көрсетеді, {count} емес",
    ),
    "compared: no flow on links, expected of compare(..., flows=True)": (
        "сравнение: нет потоков по звеньям, ожидается compare(..., flows=True)",
        "салыстыру: буындар бойынша ағын жоқ, compare(..., flows=True) күтіледі",
    ),
    "dpi {value}: expected {least} to {most}": (
        "dpi {value}: ожидается от {least} до {most}",
        "dpi {value}: {least} мен {most} аралығы күтіледі",
    ),
    "picture {file}: suffix {suffix} is unknown, expected {known}": (
        "рисунок {file}: окончание {suffix} неизвестно, ожидается {known}",
        "сурет {file}: {suffix} жалғауы белгісіз, {known} күтіледі",
    ),
    "mode {mode} with vehicle {vehicle}: no link of the network allows that": (
        "вид транспорта {mode} и перевозка {vehicle}: таких звеньев в сети нет",
        "көлік түрі {mode} және тасымал {vehicle}: желіде ондай буын жоқ",
    ),
    # no answer
    "no route from {a} to {b} by {by} ({vehicle}) as of {date}": (
        "нет маршрута {a} – {b} {by} ({vehicle}) на {date}",
        "{a} – {b} бағыты жоқ, {by} ({vehicle}), {date} күніне",
    ),
    "no route from {a} to {b} by {by} ({vehicle}) as of {date} without entering {country}": (
        "нет маршрута {a} – {b} {by} ({vehicle}) на {date} без въезда ({country})",
        "{a} – {b} бағыты жоқ, {by} ({vehicle}), {date} күніне, кірмей ({country})",
    ),
    "no route from {a} to {b} by {by} ({vehicle}) as of {date} under {scenario}": (
        "нет маршрута {a} – {b} {by} ({vehicle}) на {date}, сценарий {scenario}",
        "{a} – {b} бағыты жоқ, {by} ({vehicle}), {date} күніне, сценарий {scenario}",
    ),
    "no route from {a} to {b} by {by} ({vehicle}) as of {date} without entering {country} under {scenario}": (
        "нет маршрута {a} – {b} {by} ({vehicle}) на {date} без въезда ({country}), сценарий {scenario}",
        "{a} – {b} бағыты жоқ, {by} ({vehicle}), {date} күніне, кірмей ({country}), сценарий {scenario}",
    ),
    "{place}: no node of mode {mode} within {km} km in its country": (
        "{place}: в своей стране ближе {km} км нет узлов ({mode})",
        "{place}: өз елінде {km} км ішінде түйін жоқ ({mode})",
    ),
    "{place}: no node that mode {mode} with vehicle {vehicle} can use": (
        "{place}: нет доступных узлов ({mode}, {vehicle})",
        "{place}: қолжетімді түйін жоқ ({mode}, {vehicle})",
    ),
    "{country} has {count} zones, expected at least 2": (
        "{country}: зон {count}, ожидается не меньше 2",
        "{country}: {count} аймақ, кемінде 2 күтіледі",
    ),
    "no pair of zones weighs anything": ("ни одна пара зон не имеет веса", "ешбір аймақ жұбының салмағы жоқ"),
    "no pair of zones weighs anything that begins in {country}": (
        "ни одна пара зон с началом в стране не имеет веса: {country}",
        "басталатын жері {country}: ешбір аймақ жұбының салмағы жоқ",
    ),
    "no pair of zones of {country} weighs anything": (
        "{country}: ни одна пара зон не имеет веса",
        "{country}: ешбір аймақ жұбының салмағы жоқ",
    ),
    "no pair of zones of {country} is joined by {by} ({vehicle})": (
        "{country}: ни одна пара зон не связана {by} ({vehicle})",
        "{country}: ешбір аймақ жұбы байланыспаған, {by} ({vehicle})",
    ),
    "no two zones are joined by {by} ({vehicle})": (
        "никакие две зоны не связаны {by} ({vehicle})",
        "ешбір екі аймақ байланыспаған, {by} ({vehicle})",
    ),
    "no two zones of two countries are joined by {by} ({vehicle})": (
        "никакие две зоны разных стран не связаны {by} ({vehicle})",
        "екі елдің ешбір екі аймағы байланыспаған, {by} ({vehicle})",
    ),
    "no crossing is open to {mode} ({vehicle}) as of {date}": (
        "нет открытых переходов: {mode} ({vehicle}), на {date}",
        "ашық өткел жоқ: {mode} ({vehicle}), {date} күніне",
    ),
    "sets of {size} crossings: only {count} open to {mode} ({vehicle})": (
        "сочетания переходов по {size}: открыто только {count}, {mode} ({vehicle})",
        "{size} өткелден жиындар: тек {count} ашық, {mode} ({vehicle})",
    ),
    "a report needs a border: the network has no crossing": (
        "для отчёта нужна граница: в сети нет переходов",
        "есепке шекара керек: желіде өткел жоқ",
    ),
    # files
    "{file}: cannot be written: {reason}": ("{file}: нельзя записать: {reason}", "{file}: жазуға болмайды: {reason}"),
    "folder {folder}: cannot be made: {reason}": (
        "папка {folder}: нельзя создать: {reason}",
        "{folder} қалтасы: жасауға болмайды: {reason}",
    ),
    "{file}: cannot be made: {reason}": ("{file}: нельзя создать: {reason}", "{file}: жасауға болмайды: {reason}"),
    "{file}: is there already, expected a new or empty directory": (
        "{file}: уже существует, ожидается новая или пустая папка",
        "{file}: бар, жаңа не бос қалта күтіледі",
    ),
    "standard output": ("стандартный вывод", "стандартты шығыс"),
    "it is a directory": ("это папка", "бұл — қалта"),
    "it is closed": ("он закрыт", "ол жабық"),
    "No such file or directory": ("нет такого файла или папки", "мұндай файл не қалта жоқ"),
    "Permission denied": ("нет прав доступа", "рұқсат жоқ"),
    "Is a directory": ("это папка", "бұл — қалта"),
    "No space left on device": ("на диске нет места", "дискіде орын жоқ"),
    "{folder}: does not exist, expected a directory with {file}": (
        "{folder}: нет такой папки, ожидается папка с {file}",
        "{folder}: мұндай қалта жоқ, ішінде {file} бар қалта күтіледі",
    ),
    "{folder}: is a file, expected a directory with {file}": (
        "{folder}: это файл, ожидается папка с {file}",
        "{folder}: бұл — файл, ішінде {file} бар қалта күтіледі",
    ),
    "{network}: no claims.csv, expected claims to test": (
        "{network}: нет claims.csv, ожидаются утверждения для проверки",
        "{network}: claims.csv жоқ, тексеретін тұжырымдар күтіледі",
    ),
    # the words before a wrong command line
    "Missing argument {name}; see corridors --help": (
        "не хватает аргумента {name}; см. corridors --help",
        "{name} аргументі жетіспейді; corridors --help қараңыз",
    ),
    "Missing option {name}; see corridors --help": (
        "не хватает параметра {name}; см. corridors --help",
        "{name} параметрі жетіспейді; corridors --help қараңыз",
    ),
    "No such option: {name} (Possible options: {near}); see corridors --help": (
        "нет такого параметра: {name} (есть {near}); см. corridors --help",
        "мұндай параметр жоқ: {name} (бары {near}); corridors --help қараңыз",
    ),
    "No such option: {name}; see corridors --help": (
        "нет такого параметра: {name}; см. corridors --help",
        "мұндай параметр жоқ: {name}; corridors --help қараңыз",
    ),
    "No such option: {name}; write -- before a value that begins with -": (
        "нет такого параметра: {name}; перед значением с «-» в начале пишите --",
        "мұндай параметр жоқ: {name}; «-» таңбасынан басталатын мәннің алдына -- жазыңыз",
    ),
    "No such command {name}, expected one of {known}": (
        "нет такой команды: {name}, ожидается одна из: {known}",
        "мұндай команда жоқ: {name}, күтілетіні: {known}",
    ),
    "Got unexpected extra argument ({name}); see corridors --help": (
        "лишний аргумент ({name}); см. corridors --help",
        "артық аргумент ({name}); corridors --help қараңыз",
    ),
    "Got unexpected extra arguments ({name}); see corridors --help": (
        "лишние аргументы ({name}); см. corridors --help",
        "артық аргументтер ({name}); corridors --help қараңыз",
    ),
    "Option {name} requires an argument; see corridors --help": (
        "параметру {name} нужно значение; см. corridors --help",
        "{name} параметріне мән керек; corridors --help қараңыз",
    ),
    "page {name}: suffix {value} is unknown, expected .html": (
        "страница {name}: расширение {value} неизвестно, ожидается .html",
        "бет {name}: {value} кеңейтімі белгісіз, .html күтілген еді",
    ),
    "{what} {name}: the explorer opens with places, expected the name of one": (
        "{what} {name}: страница открывается с местами, ожидается название места",
        "{what} {name}: бет орындармен ашылады, орын атауы күтілген еді",
    ),
    "rank {value}: expected 1 to {known}": (
        "место {value}: ожидается от 1 до {known}",
        "орын {value}: 1-ден {known} дейін күтілген еді",
    ),
    "scenario 'before': the flows of the baseline are called that, expected another name": (
        "сценарий 'before': так названы потоки исходного состояния, ожидается другое имя",
        "сценарий 'before': бастапқы ағындар осылай аталады, басқа атау күтілген еді",
    ),
    "{name}: expected the name of a file": ("{name}: ожидается имя файла", "{name}: файл атауы күтілген еді"),
    "assumption {key}: {value} is out of range, expected {known}": (
        "допущение {key}: {value} вне допустимого, ожидается {known}",
        "болжам {key}: {value} ауқымнан тыс, {known} күтілген еді",
    ),
    "a chart of crossings in the draws: expected draws with the dependency": (
        "график переходов в розыгрышах: нужны розыгрыши зависимости",
        "іріктемелердегі өткелдер графигі: тәуелділік іріктемелері керек",
    ),
    "a chart of arrivals: expected percentiles with the route": (
        "график прибытий: нужны процентили маршрута",
        "келу уақыттарының графигі: бағыт процентильдері керек",
    ),
    "{name}: no links in corridor_links": (
        "{name}: нет перегонов в corridor_links",
        "{name}: corridor_links кестесінде буындар жоқ",
    ),
    # files
    "{name}: missing, expected a file": (
        "{name}: нет такого, ожидается файл",
        "{name}: ондай жоқ, файл күтілген еді",
    ),
    "{name}: cannot be read: {value}": (
        "{name}: не читается: {value}",
        "{name}: оқылмайды: {value}",
    ),
    "{name}: binary content, expected text in UTF-8": (
        "{name}: двоичное содержимое, ожидается текст в UTF-8",
        "{name}: екілік мазмұн, UTF-8 мәтіні күтілген еді",
    ),
    "{name}, line {value}: byte {key} is not UTF-8": (
        "{name}, строка {value}: байт {key} не UTF-8",
        "{name}, {value}-жол: {key} байты UTF-8 емес",
    ),
    "{name}: not TOML: {value}": (
        "{name}: не TOML: {value}",
        "{name}: TOML емес: {value}",
    ),
    "{name}: not JSON: {value}": (
        "{name}: не JSON: {value}",
        "{name}: JSON емес: {value}",
    ),
    "{name}, line {value}: not CSV: {key}": (
        "{name}, строка {value}: не CSV: {key}",
        "{name}, {value}-жол: CSV емес: {key}",
    ),
    "{name}, line 1: column {key} is missing": (
        "{name}, строка 1: нет столбца {key}",
        "{name}, 1-жол: {key} бағаны жоқ",
    ),
    "{name}: column {key} is missing": (
        "{name}: нет столбца {key}",
        "{name}: {key} бағаны жоқ",
    ),
    "{name}, line 1: column {key} is unknown, expected {known}": (
        "{name}, строка 1: столбец {key} неизвестен, ожидается {known}",
        "{name}, 1-жол: {key} бағаны белгісіз, {known} күтілген еді",
    ),
    "{name}, line 1: column {key} stands twice": (
        "{name}, строка 1: столбец {key} стоит дважды",
        "{name}, 1-жол: {key} бағаны екі рет тұр",
    ),
    "{name}, line {value}: {key} cells, expected {known}": (
        "{name}, строка {value}: ячеек {key}, ожидается {known}",
        "{name}, {value}-жол: ұяшық саны {key}, {known} күтілген еді",
    ),
    "{name}: empty, expected the columns {known}": (
        "{name}: пусто, ожидаются столбцы {known}",
        "{name}: бос, мына бағандар күтілген еді: {known}",
    ),
    "{name}: {key} stands twice": (
        "{name}: {key} стоит дважды",
        "{name}: {key} екі рет тұр",
    ),
    "{name}: {value} zones, expected at least 2": (
        "{name}: зон {value}, ожидается не меньше 2",
        "{name}: аймақ саны {value}, кемінде 2 күтілген еді",
    ),
    "{name}, column {key}: {value}, expected a number of at least 0": (
        "{name}, столбец {key}: {value}, ожидается число не меньше 0",
        "{name}, {key} бағаны: {value}, 0-ден кем емес сан күтілген еді",
    ),
    "{name}, column {key}: {value} is no zone": (
        "{name}, столбец {key}: {value} не зона",
        "{name}, {key} бағаны: {value} аймақ емес",
    ),
    "{name}: no pair weighs anything": (
        "{name}: ни одна пара не имеет веса",
        "{name}: бірде-бір жұптың салмағы жоқ",
    ),
    "{name}: {value} problems": (
        "{name}: неполадок {value}",
        "{name}: ақау саны {value}",
    ),
    "{name}: {value} problem": (
        "{name}: неполадок {value}",
        "{name}: ақау саны {value}",
    ),
    "{name}: no claims.csv, expected claims to test": (
        "{name}: нет claims.csv, ожидаются утверждения для проверки",
        "{name}: claims.csv жоқ, тексерілетін тұжырымдар күтілген еді",
    ),
    "interrupted": ("прервано", "үзілді"),
}
