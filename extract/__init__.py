"""From the web to rows: discover, fetch, archive, strip and read.

Two functions are the public interface of this package as a library::

    from extract import extract_article, read_rows

    article = extract_article(html, url="https://example.org/a", fetched_at=when)
    rows = read_rows(article.text, published_at=article.reading_day, language=article.language)

Both are pure functions: the same bytes give the same rows, on any machine, without a network.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.read.rows import read_rows
    from extract.strip import extract_article
    from extract.types import Article, Attribution, DateMention, Mention, Quantity, Rows

from extract.version import EXTRACTOR_VERSION

__all__ = [
    "EXTRACTOR_VERSION",
    "Article",
    "Attribution",
    "DateMention",
    "Mention",
    "Quantity",
    "Rows",
    "extract_article",
    "read_rows",
]


PLACES = {"extract_article": "extract.strip", "read_rows": "extract.read.rows"}


def __getattr__(name: str) -> Any:
    # Imported lazily (PEP 562): readers and models are needed only for reading pages, and `--help` needs no records.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(PLACES.get(name, "extract.types")), name)
