-- Lowest, median and highest value of a day are in that order, and no day has more stories than claims.
select measure_key, news_date, low, median_low, median_high, high, stories, claims
from {{ ref('claim_timeline') }}
where {{ in_tested_days() }} and (low > median_low or median_high > high or stories > claims)
