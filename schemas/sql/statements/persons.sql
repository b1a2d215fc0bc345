-- name: one_at_a_time
select pg_advisory_xact_lock(7261016)

-- name: mentions
-- Owners of the entries that stand, one row an entry, of the lowest batch; the day is that of the paper where known.
-- As people.whole_entry has it, which asks for each entry whether its paper stands: here only for those with a rival.
with rivals as materialized (
    select
        t.batch_id,
        t.document_id
    from reading.twin_page as t
    union
    select
        p.batch_id,
        p.document_id
    from reading.document_page as p
    inner join intake.replaced_file as r on r.batch_id = p.batch_id and r.sha256 = p.sha256
    where r.in_force
),

fallen as materialized (
    select
        d.batch_id,
        d.document_id
    from rivals as r
    inner join reading.standing_document as d on d.batch_id = r.batch_id and d.document_id = r.document_id
    where not d.stands
),

chosen as materialized (
    select distinct on (e.entry_id) e.*
    from reading.entry as e
    where (e.batch_id, e.document_id) not in (select f.batch_id, f.document_id from fallen as f)
    order by e.entry_id, e.batch_id
)

select
    e.entry_id,
    e.document_id,
    coalesce(e.cited_sha256, e.sha256) || '/' || coalesce(e.cited_page, e.page),
    e.kind,
    e.era,
    e.parcel_key,
    f.value,
    u.value #>> '{}',
    d.value #>> '{}'
from chosen as e
inner join people.entry_field as f
    on f.batch_id = e.batch_id and f.entry_id = e.entry_id and f.name = 'owners'
left join reading.entry_field as u
    on u.batch_id = e.batch_id and u.entry_id = e.entry_id and u.name = 'unit_code'
left join reading.entry_field as d
    on d.batch_id = e.batch_id and d.entry_id = e.entry_id and d.name = 'issued_on'
where e.status <> 'rejected' and jsonb_typeof(f.value) = 'array'

-- name: person_hashes
select
    person_id,
    content_hash
from people.standing_person

-- name: household_hashes
select
    household_id,
    content_hash
from people.standing_household

-- name: doubts
select
    kind,
    one,
    other
from people.standing_doubt

-- name: told_doubts
-- The doubts with the place of both mentions: file, page, row, and which owner there; nothing of the persons.
select
    d.kind,
    one.path,
    one.page,
    one.row_no,
    split_part(d.one, '#', 2)::integer,
    other.path,
    other.page,
    other.row_no,
    split_part(d.other, '#', 2)::integer
from people.standing_doubt as d
cross join
    lateral (
        select
            f.path,
            e.page,
            e.row_no
        from reading.entry as e
        inner join intake.standing_file as f on f.batch_id = e.batch_id and f.sha256 = e.sha256 and f.leads
        where e.entry_id = split_part(d.one, '#', 1)
        order by e.batch_id
        limit 1
    ) as one
cross join
    lateral (
        select
            f.path,
            e.page,
            e.row_no
        from reading.entry as e
        inner join intake.standing_file as f on f.batch_id = e.batch_id and f.sha256 = e.sha256 and f.leads
        where e.entry_id = split_part(d.other, '#', 1)
        order by e.batch_id
        limit 1
    ) as other
order by d.kind, one.path collate "C", one.page, one.row_no, other.path collate "C", other.page, other.row_no

-- name: add_persons
with given as (
    select *
    from jsonb_to_recordset(%(rows)s) as g (
        person_id text,
        content_hash text,
        facts_hash text,
        organisation boolean,
        name text,
        sex text,
        birth_year integer,
        numbers jsonb,
        address text,
        unit_codes text[],
        joins jsonb,
        mentions jsonb
    )
),

added as (
    insert into people.person (
        person_id, content_hash, facts_hash, organisation, name, sex, birth_year, numbers, address, unit_codes, joins
    )
    select
        person_id,
        content_hash,
        facts_hash,
        organisation,
        name,
        sex,
        birth_year,
        numbers,
        address,
        unit_codes,
        joins
    from given
    returning version_id, person_id
)

insert into people.person_mention (version_id, entry_id, owner_no)
select
    a.version_id,
    m.entry_id,
    m.owner_no
from added as a
inner join given as g on g.person_id = a.person_id
cross join lateral jsonb_to_recordset(g.mentions) as m (entry_id text, owner_no integer)

-- name: end_persons
insert into people.person (person_id, gone)
select
    g.id,
    true
from unnest(%(ids)s::text[]) as g (id)

-- name: add_households
insert into people.household (household_id, content_hash, person_ids, head)
select
    household_id,
    content_hash,
    person_ids,
    head
from jsonb_to_recordset(%(rows)s) as g (household_id text, content_hash text, person_ids text[], head text)

-- name: end_households
insert into people.household (household_id, gone)
select
    g.id,
    true
from unnest(%(ids)s::text[]) as g (id)

-- name: add_doubts
insert into people.person_doubt (kind, one, other, gone)
select
    kind,
    one,
    other,
    gone
from jsonb_to_recordset(%(rows)s) as g (kind text, one text, other text, gone boolean)
