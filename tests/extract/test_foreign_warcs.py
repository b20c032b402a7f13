"""WARC files as other tools write, cut and damage them: one bad record never ends a file in silence."""

import gzip

import brotli
import pytest
import zstandard

from extract.discover import local_pages, read_warc
from extract.discover.payload import parse_payload
from extract.discover.warcs import told_losses
from extract.errors import InputError
from extract.types import Source

PAGE = b"<html><h1>Quay reopens</h1><p>The quay reopened on Monday after six weeks of repairs.</p></html>"


def answer(body=PAGE, *headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(name, payload=None, kind="response", date="2024-11-24T10:05:00Z", length=0, version="1.0", end="\r\n"):
    payload = answer() if payload is None else payload
    url = name if ":" in name else f"http://w.example/{name}"
    lines = [
        f"WARC/{version}",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        *([f"WARC-Date: {date}"] if date else []),
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(payload) + length}",
    ]
    return end.join(lines).encode() + (end * 2).encode() + payload + (end * 2).encode()


def read(tmp_path, data, name="crawl.warc"):
    (tmp_path / name).write_bytes(data)
    lost = []
    rows = {row.fetch.url.rpartition("/")[2]: row for row in read_warc(tmp_path / name, "s", lost)}
    return rows, lost


def test_a_whole_file_has_no_losses(tmp_path):
    for pack in (bytes, gzip.compress):
        rows, lost = read(tmp_path, b"".join(pack(record(name)) for name in "abc"))
        assert [row.fetch.outcome for row in rows.values()] == ["ok"] * 3
        assert lost == []


@pytest.mark.parametrize("length", [-50, -1_000, 60, 1_500])
def test_a_wrong_length_loses_one_record_at_most(tmp_path, length):
    body = PAGE + b"<p>The quay reopened on Monday after six weeks of repairs.</p>" * 20
    rows, lost = read(tmp_path, record("a") + record("b", answer(body), length=length) + record("c") + record("d"))
    assert {"a", "d"} <= rows.keys()
    assert rows["a"].body == rows["d"].body == PAGE
    assert len(lost) >= 1
    if length > 0:
        assert rows["b"].body == body


@pytest.mark.parametrize("damage", [b"", b"garbage between records\r\n", b"\x00" * 500])
def test_what_is_no_record_is_told_and_passed_over(tmp_path, damage):
    rows, lost = read(tmp_path, record("a") + damage + record("b"))
    assert list(rows) == ["a", "b"]
    assert bool(lost) == bool(damage.strip(b"\x00") or damage)


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_damaged_member_loses_itself_alone(tmp_path, bad):
    members = [gzip.compress(record(name)) for name in "abc"]
    members[bad] = members[bad][:60] + bytes(40) + members[bad][100:]
    rows, lost = read(tmp_path, b"".join(members), "crawl.warc.gz")
    assert set("abc") - {"abc"[bad]} <= rows.keys()
    assert len(lost) == 1
    assert "1 damaged stretches" in told_losses(lost)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_cut_end_is_told(tmp_path, pack):
    whole = pack(record("a")) + pack(record("b"))
    rows, lost = read(tmp_path, whole[:-60])
    assert rows["a"].fetch.outcome == "ok"
    assert "b" not in rows or rows["b"].fetch.outcome == "broken_body"
    assert len(lost) == 1


@pytest.mark.parametrize(
    ("payload", "body"),
    [
        (answer(PAGE, "Transfer-Encoding: chunked"), PAGE),
        (answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked"), PAGE),
        (answer(brotli.compress(PAGE), "Content-Encoding: br"), PAGE),
        (answer(zstandard.compress(PAGE), "Content-Encoding: zstd"), PAGE),
        (answer(gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"), PAGE),
        (answer(PAGE, "Content-Encoding: br"), PAGE),
        (answer(PAGE, "Content-Length: 7"), PAGE),
        (answer(PAGE).replace(b"\r\n", b"\n"), PAGE),
        (answer(PAGE).replace(b"HTTP/1.1 200 OK", b"HTTP/2 200"), PAGE),
        (answer(PAGE, "X-Folded: a\r\n b"), PAGE),
    ],
)
def test_answers_as_tools_keep_them(tmp_path, payload, body):
    rows, lost = read(tmp_path, record("a", payload) + record("b"))
    assert (rows["a"].fetch.outcome, rows["a"].body, lost) == ("ok", body, [])
    assert rows["a"].fetch.content_type == "text/html"


def test_dates_that_the_standard_does_not_know(tmp_path):
    dates = {"a": "2024-11-24T10:05:00", "b": "2008-10-294T05:21:46-0700", "c": "", "d": "2024-11-24T12:05:00+02:00"}
    rows, _ = read(tmp_path, b"".join(record(name, date=date) for name, date in dates.items()))
    assert [rows[name].fetch.outcome for name in "abcd"] == ["ok", "broken_body", "broken_body", "ok"]
    assert rows["a"].fetch.fetched_at == rows["d"].fetch.fetched_at
    assert "2008-10-294" in rows["b"].fetch.detail


def test_what_is_no_page_has_no_row(tmp_path):
    others = [record("dns:w.example", b"20241124 w.example. 300 IN A 192.0.2.1"), record("log", kind="metadata")]
    others += [record("urn:x-log:crawl", b"log", kind="resource"), record("filedesc://x", b"x", kind="resource")]
    rows, lost = read(tmp_path, b"".join([*others, record("a")]))
    assert (list(rows), lost) == (["a"], [])


@pytest.mark.parametrize("version", ["0.17", "0.18", "1.0", "1.1"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_versions_and_line_ends(tmp_path, version, end):
    rows, lost = read(tmp_path, record("a", version=version, end=end) + record("b", version=version, end=end))
    assert (list(rows), lost) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html><p>a page", "not a WARC file"),
        (gzip.compress(b"<html><p>a page", mtime=0), "not a WARC file"),
        (b"filedesc://a.arc 0.0.0.0 20080430204826 text/plain 76\n1 0 Archive", "ARC file"),
        (gzip.compress(b"filedesc://a.arc 0.0.0.0 20080430204826 text/plain 76\n1 0 Archive", mtime=0), "ARC file"),
    ],
)
def test_a_file_that_is_no_warc_is_an_error_and_never_read_to_its_end(tmp_path, data, words):
    (tmp_path / "a.warc.gz").write_bytes(data)
    with pytest.raises(InputError, match=words):
        list(read_warc(tmp_path / "a.warc.gz", "s"))
    (row,) = local_pages(Source("s", warcs=(str(tmp_path / "a.warc.gz"),)))
    assert (row.fetch.outcome, row.fetch.purpose) == ("broken_body", "announcement")
    assert words in row.fetch.detail


def test_a_damaged_file_is_never_called_read_to_its_end(tmp_path):
    (tmp_path / "a.warc").write_bytes(record("a") + b"garbage\r\n" + record("b"))
    *pages, whole = local_pages(Source("s", warcs=(str(tmp_path / "a.warc"),)))
    assert [page.fetch.outcome for page in pages] == ["ok", "ok"]
    assert whole.fetch.outcome == "broken_body"
    assert "damaged" in whole.fetch.detail


@pytest.mark.parametrize("raw", [b"", b"HTTP", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nA: b", b"<html>"])
def test_payloads_of_any_bytes(raw):
    payload = parse_payload(raw)
    assert payload is None or payload.body == b""
