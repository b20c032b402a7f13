"""Articles that feeds list and sitemaps give the addresses of: where a feed links to trackers, or to no page at all."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from extract.strip.wording import fold
from extract.types import Candidate

# Shorter titles and paths are those of several articles.
MIN_NAME_CHARS = 12


def look_up(candidates: Iterable[Candidate], feeds: Container[str]) -> tuple[list[Candidate], list[Candidate]]:
    """Give the articles that feeds list the addresses of the sitemaps.

    Returns them, and those that no sitemap has; what is in a sitemap alone is left out.
    """
    announced = list(candidates)
    listed = [candidate for candidate in announced if candidate.found_in in feeds]
    places = _Addresses(candidate for candidate in announced if candidate.found_in not in feeds)
    reached = [(candidate, places.of(candidate)) for candidate in listed]
    return [replace(one, url=url) for one, url in reached if url], [one for one, url in reached if not url]


class _Addresses:
    """The addresses in sitemaps, by title and by the last part of the path."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._urls: set[str] = set()
        self._by_name: dict[str, set[str]] = {}
        for candidate in candidates:
            self._urls.add(candidate.url)
            for name in _names(candidate):
                self._by_name.setdefault(name, set()).add(candidate.url)

    def of(self, candidate: Candidate) -> str | None:
        """Return the address of an article that a feed lists; None where none or more than one fits."""
        if candidate.url in self._urls:
            return candidate.url
        for name in _names(candidate):
            if len(urls := self._by_name.get(name, set())) == 1:
                return next(iter(urls))
        return None


def _names(candidate: Candidate) -> list[str]:
    """Return what an article is known by: its title and the last part of its address, if they are long enough."""
    last = urlsplit(candidate.url).path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return [name for name in (fold(candidate.title or ""), fold(last)) if len(name) >= MIN_NAME_CHARS]
