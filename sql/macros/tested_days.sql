{#- Tests look at what was built: all days after a full build, the changed ones otherwise. -#}
{% macro in_tested_days(column='news_date') -%}
{% if flags.FULL_REFRESH -%}
true
{%- else -%}
{{ column }} in (select news_date from {{ source('built', 'changed_days') }})
{%- endif %}
{%- endmacro %}
