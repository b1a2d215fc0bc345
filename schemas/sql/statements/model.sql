-- name: schemas
select
    n.nspname,
    coalesce(obj_description(n.oid, 'pg_namespace'), '')
from pg_namespace as n
where n.nspname in ('intake', 'reading', 'cadastre', 'people', 'review', 'recovery', 'audit', 'api')
order by array_position(
    array['intake', 'reading', 'people', 'cadastre', 'review', 'recovery', 'audit', 'api']::text[], n.nspname::text
)

-- name: relations
select
    c.oid,
    c.relname,
    c.relkind = 'v',
    coalesce(obj_description(c.oid, 'pg_class'), ''),
    c.relrowsecurity,
    (
        select coalesce(string_agg(told.line, '; ' order by told.line), '')
        from (
            select concat(g.grantee, ': ', string_agg(lower(g.privilege_type), ', ' order by g.privilege_type)) as line
            from information_schema.role_table_grants as g
            where
                g.table_schema = %(schema)s and g.table_name = c.relname
                and g.grantee like 'diachinh\_%%' and g.grantee <> 'diachinh_owner'
            group by g.grantee
        ) as told
    )
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = %(schema)s and c.relkind in ('r', 'p', 'v')
order by c.relkind = 'v', c.relname

-- name: columns
select
    a.attname,
    format_type(a.atttypid, a.atttypmod),
    a.attnotnull,
    coalesce(col_description(a.attrelid, a.attnum), '')
from pg_attribute as a
where a.attrelid = %(relation)s and a.attnum > 0 and not a.attisdropped
order by a.attnum

-- name: keys
select pg_get_constraintdef(k.oid)
from pg_constraint as k
where k.conrelid = %(relation)s and k.contype in ('p', 'f', 'u')
order by
    k.contype = 'p' desc,
    k.contype,
    pg_get_constraintdef(k.oid)
