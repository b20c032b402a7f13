-- Which figures rest on one anonymous source, the only source of their measure?
select c.news_date, c.publisher, c.surface, c.thing, c.said_by, c.quote, c.url
from claims as c
inner join measures as m on c.measure_key = m.measure_key
where
    m.rests_on_anonymous and c.is_current and c.is_counted
    and (getvariable('measure') is null or m.measure_key = getvariable('measure'))
order by c.news_date desc, c.claim_id
limit 20
