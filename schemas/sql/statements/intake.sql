-- name: add_batch
insert into intake.batch (batch_id, folder)
values (%(batch_id)s, %(folder)s)
on conflict (batch_id) do update set folder = excluded.folder
where batch.folder is distinct from excluded.folder

-- name: add_registration
insert into intake.registration (batch_id, person)
values (%(batch_id)s, %(person)s)
on conflict do nothing

-- name: bring_back
update intake.batch
set withdrawn_at = null
where batch_id = %(batch_id)s and withdrawn_at is not null

-- name: withdraw
update intake.batch
set withdrawn_at = clock_timestamp()
where batch_id = %(batch_id)s and withdrawn_at is null

-- name: is_withdrawn
-- Holds the batch as it is until the transaction ends.
select withdrawn_at is not null
from intake.batch
where batch_id = %(batch_id)s
for share

-- name: standing_batches
select batch_id
from intake.batch
where withdrawn_at is null
order by batch_id

-- name: kept_files
select
    sha256,
    size_bytes
from intake.file
order by sha256

-- name: add_file
insert into intake.file (sha256, size_bytes)
values (%(sha256)s, %(size)s)
on conflict (sha256) do nothing

-- name: add_batch_file
insert into intake.batch_file (
    batch_id, path, sha256, reason_code, reason_vi, reason_en, in_folder, unit_code, unit_date, kind, container,
    declared_pages, custodian, replaces
)
values (
    %(batch_id)s, %(path)s, %(sha256)s, %(code)s, %(vi)s, %(en)s, %(in_folder)s, %(unit_code)s, %(unit_date)s,
    %(kind)s, %(container)s, %(declared_pages)s, %(custodian)s, %(replaces)s
)
on conflict (batch_id, path) do update set
    sha256 = excluded.sha256,
    reason_code = excluded.reason_code,
    reason_vi = excluded.reason_vi,
    reason_en = excluded.reason_en,
    in_folder = excluded.in_folder,
    unit_code = excluded.unit_code,
    unit_date = excluded.unit_date,
    kind = excluded.kind,
    container = excluded.container,
    declared_pages = excluded.declared_pages,
    custodian = excluded.custodian,
    replaces = excluded.replaces

-- name: forget_absent
-- Files that an earlier manifest named and this one does not; what lies in the folder never goes.
delete from intake.batch_file
where batch_id = %(batch_id)s and not in_folder and path <> all(%(paths)s)

-- name: paths
select
    sha256,
    path
from intake.standing_file
where batch_id = %(batch_id)s and leads

-- name: expected
select
    b.path,
    b.unit_code,
    b.unit_date,
    b.kind,
    b.container,
    b.declared_pages,
    b.custodian,
    b.replaces,
    b.in_folder,
    f.page_count
from intake.batch_file as b
left join intake.file as f on f.sha256 = b.sha256
where b.batch_id = %(batch_id)s
order by b.path collate "C"

-- name: files_to_open
select
    f.sha256,
    b.path
from intake.standing_file as b
inner join intake.file as f on f.sha256 = b.sha256
where
    b.batch_id = %(batch_id)s
    and b.leads
    and (
        f.state in ('waiting', 'failed')
        or (f.state = 'quarantined' and f.reader_version is distinct from %(reader_version)s)
    )
order by b.path collate "C"

-- name: file_opened
-- A file that another run opened meanwhile stays as it is.
update intake.file
set
    state = 'opened',
    page_count = %(page_count)s,
    media = coalesce(%(media)s, media),
    reason_code = null,
    reason_vi = null,
    reason_en = null,
    reader_version = %(reader_version)s
where sha256 = %(sha256)s and state <> 'opened'

-- name: add_pages
insert into intake.page (sha256, page)
select
    f.sha256,
    n.page
from intake.file as f
cross join lateral generate_series(1, f.page_count) as n (page)
where f.sha256 = %(sha256)s
on conflict (sha256, page) do nothing

-- name: file_set_aside
update intake.file
set
    state = %(state)s,
    reason_code = %(code)s,
    reason_vi = %(vi)s,
    reason_en = %(en)s,
    reader_version = %(reader_version)s
where sha256 = %(sha256)s and state <> 'opened'

-- name: pages_to_read
select
    p.sha256,
    p.page
from intake.standing_file as b
inner join intake.page as p on p.sha256 = b.sha256
where
    b.batch_id = %(batch_id)s
    and b.leads
    and p.kind is distinct from 'du_lieu'
    and (p.state in ('waiting', 'failed') or p.reader_version is distinct from %(reader_version)s)
order by b.path collate "C", p.page

-- name: page_set_aside
-- A page that this version has read already is not set aside by a late or doubled try.
update intake.page
set
    state = %(state)s,
    reason_code = %(code)s,
    reason_vi = %(vi)s,
    reason_en = %(en)s,
    reader_version = %(reader_version)s,
    width_px = coalesce(%(width)s, width_px),
    height_px = coalesce(%(height)s, height_px),
    kind = null,
    form = null,
    era = null,
    quality = null,
    capture = null,
    copy_kind = null,
    printed_no = null
where
    sha256 = %(sha256)s
    and page = %(page)s
    and not (state in ('read', 'blank') and reader_version = %(reader_version)s)
