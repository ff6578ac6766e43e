"""The key figures of the report as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridors.analysis.setting import settle
from corridors.engine.dated import OPEN
from corridors.views.prose import say
from corridors.views.words import country_name, manner, number, percent, through_country, word

if TYPE_CHECKING:
    from corridors.analysis.transit import Transit
    from corridors.model.scenario import Scenario
    from corridors.views.study import Question, Study

_MOST_MINUTES = 120
SEEN = 0.0005
"""A share that shows in percent with one digit."""


def findings(study: Study) -> list[str]:
    """Return the key figures as sentences, one or two to a line."""
    found = [_network(study)]
    found += [_route(study, q) for q in study.of("route")]
    found += [_transit(study, q) for q in study.of("transit") if q.options["minimize"] == "time"]
    found += [_critical(study, q) for q in study.of("crossings") if q.options["mode"] in study.modes]
    found += [_regions(study, q) for q in study.of("regions")[:1]]
    found += [_exposed(study, q) for q in study.of("regions")]
    found += [_scenario(study, q) for q in study.of("compare")]
    found += [_history(study, q) for q in study.of("timeline")]
    return [sentence[:1].upper() + sentence[1:] for sentence in found if sentence]


def key_numbers(study: Study) -> list[tuple[str, str]]:
    """Return the few figures that stand first: how much, and of what."""
    lang = study.lang
    found = []
    for question in (q for q in study.of("transit") if q.options["minimize"] == "time"):
        values = {
            "country": country_name(lang, question.arguments[0]),
            "through": through_country(lang, question.arguments[1]),
            "by": mode_words(study, question),
        }
        share = percent(study.answer(question.name).figures["dependency"], 1, lang)
        found.append((share, say(lang, "tile_transit", **values)))
    for question in (q for q in study.of("crossings") if q.options["mode"] in study.modes):
        table = study.answer(question.name).table
        if len(table) and table["criticality"].iloc[0] > 0:
            added = "+" + _span(lang, float(table["criticality"].iloc[0]))
            values = {"by": mode_words(study, question), "name": table["name"].iloc[0]}
            found.append((added, say(lang, "tile_critical", **values)))
    return found


def changes_in_words(study: Study, scenario: Scenario) -> str:
    """Return what a scenario changes, with names in the report's language."""
    network, lang = study.network, study.lang
    settled = settle(network, scenario)
    crossing, region = network.names("crossings"), network.names("regions")
    built = {**network.names("corridors"), **dict.fromkeys(network.links.index, ""), **crossing}
    lists = {
        "change_close": [crossing[c] for c in settled.close],
        "change_regions": [region.get(r, r) for r in settled.close_regions],
        "change_build": [built.get(b) or b for b in settled.build],
        "change_wait": [f"{crossing[c]} {number(lang, h, 1)} {word(lang, 'h')}" for c, h in settled.wait_h.items()],
        "change_speed": sorted({f"{speed:g}" for speed in settled.speed_kmh.values()}),
        "change_set": [f"{key} = {value:g}" for key, value in settled.set.items()],
        "change_as_of": [settled.as_of] if settled.as_of else [],
        "change_factor": [f"{settled.wait_factor:g}"] if settled.wait_factor != 1 else [],
    }
    count = len(settled.speed_kmh)
    said = (say(lang, key, names=", ".join(map(str, v)), count=count) for key, v in lists.items() if v)
    return "; ".join(said)


def mode_words(study: Study, question: Question) -> str:
    """Return "by rail" in the report's language."""
    return word(study.lang, f"by_{question.options['mode']}")


def title_of(study: Study, question: Question) -> str:
    """Return a heading that says what a question asks."""
    lang, settings = study.lang, study.answer(question.name).settings
    how = manner(lang, settings)
    if question.function == "route":
        found = study.answer(question.name)
        avoided = settings["avoid_country"]
        without = "" if not avoided else ", " + word(lang, "avoiding", country=through_country(lang, avoided))
        return f"{found.origin} – {found.destination}, {how}{without}"
    if question.function == "transit":
        country, through = country_name(lang, settings["country"]), through_country(lang, settings["through"])
        return word(lang, "title_transit", country=country, through=through, mode=how)
    if question.function == "timeline":
        country, through = country_name(lang, settings["country"]), through_country(lang, settings["through"])
        return word(lang, "title_timeline", country=country, through=through, mode=how)
    if question.function == "compare":
        return word(lang, "title_compared", mode=how)
    return word(lang, f"title_{question.function}", mode=how)


