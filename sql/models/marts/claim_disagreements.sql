-- Same thing, same place, same days: values of two publishers that cannot both be right.
{{ config(materialized='table') }}

with claims as (
    select * from {{ ref('claims') }}
    where
        is_counted and measure_key is not null and measure_kind = 'level' and polarity = 'affirmed'
        and as_of_start is not null
),

allowed as (
    select
        *,
        {{ allowed_low() }} as allowed_low,
        {{ allowed_high() }} as allowed_high
    from claims
),

measured as (
    select
        measure_key,
        as_of_start,
        as_of_end,
        arg_max({ claim_id: claim_id, publisher: publisher, quote: quote, low: low }, (allowed_low, claim_id)) as top,
        arg_min({ claim_id: claim_id, publisher: publisher, quote: quote, high: high }, (allowed_high, claim_id)) as bottom,
        max(allowed_low) as highest_low,
        min(allowed_high) as lowest_high,
        min(coalesce(currency, unit)) as unit,
        cast(count(*) as integer) as claims,
        cast(count(distinct publisher) as integer) as publishers
    from allowed
    group by measure_key, as_of_start, as_of_end
),

final as (
    select
        measure_key,
        as_of_start,
        as_of_end,
        unit,
        bottom.high as lower_value,
        bottom.publisher as lower_publisher,
        bottom.quote as lower_quote,
        bottom.claim_id as lower_claim_id,
        top.low as higher_value,
        top.publisher as higher_publisher,
        top.quote as higher_quote,
        top.claim_id as higher_claim_id,
        claims,
        publishers
    from measured
    where highest_low > lowest_high and top.publisher <> bottom.publisher
)

select * from final
