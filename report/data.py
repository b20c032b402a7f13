"""What the report asks of the published warehouse. Every answer is a tuple of rows; a row is a plain mapping."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from load.connection import Connection

Row = dict[str, Any]

# `picked` holds the claims that the report is about; the published copy itself is never written to.
PICK = """
    create or replace temp table picked as
    select * from claims
    where (? is null or news_date >= ?) and (? is null or news_date <= ?)
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], measure_key))
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], source))
"""
# What a page is made of, as one number a page: when it is the same, the page is.
ARTICLE_INPUTS = """
    with parts as (
        select article_id, hash(a) as part from articles as a
        union all
        select article_id, hash(p) from picked as p
        union all
        select a.article_id, hash(t) from attributions as t inner join articles as a using (version_id)
    )
    select article_id, sum(part::hugeint)::varchar from parts
    where article_id in (select article_id from shown_articles) group by article_id
"""
SHOWN_ARTICLES = """
    create or replace temp table shown_articles as
    select distinct a.article_id from articles as a
    inner join intermediate.int_article_versions as v using (version_id)
    where (? is null or v.news_date >= ?) and (? is null or v.news_date <= ?)
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], a.source))
        and (len(?::varchar[]) = 0 or a.article_id in (select article_id from picked))
"""
MEASURE_INPUTS = """
    select measure_key, sum(hash(p)::hugeint)::varchar from picked as p
    where measure_key is not null and is_current group by 1
"""
MEASURE_SQL = "select *\nfrom claims\nwhere measure_key = {key} and is_current\norder by news_date, publisher, claim_id"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the report is about: days of publication, measures and sources; empty means all."""

    published_from: date | None = None
    published_to: date | None = None
    measures: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()


def rows(con: Connection, sql: str, parameters: Sequence[Any] = ()) -> tuple[Row, ...]:
    """Run a query and return its rows by column name."""
    result = con.execute(sql, parameters)
    names = [column[0] for column in result.description or ()]
    return tuple(dict(zip(names, values, strict=True)) for values in result.fetchall())


def pick(con: Connection, selection: Selection) -> None:
    """Make the temporary tables ``picked`` (claims) and ``shown_articles`` that all other questions go to."""
    days = [selection.published_from] * 2 + [selection.published_to] * 2
    measures, sources = [list(selection.measures)] * 2, [list(selection.sources)] * 2
    con.execute(PICK, [*days, *measures, *sources])
    con.execute(SHOWN_ARTICLES, [*days, *sources, measures[0]])


def inputs(con: Connection, sql: str) -> dict[str, str]:
    """Return what each page is made of, by its key."""
    return dict(con.execute(sql).fetchall())


def claims_by_measure(con: Connection, keys: Iterable[str]) -> dict[str, list[Row]]:
    """Return the current claims of measures, oldest first."""
    sql = """
        select * from picked where is_current and measure_key in (select unnest(?::varchar[]))
        order by news_date, publisher, claim_id
    """
    return _grouped(rows(con, sql, [list(keys)]), "measure_key")


def versions(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the versions of articles, oldest first, with where the archive keeps each page."""
    sql = """
        select a.*, v.version_number, v.is_current, v.news_date, v.story_id, f.warc_file, f.warc_offset
        from articles as a
        inner join intermediate.int_article_versions as v using (version_id)
        left join fetches as f on f.fetch_id = a.fetch_id
        where a.article_id in (select unnest(?::varchar[])) order by v.version_number
    """
    return _grouped(rows(con, sql, [list(articles)]), "article_id")


def claims_by_version(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the claims of articles by version, in the order of the text."""
    sql = """
        select * from picked where article_id in (select unnest(?::varchar[])) order by claim_start, claim_id
    """
    return _grouped(rows(con, sql, [list(articles)]), "version_id")


def attributions_by_version(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return who says what in articles, by version."""
    sql = """
        select t.* from attributions as t inner join articles as a using (version_id)
        where a.article_id in (select unnest(?::varchar[])) order by t.cue_start, t.attribution_id
    """
    return _grouped(rows(con, sql, [list(articles)]), "version_id")


def _grouped(found: Iterable[Row], by: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[row[by]].append(row)
    return groups


def page_name(name: str) -> str:
    """Return a file name for any name: readable as far as ASCII goes, and unique by a digest."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    return f"{readable or 'x'}-{sha256(name.encode()).hexdigest()[:10]}"


def measure_sql(key: str) -> str:
    """Return the SQL that gives a measure's page."""
    return MEASURE_SQL.format(key="'" + key.replace("'", "''") + "'")
