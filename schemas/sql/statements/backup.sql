-- name: sees_all
-- Whether no row policy hides rows from this login.
select
    pg_has_role(current_user, 'diachinh_worker', 'usage')
    or (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)

-- name: snapshot
set transaction isolation level repeatable read, read only

-- name: export_snapshot
select pg_export_snapshot()

-- name: patient
set local idle_in_transaction_session_timeout = 0

-- name: tables
select
    n.nspname,
    c.relname
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = any(%(schemas)s) and c.relkind = 'r' and c.relpersistence = 'p'
order by 1, 2

-- name: schemas_there
select nspname
from pg_namespace
where nspname = any(%(schemas)s)
order by 1

-- name: keep_others_out
lock table intake.run, intake.batch, intake.file, audit.log in access exclusive mode

-- name: holds_data
select
    exists (select from intake.batch)
    or exists (select from intake.file)
    or exists (select from audit.log)
