-- Where do outlets give values for the same thing, place and day that cannot both be right?
select
    measure_name, as_of_start, lower_value, lower_publisher, higher_value, higher_publisher, lower_quote, higher_quote
from claim_disagreements
order by publishers desc, higher_value / nullif(lower_value, 0) desc, measure_key
limit 20