def avoids_nothing(study: Study, question: Question) -> bool:
    """Tell whether a route that avoids a country is the one that would be taken anyway."""
    found = study.answer(question.name)
    return found.unrestricted is not None and bool(found.unrestricted["legs"] == found.routes[0]["legs"])


def shown_transits(study: Study) -> list[Question]:
    """Return a dependency to show for each direction and mode: by time, by distance where none depends by time.

    None where no region depends either way: a map of nothing would fill a page.
    """
    chosen = []
    for question in study.of("transit"):
        by_time = question.options["minimize"] == "time"
        told = not by_time and depends(study.answer(question.name.removesuffix("-distance")))
        if depends(study.answer(question.name)) and not told:
            chosen.append(question)
    return chosen


def depends(found: Transit | None) -> bool:
    """Tell whether a region has a dependency that shows in percent with one digit."""
    return found is not None and bool((found.table["dependency"] >= SEEN).any())


def no_dependency(study: Study) -> list[str]:
    """Return in a line each who depends on whom neither by time nor by distance."""
    lang, asked, shown = study.lang, study.of("transit"), shown_transits(study)
    seen = {(*q.arguments, q.options["mode"]) for q in shown}
    nobody = {(*q.arguments, q.options["mode"]): q for q in asked if (*q.arguments, q.options["mode"]) not in seen}
    return [
        say(
            lang,
            "no_dependency",
            country=country_name(lang, question.arguments[0]),
            through=through_country(lang, question.arguments[1]),
            by=mode_words(study, question),
        )
        for question in nobody.values()
    ]


def _span(lang: str, hours: float) -> str:
    """Return a time in minutes, or in hours from two hours up."""
    if 60 * hours > _MOST_MINUTES:
        return f"{number(lang, hours, 1)} {word(lang, 'h')}"
    return f"{number(lang, 60 * hours, 1)} {word(lang, 'min')}"


def _network(study: Study) -> str:
    network, lang = study.network, study.lang
    used = network.links[network.links["status"].isin(OPEN)]
    km = used.groupby("mode")["length_km"].sum()
    values = {
        "nodes": number(lang, len(network.nodes)),
        "rail_km": number(lang, float(km.get("rail", 0.0))),
        "road_km": number(lang, float(km.get("road", 0.0))),
        "open": int(network.crossings["status"].isin(OPEN).sum()),
        "crossings": len(network.crossings),
    }
    return say(lang, "find_network", **values)


def _route(study: Study, question: Question) -> str:
    lang, found = study.lang, study.answer(question.name)
    if found.unrestricted is not None:
        return ""  # told with the route it is compared with
    best = found.routes[0]
    parts = [
        f"{country_name(lang, c)} {number(lang, km)} {word(lang, 'km')}" for c, km in best["km_by_country"].items()
    ]
    split = ", ".join(parts)
    if best["crossings"]:
        split += "; " + say(lang, "find_crossings", names=", ".join(c["name"] for c in best["crossings"]))
    values = {
        "a": found.origin,
        "b": found.destination,
        "by": mode_words(study, question),
        "km": number(lang, best["distance_km"]),
        "hours": number(lang, best["time_h"], 1),
        "wait": number(lang, best["border_wait_h"], 1),
        "split": split,
    }
    return f"{say(lang, 'find_route', **values)} {_avoiding(study, question)}".strip()


def _avoiding(study: Study, question: Question) -> str:
    lang, country = study.lang, study.countries[1]
    found = study.answer(f"{question.name}-avoiding-{country.casefold()}")
    if found is None or found.unrestricted is None:
        return ""
    best, free = found.routes[0], found.unrestricted
    called = through_country(lang, country)
    more_km, more_h = best["distance_km"] - free["distance_km"], best["time_h"] - free["time_h"]
    if free["legs"] == best["legs"]:
        return say(lang, "find_home", country=called)
    values = {
        "country": called,
        "km": number(lang, best["distance_km"]),
        "hours": number(lang, best["time_h"], 1),
        "more_km": number(lang, more_km),
        "more_h": number(lang, more_h, 1),
        "more_km_share": percent(more_km / free["distance_km"], 0, lang),
        "more_h_share": percent(more_h / free["time_h"], 0, lang),
    }
    return say(lang, "find_avoid", **values)


