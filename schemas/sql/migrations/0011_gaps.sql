alter table recovery.case_batch add column scope text not null default '';
comment on column recovery.case_batch.scope is
    'What the case was derived from: '''' the batch alone, else a commune''s code, or ~ with a batch for papers without one.';
create index case_batch_scope on recovery.case_batch (scope);

create table recovery.flagged (
    batch_id text primary key references intake.batch,
    scopes text[] not null,
    numbers text[] not null
);
comment on table recovery.flagged is
    'What the last search for missing originals of a batch touched, so that what leaves a batch is searched for too.';
comment on column recovery.flagged.scopes is 'Communes of its papers, by code; ~ with the batch for papers without one.';
comment on column recovery.flagged.numbers is 'Serials and decisions that it held.';

create index entry_field_unit on reading.entry_field ((value #>> '{}')) where name = 'unit_code';
create index entry_field_serial on reading.entry_field ((value #>> '{}')) where name = 'serial';
create index entry_field_refs on reading.entry_field using gin (value jsonb_path_ops) where name = 'refs';
