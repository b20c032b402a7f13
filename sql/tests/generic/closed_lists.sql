{#- Columns whose values come from closed lists; NULL is allowed. With day, only rows of tested days. -#}
{% test closed_lists(model, lists, day=none) %}
{% for column, values in lists.items() -%}
select '{{ column }}' as column_name, cast({{ column }} as varchar) as not_in_list, count(*) as occurrences
from {{ model }}
where {{ column }} not in ('{{ values | join("', '") }}'){% if day %} and {{ in_tested_days(day) }}{% endif %}
group by {{ column }}
{%- if not loop.last %}
union all
{% endif %}
{%- endfor %}
{% endtest %}
