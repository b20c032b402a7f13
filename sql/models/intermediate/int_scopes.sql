-- Whom and what place a number is tied to by name, in the fullest form of the article or the usual one, and who says it.
with versions as (
    select * from {{ ref('int_article_versions') }}
    where {{ in_built_days() }}
),

quantities as (
    select q.*, v.news_date
    from {{ ref('stg_quantities') }} as q
    inner join versions as v on q.version_id = v.version_id
),

mentions as (
    select version_id, mention_start, mention_end, kind, name, country
    from {{ ref('stg_mentions') }}
    where version_id in (select version_id from versions)
),

places as (
    select q.quantity_id, min_by(m.name, m.mention_start) as name, min_by(m.country, m.mention_start) as country
    from quantities as q
    inner join mentions as m
        on q.version_id = m.version_id and q.place_start < m.mention_end and q.place_end > m.mention_start
    where m.kind = 'place'
    group by q.quantity_id
),

-- A subject is named when all of it is a name, or when it ends in a person's ("Mayor Ada Quill").
subjects as (
    select
        q.quantity_id,
        min_by(m.name, m.mention_start) as name,
        min_by(m.country, m.mention_start) as country,
        bool_and(m.kind = 'place') as is_place
    from quantities as q
    inner join mentions as m on q.version_id = m.version_id and q.subject_end = m.mention_end
    where q.subject_start = m.mention_start or (m.kind = 'person' and q.subject_start < m.mention_start)
    group by q.quantity_id
),

-- A sentence that names another place than where the article plays is not of there.
elsewhere as (
    select distinct q.quantity_id
    from quantities as q
    inner join {{ ref('int_scenes') }} as e on q.version_id = e.version_id
    inner join mentions as m
        on q.version_id = m.version_id and m.mention_start >= q.sentence_start and m.mention_end <= q.sentence_end
    where m.kind = 'place' and m.name <> e.scene
),

final as (
    select
        q.quantity_id,
        q.version_id,
        s.name as subject_name,
        coalesce(s.is_place, false) as is_subject_place,
        coalesce(q.subject_start >= t.source_start and q.subject_end <= t.source_end, false) as is_subject_speaker,
        p.name as place_name,
        coalesce(p.country, if(s.is_place, s.country, null)) as country,
        coalesce(t.source_name, t.source_text) as said_by,
        case when x.quantity_id is null then e.scene end as scene,
        q.news_date
    from quantities as q
    left join places as p on q.quantity_id = p.quantity_id
    left join subjects as s on q.quantity_id = s.quantity_id
    left join {{ ref('stg_attributions') }} as t on q.attribution_id = t.attribution_id
    left join {{ ref('int_scenes') }} as e on q.version_id = e.version_id
    left join elsewhere as x on q.quantity_id = x.quantity_id
)

select * from final
