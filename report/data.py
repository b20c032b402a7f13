"""The report's queries of the published warehouse. Every result is a tuple of rows; a row is a plain mapping."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from load.connection import Connection
from load.errors import WarehouseError
from report.words import Row

# `picked` has the claims of the report, as a temporary table: the published copy itself is never written to. A measure
# with three claims or two outlets has a page; other claims are shown only on their articles' pages. `digest` is a hash
# of everything that pages show about a claim, including the names of its subjects and the page of its measure, so that
# a sum of digests shows whether a page has to be rewritten. `keys` are the subjects whose pages show the claim.
PICK = """
    create or replace temp table picked as
    select
        version_id, direction, c.subject, place, country, hedge, headline, url, published_at, confidence, warc_file,
        warc_offset, extractor_version, publisher, source, m.measure_name,
        claim_id, article_id, m.measure_key, c.measure_key as figure_key, c.measure_kind, surface, low, high, bound,
        unit, currency, per, si_low, si_high, si_unit, thing, place_name, as_of_start, as_of_end, said_by,
        said_by_name, said_by_kind, is_anonymous,
        polarity, verification, quote, news_date, is_current, c.is_counted and is_latest as is_counted,
        not c.is_counted as is_copy, is_latest, holds_to,
        claim_start, claim_end, sentence_start, c.speaker_entity, c.subject_entity, c.place_entity,
        coalesce(publisher, source, '?') as outlet,
        s.name as speaker,
        list_distinct(list_filter(
            ['outlet:' || outlet, s.entity_id, b.entity_id, p.entity_id], lambda key: key is not null
        )) as keys,
        hash(c, m.measure_key, s.name, b.name, p.name) as digest
    from claims as c
    left join entities as s on c.speaker_entity = s.entity_id
    left join entities as b on c.subject_entity = b.entity_id
    left join entities as p on c.place_entity = p.entity_id
    left join (from measures where is_shown) as m on c.measure_key = m.measure_key
    where (? is null or news_date >= ?) and (? is null or news_date <= ?)
        and (len(?::varchar[]) = 0 or list_has_any(?::varchar[], [lower(c.measure_key), lower(c.measure_name)]))
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], lower(source)))
"""
# The columns of a claim that pages show.
SHOWN = """
    version_id, measure_name, claim_id, article_id, measure_key, measure_kind, surface, low, high, bound, unit,
    currency, per, si_low, si_high, si_unit, thing, place_name, as_of_start, as_of_end, said_by, said_by_name,
    said_by_kind, is_anonymous, polarity, verification, quote, news_date, is_current, is_counted, is_copy, is_latest,
    claim_start, claim_end, sentence_start, outlet, speaker, speaker_entity, least(holds_to, news_date) as day
"""
SHOWN_ARTICLES = """
    create or replace temp table shown_articles as
    select distinct a.article_id from articles as a
    inner join intermediate.int_article_versions as v using (version_id)
    where (? is null or v.news_date >= ?) and (? is null or v.news_date <= ?)
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], lower(a.source)))
        and (len(?::varchar[]) = 0 or a.article_id in (select article_id from picked))
"""
# The people, organisations and places named in the articles shown, once per article, in its current version; without
# the article's authors and its outlet.
NAMED = """
    create or replace temp table named as
    select e.kind, e.entity_id as key, e.name, a.article_id, v.news_date, a.headline,
        coalesce(a.publisher, a.source, '?') as outlet, count(*) as mentions, mode(m.role order by m.role) as role,
        any_value(m.country order by m.country, m.latitude, m.longitude) as country,
        any_value(m.latitude order by m.country, m.latitude, m.longitude) as latitude,
        any_value(m.longitude order by m.country, m.latitude, m.longitude) as longitude
    from mentions as m
    inner join entity_names as n on m.version_id = n.version_id and m.kind = n.kind and m.name = n.name
    inner join entities as e using (entity_id)
    inner join intermediate.int_article_versions as v on m.version_id = v.version_id
    inner join articles as a on m.version_id = a.version_id
    where v.is_current and a.article_id in (select article_id from shown_articles)
        and m.name is distinct from a.publisher and not list_contains(coalesce(a.authors, []), m.name)
    group by all
"""
# The subjects with a page: outlets; speakers and owners of claims; places that are named; and other names that occur in
# more than one article.
SUBJECTS = """
    create or replace temp table subjects as
    select distinct 'outlet' as kind, 'outlet:' || outlet as key, outlet as name
    from (
        select coalesce(publisher, source, '?') as outlet from articles
        where article_id in (select article_id from shown_articles)
    )
    union all
    select kind, entity_id, name from entities
    where entity_id in (
        select unnest(keys) from picked where is_current
        union
        select key from named group by kind, key having kind = 'place' or count(*) > 1
    )
