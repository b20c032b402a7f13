-- People, organisations and places across articles, each with its names.
{{ config(pre_hook=["{{ note_touched('entity_id', source('landing', 'entity_names')) }}", "{{ delete_touched('entity_id') }}"]) }}

with names as (
    select * from {{ source('landing', 'entity_names') }}
    where {{ in_touched('entity_id') }}
),

counted as (
    select
        entity_id,
        kind,
        name,
        count(distinct article_id) as articles,
        sum(mentions) as mentions,
        min(news_date) as first_day,
        max(news_date) as last_day,
        list_sort(list(distinct decided_by)) as decided_by
    from names
    group by entity_id, kind, name
),

articles as (
    select entity_id, count(distinct article_id) as articles
    from names
    group by entity_id
),

final as (
    select
        c.entity_id,
        c.kind,
        arg_max(c.name, (c.articles, length(c.name), c.name)) as name,
        list(c.name order by c.articles desc, c.name asc) as names,
        list_sort(list_distinct(flatten(list(c.decided_by)))) as decided_by,
        cast(min(a.articles) as integer) as articles,
        cast(sum(c.mentions) as integer) as mentions,
        min(c.first_day) as first_day,
        max(c.last_day) as last_day
    from counted as c
    inner join articles as a on c.entity_id = a.entity_id
    group by c.entity_id, c.kind
)

select * from final
