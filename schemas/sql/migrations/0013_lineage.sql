create table cadastre.lineage_step (
    step_id bigint generated always as identity primary key,
    scope text not null,
    from_key text not null,
    to_key text not null,
    relation text not null check (relation in ('same', 'split', 'merge', 'unit_change')),
    p double precision not null check (p between 0 and 1),
    evidence text[] not null,
    known_from timestamptz not null default clock_timestamp(),
    withdrawn boolean not null default false,
    check (from_key <> to_key)
);
comment on table cadastre.lineage_step is
    'What was known of how parcels follow each other, insert only: a later row of the same two keys closes the one before.';
comment on column cadastre.lineage_step.evidence is 'What speaks for it: printed:ENTRY, or comparison:level:bits.';
comment on column cadastre.lineage_step.withdrawn is 'The two keys do not follow each other by what is known since.';
create index lineage_step_keys on cadastre.lineage_step (from_key, to_key, step_id);
create index lineage_step_scope on cadastre.lineage_step (scope);
create index lineage_step_to on cadastre.lineage_step (to_key);

-- The commune of an entry's key, for reading what is told of one land.
create index entry_key_unit on reading.entry (key_unit) where parcel_key is not null;
