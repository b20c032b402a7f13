"""What is handed on of a newsroom that was ingested: search, the evidence of a claim, files of claims."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from newsroom_helpers import write_settings  # noqa: F401
from warcio.archiveiterator import ArchiveIterator

from load.connection import reader
from report import render
from report.evidence import gather, write


def revised(ran) -> tuple[str, str]:
    """Return the claims that a revision has after and before."""
    with duckdb.connect(str(ran.settings.warehouse.published), read_only=True) as con:
        row = con.execute("select claim_id, before_claim_id from claim_revisions order by 1 limit 1").fetchone()
    assert row
    return row


def folder_of(ran) -> Path:
    assert ran.settings.file
    return ran.settings.file.parent


def test_search_finds_words_in_all_their_forms(ran, newsledger):
    said = newsledger(folder_of(ran), "search", "ferries", "dead", "--json")
    hits = json.loads(said.out)
    assert said.code == 0
    assert "Nine dead as ferry sinks in sight of Port Ansel" in {hit["headline"] for hit in hits}
    for hit in hits:
        words = [hit["snippet"][start:end].lower() for start, end in hit["found"]]
        assert words, hit
        assert all(word.startswith(("ferr", "dead")) for word in words)


def test_search_is_narrowed_by_kind_day_and_source(ran, newsledger):
    folder = folder_of(ran)
    quotes = json.loads(newsledger(folder, "search", "people", "--kind", "quote", "--json").out)
    assert {hit["kind"] for hit in quotes} == {"quote"}
    days = ("--from", "2024-11-15", "--to", "2024-11-15")
    assert {h["news_date"] for h in json.loads(newsledger(folder, "search", "ferry", *days, "--json").out)} == {
        "2024-11-15"
    }
    narrow = newsledger(folder, "search", "ferry", "--source", "harbour-courier", "--json")
    assert {hit["publisher"] for hit in json.loads(narrow.out)} == {"The Harbour Courier"}


def test_a_phrase_and_a_word_that_must_not_be_there(ran, newsledger):
    every = json.loads(newsledger(folder_of(ran), "search", "ferry", "--limit", "100", "--json").out)
    phrase = json.loads(newsledger(folder_of(ran), "search", '"Selka Star"', "--limit", "100", "--json").out)
    without = json.loads(newsledger(folder_of(ran), "search", 'ferry -"Selka Star"', "--limit", "100", "--json").out)
    assert phrase
    keys = [(hit["kind"], hit["url"], hit["snippet"]) for hit in every]
    assert len(keys) == len(set(keys)), "a sentence is found once, whatever numbers it has"
    assert not {(hit["version_id"], hit["snippet"]) for hit in without} & {
        (hit["version_id"], hit["snippet"]) for hit in phrase
    }
    assert not [hit for hit in without if "Selka Star" in hit["snippet"]]


def test_what_is_not_there_and_what_is_no_word_are_said(ran, newsledger):
    nothing = newsledger(folder_of(ran), "search", "xylophone")
    assert (nothing.code, nothing.out) == (1, "")
    assert "ferr*" in nothing.err
    signs = newsledger(folder_of(ran), "search", '"*("')
    assert signs.code == 2
    assert "Traceback" not in signs.err


def test_search_is_open_to_every_sign_that_people_type(ran, newsledger):
    for words in ("Port Ansel's", "AND", "a-b", "ferry (dead)", 'ferry "dead', "col:on", "^ferry", "NEAR(ferry)"):
        assert newsledger(folder_of(ran), "search", words, "--json").code in (0, 1), words


def test_evidence_is_printed_for_the_beginning_of_an_id(ran, newsledger):
    after, _ = revised(ran)
    said = newsledger(folder_of(ran), "evidence", after[:10])
    assert said.code == 0
    assert after in said.out
    assert "2 of 2" in said.out
    assert newsledger(folder_of(ran), "evidence", "ffffffffffff").code == 2
    assert newsledger(folder_of(ran), "evidence", "a").code == 2


@pytest.mark.parametrize("which", [0, 1], ids=["newer version", "older version"])
def test_the_folder_holds_the_page_as_a_warc_file_that_others_verify(ran, tmp_path: Path, which: int):
    evidence = gather(ran.settings.warehouse, ran.settings.archive_place, revised(ran)[which])
    files = {path.name: path for path in write(evidence, tmp_path / "evidence")}
    for line in files["SHA256SUMS"].read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest
    check = [sys.executable, "-m", "warcio.cli", "check", "-v", str(files["page.warc.gz"])]
    checked = subprocess.run(check, capture_output=True, text=True, check=True)
    assert "digest pass" in checked.stdout
    with files["page.warc.gz"].open("rb") as opened:
        records = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(opened)]
    kind, body = records[0]
    claim = json.loads(files["claim.json"].read_text())["claim"]
    assert kind == "response"
    assert hashlib.sha256(body).hexdigest() == claim["page_sha256"]
    text = files["article.txt"].read_text()
    assert text[claim["claim_start"] : claim["claim_end"]] == claim["surface"]
    assert text[claim["sentence_start"] : claim["sentence_end"]] == claim["quote"]


def test_one_html_file_holds_everything_and_loads_nothing(ran, tmp_path: Path):
    after, _ = revised(ran)
    evidence = gather(ran.settings.warehouse, ran.settings.archive_place, after)
    [file] = write(evidence, tmp_path / "one.html")
    html = file.read_text()
    assert evidence.archived
    assert evidence.claim["quote"].split()[0] in evidence.archived.html, "the page itself can be opened in it"
    # The archived page is shown in a frame that runs and loads nothing; the browser's tests look at that.
    around, frames = re.subn(r'<iframe sandbox title="[^"]*" srcdoc="[^"]*">', "", html)
    assert frames == 1
    assert not re.findall(r"<(?:script|link|img|iframe)|src=|url\(", around)
    saved = re.search(r'href="data:application/warc;base64,([^"]+)"', html)
    assert saved
    record = next(iter(ArchiveIterator(io.BytesIO(base64.b64decode(saved[1])))))
    assert hashlib.sha256(record.content_stream().read()).hexdigest() in html
    assert "<del>" in html, "what changed between the versions is shown"
    assert "<ins>" in html
    assert evidence.claim["quote"].split()[0] in html


def test_every_article_of_a_report_leads_to_its_archived_pages(ran, tmp_path: Path):
    place, out = ran.settings.archive_place, tmp_path / "site"
    render(ran.settings.warehouse, out, place=place)
    with reader(ran.settings.warehouse) as con:
        sql = "select article_id, version_id, page_sha256 from articles join fetches using (fetch_id)"
        versions = con.execute(sql).fetchall()
    assert len(versions) > 10
    for article, version, page_sha256 in versions:
        assert f'href="../archive/{version}.html"' in (out / f"articles/{article}.html").read_text()
        html = (out / f"archive/{version}.html").read_text()
        saved = re.search(r'href="data:application/warc;base64,([^"]+)"', html)
        assert saved
        record = next(iter(ArchiveIterator(io.BytesIO(base64.b64decode(saved[1])))))
        assert hashlib.sha256(record.content_stream().read()).hexdigest() == page_sha256
        assert page_sha256 in html
        assert "default-src 'none'" in html
        assert "<iframe sandbox " in html
    again = render(ran.settings.warehouse, out, place=place)
    assert again.files_written == 0
    render(ran.settings.warehouse, out)
    assert not list((out / "archive").glob("*.html"))
    assert "Archived page" not in (out / f"articles/{versions[0][0]}.html").read_text()


def test_a_report_says_which_archived_page_cannot_be_opened(ran, tmp_path: Path):
    from extract.archive import ArchiveFolder

    nothing = ArchiveFolder(tmp_path / "nothing")
    render(ran.settings.warehouse, tmp_path / "site", place=nothing, sources=["harbour-courier"])
    page = next((tmp_path / "site" / "articles").glob("*.html")).read_text()
    assert "<dt>Archived page</dt>" in page
    assert "../archive/" not in page


def test_evidence_goes_out_without_the_page_where_the_archive_is_gone(ran, tmp_path: Path):
    from extract.archive import ArchiveFolder

    evidence = gather(ran.settings.warehouse, ArchiveFolder(tmp_path), revised(ran)[0])
    assert evidence.gap
    html = write(evidence, tmp_path / "one.html")[0].read_text()
    assert evidence.gap.split("/")[0] in html
    assert "data:application/warc" not in html


def test_a_folder_of_something_else_is_left_alone(ran, newsledger, tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    said = newsledger(folder_of(ran), "evidence", revised(ran)[0], "--out", str(tmp_path))
    assert said.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_export_writes_a_selection_and_its_dictionary(ran, newsledger, tmp_path: Path):
    out = tmp_path / "claims.csv"
    said = newsledger(folder_of(ran), "export", str(out), "--source", "harbour-courier", "--words", "ferry", "--json")
    told = json.loads(said.out)
    assert said.code == 0
    assert {Path(file).name for file in told["files"]} == {"claims.csv", "claims.csv.datapackage.json"}
    assert told["claims"] == len(duckdb.read_csv(str(out)).fetchall()) > 0
    unknown = newsledger(folder_of(ran), "export", str(out), "--source", "harbor-courier")
    assert unknown.code == 2
    assert "harbour-courier" in unknown.err
