"""What is said where lines become a network: English to Russian and Kazakh."""

from __future__ import annotations

BUILD: dict[str, tuple[str, str]] = {
    # the steps
    "areas": ("страны", "елдер"),
    "gaps": ("разрывы", "үзіктер"),
    "border": ("граница", "шекара"),
    "places": ("места", "орындар"),
    "chains": ("звенья", "буындар"),
    "tables": ("таблицы", "кестелер"),
    # what is wrong
    "no country: expected at least one code of two letters (ISO 3166-1), such as KZ": (
        "нет страны: ожидается хотя бы один двухбуквенный код (ISO 3166-1), например KZ",
        "ел жоқ: екі әріпті кем дегенде бір код (ISO 3166-1) күтілген еді, мысалы KZ",
    ),
    "country {name}: expected a code of two letters (ISO 3166-1), such as KZ": (
        "страна {name}: ожидается двухбуквенный код (ISO 3166-1), например KZ",
        "{name} елі: екі әріпті код (ISO 3166-1) күтілген еді, мысалы KZ",
    ),
    "country {name} stands twice": ("страна {name} стоит дважды", "{name} елі екі рет тұр"),
    "country {name}: no outline of it is known; expected one in --boundaries FILE": (
        "страна {name}: её граница неизвестна; ожидается в --boundaries FILE",
        "{name} елі: шекарасы белгісіз; --boundaries FILE ішінде күтілген еді",
    ),
    "country {name}: no outline of it is known; expected --boundaries FILE or pip install 'corridors[world]'": (
        "страна {name}: её граница неизвестна; ожидается --boundaries FILE или pip install 'corridors[world]'",
        "{name} елі: шекарасы белгісіз; --boundaries FILE не pip install 'corridors[world]' күтілген еді",
    ),
    "{name}: columns {known}; expected one of {value} (country) or {other} (region)": (
        "{name}: столбцы {known}; ожидается один из {value} (страна) или {other} (регион)",
        "{name}: {known} бағандары; {value} (ел) не {other} (өңір) бағандарының бірі күтілген еді",
    ),
    "{name}: no outline with a code of ISO 3166, expected polygons with codes such as KZ or KZ-YUZ": (
        "{name}: нет границ с кодом ISO 3166, ожидаются многоугольники с кодами, например KZ или KZ-YUZ",
        "{name}: ISO 3166 коды бар шекара жоқ, KZ не KZ-YUZ сияқты кодтары бар көпбұрыштар күтілген еді",
    ),
    "{name}: neither GeoPackage nor GeoJSON, or damaged, expected outlines": (
        "{name}: не GeoPackage и не GeoJSON или повреждён, ожидаются границы",
        "{name}: GeoPackage да, GeoJSON да емес не бүлінген, шекаралар күтілген еді",
    ),
    "{name}: no land border with {known}, expected neighbours": (
        "{name}: нет сухопутной границы с {known}, ожидаются соседи",
        "{name}: {known} елімен құрлық шекарасы жоқ, көршілес елдер күтілген еді",
    ),
    "{name}: no railway, road or ferry in {known}": (
        "{name}: нет ни железных дорог, ни автодорог, ни паромов в {known}",
        "{name}: {known} ішінде теміржол да, автожол да, паром да жоқ",
    ),
    "{name}: not written, a fault of corridors, not of the map; please report it: {value}": (
        "{name}: не записано, это ошибка corridors, а не карты; пожалуйста, сообщите о ней: {value}",
        "{name}: жазылмады, бұл картаның емес, corridors-тың қатесі; ол туралы хабарлауыңызды сұраймыз: {value}",
    ),
    # what the user should know
    "outline of {name}: the shipped one, good to about a kilometre; --boundaries FILE gives a better one": (
        "граница {name}: поставляемая, точная примерно до километра; лучшую задаёт --boundaries FILE",
        "{name} шекарасы: бірге жеткізілетіні, дәлдігі шамамен бір километр; дәлірегін --boundaries FILE береді",
    ),
    "outline of {name}: Natural Earth's, good to 1-2 km, without regions; --boundaries FILE gives a better one": (
        "граница {name}: из Natural Earth, точная до 1-2 км, без регионов; лучшую задаёт --boundaries FILE",
        "{name} шекарасы: Natural Earth деректері, дәлдігі 1-2 км, өңірсіз; дәлірегін --boundaries FILE береді",
    ),
    "outline of {name}: the shipped one, good to about a kilometre; --boundaries has none": (
        "граница {name}: поставляемая, точная примерно до километра; в --boundaries её нет",
        "{name} шекарасы: бірге жеткізілетіні, дәлдігі шамамен бір километр; --boundaries ішінде ол жоқ",
    ),
    "outline of {name}: Natural Earth's, good to 1-2 km, without regions; --boundaries has none": (
        "граница {name}: из Natural Earth, точная до 1-2 км, без регионов; в --boundaries её нет",
        "{name} шекарасы: Natural Earth деректері, дәлдігі 1-2 км, өңірсіз; --boundaries ішінде ол жоқ",
    ),
    "{name}: layers read: {known}": (
        "{name}: прочитаны слои: {known}",
        "{name}: оқылған қабаттар: {known}",
    ),
    "{name}: layers read: {known}; without outlines of countries or regions: {other}": (
        "{name}: прочитаны слои: {known}; без границ стран и регионов: {other}",
        "{name}: оқылған қабаттар: {known}; елдер мен өңірлер шекаралары жоқ қабаттар: {other}",
    ),
    "{name}: codes that are no region of ISO 3166-2, taken as land of their country: {count} ({known})": (
        "{name}: коды, которые не являются регионами ISO 3166-2 и взяты как земля своей страны: {count} ({known})",
        "{name}: ISO 3166-2 өңірі емес, өз елінің жері деп алынған кодтар: {count} ({known})",
    ),
    "{name}: rows without a code of ISO 3166 or without a polygon, left out: {count}": (
        "{name}: строк без кода ISO 3166 или без многоугольника пропущено: {count}",
        "{name}: ISO 3166 коды не көпбұрышы жоқ, алынбаған жолдар: {count}",
    ),
    "regions of {name} that are not all of it, left out: {known}": (
        "регионы {name}, которые составляют не всю страну, пропущены: {known}",
        "{name} елін түгел құрамайтын, алынбаған өңірлер: {known}",
    ),
    "lines outside {known} left out: {km} km": (
        "линий вне {known} пропущено: {km} км",
        "{known} сыртындағы алынбаған сызықтар: {km} км",
    ),
    "lines that lead more than half round the earth, left out: {count}": (
        "линий, которые ведут больше чем вполовину вокруг Земли, пропущено: {count}",
        "Жерді жартысынан артық айналатын, алынбаған сызықтар: {count}",
    ),
    "ferries to other countries or out to sea, left out: {count}": (
        "паромов в другие страны или в открытое море пропущено: {count}",
        "басқа елдерге не ашық теңізге баратын, алынбаған паромдар: {count}",
    ),
    "dead ends near another line that they do not join: {count}; gaps.csv lists them": (
        "тупиков рядом с другой линией, с которой они не соединены: {count}; они перечислены в gaps.csv",
        "басқа сызыққа жақын, бірақ оған қосылмаған тұйықтар: {count}; тізімі gaps.csv ішінде",
    ),
    "dead ends at one position joined: {count}; joined.csv lists them": (
        "соединено тупиков, стоящих в одной точке: {count}; они перечислены в joined.csv",
        "бір нүктеде тұрған, қосылған тұйықтар: {count}; тізімі joined.csv ішінде",
    ),
    "gaps joined: {count}; joined.csv lists them": (
        "соединено разрывов: {count}; они перечислены в joined.csv",
        "қосылған үзіктер: {count}; тізімі joined.csv ішінде",
    ),
    "links at crossings of several tracks or lanes lengthened by {count} m in all": (
        "звенья у переходов из нескольких путей или полос удлинены всего на {count} м",
        "бірнеше жолды өткелдердегі буындар барлығы {count} м ұзартылды",
    ),
    "places and stations closed or planned, left out: {count}": (
        "закрытых или планируемых мест и станций пропущено: {count}",
        "жабық не жоспарланған, алынбаған орындар мен стансалар: {count}",
    ),
    "places and stations without a line nearby, left out: {count}": (
        "мест и станций, вблизи которых нет линии, пропущено: {count}",
        "жанында сызық жоқ, алынбаған орындар мен стансалар: {count}",
    ),
    "nobody says how long one waits at these crossings: all wait as data/assumptions.toml has it (wait_h), "
    "until network/waits.csv or --wait says better": (
        (
            "никто не говорит, сколько ждут на этих переходах: все ждут, как в data/assumptions.toml (wait_h), "
            "пока network/waits.csv или --wait не уточнят"
        ),
        (
            "бұл өткелдерде қанша күтетінін ешкім айтпайды: network/waits.csv не --wait нақтылағанша, "
            "барлығы data/assumptions.toml (wait_h) бойынша күтеді"
        ),
    ),
    "no line crosses the border between {known}": (
        "ни одна линия не пересекает границу между {known}",
        "{known} арасындағы шекараны бірде-бір сызық қиып өтпейді",
    ),
    "no place has a population: zones need one, in data/populations.csv or by --zones": (
        "ни у одного места нет населения: оно нужно зонам, в data/populations.csv или через --zones",
        "бірде-бір орынның халқы белгісіз: аймақтарға ол керек, data/populations.csv ішінде не --zones арқылы",
    ),
    # what lacks where a map does not say how many people live anywhere
    "no place has the people to be a zone ({count}): --zones FILE or populations.csv gives them": (
        "ни у одного места нет жителей, чтобы быть зоной ({count}): их даёт --zones FILE или populations.csv",
        "бірде-бір орында аймақ болатындай халық жоқ ({count}): оны --zones FILE не populations.csv береді",
    ),
    "without zones only crossings, densities and indices are known: --zones FILE or populations.csv gives them": (
        "без зон известны только переходы, плотности и индексы: зоны даёт --zones FILE или populations.csv",
        "аймақтарсыз тек өткел, тығыздық пен индекс белгілі: аймақтарды --zones FILE не populations.csv береді",
    ),
    "indicator {name} needs zones: populations.csv gives them": (
        "показателю {name} нужны зоны: их даёт populations.csv",
        "{name} көрсеткішіне аймақтар керек: оларды populations.csv береді",
    ),
    "no region lies at the border": ("ни один регион не лежит у границы", "бірде-бір өңір шекарада жатқан жоқ"),
    "no region lies at the border in {country}": (
        "ни один регион не лежит у границы: {country}",
        "бірде-бір өңір шекарада жатқан жоқ: {country}",
    ),
}
