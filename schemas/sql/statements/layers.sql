-- name: snapshot
set transaction isolation level repeatable read, read only

-- name: patient
set local idle_in_transaction_session_timeout = 0

-- name: paths
select
    batch_id,
    sha256,
    path
from intake.standing_file
where leads and (%(batch_id)s::text is null or batch_id = %(batch_id)s)
union all
-- what imported entries cite and is not held
select
    c.batch_id,
    c.sha256,
    c.path
from intake.cited_file as c
inner join intake.batch as b on b.batch_id = c.batch_id
where b.withdrawn_at is null and (%(batch_id)s::text is null or c.batch_id = %(batch_id)s)

-- name: entries
select
    e.batch_id,
    e.cited_sha256,
    e.cited_page,
    e.cited_row,
    c.hash_given,
    e.entry_id,
    e.document_id,
    e.sha256,
    e.page,
    e.row_no,
    e.kind,
    e.form,
    e.era,
    case
        when across.wrong and e.status in ('accepted', 'confirmed') then 'review'
        else e.status
    end,
    e.fields,
    e.findings || coalesce(across.findings, '[]')
from people.whole_entry as e
left join lateral (
    select
        bool_or(a.severity = 'error') as wrong,
        jsonb_agg(
            jsonb_build_array(a.code, a.severity, a.fields, a.message_vi, a.message_en) order by a.ord
        ) as findings
    from reading.across_finding as a
    where a.entry_id = e.entry_id
) as across on true
left join intake.cited_file as c on c.batch_id = e.batch_id and c.sha256 = e.cited_sha256
inner join intake.standing_file as b on b.batch_id = e.batch_id and b.sha256 = e.sha256 and b.leads
where (e.batch_id = %(batch_id)s and e.document_stands) or (%(batch_id)s::text is null and e.stands)
order by e.batch_id, b.path collate "C", e.page, e.row_no nulls first, e.entry_id

-- name: pages
select
    path,
    sha256,
    page,
    document_id,
    ord,
    printed_no,
    kind,
    form,
    era,
    state,
    reason_code,
    reason_vi,
    reason_en,
    quality,
    capture,
    copy_kind,
    case when %(batch_id)s::text is null then leads_of_all else leads_in_batch end,
    width_px,
    height_px,
    same_sha256,
    same_page
from intake.page_line
where batch_id = %(batch_id)s or (%(batch_id)s::text is null and first_of_all)
order by path collate "C", sha256, page

-- name: parcels
select
    p.parcel_id,
    p.unit,
    p.era,
    p.sheet_no,
    p.parcel_no,
    v.area_m2,
    v.legal_area_m2,
    (
        select coalesce(jsonb_agg(jsonb_build_array(u.code, u.area_m2) order by u.ord), '[]')
        from cadastre.parcel_land_use as u
        where u.version_id = v.version_id
    ),
    v.user_type,
    v.grade,
    v.status,
    v.valid_from,
    v.valid_to,
    (select count(*) from cadastre.parcel_source as s where s.version_id = v.version_id),
    v.attributes,
    v.geometry_note,
    st_asbinary(v.geom),
    v.grade_reasons
from cadastre.parcel as p
inner join cadastre.parcel_history as v on v.parcel_id = p.parcel_id
where
    not v.withdrawn
    and case
        when %(known_on)s::timestamptz is null then v.known_to is null
        else v.known_from <= %(known_on)s and coalesce(v.known_to > %(known_on)s, true)
    end
    and (
        %(as_of)s::text is null
        or (
            coalesce(v.valid_from, %(era_starts)s::jsonb ->> p.era, '') collate "C" <= %(as_of)s
            and coalesce(v.valid_to::text collate "C" >= %(as_of)s, true)
        )
    )
    and (
        %(batch_id)s::text is null
        or exists (
            select
            from cadastre.parcel_source as s
            inner join reading.entry as e on e.entry_id = s.entry_id
            where s.version_id = v.version_id and e.batch_id = %(batch_id)s
        )
    )
order by p.parcel_key collate "C"

-- name: may_read_people
select has_table_privilege('people.claim', 'select')

-- name: claims
select
    p.parcel_id,
    p.parcel_key,
    c.attribute,
    c.value,
    c.entry_id,
    c.era,
    c.asserted_on,
    c.standing,
    c.rule,
    coalesce(c.claimed_key, p.parcel_key)
from cadastre.parcel as p
inner join cadastre.parcel_history as v on v.parcel_id = p.parcel_id
inner join cadastre.claim as c on c.version_id = v.version_id
where
    not v.withdrawn
    and case
        when %(known_on)s::timestamptz is null then v.known_to is null
        else v.known_from <= %(known_on)s and coalesce(v.known_to > %(known_on)s, true)
    end
    and (
        %(as_of)s::text is null
        or (
            coalesce(v.valid_from, %(era_starts)s::jsonb ->> p.era, '') collate "C" <= %(as_of)s
            and coalesce(v.valid_to::text collate "C" >= %(as_of)s, true)
        )
    )
    and (
        %(batch_id)s::text is null
        or exists (
            select
            from cadastre.parcel_source as s
            inner join reading.entry as e on e.entry_id = s.entry_id
            where s.version_id = v.version_id and e.batch_id = %(batch_id)s
        )
    )
