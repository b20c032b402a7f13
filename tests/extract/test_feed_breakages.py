"""The ways in which real feeds are broken, each of its own making here."""

import gzip
from datetime import UTC, datetime

import pytest

from extract.discover import find_feeds, parse_feed, parse_sitemap
from extract.discover.feeds import linked_feeds

AT = "https://news.example/section/feed.xml"
WHOLE = '<rss version="2.0"><channel><title>N</title>{}</channel></rss>'
ITEM = "<item><title>{title}</title><link>{link}</link>{more}</item>"
ARTICLE = "https://news.example/a"


def rss(title: str = "T", link: str = ARTICLE, more: str = "", head: str = "") -> bytes:
    return (head + WHOLE.format(ITEM.format(title=title, link=link, more=more))).encode()


def only(data: bytes):
    (item,) = parse_feed(data, AT).items
    return item


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Caf&eacute; &nbsp;reopens", "Café reopens"),
        ("Fish & chips", "Fish & chips"),
        ("<![CDATA[Mayor <em>resigns</em> &amp; leaves]]>", "Mayor resigns & leaves"),
        ("Profits &lt;b&gt;fall&lt;/b&gt; 3%", "Profits fall 3%"),
        ("a\u0000b\u0008c", "abc"),
        ("  two\n   lines ", "two lines"),
    ],
)
def test_titles(title, read):
    assert only(rss(title)).title == read


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://news.example/a"),
        ("../a", "https://news.example/a"),
        ("//news.example/a", "https://news.example/a"),
        ("\n  https://news.example/a\n", "https://news.example/a"),
        ("https://news.example/a?utm_source=rss&amp;utm_medium=feed#top", "https://news.example/a"),
        ("https://news.example/a?utm_source=rss&utm_medium=feed", "https://news.example/a"),
        ("HTTPS://News.Example:443/a", "https://news.example/a"),
        (
            "https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://news.example/a&amp;ct=ga",
            "https://news.example/a",
        ),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=https%3a%2f%2fnews.example%2fa&amp;c=1", ARTICLE),
        (
            "https://news.example/share?url=https://other.example/b",
            "https://news.example/share?url=https%3A%2F%2Fother.example%2Fb",
        ),
        ("https://news.example/url?url=b", "https://news.example/url?url=b"),
    ],
)
def test_links(link, url):
    assert only(rss(link=link)).url == url


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "mailto:desk@news.example", "http://", "data:text/html,x"])
def test_an_item_without_a_web_address_is_left_out_and_the_others_stay(link):
    data = WHOLE.format(ITEM.format(title="bad", link=link, more="") + ITEM.format(title="good", link=ARTICLE, more=""))
    assert [item.title for item in parse_feed(data.encode(), AT).items] == ["good"]


def test_the_address_behind_a_counter_of_readers_is_the_article_s():
    told = "<feedburner:origLink>https://news.example/a</feedburner:origLink>"
    data = rss(link="https://feeds.proxy.example/~r/n/~3/Ab/a.html", more=told)
    space = b'<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    assert only(data.replace(b"<rss", space)).url == ARTICLE


