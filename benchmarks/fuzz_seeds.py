"""What fuzzing begins with: small well-formed inputs, the cases beside the checkout, and what breaks parsers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

LONGEST_INPUT = 20_000  # bytes
# What breaks parsers: bounds of numbers and of calendars, controls, halves of characters, and marks of syntax.
TOKENS = [
    *(
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\r\n",
        b"\x1b[31m",
        b"\xe2\x80\xae",
        b"]]>",
        b"<!--",
        b"&#x0;",
    ),
    *(b"9999-12-31T23:59:59-12:00", b"0001-01-01T00:00:00+14:00", b"Fri, 31 Dec 9999 23:59:59 -1200", b"http://["),
    *(
        b"9" * 400,
        b"-1",
        b"nan",
        b"inf",
        b"1e999",
        b"0x",
        b"%",
        b"%00",
        b"..",
        b"<" * 50,
        b"[" * 200,
        b"{" * 200,
        b"\\",
    ),
    *(b"charset=idna ", b'encoding="utf-7"', b"unicode_escape", b"utf-16"),
]
SEEDS = {
    "dates": [b"Sat, 23 Nov 2024 11:00:00 GMT", b"2024-11-23T11:00:00Z", b"120", b"November 23, 2024 at 5 p.m. EST"],
    "codings": [gzip.compress(b"<p>text</p>"), b"plain"],
    "urls": [b"https://news.example/a?b=c#d", b"HTTP://User:pw@News.Example:443/%7Ea/../b;jsessionid=1"],
    "feeds": [
        b'<rss version="2.0"><channel><ttl>5</ttl><item><title>A &amp; B</title><link>/a</link>'
        b"<pubDate>Sat, 23 Nov 2024 11:00:00 GMT</pubDate></item></channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/>'
        b"<updated>2024-11-23T11:00:00Z</updated></entry></feed>",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a", "date_published": "2024-11-23"}]}',
        b'<link rel="alternate" type="application/rss+xml" href="/rss"><base href="/x/"><outline xmlUrl="http://a/b"/>',
    ],
    "sitemaps": [
        b"<urlset><url><loc>https://news.example/a</loc><lastmod>2024-11-23</lastmod></url></urlset>",
        b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>",
        b"https://news.example/a\nhttps://news.example/b\n",
    ],
    "robots": [
        b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 2\nRequest-rate: 1/5m\nSitemap: http://a/b.xml\n",
        b'[{"location": "/a*b$", "tdm-reservation": 1, "tdm-policy": "https://news.example/terms"}]',
    ],
    "warc": [
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\n"
        b"WARC-Date: 2024-11-23T11:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 57\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello</p>\r\n\r\n",
        b'{"fetch_id": "1", "source": "s", "url": "u", "fetched_at": "2024-11-23T11:00:00+00:00", "outcome": "ok"}',
    ],
    "html": [
        b'<html><head><title>T</title><meta property="article:published_time" content="2024-11-23T11:00:00Z">'
        b'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "H"}</script></head>'
        b"<body><article><h1>H</h1><p>By Ann Lee</p><p>Three people were hurt on Monday, the police said.</p></article>"
        b"</body></html>",
    ],
    "headers": [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Robots-Tag: newsbot: noarchive, all\r\n"
        b"Transfer-Encoding: chunked\r\nLast-Modified: Sat, 23 Nov 2024 11:00:00 GMT\r\nRetry-After: 120\r\n\r\n"
        b"1a\r\n<meta name=robots content=a>\r\n0\r\n\r\n",
    ],
    "settings": [
        b'data_dir = "d"\n[run]\nbatch_size = 20\n[fetch]\ncontact = "a@b.example"\n'
        b'[[sources]]\nname = "news"\nfeeds = ["https://news.example/rss"]\ntimezone = "Europe/Paris"\n',
        b'[archive]\nkeep_days = 30\n[alerts]\nwebhook = "https://a.example/b"\n[rename]\n"Old" = "New"\n',
    ],
    "queries": [
        b"select subject, sum(value) as total from claims where day >= date '2024-11-23' group by all order by 2 desc",
        b"with a as (from claims) select *, a.value / 0, 'inf'::double from a limit 5",
        b"timeline",
    ],
    "text": [b"About 59,000 troops were moved on 3 May, a source said. It was 5.5% more than in 2023, or $4.2bn."],
}
CASES = Path(__file__).parents[1].parent / "shared" / "data" / "cases"
# Which of the cases are seeds of which target.
NAMED = {
    "feeds": ("feed-*", "find-feed-*"),
    "sitemaps": ("map-*",),
    "urls": ("url-*",),
    "warc": ("warc-*",),
    "html": ("*.html",),
    "codings": ("*.gz",),
}


def seeds(target: str, cases: Path | None = None) -> list[bytes]:
    """Return the seeds of a target, with those of a folder of cases."""
    found = list(SEEDS[target])
    for pattern in NAMED.get(target, ()) if cases else ():
        found += [path.read_bytes()[:LONGEST_INPUT] for path in sorted((cases or Path()).glob(f"pages/{pattern}"))]
    rows = cases / "rows.jsonl" if cases and target in ("text", "dates") else None
    if rows and rows.exists():
        key = "text" if target == "text" else "published"
        lines = (json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines())
        found += [str(line.get(key) or "").encode()[:2_000] for line in lines]
    return found
