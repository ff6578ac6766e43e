"""The page of the report: plain HTML that prints well and asks nothing of the network."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pandas as pd

from corridors.files import write_text
from corridors.views.credit import credit
from corridors.views.findings import (
    SEEN,
    avoids_nothing,
    changes_in_words,
    findings,
    key_numbers,
    mode_words,
    no_dependency,
    shown_transits,
    title_of,
)
from corridors.views.prose import definitions, head, say
from corridors.views.sheet import STYLE, sheet
from corridors.views.study import DRAWS
from corridors.views.words import country_name, number, percent, through_country, word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from corridors.views.pictures import Picture
    from corridors.views.study import Question, Study

_SHORT = 10
_MOST_SOURCES = 20
_KEPT_ROWS = 24
"""A table of so many rows stays on one page."""

# how columns are written: shares as percentages, others with some decimals, some hours as minutes
_SHARES = {"dependency", "captive_share", "unserved_share", "foreign_km_share", "penalty_median", "penalty_max"}
_SHARES |= {"use_share", "share", "barrier_effect", "change", "unserved_share_after", "changed_share"}
_SHARES |= {"dependency_before", "dependency_after", "p10", "p50", "p90"}
_WHOLE = ("rank", "rows", "distance_km", "cost_usd", "border_length_km", "population", "redundancy")
_DECIMALS = {
    **dict.fromkeys((*_WHOLE, "rail_crossings", "road_crossings"), 0),
    **dict.fromkeys(("time_h", "border_wait_h", "extra_per_user", "effective_crossings"), 1),
    **dict.fromkeys(("criticality", "exposure", "border_detour_factor", "cost_before", "cost_after"), 2),
}
_MINUTES = {"criticality", "exposure"}


def write_page(study: Study, pictures: Sequence[Picture], home: Path) -> Path:
    """Write ``index.html`` and return its path."""
    lang = study.lang
    sections = {
        "findings": [f'<p class="note">{_e(say(lang, "weights_note"))}</p>', _list(findings(study))],
        "maps": _figures(pictures, "maps"),
        "routes": [_routes_table(study), *_figures(pictures, "routes")],
        "transit": [
            _transit_table(study),
            *_notes(no_dependency(study)),
            *_figures(pictures, "transit"),
            _side(_crossings_used(study)),
        ],
        "crossings": [*_figures(pictures, "crossings"), *_rankings(study)],
        "regions": [*_figures(pictures, "regions"), *_region_tables(study)],
        "scenarios": [*_scenario_tables(study)],
        "history": [*_history_note(study), *_figures(pictures, "history")],
        "sensitivity": [f"<p>{_e(_bases(study))}</p>", *_drawn(study), _side(_sensitivity(study))],
        "definitions": [_definition_list(lang)],
        "assumptions": [_assumptions(study)],
        "sources": _sources(study),
        "repeat": [_commands(study)],
        "skipped": [_list(f"{name}: {why}" for name, why in study.skipped.items())] if study.skipped else [],
    }
    filled = {key: [part for part in parts if part] for key, parts in sections.items()}
    title = say(lang, "title")
    body = [
        f"<h1>{_e(title)}</h1>",
        f'<p class="stamp">{_e(_stamp(study))}</p>',
        _numbers(study),
        _contents(lang, [key for key, parts in filled.items() if parts]),
        *(_section(lang, key, parts) for key, parts in filled.items()),
    ]
    text = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{_e(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{STYLE}{sheet(title, _date(study))}</style>\n'
        "</head>\n<body>\n"
    )
    return write_text(home / "index.html", text + "\n".join(part for part in body if part) + "\n</body>\n</html>\n")


def _numbers(study: Study) -> str:
    shown = "\n".join(f"<div><b>{_e(value)}</b><span>{_e(of)}</span></div>" for value, of in key_numbers(study))
    return f'<div class="numbers">\n{shown}\n</div>' if shown else ""


def _contents(lang: str, keys: Iterable[str]) -> str:
    return "<nav>" + "\n".join(f'<a href="#{key}">{_e(say(lang, key))}</a>' for key in keys) + "</nav>"


def _side(tables: Sequence[str]) -> str:
    """Return narrow tables side by side."""
    return '<div class="side">\n' + "\n".join(tables) + "\n</div>" if tables else ""


def _e(value: object) -> str:
    return html.escape(str(value))


def _section(lang: str, key: str, parts: Iterable[str]) -> str:
    inside = "\n".join(part for part in parts if part)
    return f'<h2 id="{key}">{_e(say(lang, key))}</h2>\n{inside}' if inside else ""


def _list(lines: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{_e(line)}</li>" for line in lines) + "\n</ul>"


def _notes(lines: Iterable[str]) -> list[str]:
    return [f'<p class="note">{_e(line)}</p>' for line in lines]


def _figures(pictures: Sequence[Picture], section: str) -> list[str]:
    return [
        f'<figure class="{p.path.name.split("-")[0]}"><img src="{_e(p.path.name)}" alt="{_e(p.caption)}"></figure>'
        for p in pictures
        if p.section == section
    ]


def html_table(lang: str, table: pd.DataFrame, caption: str = "", kind: str = "", right: Collection[str] = ()) -> str:
    """Return a table as HTML: numbers to the right, shares as percentages, headings in a language.

    Parameters
    ----------
    lang
        ``en``, ``ru`` or ``kk``.
    table
        Columns by the names of :mod:`corridors.views.prose`.
    caption
        Stands above it; empty: nothing.
    kind
        A class for the style.
    right
        Columns that stand to the right though they are text.

    Examples
    --------
    >>> ">10.6%</td>" in html_table("en", pd.DataFrame({"dependency": [0.1062958]}))
    True
    """
    if not len(table):
        return ""
    number_class = ' class="n"'
    right = {c for c in table.columns if c in _SHARES or c in _DECIMALS or c in right}
    heads = "".join(f"<th{number_class if c in right else ''}>{_e(head(lang, str(c)))}</th>" for c in table.columns)
    rows = [
        "<tr>"
        + "".join(
            f"<td{number_class if c in right else ''}>{_broken(str(c), _e(_cell(lang, str(c), v)))}</td>"
            for c, v in zip(table.columns, row, strict=True)
        )
        + "</tr>"
        for row in zip(*(table[c].tolist() for c in table.columns), strict=True)
    ]
    above = f"<h3>{_e(caption)}</h3>\n" if caption else ""
    return _kept(len(rows), above, _table(heads, rows, kind))


def _table(heads: str, rows: Sequence[str], kind: str = "") -> str:
    of = f' class="{kind}"' if kind else ""
    inside = f"<thead><tr>{heads}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>"
    return f'<div class="scroll"><table{of}>\n{inside}\n</table></div>'


def _kept(rows: int, above: str, table: str) -> str:
    """Return a table with its heading, on one page where it is short."""
    return f'<div class="keep">{above}{table}</div>' if rows <= _KEPT_ROWS else above + table


def _broken(column: str, text: str) -> str:
    """Return the key of an assumption with places where its line may break."""
    return text.replace(".", ".<wbr>").replace("_", "_<wbr>") if column == "key" else text


def _cell(lang: str, column: str, value: Any) -> str:
    if value is None or value == "" or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if column in _SHARES:
        return ("+" if column == "change" and value > 0 else "") + percent(float(value), 1, lang)
    if column in _DECIMALS:
        return number(lang, float(value) * (60 if column in _MINUTES else 1), _DECIMALS[column])
    return str(value)


def _date(study: Study) -> str:
    return (study.scenario.as_of if study.scenario else None) or study.network.assumptions.reference_date


def _stamp(study: Study) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("corridors")
    except PackageNotFoundError:
        release = ""
    text = say(study.lang, "stamp", date=_date(study), version=release, network=study.network.name or "–")
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
    return html_table(study.lang, pd.DataFrame(rows), kind="many")


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
        shown = [c for c in columns if c != "mode" or question.options["mode"] == "any"]
        parts.append(html_table(study.lang, table[shown], title_of(study, question), "many"))
    return parts


def _region_tables(study: Study) -> list[str]:
    """Return what there is in each region, and then its connectivity by mode."""
    there = ["name", "rail_crossings", "road_crossings", "border_length_km", "population"]
    columns = ["name", "redundancy", "effective_crossings", "exposure", "barrier_effect", "border_detour_factor"]
    asked = study.of("regions")
    first = [html_table(study.lang, study.answer(q.name).table[there], "", "regions") for q in asked[:1]]
    return first + [
        html_table(
            study.lang,
            study.answer(q.name).table[columns],
            f"{say(study.lang, 'connectivity')}, {mode_words(study, q)}",
            "regions",
        )
        for q in asked
    ]


def _scenario_tables(study: Study) -> list[str]:
    """Return what each scenario changes, in words, and then by mode in figures."""
    lang = study.lang
    asked = study.of("compare")
    if not asked:
        return []
    changes = [{"scenario": s.name, "changes": changes_in_words(study, s)} for s in study.compared]
    columns = ["cost_before", "cost_after", "change", "unserved_share_after", "changed_share", "worst_pair"]
    tables = [html_table(lang, pd.DataFrame(changes)), f'<p class="note">{_e(say(lang, "scenarios_note"))}</p>']
    for question in asked:
        summary = study.answer(question.name).summary
        tables.append(html_table(lang, summary[columns].reset_index(), title_of(study, question), "scenarios"))
    tables += [_scenario_regions(study, question) for question in asked]
    return tables


def _scenario_regions(study: Study, question: Question) -> str:
    """Return the regions that change most, a column for each scenario that changes something."""
    lang, found = study.lang, study.answer(question.name)
    names = [s for s in found.summary.index if found.summary.loc[s, "changed_share"] > 0]
    wide = found.table[found.table["scenario"].isin(names)]
    lost = wide["unserved_share_after"] - wide["unserved_share_before"]
    most = (wide["change"].abs().fillna(0.0) + lost).groupby(level=0).max().nlargest(_SHORT).index
    rows: dict[str, dict[str, str]] = {}
    for region, scenario, name, change, gone in zip(
        wide.index, wide["scenario"], wide["name"], wide["change"], lost, strict=True
    ):
        if region in most:
            said = _cell(lang, "change", change) + (f" ▲ {percent(gone, 1, lang)}" if gone >= SEEN else "")
            rows.setdefault(region, {"name": name})[scenario] = said
    table = pd.DataFrame([rows[region] for region in most], columns=["name", *names])
    caption = f"{say(lang, 'scenario_regions')}, {mode_words(study, question)}"
    return html_table(lang, table, caption, "regions", names)


def _history_note(study: Study) -> list[str]:
    return [f'<p class="note">{_e(say(study.lang, "history_note"))}</p>'] if study.of("timeline") else []


def _bases(study: Study) -> str:
    links, waits = study.network.links, study.network.waits
    land = links[links["mode"].isin(("rail", "road"))]
    km = land.groupby("length_basis")["length_km"].sum() / max(float(land["length_km"].sum()), 1e-9)
    shares = {
        b: percent(float(km.get(b, 0.0)), 0, study.lang) for b in ("published", "measured", "apportioned", "estimated")
    }
    assumed = float((waits["basis"] == "assumed").mean()) if len(waits) else 0.0
    return say(study.lang, "bases", assumed=percent(assumed, 0, study.lang), **shares)


def _drawn(study: Study) -> list[str]:
    """Return how far the dependency moves when waits are drawn."""
    rows = []
    for question in study.of("transit"):
        found = study.answer(question.name)
        if found.uncertainty is not None:
            of = found.uncertainty["dependency"]
            rows.append(
                {
                    "country": country_name(study.lang, question.arguments[0]),
                    "through": through_country(study.lang, question.arguments[1]),
                    "mode": mode_words(study, question),
                    "dependency": found.figures["dependency"],
                    **{q: of[q] for q in ("p10", "p50", "p90")},
                }
            )
    if not rows:
        return []
    caption = say(study.lang, "drawn", draws=DRAWS)
    return [html_table(study.lang, pd.DataFrame(rows), caption)]


def _sensitivity(study: Study) -> list[str]:
    tables = []
    for question in study.of("transit"):
        table, through = study.answer(question.name).sensitivity, question.arguments[1]
        if len(table):
            said = say(study.lang, "lengths_in", country=country_name(study.lang, through))
            table = table.assign(what=table["what"].replace(f"lengths in {through}", said))
            tables.append(html_table(study.lang, table, title_of(study, question)))
    return tables


def _definition_list(lang: str) -> str:
    entries = (f"<div><dt>{_e(t)}</dt><dd>{_e(m)}</dd></div>" for t, m in definitions(lang))
    return "<dl>\n" + "\n".join(entries) + "\n</dl>"


def _assumptions(study: Study) -> str:
    entries = study.network.assumptions.changed(study.scenario.set if study.scenario else {}).entries
    rows = [
        {"key": key, "value": f"{a.value:g}", "unit": a.unit, "source": a.source, "date": a.date, "note": a.note}
        for key, a in entries.items()
    ]
    return html_table(study.lang, pd.DataFrame(rows), kind="assumptions")


def _sources(study: Study) -> list[str]:
    network, lang = study.network, study.lang
    rows = network.source_rows().head(_MOST_SOURCES)
    table = network.sources.loc[rows.index, ["title", "publisher", "licence"]].assign(rows=rows)
    note = say(lang, "sources_note", count=len(network.sources))
    return [
        f'<p class="note">{_e(note)}</p>',
        html_table(lang, table),
        f'<p class="note">{_e(credit(network, lang))}</p>',
    ]


def _commands(study: Study) -> str:
    rows = [
        f'<tr><td><a href="{_e(q.name)}.csv">{_e(q.name)}.csv</a>, <a href="{_e(q.name)}.json">json</a></td>'
        f"<td><code>{_e(q.command)} --format csv</code></td></tr>"
        for q in study.questions
        if q.name in study.answers
    ]
    return _table("".join(f"<th>{_e(head(study.lang, k))}</th>" for k in ("file", "command")), rows)
