-- Written by `python -m load.generate` from load/fields.toml.
with source as (
    select * from {{ source('built', 'attributions') }}
),

renamed as (
    select
        attribution_id,
        version_id,
        source_text,
        source_start,
        source_end,
        source_kind,
        is_anonymous,
        cue,
        cue_lemma,
        cue_start,
        cue_end,
        content_spans,
        source_name,
        resolved_start,
        resolved_end,
        is_carried,
        parent_attribution_id,
        hedge,
        polarity,
        verification,
        verification_start,
        verification_end,
        confidence
    from source
)

select * from renamed
