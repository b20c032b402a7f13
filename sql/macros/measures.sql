{#- How claims about the same thing are brought together; docs/warehouse.md has the rules with examples. -#}

{#- The singular of the last word of a lower-case phrase: regular plurals only, the rest is in the synonyms. -#}
{% macro singular(phrase) -%}
case
    when regexp_matches({{ phrase }}, '(ss|us|is|[^aeiou]ws)$') then {{ phrase }}
    when regexp_matches({{ phrase }}, '[^aeiou]ies$') then regexp_replace({{ phrase }}, 'ies$', 'y')
    when regexp_matches({{ phrase }}, '(x|ch|sh|ss)es$') then regexp_replace({{ phrase }}, 'es$', '')
    when regexp_matches({{ phrase }}, '[a-z]{2}s$') then regexp_replace({{ phrase }}, 's$', '')
    else {{ phrase }}
end
{%- endmacro %}


{#- Lower case, one space between words, no determiner in front and no possessive behind. -#}
{% macro plain_words(text) -%}
regexp_replace(
    regexp_replace(trim(regexp_replace(lower({{ text }}), '\s+', ' ', 'g')), '^(the|a|an|its|his|her|their|our) ', ''),
    '(''s|’s|''|’)$', ''
)
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
