{#- A publication day is the unit of rebuilding: what is out of date stands in changed_days. -#}

{% macro news_date(published_at='published_at', fetched_at='fetched_at') -%}
cast(coalesce({{ published_at }}, {{ fetched_at }}) as date)
{%- endmacro %}


{#- Restricts a query to the days that are built; all of them in a full build. -#}
{% macro in_built_days(column='news_date') -%}
{% if is_incremental() -%}
{{ column }} in (select news_date from {{ source('landing', 'changed_days') }})
{%- else -%}
true
{%- endif %}
{%- endmacro %}


{#- Before a model appends its days, what it held of them goes, in the same transaction. -#}
{% macro delete_changed_days() -%}
{% if model.config.materialized == 'incremental' and is_incremental() -%}
delete from {{ this }} where news_date in (select news_date from {{ source('landing', 'changed_days') }})
{%- endif %}
{%- endmacro %}
