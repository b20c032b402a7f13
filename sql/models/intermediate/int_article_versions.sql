-- When each version of an article was online, and which of several copies of a story is counted.
with articles as (
    select * from {{ ref('stg_articles') }}
),

extractions as (
    select * from {{ ref('stg_extractions') }}
),

stories as (
    select * from {{ source('landing', 'stories') }}
),

-- All versions of each article with a version on a built day: which version is current depends on all of them.
touched as (
    select version_id, article_id, news_date
    from articles
    where article_id in (
        select a.article_id from articles as a
        where {{ in_built_days('a.news_date') }}
    )
),

sightings as (
    select
        t.version_id,
        t.article_id,
        t.news_date,
        min(e.fetched_at) as first_seen_at,
        max(e.fetched_at) as last_seen_at
    from touched as t
    inner join extractions as e on t.version_id = e.version_id
    group by t.version_id, t.article_id, t.news_date
),

ordered as (
    select
        *,
        row_number() over by_first as version_number,
        lead(first_seen_at) over by_first as superseded_at,
        row_number() over (partition by article_id order by last_seen_at desc, first_seen_at desc, version_id asc) = 1
            as is_current
    from sightings
    window by_first as (partition by article_id order by first_seen_at, version_id)
),

final as (
    select
        o.version_id,
        o.article_id,
        coalesce(s.story_id, o.article_id) as story_id,
        cast(o.version_number as integer) as version_number,
        o.is_current,
        coalesce(s.story_id, o.article_id) = o.article_id as is_lead,
        o.is_current and coalesce(s.story_id, o.article_id) = o.article_id as is_counted,
        o.first_seen_at as valid_from,
        case when not o.is_current then greatest(o.last_seen_at, coalesce(o.superseded_at, o.last_seen_at)) end
            as valid_to,
        o.last_seen_at,
        o.news_date
    from ordered as o
    left join stories as s on o.article_id = s.article_id
    where {{ in_built_days('o.news_date') }}
)

select * from final
