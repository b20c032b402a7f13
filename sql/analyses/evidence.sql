-- Where is each of the latest claims found: page, archive record, sentence, offsets?
select news_date, publisher, surface, thing, said_by, quote, url, warc_file, warc_offset, claim_start, claim_end
from claims
where is_current
order by news_date desc, claim_id
limit 20
