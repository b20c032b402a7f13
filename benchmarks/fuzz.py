"""Mutated input for everything that reads what strangers write: each must end, and raise only its own errors.

    python -m benchmarks.fuzz --executions 10000             (all targets)
    python -m benchmarks.fuzz --target dates --seed 7

Seeds are small well-formed inputs; each execution cuts, doubles, splices, flips or replaces parts of one by what breaks
parsers. Prints executions, crashers and the slowest input of each target; a crasher is written to --keep.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from extract.archive.members import parse, walk
from extract.archive.rows import load_fetch
from extract.discover import clean_url, find_feeds, parse_feed, parse_sitemap, read_opml, read_warc
from extract.discover.items import parse_date
from extract.discover.payload import parse_payload
from extract.errors import NewsledgerError
from extract.fetch.body import decode_content
from extract.fetch.errors import AttemptError
from extract.fetch.fetcher import clean_request_url
from extract.fetch.policy import FetchPolicy
from extract.fetch.retry import is_trustworthy_date, parse_retry_after
from extract.fetch.rights import find_marks
from extract.fetch.robots import Robots, RobotsAnswer
from flows.settings import load_settings
from load.config import WarehouseConfig
from load.query import TextFormat, query, render

NOW = datetime(2024, 11, 23, 12, tzinfo=UTC)
AT = "https://news.example/a"
FORMS: tuple[TextFormat, ...] = ("csv", "json", "markdown")
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
    "robots": [b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 2\nRequest-rate: 1/5m\nSitemap: http://a/b.xml\n"],
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


def _dates(data: bytes, folder: Path) -> None:
    text = data.decode("latin-1")
    parse_retry_after(text, NOW, 86_400)
    is_trustworthy_date(text, NOW)
    parse_date(text)


def _codings(data: bytes, folder: Path) -> None:
    for coding in ("gzip", "deflate", "gzip, gzip", "br", "zstd"):
        try:
            decode_content(data, coding, 1_000_000)
        except AttemptError:
            continue


def _urls(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "replace")
    clean = clean_url(text)
    assert clean is None or clean_url(clean) == clean, "cleaning twice gives something else"
    try:
        clean_request_url(text)
    except AttemptError:
        return


def _feeds(data: bytes, folder: Path) -> None:
    parse_feed(data, AT)
    find_feeds(data, AT)
    read_opml(data)


def _sitemaps(data: bytes, folder: Path) -> None:
    parse_sitemap(data, AT)


def _robots(data: bytes, folder: Path) -> None:
    answer = RobotsAnswer(200, data.decode("utf-8-sig", "replace"))
    robots = Robots(folder / hashlib.sha256(data).hexdigest(), FetchPolicy(), lambda: 0.0, lambda *_: answer)
    try:
        assert 0 <= robots.check(AT, allow_private=False) <= FetchPolicy().max_crawl_delay_s
    except AttemptError:
        return


def _warc(data: bytes, folder: Path) -> None:
    for content in (data, gzip.compress(data)):
        file = folder / "fuzz.warc.gz"
        file.write_bytes(content)
        list(read_warc(file, "s"))
        list(walk(file))
    for read in (parse, load_fetch):
        try:
            read(data)
        except ValueError:
            continue


def _headers(data: bytes, folder: Path) -> None:
    payload = parse_payload(data)
    head, _, body = data.partition(b"\r\n\r\n")
    find_marks(head, body, "newsbot")
    headers = payload.headers if payload else {}
    parse_retry_after(headers.get("retry-after"), NOW, 86_400)
    is_trustworthy_date(headers.get("last-modified"), NOW)


def _settings(data: bytes, folder: Path) -> None:
    file = folder / "newsledger.toml"
    file.write_bytes(data)
    load_settings(file, {})


def _queries(data: bytes, folder: Path) -> None:
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "published.duckdb")
    if not config.published.exists():
        with duckdb.connect(str(config.published)) as con:
            con.execute("create table claims as select 'troops' as subject, 59000.0 as value, date '2024-11-23' as day")
    answer = query(config, data.decode("utf-8", "replace"))
    for form in FORMS:
        render(answer, form)


def _html(data: bytes, folder: Path) -> None:
    from extract import extract_article

    extract_article(data, url=AT, fetched_at=NOW)


def _text(data: bytes, folder: Path) -> None:
    from extract import read_rows

    read_rows(data.decode("utf-8", "replace"), published_at=NOW, language="en", version_id="v")


TARGETS: dict[str, Callable[[bytes, Path], None]] = {
    "dates": _dates,
    "codings": _codings,
    "urls": _urls,
    "feeds": _feeds,
    "sitemaps": _sitemaps,
    "robots": _robots,
    "warc": _warc,
    "html": _html,
    "headers": _headers,
    "settings": _settings,
    "queries": _queries,
    "text": _text,
}


def mutate(data: bytes, draw: random.Random) -> bytes:
    """Change an input in one to four places."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(changed) + 1)
        end = min(len(changed), start + draw.choice((0, 1, 2, 8, 40)))
        part = bytes(changed[start:end])
        token = draw.choice(TOKENS)
        changed[start:end] = draw.choice((b"", part * 2, part[::-1], token, token + part, bytes([draw.randrange(256)])))
        if draw.random() < 0.05:
            changed *= draw.randint(2, 30)
    return bytes(changed[:20_000])


def fuzz(target: str, executions: int, seed: int, folder: Path) -> tuple[dict[str, Any], list[bytes]]:
    """Run a target so many times; return the figures and the inputs at which it raised what is none of its errors."""
    draw, crashers, kinds, slowest = random.Random(seed), [], set(), 0.0
    for _ in range(executions):
        data = mutate(draw.choice(SEEDS[target]), draw)
        began = time.process_time()
        try:
            TARGETS[target](data, folder)
        except NewsledgerError:
            pass
        except Exception as error:
            kind = f"{type(error).__name__}: {error}"[:100]
            if kind not in kinds:
                kinds.add(kind)
                crashers.append(data)
        slowest = max(slowest, time.process_time() - began)
    figures = {"target": target, "executions": executions, "crashers": sorted(kinds), "slowest_s": round(slowest, 3)}
    return figures, crashers


def main() -> int:
    """Print a line of figures for each target; leave with 1 when one raised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", action="append", choices=list(TARGETS))
    parser.add_argument("--executions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="Folder for the inputs that crashed.")
    given = parser.parse_args()
    failed = False
    for target in given.target or TARGETS:
        with tempfile.TemporaryDirectory() as folder:
            figures, crashers = fuzz(target, given.executions, given.seed, Path(folder))
        print(json.dumps(figures), flush=True)
        failed |= bool(crashers)
        for data in crashers if given.keep else ():
            given.keep.mkdir(parents=True, exist_ok=True)
            (given.keep / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
