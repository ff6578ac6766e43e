"""Wall time of ``corridors route`` from a cold shell against importing what it cannot do without, as a ratio.

Run by ``make bench``. The two commands take turns, so that a machine whose speed drifts slows both; what is
printed is the median over the pairs. The aim is a ratio below 1.5.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

PAIRS = 15
CORRIDORS = str(Path(sys.executable).with_name("corridors"))
COMMANDS = {
    "import": [sys.executable, "-c", "import pandas, scipy.sparse.csgraph"],
    "route": [CORRIDORS, "route", "Kurgan", "Omsk", "--mode", "rail"],
    "route json": [CORRIDORS, "route", "Kurgan", "Omsk", "--mode", "rail", "--format", "json"],
    "help": [CORRIDORS, "--help"],
}

# modules are compiled once, as in anybody's shell, not in every run
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def wall(command: list[str]) -> float:
    """Return the seconds one run takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    """Print a row for each command: median seconds, and median ratio to the import within each round."""
    for command in COMMANDS.values():
        wall(command)  # the first run fills the caches of the file system
    rounds = [{name: wall(command) for name, command in COMMANDS.items()} for _ in range(PAIRS)]
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {PAIRS} rounds")
    for name in COMMANDS:
        seconds = [r[name] for r in rounds]
        ratios = [r[name] / r["import"] for r in rounds]
        spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
        print(f"{name:12} {statistics.median(seconds):6.3f} s   x {statistics.median(ratios):.2f} ({spread})")


if __name__ == "__main__":
    main()
