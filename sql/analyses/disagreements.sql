-- Where are values of one measure given that cannot both be right, by outlets, by sources in one article, or denied?
select
    measure_name, disagreement, lower_value, lower_publisher, lower_speaker, higher_value, higher_publisher, higher_speaker,
    lower_quote, higher_quote
from claim_disagreements
where getvariable('measure') is null or measure_key = getvariable('measure')
order by disagreement, publishers desc, higher_value / nullif(lower_value, 0) desc, measure_key
limit 20
