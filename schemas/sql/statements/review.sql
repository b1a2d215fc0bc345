-- name: one_at_a_time
select pg_advisory_xact_lock(7261005)

-- name: save_question
insert into review.question (entry_id, field, question_id, seen, shown, ref_sha256, ref_page, box)
values (
    %(entry_id)s, %(field)s, %(question_id)s, %(seen)s, %(shown)s, %(ref_sha256)s, %(ref_page)s, %(box)s
)
on conflict (entry_id, field) do update set
    question_id = excluded.question_id,
    seen = excluded.seen,
    shown = excluded.shown,
    ref_sha256 = excluded.ref_sha256,
    ref_page = excluded.ref_page,
    box = excluded.box,
    asked_at = excluded.asked_at
where question.question_id <> excluded.question_id

-- name: save_identity_question
insert into people.question (entry_id, field, question_id, seen, shown, ref_sha256, ref_page, box)
values (
    %(entry_id)s, %(field)s, %(question_id)s, %(seen)s, %(shown)s, %(ref_sha256)s, %(ref_page)s, %(box)s
)
on conflict (entry_id, field) do update set
    question_id = excluded.question_id,
    seen = excluded.seen,
    shown = excluded.shown,
    ref_sha256 = excluded.ref_sha256,
    ref_page = excluded.ref_page,
    box = excluded.box,
    asked_at = excluded.asked_at
where question.question_id <> excluded.question_id

-- name: asked
select
    question_id,
    entry_id,
    field,
    seen,
    shown,
    ref_sha256,
    ref_page,
    box
from people.any_question
where question_id = any(%(ids)s)
order by question_id, entry_id

-- name: batches_of_entries
select distinct e.batch_id
from reading.entry as e
where e.entry_id = any(%(ids)s)
order by e.batch_id

-- name: answers_of_batch
select
    a.entry_id,
    a.field,
    a.verdict,
    a.value,
    a.ref_sha256,
    a.ref_page,
    a.box
from people.standing_answer as a
where a.sha256 in (
    select f.sha256
    from intake.batch_file as f
    where f.batch_id = %(batch_id)s
)
order by a.answer_id

-- name: standing_answers
select
    a.entry_id,
    a.field,
    a.verdict,
    a.value
from people.standing_answer as a
where a.entry_id = any(%(ids)s)

-- name: standing_import
select
    i.import_id,
    (select count(*) from review.answer as a where a.import_id = i.import_id)
    + (select count(*) from people.answer as a where a.import_id = i.import_id)
    + (select count(*) from review.link_answer as a where a.import_id = i.import_id)
    + (select count(*) from review.dispute_answer as a where a.import_id = i.import_id)
    + (select count(*) from people.dispute_answer as a where a.import_id = i.import_id)
from review.import as i
where
    i.undoes is null
    and (i.content_hash = %(content_hash)s or i.file_sha256 = %(file_sha256)s)
    and not exists (
        select
        from review.import as u
        where u.undoes = i.import_id
    )
order by i.import_id desc
limit 1

-- name: add_import
insert into review.import (file_sha256, content_hash, who, undoes)
values (%(file_sha256)s, %(content_hash)s, %(who)s, %(undoes)s)
returning import_id

-- name: add_answer
insert into review.answer (import_id, entry_id, sha256, field, verdict, value, ref_sha256, ref_page, box)
values (
    %(import_id)s, %(entry_id)s, %(sha256)s, %(field)s, %(verdict)s, %(value)s, %(ref_sha256)s, %(ref_page)s,
    %(box)s
)

-- name: add_identity_answer
insert into people.answer (import_id, entry_id, sha256, field, verdict, value, ref_sha256, ref_page, box)
values (
    %(import_id)s, %(entry_id)s, %(sha256)s, %(field)s, %(verdict)s, %(value)s, %(ref_sha256)s, %(ref_page)s,
    %(box)s
)

-- name: batches_of_import
select distinct f.batch_id
from intake.batch_file as f
where f.sha256 in (
    select a.sha256
    from review.answer as a
    where a.import_id = %(import_id)s
    union all
    select a.sha256
    from people.answer as a
    where a.import_id = %(import_id)s
)
order by f.batch_id

-- name: turns
select
    p.sha256,
    p.page,
    (r.content ->> 'turn_deg')::integer
from intake.page as p
inner join people.page_reading as r
    on r.sha256 = p.sha256 and r.page = p.page and r.reader_version = p.reader_version
where p.sha256 = any(%(sha256s)s)

-- name: personal_boxes
select distinct
    f.ref_sha256,
    f.ref_page,
    f.box
from people.entry_field as f
where f.ref_sha256 = any(%(sha256s)s) and f.box is not null
