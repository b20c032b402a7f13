-- Entities, and which claims are of one measure.

create table user_entities (
    "kind" VARCHAR not null,
    "name" VARCHAR not null,
    "entity" VARCHAR not null,
    "article_id" VARCHAR
);
comment on table user_entities is 'Grain: one correction of the user''s: whom a name means.';
comment on column user_entities."kind" is 'person, organisation or place.';
comment on column user_entities."name" is 'Name as articles have it.';
comment on column user_entities."entity" is 'Name of whom or what it means.';
comment on column user_entities."article_id" is 'The one article that it means this in. NULL: in all articles.';

create table entity_names (
    "version_id" VARCHAR not null,
    "article_id" VARCHAR not null,
    "kind" VARCHAR not null,
    "name" VARCHAR not null,
    "entity_id" VARCHAR not null,
    "surname" VARCHAR,
    "decided_by" VARCHAR not null,
    "mentions" INTEGER not null,
    "news_date" DATE not null
);
comment on table entity_names is 'Grain: one name of one kind in one version of an article.';
comment on column entity_names."version_id" is 'Version of the article.';
comment on column entity_names."article_id" is 'The article: the same for all its versions.';
comment on column entity_names."kind" is 'person, organisation or place.';
comment on column entity_names."name" is 'Fullest form of the name in the article.';
comment on column entity_names."entity_id" is 'Entity that the name means: its kind and its plain name, as person:ada quill.';
comment on column entity_names."surname" is 'Last name in lower case. NULL: not a person.';
comment on column entity_names."decided_by" is 'full name: the name itself says whom it means; surname: the articles of the month before do; alone: nothing does; correction: the user does.';
comment on column entity_names."mentions" is 'How often the version has the name.';
comment on column entity_names."news_date" is 'Publication day, or the day of the first fetch where the page does not say.';

create table claim_profiles (
    "claim" BIGINT not null,
    "claim_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "news_date" DATE not null,
    "start" INTEGER not null,
    "profile" VARCHAR not null
);
comment on table claim_profiles is 'Grain: one claim.';
comment on column claim_profiles."claim" is 'Number that stands for the claim.';
comment on column claim_profiles."claim_id" is 'The claim.';
comment on column claim_profiles."version_id" is 'Version of the article it stands in.';
comment on column claim_profiles."news_date" is 'Publication day, or the day of the first fetch where the page does not say.';
comment on column claim_profiles."start" is 'First character of the number in the text.';
comment on column claim_profiles."profile" is 'What of the claim is compared with others, as JSON.';

create table claim_keys (
    "key" BIGINT not null,
    "claim" BIGINT not null,
    "news_date" DATE not null
);
comment on table claim_keys is 'Grain: one key under which a claim is looked for.';
comment on column claim_keys."key" is 'Digest of the key.';
comment on column claim_keys."claim" is 'Number that stands for the claim.';
comment on column claim_keys."news_date" is 'Publication day, or the day of the first fetch where the page does not say.';

create table claim_links (
    "claim_id" VARCHAR not null,
    "other_claim_id" VARCHAR not null,
    "score" DOUBLE not null,
    "reasons" VARCHAR[] not null,
    "news_date" DATE not null,
    "other_news_date" DATE not null
);
comment on table claim_links is 'Grain: one pair of claims that may be of one measure.';
comment on column claim_links."claim_id" is 'The later claim.';
comment on column claim_links."other_claim_id" is 'The earlier one.';
comment on column claim_links."score" is 'Logarithm of the odds that they are of one measure; below -1 no link is kept, from 0 on they rather are.';
comment on column claim_links."reasons" is 'What makes the score: features with what each adds, the weightiest first.';
comment on column claim_links."news_date" is 'Publication day of the later claim.';
comment on column claim_links."other_news_date" is 'Publication day of the earlier one.';

create table claim_measures (
    "claim_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "claim_start" INTEGER not null,
    "measure_key" VARCHAR not null,
    "measure_name" VARCHAR not null,
    "measure_kind" VARCHAR not null,
    "measure_unit" VARCHAR not null,
    "subject_entity" VARCHAR,
    "place_entity" VARCHAR,
    "news_date" DATE not null
);
comment on table claim_measures is 'Grain: one claim.';
comment on column claim_measures."claim_id" is 'The claim.';
comment on column claim_measures."version_id" is 'Version of the article it stands in.';
comment on column claim_measures."claim_start" is 'First character of the number in the text.';
comment on column claim_measures."measure_key" is 'Measure that the claim is of; it stays when later claims come.';
comment on column claim_measures."measure_name" is 'What the measure is called, by the words of the claim that founded it.';
comment on column claim_measures."measure_kind" is 'level, change, lead, threshold, remaining, plan, limit, base, rank or error: what the number says of its thing.';
comment on column claim_measures."measure_unit" is 'Class of units within which values are compared: a currency, ratio, point, count, time, age or another dimension.';
comment on column claim_measures."subject_entity" is 'Entity whose number it is. NULL: not known.';
comment on column claim_measures."place_entity" is 'Entity of the place that the sentence ties to the number. NULL: the sentence ties none.';
comment on column claim_measures."news_date" is 'Publication day, or the day of the first fetch where the page does not say.';
