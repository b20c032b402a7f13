{#- Words and values as claims are compared by them; docs/measures.md says when two claims are of one measure. -#}

{#- Lower case, one space between words. -#}
{% macro plain_words(text) -%}
trim(regexp_replace(lower({{ text }}), '\s+', ' ', 'g'))
{%- endmacro %}


{#- The lowest value that a claim allows: about is read as within a tenth, an open end as no limit. -#}
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


{#- The commonest value of a group, the first in order of those as common. Not mode(... order by ...), which keeps all
    values of each group in memory, 32 KB at the least. -#}
{% macro commonest(column) -%}
list_sort([{'n': -e.value, 'told': e.key} for e in map_entries(histogram({{ column }}))])[1].told
{%- endmacro %}


{#- How a claim words what it is of, to find it again in another version of its article; NULL without a thing. -#}
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
