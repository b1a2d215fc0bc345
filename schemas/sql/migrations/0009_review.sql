create table review.question (
    entry_id text not null,
    field text not null check (field not in ('owners', 'change_note')),
    question_id text not null,
    seen text not null,
    shown jsonb,
    ref_sha256 intake.sha256,
    ref_page integer,
    box integer[] check (cardinality(box) = 4),
    asked_at timestamptz not null default clock_timestamp(),
    primary key (entry_id, field)
);
comment on table review.question is
    'A field of an entry as a person was last asked for it; those that hold personal data are in people.question.';
comment on column review.question.question_id is 'Shared by the entries that one answer settles.';
comment on column review.question.seen is 'Hash of what was read there; a question is stale when it differs now.';
comment on column review.question.shown is 'The value that the person may call right.';
create index question_id on review.question (question_id);

create table people.question (
    entry_id text not null,
    field text not null check (field in ('owners', 'change_note')),
    question_id text not null,
    seen text not null,
    shown jsonb,
    ref_sha256 intake.sha256,
    ref_page integer,
    box integer[] check (cardinality(box) = 4),
    asked_at timestamptz not null default clock_timestamp(),
    primary key (entry_id, field)
);
comment on table people.question is 'The questions whose values are personal data.';
create index question_id on people.question (question_id);

create table review.import (
    import_id bigint generated always as identity primary key,
    file_sha256 intake.sha256 not null,
    content_hash text not null,
    who text not null,
    at timestamptz not null default clock_timestamp(),
    undoes bigint unique references review.import
);
comment on table review.import is 'Answers that came in together, and the taking back of such; insert only.';
comment on column review.import.content_hash is 'Hash of the answers alone: a workbook saved again is the same import.';
comment on column review.import.undoes is 'The import that this row takes back.';
create index import_content on review.import (content_hash);

create sequence review.answer_id as bigint;

create table review.answer (
    answer_id bigint primary key default nextval('review.answer_id'),
    import_id bigint not null references review.import,
    entry_id text not null,
    sha256 intake.sha256 not null,
    field text check (field not in ('owners', 'change_note')),
    verdict text not null check (verdict in ('value', 'unreadable', 'reject')),
    value jsonb,
    ref_sha256 intake.sha256,
    ref_page integer,
    box integer[] check (cardinality(box) = 4),
    check ((verdict = 'reject') = (field is null)),
    check ((verdict = 'value') = (value is not null))
);
comment on table review.answer is 'What people answered, insert only; the last one of a field stands unless taken back.';
comment on column review.answer.sha256 is 'The file on which the entry stands.';
comment on column review.answer.field is 'Null where the entry was rejected as a whole.';
create index answer_sha256 on review.answer (sha256);
create index answer_entry on review.answer (entry_id);

create table people.answer (
    answer_id bigint primary key default nextval('review.answer_id'),
    import_id bigint not null references review.import,
    entry_id text not null,
    sha256 intake.sha256 not null,
    field text not null check (field in ('owners', 'change_note')),
    verdict text not null check (verdict in ('value', 'unreadable')),
    value jsonb,
    ref_sha256 intake.sha256,
    ref_page integer,
    box integer[] check (cardinality(box) = 4),
    check ((verdict = 'value') = (value is not null))
);
comment on table people.answer is 'The answers that hold personal data.';
create index answer_sha256 on people.answer (sha256);
create index answer_entry on people.answer (entry_id);

alter table people.question enable row level security;
alter table people.question force row level security;
create policy worker on people.question to diachinh_worker using (true) with check (true);

alter table people.answer enable row level security;
alter table people.answer force row level security;
create policy worker on people.answer to diachinh_worker using (true) with check (true);

alter table recovery.missing_case add column set_by text;
alter table recovery.missing_case add column set_at timestamptz;
comment on column recovery.missing_case.set_by is 'Who set the state; what a person set stays.';
