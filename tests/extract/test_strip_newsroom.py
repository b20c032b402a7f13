"""The sample newsroom's pages: what its authors wrote is what comes back out of its outlets' templates."""

from __future__ import annotations

import pytest

from extract.strip import extract_article, local_time
from extract.strip.headline import Telling, choose_headline
from extract.strip.urls import date_in_url
from extract.types import Article
from sample.content import SampleArticle, load_articles
from sample.outlets import BY_SLUG, OUTLETS
from sample.pages import pages, render_article, render_page, teaser

# Single lines that the classifier still takes for boilerplate.
LOST = {"vaccine-trial": 2, "ferry-warnings-ignored": 2, "kursk-ground-shrinks": 1, "jobless-data": 1}
PAGES = [(article, url, html) for article, (url, html, _) in zip(load_articles(), pages(load_articles()), strict=True)]
WHOLE = [page for page in PAGES if page[0].kind != "paywalled"]


def read(url: str, html: bytes) -> Article:
    return extract_article(html, url=url)


def slug(value: object) -> str | None:
    return value.slug if isinstance(value, SampleArticle) else "" if isinstance(value, bytes) else None


@pytest.mark.parametrize(("article", "url", "html"), WHOLE, ids=slug)
def test_the_text_is_what_was_written(article: SampleArticle, url: str, html: bytes) -> None:
    found = read(url, html).text.split("\n\n")
    written = article.text.split("\n\n")
    assert not set(found) - {*written, article.standfirst}
    assert len(set(written) - set(found)) <= LOST.get(article.slug, 0)


@pytest.mark.parametrize(("article", "url", "html"), PAGES, ids=slug)
def test_headline_authors_and_day(article: SampleArticle, url: str, html: bytes) -> None:
    found = read(url, html)
    assert found.headline == article.headline
    assert found.authors == article.authors
    assert found.published_at is not None
    clock = local_time(found.published_at, found.published_zone)
    if article.outlet == "valley-record":
        # Its pages show the clock without a zone.
        assert clock.replace(tzinfo=None) == article.published_at.replace(tzinfo=None)
    else:
        assert found.published_at == article.published_at


@pytest.mark.parametrize(("article", "url", "html"), PAGES, ids=slug)
def test_the_headline_needs_no_telling_host(article: SampleArticle, url: str, html: bytes) -> None:
    page = render_article(article, "http://127.0.0.1:8080")
    assert extract_article(page, url="http://127.0.0.1:8080/a").headline == article.headline


@pytest.mark.parametrize(
    ("outlet", "name", "path"),
    [
        ("harbour-courier", "gallery", "/pictures/gallery/storm/"),
        ("daily-vantage", "video", "/video/wave"),
        ("daily-vantage", "consent", "/privacy-gate"),
        ("daily-vantage", "challenge", "/showbiz/star"),
        ("valley-record", "error", "/stories/gone.htm"),
        ("the-beacon", "index", "/leaks/raw-documents/"),
        *((outlet.slug, "index", "/") for outlet in OUTLETS),
    ],
)
def test_other_pages_are_named(outlet: str, name: str, path: str) -> None:
    house = BY_SLUG[outlet]
    teasers = tuple(teaser(article, house.public_url) for article in load_articles() if article.outlet == outlet)
    found = read(house.public_url + path, render_page(house, name, house.public_url, "Local news", teasers))
    assert found.page_kind == name
    assert found.outcome != "ok"


def test_a_title_is_cut_to_what_the_page_shows() -> None:
    def headline(title: str, *shown: str) -> str:
        chosen = choose_headline(Telling([], title, shown=shown))
        return chosen.text if chosen else ""

    bridge = "Bridge over the river shut for a year"
    assert headline(f"{bridge} - Hill News", "Menu", bridge) == bridge
    assert headline(f"Hill News | {bridge}", bridge) == bridge
    assert headline("War - and peace", "War and more") == "War - and peace"


def test_a_month_name_in_an_address() -> None:
    assert date_in_url("https://a.example/world/2014/nov/03/storm") == "2014-11-03"
    assert date_in_url("https://a.example/2014/november-rain/3") is None
    assert date_in_url("https://a.example/2028064/rain") is None
    assert date_in_url("https://a.example/2014/11/3/rain") == "2014-11-03"
    assert date_in_url("https://a.example/20141103/rain") == "2014-11-03"


def test_a_day_in_scripts_counts_when_it_is_the_only_one() -> None:
    script = "x = {{'publishedAt': '2020-01-02T10:00:00Z', 'other': {{'publishDate': '{}'}}}}"
    page = f"<p>Text of a page.</p><script>{script}</script>"
    one = extract_article(page.format("2020-01-02").encode())
    assert one.published_at is not None
    assert one.layers["published_at"] == "script"
    assert extract_article(page.format("2021-01-02").encode()).published_at is None
