"""A large CC-NEWS-like file read by host filter: speed and peak memory.

    python -m benchmarks.ccnews [--mb 1000] [--json]

Writes a gzipped WARC file of generated pages of several outlets until it has so many megabytes, reads it as a stream
the way ``newsledger ccnews`` does, keeping the pages of one outlet, and deletes it. Memory is that of the process, its
growth above what it was before.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from io import FileIO
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from extract.discover.ccnews import of_hosts
from extract.discover.warcs import stream_warc
from sample.generator import generate_articles, warc_records
from sample.pages import pages

ARTICLES = 400


def write(path: Path, size: int) -> str:
    """Write a file of about so many bytes; return the host that most of its pages are of."""
    articles = list(generate_articles(ARTICLES, seed=9))
    records = list(warc_records(articles))
    written = 0
    with path.open("wb") as out:
        for record in cycle(records):
            written += out.write(record)
            if written >= size:
                break
    hosts = Counter(urlsplit(url).netloc for url, _, _ in pages(articles))
    return hosts.most_common(1)[0][0]


def measure(path: Path, host: str) -> dict[str, float]:
    """Read the file and return the figures."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    kept = passed = 0
    with FileIO(path) as stream:
        for _, page in stream_warc(stream, "bench", of_hosts([host])):
            kept += page is not None
            passed += page is None
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    megabytes = path.stat().st_size / 1e6
    return {
        "file_mb": round(megabytes, 1),
        "kept": kept,
        "passed_over": passed,
        "mb_per_second": round(megabytes / seconds, 1),
        "mb_per_cpu_second": round(megabytes / cpu, 1),
        "peak_mb": round(after.ru_maxrss / 1024, 1),
        "growth_mb": round((after.ru_maxrss - before.ru_maxrss) / 1024, 1),
    }


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--mb", type=int, default=1000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsledger-") as folder:
        path = Path(folder) / "CC-NEWS.warc.gz"
        figures = measure(path, write(path, given.mb * 1_000_000))
    print(
        json.dumps(figures) if given.json else "\n".join(f"{name:18} {value:>12,}" for name, value in figures.items())
    )


if __name__ == "__main__":
    main()