def test_a_permanent_guid_stands_in_for_a_missing_link():
    data = WHOLE.format(f"<item><title>T</title><guid isPermaLink='true'>{ARTICLE}</guid></item>")
    assert only(data.encode()).url == ARTICLE


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("Mon, 03 Mar 2025 09:30:00 +0100", datetime(2025, 3, 3, 8, 30, tzinfo=UTC)),
        ("Mon, 3 Mar 2025 09:30 GMT", datetime(2025, 3, 3, 9, 30, tzinfo=UTC)),
        ("Tue, 3 Mar 2025 09:30:00 EST", datetime(2025, 3, 3, 14, 30, tzinfo=UTC)),  # it was a Monday
        ("2025-03-03T09:30:00Z", datetime(2025, 3, 3, 9, 30, tzinfo=UTC)),
        ("2025-03-03 09:30:00", datetime(2025, 3, 3, 9, 30, tzinfo=UTC)),
        ("0000-00-00T00:00:00Z", None),
        ("yesterday, perhaps", None),
        ("", None),
    ],
)
def test_dates(written, when):
    assert only(rss(more=f"<pubDate>{written}</pubDate>")).published_at == when


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + rss("Caf\u00e9", head='<?xml version="1.0" encoding="utf-8"?>'),
        rss("Caf\u00e9", head='<?xml version="1.0" encoding="utf-8"?>'),
        rss("Caf\u00e9", head='\n\n<?xml version="1.0"?>'),
        rss("Caf\u00e9", head='<?xml version="1.0" encoding="iso-8859-1"?>').decode().encode("latin-1"),
        rss("Caf\u00e9", head='<?xml version="1.0" encoding="utf-8"?>').decode().encode("cp1252"),
        rss("Caf\u00e9", head='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16"),
    ],
    ids=["bom", "utf-8", "blank lines first", "latin-1", "cp1252 called utf-8", "utf-16"],
)
def test_encodings(data):
    assert only(data).title == "Caf\u00e9"


