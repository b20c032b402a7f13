-- The landing tables as load/fields.toml describes them. A released migration is never edited: add another.

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
    "paused" BOOLEAN not null
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

create table candidates (
    "url" VARCHAR not null,
    "source" VARCHAR not null,
    "found_in" VARCHAR not null,
    "title" VARCHAR,
    "published_at" TIMESTAMPTZ,
    "modified_at" TIMESTAMPTZ,
    "first_seen_at" TIMESTAMPTZ not null
);
comment on table candidates is 'Grain: one URL announced in one place by one source.';
comment on column candidates."url" is 'Canonical URL of the announced page.';
comment on column candidates."source" is 'Source that announces it.';
comment on column candidates."found_in" is 'The feed, sitemap, list, folder or archive that announces it.';
comment on column candidates."title" is 'Title in the announcement. NULL: the announcement has none.';
comment on column candidates."published_at" is 'Publication time in the announcement. NULL: the announcement has none.';
comment on column candidates."modified_at" is 'Last modification in the announcement. NULL: the announcement has none.';
comment on column candidates."first_seen_at" is 'When discovery first saw it.';

create table fetches (
    "fetch_id" VARCHAR not null,
    "source" VARCHAR not null,
    "url" VARCHAR not null,
    "fetched_at" TIMESTAMPTZ not null,
    "outcome" VARCHAR not null,
    "run_id" VARCHAR,
    "final_url" VARCHAR,
    "redirects" VARCHAR[] not null,
    "status" INTEGER,
    "detail" VARCHAR,
    "is_retryable" BOOLEAN not null,
    "retry_after_at" TIMESTAMPTZ,
    "elapsed_ms" INTEGER,
    "body_bytes" BIGINT,
    "content_type" VARCHAR,
    "etag" VARCHAR,
    "last_modified" VARCHAR,
    "page_sha256" VARCHAR,
    "warc_file" VARCHAR,
    "warc_offset" BIGINT,
    "warc_length" BIGINT,
    "purpose" VARCHAR not null,
    "batch_id" VARCHAR not null
);
comment on table fetches is 'Grain: one attempt to fetch one URL.';
comment on column fetches."fetch_id" is 'Hash that identifies the attempt.';
comment on column fetches."source" is 'Source that the page belongs to.';
comment on column fetches."url" is 'URL that was asked for.';
comment on column fetches."fetched_at" is 'When the attempt was made.';
comment on column fetches."outcome" is 'What came of it, from the closed list of outcomes.';
comment on column fetches."run_id" is 'Run that made the attempt. NULL: recovered from the archive, or fetched by another program.';
comment on column fetches."final_url" is 'URL that answered after redirects. NULL: nothing answered.';
comment on column fetches."redirects" is 'URLs before final_url, in order; empty without a redirect.';
comment on column fetches."status" is 'HTTP status. NULL: no response arrived.';
comment on column fetches."detail" is 'One sentence on what went wrong. NULL: nothing went wrong.';
comment on column fetches."is_retryable" is 'Whether another attempt may succeed.';
comment on column fetches."retry_after_at" is 'Earliest time for another attempt, as the server asked. NULL: the server did not ask.';
comment on column fetches."elapsed_ms" is 'Milliseconds that the attempt took. NULL: not measured.';
comment on column fetches."body_bytes" is 'Bytes of the decoded body. NULL: no body.';
comment on column fetches."content_type" is 'Content-Type as sent. NULL: not sent.';
comment on column fetches."etag" is 'ETag as sent. NULL: not sent.';
comment on column fetches."last_modified" is 'Last-Modified as sent. NULL: not sent.';
comment on column fetches."page_sha256" is 'SHA-256 of the decoded body. NULL: no body.';
comment on column fetches."warc_file" is 'Archive file that keeps the bytes, relative to the archive''s root. NULL: nothing was archived.';
comment on column fetches."warc_offset" is 'Byte offset of the record in that file. NULL: nothing was archived.';
comment on column fetches."warc_length" is 'Bytes of the record in that file. NULL: nothing was archived, or not known.';
comment on column fetches."purpose" is 'page, or announcement: a feed or sitemap that was read for what it announces.';
comment on column fetches."batch_id" is 'Batch that loaded the row.';

