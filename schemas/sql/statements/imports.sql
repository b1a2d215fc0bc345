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
where batch_id = %(batch_id)s

-- name: remove_bare_documents
delete from reading.document as d
where
    d.batch_id = %(batch_id)s
    and not exists (
        select
        from reading.entry as e
        where e.batch_id = d.batch_id and e.document_id = d.document_id
    )
