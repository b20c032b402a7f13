{#- Columns whose values come from closed lists; NULL is allowed. -#}
{% test closed_lists(model, lists) %}
{% for column, values in lists.items() -%}
select '{{ column }}' as column_name, cast({{ column }} as varchar) as not_in_list, count(*) as occurrences
from {{ model }}
where {{ column }} not in ('{{ values | join("', '") }}')
group by {{ column }}
{%- if not loop.last %}
union all
{% endif %}
{%- endfor %}
{% endtest %}
