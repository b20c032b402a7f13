"""The outlets' pages: every word of an article is there, in the outlet's own encoding and markup."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from sample.content import SampleArticle, load_articles
from sample.outlets import BY_SLUG
from sample.pages import render_article, teaser

BASE = "http://outlet.example"
ARTICLES = load_articles()


def page_of(article: SampleArticle) -> tuple[bytes, LexborHTMLParser]:
    teasers = [teaser(other, BASE) for other in ARTICLES[:6]]
    body = render_article(article, BASE, teasers)
    return body, LexborHTMLParser(body.decode(BY_SLUG[article.outlet].encoding))


def first_of(outlet: str) -> SampleArticle:
    return next(article for article in ARTICLES if article.outlet == outlet)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_every_block_stands_on_the_page_once_and_in_order(article: SampleArticle) -> None:
    if article.kind == "paywalled":
        return
    _, tree = page_of(article)
    assert tree.body is not None
    text = " ".join(tree.body.text(separator=" ").split())
    position = 0
    for _, block in article.blocks:
        position = text.index(" ".join(block.split()), position)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_pages_weigh_what_real_pages_weigh(article: SampleArticle) -> None:
    body, _ = page_of(article)
    assert 8_000 < len(body) < 80_000


def test_windows_1252_bytes_decode_as_declared() -> None:
    body, tree = page_of(first_of("northern-ledger"))
    assert b"charset=windows-1252" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "\u2019" in tree.html


def test_french_is_declared() -> None:
    _, tree = page_of(first_of("lumiere-du-soir"))
    assert tree.css_first("html").attributes["lang"] == "fr"


def test_the_valley_record_prints_its_date_and_has_no_structured_data() -> None:
    article = first_of("valley-record")
    body, tree = page_of(article)
    assert f"{article.published_at:%d/%m/%Y %Hh%M}" in tree.body.text()
    assert not any(mark in body for mark in (b"ld+json", b"og:", b"itemprop", b"<time", b"<article"))


def test_amp_points_to_the_ordinary_page() -> None:
    amp = render_article(first_of("daily-vantage"), BASE, amp=True)
    ordinary, _ = page_of(first_of("daily-vantage"))
    canonical = LexborHTMLParser(amp).css_first("link[rel=canonical]").attributes["href"]
    assert canonical == LexborHTMLParser(ordinary).css_first("link[rel=canonical]").attributes["href"]


def test_a_paywall_hides_the_rest() -> None:
    article = next(article for article in ARTICLES if article.kind == "paywalled")
    body, tree = page_of(article)
    assert article.blocks[-1][1] not in tree.body.text()
    assert b'"isAccessibleForFree": false' in body


def test_templates_share_no_class_names_for_the_headline() -> None:
    classes = {tree.css_first("h1, .ttl").attributes.get("class") for _, tree in map(page_of, map(first_of, BY_SLUG))}
    assert len(classes) == len(BY_SLUG)
