"""Forgetting pages: their rows are deleted in one transaction, and a remaining row keeps them from coming back.

A forgotten attempt stays in ``fetches`` with the outcome ``forgotten``, its digest and its position in the archive. It
also stays in the archive itself, so a rebuilt warehouse knows it too. ``forgetting`` lists the remaining work:
cleaning archive files of such attempts, the publication, and what watches have sent. After a kill, the next run
finishes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from load.errors import QueryError
from load.extraction import CHILDREN
from load.faults import fault
from load.transaction import transaction


@dataclass(frozen=True, slots=True)
class Forgettable:
    """Which pages to forget: one URL, all pages of a source, all before a day, or those of a source before a day."""

    url: str | None = None
    source: str | None = None
    before: date | None = None

    def __post_init__(self) -> None:
        if not (self.url or self.source or self.before):
            raise QueryError("It is not clear what to forget.", hint="Give a URL, --source or --before.")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Counts of what was forgotten, or would be: attempts, article versions, numbers, and affected archive files."""

    attempts: int
    versions: int
    quantities: int
    files: int


# A page is all its attempts. A URL also selects all pages with the same article; a day selects all attempts or none.
PAGES = """
    create or replace temp table forgetting_pages as
    with attempts as (
        select f.source, f.url, f.final_url, f.purpose, e.article_id,
            coalesce(a.published_on, f.fetched_at::date) as day
        from fetches as f
        left join extractions as e on e.fetch_id = f.fetch_id
        left join articles as a on a.version_id = e.version_id
        where f.outcome <> 'forgotten'
    ),
    articles_meant as (
        select distinct article_id from attempts
        where article_id is not null and ($url is null or $url in (url, final_url))
    )
    select source, url
    from attempts
    where ($source is null or source = $source)
        and (
            $url is null
            or (
                purpose = 'page'
                and ($url in (url, final_url) or article_id in (select article_id from articles_meant))
            )
        )
    group by source, url
    having $before is null or max(day) < $before
"""
ATTEMPTS = """
    create or replace temp table forgetting_attempts as
    select fetch_id, warc_file from fetches
    where outcome <> 'forgotten'
        and ((source, url) in (select (source, url) from forgetting_pages) or list_contains($naming, fetch_id))
"""
# All archived fetches of feeds, sitemaps and section pages that announced any of the pages.
ANNOUNCEMENTS = """
    select f.fetch_id, f.url, f.warc_file, f.warc_offset from fetches as f
    where f.purpose = 'announcement' and f.outcome = 'ok' and f.warc_file is not null
        and f.url in (select found_in from candidates where url in (select url from forgetting_pages))
    order by f.warc_file, f.warc_offset
"""
# Versions that appear on no other page.
VERSIONS = """
    create or replace temp table forgetting_versions as
    select distinct version_id from extractions
    where fetch_id in (select fetch_id from forgetting_attempts) and version_id is not null
        and version_id not in (
            select version_id from extractions
            where version_id is not null and fetch_id not in (select fetch_id from forgetting_attempts)
        )
"""
DAYS = """
    insert into changed_days
    select distinct coalesce(published_on, fetched_at::date) as news_date from articles
    where article_id in (
        select article_id from extractions where fetch_id in (select fetch_id from forgetting_attempts)
    )
    and news_date not in (select news_date from changed_days)
"""
# Another page with the same version has to provide its rows now.
UNREAD = """
    update extractions set row_digest = null
    where fetch_id not in (select fetch_id from forgetting_attempts)
        and version_id in (
            select version_id from articles where fetch_id in (select fetch_id from forgetting_attempts)
        )
"""
TO_DO = """
    insert into forgetting
    select kind, what from (
        select 'archive' as kind, warc_file as what from forgetting_attempts where warc_file is not null
        union
        select 'publication', '' where exists (from forgetting_attempts)
        union
        select 'name', unnest([version_id, article_id]) from extractions
        where fetch_id in (select fetch_id from forgetting_attempts) and version_id is not null
        union
        select 'name', unnest([url, final_url]) from fetches
        where fetch_id in (select fetch_id from forgetting_attempts) and purpose = 'page'
    )
    where what is not null
    except
    select kind, what from forgetting
"""
TOMBSTONES = """
    update fetches set outcome = 'forgotten', detail = null, is_retryable = false, retry_after_at = null,
        etag = null, last_modified = null, content_type = null, redirects = []
    where fetch_id in (select fetch_id from forgetting_attempts)
"""


