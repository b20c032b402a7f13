-- The measure, owner, place, speaker and days of each number.
with numbers as (
    select q.*, v.news_date
    from {{ ref('stg_quantities') }} as q
    inner join {{ ref('int_article_versions') }} as v on q.version_id = v.version_id
    where {{ in_built_days('v.news_date') }}
),

placed as (
    select * from {{ source('landing', 'claim_measures') }}
    where {{ in_built_days() }}
),

-- Names with their position in the text and the entity that they refer to.
named as (
    select m.version_id, m.kind, m.name, m.country, m.mention_start, m.mention_end, e.entity_id
    from {{ ref('stg_mentions') }} as m
    inner join {{ source('landing', 'entity_names') }} as e
        on m.version_id = e.version_id and m.kind = e.kind and m.name = e.name
    where {{ in_built_days('e.news_date') }}
),

places as (
    select n.quantity_id, min_by(m.name, m.mention_start) as place_name, min_by(m.country, m.mention_start) as country
    from numbers as n
    inner join named as m
        on n.version_id = m.version_id and n.place_start < m.mention_end and n.place_end > m.mention_start
    where m.kind = 'place'
    group by n.quantity_id
),

-- The speaker: the first person named in the source, otherwise the first organisation; for a pronoun, the name that it
-- was resolved to.
speakers as (
    select
        t.attribution_id,
        min_by(m.entity_id, (m.kind <> 'person', m.mention_start)) as speaker_entity,
        min_by(m.name, (m.kind <> 'person', m.mention_start)) as speaker_name
    from {{ ref('stg_attributions') }} as t
    inner join named as m
        on
            t.version_id = m.version_id and m.kind <> 'place'
            and m.mention_start < coalesce(t.resolved_end, t.source_end)
            and m.mention_end > coalesce(t.resolved_start, t.source_start)
    group by t.attribution_id
),

-- The parts of a sentence that may change while it counts as the same: its numbers and its dates.
spans as (
    select version_id, sentence_start, claim_start as span_start, claim_end as span_end from numbers
    union
    select n.version_id, n.sentence_start, d.date_start, d.date_end
    from numbers as n
    inner join {{ ref('stg_dates') }} as d
        on n.version_id = d.version_id and n.sentence_start <= d.date_start and n.sentence_end >= d.date_end
),

marked as (
    select
        version_id,
        sentence_start,
        list([span_start - sentence_start, span_end - sentence_start] order by span_start, span_end) as marks
    from spans
    group by version_id, sentence_start
),

-- Each sentence is cut out once, no matter how many numbers it has, so that the joins below hold no full texts in
-- memory: a page may be a single sentence, or have thousands.
cut as (
    select
        d.version_id,
        d.sentence_start,
        d.sentence_end,
        substr(a.text, d.sentence_start + 1, d.sentence_end - d.sentence_start) as sentence
    from (select distinct version_id, sentence_start, sentence_end from numbers) as d
    inner join {{ ref('stg_articles') }} as a on d.version_id = a.version_id
),

sentences as (
    select
        c.version_id,
        c.sentence_start,
        c.sentence_end,
        hash({{ sentence_around('c.sentence', 'm.marks') }}) as sentence_key
    from cut as c
    inner join marked as m on c.version_id = m.version_id and c.sentence_start = m.sentence_start
),

final as (
    select
        n.quantity_id,
        n.version_id,
        p.measure_key,
        p.measure_name,
        p.measure_kind,
        p.measure_unit,
        p.subject_entity,
        p.place_entity,
        s.speaker_entity,
        s.speaker_name,
        l.place_name,
        l.country,
        {{ wording_key() }} as wording_key,
        t.sentence_key,
        coalesce(n.as_of_start, n.news_date) as holds_from,
        coalesce(n.as_of_end, n.as_of_start, n.news_date) as holds_to,
        coalesce(n.as_of_is_stated, n.as_of_start <> n.news_date, false) as as_of_is_stated,
        n.change_role,
        n.claim_start,
        n.news_date
    from numbers as n
    inner join sentences as t
        on n.version_id = t.version_id and n.sentence_start = t.sentence_start and n.sentence_end = t.sentence_end
    left join placed as p on n.quantity_id = p.claim_id
    left join places as l on n.quantity_id = l.quantity_id
    left join speakers as s on n.attribution_id = s.attribution_id
)

select
    * exclude (change_role, claim_start),
    -- "300, up from 200 a year ago": the old value is not the latest. Among values for stated days, the latest day
    -- counts; a value without a stated day never replaces one.
    coalesce(change_role, '') <> 'from'
    and coalesce(not as_of_is_stated or holds_to = max(holds_to) filter (where as_of_is_stated) over of_measure, true)
        as is_latest
from final
window of_measure as (partition by version_id, measure_key)
