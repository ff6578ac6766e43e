"""A picture of the explorer's page as it opens, for the documents; ``make pictures`` calls it with the file to write."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import corridors as co


def main() -> None:
    """Write the page, open it in headless Chromium and take its picture."""
    page_file = co.explore(co.load(), Path(tempfile.mkdtemp()) / "border.html", ends=("Kurgan", "Omsk"), mode="rail")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"file://{page_file}")
        page.wait_for_function("document.documentElement.dataset.ready")
        page.screenshot(path=sys.argv[1])
        browser.close()


if __name__ == "__main__":
    main()