def test_atom_takes_the_alternate_link_and_the_base():
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><entry><title>T</title>
      <link rel="self" href="feed"/><link rel="enclosure" href="a.mp3"/><link rel="alternate" href="a"/>
      <published>2025-03-03T09:30:00+01:00</published><updated>2025-03-04T09:30:00Z</updated></entry></feed>"""
    item = only(data)
    assert item.url == ARTICLE
    assert item.published_at == datetime(2025, 3, 3, 8, 30, tzinfo=UTC)
    assert item.modified_at == datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


def test_a_feed_that_is_cut_keeps_its_whole_items():
    data = WHOLE.format("".join(ITEM.format(title=n, link=f"{ARTICLE}{n}", more="") for n in range(5))).encode()
    read = parse_feed(data[: data.index(b"<title>4") + 8], AT)
    assert [item.title for item in read.items][:4] == ["0", "1", "2", "3"]


@pytest.mark.long
def test_fifty_megabytes_are_read():
    items = "".join(ITEM.format(title="T" * 900, link=f"{ARTICLE}{n}", more="") for n in range(52_000))
    read = parse_feed(WHOLE.format(items).encode(), AT)
    assert read.items
    assert read.items[0].url == f"{ARTICLE}0"


def test_a_sitemap_within_a_sitemap_index_that_names_itself_is_a_child_like_any():
    index = f"<sitemapindex><sitemap><loc>{AT}</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
    assert parse_sitemap(gzip.compress(index.encode()), AT).children == (AT, "/b.xml")


MAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%s</loc></url></urlset>'


@pytest.mark.parametrize(
    ("data", "url"),
    [
        (rss(), ARTICLE),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a'/></entry></feed>", ARTICLE),
        (MAP % b"https://news.example/a?x=1&y=2", "https://news.example/a?x=1&y=2"),
        (MAP % b"https://news.example/a?x=1&amp;y=2", "https://news.example/a?x=1&y=2"),
        (b"<br />\n<b>Warning</b>: include(x.php) in <b>/y.php</b>\n" + MAP % ARTICLE.encode(), ARTICLE),
        (b"\xef\xbb\xbf\n\n" + MAP % ARTICLE.encode(), ARTICLE),
        (gzip.compress(MAP % ARTICLE.encode(), mtime=0) + b"<!-- cached -->", ARTICLE),
        (gzip.compress(f"{ARTICLE}\n".encode(), mtime=0), ARTICLE),
        (f"{ARTICLE}\n".encode("utf-16"), ARTICLE),
    ],
)
def test_sitemaps_as_they_are_found(data, url):
    assert [item.url for item in parse_sitemap(data, "https://news.example/sitemap.xml").items] == [url]


def test_of_a_sitemap_whose_gzip_is_cut_the_beginning_is_kept_and_the_rest_is_told():
    entries = "".join(f"<url><loc>{ARTICLE}{at * 7919}</loc></url>" for at in range(3_000))
    read = parse_sitemap(gzip.compress(f"<urlset>{entries}</urlset>".encode())[:-2_000], AT)
    assert len(read.items) > 1_000
    assert "ends too early" in read.problem


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["24-11-2024 10:05", "03-11-2024 10:05"], [24, 3]),
        (["11/24/2024", "11/03/2024"], [24, 3]),
        (["24/11/2024", "03/11/2024"], [24, 3]),
        (["1732442700", "1732442700000"], [24, 24]),
        (["dom, 24 nov 2024 10:05:00 GMT", "lun, 25 nov 2024 10:05:00 GMT"], [24, 25]),
    ],
)
def test_day_and_month_are_told_by_all_dates_of_a_feed(dates, days):
    entries = "".join(
        ITEM.format(title="T", link=f"/{at}", more=f"<pubDate>{date}</pubDate>") for at, date in enumerate(dates)
    )
    assert [item.published_at.day for item in parse_feed(WHOLE.format(entries).encode(), AT).items] == days


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(rss("Café"), mtime=0),
        WHOLE.format(ITEM.format(title="Café", link=ARTICLE, more="")).encode("cp1252"),
    ],
)
def test_feeds_without_an_encoding(data):
    assert only(data).title == "Café"


def test_the_header_names_the_encoding_of_a_feed():
    data = WHOLE.format(ITEM.format(title="Шторм", link=ARTICLE, more="")).encode("cp1251")
    assert parse_feed(data, AT, "application/rss+xml; charset=windows-1251").items[0].title == "Шторм"


@pytest.mark.parametrize(
    "link",
    [AT, "https://cdn.example/talk.mp3", "https://cdn.example/quay.jpg?w=600"],
)
def test_the_feed_itself_and_media_are_no_articles(link):
    assert parse_feed(rss(link=link), AT).items == ()


@pytest.mark.parametrize(
    ("link", "is_feed"),
    [
        ('<link rel=alternate type="application/rss+xml" title="N &raquo; Feed" href=/feed/>', True),
        ('<link rel=alternate type="text/xml" title="RSS" href=/data/news.xml>', True),
        ('<link rel=alternate type="application/xml" href=/rss.xml>', True),
        ('<link rel=alternate type="application/rss+xml" title="N &raquo; Comments Feed" href=/comments/feed/>', False),
        ('<link rel=alternate type="application/rss+xml" title="N: Kommentare" href=/k/feed/>', False),
        ('<link rel=alternate type="application/json" href=/wp-json/wp/v2/pages/7>', False),
        ('<link rel=alternate type="text/xml+oembed" href=/oembed?url=x>', False),
        ('<link rel=alternate type="text/html" hreflang=de href=/de/>', False),
    ],
)
def test_the_feed_of_articles_is_found_and_the_comments_are_not(link, is_feed):
    assert bool(find_feeds(f"<head>{link}</head>".encode(), "https://news.example/")) == is_feed


@pytest.mark.parametrize(
    ("href", "is_feed"),
    [
        ("/rss.xml", True),
        ("/feed/", True),
        ("/news/rss2.php?id=4", True),
        ("https://www.news.example/export/top_rss.xml", True),
        ("/index.rdf", True),
        ("/feedback", False),
        ("/comments/feed/", False),
        ("https://other.example/rss.xml", False),
        ("/atomic-power-plant-opens", False),
        ("http://[/rss.xml", False),
    ],
)
def test_feeds_that_only_the_text_of_a_page_links_to(href, is_feed):
    page = f"<body><a href=/about>About</a> <a href='{href}'>News by RSS</a></body>".encode()
    assert bool(linked_feeds(page, "https://news.example/")) == is_feed
    assert find_feeds(page, "https://news.example/") == []
