-- How much each outlet published, by section and day; copies of a story are counted in a column of their own.
-- Articles in a language without a reader are counted too; no rows were read from them.
with articles as (
    select * from {{ ref('stg_articles') }}
),

versions as (
    select * from {{ ref('int_article_versions') }}
    where {{ in_built_days() }} and is_current
),

extractions as (
    select * from {{ ref('stg_extractions') }}
),

claims as (
    select version_id, count(*) as claims
    from {{ ref('claims') }}
    where {{ in_built_days() }}
    group by version_id
),

final as (
    select
        a.source,
        min(a.publisher) as publisher,
        coalesce(a.section, '') as section,
        cast(count(*) as integer) as articles,
        cast(count(*) filter (where v.is_counted) as integer) as counted_articles,
        cast(count(*) filter (where not v.is_counted) as integer) as copied_articles,
        cast(count(*) filter (where v.version_number > 1) as integer) as revised_articles,
        cast(coalesce(sum(a.word_count) filter (where v.is_counted), 0) as bigint) as words,
        cast(count(*) filter (where e.skipped is not null) as integer) as unread_articles,
        list_sort(
            coalesce(list(distinct coalesce(a.language, 'unknown')) filter (where e.skipped is not null), [])
        ) as unread_languages,
        cast(coalesce(sum(c.claims) filter (where v.is_counted), 0) as integer) as claims,
        v.news_date
    from versions as v
    inner join articles as a on v.version_id = a.version_id
    left join claims as c on v.version_id = c.version_id
    left join extractions as e on a.fetch_id = e.fetch_id
    group by a.source, coalesce(a.section, ''), v.news_date
)

select * from final
