"""What claims are answered with, in the terminal: English to Russian and Kazakh."""

from __future__ import annotations

EVIDENCE: dict[str, tuple[str, str]] = {
    "confirmed": ("подтверждено", "расталды"),
    "contradicted": ("опровергнуто", "теріске шықты"),
    "not testable": ("нельзя проверить", "тексеруге келмейді"),
    "Confirmed": ("Подтверждено", "Расталды"),
    "Contradicted": ("Опровергнуто", "Теріске шықты"),
    "Not testable": ("Нельзя проверить", "Тексеруге келмейді"),
    "ours: {figure} – {evidence}": ("у нас: {figure} – {evidence}", "бізде: {figure} – {evidence}"),
    "mind: {limit}": ("учтите: {limit}", "ескеріңіз: {limit}"),
    "so": ("да", "иә"),
    "not so": ("нет", "жоқ"),
    "within {share}": ("в пределах {share}", "{share} шегінде"),
    # units after a figure
    "figure km": ("км", "км"),
    "figure regions": ("(регионы)", "өңір"),
    "figure districts": ("(округа)", "округ"),
    "figure places": ("(места)", "орын"),
    "figure lines": ("(линии)", "желі"),
    "figure roads": ("(дороги)", "жол"),
    "figure crossings": ("(переходы)", "өткел"),
    "figure modes": ("(виды транспорта)", "көлік түрі"),
    "figure million": ("млн", "млн"),
    "figure ratio": ("(отношение)", "(қатынас)"),
    # what was measured
    "{km} km on our line over {count} regions": (
        "{km} км нашей линии, регионов: {count}",
        "біздің сызықта {km} км, өңірлер: {count}",
    ),
    "Siberian": ("Сибирский", "Сібір"),
    "Southern": ("Южный", "Оңтүстік"),
    "Ural": ("Уральский", "Орал"),
    "Volga": ("Приволжский", "Еділ бойы"),
    "{used} lines meet the border at {points} points, {shut} not in use: {list}": (
        "линий у границы: {used}, точек: {points}, не действует: {shut}: {list}",
        "шекарадағы желілер: {used}, нүктелер: {points}, жұмыс істемейді: {shut}: {list}",
    ),
    "{used} lines meet the border at {points} points, {shut} not in use; {more} more points on lines without a name: "
    "{list}": (
        "линий у границы: {used}, точек: {points}, не действует: {shut}; точек на линиях без названия: {more}: {list}",
        (
            "шекарадағы желілер: {used}, нүктелер: {points}, жұмыс істемейді: {shut}; атаусыз желілердегі нүктелер: "
            "{more}: {list}"
        ),
    ),
    "trunk road on both sides: {said}": ("магистраль с обеих сторон: {said}", "екі жағы да магистраль: {said}"),
    "{list} and {count} more": ("{list} и ещё {count}", "{list} және тағы {count}"),
    "{km} of {all} km; {share} published or measured": (
        "{km} из {all} км; опубликовано или измерено {share}",
        "{all} км-дің {km} км-і; жарияланған не өлшенген {share}",
    ),
    "opened {dates}": ("открыта {dates}", "ашылды: {dates}"),
    "no date of opening": ("дата открытия неизвестна", "ашылған күні белгісіз"),
    "passes {ids}": ("проходит через {ids}", "{ids} арқылы өтеді"),
    "outside {ids}": ("минуя {ids}", "{ids} сыртында"),
    "{count} links, {km} km: {words}": ("звеньев: {count}, {km} км: {words}", "буындар: {count}, {km} км: {words}"),
    "{count} links, {km} km": ("звеньев: {count}, {km} км", "буындар: {count}, {km} км"),
    "{ends} without {country}: {km} km, {extra} km, through {list}": (
        "{ends} без въезда ({country}): {km} км, {extra} км, через {list}",
        "{ends}, кірмей ({country}): {km} км, {extra} км, {list} арқылы",
    ),
    "{list} through {place}": ("{list} через {place}", "{place} арқылы {list}"),
    "none of them": ("ни одно из них", "ешқайсысы"),
    "{km} km by {by} through {ids}": ("{km} км {by} через {ids}", "{ids} арқылы {by} {km} км"),
    "{count} in use: {list}": ("действует: {count}: {list}", "жұмыс істейді: {count}: {list}"),
    "claimed: {ids}": ("названы: {ids}", "аталғандар: {ids}"),
    "others: {ids}": ("другие: {ids}", "басқалары: {ids}"),
    "no population of {ids}": ("нет населения: {ids}", "халық саны жоқ: {ids}"),
    "{people} million ({years})": ("{people} млн ({years})", "{people} млн ({years})"),
    "{people} million ({years}) to {others} million ({of_years})": (
        "{people} млн ({years}) к {others} млн ({of_years})",
        "{people} млн ({years}), екіншісі {others} млн ({of_years})",
    ),
}
