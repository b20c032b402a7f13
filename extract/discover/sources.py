"""Request the announcements of one source."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

from protego import Protego

from extract.discover.feeds import find_feeds, linked_feeds, parse_feed
from extract.discover.items import Announcement, Item
from extract.discover.local import read_url_list
from extract.discover.lookup import look_up
from extract.discover.sections import parse_section
from extract.discover.sitemaps import parse_sitemap
from extract.discover.urls import join
from extract.errors import InputError
from extract.fetch import Fetcher, FetchResult, FetchStopped, Validators
from extract.types import ANNOUNCING, Candidate, Fetch, Source

# Nested indexes violate the protocol, but occur.
MAX_SITEMAP_DEPTH = 3
MAX_SITEMAPS = 500
# A page with fewer links to articles is no section page.
LEAST_IN_SECTION = 5
# The parser of each kind of announcement: it takes bytes, URL and content type.
PARSERS: Mapping[str, Callable[[bytes, str, str | None], Announcement]] = {
    "feeds": parse_feed,
    "sitemaps": lambda body, url, _: parse_sitemap(body, url),
    "sections": parse_section,
}
COMMON_SITEMAPS = ("/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml")
COMMON_FEEDS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")


@dataclass(slots=True)
class Discovery:
    """What a source announces. ``results`` are the fetches of its announcements; ``problems`` are sentences.

    ``asked`` and ``failed`` are the feeds, sitemaps, section pages and lists of the settings that were requested, and
    those that could not be fetched or parsed.
    """

    candidates: list[Candidate] = field(default_factory=list)
    results: list[FetchResult] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)


def discover(
    source: Source,
    fetcher: Fetcher,
    *,
    validators: Mapping[str, Validators] | None = None,
) -> Discovery:
    """Request a source's feeds, sitemaps, section pages and URL lists.

    ``validators`` (by URL) make the requests conditional. Never raises because of what a site sends. Folders and WARC
    files contain pages, not announcements; see ``local_pages``. When the fetcher is told to stop, the result so far is
    returned.
    """
    found = Discovery()
    known = validators or {}
    with suppress(FetchStopped):
        if source.addresses_from == "sitemaps":
            # No conditional requests: an unchanged sitemap would be missing in the look-up.
            known = {}
        for key in ANNOUNCING:
            _ask_all(getattr(source, key), source, fetcher, known, found)
    if source.addresses_from == "sitemaps":
        found.candidates, missing = look_up(found.candidates, source.feeds)
        if missing:
            found.problems.append(
                f"{len(missing)} articles in the feeds of {source.name} are in none of its sitemaps yet, such as"
                f" {missing[0].title or missing[0].url!r}; they are looked for again at the next run."
            )
    for path in source.url_lists:
        try:
            found.asked.add(path)
            _take(read_url_list(Path(path)), path, source, found)
        except InputError as error:
            found.failed.add(path)
            found.problems.append(str(error))
    found.candidates = _without_doubles(found.candidates)
    return found


def parse_announcement(source: Source, url: str, fetch: Fetch, body: bytes) -> Announcement:
    """Parse the response of a source's URL as the kind of announcement that the settings declare.

    A URL that the settings do not name is a sitemap from a sitemap index.
    """
    kind = next((key for key in ANNOUNCING if url in getattr(source, key)), "sitemaps")
    return PARSERS[kind](body, fetch.final_url or url, fetch.content_type)


def find_source_feeds(url: str, source: Source, fetcher: Fetcher) -> list[str]:
    """Find the feeds of a site from any of its pages, and request each; only feeds with items are returned."""
    result = fetcher.fetch(url, source=source, purpose="announcement")
    if result.body is None:
        return []
    at = result.fetch.final_url or url
    if parse_feed(result.body, at, result.fetch.content_type).items:
        return [at]
    named = find_feeds(result.body, at)
    # No declared feed answers: try the feeds that the page links to and the usual paths; the first one is enough.
    usual = dict.fromkeys([*linked_feeds(result.body, at), *(urljoin(at, path) for path in COMMON_FEEDS)])
    answering = [feed for feed in named if _is_feed(feed, source, fetcher)]
    return answering or list(islice((feed for feed in usual if _is_feed(feed, source, fetcher)), 1))


def find_source_section(url: str, source: Source, fetcher: Fetcher) -> list[str]:
    """Return the page's own URL if it links to articles as a section page does."""
    result = fetcher.fetch(url, source=source, purpose="announcement")
    at = result.fetch.final_url or url
    read = parse_section(result.body or b"", at, result.fetch.content_type)
    return [at] if result.fetch.outcome == "ok" and len(read.items) >= LEAST_IN_SECTION else []


