create view intake.standing_file with (security_invoker = true) as
select
    f.*,
    -- The path that stands for the content: one of which the manifest says something, then the first by name.
    row_number() over (
        partition by f.batch_id, f.sha256
        order by
            num_nonnulls(f.unit_code, f.unit_date, f.kind, f.declared_pages, f.custodian, f.replaces) = 0,
            f.path collate "C"
    ) = 1 as leads
from intake.batch_file as f
inner join intake.batch as b on b.batch_id = f.batch_id
where f.sha256 is not null and b.withdrawn_at is null;
comment on view intake.standing_file is
    'The kept files of batches that stand; of paths with the same bytes in a batch one leads.';

create view intake.replaced_file with (security_invoker = true) as
select
    f.batch_id,
    f.sha256,
    n.batch_id as by_batch_id,
    n.sha256 as by_sha256,
    -- A scan of which nothing can be read replaces nothing.
    exists (
        select
        from reading.document_page as dp
        where dp.batch_id = n.batch_id and dp.sha256 = n.sha256
    ) as in_force
from intake.batch_file as n
inner join intake.batch as nb on nb.batch_id = n.batch_id
inner join intake.batch_file as f on n.replaces in (f.path, f.batch_id || '/' || f.path)
inner join intake.batch as fb on fb.batch_id = f.batch_id
where
    nb.withdrawn_at is null
    and fb.withdrawn_at is null
    and f.batch_id <> n.batch_id
    and f.sha256 <> n.sha256
    -- Of two scans that replace the same file the one that came last stands.
    and (f.replaces is null or (fb.registered_at, fb.batch_id) < (nb.registered_at, nb.batch_id));
comment on view intake.replaced_file is
    'Files of which a manifest of another batch says that a file of it is a new scan; `replaces` is a path or batch/path.';

create view reading.standing_document with (security_invoker = true) as
with ranked as not materialized (
    select
        d.batch_id,
        d.document_id,
        -- Answered first, then what came first, then the better picture: no later scan supersedes unasked.
        (
            left(d.rank, 1)
            || to_char(b.registered_at at time zone 'utc', 'YYYYMMDDHH24MISSUS')
            || d.batch_id
            || d.rank
            || d.document_id
        ) collate "C" as place,
        exists (
            select
            from reading.document_page as dp
            inner join intake.replaced_file as r on r.batch_id = dp.batch_id and r.sha256 = dp.sha256
            where dp.batch_id = d.batch_id and dp.document_id = d.document_id and r.in_force
        ) as replaced
    from reading.document as d
    inner join intake.batch as b on b.batch_id = d.batch_id
)

select
    d.batch_id,
    d.document_id,
    d.replaced,
    d.place,
    not d.replaced
    and not exists (
        select
        from reading.twin_page as t
        inner join ranked as o on o.batch_id = t.other_batch_id and o.document_id = t.other_document_id
        where
            t.batch_id = d.batch_id
            and t.document_id = d.document_id
            and not o.replaced
            and o.place < d.place
    ) as stands
from ranked as d;
comment on view reading.standing_document is
    'Whether a paper makes entries: not where it is replaced by a new scan, or the same as one whose place is before.';

create view intake.page_line with (security_invoker = true) as
with ranked as (
    select
        b.*,
        num_nonnulls(b.unit_code, b.unit_date, b.kind, b.declared_pages, b.custodian, b.replaces) = 0 as silent,
        row_number() over (partition by b.path, b.sha256 order by b.batch_id) = 1 as first_of_all
    from intake.batch_file as b
    inner join intake.batch as batch on batch.batch_id = b.batch_id
    where b.in_folder and batch.withdrawn_at is null
),

led as (
    select
        r.*,
        row_number() over (partition by r.batch_id, r.sha256 order by r.silent, r.path collate "C") = 1
        as leads_in_batch,
        row_number() over (
            partition by r.sha256 order by r.first_of_all desc, r.silent, r.path collate "C"
        ) = 1 as leads_of_all
    from ranked as r
)

