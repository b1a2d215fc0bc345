-- name: take_page
-- An imported file counts as one page.
update intake.page
set
    state = 'read',
    kind = 'du_lieu',
    reader_version = %(reader_version)s,
    reason_code = null,
    reason_vi = null,
    reason_en = null
where sha256 = %(sha256)s and page = 1 and kind is distinct from 'du_lieu'

-- name: earlier_of_name
-- Standing batches of imported data from a file of the same name in the same folder, with other contents.
select distinct b.batch_id
from intake.batch_file as own
inner join intake.batch as of_own on of_own.batch_id = own.batch_id
inner join intake.batch_file as f on f.path = own.path and f.sha256 <> own.sha256
inner join intake.batch as b on b.batch_id = f.batch_id and b.folder = of_own.folder and b.withdrawn_at is null
inner join intake.page as p on p.sha256 = f.sha256 and p.kind = 'du_lieu'
where own.batch_id = %(batch_id)s and b.batch_id <> own.batch_id
order by b.batch_id

-- name: holds_data
select exists (
    select
    from intake.batch_file as b
    inner join intake.page as p on p.sha256 = b.sha256
    where b.batch_id = %(batch_id)s and p.kind = 'du_lieu'
)

-- name: entry_hashes
select
    entry_id,
    content_hash
from reading.entry
where batch_id = %(batch_id)s and entry_id = any(%(ids)s)

-- name: document_hashes
select
    document_id,
    content_hash
from reading.document
where batch_id = %(batch_id)s and document_id = any(%(ids)s)

-- name: add_cited_files
insert into intake.cited_file (batch_id, sha256, path, hash_given)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (sha256 text, path text, hash_given boolean)
on conflict (batch_id, sha256) do nothing

-- name: take_stock
select reading.take_stock()

-- name: entry_ids
select entry_id
from reading.entry
where
    batch_id = %(batch_id)s
    and (%(document_id)s::text is null or document_id = %(document_id)s)

-- name: remove_bare_documents
delete from reading.document as d
where
    d.batch_id = %(batch_id)s
    and not exists (
        select
        from reading.entry as e
        where e.batch_id = d.batch_id and e.document_id = d.document_id
    )

-- name: joined
-- The parcels of an imported map once the land is settled: whether a paper has the numbers of the same map series,
-- whether one has an older number of the land, and whether any paper tells of the sheet.
with recursive drawn as (
    select distinct
        e.parcel_key,
        e.key_unit,
        e.key_era,
        e.key_sheet
    from reading.entry as e
    inner join reading.entry_field as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id and f.name = 'shape'
    where e.batch_id = %(batch_id)s and e.parcel_key is not null
),

step as materialized (
    select
        l.from_key,
        l.to_key
    from cadastre.lineage as l
),

back as (
    select
        d.parcel_key,
        d.parcel_key as borne
    from drawn as d
    union
    select
        b.parcel_key,
        s.from_key
    from back as b
    inner join step as s on s.to_key = b.borne
),

paper as materialized (
    select distinct
        e.parcel_key,
        e.key_unit,
        e.key_era,
        e.key_sheet
    from reading.entry as e
    inner join reading.standing_document as d on d.batch_id = e.batch_id and d.document_id = e.document_id
    where
        e.kind <> 'du_lieu'
        and e.status <> 'rejected'
        and d.stands
        and (
            e.parcel_key in (select b.borne from back as b)
            or (e.key_unit, e.key_era, e.key_sheet) in (select d.key_unit, d.key_era, d.key_sheet from drawn as d)
        )
)

select
    d.parcel_key,
    d.parcel_key in (select p.parcel_key from paper as p),
    exists (
        select
        from back as b
        inner join paper as p on p.parcel_key = b.borne
        where b.parcel_key = d.parcel_key and b.borne <> d.parcel_key
    ),
    (d.key_unit, d.key_era, d.key_sheet) in (select p.key_unit, p.key_era, p.key_sheet from paper as p)
from drawn as d
order by 1

-- name: keep_before
insert into people.imported_before (batch_id, entry_id, status, fields, findings)
values (%(batch_id)s, %(entry_id)s, %(status)s, %(fields)s, %(findings)s)
on conflict (batch_id, entry_id) do update set
    status = excluded.status,
    fields = excluded.fields,
    findings = excluded.findings

-- name: as_told
-- Imported entries as their files told them: of one batch, or with these ids.
select
    e.entry_id,
    e.document_id,
    e.sha256,
    e.page,
    e.row_no,
    e.kind,
    e.form,
    e.era,
    coalesce(b.status, e.status),
    coalesce(b.fields, e.fields),
    coalesce(b.findings, e.findings)
from people.whole_entry as e
left join people.imported_before as b on b.batch_id = e.batch_id and b.entry_id = e.entry_id
where
    e.kind = 'du_lieu'
    and (%(batch_id)s::text is null or e.batch_id = %(batch_id)s)
    and (e.entry_id = any(%(ids)s) or (%(batch_id)s::text is not null and b.entry_id is not null))
order by e.entry_id

-- name: waiting
-- Imported rows of a batch that wait for a person.
select e.told
from people.told_entry as e
where
    e.batch_id = %(batch_id)s
    and e.stands
    and e.kind = 'du_lieu'
    and (
        e.status = 'review'
        or exists (
            select
            from reading.entry_field as f
            where
                f.batch_id = e.batch_id
                and f.entry_id = e.entry_id
                and f.status in ('review', 'unreadable')
        )
    )
order by e.row_no, e.entry_id

-- name: waiting_elsewhere
-- By batch, the entries of other installations that wait for a person: their scans are not here.
select
    e.batch_id,
    count(*)
from people.whole_entry as e
where
    e.status = 'review'
    and e.kind <> 'du_lieu'
    and e.stands
    and exists (
        select
        from intake.batch_file as f
        inner join intake.page as p on p.sha256 = f.sha256
        where f.batch_id = e.batch_id and p.kind = 'du_lieu'
    )
group by e.batch_id
