-- name: add_reading
insert into people.page_reading (sha256, page, reader_version, content)
values (%(sha256)s, %(page)s, %(reader_version)s, %(content)s)
on conflict (sha256, page, reader_version) do nothing
returning 1

-- name: page_read
update intake.page
set
    state = %(state)s,
    reason_code = %(code)s,
    reason_vi = %(vi)s,
    reason_en = %(en)s,
    width_px = %(width)s,
    height_px = %(height)s,
    kind = %(kind)s,
    form = %(form)s,
    era = %(era)s,
    quality = %(quality)s,
    capture = %(capture)s,
    copy_kind = %(copy_kind)s,
    printed_no = %(printed_no)s,
    reader_version = %(reader_version)s
where
    sha256 = %(sha256)s
    and page = %(page)s
    and not (state in ('read', 'blank') and reader_version = %(reader_version)s)

-- name: files
select
    b.path,
    b.sha256,
    b.unit_code,
    b.unit_date,
    b.kind,
    b.container,
    b.declared_pages,
    b.custodian,
    b.replaces,
    f.page_count
from intake.standing_file as b
inner join intake.file as f on f.sha256 = b.sha256
where b.batch_id = %(batch_id)s and b.leads and f.state = 'opened'

-- name: readings
select
    r.sha256,
    r.content
from intake.page as p
inner join people.page_reading as r
    on r.sha256 = p.sha256 and r.page = p.page and r.reader_version = p.reader_version
where p.sha256 = any(%(sha256s)s) and p.state in ('read', 'blank')
order by p.sha256, p.page
