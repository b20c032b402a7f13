-- Numbers that their article calls denied or wrong, each with the words that do so. A verdict applies to a number if it
-- is in or next to its sentence and can refer to no other number: "the accusation" after two numbers applies to
-- neither, and a denial further on does not count.
with verdicts as (
    select q.quantity_id, q.version_id, q.verification_start, q.verification_end, v.news_date
    from {{ ref('stg_quantities') }} as q
    inner join {{ ref('int_article_versions') }} as v on q.version_id = v.version_id
    where q.verification = 'denied' and {{ in_built_days('v.news_date') }}
    qualify
        count(*) over (partition by q.version_id, q.verification_start) = 1
        -- A space, a line break or a quotation mark may lie in between.
        and q.verification_start <= q.sentence_end + 3 and q.verification_end >= q.sentence_start - 3
),

final as (
    select
        v.quantity_id,
        v.version_id,
        substr(a.text, v.verification_start + 1, v.verification_end - v.verification_start) as verdict,
        v.news_date
    from verdicts as v
    inner join {{ ref('stg_articles') }} as a on v.version_id = a.version_id
)

select * from final
