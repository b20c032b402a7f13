"""Announcements in the forms that sites send them, the broken ones too."""

import csv
import gzip
import os
import subprocess
import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.archive import ArchiveFolder, ArchiveWriter, read_page
from extract.discover import (
    clean_url,
    discover,
    find_feeds,
    find_source_feeds,
    find_source_sitemaps,
    local_pages,
    parse_feed,
    parse_sitemap,
    read_opml,
    read_url_list,
    read_warc,
)
from extract.discover.local import read_folder
from extract.errors import InputError
from extract.fetch import FetchResult
from extract.types import Fetch, Source

NOW = datetime(2024, 11, 23, tzinfo=UTC)
AT = "https://news.example/feed"
RSS = '<rss version="2.0"><channel>{}</channel></rss>'
ITEM = "<item><title>{}</title><link>{}</link><pubDate>{}</pubDate></item>"


def test_rss_with_relative_link_markup_in_the_title_and_a_bad_date():
    item = ITEM.format("A &lt;b&gt;bold&lt;/b&gt; &nbsp; claim", "/a?utm_source=x", "Someday")
    read = parse_feed(RSS.format(item).encode(), AT)
    assert [(i.url, i.title, i.published_at) for i in read.items] == [("https://news.example/a", "A bold claim", None)]


@pytest.mark.parametrize(
    "data",
    [
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="a"/></entry></feed>',
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"https://news.example/a","title":"T"}]}',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b"<item><title>T</title><link>https://news.example/a</link></item></rdf:RDF>",
        b'<rss version="0.91"><channel><item><title>T</title><link>https://news.example/a</link></item></channel></rss>',
    ],
)
def test_every_kind_of_feed(data):
    assert [(i.url, i.title) for i in parse_feed(data, AT).items] == [("https://news.example/a", "T")]


@pytest.mark.parametrize("data", [b"", b" \n", b"<html><p>hi", b"{", b"[]", b"\x00\xff", RSS.format("").encode()])
def test_what_is_no_feed_is_a_problem_with_a_reason(data):
    read = parse_feed(data, AT)
    assert read.problem
    assert AT in read.problem


@given(st.binary(max_size=300))
def test_parsers_never_raise(data):
    parse_feed(b"<rss><channel><item>" + data, AT)
    parse_sitemap(b"<urlset><url><loc>" + data, AT)
    find_feeds(data, AT)


