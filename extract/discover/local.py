"""Pages and URLs on this machine: URL lists, folders of HTML files, WARC files from elsewhere."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from stat import S_ISREG
from typing import Any
from urllib.parse import quote, urljoin

from extract.discover.items import Announcement, Item, parse_date
from extract.discover.urls import clean_url
from extract.discover.warcs import Loss, NotWarcError, local_page, read_warc, told_losses
from extract.errors import InputError
from extract.fetch.result import FetchResult
from extract.identity import stable_id
from extract.types import Fetch, Source

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
WARC_SUFFIXES = (".warc", ".warc.gz", ".warc.zst")
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
DELIMITERS = (",", ";", "\t", "|")
URL_KEYS = ("url", "link", "loc", "address")
# The comments that browsers, SingleFile and HTTrack write near the beginning of a page that they save.
SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s+url:\s*|Mirrored from )"
    rb"(?P<url>[^\s<>]{4,2000})\s",
    re.I,
)
HEAD_BYTES = 4_096
DATE_KEYS = ("published_at", "published", "date", "publish_date")


def read_url_list(path: Path) -> Announcement:
    """Read a URL list: text (one per line, ``#`` begins a comment), a table with a header, or JSON lines.

    A table (CSV, TSV) may be separated by commas, semicolons, tabs or bars. Column names are case-insensitive.
    ``problem`` counts the lines without a web URL. Raises InputError when the file cannot be read or has no column of
    URLs.
    """
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"Cannot read the URL list {path}: {error.strerror or error}.") from None
    try:
        rows = list(_rows(path, text))
    except csv.Error as error:
        raise InputError(f"Cannot read the URL list {path}: {error}.") from None
    items = tuple(filter(None, map(_listed, rows)))
    bad = len(rows) - len(items)
    return Announcement(items, problem=f"{bad} lines of {path} hold no web address and are left out." if bad else None)


def _listed(row: Mapping[str, Any]) -> Item | None:
    row = {str(name).strip().lower(): value for name, value in row.items()}
    url = next((str(row[key]) for key in URL_KEYS if row.get(key)), "")
    clean = clean_url(url)
    date = next((str(row[key]) for key in DATE_KEYS if row.get(key)), None)
    title = row.get("title")
    return Item(clean, str(title) if title else None, parse_date(date)) if clean else None


def read_folder(path: Path, base_url: str | None, source: str) -> Iterator[FetchResult]:
    """Yield the HTML files of a folder and its subfolders as pages, in the order of their names.

    A page's URL is ``base_url`` plus the file's relative path, else the URL that the program that saved it noted, else
    ``file:`` and its path; its time is the file's modification time. Links out of the folder are not followed, so that
    who can put files into it cannot read others with it. Raises InputError when the folder does not exist.
    """
    if not path.is_dir():
        raise InputError(f"There is no folder {path}.", hint="`folders` of a source names folders of HTML files.")
    for file in _files_in(path):
        if file.suffix.lower() in PAGE_SUFFIXES:
            body = file.read_bytes()
            place = quote(file.relative_to(path).as_posix())
            at_base = urljoin(base_url.rstrip("/") + "/", place) if base_url else None
            url = at_base or _saved_from(body) or file.resolve().as_uri()
            when = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            yield local_page(source, url, when, body)


def _saved_from(body: bytes) -> str | None:
    """Return the URL that a browser or mirroring program noted in a saved page; None when there is none."""
    if (note := SAVED_FROM.search(body, 0, HEAD_BYTES)) is None:
        return None
    url = note["url"].decode("utf-8", "replace")
    # HTTrack omits the scheme.
    return clean_url(url if "://" in url else f"https://{url}")


def _files_in(folder: Path) -> list[Path]:
    """List the files of a folder and its subfolders, except links to files outside."""
    root = folder.resolve()
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.resolve().is_relative_to(root))


def warc_files(path: Path) -> list[Path]:
    """List the WARC files at a path: the file itself, or those of a folder and its subfolders."""
    if path.is_dir():
        return [file for file in _files_in(path) if file.name.endswith(WARC_SUFFIXES)]
    return [path]


def local_pages(source: Source, read_through: Container[str] = frozenset()) -> Iterator[FetchResult]:
    """Yield all pages of a source's folders and WARC files one by one, to be archived like fetched ones.

    A page's ``fetch_id`` is always the same. After the pages of a WARC file comes a row of the file itself, as an
    announcement that was read; a file whose row is in ``read_through`` is not opened again until it changes.
    """
    for folder in source.folders:
        yield from read_folder(Path(folder), source.base_url, source.name)
    for place in source.warcs:
        for path in warc_files(Path(place)):
            # Identifies the file as it is now: if it grows while it is read, the next run sees another file and reads
            # that.
            whole = _read_through(path, source.name)
            if whole.fetch.fetch_id not in read_through:
                yield from _read_whole(path, source.name, whole)


def _read_whole(path: Path, source: str, whole: FetchResult) -> Iterator[FetchResult]:
    """Yield the pages of a WARC file and then its own row, which lists the damage."""
    lost: list[Loss] = []
    try:
        yield from read_warc(path, source, lost)
    except NotWarcError as error:
        yield _with_loss(whole, str(error))
        return
    yield _with_loss(whole, told_losses(lost)) if lost else whole


def _with_loss(whole: FetchResult, detail: str) -> FetchResult:
    return replace(whole, fetch=replace(whole.fetch, outcome="broken_body", detail=detail))


def _read_through(path: Path, source: str) -> FetchResult:
    """Return the row of a WARC file that was read; its id is made from path, size and modification time."""
    try:
        stat = path.stat()
    except OSError as error:
        raise InputError(f"Cannot read the WARC file {path}: {error.strerror or error}.") from None
    if not S_ISREG(stat.st_mode):
        # A pipe without a writer would block forever, and has no size.
        raise InputError(f"{path} is not a file.", hint="`warcs` of a source names WARC files, or folders of them.")
    url = path.absolute().as_uri()
    fetch = Fetch(
        fetch_id=stable_id(source, url, str(stat.st_size), str(stat.st_mtime_ns)),
        source=source,
        url=url,
        fetched_at=datetime.fromtimestamp(stat.st_mtime, UTC),
        outcome="ok",
        detail=f"read to its end, {stat.st_size} bytes",
        purpose="announcement",
    )
    return FetchResult(fetch, is_local=True)


def _rows(path: Path, text: str) -> Iterator[dict[str, Any]]:
    suffix = path.suffix.lower()
    if suffix in TABLE_SUFFIXES:
        return _table(path, text)
    if suffix in (".jsonl", ".ndjson"):
        return (_json_row(line) for line in text.splitlines() if line.strip())
    lines = (line.partition(" #")[0].strip() for line in text.splitlines() if not line.startswith("#"))
    return ({"url": line} for line in lines if line)


def _table(path: Path, text: str) -> Iterator[dict[str, Any]]:
    head = text.partition("\n")[0]
    table = csv.DictReader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    if not set(URL_KEYS) & {name.strip().lower() for name in table.fieldnames or ()}:
        raise InputError(f"{path} has no column with addresses.", hint=f"Name it one of: {', '.join(URL_KEYS)}.")
    return table


def _json_row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {"url": row}
