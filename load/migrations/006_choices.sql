-- Every slot of a number says by which road it was chosen and how sure the choice is.

alter table quantities add column "thing_via" VARCHAR;
comment on column quantities."thing_via" is 'Road by which thing was chosen: counted, host, possessor, subject, of, modifier, relative, object, agent, preposition, pronoun, sentence, earlier or none. NULL: read by an older version.';
alter table quantities add column "thing_confidence" DOUBLE;
comment on column quantities."thing_confidence" is '0 to 1: how sure the choice of thing is, also of none. NULL: read by an older version.';
alter table quantities add column "subject_name" VARCHAR;
comment on column quantities."subject_name" is 'Name that a pronoun in subject stands for. NULL: subject is no pronoun, or nothing before it fits.';
alter table quantities add column "subject_via" VARCHAR;
comment on column quantities."subject_via" is 'Road by which subject was chosen, as for thing. NULL: read by an older version.';
alter table quantities add column "subject_confidence" DOUBLE;
comment on column quantities."subject_confidence" is '0 to 1: how sure the choice of subject is, also of none. NULL: read by an older version.';
alter table quantities add column "place_via" VARCHAR;
comment on column quantities."place_via" is 'Road by which place was chosen, as for thing. NULL: read by an older version.';
alter table quantities add column "place_confidence" DOUBLE;
comment on column quantities."place_confidence" is '0 to 1: how sure the choice of place is, also of none. NULL: read by an older version.';
alter table quantities add column "as_of_is_stated" BOOLEAN;
comment on column quantities."as_of_is_stated" is 'Whether the text states these days; false where the number holds at publication. NULL: as_of_start is NULL, or read by an older version.';
alter table quantities add column "as_of_via" VARCHAR;
comment on column quantities."as_of_via" is 'Road by which the days were chosen: date, since, range, earlier, later, published or none. NULL: read by an older version.';
alter table quantities add column "as_of_confidence" DOUBLE;
comment on column quantities."as_of_confidence" is '0 to 1: how sure the choice of days is, also of none. NULL: read by an older version.';
alter table quantities add column "speaker_via" VARCHAR;
comment on column quantities."speaker_via" is 'Road by which the attribution was chosen: content, carried, near or none. NULL: read by an older version.';
alter table quantities add column "speaker_confidence" DOUBLE;
comment on column quantities."speaker_confidence" is '0 to 1: how sure the choice of attribution is, also of none. NULL: read by an older version.';
comment on column quantities."subject" is 'Whose number it is or what it is of, the bearer, as written. NULL: the text does not say.';
comment on column quantities."attribution_id" is 'Attribution of who says the number. NULL: the outlet says it in its own voice.';
