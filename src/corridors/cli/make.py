"""Commands that show, draw, check and copy a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.render import emit, render

if TYPE_CHECKING:
    from corridors.model.network import Network


@app.command()
def info(
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show how much of what there is the network holds, and what it lacks.")
    ] = False,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference",
            metavar="DIR",
            envvar="CORRIDORS_REFERENCE",
            help="With --coverage: a folder of reference lists of stations and checkpoints.",
        ),
    ] = None,
    as_of: o.AsOf = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    format_: o.Format = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Show what is in the network: counts, lengths and how they are known, crossings, gaps.

    Example: corridors info --coverage
    """
    from corridors.analysis.inventory import inventory
    from corridors.engine.dated import network_on

    form = o.check_format(format_, *(["markdown"] if coverage else []))
    loaded = o.load_network(network, data, lang)
    loaded = loaded if as_of is None else network_on(loaded, as_of)
    if coverage:
        emit(_coverage_text(loaded, reference, form), output)
        return
    found = inventory(loaded)
    lines = [", ".join(f"{v} {k.replace('_', ' ')}" for k, v in found.counts.items() if isinstance(v, int))]
    lines += ["", "Gaps", *(f"- {gap}" for gap in found.gaps)]
    emit(render(found, form, [("Length of links", found.table), ("Crossings", found.crossings)], lines), output)


def _coverage_text(network: Network, reference: str | None, form: str) -> str:
    from corridors.analysis.coverage import coverage
    from corridors.sources.reference import read_reference

    found = coverage(network, read_reference(reference) if reference else None)
    if form == "markdown":
        from corridors.views.coverage import coverage_page

        return coverage_page(found)
    lines = (
        []
        if reference
        else ["Without reference lists (--reference DIR): stations and pairs of checkpoints are not measured"]
    )
    most = 12
    cut = [(name, rows) for name, rows in found.left_out.groupby("measure", sort=False)]
    left = [
        (
            f"{name}: {len(rows)} left out" + (f", the first {most}" if len(rows) > most else ""),
            rows[["what", "why"]].head(most),
        )
        for name, rows in cut
    ]
    return render(found, form, [("", found.table.reset_index()), *left], lines)


@app.command("map")
def map_(
    file: Annotated[str, typer.Argument(metavar="OUT.(png|svg|pdf)", help="Where to draw.")],
    route_: Annotated[tuple[str, str] | None, typer.Option("--route", metavar="FROM TO", help="Draw a route.")] = None,
    alternatives: Annotated[
        str, typer.Option("--alternatives", metavar="N", help="With --route: further routes.")
    ] = "0",
    avoid_country: Annotated[str | None, typer.Option("--avoid-country", metavar="CC", help="With --route.")] = None,
    transit_: Annotated[
        str | None,
        typer.Option("--transit", metavar="COUNTRY", help="Draw the dependency of a country by link."),
    ] = None,
    through: Annotated[
        str | None,
        typer.Option("--through", metavar="COUNTRY", help="With --transit: the country passed through."),
    ] = None,
    crossings_: Annotated[bool, typer.Option("--crossings", help="Draw the criticality of crossings.")] = False,
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
    """Draw the network, a route, the dependency by link, or the criticality of crossings.

    Example: corridors map dependency.png --transit RU --through KZ --mode rail
    """
    from corridors.engine.dated import network_on
    from corridors.errors import UsageError
    from corridors.views.maps import check_map_path, draw_map, save_map

    check_map_path(file)
    if (transit_ is None) != (through is None):
        raise UsageError("--transit and --through: expected both or neither")
    given = {"--route": route_, "--transit": transit_, "--crossings": crossings_}
    several = [name for name, value in given.items() if value]
    if len(several) > 1:
        raise UsageError(f"{' and '.join(several)}: expected one of them")
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    further = o.whole_number("--alternatives", alternatives)
    loaded = o.load_network(network, data, lang)
    ground = loaded if changes.as_of is None else network_on(loaded, changes.as_of)
    if route_:
        from corridors.analysis.routes import route as find_route

        route = find_route(
            loaded, *route_, alternatives=further, avoid_country=avoid_country,
            mode=mode, minimize=minimize, vehicle=vehicle, scenario=changes,
        )  # fmt: skip
        axes = draw_map(ground, route=route, extent="route", lang=lang)
    elif transit_ and through:
        from corridors.analysis.transit import transit as find_transit

        transit = find_transit(
            loaded, transit_, through, sensitivity=False,
            mode=mode, minimize=minimize, vehicle=vehicle, weights=o.read_weights_option(weights), scenario=changes,
        )  # fmt: skip
        axes = draw_map(ground, transit=transit, lang=lang)
    elif crossings_:
        from corridors.analysis.crossings import crossings as find_crossings

        crossings = find_crossings(
            loaded,
            mode=mode,
            minimize=minimize,
            vehicle=vehicle,
            weights=o.read_weights_option(weights),
            scenario=changes,
        )
        axes = draw_map(ground, crossings=crossings, lang=lang)
    else:
        axes = draw_map(ground, lang=lang)
    save_map(axes, file)


@app.command()
def report(
    folder: Annotated[str, typer.Argument(metavar="OUT_DIR", help="Directory to write; made if it is not there.")],
    compare: Annotated[
        list[str] | None,
        typer.Option(
            "--compare",
            metavar="SCENARIO",
            help="A scenario file or name to compare; may be repeated. Default: those that come with the network.",
        ),
    ] = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    lang: o.Lang = "en",
) -> None:
    """Do the main job: all tables as CSV and JSON, the maps, and an index page that prints well.

    Example: corridors report report/
    """
    from corridors.sources.scenarios import read_scenario, shipped_scenarios
    from corridors.views.report import write_report

    loaded = o.load_network(network, data, lang)
    asked = compare if compare is not None else shipped_scenarios() if network is None else []
    compared = [read_scenario(name) for name in asked]
    files = write_report(loaded, folder, compared=compared, lang=lang, progress=lambda step: typer.echo(step, err=True))
    emit(f"{len(files)} files in {folder}: open {folder.rstrip('/')}/index.html", None)


@app.command()
def validate(
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR", help="Directory of network tables, or one with network/ and data/."),
    ],
    data: o.DataDir = None,
    format_: o.Format = "table",
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
    else:
        emit("\n".join(problems) if problems else f"{folder}: no problems", output)
    if problems:
        raise DataError(f"{folder}: {len(problems)} problem{'s' if len(problems) > 1 else ''}")


@app.command()
def init(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A directory that is not there yet.")],
) -> None:
    """Write an editable copy of the default network and data.

    Example: corridors init mynetwork
    """
    from corridors.sources.tables import copy_default

    copy_default(folder)
    emit(f"{folder}: network/ and data/ written; edit them, then: corridors validate {folder}", None)
