"""Feed the extractor mutated pages: none may raise, take long or eat memory, and each must give a row or a reason.

Usage::

    python -m benchmarks.mutants [PART_DIR ...] [--count 10000] [--seed 1]

Without folders the pages under ``../shared/data/pages`` are mutated; without those, a page made here.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.pages import DEFAULT_ROOT
from extract.strip import extract_article

SLOW_S = 1.0
MAX_SEEDS = 300
PLAIN = (
    b"""<!doctype html><html lang=en><head><title>A page - Site</title><meta charset=utf-8>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A page", "datePublished":
"2024-11-23"}</script>
</head><body><article><h1>A page</h1>"""
    + b"<p>Some words of a paragraph, and then some more of them.</p>" * 40
    + b"</article></body></html>"
)
TAGS = [
    b"div",
    b"p",
    b"table",
    b"a",
    b"b",
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"svg",
    b"form",
    b"select",
    b"title",
    b"article",
    b"li",
]
Mutator = Callable[[bytes, random.Random], bytes]


def flip_bytes(page: bytes, rng: random.Random) -> bytes:
    """Change up to one byte in a hundred."""
    data = bytearray(page)
    for _ in range(rng.randint(1, max(1, min(2000, len(data) // 100)))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def cut(page: bytes, rng: random.Random) -> bytes:
    """Keep a stretch of the page."""
    start = rng.randrange(len(page)) if rng.random() < 0.3 else 0
    return page[start : rng.randrange(start, len(page) + 1)]


def swap_tags(page: bytes, rng: random.Random) -> bytes:
    """Turn one kind of tag into another, everywhere or in opening tags only."""
    old, new = rng.sample(TAGS, 2)
    page = page.replace(b"<" + old, b"<" + new)
    return page.replace(b"</" + old, b"</" + new) if rng.random() < 0.5 else page


def nest(page: bytes, rng: random.Random) -> bytes:
    """Open many elements in the middle and never close them."""
    at = rng.randrange(len(page))
    return page[:at] + (b"<" + rng.choice(TAGS) + b">") * rng.choice((100, 3000, 30_000)) + page[at:]


def huge_attribute(page: bytes, rng: random.Random) -> bytes:
    """Give some element an attribute of up to 2 MB."""
    at = page.find(b">", rng.randrange(len(page)))
    name = rng.choice((b"class", b"id", b"style", b"content", b"href", b"datetime"))
    return (
        page[:at]
        + b" "
        + name
        + b'="'
        + rng.choice((b"a", b"a ", b"2024-", b"&amp;")) * rng.choice((1000, 400_000))
        + b'"'
        + page[at:]
    )


def wrong_charset(page: bytes, rng: random.Random) -> bytes:
    """Write the page in another encoding than it says."""
    text = page.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-32", "latin-1", "shift_jis", "utf-7", "cp1251")), "replace")


def insert_junk(page: bytes, rng: random.Random) -> bytes:
    """Insert bytes that break parsers."""
    junk = rng.choice(
        (
            b"\0" * 50,
            b"<!--",
            b"<![CDATA[",
            b"&#xFFFFFFFF;",
            b"<" * 500,
            b"\xff\xfe",
            b"]]>",
            b"{" * 5000,
            b"[" * 5000,
            b'"' * 99,
        )
    )
    at = rng.randrange(len(page))
    return page[:at] + junk + page[at:]


def damage_json(page: bytes, rng: random.Random) -> bytes:
    """Break the structured data."""
    old, new = rng.choice(
        (
            (b'":', b'"'),
            (b"}", b"},"),
            (b'"@type"', b"'@type'"),
            (b"{", b"{{"),
            (b'"', b"&quot;"),
            (b'"name"', b'"@id"'),
        )
    )
    return page.replace(old, new, rng.choice((1, 10, -1)))


MUTATORS: tuple[Mutator, ...] = (
    flip_bytes,
    cut,
    swap_tags,
    nest,
    huge_attribute,
    wrong_charset,
    insert_junk,
    damage_json,
)


def load_seeds(parts: list[Path]) -> list[bytes]:
    """Read up to ``MAX_SEEDS`` pages, an equal stretch over all of them."""
    paths = sorted(path for part in parts for path in (part / "pages").glob("*.html.gz"))
    chosen = paths[:: max(1, len(paths) // MAX_SEEDS)]
    return [gzip.decompress(path.read_bytes()) for path in chosen] or [PLAIN]


def mutate(page: bytes, rng: random.Random) -> bytes:
    """Apply one to three mutations."""
    for mutator in rng.choices(MUTATORS, k=rng.choice((1, 1, 2, 3))):
        page = mutator(page, rng) if page else page
    return page


def main(arguments: list[str] | None = None) -> int:
    """Run; return 1 when a page raised, took too long or gave neither row nor reason."""
    parser = argparse.ArgumentParser(description="Feed the extractor mutated pages.")
    parser.add_argument("parts", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    seeds = load_seeds(options.parts or [path.parent for path in sorted(DEFAULT_ROOT.glob("*/gold.jsonl"))])
    if seeds == [PLAIN]:
        print("No pages found; mutating one made here.", file=sys.stderr)
    rng = random.Random(options.seed)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    failures = 0
    for number in range(options.count):
        page = mutate(rng.choice(seeds), rng)
        started = time.process_time()
        try:
            article = extract_article(page, url=f"https://example.org/{number}")
        except Exception:  # the border to code under test: a failure is a result
            failures += 1
            traceback.print_exc(limit=-3)
            continue
        took = time.process_time() - started
        slowest = max(slowest, took)
        silent = article.outcome != "ok" and not article.reason
        offsets_hold = all(article.text[b.start : b.end].strip() for b in article.blocks)
        failures += took > SLOW_S or silent or not offsets_hold
        if took > SLOW_S:
            print(f"page {number} of {len(page)} bytes took {took:.2f} s", file=sys.stderr)
        outcomes[article.outcome] += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{options.count} pages, {failures} failures, slowest {slowest:.2f} s, peak {peak:.0f} MB, {dict(outcomes)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
