{#- The parts of a sentence outside its marked spans, in lower case; marks are pairs of offsets (start, end), half-open. -#}
{% macro sentence_around(sentence, marks) -%}
list_transform(
    range(len({{ marks }}) + 1),
    lambda i: lower(substr(
        {{ sentence }},
        coalesce({{ marks }}[i][2], 0) + 1,
        greatest(coalesce({{ marks }}[i + 1][1], length({{ sentence }})) - coalesce({{ marks }}[i][2], 0), 0)
    ))
)
{%- endmacro %}
