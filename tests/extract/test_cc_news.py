"""WARC files of other makers, as CC-NEWS publishes them, written here by an independent tool."""

import gzip
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.archive import ArchiveFolder, ArchiveWriter, read_page
from extract.discover import read_warc

PAGE = b"<html><h1>Quay reopens</h1><p>The quay reopened on Monday after six weeks of repairs.</p>"
DATE = "2025-03-03T09:30:00Z"


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:30], body[30:])) + b"0\r\n\r\n"


def record(writer: WARCWriter, name: str, body: bytes, *headers: tuple[str, str], kind="response", status="200 OK"):
    http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            f"https://news.example/{name}", kind, payload=BytesIO(body), http_headers=http,
            warc_headers_dict={"WARC-Date": DATE},
        )
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path):
    html = ("Content-Type", "text/html; charset=utf-8")
    file = tmp_path / "CC-NEWS-20250303093000-00001.warc.gz"
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        writer.write_record(writer.create_warcinfo_record(file.name, {"software": "another"}))
        record(writer, "plain", PAGE, html, ("Content-Length", str(len(PAGE))))
        # CC-NEWS decodes bodies and renames the headers that would no longer be true.
        record(writer, "decoded", PAGE, html, ("X-Crawl-Content-Encoding", "gzip"))
        record(writer, "packed", gzip.compress(PAGE), html, ("Content-Encoding", "gzip"))
        record(writer, "said-packed", PAGE, html, ("Content-Encoding", "gzip"))
        record(writer, "chunked", chunked(PAGE), html, ("Transfer-Encoding", "chunked"))
        coded = [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
        record(writer, "both", chunked(gzip.compress(PAGE)), html, *coded)
        record(writer, "too-short", PAGE, html, ("Content-Length", "7"))
        record(writer, "too-long", PAGE, html, ("Content-Length", "70000"))
        record(writer, "gone", b"gone", html, status="410 Gone")
        record(writer, "image", b"\x89PNG", ("Content-Type", "image/png"))
        record(writer, "empty", b"", html)
        record(writer, "plain", b"", html, kind="revisit")
        writer.write_record(
            writer.create_warc_record(
                "https://news.example/plain", "request", payload=BytesIO(b""),
                http_headers=StatusAndHeaders("GET /plain HTTP/1.1", [("Host", "news.example")], is_http_request=True),
            )
        )  # fmt: skip
        writer.write_record(
            writer.create_warc_record("https://news.example/plain", "metadata", payload=BytesIO(b"a: b\r\n"))
        )
        record(writer, "last", PAGE, html)
    return file


def by_name(file):
    return {page.fetch.url.rpartition("/")[2]: page for page in read_warc(file, "cc-news")}


def test_every_page_comes_with_its_body_and_the_rest_with_its_reason(archive):
    pages = by_name(archive)
    whole = ["plain", "decoded", "packed", "said-packed", "chunked", "both", "too-short", "too-long", "last"]
    assert {name: pages[name].fetch.outcome for name in pages} == dict.fromkeys(whole, "ok") | {
        "gone": "http_error",
        "image": "not_html",
        "empty": "not_html",
    }
    assert {name for name in whole if pages[name].body == PAGE} == set(whole)
    assert pages["gone"].fetch.status == 410
    assert pages["plain"].fetch.fetched_at.isoformat() == "2025-03-03T09:30:00+00:00"
    assert all(page.fetch.detail for page in pages.values() if page.fetch.outcome != "ok")


def test_they_go_into_our_archive_as_they_came(archive, tmp_path):
    pages = by_name(archive)
    ours = ArchiveFolder(tmp_path / "ours")
    with ArchiveWriter(ours, max_bytes=10**9, now=lambda: pages["plain"].fetch.fetched_at) as writer:
        rows = [writer.write(page) for page in pages.values()]
    kept = [row for row in rows if row.outcome == "ok"]
    assert len(kept) == 9
    assert {read_page(ours, row).body for row in kept} == {PAGE}


def test_a_torn_file_gives_what_is_whole(archive, tmp_path):
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(archive.read_bytes()[:-60])
    pages = by_name(torn)
    assert "last" not in pages or pages["last"].body != PAGE
    assert pages["too-long"].body == PAGE
    garbled = bytearray(archive.read_bytes())
    garbled[len(garbled) // 2 : len(garbled) // 2 + 40] = b"\x00" * 40
    torn.write_bytes(bytes(garbled))
    assert by_name(torn)["plain"].body == PAGE
