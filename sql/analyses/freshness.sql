-- When did each source last answer, how late do its articles arrive, and how many attempts fail?
select
    source, max(last_success_at) as last_success_at, median(median_lag_minutes) as lag_minutes,
    sum(attempts) as attempts,
    round(sum(failed_retryable + failed_for_good) / sum(attempts), 3) as failed_share,
    sum(rejected_pages) as rejected_pages, sum(unread_pages) as unread_pages
from pipeline_health
group by source
order by source
