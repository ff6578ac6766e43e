"""The page of the report: plain HTML that prints well and asks nothing of the network."""

from __future__ import annotations

import html
from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from corridors.files import write_text
from corridors.views.findings import avoids_nothing, findings, mode_words, shown_transits, title_of
from corridors.views.prose import definitions, head, say
from corridors.views.words import country_name, number, percent, through_country, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from corridors.views.pictures import Picture
    from corridors.views.study import Study

_SHORT = 10
_MOST_SOURCES = 20
_STYLE = """
body { font: 15px/1.5 "DejaVu Sans", Arial, sans-serif; color: #222; max-width: 62rem }
body { margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .7rem; border-bottom: 2px solid #0072B2; padding-bottom: .2rem }
h3 { font-size: .95rem; margin: 1.4rem 0 .4rem }
.stamp, .note { color: #555; font-size: .85rem }
figure { margin: 1.2rem 0; break-inside: avoid }
figure img { max-width: 100%; height: auto }
figure.chart img { max-width: 46rem; width: 100% }
table { border-collapse: collapse; font-size: .8rem; width: 100%; margin: .4rem 0 1rem }
th, td { padding: .22rem .5rem; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top }
th { border-bottom: 2px solid #888; vertical-align: bottom }
td { overflow-wrap: break-word }
.n { text-align: right }
td.n { white-space: nowrap }
thead { display: table-header-group }
tr { break-inside: avoid }
li { margin: .4rem 0 }
code { font-size: .8rem }
dt { font-weight: bold; margin-top: .5rem }
dd { margin: 0 0 0 1.2rem }
@media print {
  body { max-width: none; margin: 0; font-size: 11px }
  h2, h3 { break-after: avoid }
  a { color: inherit; text-decoration: none }
}
"""

# how columns are written: shares as percentages, others with some decimals, some hours as minutes
_SHARES = {"dependency", "captive_share", "unserved_share", "foreign_km_share", "penalty_median", "penalty_max"}
_SHARES |= {"use_share", "share", "barrier_effect", "change"}
_WHOLE = ("rank", "rows", "distance_km", "cost_usd", "border_length_km", "population", "redundancy")
_DECIMALS = {
    **dict.fromkeys((*_WHOLE, "rail_crossings", "road_crossings"), 0),
    **dict.fromkeys(("time_h", "border_wait_h", "extra_per_user", "effective_crossings"), 1),
    **dict.fromkeys(("criticality", "exposure", "border_detour_factor"), 2),
}
_MINUTES = {"criticality", "exposure"}


def write_page(study: Study, pictures: Sequence[Picture], home: Path) -> Path:
    """Write ``index.html`` and return its path."""
    lang = study.lang
    body = [
        f"<h1>{_e(say(lang, 'title'))}</h1>",
        f'<p class="stamp">{_e(_stamp(study))}</p>',
        _section(lang, "findings", [_list(findings(study)), f'<p class="note">{_e(say(lang, "weights_note"))}</p>']),
        _section(lang, "maps", _figures(pictures, "maps")),
        _section(lang, "routes", [_routes_table(study), *_figures(pictures, "routes")]),
        _section(lang, "transit", [_transit_table(study), *_figures(pictures, "transit"), *_crossings_used(study)]),
        _section(lang, "crossings", [*_figures(pictures, "crossings"), *_rankings(study)]),
        _section(lang, "regions", [*_figures(pictures, "regions"), *_region_tables(study)]),
        _section(lang, "sensitivity", [f"<p>{_e(_bases(study))}</p>", *_sensitivity(study)]),
        _section(lang, "definitions", [_definition_list(lang)]),
        _section(lang, "assumptions", [_assumptions(study)]),
        _section(lang, "sources", _sources(study)),
        _section(lang, "repeat", [_commands(study)]),
    ]
    if study.skipped:
        body.append(_section(lang, "skipped", [_list(f"{name}: {why}" for name, why in study.skipped.items())]))
    title = _e(say(lang, "title"))
    text = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n</head>\n<body>\n'
    )
    return write_text(home / "index.html", text + "\n".join(part for part in body if part) + "\n</body>\n</html>\n")


