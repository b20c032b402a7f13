"""Section pages as a source, and feeds whose articles are reached through sitemaps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.discover import discover, parse_section
from extract.fetch import FetchResult
from extract.types import Fetch, Source

PAGE = "https://news.example/harbour"


def links(html: str) -> dict[str, str | None]:
    return {
        item.url.removeprefix("https://news.example"): item.title for item in parse_section(html.encode(), PAGE).items
    }


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="/2024/11/23/quay.html">Quay reopens after the storm</a>', "Quay reopens after the storm"),
        ('<h2><a href="/harbour/quay">Quay reopens after the storm</a></h2>', "Quay reopens after the storm"),
        (
            '<a href="/harbour/quay"><h3>Quay reopens after the storm</h3><p>More</p></a>',
            "Quay reopens after the storm",
        ),
        (
            '<a href="/harbour/quay-reopens-after-storm">Quay reopens after the storm</a>',
            "Quay reopens after the storm",
        ),
        ('<a href="/story-48213377">Quay reopens</a>', "Quay reopens"),
        ('<a href="/n/48213377"><img src="quay.jpg"></a>', None),
        ('<h2><a href="/harbour/4711">岸壁が再開、嵐のあと</a></h2>', "岸壁が再開、嵐のあと"),
    ],
)
def test_what_looks_like_an_article_is_announced(link: str, title: str | None) -> None:
    assert list(links(link).values()) == [title]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/">Home</a>',
        '<a href="/harbour">All news of the harbour and the coast</a>',
        '<a href="/politics/">Politics</a>',
        '<a href="/tags/storms-and-other-weather">Storms and other weather</a>',
        '<a href="/authors/ada-quill-of-port-ansel">All articles by Ada Quill</a>',
        '<a href="/health-and-science/">Health and science</a>',
        '<a href="/privacy-policy-and-terms">Our privacy policy and our terms</a>',
        '<nav><a href="/2024/11/23/quay-reopens-after-storm">Quay reopens after the storm</a></nav>',
        '<footer><a href="/2024/11/23/quay-reopens-after-storm">Quay reopens after the storm</a></footer>',
        '<h2><a href="https://other.example/2024/11/23/quay-reopens">Quay reopens after the storm</a></h2>',
        '<a href="/2024/11/23/report-on-the-quay-and-storm.pdf">Report on the quay and the storm</a>',
        '<a href="javascript:void(0)">Quay reopens after the storm has gone</a>',
        '<a href="https://[broken/2024/11/23/quay">Quay reopens after the storm</a>',
    ],
)
def test_what_does_not_is_not(link: str) -> None:
    assert links(f"<body>{link}</body>") == {}


def test_a_teasers_links_are_one_item_with_its_headline_and_time() -> None:
    teaser = """<article><a href="/h/quay-reopens-after-storm"><img src=q.jpg></a>
    <h3><a href="/h/quay-reopens-after-storm?utm_source=home">Quay reopens after the storm</a></h3>
    <time datetime="2024-11-23T08:00:00Z">today</time> <a href="/h/quay-reopens-after-storm#comments">3</a></article>"""
    (item,) = parse_section(teaser.encode(), PAGE).items
    assert (item.url, item.title) == ("https://news.example/h/quay-reopens-after-storm", "Quay reopens after the storm")
    assert item.published_at == datetime(2024, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"", b"  ", b"<html>", b"\x00\xff\xfe", b"{}", b'<a href="/x">x</a>'])
def test_a_page_without_articles_is_a_problem_with_a_reason(data: bytes) -> None:
    read = parse_section(data, PAGE)
    assert not read.items
    assert read.problem
    assert PAGE in read.problem


class Answers:
    """A fetcher that answers from memory and notes what it is asked for."""

    def __init__(self, bodies: dict[str, str]) -> None:
        self.bodies = bodies
        self.asked: list[tuple[str, bool]] = []

    def fetch(self, url: str, *, source: Source, purpose: str, validators: object = None) -> FetchResult:
        self.asked.append((url, validators is not None))
        body = self.bodies[url].encode()
        fetch = Fetch(
            "f", source.name, url, datetime(2024, 11, 23, tzinfo=UTC), "ok", final_url=url, purpose="announcement"
        )
        return FetchResult(fetch, body=body)


RSS = """<rss version="2.0"><channel>
<item><title>Quay reopens after the storm</title><link>https://go.example/r/1</link><category>Harbour</category></item>
<item><title>Boats go out again at noon</title><link>https://go.example/r/2/boats-go-out-again-at-noon</link></item>
<item><title>Not in any sitemap until later</title><link>https://go.example/r/3</link></item>
</channel></rss>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/a/17</loc><n:news><n:title>Quay Reopens After the Storm</n:title></n:news></url>
<url><loc>https://news.example/a/boats-go-out-again-at-noon.html</loc></url>
<url><loc>https://news.example/a/something-else-entirely.html</loc></url></urlset>"""


def test_articles_that_a_feed_lists_are_reached_at_the_addresses_of_the_sitemaps() -> None:
    source = Source(
        "s", feeds=("https://go.example/rss",), sitemaps=("https://news.example/s.xml",), addresses_from="sitemaps"
    )
    fetcher = Answers({source.feeds[0]: RSS, source.sitemaps[0]: SITEMAP})
    found = discover(source, fetcher, validators={url: object() for url in source.announcements})  # type: ignore[arg-type]
    assert [(c.url, c.title, c.keywords) for c in found.candidates] == [
        ("https://news.example/a/17", "Quay reopens after the storm", ("Harbour",)),
        ("https://news.example/a/boats-go-out-again-at-noon.html", "Boats go out again at noon", None),
    ]
    (problem,) = found.problems
    assert problem.startswith("1 articles")
    # A 304 of the one would hide what the other has new.
    assert not any(is_conditional for _, is_conditional in fetcher.asked)


def test_a_section_page_is_asked_once_and_nothing_behind_it() -> None:
    source = Source("s", sections=(PAGE,))
    fetcher = Answers({PAGE: '<h2><a href="/harbour/quay">Quay reopens after the storm</a></h2>'})
    found = discover(source, fetcher)  # type: ignore[arg-type]
    assert [(c.url, c.found_in) for c in found.candidates] == [("https://news.example/harbour/quay", PAGE)]
    assert [url for url, _ in fetcher.asked] == [PAGE] == sorted(found.asked)
