def findings(study: Study) -> list[str]:
    """Return the key figures as sentences."""
    found = [_find_network(study)]
    found += [_find_route(study, q) for q in study.of("route")]
    found += [_find_transit(study, q) for q in study.of("transit") if q.options["minimize"] == "time"]
    found += [_find_critical(study, q) for q in study.of("crossings")]
    found += [s for q in study.of("regions")[:1] for s in [_find_regions(study, q)]]
    found += [_find_exposed(study, q) for q in study.of("regions")]
    return [sentence for sentence in found if sentence]


def _by(study: Study, question: Question) -> str:
    return word(study.lang, f"by_{question.options['mode']}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _find_network(study: Study) -> str:
    network, lang = study.network, study.lang
    used = network.links[network.links["status"].isin(OPEN)]
    km = {m: number(lang, float(used.loc[used["mode"] == m, "length_km"].sum())) for m in ("rail", "road")}
    listed = network.crossings["status"]
    return say(
        lang, "find_network", nodes=number(lang, len(network.nodes)), rail_km=km["rail"], road_km=km["road"],
        open=int(listed.isin(OPEN).sum()), crossings=len(listed),
    )  # fmt: skip


def _find_route(study: Study, question: Question) -> str:
    lang, found = study.lang, study.answer(question.name)
    best, free = found.routes[0], found.unrestricted
    km, hours = number(lang, best["distance_km"]), number(lang, best["time_h"], 1)
    if free is not None:
        country = through_country(lang, study.countries[1])
        if best["distance_km"] == free["distance_km"]:
            return say(lang, "find_home", country=country)
        more_km, more_h = best["distance_km"] - free["distance_km"], best["time_h"] - free["time_h"]
        return say(
            lang, "find_avoid", country=country, km=km, hours=hours, more_km=number(lang, more_km), more_h=number(lang, more_h, 1),
            more_km_share=percent(more_km / free["distance_km"], 0, lang), more_h_share=percent(more_h / free["time_h"], 0, lang),
        )  # fmt: skip
    split = ", ".join(
        f"{country_name(lang, c)} {number(lang, v)} {word(lang, 'km')}" for c, v in best["km_by_country"].items()
    )
    if best["crossings"]:
        split += "; " + say(lang, "find_crossings", names=", ".join(c["name"] for c in best["crossings"]))
    wait = number(lang, best["border_wait_h"], 1)
    return say(
        lang,
        "find_route",
        a=found.origin,
        b=found.destination,
        by=_by(study, question),
        km=km,
        hours=hours,
        wait=wait,
        split=split,
    )


def _find_transit(study: Study, question: Question) -> str:
    lang, figures = study.lang, study.answer(question.name).figures
    short = study.answer(f"{question.name}-distance")
    sentence = say(
        lang, "find_transit", country=country_name(lang, question.arguments[0]), through=through_country(lang, question.arguments[1]),
        by=_by(study, question), share=percent(figures["dependency"], 1, lang), captive=percent(figures["captive_share"], 1, lang),
        distance="–" if short is None else percent(short.figures["dependency"], 1, lang),
    )  # fmt: skip
    penalty = figures["avoidance_penalty"]
    if not penalty["max"] > 0:
        return sentence
    return f"{sentence} {say(lang, 'find_penalty', median=percent(penalty['median'], 0, lang), worst=percent(penalty['max'], 0, lang))}"


def _find_critical(study: Study, question: Question) -> str:
    lang, table = study.lang, study.answer(question.name).table
    first = table.iloc[0]
    return say(
        lang, "find_critical", by=_capital(_by(study, question)), name=first["name"], minutes=number(lang, 60 * first["criticality"], 1),
        per_user=number(lang, first["extra_per_user"], 1), lost=percent(first["unserved_share"], 1, lang),
    )  # fmt: skip


def _find_regions(study: Study, question: Question) -> str:
    table = study.answer(question.name).table
    total = table["rail_crossings"] + table["road_crossings"]
    none = ", ".join(table.loc[total == 0, "name"]) or say(study.lang, "none")
    most = table.loc[total.idxmax(), "name"]
    return say(study.lang, "find_regions", count=len(table), most=most, number=int(total.max()), none=none)


def _find_exposed(study: Study, question: Question) -> str:
    table = study.answer(question.name).table
    if not (table["exposure_worst"] > 0).any():
        return ""
    row = table.loc[table["exposure_worst"].idxmax()]
    crossing = study.network.names("crossings")[row["worst_crossing"]]
    minutes = number(study.lang, 60 * row["exposure_worst"])
    return say(
        study.lang, "find_exposed", by=_by(study, question), name=row["name"], crossing=crossing, minutes=minutes
    )


