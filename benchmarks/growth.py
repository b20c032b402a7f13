"""Growth of every reader of what strangers write: 64 families of input each, doubled four times.

    python -m benchmarks.growth                          (processor time, all readers)
    python -m benchmarks.growth --reader html --calls    (calls of functions, which no other work disturbs)

A family is one of 16 pieces in one of four arrangements: in a row, apart by numbers, in a row without the end of what
they stand in, and alone. The slope is the exponent by which cost grows with size over the last two doublings: 1 is
linear, 2 quadratic. Prints each reader's steepest families; leaves with 1 when a slope is above 1.2. What takes less
than a tenth of a second at the largest size has no slope that the clock of a busy machine could tell: such a family
is tried at four times the size, up to ``--most`` bytes.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from benchmarks.counting import calls_of
from benchmarks.fuzz import TARGETS
from extract.errors import NewsledgerError

DOUBLINGS = 4
MOST_BYTES, FURTHER = 2_500_000, 4
STEEPEST = 1.2
# Cost at the largest size below which a slope says nothing.
LEAST_SECONDS = 0.1
LEAST_CALLS = 2_000
LONG = 1.0  # seconds
Cost = Callable[[str, bytes, Path], float]


@dataclass(frozen=True, slots=True)
class Reader:
    """What of a reader's input stands before and behind the pieces, and the pieces.

    ``bytes`` is the smallest size.
    """

    head: bytes
    tail: bytes
    pieces: tuple[bytes, ...]
    bytes: int = 8_000


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ITEM = b"<item><title>a</title><link>/a</link></item>"
RECORD = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\nWARC-Date: 2024-11-23T11:00:00Z\r\n"
    b"Content-Length: 46\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>hello, world</p>\r\n\r\n"
)
READERS = {
    "dates": Reader(
        b"Sat, 23 Nov 2024 ",
        b" GMT",
        (
            *(b"1", b":", b" ", b"11:", b"-", b"Nov ", b"+0", b"T"),
            *(b"2024-", b"am ", b", ", b"GMT", b"(", b"\t", b"\xe9", b"de "),
        ),
    ),
    "codings": Reader(
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
        b"",
        (
            *(b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0", b"\0", b"\x03\0", b"\x1f\x8b\x08", b"\xff" * 4),
            *(b"\x4b\x04\0", b"\x01\0\0\xff\xff", b"\x28\xb5\x2f\xfd\0\0\x01\0\0", b"a", b"\x1b", b"\x0b\x02\x80a\x03"),
            *(b"\x50\x2a\x4d\x18\0\0\0\0", b"x\x9c\x03\0\0\0\0\x01", b"\x1f", b"\xcb\x48", b"\x2a"),
        ),
    ),
    "urls": Reader(
        b"https://news.example/",
        b"#end",
        (
            *(b"a/", b"../", b"?", b"&a=b", b"&amp;", b"%41", b"%25", b";sid=1"),
            *(b"//", b"a-", b"=", b"\xc3\xa9", b"@", b":", b"+", b"["),
        ),
    ),
    "feeds": Reader(
        b'<rss version="2.0"><channel>',
        b"</channel></rss>",
        (
            *(ITEM, b"<item>", b"<title>a", b"&amp;", b"&", b"<![CDATA[", b"<!-- a -->", b"<a:b>"),
            b'<link rel="alternate" type="application/rss+xml" href="/a">',
            *(b"<outline xmlUrl='http://a/b'>", b"<", b"]]>"),
            b"<pubDate>Sat, 23 Nov 2024 11:00:00 GMT</pubDate>",
            *(b"<category>a</category>", b" a='b'", b"<entry><id>a</id>"),
        ),
        2_000,
    ),
    "sitemaps": Reader(
        b"<urlset>",
        b"</urlset>",
        (
            *(b"<url><loc>https://news.example/a</loc></url>", b"<url>"),
            *(b"<loc>", b"&", b"&amp;", b"<!--a-->", b"<?a?>"),
            b"<sitemap><loc>/a</loc></sitemap>",
            *(b"<image:image><image:loc>a</image:loc></image:image>", b"<", b"]]>"),
            *(b"<lastmod>2024</lastmod>", b"https://news.example/a\n", b" a='b'", b"<a>", b"</url>"),
        ),
    ),
    "robots": Reader(
        b"User-agent: *\n",
        b"Disallow: /z\n",
        (
            *(b"Disallow: /a\n", b"Allow: /a*b$\n", b"Disallow: /*a*a*a*a\n", b"User-agent: a\n", b"Crawl-delay: 1\n"),
            *(b"Sitemap: http://a/b\n", b"#", b"\n", b"a: b\n", b":", b"*", b"Disallow:", b"Request-rate: 1/5m\n"),
            *(b"User-agent: a\nDisallow: /a\n\n", b"%41", b" "),
        ),
    ),
    "headers": Reader(
        HTTP,
        b"\r\n\r\n<p>text</p>",
        (
            *(b"A: b\r\n", b"X-Robots-Tag: a, b: c\r\n", b"a", b" b\r\n", b"\r\n", b"\r", b"\n", b": ", b", "),
            *(b"Retry-After: 1\r\n", b"Content-Type: text/html; charset=a\r\n", b"Transfer-Encoding: chunked\r\n"),
            *(b"1\r\na\r\n", b"<meta name=robots content=a>", b"<!--", b"\r\n\r\n"),
        ),
    ),
    "warc": Reader(
        RECORD,
        RECORD,
        (
            *(RECORD, RECORD[:-20], b"WARC/1.1\r\n", b"WARC/1.1\r\nA: b\r\n\r\n", b"\r\n", b"\0", b"A: b\r\n", b" "),
            *(b"Content-Length: 9\r\n", RECORD.replace(b"46", b"99"), RECORD.replace(b"46", b"-1"), b"\n", b"WARC/"),
            *(RECORD.replace(b"\r\n", b"\n"), RECORD.replace(b"response", b"dns"), b"\x1f\x8b\x08"),
        ),
    ),
    "html": Reader(
        b"<html><head><title>A title</title></head><body><article><h1>A title</h1>",
        b"</article></body></html>",
        (
            b"<p>Three people were hurt on Monday, the police said.</p>",
            *(b"<div>", b"<a href=/a>a</a> ", b"<ul><li>a"),
            *(b"<span class=author>By Ana Diaz</span>", b"<time datetime=2024-11-23>a</time>", b"<table><tr><td>a"),
            *(b"<h2>a</h2>", b"<b>a", b"&amp;", b"<br>", b"<!-- a -->", b"<meta name=author content='Ana Diaz'>"),
            *(b'<script type="application/ld+json">[{"@type":"NewsArticle"}]</script>', b"<", b"a b 23 Nov 2024, "),
        ),
        4_000,
    ),
    "settings": Reader(
        b'data_dir = "d"\n',
        b'[archive]\nkeep_days = 30\n',
        (
            *(b"# a\n", b"\n", b'[[sources]]\nname = "a"\nfeeds = ["https://a.example/b"]\n'),
            *(b"[run]\n", b"a = 1\n", b'"'),
            *(b"[a.b]\n", b"[[sources]]\n", b"a.", b"[", b"{", b"'''", b"\\u0041", b"1", b"a = [", b'"a", '),
        ),
        4_000,
    ),
    "queries": Reader(
        b"select 1",
        b" from claims",
        (
            *(b", 1", b" + 1", b"(", b"-- a\n", b"/* ", b" union select 1", b"'a' ", b'"a", ', b";", b"; select 1"),
            *(b" and true", b"a", b"-", b"\n", b" case when true then 1", b"::int"),
        ),
        2_000,
    ),
    "text": Reader(
        b"OSLO - ",
        b" The police said so.",
        (
            b"Three people were hurt on Monday, the police said. ",
            *(b"5 ", b"5,000 ", b"$5m to $6m ", b"1/", b"5% of "),
            *(b"a ", b"A ", b"\xe2\x80\x9c", b"he said, ", b"on 3 May 2024 "),
            *(b"Ana Diaz and ", b"-", b". ", b"a", b"five hundred "),
        ),
        2_000,
    ),
}  # fmt: skip


def families(reader: Reader) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    """Yield the families of a reader by name, each a builder of inputs of about so many bytes."""
    for piece in reader.pieces:
        for arrangement in (_in_a_row, _apart, _cut, _alone):
            name = f"{piece[:30].decode('latin-1')!r} {arrangement.__name__.strip('_').replace('_', ' ')}"

            def build(size: int, arrange: Any = arrangement, piece: bytes = piece) -> bytes:
                return bytes(arrange(reader, piece, size))

            yield name, build


def _in_a_row(reader: Reader, piece: bytes, size: int) -> bytes:
    return reader.head + piece * (size // len(piece)) + reader.tail


def _apart(reader: Reader, piece: bytes, size: int) -> bytes:
    return reader.head + b"".join(piece + b"%d" % at for at in range(size // (len(piece) + 4))) + reader.tail


def _cut(reader: Reader, piece: bytes, size: int) -> bytes:
    return reader.head + piece * (size // len(piece))


def _alone(reader: Reader, piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


def _read(target: str, data: bytes, folder: Path) -> None:
    try:
        TARGETS[target](data, folder)
    except NewsledgerError:
        return


def calls(target: str, data: bytes, folder: Path) -> float:
    """Count the calls that reading takes, of Python's functions and of built-in ones."""
    return float(calls_of(lambda: _read(target, data, folder)))


