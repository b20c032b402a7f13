"""Queries for the front page and the lists: each is a short SQL query of ``picked`` and the published models."""

from __future__ import annotations

from load.connection import Connection
from report.data import rows
from report.words import Row

# The newest articles with up to three of their claims, those of a measure first.
NEW = """
    with articles_shown as (
        select article_id, max(news_date) as day, max(published_at) as published_at
        from picked where is_counted group by 1
        order by day desc, published_at desc nulls last, article_id limit 9
    )
    select p.* from picked as p inner join articles_shown as a using (article_id)
    where is_counted
    qualify row_number() over (partition by article_id order by measure_key is null, confidence desc, claim_id) <= 3
    order by a.day desc, a.published_at desc nulls last, article_id, claim_start, claim_id
"""
# From the earlier value to the newest one that differs from it, with the medians of the days in between.
MOVED = """
    with medians as (
        select measure_key, day, median((low + high) / 2) as value
        from measured where is_counted and isfinite(low) and isfinite(high) group by all
    )
    select m.measure_key, t.measure_name, t.quote, coalesce(t.unit, f.unit) as unit, t.currency,
        moved_from as first_value, moved_to as last_value, moved_from_day as first_day, moved_to_day as last_day,
        m.claims, (moved_to - moved_from) / nullif(abs(moved_from), 0) as moved,
        [moved_from] || coalesce((
            select list(value order by day)[-58:] from medians as d
            where d.measure_key = m.measure_key and day > moved_from_day and day < moved_to_day
        ), []) || [moved_to] as values
    from measures as m
    inner join picked as f on f.claim_id = m.moved_from_claim_id
    inner join picked as t on t.claim_id = m.moved_to_claim_id
    where m.is_shown
    order by abs(moved) desc nulls last, m.measure_key limit 8
"""
# Both claims as a row of `picked` each; the gap is relative to the lower value. Figures of several outlets come first,
# as most readers know them, then the most certain, one per measure: the further apart two values are, the more likely
# they are two figures. A correction counts as a link of 3; what is denied without another value is shown on its
# article's page only.
DISAGREEMENTS = """
    select d.as_of_start, d.as_of_end, d.publishers, d.disagreement, d.why, coalesce(d.score, 3) as certain,
        least(lower_value, higher_value) as lower_value, greatest(lower_value, higher_value) as higher_value,
        l as lower_claim, h as higher_claim,
        l.measure_key, d.measure_name, abs(higher_value - lower_value) / nullif(abs(lower_value), 0) as gap
    from claim_disagreements as d
    inner join picked as l on l.claim_id = d.lower_claim_id
    inner join picked as h on h.claim_id = d.higher_claim_id
    qualify row_number() over (
        partition by d.measure_key order by certain desc, gap desc nulls last, d.lower_claim_id, d.higher_claim_id
    ) = 1
    order by least(d.publishers, 3) desc, certain desc, gap desc nulls last, d.lower_claim_id, d.higher_claim_id
    limit 7
"""
# Up to three of an article.
ANONYMOUS = """
    with alone as (
        select p.*, row_number() over (partition by article_id order by p.confidence desc, p.claim_id) as nth
        from picked as p
        inner join measures as m on m.measure_key = p.figure_key
        where p.is_counted and m.rests_on_anonymous
    )
    select * from alone where nth <= 3
    qualify dense_rank() over (order by news_date desc, article_id) <= 6
    order by news_date desc, article_id, claim_start, claim_id
"""
# The newest days with articles: a drawing of more days would be larger than the rest of the page.
COVERAGE = """
    select news_date, coalesce(publisher, source) as publisher, sum(articles)::integer as articles,
        sum(claims)::integer as claims
    from coverage
    where source in (select source from articles where article_id in (select article_id from shown_articles))
        and news_date >= (select min(news_date) from picked) and news_date <= (select max(news_date) from picked)
    group by 1, 2 qualify dense_rank() over (order by news_date desc) <= 60 order by news_date, publisher
"""
# Articles in languages without a reader, by outlet; an outlet with only such articles has no claims.
UNREAD = """
    select coalesce(publisher, source) as name, sum(unread_articles)::integer as articles,
        list_sort(list_distinct(flatten(list(unread_languages)))) as languages
    from coverage where unread_articles > 0 group by 1 order by articles desc, name limit 2000
"""
HEALTH = """
    select source, sum(attempts)::integer as attempts, sum(fetched)::integer as fetched,
        sum(failed_retryable)::integer as failed_retryable, sum(failed_for_good)::integer as failed_for_good,
        sum(read_as_article)::integer as read_as_article, sum(rejected_pages)::integer as rejected_pages,
        sum(unread_pages)::integer as unread_pages, max(last_success_at) as last_success_at
    from pipeline_health group by source order by source
"""
# The days of the whole warehouse, for a report whose selection is empty.
HOLDS = "select min(news_date) as first_day, max(news_date) as last_day from intermediate.int_article_versions"
TOTALS = """
    select min(news_date) as first_day, max(news_date) as last_day, count(*) as claims,
        count(*) filter (where said_by_kind = 'anonymous') as anonymous, count(distinct outlet) as outlets,
        count(distinct measure_key) as measures, count(distinct speaker) as speakers
    from picked where is_current
"""
# A measure's name, and its newest sentence, which is more informative than the name.
SHOWN_MEASURES = """
    create or replace temp table shown_measures as
    select measure_key, min(measure_name) as measure_name, arg_max(quote, (news_date, claim_id)) as quote
    from picked where is_current and measure_key is not null group by 1
"""
MEASURES = """
    select measure_key, measure_name, quote, min(unit) as unit, min(currency) as currency, count(*) as claims,
        count(distinct outlet) as outlets, min(news_date) as first_day, max(news_date) as last_day,
        min(coalesce(low, high)) as lowest, max(coalesce(high, low)) as highest
    from measured inner join shown_measures using (measure_key)
    group by all order by claims desc, measure_name, measure_key limit 2000
"""
OUTLETS = """
    with changed as (
        select p.outlet, count(distinct r.article_id) as revised
        from claim_revisions as r inner join picked as p on r.claim_id = p.claim_id group by 1
    )
    select outlet as name, count(*) as claims, count(distinct article_id) as articles,
        count(*) filter (where said_by is null) as own_voice,
        count(*) filter (where said_by_kind = 'anonymous') as anonymous,
        count(*) filter (where verification = 'unverified') as unverified, coalesce(max(revised), 0) as revised,
        min(news_date) as first_day, max(news_date) as last_day
    from picked left join changed using (outlet) where is_current
    group by 1 order by claims desc, name limit 2000
"""
# People, organisations and places, those of most articles first, with the claims that are by them or of them.
NAMES = """
    with mentioned as (
        select key, mode(role order by role) as role,
            any_value(country order by country, latitude, longitude) as country,
            any_value(latitude order by country, latitude, longitude) as latitude,
            any_value(longitude order by country, latitude, longitude) as longitude,
            count(*) as articles, max(news_date) as last_day
        from named where kind = $kind group by key
    ),
    claimed as (
        select key, count(*) as claims, max(news_date) as last_day
        from (select unnest(keys) as key, news_date from picked where is_current) group by 1
    )
    select key, name, role, country, latitude, longitude, coalesce(articles, 0) as articles,
        coalesce(claims, 0) as claims, greatest(m.last_day, c.last_day) as last_day
    from (select key, name from subjects where kind = $kind) as s
    left join mentioned as m using (key) left join claimed as c using (key)
    order by claims desc, articles desc, name, key limit 2000
"""
# The months of publication of all quotes, and what stands for the quotes of each.
QUOTE_MONTHS = """
    select strftime(news_date, '%Y-%m') as month, sum(digest::hugeint)::varchar as made_of, count(*) as claims
    from picked where is_current group by 1 order by 1 desc
"""
QUOTES = """
    select article_id, claim_id, quote, outlet, news_date, coalesce(speaker, said_by_name, said_by) as said_by
    from picked where is_current and strftime(news_date, '%Y-%m') = ?
    qualify row_number() over (partition by article_id, sentence_start order by claim_start, claim_id) = 1
    order by news_date desc, article_id, sentence_start
"""


def front(con: Connection) -> dict[str, tuple[Row, ...]]:
    """Return what the front page shows, by the name of its part."""
    con.execute(SHOWN_MEASURES)
    parts = {
        "totals": TOTALS,
        "new": NEW,
        "moved": MOVED,
        "disagreements": DISAGREEMENTS,
        "anonymous": ANONYMOUS,
        "coverage": COVERAGE,
        "unread": UNREAD,
        "health": HEALTH,
    }
    return {name: rows(con, sql) for name, sql in parts.items()}
