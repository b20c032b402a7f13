-- What is measured: the claims of one figure, by whatever words and outlets, brought together.
{{ config(pre_hook=["{{ note_touched('measure_key', ref('claims')) }}", "{{ delete_touched('measure_key') }}"]) }}

with claims as (
    select * from {{ ref('claims') }}
    where is_current and measure_key is not null and {{ in_touched('measure_key') }}
),

final as (
    select
        measure_key,
        min(measure_name) as measure_name,
        mode(measure_kind order by measure_kind) as measure_kind,
        min(measure_unit) as measure_unit,
        mode(subject_entity order by subject_entity) as subject_entity,
        mode(place_entity order by place_entity) as place_entity,
        cast(count(*) as integer) as claims,
        cast(count(*) filter (where is_counted) as integer) as counted_claims,
        cast(count(distinct story_id) as integer) as stories,
        cast(count(distinct publisher) as integer) as publishers,
        cast(count(distinct speaker_entity) as integer) as speakers,
        count(*) > 2 or count(distinct publisher) > 1 as is_shown,
        min(news_date) as first_day,
        max(news_date) as last_day
    from claims
    group by measure_key
)

select * from final
