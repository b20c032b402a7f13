-- More of a page: keywords, topics, the trail of sections and images; section pages of sources; keywords of announcements.

-- A lake knows no default for a list, and a column that is never NULL needs one: the small table is written anew.
create temp table former_sources as from sources;
drop table sources;
create table sources (
    "name" VARCHAR not null,
    "publisher" VARCHAR,
    "feeds" VARCHAR[] not null,
    "sitemaps" VARCHAR[] not null,
    "url_lists" VARCHAR[] not null,
    "folders" VARCHAR[] not null,
    "warcs" VARCHAR[] not null,
    "base_url" VARCHAR,
    "allow_private" BOOLEAN not null,
    "paused" BOOLEAN not null,
    "timezone" VARCHAR,
    "sections" VARCHAR[] not null,
    "addresses_from" VARCHAR not null
);
comment on table sources is 'Grain: one source of the settings.';
comment on column sources."name" is 'Short name, as columns and commands use it.';
comment on column sources."publisher" is 'The name people know it by. NULL: the settings give none.';
comment on column sources."feeds" is 'RSS, Atom or JSON feeds (URLs).';
comment on column sources."sitemaps" is 'Sitemaps, sitemap indexes and news sitemaps (URLs).';
comment on column sources."url_lists" is 'Files of URLs (local paths).';
comment on column sources."folders" is 'Folders of HTML files (local paths).';
comment on column sources."warcs" is 'WARC files or folders of them (local paths).';
comment on column sources."base_url" is 'The address that a folder''s files are pages of. NULL: not set.';
comment on column sources."allow_private" is 'Whether private and loopback addresses are allowed for this source.';
comment on column sources."paused" is 'Whether scheduled runs leave it out.';
comment on column sources."timezone" is 'Zone that its articles are published in, for pages that do not tell. NULL: not set.';
comment on column sources."sections" is 'Pages of its site that list articles (URLs).';
comment on column sources."addresses_from" is 'links, or sitemaps: what gives the addresses of the articles that feeds list.';
insert into sources by name select *, [] as sections, 'links' as addresses_from from former_sources;
drop table former_sources;

comment on column candidates."found_in" is 'The feed, sitemap, section page, list, folder or archive that announces it.';
alter table candidates add column "keywords" VARCHAR[];
comment on column candidates."keywords" is 'Keywords in the announcement, as news sitemaps and feeds give them. NULL: the announcement has none.';

alter table articles add column "section_trail" VARCHAR[];
comment on column articles."section_trail" is 'Sections from the front page to the article, the widest first. NULL: the page shows no such trail.';
alter table articles add column "keywords" VARCHAR[];
comment on column articles."keywords" is 'Keywords and tags that the page gives itself. NULL: the page gives none.';
alter table articles add column "topics" VARCHAR[];
comment on column articles."topics" is 'What the page says the article is about: its structured data, or links to pages of a topic. NULL: the page does not say.';

create table images (
    "image_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "position" INTEGER not null,
    "url" VARCHAR not null,
    "caption" VARCHAR,
    "caption_start" INTEGER,
    "caption_end" INTEGER,
    "credit" VARCHAR,
    "alternative_text" VARCHAR
);
comment on table images is 'Grain: one image of one version of an article.';
comment on column images."image_id" is 'Hash of version and URL.';
comment on column images."version_id" is 'Version of the article that shows it.';
comment on column images."position" is 'Its place among the article''s images, from 1.';
comment on column images."url" is 'Address of the picture; the picture itself is not fetched.';
comment on column images."caption" is 'Caption, without the credit where the page marks it. NULL: the page shows none.';
comment on column images."caption_start" is 'First character of the caption in the article''s text. NULL: the caption does not stand in the text.';
comment on column images."caption_end" is 'Character after the caption. NULL: the caption does not stand in the text.';
comment on column images."credit" is 'Who made it or whose it is, as written. NULL: the page does not say.';
comment on column images."alternative_text" is 'Text for those who do not see it. NULL: the page gives none.';