order by p.parcel_key collate "C", c.attribute collate "C", c.ord

-- name: personal_claims
select
    p.parcel_id,
    p.parcel_key,
    c.attribute,
    c.value,
    c.entry_id,
    c.era,
    c.asserted_on,
    c.standing,
    c.rule,
    coalesce(c.claimed_key, p.parcel_key)
from cadastre.parcel as p
inner join cadastre.parcel_history as v on v.parcel_id = p.parcel_id
inner join (
    select * from cadastre.claim
    union all
    select * from people.claim
) as c on c.version_id = v.version_id
where
    not v.withdrawn
    and case
        when %(known_on)s::timestamptz is null then v.known_to is null
        else v.known_from <= %(known_on)s and coalesce(v.known_to > %(known_on)s, true)
    end
    and (
        %(as_of)s::text is null
        or (
            coalesce(v.valid_from, %(era_starts)s::jsonb ->> p.era, '') collate "C" <= %(as_of)s
            and coalesce(v.valid_to::text collate "C" >= %(as_of)s, true)
        )
    )
    and (
        %(batch_id)s::text is null
        or exists (
            select
            from cadastre.parcel_source as s
            inner join reading.entry as e on e.entry_id = s.entry_id
            where s.version_id = v.version_id and e.batch_id = %(batch_id)s
        )
    )
order by p.parcel_key collate "C", c.attribute collate "C", c.ord

-- name: missing
select
    c.case_id,
    c.kind,
    c.what,
    c.unit_code,
    c.reason,
    c.evidence,
    c.likely_location,
    c.p,
    c.status
from recovery.missing_case as c
where
    %(batch_id)s::text is null
    or exists (
        select
        from recovery.case_batch as b
        where b.case_id = c.case_id and b.batch_id = %(batch_id)s
    )
order by c.case_id collate "C"

-- name: batches
select
    b.batch_id,
    b.folder,
    b.registered_at,
    (select count(*) from intake.batch_file as f where f.batch_id = b.batch_id and f.in_folder),
    (
        select coalesce(jsonb_object_agg(s.state, s.pages), '{}')
        from (
            select
                l.state,
                count(*) as pages
            from intake.page_line as l
            where l.batch_id = b.batch_id
            group by l.state
        ) as s
    ),
    b.withdrawn_at,
    array(
        select distinct f.path
        from intake.batch_file as f
        inner join intake.page as p on p.sha256 = f.sha256 and p.kind = 'du_lieu'
        where f.batch_id = b.batch_id
        order by f.path
    )
from intake.batch as b
order by b.registered_at, b.batch_id

-- name: figures
with entry as (
    select
        e.batch_id,
        e.entry_id,
        case
            when
                e.status in ('accepted', 'confirmed')
                and exists (
                    select
                    from reading.across_finding as a
                    where a.entry_id = e.entry_id and a.severity = 'error'
                )
                then 'review'
            else e.status
        end as status
    from people.whole_entry as e
    where (e.batch_id = %(batch_id)s and e.document_stands) or (%(batch_id)s::text is null and e.stands)
)

select
    'pages',
    state,
    count(*)::double precision
from intake.page_line
where batch_id = %(batch_id)s or (%(batch_id)s::text is null and first_of_all)
group by state
union all
select
    'documents',
    kind,
    count(distinct document_id)
from reading.document
where %(batch_id)s::text is null or batch_id = %(batch_id)s
group by kind
union all
select
    'fields',
    f.status,
    count(*)
from entry as e
inner join reading.any_field as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id
group by f.status
union all
select
    'entries',
    status,
    count(*)
from entry
group by status
union all
select
    'parcels',
    v.grade::text,
    count(*)
from cadastre.latest_version as v
where
    not v.withdrawn
    and v.valid_to is null
    and (
        %(batch_id)s::text is null
        or exists (
            select
            from cadastre.parcel_source as s
            inner join entry as e on e.entry_id = s.entry_id
            where s.version_id = v.version_id
        )
    )
group by v.grade
union all
select
    'findings',
    n.code,
    count(*)
from (
    select f.code
    from entry as e
    inner join reading.finding as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id
    union all
    select a.code
    from entry as e
    inner join reading.across_finding as a on a.entry_id = e.entry_id
) as n
group by n.code
union all
select
    'missing',
    c.reason,
    count(*)
from recovery.missing_case as c
where
    %(batch_id)s::text is null
    or exists (
        select
        from recovery.case_batch as b
        where b.case_id = c.case_id and b.batch_id = %(batch_id)s
    )
group by c.reason
union all
select
    'seconds',
    stage,
    sum(seconds)
from intake.run_stage
where %(batch_id)s::text is null or batch_id = %(batch_id)s
group by stage
order by 1, 2