def announcements_of(
    con: duckdb.DuckDBPyConnection, what: Forgettable
) -> tuple[frozenset[str], tuple[tuple[str, str, str, int], ...]]:
    """Return the addresses of the pages, and the archived announcements that may list them.

    An announcement is given as fetch identifier, address, archive file and offset.
    """
    con.execute(PAGES, {"url": what.url, "source": what.source, "before": what.before})
    urls = con.execute("select distinct url from forgetting_pages").fetchall()
    return frozenset(row[0] for row in urls), tuple(con.execute(ANNOUNCEMENTS).fetchall())


def look_at(con: duckdb.DuckDBPyConnection, what: Forgettable, naming: Sequence[str] = ()) -> Forgotten:
    """Count what ``forget`` would delete, without changes. ``naming`` are announcement fetches to delete as well."""
    con.execute(PAGES, {"url": what.url, "source": what.source, "before": what.before})
    con.execute(ATTEMPTS, {"naming": list(naming)})
    con.execute(VERSIONS)
    row = con.execute("""
        select
            (select count(*) from forgetting_attempts), (select count(*) from forgetting_versions),
            (select count(*) from quantities semi join forgetting_versions using (version_id)),
            (select count(distinct warc_file) from forgetting_attempts)
    """).fetchone()
    assert row is not None
    return Forgotten(*row)


def forget(con: duckdb.DuckDBPyConnection, what: Forgettable, naming: Sequence[str] = ()) -> Forgotten:
    """Delete the pages from the landing tables, mark their days, and record which archive files have to be cleaned.

    ``naming`` are the fetches of archived announcements that list the pages; they are forgotten too.
    """
    with transaction(con):
        counts = look_at(con, what, naming)
        con.execute(TO_DO)
        con.execute(DAYS)
        con.execute(UNREAD)
        con.execute("delete from extractions where fetch_id in (select fetch_id from forgetting_attempts)")
        for table in ("articles", *CHILDREN):
            con.execute(f"delete from {table} where version_id in (select version_id from forgetting_versions)")
        for table in ("candidates", "left_out"):
            con.execute(f"delete from {table} where url in (select url from forgetting_pages)")
        con.execute("delete from rejects where (source, url) in (select (source, url) from forgetting_pages)")
        con.execute(TOMBSTONES)
        fault("forget.before_commit")
    return counts


def files_to_clean(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the archive files that still contain forgotten attempts, with the attempts to remove from each."""
    rows = con.execute("""
        select g.what, list(f.fetch_id)
        from forgetting as g
        inner join fetches as f on f.warc_file = g.what and f.outcome = 'forgotten'
        where g.kind = 'archive'
        group by g.what
        order by g.what
    """).fetchall()
    return dict(rows)


def file_is_clean(con: duckdb.DuckDBPyConnection, file: str) -> None:
    """Record that an archive file has been cleaned."""
    con.execute("delete from forgetting where kind = 'archive' and what = ?", [file])


def is_published_with_them(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the publication may still contain forgotten data."""
    return con.execute("select 1 from forgetting where kind = 'publication'").fetchone() is not None


def names_of_them(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the addresses and identifiers of forgotten pages that watches may have sent."""
    return frozenset(row[0] for row in con.execute("select what from forgetting where kind = 'name'").fetchall())


def is_published_without_them(con: duckdb.DuckDBPyConnection) -> None:
    """Record that the publication was rewritten and that the watches' records were cleaned."""
    con.execute("delete from forgetting where kind in ('publication', 'name')")
