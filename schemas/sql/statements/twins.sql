-- name: one_at_a_time
select pg_advisory_xact_lock(7261007)

-- name: candidates
-- Papers that share a mark with one of the batch; a mark that many papers have tells nothing.
select distinct
    m.document_id,
    o.batch_id,
    o.document_id
from reading.document_mark as m
inner join reading.document_mark as o on o.mark = m.mark
where
    m.batch_id = %(batch_id)s
    and o.document_id <> m.document_id
    and (
        select count(*)
        from (
            select
            from reading.document_mark as c
            where c.mark = m.mark
            limit %(common)s
        ) as c
    ) < %(common)s
order by 1, 2, 3

-- name: pages
select
    dp.batch_id,
    dp.document_id,
    r.content
from reading.document_page as dp
inner join intake.page as p on p.sha256 = dp.sha256 and p.page = dp.page
inner join people.page_reading as r
    on r.sha256 = p.sha256 and r.page = p.page and r.reader_version = p.reader_version
where
    (dp.batch_id, dp.document_id) in (
        select
            w.batch_id,
            w.document_id
        from unnest(%(batch_ids)s::text [], %(document_ids)s::text []) as w (batch_id, document_id)
    )
order by dp.batch_id, dp.document_id, dp.ord

-- name: forget
delete from reading.twin_page
where batch_id = %(batch_id)s or other_batch_id = %(batch_id)s

-- name: add
insert into reading.twin_page (
    batch_id, document_id, sha256, page, other_batch_id, other_document_id, other_sha256, other_page
)
values (
    %(batch_id)s, %(document_id)s, %(sha256)s, %(page)s, %(other_batch_id)s, %(other_document_id)s, %(other_sha256)s,
    %(other_page)s
)
on conflict do nothing

-- name: replaced_entries
select
    r.by_sha256,
    r.batch_id,
    e.told
from intake.replaced_file as r
inner join people.told_entry as e on e.batch_id = r.batch_id and e.sha256 = r.sha256
where r.by_batch_id = %(batch_id)s
order by e.entry_id

-- name: out_of_force
select document_id
from reading.standing_document
where batch_id = %(batch_id)s and not stands
