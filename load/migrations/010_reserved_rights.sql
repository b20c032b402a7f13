-- The marks by which publishers reserve rights, noted with each page.

alter table fetches add column "reserved_rights" VARCHAR[];
comment on column fetches."reserved_rights" is 'Marks by which its publisher reserves rights, in the page or for its site: noarchive, noai, noimageai, tdm, ai.txt; empty without any. NULL: no page came, or it came before marks were noted.';
