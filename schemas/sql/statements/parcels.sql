-- name: keys_touched
select
    e.key_unit,
    e.key_era,
    e.key_sheet,
    e.key_parcel
from reading.entry as e
where e.batch_id = %(batch_id)s and e.parcel_key is not null
union
-- Of its papers that lie in other batches too: which of them stands may change with the batch.
select
    o.key_unit,
    o.key_era,
    o.key_sheet,
    o.key_parcel
from reading.entry as e
inner join reading.entry as o on o.entry_id = e.entry_id and o.batch_id <> e.batch_id
where e.batch_id = %(batch_id)s and o.parcel_key is not null
union
-- Of papers that stand or not as those of this batch do: their twins, and what its files replace.
select
    e.key_unit,
    e.key_era,
    e.key_sheet,
    e.key_parcel
from reading.entry as e
where
    e.parcel_key is not null
    and (
        (e.batch_id, e.document_id) in (
            select
                t.other_batch_id,
                t.other_document_id
            from reading.twin_page as t
            where t.batch_id = %(batch_id)s
        )
        or (e.batch_id, e.sha256::text) in (
            select
                r.batch_id,
                r.sha256::text
            from intake.replaced_file as r
            where r.by_batch_id = %(batch_id)s
        )
    )
union
-- Published parcels that cite an entry which is gone, or has another key by now.
select
    p.unit,
    p.era,
    p.sheet_no,
    p.parcel_no
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
inner join cadastre.parcel_source as s on s.version_id = v.version_id
where
    not exists (
        select
        from people.whole_entry as e
        where
            e.entry_id = s.entry_id
            and e.stands
            and (
                e.parcel_key = p.parcel_key
                or exists (
                    select
                    from cadastre.claim as c
                    where c.version_id = v.version_id and c.entry_id = s.entry_id and c.claimed_key = e.parcel_key
                )
            )
    )
order by 1, 2, 3, 4

-- name: cited
-- Which papers the published parcels of these communes rest on.
select
    s.entry_id,
    p.parcel_key
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
inner join cadastre.parcel_source as s on s.version_id = v.version_id
where p.unit = any(%(units)s)

-- name: entries_of_keys
select e.told
from people.told_entry as e
where e.stands and e.parcel_key = any(%(keys)s)
order by e.entry_id

-- name: stage
copy cadastre.staged_parcel (
    publish_id, run_id, parcel_id, parcel_key, unit, era, sheet_no, parcel_no, content_hash, valid_from, valid_to,
    area_m2, legal_area_m2, user_type, grade, grade_reasons, status, attributes, land_use, claims, entry_ids,
    geometry_note, geom
) from stdin

-- name: geometry_faults
select
    parcel_id,
    cadastre.geometry_fault(geom)
from cadastre.staged_parcel
where publish_id = %(publish_id)s and cadastre.geometry_fault(geom) is not null

-- name: one_at_a_time
select pg_advisory_xact_lock(7261003)

-- name: add_parcels
insert into cadastre.parcel (parcel_id, parcel_key, unit, era, sheet_no, parcel_no)
select
    parcel_id,
    parcel_key,
    unit,
    era,
    sheet_no,
    parcel_no
from cadastre.staged_parcel
where publish_id = %(publish_id)s
order by parcel_id
on conflict do nothing

-- name: add_versions
insert into cadastre.parcel_version (
    parcel_id, publish_id, known_from, content_hash, valid_from, valid_to, area_m2, legal_area_m2, user_type, grade,
    grade_reasons, status, attributes, geometry_note, geom
)
select
    s.parcel_id,
    s.publish_id,
    greatest(%(moment)s, last.known_from + interval '1 microsecond'),
    s.content_hash,
    s.valid_from,
    s.valid_to,
    s.area_m2,
    s.legal_area_m2,
    s.user_type,
    s.grade,
    s.grade_reasons,
    s.status,
    s.attributes,
    case
        when cadastre.geometry_fault(s.geom) is null then s.geometry_note
        else cadastre.geometry_fault(s.geom)
    end,
    case when cadastre.geometry_fault(s.geom) is null then s.geom end
from cadastre.staged_parcel as s
left join lateral (
    select
        v.known_from,
        v.content_hash
    from cadastre.parcel_version as v
    where v.parcel_id = s.parcel_id
    order by v.version_id desc
    limit 1
) as last on true
where s.publish_id = %(publish_id)s and last.content_hash is distinct from s.content_hash
order by s.parcel_id
returning
    parcel_id,
    version_id

