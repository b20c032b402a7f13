-- Every attempt has one outcome, so the outcomes of a source and day sum to its attempts.
with health as (
    select * from {{ ref('pipeline_health') }}
)

select source, fetched_date, attempts, page_attempts, announcement_attempts, fetched, unchanged, failed_retryable, failed_for_good
from health
where
    attempts <> page_attempts + announcement_attempts
    or attempts <> fetched + unchanged + failed_retryable + failed_for_good
    or fetched < read_as_article + rejected_pages + unread_pages