select
    l.batch_id,
    l.first_of_all,
    l.sha256 is null or l.leads_in_batch as leads_in_batch,
    l.sha256 is null or l.leads_of_all as leads_of_all,
    l.path,
    l.sha256,
    p.page,
    d.document_id,
    o.ord,
    p.printed_no,
    coalesce(d.kind, p.kind) as kind,
    coalesce(d.form, p.form) as form,
    coalesce(d.era, p.era) as era,
    coalesce(p.state, nullif(f.state, 'opened'), 'quarantined') as state,
    coalesce(p.reason_code, f.reason_code, l.reason_code) as reason_code,
    coalesce(p.reason_vi, f.reason_vi, l.reason_vi) as reason_vi,
    coalesce(p.reason_en, f.reason_en, l.reason_en) as reason_en,
    p.quality,
    p.capture,
    p.copy_kind,
    p.width_px,
    p.height_px,
    same.other_sha256 as same_sha256,
    same.other_page as same_page
from led as l
left join intake.file as f on f.sha256 = l.sha256
left join intake.page as p on p.sha256 = l.sha256
left join lateral (
    select
        dp.document_id,
        dp.ord
    from reading.document_page as dp
    where dp.batch_id = l.batch_id and dp.sha256 = p.sha256 and dp.page = p.page
    order by dp.document_id
    limit 1
) as o on true
left join reading.document as d on d.batch_id = l.batch_id and d.document_id = o.document_id
left join lateral (
    select
        t.other_sha256,
        t.other_page
    from reading.twin_page as t
    inner join reading.standing_document as own
        on own.batch_id = t.batch_id and own.document_id = t.document_id
    inner join reading.standing_document as other
        on other.batch_id = t.other_batch_id and other.document_id = t.other_document_id
    where
        t.batch_id = l.batch_id
        and t.document_id = o.document_id
        and t.sha256 = p.sha256
        and t.page = p.page
        and (other.replaced, other.place) < (own.replaced, own.place)
    order by other.replaced, other.place
    limit 1
) as same on true;
comment on view intake.page_line is
    'One line for each page of each file of a batch that stands; one without page for a file that could not be opened.';
comment on column intake.page_line.first_of_all is 'False: another batch has the same path and bytes.';
comment on column intake.page_line.leads_of_all is 'False: another path stands for the same bytes.';

create view reading.any_field with (security_invoker = true) as
select * from reading.entry_field
union all
select * from people.entry_field;
comment on view reading.any_field is 'All fields of entries; needs the right to read people.';

create view people.whole_entry with (security_invoker = true) as
select
    e.*,
    d.stands as document_stands,
    d.stands
    and not exists (
        select
        from reading.entry as o
        where
            o.entry_id = e.entry_id
            and o.batch_id < e.batch_id
            and (
                select od.stands
                from reading.standing_document as od
                where od.batch_id = o.batch_id and od.document_id = o.document_id
            )
    ) as stands,
    (
        select
            coalesce(
                jsonb_agg(
                    jsonb_build_array(
                        f.name, f.value, f.text, f.p, f.status, f.source, f.ref_sha256, f.ref_page, f.box
                    )
                    order by f.name
                ),
                '[]'
            )
        from reading.any_field as f
        where f.batch_id = e.batch_id and f.entry_id = e.entry_id
    ) as fields,
    (
        select
            coalesce(
                jsonb_agg(
                    jsonb_build_array(n.code, n.severity, n.fields, n.message_vi, n.message_en)
                    order by n.ord
                ),
                '[]'
            )
        from reading.finding as n
        where n.batch_id = e.batch_id and n.entry_id = e.entry_id
    ) as findings
from reading.entry as e
inner join reading.standing_document as d on d.batch_id = e.batch_id and d.document_id = e.document_id;
comment on view people.whole_entry is 'Entries with all their fields, personal data too.';
comment on column people.whole_entry.stands is
    'Of a paper in several batches the lowest batch id stands, so the order of arrival does not matter.';
comment on column people.whole_entry.document_stands is 'False: the paper is replaced, or the same as another.';

create view people.told_entry with (security_invoker = true) as
select
    e.*,
    json_build_array(
        e.entry_id,
        e.document_id,
        e.sha256,
        e.page,
        e.row_no,
        e.kind,
        e.form,
        e.era,
        e.status,
        e.fields,
        e.findings
    ) as told
from people.whole_entry as e;
comment on view people.told_entry is 'Entries with all their fields and what a program reads of each as one list.';
