"""What is said where OpenStreetMap files are read: English to Russian and Kazakh."""

from __future__ import annotations

OSM: dict[str, tuple[str, str]] = {
    # what is being done
    "reading the files": ("чтение файлов", "файлдарды оқу"),
    "assembling the network": ("сборка сети", "желіні құрастыру"),
    # what was left out
    "{name}: ways cut where points are not in the file: {count} (points: {value})": (
        "{name}: линий обрезано там, где их точек нет в файле: {count} (точек: {value})",
        "{name}: нүктелері файлда жоқ жерде кесілген сызықтар: {count} (нүкте: {value})",
    ),
    "{name}: spots left out, whose place is not in the file, or not all of it: {count}": (
        "{name}: пропущено станций, портов и пунктов, положения которых нет в файле или оно неполно: {count}",
        "{name}: орны файлда жоқ не толық емес стансалар, порттар мен бекеттер алынбады: {count}",
    ),
    "ways in versions that contradict each other: {count}; of each the newest was taken, or the first": (
        "линий в противоречащих друг другу версиях: {count}; из каждых взята новейшая или первая",
        "бір-біріне қайшы нұсқалары бар сызықтар: {count}; әрқайсысының ең жаңасы не біріншісі алынды",
    ),
    "land of which no region is known is a region of its own: {name}": (
        "земля, регион которой неизвестен, считается отдельным регионом: {name}",
        "өңірі белгісіз жер жеке өңір болып саналды: {name}",
    ),
    "objects outdated by a newer version in another file, left out or moved: {count}": (
        "объектов, устаревших по более новой версии в другом файле, пропущено или перемещено: {count}",
        "басқа файлдағы жаңарақ нұсқа бойынша ескірген нысандар алынбады не жылжытылды: {count}",
    ),
    "{name}: outlines not whole, left out: {known}": (
        "{name}: неполные границы пропущены: {known}",
        "{name}: толық емес шекаралар алынбады: {known}",
    ),
    # what is wrong
    "--roads {value}: expected one of {known}": (
        "--roads {value}: ожидается одно из: {known}",
        "--roads {value}: мыналардың бірі күтілген еді: {known}",
    ),
    "--countries {value}: expected different codes of two letters (ISO 3166-1), such as RU,KZ": (
        "--countries {value}: ожидаются разные двухбуквенные коды (ISO 3166-1), например RU,KZ",
        "--countries {value}: екі әріпті әртүрлі кодтар (ISO 3166-1) күтілген еді, мысалы RU,KZ",
    ),
    "--countries {value}: expected codes of ISO 3166-1; did you mean {near}?": (
        "--countries {value}: ожидаются коды ISO 3166-1; может быть, {near}?",
        "--countries {value}: ISO 3166-1 кодтары күтілген еді; мүмкін, {near}?",
    ),
    "OpenStreetMap files: the package osmium is missing; pip install 'corridors[osm]'": (
        "файлы OpenStreetMap: нет пакета osmium; pip install 'corridors[osm]'",
        "OpenStreetMap файлдары: osmium бумасы жоқ; pip install 'corridors[osm]'",
    ),
    "{name}: suffix {value} is unknown, expected .osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m or .opl": (
        "{name}: расширение {value} неизвестно, ожидается .osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m или .opl",
        "{name}: {value} кеңейтімі белгісіз, .osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m не .opl күтілген еді",
    ),
    "{name}: {said}, expected an OpenStreetMap file": (
        "{name}: {said}, ожидается файл OpenStreetMap",
        "{name}: {said}, OpenStreetMap файлы күтілген еді",
    ),
    "empty": ("пусто", "бос"),
    "a zip archive": ("архив zip", "zip мұрағаты"),
    "a 7z archive": ("архив 7z", "7z мұрағаты"),
    "a picture": ("рисунок", "сурет"),
    "a PDF": ("документ PDF", "PDF құжаты"),
    "a database or GeoPackage": ("база данных или GeoPackage", "дерекқор не GeoPackage"),
    "{name}: a history or changes, expected the map of one day": (
        "{name}: история или изменения, ожидается карта на один день",
        "{name}: тарих не өзгерістер, бір күннің картасы күтілген еді",
    ),
    "{name}: damaged, or not of OpenStreetMap: {value}": (
        "{name}: повреждён или не файл OpenStreetMap: {value}",
        "{name}: бүлінген не OpenStreetMap файлы емес: {value}",
    ),
    "{name}: line {line}, {value}: cut off, expected a whole line and a newline": (
        "{name}: строка {line}, {value}: обрезана, ожидается целая строка с переводом строки",
        "{name}: {line}-жол, {value}: үзілген, соңында жол ауысуы бар тұтас жол күтілген еді",
    ),
    "{name}: no railway, road or ferry, expected some": (
        "{name}: нет ни железных дорог, ни автодорог, ни паромов",
        "{name}: теміржол да, автожол да, паром да жоқ",
    ),
    "{name}: no outlines, expected polygons of countries or regions": (
        "{name}: нет границ, ожидаются многоугольники стран или регионов",
        "{name}: шекара жоқ, елдердің не өңірлердің көпбұрыштары күтілген еді",
    ),
}
