"""What an outlet's web site answers: articles, feeds, and everything else that real sites do to a fetcher.

A ``Site`` is one outlet's pages at one address. It knows no sockets: ``answer`` takes a path and returns
a status, headers and bytes, so that the server is a thin shell around it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from threading import Lock
from urllib.parse import urlsplit

from sample import feeds
from sample.content import SampleArticle
from sample.feeds import Listing
from sample.outlets import Outlet
from sample.pages import Teaser, article_path, render_article, render_page, teaser

RETRY_AFTER_S = 1
HOPS = 3
TEASERS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response, before conditional requests and compression are applied."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    modified_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def etag(self) -> str:
        """A strong validator: the digest of the body (RFC 9110 section 8.8.3)."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True)
class Oddity:
    """A page that an outlet announces and that is no plain article."""

    path: str
    title: str
    template: str = ""
    status: int = 200


ODDITIES: dict[str, tuple[Oddity, ...]] = {
    "harbour-courier": (Oddity("/pictures/gallery/storm-over-the-harbour/", "Storm over the harbour", "gallery"),),
    "meridian-post": (),
    "valley-record": (
        Oddity("/stories/withdrawn.htm", "Council minutes", status=410),
        Oddity("/stories/mislaid.htm", "Bridge works postponed", status=404),
        Oddity("/stories/soft-error.htm", "School fair raises funds", "error"),
    ),
    "northern-ledger": (Oddity("/members/quarterly-outlook.html", "The quarterly outlook", "index"),),
    "daily-vantage": (
        Oddity("/video/wave-hits-pier", "WATCH: Wave hits pier", "video"),
        Oddity("/privacy-gate", "Huge sale starts today", "consent"),
        Oddity("/showbiz/star-seen-at-port", "Star seen at port", "challenge", status=403),
    ),
    "lumiere-du-soir": (),
    "capital-wire": (
        Oddity("/topics/ferry/", "All about: ferries", "index"),
        Oddity("/documents/annual-report.pdf", "Annual report", "pdf"),
    ),
    "the-beacon": (Oddity("/leaks/raw-documents/", "The raw documents", "index"),),
}


