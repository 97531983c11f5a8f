-- What is counted over all records (countries, languages, elements stated) is counted as they change, not whenever somebody
-- asks. `facts`: what a record counts for, as catalogue/store/facts.ts says.
alter table credentials add column facts text[] not null default '{}';
create table tallies (
  source text not null references sources (id) on delete cascade,
  fact text not null,
  n integer not null,
  primary key (source, fact)
);

create function pg_temp.facts_of(document jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(distinct fact), '{}') from (
    select 'country ' || (document -> 'issuerCountry' -> 'value' ->> 'country') as fact
    union all
    select 'language ' || lower(split_part(l, '-', 1)) from (
      select jsonb_array_elements_text(coalesce(document -> 'languages' -> 'value', '[]')) as l
      union all
      select jsonb_array_elements_text(coalesce(o -> 'languages', '[]'))
        from jsonb_array_elements(coalesce(document -> 'opportunities', '[]')) o) spoken
    union all
    select 'stated ' || key from jsonb_each(document) where jsonb_typeof(value) = 'object' and value ->> 'state' = 'stated') f
   where fact is not null and length(fact) <= 100
$$;
update credentials set facts = pg_temp.facts_of(document);
insert into tallies (source, fact, n)
  select source, fact, count(*) from credentials cross join lateral unnest(facts) as f (fact)
   where status <> 'withdrawn' and merged_into is null group by 1, 2;

drop function pg_temp.facts_of(jsonb);

create function tally_facts() returns trigger language plpgsql as $$
begin
  if TG_OP = 'INSERT' then
    insert into tallies as t (source, fact, n)
      select source, fact, count(*) from after_rows cross join lateral unnest(facts) as f (fact)
       where status <> 'withdrawn' and merged_into is null group by 1, 2
      on conflict (source, fact) do update set n = t.n + excluded.n;
  elsif TG_OP = 'DELETE' then
    insert into tallies as t (source, fact, n)
      select source, fact, -count(*) from before_rows cross join lateral unnest(facts) as f (fact)
       where status <> 'withdrawn' and merged_into is null group by 1, 2
      on conflict (source, fact) do update set n = t.n + excluded.n;
  else
    insert into tallies as t (source, fact, n)
      select source, fact, sum(n) from (
        select source, facts, 1 as n from after_rows where status <> 'withdrawn' and merged_into is null
        union all
        select source, facts, -1 from before_rows where status <> 'withdrawn' and merged_into is null) r
        cross join lateral unnest(facts) as f (fact)
       group by 1, 2 having sum(n) <> 0
      on conflict (source, fact) do update set n = t.n + excluded.n;
  end if;
  return null;
end $$;
create trigger credentials_tallied_in after insert on credentials referencing new table as after_rows
  for each statement execute function tally_facts();
create trigger credentials_tallied_out after delete on credentials referencing old table as before_rows
  for each statement execute function tally_facts();
create trigger credentials_tallied after update on credentials referencing old table as before_rows new table as after_rows
  for each statement execute function tally_facts();
