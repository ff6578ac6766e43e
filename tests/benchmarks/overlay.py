"""The border overlay against plain graphs: same networks, same run, same answers.

Run by ``make bench``; ``--help`` says the rest. Each contestant runs in a process of its own, one thread, and the contestants
take turns, so that a machine whose speed drifts slows all. Tables go to the screen, and to a document with ``--document``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
from contestants import PLAIN, Answers, by_closures, by_overlay, furthest
from planar import Planar, planar_network

OURS = "corridors"
FAST = "corridors[fast]"
SHIPPED = 0
"""Stands among the sizes for the default network, by road."""
ANSWERS = ("sources", "closures", "free", "shut", "extra", "lost", "without")
SAME = 1e-9
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
SHIPPED_SAYS = " Lorries, least time; each zone at its nearest node, one to a node."
GROWTH_BASE = {"nodes": 25_000, "zones": 250, "crossings": 50}
GROWTH_FACTORS = (0.5, 1, 2, 4)
GROWTH_REPEAT = 3
WAYS = {
    OURS: "legs inside the countries, border overlay, all closures at once; legs by scipy's Dijkstra",
    FAST: "the same, legs of countries of 20,000 nodes and more by pyroutingkit's contraction hierarchy; whole seconds stay exact",
    "scipy": "Dijkstra from every zone, again for each closure",
    "networkx": "the same in Python",
    "igraph": "the same in C, from all zones to all zones",
    "networkit": "the same in C++; each search ends when all zones are reached",
    "pandana": "contraction hierarchy made anew for each closure; rounds to 0.001 s, so whole seconds are exact",
    "gravel-fragility": "contraction hierarchy made anew for each closure; its own fragility closes one directed link of one "
    "path at a time, not a crossing for all pairs",
    "scgraph": "shortest path tree of its compiled graph from every zone, again for each closure",
    "pyroutingkit": "customizable contraction hierarchy, weights set anew for each closure",
}


@dataclass(frozen=True)
class Run:
    """One contestant's run: seconds by part, peak memory in MB, its answers, or what went wrong."""

    name: str
    seconds: dict[str, float]
    peak_mb: float
    answers: Answers | None
    problem: str = ""
    wall_s: float = 0.0
    """Also what is not timed: the network and, of a sample, what was asked."""


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--nodes",
        type=int,
        nargs="*",
        default=[SHIPPED, 10_000, 100_000],
        help="sizes, one table each; 0: the default network",
    )
    parser.add_argument("--zones", type=int, help="zones; by default a zone per 50 nodes, at most 1000")
    parser.add_argument("--crossings", type=int, help="crossings; by default 60, and 150 from 100,000 nodes on")
    parser.add_argument("--one-way", type=float, default=0.0, help="share of one-way links")
    parser.add_argument(
        "--contestants", nargs="*", default=[OURS, FAST, *PLAIN], choices=[OURS, FAST, *PLAIN], metavar="NAME"
    )
    parser.add_argument("--repeat", type=int, default=3, help="runs of each contestant; medians are shown")
    parser.add_argument(
        "--budget", type=float, default=60.0, help="seconds a plain graph may take for the whole; samples beyond it"
    )
    parser.add_argument("--limit", type=float, default=600.0, help="seconds after which a contestant is stopped")
    parser.add_argument(
        "--patience", type=float, default=120.0, help="seconds; a contestant that took longer runs no second time"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", action="store_true", help="also time doublings of crossings, zones and nodes")
    parser.add_argument("--document", type=Path, help="page to write the tables into; other sections stay")
    parser.add_argument("--picture", type=Path, help="where to draw the growth")
    parser.add_argument("--one", help=argparse.SUPPRESS)  # the child process: one contestant, answers to --out
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def sizes_of(asked: argparse.Namespace, nodes: int) -> tuple[int, int]:
    """Return zones and crossings of a network that is made."""
    zones = asked.zones or min(1000, max(nodes // 50, 10))
    return zones, asked.crossings or (150 if nodes >= 100_000 else 60)


def heading_of(nodes: int) -> str:
    """Return what a size is called."""
    return "The default network" if nodes == SHIPPED else f"{nodes:,} nodes"


def network_of(asked: argparse.Namespace, nodes: int) -> Planar:
    """Return the network of that many nodes."""
    if nodes == SHIPPED:
        from shipped import shipped_network  # it reads tables, which takes memory that the others' runs need not show

        return shipped_network()
    return planar_network(nodes, *sizes_of(asked, nodes), one_way=asked.one_way, seed=asked.seed)


def solve(network: Planar, name: str, budget_s: float) -> Answers:
    """Solve the task by one contestant."""
    if name in (OURS, FAST):
        return by_overlay(network, rounded=name == FAST)
    return by_closures(network, PLAIN[name], budget_s)


def run_one(asked: argparse.Namespace) -> None:
    """Run one contestant in this process and write its answers."""
    network = network_of(asked, asked.nodes[0])
    solve(planar_network(200, 10, 3), asked.one, asked.budget)  # what is imported late is not the task's
    found = solve(network, asked.one, asked.budget)
    about = json.dumps({"seconds": found.seconds, "peak_mb": peak_mb()})
    np.savez(asked.out, about=np.array(about), **{name: getattr(found, name) for name in ANSWERS})


def peak_mb() -> float:
    """Return the most memory this process has had; what Linux tells of children counts the parent before they began."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text())[0]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def start(asked: argparse.Namespace, nodes: int, name: str, zones: int, crossings: int) -> Run:
    """Run one contestant in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "answers.npz"
        options = {"--nodes": nodes, "--zones": zones, "--crossings": crossings, "--one-way": asked.one_way}
        options |= {"--budget": asked.budget, "--seed": asked.seed, "--one": name, "--out": out}
        begin = time.perf_counter()
        command = [sys.executable, __file__, *(str(word) for pair in options.items() for word in pair)]
        try:
            done = subprocess.run(
                command,
                check=False,
                env=os.environ | dict.fromkeys(THREADS, "1"),
                capture_output=True,
                text=True,
                timeout=asked.limit,
            )
        except subprocess.TimeoutExpired:
            return Run(name, {}, np.nan, None, f"stopped after {asked.limit:g} s")
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"ended with code {done.returncode}"]
            missing = re.search(r"No module named '(\w+)", lines[-1])
            return Run(name, {}, np.nan, None, f"{missing[1]} is not installed" if missing else lines[-1][:120])
        with np.load(out) as saved:
            about = json.loads(str(saved["about"]))
            answers = Answers(**{key: saved[key] for key in ANSWERS}, seconds=about["seconds"])
    return Run(name, about["seconds"], about["peak_mb"], answers, wall_s=time.perf_counter() - begin)


def table_of(asked: argparse.Namespace, nodes: int) -> list[str]:
    """Run all contestants on one size and return the table as lines."""
    zones, crossings = sizes_of(asked, nodes)
    names = list(dict.fromkeys([OURS, *asked.contestants]))  # the others are checked against ours
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for round_ in range(asked.repeat):
        for name in names:
            if any(run.problem or run.wall_s > asked.patience for run in runs[name]):
                continue
            runs[name].append(start(asked, nodes, name, zones, crossings))
            last = runs[name][-1]
            said = last.problem or f"{last.seconds['whole']:.3f} s"
            print(f"{heading_of(nodes)}, round {round_ + 1}: {name} {said}", file=sys.stderr, flush=True)
    network = network_of(asked, nodes)
    long = any(len(found) < asked.repeat and not found[-1].problem for found in runs.values())
    once = f", of one that took over {asked.patience:g} s one run" if long else ""
    made = f", {asked.one_way:.0%} one-way; seed {asked.seed}"
    lines = [
        (
            f"{len(network.x_km):,} nodes, {len(network.tail):,} arcs, {len(network.zone_node):,} zones, {network.crossings} crossings"
            f"{'' if nodes == SHIPPED else made}; {'one run' if asked.repeat == 1 else f'medians of {asked.repeat} runs'}{once}."
            f"{SHIPPED_SAYS if nodes == SHIPPED else ''}"
        ),
        "",
        "| contestant | version | whole task, s | times ours | peak memory, MB | measured | greatest difference |",
        "| --- | --- | ---: | ---: | ---: | --- | ---: |",
    ]
    ours = runs[OURS][-1]
    if ours.answers is None:
        raise SystemExit(f"{OURS}: {ours.problem}")
    base = whole(runs[OURS])
    for name in names:
        lines.append(row_of(network, ours.answers, runs[name], base))
    said = "; ".join(
        f"of {name}: {parts_of(runs[name])}" for name in (OURS, FAST) if name in names and runs[name][-1].answers
    )
    return [
        *lines,
        "",
        f"{said[0].upper()}{said[1:]} (graph and legs of both countries; solutions and sums; all single closures; medians).",
    ]


def parts_of(runs: list[Run]) -> str:
    """Return the median seconds of each part of the whole task."""
    parts = {p: statistics.median(r.seconds[p] for r in runs) for p in ("legs", "dependency", "closures")}
    return ", ".join(f"{part} {seconds:.{2 if seconds >= 0.1 else 3}f} s" for part, seconds in parts.items())


def whole(runs: list[Run]) -> float:
    """Return the median seconds of the whole task."""
    return statistics.median(run.seconds["whole"] for run in runs)


def row_of(network: Planar, ours: Answers, runs: list[Run], base: float) -> str:
    """Return one contestant's row; an answer that differs ends the benchmark."""
    last = runs[-1]
    if last.answers is None:
        return f"| {last.name} | {version_of(last.name)} | — | — | — | {last.problem} | — |"
    apart = max(furthest(network, ours, run.answers) for run in runs if run.answers is not None)
    if not apart <= SAME:
        raise SystemExit(f"{last.name}: answers differ by {apart:g} of their size, expected at most {SAME:g}")
    zones, count = len(last.answers.sources), len(last.answers.closures)
    sampled = zones < len(network.zone_node) or count < network.crossings
    measured = f"extrapolated from {zones} zones, {count} closures" if sampled else "whole"
    seconds, peak = whole(runs), statistics.median(run.peak_mb for run in runs)
    about = "~" if sampled else ""
    difference = "—" if last.name == OURS else f"{apart:.1g}"
    return (
        f"| {last.name} | {version_of(last.name)} | {about}{seconds:,.{2 if seconds >= 1 else 3}f} | {about}{seconds / base:,.1f} | {peak:,.0f} | "
        f"{measured} | {difference} |"
    )


def version_of(name: str) -> str:
    """Return the version of a package; a dash where it is not installed."""
    try:
        return metadata.version(name.split("[", maxsplit=1)[0])
    except metadata.PackageNotFoundError:
        return "—"


def growth(asked: argparse.Namespace) -> tuple[list[str], dict[str, tuple[list[int], list[float], float]]]:
    """Time doublings of each size from a base, all else as in the base; return a table and the curves."""
    curves = {}
    base = ", ".join(f"{size:,} {what}" for what, size in GROWTH_BASE.items())
    lines = [
        (
            f"One size grows, the others stay at the base: {base}. Medians of {GROWTH_REPEAT} runs of {OURS}, seconds. The "
            "exponent is the slope of log seconds over log size, least squares; it rises with size."
        ),
        "",
        "| what grows | sizes | whole task, s | legs, s | dependency, s | closures, s | exponent | of the last doubling |",
        "| --- | --- | --- | --- | --- | --- | ---: | ---: |",
    ]
    for what, size in GROWTH_BASE.items():
        sizes = [int(size * factor) for factor in GROWTH_FACTORS]
        by_part: dict[str, list[float]] = {"whole": [], "legs": [], "dependency": [], "closures": []}
        for grown in sizes:
            at = GROWTH_BASE | {what: grown}
            runs = [start(asked, at["nodes"], OURS, at["zones"], at["crossings"]) for _ in range(GROWTH_REPEAT)]
            if runs[0].problem:
                raise SystemExit(f"{what} {grown}: {runs[0].problem}")
            for part, seconds in by_part.items():
                seconds.append(statistics.median(run.seconds[part] for run in runs))
            print(f"growth of {what}: {grown}, {by_part['whole'][-1]:.2f} s", file=sys.stderr, flush=True)
        slope = float(np.polyfit(np.log(sizes), np.log(by_part["whole"]), 1)[0])
        curves[what] = sizes, by_part["whole"], slope
        cells = [" ".join(f"{v:.2f}" for v in seconds) for seconds in by_part.values()]
        last = float(np.log2(by_part["whole"][-1] / by_part["whole"][-2]))
        grown_to = " ".join(f"{size:,}" for size in sizes)
        lines.append(f"| {what} | {grown_to} | {' | '.join(cells)} | {slope:.2f} | {last:.2f} |")
    return lines, curves


def draw_growth(curves: dict[str, tuple[list[int], list[float], float]], path: Path) -> None:
    """Draw seconds over size, both in doublings."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
    for (what, (sizes, seconds, slope)), marker in zip(curves.items(), "osD", strict=True):
        relative = np.array(sizes) / GROWTH_BASE[what]
        axes.loglog(relative, seconds, marker=marker, base=2, label=f"{what}: exponent {slope:.2f}")
    ticks = list(GROWTH_FACTORS)
    axes.set_xticks(ticks, [f"×{factor:g}" for factor in ticks])
    axes.set_xlabel("size, relative to the base: " + ", ".join(f"{s:,} {w}" for w, s in GROWTH_BASE.items()))
    axes.set_ylabel("whole task, s")
    axes.yaxis.set_major_formatter(mpl.ticker.FormatStrFormatter("%g"))
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def machine() -> str:
    """Return on what and when this runs."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version_of(name)}" for name in ("numpy", "scipy"))
    return (
        f"{time.strftime('%d %B %Y').lstrip('0')}; {platform.system()} {platform.machine()}, {os.cpu_count()} cores (one used, "
        f"load {os.getloadavg()[0]:.1f} at the start), "
        f"{memory:.0f} GB; {platform.python_implementation()} {platform.python_version()}, {packages}."
    )


def introduction() -> list[str]:
    """Return the head of the document."""
    return [
        "# Performance",
        "",
        "Written by `tests/benchmarks/overlay.py`, which `make bench` runs; each section says when and on what.",
        "",
        (
            "The task: transit dependency (the own pairs of one country, with all crossings open and with all closed), "
            "criticality (each crossing closed alone, all pairs of zones) and exposure by region (the same sums by origin). The "
            "networks: the default one by road (`tests/benchmarks/shipped.py`), and seeded ones, like roads, four nodes in five of "
            "degree 2, cut by a border (`tests/benchmarks/planar.py`). Entry "
            "and transit wait alike, so that shortest paths of the plain graph are the right answer; times are whole seconds, so "
            "that sums are exact."
        ),
        "",
        (
            "Timed from arrays in memory to answers, one thread, a process for each contestant. Peak memory is that of the process, "
            "Python and the network included, for what was run. Extrapolated (~): too slow to run whole; "
            "closures and queries timed on a sample and "
            "multiplied, the arithmetic on distances left out. Every answer measured is compared with that of corridors; the greatest difference relative to the "
            f"answer is shown, and more than {SAME:g} ends the run. What the others cannot do at once, they do one closure after "
            "another:"
        ),
        "",
        *(f"- {name}: {way}." for name, way in WAYS.items()),
        "",
    ]


def write_document(path: Path, sections: dict[str, list[str]]) -> None:
    """Write the document; sections that this run did not make stay as they were."""
    old = re.split(r"^## (.+)\n", path.read_text("utf-8"), flags=re.MULTILINE) if path.exists() else [""]
    texts = dict(zip(old[1::2], (text.strip() for text in old[2::2]), strict=True))
    texts |= {heading: "\n".join(lines) for heading, lines in sections.items()}

    def order(heading: str) -> tuple[bool, int]:
        if heading == heading_of(SHIPPED):
            return False, 0
        digits = re.sub(r"\D", "", heading)
        return not digits, int(digits or 0)

    body = [f"## {heading}\n\n{texts[heading]}\n" for heading in sorted(texts, key=order)]
    path.write_text("\n".join([*introduction(), *body]), "utf-8")


def main() -> None:
    """Run what is asked for."""
    asked = arguments()
    if asked.one:
        run_one(asked)
        return
    sections: dict[str, list[str]] = {}
    for nodes in asked.nodes:
        heading = heading_of(nodes)
        sections[heading] = [machine(), "", *table_of(asked, nodes)]
        print("\n".join(sections[heading]), flush=True)
        if asked.document:
            write_document(asked.document, sections)
    if asked.growth:
        lines, curves = growth(asked)
        print("\n".join(lines))
        if asked.picture:
            draw_growth(curves, asked.picture)
            if asked.document:
                at = os.path.relpath(asked.picture, asked.document.parent)
                lines += ["", f"![Seconds of the whole task as crossings, zones and nodes double]({at})"]
        sections["Growth"] = [machine(), "", *lines]
    if asked.document:
        write_document(asked.document, sections)


if __name__ == "__main__":
    main()
