-- A page of a site that gave records before and gives none now, though it answers: found out when it was read to its end.
alter table pages add column silent boolean not null default false;

-- Pages that were silent in the last run read to its end: since when, and in how many such runs in a row.
create table silences (
  source text not null references sources (id) on delete cascade,
  url_hash bytea not null,
  since timestamptz not null default now(),
  runs integer not null default 1,
  -- the last run that counted
  run text not null,
  primary key (source, url_hash)
);

-- How long each mark was meant to hold, in seconds: one that lies further ahead was set by a clock that was wrong.
alter table hosts add column gap double precision;
alter table hosts add column closed_for double precision;
