"""Selection of claims by day, source, measure, speaker, place and words, or by any SQL condition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from load.config import WarehouseConfig
from load.connection import Connection, reader
from load.errors import QueryError
from load.query import CLOSED

# Columns that locate a claim's page in the archive, in addition to those of the table `claims`.
EVIDENCE = ("warc_length", "page_sha256", "final_url", "status")


@dataclass(frozen=True, slots=True)
class Selection:
    """Claims that meet all given conditions; days are publication days, both ends included.

    ``measures``, ``speakers``, ``places`` and ``words`` match by words: every word of one of them must occur in the
    measure's name or key, the speaker's name, the place's name or the quote. Without ``all_versions``, only claims of
    the current version of an article are selected.
    """

    published_from: date | None = None
    published_to: date | None = None
    sources: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    anonymous: bool = False
    all_versions: bool = False
    where: str | None = None

    def condition(self) -> tuple[str, list[Any]]:
        """Write the selection as an SQL condition on the claims ``c``, with its parameters."""
        parts: list[str] = []
        values: list[Any] = []
        for sql, value in self._simple():
            if value:
                parts.append(sql)
                values.append(value)
        for column, wanted in self._by_words():
            if wanted:
                choices, words = _any_of(column, wanted)
                parts.append(choices)
                values += words
        parts += ["c.is_anonymous"] * self.anonymous + ["c.is_current"] * (not self.all_versions)
        if self.where:
            # The user's own condition, run on a read-only copy; it may end in a comment.
            parts.append(f"c.claim_id in (select claim_id from claims where {self.where}\n)")  # noqa: S608
        return " and ".join(parts) or "true", values

    def _simple(self) -> tuple[tuple[str, Any], ...]:
        return (
            ("c.news_date >= ?", self.published_from),
            ("c.news_date <= ?", self.published_to),
            ("list_contains(?::varchar[], c.source)", list(self.sources)),
            ("list_contains(?::varchar[], c.claim_id)", list(self.claim_ids)),
        )

    def _by_words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (
            ("concat_ws(' ', c.measure_name, c.measure_key)", self.measures),
            ("concat_ws(' ', c.said_by_name, c.said_by)", self.speakers),
            ("concat_ws(' ', c.place_name, c.place)", self.places),
            ("c.quote", self.words),
        )


def _any_of(column: str, wanted: tuple[str, ...]) -> tuple[str, list[str]]:
    """Write the condition that a column contains all words of one of the texts, ignoring accents and case."""
    choices, values = [], []
    for text in wanted:
        words = text.replace(",", " ").split()
        values += words
        choices.append(
            " and ".join([f"contains(strip_accents(lower({column})), strip_accents(lower(?)))"] * len(words))
        )
    return "(" + " or ".join(f"({choice or 'true'})" for choice in choices) + ")", values


@contextmanager
def selected(config: WarehouseConfig, selection: Selection) -> Iterator[Connection]:
    """Open the published copy and run the query for the selected claims; rows are fetched from the yielded connection.

    A row has the columns of ``claims`` and those that locate its page in the archive. Raises NotPublished, and
    QueryError for a condition that DuckDB cannot run.
    """
    condition, values = selection.condition()
    sql = f"""
        select c.*, {", ".join(f"f.{name}" for name in EVIDENCE)}
        from claims as c left join fetches as f on f.fetch_id = c.fetch_id
        where {condition}
        order by c.news_date, c.publisher, c.article_id, c.version_number, c.claim_start, c.claim_id
    """  # noqa: S608 - the user's own condition runs on a read-only copy
    with reader(config) as con:
        try:
            for setting in CLOSED if selection.where else ():
                con.execute(setting)
            yield con.execute(sql, values)
        except duckdb.Error as error:
            raise QueryError(
                f"DuckDB cannot select that: {error}",
                hint="The condition of --where is SQL on the columns of `claims`: docs/schema.md lists them.",
            ) from None
