"""How fast whole articles are read, every row kind, on one core.

    python -m benchmarks.reader [FOLDER_OF_PAGES] [--limit 120] [--json]

Texts are the sample newsroom's articles and, with a folder laid out as the evaluation pages are, the gold texts of its
English pages instead. The rate is scaled to articles of 700 words; CPU time is this process's. Stages are timed in the
order of ``read_rows``; the parse, which two of them share, is a stage of its own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.read.english.attributions import find_attributions
from extract.read.english.claims import find_quantities
from extract.read.english.dates import find_dates
from extract.read.english.document import Document
from extract.read.english.link import link
from extract.read.english.mentions import find_mentions
from extract.read.english.quantities import read_numbers
from extract.read.rows import read_rows
from sample.content import load_articles

WORDS = 700


def texts(folder: Path | None, limit: int) -> list[str]:
    """Return the sample's English texts, or those of a folder's gold files."""
    if folder is None:
        return [article.text for article in load_articles() if (article.language or "").startswith("en")]
    lines = (
        line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").split("\n") if line
    )
    found = (str(json.loads(line).get("text") or "") for line in lines)
    return [text for text in found if len(text.split()) > WORDS // 4 and " the " in text][:limit]


def measure(articles: list[str]) -> dict[str, Any]:
    """Read every text twice, the first time to warm up; return rate and seconds by stage."""
    for text in articles[:5]:
        read_rows(text, language="en")
    started = time.process_time()
    for text in articles:
        read_rows(text, language="en")
    spent = time.process_time() - started
    words = sum(len(text.split()) for text in articles)
    return {
        "articles": len(articles),
        "words": words,
        "articles_per_cpu_s": round(words / WORDS / spent, 1),
        "ms_per_article": round(spent / words * WORDS * 1000, 1),
        "stages_ms_per_article": {k: round(v / words * WORDS * 1000, 1) for k, v in _stages(articles).items()},
        "parsed_words": round(_parsed(articles) / words, 3),
    }


def _stages(articles: list[str]) -> dict[str, float]:
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, step: Any, *arguments: Any) -> Any:
        started = time.process_time()
        result = step(*arguments)
        spent[name] += time.process_time() - started
        return result

    class Timed(Document):
        def parse(self, indices: Iterable[int]) -> None:
            timed("parse", super().parse, indices)

    for text in articles:
        doc = Timed(text)
        timed("sentences", lambda doc=doc: doc.sentences)
        dates = timed("dates", find_dates, doc, None)
        mentions = timed("mentions", find_mentions, doc)
        numbers = timed("quantities", read_numbers, doc, dates)
        doc.want(index for index, _, _ in numbers)
        before = spent["parse"]
        attributions = timed("attributions", find_attributions, doc, mentions)
        spent["attributions"] -= spent["parse"] - before
        quantities = timed("quantities", find_quantities, doc, dates, mentions, None, numbers, attributions)
        timed("link", link, doc, quantities, attributions)
    return spent


def _parsed(articles: list[str]) -> int:
    words = 0
    for text in articles:
        doc = Document(text)
        mentions = find_mentions(doc)
        find_attributions(doc, mentions)
        find_quantities(doc, find_dates(doc, None), mentions, None)
        words += sum(len(doc.text[slice(*doc.sentences[i])].split()) for i in doc.parsed_sentences)
    return words


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = texts(options.folder, options.limit)
    if not found:
        print(f"{options.folder} holds no gold texts: the evaluation data is not part of the project")
        return
    figures = measure(found)
    for name, value in figures.items():
        print(f"{name:<24} {value}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
