-- What is still to be done of forgetting pages.

create table forgetting (
    "kind" VARCHAR not null,
    "what" VARCHAR not null
);
comment on table forgetting is 'Grain: one place that may still hold what was forgotten.';
comment on column forgetting."kind" is 'archive, publication (the copy, its search index and Parquet files) or name (by which a watch may have told of it).';
comment on column forgetting."what" is 'Archive file, relative to the archive''s root; address of a page, identifier of an article or version; empty for the publication.';
