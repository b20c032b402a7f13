{#- Which claims of a measure can be compared; docs/measures.md explains. -#}

{#- Claims that may disagree with others of their measure or move from one to another, with the values that their bounds
    allow: no changes, plans or totals out of which others are counted, nothing denied by its speaker or hypothetical. -#}
{% macro comparable(claims) -%}
(
    select
        c.claim_id,
        c.measure_key,
        c.measure_name,
        c.measure_kind,
        c.measure_unit,
        coalesce(c.measure_unit in ('ratio', 'point'), false) as is_share,
        coalesce(c.currency, c.unit) as unit,
        c.low,
        c.high,
        {{ allowed_low('c.bound', 'c.low', 'c.high') }} as allowed_low,
        {{ allowed_high('c.bound', 'c.low', 'c.high') }} as allowed_high,
        c.holds_from,
        c.holds_to,
        coalesce(c.as_of_is_stated, false) as as_of_is_stated,
        c.is_latest,
        coalesce(c.verification, '') = 'denied' as is_denied,
        x.is_of_votes,
        coalesce(x.is_one_of_several, false) as is_one_of_several,
        x.thing_term,
        c.change_id,
        c.place_entity,
        c.said_by_name,
        c.publisher,
        c.version_id,
        c.sentence_start,
        c.news_date
    from {{ claims }} as c
    left join {{ ref('int_contexts') }} as x on c.claim_id = x.claim_id
    where
        c.is_counted and c.polarity = 'affirmed'
        and c.measure_kind not in ('change', 'rank', 'error', 'base', 'plan') and coalesce(c.change_role, '') <> 'from'
        and not coalesce(x.is_hypothetical, false)
)
{%- endmacro %}


{#- The claims that another measure's claim may have to be listed with: two strongly linked ones of one article, which two
    sources may differ on although they were grouped into two measures, and those given instead of a disputed one. -#}
{% macro other_sides(claims) -%}
(
    select unnest([a.claim_id, b.claim_id]) as claim_id
    from {{ source('landing', 'claim_links') }} as l
    inner join {{ claims }} as a on l.claim_id = a.claim_id
    inner join {{ claims }} as b on l.other_claim_id = b.claim_id and a.version_id = b.version_id
    where
        l.score >= 1 and a.measure_key <> b.measure_key
        and ({{ in_touched('a.measure_key') }} or {{ in_touched('b.measure_key') }})
    union
    select v.instead_id from {{ ref('int_verdicts') }} as v
    where v.instead_id is not null
)
{%- endmacro %}


{#- Whether two claims of two measures can be what two sources of one article differ on. Two numbers of one sentence need
    two named speakers: without them a sentence mostly gives the numbers of several groups. -#}
{% macro differ_across_measures(one, other) -%}
(
    {{ one }}.version_id = {{ other }}.version_id and {{ one }}.score >= 1
    and ({{ one }}.sentence_start <> {{ other }}.sentence_start or {{ one }}.said_by_name <> {{ other }}.said_by_name)
)
{%- endmacro %}


{#- One sentence for each kind of disagreement. -#}
{% macro why_they_disagree(disagreement, other) -%}
case {{ disagreement }}
    when 'outlets' then 'Two outlets give values of one time that cannot both be right.'
    when 'sources' then 'Two sources in one article give values that cannot both be right.'
    else if(
        {{ other }} is null, 'The article says that the value is denied or wrong.',
        'The article says that the value is wrong, and gives another.'
    )
end
{%- endmacro %}


{#- Whether two comparable claims can be values of one thing at two times or from two sources. -#}
{% macro can_be_compared(one, other) -%}
(
    -- The result of a vote is not what polls said before it.
    coalesce({{ one }}.is_of_votes = {{ other }}.is_of_votes, true)
    -- Several shares of one owner in a sentence are those of parts: of states, of men and women.
    and (
        not ({{ one }}.is_one_of_several or {{ other }}.is_one_of_several)
        or {{ one }}.place_entity = {{ other }}.place_entity
        or ({{ one }}.version_id = {{ other }}.version_id and {{ one }}.sentence_start = {{ other }}.sentence_start)
    )
    -- What is reported for five years is not what is reported for one, or for a day.
    and greatest({{ one }}.holds_to - {{ one }}.holds_from, {{ other }}.holds_to - {{ other }}.holds_from, 92)
    <= 2 * greatest(least({{ one }}.holds_to - {{ one }}.holds_from, {{ other }}.holds_to - {{ other }}.holds_from), 46)
)
{%- endmacro %}


{#- Whether two claims count differently named things: passengers and people on board. -#}
{% macro count_other_things(one, other) -%}
{{ one }}.thing_term <> {{ other }}.thing_term
{%- endmacro %}