create table extractions (
    "fetch_id" VARCHAR not null,
    "source" VARCHAR not null,
    "url" VARCHAR not null,
    "fetched_at" TIMESTAMPTZ not null,
    "page_sha256" VARCHAR,
    "extractor_version" VARCHAR not null,
    "outcome" VARCHAR not null,
    "page_kind" VARCHAR not null,
    "reason" VARCHAR,
    "article_id" VARCHAR,
    "version_id" VARCHAR,
    "skipped" VARCHAR,
    "row_count" INTEGER not null,
    "row_digest" UBIGINT,
    "batch_id" VARCHAR not null
);
comment on table extractions is 'Grain: one archived page, as last read.';
comment on column extractions."fetch_id" is 'The fetch that brought the page.';
comment on column extractions."source" is 'Source that the page belongs to.';
comment on column extractions."url" is 'URL that was asked for.';
comment on column extractions."fetched_at" is 'When the page was fetched.';
comment on column extractions."page_sha256" is 'SHA-256 of the page''s decoded body. NULL: not known.';
comment on column extractions."extractor_version" is 'Version of the extractor that read it.';
comment on column extractions."outcome" is 'ok when the page is an article, else what it is instead.';
comment on column extractions."page_kind" is 'Kind of page: article, live_blog, index, consent, …';
comment on column extractions."reason" is 'Why the page gave no article, in one sentence. NULL: it gave one.';
comment on column extractions."article_id" is 'Article that the page shows. NULL: it shows none.';
comment on column extractions."version_id" is 'Version of the article that the page shows. NULL: it shows none.';
comment on column extractions."skipped" is 'Why the text was not read for rows, for example its language. NULL: it was read.';
comment on column extractions."row_count" is 'Rows that were read out of the page: the article and its quantities, attributions, dates, mentions.';
comment on column extractions."row_digest" is 'Digest of those rows, by which an unchanged page is recognised. NULL: the page is to be read again.';
comment on column extractions."batch_id" is 'Batch that loaded the row.';

