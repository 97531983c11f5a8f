-- 0001 to 0003 were edited in place while the project was young, so stores differ by the day they were made. This brings each
-- of them to one schema; what is there already stays as it is. From here on a migration is never edited (see `checksums`).

-- What a store without these columns can know of their values is worked out once, before they are added.
do $$
begin
  -- until a read was tied to its run, validators could outlive an incomplete one: every page is read in full once
  if not exists (select from information_schema.columns
                  where table_schema = current_schema() and table_name = 'resources' and column_name = 'run') then
    delete from resources;
  end if;
  if not exists (select from information_schema.columns
                  where table_schema = current_schema() and table_name = 'credentials' and column_name = 'missing_since') then
    alter table credentials add column missing_since timestamptz;
    update credentials set missing_since = changed_at where status = 'missing';
  end if;
  if not exists (select from information_schema.columns
                  where table_schema = current_schema() and table_name = 'holds' and column_name = 'kind') then
    alter table holds add column kind text, add column live integer, add column outcome text, add column applied jsonb;
    -- the only kind there was; nothing was ever approved, and nothing went since
    update holds h set kind = 'shrunk',
      live = (select count(*) from credentials c where c.source = h.source and c.status in ('live', 'missing'));
    update holds set outcome = 'recovered' where cleared_at is not null;
    update holds h set cleared_at = now(), cleared_by = n.run, outcome = 'superseded'
      from (select distinct on (source) source, run from holds where cleared_at is null
             order by source, created_at desc, run desc) n
     where n.source = h.source and n.run <> h.run and h.cleared_at is null;
  end if;
  if not exists (select from information_schema.columns
                  where table_schema = current_schema() and table_name = 'sources' and column_name = 'state') then
    alter table sources add column state text not null default 'new',
      add column state_since timestamptz not null default now(), add column state_run text;
    update sources s set state_run = r.id, state_since = coalesce(r.finished_at, now()),
      state = case r.state when 'complete' then 'ok' when 'held' then 'held' else 'broken' end
      from (select distinct on (source) id, source, state, finished_at from runs where state <> 'running'
             order by source, started_at desc) r
     where r.source = s.id;
  end if;
end
$$;

alter table sources
  add column if not exists vanished_at timestamptz,
  add column if not exists vanished_reason text,
  add column if not exists paused_at timestamptz,
  add column if not exists paused_until timestamptz,
  add column if not exists pause_reason text,
  drop constraint if exists sources_state_check,
  add constraint sources_state_check check (state in ('new', 'ok', 'held', 'broken'));
create index if not exists sources_by_manifest on sources ((definition -> 'manifest' ->> 'domain'));

create table if not exists notices (
  source text not null references sources (id) on delete cascade,
  channel text not null,
  state text not null check (state in ('ok', 'held', 'broken')),
  told_at timestamptz not null default now(),
  primary key (source, channel)
);

alter table runs
  add column if not exists trigger text not null default 'command',
  add column if not exists job text,
  add column if not exists findings jsonb,
  drop constraint if exists runs_trigger_check,
  add constraint runs_trigger_check check (trigger in ('command', 'schedule', 'replay'));
create index if not exists runs_by_job on runs (job) where job is not null;

alter table pages
  add column if not exists suspect integer,
  add column if not exists strikes integer not null default 0,
  add column if not exists hash text,
  add column if not exists queued_at timestamptz not null default now();

alter table resources
  add column if not exists final_url text,
  add column if not exists run text;

create index if not exists changes_by_run on changes (run) where run is not null;

alter table hosts
  add column if not exists paused_at timestamptz,
  add column if not exists paused_until timestamptz,
  add column if not exists pause_reason text;

alter table holds
  alter column kind set not null,
  alter column live set not null,
  drop constraint if exists holds_kind_check,
  add constraint holds_kind_check check (kind in ('shrunk', 'empty', 'churn', 'unreadable', 'vanished')),
  drop constraint if exists holds_outcome_check,
  add constraint holds_outcome_check check (outcome in ('approved', 'recovered', 'superseded'));
create unique index if not exists holds_one_open on holds (source) where cleared_at is null;

create table if not exists gauges (
  name text primary key,
  value double precision not null,
  at timestamptz not null default now()
);

create table if not exists manifests (
  domain text primary key,
  asked text not null,
  url text not null,
  outcome text not null check (outcome in ('found', 'gone', 'unclear')),
  reason text,
  found_at timestamptz not null default now(),
  asked_at timestamptz not null default now()
);

alter table search_documents alter column words set storage external;
alter index if exists search_documents_newest rename to search_documents_seq_id_idx;
alter index if exists search_documents_ects rename to search_documents_ects_min_id_idx;
