-- Outcomes of the pipeline by source and day of the attempt: fetches, extractions, and how late articles arrive.
{{ config(materialized='table') }}

with fetches as (
    select * from {{ ref('stg_fetches') }}
),

extractions as (
    select fetch_id, version_id, outcome as read_outcome, extractor_version from {{ ref('stg_extractions') }}
),

-- Articles of all days, not only the built ones.
articles as (
    select published_at, fetch_id from {{ source('landing', 'articles') }}
),

attempts as (
    select
        f.*,
        e.read_outcome,
        -- Elapsed minutes; date_diff, which counts minute boundaries, takes five times as long.
        date_sub('minute', a.published_at, f.fetched_at) as lag_minutes
    from fetches as f
    left join extractions as e on f.fetch_id = e.fetch_id
    left join articles as a on f.fetch_id = a.fetch_id
),

final as (
    select
        source,
        fetched_date,
        cast(count(*) as integer) as attempts,
        cast(count(*) filter (where purpose = 'page') as integer) as page_attempts,
        cast(count(*) filter (where purpose <> 'page') as integer) as announcement_attempts,
        cast(count(*) filter (where outcome = 'ok') as integer) as fetched,
        cast(count(*) filter (where outcome in ('not_modified', 'duplicate')) as integer) as unchanged,
        cast(count(*) filter (where not is_good and is_retryable) as integer)
            as failed_retryable,
        cast(count(*) filter (where not is_good and not is_retryable) as integer)
            as failed_for_good,
        cast(count(*) filter (where read_outcome = 'ok') as integer) as read_as_article,
        cast(count(*) filter (where read_outcome <> 'ok') as integer) as rejected_pages,
        cast(count(*) filter (where purpose = 'page' and outcome = 'ok' and read_outcome is null) as integer) as unread_pages,
        median(lag_minutes) as median_lag_minutes,
        max(fetched_at) filter (where is_good) as last_success_at,
        cast(coalesce(sum(body_bytes), 0) as bigint) as body_bytes
    from attempts
    group by source, fetched_date
)

select * from final
