"""Commands that ask about trips: routes, skims, reach, transit."""

from __future__ import annotations

from typing import Annotated

import typer

from corridors.cli import options as o
from corridors.cli.app import app
from corridors.cli.render import emit, format_value, render
from corridors.cli.words import say


@app.command()
def route(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="A place: name, id or lat,lon.")],
    destination: Annotated[str, typer.Argument(metavar="TO", help="A place: name, id or lat,lon.")],
    via: Annotated[
        list[str] | None, typer.Option("--via", metavar="PLACE", help="Stop at a place; may be repeated.")
    ] = None,
    alternatives: Annotated[
        str, typer.Option("--alternatives", metavar="N", help="Further routes that really differ.")
    ] = "0",
    avoid_country: Annotated[
        str | None, typer.Option("--avoid-country", metavar="CC", help="Do not enter a country.")
    ] = None,
    percentiles: Annotated[
        bool, typer.Option("--percentiles", help="Draw the waits: P10, P50, P90 of arrival, crossings chosen.")
    ] = False,
    draws: o.Draws = None,
    seed: o.Seed = None,
    correlation: o.Correlation = None,
    chart: o.Chart = None,
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
    format_: o.RouteFormat = "table",
    lang: o.Lang = "en",
    output: o.Output = None,
) -> None:
    """Find the best route between two places, alternatives, and what avoiding a country costs.

    Example: corridors route Курган Omsk --mode rail --avoid-country KZ
    """
    from corridors.analysis.routes import route as find

    form = o.check_format(format_, "geojson", "gpx")
    o.check_chart(chart)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    further = o.whole_number("--alternatives", alternatives)
    drawn = o.read_draw_options(None if percentiles else "--percentiles", draws, seed, correlation)
    loaded = o.load_network(network, data, lang)
    found = find(
        loaded, origin, destination, via=via or (), alternatives=further, avoid_country=avoid_country,
        percentiles=drawn[0], seed=drawn[1], correlation=drawn[2],
        mode=mode, minimize=minimize, vehicle=vehicle, scenario=changes,
    )  # fmt: skip
    for text, name in found.settings["guessed"].items():
        typer.echo("corridors: " + say(lang, "{text} taken as {name}", text=repr(text), name=name), err=True)
    o.say_where_draws_are(percentiles, form, lang)
    o.save_chart(found, chart)
    if form in {"geojson", "gpx"}:
        from corridors.sources.route_files import route_geojson, route_gpx

        text = (
            route_geojson(loaded, found.routes) if form == "geojson" else route_gpx(loaded, found.routes, found.title)
        )
    else:
        from corridors.cli.route_text import route_lines, route_tables

        text = render(found, form, route_tables(found), route_lines(found))
    emit(text, output)


@app.command()
def matrix(
    chart: o.Chart = None,
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
    emit(render(found, form, [("", shown.head(most))], lines), output)


@app.command()
def reach(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place: name, id or lat,lon.")],
    hours: Annotated[str, typer.Option("--hours", metavar="H", help="Travel time, waits included.")],
    chart: o.Chart = None,
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
    shown = found.table.reset_index(drop=True)
    shown = shown[["name", "country", "population", "time_h", "time_without_border_h", "distance_km"]]
    emit(render(found, form, [("", shown)], [reached]), output)


@app.command()
def transit(
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="Whose own traffic, for example RU.")],
    through: Annotated[
        str, typer.Option("--through", metavar="COUNTRY", help="The country passed through, for example KZ.")
    ],
    draws: o.Draws = None,
    seed: o.Seed = None,
    correlation: o.Correlation = None,
    chart: o.Chart = None,
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
    o.check_chart(chart)
    drawn = o.read_draw_options("--draws" if draws is None else None, draws, seed, correlation)
    changes = o.read_scenario_options(as_of, scenario, close, close_region, wait, set_)
    found = find(
        o.load_network(network, data, lang), country, through,
        mode=mode, minimize=minimize, vehicle=vehicle,
        weights=o.read_weights_option(weights), zones=o.read_zones_option(zones), scenario=changes,
        draws=drawn[0], seed=drawn[1], correlation=drawn[2], progress=o.show_progress("draws", lang),
    )  # fmt: skip
    o.say_where_draws_are(draws is not None, form, lang)
    o.save_chart(found, chart)
    emit(render(found, form, transit_tables(found), transit_lines(found)), output)
