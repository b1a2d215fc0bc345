-- name: rights
-- Whether the login finds out who is one person, and whether it verifies.
select
    pg_has_role(session_user, 'diachinh_worker', 'usage'),
    pg_has_role(session_user, 'diachinh_verifier', 'usage'),
    session_user::text

-- name: open
select people.open_verification(%(unit)s, %(most)s, %(by)s, %(reason)s)

-- name: ask
select people.ask_to_verify(%(batch_id)s, %(reason)s)

-- name: rows
select
    row_id,
    name,
    sex,
    birth_year,
    numbers,
    address
from people.verification_rows(%(permit)s)

-- name: lists
select
    batch_id,
    made_at,
    made_by,
    unit_code,
    persons,
    answered,
    ended
from people.verification_lists()

-- name: own_rows
select
    row_id,
    part
from people.own_rows(%(batch_id)s, %(by)s, %(results)s)

-- name: take
select people.take_results(%(batch_id)s, %(by)s, %(results)s, %(file_sha256)s, %(content_hash)s)

-- name: take_back
select people.take_back_results(%(by)s, %(file_sha256)s, %(content_hash)s)

-- name: end
select people.end_verification(%(batch_id)s, %(reason)s)

-- name: states
-- What verifiers found of each identity number that they were asked for, with what is right instead.
select
    n.number ->> 1,
    s.result,
    s.corrections
from people.standing_verification as s
inner join people.person as p on p.version_id = s.version_id
cross join lateral jsonb_array_elements(p.numbers) as n (number)
order by 1, s.verification_id
