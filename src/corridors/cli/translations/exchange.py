"""What is said where networks come in and go out in other formats: English to Russian and Kazakh."""

from __future__ import annotations

EXCHANGE: dict[str, tuple[str, str]] = {
    # what was done
    "{file}: {nodes} nodes, {links} links, {crossings} crossings": (
        "{file}: узлов {nodes}, звеньев {links}, переходов {crossings}",
        "{file}: түйін {nodes}, буын {links}, өткел {crossings}",
    ),
    "{file}: {nodes} nodes, {links} links": (
        "{file}: узлов {nodes}, звеньев {links}",
        "{file}: түйін {nodes}, буын {links}",
    ),
    "{folder}: {nodes} nodes, {links} links, {crossings} crossings; now: corridors info --network {again}": (
        "{folder}: узлов {nodes}, звеньев {links}, переходов {crossings}; далее: corridors info --network {again}",
        "{folder}: түйін {nodes}, буын {links}, өткел {crossings}; енді: corridors info --network {again}",
    ),
    # what was lost or estimated
    "{key} leaves out {known}": ("{key} не содержит: {known}", "{key} пішімінде жоқ: {known}"),
    "files beside the tables stay where they are: {known}": (
        "файлы рядом с таблицами остаются на месте: {known}",
        "кестелердің жанындағы файлдар орнында қалады: {known}",
    ),
    "osmnx reads columns of ours back as text, unless load_graphml is told their types": (
        "osmnx читает наши столбцы обратно как текст, если не указать их типы в load_graphml",
        "load_graphml түрлерін айтпаса, osmnx біздің бағандарды мәтін ретінде оқиды",
    ),
    "no outlines of {known} are known: links between two countries are cut halfway, where their crossings lie by "
    "estimate; --boundaries FILE gives outlines": (
        (
            "границы {known} неизвестны: звенья между двумя странами разрезаны посередине, места переходов там — "
            "оценка; границы задаёт --boundaries FILE"
        ),
        (
            "{known} шекаралары белгісіз: екі ел арасындағы буындар ортасынан бөлінген, өткелдердің орны — бағалау; "
            "шекараларды --boundaries FILE береді"
        ),
    ),
    "ends of lines that lie in another country than the source says, by the outlines: {count}": (
        "концов линий, лежащих по границам не в той стране, что называет источник: {count}",
        "шекаралар бойынша дереккөз атағаннан басқа елде жатқан сызық ұштары: {count}",
    ),
    "links left out, between modes, which are made anew: {count}": (
        "пропущено звеньев: {count}; пересадки между видами транспорта создаются заново",
        "алынбаған буындар: {count}; көлік түрлері арасындағы ауысулар қайта жасалады",
    ),
    "links left out, both ends are the same node: {count}": (
        "пропущено звеньев: {count}; оба конца — один и тот же узел",
        "алынбаған буындар: {count}; екі ұшы да бір түйін",
    ),
    "links left out, for none of freight, passenger, lorry, car: {count}": (
        "пропущено звеньев: {count}; не для грузовиков и легковых, грузов и пассажиров",
        "алынбаған буындар: {count}; жүк көлігіне, жеңіл көлікке, жүкке, жолаушыға арналмаған",
    ),
    "links whose geometry_id is not in geometry.csv, drawn straight: {count}": (
        "звеньев, чьего geometry_id нет в geometry.csv, проведено прямо: {count}",
        "geometry_id мәні geometry.csv ішінде жоқ, түзу сызылған буындар: {count}",
    ),
    "links whose {key} is none of ours, left empty: {count}": (
        "звеньев, чьё поле {key} понимается иначе, оставлено пустым: {count}",
        "{key} бағаны басқа мағынада, бос қалдырылған буындар: {count}",
    ),
    "links whose status is none of ours, counted as open: {count}": (
        "звеньев, чьё поле status понимается иначе, считается открытыми: {count}",
        "status бағаны басқа мағынада, ашық деп саналған буындар: {count}",
    ),
    # what is wrong
    "{name}: expected the name of a folder": ("{name}: ожидается имя папки", "{name}: қалта атауы күтілген еді"),
    "file {name}: expected a name that ends in {known} for {value}": (
        "файл {name}: для {value} ожидается имя с окончанием {known}",
        "файл {name}: {value} үшін {known} деп аяқталатын атау күтілген еді",
    ),
    "format {name} needs {value}: expected pip install {known}": (
        "формату {name} нужен пакет {value}: ожидается pip install {known}",
        "{name} пішіміне {value} бумасы керек: pip install {known} күтілген еді",
    ),
    "{name} of {key}: {value} cannot stand in XML, expected text": (
        "{name} ({key}): {value} не может стоять в XML, ожидается текст",
        "{name} ({key}): {value} XML ішінде тұра алмайды, мәтін күтілген еді",
    ),
    "{name}: a feature of it cannot be read: {value}": (
        "{name}: объект в нём не читается: {value}",
        "{name}: ішіндегі нысан оқылмайды: {value}",
    ),
    "{name}: makes no sound network: {said}": (
        "{name}: пригодной сети не получается: {said}",
        "{name}: жарамды желі шықпайды: {said}",
    ),
    "{name}: no config.csv that names long_length, expected it or --length-unit": (
        "{name}: нет config.csv с long_length, ожидается он или --length-unit",
        "{name}: long_length аталған config.csv жоқ, сол не --length-unit күтілген еді",
    ),
    "{name}: no config.csv that names speed, expected it or --speed-unit": (
        "{name}: нет config.csv с speed, ожидается он или --speed-unit",
        "{name}: speed аталған config.csv жоқ, сол не --speed-unit күтілген еді",
    ),
    "{name}: countries cannot be known, expected --countries or a column country with ISO 3166-1 codes": (
        "{name}: страны неизвестны, ожидается --countries или столбец country с кодами ISO 3166-1",
        "{name}: елдер белгісіз, --countries не ISO 3166-1 кодтары бар country бағаны күтілген еді",
    ),
    "{name}: has a border already, expected no --countries, --boundaries, --join-gaps": (
        "{name}: граница там уже есть, --countries, --boundaries, --join-gaps не ожидаются",
        "{name}: шекарасы бар, --countries, --boundaries, --join-gaps күтілмейді",
    ),
    "{name}: has a border already, expected no countries and no boundaries": (
        "{name}: граница там уже есть, ни страны, ни границы не ожидаются",
        "{name}: шекарасы бар, елдер де, шекаралар да күтілмейді",
    ),
    "{name}, column crs: {value}, expected EPSG:4326 (longitude and latitude)": (
        "{name}, столбец crs: {value}, ожидается EPSG:4326 (долгота и широта)",
        "{name}, crs бағаны: {value}, EPSG:4326 (бойлық пен ендік) күтілген еді",
    ),
    "{name}, column {key}: {value}, expected {known} beside our other tables": (
        "{name}, столбец {key}: {value}, рядом с нашими таблицами ожидается {known}",
        "{name}, {key} бағаны: {value}, біздің кестелердің қасында {known} күтілген еді",
    ),
    "{name}: {value}, expected km, mi, m or ft": (
        "{name}: {value}, ожидается km, mi, m или ft",
        "{name}: {value}, km, mi, m не ft күтілген еді",
    ),
    "{name}: {value}, expected km/h, mph or m/s": (
        "{name}: {value}, ожидается km/h, mph или m/s",
        "{name}: {value}, km/h, mph не m/s күтілген еді",
    ),
    "{folder}: does not exist, expected a directory with node.csv and link.csv": (
        "{folder}: нет такой папки, ожидается папка с node.csv и link.csv",
        "{folder}: мұндай қалта жоқ, ішінде node.csv мен link.csv бар қалта күтіледі",
    ),
    "{folder}: is a file, expected a directory with node.csv and link.csv": (
        "{folder}: это файл, ожидается папка с node.csv и link.csv",
        "{folder}: бұл — файл, ішінде node.csv мен link.csv бар қалта күтіледі",
    ),
    "Missing command, expected one of {known}": (
        "не хватает команды, ожидается одна из: {known}",
        "команда жетіспейді, күтілетіні: {known}",
    ),
}
