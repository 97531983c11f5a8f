-- The store of record. Times are UTC. Ids are minted by schema/ids.ts.

create table sources (
  id text primary key,
  definition jsonb not null,
  -- its manifest no longer names it: not harvested until it does again; what is known stays
  vanished_at timestamptz,
  vanished_reason text,
  -- how the last harvest went, and since when
  state text not null default 'new' check (state in ('new', 'ok', 'held', 'broken')),
  state_since timestamptz not null default now(),
  state_run text,
  -- the operator wants it left alone; without an end until it is resumed
  paused_at timestamptz,
  paused_until timestamptz,
  pause_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sources_by_manifest on sources ((definition -> 'manifest' ->> 'domain'));

-- The last state of a source that was told over a channel (webhook, mail); 'ok' where there is no row.
create table notices (
  source text not null references sources (id) on delete cascade,
  channel text not null,
  state text not null check (state in ('ok', 'held', 'broken')),
  told_at timestamptz not null default now(),
  primary key (source, channel)
);

create table runs (
  id text primary key,
  source text not null references sources (id),
  format text not null,
  normaliser text not null,
  trigger text not null default 'command' check (trigger in ('command', 'schedule', 'replay')),
  state text not null default 'running' check (state in ('running', 'complete', 'incomplete', 'held', 'failed')),
  reason text,
  -- the job of the queue that started it
  job text,
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
  bytes bigint not null default 0,
  -- what was found when the run ended: how often each rule, and which records were rejected
  findings jsonb
);
create index runs_by_source on runs (source, started_at desc);
create index runs_by_job on runs (job) where job is not null;
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
  -- after its worker died: the place in the page that is in hand, and how often in a row
  suspect integer,
  strikes integer not null default 0,
  -- SHA-256 of the decoded body: a server that answers every page with the same one is found out by it
  hash text,
  reason text,
  queued_at timestamptz not null default now(),
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
  -- the run that read it; null once that has ended complete: only then do the validators hold
  run text,
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
  -- since when a complete run has not seen it; its grace counts from here
  missing_since timestamptz,
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
create index changes_by_run on changes (run) where run is not null;

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
  parked boolean not null default false,
  -- the operator wants it left alone; without an end until it is resumed
  paused_at timestamptz,
  paused_until timestamptz,
  pause_reason text
);

-- Requests under way. A lease that its holder never gave back (a killed worker) runs out by itself.
create table host_leases (
  id text primary key,
  origin text not null references hosts (origin) on delete cascade,
  expires_at timestamptz not null
);
create index host_leases_by_origin on host_leases (origin);

-- Runs whose sweep would take too much: what would go, until somebody approves or a healthy run clears it. A source has
-- at most one open hold: a newer one takes its place.
create table holds (
  run text primary key references runs (id) on delete cascade,
  source text not null references sources (id),
  kind text not null check (kind in ('shrunk', 'empty', 'churn', 'unreadable', 'vanished')),
  reason text not null,
  -- live records before the run
  live integer not null,
  identifiers jsonb not null,
  created_at timestamptz not null default now(),
  cleared_at timestamptz,
  cleared_by text,
  outcome text check (outcome in ('approved', 'recovered', 'superseded')),
  -- identifiers that went when it was approved
  applied jsonb
);
create unique index holds_one_open on holds (source) where cleared_at is null;

-- Numbers that one process knows and all may tell (the depth of the queue), with their time.
create table gauges (
  name text primary key,
  value double precision not null,
  at timestamptz not null default now()
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

-- Domains with a QualityLink manifest: asked again every day, so that sources appear and vanish by themselves.
create table manifests (
  domain text primary key,
  -- the line of the list that led here: SCHAC code and website
  asked text not null,
  url text not null,
  -- found; gone: nothing there any more; unclear: there is something, or the host did not answer
  outcome text not null check (outcome in ('found', 'gone', 'unclear')),
  reason text,
  found_at timestamptz not null default now(),
  asked_at timestamptz not null default now()
);
