-- What people were asked and answered of how the maps of two times go together.

create table review.link_question (
    question_id text primary key,
    scope text not null,
    kind text not null check (kind in ('sheet', 'parcel')),
    subject jsonb not null,
    side text not null check (side in ('newer', 'older')),
    other_unit text not null,
    other_era intake.era not null,
    offered jsonb not null,
    asked_at timestamptz not null default clock_timestamp()
);
comment on table review.link_question is
    'Whether a parcel or a sheet is what another map shows, as people were asked; insert only, no personal data.';
comment on column review.link_question.question_id is 'Hash of all that the question says.';
comment on column review.link_question.scope is 'The land that is reconciled as one: the unit that holds it today.';
comment on column review.link_question.subject is
    'Unit, era, sheet, parcel (null: the whole sheet) and the entries that stood behind it then.';
comment on column review.link_question.side is 'Whether what is offered lies on a newer or an older map.';
comment on column review.link_question.offered is 'The best answer: places like the subject, several of a division.';

create table review.link_answer (
    answer_id bigint generated always as identity primary key,
    import_id bigint not null references review.import,
    question_id text not null references review.link_question,
    verdict text not null check (verdict in ('yes', 'no', 'other', 'none')),
    named jsonb not null,
    check ((verdict = 'other') = (jsonb_array_length(named) > 0))
);
comment on table review.link_answer is
    'What people answered of links, insert only; the last one of a question stands unless taken back.';
comment on column review.link_answer.named is 'The right places, where the person named others than those offered.';
create index link_answer_question on review.link_answer (question_id);
create index link_answer_import on review.link_answer (import_id);
create index link_question_scope on review.link_question (scope);
