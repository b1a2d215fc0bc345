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
insert into recovery.case_batch (case_id, batch_id)
values (%(case_id)s, %(batch_id)s)
on conflict do nothing

-- name: unlink_cases
delete from recovery.case_batch
where batch_id = %(batch_id)s and case_id <> all(%(ids)s)

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
