-- When a record that ended its worker was last tried: after a while it gets another chance. Those of before get theirs at once.
alter table observations add column quarantined_at timestamptz;
update observations o set quarantined_at = 'epoch' from problems p
  where p.rule = 'quarantined' and p.source = o.source and p.identifier = o.identifier and o.state = 'rejected';
