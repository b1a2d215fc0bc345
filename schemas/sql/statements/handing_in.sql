-- name: papers
-- Each paper once, with the serials and parcel keys that its entries took.
select
    d.document_id,
    d.kind,
    d.form,
    (
        select jsonb_agg(jsonb_build_array(p.sha256, p.page) order by p.ord)
        from reading.document_page as p
        inner join intake.page as g on g.sha256 = p.sha256 and g.page = p.page
        -- imported data has no scan
        where p.batch_id = d.batch_id and p.document_id = d.document_id and g.kind is distinct from 'du_lieu'
    ),
    (
        select coalesce(jsonb_agg(distinct f.value #>> '{}'), '[]')
        from reading.entry as e
        inner join reading.entry_field as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id
        where
            e.batch_id = d.batch_id
            and e.document_id = d.document_id
            and e.status <> 'rejected'
            and f.name = 'serial'
            and f.status in ('accepted', 'confirmed')
            and f.value <> 'null'
    ),
    (
        select
            coalesce(
                jsonb_agg(distinct jsonb_build_array(e.key_unit, e.key_era, e.key_sheet, e.key_parcel)),
                '[]'
            )
        from reading.entry as e
        where
            e.batch_id = d.batch_id
            and e.document_id = d.document_id
            and e.status <> 'rejected'
            and e.parcel_key is not null
    ),
    (
        %(batch_id)s::text is null
        or exists (
            select
            from reading.document as b
            where b.document_id = d.document_id and b.batch_id = %(batch_id)s
        )
    )
from reading.document as d
where
    not exists (
        select
        from reading.document as o
        where o.document_id = d.document_id and o.batch_id < d.batch_id
    )
order by d.document_id

-- name: ended
select
    p.unit,
    p.era,
    p.sheet_no,
    p.parcel_no
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
where not v.withdrawn and v.valid_to is not null

-- name: certificates
-- What each certificate's entry names, taken or not, so that no parcel with one is called one without.
select
    e.entry_id,
    e.document_id,
    e.parcel_key,
    max(f.value #>> '{}') filter (where f.name = 'unit_code'),
    max(f.value #>> '{}') filter (where f.name = 'sheet_no'),
    max(f.value #>> '{}') filter (where f.name = 'parcel_no'),
    max(f.value #>> '{}') filter (where f.name = 'serial'),
    (
        select coalesce(jsonb_agg(o.owner ->> 'name'), '[]')
        from people.entry_field as p
        cross join
            lateral jsonb_array_elements(
                case jsonb_typeof(p.value) when 'array' then p.value else '[]' end
            ) as o (owner)
        where p.batch_id = e.batch_id and p.entry_id = e.entry_id and p.name = 'owners'
    )
from people.whole_entry as e
left join reading.entry_field as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id
where e.kind = 'gcn' and e.status <> 'rejected' and e.stands
group by e.batch_id, e.entry_id, e.document_id, e.parcel_key
order by e.entry_id

-- name: claims
select
    v.parcel_id,
    c.attribute,
    c.value,
    c.entry_id,
    c.era,
    c.asserted_on,
    c.standing,
    c.rule,
    c.claimed_key
from cadastre.latest_version as v
inner join (
    select * from cadastre.claim
    union all
    select * from people.claim
) as c on c.version_id = v.version_id
where v.parcel_id = any(%(parcel_ids)s)
order by v.parcel_id, c.attribute, c.ord

-- name: entries
select
    e.parcel_key,
    e.told
from people.told_entry as e
where e.stands and e.status <> 'rejected' and e.parcel_key = any(%(keys)s)
order by e.parcel_key, e.entry_id

-- name: unplaced
select e.told
from people.told_entry as e
where
    e.parcel_key is null
    and e.status <> 'rejected'
    and ((e.batch_id = %(batch_id)s and e.document_stands) or (%(batch_id)s::text is null and e.stands))
order by e.document_id, e.page, e.row_no nulls first, e.entry_id

-- name: identity_numbers
select distinct o.owner ->> 'id_no'
from reading.entry as e
inner join people.entry_field as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id
cross join
    lateral jsonb_array_elements(case jsonb_typeof(f.value) when 'array' then f.value else '[]' end) as o (owner)
where e.document_id = %(document_id)s and f.name = 'owners' and o.owner ->> 'id_no' is not null
order by 1