def find_source_sitemaps(url: str, source: Source, fetcher: Fetcher) -> list[str]:
    """Find the sitemaps in a site's robots.txt, or those at the usual paths, and request each."""
    robots = fetcher.fetch(urljoin(url, "/robots.txt"), source=source, purpose="announcement")
    text = (robots.body or b"").decode("utf-8-sig", "replace") if robots.fetch.outcome == "ok" else ""
    named = [at for sitemap in Protego.parse(text).sitemaps if (at := join(url, sitemap))]
    usual = [urljoin(url, path) for path in COMMON_SITEMAPS]
    return [sitemap for sitemap in dict.fromkeys(named or usual) if _is_sitemap(sitemap, source, fetcher)]


def _is_sitemap(url: str, source: Source, fetcher: Fetcher) -> bool:
    result = fetcher.fetch(url, source=source, purpose="announcement")
    read = parse_sitemap(result.body or b"", url)
    return result.fetch.outcome == "ok" and bool(read.items or read.children)


def _is_feed(url: str, source: Source, fetcher: Fetcher) -> bool:
    result = fetcher.fetch(url, source=source, purpose="announcement")
    return result.fetch.outcome == "ok" and bool(parse_feed(result.body or b"", url).items)


def _ask_all(
    urls: tuple[str, ...], source: Source, fetcher: Fetcher, known: Mapping[str, Validators], found: Discovery
) -> None:
    """Request announcements of one kind, and the sitemaps that they list."""
    queue = deque((url, 1) for url in urls)
    seen: set[str] = set()
    while queue:
        url, depth = queue.popleft()
        if url in seen:
            continue
        seen.add(url)
        if depth > 1 and len(seen) > MAX_SITEMAPS:
            found.problems.append(f"{source.name} has more than {MAX_SITEMAPS} sitemaps; the rest is left out.")
            return
        if (body := _get(url, source, fetcher, known, found)) is not None:
            result = found.results[-1]
            announcement = parse_announcement(source, url, result.fetch, body)
            _take(announcement, url, source, found)
            if announcement.interval:
                asked_s = round(announcement.interval.total_seconds())
                found.results[-1] = replace(result, fetch=replace(result.fetch, asked_interval_s=asked_s))
            queue.extend((child, depth + 1) for child in _children(announcement, url, depth, found))


def _children(announcement: Announcement, url: str, depth: int, found: Discovery) -> list[str]:
    """Return the sitemaps that an index lists; invalid URLs and those nested too deep become problems."""
    if announcement.children and depth == MAX_SITEMAP_DEPTH:
        found.problems.append(f"The sitemap {url} is index number {depth} in a row; what it names is left out.")
        return []
    named = {child: join(url, child) for child in announcement.children}
    found.problems += [f"The sitemap {url} names {child[:100]!r}, no address." for child, at in named.items() if not at]
    return [at for at in named.values() if at]


def _get(url: str, source: Source, fetcher: Fetcher, known: Mapping[str, Validators], found: Discovery) -> bytes | None:
    result = fetcher.fetch(url, source=source, purpose="announcement", validators=known.get(url))
    found.results.append(result)
    fetch = result.fetch
    if url in source.announcements:
        found.asked.add(url)
    if fetch.outcome == "ok":
        return result.body
    if fetch.outcome != "not_modified":
        found.failed |= {url} & found.asked
        found.problems.append(
            f"{url} could not be fetched: {fetch.outcome}: {fetch.detail or f'status {fetch.status}'}."
        )
    return None


def _take(announcement: Announcement, found_in: str, source: Source, found: Discovery) -> None:
    found.candidates += [_candidate(item, found_in, source) for item in announcement.items]
    if announcement.problem:
        found.problems.append(announcement.problem)
        if not (announcement.items or announcement.children):
            found.failed |= {found_in} & found.asked


def _candidate(item: Item, found_in: str, source: Source) -> Candidate:
    return Candidate(item.url, source.name, found_in, item.title, item.published_at, item.modified_at, item.keywords)


def _without_doubles(candidates: list[Candidate]) -> list[Candidate]:
    first: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        first.setdefault((candidate.url, candidate.found_in), candidate)
    return list(first.values())
