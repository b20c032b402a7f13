{# A sentence in lower case with each number, in digits or words, as one sign: what stays when only numbers change. #}
{% macro without_numbers(column) -%}
{%- set word = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen'
    ~ '|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion' -%}
regexp_replace(
    lower({{ column }}), '\b(?:{{ word }})(?:[ -](?:{{ word }}))*\b|[0-9](?:[0-9.,]*[0-9])?', '#', 'g'
)
{%- endmacro %}
