-- Which values of one measure cannot both be right, the most certain first: of two outlets, of two sources in one article, or denied?
select
    measure_name, disagreement, score, lower_value, lower_publisher, lower_speaker, higher_value, higher_publisher, higher_speaker,
    lower_quote, higher_quote
from claim_disagreements
where getvariable('measure') is null or measure_key = getvariable('measure')
order by score desc nulls last, publishers desc, measure_key, lower_claim_id, higher_claim_id
limit 20
