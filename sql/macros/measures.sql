{#- Normalised words and values for comparing claims; docs/measures.md says when two claims belong to one measure. -#}

{#- Lower case, one space between words. -#}
{% macro plain_words(text) -%}
trim(regexp_replace(lower({{ text }}), '\s+', ' ', 'g'))
{%- endmacro %}


{#- The lowest value that a claim allows: `about` means within a tenth, an open end means no limit. -#}
{% macro allowed_low(bound='bound', low='low', high='high') -%}
case
    when {{ bound }} = 'about' then {{ low }} - 0.1 * abs({{ low }})
    when {{ bound }} in ('at_most', 'less_than') then cast('-infinity' as double)
    else coalesce({{ low }}, cast('-infinity' as double))
end
{%- endmacro %}


{#- The highest value that a claim allows. -#}
{% macro allowed_high(bound='bound', low='low', high='high') -%}
case
    when {{ bound }} = 'about' then {{ high }} + 0.1 * abs({{ high }})
    when {{ bound }} in ('at_least', 'more_than') then cast('infinity' as double)
    else coalesce({{ high }}, cast('infinity' as double))
end
{%- endmacro %}


{#- The most frequent value of a group; of several, the first in sort order. Not mode(... order by ...), which keeps all
    values of each group in memory, at least 32 KB. -#}
{% macro commonest(column) -%}
list_sort([{'n': -e.value, 'told': e.key} for e in map_entries(histogram({{ column }}))])[1].told
{%- endmacro %}


{#- Links between counted claims, in both directions, as lower_id, higher_id and score. A link of a copy of an article is
    assigned to the story's first article, which is counted: otherwise the result would depend on which copy was compared. -#}
{% macro links_that_count(claims, scope) -%}
(
    with standing as (
        select c.claim_id, c.claim_id as counted_id
        from {{ claims }} as c
        where c.is_counted and {{ scope }}
        union all
        select c.claim_id, min(s.claim_id)
        from {{ claims }} as c
        inner join {{ claims }} as s
            on
                c.measure_key = s.measure_key and c.story_id = s.story_id
                and c.low is not distinct from s.low and c.high is not distinct from s.high
        where c.is_current and not c.is_counted and s.is_counted and {{ scope }}
        group by c.claim_id
    ),

    linked as (
        select a.counted_id as a_id, b.counted_id as b_id, max(l.score) as score
        from {{ source('landing', 'claim_links') }} as l
        inner join standing as a on l.claim_id = a.claim_id
        inner join standing as b on l.other_claim_id = b.claim_id
        where l.score >= 0 and a.counted_id <> b.counted_id
        group by a.counted_id, b.counted_id
    )

    select unnest([a_id, b_id]) as lower_id, unnest([b_id, a_id]) as higher_id, score from linked
)
{%- endmacro %}


{#- Key of a claim's wording, to find the claim in another version of its article; NULL without a thing. -#}
{% macro wording_key() -%}
case when n.thing is not null then concat_ws(
    ' | ',
    {{ plain_words('n.thing') }},
    coalesce({{ plain_words('n.subject') }}, '-'),
    coalesce({{ plain_words('n.place') }}, '-'),
    coalesce(n.currency, n.si_unit, n.unit, n.dimension, 'count'),
    case when n.aspect <> 'level' then n.aspect end,
    'per ' || n.per
) end
{%- endmacro %}
