-- The publication day is the one where the article was published, no longer the one in UTC.

alter table sources add column "timezone" VARCHAR;
comment on column sources."timezone" is 'Zone that its articles are published in, for pages that do not tell. NULL: not set.';
alter table extractions add column "timezone" VARCHAR;
comment on column extractions."timezone" is 'Zone of its source that the reader was told. NULL: it was told none.';
alter table articles add column "published_on" DATE;
comment on column articles."published_on" is 'Publication day where it was published. NULL: the page does not say.';
alter table articles add column "published_on_zone" VARCHAR;
comment on column articles."published_on_zone" is 'Zone of that day: an offset or a name. NULL: the page tells the day itself, or nothing tells the zone.';
alter table articles add column "published_on_from" VARCHAR;
comment on column articles."published_on_from" is 'What told the day: page, source (its timezone in the settings), country (of the site) or utc (nothing). NULL: published_on is NULL.';
comment on column articles."published_zone" is 'Zone that the page gives. NULL: it gives none; the time was read in the source''s zone, or as UTC.';

-- Both days of every article whose day moves are built anew.
create temp table moved as
select version_id, published_at::date as was,
    (published_at + to_minutes(coalesce(
        if(starts_with(published_zone, '-'), -1, 1)
        * (60 * try_cast(published_zone[2:3] as integer) + try_cast(published_zone[5:6] as integer)), 0
    )))::date as is_now
from articles
where published_at is not null;
update articles set published_on = m.is_now from moved as m where m.version_id = articles.version_id;
insert into changed_days
select distinct news_date
from (select unnest([was, is_now]) as news_date from moved where was <> is_now)
where news_date not in (select news_date from changed_days);
drop table moved;
