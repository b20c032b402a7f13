-- Which outlets carry whose texts?
with copies as (
    select a.story_id, a.article_id, b.publisher
    from intermediate.int_article_versions as a
    inner join articles as b on a.version_id = b.version_id
    where a.is_current
)

select first_copy.publisher as first_publisher, copy.publisher as copied_by, count(*) as articles
from copies as copy
inner join copies as first_copy on copy.story_id = first_copy.article_id
where copy.article_id <> copy.story_id
group by first_copy.publisher, copy.publisher
order by articles desc, first_publisher, copied_by
