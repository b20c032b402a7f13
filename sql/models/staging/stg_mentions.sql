-- Written by `python -m load.generate` from load/fields.toml.
with source as (
    select * from {{ source('built', 'mentions') }}
),

renamed as (
    select
        mention_id,
        version_id,
        start as mention_start,
        "end" as mention_end,
        surface,
        kind,
        name,
        country,
        latitude,
        longitude,
        role,
        stands_for,
        confidence
    from source
)

select * from renamed
