-- Which measures are reported by the most outlets?
select
    max(measure_name) as measure_name, count(distinct publisher) as publishers, count(*) as claims, min(low) as low, max(high) as high, measure_key
from claims
where is_counted and measure_key is not null
group by measure_key
order by publishers desc, claims desc, measure_key
limit 20
