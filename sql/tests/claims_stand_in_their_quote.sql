-- A claim's number is part of its quoted sentence.
select claim_id, surface, quote
from {{ ref('claims') }}
where
    {{ in_tested_days() }}
    and (claim_start < sentence_start or claim_end > sentence_end or not contains(quote, surface))
