-- name: one_at_a_time
select pg_advisory_xact_lock(7261004)

-- name: save_case
insert into recovery.missing_case (
    case_id, kind, what, unit_code, reason, evidence, likely_location, p, status
)
values (
    %(case_id)s, %(kind)s, %(what)s, %(unit_code)s, %(reason)s, %(evidence)s, %(likely_location)s, %(p)s, %(status)s
)
on conflict (case_id) do update set
    kind = excluded.kind,
    what = excluded.what,
    unit_code = excluded.unit_code,
    reason = excluded.reason,
    evidence = excluded.evidence,
    likely_location = excluded.likely_location,
    p = excluded.p,
    -- The other states were set by a person.
    status = case
        when missing_case.status in ('suspected', 'misread') and missing_case.set_by is null then excluded.status
        else missing_case.status
    end

-- name: link_case
insert into recovery.case_batch (case_id, batch_id, scope)
values (%(case_id)s, %(batch_id)s, %(scope)s)
on conflict (case_id, batch_id) do update set scope = excluded.scope
where case_batch.scope is distinct from excluded.scope

-- name: unlink_cases
-- What the batch alone told of: manifest, declared pages, pages that cannot be read.
delete from recovery.case_batch
where batch_id = %(batch_id)s and scope = '' and case_id <> all(%(ids)s)
returning case_id

-- name: unlink_batch
delete from recovery.case_batch
where batch_id = %(batch_id)s
returning case_id

-- name: unlink_scope
-- What the papers of a commune told of and tell no longer.
delete from recovery.case_batch as b
where
    b.scope = %(scope)s
    and not exists (
        select
        from unnest(%(ids)s::text[], %(batches)s::text[]) as kept (case_id, batch_id)
        where kept.case_id = b.case_id and kept.batch_id = b.batch_id
    )
returning case_id

-- name: closed_cases
-- Of these the ones that no batch tells of any more and a person took up: they stay, in the person's state.
select
    c.case_id,
    c.status
from recovery.missing_case as c
where
    c.case_id = any(%(ids)s)
    and (c.set_by is not null or c.status not in ('suspected', 'misread'))
    and not exists (
        select
        from recovery.case_batch as b
        where b.case_id = c.case_id
    )
order by c.case_id

-- name: forget_cases
delete from recovery.missing_case as c
where
    c.status in ('suspected', 'misread')
    and c.set_by is null
    and not exists (
        select
        from recovery.case_batch as b
        where b.case_id = c.case_id
    )

-- name: set_state
update recovery.missing_case
set
    status = %(status)s,
    set_by = %(who)s,
    set_at = clock_timestamp()
where case_id = %(case_id)s
returning case_id
