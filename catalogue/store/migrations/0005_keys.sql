-- Every row that a run looks up is found by one short key (catalogue/store/row-key.ts): identifiers and addresses may have
-- any length, an entry of an index at most 2,704 bytes. A lookup has one index that fits, so that no plan depends on
-- statistics; what goes through all rows of a source goes by a number of its own, in steps.
create function pg_temp.row_key(variadic parts text[]) returns uuid language sql immutable as $$
  select encode(substr(sha256(convert_to(string_agg(octet_length(p) || ':' || p, '' order by n), 'UTF8')), 1, 16), 'hex')::uuid
    from unnest(parts) with ordinality as t (p, n)
$$;

-- `record`: the key of the main record; `page_key`: source and address of the page, null when no page has it any more
alter table observations add column key uuid, add column record uuid, add column page_key uuid,
  add column n bigint generated always as identity;
update observations set key = pg_temp.row_key(source, identifier, part), record = pg_temp.row_key(source, identifier, ''),
  page_key = case when page <> '' then pg_temp.row_key(source, page) end;
drop index observations_by_run;
drop index observations_by_page;
alter table observations drop constraint observations_pkey, alter column key set not null, alter column record set not null,
  add primary key (key);
create index observations_by_source on observations (source, n);
create index observations_by_page on observations (page_key);
create index observations_parts on observations (record) where part <> '';

-- Records whose parts (offerings, rows of runs) have changed: put together anew once, at the end of the run, or of the next
-- one if that never came to its end. `counted`: as what the run counted the main record when it was read.
create table compositions (
  record uuid primary key,
  source text not null references sources (id) on delete cascade,
  run text not null,
  identifier text not null,
  counted text check (counted in ('updated'))
);
create index compositions_by_source on compositions (source, record);

alter table pages add column key uuid, add column body uuid;
update pages set key = pg_temp.row_key(run, url), body = case when hash is not null then pg_temp.row_key(run, hash) end;
alter table pages drop constraint pages_pkey, alter column key set not null, add primary key (key);
create index pages_by_run on pages (run, position);
create index pages_by_body on pages (body) where body is not null;

-- `plain`: each of its records was one, read for the first time in its run, and none was turned away: the same body again says the same
alter table resources add column key uuid, add column plain boolean not null default false,
  -- how many records a page has, as its server says
  add column size integer;
update resources set key = pg_temp.row_key(source, url);
alter table resources drop constraint resources_pkey, alter column key set not null, add primary key (key);
create index resources_by_source on resources (source);

alter table alternates add column key uuid;
update alternates set key = pg_temp.row_key(entity, alternate);
alter table alternates drop constraint alternates_pkey, alter column key set not null, add primary key (key, id);

alter table problems add column record uuid;
update problems set record = pg_temp.row_key(source, identifier, '') where identifier is not null;
drop index problems_by_record;
drop index problems_by_run;
create index problems_by_record on problems (record);
create index problems_by_run on problems (run, id);

-- `observation`: the key of its main record. `since`: the place in the change log from which on it has been shown.
alter table credentials drop constraint credentials_source_identifier_key, add column observation uuid,
  add column since bigint not null default 0;
update credentials c set observation = pg_temp.row_key(source, identifier, ''), since = coalesce(
  (select max(seq) from changes h where h.id = c.id and h.kind in ('created', 'restored')), 0);
alter table credentials alter column observation set not null;
create unique index credentials_by_observation on credentials (observation);
-- small, as what is asked for with each batch is whether any of its records is to come back
create index credentials_absent on credentials (observation) where status <> 'live';
alter table providers drop constraint providers_source_identifier_key;

-- `records`: what readers can find of the source. `settled`: the place in the change log up to which its records are
-- confirmed, by a complete run or an approval; `settled_records`: how many that were.
alter table sources add column records integer not null default 0, add column settled bigint,
  add column settled_records integer not null default 0;
update sources s set records = (select count(*) from credentials where source = s.id and status <> 'withdrawn' and merged_into is null);
update sources s set settled_records = records, settled = (
  select coalesce(max(h.seq), 0) from runs r left join changes h on h.run = r.id
   where r.source = s.id and r.state = 'complete' having count(r.id) > 0);

create function count_records() returns trigger language plpgsql as $$
declare d record;
begin
  if TG_OP = 'INSERT' then
    for d in select source, count(*)::int as n from after_rows where status <> 'withdrawn' and merged_into is null group by 1 loop
      update sources set records = records + d.n where id = d.source;
    end loop;
  elsif TG_OP = 'DELETE' then
    for d in select source, count(*)::int as n from before_rows where status <> 'withdrawn' and merged_into is null group by 1 loop
      update sources set records = records - d.n where id = d.source;
    end loop;
  else
    for d in select source, sum(n)::int as n from (
        select source, 1 as n from after_rows where status <> 'withdrawn' and merged_into is null
        union all select source, -1 from before_rows where status <> 'withdrawn' and merged_into is null) c
      group by 1 having sum(n) <> 0 loop
      update sources set records = records + d.n where id = d.source;
    end loop;
  end if;
  return null;
end $$;
create trigger credentials_counted_in after insert on credentials referencing new table as after_rows
  for each statement execute function count_records();
create trigger credentials_counted_out after delete on credentials referencing old table as before_rows
  for each statement execute function count_records();
create trigger credentials_counted after update on credentials referencing old table as before_rows new table as after_rows
  for each statement execute function count_records();

-- A row of its own: a sign of life waits for no work on the run.
create table run_leases (
  run text primary key references runs (id) on delete cascade,
  owner text not null,
  until timestamptz not null
);
insert into run_leases (run, owner, until)
  select id, lease_owner, lease_until from runs where state = 'running' and lease_owner is not null and lease_until is not null;
alter table runs drop column lease_owner, drop column lease_until;
-- records of the source that could be found when the run began
alter table runs add column standing integer not null default 0;

drop function pg_temp.row_key(text[]);
