"""Attempts are forgotten in place: their content is gone, and nothing else of the archive file moves or changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.archive import ArchiveError, ArchiveFolder, ArchiveWriter, forget_records, iter_archive, read_page, verify
from extract.fetch.result import FetchResult
from extract.types import Fetch

AT = datetime(2024, 5, 1, tzinfo=UTC)


def result(n: int, body: bytes | None, detail: str | None = None) -> FetchResult:
    fetch = Fetch(
        fetch_id=f"{n:064x}",
        source="paper",
        url=f"https://a.example/{n}",
        fetched_at=AT,
        outcome="ok" if body is not None else "timeout",
        detail=detail,
        content_type="text/html",
    )
    if body is None:
        return FetchResult(fetch)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    return FetchResult(fetch, body=body, raw=body, request=b"GET / HTTP/1.1\r\n\r\n", response=head)


def write(folder: Path, results: list[FetchResult]) -> tuple[ArchiveFolder, list[Fetch]]:
    place = ArchiveFolder(folder)
    with ArchiveWriter(place, max_bytes=10**9, now=lambda: AT) as writer:
        return place, [writer.write(one) for one in results]


def three_pages(folder: Path) -> tuple[ArchiveFolder, list[Fetch], str]:
    place, rows = write(folder, [result(n, f"<p>page {n} secret{n}</p>".encode() * 9) for n in range(3)])
    assert rows[0].warc_file is not None
    return place, rows, rows[0].warc_file


def test_a_forgotten_page_is_gone_and_its_neighbours_stay_where_they_are(tmp_path: Path) -> None:
    place, rows, file = three_pages(tmp_path)
    size = (tmp_path / file).stat().st_size
    # What a process left that died while it wrote is of no account.
    (tmp_path / f"{file}.forgetting").write_bytes(b"half")
    assert forget_records(place, file, [rows[1].fetch_id]) == 1
    assert (tmp_path / file).stat().st_size == size
    assert list(verify(place)) == []
    left = list(iter_archive(place, file))
    assert [(row.outcome, row.warc_offset) for row in left] == [
        ("ok", rows[0].warc_offset),
        ("forgotten", rows[1].warc_offset),
        ("ok", rows[2].warc_offset),
    ]
    assert left[1].page_sha256 == rows[1].page_sha256
    for n in (0, 2):
        assert f"secret{n}".encode() in read_page(place, rows[n]).body
    with pytest.raises(ArchiveError):
        read_page(place, rows[1])
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [Path(file).name]


def test_any_warc_tool_reads_what_is_left_and_once_more_there_is_nothing_to_forget(tmp_path: Path) -> None:
    place, rows, file = three_pages(tmp_path)
    assert forget_records(place, file, [rows[1].fetch_id]) == 1
    with (tmp_path / file).open("rb") as stream:
        content = b"".join(record.reader.read() for record in ArchiveIterator(stream, parse_http=False))
    assert b"secret1" not in content
    assert b"secret2" in content
    assert content.count(b"GET /") == 2
    # A file that is gone has nothing to forget.
    assert forget_records(place, file, [rows[1].fetch_id]) == 0
    assert forget_records(place, "gone.warc.gz", ["x"]) == 0


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bodies=st.lists(st.one_of(st.none(), st.binary(max_size=40), st.binary(min_size=300, max_size=400)), min_size=1),
    data=st.data(),
)
def test_any_attempts_have_room_to_be_forgotten(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes | None], data: st.DataObject
) -> None:
    details = [None, "x", "The server did not answer within 30 s."]
    results = [result(n, body, data.draw(st.sampled_from(details))) for n, body in enumerate(bodies)]
    place, rows = write(tmp_path_factory.mktemp("archive"), results)
    gone = data.draw(st.sets(st.sampled_from([row.fetch_id for row in rows])))
    file = rows[0].warc_file
    assert file is not None
    assert forget_records(place, file, gone) == len(gone)
    assert list(verify(place)) == []
    left = list(iter_archive(place, file))
    assert {row.fetch_id for row in left if row.outcome == "forgotten"} == gone
    assert [row for row in left if row.fetch_id not in gone] == [row for row in rows if row.fetch_id not in gone]
