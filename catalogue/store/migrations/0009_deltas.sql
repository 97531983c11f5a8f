-- A run may read only what a feed has changed since a moment (`since`): then nothing that it does not see is gone. What a feed says is
-- gone waits in `tombstones` for the end of its run. `identifier` is '' for a part whose record the feed does not name.
alter table runs add column since timestamptz;
create table tombstones (
  run text not null references runs (id) on delete cascade,
  n bigint generated always as identity,
  identifier text not null,
  part text not null,
  primary key (run, n)
);
