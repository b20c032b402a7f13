-- Where are values of one measure given that cannot both be right, by outlets, by sources in one article, or denied; the surest first?
select
    measure_name, disagreement, score, lower_value, lower_publisher, lower_speaker, higher_value, higher_publisher, higher_speaker,
    lower_quote, higher_quote
from claim_disagreements
where getvariable('measure') is null or measure_key = getvariable('measure')
order by score desc nulls last, publishers desc, measure_key, lower_claim_id, higher_claim_id
limit 20
