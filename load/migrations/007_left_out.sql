-- What filters of sources leave out, with the reasons.

create table left_out (
    "source" VARCHAR not null,
    "url" VARCHAR not null,
    "rule" VARCHAR not null,
    "reason" VARCHAR not null,
    "title" VARCHAR,
    "published_at" TIMESTAMPTZ,
    "run_id" VARCHAR not null,
    "left_out_at" TIMESTAMPTZ not null
);
comment on table left_out is 'Grain: one announced page that the newest ingest of its source left out.';
comment on column left_out."source" is 'Source that announces it.';
comment on column left_out."url" is 'URL of the announced page.';
comment on column left_out."rule" is 'Key of the source''s filters that left it out.';
comment on column left_out."reason" is 'Why, in one sentence.';
comment on column left_out."title" is 'Title in the announcement. NULL: the announcement has none.';
comment on column left_out."published_at" is 'Publication time in the announcement. NULL: the announcement has none.';
comment on column left_out."run_id" is 'Run that left it out.';
comment on column left_out."left_out_at" is 'When.';