create table articles (
    "article_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "outcome" VARCHAR not null,
    "page_kind" VARCHAR not null,
    "extractor_version" VARCHAR not null,
    "text" VARCHAR not null,
    "blocks" STRUCT(kind VARCHAR, "start" INTEGER, "end" INTEGER)[] not null,
    "url" VARCHAR,
    "canonical_url" VARCHAR,
    "source" VARCHAR,
    "publisher" VARCHAR,
    "headline" VARCHAR,
    "standfirst" VARCHAR,
    "authors" VARCHAR[] not null,
    "section" VARCHAR,
    "language" VARCHAR,
    "published_at" TIMESTAMPTZ,
    "published_raw" VARCHAR,
    "published_precision" VARCHAR,
    "published_zone" VARCHAR,
    "modified_at" TIMESTAMPTZ,
    "fetched_at" TIMESTAMPTZ not null,
    "lead_image_url" VARCHAR,
    "disclaimer" VARCHAR,
    "word_count" INTEGER not null,
    "reason" VARCHAR,
    "layers" MAP(VARCHAR, VARCHAR) not null,
    "missing" MAP(VARCHAR, VARCHAR) not null,
    "fetch_id" VARCHAR not null
);
comment on table articles is 'Grain: one version of one article.';
comment on column articles."article_id" is 'Hash of the canonical URL: the same for all versions.';
comment on column articles."version_id" is 'Hash of article, headline and text.';
comment on column articles."outcome" is 'Always ok here; pages that are no articles are in rejects.';
comment on column articles."page_kind" is 'article or live_blog.';
comment on column articles."extractor_version" is 'Version of the extractor that read it.';
comment on column articles."text" is 'The article''s text; all offsets count its characters (Unicode code points).';
comment on column articles."blocks" is 'Stretches of text that are headings, paragraphs, quotes, lists, captions.';
comment on column articles."url" is 'URL of the page it was read from. NULL: not known.';
comment on column articles."canonical_url" is 'URL that the page names as its own. NULL: the page names none.';
comment on column articles."source" is 'Source that the page belongs to. NULL: not known.';
comment on column articles."publisher" is 'Publisher that the page or the settings name. NULL: neither names one.';
comment on column articles."headline" is 'Headline. NULL: the page has none.';
comment on column articles."standfirst" is 'Summary under the headline. NULL: the page has none.';
comment on column articles."authors" is 'Authors in the byline; empty when the page names none.';
comment on column articles."section" is 'Section of the outlet. NULL: the page does not say.';
comment on column articles."language" is 'ISO 639-1 code. NULL: not recognised.';
comment on column articles."published_at" is 'Publication time. NULL: the page does not say; never the time of the fetch.';
comment on column articles."published_raw" is 'Publication time as the page writes it. NULL: the page does not say.';
comment on column articles."published_precision" is 'second, minute, day, month or year. NULL: published_at is NULL.';
comment on column articles."published_zone" is 'Zone that the page gives. NULL: it gives none; the time was read as UTC.';
comment on column articles."modified_at" is 'Last modification as the page says. NULL: the page does not say.';
comment on column articles."fetched_at" is 'Earliest fetch that shows this version.';
comment on column articles."lead_image_url" is 'Lead image. NULL: the page has none.';
comment on column articles."disclaimer" is 'Closing note that speaks of the whole article. NULL: the page has none.';
comment on column articles."word_count" is 'Words of text.';
comment on column articles."reason" is 'Not used for articles. NULL: always.';
comment on column articles."layers" is 'Which layer of the page gave which field.';
comment on column articles."missing" is 'Why a field is empty.';
comment on column articles."fetch_id" is 'Fetch of the page that the row was read from: the earliest that shows this version.';

