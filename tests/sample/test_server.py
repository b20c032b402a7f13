"""The sample newsroom over real sockets: what real sites do, and that it does so honestly."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import feedparser
import pytest
import requests

from extract.strip.article import extract_article
from sample.content import load_articles
from sample.outlets import OUTLETS
from sample.server import Newsroom, describe, serve_newsroom
from sample.site import ODDITIES

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
REVISION = next(article for article in load_articles() if article.revision_of)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with serve_newsroom(crawl_delay=0.2) as running:
        yield running


@pytest.fixture
def calm() -> Iterator[Newsroom]:
    with serve_newsroom(misbehave=False) as running:
        yield running


def test_every_outlet_is_an_origin_of_its_own_and_a_source(newsroom: Newsroom) -> None:
    assert len({newsroom.base_url(outlet.slug) for outlet in OUTLETS}) == len(OUTLETS)
    assert all(source.allow_private and (source.feeds or source.sitemaps) for source in newsroom.sources)


def test_every_feed_parses_and_every_article_is_announced(calm: Newsroom) -> None:
    announced: set[str] = set()
    for source in calm.sources:
        for feed in source.feeds:
            answer = requests.get(feed, timeout=5)
            if feed.endswith(".json"):
                announced |= {item["url"] for item in answer.json()["items"]}
                continue
            parsed = feedparser.parse(answer.content)
            assert not parsed.bozo, feed
            announced |= {entry.link for entry in parsed.entries}
        for sitemap in source.sitemaps:
            announced |= set(_pages_of(sitemap))
    assert announced == {listing.url for site in calm.sites.values() for listing in site.listings()}
    assert all(requests.get(url, timeout=5).status_code == 200 for url in announced)


def _pages_of(url: str) -> Iterator[str]:
    body = requests.get(url, timeout=5).content
    root = ET.fromstring(gzip.decompress(body) if url.endswith(".gz") else body)
    for loc in root.iter(LOC):
        if root.tag.endswith("sitemapindex"):
            yield from _pages_of(str(loc.text))
        else:
            yield str(loc.text)


def test_not_modified_is_honest(newsroom: Newsroom) -> None:
    base = newsroom.base_url("harbour-courier")
    url = f"{base}/{REVISION.section.lower()}/{REVISION.revision_of}"
    requests.get(url, timeout=5)
    before = requests.get(url, timeout=5)
    tag = {"If-None-Match": before.headers["ETag"]}
    since = {"If-Modified-Since": before.headers["Last-Modified"]}
    assert [requests.get(url, headers=headers, timeout=5).status_code for headers in (tag, since)] == [304, 304]
    newsroom.advance()
    assert [requests.get(url, headers=headers, timeout=5).status_code for headers in (tag, since)] == [200, 200]
    assert newsroom.requests[-1].if_modified_since == since["If-Modified-Since"]


def test_a_revision_changes_the_number_and_the_feed(newsroom: Newsroom) -> None:
    feed = f"{newsroom.base_url('harbour-courier')}/rss.xml"
    before = feedparser.parse(requests.get(feed, timeout=5).content)
    answer = requests.post(f"{newsroom.base_url('the-beacon')}/_control/advance", timeout=5)
    assert answer.status_code == 200
    after = feedparser.parse(requests.get(feed, timeout=5).content)
    old, new = (next(e for e in parsed.entries if str(REVISION.revision_of) in e.link) for parsed in (before, after))
    assert old.link == new.link
    assert old.updated_parsed < new.updated_parsed
    assert old.published == new.published
    url = new.link
    requests.get(url, timeout=5)
    assert REVISION.headline in requests.get(url, timeout=5).text


def test_the_clock_hides_what_is_not_yet_published() -> None:
    with serve_newsroom(now=datetime(2024, 11, 16, tzinfo=UTC)) as newsroom:
        shown = [article for site in newsroom.sites.values() for article in site.current().values()]
        assert 0 < len(shown) < len(load_articles())
        assert all(article.published_at <= datetime(2024, 11, 16, tzinfo=UTC) for article in shown)
        newsroom.advance(datetime(2024, 11, 20, tzinfo=UTC))
        assert sum(len(site.current()) for site in newsroom.sites.values()) > len(shown)


def test_faults_pass(newsroom: Newsroom) -> None:
    def tries(outlet: str) -> list[requests.Response]:
        path = next(iter(newsroom.sites[outlet].current()))
        return [requests.get(newsroom.base_url(outlet) + path, timeout=5) for _ in range(2)]

    assert [answer.status_code for answer in tries("harbour-courier")] == [500, 200]
    limited = tries("meridian-post")
    assert [answer.status_code for answer in limited] == [429, 200]
    assert limited[0].headers["Retry-After"] == "1"


def test_detours_lead_to_articles(newsroom: Newsroom) -> None:
    base = newsroom.base_url("harbour-courier")
    requests.get(f"{base}/go/3", timeout=5)
    answer = requests.get(f"{base}/go/3", timeout=5)
    assert [hop.status_code for hop in answer.history] == [302, 302, 301]
    assert answer.status_code == 200
    moved = requests.get(f"{newsroom.base_url('meridian-post')}/archive/moved-story", timeout=5)
    first = next(iter(newsroom.sites["meridian-post"].current()))
    assert f'rel="canonical" href="{newsroom.base_url("meridian-post")}{first}"' in moved.text


def test_gone_missing_and_challenged_pages_are_announced(newsroom: Newsroom) -> None:
    for slug, pages in ODDITIES.items():
        listed = {listing.url for listing in newsroom.sites[slug].listings()}
        for page in pages:
            assert newsroom.base_url(slug) + page.path in listed
            assert requests.get(newsroom.base_url(slug) + page.path, timeout=5).status_code == page.status


def test_pages_that_are_no_articles_are_told(newsroom: Newsroom) -> None:
    for slug, pages in ODDITIES.items():
        for page in pages:
            url = newsroom.base_url(slug) + page.path
            answer = requests.get(url, timeout=5)
            if answer.status_code == 200:
                found = extract_article(answer.content, url=url, content_type=answer.headers["Content-Type"])
                assert found.outcome != "ok", page.path


def test_robots_closes_a_page_that_the_feed_lists(newsroom: Newsroom) -> None:
    base = newsroom.base_url("northern-ledger")
    robots = requests.get(f"{base}/robots.txt", timeout=5).text
    rules = RobotFileParser()
    rules.parse(robots.splitlines())
    urls = [entry.link for entry in feedparser.parse(requests.get(f"{base}/rss/news.xml", timeout=5).content).entries]
    assert "Crawl-delay: 0.2" in robots
    assert {rules.can_fetch("newsledger", url) for url in urls} == {True, False}


def test_the_log_keeps_what_was_asked(newsroom: Newsroom) -> None:
    requests.get(f"{newsroom.base_url('the-beacon')}/nowhere", headers={"User-Agent": "probe"}, timeout=5)
    line = newsroom.requests[-1]
    assert (line.outlet, line.method, line.path, line.status, line.user_agent) == (
        "the-beacon", "GET", "/nowhere", 404, "probe",
    )  # fmt: skip
    assert line.at <= line.done_at


def test_the_description_is_ready_for_the_settings(newsroom: Newsroom) -> None:
    import tomllib

    text = describe(newsroom)
    settings = tomllib.loads(text[text.index("[[sources]]") :])
    assert {source["name"] for source in settings["sources"]} == {outlet.slug for outlet in OUTLETS}


def test_a_bad_time_is_refused_in_words(newsroom: Newsroom) -> None:
    answer = requests.post(f"{newsroom.base_url('the-beacon')}/_control/advance?to=tomorrow", timeout=5)
    assert answer.status_code == 400
    assert "ISO 8601" in answer.text
