"""The result of reading a page, and the Arrow tables in which it is passed to a merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pyarrow as pa

from extract.types import Article, Fetch, Rows
from load.arrow import to_arrow
from load.ledger import Batch
from load.schema import tables


@dataclass(frozen=True, slots=True)
class Extraction:
    """The result of reading one archived page: the fetch, the article (or why there is none), and its rows.

    ``timezone`` is the time zone of its source that the page was read with.
    """

    fetch: Fetch
    article: Article
    rows: Rows
    timezone: str | None = None


# The columns of an extraction that come from its fetch.
FROM_FETCH = frozenset({"fetch_id", "source", "url", "fetched_at", "page_sha256"})
# The tables whose rows belong to a version of an article, and where an extraction holds them.
CHILDREN: dict[str, Callable[[Extraction], Sequence[object]]] = {
    "quantities": attrgetter("rows.quantities"),
    "attributions": attrgetter("rows.attributions"),
    "dates": attrgetter("rows.dates"),
    "mentions": attrgetter("rows.mentions"),
    "images": attrgetter("article.images"),
}


def stage(extractions: list[Extraction], batch: Batch) -> dict[str, pa.Table]:
    """Return the batch of rows for each table, by the name that the merge uses for it."""
    ok = [e for e in extractions if e.article.outcome == "ok"]
    staged = {
        "in_articles": to_arrow(
            tables()["articles"],
            [e.article for e in ok],
            fetch_id=[e.fetch.fetch_id for e in ok],
            fetched_at=[e.fetch.fetched_at for e in ok],
        ),
        "in_extractions": _stage_extractions(extractions, batch),
    }
    for name, rows_of in CHILDREN.items():
        children = [rows_of(e) for e in ok]
        owners = [e.fetch.fetch_id for e, rows in zip(ok, children, strict=True) for _ in rows]
        records = [row for rows in children for row in rows]
        staged[f"in_{name}"] = to_arrow(tables()[name], records, fetch_id=owners)
    return staged


def _stage_extractions(extractions: list[Extraction], batch: Batch) -> pa.Table:
    table = tables()["extractions"]
    rows = [_extraction_row(e, batch) for e in extractions]
    names = [name for name in table.names if name not in FROM_FETCH]
    columns = {name: [row[name] for row in rows] for name in names}
    return to_arrow(table, [e.fetch for e in extractions], **columns)


def _extraction_row(extraction: Extraction, batch: Batch) -> dict[str, Any]:
    """The columns of an extraction's row that do not come from its fetch."""
    article = extraction.article
    # A rejected page has no article in the warehouse.
    is_loaded = article.outcome == "ok"
    return {
        "extractor_version": article.extractor_version,
        "outcome": article.outcome,
        "page_kind": article.page_kind,
        "reason": article.reason,
        "article_id": article.article_id if is_loaded else None,
        "version_id": article.version_id if is_loaded else None,
        "skipped": extraction.rows.skipped,
        "timezone": extraction.timezone,
        "row_count": _row_count(extraction),
        "row_digest": 0,
        "batch_id": batch.batch_id,
    }


def _row_count(extraction: Extraction) -> int:
    if extraction.article.outcome != "ok":
        return 0
    return 1 + sum(len(rows_of(extraction)) for rows_of in CHILDREN.values())
