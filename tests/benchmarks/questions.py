"""How long questions about the default network take: scenarios, draws of waits, and a command from a cold shell.

Run by ``make bench``; writes its section of the page on performance. Commands take turns with importing what they cannot
do without, so that a machine whose speed drifts slows both; the ratio is the median over the rounds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from overlay import machine, write_document

import corridors as co

ROUNDS = 15
DRAWS = 10_000
MODES = ("rail", "road", "any")
TRIPS = (("Kurgan", "Almaty", "rail"), ("Kurgan", "Almaty", "road"), ("Moscow", "Almaty", "any"))
OWN_AND_FOREIGN = (("KZ", "RU", "rail"), ("KZ", "RU", "any"), ("RU", "KZ", "rail"), ("RU", "KZ", "any"))
CORRIDORS = str(Path(sys.executable).with_name("corridors"))
COMMANDS = {
    "import pandas, scipy.sparse.csgraph": [sys.executable, "-c", "import pandas, scipy.sparse.csgraph"],
    "corridors route Kurgan Omsk --mode rail": [CORRIDORS, "route", "Kurgan", "Omsk", "--mode", "rail"],
    "the same, --format json": [CORRIDORS, "route", "Kurgan", "Omsk", "--mode", "rail", "--format", "json"],
    "corridors --help": [CORRIDORS, "--help"],
}

# modules are compiled once, as in anybody's shell, not in every run
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def seconds(work: Callable[[], Any]) -> float:
    """Return how long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def scenario_lines(network: co.Network) -> list[str]:
    """Return how long one changed scenario takes, all its tables included: each crossing shut, and each an hour slower."""
    rows = []
    for mode in MODES:
        base = co.baseline(network, mode=mode)
        kind = base.ground.crossings["mode"]
        ids = kind.index[(kind == mode) | (mode == "any")]
        changed = [co.Scenario(name="shut", close=(crossing,)) for crossing in ids]
        changed += [co.Scenario(name="slow", wait_h={crossing: 9.0}) for crossing in ids]
        base.compare(changed[0])
        spent = [1000 * seconds(partial(base.compare, one)) for one in changed]
        rows.append(
            f"| {mode} | {len(base.zones)} | {len(changed)} | {statistics.median(spent):.1f} | {max(spent):.1f} |"
        )
    return [
        "One changed scenario once the baseline is loaded and solved, all tables included: each crossing shut, and each at nine hours.",
        "",
        "| mode | zones | scenarios | median, ms | worst, ms |",
        "| --- | ---: | ---: | ---: | ---: |",
        *rows,
    ]


def draw_lines(network: co.Network) -> list[str]:
    """Return how long draws of the waits take."""
    rows = []
    for origin, destination, mode in TRIPS:
        spent = seconds(partial(co.route, network, origin, destination, mode=mode, percentiles=DRAWS))
        rows.append(f"| route {origin}–{destination} | {mode} | 2 | {spent:.1f} |")
    for country, through, mode in OWN_AND_FOREIGN:
        begun = time.perf_counter()
        found = co.transit(network, country, through=through, mode=mode, draws=DRAWS)
        spent = time.perf_counter() - begun
        rows.append(f"| transit {country} through {through} | {mode} | {int(found.settings['zones'])} | {spent:.1f} |")
    return [
        f"{DRAWS:,} draws of the waits, the network loaded:",
        "",
        "| question | mode | zones | s |",
        "| --- | --- | ---: | ---: |",
        *rows,
    ]


def command_lines() -> list[str]:
    """Return how long commands take from a cold shell, against the import."""

    def run(command: list[str]) -> float:
        return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT))

    for command in COMMANDS.values():
        run(command)  # the first run fills the caches of the file system
    rounds = [{name: run(command) for name, command in COMMANDS.items()} for _ in range(ROUNDS)]
    rows = []
    for name in COMMANDS:
        ratios = [r[name] / r[next(iter(COMMANDS))] for r in rounds]
        spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
        middle = statistics.median(r[name] for r in rounds)
        rows.append(f"| `{name}` | {middle:.3f} | {statistics.median(ratios):.2f} | {spread} |")
    return [
        f"Whole commands from a cold shell, medians of {ROUNDS} rounds in which they take turns:",
        "",
        "| command | median, s | times the import | spread |",
        "| --- | ---: | ---: | --- |",
        *rows,
    ]


def main() -> None:
    """Print and write times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--document", type=Path, help="page to write the section into")
    asked = parser.parse_args()
    network = co.load()
    lines = [machine(), "", *command_lines(), "", *scenario_lines(network), "", *draw_lines(network)]
    print("\n".join(lines))
    if asked.document:
        write_document(asked.document, {"Questions about the default network": lines})


if __name__ == "__main__":
    main()
