-- Offsets of numbers, dates, names and cues lie inside the text, and the text between them equals the row's surface.
with articles as (
    select version_id, text, length(text) as characters
    from {{ ref('stg_articles') }}
    where {{ in_tested_days() }}
),

spans as (
    select version_id, quantity_id as id, claim_start as first_char, claim_end as after_char, surface
    from {{ ref('stg_quantities') }}
    union all
    select version_id, date_id, date_start, date_end, surface
    from {{ ref('stg_dates') }}
    union all
    select version_id, mention_id, mention_start, mention_end, surface
    from {{ ref('stg_mentions') }}
    union all
    select version_id, attribution_id, cue_start, cue_end, cue
    from {{ ref('stg_attributions') }}
)

select s.version_id, s.id, s.surface, s.first_char, s.after_char
from spans as s
inner join articles as a on s.version_id = a.version_id
where
    s.first_char < 0 or s.after_char > a.characters or s.first_char >= s.after_char
    or substr(a.text, s.first_char + 1, s.after_char - s.first_char) <> s.surface
