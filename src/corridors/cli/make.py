"""Commands that show, draw, check and copy a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from corridors.cli import complete
from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.render import emit, render
from corridors.cli.words import complaint, say, translate
from corridors.errors import UsageError

if TYPE_CHECKING:
    from corridors.model.network import Network

_COUNTS = (
    "{places} places; {nodes} nodes, of them named on railways {named_rail_nodes}, on roads {named_road_nodes}; "
    "{links} links, {crossings} crossings, {corridors} corridors, {periods} periods, {sources} sources"
)
_MOST_LEFT = 12


@app.command(short_help="What is in the network, and what is missing.", rich_help_panel=o.TABLES)
def info(
    coverage: Annotated[
        bool,
        o.option(
            o.QUESTION, "--coverage", None, "Show how much of what there is the network holds, and what it lacks."
        ),
    ] = False,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference",
            metavar="DIR",
            envvar="CORRIDORS_REFERENCE",
            rich_help_panel=o.QUESTION,
            help="With --coverage: a folder of reference lists of stations and checkpoints.",
        ),
    ] = None,
    corridor: Annotated[
        str | None, o.option(o.QUESTION, "--corridor", "NAME", "Show the stops of a corridor, with km.")
    ] = None,
    chart: Annotated[
        str | None,
        o.option(o.OUTPUT, "--chart", "FILE", "With --corridor: draw it as a line, too."),
    ] = None,
    as_of: o.AsOf = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    format_: o.InfoFormat = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Show what is in the network: counts, lengths and how they are known, crossings, corridors, gaps.

    Example: corridors info --corridor Turksib --chart turksib.png
    """
    from corridors.analysis.inventory import inventory
    from corridors.engine.dated import network_on

    form = o.check_format(format_, *(["markdown"] if coverage else []))
    if coverage and corridor is not None:
        raise UsageError(f"--corridor {corridor} with --coverage: expected one of them")
    o.check_only_with("--corridor", corridor is not None, {"--chart": chart})
    o.check_chart(chart)
    loaded = o.load_network(network, data, lang)
    if corridor is not None:
        emit(_corridor_text(loaded, corridor, as_of, chart, form), output)
        return
    loaded = loaded if as_of is None else network_on(loaded, as_of)
    if coverage:
        with o.progress(lang, "solving"):
            text = _coverage_text(loaded, reference, form)
        emit(text, output)
        return
    found = inventory(loaded)
    counts = {k: v for k, v in found.counts.items() if isinstance(v, int)}
    lines = [
        say(lang, _COUNTS, **counts),
        "",
        say(lang, "Gaps"),
        *(f"- {translate(lang, gap)}" for gap in found.gaps),
    ]
    tables = [
        (say(lang, "Length of links"), found.table),
        (say(lang, "Crossings"), found.crossings),
        (say(lang, "Corridors"), found.corridors),
    ]
    emit(render(found, form, tables, lines), output)


def _corridor_text(network: Network, name: str, as_of: str | None, chart: str | None, form: str) -> str:
    from corridors.analysis.lines import line_diagram

    lang = network.language
    found = line_diagram(network, name, as_of=as_of)
    if found.guessed:
        called = str(network.names("corridors")[found.object_id])
        typer.echo("corridors: " + say(lang, "{text} taken as {name}", text=repr(name), name=called), err=True)
    o.save_chart(found, chart)
    shown = ["km", "name", "kind", "country", "region", "population", "junction"]
    branches = found.table["branch"].to_numpy()
    parts = [
        (say(lang, "Branch {n}", n=n) if n else "", found.table[branches == n][shown])
        for n in range(int(branches.max()) + 1)
    ]
    return render(found, form, [(heading, part.reset_index(drop=True)) for heading, part in parts])


def _coverage_text(network: Network, reference: str | None, form: str) -> str:
    from corridors.analysis.coverage import coverage
    from corridors.sources.reference import read_reference

    found = coverage(network, read_reference(reference) if reference else None)
    if form == "markdown":
        from corridors.views.coverage import coverage_page

        return coverage_page(found)
    lang = network.language
    without = "Without reference lists (--reference DIR): stations and pairs of checkpoints are not measured"
    left = []
    for name, rows in found.left_out.groupby("measure", sort=False):
        cut = {"most": _MOST_LEFT} if len(rows) > _MOST_LEFT else {}
        how_many = "{measure}: {count} left out" + (", the first {most}" if cut else "")
        above = say(lang, how_many, measure=name, count=len(rows), **cut)
        left.append((above, rows[["what", "why"]].head(_MOST_LEFT)))
    return render(found, form, [("", found.table.reset_index()), *left], [] if reference else [say(lang, without)])