create table quantities (
    "quantity_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "start" INTEGER not null,
    "end" INTEGER not null,
    "sentence_start" INTEGER not null,
    "sentence_end" INTEGER not null,
    "surface" VARCHAR not null,
    "low" DOUBLE,
    "high" DOUBLE,
    "low_inclusive" BOOLEAN,
    "high_inclusive" BOOLEAN,
    "bound" VARCHAR not null,
    "unit" VARCHAR,
    "unit_text" VARCHAR,
    "dimension" VARCHAR,
    "si_low" DOUBLE,
    "si_high" DOUBLE,
    "si_unit" VARCHAR,
    "currency" VARCHAR,
    "thing" VARCHAR,
    "thing_start" INTEGER,
    "thing_end" INTEGER,
    "subject" VARCHAR,
    "subject_start" INTEGER,
    "subject_end" INTEGER,
    "place" VARCHAR,
    "place_start" INTEGER,
    "place_end" INTEGER,
    "aspect" VARCHAR not null,
    "direction" VARCHAR,
    "change_id" VARCHAR,
    "change_role" VARCHAR,
    "change_from_low" DOUBLE,
    "change_from_high" DOUBLE,
    "per" VARCHAR,
    "as_of_start" DATE,
    "as_of_end" DATE,
    "attribution_id" VARCHAR,
    "verification" VARCHAR,
    "verification_start" INTEGER,
    "verification_end" INTEGER,
    "confidence" DOUBLE not null
);
comment on table quantities is 'Grain: one number that a text reports.';
comment on column quantities."quantity_id" is 'Hash of version, place in the text and surface.';
comment on column quantities."version_id" is 'Version of the article it stands in.';
comment on column quantities."start" is 'First character in text.';
comment on column quantities."end" is 'Character after the last.';
comment on column quantities."sentence_start" is 'First character of its sentence.';
comment on column quantities."sentence_end" is 'Character after its sentence.';
comment on column quantities."surface" is 'The characters between start and end.';
comment on column quantities."low" is 'Lower end, in unit, with multipliers worked in. NULL: no lower end was said.';
comment on column quantities."high" is 'Upper end, in unit. NULL: no upper end was said.';
comment on column quantities."low_inclusive" is 'Whether the lower end itself is meant. NULL: low is NULL.';
comment on column quantities."high_inclusive" is 'Whether the upper end itself is meant. NULL: high is NULL.';
comment on column quantities."bound" is 'exact, about, at_least, more_than, at_most, less_than or between.';
comment on column quantities."unit" is 'Unit by its singular English name. NULL: a counted thing.';
comment on column quantities."unit_text" is 'Unit as written. NULL: there is none.';
comment on column quantities."dimension" is 'Dimension of the unit, or count. NULL: neither unit nor thing is known.';
comment on column quantities."si_low" is 'Lower end in SI units. NULL: no SI unit applies.';
comment on column quantities."si_high" is 'Upper end in SI units. NULL: no SI unit applies.';
comment on column quantities."si_unit" is 'The SI unit. NULL: no SI unit applies.';
comment on column quantities."currency" is 'ISO 4217 code. NULL: not money.';
comment on column quantities."thing" is 'What is counted or measured, as written. NULL: the text does not say.';
comment on column quantities."thing_start" is 'First character of thing. NULL: thing is NULL.';
comment on column quantities."thing_end" is 'Character after thing. NULL: thing is NULL.';
comment on column quantities."subject" is 'Whose thing it is or who acts on it, as written. NULL: the text does not say.';
comment on column quantities."subject_start" is 'First character of subject. NULL: subject is NULL.';
comment on column quantities."subject_end" is 'Character after subject. NULL: subject is NULL.';
comment on column quantities."place" is 'Place that the sentence ties to the number, as written. NULL: the sentence ties none.';
comment on column quantities."place_start" is 'First character of place. NULL: place is NULL.';
comment on column quantities."place_end" is 'Character after place. NULL: place is NULL.';
comment on column quantities."aspect" is 'level, change, rate, plan, limit or rank.';
comment on column quantities."direction" is 'up or down. NULL: not a change.';
comment on column quantities."change_id" is 'Shared by the numbers of one change. NULL: not part of a change.';
comment on column quantities."change_role" is 'from, to or by. NULL: not part of a change.';
comment on column quantities."change_from_low" is 'Lower end of the value before the change. NULL: not said.';
comment on column quantities."change_from_high" is 'Upper end of the value before the change. NULL: not said.';
comment on column quantities."per" is 'The denominator as written, without article. NULL: there is none.';
comment on column quantities."as_of_start" is 'First day that the number is true of. NULL: not known.';
comment on column quantities."as_of_end" is 'Last day that the number is true of. NULL: not known.';
comment on column quantities."attribution_id" is 'Innermost attribution whose content holds the number. NULL: the outlet says it in its own voice.';
comment on column quantities."verification" is 'unverified, verified or denied. NULL: the article says nothing of it.';
comment on column quantities."verification_start" is 'First character of the words that say so. NULL: verification is NULL.';
comment on column quantities."verification_end" is 'Character after those words. NULL: verification is NULL.';
comment on column quantities."confidence" is '0 to 1: how sure the reader is of value, bound and unit together.';

