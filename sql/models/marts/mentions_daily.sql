-- People, organisations and places named on a day, how often and by how many outlets; copies of a story count once.
with mentions as (
    select * from {{ ref('stg_mentions') }}
),

versions as (
    select * from {{ ref('int_article_versions') }}
    where {{ in_built_days() }} and is_counted
),

articles as (
    select version_id, publisher from {{ ref('stg_articles') }}
),

final as (
    select
        m.kind,
        m.name,
        coalesce(m.country, '') as country,
        cast(count(*) as integer) as mentions,
        cast(count(distinct v.article_id) as integer) as articles,
        cast(count(distinct a.publisher) as integer) as publishers,
        v.news_date
    from mentions as m
    inner join versions as v on m.version_id = v.version_id
    inner join articles as a on m.version_id = a.version_id
    group by m.kind, m.name, coalesce(m.country, ''), v.news_date
)

select * from final
