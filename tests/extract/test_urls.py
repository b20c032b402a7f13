"""Cleaning an address never changes which page answers, and no canonical URL joins two stories."""

import pytest

from extract.discover import clean_url
from extract.discover.urls import MAX_URL, join
from extract.strip import extract_article
from extract.strip.urls import site_label

AT = "https://news.example"


@pytest.mark.parametrize(
    "path",
    [
        "/show.asp?harbour",
        "/show.asp?4711&page2",
        "/Artikel?OpenDocument&77",
        "/index.php?/news/4711",
        "/modules.php?file=article&sid=1421",
        "/article.pl?sid=05%2F11%2F24%2F1010",
        "/article.php?cid=812",
        "/story?source=17",
        "/read.cgi?ref=harbour",
        "/lokales/hafen;art372,4417",
        "/a//b/c.html",
        "/web/2020/http://other.example/x",
        "/suche?wort=%F2%E5%F1%F2",
        "/caf%E9/m%FCll.html",
        "/photo?gallery=5",
        "/list?keywords=harbour",
        "/read?reference=9",
        "/a?empty=",
        "/a?id=1&id=2",
        "/a?b=1;c=2",
        "/(S(x))/a.aspx",
        "/@editor/ferry+line",
        "/?p=4711",
    ],
)
def test_what_names_the_page_stays(path):
    assert clean_url(AT + path) == AT + path


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        ("/a?utm_source=x&id=3&fbclid=2", "/a?id=3"),
        ("/a?utm_campaign=y", "/a"),
        ("/a/?gclid=1&mc_cid=2&mc_eid=3&_ga=4&xtor=RSS-1&at_medium=rss", "/a/"),
        ("/2024/11/ferry-leaves-the-line?ref=rss&source=feed&cid=7", "/2024/11/ferry-leaves-the-line"),
        ("/article-9123456.html?partner=rss", "/article-9123456.html"),
        ("/view.php?f=2&t=123&sid=deadbeefdeadbeefdeadbeefdeadbeef", "/view.php?f=2&t=123"),
        ("/a;jsessionid=E460A9.tpd_2?p=v", "/a?p=v"),
        ("/a?PHPSESSID=1&b=2", "/a?b=2"),
        ("/a?ASPSESSIONIDQACTRDCB=LK&b=2", "/a?b=2"),
        ("/a?x=1&amp;y=2", "/a?x=1&y=2"),
        ("/a?b=2&a=1#top", "/a?a=1&b=2"),
        ("/a?q=caf%c3%a9+au", "/a?q=caf%C3%A9+au"),
        ("/../a", "/a"),
        ("/a?", "/a"),
        ("", "/"),
    ],
)
def test_what_names_no_page_goes(path, clean):
    assert clean_url(AT + path) == AT + clean


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("/news/ferry-leaves-the-line", "/"),
        ("/news/ferry-leaves-the-line", "/index.html"),
        ("/news/ferry-leaves-the-line", "/default.aspx"),
        ("/en/news/ferry-leaves-the-line", "/en/"),
        ("/en-gb/news/ferry", "/en-gb/index.html"),
        ("/news/ferry-leaves-the-line", "/news/"),
        ("/news/local/ferry-leaves-the-line", "/news/local"),
        ("/story.php?id=812", "/story.php"),
        ("/news/read.aspx?id=812", "/news/read.aspx"),
        ("/?p=4711", "/"),
    ],
)
def test_a_canonical_that_many_pages_share_is_none(url, canonical):
    assert canonical_of(AT + url, AT + canonical) is None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("/news/ferry-leaves-the-line?ref=x", "/news/ferry-leaves-the-line"),
        ("/news/ferry-leaves-the-line/amp", "/news/ferry-leaves-the-line"),
        ("/news/ferry-leaves-the-line/page/2", "/news/ferry-leaves-the-line"),
        ("/a/812345?s=1", "/news/ferry-leaves-the-line-812345"),
        ("/story.php?id=812&from=feed", "/story.php?id=812"),
        ("/?p=4711", "/2024/11/ferry-leaves-the-line/"),
        ("/2024/11/24/ferry", "/2024/11/24/ferry"),
        ("/about", "/about"),
        ("/m/2024/ferry", "/2024/ferry"),
    ],
)
def test_a_canonical_of_the_page_s_own_is_kept(url, canonical):
    assert canonical_of(AT + url, AT + canonical) == AT + canonical


