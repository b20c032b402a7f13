{#- One row for each combination of these columns, none of them NULL. With day, only keys that occur on tested days. -#}
{% test grain(model, columns, day=none) %}
{%- set key = columns | join(', ') -%}
with keys as (
    select {{ key }}
    from {{ model }}
    {%- if day %}
    where ({{ key }}) in (select ({{ key }}) from {{ model }} where {{ in_tested_days(day) }})
    {%- endif %}
)

select {{ key }}, count(*) as occurrences
from keys
group by {{ key }}
having count(*) > 1{% for column in columns %} or {{ column }} is null{% endfor %}
{% endtest %}
