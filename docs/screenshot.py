"""Write docs/report.png: the front page of the report on the sample newsroom, as a browser shows it.

    newsledger demo && python -m docs.screenshot

Needs the development tools and a Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from flows.settings import load_settings
from report import render

SETTINGS = Path("demo/newsledger.toml")
PICTURE = Path(__file__).with_name("report.png")
# Wide enough for the page's columns, and as high as a reader sees at once.
SIZE = {"width": 1280, "height": 800}


def take(settings: Path, picture: Path) -> None:
    """Render the report of a published warehouse and photograph its front page."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium is installed here.")
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        render(load_settings(settings).warehouse, Path(site))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
        page.goto((Path(site) / "index.html").as_uri())
        page.wait_for_load_state("networkidle")
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(SETTINGS, PICTURE)
