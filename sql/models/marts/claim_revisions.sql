-- A number that an outlet changed between two versions of one article, with both quotes.
with versions as (
    select * from {{ ref('int_article_versions') }}
),

-- The versions of built days and those just before them.
pairs as (
    select
        after.version_id as after_version_id,
        before.version_id as before_version_id,
        after.version_number,
        after.valid_from as revised_at,
        after.news_date
    from versions as after
    inner join versions as before
        on after.article_id = before.article_id and after.version_number = before.version_number + 1
    where {{ in_built_days('after.news_date') }}
),

claims as (
    select
        c.*,
        w.wording_key,
        count(*) over (partition by c.version_id, w.wording_key) as alike
    from {{ ref('claims') }} as c
    inner join {{ ref('int_measures') }} as w on c.claim_id = w.quantity_id
    where
        w.wording_key is not null
        and c.version_id in (
            select after_version_id from pairs
            union all
            select before_version_id from pairs
        )
),

final as (
    select
        new.claim_id,
        old.claim_id as before_claim_id,
        new.article_id,
        new.version_id,
        old.version_id as before_version_id,
        new.wording_key,
        new.publisher,
        new.url,
        new.headline,
        old.low as before_low,
        old.high as before_high,
        old.bound as before_bound,
        new.low as after_low,
        new.high as after_high,
        new.bound as after_bound,
        coalesce(new.currency, new.unit) as unit,
        old.quote as before_quote,
        new.quote as after_quote,
        p.revised_at,
        p.news_date
    from pairs as p
    inner join claims as new on p.after_version_id = new.version_id
    inner join claims as old on p.before_version_id = old.version_id and new.wording_key = old.wording_key
    -- Where a version says two things in the same words, which one changed is anybody's guess.
    where
        new.alike = 1 and old.alike = 1
        and (new.low is distinct from old.low or new.high is distinct from old.high or new.bound <> old.bound)
)

select * from final
