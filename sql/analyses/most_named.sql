-- Which people, organisations and places were named most, and by how many outlets?
select kind, name, country, sum(mentions) as mentions, max(publishers) as publishers_on_best_day
from mentions_daily
group by kind, name, country
order by mentions desc, name
limit 30
