-- name: save_question
insert into review.link_question (
    question_id, scope, kind, subject, side, other_unit, other_era, offered
)
values (
    %(question_id)s, %(scope)s, %(kind)s, %(subject)s, %(side)s, %(unit)s, %(era)s, %(offered)s
)
on conflict (question_id) do nothing

-- name: asked
select
    question_id,
    scope,
    kind,
    subject,
    side,
    other_unit,
    other_era,
    offered
from review.link_question
where question_id = any(%(ids)s)

-- name: standing
select
    question_id,
    verdict,
    named
from review.standing_link_answer
where question_id = any(%(ids)s)

-- name: add_answer
insert into review.link_answer (import_id, question_id, verdict, named)
values (%(import_id)s, %(question_id)s, %(verdict)s, %(named)s)

-- name: answers_of_scope
select
    question_id,
    scope,
    kind,
    subject,
    side,
    other_unit,
    other_era,
    offered,
    verdict,
    named
from review.standing_link_answer
where scope = %(scope)s
order by answer_id

-- name: found_again
-- For each place the eras under which its numbers stand today, how many of its papers of then are there, and how many in all.
select
    given.place,
    e.key_era,
    count(distinct e.entry_id) filter (where e.entry_id = any(given.entry_ids)),
    count(distinct e.entry_id)
from json_to_recordset(%(places)s) as given (place integer, unit text, sheet text, parcel text, entry_ids text[])
inner join reading.entry as e
    on e.key_unit = given.unit and e.key_sheet = given.sheet and (given.parcel is null or e.key_parcel = given.parcel)
where e.parcel_key is not null and e.key_unit = any(%(units)s)
group by given.place, e.key_era

-- name: papers_of_map
select
    e.key_sheet,
    e.key_parcel,
    array_agg(distinct e.entry_id order by e.entry_id)
from reading.entry as e
where e.key_unit = %(unit)s and e.key_era = %(era)s and e.parcel_key is not null
group by e.key_sheet, e.key_parcel

-- name: lands_of_import
-- Of an import, or of the one that it takes back.
with given as (
    select coalesce(i.undoes, i.import_id) as import_id
    from review.import as i
    where i.import_id = %(import_id)s
)

select q.scope
from given as i
inner join review.link_answer as a on a.import_id = i.import_id
inner join review.link_question as q on q.question_id = a.question_id
union
select q.scope
from given as i
inner join review.dispute_answer as a on a.import_id = i.import_id
inner join review.dispute_question as q on q.question_id = a.question_id
union
select q.scope
from given as i
inner join people.dispute_answer as a on a.import_id = i.import_id
inner join review.dispute_question as q on q.question_id = a.question_id
order by 1

-- name: statuses
select
    p.parcel_key,
    v.status
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
where p.unit = any(%(units)s) and not v.withdrawn

-- name: units
select distinct e.key_unit
from reading.entry as e
where e.batch_id = any(%(batch_ids)s) and e.parcel_key is not null
order by 1

-- name: lands_with_steps
select distinct l.scope
from cadastre.lineage as l
where l.p < %(sure)s
order by 1
