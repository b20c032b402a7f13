-- What each number counts or measures: its thing in plain words, and what the clause says of those whom it counts.
with versions as (
    select version_id, news_date from {{ ref('int_article_versions') }}
    where {{ in_built_days() }}
),

articles as (
    select version_id, text from {{ ref('stg_articles') }}
),

synonyms as (
    select term, min(canonical) as canonical
    from (
        select term, canonical from {{ source('landing', 'user_synonyms') }}
        union all
        select term, canonical from {{ ref('measure_synonyms') }}
        where term not in (select term from {{ source('landing', 'user_synonyms') }})
    ) as both_lists
    group by term
),

-- Words that say no more of a thing than that it is people, in singular and plural.
people as (
    select g.term from {{ ref('measure_generic') }} as g
    where g.may_be_people
    union
    select s.term from synonyms as s
    inner join {{ ref('measure_generic') }} as g on s.canonical = g.term
    where g.may_be_people
),

clauses as (
    select
        q.quantity_id,
        v.version_id,
        v.news_date,
        q.dimension,
        {{ measured_words('q.thing') }} as thing_words,
        q.thing is null or {{ plain_words('q.thing') }} in (select p.term from people as p) as is_of_people,
        {{ is_step('q.thing') }} as is_step,
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
),

words as (
    select quantity_id, 'after' as stands, unnest(regexp_extract_all(lower(words_after), '[a-z]+')) as word
    from clauses
    where dimension = 'count'
    union all
    select quantity_id, 'before', unnest(regexp_extract_all(lower(words_before), '[a-z]+'))
    from clauses
    where dimension = 'count'
),

-- Where a clause says two different things of them ("dead and wounded"), the number is of neither alone.
found as (
    select w.quantity_id, min(s.state) as state_term
    from words as w
    inner join {{ ref('measure_states') }} as s on w.word = s.word and w.stands = s.stands
    group by w.quantity_id
    having count(distinct s.state) = 1
),

listed as (
    select
        c.*,
        f.state_term,
        coalesce(whole.canonical, plural.canonical, {{ singular('c.thing_words') }}) as listed_term
    from clauses as c
    left join synonyms as whole on {{ singular('c.thing_words') }} = whole.term
    left join synonyms as plural on c.thing_words = plural.term
    left join found as f on c.quantity_id = f.quantity_id
),

final as (
    select
        quantity_id,
        version_id,
        case
            when is_of_people then coalesce(state_term, listed_term)
            -- "67 soldiers were killed" is another measure than the soldiers and than all the dead.
            when state_term <> listed_term then listed_term || ': ' || state_term
            else listed_term
        end as thing_term,
        state_term is not null or coalesce(listed_term, '') in (select m.state from {{ ref('measure_states') }} as m)
            as is_state,
        coalesce(is_step, false) as is_step,
        news_date
    from listed
)

select * from final
