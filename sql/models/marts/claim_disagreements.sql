-- Same thing, same place, same days: values of two publishers that cannot both be right.
{{ config(pre_hook=["{{ note_touched('measure_key', ref('claims')) }}", "{{ delete_touched('measure_key') }}"]) }}

with claims as (
    select
        claim_id, measure_key, measure_name, as_of_start, as_of_end, publisher, low, high, bound, currency, unit,
        news_date
    from {{ ref('claims') }}
    where
        is_counted and measure_key is not null and measure_kind = 'level' and polarity = 'affirmed'
        and as_of_start is not null
        and {{ in_touched('measure_key') }}
),

allowed as (
    select
        *,
        {{ allowed_low() }} as allowed_low,
        {{ allowed_high() }} as allowed_high
    from claims
),

-- The ends of what each publisher says, so that publishers are compared and not claims.
voices as (
    select
        measure_key,
        as_of_start,
        as_of_end,
        publisher,
        arg_max({ claim_id: claim_id, value: low }, (allowed_low, claim_id)) as top,
        arg_min({ claim_id: claim_id, value: high }, (allowed_high, claim_id)) as bottom,
        max(allowed_low) as highest_low,
        min(allowed_high) as lowest_high,
        max(measure_name) as measure_name,
        min(coalesce(currency, unit)) as unit,
        min(news_date) as first_day,
        max(news_date) as last_day,
        count(*) as claims
    from allowed
    group by measure_key, as_of_start, as_of_end, publisher
),

measured as (
    select
        *,
        top.value as top_value,
        top.claim_id as top_claim_id,
        bottom.value as bottom_value,
        bottom.claim_id as bottom_claim_id,
        max(measure_name) over of_measure as shared_name,
        min(unit) over of_measure as shared_unit,
        min(first_day) over of_measure as first_of_all,
        max(last_day) over of_measure as last_of_all,
        sum(claims) over of_measure as all_claims,
        count(*) over of_measure as publishers
    from voices
    window of_measure as (partition by measure_key, as_of_start, as_of_end)
    qualify max(highest_low) over of_measure > min(lowest_high) over of_measure and publishers > 1
),

pairs as (
    select
        low.measure_key,
        low.shared_name as measure_name,
        low.as_of_start,
        low.as_of_end,
        low.shared_unit as unit,
        low.bottom_value as lower_value,
        low.publisher as lower_publisher,
        low.bottom_claim_id as lower_claim_id,
        high.top_value as higher_value,
        high.publisher as higher_publisher,
        high.top_claim_id as higher_claim_id,
        cast(low.all_claims as integer) as claims,
        cast(low.publishers as integer) as publishers,
        low.first_of_all as first_day,
        low.last_of_all as last_day
    from measured as low
    inner join measured as high
        on
            low.measure_key = high.measure_key
            and low.as_of_start = high.as_of_start
            and low.as_of_end is not distinct from high.as_of_end
            and low.publisher <> high.publisher
            and low.lowest_high < high.highest_low
            -- Values further apart than this are of two things that share their words.
            and (low.lowest_high <= 0 or high.highest_low <= 5 * low.lowest_high)
    qualify row_number() over (
        partition by low.measure_key, low.as_of_start, low.as_of_end
        order by high.highest_low - low.lowest_high desc, low.bottom_claim_id, high.top_claim_id
    ) = 1
),

-- Quotes are long, so they are looked up for what is shown alone.
quotes as (
    select claim_id, quote
    from {{ ref('claims') }}
    where claim_id in (
        select lower_claim_id from pairs
        union
        select higher_claim_id from pairs
    )
),

final as (
    select
        p.measure_key,
        p.measure_name,
        p.as_of_start,
        p.as_of_end,
        p.unit,
        p.lower_value,
        p.lower_publisher,
        lower_one.quote as lower_quote,
        p.lower_claim_id,
        p.higher_value,
        p.higher_publisher,
        higher_one.quote as higher_quote,
        p.higher_claim_id,
        p.claims,
        p.publishers,
        p.first_day,
        p.last_day
    from pairs as p
    inner join quotes as lower_one on p.lower_claim_id = lower_one.claim_id
    inner join quotes as higher_one on p.higher_claim_id = higher_one.claim_id
)

select * from final
