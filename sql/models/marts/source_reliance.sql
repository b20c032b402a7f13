-- The kinds of sources that an outlet's numbers are attributed to, day by day. Copies of a story are counted once, for
-- the outlet that published it first.
with claims as (
    select * from {{ ref('claims') }}
    where {{ in_built_days() }} and is_counted
),

final as (
    select
        source,
        min(publisher) as publisher,
        cast(count(*) as integer) as claims,
        cast(count(*) filter (where attribution_id is null) as integer) as own_voice_claims,
        cast(count(*) filter (where said_by_kind = 'person') as integer) as person_claims,
        cast(count(*) filter (where said_by_kind = 'organisation') as integer) as organisation_claims,
        cast(count(*) filter (where said_by_kind = 'official') as integer) as official_claims,
        cast(count(*) filter (where said_by_kind = 'document') as integer) as document_claims,
        cast(count(*) filter (where said_by_kind = 'publisher') as integer) as publisher_claims,
        cast(count(*) filter (where said_by_kind = 'anonymous') as integer) as anonymous_claims,
        cast(count(*) filter (where said_by_kind = 'collective') as integer) as collective_claims,
        cast(count(*) filter (where attribution_id is not null and said_by_kind is null) as integer)
            as unknown_source_claims,
        cast(count(*) filter (where verification = 'unverified') as integer) as unverified_claims,
        cast(count(*) filter (where verification = 'denied') as integer) as denied_claims,
        cast(count(*) filter (where measure_key is not null) as integer) as placed_claims,
        cast(count(*) filter (where said_by_kind = 'anonymous') as double) / count(*) as anonymous_share,
        cast(count(*) filter (where verification = 'unverified') as double) / count(*) as unverified_share,
        news_date
    from claims
    group by source, news_date
)

select * from final
