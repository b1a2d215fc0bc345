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

-- name: save_documents
insert into reading.document (batch_id, document_id, kind, form, era, rank, content_hash)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (
    document_id text, kind intake.kind, form intake.form, era intake.era, rank text, content_hash text
)
on conflict (batch_id, document_id) do update set
    kind = excluded.kind,
    form = excluded.form,
    era = excluded.era,
    rank = excluded.rank,
    content_hash = excluded.content_hash

-- name: remove_document_pages
delete from reading.document_page
where batch_id = %(batch_id)s and document_id = any(%(ids)s)

-- name: remove_document_marks
delete from reading.document_mark
where batch_id = %(batch_id)s and document_id = any(%(ids)s)

-- name: add_document_marks
insert into reading.document_mark (batch_id, document_id, mark)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (document_id text, mark text)

-- name: add_document_pages
-- rows come as one JSON document: row security forbids COPY, and an insert for each row is three times as slow
insert into reading.document_page (batch_id, document_id, ord, sha256, page)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (document_id text, ord integer, sha256 text, page integer)

-- name: add_entries
insert into reading.entry (
    batch_id, entry_id, document_id, sha256, page, row_no, kind, form, era, status, parcel_key, key_unit, key_era,
    key_sheet, key_parcel, cited_sha256, cited_page, cited_row, content_hash
)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (
    entry_id text,
    document_id text,
    sha256 text,
    page integer,
    row_no integer,
    kind intake.kind,
    form intake.form,
    era intake.era,
    status text,
    parcel_key text,
    key_unit text,
    key_era intake.era,
    key_sheet text,
    key_parcel text,
    cited_sha256 text,
    cited_page integer,
    cited_row integer,
    content_hash text
)

-- name: add_fields
insert into reading.entry_field (
    batch_id, entry_id, name, value, text, p, status, source, ref_sha256, ref_page, box
)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (
    entry_id text,
    name text,
    value jsonb,
    text text,
    p double precision,
    status text,
    source text,
    ref_sha256 text,
    ref_page integer,
    box integer[]
)

-- name: add_identity_fields
insert into people.entry_field (
    batch_id, entry_id, name, value, text, p, status, source, ref_sha256, ref_page, box
)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (
    entry_id text,
    name text,
    value jsonb,
    text text,
    p double precision,
    status text,
    source text,
    ref_sha256 text,
    ref_page integer,
    box integer[]
)

-- name: add_findings
insert into reading.finding (batch_id, entry_id, ord, code, severity, fields, message_vi, message_en)
select
    %(batch_id)s,
    given.*
from json_to_recordset(%(rows)s) as given (
    entry_id text,
    ord integer,
    code text,
    severity text,
    fields text[],
    message_vi text,
    message_en text
)
