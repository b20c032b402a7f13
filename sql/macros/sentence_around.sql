{#- The pieces of a sentence around its marked characters, in lower case; marks are pairs of first and past the last. -#}
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