def _transit(study: Study, question: Question) -> str:
    lang, figures = study.lang, study.answer(question.name).figures
    shortest = study.answer(f"{question.name}-distance")
    values = {
        "country": country_name(lang, question.arguments[0]),
        "through": through_country(lang, question.arguments[1]),
        "by": mode_words(study, question),
        "share": percent(figures["dependency"], 1, lang),
        "captive": percent(figures["captive_share"], 1, lang),
        "distance": "–" if shortest is None else percent(shortest.figures["dependency"], 1, lang),
    }
    sentence = say(lang, "find_transit", **values)
    penalty: dict[str, Any] = figures["avoidance_penalty"]
    if penalty["max"] > 0:
        median, worst = (percent(penalty[k], 0, lang) for k in ("median", "max"))
        sentence += " " + say(lang, "find_penalty", median=median, worst=worst)
    return sentence


def _critical(study: Study, question: Question) -> str:
    lang, table = study.lang, study.answer(question.name).table
    if not len(table):
        return ""
    first = table.iloc[0]
    lost = float(first["unserved_share"])
    values = {
        "by": mode_words(study, question),
        "name": first["name"],
        "average": _span(lang, float(first["criticality"])),
        "per_user": number(lang, first["extra_per_user"], 1),
        "lost": percent(lost, 1, lang) if lost > 0 else say(lang, "nothing"),
    }
    return say(lang, "find_critical", **values)


def _regions(study: Study, question: Question) -> str:
    table = study.answer(question.name).table
    if not len(table):
        return ""
    total = table["rail_crossings"] + table["road_crossings"]
    none = ", ".join(table.loc[total == 0, "name"]) or say(study.lang, "none")
    values = {"count": len(table), "most": table.loc[total.idxmax(), "name"], "number": int(total.max()), "none": none}
    return say(study.lang, "find_regions", **values)


def _exposed(study: Study, question: Question) -> str:
    table = study.answer(question.name).table
    if not (table["exposure_worst"] > 0).any():
        return ""
    row = table.loc[table["exposure_worst"].idxmax()]
    values = {
        "by": mode_words(study, question),
        "name": row["name"],
        "crossing": study.network.names("crossings")[row["worst_crossing"]],
        "time": _span(study.lang, float(row["exposure_worst"])),
    }
    return say(study.lang, "find_exposed", **values)


def _scenario(study: Study, question: Question) -> str:
    """Return which scenario makes trips dearest, and which cuts off most."""
    lang, summary = study.lang, study.answer(question.name).summary
    lost = summary["unserved_share_after"] - summary["unserved_share_before"]
    parts = []
    if (summary["extra_cost"] > 0).any():
        worst = summary["extra_cost"].idxmax()
        added = _span(lang, float(summary.loc[worst, "extra_cost"]))
        share = percent(float(summary.loc[worst, "change"]), 1, lang)
        parts.append(say(lang, "find_dearest", name=worst, added=added, share=share))
    if (lost > 0).any():
        parts.append(say(lang, "find_cut", name=lost.idxmax(), lost=percent(float(lost.max()), 1, lang)))
    return say(lang, "find_scenarios", by=mode_words(study, question), found="; ".join(parts)) if parts else ""


def _history(study: Study, question: Question) -> str:
    lang, table = study.lang, study.answer(question.name).table
    first, last = table.index[0], table.index[-1]
    values = {
        "country": country_name(lang, question.arguments[0]),
        "through": through_country(lang, question.arguments[1]),
        "by": mode_words(study, question),
        "first": first,
        "last": last,
        "before": percent(float(table.loc[first, "dependency"]), 1, lang),
        "after": percent(float(table.loc[last, "dependency"]), 1, lang),
    }
    return say(lang, "find_history", **values)
