-- Everything about one claim, with outlet, day, quote and the location of the archived page.
with quantities as (
    select * from {{ ref('stg_quantities') }}
),

versions as (
    select * from {{ ref('int_article_versions') }}
    where {{ in_built_days() }}
),

measures as (
    select * from {{ ref('int_measures') }}
    where {{ in_built_days() }}
),

articles as (
    select * from {{ ref('stg_articles') }}
),

attributions as (
    select * from {{ ref('stg_attributions') }}
),

fetches as (
    select fetch_id, warc_file, warc_offset from {{ ref('stg_fetches') }}
),

-- Quotes are cut out first: otherwise the joins below would hold each text in memory once per claim.
quotes as (
    select q.quantity_id, substr(a.text, q.sentence_start + 1, q.sentence_end - q.sentence_start) as quote
    from quantities as q
    inner join articles as a on q.version_id = a.version_id
),

final as (
    select
        -- the most important columns: value, thing, subject, place, speaker, day, and where it was reported
        q.surface,
        q.thing,
        q.subject,
        q.place,
        t.source_text as said_by,
        q.as_of_start,
        a.publisher,
        v.news_date,
        u.quote,
        -- the value
        q.low,
        q.high,
        q.bound,
        q.unit,
        m.measure_name,
        q.low_inclusive,
        q.high_inclusive,
        q.dimension,
        q.currency,
        q.si_low,
        q.si_high,
        q.si_unit,
        q.per,
        -- what it is about
        m.place_name,
        m.country,
        m.subject_entity,
        m.place_entity,
        q.aspect,
        q.direction,
        q.change_role,
        q.change_from_low,
        q.change_from_high,
        q.as_of_end,
        q.subject_name,
        m.holds_from,
        m.holds_to,
        m.as_of_is_stated,
        -- speaker
        coalesce(t.source_name, t.source_text) as said_by_name,
        t.source_kind as said_by_kind,
        m.speaker_entity,
        m.speaker_name,
        t.is_anonymous,
        t.cue_lemma,
        t.hedge,
        coalesce(t.polarity, 'affirmed') as polarity,
        coalesce(q.verification, t.verification) as verification,
        q.confidence,
        q.thing_via,
        q.thing_confidence,
        q.subject_via,
        q.subject_confidence,
        q.place_via,
        q.place_confidence,
        q.as_of_via,
        q.as_of_confidence,
        q.speaker_via,
        q.speaker_confidence,
        -- article
        a.headline,
        a.source,
        a.section,
        a.url,
        a.published_at,
        v.version_number,
        v.is_current,
        v.is_lead,
        v.is_counted,
        m.is_latest,
        -- evidence
        q.claim_start,
        q.claim_end,
        q.sentence_start,
        q.sentence_end,
        a.fetched_at,
        a.fetch_id,
        f.warc_file,
        f.warc_offset,
        a.extractor_version,
        -- ids
        q.quantity_id as claim_id,
        q.version_id,
        v.article_id,
        v.story_id,
        q.change_id,
        q.attribution_id,
        m.measure_key,
        m.measure_kind,
        m.measure_unit
    from quantities as q
    inner join versions as v on q.version_id = v.version_id
    inner join articles as a on q.version_id = a.version_id
    inner join measures as m on q.quantity_id = m.quantity_id
    inner join quotes as u on q.quantity_id = u.quantity_id
    left join attributions as t on q.attribution_id = t.attribution_id
    left join fetches as f on a.fetch_id = f.fetch_id
)

select * from final
