-- Numbers that their article calls denied or wrong, with the words that do so and the number that it gives instead.
with numbers as (
    select q.*, m.is_magnitude, m.instead_id, v.news_date
    from {{ ref('stg_quantities') }} as q
    inner join {{ ref('int_article_versions') }} as v on q.version_id = v.version_id
    inner join {{ source('landing', 'claim_measures') }} as m on q.quantity_id = m.claim_id
    where {{ in_built_days('v.news_date') }} and {{ in_built_days('m.news_date') }}
),

-- A verdict applies to a number if it is in or next to its sentence and can refer to no other number: "the accusation"
-- after two numbers applies to neither, and a denial further on does not count.
denied as (
    select quantity_id, version_id, verification_start, verification_end, news_date
    from numbers
    where verification = 'denied' and not coalesce(is_magnitude, false)
    qualify
        count(*) over (partition by version_id, verification_start) = 1
        -- A space, a line break or a quotation mark may lie in between.
        and verification_start <= sentence_end + 3 and verification_end >= sentence_start - 3
),

corrected as (
    select n.quantity_id, n.version_id, n.claim_end, n.instead_id, o.sentence_end as instead_end, n.news_date
    from numbers as n
    inner join numbers as o on n.instead_id = o.quantity_id
),

final as (
    select
        coalesce(c.quantity_id, d.quantity_id) as quantity_id,
        coalesce(c.version_id, d.version_id) as version_id,
        trim(substr(
            a.text,
            coalesce(d.verification_start, c.claim_end) + 1,
            coalesce(d.verification_end, c.instead_end) - coalesce(d.verification_start, c.claim_end)
        )) as verdict,
        c.instead_id,
        coalesce(c.news_date, d.news_date) as news_date
    from denied as d
    full join corrected as c on d.quantity_id = c.quantity_id
    inner join {{ ref('stg_articles') }} as a on coalesce(c.version_id, d.version_id) = a.version_id
)

select * from final
