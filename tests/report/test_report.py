"""The report: links lead somewhere, highlights are the warehouse's, nothing of an article runs, little is rewritten."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from filelock import FileLock
from made_up import FORMULA, NOW, UNREAD, published
from selectolax.lexbor import LexborHTMLParser as Html

from benchmarks.synthetic import OUTLETS, Page, pages, read
from load.build import build
from load.config import WarehouseConfig
from load.connection import reader, writer
from load.errors import NotPublished, WarehouseError
from load.extraction import Extraction
from load.ledger import Batch
from load.merge import merge_extractions, merge_fetches
from load.publish import publish
from report import render
from report.site import ASIDE, Site


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
    quotes = list((site / "assets" / "quotes").glob("*.js"))
    assert quotes
    assert all("<" not in script.read_text(encoding="utf-8") for script in quotes)


def test_a_second_report_writes_nothing_and_a_narrower_one_removes(
    site: Path, warehouse: WarehouseConfig, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path, dirs_exist_ok=True)
    whole = len(list(tmp_path.rglob("*.html")))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("[!.]*")}
    second = render(warehouse, tmp_path)
    assert (second.files_written, second.pages) == (0, whole)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("[!.]*")} == before

    # A file that was lost is written again; one that is not the report's stays.
    (tmp_path / "people.html").unlink()
    (tmp_path / "mine.txt").write_text("mine")
    assert render(warehouse, tmp_path).files_written == 1

    narrow = render(warehouse, tmp_path, published_from=date(2024, 1, 2), published_to=date(2024, 1, 3))
    assert narrow.pages < whole
    assert len(list(tmp_path.rglob("*.html"))) == narrow.pages
    assert (tmp_path / "mine.txt").exists()
    assert broken_links(tmp_path) == []


def test_a_report_on_one_outlet_or_measure_holds_no_other(warehouse: WarehouseConfig, tmp_path: Path) -> None:
    with reader(warehouse) as con:
        found = con.execute(
            "select measure_key, source, count(*) from claims inner join measures using (measure_key) "
            "where is_shown and is_current group by all order by all limit 1"
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


def test_every_outlet_person_and_place_has_a_page_with_the_sql_that_gives_it(
    site: Path, warehouse: WarehouseConfig
) -> None:
    with reader(warehouse) as con:
        for folder in ("outlets", "people", "organisations", "places"):
            pages = list((site / folder).glob("*.html"))
            assert pages
            for path in pages:
                page = Html(path.read_text(encoding="utf-8"))
                told = int(re.search(r"([\d,]+)\s+claims?", page.css_first(".lead").text())[1].replace(",", ""))  # type: ignore[index]
                assert len(con.execute(page.css_first("#query").text()).fetchall()) == told, path


def test_files_hold_the_claims_and_no_spreadsheet_runs_them(site: Path, warehouse: WarehouseConfig) -> None:
    tables = [pq.read_table(path) for path in (site / "measures").glob("*.parquet")]
    with reader(warehouse) as con:
        sql = "select count(*) from claims inner join measures using (measure_key) where is_current and is_shown"
        assert con.execute(sql).fetchone() == (sum(len(table) for table in tables),)
    assert FORMULA in {name for table in tables for name in table["publisher"].to_pylist()}
    cells = set()
    for path in (site / "measures").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells |= {cell for row in csv.reader(file) for cell in row}
    assert "'" + FORMULA in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r") and not re.fullmatch(r"-?[\d.e+-]+", cell)]


def test_the_same_warehouse_gives_the_same_bytes(site: Path, warehouse: WarehouseConfig, tmp_path: Path) -> None:
    render(warehouse, tmp_path)
    names = {path.relative_to(site) for path in site.rglob("[!.]*") if path.is_file()}
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("[!.]*") if path.is_file()} == names
    assert [name for name in names if (site / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def test_a_report_cut_short_leaves_the_one_before_as_it_was(
    site: Path, warehouse: WarehouseConfig, tmp_path: Path
) -> None:
    out = shutil.copytree(site, tmp_path / "out")
    front = (out / "index.html").read_bytes()
    cut_short = Site(out)
    cut_short.write("index.html", "half a report")
    assert (out / "index.html").read_bytes() == front
    assert render(warehouse, out).files_written == 0
    assert (out / "index.html").read_bytes() == front
    assert not (out / ASIDE).exists()


def test_a_report_cut_short_while_it_is_put_in_place_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Site(tmp_path)
    for name in ("a.html", "b.html", "index.html"):
        first.write(name, "first")
    first.close()
    second = Site(tmp_path)
    for name in ("a.html", "index.html"):
        second.write(name, "second")
    replaced: list[str] = []

    def stops_after_two(old: Path, new: Path, really: Callable[[Path, Path], None] = os.replace) -> None:
        replaced.append(str(new))
        if len(replaced) > 2:
            raise KeyboardInterrupt
        really(old, new)

    with monkeypatch.context() as patch:
        patch.setattr("report.site.os.replace", stops_after_two)
        with pytest.raises(KeyboardInterrupt):
            second.close()
    Site(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.glob("*.html")} == {
        "a.html": "second",
        "index.html": "second",
    }


def test_a_manifest_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / ".report.json").write_text('{"../mine.txt": ["", ""]}')
    Site(out).close()
    assert (tmp_path / "mine.txt").exists()


def test_two_reports_are_not_written_to_one_folder_at_once(warehouse: WarehouseConfig, tmp_path: Path) -> None:
    with FileLock(tmp_path / ".report.lock"), pytest.raises(WarehouseError, match="Another report"):
        render(warehouse, tmp_path)


def saying(pattern: str, day: int) -> Extraction:
    """Make an article of the first outlet whose one claim is in words that a pattern matches."""
    made = (read(Page(number, OUTLETS[0], day), quantities=1) for number in range(900, 9000))
    return next(page for page in made if re.match(pattern, page.article.text))


def add(config: WarehouseConfig, new: Extraction, later: datetime) -> None:
    with writer(config, owner="test") as con:
        merge_fetches(con, [new.fetch], Batch(f"f{later}", "fetch", later))
        merge_extractions(con, [new], Batch(f"e{later}", "extract", later))
    build(config, now=later)
    publish(config, later)


def html(site: Path) -> dict[Path, bytes]:
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*.html")}


def test_a_new_article_rewrites_only_what_it_touches(tmp_path: Path) -> None:
    out = tmp_path / "site"
    config = published(tmp_path, [read(page, quantities=2) for page in pages(12, days=3)])
    render(config, out)

    # Its claim is of a measure that has a page already.
    add(config, saying("the city counted about [0-9,]+ patients in Port Ansel", 3), NOW + timedelta(days=1))
    before = html(out)
    render(config, out)
    written = Counter(path.parent.name for path, page in html(out).items() if before.get(path) != page)
    assert (written["articles"], written["measures"], written["outlets"], written["places"]) == (1, 1, 1, 1)
    render(config, tmp_path / "fresh")
    assert html(out) == html(tmp_path / "fresh")

    # This one gives a measure a page, to which the page of another outlet's article now leads.
    add(config, saying("the city found about [0-9,]+ buses in Vellin", 3), NOW + timedelta(days=2))
    render(config, out)
    render(config, tmp_path / "fresher")
    assert html(out) == html(tmp_path / "fresher")


def test_a_measure_is_chosen_by_its_name_and_an_unknown_one_is_refused(
    warehouse: WarehouseConfig, tmp_path: Path
) -> None:
    with reader(warehouse) as con:
        # A name may be that of several measures, as "deaths" of two ships; its key is not.
        found = con.execute(
            "select measure_name, min(measure_key) from measures where is_shown group by 1 having count(*) = 1"
        ).fetchone()
    assert found
    render(warehouse, tmp_path / "by-name", measures=[found[0].upper()])
    assert len(list((tmp_path / "by-name" / "measures").glob("*.html"))) == 1
    with pytest.raises(WarehouseError, match="no measure") as refused:
        render(warehouse, tmp_path / "typo", measures=[found[0] + "x"])
    assert found[0] in str(refused.value.hint)
    with pytest.raises(WarehouseError, match="no source"):
        render(warehouse, tmp_path / "typo", sources=["nobody"])


def test_people_are_told_what_is_wrong(tmp_path: Path, warehouse: WarehouseConfig) -> None:
    nothing = WarehouseConfig(path=tmp_path / "w.duckdb", published=tmp_path / "p.duckdb")
    with pytest.raises(NotPublished):
        render(nothing, tmp_path / "out")
    older = WarehouseConfig(path=tmp_path / "w.duckdb", published=tmp_path / "older.duckdb")
    shutil.copy(warehouse.published, older.published)
    with duckdb.connect(str(older.published)) as con:
        con.execute("alter table claims rename column measure_key to measure")
    with pytest.raises(WarehouseError, match="another version") as refused:
        render(older, tmp_path / "out")
    assert "backfill --stage models" in str(refused.value.hint)
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehouseError, match="cannot be written"):
        render(warehouse, tmp_path / "file")


def test_outlets_in_a_language_without_a_reader_are_told_of(site: Path) -> None:
    page = Html((site / "outlets.html").read_text(encoding="utf-8"))
    section = next(node for node in page.css("section") if node.css_first("#unread"))
    cells = [cell.text() for cell in section.css("tbody th, tbody td")]
    assert cells == [UNREAD, "1", "fr"]
    front = Html((site / "index.html").read_text(encoding="utf-8"))
    assert front.css_first("a[href='outlets.html#unread']") is not None
