"""Commands that ask about the border: crossings, regions, scenarios, years, claims."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from corridors.cli import complete
from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.render import emit, render
from corridors.cli.words import say
from corridors.errors import UsageError


@app.command(short_help="What closing each crossing costs; the worst sets; robustness.", rich_help_panel=o.BORDER)
def crossings(
    worst: Annotated[
        str | None,
        o.option(o.QUESTION, "--worst", "2|3", "Rank sets of so many, closed together.", complete.values("2", "3")),
    ] = None,
    robustness: Annotated[
        bool, o.option(o.QUESTION, "--robustness", None, "What is still served as one after another fails.")
    ] = False,
    orders: Annotated[
        str | None, o.option(o.QUESTION, "--orders", "N", "Random orders of failure.", default="20")
    ] = None,
    draws: o.CrossingDraws = None,
    seed: Annotated[
        str | None, o.option(o.QUESTION, "--seed", "S", "Of --orders or --draws: the same draws again.", default="0")
    ] = None,
    correlation: o.Correlation = None,
    weights: o.Weights = "gravity",
    zones: o.Zones = None,
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
    chart: o.Chart = None,
    format_: o.Format = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Rank crossings by criticality: every crossing closed alone, what it costs all pairs of zones.

    With --draws the ranking again in each draw of the waits; with --worst the sets of two or three that do most harm
    together; with --robustness what is still served as crossings fail one after another, worst first and at random.

    Example: corridors crossings --mode rail --worst 2
    """
    from corridors.cli.robustness_text import answer_ranking, answer_robustness, answer_worst_sets

    form = o.check_format(format_)
    asked_for = {"--worst": worst is not None, "--robustness": robustness, "--draws": draws is not None}
    several = [option for option, given in asked_for.items() if given]
    if len(several) > 1:
        raise UsageError(f"{', '.join(several)}: expected one of them")
    o.check_only_with("--robustness", robustness, {"--orders": orders})
    o.check_only_with("--robustness, --draws", robustness or draws is not None, {"--seed": seed})
    o.check_chart(chart)
    size = None if worst is None else o.whole_number("--worst", worst)
    seed_of_draws = None if draws is None else seed
    waits = o.read_draw_options("--draws" if draws is None else None, draws, seed_of_draws, correlation)
    drawn = {
        "orders": o.whole_number("--orders", "20" if orders is None else orders),
        "seed": o.whole_number("--seed", "0" if seed is None else seed),
    }
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    loaded = o.load_network(network, data, lang)
    asked: dict[str, Any] = {
        "mode": mode, "minimize": minimize, "vehicle": vehicle, "scenario": changes,
        "weights": o.read_weights_option(weights), "zones": o.read_zones_option(zones),
    }  # fmt: skip
    if size is not None:
        text = answer_worst_sets(loaded, size, chart, form, asked)
    elif robustness:
        text = answer_robustness(loaded, drawn, chart, form, asked)
    else:
        text = answer_ranking(loaded, waits, chart, form, asked)
    emit(text, output)


