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


{#- The measures and days whose disagreements may have changed: those of claims that the built days had or have. -#}
{% macro note_touched_disagreements() -%}
{% if is_incremental() -%}
create or replace temp table touched as
select t.measure_key, t.as_of_start, t.as_of_end
from {{ this }} as t
inner join {{ source('built', 'changed_days') }} as d on d.news_date between t.first_news_date and t.last_news_date
union
select measure_key, as_of_start, as_of_end
from {{ ref('claims') }}
where {{ in_built_days() }} and measure_key is not null and as_of_start is not null
{%- endif %}
{%- endmacro %}


{#- By the days first, which lets DuckDB pass over most of what is stored. -#}
{% macro in_touched_disagreements() -%}
{% if is_incremental() -%}
as_of_start in (select t.as_of_start from touched as t)
and (measure_key, as_of_start, as_of_end) in (select (t.measure_key, t.as_of_start, t.as_of_end) from touched as t)
{%- else -%}
true
{%- endif %}
{%- endmacro %}


{% macro delete_touched_disagreements() -%}
{% if is_incremental() -%}
delete from {{ this }} where {{ in_touched_disagreements() }}
{%- endif %}
{%- endmacro %}
