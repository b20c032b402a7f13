-- What the sentence of a number says that limits what the number can be compared with: only numbers for which it does.
with claims as (
    select
        c.*,
        m.is_hypothetical,
        m.is_of_votes,
        m.thing_term,
        c.measure_unit in ('ratio', 'point') as is_share
    from {{ ref('claims') }} as c
    inner join {{ source('landing', 'claim_measures') }} as m on c.claim_id = m.claim_id
    where {{ in_built_days('c.news_date') }} and {{ in_built_days('m.news_date') }} and c.is_counted
),

read as (
    select
        claim_id,
        coalesce(is_hypothetical, false) as is_hypothetical,
        is_of_votes,
        thing_term,
        -- "Officers favored her 46 to 32 percent, while sergeants favored her 58 to 21": each is the share of a part.
        is_share and subject_entity is not null and count(*) over (
            partition by version_id, sentence_start, measure_unit, measure_kind, subject_entity, holds_from, holds_to
        ) > 1 as is_one_of_several,
        news_date
    from claims
),

final as (
    select * from read
    where is_hypothetical or is_of_votes is not null or is_one_of_several or thing_term is not null
)

select * from final
