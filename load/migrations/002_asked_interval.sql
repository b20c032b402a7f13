-- How often a feed asks to be polled, so that its rhythm can be worked out from the attempts alone.

alter table fetches add column "asked_interval_s" INTEGER;
comment on column fetches."asked_interval_s" is 'Seconds between polls that a feed asks for. NULL: a page, or a feed that does not say.';
