-- Numbers that their article calls denied or wrong, with the words that do so and the number that it gives instead.
with numbers as (
    select
        q.*,
        m.measure_unit,
        v.news_date,
        lead(q.quantity_id) over following as next_id,
        lead(q.low) over following as next_low,
        lead(q.claim_start) over following as next_start,
        lead(q.sentence_end) over following as next_end
    from {{ ref('stg_quantities') }} as q
    inner join {{ ref('int_article_versions') }} as v on q.version_id = v.version_id
    inner join {{ ref('int_measures') }} as m on q.quantity_id = m.quantity_id
    where {{ in_built_days('v.news_date') }} and {{ in_built_days('m.news_date') }}
    window following as (partition by q.version_id, m.measure_unit order by q.claim_start, q.claim_end)
),

-- A verdict applies to a number if it is in or next to its sentence and can refer to no other number: "the accusation"
-- after two numbers applies to neither, and a denial further on does not count.
denied as (
    select quantity_id, version_id, verification_start, verification_end, news_date
    from numbers
    where
        verification = 'denied'
        -- "Millions" is no value that could be wrong: the verdict is on what is said of them.
        and not regexp_matches(surface, '(?i)^(?:\w+ of )?(?:dozens|scores|hundreds|thousands|millions|billions|trillions)$')
    qualify
        count(*) over (partition by version_id, verification_start) = 1
        -- A space, a line break or a quotation mark may lie in between.
        and verification_start <= sentence_end + 3 and verification_end >= sentence_start - 3
),

-- "He said 81 percent (the actual number is 15)", "said nine died, but in fact it was two".
between_numbers as (
    select
        n.*,
        substr(a.text, n.claim_end + 1, n.next_start - n.claim_end) as said_between,
        n.next_end <= n.sentence_end as is_one_sentence
    from numbers as n
    inner join {{ ref('stg_articles') }} as a on n.version_id = a.version_id
    where n.next_start - n.claim_end between 1 and {{ correction_reach() }}
),

corrected as (
    select quantity_id, version_id, claim_end, next_start, next_id, next_end, news_date
    from between_numbers
    where
        low is distinct from next_low and change_role is null
        and (
            regexp_matches(said_between, '{{ names_true_value() }}')
            or (verification = 'denied' and regexp_matches(said_between, '{{ puts_it_at() }}'))
            or (
                is_one_sentence and attribution_id is not null
                and regexp_matches(said_between, '{{ contrasts_with_fact() }}')
            )
        )
),

final as (
    select
        coalesce(c.quantity_id, d.quantity_id) as quantity_id,
        coalesce(c.version_id, d.version_id) as version_id,
        trim(substr(
            a.text,
            coalesce(d.verification_start, c.claim_end) + 1,
            coalesce(d.verification_end, c.next_end) - coalesce(d.verification_start, c.claim_end)
        )) as verdict,
        c.next_id as instead_id,
        coalesce(c.news_date, d.news_date) as news_date
    from denied as d
    full join corrected as c on d.quantity_id = c.quantity_id
    inner join {{ ref('stg_articles') }} as a on coalesce(c.version_id, d.version_id) = a.version_id
)

select * from final