create table attributions (
    "attribution_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "source_text" VARCHAR,
    "source_start" INTEGER,
    "source_end" INTEGER,
    "source_kind" VARCHAR,
    "is_anonymous" BOOLEAN,
    "cue" VARCHAR not null,
    "cue_lemma" VARCHAR not null,
    "cue_start" INTEGER not null,
    "cue_end" INTEGER not null,
    "content_spans" INTEGER[][] not null,
    "source_name" VARCHAR,
    "resolved_start" INTEGER,
    "resolved_end" INTEGER,
    "is_carried" BOOLEAN not null,
    "parent_attribution_id" VARCHAR,
    "hedge" VARCHAR,
    "polarity" VARCHAR not null,
    "verification" VARCHAR,
    "verification_start" INTEGER,
    "verification_end" INTEGER,
    "confidence" DOUBLE not null
);
comment on table attributions is 'Grain: one ''somebody says something''.';
comment on column attributions."attribution_id" is 'Hash of version and place in the text.';
comment on column attributions."version_id" is 'Version of the article it stands in.';
comment on column attributions."source_text" is 'The source as written, with its apposition. NULL: nobody is named.';
comment on column attributions."source_start" is 'First character of the source. NULL: source_text is NULL.';
comment on column attributions."source_end" is 'Character after the source. NULL: source_text is NULL.';
comment on column attributions."source_kind" is 'person, organisation, official, document, publisher, anonymous or collective. NULL: not known.';
comment on column attributions."is_anonymous" is 'Whether the source is not identifiable by name, office or body. NULL: not known.';
comment on column attributions."cue" is 'Words that tie source to content.';
comment on column attributions."cue_lemma" is 'Lemma of the cue, in lower case.';
comment on column attributions."cue_start" is 'First character of the cue.';
comment on column attributions."cue_end" is 'Character after the cue.';
comment on column attributions."content_spans" is 'What is said, as pieces of start and end.';
comment on column attributions."source_name" is 'Name that a pronoun or short form was resolved to. NULL: source_text is the fullest form, or unresolved.';
comment on column attributions."resolved_start" is 'First character of that name where it stands. NULL: source_name is NULL.';
comment on column attributions."resolved_end" is 'Character after that name. NULL: source_name is NULL.';
comment on column attributions."is_carried" is 'Whether the sentence continues the previous one''s speaker.';
comment on column attributions."parent_attribution_id" is 'The outer attribution of a nested one. NULL: not nested.';
comment on column attributions."hedge" is 'Hedging words as written. NULL: there are none.';
comment on column attributions."polarity" is 'affirmed, denied or withheld.';
comment on column attributions."verification" is 'unverified, verified or denied. NULL: the article says nothing of it.';
comment on column attributions."verification_start" is 'First character of the words that say so. NULL: verification is NULL.';
comment on column attributions."verification_end" is 'Character after those words. NULL: verification is NULL.';
comment on column attributions."confidence" is '0 to 1: how sure the reader is.';

create table dates (
    "date_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "start" INTEGER not null,
    "end" INTEGER not null,
    "surface" VARCHAR not null,
    "value" VARCHAR,
    "resolved_start" DATE,
    "resolved_end" DATE,
    "granularity" VARCHAR,
    "relation" VARCHAR,
    "direction" VARCHAR,
    "rule" VARCHAR not null
);
comment on table dates is 'Grain: one expression that stands for days.';
comment on column dates."date_id" is 'Hash of version and place in the text.';
comment on column dates."version_id" is 'Version of the article it stands in.';
comment on column dates."start" is 'First character in text.';
comment on column dates."end" is 'Character after the last.';
comment on column dates."surface" is 'The characters between start and end.';
comment on column dates."value" is 'ISO 8601 value, as TimeML writes it. NULL: not resolved.';
comment on column dates."resolved_start" is 'First day it stands for. NULL: not resolved.';
comment on column dates."resolved_end" is 'Last day it stands for. NULL: not resolved.';
comment on column dates."granularity" is 'time, day, week, month, season, quarter, half, year, decade, century. NULL: not resolved.';
comment on column dates."relation" is 'since, until, by, before, after, during or from_to. NULL: no such word.';
comment on column dates."direction" is 'past, present or future, from the publication day. NULL: not known.';
comment on column dates."rule" is 'Rule of the grammar that read it.';

