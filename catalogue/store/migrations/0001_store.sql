-- The store of record. Times are UTC. Ids are minted by schema/ids.ts.

create table sources (
  id text primary key,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table runs (
  id text primary key,
  source text not null references sources (id),
  format text not null,
  normaliser text not null,
  state text not null default 'running' check (state in ('running', 'complete', 'incomplete', 'held', 'failed')),
  reason text,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- who is working on the run, until when without a sign of life
  lease_owner text,
  lease_until timestamptz,
  seen integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  missing integer not null default 0,
  withdrawn integer not null default 0,
  rejected integer not null default 0,
  problems integer not null default 0,
  requests integer not null default 0,
  bytes bigint not null default 0
);
create index runs_by_source on runs (source, started_at desc);
create unique index runs_one_at_a_time on runs (source) where state = 'running';

-- The frontier of a run: what is to be read and what was. `records` is the cursor inside a page.
create table pages (
  run text not null references runs (id) on delete cascade,
  position integer generated always as identity,
  url text not null,
  role text,
  -- when the feed says the page last changed
  modified text,
  -- how many records the feed says it has in all
  total integer,
  state text not null default 'queued' check (state in ('queued', 'done', 'unmodified', 'failed')),
  records integer not null default 0,
  attempts integer not null default 0,
  reason text,
  primary key (run, url)
);
create index pages_queued on pages (run, position) where state = 'queued';

-- What a URL answered in the last clean read: validators and where it led. Trusted only for the same normaliser:
-- format version and what the source's definition adds to it.
create table resources (
  source text not null references sources (id) on delete cascade,
  url text not null,
  normaliser text not null,
  -- where redirects led: the validators hold there only
  final_url text,
  etag text,
  last_modified text,
  hash text not null,
  records integer not null,
  total integer,
  next jsonb not null default '[]',
  read_at timestamptz not null default now(),
  primary key (source, url)
);

-- Raw records as the source had them, zstd-compressed JSON. `part` is '' for the main record.
create table observations (
  source text not null references sources (id),
  identifier text not null,
  part text not null default '',
  hash text not null,
  raw bytea not null,
  normaliser text not null,
  page text not null,
  path text not null,
  state text not null default 'accepted' check (state in ('accepted', 'rejected')),
  first_run text not null,
  last_run text not null,
  retrieved_at timestamptz not null default now(),
  primary key (source, identifier, part)
);
create index observations_by_run on observations (source, last_run);
create index observations_by_page on observations (source, page);

create table credentials (
  id text primary key,
  source text not null references sources (id),
  identifier text not null,
  document jsonb not null,
  hash text not null,
  providers text[] not null default '{}',
  version integer not null default 1,
  status text not null default 'live' check (status in ('live', 'missing', 'withdrawn')),
  first_seen timestamptz not null default now(),
  retrieved_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  withdrawn_reason text,
  merged_into text,
  -- the run that last changed the record, so that a record counts once a run
  changed_run text,
  seq bigint not null default 0,
  unique (source, identifier)
);
create index credentials_by_providers on credentials using gin (providers);
create index credentials_by_source on credentials (source, status);

create table providers (
  id text primary key,
  source text not null references sources (id),
  identifier text not null,
  document jsonb not null,
  hash text not null,
  status text not null default 'live' check (status in ('live', 'missing', 'withdrawn')),
  retrieved_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  unique (source, identifier)
);

-- Other identifiers that lead to a record, in the canonical form of schema/ids.ts.
create table alternates (
  alternate text not null,
  entity text not null check (entity in ('credential', 'provider')),
  id text not null,
  primary key (alternate, entity, id)
);
create index alternates_by_id on alternates (id);

-- Everything a reader can see changes in one transaction with its row here.
create table changes (
  seq bigint generated always as identity primary key,
  entity text not null check (entity in ('credential', 'provider')),
  id text not null,
  kind text not null check (kind in ('created', 'updated', 'missing', 'withdrawn', 'restored', 'merged')),
  run text,
  reason text,
  at timestamptz not null default now()
);

-- What is wrong with a record now. Kept until the record is read anew; `identifier` is null for what is no record.
create table problems (
  id bigint generated always as identity primary key,
  source text not null references sources (id),
  run text not null,
  identifier text,
  path text not null,
  rule text not null,
  severity text not null check (severity in ('error', 'warning', 'info', 'rejected')),
  found text not null,
  remedy text not null
);
create index problems_by_run on problems (run);
create index problems_by_record on problems (source, identifier);

-- Politeness clocks, one row an origin, shared by all workers.
create table hosts (
  origin text primary key,
  strikes integer not null default 0,
  slowdown double precision not null default 1,
  -- earliest next start at the origin's own pace
  next_start timestamptz not null default 'epoch',
  -- asked to be left alone until then
  closed_until timestamptz not null default 'epoch',
  parked boolean not null default false
);

-- Requests under way. A lease that its holder never gave back (a killed worker) runs out by itself.
create table host_leases (
  id text primary key,
  origin text not null references hosts (origin) on delete cascade,
  expires_at timestamptz not null
);
create index host_leases_by_origin on host_leases (origin);

-- Runs whose sweep would take too much: what would go, until somebody approves or a healthy run clears it.
create table holds (
  run text primary key references runs (id) on delete cascade,
  source text not null references sources (id),
  reason text not null,
  identifiers jsonb not null,
  created_at timestamptz not null default now(),
  cleared_at timestamptz,
  cleared_by text
);

-- How far each follower of the change log has come.
create table positions (
  name text primary key,
  seq bigint not null,
  updated_at timestamptz not null default now()
);

-- Tasks that one of many processes does at a time.
create table leases (
  name text primary key,
  owner text not null,
  until timestamptz not null
);