def _e(value: object) -> str:
    return html.escape(str(value))


def _section(lang: str, key: str, parts: Iterable[str]) -> str:
    inside = "\n".join(part for part in parts if part)
    return f'<h2 id="{key}">{_e(say(lang, key))}</h2>\n{inside}' if inside else ""


def _list(lines: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{_e(line)}</li>" for line in lines) + "\n</ul>"


def _figures(pictures: Sequence[Picture], section: str) -> list[str]:
    return [
        f'<figure class="{p.path.name.split("-")[0]}"><img src="{_e(p.path.name)}" alt="{_e(p.caption)}"></figure>'
        for p in pictures
        if p.section == section
    ]


def html_table(lang: str, table: pd.DataFrame, caption: str = "") -> str:
    """Return a table as HTML: numbers to the right, shares as percentages, headings in a language.

    Examples
    --------
    >>> ">10.6%</td>" in html_table("en", pd.DataFrame({"dependency": [0.1062958]}))
    True
    """
    if not len(table):
        return ""
    number_class = ' class="n"'
    right = {c for c in table.columns if c in _SHARES or c in _DECIMALS}
    heads = "".join(f"<th{number_class if c in right else ''}>{_e(head(lang, str(c)))}</th>" for c in table.columns)
    rows = [
        "<tr>"
        + "".join(
            f"<td{number_class if c in right else ''}>{_e(_cell(lang, str(c), v))}</td>"
            for c, v in zip(table.columns, row, strict=True)
        )
        + "</tr>"
        for row in zip(*(table[c].tolist() for c in table.columns), strict=True)
    ]
    above = f"<h3>{_e(caption)}</h3>\n" if caption else ""
    return f"{above}<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"


def _cell(lang: str, column: str, value: Any) -> str:
    if value is None or value == "" or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if column in _SHARES:
        return ("+" if column == "change" and value > 0 else "") + percent(float(value), 1, lang)
    if column in _DECIMALS:
        return number(lang, float(value) * (60 if column in _MINUTES else 1), _DECIMALS[column])
    return str(value)


def _stamp(study: Study) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("corridors")
    except PackageNotFoundError:
        release = ""
    date = (study.scenario.as_of if study.scenario else None) or study.network.assumptions.reference_date
    text = say(study.lang, "stamp", date=date, version=release, network=study.network.name or "–")
    if study.scenario is not None and study.scenario.describe() != "baseline":
        text += " " + say(study.lang, "scenario", scenario=study.scenario.describe())
    return text


def _routes_table(study: Study) -> str:
    rows = []
    for question in study.of("route"):
        if avoids_nothing(study, question):
            continue
        columns = ["rank", "distance_km", "time_h", "border_wait_h", "cost_usd", "crossings"]
        table = study.answer(question.name).table.reset_index()[columns]
        table.insert(0, "route", title_of(study, question))
        rows.append(table)
    return html_table(study.lang, pd.concat(rows)) if rows else ""


def _transit_table(study: Study) -> str:
    rows = []
    for question in study.of("transit"):
        figures = study.answer(question.name).figures
        rows.append(
            {
                "country": country_name(study.lang, question.arguments[0]),
                "through": through_country(study.lang, question.arguments[1]),
                "mode": mode_words(study, question),
                "minimize": head(study.lang, question.options["minimize"]),
                **{k: figures[k] for k in ("dependency", "captive_share", "unserved_share", "foreign_km_share")},
                "penalty_median": figures["avoidance_penalty"]["median"],
                "penalty_max": figures["avoidance_penalty"]["max"],
            }
        )
    return html_table(study.lang, pd.DataFrame(rows))


def _crossings_used(study: Study) -> list[str]:
    return [
        html_table(
            study.lang,
            study.answer(q.name).by_crossing[["name", "share"]].head(_SHORT),
            f"{say(study.lang, 'used')}: {title_of(study, q)}",
        )
        for q in shown_transits(study)
    ]


def _rankings(study: Study) -> list[str]:
    columns = ["rank", "name", "mode", "region", "criticality", "unserved_share", "use_share", "extra_per_user"]
    called = study.network.names("regions")
    parts = []
    for question in study.of("crossings"):
        table = study.answer(question.name).table.head(_SHORT).copy()
        table["region"] = [
            f"{called.get(a, a)} – {called.get(b, b)}"
            for a, b in zip(table["region_a"], table["region_b"], strict=True)
        ]
        table["mode"] = [word(study.lang, f"crossing_{m}") for m in table["mode"]]
        parts.append(html_table(study.lang, table[columns], title_of(study, question)))
    return parts


def _region_tables(study: Study) -> list[str]:
    columns = ["name", "rail_crossings", "road_crossings", "border_length_km", "population", "redundancy"]
    columns += ["effective_crossings", "exposure", "barrier_effect", "border_detour_factor"]
    return [
        html_table(
            study.lang,
            study.answer(q.name).table[columns],
            title_of(study, q),
        )
        for q in study.of("regions")
    ]


def _bases(study: Study) -> str:
    links, waits = study.network.links, study.network.waits
    land = links[links["mode"].isin(("rail", "road"))]
    km = land.groupby("length_basis")["length_km"].sum() / max(float(land["length_km"].sum()), 1e-9)
    shares = {
        b: percent(float(km.get(b, 0.0)), 0, study.lang) for b in ("published", "measured", "apportioned", "estimated")
    }
    assumed = float((waits["basis"] == "assumed").mean()) if len(waits) else 0.0
    return say(study.lang, "bases", assumed=percent(assumed, 0, study.lang), **shares)


def _sensitivity(study: Study) -> list[str]:
    found = [(q, study.answer(q.name).sensitivity) for q in study.of("transit")]
    return [html_table(study.lang, table, title_of(study, question)) for question, table in found if len(table)]


def _definition_list(lang: str) -> str:
    return "<dl>\n" + "\n".join(f"<dt>{_e(t)}</dt><dd>{_e(m)}</dd>" for t, m in definitions(lang)) + "\n</dl>"


def _assumptions(study: Study) -> str:
    entries = study.network.assumptions.changed(study.scenario.set if study.scenario else {}).entries
    rows = [
        {"key": key, "value": f"{a.value:g}", "unit": a.unit, "source": a.source, "date": a.date, "note": a.note}
        for key, a in entries.items()
    ]
    return html_table(study.lang, pd.DataFrame(rows))


def _sources(study: Study) -> list[str]:
    network, lang = study.network, study.lang
    counted: Counter[str] = Counter()
    for name in (
        "places",
        "nodes",
        "links",
        "crossings",
        "waits",
        "periods",
        "corridors",
        "regions",
        "populations",
        "claims",
    ):
        for cell in network.table(name).get("source", pd.Series(dtype=object)).dropna():
            counted.update({part.split("#")[0].strip() for part in str(cell).split(";")})
    main = [s for s, _ in counted.most_common() if s in network.sources.index][:_MOST_SOURCES]
    table = network.sources.loc[main, ["title", "publisher", "licence"]].assign(rows=[counted[s] for s in main])
    note = say(lang, "sources_note", count=len(network.sources))
    return [
        f'<p class="note">{_e(note)}</p>',
        html_table(lang, table),
        f'<p class="note">{_e(word(lang, "source"))}</p>',
    ]


def _commands(study: Study) -> str:
    rows = "\n".join(
        f'<tr><td><a href="{_e(q.name)}.csv">{_e(q.name)}.csv</a>, <a href="{_e(q.name)}.json">json</a></td>'
        f"<td><code>{_e(q.command)} --format csv</code></td></tr>"
        for q in study.questions
        if q.name in study.answers
    )
    heads = "".join(f"<th>{_e(head(study.lang, k))}</th>" for k in ("file", "command"))
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