create table mentions (
    "mention_id" VARCHAR not null,
    "version_id" VARCHAR not null,
    "start" INTEGER not null,
    "end" INTEGER not null,
    "surface" VARCHAR not null,
    "kind" VARCHAR not null,
    "name" VARCHAR not null,
    "country" VARCHAR,
    "latitude" DOUBLE,
    "longitude" DOUBLE,
    "role" VARCHAR,
    "stands_for" VARCHAR,
    "confidence" DOUBLE not null
);
comment on table mentions is 'Grain: one naming of a person, an organisation or a place.';
comment on column mentions."mention_id" is 'Hash of version and place in the text.';
comment on column mentions."version_id" is 'Version of the article it stands in.';
comment on column mentions."start" is 'First character in text.';
comment on column mentions."end" is 'Character after the last.';
comment on column mentions."surface" is 'The characters between start and end.';
comment on column mentions."kind" is 'person, organisation or place.';
comment on column mentions."name" is 'Fullest form in the article.';
comment on column mentions."country" is 'ISO 3166 alpha-2 code. NULL: not a place, or not known.';
comment on column mentions."latitude" is 'Degrees north. NULL: no one good answer in the gazetteer.';
comment on column mentions."longitude" is 'Degrees east. NULL: no one good answer in the gazetteer.';
comment on column mentions."role" is 'What the text says the person or body is, as written. NULL: the text does not say.';
comment on column mentions."stands_for" is 'government, when a capital stands for a state. NULL: it stands for itself.';
comment on column mentions."confidence" is '0 to 1: how sure the reader is.';

create table rejects (
    "stage" VARCHAR not null,
    "source" VARCHAR not null,
    "url" VARCHAR not null,
    "reason" VARCHAR not null,
    "detail" VARCHAR,
    "is_retryable" BOOLEAN not null,
    "attempts" INTEGER not null,
    "page_sha256" VARCHAR,
    "first_at" TIMESTAMPTZ not null,
    "last_at" TIMESTAMPTZ not null,
    "resolved_at" TIMESTAMPTZ
);
comment on table rejects is 'Grain: one URL that failed at one stage.';
comment on column rejects."stage" is 'fetch or extract.';
comment on column rejects."source" is 'Source that the page belongs to.';
comment on column rejects."url" is 'URL that was asked for.';
comment on column rejects."reason" is 'Outcome of the last failure.';
comment on column rejects."detail" is 'One sentence on the last failure. NULL: none was given.';
comment on column rejects."is_retryable" is 'Whether another attempt may succeed.';
comment on column rejects."attempts" is 'Failures so far.';
comment on column rejects."page_sha256" is 'Digest of the last page that failed. NULL: no page arrived.';
comment on column rejects."first_at" is 'First failure.';
comment on column rejects."last_at" is 'Last failure.';
comment on column rejects."resolved_at" is 'First success after the last failure. NULL: still failing.';

create table sketches (
    "version_id" VARCHAR not null,
    "article_id" VARCHAR not null,
    "news_date" DATE not null,
    "sketch" UBIGINT[] not null
);
comment on table sketches is 'Grain: one version of one article.';
comment on column sketches."version_id" is 'Version of the article.';
comment on column sketches."article_id" is 'Article it is a version of.';
comment on column sketches."news_date" is 'Publication day, or the day of the first fetch where the page does not say.';
comment on column sketches."sketch" is 'The smallest hashes of the text''s word sequences, ascending: enough to tell how much two texts share.';

create table story_pairs (
    "version_id" VARCHAR not null,
    "other_version_id" VARCHAR not null,
    "article_id" VARCHAR not null,
    "other_article_id" VARCHAR not null,
    "news_date" DATE not null,
    "other_news_date" DATE not null
);
comment on table story_pairs is 'Grain: two versions of different articles whose texts are nearly the same.';
comment on column story_pairs."version_id" is 'The version of the article with the smaller identifier.';
comment on column story_pairs."other_version_id" is 'The other.';
comment on column story_pairs."article_id" is 'Article of the first.';
comment on column story_pairs."other_article_id" is 'Article of the other.';
comment on column story_pairs."news_date" is 'Day of the first.';
comment on column story_pairs."other_news_date" is 'Day of the other.';

create table stories (
    "article_id" VARCHAR not null,
    "story_id" VARCHAR not null
);
comment on table stories is 'Grain: one article that shares its text with others.';
comment on column stories."article_id" is 'The article.';
comment on column stories."story_id" is 'Article that the cluster is named after: its earliest, the one that aggregates count.';