@dataclass(slots=True)
class Site:
    """One outlet at ``base`` (scheme, host and port), with the versions of its articles.

    ``versions`` maps a path to the article's versions, oldest first. ``now`` hides what is not yet
    published or revised; None shows every article in its first version.
    """

    outlet: Outlet
    base: str
    versions: dict[str, list[SampleArticle]]
    crawl_delay: float = 0.2
    now: datetime | None = None
    misbehave: bool = True
    _seen: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, outlet: Outlet, base: str, articles: Iterable[SampleArticle], **options: object) -> Site:
        """Build a site from all articles; those of other outlets are left out."""
        versions: dict[str, list[SampleArticle]] = {}
        for article in sorted(articles, key=_version_time):
            if article.outlet == outlet.slug:
                versions.setdefault(article_path(article), []).append(article)
        return cls(outlet, base, versions, **options)  # type: ignore[arg-type]

    def answer(self, target: str) -> Answer:
        """The response to a GET of ``target`` (path with or without query)."""
        path = urlsplit(target).path
        return self._trouble(path) or self._announcement(path) or self._page(path) or NOT_FOUND

    def listings(self) -> list[Listing]:
        """Everything that the feeds announce, newest first: articles, and pages that are none."""
        current = self.current()
        entries = [_listing(self._announced_url(article), article) for article in current.values()]
        if not self.misbehave or not entries:
            return sorted(entries, key=lambda entry: entry.published_at, reverse=True)
        oldest = min(entry.published_at for entry in entries)
        first = next(iter(current.values()))
        odd = [(page.path, page.title) for page in ODDITIES[self.outlet.slug]]
        odd += [(path, first.headline) for path in self._other_addresses()]
        entries += [Listing(self.base + path, title, "", oldest, oldest) for path, title in odd]
        return sorted(entries, key=lambda entry: entry.published_at, reverse=True)

    def current(self) -> dict[str, SampleArticle]:
        """The version of each article that is online now, by path."""
        shown = ((path, self._shown(versions)) for path, versions in self.versions.items())
        return {path: article for path, article in shown if article}

    def _shown(self, versions: Sequence[SampleArticle]) -> SampleArticle | None:
        if self.now is None:
            return versions[0]
        online = [version for version in versions if _version_time(version) <= self.now]
        return online[-1] if online else None

    def _announced_url(self, article: SampleArticle) -> str:
        return self.base + ("/amp" if article.kind == "amp" else "") + article_path(article)

    def _other_addresses(self) -> list[str]:
        """Addresses that lead to the outlet's first article by detours."""
        return {
            "harbour-courier": [f"/go/{HOPS}"],
            "meridian-post": ["/archive/moved-story"],
            "capital-wire": ["/story/utm?utm_source=rss&utm_medium=feed"],
        }.get(self.outlet.slug, [])

    def _first_path(self) -> str | None:
        return next(iter(self.current()), None)

    def _trouble(self, path: str) -> Answer | None:
        """Faults that pass: the first article fails once with 500, or asks to wait with 429."""
        if not self.misbehave or path != self._first_path():
            return None
        with self._lock:
            self._seen[path] += 1
            first_try = self._seen[path] == 1
        if first_try and self.outlet.slug in ("harbour-courier", "capital-wire"):
            return Answer(500, b"<html><title>500 Internal Server Error</title></html>")
        if first_try and self.outlet.slug == "meridian-post":
            return Answer(429, b"Too many requests", "text/plain", headers=(("Retry-After", str(RETRY_AFTER_S)),))
        return None

    def _announcement(self, path: str) -> Answer | None:
        makers: dict[str, Callable[[], tuple[bytes, str]]] = {"/robots.txt": self._robots}
        for kind, where in self.outlet.announces:
            makers[where] = partial(self._feed, kind)
        if self.outlet.slug == "valley-record":
            makers["/sitemaps/recent.xml"] = lambda: (feeds.sitemap(self._half(0)), "application/xml")
            makers["/sitemaps/older.xml.gz"] = lambda: (
                feeds.compressed(feeds.sitemap(self._half(1))),
                "application/gzip",
            )
        if path not in makers:
            return None
        body, content_type = makers[path]()
        newest = max((entry.modified_at for entry in self.listings()), default=None)
        return Answer(200, body, content_type, None if path == "/robots.txt" else newest)

    def _half(self, which: int) -> list[Listing]:
        return self.listings()[which::2]

    def _robots(self) -> tuple[bytes, str]:
        lines = ["User-agent: *", f"Disallow: {self.outlet.disallowed}", "Disallow: /search"]
        lines += [f"Crawl-delay: {self.crawl_delay:g}"] if self.crawl_delay else []
        lines += [f"Sitemap: {self.base}{where}" for kind, where in self.outlet.announces if "sitemap" in kind]
        return ("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8"

    def _feed(self, kind: str) -> tuple[bytes, str]:
        entries, outlet = self.listings(), self.outlet
        if kind == "rss":
            return feeds.rss(outlet, self.base, entries), f"application/rss+xml; charset={outlet.encoding}"
        if kind == "atom":
            return feeds.atom(outlet, self.base, entries), "application/atom+xml; charset=utf-8"
        if kind == "json":
            return feeds.json_feed(outlet, self.base, entries), "application/feed+json; charset=utf-8"
        if kind == "news_sitemap":
            return feeds.news_sitemap(outlet, entries), "application/xml"
        if kind == "sitemap":
            return feeds.sitemap(entries), "application/xml"
        return feeds.sitemap_index(
            [f"{self.base}/sitemaps/recent.xml", f"{self.base}/sitemaps/older.xml.gz"]
        ), "application/xml"

    def _page(self, path: str) -> Answer | None:
        current = self.current()
        plain = path.removeprefix("/amp") if self.outlet.slug == "daily-vantage" else path
        if plain in current:
            return self._article(current[plain], amp=path != plain)
        if path.startswith("/media/"):
            return Answer(200, picture(path), "image/svg+xml", headers=(("Cache-Control", "max-age=86400"),))
        if path == "/":
            return self._html(render_page(self.outlet, "index", self.base, "News", self._teasers(30)))
        if self.misbehave:
            return self._detour(path) or self._oddity(path)
        return None

    def _article(self, article: SampleArticle, *, amp: bool = False) -> Answer:
        page = render_article(article, self.base, self._teasers(TEASERS, article_path(article)), amp=amp)
        return self._html(page, _version_time(article))

    def _teasers(self, count: int, without: str = "") -> list[Teaser]:
        """Links to other articles, by their first headline: a revision elsewhere must not change this page."""
        current = self.current()
        others = (versions[0] for path, versions in self.versions.items() if path in current and path != without)
        return [teaser(article, self.base) for article, _ in zip(others, range(count), strict=False)]

    def _detour(self, path: str) -> Answer | None:
        first = self._first_path()
        if first is None or path not in {urlsplit(p).path for p in self._other_addresses()} | _hops():
            return None
        if path.startswith("/go/"):
            left = int(path.rsplit("/", 1)[1]) - 1
            return Answer(302 if left else 301, headers=(("Location", f"/go/{left}" if left else first),))
        return self._article(self.current()[first])

    def _oddity(self, path: str) -> Answer | None:
        for page in ODDITIES[self.outlet.slug]:
            if page.path != path:
                continue
            if page.template == "pdf":
                return Answer(200, b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(2048) + b"\n%%EOF\n", "application/pdf")
            if not page.template:
                return Answer(page.status, f"<html><title>{page.status}</title><p>{page.status}</p></html>".encode())
            body = render_page(self.outlet, page.template, self.base, page.title, self._teasers(30))
            return Answer(page.status, body, self._content_type())
        return None

    def _html(self, body: bytes, modified_at: datetime | None = None) -> Answer:
        return Answer(200, body, self._content_type(), modified_at)

    def _content_type(self) -> str:
        return f"text/html; charset={self.outlet.encoding}"


NOT_FOUND = Answer(404, b"<html><title>404 Not Found</title><h1>Not found</h1></html>")


def picture(path: str) -> bytes:
    """A drawing that stands for a photograph: hills and sky in colours that follow from the path."""
    seed = hashlib.sha256(path.encode()).digest()
    hue, ridge = seed[0] * 360 // 256, [360 + seed[n] // 2 for n in range(1, 8)]
    hills = " ".join(f"{200 * n},{height}" for n, height in enumerate(ridge))
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675" preserveAspectRatio="xMidYMid slice">'
        f'<rect width="1200" height="675" fill="hsl({hue},45%,78%)"/>'
        f'<circle cx="{seed[9] * 4 + 90}" cy="{seed[10] // 2 + 70}" r="70" fill="hsl({hue + 40},80%,90%)"/>'
        f'<polygon points="0,675 {hills} 1200,675" fill="hsl({hue},30%,38%)"/>'
        f'<rect y="560" width="1200" height="115" fill="hsl({hue + 200},35%,30%)"/></svg>'
    )
    return drawing.encode()


def http_date(moment: datetime) -> str:
    """The moment as HTTP writes it, to the second (RFC 9110 section 5.6.7)."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def control_answer(message: str) -> Answer:
    """What the control address replies."""
    return Answer(200, json.dumps({"state": message}).encode(), "application/json")


def _hops() -> set[str]:
    return {f"/go/{left}" for left in range(1, HOPS + 1)}


def _version_time(article: SampleArticle) -> datetime:
    return article.modified_at or article.published_at


def _listing(url: str, article: SampleArticle) -> Listing:
    return Listing(url, article.headline, article.standfirst or "", article.published_at, _version_time(article))
