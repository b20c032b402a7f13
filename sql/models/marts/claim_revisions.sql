-- A number that an outlet changed between two versions of one article, with both quotes.
-- The versions of built days and the ones just before them. Small results are materialized from here on: otherwise
-- DuckDB may first join all rows with the same words, regardless of their articles, and run out of memory.
with pairs as materialized (
    select
        after.version_id as after_version_id,
        before.version_id as before_version_id,
        after.version_number,
        after.valid_from as revised_at,
        after.news_date,
        before.news_date as before_news_date
    from {{ ref('int_article_versions') }} as after
    inner join {{ ref('int_article_versions') }} as before
        on after.article_id = before.article_id and after.version_number = before.version_number + 1
    where {{ in_built_days('after.news_date') }}
),

-- With their days, so that DuckDB can skip most row groups.
compared as materialized (
    select after_version_id as version_id, news_date from pairs
    union
    select before_version_id, before_news_date from pairs
),

-- Not materialized: the quotes of all claims that could have changed would not fit into memory.
claims as not materialized (
    select c.* from {{ ref('claims') }} as c
    semi join compared as v on c.version_id = v.version_id and c.news_date = v.news_date
),

measures as not materialized (
    select m.* from {{ ref('int_measures') }} as m
    semi join compared as v on m.version_id = v.version_id and m.news_date = v.news_date
),

-- First match: the sentence is the same except for its numbers and dates, with as many numbers, in the same units.
spoken as materialized (
    select
        c.claim_id,
        c.version_id,
        coalesce(c.currency, c.unit) as unit,
        m.sentence_key,
        row_number() over (partition by c.version_id, c.sentence_start order by c.claim_start, c.claim_id) as place,
        count(*) over (partition by c.version_id, c.sentence_start) as numbers
    from claims as c
    inner join measures as m on c.claim_id = m.quantity_id
),

spoken_before as materialized (
    select p.after_version_id, s.*
    from pairs as p
    inner join spoken as s on p.before_version_id = s.version_id
),

by_sentence as materialized (
    select
        after.version_id as after_version_id,
        after.claim_id,
        before.claim_id as before_claim_id
    from spoken as after
    inner join spoken_before as before
        on
            after.version_id = before.after_version_id
            and after.sentence_key = before.sentence_key
            and after.place = before.place
            and after.numbers = before.numbers
            and after.unit is not distinct from before.unit
    qualify
        count(*) over (partition by after.version_id, after.claim_id) = 1
        and count(*) over (partition by after.version_id, before.claim_id) = 1
),

-- Second match: the same wording, if each version uses it for one number only; with two, it is unclear which changed.
said_once as materialized (
    select
        version_id,
        wording_key,
        min(quantity_id) as claim_id
    from measures
    where wording_key is not null
    group by version_id, wording_key
    having count(*) = 1
),

said_once_before as materialized (
    select p.after_version_id, s.*
    from pairs as p
    inner join said_once as s on p.before_version_id = s.version_id
),

by_wording as (
    select
        after.version_id as after_version_id,
        after.claim_id,
        before.claim_id as before_claim_id
    from said_once as after
    inner join said_once_before as before
        on after.version_id = before.after_version_id and after.wording_key = before.wording_key
    anti join by_sentence as known on after.version_id = known.after_version_id and after.claim_id = known.claim_id
    anti join by_sentence as gone
        on after.version_id = gone.after_version_id and before.claim_id = gone.before_claim_id
),

matched as (
    select
        p.*,
        m.claim_id,
        m.before_claim_id,
        w.wording_key
    from (
        select * from by_sentence
        union all
        select * from by_wording
    ) as m
    inner join pairs as p on m.after_version_id = p.after_version_id
    left join measures as w on m.claim_id = w.quantity_id
),

final as (
    select
        new.claim_id,
        old.claim_id as before_claim_id,
        new.article_id,
        m.after_version_id as version_id,
        m.before_version_id,
        m.wording_key,
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
        m.revised_at,
        m.news_date
    from matched as m
    inner join claims as new on m.claim_id = new.claim_id
    inner join claims as old on m.before_claim_id = old.claim_id
    where new.low is distinct from old.low or new.high is distinct from old.high or new.bound <> old.bound
)

select * from final
