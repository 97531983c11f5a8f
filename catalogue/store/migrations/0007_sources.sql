-- When a record that ended its worker was last tried: after a while it gets another chance. Those of before get theirs at once.
alter table observations add column quarantined_at timestamptz;
update observations o set quarantined_at = 'epoch' from problems p
  where p.rule = 'quarantined' and p.record = o.key and o.state = 'rejected';

-- What a run reads: the address that its source had when it was started. With the format and the normaliser it tells whether a
-- run goes on or is another's.
alter table runs add column reads text;
update runs r set reads = p.url from pages p
  where p.run = r.id and p.position = (select min(position) from pages where run = r.id);

-- Who did what could not be undone, or took something from readers. Names no record and quotes nothing: a record stands here by
-- its hash.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  who text not null,
  action text not null check (action in ('abandon', 'approve', 'purge', 'allow', 'retire', 'reinstate')),
  subject text not null
);

-- A source that an operator took out: not harvested, its records withdrawn, until it is reinstated.
alter table sources add column retired_at timestamptz;
alter table sources add column retired_reason text;
-- Sources that a file of the sources folder states, or stated until then.
create table source_files (
  id text primary key,
  gone_at timestamptz
);

-- What was erased for good and is not taken in again: sources by id, credentials by their public id, which is a hash of source
-- and identifier. Nothing else of them is left.
create table purged (
  id text primary key,
  entity text not null check (entity in ('source', 'credential')),
  at timestamptz not null default now()
);
alter table changes drop constraint changes_kind_check;
alter table changes add constraint changes_kind_check
  check (kind in ('created', 'updated', 'missing', 'withdrawn', 'restored', 'merged', 'purged'));
