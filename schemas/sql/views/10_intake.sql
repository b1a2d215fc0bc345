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
    p.height_px
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
left join reading.document as d on d.batch_id = l.batch_id and d.document_id = o.document_id;
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
    not exists (
        select
        from reading.entry as o
        where o.entry_id = e.entry_id and o.batch_id < e.batch_id
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
from reading.entry as e;
comment on view people.whole_entry is 'Entries with all their fields, personal data too.';
comment on column people.whole_entry.stands is
    'Of a paper in several batches the lowest batch id stands, so the order of arrival does not matter.';
