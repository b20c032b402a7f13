"""Look up the URLs of feed items in sitemaps, for feeds that link to trackers or to no page at all."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from extract.strip.wording import fold
from extract.types import Candidate

# Shorter titles and path segments are ambiguous.
MIN_NAME_CHARS = 12


def look_up(candidates: Iterable[Candidate], feeds: Container[str]) -> tuple[list[Candidate], list[Candidate]]:
    """Give the articles in feeds the URLs from the sitemaps.

    Returns the articles with a URL, and those that no sitemap has; articles only in a sitemap are dropped.
    """
    announced = list(candidates)
    listed = [candidate for candidate in announced if candidate.found_in in feeds]
    places = _Addresses(candidate for candidate in announced if candidate.found_in not in feeds)
    reached = [(candidate, places.of(candidate)) for candidate in listed]
    return [replace(one, url=url) for one, url in reached if url], [one for one, url in reached if not url]


class _Addresses:
    """The URLs in sitemaps, by title and by last path segment."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._urls: set[str] = set()
        self._by_name: dict[str, set[str]] = {}
        for candidate in candidates:
            self._urls.add(candidate.url)
            for name in _names(candidate):
                self._by_name.setdefault(name, set()).add(candidate.url)

    def of(self, candidate: Candidate) -> str | None:
        """Return the URL of an article in a feed; None when none or more than one matches."""
        if candidate.url in self._urls:
            return candidate.url
        for name in _names(candidate):
            if len(urls := self._by_name.get(name, set())) == 1:
                return next(iter(urls))
        return None


def _names(candidate: Candidate) -> list[str]:
    """Return the keys of an article: its title and the last segment of its URL, if they are long enough."""
    last = urlsplit(candidate.url).path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return [name for name in (fold(candidate.title or ""), fold(last)) if len(name) >= MIN_NAME_CHARS]
