"""What the report asks of the published warehouse. Every answer is a tuple of rows; a row is a plain mapping."""

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

# `picked` holds the claims that the report is about; the published copy itself is never written to. A measure with
# three claims or two outlets is shown as one; other claims stand on their articles' pages alone. `digest` stands for
# all that a claim is, so that every page can tell by a sum whether one of its claims changed. A speaker goes by the
# name that the article has for whom its source is: "Ruth Osei" for "Captain Ruth Osei, who leads the rescue".
PICK = """
    create or replace temp table picked as
    with speakers as (
        select t.attribution_id, min_by(m.name, m.start) as name
        from attributions as t
        inner join mentions as m
            on t.version_id = m.version_id and m.start >= t.source_start and m."end" <= t.source_end
        where m.kind = 'person' and t.source_kind = 'person'
        group by t.attribution_id
    )
    select
        version_id, direction, subject, place, country, hedge, headline, url, published_at, confidence, warc_file,
        warc_offset, extractor_version, publisher, source, m.measure_name,
        claim_id, article_id, m.measure_key, c.measure_key as figure_key, c.measure_kind, surface, low, high, bound,
        unit, currency, per, si_low, si_high, si_unit, thing, place_name, as_of_start, as_of_end, said_by,
        said_by_name, said_by_kind, is_anonymous,
        polarity, verification, quote, news_date, is_current, is_counted and is_latest as is_counted, holds_to,
        claim_start, claim_end, sentence_start,
        coalesce(publisher, source, '?') as outlet,
        case when said_by_kind = 'person' then coalesce(s.name, regexp_extract(said_by_name, '^[^,]*')) end as speaker,
        hash(c, speaker) as digest
    from claims as c
    left join speakers as s using (attribution_id)
    left join (from measures where is_shown) as m on c.measure_key = m.measure_key
    where (? is null or news_date >= ?) and (? is null or news_date <= ?)
        and (len(?::varchar[]) = 0 or list_has_any(?::varchar[], [lower(c.measure_key), lower(c.measure_name)]))
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], lower(source)))
"""
# What pages show of a claim.
SHOWN = """
    version_id, measure_name, claim_id, article_id, measure_key, measure_kind, surface, low, high, bound, unit,
    currency, per, si_low, si_high, si_unit, thing, place_name, as_of_start, as_of_end, said_by, said_by_name,
    said_by_kind, is_anonymous, polarity, verification, quote, news_date, is_current, is_counted, claim_start,
    claim_end, sentence_start, outlet, speaker, least(holds_to, news_date) as day
"""
SHOWN_ARTICLES = """
    create or replace temp table shown_articles as
    select distinct a.article_id from articles as a
    inner join intermediate.int_article_versions as v using (version_id)
    where (? is null or v.news_date >= ?) and (? is null or v.news_date <= ?)
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], lower(a.source)))
        and (len(?::varchar[]) = 0 or a.article_id in (select article_id from picked))
"""
# Who and what is named in the articles shown, once for each article, in its current version.
NAMED = """
    create or replace temp table named as
    select m.kind, m.name, a.article_id, v.news_date, a.headline, coalesce(a.publisher, a.source, '?') as outlet,
        count(*) as mentions, mode(m.role order by m.role) as role,
        any_value(m.country order by m.country, m.latitude, m.longitude) as country,
        any_value(m.latitude order by m.country, m.latitude, m.longitude) as latitude,
        any_value(m.longitude order by m.country, m.latitude, m.longitude) as longitude
    from mentions as m
    inner join intermediate.int_article_versions as v using (version_id)
    inner join articles as a using (version_id)
    where m.kind in ('person', 'place') and v.is_current
        and a.article_id in (select article_id from shown_articles)
    group by all
"""
# What has a page of its own: outlets; places; persons who say a number or are named in more than one article.
SUBJECTS = """
    create or replace temp table subjects as
    select 'outlet' as kind, coalesce(publisher, source, '?') as name from articles
    where article_id in (select article_id from shown_articles)
    union
    select kind, name from named group by kind, name having kind = 'place' or count(*) > 1
    union
    select 'person', speaker from picked where is_current and speaker is not null
    union
    select 'place', place_name from picked where is_current and place_name is not null
"""
# One unit for all claims of a measure: their own, or the SI unit where they differ. Values are in that unit. A claim's
# day is the one that it states, but none after its publication; who states none holds when published.
MEASURED = """
    create or replace temp table measured as
    with units as (
        select measure_key, min(unit) is distinct from max(unit) or count(unit) not in (0, count(*)) as is_mixed
        from picked where is_current and measure_key is not null group by 1
    )
    select p.claim_id, measure_key, news_date, least(holds_to, news_date) as day, is_counted, outlet,
        if(is_mixed, si_unit, unit) as unit,
        if(is_mixed and si_unit is not null, si_low, low) as low,
        if(is_mixed and si_unit is not null, si_high, high) as high
    from picked as p inner join units using (measure_key) where is_current
"""
# What a page is made of, as one number a page: when it is the same, the page is.
ARTICLE_INPUTS = """
    with parts as (
        select article_id, hash(a) as part from articles as a
        union all
        select article_id, digest from picked
        union all
        select a.article_id, hash(t) from attributions as t inner join articles as a using (version_id)
        union all
        select article_id, hash(n) from named as n inner join subjects as s using (kind, name)
    )
    select article_id, sum(part::hugeint)::varchar from parts
    where article_id in (select article_id from shown_articles) group by article_id
"""
MEASURE_INPUTS = """
    select measure_key, sum(digest::hugeint)::varchar from picked
    where measure_key is not null and is_current group by 1
"""
SUBJECT_INPUTS = """
    with parts as (
        select '{kind}' as kind, {column} as name, digest as part from picked where is_current
        union all
        select kind, name, hash(n) from named as n where kind = '{kind}'
        union all
        select kind, name, 0 from subjects where kind = '{kind}'
    )
    select name, sum(part::hugeint)::varchar from parts inner join subjects using (kind, name) group by name
"""
# The column of `picked` that holds the name, by kind of subject.
SUBJECT_COLUMNS = {"outlet": "outlet", "person": "speaker", "place": "place_name"}
MEASURE_SQL = "select *\nfrom claims\nwhere measure_key = {key} and is_current\norder by news_date, publisher, claim_id"
SUBJECT_SQL = {
    "outlet": "select *\nfrom claims\nwhere coalesce(publisher, source) = {key} and is_current\norder by news_date",
    "person": """select c.*
from claims as c
where c.is_current and c.said_by_kind = 'person' and {key} = coalesce(
    (
        select min_by(m.name, m.start)
        from attributions as t
        inner join mentions as m
            on t.version_id = m.version_id and m.start >= t.source_start and m."end" <= t.source_end
        where t.attribution_id = c.attribution_id and m.kind = 'person'
    ),
    regexp_extract(c.said_by_name, '^[^,]*')
)
order by c.news_date""",
    "place": "select *\nfrom claims\nwhere place_name = {key} and is_current\norder by news_date",
}


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


