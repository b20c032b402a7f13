"""Whole pages to articles: fields, offsets, layers, and what is no article."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.strip import extract_article, stand_in

PARAGRAPHS = [
    "The harbour authority said on Friday that 1,376 containers were waiting at the northern quay, "
    "twice as many as a week before.",
    "Ships from three countries have been turned away since Monday, according to the port's own "
    "register, and more are expected.",
    "A spokeswoman for the dockers' union, Ana Ruiz, called the delay a consequence of the cuts "
    "that the city council decided in May.",
    "The council rejected that. It pointed to a storm that damaged two of the five cranes and said "
    "repairs would take until January.",
]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
NAVIGATION = "<ul>" + "".join(f'<li><a href="/{i}">Section number {i}</a></li>' for i in range(25)) + "</ul>"


def page(head="", body=BODY, lang="en"):
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Containers
pile up - The Port Post</title>
    {head}</head><body><div class="menu">{NAVIGATION}</div><article><h1>Containers pile up at the
northern quay</h1>{body}</article>
    <div class="footer"><p>© 2024 The Port Post. All rights reserved.</p></div></body></html>""".encode()


LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Containers pile up at the northern quay", "datePublished": "2024-11-23T22:30:00+02:00",
 "dateModified": "2024-11-24T08:00:00Z", "author": [{"@type": "Person", "name": "Eva Lind"}],
 "publisher": {"@type": "Organization", "name": "The Port Post"}, "articleSection": "Economy",
 "image": ["https://port.example/quay.jpg"], "description": "More than a thousand containers are waiting."}</script>
 <link rel="canonical" href="https://port.example/economy/containers">"""
URL = "https://port.example/economy/containers?ref=feed"


def test_all_fields_of_a_marked_up_page():
    article = extract_article(page(LD), url=URL, source="port")
    fields = {
        "outcome": "ok",
        "page_kind": "article",
        "headline": "Containers pile up at the northern quay",
        "authors": ("Eva Lind",),
        "published_at": datetime(2024, 11, 23, 20, 30, tzinfo=UTC),
        "published_zone": "+02:00",
        "published_precision": "second",
        "modified_at": datetime(2024, 11, 24, 8, tzinfo=UTC),
        "publisher": "The Port Post",
        "section": "Economy",
        "language": "en",
        "lead_image_url": "https://port.example/quay.jpg",
        "canonical_url": "https://port.example/economy/containers",
        "standfirst": "More than a thousand containers are waiting.",
        "source": "port",
    }
    assert {name: getattr(article, name) for name in fields} == fields
    assert article.layers["published_at"] == "json-ld"


def test_the_text_is_the_paragraphs_and_nothing_else():
    article = extract_article(page(LD), url=URL)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert [article.text[block.start : block.end] for block in article.blocks] == PARAGRAPHS
    assert {block.kind for block in article.blocks} == {"paragraph"}
    assert article.word_count == len(article.text.split())


def test_without_structured_data_the_page_is_read_as_the_reader_sees_it():
    body = "<p>By Eva Lind</p><p>23 November 2024, 22:30</p>" + BODY
    article = extract_article(page(body=body), url=URL)
    assert article.headline == "Containers pile up at the northern quay"
    assert article.authors == ("Eva Lind",)
    assert article.published_at == datetime(2024, 11, 23, 22, 30, tzinfo=UTC)
    assert article.layers["published_at"] == "text"
    assert article.published_zone is None


def test_an_empty_field_has_a_reason_and_the_crawl_date_is_no_publication_date():
    article = extract_article(page(), url=URL, fetched_at=datetime(2024, 12, 1, tzinfo=UTC))
    assert article.published_at is None
    assert article.missing["published_at"]
    assert article.missing["authors"]
    assert not set(article.layers) & set(article.missing)


def test_relative_dates_count_from_the_fetch():
    body = "<p>Published 3 hours ago</p>" + BODY
    article = extract_article(page(body=body), url=URL, fetched_at=datetime(2024, 11, 23, 12, tzinfo=UTC))
    assert article.published_at == datetime(2024, 11, 23, 9, tzinfo=UTC)


def test_ids_hold_still_and_follow_the_text():
    first, again = extract_article(page(LD), url=URL), extract_article(page(LD), url=URL)
    changed = extract_article(page(LD, BODY.replace("1,376", "1,400")), url=URL)
    assert first == again
    assert changed.article_id == first.article_id
    assert changed.version_id != first.version_id


@pytest.mark.parametrize(
    ("html", "outcome", "kind"),
    [
        (b"", "not_html", "other"),
        (b"%PDF-1.7 ...", "not_html", "other"),
        (b"\x00\x01\x02\x03" * 500, "not_html", "other"),
        (
            b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body>",
            "challenge_page",
            "challenge",
        ),
        (
            b"<title>port.example</title><script src=https://ct.captcha-delivery.com/c.js></script><p>Loading.",
            "challenge_page",
            "challenge",
        ),
        (
            "<title>Datenschutz</title><p>Wir nutzen Cookies und Tracking. Mit „Alle akzeptieren“ geben Sie Ihre "
            "Einwilligung; ohne Werbung lesen Sie im Abo.".encode(),
            "not_an_article",
            "consent",
        ),
        (b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body>", "not_an_article", "error"),
        (b"<frameset><frame src=a></frameset>", "not_an_article", "other"),
        (b"<html><head><title>x</title></head></html>", "not_an_article", "other"),
        (
            b"<title>Your privacy</title><p>We use cookies. Choose which cookies you accept, or "
            b"manage your consent and privacy.",
            "not_an_article",
            "consent",
        ),
    ],
)
def test_what_is_no_article_is_named(html, outcome, kind):
    article = extract_article(html, url="https://port.example/a")
    assert (article.outcome, article.page_kind) == (outcome, kind)
    assert article.reason
    shown_instead = kind if kind in ("challenge", "consent", "error") else None
    assert stand_in(html, url="https://port.example/a") == shown_instead


def test_an_article_with_a_guard_s_script_stands_for_itself():
    guarded = page(LD + "<script src=https://ct.captcha-delivery.com/c.js></script>")
    assert stand_in(guarded, url=URL) is None
    assert extract_article(guarded, url=URL).outcome == "ok"


def test_a_teaser_behind_a_paywall():
    head = LD.replace('"articleSection"', '"isAccessibleForFree": false, "articleSection"')
    article = extract_article(page(head, f"<p>{PARAGRAPHS[0]}</p><p>Subscribe now to continue reading.</p>"), url=URL)
    assert (article.outcome, article.page_kind) == ("paywall", "paywall")


def test_a_front_page_is_an_index():
    article = extract_article(b"<title>Port Post</title>" + NAVIGATION.encode() * 3, url="https://port.example/")
    assert (article.outcome, article.page_kind) == ("not_an_article", "index")


def test_a_live_blog_is_kept():
    article = extract_article(page(LD.replace("NewsArticle", "LiveBlogPosting")), url=URL)
    assert (article.outcome, article.page_kind) == ("ok", "live_blog")


def test_text_that_is_decoded_already_is_read_as_it_is():
    html = page(LD).decode().replace("harbour", "Hafenbehörde „Süd“").replace('charset="utf-8"', 'charset="koi8-r"')
    assert extract_article(html, url=URL) == extract_article(html.encode(), url=URL)
    assert "Hafenbehörde „Süd“" in extract_article(html, url=URL).text
    assert extract_article("\ud800", url=URL).outcome == "not_html"
    assert extract_article("", url=URL).outcome == "not_html"


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_the_bytes_tell_the_encoding(codec):
    text = page(LD).decode().replace("harbour", "Hafenbehörde „Süd“").replace('charset="utf-8"', f'charset="{codec}"')
    assert "Hafenbehörde „Süd“" in extract_article(text.encode(codec), url=URL).text


@pytest.mark.parametrize(
    "html",
    [
        b"<div>" * 200_000 + b"text",
        b"<b><p>" * 100_000 + b"text",
        b"<p>Some words here.</p>" * 200_000,
        b"<a href=x>w</a> " * 100_000,
        b'<script type="application/ld+json">' + b"[" * 100_000,
        b"<p " + b"a=1 " * 200_000,
        b"<!--" * 10_000,
    ],
    ids=["nested", "misnested", "long", "links", "json", "attributes", "comments"],
)
def test_hostile_pages_end_in_a_row(html):
    article = extract_article(html, url="https://port.example/a")
    assert article.outcome == "ok" or article.reason


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.integers(min_value=0, max_value=2000))
def test_any_bytes_anywhere_give_a_row_with_true_offsets(junk, at):
    html = page(LD)
    article = extract_article(html[:at] + junk + html[at:], url=URL)
    assert article.outcome == "ok" or article.reason
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()