@app.command(
    "map",
    short_help="Draw the network, or what was found in it.",
    rich_help_panel=o.PICTURES,
)
def map_(
    file: Annotated[str, typer.Argument(metavar="OUT", help="Where to draw: a .png, .svg or .pdf.")],
    route_: Annotated[
        tuple[str, str] | None, o.option(o.QUESTION, "--route", "FROM TO", "Draw a route.", complete.places)
    ] = None,
    alternatives: Annotated[str, o.option(o.QUESTION, "--alternatives", "N", "With --route: further routes.")] = "0",
    avoid_country: Annotated[
        str | None, o.country(o.QUESTION, "--avoid-country", "CC", "With --route: do not enter a country.")
    ] = None,
    transit_: Annotated[
        str | None,
        o.country(o.QUESTION, "--transit", "COUNTRY", "Draw the dependency of a country by link."),
    ] = None,
    through: Annotated[
        str | None,
        o.country(o.QUESTION, "--through", "COUNTRY", "With --transit: the country passed through."),
    ] = None,
    crossings_: Annotated[
        bool, o.option(o.QUESTION, "--crossings", None, "Draw the criticality of crossings.")
    ] = False,
    compare_: Annotated[
        str | None,
        o.option(
            o.QUESTION, "--compare", "SCENARIO", "Draw what a scenario moves and makes dearer.", complete.scenarios
        ),
    ] = None,
    regions_: Annotated[
        str | None,
        o.option(o.QUESTION, "--regions", "INDICATOR", "Draw border regions by a figure.", complete.indicators),
    ] = None,
    dpi: Annotated[str, o.option(o.OUTPUT, "--dpi", "N", "Dots per inch of a PNG.")] = "160",
    weights: o.Weights = "gravity",
    mode: o.Mode = "any",
    minimize: o.Minimize = "time",
    vehicle: o.Vehicle = "freight",
    as_of: o.AsOf = None,
    scenario: o.ScenarioFile = None,
    close: o.Close = None,
    close_region: o.CloseRegion = None,
    wait: o.Wait = None,
    set_: o.Set = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    lang: o.Lang = "en",
) -> None:
    """Draw the network, a route, a dependency, crossings by criticality, a scenario, or border regions.

    Indicators: rail_crossings, road_crossings, sea_crossings, crossings_per_100km, crossings_per_million, redundancy,
    min_cut_per_day, effective_crossings, exposure, exposure_worst, exposure_unserved, border_detour_factor,
    accessibility, barrier_effect.

    Example: corridors map dependency.png --transit RU --through KZ --mode rail
    """
    from corridors.engine.dated import network_on
    from corridors.views.maps import check_dpi, check_map_path, draw_map, save_map
    from corridors.views.shades import check_indicator

    check_map_path(file)
    dots = check_dpi(o.number("--dpi", dpi))
    if (transit_ is None) != (through is None):
        raise UsageError("--transit and --through: expected both or neither")
    given = {
        "--route": route_,
        "--transit": transit_,
        "--crossings": crossings_ or None,
        "--compare": compare_,
        "--regions": regions_,
    }
    several = [name for name, value in given.items() if value is not None]
    if len(several) > 1:
        raise UsageError(f"{', '.join(several)}: expected one of them")
    if regions_ is not None:
        check_indicator(regions_)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    further = o.whole_number("--alternatives", alternatives)
    loaded = o.load_network(network, data, lang)
    asked: dict[str, Any] = {"mode": mode, "minimize": minimize, "vehicle": vehicle, "scenario": changes}
    weighted = {**asked, "weights": o.read_weights_option(weights)}
    drawn: dict[str, Any] = {"mode": mode}
    with o.progress(lang, "drawing"):
        ground = loaded if changes.as_of is None else network_on(loaded, changes.as_of)
        if route_:
            from corridors.analysis.routes import route as find_route

            found = find_route(loaded, *route_, alternatives=further, avoid_country=avoid_country, **asked)
            drawn = {"route": found, "extent": "route"}
        elif transit_ is not None and through is not None:
            from corridors.analysis.transit import transit as find_transit

            drawn = {"transit": find_transit(loaded, transit_, through, sensitivity=False, **weighted)}
        elif crossings_:
            from corridors.analysis.crossings import crossings as find_crossings

            drawn = {"crossings": find_crossings(loaded, **weighted)}
        elif compare_ is not None:
            from corridors.analysis.compare import compare as find_changes
            from corridors.sources.scenarios import read_scenario

            drawn = {"compared": find_changes(loaded, [read_scenario(compare_)], flows=True, **weighted)}
        elif regions_ is not None:
            from corridors.analysis.regions import regions as find_regions

            drawn = {"regions": find_regions(loaded, **weighted), "indicator": regions_}
        save_map(draw_map(ground, lang=lang, **drawn), file, dpi=dots)