def rows(con: Connection, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> tuple[Row, ...]:
    """Run a query and return its rows by column name."""
    result = con.execute(sql, parameters)
    names = [column[0] for column in result.description or ()]
    return tuple(dict(zip(names, values, strict=True)) for values in result.fetchall())


def pick(con: Connection, selection: Selection) -> None:
    """Make the temporary tables that all other questions go to: picked, shown_articles, named and subjects.

    Raises WarehouseError when the selection names a measure or a source that the warehouse does not hold.
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
        raise WarehouseError(f"The warehouse holds no {what} {name!r}.", hint=hint)


def inputs(con: Connection, sql: str) -> dict[str, Any]:
    """Return the second column of a query by its first: what each page is made of, by its key."""
    return dict(con.execute(sql).fetchall())


def subject_inputs(con: Connection, kind: str) -> dict[str, str]:
    """Return what the pages of all outlets, persons or places are made of, by name."""
    return inputs(con, SUBJECT_INPUTS.format(kind=kind, column=SUBJECT_COLUMNS[kind]))


def claims_by_measure(con: Connection, keys: Iterable[str], most: int) -> dict[str, list[Row]]:
    """Return the newest current claims of measures, oldest first."""
    newest = """
        select claim_id from picked where is_current and measure_key in (select unnest(?::varchar[]))
        qualify row_number() over (partition by measure_key order by news_date desc, outlet desc, claim_id desc) <= ?
    """
    return grouped(_shown(con, newest, [list(keys), most]), "measure_key")


def _shown(con: Connection, ids: str, parameters: Sequence[Any]) -> tuple[Row, ...]:
    """Return what pages show of the claims whose ids a query gives, oldest first."""
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
    """Return for measures: claims, outlets, first_day and last_day."""
    sql = """
        select measure_key, count(*) as claims, count(distinct outlet) as outlets, min(news_date) as first_day,
            max(news_date) as last_day
        from measured where measure_key in (select unnest(?::varchar[])) group by 1
    """
    return {row["measure_key"]: row for row in rows(con, sql, [list(keys)])}


def versions(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the versions of articles, oldest first, with where the archive keeps each page."""
    sql = """
        select a.*, v.version_number, v.is_current, v.news_date, v.story_id, f.warc_file, f.warc_offset,
            coalesce(a.publisher, a.source, '?') as outlet
        from articles as a
        inner join intermediate.int_article_versions as v using (version_id)
        left join fetches as f on f.fetch_id = a.fetch_id
        where a.article_id in (select unnest(?::varchar[])) order by v.version_number
    """
    return grouped(rows(con, sql, [list(articles)]), "article_id")


def claims_by_version(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the claims of articles by version, in the order of the text."""
    sql = f"""
        select {SHOWN} from picked where article_id in (select unnest(?::varchar[])) order by claim_start, claim_id
    """  # noqa: S608 - the columns are those above
    return grouped(rows(con, sql, [list(articles)]), "version_id")


def attributions_by_version(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return who says what in articles, by version."""
    sql = """
        select t.* from attributions as t inner join articles as a using (version_id)
        where a.article_id in (select unnest(?::varchar[])) order by t.cue_start, t.attribution_id
    """
    return grouped(rows(con, sql, [list(articles)]), "version_id")


def named_by_article(con: Connection, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Return the persons and places with a page of their own that articles name, most named first."""
    sql = """
        select n.* from named as n inner join subjects as s using (kind, name)
        where n.article_id in (select unnest(?::varchar[])) order by n.mentions desc, n.name
    """
    return grouped(rows(con, sql, [list(articles)]), "article_id")


def claims_by_subject(con: Connection, kind: str, names: Sequence[str], most: int) -> dict[str, list[Row]]:
    """Return the newest current claims of outlets, by persons or about places, oldest first."""
    column = SUBJECT_COLUMNS[kind]
    newest = f"""
        select claim_id from picked where is_current and {column} in (select unnest(?::varchar[]))
        qualify row_number() over (partition by {column} order by news_date desc, claim_id) <= ?
    """  # noqa: S608 - the column is one of SUBJECT_COLUMNS
    return grouped(_shown(con, newest, [list(names), most]), column)


def claims_of_subjects(con: Connection, kind: str) -> dict[str, int]:
    """Return how many current claims there are of each outlet, by each person or about each place."""
    column = SUBJECT_COLUMNS[kind]
    return inputs(con, f"select {column}, count(*) from picked where is_current group by 1")  # noqa: S608


def named_by_subject(con: Connection, kind: str, names: Sequence[str], most: int) -> dict[str, list[Row]]:
    """Return the newest articles that name persons or places; ``of_all`` says how many there are."""
    sql = """
        select *, count(*) over (partition by name) as of_all from named
        where kind = ? and name in (select unnest(?::varchar[]))
        qualify row_number() over (partition by name order by news_date desc, article_id) <= ?
        order by news_date desc, article_id
    """
    return grouped(rows(con, sql, [kind, list(names), most]), "name")


def grouped(found: Iterable[Row], by: str) -> dict[str, list[Row]]:
    """Return rows by the value of a column, in their order."""
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
    return MEASURE_SQL.format(key=_quoted(key))


def subject_sql(kind: str, name: str) -> str:
    """Return the SQL that gives the claims of an outlet's, a person's or a place's page."""
    return SUBJECT_SQL[kind].format(key=_quoted(name))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