"""
# One unit for all claims of a measure: their own, or the SI unit if they differ. Values are in that unit. A claim's day
# is the stated one, at most its publication day; without a stated day it is the publication day.
MEASURED = """
    create or replace temp table measured as
    with units as (
        select measure_key, min(unit) is distinct from max(unit) or count(unit) not in (0, count(*)) as is_mixed
        from picked where is_current and measure_key is not null group by 1
    )
    select p.claim_id, measure_key, news_date, least(holds_to, news_date) as day, is_counted, is_copy, outlet,
        if(is_mixed, si_unit, unit) as unit, currency,
        if(is_mixed and si_unit is not null, si_low, low) as low,
        if(is_mixed and si_unit is not null, si_high, high) as high
    from picked as p inner join units using (measure_key) where is_current
"""
# A digest of the inputs of each page: if it is the same, the page is unchanged.
ARTICLE_INPUTS = """
    with parts as (
        select article_id, hash(a) as part from articles as a
        union all
        select article_id, digest from picked
        union all
        select a.article_id, hash(t) from attributions as t inner join articles as a using (version_id)
        union all
        select article_id, hash(n) from named as n inner join subjects as s using (key)
    )
    select article_id, sum(part::hugeint)::varchar from parts
    where article_id in (select article_id from shown_articles) group by article_id
"""
MEASURE_INPUTS = """
    select measure_key, sum(digest::hugeint)::varchar from picked
    where measure_key is not null and is_current group by 1
"""
MEASURE_SQL = "select *\nfrom claims\nwhere measure_key = {key} and is_current\norder by news_date, publisher, claim_id"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the report covers: days of publication, measures and sources; empty means all."""

    published_from: date | None = None
    published_to: date | None = None
    measures: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether the selection covers everything."""
        return self == Selection()


def rows(con: Connection, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> tuple[Row, ...]:
    """Run a query and return its rows by column name."""
    result = con.execute(sql, parameters)
    names = [column[0] for column in result.description or ()]
    return tuple(dict(zip(names, values, strict=True)) for values in result.fetchall())


def pick(con: Connection, selection: Selection) -> None:
    """Create the temporary tables that all other queries use: picked, shown_articles, named and subjects.

    Raises WarehouseError if the selection names a measure or a source that is not in the warehouse.
    """
    days = [selection.published_from] * 2 + [selection.published_to] * 2
    measures = [[name.lower() for name in selection.measures]] * 2
    sources = [[name.lower() for name in selection.sources]] * 2
    for name in selection.measures:
        _refuse_unknown(con, "measure", name, "select measure_key from claims union select measure_name from claims")
    for name in selection.sources:
        _refuse_unknown(con, "source", name, "select source from articles")
    con.execute(PICK, [*days, *measures, *sources])
    con.execute(SHOWN_ARTICLES, [*days, *sources, measures[0]])
    con.execute(MEASURED)
    con.execute(NAMED)
    con.execute(SUBJECTS)


def _refuse_unknown(con: Connection, what: str, name: str, known: str) -> None:
    found = {row[0].lower(): row[0] for row in con.execute(known).fetchall() if row[0]}
    if name.lower() not in found:
        near = [found[close] for close in get_close_matches(name.lower(), found, n=3, cutoff=0.5)]
        hint = f"Near it: {'; '.join(near)}." if near else f"Leave --{what} away to see them all."
        raise WarehouseError(f"The warehouse has no {what} {name!r}.", hint=hint)


def inputs(con: Connection, sql: str) -> dict[str, Any]:
    """Return the second column of a query by its first: the digest of each page's inputs, by key."""
    return dict(con.execute(sql).fetchall())


def claims_by_measure(con: Connection, keys: Iterable[str], most: int) -> dict[str, list[Row]]:
    """Return the newest current claims of measures, oldest first."""
    newest = """
        select claim_id from picked where is_current and measure_key in (select unnest(?::varchar[]))
        qualify row_number() over (partition by measure_key order by news_date desc, outlet desc, claim_id desc) <= ?
    """
    return grouped(shown_claims(con, newest, [list(keys), most]), "measure_key")


def shown_claims(con: Connection, ids: str, parameters: Sequence[Any]) -> tuple[Row, ...]:
    """Return the shown columns of the claims whose ids a query gives, oldest first."""
    sql = f"""
        select {SHOWN} from picked where claim_id in ({ids}) order by news_date, outlet, claim_id
    """  # noqa: S608 - the query is one of this module's
    return rows(con, sql, parameters)


