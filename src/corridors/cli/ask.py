"""Commands that ask about trips: routes, skims, reach, transit."""

from __future__ import annotations

from typing import Annotated

import typer

from corridors.cli import complete
from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.render import emit, render
from corridors.cli.words import say
from corridors.formats import format_value


@app.command(short_help="The best route between two places, and what avoiding costs.", rich_help_panel=o.TRIPS)
def route(
    origin: Annotated[str, o.place("FROM")],
    destination: Annotated[str, o.place("TO")],
    via: Annotated[
        list[str] | None, o.option(o.QUESTION, "--via", "PLACE", "Stop at a place; may be repeated.", complete.places)
    ] = None,
    alternatives: Annotated[
        str, o.option(o.QUESTION, "--alternatives", "N", "Further routes that really differ.")
    ] = "0",
    avoid_country: Annotated[
        str | None, o.country(o.QUESTION, "--avoid-country", "CC", "Do not enter a country.")
    ] = None,
    percentiles: Annotated[
        bool, o.option(o.QUESTION, "--percentiles", None, "Draw the waits: P10, P50, P90 of arrival, crossings chosen.")
    ] = False,
    draws: o.RouteDraws = None,
    seed: o.Seed = None,
    correlation: o.Correlation = None,
    chart_kind: o.RouteChartKind = None,
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
    format_: o.RouteFormat = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Find the best route between two places, alternatives, and what avoiding a country costs.

    Example: corridors route Курган Omsk --mode rail --avoid-country KZ
    """
    from corridors.analysis.routes import route as find

    form = o.check_format(format_, "geojson", "gpx")
    o.check_chart(chart, chart_kind, o.ROUTE_CHARTS, {"arrivals": ("--percentiles", percentiles)})
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    further = o.whole_number("--alternatives", alternatives)
    drawn = o.read_draw_options(None if percentiles else "--percentiles", draws, seed, correlation)
    with o.progress(lang, "solving"):
        loaded = o.load_network(network, data, lang)
        found = find(
            loaded, origin, destination, via=via or (), alternatives=further, avoid_country=avoid_country,
            percentiles=drawn[0], seed=drawn[1], correlation=drawn[2],
            mode=mode, minimize=minimize, vehicle=vehicle, scenario=changes,
        )  # fmt: skip
        o.save_chart(found, chart, chart_kind)
    for text, name in found.settings["guessed"].items():
        typer.echo("corridors: " + say(lang, "{text} taken as {name}", text=repr(text), name=name), err=True)
    o.say_where_draws_are(percentiles, form, lang)
    if form in {"geojson", "gpx"}:
        from corridors.sources.route_files import route_geojson, route_gpx

        text = (
            route_geojson(loaded, found.routes) if form == "geojson" else route_gpx(loaded, found.routes, found.title)
        )
    else:
        from corridors.cli.route_text import route_lines, route_tables

        text = render(found, form, route_tables(found), route_lines(found))
    emit(text, output)


@app.command(short_help="Skims: km, hours, money, waits between all zones.", rich_help_panel=o.TRIPS)
def matrix(
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
    """Compute skims: km, hours, money, waits and km by country between all zones.

    Example: corridors matrix --mode rail --format csv --output skims.csv
    """
    from corridors.analysis.skims import matrix as find

    form = o.check_format(format_)
    o.check_chart(chart)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    with o.progress(lang, "solving"):
        found = find(
            o.load_network(network, data, lang),
            mode=mode,
            minimize=minimize,
            vehicle=vehicle,
            zones=o.read_zones_option(zones),
            scenario=changes,
        )
        o.save_chart(found, chart)
    most = 40
    all_of = "{count} ordered pairs; the first {most}. --format csv or json gives all."
    lines = [say(lang, all_of, count=len(found.table), most=most)]
    shown = found.table[["origin", "destination", "distance_km", "time_h", "cost_usd", "border_wait_h", "crossings"]]
    shown = shown.head(most)
    if found.zones is not None:
        shown = shown.replace({"origin": found.zones.table["name"], "destination": found.zones.table["name"]})
    emit(render(found, form, [("", shown)], lines), output)


@app.command(short_help="What lies within some hours of a place.", rich_help_panel=o.TRIPS)
def reach(
    place: Annotated[str, o.place("PLACE")],
    hours: Annotated[str, o.option(o.QUESTION, "--hours", "H", "Travel time, waits included.")],
    zones: o.Zones = None,
    mode: o.Mode = "any",
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
    """Show what lies within some hours of a place, and how much of it the border takes away.

    Example: corridors reach Petropavl --hours 12 --mode road
    """
    from corridors.analysis.skims import reach as find

    form = o.check_format(format_)
    o.check_chart(chart)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    with o.progress(lang, "solving"):
        found = find(
            o.load_network(network, data, lang),
            place,
            o.number("--hours", hours),
            mode=mode,
            vehicle=vehicle,
            zones=o.read_zones_option(zones),
            scenario=changes,
        )
        o.save_chart(found, chart)
    f = found.figures
    reached = say(
        lang,
        "{zones} zones with {people} people; without waits {free_zones} zones with {free_people}",
        zones=f["zones_reached"],
        people=format_value("population", f["population"]),
        free_zones=f["zones_without_border"],
        free_people=format_value("population", f["population_without_border"]),
    )
    columns = ["name", "country", "population", "time_h", "time_without_border_h", "distance_km"]
    within = found.table["reached"].to_numpy()
    tables = [("", found.table[within][columns].reset_index(drop=True))]
    if not within.all():
        beyond = found.table[~within][columns].reset_index(drop=True)
        tables.append((say(lang, "Within reach only without waits"), beyond))
    emit(render(found, form, tables, [reached]), output)


@app.command(short_help="A country's dependency on another's territory.", rich_help_panel=o.BORDER)
def transit(
    country: Annotated[str, o.whose("RU")],
    through: Annotated[
        str, o.country(o.QUESTION, "--through", "COUNTRY", "The country passed through, for example KZ.")
    ],
    draws: o.TransitDraws = None,
    seed: o.Seed = None,
    correlation: o.Correlation = None,
    chart_kind: o.TransitChartKind = None,
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
    """Measure the dependency of a country's own traffic on another's territory, by region, crossing and corridor.

    Example: corridors transit RU --through KZ --mode rail
    """
    from corridors.analysis.transit import transit as find
    from corridors.cli.transit_text import transit_lines, transit_tables

    form = o.check_format(format_)
    o.check_chart(chart, chart_kind, o.TRANSIT_CHARTS, {"crossings": ("--draws", draws is not None)})
    drawn = o.read_draw_options("--draws" if draws is None else None, draws, seed, correlation)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    with o.progress(lang, "solving" if draws is None else "draws") as tell:
        found = find(
            o.load_network(network, data, lang), country, through,
            mode=mode, minimize=minimize, vehicle=vehicle,
            weights=o.read_weights_option(weights), zones=o.read_zones_option(zones), scenario=changes,
            draws=drawn[0], seed=drawn[1], correlation=drawn[2], progress=tell,
        )  # fmt: skip
        o.save_chart(found, chart, chart_kind)
    o.say_where_draws_are(draws is not None, form, lang)
    emit(render(found, form, transit_tables(found), transit_lines(found)), output)
