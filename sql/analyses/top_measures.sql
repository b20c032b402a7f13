-- Which measures are reported by the most outlets?
select measure_name, publishers, claims, first_day, last_day, measure_key
from measures
where is_shown
order by publishers desc, claims desc, measure_key
limit 20
