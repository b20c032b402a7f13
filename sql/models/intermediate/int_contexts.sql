-- What the sentence of a number says that limits what the number can be compared with: only numbers for which it does.
with claims as (
    select
        *,
        substr(quote, 1, claim_start - sentence_start) as before,
        substr(quote, claim_end - sentence_start + 1) as after,
        measure_unit in ('ratio', 'point') as is_share
    from {{ ref('claims') }}
    where {{ in_built_days() }} and is_counted
),

read as (
    select
        claim_id,
        -- "If she had won, it would have been 698": nobody says that it is so.
        regexp_matches(quote, '(?i)\bwould(?:n.t|\s+not)?\s+have\b') as is_hypothetical,
        -- Whether a share is of votes that were counted or of a poll; the nearest word before the number decides.
        nullif(case when is_share then coalesce(
            regexp_extract_all(before, '{{ words_of_votes() }}')[-1],
            regexp_extract(after, '{{ words_of_votes() }}')
        ) end, '') as word,
        -- "Officers favored her 46 to 32 percent, while sergeants favored her 58 to 21": each is the share of a part.
        is_share and subject_entity is not null and count(*) over (
            partition by version_id, sentence_start, measure_unit, measure_kind, subject_entity, holds_from, holds_to
        ) > 1 as is_one_of_several,
        news_date
    from claims
),

final as (
    select
        claim_id,
        is_hypothetical,
        regexp_matches(word, '{{ counted_votes() }}') as is_of_votes,
        is_one_of_several,
        news_date
    from read
    where is_hypothetical or word is not null or is_one_of_several
)

select * from final
