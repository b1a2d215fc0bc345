-- name: save_question
insert into review.dispute_question (question_id, scope, kind, attribute, sides)
values (%(question_id)s, %(scope)s, %(kind)s, %(attribute)s, %(sides)s)
on conflict (question_id) do nothing

-- name: asked
select
    question_id,
    scope,
    kind,
    attribute,
    sides
from review.dispute_question
where question_id = any(%(ids)s)

-- name: standing
select
    question_id,
    verdict,
    side,
    value
from people.standing_dispute_answer
where question_id = any(%(ids)s)

-- name: add_answer
insert into review.dispute_answer (import_id, question_id, verdict, side, value)
values (%(import_id)s, %(question_id)s, %(verdict)s, %(side)s, %(value)s)

-- name: add_identity_answer
insert into people.dispute_answer (import_id, question_id, verdict, side, value)
values (%(import_id)s, %(question_id)s, %(verdict)s, %(side)s, %(value)s)

-- name: rulings_of_scope
select
    question_id,
    scope,
    kind,
    attribute,
    sides,
    verdict,
    side,
    value,
    day
from people.standing_dispute_answer
where scope = %(scope)s
order by answer_id

-- name: open_parcels
-- Parcels that have one of these grade reasons as they stand now, with all that they have.
select
    p.parcel_key,
    w.grade_reasons
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
inner join cadastre.parcel_version as w on w.version_id = v.version_id
where p.unit = any(%(units)s) and not v.withdrawn and w.grade_reasons && %(reasons)s::text[]
order by 1

-- name: papers
select e.told
from people.told_entry as e
where e.stands and e.entry_id = any(%(ids)s)
order by e.entry_id
