-- Written by `python -m load.generate` from load/fields.toml.
with source as (
    select * from {{ source('built', 'dates') }}
),

renamed as (
    select
        date_id,
        version_id,
        start as date_start,
        "end" as date_end,
        surface,
        value,
        resolved_start,
        resolved_end,
        granularity,
        relation,
        direction,
        rule
    from source
)

select * from renamed
