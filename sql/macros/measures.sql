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


{#- Words that only say which way a number went; the thing is what stands behind them. -#}
{% macro is_step(thing) -%}
regexp_matches(lower({{ thing }}), '^(more|fewer|less|additional|extra|further) ')
{%- endmacro %}


{#- A thing's words without such a step and without words that add nothing; NULL where they are of another number or a stretch of time. -#}
{% macro measured_words(thing) -%}
case
    when not regexp_matches(lower({{ thing }}), '^[^a-z]|^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|(twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|per ?cent|cent)\b|\b(year|month|week|day|night|hour|quarter|decade|century|centuries)s?$')
        then regexp_replace({{ plain_words(thing) }}, '^((more|fewer|less|additional|extra|further|total|overall|estimated|actual|whole|entire) )+', '')
end
{%- endmacro %}


{#- The plural of a singular phrase, regular but for people. -#}
{% macro plural(phrase) -%}
case
    when regexp_matches({{ phrase }}, '(^| )person$') then regexp_replace({{ phrase }}, 'person$', 'people')
    when regexp_matches({{ phrase }}, '(^| )child$') then {{ phrase }} || 'ren'
    when regexp_matches({{ phrase }}, '(s|[^aeiou]ics|aircraft|sheep)$') then {{ phrase }}
    when regexp_matches({{ phrase }}, '[^aeiou]y$') then regexp_replace({{ phrase }}, 'y$', 'ies')
    when regexp_matches({{ phrase }}, '(x|ch|sh)$') then {{ phrase }} || 'es'
    else {{ phrase }} || 's'
end
{%- endmacro %}


{#- What is measured as people would write it: "deaths, Port Ansel", "unemployment, Spain (share)". -#}
{% macro measure_name() -%}
concat_ws(
    ', ',
    case when measure_unit = 'count' then {{ plural('thing_term') }} else thing_term end,
    subject_label,
    place_label
)
|| coalesce(
    ' (' || nullif(
        concat_ws(
            ', ',
            case when measure_unit = 'ratio' then 'share' when measure_unit <> 'count' then coalesce(currency, dimension, measure_unit) end,
            nullif(measure_kind, 'level'),
            'per ' || per
        ),
        ''
    ) || ')',
    ''
)
{%- endmacro %}
