-- What each number measures, under a key that different outlets share. A claim that cannot be placed has no key.
with quantities as (
    select * from {{ ref('stg_quantities') }}
),

versions as (
    select * from {{ ref('int_article_versions') }}
    where {{ in_built_days() }}
),

mentions as (
    select version_id, mention_start, mention_end, kind, name, country
    from {{ ref('stg_mentions') }}
    where version_id in (select version_id from versions)
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

worded as (
    select
        q.*,
        v.news_date,
        {{ plain_words('q.thing') }} as thing_words,
        {{ plain_words('q.subject') }} as subject_words,
        {{ plain_words('q.place') }} as place_words
    from quantities as q
    inner join versions as v on q.version_id = v.version_id
),

-- The fullest name and the country that the article itself gives for the place and the subject.
places as (
    select w.quantity_id, min_by(m.name, m.mention_start) as name, min_by(m.country, m.mention_start) as country
    from worded as w
    inner join mentions as m
        on w.version_id = m.version_id and w.place_start < m.mention_end and w.place_end > m.mention_start
    where m.kind = 'place'
    group by w.quantity_id
),

subjects as (
    select w.quantity_id, min_by(m.name, m.mention_start) as name
    from worded as w
    inner join mentions as m
        on w.version_id = m.version_id and w.subject_start = m.mention_start and w.subject_end = m.mention_end
    group by w.quantity_id
),

-- Who says a number is not what it is about.
speakers as (
    select w.quantity_id
    from worded as w
    inner join {{ ref('stg_attributions') }} as t on w.attribution_id = t.attribution_id
    where w.subject_start >= t.source_start and w.subject_end <= t.source_end
),

named as (
    select
        w.*,
        t.state_term,
        {{ singular('w.thing_words') }} as thing_singular,
        p.name as place_name,
        p.country,
        case
            when t.state_term is null and k.quantity_id is null and w.subject_words <> coalesce(w.thing_words, '')
                then coalesce({{ plain_words('s.name') }}, w.subject_words)
        end as subject_term,
        coalesce({{ plain_words('p.name') }}, w.place_words, {{ plain_words('t.main_place') }}) as place_term,
        case
            when w.aspect = 'change' and w.change_role = 'by' then 'change'
            when w.aspect = 'change' then 'level'
            else w.aspect
        end as measure_kind
    from worded as w
    left join places as p on w.quantity_id = p.quantity_id
    left join subjects as s on w.quantity_id = s.quantity_id
    left join speakers as k on w.quantity_id = k.quantity_id
    left join {{ ref('int_states') }} as t on w.quantity_id = t.quantity_id
),

termed as (
    select
        n.*,
        coalesce(n.state_term, whole.canonical, plural.canonical, n.thing_singular) as thing_term,
        coalesce(n.currency, n.si_unit, n.unit, n.dimension, 'count') as measure_unit
    from named as n
    left join synonyms as whole on n.thing_singular = whole.term
    left join synonyms as plural on n.thing_words = plural.term
),

final as (
    select
        t.quantity_id,
        t.version_id,
        t.thing_term,
        t.subject_term,
        t.place_term,
        t.place_name,
        t.country,
        t.measure_kind,
        concat_ws(
            ' | ', t.thing_term, coalesce(t.subject_term, '-'), coalesce(t.place_term, '-'), t.measure_unit,
            case when t.measure_kind <> 'level' then t.measure_kind end, 'per ' || t.per
        ) as wording_key,
        t.thing_term is not null
        and t.thing_term not in (select g.term from {{ ref('measure_generic') }} as g)
        and (t.subject_term is not null or t.place_term is not null)
        -- A pronoun that was not resolved may stand for anybody.
        and coalesce(t.subject_term, '') not in ('he', 'she', 'it', 'they', 'we', 'i', 'you', 'this', 'that', 'who', 'which')
            as is_placed,
        t.news_date
    from termed as t
)

select
    quantity_id,
    version_id,
    case when is_placed then wording_key end as measure_key,
    case when thing_term is not null then wording_key end as wording_key,
    measure_kind,
    thing_term,
    subject_term,
    place_term,
    place_name,
    country,
    is_placed,
    news_date
from final
