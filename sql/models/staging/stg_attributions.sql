with source as (
    select * from {{ source('built', 'attributions') }}
),

renamed as (
    select
        -- ids
        attribution_id,
        version_id,
        parent_attribution_id,
        -- who
        source_text,
        source_name,
        source_kind,
        is_anonymous,
        source_start,
        source_end,
        resolved_start,
        resolved_end,
        -- how
        cue,
        cue_lemma,
        cue_start,
        cue_end,
        content_spans,
        is_carried,
        hedge,
        polarity,
        verification,
        confidence
    from source
)

select * from renamed
