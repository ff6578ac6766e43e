"""How long the explorer's page takes until it answers, and for each change after that; in headless Chromium.

Run by ``make bench``; writes its section of the page on performance. Needs Chromium and playwright.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from overlay import machine, write_document
from playwright.sync_api import sync_playwright

import corridors as co

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
OPENINGS = 7
CHANGES = {
    "a crossing closed or opened": "n => { const t = document.querySelectorAll('#crossings input[type=checkbox]'); t[n % t.length].click(); }",
    "another wait": "n => { const h = document.querySelectorAll('#crossings input[type=number]:not(:disabled)')[n % 9]; h.value = n; h.dispatchEvent(new Event('change')); }",
    "another place": "n => { document.getElementById('swap').click(); }",
    "whose dependency": "n => { const w = document.getElementById('whose'); w.selectedIndex = n % 2; w.dispatchEvent(new Event('change')); }",
    "another mode, solved before": "n => { const m = document.getElementById('mode'); m.selectedIndex = n % 3; m.dispatchEvent(new Event('change')); }",
    "another day, not solved before": "n => { const d = document.getElementById('date'); d.value = `${1998 + n}-01-01`; d.dispatchEvent(new Event('change')); }",
}


def main() -> None:
    """Print and write medians and worst of each kind of change."""
    begun = machine()
    page_file = co.explore(co.load(), Path(tempfile.mkdtemp()) / "border.html", ends=("Kurgan", "Omsk"))
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    ready, rows = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=FLAGS)
        for _ in range(OPENINGS):
            page: Any = browser.new_page(viewport={"width": 1300, "height": 850})
            page.goto(f"file://{page_file}")
            page.wait_for_function("document.documentElement.dataset.ready")
            ready.append(float(page.evaluate("document.documentElement.dataset.ready")))
        for mode in (0, 1, 2):
            page.evaluate(CHANGES["another mode, solved before"], mode)
        for name, change in CHANGES.items():
            page.evaluate("document.getElementById('reset').click()")
            spent = []
            for n in range(24):
                page.evaluate(change, n)
                spent.append(page.evaluate("explorer.spent"))
            rows.append(f"| {name} | {statistics.median(spent):.0f} | {max(spent):.0f} |")
        browser.close()
    size = page_file.stat().st_size / 1e6
    lines = [
        begun,
        "",
        (
            f"The default network, all modes, 159 zones: {size:.1f} MB. In headless Chromium the page has answered its first question "
            f"{statistics.median(ready):.0f} ms after it was opened (median of {OPENINGS}, worst {max(ready):.0f}). Then milliseconds from "
            "a change to the answer shown, route, dependency by region and ranking of all crossings included, 24 times each:"
        ),
        "",
        "| change | median, ms | worst, ms |",
        "| --- | ---: | ---: |",
        *rows,
    ]
    print("\n".join(lines))
    write_document(Path("docs/performance.md"), {"The explorer's page": lines})


if __name__ == "__main__":
    main()
