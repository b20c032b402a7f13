"""Request feeds, sitemaps and sections once, to see whether they answer and what they list; nothing is recorded."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extract.discover import parse_announcement
from extract.fetch import Fetcher
from extract.types import Source
from flows.fetching import fetch_side_by_side
from flows.settings import Settings

# Hosts that are requested at the same time.
THREADS = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What one feed or sitemap answered: the number of items, the time of the newest, and the problem (None: none)."""

    source: str
    url: str
    items: int
    newest: datetime | None
    problem: str | None


def ask_feeds(settings: Settings, sources: Sequence[Source]) -> list[Answer]:
    """Request each feed and sitemap of these sources once, as politely as an ingest does."""
    places = [(source, url) for source in sources for url in source.announcements]
    with _fetcher(settings) as fetcher:
        answers, _ = fetch_side_by_side(lambda place: _ask(fetcher, *place), places, THREADS, threading.Event())
    return answers


@contextmanager
def _fetcher(settings: Settings) -> Iterator[Fetcher]:
    # Leave no files where nothing was ever run.
    with tempfile.TemporaryDirectory(prefix="newsledger-") as elsewhere:
        state = settings.state_dir if settings.state_dir.exists() else Path(elsewhere)
        with Fetcher(settings.fetch, state, access=settings.accesses()) as fetcher:
            yield fetcher


def _ask(fetcher: Fetcher, source: Source, url: str) -> Answer:
    result = fetcher.fetch(url, source=source, purpose="announcement")
    fetch = result.fetch
    if fetch.outcome != "ok" or result.body is None:
        why = f"{fetch.outcome}: {fetch.detail or f'status {fetch.status}'}"
        return Answer(source.name, url, 0, None, why)
    read = parse_announcement(source, url, fetch, result.body)
    times = [item.published_at or item.modified_at for item in read.items]
    newest = max((time for time in times if time), default=None)
    is_empty = not (read.items or read.children)
    return Answer(source.name, url, len(read.items) + len(read.children), newest, read.problem if is_empty else None)


def doubled_feeds(sources: Sequence[Source]) -> dict[str, tuple[str, ...]]:
    """Return the feeds and sitemaps that are entered more than once, with the names of their sources."""
    entered = [(url, source.name) for source in sources for url in source.announcements]
    counts = Counter(url for url, _ in entered)
    return {url: tuple(name for place, name in entered if place == url) for url, count in counts.items() if count > 1}
