-- Which figures moved most, and between which claims?
select
    m.measure_name, m.moved_from_day, m.moved_from, m.moved_to_day, m.moved_to,
    round((m.moved_to - m.moved_from) / nullif(abs(m.moved_from), 0), 3) as moved_by,
    a.publisher as from_publisher, b.publisher as to_publisher, a.quote as from_quote, b.quote as to_quote
from measures as m
inner join claims as a on m.moved_from_claim_id = a.claim_id
inner join claims as b on m.moved_to_claim_id = b.claim_id
where m.is_shown and (getvariable('measure') is null or m.measure_key = getvariable('measure'))
order by abs(moved_by) desc nulls last, m.measure_key
limit 20