NEWS = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><url><i:image><i:loc>https://x.example/i.png</i:loc></i:image>
 <loc> https://news.example/a </loc><n:news><n:title>T</n:title>
 <n:publication_date>2026-11-23T10:00:00+01:00</n:publication_date></n:news></url>"""


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_news_sitemap_that_is_cut_keeps_what_is_whole(pack):
    item = parse_sitemap(pack(NEWS), AT).items[0]
    assert (item.url, item.title, item.published_at.hour) == ("https://news.example/a", "T", 9)


def test_an_index_names_its_sitemaps_and_entities_are_not_resolved():
    index = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sitemapindex><sitemap><loc>https://a/&e;s</loc></sitemap></sitemapindex>'
    children = parse_sitemap(index, AT).children
    assert len(children) == 1
    assert "root" not in children[0]


@given(st.text(max_size=60))
def test_cleaning_is_idempotent(text):
    for url in (text, f"https://news.example/{text}", f"http://{text}/a?b={text}&sid=1#x"):
        once = clean_url(url)
        assert once is None or clean_url(once) == once


def test_cleaning_joins_the_spellings_of_one_page():
    spellings = [
        "HTTPS://News.Example:443/a?b=1&utm_source=q",
        "https://news.example/a;jsessionid=1F?b=1&PHPSESSID=2#top",
    ]
    assert {clean_url(url) for url in spellings} == {"https://news.example/a?b=1"}
    assert clean_url("https://bücher.example/") == clean_url("https://xn--bcher-kva.example") != None  # noqa: E711


def test_a_home_page_names_its_feeds_and_opml_its_subscriptions():
    page = b'<link rel="alternate" type="application/rss+xml" href="/f"><link rel="stylesheet" href="/s">'
    assert find_feeds(page, "https://news.example/x/") == ["https://news.example/f"]
    opml = b'<opml><outline text="all"><outline xmlUrl="https://a.example/f" text="A &amp; B"/></outline></opml>'
    assert read_opml(opml) == {"https://a.example/f": "A & B"}
    assert read_opml(b"") == read_opml(b"no list") == {}


def test_url_lists_in_three_forms(tmp_path):
    for name, text in {
        "a.txt": "# list\nhttps://a.example/1\n\nnonsense\n",
        "a.csv": "title,url\nT,https://a.example/1\nU,\n",
        "a.jsonl": '{"url": "https://a.example/1"}\nbroken\n',
    }.items():
        (tmp_path / name).write_text(text)
        read = read_url_list(tmp_path / name)
        assert [item.url for item in read.items] == ["https://a.example/1"]
        assert read.problem == f"1 lines of {tmp_path / name} hold no web address and are left out."
    (tmp_path / "b.csv").write_text("x,y\n1,2\n")
    with pytest.raises(InputError, match="no column"):
        read_url_list(tmp_path / "b.csv")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'Title;URL;Date\n"Ein; Titel";https://a.example/1;29.11.2026\n'),
        ("a.tsv", "date\ttitle\tLink\n2026-11-29\tEin; Titel\thttps://a.example/1\n"),
        ("A.CSV", "\ufeffurl,title,published\r\nhttps://a.example/1,Ein; Titel,2026-11-29\r\n"),
        ("a.csv", 'Title , Url,Publish_Date\n"Ein; Titel",https://a.example/1,2026-11-29\n'),
        ("a.tab", "url|title|date\nhttps://a.example/1|Ein; Titel|2026-11-29\n"),
        ("a.NDJSON", '{"URL": "https://a.example/1", "Title": "Ein; Titel", "Date": "2026-11-29"}\n'),
    ],
)
def test_tables_of_addresses_as_programs_write_them(tmp_path, name, text):
    (tmp_path / name).write_bytes(text.encode())
    (item,) = read_url_list(tmp_path / name).items
    assert (item.url, item.title, str(item.published_at)[:10]) == ("https://a.example/1", "Ein; Titel", "2026-11-29")


def test_a_cell_of_a_table_may_have_several_lines(tmp_path):
    (tmp_path / "a.csv").write_text('title,url\n"Two\nlines",https://a.example/1\nT,https://a.example/2\n')
    read = read_url_list(tmp_path / "a.csv")
    assert [item.url for item in read.items] == ["https://a.example/1", "https://a.example/2"]
    assert not read.problem


def test_a_table_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "b.csv").write_text("title,url\n" + "x" * 200_000 + ",https://a.example/1\n")
    # The limit is one for the whole process, and a library that other tests import lifts it.
    before = csv.field_size_limit(131_072)
    try:
        with pytest.raises(InputError, match=r"b\.csv"):
            read_url_list(tmp_path / "b.csv")
    finally:
        csv.field_size_limit(before)


def test_local_pages_go_through_the_archive_and_keep_their_ids(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.html").write_bytes(b"<p>caf\xe9</p>")
    source = Source("local", folders=(str(tmp_path / "in"),), base_url="https://news.example/old")
    when = next(local_pages(source)).fetch.fetched_at
    with ArchiveWriter(ArchiveFolder(tmp_path / "archive"), max_bytes=10**9, now=lambda: when) as writer:
        row = next(writer.write(page) for page in local_pages(source))
    assert row.url == "https://news.example/old/page.html"
    assert read_page(ArchiveFolder(tmp_path / "archive"), row).body == b"<p>caf\xe9</p>"
    assert next(local_pages(source)).fetch.fetch_id == row.fetch_id
    foreign = list(read_warc(tmp_path / "archive" / row.warc_file, "local"))
    assert [page.body for page in foreign] == [b"<p>caf\xe9</p>"]


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (
            "<!DOCTYPE html>\n<!-- saved from url=(0031)https://news.example/2026/a?id=1 -->\n<html>",
            "https://news.example/2026/a?id=1",
        ),
        (
            "<html><!--\n Page saved with SingleFile \n url: https://news.example/a \n saved date: Sun Nov 29\n-->",
            "https://news.example/a",
        ),
        (
            "<html>\n<!-- Mirrored from news.example/a.html by HTTrack Website Copier/3.x [XR&CO'2014] -->",
            "https://news.example/a.html",
        ),
        ("<html><!-- saved from url=(0014)about:internet -->", None),
        ("<html><!-- saved from url=(0017)file:///etc/passwd -->", None),
        ("<html><p>saved from url=(0022)https://news.example/a </p>", None),
        ("<html>" + " " * 5_000 + "<!-- saved from url=(0022)https://news.example/a -->", None),
    ],
)
def test_a_saved_page_has_the_address_that_its_program_noted(tmp_path, page, url):
    (tmp_path / "a.html").write_text(page)
    assert [row.fetch.url for row in read_folder(tmp_path, None, "local")] == [url or (tmp_path / "a.html").as_uri()]
    (moved,) = read_folder(tmp_path, "https://other.example/", "local")
    assert moved.fetch.url == "https://other.example/a.html"


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    for place in ("in/a.html", "in/below/b.html", "out/secret.html"):
        (tmp_path / place).write_text(f"<p>{place}</p>")
    (tmp_path / "in" / "c.html").symlink_to("a.html")
    (tmp_path / "in" / "d.html").symlink_to(tmp_path / "out" / "secret.html")
    (tmp_path / "in" / "e").symlink_to(tmp_path / "out", target_is_directory=True)
    (tmp_path / "in" / "f.html").symlink_to("../out/secret.html")
    (tmp_path / "in" / "g.html").symlink_to("nowhere.html")
    (tmp_path / "in" / "x.warc.gz").symlink_to("../out/secret.html")
    (tmp_path / "by-link").symlink_to("in")
    for folder in ("in", "by-link"):
        source = Source("local", folders=(str(tmp_path / folder),), warcs=(str(tmp_path / folder),))
        bodies = [page.body for page in local_pages(source)]
        assert bodies == [b"<p>in/a.html</p>", b"<p>in/below/b.html</p>", b"<p>in/a.html</p>"]


NO_ADDRESSES = [
    "http://[",
    "http://[::1/x",
    "https://a]b/",
    "//[",
    "http://a\u2100b/",
]


@pytest.mark.parametrize("bad", NO_ADDRESSES)
def test_one_malformed_address_costs_no_other(bad, tmp_path):
    good = "http://127.0.0.1/good"
    index = f"<sitemapindex><sitemap><loc>{bad}</loc></sitemap><sitemap><loc>{good}.xml</loc></sitemap></sitemapindex>"
    sitemap = f"<urlset><url><loc>{bad}</loc></url><url><loc>{good}</loc></url></urlset>"
    rss = f"<rss><channel><item><link>{bad}</link></item><item><link>{good}</link></item></channel></rss>"
    bodies = {
        "/index.xml": index,
        "/good.xml": sitemap,
        "/rss": rss,
        "/robots.txt": f"Sitemap: {bad}\nSitemap: http://127.0.0.1/good.xml\n",
    }

    class Web:
        def fetch(self, url, **_):
            body = bodies.get(urlsplit(url).path)
            fetch = Fetch("x", "s", url, NOW, "ok" if body else "http_error")
            return FetchResult(fetch, body=body.encode() if body else None)

    source = Source("s", feeds=("http://127.0.0.1/rss",), sitemaps=("http://127.0.0.1/index.xml",))
    assert {one.url for one in discover(source, Web()).candidates} == {good}
    assert find_source_sitemaps("http://127.0.0.1/", source, Web()) == ["http://127.0.0.1/good.xml"]
    page = f'<base href="{bad}"><link rel=alternate type=application/rss+xml href="{bad}">'
    page += '<link rel=alternate type=application/rss+xml href="/rss">'
    assert find_feeds(page.encode(), "http://127.0.0.1/") == ["http://127.0.0.1/rss"]


def test_a_feed_that_the_page_only_links_to_is_asked_before_the_usual_places():
    feed = "<rss><channel><item><link>http://127.0.0.1/a</link></item></channel></rss>"
    bodies = {"/": "<a href=/old/rss>RSS</a> <a href=/export/rss.xml>Feed</a>", "/export/rss.xml": feed, "/feed": feed}

    class Web:
        def fetch(self, url, **_):
            body = bodies.get(urlsplit(url).path)
            return FetchResult(
                Fetch("x", "s", url, NOW, "ok" if body else "http_error"), body=body.encode() if body else None
            )

    assert find_source_feeds("http://127.0.0.1/", Source("s"), Web()) == ["http://127.0.0.1/export/rss.xml"]


FLOODS = {
    "flat": (b"<urlset>", b"<a/>"),
    "text": (b"<urlset>", b"<a>x</a>"),
    "empty entries": (b"<urlset>", b"<url/>"),
    "one entry": (b"<urlset><url>", b"<loc/>"),
    "comments": (b"<urlset>", b"<!---->"),
    "instructions": (b"<urlset>", b"<?a?>"),
    "deep": (b"<urlset>", b"<a>"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_what_a_sitemap_costs_does_not_grow_with_what_it_floods_us_with(flood):
    head, unit = FLOODS[flood]
    program = (
        "import resource, sys; from extract.discover.sitemaps import parse_sitemap\n"
        f"data = {head!r} + {unit!r} * (4_000_000 // {len(unit)})\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert parse_sitemap(data, 'http://x/').problem\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    # A tree of it would take thirty times the file.
    assert int(done.stdout) < 60


def test_keywords_of_announcements_are_kept():
    sitemap = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
     xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/a</loc><news:news>
     <news:title>T</news:title><news:keywords>storm, quay , storm</news:keywords></news:news></url></urlset>"""
    assert parse_sitemap(sitemap.encode(), AT).items[0].keywords == ("storm", "quay")
    rss = RSS.format("<item><title>T</title><link>/a</link><category>Storm</category><category>Quay</category></item>")
    assert parse_feed(rss.encode(), AT).items[0].keywords == ("Storm", "Quay")
    told = b'{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"https://news.example/a","tags":["x",3]}]}'
    assert parse_feed(told, AT).items[0].keywords == ("x",)
    assert parse_feed(RSS.format(ITEM.format("T", "/a", "")).encode(), AT).items[0].keywords is None


def test_a_pipe_by_the_name_of_a_warc_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.warc.gz")
    os.mkfifo(tmp_path / "a.html")
    source = Source("s", folders=(str(tmp_path),), warcs=(str(tmp_path),))
    assert list(local_pages(source)) == []
    with pytest.raises(InputError, match="is not a file"):
        list(local_pages(Source("s", warcs=(str(tmp_path / "a.warc.gz"),))))
