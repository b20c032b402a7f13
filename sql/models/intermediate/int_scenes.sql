-- Where what an article reports took place: named in its lead and again later, or the only place that it names there,
-- repeats or names at all.
with versions as (
    select version_id, news_date from {{ ref('int_article_versions') }}
    where {{ in_built_days() }}
),

named as (
    select
        m.version_id,
        m.name,
        count(*) as times,
        min(m.mention_start) as first_start,
        min_by(m.country, m.mention_start) as country
    from {{ ref('stg_mentions') }} as m
    inner join versions as v on m.version_id = v.version_id
    where m.kind = 'place'
    group by m.version_id, m.name
),

counted as (
    select
        *,
        count(*) over (partition by version_id) as places,
        count(*) filter (where first_start < 400) over (partition by version_id) as lead_places,
        count(*) filter (where times > 1) over (partition by version_id) as repeated_places
    from named
),

scenes as (
    select version_id, name as scene, country
    from counted
    where
        places = 1
        or (first_start < 400 and (times > 1 or lead_places = 1))
        or (lead_places = 0 and times > 1 and repeated_places = 1)
    qualify row_number() over (partition by version_id order by times desc, first_start asc, name asc) = 1
),

final as (
    select
        s.version_id,
        s.scene,
        s.country,
        v.news_date
    from scenes as s
    inner join versions as v on s.version_id = v.version_id
)

select * from final
