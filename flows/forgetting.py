"""Finish forgetting pages after their rows are deleted: in the archive, in all published files, in watches.

Each step finds what is left to do by itself, so a run may be killed anywhere; the next one resumes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from filelock import FileLock

from extract.archive import ArchiveError, forget_records, read_page
from extract.discover import parse_feed, parse_section, parse_sitemap
from extract.types import Fetch
from flows.settings import Settings
from load.compact import compact
from load.faults import fault
from load.forget import (
    Forgettable,
    Forgotten,
    announcements_of,
    file_is_clean,
    files_to_clean,
    forget,
    is_published_with_them,
    is_published_without_them,
    names_of_them,
)
from load.publish import Published, publish, remove_old
from watches.ledger import lock_file, open_ledger

if TYPE_CHECKING:
    from flows.stages import RunContext


def forget_rows(context: RunContext, what: Forgettable) -> Forgotten:
    """Delete pages from the warehouse and from the archive."""
    naming = naming_announcements(context, what)
    with context.warehouse("forget") as connection:
        counts = forget(connection, what, naming)
    fault("forget.before_archive")
    clean_archive(context)
    return counts


def naming_announcements(context: RunContext, what: Forgettable) -> list[str]:
    """Return the fetch ids of the archived feeds, sitemaps and section pages that list pages to be forgotten.

    Damaged records are skipped: nothing can be read from them.
    """
    with context.warehouse("forget") as connection:
        urls, announcements = announcements_of(connection, what)
    marks = {_mark(url) for url in urls}
    found = []
    for fetch_id, url, file, offset in announcements:
        with suppress(ArchiveError):
            fetch = Fetch(fetch_id, "", url, datetime.now(UTC), "ok", warc_file=file, warc_offset=offset)
            body = read_page(context.settings.archive_place, fetch).body
            # Searching for a part of the URL costs a hundredth of parsing a feed.
            if any(mark in body for mark in marks) and not urls.isdisjoint(_named(body, url)):
                found.append(fetch_id)
    return found


def _mark(url: str) -> bytes:
    """Return the longest part of a URL's path that is never escaped; empty when it has none."""
    return max(re.findall(r"[A-Za-z0-9-]+", url.partition("://")[2].partition("/")[2]), key=len, default="").encode()


def _named(body: bytes, url: str) -> Iterator[str]:
    for parse in (parse_feed, parse_sitemap, parse_section):
        yield from (item.url for item in parse(body, url).items)


def outlived(settings: Settings, now: datetime) -> Sequence[Forgettable]:
    """Return what is to be forgotten by now according to the ``keep_days`` of the sources."""
    days = {source.name: source.keep_days for source in settings.sources}
    return [Forgettable(source=name, before=(now - timedelta(days=kept)).date()) for name, kept in days.items() if kept]


def clean_archive(context: RunContext) -> None:
    """Remove forgotten records from the archive files that still contain them."""
    with context.warehouse("forget") as connection:
        files = files_to_clean(connection)
    for file, fetch_ids in files.items():
        forget_records(context.settings.archive_place, file, fetch_ids)
        fault("forget.before_note")
        with context.warehouse("forget") as connection:
            file_is_clean(connection, file)


def publish_afresh(context: RunContext, now: datetime) -> Published | None:
    """Rewrite everything that is published, if pages were forgotten since the last time; else return None.

    Old published files are removed and the private file is compacted, because deleted rows can remain in free space.
    """
    config = context.settings.warehouse
    with context.warehouse("publish") as connection:
        if not is_published_with_them(connection):
            return None
    compact(config.model_copy(update={"compact_from": 0.0}), on_wait=context.tell)
    published = publish(config, now=now, afresh=True)
    fault("forget.before_old")
    remove_old(config)
    _clean_watches(context)
    fault("forget.before_end")
    with context.warehouse("publish") as connection:
        is_published_without_them(connection)
    return published


def _clean_watches(context: RunContext) -> None:
    """Remove the events of forgotten pages from the ledger of watches; each run writes the feeds at its end."""
    file = context.settings.watches_file
    if not file.exists():
        return
    with context.warehouse("publish") as connection:
        names = names_of_them(connection)
    with FileLock(lock_file(file)), open_ledger(file) as ledger:
        ledger.forget_rows(names)
