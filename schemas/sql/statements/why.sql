-- name: parcels
select
    p.parcel_id,
    p.unit,
    p.era,
    p.sheet_no,
    p.parcel_no,
    v.version_id,
    v.known_from,
    v.valid_from,
    v.valid_to,
    v.status,
    v.grade,
    w.grade_reasons,
    v.geometry_note
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
inner join cadastre.parcel_version as w on w.version_id = v.version_id
where
    not v.withdrawn
    and p.unit = %(unit)s
    and p.sheet_no = %(sheet)s
    and p.parcel_no = %(parcel)s
    and (%(era)s::text is null or p.era = %(era)s)
order by v.valid_to desc nulls first, nullif(p.era, '299') desc nulls last

-- name: claims
select
    c.attribute,
    c.value,
    c.entry_id,
    c.era,
    c.asserted_on,
    c.standing,
    c.rule,
    c.claimed_key
from cadastre.claim as c
where c.version_id = %(version_id)s
order by c.attribute, c.ord

-- name: personal_claims
-- Without the right to identity what stands and why, and no value.
select
    c.attribute,
    case when %(identity)s then c.value end,
    c.entry_id,
    c.era,
    c.asserted_on,
    c.standing,
    c.rule,
    c.claimed_key
from people.claim as c
where c.version_id = %(version_id)s
order by c.attribute, c.ord

-- name: entries
select distinct on (e.entry_id)
    e.entry_id,
    e.batch_id,
    e.document_id,
    e.sha256,
    e.page,
    e.row_no,
    e.kind,
    e.form,
    e.era,
    (
        select f.path
        from intake.batch_file as f
        where f.batch_id = e.batch_id and f.sha256 = e.sha256
        order by
            num_nonnulls(f.unit_code, f.unit_date, f.kind, f.declared_pages, f.custodian, f.replaces) = 0,
            f.path collate "C"
        limit 1
    ),
    -- where an imported entry stood at its source
    c.path,
    e.cited_page,
    e.cited_row
from reading.entry as e
left join intake.cited_file as c on c.batch_id = e.batch_id and c.sha256 = e.cited_sha256
where e.entry_id = any(%(ids)s)
order by
    e.entry_id,
    -- one document at a time: joined, the view is made of all documents
    (
        select d.stands
        from reading.standing_document as d
        where d.batch_id = e.batch_id and d.document_id = e.document_id
    ) desc,
    e.batch_id

-- name: fields
select
    f.entry_id,
    f.name,
    f.status,
    f.p,
    f.source,
    f.ref_page,
    f.box,
    (
        select b.path
        from (
            select
                batch_id,
                sha256,
                path
            from intake.batch_file
            union all
            select
                batch_id,
                sha256,
                path
            from intake.cited_file
        ) as b
        where b.batch_id = f.batch_id and b.sha256 = f.ref_sha256
        order by b.path collate "C"
        limit 1
    )
from reading.entry_field as f
inner join unnest(%(batches)s::text[], %(ids)s::text[]) as e (batch_id, entry_id)
    on f.batch_id = e.batch_id and f.entry_id = e.entry_id
order by f.entry_id, f.name

-- name: personal_fields
-- Where they stand, not what they say.
select
    f.entry_id,
    f.name,
    f.status,
    f.p,
    f.source,
    f.ref_page,
    f.box,
    (
        select b.path
        from (
            select
                batch_id,
                sha256,
                path
            from intake.batch_file
            union all
            select
                batch_id,
                sha256,
                path
            from intake.cited_file
        ) as b
        where b.batch_id = f.batch_id and b.sha256 = f.ref_sha256
        order by b.path collate "C"
        limit 1
    )
from people.entry_field as f
inner join unnest(%(batches)s::text[], %(ids)s::text[]) as e (batch_id, entry_id)
    on f.batch_id = e.batch_id and f.entry_id = e.entry_id
order by f.entry_id, f.name

-- name: findings
select
    e.entry_id,
    f.code,
    f.severity,
    f.message_vi,
    f.message_en
from reading.finding as f
inner join unnest(%(batches)s::text[], %(ids)s::text[]) as e (batch_id, entry_id)
    on f.batch_id = e.batch_id and f.entry_id = e.entry_id
where f.severity <> 'note'
union all
select
    a.entry_id,
    a.code,
    a.severity,
    a.message_vi,
    a.message_en
from reading.across_finding as a
where a.entry_id = any(%(ids)s)
order by 1, 2

-- name: rulings
-- What people ruled on papers that these entries are of, the last first.
select
    s.kind,
    s.attribute,
    s.verdict,
    s.sides -> s.side,
    s.day,
    i.who
from people.standing_dispute_answer as s
inner join review.import as i on i.import_id = s.import_id
where
    exists (
        select
        from jsonb_array_elements(s.sides) as one (side)
        where
            one.side -> 'entry_ids' ?| %(ids)s
            or one.side -> 'document_ids' ?| %(documents)s
            or one.side -> 'serials' ?| %(serials)s
    )
order by s.answer_id desc
