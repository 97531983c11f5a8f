-- What each record is about (catalogue/search/concept-tokens.ts): concepts with their share of the record in tenths, as words such as
-- esco/skill/…:7, and beside each the label that fitted.
alter table search_documents add column concepts text[] not null default '{}', add column concept_labels text[] not null default '{}';
create index search_documents_concepts on search_documents using gin (concepts);