-- name: first_versions
select count(*)
from cadastre.parcel_version as v
where
    v.publish_id = %(publish_id)s
    and not exists (
        select
        from cadastre.parcel_version as before
        where before.parcel_id = v.parcel_id and before.version_id < v.version_id
    )

-- name: add_land_uses
insert into cadastre.parcel_land_use (version_id, ord, code, area_m2)
select
    v.version_id,
    u.ord,
    u.use ->> 'code',
    (u.use ->> 'area_m2')::double precision
from cadastre.parcel_version as v
inner join cadastre.staged_parcel as s on s.publish_id = v.publish_id and s.parcel_id = v.parcel_id
cross join lateral jsonb_array_elements(s.land_use) with ordinality as u (use, ord)
where v.publish_id = %(publish_id)s

-- name: add_sources
insert into cadastre.parcel_source (version_id, entry_id)
select
    v.version_id,
    e.entry_id
from cadastre.parcel_version as v
inner join cadastre.staged_parcel as s on s.publish_id = v.publish_id and s.parcel_id = v.parcel_id
cross join lateral unnest(s.entry_ids) as e (entry_id)
where v.publish_id = %(publish_id)s

-- name: add_claims
insert into cadastre.claim (
    version_id, ord, attribute, value, entry_id, era, asserted_on, standing, rule, claimed_key
)
select
    v.version_id,
    c.ord,
    c.claim ->> 'attribute',
    c.claim -> 'value',
    c.claim ->> 'entry_id',
    c.claim ->> 'era',
    c.claim ->> 'asserted_on',
    c.claim ->> 'standing',
    c.claim ->> 'rule',
    c.claim ->> 'claimed_key'
from cadastre.parcel_version as v
inner join cadastre.staged_parcel as s on s.publish_id = v.publish_id and s.parcel_id = v.parcel_id
cross join lateral jsonb_array_elements(s.claims) with ordinality as c (claim, ord)
where v.publish_id = %(publish_id)s

-- name: add_identity_claims
insert into people.claim (
    version_id, ord, attribute, value, entry_id, era, asserted_on, standing, rule, claimed_key
)
select given.*
from json_to_recordset(%(rows)s) as given (
    version_id bigint,
    ord integer,
    attribute text,
    value jsonb,
    entry_id text,
    era text,
    asserted_on text,
    standing text,
    rule text,
    claimed_key text
)

-- name: remove_across
-- What is not found any more between the papers of the parcels that were settled.
with given as (
    select *
    from json_to_recordset(%(rows)s) as given (
        entry_id text, ord integer, parcel_key text, code text, severity text, fields text[], message_vi text,
        message_en text
    )
)

delete from reading.across_finding as a
where
    (a.parcel_key = any(%(keys)s) or a.entry_id in (select g.entry_id from given as g))
    and not exists (
        select
        from given as g
        where
            (g.entry_id, g.ord, g.parcel_key, g.code, g.severity, g.fields, g.message_vi, g.message_en)
            = (a.entry_id, a.ord, a.parcel_key, a.code, a.severity, a.fields, a.message_vi, a.message_en)
    )

-- name: add_across
insert into reading.across_finding (entry_id, ord, parcel_key, code, severity, fields, message_vi, message_en)
select given.*
from json_to_recordset(%(rows)s) as given (
    entry_id text, ord integer, parcel_key text, code text, severity text, fields text[], message_vi text,
    message_en text
)
on conflict do nothing

-- name: withdraw
insert into cadastre.parcel_version (parcel_id, publish_id, known_from, withdrawn)
select
    v.parcel_id,
    %(publish_id)s,
    greatest(%(moment)s, v.known_from + interval '1 microsecond'),
    true
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
where p.parcel_key = any(%(keys)s) and not v.withdrawn
order by v.parcel_id
returning parcel_id

-- name: moment
select clock_timestamp()

-- name: clear_stage
-- Its own rows, and those that killed runs left.
delete from cadastre.staged_parcel as s
where
    s.publish_id = %(publish_id)s
    or exists (
        select
        from intake.run as r
        where r.run_id = s.run_id and r.state <> 'running'
    )
