-- name: remove_documents
-- Entries go with their documents; published versions that rest on them stay and are closed by later ones.
delete from reading.document
where batch_id = %(batch_id)s

-- name: count_entries
select count(*)
from reading.entry
where batch_id = %(batch_id)s
