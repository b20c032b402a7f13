-- How did the most reported measure move, day by day? With --measure: how did that one?
with asked as (
    select coalesce(cast(getvariable('measure') as varchar), (
        select measure_key from claim_timeline
        group by measure_key
        order by count(distinct news_date) desc, sum(claims) desc, measure_key
        limit 1
    )) as measure_key
)

select news_date, measure_name, low, median_low, median_high, high, publishers, claims
from claim_timeline
where measure_key in (select measure_key from asked)
order by news_date
