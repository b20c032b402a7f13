-- Which numbers did outlets change after publication, and what did the sentences say?
select revised_at, publisher, before_low, after_low, before_quote, after_quote, url
from claim_revisions
order by revised_at desc, claim_id
limit 20
