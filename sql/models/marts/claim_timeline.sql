-- What was reported for a measure, day by day: lowest, median and highest value, and the number of outlets.
-- If an article gives values for several times, only the latest counts; values for days over 92 days old do not count.
with claims as (
    select * from {{ ref('claims') }}
    where
        {{ in_built_days() }} and is_counted and is_latest and measure_key is not null and polarity = 'affirmed'
        and (not as_of_is_stated or holds_to >= news_date - 92)
),

final as (
    select
        measure_key,
        max(measure_name) as measure_name,
        {{ commonest('measure_kind') }} as measure_kind,
        min(coalesce(currency, unit)) as unit,
        min(coalesce(low, high)) as low,
        median(coalesce(low, high)) as median_low,
        median(coalesce(high, low)) as median_high,
        max(coalesce(high, low)) as high,
        cast(count(*) as integer) as claims,
        cast(count(distinct story_id) as integer) as stories,
        cast(count(distinct publisher) as integer) as publishers,
        cast(count(*) filter (where verification = 'denied') as integer) as denied_claims,
        news_date
    from claims
    group by measure_key, news_date
)

select * from final
