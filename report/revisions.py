"""Numbers that outlets changed after publication: one entry for each change of an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from load.connection import Connection
from report.data import grouped, rows
from report.spans import Piece, compare
from report.words import Row

# Both claims as a row of `picked` each; `nth` is the rank of the article's change in the list, newest first.
REVISIONS = """
    with changes as (
        select r.article_id, r.version_id, r.revised_at, r.headline, r.url, r.before_quote, r.after_quote,
            a.outlet, a.quote, b as before_claim, a as after_claim, 'outlet:' || a.outlet as key,
            dense_rank() over (
                {partition} order by r.revised_at desc, r.article_id, r.version_id
            ) as nth
        from claim_revisions as r
        inner join picked as a on a.claim_id = r.claim_id
        inner join picked as b on b.claim_id = r.before_claim_id
        where len($keys::varchar[]) = 0 or 'outlet:' || a.outlet in (select unnest($keys::varchar[]))
    )
    select * from changes where nth <= $most
    order by revised_at desc, article_id, version_id, after_claim.claim_start, after_claim.claim_id
"""
MOST = 6


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of an article: its first row (headline, outlet, times), all numbers, and each sentence once."""

    article: Row
    numbers: tuple[tuple[Row, Row], ...]
    sentences: tuple[tuple[list[Piece], list[Piece]], ...]

    @classmethod
    def of(cls, changed: Sequence[Row]) -> Revision:
        """Combine the rows of one change of an article."""
        numbers = tuple((row["before_claim"], row["after_claim"]) for row in changed)
        quotes = dict.fromkeys((row["before_quote"] or "", row["after_quote"] or "") for row in changed)
        return cls(changed[0], numbers, tuple(compare(*pair) for pair in quotes))


def newest_revisions(con: Connection, most: int = MOST) -> list[Revision]:
    """Return the newest changes of articles in the report."""
    return _revisions(rows(con, REVISIONS.format(partition=""), {"keys": [], "most": most}))


def revisions_of(con: Connection, outlets: Sequence[str]) -> dict[str, list[Revision]]:
    """Return the newest changes by outlet (their subjects' keys)."""
    if not outlets:
        return {}
    sql = REVISIONS.format(partition="partition by a.outlet")
    found = rows(con, sql, {"keys": list(outlets), "most": MOST})
    return {key: _revisions(changed) for key, changed in grouped(found, "key").items()}


def _revisions(changed: Iterable[Row]) -> list[Revision]:
    times = groupby(changed, key=lambda row: (row["article_id"], row["version_id"]))
    return [Revision.of(list(together)) for _, together in times]
