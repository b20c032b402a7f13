{#- A publication day is the unit of rebuilding; changed_days lists the days that are out of date. -#}

{% macro news_date(published_on='published_on', fetched_at='fetched_at') -%}
coalesce({{ published_on }}, cast({{ fetched_at }} as date))
{%- endmacro %}


{#- Restricts a query to the days being built; a full build covers all days. -#}
{% macro in_built_days(column='news_date') -%}
{% if is_incremental() -%}
{{ column }} in (select news_date from {{ source('built', 'changed_days') }})
{%- else -%}
true
{%- endif %}
{%- endmacro %}


{#- Deletes a model's rows of the days being built, in the transaction that appends the new ones. A model whose rows
    do not belong to a single day handles this itself. -#}
{% macro delete_changed_days() -%}
{% if model.config.materialized == 'incremental' and is_incremental() and 'news_date' in model.columns -%}
delete from {{ this }} where news_date in (select news_date from {{ source('built', 'changed_days') }})
{%- endif %}
{%- endmacro %}


{#- For a mart whose rows do not belong to a single day: notes which rows have to be rebuilt. These are the existing rows
    for which a built day lies between first_day and last_day, and all keys that `days`, a table with news_date, has for
    the built days. `key` is the column that identifies a row. -#}
{% macro note_touched(key, days) -%}
{% if is_incremental() -%}
create or replace temp table touched as
select t.{{ key }}
from {{ this }} as t
where exists (select 1 from {{ source('built', 'changed_days') }} as d where d.news_date between t.first_day and t.last_day)
union
select {{ key }} from {{ days }}
where {{ in_built_days() }} and {{ key }} is not null
{%- endif %}
{%- endmacro %}


{% macro in_touched(column) -%}
{% if is_incremental() -%}
{{ column }} in (select t.{{ column.split('.')[-1] }} from touched as t)
{%- else -%}
true
{%- endif %}
{%- endmacro %}


{% macro delete_touched(key) -%}
{% if is_incremental() -%}
delete from {{ this }} where {{ in_touched(key) }}
{%- endif %}
{%- endmacro %}
