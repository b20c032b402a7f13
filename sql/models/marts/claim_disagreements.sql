-- Values of one measure that cannot both be right: from two outlets, from two sources in one article, or denied.
{{ config(pre_hook=["{{ note_touched('measure_key', ref('claims')) }}", "{{ delete_touched('measure_key') }}"]) }}

with others as {{ other_sides(ref('claims')) }},

counted as (
    select * from {{ ref('claims') }}
    where
        is_counted and measure_key is not null
        and ({{ in_touched('measure_key') }} or claim_id in (select o.claim_id from others as o))
),

claims as {{ comparable('counted') }},

-- The pace: half the days for which a value typically holds, a week at most for shares. Values within it belong together.
measures as (
    select
        measure_key,
        min(measure_name) as measure_name,
        min(unit) as unit,
        cast(floor(least(
            if(min(measure_unit) in ('ratio', 'point'), 7, 30),
            (max(holds_to) - min(holds_from)) / (2 * greatest(count(distinct coalesce(low, high)) - 1, 1))
        )) as integer) as pace,
        cast(count(*) as integer) as claims,
        cast(count(distinct publisher) as integer) as publishers,
        min(news_date) as first_day,
        max(news_date) as last_day
    from claims
    group by measure_key
),

-- Pairs that belong to one measure with at least even odds; a measure also has members that are linked more weakly.
links as {{ links_that_count(
    ref('claims'), '(' ~ in_touched('c.measure_key') ~ ' or c.claim_id in (select o.claim_id from others as o))'
) }},

-- Materialized so that DuckDB joins by links first: there are many more pairs within one measure.
linked as materialized (
    select low.*, o.higher_id, o.score
    from links as o
    inner join claims as low on o.lower_id = low.claim_id
),

apart as (
    select
        low.measure_key,
        low.claim_id as lower_claim_id,
        high.claim_id as higher_claim_id,
        low.allowed_high as lower_end,
        high.allowed_low as higher_end,
        case
            when
                low.version_id = high.version_id
                and (low.said_by_name is distinct from high.said_by_name or low.said_by_name is null) then 'sources'
            when low.publisher <> high.publisher and low.is_latest and high.is_latest then 'outlets'
        end as disagreement,
        low.version_id,
        low.score
    from linked as low
    inner join claims as high
        on
            low.higher_id = high.claim_id
            and (low.measure_key = high.measure_key or {{ differ_across_measures('low', 'high') }})
    inner join measures as m on low.measure_key = m.measure_key
    where
        {{ in_touched('low.measure_key') }} and low.allowed_high < high.allowed_low and {{ can_be_compared('low', 'high') }}
        -- Two values of one article, or values far apart, mostly describe two things: require a stronger link.
        and (low.version_id <> high.version_id or low.score >= 1)
        and (low.score >= 0.5 or not coalesce({{ count_other_things('low', 'high') }}, false))
        and (low.allowed_high <= 0 or high.allowed_low <= if(low.score >= 0.5, 5, 1.5) * low.allowed_high)
        -- A count that is higher on a later day may have grown.
        and (low.news_date >= high.news_date or low.measure_unit in ('ratio', 'point'))
        -- Both must be published within the measure's pace, and within three days if the link is weak.
        and abs(low.news_date - high.news_date) <= greatest(if(low.score >= 0.5, m.pace, 0), 3)
        -- The days must fit; a claim without a stated day may be some days old when it is published. One article that
        -- gives values of two times ("in an early-October poll") reports a change.
        and greatest(low.holds_from - high.holds_to, high.holds_from - low.holds_to) <= least(
            if(low.as_of_is_stated and high.as_of_is_stated, m.pace, greatest(m.pace, 3)),
            if(low.version_id = high.version_id, 3, 30)
        )
),

-- Two different values are listed once, with the most strongly linked pair of claims that gives them.
differing as (
    select *, if(disagreement = 'sources', version_id, '') as of_version
    from apart
    where disagreement is not null
    qualify
        row_number() over (
            partition by measure_key, disagreement, of_version, lower_end, higher_end
            order by score desc, lower_claim_id, higher_claim_id
        ) = 1
),

-- If there are many values, each is listed against the one furthest from it.
widest as (
    select distinct measure_key, disagreement, lower_claim_id, higher_claim_id, score
    from (select *, unnest([lower_end, higher_end]) as side from differing) as sides
    qualify
        row_number() over (
            partition by measure_key, disagreement, of_version, side
            order by higher_end - lower_end desc, score desc, lower_claim_id, higher_claim_id
        ) = 1
),

pairs as (
    select measure_key, disagreement, lower_claim_id, higher_claim_id, score, cast(null as varchar) as verdict
    from widest
    union all
    select c.measure_key, 'verdict', c.claim_id, v.instead_id, null, v.verdict
    from counted as c
    inner join {{ ref('int_verdicts') }} as v on c.claim_id = v.quantity_id
    -- If no speaker was found for the number, a denial is as likely to refer to something else.
    where
        {{ in_touched('c.measure_key') }}
        and (v.instead_id is not null or coalesce(c.speaker_via, 'content') in ('content', 'carried'))
),

final as (
    select
        p.measure_key,
        coalesce(m.measure_name, low.measure_name) as measure_name,
        p.disagreement,
        {{ why_they_disagree('p.disagreement', 'high.claim_id') }} as why,
        cast(p.score as double) as score,
        greatest(low.holds_from, high.holds_from) as as_of_start,
        greatest(low.holds_from, high.holds_from, least(low.holds_to, high.holds_to)) as as_of_end,
        coalesce(m.unit, low.currency, low.unit) as unit,
        coalesce(low.high, low.low) as lower_value,
        low.publisher as lower_publisher,
        low.said_by_name as lower_speaker,
        low.quote as lower_quote,
        p.lower_claim_id,
        high.low as higher_value,
        high.publisher as higher_publisher,
        high.said_by_name as higher_speaker,
        coalesce(high.quote, p.verdict) as higher_quote,
        p.higher_claim_id,
        coalesce(m.claims, 1) as claims,
        coalesce(m.publishers, 1) as publishers,
        coalesce(m.first_day, low.news_date) as first_day,
        coalesce(m.last_day, low.news_date) as last_day
    from pairs as p
    inner join counted as low on p.lower_claim_id = low.claim_id
    left join counted as high on p.higher_claim_id = high.claim_id
    left join measures as m on p.measure_key = m.measure_key
)

select * from final