create table builds (
    "built_at" TIMESTAMPTZ not null,
    "fingerprint" VARCHAR not null,
    "loaded" BIGINT not null,
    "is_full" BOOLEAN not null,
    "days" INTEGER not null,
    "passed" BOOLEAN not null
);
comment on table builds is 'Grain: one build of the models.';
comment on column builds."built_at" is 'When it was started.';
comment on column builds."fingerprint" is 'Digest of the models and of what else decides what they say; another one calls for a full build.';
comment on column builds."loaded" is 'Digest of the batches that had altered rows by then and of the rejects; the same at the next build means that nothing is new.';
comment on column builds."is_full" is 'Whether all days were built.';
comment on column builds."days" is 'Publication days that were built.';
comment on column builds."passed" is 'Whether all models and tests succeeded; only then may it be published.';

create table user_synonyms (
    "term" VARCHAR not null,
    "canonical" VARCHAR not null
);
comment on table user_synonyms is 'Grain: one word that the user wants measured as another.';
comment on column user_synonyms."term" is 'Thing, in lower case, singular.';
comment on column user_synonyms."canonical" is 'What it is measured as.';

create table runs (
    "run_id" VARCHAR not null,
    "kind" VARCHAR not null,
    "selection" VARCHAR,
    "state" VARCHAR not null,
    "started_at" TIMESTAMPTZ not null,
    "finished_at" TIMESTAMPTZ,
    "host" VARCHAR not null,
    "pid" INTEGER not null,
    "process_started" VARCHAR,
    "detail" VARCHAR
);
comment on table runs is 'Grain: one run of a flow or command.';
comment on column runs."run_id" is 'Identifier of the run.';
comment on column runs."kind" is 'ingest, backfill, build, maintain or demo.';
comment on column runs."selection" is 'What it was asked to do, as JSON. NULL: no selection.';
comment on column runs."state" is 'running, finished, failed, cancelled or crashed.';
comment on column runs."started_at" is 'When it started.';
comment on column runs."finished_at" is 'When it ended, or was found dead. NULL: still running.';
comment on column runs."host" is 'Machine it runs on.';
comment on column runs."pid" is 'Process it runs in.';
comment on column runs."process_started" is 'When that process started, as the system tells it; tells a reused pid apart. NULL: the system does not tell.';
comment on column runs."detail" is 'One sentence on how it ended. NULL: nothing to say.';

create table batches (
    "batch_id" VARCHAR not null,
    "run_id" VARCHAR,
    "stage" VARCHAR not null,
    "started_at" TIMESTAMPTZ not null,
    "seconds" DOUBLE,
    "load_seconds" DOUBLE,
    "items" INTEGER not null,
    "added" INTEGER not null,
    "changed" INTEGER not null,
    "withdrawn" INTEGER not null,
    "unchanged" INTEGER not null
);
comment on table batches is 'Grain: one batch of one stage.';
comment on column batches."batch_id" is 'Identifier of the batch.';
comment on column batches."run_id" is 'Run it belongs to. NULL: outside a run.';
comment on column batches."stage" is 'discover, fetch, extract, models or publish.';
comment on column batches."started_at" is 'When work on it started.';
comment on column batches."seconds" is 'Seconds of work before the merge. NULL: not measured.';
comment on column batches."load_seconds" is 'Seconds of the merge. NULL: not measured.';
comment on column batches."items" is 'Pages, fetches or candidates in it.';
comment on column batches."added" is 'Rows added.';
comment on column batches."changed" is 'Rows changed.';
comment on column batches."withdrawn" is 'Rows withdrawn.';
comment on column batches."unchanged" is 'Rows that were there already.';

create table changed_days (
    "news_date" DATE not null
);
comment on table changed_days is 'Grain: one publication day whose models are out of date.';
comment on column changed_days."news_date" is 'Publication day, or the day of the first fetch where the page does not say.';
