-- A page of a site that gave records before and gives none now, though it answers: found out when it was read to its end.
alter table pages add column silent boolean not null default false;

-- Pages that were silent in the last run read to its end: since when, and in how many such runs in a row.
create table silences (
  -- source and address, as in observations
  place uuid primary key,
  source text not null references sources (id) on delete cascade,
  since timestamptz not null default now(),
  runs integer not null default 1,
  -- the last run that counted
  run text not null
);
create index silences_by_source on silences (source);

-- How long each mark was meant to hold, in seconds: one that lies further ahead was set by a clock that was wrong.
alter table hosts add column gap double precision;
alter table hosts add column closed_for double precision;

-- Encrypted values of public manifests: whoever stated one first is the only one it is ever decrypted for. For good: a source that
-- vanishes does not give it free.
create table stated_secrets (
  -- SHA-256 of the encrypted bytes, however they were written
  hash bytea primary key,
  -- whose manifest; '' for sources given by hand
  domain text not null,
  -- where the clear value, and what it buys, is sent; null: where its domain next says
  origins text,
  first_seen timestamptz not null default now(),
  -- who stated it too and was refused, last
  copied_by text,
  copied_at timestamptz
);

-- The sources there are, the oldest first. A value that is no base64 is nobody's; an address that is not plain is left to the crawler.
do $$
declare held record;
begin
  for held in
    select v.value, coalesce(s.definition -> 'manifest' ->> 'domain', '') as domain,
           case when o.origins ~ '^(https?://[a-z0-9.-]*[a-z](:[1-9][0-9]*)?( |$)){1,2}$'
                then regexp_replace(o.origins, '(?<=https://[^ :]*):443(?= |$)|(?<=http://[^ :]*):80(?= |$)', '', 'g')
           end as origins
      from sources s
     cross join lateral (values (s.definition -> 'auth' ->> 'value', null),
       (s.definition -> 'auth' ->> 'clientSecret', s.definition -> 'auth' ->> 'tokenEndpoint')) as v (value, token)
     cross join lateral (select concat_ws(' ', lower(substring(s.definition ->> 'url' from '^[^/]*//[^/?#]*')),
                                               lower(substring(v.token from '^[^/]*//[^/?#]*'))) as origins) as o
     where v.value is not null order by s.created_at, s.id
  loop
    begin
      insert into stated_secrets (hash, domain, origins)
      values (sha256(ltrim(decode(regexp_replace(held.value, '\s', '', 'g'), 'base64'), '\x00'::bytea)),
              held.domain, held.origins)
      on conflict do nothing;
    exception when others then null;
    end;
  end loop;
end;
$$;

-- The last run in which another text came under the identifier of this one and was turned away.
alter table observations add column twice_run text;
create index observations_twice on observations (twice_run) where twice_run is not null;
