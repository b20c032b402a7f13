with source as (
    select * from {{ source('landing', 'extractions') }}
),

renamed as (
    select
        fetch_id,
        article_id,
        version_id,
        source,
        url,
        outcome,
        page_kind,
        skipped,
        extractor_version,
        row_count,
        fetched_at,
        cast(fetched_at as date) as fetched_date
    from source
)

select * from renamed
