"""The report in Chromium, from files: charts are drawn, nothing hostile runs, a keyboard is enough, axe is content."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_up import ATTACK

from extract.archive import ArchiveFolder
from load.config import WarehouseConfig
from load.connection import reader
from report.archived import Archived
from report.evidence import gather, write

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


# Without preloading, which would fetch style sheets that the page's policy keeps to itself.
AXE = {"resultTypes": ["violations"], "preload": False}


class Looker:
    """A page of a browser that notes what it complains of and what it asks for."""

    def __init__(self, page) -> None:  # type: ignore[no-untyped-def]
        self.page = page
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.asked.add(request.url.split(":")[0]))

    def open(self, path: Path, fragment: str = "") -> None:
        self.page.goto(path.as_uri() + fragment)
        if self.page.locator("#chart").count():
            self.page.wait_for_selector("#chart[data-drawn] svg")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def looker(browser) -> Iterator[Looker]:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 1000, "height": 900}, accept_downloads=True)
    looker = Looker(context.new_page())
    yield looker
    assert looker.complaints == []
    assert looker.asked <= {"file", "data", "blob"}
    assert looker.page.title() != "owned"
    context.close()


def kinds(site: Path) -> list[Path]:
    """Return the front page and lists, and of each kind of page the largest and those that mean harm or are awkward."""
    shown = sorted(site.glob("*.html"))
    for folder in ("measures", "articles", "outlets", "people", "organisations", "places"):
        pages = sorted((site / folder).glob("*.html"), key=lambda path: path.stat().st_size)
        nasty = [path for path in pages if re.search("owned|Donaudampf|تقرير", path.read_text(encoding="utf-8"))]
        shown += [*nasty[:2], *nasty[-1:], pages[-1]]
    return list(dict.fromkeys(shown))


def test_every_kind_of_page_is_drawn_in_every_width_without_complaint(site: Path, looker: Looker) -> None:
    drawn = 0
    for path in kinds(site):
        for width in (400, 1600):
            looker.page.set_viewport_size({"width": width, "height": 900})
            looker.open(path)
            assert looker.page.title().endswith("Newsledger"), path
            assert looker.page.evaluate("document.documentElement.scrollWidth") <= width, path
            drawn += looker.page.locator("#chart [role=graphics-symbol]").count()
    assert drawn


def test_an_empty_report_is_shown_without_complaint(empty_site: Path, looker: Looker) -> None:
    for path in sorted(empty_site.rglob("*.html")):
        looker.open(path)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(site: Path, looker: Looker, scheme: str) -> None:
    looker.page.emulate_media(color_scheme=scheme)
    found = []
    for path in kinds(site):
        looker.open(path)
        for violation in axe.Axe().run(looker.page, options=AXE).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                found.append((path.name, violation["id"], nodes))
    assert found == []


def test_a_mark_has_one_point_for_each_claim_and_tells_its_quote(site: Path, looker: Looker) -> None:
    path = max((site / "measures").glob("*.html"), key=lambda path: path.stat().st_size)
    looker.open(path)
    claims = looker.page.evaluate("JSON.parse(document.getElementById('marks').textContent).marks")
    points = looker.page.locator("#chart .mark-symbol.role-mark path")
    assert points.count() == len(claims)
    points.first.hover(force=True)
    looker.page.wait_for_selector("#vg-tooltip-element.visible")
    told = looker.page.locator("#vg-tooltip-element").inner_text()
    assert any(claim["quote"] in told for claim in claims)
    points.first.click(force=True)
    looker.page.wait_for_url("**/articles/**")
    assert looker.page.locator("mark:target").inner_text()


def test_a_hostile_tooltip_is_text(site: Path, looker: Looker) -> None:
    attacked = [p for p in (site / "measures").glob("*.html") if "owned" in p.read_text(encoding="utf-8")]
    assert attacked
    looker.open(attacked[0])
    points = looker.page.locator("#chart .mark-symbol.role-mark path")
    at = points.evaluate_all("paths => paths.findIndex(p => JSON.stringify(p.__data__.datum).includes('<img'))")
    points.nth(at).hover(force=True)
    tooltip = looker.page.wait_for_selector("#vg-tooltip-element.visible")
    assert "<img" in tooltip.inner_text()
    assert tooltip.query_selector("img, script") is None


def test_charts_are_taken_away_as_pictures(site: Path, looker: Looker) -> None:
    looker.open(max((site / "measures").glob("*.html"), key=lambda path: path.stat().st_size))
    for kind, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with looker.page.expect_download() as saved:
            looker.page.click(f"[data-exports={kind}]")
        assert saved.value.suggested_filename.endswith("." + kind)
        assert saved.value.path().read_bytes().startswith(begins)


def test_tables_are_filtered_and_sorted_from_the_keyboard(site: Path, looker: Looker) -> None:
    page = looker.page
    looker.open(site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    looker.open(max((site / "measures").glob("*.html"), key=lambda path: path.stat().st_size))
    rows = page.locator("#list tbody tr:visible")
    every = rows.count()
    outlet = page.locator("select[data-choice=outlet]")
    outlet.focus()
    page.keyboard.press("ArrowDown")
    chosen = outlet.input_value()
    assert 0 < rows.count() < every
    assert set(page.locator("#list tbody tr:visible").evaluate_all("rows => rows.map(r => r.dataset.outlet)")) == {
        chosen
    }
    page.locator("[data-filters]").fill("no such words")
    assert rows.count() == 0
    assert page.locator("[data-count]").inner_text() == "0"
    page.locator("[data-filters]").fill("")

    page.locator("#list thead button", has_text="Value").focus()
    page.keyboard.press("Enter")
    numbers = page.locator("#list tbody td.n").evaluate_all("cells => cells.map(c => Number(c.dataset.sort))")
    assert numbers == sorted(numbers)
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Value")


def test_search_finds_quotes_and_leads_to_their_characters(site: Path, looker: Looker) -> None:
    looker.open(site / "search.html")
    first = looker.page.wait_for_selector("#hits a")
    assert looker.page.locator("#found").inner_text() == "The newest"
    looker.page.fill("#search", "TROÓPS brackwater")
    looker.page.wait_for_function("document.getElementById('found').textContent.includes('quotes')")
    first = looker.page.wait_for_selector("#hits a")
    words = first.inner_text().lower()
    assert "troops" in words
    assert "brackwater" in words
    marked = " ".join(mark.inner_text().lower() for mark in first.query_selector_all("mark"))
    assert "troops" in marked
    assert "brackwater" in marked
    first.click()
    looker.page.wait_for_url("**/articles/**")
    assert looker.page.locator("mark:target").count() == 1
    looker.page.go_back()
    looker.page.fill("#search", "onerror")
    assert "<img" in looker.page.wait_for_selector("#hits a").inner_text()
    assert looker.page.locator("#hits img").count() == 0


def test_evidence_in_an_older_version_is_opened(site: Path, looker: Looker) -> None:
    revised = next(p for p in (site / "articles").glob("*.html") if "<details>" in p.read_text(encoding="utf-8"))
    claim = re.search(r'id="(q-\w+)"', revised.read_text(encoding="utf-8").split("<details>")[1])
    assert claim
    looker.open(revised, "#" + claim[1])
    assert looker.page.locator("mark:target").is_visible()


def test_an_archived_page_in_the_evidence_runs_and_loads_nothing(
    browser, warehouse: WarehouseConfig, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    with reader(warehouse) as con:
        claim = con.execute("select claim_id from claims order by 1 limit 1").fetchone()
    assert claim
    attack = (
        f"<p id=text>Seen</p><link rel=stylesheet href=https://a.example/x.css><img src=https://a.example/x>{ATTACK}"
    )
    evidence = gather(warehouse, ArchiveFolder(tmp_path), claim[0])
    [file] = write(replace(evidence, archived=Archived(b"record", attack), gap=None), tmp_path / "evidence.html")
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.locator("summary", has_text="Open it here").click()
    assert page.frame_locator("iframe").locator("#text").inner_text() == "Seen"
    assert page.title() != "owned"
    assert asked == [file.as_uri()]
    page.close()
