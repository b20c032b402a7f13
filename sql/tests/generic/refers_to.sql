{#- Every value of the column on tested days occurs in the other model's column. -#}
{% test refers_to(model, column, to, field, day='news_date') %}
select {{ column }}
from {{ model }}
where
    {{ in_tested_days(day) }} and {{ column }} is not null
    and {{ column }} not in (select {{ field }} from {{ to }} where {{ field }} is not null)
{% endtest %}
