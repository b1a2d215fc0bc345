-- name: one_at_a_time
select pg_advisory_xact_lock(7261002, hashtext(%(batch_id)s))

-- name: document_hashes
select
    document_id,
    content_hash
from reading.document
where batch_id = %(batch_id)s

-- name: entry_hashes
select
    entry_id,
    content_hash
from reading.entry
where batch_id = %(batch_id)s

-- name: remove_entries
delete from reading.entry
where batch_id = %(batch_id)s and entry_id = any(%(ids)s)

-- name: remove_documents
delete from reading.document
where batch_id = %(batch_id)s and document_id = any(%(ids)s)

-- name: save_document
insert into reading.document (batch_id, document_id, kind, form, era, content_hash)
values (%(batch_id)s, %(document_id)s, %(kind)s, %(form)s, %(era)s, %(content_hash)s)
on conflict (batch_id, document_id) do update set
    kind = excluded.kind,
    form = excluded.form,
    era = excluded.era,
    content_hash = excluded.content_hash

-- name: remove_document_pages
delete from reading.document_page
where batch_id = %(batch_id)s and document_id = any(%(ids)s)

-- name: add_document_page
insert into reading.document_page (batch_id, document_id, ord, sha256, page)
values (%(batch_id)s, %(document_id)s, %(ord)s, %(sha256)s, %(page)s)

-- name: add_entry
insert into reading.entry (
    batch_id, entry_id, document_id, sha256, page, row_no, kind, form, era, status, parcel_key, key_unit, key_era,
    key_sheet, key_parcel, content_hash
)
values (
    %(batch_id)s, %(entry_id)s, %(document_id)s, %(sha256)s, %(page)s, %(row)s, %(kind)s, %(form)s, %(era)s,
    %(status)s, %(parcel_key)s, %(key_unit)s, %(key_era)s, %(key_sheet)s, %(key_parcel)s, %(content_hash)s
)

-- name: add_field
insert into reading.entry_field (
    batch_id, entry_id, name, value, text, p, status, source, ref_sha256, ref_page, box
)
values (
    %(batch_id)s, %(entry_id)s, %(name)s, %(value)s, %(text)s, %(p)s, %(status)s, %(source)s, %(ref_sha256)s,
    %(ref_page)s, %(box)s
)

-- name: add_identity_field
insert into people.entry_field (
    batch_id, entry_id, name, value, text, p, status, source, ref_sha256, ref_page, box
)
values (
    %(batch_id)s, %(entry_id)s, %(name)s, %(value)s, %(text)s, %(p)s, %(status)s, %(source)s, %(ref_sha256)s,
    %(ref_page)s, %(box)s
)

-- name: add_finding
insert into reading.finding (batch_id, entry_id, ord, code, severity, fields, message_vi, message_en)
values (%(batch_id)s, %(entry_id)s, %(ord)s, %(code)s, %(severity)s, %(fields)s, %(vi)s, %(en)s)
