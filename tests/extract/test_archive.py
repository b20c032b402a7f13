"""The archive gives back what it was given, and says when it cannot."""

import gzip
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from benchmarks.archive import NOW, damage, results, write
from extract.archive import ArchiveError, ArchiveFolder, ArchiveWriter, read_page, recover, repair, verify
from extract.fetch import FetchResult, Validators
from extract.types import Fetch


def test_pages_come_back_and_the_rows_can_be_rebuilt(tmp_path):
    pages = results(3, words=50)
    rows = write(tmp_path, pages)
    assert [read_page(ArchiveFolder(tmp_path), row).body for row in rows] == [page.body for page in pages]
    assert recover(ArchiveFolder(tmp_path), []) == rows
    assert recover(ArchiveFolder(tmp_path), {str(row.warc_file) for row in rows}) == []
    assert list(verify(ArchiveFolder(tmp_path))) == []


def test_independent_tools_read_it(tmp_path):
    write(tmp_path, results(3, words=50))
    path = tmp_path / ArchiveFolder(tmp_path).files()[0]
    kinds = [record.headers["WARC-Type"] for record in ArchiveIterator(path.open("rb"), verify_digests=True)]
    assert kinds == ["warcinfo"] + ["request", "response", "metadata"] * 3
    checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_unchanged_content_costs_a_revisit_and_reads_as_the_page(tmp_path):
    page = results(1)[0]
    first = write(tmp_path, [page])[0]
    same = replace(page.fetch, fetch_id="again", outcome="not_modified", status=304)
    again = FetchResult(same, page.request, b"HTTP/1.1 304 Not Modified\r\n\r\n", validators=Validators.of(first))
    second = write(tmp_path, [again])[0]
    assert read_page(ArchiveFolder(tmp_path), second).body == page.body
    assert second.warc_length < 1000 < first.warc_length


def test_failed_attempts_are_kept_as_rows_without_a_page(tmp_path):
    row = write(tmp_path, [FetchResult(Fetch("1", "s", "https://news.example/", NOW, "timeout", detail="late"))])[0]
    assert recover(ArchiveFolder(tmp_path), []) == [row]
    with pytest.raises(ArchiveError, match="timeout"):
        read_page(ArchiveFolder(tmp_path), row)


def test_a_file_left_open_by_a_dead_process_is_taken_in(tmp_path):
    pages = results(3, words=50)
    writer = ArchiveWriter(ArchiveFolder(tmp_path), max_bytes=10**9, now=lambda: NOW)
    rows = [writer.write(page) for page in pages]
    assert recover(ArchiveFolder(tmp_path), []) == [], "a living writer's file is left alone"
    writer._file.close()
    left = next(tmp_path.rglob("*.open"))
    left.write_bytes(left.read_bytes()[:-10])
    assert recover(ArchiveFolder(tmp_path), []) == rows[:2]
    assert not list(tmp_path.rglob("*.open"))


def test_files_are_closed_at_their_size(tmp_path):
    with ArchiveWriter(ArchiveFolder(tmp_path), max_bytes=1, now=lambda: NOW) as writer:
        rows = [writer.write(page) for page in results(3, words=50)]
    assert len({row.warc_file for row in rows}) == 3 == len(ArchiveFolder(tmp_path).files())


@pytest.mark.parametrize("kind", ["cut", "flip"])
def test_damage_is_never_silent_and_costs_nothing_before_it(kind):
    figures = damage(60, kind)
    assert figures["whole_before_damage_lost"] == figures["silent_corruption"] == 0


def test_repair_cuts_to_the_last_whole_record_and_verify_finds_damage(tmp_path):
    row = write(tmp_path, results(2, words=50))[0]
    path = tmp_path / row.warc_file
    data = bytearray(path.read_bytes())
    data[row.warc_offset + 40] ^= 1
    path.write_bytes(data[:-7])
    assert repair(path) > 0
    assert repair(path) == 0
    assert [problem.start for problem in verify(ArchiveFolder(tmp_path))] == [row.warc_offset]


def ledger_of(rows):
    known = {}
    for row in rows:
        known.setdefault(row.warc_file, []).append(row.warc_offset)
    return known


LOSSES = {
    "gone": lambda path, rows: path.unlink(),
    "empty": lambda path, rows: path.write_bytes(b""),
    "cut between records": lambda path, rows: path.write_bytes(path.read_bytes()[: rows[1].warc_offset]),
    "cut inside one": lambda path, rows: path.write_bytes(path.read_bytes()[: rows[1].warc_offset + 9]),
    "zeros": lambda path, rows: path.write_bytes(bytes(path.stat().st_size)),
    "another file": lambda path, rows: path.write_bytes(path.read_bytes()[rows[2].warc_offset :]),
    "renamed": lambda path, rows: path.rename(path.with_name("other.warc.gz")),
    "a folder": lambda path, rows: (path.unlink(), path.mkdir()),
    "a link to nowhere": lambda path, rows: (path.unlink(), path.symlink_to("nowhere")),
    "a link to itself": lambda path, rows: (path.unlink(), path.symlink_to(path.name)),
    "a pipe": lambda path, rows: (path.unlink(), os.mkfifo(path)),
    "unpacked": lambda path, rows: path.write_bytes(gzip.decompress(path.read_bytes())),
    "one bit": lambda path, rows: flip(path, rows[1].warc_offset + 60),
    "the first record gone": lambda path, rows: path.write_bytes(path.read_bytes()[rows[1].warc_offset :]),
    "its end cut": lambda path, rows: path.write_bytes(path.read_bytes()[:-1]),
    "an empty member": lambda path, rows: path.write_bytes(gzip.compress(b"")),
    "a page": lambda path, rows: path.write_text("<html>not found</html>"),
    "line breaks": lambda path, rows: path.write_bytes(b"\r\n" * 500),
}


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["b.warc.gz", "b.warc.gz.open"])
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda p: p.symlink_to("no"), lambda p: p.symlink_to(p.name)])
def test_no_run_ends_by_what_is_no_file_and_is_called_like_one(tmp_path, make, name):
    rows = write(tmp_path, results(2, words=50))
    make(tmp_path / name)
    found = recover(ArchiveFolder(tmp_path), set())
    assert [fetch.fetch_id for fetch in found] == [fetch.fetch_id for fetch in rows]


@pytest.mark.parametrize("loss", LOSSES)
def test_what_the_ledger_knows_and_the_archive_lacks_is_found(tmp_path, loss):
    rows = write(tmp_path, results(3, words=50))
    place = ArchiveFolder(tmp_path)
    assert list(verify(place, ledger_of(rows))) == []
    LOSSES[loss](tmp_path / rows[0].warc_file, rows)
    found = list(verify(place, ledger_of(rows)))
    assert {problem.file for problem in found} == {rows[0].warc_file}
    assert all(str(problem) for problem in found)
