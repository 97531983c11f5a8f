-- Whether the operator has switched a source of the files on or off; null: as its file says. One that has no schedule of its own gets
-- one when it is switched on, at a minute of the week that no other has.
alter table sources add column switched boolean;
alter table sources add column own_schedule text unique;

-- What the last look at a source found ("credatlas sources --check"): figures, nothing of a record. A source may be looked at before it
-- was ever stored.
create table source_checks (
  source text primary key,
  at timestamptz not null default now(),
  found jsonb not null
);

alter table audit drop constraint audit_action_check;
alter table audit add constraint audit_action_check
  check (action in ('abandon', 'approve', 'purge', 'allow', 'retire', 'reinstate', 'enable', 'disable'));
