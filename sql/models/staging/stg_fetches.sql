with source as (
    select * from {{ source('landing', 'fetches') }}
    -- Rows of forgotten pages only prevent these pages from being fetched again.
    where outcome <> 'forgotten'
),

renamed as (
    select
        -- ids
        fetch_id,
        page_sha256,
        -- text
        source,
        url,
        purpose,
        outcome,
        warc_file,
        -- numbers
        status,
        elapsed_ms,
        body_bytes,
        warc_offset,
        -- booleans
        is_retryable,
        outcome in ('ok', 'not_modified', 'duplicate', 'forgotten') as is_good,
        -- times
        fetched_at,
        cast(fetched_at as date) as fetched_date
    from source
)

select * from renamed
