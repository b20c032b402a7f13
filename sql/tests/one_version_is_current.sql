-- An article has exactly one current version, and a story exactly one copy that is counted.
with versions as (
    select * from {{ ref('int_article_versions') }}
)

select article_id as id, 'current versions of an article' as what, count(*) filter (where is_current) as occurrences
from versions
where
    article_id in (
        select v.article_id from versions as v
        where {{ in_tested_days('v.news_date') }}
    )
group by article_id
having count(*) filter (where is_current) <> 1
union all
select story_id, 'counted copies of a story', count(*) filter (where is_counted)
from versions
where
    story_id in (
        select v.story_id from versions as v
        where {{ in_tested_days('v.news_date') }}
    )
group by story_id
having count(*) filter (where is_counted) <> 1
