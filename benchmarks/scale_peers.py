"""The same WARC, the same run: Newsledger against trafilatura over fastwarc and news-please's CC-NEWS reader.

    python -m benchmarks.scale_peers [--articles 300] [--news-please-python PYTHON] [--json]

Each reader is a process of its own that goes through the WARC file record by record and is measured by its processor
time, one core each, start and imports included and told apart. Newsledger is measured three times: strip alone (what
the peers do), strip and rows, and the whole ingest to published marts. news-please wants other versions of packages
than ours; make it an environment of its own and name its Python (``pip install news-please``), else it is left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.scale import make_warc, measure, write_settings

# What a reader runs: it defines ``read(record)``, and counts the records that gave an article.
FRAME = """
import resource, sys
{setup}
def cpu():
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
begun, done, articles = cpu(), 0, 0
with open(sys.argv[1], "rb") as file:
    for record in records(file):
        done += 1
        articles += read(record)
        if done == 1:
            first = cpu()
print(done, articles, first, cpu())
"""
FASTWARC = """
from fastwarc.warc import ArchiveIterator, WarcRecordType
def records(file):
    return ArchiveIterator(file, record_types=WarcRecordType.response)
"""
TRAFILATURA = """
import trafilatura
def read(record):
    found = trafilatura.bare_extraction(record.reader.read(), url=record.headers["WARC-Target-URI"], with_metadata=True)
    return found is not None and bool(found.text)
"""
# As its CC-NEWS crawler reads: warcio's records through ``from_warc``.
NEWS_PLEASE = """
from newsplease import NewsPlease
from warcio.archiveiterator import ArchiveIterator
def records(file):
    return (record for record in ArchiveIterator(file) if record.rec_type == "response")
def read(record):
    return bool(NewsPlease.from_warc(record, decode_errors="replace", fetch_images=False).maintext)
"""
OURS = """
import extract
def read(record):
    article = extract.extract_article(
        record.reader.read(), url=record.headers["WARC-Target-URI"], fetched_at=record.record_date,
        content_type="text/html", source="generated",
    )
    {rows}
    return article.outcome == "ok"
"""
ROWS = """extract.read_rows(
        article.text, published_at=article.published_at, language=article.language, version_id=article.version_id
    )"""


def time_reader(python: str, setup: str, warc: Path) -> dict[str, float]:
    """Run a reader over the file; its rate leaves start, imports and the first page, which loads models, out."""
    command = [python, "-c", FRAME.replace("{setup}", setup), str(warc)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-4:]
    done, articles, first, end = int(said[0]), int(said[1]), float(said[2]), float(said[3])
    return {
        "pages": done,
        "articles": articles,
        "start_cpu_s": round(first, 2),
        "ms_a_page": round(1000 * (end - first) / (done - 1), 2),
        "pages_per_cpu_s": round((done - 1) / (end - first), 1),
    }


def run(articles: int, news_please: str | None, folder: Path) -> dict[str, dict[str, Any]]:
    """Measure all readers on one file."""
    warc = make_warc(articles, folder).absolute()
    found = {
        "trafilatura over fastwarc": time_reader(sys.executable, FASTWARC + TRAFILATURA, warc),
        "newsledger, strip": time_reader(sys.executable, FASTWARC + OURS.replace("{rows}", ""), warc),
        "newsledger, strip and rows": time_reader(sys.executable, FASTWARC + OURS.replace("{rows}", ROWS), warc),
    }
    if news_please:
        found["news-please"] = time_reader(news_please, NEWS_PLEASE, warc)
    whole = measure(write_settings(folder / "whole", warc, 1), 1)
    found["newsledger, WARC to published marts"] = {
        "pages": whole["pages"],
        "articles": whole["articles"],
        "ms_a_page": round(1000 * whole["cpu_s"] / whole["pages"], 2),
        "pages_per_cpu_s": round(whole["pages"] / whole["cpu_s"], 1),
        "start_cpu_s": 0.0,
    }
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--news-please-python", help="a Python that has news-please and fastwarc")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsledger-peers-") as folder:
        found = run(arguments.articles, arguments.news_please_python, Path(folder))
    print(f"{'reader':<38}{'pages':>7}{'with text':>10}{'start cpu s':>13}{'ms a page':>11}{'pages/cpu s':>13}")
    for name, f in found.items():
        print(f"{name:<38}{f['pages']:>7}{f['articles']:>10}{f['start_cpu_s']:>13}{f['ms_a_page']:>11}", end="")
        print(f"{f['pages_per_cpu_s']:>13}")
    if not arguments.news_please_python:
        print("news-please was left out: no Python was named that has it.")
    if arguments.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
