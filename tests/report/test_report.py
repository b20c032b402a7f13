"""The report: links lead somewhere, highlights are the warehouse's, nothing of an article runs, little is rewritten."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from load.config import WarehouseConfig
from load.connection import reader
from load.errors import NotPublished, WarehouseError
from report import render
from report.pages import as_json, number, weblink


def parsed(site: Path) -> dict[Path, Html]:
    return {path: Html(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def broken_links(site: Path) -> list[str]:
    pages = parsed(site)
    ids = {path.resolve(): {node.attributes["id"] for node in page.css("[id]")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for node in page.css("a[href], link[href], script[src], img[src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            if re.match(r"https?://|data:,$", link):
                continue
            file, _, fragment = link.partition("#")
            target = (path.parent / file).resolve() if file else path.resolve()
            if not target.is_file() or (fragment and fragment not in ids[target]):
                broken.append(f"{path.name}: {link}")
    return broken


def test_every_internal_link_resolves(site: Path, empty_site: Path) -> None:
    assert broken_links(site) == []
    assert broken_links(empty_site) == []


def test_highlights_and_text_are_the_warehouses(site: Path, warehouse: WarehouseConfig) -> None:
    with reader(warehouse) as con:
        surfaces = dict(con.execute("select quantity_id, surface from quantities").fetchall())
        texts = dict(con.execute("select version_id, text from articles").fetchall())
        sources = Counter(r[0] for r in con.execute("select source_text from attributions").fetchall() if r[0])
    shown: dict[str, str] = {}
    shown_texts: dict[str, str] = {}
    shown_sources: Counter[str] = Counter()
    for page in parsed(site / "articles").values():
        for mark in page.css("mark[data-claim]"):
            claim = mark.attributes["data-claim"] or ""
            shown[claim] = shown.get(claim, "") + mark.text()
        for text in page.css("[data-version]"):
            shown_texts[text.attributes["data-version"] or ""] = text.text()
            shown_sources.update(mark.text() for mark in text.css("mark.source"))
    assert shown == surfaces
    assert shown_texts == texts
    assert shown_sources == sources


def test_nothing_of_an_article_runs(site: Path) -> None:
    for path, page in parsed(site).items():
        assert "default-src 'none'" in (page.css_first("meta[http-equiv]").attributes["content"] or "")
        for script in page.css("script"):
            assert script.attributes.get("src") or script.attributes.get("type") == "application/json", path
        for node in page.css("body *"):
            assert not [name for name in node.attributes if name.startswith("on")], path
        assert all("assets/" in (image.attributes["src"] or "") for image in page.css("img")), path
        assert not [a for a in page.css("a") if re.match(r"\s*(javascript|data|vbscript):", a.attributes["href"] or "")]
    for script in (site / "assets").glob("quotes.js"):
        assert "<" not in script.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host", "http://[", "", None, "ftp://a"]
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    assert weblink(url) is None
    assert weblink("https://a.example/b") == "https://a.example/b"


def test_json_in_scripts_cannot_end_them() -> None:
    text = as_json({"a": "</script><!--\u2028&"})
    assert not set(text) & set("<>&\u2028")


def test_numbers_are_written_for_people() -> None:
    assert [number(n) for n in (1234567.0, 0.5, None, float("inf"), 0.0, 1e-9)] == [
        "1,234,567", "0.5", "…", "…", "0", "1e-09",
    ]  # fmt: skip


def test_a_second_report_writes_nothing_and_a_narrower_one_removes(warehouse: WarehouseConfig, tmp_path: Path) -> None:
    first = render(warehouse, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    second = render(warehouse, tmp_path)
    assert (second.files_written, second.pages) == (0, first.pages)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before

    # A file that was lost is written again; one that is not the report's stays.
    (tmp_path / "people.html").unlink()
    (tmp_path / "mine.txt").write_text("mine")
    assert render(warehouse, tmp_path).files_written == 1

    narrow = render(warehouse, tmp_path, published_from=date(2024, 1, 2), published_to=date(2024, 1, 3))
    assert narrow.pages < first.pages
    assert len(list(tmp_path.rglob("*.html"))) == narrow.pages
    assert (tmp_path / "mine.txt").exists()
    assert broken_links(tmp_path) == []


def test_a_report_on_one_outlet_or_measure_holds_no_other(warehouse: WarehouseConfig, tmp_path: Path) -> None:
    with reader(warehouse) as con:
        found = con.execute(
            "select measure_key, source, count(*) from claims where measure_key is not null and is_current "
            "group by all order by all limit 1"
        ).fetchone()
    assert found
    key, source, claims = found
    render(warehouse, tmp_path, measures=[key], sources=[source])
    files = list((tmp_path / "measures").glob("*.csv"))
    assert len(files) == 1
    with files[0].open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert len(told) == claims
    assert {(row["measure_key"], row["source"]) for row in told} == {(key, source)}
    assert broken_links(tmp_path) == []


def test_an_empty_warehouse_says_what_to_do(empty_site: Path) -> None:
    assert "newsledger ingest" in (empty_site / "index.html").read_text(encoding="utf-8")


def test_every_page_can_be_found_around_in(site: Path) -> None:
    for path, page in parsed(site).items():
        assert len(page.css("main")) == len(page.css("h1")) == 1, path
        assert all(page.css_first(f"#{s.attributes['aria-labelledby']}") for s in page.css("section")), path
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), path


def test_what_changed_between_versions_is_shown(site: Path, warehouse: WarehouseConfig) -> None:
    with reader(warehouse) as con:
        revised = con.execute("select article_id from articles group by 1 having count(*) > 1").fetchall()
    assert revised
    for (article,) in revised:
        page = Html((site / "articles" / f"{article}.html").read_text(encoding="utf-8"))
        assert page.css("ins")
        assert page.css("del")


def test_people_are_told_what_is_wrong(tmp_path: Path, warehouse: WarehouseConfig) -> None:
    nothing = WarehouseConfig(path=tmp_path / "w.duckdb", published=tmp_path / "p.duckdb")
    with pytest.raises(NotPublished):
        render(nothing, tmp_path / "out")
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehouseError, match="cannot be written"):
        render(warehouse, tmp_path / "file")
