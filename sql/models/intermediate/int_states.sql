-- Where a number counts people and its thing says no more than that: what is said of them (dead, missing, arrested).
with versions as (
    select version_id, news_date from {{ ref('int_article_versions') }}
    where {{ in_built_days() }}
),

articles as (
    select version_id, text from {{ ref('stg_articles') }}
),

clauses as (
    select
        q.quantity_id,
        v.version_id,
        v.news_date,
        -- Up to the next number or comma after it, and a few words before it.
        regexp_extract(
            substr(a.text, q.claim_end + 1, least(80, q.sentence_end - q.claim_end)), '^[^0-9,;:.!?()]*'
        ) as words_after,
        regexp_extract(
            substr(a.text, greatest(q.sentence_start, q.claim_start - 30) + 1, least(30, q.claim_start - q.sentence_start)),
            '[^0-9,;:.!?()]*$'
        ) as words_before
    from {{ ref('stg_quantities') }} as q
    inner join versions as v on q.version_id = v.version_id
    inner join articles as a on q.version_id = a.version_id
    left join {{ ref('measure_synonyms') }} as s on {{ plain_words('q.thing') }} = s.term
    where
        q.dimension = 'count'
        and (
            q.thing is null
            or coalesce(s.canonical, {{ singular(plain_words('q.thing')) }})
            in (select g.term from {{ ref('measure_generic') }} as g)
        )
),

words as (
    select quantity_id, 'after' as stands, unnest(regexp_extract_all(lower(words_after), '[a-z]+')) as word
    from clauses
    union all
    select quantity_id, 'before', unnest(regexp_extract_all(lower(words_before), '[a-z]+'))
    from clauses
),

-- Where a clause says two different things of them ("dead and wounded"), the number is of neither alone.
found as (
    select w.quantity_id, min(s.state) as state_term
    from words as w
    inner join {{ ref('measure_states') }} as s on w.word = s.word and w.stands = s.stands
    group by w.quantity_id
    having count(distinct s.state) = 1
),

-- The place that an article names first of all in its lead and most often: where what it reports took place.
named as (
    select version_id, name, count(*) as times, min(mention_start) as first_start
    from {{ ref('stg_mentions') }}
    where kind = 'place' and version_id in (select version_id from clauses)
    group by version_id, name
),

in_lead as (
    select *, count(*) over (partition by version_id) as places
    from named
    where first_start < 400
),

-- Named again later, or the only place that the lead names.
main_places as (
    select version_id, name as main_place
    from in_lead
    where times > 1 or places = 1
    qualify row_number() over (partition by version_id order by times desc, first_start asc) = 1
),

final as (
    select
        c.quantity_id,
        c.version_id,
        f.state_term,
        p.main_place,
        c.news_date
    from clauses as c
    inner join found as f on c.quantity_id = f.quantity_id
    left join main_places as p on c.version_id = p.version_id
)

select * from final
