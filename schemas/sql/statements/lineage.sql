-- name: units
select distinct e.key_unit
from reading.entry as e
where e.parcel_key is not null
union
select p.unit
from cadastre.parcel as p
order by 1

-- name: mentions
-- Papers of the communes that stand and have a parcel key, each entry once, with the values that linking needs.
-- What a note names (refs) is told as null where it could not be read: then its words are not to be trusted either.
select distinct on (e.entry_id)
    e.entry_id,
    e.document_id,
    e.kind,
    e.era,
    e.key_unit,
    e.key_sheet,
    e.key_parcel,
    e.parcel_key,
    (
        select jsonb_object_agg(f.name, f.value)
        from reading.any_field as f
        where
            f.batch_id = e.batch_id
            and f.entry_id = e.entry_id
            and f.name = any(%(names)s)
            and (f.value is not null or f.name = 'refs')
    ) as told
from reading.entry as e
inner join reading.standing_document as d on d.batch_id = e.batch_id and d.document_id = e.document_id
where e.key_unit = any(%(units)s) and e.parcel_key is not null and d.stands
order by e.entry_id, e.batch_id

-- name: place_entries
-- Keys the entries by their map series; key_era and parcel_key are derived, the paper's own era stays in era.
update reading.entry as e
set
    key_era = given.era::intake.era,
    parcel_key = given.key
from json_to_recordset(%(rows)s) as given (entry_id text, era text, key text)
where e.entry_id = given.entry_id and e.parcel_key is not null and e.parcel_key <> given.key

-- name: steps_of
select
    from_key,
    to_key,
    relation,
    p,
    evidence
from cadastre.lineage
where scope = %(scope)s
order by from_key, to_key

-- name: add_steps
insert into cadastre.lineage_step (scope, from_key, to_key, relation, p, evidence, withdrawn)
select
    %(scope)s,
    given.from_key,
    given.to_key,
    given.relation,
    given.p,
    given.evidence,
    given.withdrawn
from json_to_recordset(%(rows)s) as given (
    from_key text,
    to_key text,
    relation text,
    p double precision,
    evidence text[],
    withdrawn boolean
)

-- name: chain_of
-- All steps that lead to a key or on from it.
with recursive back as (
    select
        l.*,
        1 as far
    from cadastre.lineage as l
    where l.to_key = %(key)s
    union all
    select
        l.*,
        b.far + 1
    from back as b
    inner join cadastre.lineage as l on l.to_key = b.from_key
    where b.far < 12
)

select distinct
    from_key,
    to_key,
    relation,
    p,
    evidence
from back
order by 1, 2

-- name: lineage
select
    l.from_key,
    l.to_key,
    l.relation,
    l.p,
    l.evidence
from cadastre.lineage as l
where
    %(batch_id)s::text is null
    or exists (
        select
        from cadastre.parcel as p
        inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
        inner join cadastre.parcel_source as s on s.version_id = v.version_id
        inner join reading.entry as e on e.entry_id = s.entry_id
        where p.parcel_key in (l.from_key, l.to_key) and e.batch_id = %(batch_id)s
    )
order by 1, 2