@app.command(short_help="A page that closes crossings with a click, offline.", rich_help_panel=o.PICTURES)
def explore(
    file: Annotated[str, typer.Argument(metavar="OUT.html", help="Page to write.")],
    route_: Annotated[
        tuple[str, str] | None,
        o.option(o.QUESTION, "--route", "FROM TO", "The route that it opens with.", complete.places),
    ] = None,
    weights: o.Weights = "gravity",
    mode: o.Mode = "any",
    minimize: o.Minimize = "time",
    vehicle: o.Vehicle = "freight",
    as_of: o.AsOf = None,
    scenario: o.ScenarioFile = None,
    close: o.Close = None,
    close_region: o.CloseRegion = None,
    wait: o.Wait = None,
    set_: o.Set = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    lang: o.Lang = "en",
) -> None:
    """Write a page that closes crossings with a click; it needs no network access and opens from a file.

    Routes, dependency and the ranking of crossings are computed in the page, as the other commands compute them.

    Example: corridors explore border.html --route Kurgan Omsk --mode rail
    """
    from corridors.views.explorer.page import check_page_path
    from corridors.views.explorer.page import explore as write

    check_page_path(file)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    with o.progress(lang, "drawing"):
        page = write(
            o.load_network(network, data, lang), file, ends=route_, mode=mode, minimize=minimize, vehicle=vehicle,
            weights=o.read_weights_option(weights), scenario=changes, lang=lang,
        )  # fmt: skip
    size = f"{page.stat().st_size / 1e6:.1f}"
    emit(say(lang, "{file}: {size} MB, everything in it; open it in a browser", file=file, size=size), None)


@app.command(short_help="The main job: all tables, maps and an index page.", rich_help_panel=o.PICTURES)
def report(
    folder: Annotated[str, typer.Argument(metavar="OUT_DIR", help="Directory to write; made if it is not there.")],
    compare: Annotated[
        list[str] | None,
        o.option(
            o.QUESTION,
            "--compare",
            "SCENARIO",
            "A scenario file or name to compare; may be repeated. Default: those that come with the network.",
            complete.scenarios,
        ),
    ] = None,
    as_of: o.AsOf = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    lang: o.Lang = "en",
) -> None:
    """Do the main job: all tables as CSV and JSON, the maps, and an index page that prints well.

    Example: corridors report report/
    """
    from corridors.model.dates import last_day
    from corridors.model.scenario import Scenario
    from corridors.sources.scenarios import read_scenario, shipped_scenarios
    from corridors.views.report import write_report

    loaded = o.load_network(network, data, lang)
    asked = compare if compare is not None else shipped_scenarios() if network is None else []
    compared = [read_scenario(name) for name in asked]
    if as_of:
        last_day(as_of)  # a date that is none is refused before anything is made
    with o.progress(lang, "solving"):
        files = write_report(
            loaded, folder, scenario=Scenario(as_of=as_of) if as_of else None, compared=compared, lang=lang,
            progress=lambda step: typer.echo(translate(lang, step), err=True),
        )  # fmt: skip
    page = f"{folder.rstrip('/')}/index.html"
    emit(say(lang, "{count} files in {folder}: open {page}", count=len(files), folder=folder, page=page), None)


@app.command(short_help="Check a directory of tables.", rich_help_panel=o.TABLES)
def validate(
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR", help="Directory of network tables, or one with network/ and data/."),
    ],
    data: o.DataDir = None,
    format_: o.Format = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Check a directory of tables: every problem with file, line, column, value and what was expected.

    Example: corridors validate mynetwork/
    """
    import json

    from corridors.errors import DataError
    from corridors.sources.check import validate as check

    form = o.check_format(format_)
    problems = check(folder, data)
    if form == "json":
        emit(json.dumps({"folder": folder, "problems": problems}, ensure_ascii=False, indent=2), output)
    elif problems:
        emit("\n".join(complaint(lang, problem) for problem in problems), output)
    else:
        emit(say(lang, "{folder}: no problems", folder=folder), output)
    if problems:
        raise DataError(f"{folder}: {len(problems)} problem{'s' if len(problems) > 1 else ''}")


@app.command(short_help="Write an editable copy of the default network.", rich_help_panel=o.TABLES)
def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A directory that is not there yet.")],
    lang: o.Lang = "en",
) -> None:
    """Write an editable copy of the default network and data.

    Example: corridors init mynetwork
    """
    from corridors.sources.tables import copy_default

    copy_default(folder)
    written = "{folder}: network/ and data/ written; edit them, then: corridors validate {again}"
    emit(say(lang, written, folder=folder, again=folder), None)
