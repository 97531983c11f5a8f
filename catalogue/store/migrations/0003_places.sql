-- Paging by the newest stands on positions in the change log: a listing begun at position p shows each record where its
-- last change up to p put it. `earlier`: the positions of its changes before, newest first.
alter table credentials add column earlier bigint[] not null default '{}';

alter table search_documents add column earlier bigint[] not null default '{}';
-- the alphabetically first currency and its lowest price: the order of records without a price in the currency wanted
alter table search_documents add column price_currency text collate "C";
alter table search_documents add column price_amount double precision;

update search_documents d set seq = c.seq from credentials c where c.id = d.id and c.seq > 0;
update search_documents d set (price_currency, price_amount) =
  (select p.key, p.value::float8 from jsonb_each_text(d.prices) p order by p.key collate "C" limit 1);

-- its index goes along, whatever a rebuild has named it
alter table search_documents drop column updated;
create index on search_documents (seq desc, id);
create index on search_documents (ects_min, id);
