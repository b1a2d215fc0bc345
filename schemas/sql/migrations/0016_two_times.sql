-- Claims under older numbers, reasons of grades, and what the papers of one parcel say differently.

alter table cadastre.claim add column claimed_key text;
comment on column cadastre.claim.claimed_key is
    'The parcel key on the entry''s own paper where it is an older number; null where it is the parcel''s own.';
alter table people.claim add column claimed_key text;
comment on column people.claim.claimed_key is
    'The parcel key on the entry''s own paper where it is an older number; null where it is the parcel''s own.';

alter table cadastre.parcel_version add column grade_reasons text[] not null default '{}';
comment on column cadastre.parcel_version.grade_reasons is 'Names of schemas/codes/grade_reasons.csv.';
comment on column cadastre.parcel_version.valid_to is
    'The last day before a newer number or a division took its place; null while it holds.';

alter table cadastre.staged_parcel add column valid_to text;
alter table cadastre.staged_parcel add column grade_reasons text[] not null default '{}';

-- A parcel is asked for by unit, sheet and number without its map series.
create index parcel_number on cadastre.parcel (unit, sheet_no, parcel_no);

create table reading.across_finding (
    entry_id text not null,
    ord integer not null check (ord >= 1),
    parcel_key text not null,
    code text not null,
    severity text not null check (severity in ('error', 'warning', 'note')),
    fields text[] not null,
    message_vi text not null,
    message_en text not null,
    primary key (entry_id, ord)
);
comment on table reading.across_finding is
    'What entries of one parcel say differently from one another (R11, R16); written anew where the parcel is settled.';
comment on column reading.across_finding.parcel_key is 'The key under which the entry was settled.';
create index across_finding_parcel on reading.across_finding (parcel_key);
