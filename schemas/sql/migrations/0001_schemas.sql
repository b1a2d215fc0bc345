create schema intake;
comment on schema intake is 'What came in: batches, files, pages, and the runs that worked on them.';

create schema reading;
comment on schema reading is 'What papers say: documents and entries, without personal data.';

create schema cadastre;
comment on schema cadastre is 'Parcels, their versions and claims, without personal data.';

create schema people;
comment on schema people is 'All personal data: page readings, owners, change notes. Under row-level security.';

create schema review;
comment on schema review is 'What waits for a person, and what people answered.';

create schema recovery;
comment on schema recovery is 'Originals that must exist and are not held.';

-- The schema audit is there already: it holds the record of these migrations.
comment on schema audit is 'The chained log of identity reads and publications, and views of faults that must be empty.';

create schema api;
comment on schema api is 'What other departments may query; no personal data.';
