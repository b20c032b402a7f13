-- How many claims are the only one of their measure, and what kinds of numbers are they?
select lower(c.thing) as thing, count(*) as claims, any_value(c.quote) as example
from claims as c
inner join measures as m on c.measure_key = m.measure_key
where m.claims = 1 and c.is_counted
group by lower(c.thing)
order by claims desc, thing
limit 30
