-- What each number measures, under a key that different outlets share. A claim that cannot be placed has no key.
with worded as (
    select
        q.*,
        t.thing_term,
        t.is_step,
        s.* exclude (quantity_id, version_id),
        {{ plain_words('q.subject') }} as subject_words,
        {{ plain_words('q.place') }} as place_words,
        coalesce(q.currency, q.si_unit, q.unit, q.dimension, 'count') as measure_unit,
        -- Who says a number, or counts the dead, is not what it is about; nor is the thing twice over.
        t.is_state or s.is_subject_speaker or coalesce({{ plain_words('q.subject') }} = {{ plain_words('q.thing') }}, false)
            as is_subject_apart,
        -- What a country or a town has of something that is not counted, it has there.
        s.is_subject_place and s.place_name is null and measure_unit <> 'count' as is_had_there
    from {{ ref('int_terms') }} as t
    inner join {{ ref('int_scopes') }} as s on t.quantity_id = s.quantity_id
    inner join {{ ref('stg_quantities') }} as q on t.quantity_id = q.quantity_id
    where {{ in_built_days('t.news_date') }} and {{ in_built_days('s.news_date') }}
),

-- Only a subject with a name tells two things apart: "the company" may be any, and another outlet says "the firm".
scoped as (
    select
        *,
        case when not is_subject_apart and not is_had_there then subject_name end as subject_label,
        case
            when place_name is not null then place_name
            when is_had_there and not is_subject_apart then subject_name
            -- A length of time or an age belongs to somebody or something; where the article plays does not tell whose.
            when scene is null or coalesce(dimension, '') in ('time', 'age') or (subject_name is not null and not is_subject_apart)
                then null
            else concat_ws(', ', place_words, scene)
        end as place_label,
        case
            when aspect = 'change' and change_role = 'by' or aspect = 'level' and is_step then 'change'
            when aspect = 'change' then 'level'
            else aspect
        end as measure_kind
    from worded
),

worded_keys as (
    select
        *,
        lower({{ plain_words('subject_label') }}) as subject_term,
        lower({{ plain_words('place_label') }}) as place_term,
        concat_ws(
            ' | ', measure_unit, case when measure_kind <> 'level' then measure_kind end, 'per ' || per
        ) as value_term
    from scoped
),

keyed as (
    select
        *,
        concat_ws(' | ', thing_term, coalesce(subject_term, '-'), coalesce(place_term, '-'), value_term) as full_key,
        concat_ws(
            ' | ', thing_term, coalesce(subject_words, '-'), coalesce({{ plain_words('place_name') }}, place_words, '-'), value_term
        ) as wording_key,
        thing_term is not null
        and thing_term not in (select g.term from {{ ref('measure_generic') }} as g)
        -- "The official figure", "an earlier count": of what, another sentence says.
        and regexp_extract(thing_term, '[a-z]+$') not in ('figure', 'count', 'estimate', 'tally', 'total', 'number')
        and (subject_term is not null or place_term is not null)
        -- A pronoun that was not resolved may stand for anybody.
        and coalesce(subject_words, '') not in ('he', 'she', 'it', 'they', 'we', 'i', 'you', 'this', 'that', 'who', 'which')
            as is_placeable
    from worded_keys
),

ranged as (
    select
        *,
        {{ allowed_low() }} as allowed_low,
        {{ allowed_high() }} as allowed_high,
        -- The old end of a change is of another time than its new one.
        is_placeable and coalesce(change_role, '') <> 'from' as is_first_come
    from keyed
),

-- Where one voice gives two values of one day that cannot both be right, they are not of one thing: the first keeps the key.
final as (
    select
        *,
        is_placeable
        and (
            not is_first_come
            or (
                allowed_low <= first_value(allowed_high) over of_voice
                and allowed_high >= first_value(allowed_low) over of_voice
            )
        ) as is_placed
    from ranged
    window of_voice as (
        partition by version_id, full_key, as_of_start, as_of_end, said_by, is_first_come
        order by claim_start, quantity_id
    )
)

select
    quantity_id,
    version_id,
    case when is_placed then full_key end as measure_key,
    case when is_placed then {{ measure_name() }} end as measure_name,
    case when thing_term is not null then wording_key end as wording_key,
    measure_kind,
    thing_term,
    subject_term,
    place_term,
    place_name,
    country,
    is_placed,
    -- "300, up from 200 a year ago": what was is not what is reported now.
    coalesce(change_role, '') <> 'from'
    and (
        not is_placed
        or coalesce(as_of_end, as_of_start, news_date)
        = max(coalesce(as_of_end, as_of_start, news_date)) over (partition by version_id, full_key, is_placed)
    ) as is_latest,
    news_date
from final
