-- Every number of an article that was built is a claim, and every claim is a number.
with quantities as (
    select q.quantity_id
    from {{ ref('stg_quantities') }} as q
    inner join {{ ref('stg_articles') }} as a on q.version_id = a.version_id
    where {{ in_tested_days('a.news_date') }}
),

claims as (
    select claim_id from {{ ref('claims') }}
    where {{ in_tested_days() }}
)

select q.quantity_id, 'not among the claims' as problem
from quantities as q
where q.quantity_id not in (select claim_id from claims)
union all
select c.claim_id, 'a claim without its number'
from claims as c
where c.claim_id not in (select quantity_id from quantities)
