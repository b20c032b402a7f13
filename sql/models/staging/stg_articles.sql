with source as (
    select * from {{ source('built', 'articles') }}
),

renamed as (
    select
        -- ids
        version_id,
        article_id,
        fetch_id,
        -- text
        source,
        coalesce(publisher, source) as publisher,
        coalesce(canonical_url, url) as url,
        headline,
        standfirst,
        authors,
        section,
        language,
        text,
        lead_image_url,
        section_trail,
        keywords,
        topics,
        disclaimer,
        published_raw,
        published_precision,
        extractor_version,
        -- numbers
        word_count,
        -- times
        published_at,
        modified_at,
        fetched_at,
        {{ news_date() }} as news_date
    from source
)

select * from renamed
