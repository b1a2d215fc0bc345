create view cadastre.lineage with (security_invoker = true) as
select
    s.step_id,
    s.scope,
    s.from_key,
    s.to_key,
    s.relation,
    s.p,
    s.evidence,
    s.known_from
from cadastre.lineage_step as s
where
    not s.withdrawn
    and not exists (
        select
        from cadastre.lineage_step as later
        where later.from_key = s.from_key and later.to_key = s.to_key and later.step_id > s.step_id
    );
comment on view cadastre.lineage is 'How parcels follow each other, by what is known now.';
