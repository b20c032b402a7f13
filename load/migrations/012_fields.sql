-- Written by `python -m load.generate`: changes of the field dictionary.

alter table claim_measures add column "is_hypothetical" BOOLEAN;
comment on column claim_measures."is_hypothetical" is 'Whether the sentence tells what would have been. NULL: not computed yet.';
alter table claim_measures add column "is_magnitude" BOOLEAN;
comment on column claim_measures."is_magnitude" is 'Whether the number only gives an order of magnitude: millions, tens of thousands. NULL: not computed yet.';
alter table claim_measures add column "is_of_votes" BOOLEAN;
comment on column claim_measures."is_of_votes" is 'For a share or a lead: true if the nearest words are about votes that were counted, false if about a poll. NULL: they are about neither.';
alter table claim_measures add column "thing_term" VARCHAR;
comment on column claim_measures."thing_term" is 'Base form of the last word of the thing. NULL: the claim has no thing.';
alter table claim_measures add column "instead_id" VARCHAR;
comment on column claim_measures."instead_id" is 'Claim that the article gives instead of this one. NULL: the article corrects it by no number.';
