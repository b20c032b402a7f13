{#- A publication day is the unit of rebuilding: what is out of date stands in changed_days. -#}

{% macro news_date(published_on='published_on', fetched_at='fetched_at') -%}
coalesce({{ published_on }}, cast({{ fetched_at }} as date))
{%- endmacro %}


{#- Restricts a query to the days that are built; all of them in a full build. -#}
{% macro in_built_days(column='news_date') -%}
{% if is_incremental() -%}
{{ column }} in (select news_date from {{ source('built', 'changed_days') }})
{%- else -%}
true
{%- endif %}
{%- endmacro %}


{#- Before a model appends its days, what it held of them goes, in the same transaction; one whose rows are of no one
    day sees to that itself. -#}
{% macro delete_changed_days() -%}
{% if model.config.materialized == 'incremental' and is_incremental() and 'news_date' in model.columns -%}
delete from {{ this }} where news_date in (select news_date from {{ source('built', 'changed_days') }})
{%- endif %}
{%- endmacro %}


{#- A mart whose rows are of no one day is built anew for what the built days have or had; the rows that it had of them
    are those whose first and last day they lie between. `key` names the row, `days` the table that tells what is of a day. -#}
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
