-- name: lock
select pg_advisory_lock(%(key)s)

-- name: has_postgis
select 1 from pg_extension where extname = 'postgis'

-- name: create_postgis
create extension postgis schema public

-- name: as_oneself
reset role

-- name: act_as_owner
set role diachinh_owner

-- name: has_ledger
select to_regclass('audit.migration') is not null

-- name: create_ledger
create schema if not exists audit;
create table if not exists audit.migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp()
);
comment on table audit.migration is
    'The numbered migrations that this database has had, and the checksum of what is re-applied whole.';

-- name: ledger
select
    name,
    checksum
from audit.migration

-- name: write_ledger
insert into audit.migration (name, checksum)
values (%(name)s, %(checksum)s)
on conflict (name) do update set
    checksum = excluded.checksum,
    applied_at = clock_timestamp()

-- name: forget_whole
delete from audit.migration
where name = %(name)s

-- name: drop_views
do $$
declare
    named text;
begin
    select string_agg(format('%I.%I', v.schemaname, v.viewname), ', ') into named
    from pg_views as v
    where v.schemaname in ('intake', 'reading', 'cadastre', 'people', 'review', 'recovery', 'audit', 'api');
    if named is not null then
        execute 'drop view ' || named;
    end if;
end
$$