def seconds(target: str, data: bytes, folder: Path) -> float:
    """Return the least processor time of three readings, or of one that takes long."""
    first = _timed(target, data, folder)
    return first if first > LONG else min(first, *(_timed(target, data, folder) for _ in range(2)))


def _timed(target: str, data: bytes, folder: Path) -> float:
    gc.collect()
    began = time.process_time()
    _read(target, data, folder)
    return time.process_time() - began


def slope(costs: list[float], least: float) -> float | None:
    """Return the exponent of growth over the last two doublings, None where the cost is too small to tell."""
    return None if costs[-1] < least else log2(costs[-1] / max(costs[-3], least / 16)) / 2


def measure(target: str, cost: Cost, least: float, size: int, most: int = 0) -> Iterator[dict[str, Any]]:
    """Yield each family's largest size, its costs by size and its slope.

    A family that costs next to nothing is tried at larger sizes, as long as they are not above ``most``.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, build in families(READERS[target]):

            def cost_of(size: int, build: Callable[[int], bytes] = build) -> float:
                return cost(target, build(size), Path(folder))

            _read(target, build(size // 8), Path(folder))  # what is loaded or kept once
            largest, costs = _doubled(cost_of, least, size << DOUBLINGS, most)
            if (slope(costs, least) or 0) > STEEPEST:  # other work on the machine may have disturbed it
                costs = [min(pair) for pair in zip(costs, _doubled(cost_of, 0, largest, 0)[1], strict=True)]
            yield {"family": name, "bytes": largest, "costs": costs, "slope": slope(costs, least)}


def _doubled(cost_of: Callable[[int], float], least: float, largest: int, most: int) -> tuple[int, list[float]]:
    """Return the largest size and the costs by size: the largest alone where it is next to nothing."""
    costs = [cost_of(largest)]
    while costs[0] < least and largest * FURTHER <= most:
        largest *= FURTHER
        costs = [cost_of(largest)]
    if costs[0] >= least:
        costs = [*(cost_of(largest >> DOUBLINGS - doubling) for doubling in range(DOUBLINGS)), *costs]
    return largest, costs


def main() -> int:
    """Print a line for each reader; leave with 1 when a slope is too steep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", action="append", choices=list(READERS))
    parser.add_argument("--calls", action="store_true", help="Count calls instead of processor time.")
    parser.add_argument("--bytes", type=int, help="The smallest size (default: each reader's own).")
    parser.add_argument("--most", type=int, default=MOST_BYTES, help="The largest size of what costs next to nothing.")
    parser.add_argument("--show", type=int, default=3, help="How many of the steepest families are shown.")
    given = parser.parse_args()
    cost, least = (calls, LEAST_CALLS) if given.calls else (seconds, LEAST_SECONDS)
    is_steep = False
    for target in given.reader or READERS:
        gc.collect()
        gc.freeze()  # so that looking for garbage before each reading looks at little
        found = list(measure(target, cost, least, given.bytes or READERS[target].bytes, given.most))
        steep = sorted((row for row in found if row["slope"] is not None), key=lambda row: -row["slope"])
        above = [row for row in steep if row["slope"] > STEEPEST]
        is_steep |= bool(above)
        print(json.dumps({"reader": target, "families": len(found), "with a slope": len(steep), "above": len(above)}))
        for row in steep[: max(given.show, len(above))]:
            costs = " ".join(f"{value:.4g}" for value in row["costs"])
            print(f"    {row['slope']:.2f}  {row['family']}, {row['bytes']:,} bytes: {costs}", flush=True)
    return int(is_steep)


if __name__ == "__main__":
    raise SystemExit(main())