def measure_days(con: Connection, keys: Iterable[str]) -> dict[str, list[Row]]:
    """Return the lowest, the median and the highest counted value of each day of measures, oldest first."""
    sql = """
        with ended as (
            select measure_key, day as news_date, if(isfinite(low), low, null) as low,
                if(isfinite(high), high, null) as high
            from measured where is_counted and measure_key in (select unnest(?::varchar[]))
        )
        select measure_key, news_date, min(coalesce(low, high)) as low, max(coalesce(high, low)) as high,
            median((coalesce(low, high) + coalesce(high, low)) / 2) as median
        from ended where low is not null or high is not null
        group by measure_key, news_date order by news_date
    """
    return grouped(rows(con, sql, [list(keys)]), "measure_key")


def measure_totals(con: Connection, keys: Iterable[str]) -> dict[str, Row]:
    """Return for measures: claims, outlets, copies among the claims, first_day and last_day."""
    sql = """
        select measure_key, count(*) as claims, count(distinct outlet) as outlets,
            count(*) filter (where is_copy) as copies, min(news_date) as first_day, max(news_date) as last_day
        from measured where measure_key in (select unnest(?::varchar[])) group by 1
    """
    return {row["measure_key"]: row for row in rows(con, sql, [list(keys)])}


def measure_subjects(con: Connection, keys: Iterable[str]) -> dict[str, list[Row]]:
    """Return the subjects of measures, by ``part`` (Of, Where, Said by, Reported by), most claims first."""
    sql = """
        with parts as (
            select measure_key, unnest(['Of', 'Where', 'Said by', 'Reported by']) as part,
                unnest([subject_entity, place_entity, speaker_entity, 'outlet:' || outlet]) as key
            from picked where is_current and measure_key in (select unnest(?::varchar[]))
        )
        select measure_key, part, key, name, count(*) as claims
        from parts inner join subjects using (key)
        group by all order by measure_key, part, claims desc, key
    """
    return grouped(rows(con, sql, [list(keys)]), "measure_key")


def versions(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the versions of articles, oldest first, with the location of each page in the archive."""
    sql = """
        select a.*, v.version_number, v.is_current, v.news_date, v.story_id, f.warc_file, f.warc_offset,
            coalesce(a.publisher, a.source, '?') as outlet
        from articles as a
        inner join intermediate.int_article_versions as v using (version_id)
        left join fetches as f on f.fetch_id = a.fetch_id
        where a.article_id in (select unnest(?::varchar[])) order by v.version_number
    """
    return grouped(rows(con, sql, [list(articles)]), "article_id")


def records(con: Connection) -> Sequence[Row]:
    """Return the archive location and the identifying columns of the page of each version of the articles shown."""
    return rows(
        con,
        """
        select a.article_id, a.version_id, a.headline, coalesce(a.publisher, a.source, '?') as outlet, f.fetch_id,
            f.source, coalesce(f.final_url, f.url) as url, f.fetched_at, f.status, f.warc_file, f.warc_offset,
            f.page_sha256
        from articles as a
        inner join intermediate.int_article_versions as v using (version_id)
        inner join fetches as f on f.fetch_id = a.fetch_id
        where a.article_id in (select article_id from shown_articles) and f.warc_file is not null
        order by a.article_id, v.version_number
        """,
    )


def claims_by_version(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the claims of articles by version, in the order of the text."""
    sql = f"""
        select {SHOWN} from picked where article_id in (select unnest(?::varchar[])) order by claim_start, claim_id
    """  # noqa: S608 - the columns are those above
    return grouped(rows(con, sql, [list(articles)]), "version_id")


def attributions_by_version(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the attributions in articles, by version."""
    sql = """
        select t.* from attributions as t inner join articles as a using (version_id)
        where a.article_id in (select unnest(?::varchar[])) order by t.cue_start, t.attribution_id
    """
    return grouped(rows(con, sql, [list(articles)]), "version_id")


def named_by_article(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the people, organisations and places named in articles that have a page, most mentions first."""
    sql = """
        select n.* from named as n semi join subjects as s using (key)
        where n.article_id in (select unnest(?::varchar[])) order by n.mentions desc, n.key
    """
    return grouped(rows(con, sql, [list(articles)]), "article_id")


def grouped(found: Iterable[Row], by: str) -> dict[str, list[Row]]:
    """Return rows by the value of a column, in their order."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[row[by]].append(row)
    return groups


def page_name(key: str) -> str:
    """Return a file name for any key: its ASCII characters for readability, and a digest for uniqueness."""
    readable = re.sub(r"[^a-z0-9]+", "-", key.partition(":")[2].lower() or key)[:40].strip("-")
    return f"{readable or 'x'}-{sha256(key.encode()).hexdigest()[:10]}"


def measure_sql(key: str) -> str:
    """Return an SQL query for the claims on a measure's page."""
    return MEASURE_SQL.format(key=literal(key))


def literal(text: str) -> str:
    """Write a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
