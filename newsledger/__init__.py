"""Newsledger as a library: one page to rows, and queries of a published warehouse.

    from newsledger import extract_article, read_rows

    article = extract_article(html, url="https://example.org/a")
    rows = read_rows(article.text, published_at=article.published_at, language=article.language)

    from newsledger import load_settings, query

    answer = query(load_settings().warehouse, "from claims limit 20")
    answer.columns, answer.rows

What is listed in ``__all__`` stays; everything else may change between releases.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract import EXTRACTOR_VERSION, Article, Rows, extract_article, read_rows
    from extract.errors import NewsledgerError
    from flows.settings import load_settings
    from load.query import Answer, query

__all__ = [
    "EXTRACTOR_VERSION",
    "Answer",
    "Article",
    "NewsledgerError",
    "Rows",
    "__version__",
    "extract_article",
    "load_settings",
    "query",
    "read_rows",
]

__version__ = version("newsledger")

PLACES = {
    "NewsledgerError": "extract.errors",
    "load_settings": "flows.settings",
    "Answer": "load.query",
    "query": "load.query",
}


def __getattr__(name: str) -> Any:
    # Imported when first used (PEP 562): readers bring language models, queries bring DuckDB.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_import_own(PLACES.get(name, "extract")), name)


def _import_own(module: str) -> Any:
    """Import one of our packages, also where a script lies beside a folder or file of the same name."""
    root = str(Path(__file__).resolve().parent.parent)
    sys.path.insert(0, root)
    try:
        found = import_module(module)
    finally:
        sys.path.remove(root)
    return found
