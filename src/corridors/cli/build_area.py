"""The commands that build a network without a file of lines: of an Overpass server, of the world's lines offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from corridors.cli import options as o
from corridors.cli.build import Out, build, note
from corridors.cli.build_osm import Boundaries, Countries, JoinGaps, Roads, make_network, metres
from corridors.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Bbox = Annotated[
    str | None, o.option(o.QUESTION, "--bbox", "W,S,E,N", "The area: west, south, east, north, in degrees.")
]


@build.command(short_help="Of OpenStreetMap as an Overpass server has it now.")
def overpass(
    out: Out,
    countries: Countries,
    place: Annotated[
        str | None, o.option(o.QUESTION, "--place", "NAME", "The area: a place that Nominatim knows by its outline.")
    ] = None,
    bbox: Bbox = None,
    polygon: Annotated[
        str | None, o.option(o.QUESTION, "--polygon", "FILE", "The area: polygons of a GeoPackage or GeoJSON.")
    ] = None,
    boundaries: Boundaries = None,
    roads: Roads = "tertiary",
    join_gaps: JoinGaps = "0",
    endpoint: Annotated[
        str | None, o.option(o.QUESTION, "--endpoint", "URL", "The Overpass API, such as http://localhost/api.")
    ] = None,
    geocoder: Annotated[
        str | None, o.option(o.QUESTION, "--geocoder", "URL", "With --place: the Nominatim API.")
    ] = None,
    cache: Annotated[
        str | None, o.option(o.QUESTION, "--cache", "DIR", "Where answers are kept; otherwise osmnx's ./cache.")
    ] = None,
    timeout: Annotated[
        str | None, o.option(o.QUESTION, "--timeout", "S", "Seconds that an answer may take; otherwise 180.")
    ] = None,
    lang: o.Lang = "en",
) -> None:
    """Make a network of an area: railways, roads, ferries, stations and places, downloaded from an Overpass server.

    One of --place, --bbox and --polygon names the area.

    What was downloaded is kept: called again, it goes on where it stopped.

    Example: corridors build overpass OUT --bbox 69,54.5,69.5,55 --countries RU,KZ
    """
    from corridors.sources.build.download import bbox_area, file_area, request_count
    from corridors.sources.build.osm_files import country_codes, read_outlines
    from corridors.sources.build.overpass import place_area, read_overpass
    from corridors.sources.build.write import check_target
    from corridors.views.words import check_language

    check_language(lang)
    codes, within_m = country_codes(countries), metres("--join-gaps", join_gaps)
    seconds = None if timeout is None else o.number("--timeout", timeout)
    if seconds is not None and not 0 < seconds < float("inf"):
        raise UsageError(f"--timeout {timeout}: expected a number above 0")
    if sum(given is not None for given in (place, bbox, polygon)) != 1:
        raise UsageError("--place, --bbox, --polygon: expected one of them")
    if geocoder is not None and place is None:
        raise UsageError(f"--geocoder {geocoder}: expected together with --place")
    check_target(out)
    outlines = None if boundaries is None else read_outlines(boundaries)
    with o.progress(lang, "downloading") as bar:
        if place is not None:
            area = place_area(place, geocoder=geocoder, cache=cache)
        else:
            area = bbox_area(bbox) if bbox is not None else file_area(str(polygon))
        times, requests = request_count(area, roads=roads, outlines=outlines is None)
        if times > 1:
            note(lang, f"the area is {times:,} times what osmnx asks for at once: {requests:,} requests")
        ways = read_overpass(
            area, endpoint=endpoint, roads=roads, outlines=outlines is None, cache=cache, timeout_s=seconds,
            asking=_requests(bar, lang, requests),
        )  # fmt: skip
    make_network(ways, out, codes, boundaries=outlines, join_gaps_m=within_m, lang=lang)


@build.command(short_help="Of the world's railways and highways, offline: any land border.")
def scgraph(
    out: Out,
    countries: Countries,
    boundaries: Boundaries = None,
    join_gaps: JoinGaps = "0",
    lang: o.Lang = "en",
) -> None:
    r"""Make a network of some countries from the world's railways and highways in the package scgraph_data, offline.

    Lines are OpenStreetMap's, simplified: no classes, no speeds, no stations.

    Borders are Natural Earth's, a kilometre or two off, unless --boundaries gives better ones.

    Needs pip install 'corridors\[world]'.

    Example: corridors build scgraph OUT --countries MX,US
    """
    from corridors.sources.build.osm_files import country_codes, read_outlines
    from corridors.sources.build.world import read_world
    from corridors.sources.build.write import check_target
    from corridors.views.words import check_language

    check_language(lang)
    codes, within_m = country_codes(countries), metres("--join-gaps", join_gaps)
    check_target(out)
    outlines = None if boundaries is None else read_outlines(boundaries)
    with o.progress(lang, "reading the world's lines"):
        ways = read_world(codes, boundaries=outlines)
    make_network(ways, out, codes, boundaries=outlines, join_gaps_m=within_m, lang=lang)


def _requests(bar: Callable[[int, int], None] | None, lang: str, of: int) -> Callable[[int], None] | None:
    """Return what shows each request on a terminal: a line and the bar; osmnx may pause for minutes."""
    if bar is None:
        return None

    def show(number: int) -> None:
        note(lang, f"request {number:,} of {of:,}")
        bar(number - 1, of)

    return show