@app.command(short_help="The connectivity of each border region.", rich_help_panel=o.BORDER)
def regions(
    country: Annotated[str | None, o.country(o.QUESTION, "--country", "CC", "Only the regions of one country.")] = None,
    weights: o.Weights = "gravity",
    zones: o.Zones = None,
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
    chart: o.Chart = None,
    format_: o.Format = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Measure the connectivity of each border region: crossings, densities, redundancy, exposure, accessibility.

    Example: corridors regions --mode rail --country RU
    """
    from corridors.analysis.regions import regions as find

    form = o.check_format(format_)
    o.check_chart(chart)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    with o.progress(lang, "solving"):
        found = find(
            o.load_network(network, data, lang), country=country,
            mode=mode, minimize=minimize, vehicle=vehicle,
            weights=o.read_weights_option(weights), zones=o.read_zones_option(zones), scenario=changes,
        )  # fmt: skip
        o.save_chart(found, chart)
    first = [
        "name",
        "rail_crossings",
        "road_crossings",
        "border_length_km",
        "population",
        "crossings_per_100km",
    ]
    second = [
        "name",
        "redundancy",
        "effective_crossings",
        "exposure",
        "exposure_worst",
        "border_detour_factor",
        "barrier_effect",
    ]
    flat = found.table.reset_index()
    tables = [(say(lang, "The border"), flat[first])]
    if found.settings["zones"]:
        tables.append((say(lang, "How well the border is crossed"), flat[second]))
    else:
        said = (
            "without zones only crossings, densities and indices are known: --zones FILE or populations.csv gives them"
        )
        typer.echo(f"corridors: {say(lang, said)}", err=True)
    emit(render(found, form, tables), output)


@app.command(short_help="Scenarios against a baseline, by region and pair.", rich_help_panel=o.BORDER)
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Files in TOML, or names of scenarios that come with the network.",
            autocompletion=complete.scenarios,
        ),
    ],
    country: Annotated[
        str | None, o.country(o.QUESTION, "--country", "CC", "Only pairs that begin in one country.")
    ] = None,
    through: Annotated[
        str | None,
        o.country(o.QUESTION, "--through", "CC", "With --country: its dependency on another, before and after."),
    ] = None,
    weights: o.Weights = "gravity",
    zones: o.Zones = None,
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
    chart: o.Chart = None,
    format_: o.Format = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Hold scenarios against a baseline: what gets dearer, cheaper or lost, per region and pair.

    With the network come: astrakhan-atyrau-before-2024, kazakhstan-closed, mashtakovo-syrym-repair, petropavl-closed,
    semey-oskemen-built, waits-doubled. Options such as --as-of and --close make the baseline.

    Example: corridors compare petropavl-closed waits-doubled --mode rail
    """
    from corridors.analysis.compare import compare as find
    from corridors.cli.compare_text import compare_lines, compare_tables
    from corridors.sources.scenarios import read_scenario

    form = o.check_format(format_)
    o.check_chart(chart)
    base = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    with o.progress(lang, "scenarios"):
        found = find(
            o.load_network(network, data, lang), [read_scenario(s) for s in scenarios],
            mode=mode, minimize=minimize, vehicle=vehicle,
            weights=o.read_weights_option(weights), zones=o.read_zones_option(zones), scenario=base,
            country=country, through=through,
        )  # fmt: skip
        o.save_chart(found, chart)
    emit(render(found, form, compare_tables(found), compare_lines(found)), output)


@app.command(short_help="The dependency year by year, and what moved it.", rich_help_panel=o.BORDER)
def timeline(
    country: Annotated[str, o.whose("KZ")],
    through: Annotated[
        str, o.country(o.QUESTION, "--through", "COUNTRY", "The country passed through, for example RU.")
    ],
    first: Annotated[str, o.option(o.QUESTION, "--from", "YEAR", "First year, from 1991 on.")] = "1991",
    last: Annotated[
        str | None,
        o.option(o.QUESTION, "--to", "YEAR", "Last year; a later one shows what is planned.", default="this year"),
    ] = None,
    weights: o.Weights = "gravity",
    zones: o.Zones = None,
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
    chart: o.Chart = None,
    format_: o.Format = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Show the dependency of a country's own traffic year by year, with the events that moved it.

    Example: corridors timeline KZ --through RU --mode rail
    """
    from corridors.analysis.timeline import timeline as find
    from corridors.cli.history_text import timeline_lines, timeline_tables

    form = o.check_format(format_)
    o.check_chart(chart)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    with o.progress(lang, "years") as tell:
        found = find(
            o.load_network(network, data, lang), country, through,
            first=o.whole_number("--from", first), last=None if last is None else o.whole_number("--to", last),
            mode=mode, minimize=minimize, vehicle=vehicle,
            weights=o.read_weights_option(weights), zones=o.read_zones_option(zones), scenario=changes,
            progress=tell,
        )  # fmt: skip
        o.save_chart(found, chart)
    emit(render(found, form, timeline_tables(found), timeline_lines(found)), output)


@app.command(short_help="What the literature says, tested.", rich_help_panel=o.BORDER)
def claims(
    as_of: o.AsOf = None,
    network: o.NetworkDir = None,
    data: o.DataDir = None,
    format_: o.Format = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Test what the literature says about the border: confirmed, contradicted, not testable.

    Example: corridors claims --format csv
    """
    from corridors.analysis.claims import claims as find
    from corridors.cli.history_text import claims_lines

    form = o.check_format(format_)
    with o.progress(lang, "claims"):
        found = find(o.load_network(network, data, lang), as_of=as_of)
    emit(render(found, form, [], claims_lines(found)), output)