@pytest.mark.parametrize("host", ["localhost:3000", "127.0.0.1", "10.1.2.3:8080", "192.168.0.7", "cms.local"])
def test_a_canonical_on_the_machine_that_the_page_was_made_on_is_none(host):
    assert canonical_of(AT + "/news/ferry-4711", f"http://{host}/news/ferry-4711") is None
    assert canonical_of(f"http://{host}/news/ferry-4711", f"http://{host}/news/ferry-4711") is not None


def canonical_of(url, canonical):
    html = f"<link rel=canonical href='{canonical}'><h1>Ferry leaves the line</h1><p>The ferry left the line.</p>"
    return extract_article(html.encode(), url=url).canonical_url


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("story", f"{AT}/news/story"),
        ("  /other \n", f"{AT}/other"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("http://[", None),
    ],
)
def test_a_link_is_resolved_as_a_site_wrote_it(link: str, whole: str | None):
    assert join(f"{AT}/news/", link) == whole


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        (" https://news.example/a ", "https://news.example/a"),
        ("https://news.example/a\n  b", "https://news.example/ab"),
        ("https://news.example/a\tb", "https://news.example/ab"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("https://news.example/a\x00b", None),
        ("http://news.example:80/a", "http://news.example/a"),
        ("https://news.example:80/a", "https://news.example:80/a"),
        ("https://news.example:x/a", None),
        ("https://news.example./a", "https://news.example/a"),
        ("https://u:p@News.Example/a", "https://news.example/a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://new's.example/a", None),
        ("https:///a", None),
        ("ftp://news.example/a", None),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://a\u2060\u0378.example/", None),
    ],
)
def test_a_host_and_its_port_are_spelled_one_way(url: str, clean: str | None):
    assert clean_url(url) == clean


def test_an_address_may_be_as_long_as_is_allowed_and_no_longer():
    whole = "https://news.example/" + "a" * (MAX_URL - 21)
    assert clean_url(whole) == whole
    assert clean_url(whole + "a") is None
    assert clean_url("https://news.example/" + "é" * 1000) is None  # spelt out, each is six characters


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        ("/news/ferry-leaves-the-line/?ref=rss", "/news/ferry-leaves-the-line/"),
        ("/ferry-leaves-the-line/about?ref=rss", "/ferry-leaves-the-line/about?ref=rss"),
        ("/a?b=2&a=2&a=1", "/a?a=2&a=1&b=2"),
        ("/a?x=1;y=2/3", "/a?x=1;y=2%2F3"),
        ("/a?x=1/y=2", "/a?x=1%2Fy%3D2"),
        ("/a?what?now", "/a?what?now"),
        ("/a?x=\ud800", "/a?x=%ED%A0%80"),
    ],
)
def test_a_query_is_spelled_one_way(path: str, clean: str):
    assert clean_url(AT + path) == AT + clean


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("news.bbc.co.uk", "bbc"),
        ("bbc.com", "bbc"),
        ("bmi.gv.at", "bmi"),
        ("waikato.govt.nz", "waikato"),
        ("me.blogspot.com", "me"),
        ("abcnews.go.com", "abcnews"),
        ("espn.go.com", "espn"),
        ("gov.uk", "gov"),
        ("News.Example.CO.UK", "example"),
        ("münchen.example.de", "example"),
        ("xn--80a.example.xn--p1ai", "example"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_a_site_is_named_by_what_its_owner_registered(host, label):
    assert site_label(host) == label
