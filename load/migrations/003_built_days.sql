-- Which days each good build built, so that a publication writes anew only what changed since the one before.

create table built_days (
    "built_at" TIMESTAMPTZ not null,
    "news_date" DATE not null
);
comment on table built_days is 'Grain: one publication day of one good build.';
comment on column built_days."built_at" is 'When that build was started.';
comment on column built_days."news_date" is 'Publication day, or the day of the first fetch where the page does not say.';
