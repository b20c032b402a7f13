{#- One row for each combination of these columns, none of them NULL. With day, only keys that occur on tested days; with of_version, only
    those that occur in versions of tested days. -#}
{% test grain(model, columns, day=none, of_version=false) %}
{%- set key = columns | join(', ') -%}
with keys as (
    select {{ key }}
    from {{ model }}
    {%- if day %}
    where ({{ key }}) in (select ({{ key }}) from {{ model }} where {{ in_tested_days(day) }})
    {%- elif of_version %}
    where ({{ key }}) in (
        select ({{ key }}) from {{ model }}
        where version_id in (select a.version_id from {{ ref('stg_articles') }} as a where {{ in_tested_days('a.news_date') }})
    )
    {%- endif %}
)

select {{ key }}, count(*) as occurrences
from keys
group by {{ key }}
having count(*) > 1{% for column in columns %} or {{ column }} is null{% endfor %}
{% endtest %}
