-- How many claims could not be placed, and of what are they?
select lower(thing) as thing, count(*) as claims, any_value(quote) as example
from claims
where measure_key is null and is_counted
group by lower(thing)
order by claims desc, thing
limit 30
