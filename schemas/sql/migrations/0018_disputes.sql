-- What people were asked and ruled where papers of one parcel do not agree.

create table review.dispute_question (
    question_id text primary key,
    scope text not null,
    kind text not null check (kind in ('certificate', 'papers', 'value', 'number', 'area')),
    attribute text,
    sides jsonb not null check (jsonb_array_length(sides) > 1),
    asked_at timestamptz not null default clock_timestamp()
);
comment on table review.dispute_question is
    'Where papers of one parcel do not agree, as people were asked; insert only, no values and no personal data.';
comment on column review.dispute_question.question_id is 'Hash of all that the question says.';
comment on column review.dispute_question.scope is 'The land that is reconciled as one: the unit that holds it today.';
comment on column review.dispute_question.kind is
    'certificate: which is in force; papers: which counts wherever they differ; value; number: of one certificate; '
    'area: the measured one (first side) or the legal one.';
comment on column review.dispute_question.attribute is 'What the values are of; null where papers are asked for.';
comment on column review.dispute_question.sides is
    'Of each side the entries that say it, or the documents, or the serials of the certificates.';
create index dispute_question_scope on review.dispute_question (scope);

create sequence review.dispute_answer_id as bigint;

create table review.dispute_answer (
    answer_id bigint primary key default nextval('review.dispute_answer_id'),
    import_id bigint not null references review.import,
    question_id text not null references review.dispute_question,
    verdict text not null check (verdict in ('side', 'all', 'none', 'unknown', 'value')),
    side integer check (side >= 0),
    value jsonb,
    check ((verdict = 'side') = (side is not null)),
    check ((verdict = 'value') = (value is not null))
);
comment on table review.dispute_answer is
    'What people ruled, insert only; the last one of a question stands unless taken back.';
comment on column review.dispute_answer.side is 'Which side is right, counted from 0.';
comment on column review.dispute_answer.value is 'The value that the person wrote, where no side is right.';
create index dispute_answer_question on review.dispute_answer (question_id);
create index dispute_answer_import on review.dispute_answer (import_id);

create table people.dispute_answer (
    answer_id bigint primary key default nextval('review.dispute_answer_id'),
    import_id bigint not null references review.import,
    question_id text not null references review.dispute_question,
    verdict text not null check (verdict = 'value'),
    side integer check (side is null),
    value jsonb not null
);
comment on table people.dispute_answer is 'The rulings whose written values are personal data.';
create index dispute_answer_question on people.dispute_answer (question_id);
create index dispute_answer_import on people.dispute_answer (import_id);

alter table people.dispute_answer enable row level security;
alter table people.dispute_answer force row level security;
create policy worker on people.dispute_answer to diachinh_worker using (true) with check (true);

-- An imported row on which a person's answer stands, as its file told it: it comes back where the answer is undone.
create table people.imported_before (
    batch_id text not null,
    entry_id text not null,
    status text not null,
    fields jsonb not null,
    findings jsonb not null,
    primary key (batch_id, entry_id),
    foreign key (batch_id, entry_id) references reading.entry (batch_id, entry_id) on delete cascade
);
comment on table people.imported_before is
    'Imported entries as their file told them, of those on which a person''s answer stands.';
comment on column people.imported_before.fields is 'The fields as in people.whole_entry, names included.';

alter table people.imported_before enable row level security;
alter table people.imported_before force row level security;
create policy worker on people.imported_before to diachinh_worker using (true) with check (true);
