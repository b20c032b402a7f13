-- An article is either counted or a copy, and coverage counts the same claims as the claims table.
with coverage as (
    select news_date, sum(claims) as claims, sum(articles - counted_articles - copied_articles) as adrift
    from {{ ref('coverage') }}
    where {{ in_tested_days() }}
    group by news_date
),

claims as (
    select news_date, count(*) as claims
    from {{ ref('claims') }}
    where {{ in_tested_days() }} and is_counted
    group by news_date
)

select coverage.news_date, coverage.claims as claims_in_coverage, claims.claims as counted_claims, coverage.adrift
from coverage
left join claims on coverage.news_date = claims.news_date
where coverage.adrift <> 0 or coverage.claims <> coalesce(claims.claims, 0)
