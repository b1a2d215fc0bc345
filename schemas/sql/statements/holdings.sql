-- name: scopes_of_batch
select distinct coalesce(u.value #>> '{}', '~' || e.batch_id)
from reading.entry as e
left join reading.entry_field as u
    on u.batch_id = e.batch_id and u.entry_id = e.entry_id and u.name = 'unit_code' and u.value is not null
where e.batch_id = %(batch_id)s
order by 1

-- name: numbers_of_batch
-- Serials of certificates that it holds, and decisions that its decisions name.
select distinct s.value #>> '{}'
from reading.entry as e
inner join reading.entry_field as s on s.batch_id = e.batch_id and s.entry_id = e.entry_id and s.name = 'serial'
where e.batch_id = %(batch_id)s and e.kind = 'gcn' and s.value is not null
union
select r.ref ->> 'value'
from reading.entry as e
inner join reading.entry_field as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id and f.name = 'refs'
cross join lateral jsonb_array_elements(coalesce(nullif(f.value, 'null'), '[]')) as r (ref)
where e.batch_id = %(batch_id)s and e.kind = 'quyet_dinh' and r.ref ->> 'type' = 'decision'
union
select f.value #>> '{}'
from reading.entry as e
inner join reading.entry_field as f
    on f.batch_id = e.batch_id and f.entry_id = e.entry_id and f.name = 'decision_no' and f.value is not null
where e.batch_id = %(batch_id)s and e.kind = 'quyet_dinh'
order by 1

-- name: flagged
select
    scopes,
    numbers
from recovery.flagged
where batch_id = %(batch_id)s

-- name: scopes_naming
-- Communes of the papers that name one of these numbers.
select distinct coalesce(u.value #>> '{}', '~' || n.batch_id)
from (
    select
        f.batch_id,
        f.entry_id
    from reading.entry_field as f
    where f.name = 'serial' and f.value #>> '{}' = any(%(numbers)s)
    union
    select
        f.batch_id,
        f.entry_id
    from unnest(%(numbers)s::text[]) as number (value)
    cross join lateral unnest(array['serial', 'decision']) as sort (type)
    cross join lateral (
        select
            r.batch_id,
            r.entry_id
        from reading.entry_field as r
        where
            r.name = 'refs'
            and r.value @> jsonb_build_array(jsonb_build_object('type', sort.type, 'value', number.value))
        -- Looked up number by number: a join of all numbers with all references grows with both.
        offset 0
    ) as f
) as n
left join reading.entry_field as u
    on u.batch_id = n.batch_id and u.entry_id = n.entry_id and u.name = 'unit_code' and u.value is not null
order by 1

-- name: remember
insert into recovery.flagged (batch_id, scopes, numbers)
values (%(batch_id)s, %(scopes)s, %(numbers)s)
on conflict (batch_id) do update set
    scopes = excluded.scopes,
    numbers = excluded.numbers

-- name: forget
delete from recovery.flagged
where batch_id = %(batch_id)s

-- name: all_scopes
select distinct coalesce(u.value #>> '{}', '~' || e.batch_id)
from reading.entry as e
left join reading.entry_field as u
    on u.batch_id = e.batch_id and u.entry_id = e.entry_id and u.name = 'unit_code' and u.value is not null
union
select scope
from recovery.case_batch
where scope <> ''
order by 1

-- name: lines
with picked as (
    select
        e.batch_id,
        e.entry_id,
        e.document_id,
        e.sha256,
        e.page,
        e.row_no,
        e.cited_sha256,
        e.cited_page,
        e.cited_row,
        e.kind,
        e.era
    from reading.entry_field as u
    inner join reading.entry as e on e.batch_id = u.batch_id and e.entry_id = u.entry_id
    where u.name = 'unit_code' and u.value #>> '{}' = %(unit)s and e.status <> 'rejected'
    union all
    select
        e.batch_id,
        e.entry_id,
        e.document_id,
        e.sha256,
        e.page,
        e.row_no,
        e.cited_sha256,
        e.cited_page,
        e.cited_row,
        e.kind,
        e.era
    from reading.entry as e
    where
        e.batch_id = %(unitless)s
        and e.status <> 'rejected'
        and not exists (
            select
            from reading.entry_field as u
            where
                u.batch_id = e.batch_id and u.entry_id = e.entry_id and u.name = 'unit_code' and u.value is not null
        )
)

-- an imported entry is told by its place at its source
select
    p.batch_id,
    p.document_id,
    coalesce(p.cited_page, d.ord),
    coalesce(c.path, b.path),
    coalesce(p.cited_page, p.page),
    case when p.cited_sha256 is null then p.row_no else p.cited_row end,
    p.kind,
    p.era,
    b.custodian,
    (
        -- of a shape it counts that there is one
        select jsonb_object_agg(f.name, case when f.name = 'shape' then 'true' else f.value end)
        from reading.any_field as f
        where
            f.batch_id = p.batch_id
            and f.entry_id = p.entry_id
            and f.value is not null
            and (
                f.name in ('sheet_no', 'parcel_no', 'area_m2', 'serial', 'register_no', 'issued_on', 'refs', 'shape')
                or (f.name = 'owners' and p.kind in ('gcn', 'so_cap_gcn', 'so_dia_chinh'))
                or (f.name = 'change_note' and p.kind in ('so_cap_gcn', 'so_dia_chinh', 'so_muc_ke', 'so_dang_ky'))
            )
    )
from picked as p
inner join intake.standing_file as b on b.batch_id = p.batch_id and b.sha256 = p.sha256 and b.leads
inner join reading.document_page as d
    on d.batch_id = p.batch_id and d.document_id = p.document_id and d.sha256 = p.sha256 and d.page = p.page
left join intake.cited_file as c on c.batch_id = p.batch_id and c.sha256 = p.cited_sha256
where
    -- of a paper in several batches the lowest batch id stands (people.whole_entry)
    not exists (
        select
        from reading.entry as o
        where o.entry_id = p.entry_id and o.batch_id < p.batch_id
    )
order by 1, 2, 3, 6 nulls first, p.entry_id

-- name: leaves
select
    d.batch_id,
    d.document_id,
    dp.ord,
    b.path,
    dp.page,
    d.kind,
    d.era,
    p.printed_no,
    coalesce(r.content -> 'faces' @> '["cover"]', false),
    r.content #>> '{fields,volume,0,text}',
    r.content #>> '{fields,sum_m2,0,text}',
    r.content #>> '{fields,carried_m2,0,text}',
    b.container,
    b.custodian
from reading.document as d
inner join reading.document_page as dp on dp.batch_id = d.batch_id and dp.document_id = d.document_id
inner join intake.standing_file as b on b.batch_id = d.batch_id and b.sha256 = dp.sha256 and b.leads
inner join intake.page as p on p.sha256 = dp.sha256 and p.page = dp.page
left join people.page_reading as r
    on r.sha256 = p.sha256 and r.page = p.page and r.reader_version = p.reader_version
where
    d.document_id = any(%(documents)s)
    and d.kind in ('so_muc_ke', 'so_dang_ky', 'so_dia_chinh', 'so_cap_gcn')
    and p.kind is distinct from 'du_lieu'
    and not exists (
        select
        from reading.document as o
        where o.document_id = d.document_id and o.batch_id < d.batch_id
    )
order by d.document_id, dp.ord

-- name: held_serials
select distinct f.value #>> '{}'
from reading.entry_field as f
inner join reading.entry as e on e.batch_id = f.batch_id and e.entry_id = f.entry_id
where f.name = 'serial' and f.value #>> '{}' = any(%(numbers)s) and e.kind = 'gcn' and e.status <> 'rejected'

-- name: held_decisions
-- Decisions of papers whose commune is not known, which may be of any, and of these batches.
select distinct f.number
from (
    select
        number.value as number,
        named.batch_id,
        named.entry_id
    from unnest(%(numbers)s::text[]) as number (value)
    cross join lateral (
        select
            r.batch_id,
            r.entry_id
        from reading.entry_field as r
        where
            r.name = 'refs'
            and r.value @> jsonb_build_array(jsonb_build_object('type', 'decision', 'value', number.value))
        offset 0
    ) as named
    union all
    select
        own.value #>> '{}',
        own.batch_id,
        own.entry_id
    from reading.entry_field as own
    where own.name = 'decision_no' and own.value #>> '{}' = any(%(numbers)s)
) as f
inner join reading.entry as e on e.batch_id = f.batch_id and e.entry_id = f.entry_id
where
    e.kind = 'quyet_dinh'
    and e.status <> 'rejected'
    and (
        e.batch_id = any(%(batches)s)
        or not exists (
            select
            from reading.entry_field as u
            where
                u.batch_id = e.batch_id and u.entry_id = e.entry_id and u.name = 'unit_code' and u.value is not null
        )
    )

-- name: own_numbers
-- What stands as a decision's own number on its first page.
select
    d.batch_id,
    d.document_id,
    r.content #>> '{fields,decision_no,0,text}'
from reading.document as d
inner join reading.document_page as dp on dp.batch_id = d.batch_id and dp.document_id = d.document_id
inner join intake.page as p on p.sha256 = dp.sha256 and p.page = dp.page
inner join people.page_reading as r
    on r.sha256 = p.sha256 and r.page = p.page and r.reader_version = p.reader_version
where
    d.document_id = any(%(documents)s)
    and d.kind = 'quyet_dinh'
    and r.content #> '{fields,decision_no,0}' is not null
order by d.batch_id, d.document_id, dp.ord desc

-- name: unreadable
-- Pages set aside, and pages on which no field of any entry could be read.
select
    l.path,
    l.page,
    l.reason_vi
from intake.page_line as l
where l.batch_id = %(batch_id)s and l.state = 'quarantined' and l.page is not null and l.leads_in_batch
union all
select
    b.path,
    e.page,
    null
from reading.entry as e
inner join intake.standing_file as b on b.batch_id = e.batch_id and b.sha256 = e.sha256 and b.leads
cross join lateral (
    select a.value
    from reading.any_field as a
    where a.batch_id = e.batch_id and a.entry_id = e.entry_id and a.source = 'paper'
    -- Looked up entry by entry: a small batch is not joined with the fields of all.
    offset 0
) as f
where e.batch_id = %(batch_id)s and e.status <> 'rejected'
group by b.path, e.page
having bool_and(f.value is null)
order by 1, 2
