-- Measures: all claims that report one figure, in any wording and from any outlet.
{{ config(pre_hook=["{{ note_touched('measure_key', ref('claims')) }}", "{{ delete_touched('measure_key') }}"]) }}

with claims as (
    select * from {{ ref('claims') }}
    where is_current and measure_key is not null and {{ in_touched('measure_key') }}
),

-- Values that can move: no denied values; if an article gives values for several times, the latest.
values_of_days as (
    select
        *,
        least(holds_to, news_date) as day,
        (coalesce(low, high) + coalesce(high, low)) / 2 as middle
    from {{ comparable('claims') }} as c
    where is_latest and not is_denied and isfinite(low + high)
),

links as {{ links_that_count(ref('claims'), in_touched('c.measure_key')) }},

-- Materialized so that DuckDB joins by links first: there are many more pairs within one measure.
linked as materialized (
    select earlier.*, l.higher_id, l.score
    from links as l
    inner join values_of_days as earlier on l.lower_id = earlier.claim_id
),

differing as (
    select
        later.measure_key,
        earlier.claim_id as moved_from_claim_id,
        later.claim_id as moved_to_claim_id,
        earlier.middle as moved_from,
        later.middle as moved_to,
        earlier.day as moved_from_day,
        later.day as moved_to_day,
        earlier.score
    from linked as earlier
    inner join values_of_days as later on earlier.higher_id = later.claim_id
    where
        earlier.measure_key = later.measure_key
        and earlier.measure_kind = later.measure_kind and earlier.unit is not distinct from later.unit
        and {{ can_be_compared('earlier', 'later') }}
        -- Within three days, outlets that state no day mostly disagree, unless it is a count that has grown.
        and (
            earlier.day + 3 < later.day or (earlier.as_of_is_stated and later.as_of_is_stated)
            or (earlier.middle < later.middle and not earlier.is_share)
        )
        -- Polls ask many questions with similar shares: require more than even odds.
        and (earlier.score >= 0.5 or not earlier.is_share)
        and (earlier.allowed_high < later.allowed_low or later.allowed_high < earlier.allowed_low)
    union all
    -- "At least 14 have died, up from 12 on Friday": the article itself says that it moved.
    select
        later.measure_key,
        earlier.claim_id as moved_from_claim_id,
        later.claim_id as moved_to_claim_id,
        (coalesce(earlier.low, earlier.high) + coalesce(earlier.high, earlier.low)) / 2 as moved_from,
        later.middle as moved_to,
        least(earlier.holds_to, earlier.news_date) as moved_from_day,
        later.day as moved_to_day,
        cast(null as double) as score
    from values_of_days as later
    inner join {{ ref('claims') }} as earlier on later.change_id = earlier.change_id
    where
        earlier.change_role = 'from' and later.measure_unit <> 'age'
        and earlier.measure_kind = later.measure_kind
        and coalesce(earlier.currency, earlier.unit) is not distinct from later.unit
),

-- The newest value that differs from a linked value of an earlier day, bounds included, and the earliest such value.
-- Only direct links count: along a chain of links a measure may drift from one thing to another.
moved as (
    select * exclude (score)
    from differing
    where
        moved_from_day < moved_to_day
        -- Values that differ by a factor of more than five are taken to describe two things, as in claim_disagreements.
        and greatest(abs(moved_from), abs(moved_to)) <= 5 * least(abs(moved_from), abs(moved_to))
    qualify
        row_number() over (
            partition by measure_key
            order by moved_to_day desc, moved_from_day, score desc nulls first, moved_to_claim_id, moved_from_claim_id
        ) = 1
),

grouped as (
    select
        measure_key,
        min(measure_name) as measure_name,
        {{ commonest('measure_kind') }} as measure_kind,
        min(measure_unit) as measure_unit,
        {{ commonest('subject_entity') }} as subject_entity,
        {{ commonest('place_entity') }} as place_entity,
        cast(count(*) as integer) as claims,
        cast(count(*) filter (where is_counted) as integer) as counted_claims,
        cast(count(distinct story_id) as integer) as stories,
        cast(count(distinct publisher) as integer) as publishers,
        cast(count(distinct speaker_entity) as integer) as speakers,
        count(*) filter (where is_counted) > 2 or count(distinct publisher) filter (where is_counted) > 1 as is_shown,
        -- Copies of one article are one story with one source. At least one claim needs a clearly attributed speaker.
        count(distinct story_id) = 1 and bool_and(coalesce(said_by_kind, '') = 'anonymous')
        and bool_or(coalesce(speaker_via, 'content') in ('content', 'carried'))
        -- A story seldom depends on ages, durations, small counts, ranks, limits and margins of error.
        and not bool_or(
            measure_kind in ('rank', 'error', 'base', 'limit') or measure_unit in ('age', 'time')
            or (measure_unit = 'count' and abs(coalesce(high, low)) <= 12)
        ) as rests_on_anonymous,
        min(news_date) as first_day,
        max(news_date) as last_day
    from claims
    group by measure_key
),

final as (
    select
        g.* exclude (first_day, last_day),
        m.* exclude (measure_key),
        g.first_day,
        g.last_day
    from grouped as g
    left join moved as m on g.measure_key = m.measure_key
)

select * from final
