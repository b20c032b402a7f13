{#- Tests cover what was built: all days after a full build, otherwise the changed ones. -#}
{% macro in_tested_days(column='news_date') -%}
{% if flags.FULL_REFRESH -%}
true
{%- else -%}
{{ column }} in (select news_date from {{ source('built', 'changed_days') }})
{%- endif %}
{%- endmacro %}
