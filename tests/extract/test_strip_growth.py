"""The work of reading a page grows with the page, not with its square.

Python's work is counted in calls. The parser's cannot be seen from here: what makes it quadratic is counted in the tree
that it built (elements, how deep they nest, options, attributes of one element). No clock is asked.
"""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.counting import calls_of
from extract.strip import extract_article
from extract.strip.decode import decode_page
from extract.strip.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_OPTIONS, limit_markup
from extract.strip.page import parse_page

pytestmark = pytest.mark.long

SIZE = 25_000  # bytes
KINDS = {
    "options": lambda n: b"<select>" + b"<option>a" * (n // 9),
    "options of many lists": lambda n: b"<select><OPTION value=1>a</select>" * (n // 34),
    "attributes": lambda n: b"<div " + b" ".join(b"a%d=1" % i for i in range(n // 8)) + b">text</div><p>More.",
    "attributes without value": lambda n: b"<p>a</p><div\n" + b"\t".join(b"b%d" % i for i in range(n // 7)),
    "attributes with quoted values": lambda n: (
        b"<div " + b"/".join(b"a%d='x y'" % i for i in range(n // 13)) + b">text"
    ),
    "attributes of the page": lambda n: b"".join(b"<html a%d=1>" % i for i in range(n // 14)),
    "attributes of the body": lambda n: b"".join(b"<body a%d=1>" % i for i in range(n // 14)),
    "nested boxes": lambda n: b"<div>" * (n // 5),
    "nested lists": lambda n: b"<ul><li>a" * (n // 9),
    "nested tables": lambda n: b"<table><tr><td>" * (n // 15),
    "open formatting": lambda n: b"<p>".join(b"<b id=%d>x" % i for i in range(n // 15)),
    "closed by another": lambda n: b"".join(b"<p><i id=%d>x</p></p>" % i for i in range(n // 21)),
    "formatting over paragraphs": lambda n: b"<font><p></font>x" * (n // 17),
    "lines": lambda n: b"<p>" + b"a b<br>" * (n // 7),
    "inline": lambda n: b"<p>" + b"<i>a</i> " * (n // 9),
    "comments": lambda n: b"<p>" + b"a<!-- -->" * (n // 9),
    "paragraphs": lambda n: b"<p>ab cd" * (n // 8),
    "headings": lambda n: b"<h1>a title</h1>" * (n // 16),
    "bylines": lambda n: b"<span class=author>By Ana Diaz</span>" * (n // 37),
    "meta tags": lambda n: b"<meta name=author content='Ana Diaz'>" * (n // 37),
    "data": lambda n: b'<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * (n // 66),
    "nested data": lambda n: b'<script type="application/ld+json">' + b'{"a":' * (n // 5) + b"</script>",
    "dates": lambda n: b"<p>3 May 2024" * (n // 13),
    "footnotes": lambda n: b"<p>" + b"1<sup>2</sup>" * (n // 13),
    "articles": lambda n: b"<article><h2>a</h2><p>text of it</p></article>" * (n // 46),
    "custom elements": lambda n: b"<div>" + b"<x-y>b</x-y>\n" * (n // 13),
}


def calls(page: bytes) -> int:
    """Count the calls that reading a page takes."""
    return calls_of(lambda: extract_article(page, url="https://example.org/a"))


@pytest.mark.parametrize("kind", KINDS)
def test_four_times_the_page_is_four_times_the_work(kind: str) -> None:
    extract_article(KINDS[kind](200))  # what is loaded or kept once
    small, large = calls(KINDS[kind](SIZE)), calls(KINDS[kind](4 * SIZE))
    # What is above some limit is read more closely, a few calls a tag.
    assert large <= 4.8 * small + 4 * SIZE


@pytest.mark.parametrize("kind", KINDS)
def test_what_makes_the_parser_slow_is_limited(kind: str) -> None:
    html = KINDS[kind](5 * SIZE)
    tree = parse_page(html).tree
    elements = tree.css("*")
    assert len(elements) <= html.count(b"<") + 300_000
    assert max(len(node.attributes) for node in elements) <= MAX_ATTRIBUTES
    assert sum(node.tag == "option" for node in elements) <= MAX_OPTIONS
    assert max(map(depth, elements[:: len(elements) // 50 + 1])) <= 4 * MAX_DEPTH + 10  # a table has four for each


def depth(node: Any) -> int:
    """Count the elements around one."""
    steps = 0
    while (node := node.parent) is not None:
        steps += 1
    return steps


def test_an_ordinary_page_is_parsed_as_it_is() -> None:
    quoted = b"<div data-state='" + b'{"a": "b c d / e = f"}, ' * 2000 + b"' class=x><p>Text.</p></div>"
    script = b"<script>if (a <b) { x = '" + b"word = 'a' " * 4000 + b"'; }</script><p>Text.</p>"
    for page in (quoted, script, b"<p><b>a</b> c<i>d</i></p>" * 2500, b"<select><option>a</select>" * 200):
        assert limit_markup(page) == page


def test_a_cut_tag_leaves_the_rest_of_the_page() -> None:
    names = b" ".join(b"a%d='1 > 2'" % i for i in range(4000))
    many = b"<div " + names.replace(b">", b"") + b"><p>The text behind.</p></div>"
    assert "The text behind." in parse_page(decode_page(many)).body.text()
