with source as (
    select * from {{ source('built', 'quantities') }}
),

renamed as (
    select
        -- ids
        quantity_id,
        version_id,
        attribution_id,
        change_id,
        -- place in the text
        start as claim_start,
        "end" as claim_end,
        sentence_start,
        sentence_end,
        subject_start,
        subject_end,
        place_start,
        place_end,
        surface,
        -- value
        low,
        high,
        low_inclusive,
        high_inclusive,
        bound,
        unit,
        unit_text,
        dimension,
        si_low,
        si_high,
        si_unit,
        currency,
        per,
        -- what it is about
        thing,
        subject,
        place,
        aspect,
        direction,
        change_role,
        change_from_low,
        change_from_high,
        as_of_start,
        as_of_end,
        subject_name,
        as_of_is_stated,
        -- how sure
        verification,
        confidence,
        thing_via,
        thing_confidence,
        subject_via,
        subject_confidence,
        place_via,
        place_confidence,
        as_of_via,
        as_of_confidence,
        speaker_via,
        speaker_confidence
    from source
)

select * from renamed
