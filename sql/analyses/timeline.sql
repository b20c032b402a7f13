-- How did the most reported measure move, day by day?
with busiest as (
    select measure_key from claim_timeline
    group by measure_key
    order by count(distinct news_date) desc, sum(claims) desc, measure_key
    limit 1
)

select news_date, measure_name, low, median_low, median_high, high, publishers, claims
from claim_timeline
where measure_key in (select measure_key from busiest)
order by news_date
