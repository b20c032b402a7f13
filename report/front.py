"""Questions behind the front page and the lists: each a short SQL over ``picked`` and the published models."""

from __future__ import annotations

from load.connection import Connection
from report.data import Row, rows

NEW = """
    select * from picked where is_counted and news_date = (select max(news_date) from picked)
    order by measure_key is null, published_at desc nulls last, claim_id limit 12
"""
# Relative change of the median from the first day to the last; only what was reported on two days or more can move.
MOVED = """
    with days as (
        select measure_key, any_value(unit) as unit, news_date, median((low + high) / 2) as value, count(*) as claims
        from picked
        where is_counted and measure_key is not null and low is not null and high is not null
            and isfinite(low) and isfinite(high)
        group by measure_key, news_date
    ),
    ends as (
        select measure_key, any_value(unit) as unit, arg_min(value, news_date) as first_value,
            arg_max(value, news_date) as last_value, min(news_date) as first_day, max(news_date) as last_day,
            sum(claims)::integer as claims
        from days group by measure_key having count(*) > 1
    )
    select *, (last_value - first_value) / nullif(abs(first_value), 0) as moved from ends
    where last_value <> first_value order by abs(moved) desc nulls last, measure_key limit 12
"""
DISAGREEMENTS = """
    select d.*, l.article_id as lower_article, h.article_id as higher_article,
        (higher_value - lower_value) / nullif(abs(lower_value), 0) as gap
    from claim_disagreements as d
    inner join picked as l on l.claim_id = d.lower_claim_id
    inner join picked as h on h.claim_id = d.higher_claim_id
    order by gap desc nulls last, measure_key limit 12
"""
ANONYMOUS = """
    select p.*
    from picked as p
    where p.is_counted and p.is_anonymous and p.measure_key is not null
        and not exists (
            select 1 from picked as o
            where o.measure_key = p.measure_key and o.is_counted and o.claim_id <> p.claim_id
                and (not coalesce(o.is_anonymous, false) or o.article_id <> p.article_id)
        )
    order by news_date desc, claim_id limit 12
"""
REVISIONS = """
    select r.* from claim_revisions as r
    where r.claim_id in (select claim_id from picked) order by revised_at desc, claim_id limit 12
"""
# A drawing of more days would weigh more than the rest of the page.
COVERAGE = """
    select news_date, coalesce(publisher, source) as publisher, sum(articles)::integer as articles,
        sum(claims)::integer as claims
    from coverage
    where source in (select source from articles where article_id in (select article_id from shown_articles))
        and news_date >= (select greatest(min(news_date), max(news_date) - 59) from picked)
        and news_date <= (select max(news_date) from picked)
    group by all order by news_date, publisher
"""
HEALTH = """
    select source, sum(attempts)::integer as attempts, sum(fetched)::integer as fetched,
        sum(failed_retryable)::integer as failed_retryable, sum(failed_for_good)::integer as failed_for_good,
        sum(read_as_article)::integer as read_as_article, sum(rejected_pages)::integer as rejected_pages,
        sum(unread_pages)::integer as unread_pages, max(last_success_at) as last_success_at
    from pipeline_health group by source order by source
"""
MEASURES = """
    select measure_key, count(*) as claims, count(distinct publisher) as publishers,
        min(news_date) as first_day, max(news_date) as last_day
    from picked where is_current and measure_key is not null group by 1 order by claims desc, measure_key
"""
OUTLETS = """
    select coalesce(publisher, source, '?') as name, count(*) as claims, count(distinct article_id) as articles,
        count(*) filter (where said_by is null) as own_voice, count(*) filter (where is_anonymous) as anonymous,
        count(*) filter (where verification = 'unverified') as unverified
    from picked where is_counted group by 1 order by claims desc, name
"""
PEOPLE = """
    select m.name, mode(m.role) as role, null as country, count(*) as mentions, count(distinct v.article_id) as articles
    from mentions as m inner join intermediate.int_article_versions as v using (version_id)
    where m.kind = 'person' and v.is_counted and v.article_id in (select article_id from shown_articles)
    group by 1 order by mentions desc, name limit 1000
"""
PLACES = """
    select m.name, null as role, any_value(m.country) as country, any_value(m.latitude) as latitude,
        any_value(m.longitude) as longitude, count(*) as mentions, count(distinct v.article_id) as articles
    from mentions as m inner join intermediate.int_article_versions as v using (version_id)
    where m.kind = 'place' and v.is_counted and v.article_id in (select article_id from shown_articles)
    group by 1 order by mentions desc, name limit 1000
"""
# What a list's entry leads to: the articles that name it (the five newest).
NAMED_IN = """
    select m.name, a.article_id, any_value(a.headline) as headline, any_value(a.publisher) as publisher,
        any_value(v.news_date) as news_date, count(*) as mentions
    from mentions as m inner join intermediate.int_article_versions as v using (version_id)
    inner join articles as a using (version_id)
    where m.kind = ? and v.is_counted and v.article_id in (select article_id from shown_articles)
    group by m.name, a.article_id
    qualify row_number() over (partition by m.name order by any_value(v.news_date) desc, a.article_id) <= 5
    order by 5 desc, 2
"""
QUOTES = """
    select distinct on (article_id, sentence_start) article_id, claim_id, quote, publisher, news_date, said_by_name
    from picked where is_current order by article_id, sentence_start, claim_start
"""


def front(con: Connection) -> dict[str, tuple[Row, ...]]:
    """Return what the front page shows, by the name of its part."""
    parts = {
        "new": NEW,
        "moved": MOVED,
        "disagreements": DISAGREEMENTS,
        "anonymous": ANONYMOUS,
        "revisions": REVISIONS,
        "coverage": COVERAGE,
        "health": HEALTH,
    }
    return {name: rows(con, sql) for name, sql in parts.items()}
