create view people.standing_person with (security_invoker = true) as
select latest.*
from (
    select distinct on (p.person_id) p.*
    from people.person as p
    order by p.person_id, p.version_id desc
) as latest
where not latest.gone;
comment on view people.standing_person is 'Persons as they are known now.';

create view people.standing_household with (security_invoker = true) as
select latest.*
from (
    select distinct on (h.household_id) h.*
    from people.household as h
    order by h.household_id, h.version_id desc
) as latest
where not latest.gone;
comment on view people.standing_household is 'Households as they are known now.';

create view people.standing_doubt with (security_invoker = true) as
select latest.*
from (
    select distinct on (d.kind, d.one, d.other) d.*
    from people.person_doubt as d
    order by d.kind, d.one, d.other, d.doubt_id desc
) as latest
where not latest.gone;
comment on view people.standing_doubt is 'Pairs of mentions that somebody must look at.';

create view people.paper_handler with (security_invoker = true) as
select
    d.document_id,
    'scanner' as part,
    r.login,
    r.person
from reading.document_page as d
inner join intake.batch_file as f on f.sha256 = d.sha256
inner join intake.registration as r on r.batch_id = f.batch_id
union
select
    d.document_id,
    'scanner',
    r.login,
    r.person
from reading.document as d
inner join intake.registration as r on r.batch_id = d.batch_id
union
select
    e.document_id,
    'reviewer',
    i.login,
    i.who
from (
    select entry_id, import_id from review.answer
    union
    select entry_id, import_id from people.answer
) as a
inner join reading.entry as e on e.entry_id = a.entry_id
inner join review.import as i on i.import_id = a.import_id;
comment on view people.paper_handler is
    'Who handed in a batch with a page of a paper and who answered a question on it, also where that was taken back.';

create view people.given_verification with (security_invoker = true) as
with latest as (
    select distinct on (v.batch_id, v.row_id)
        v.verification_id,
        v.batch_id,
        v.row_id,
        r.version_id,
        v.result,
        v.corrections,
        v.checked_on,
        v.checked_by,
        i.login,
        i.person
    from people.verification as v
    inner join people.verification_row as r on r.batch_id = v.batch_id and r.row_id = v.row_id
    inner join people.verification_import as i on i.import_id = v.import_id
    where not exists (select from people.verification_import as u where u.undoes = v.import_id)
    order by v.batch_id, v.row_id, v.verification_id desc
),

-- Few people work here: names are compared once, not for each paper.
alike as materialized (
    select
        h.name as handler,
        v.name as verifier
    from (
        select person as name from intake.registration
        union
        select who from review.import
    ) as h
    inner join (
        select person as name from latest
        union
        select checked_by from latest
    ) as v on people.may_be_one(h.name, v.name)
),

own as (
    select
        l.verification_id,
        min(h.part) as part
    from latest as l
    inner join people.person_mention as m on m.version_id = l.version_id
    inner join reading.entry as e on e.entry_id = m.entry_id
    inner join people.paper_handler as h on h.document_id = e.document_id
    where
        h.login = l.login
        or (h.person, l.person) in (select a.handler, a.verifier from alike as a)
        or (h.person, l.checked_by) in (select a.handler, a.verifier from alike as a)
    group by l.verification_id
)

select
    l.*,
    o.part as own_part
from latest as l
left join own as o on o.verification_id = l.verification_id;
comment on view people.given_verification is
    'Of each listed person the last result not taken back, and whether its verifier handled the papers, now or later.';

create view people.standing_verification with (security_invoker = true) as
select *
from people.given_verification
where own_part is null;
comment on view people.standing_verification is
    'Results that count: four eyes, by login and by name; whoever scans or reviews a paper later voids the own result.';

create view people.void_verification with (security_invoker = true) as
select
    verification_id,
    batch_id,
    row_id,
    own_part
from people.given_verification
where own_part is not null;
comment on view people.void_verification is
    'Results that do not count any more: their verifier scanned or reviewed the papers afterwards. Verify again.';

create view people.identity_claim with (security_invoker = true) as
select
    p.person_id,
    c.attribute,
    c.value,
    'paper' as source,
    m.entry_id || '#' || m.owner_no as source_id,
    null::date as asserted_on
from people.standing_person as p
inner join people.person_mention as m on m.version_id = p.version_id
cross join
    lateral (
        select f.value -> (m.owner_no - 1) as owner
        from people.entry_field as f
        where f.entry_id = m.entry_id and f.name = 'owners'
        order by f.batch_id
        limit 1
    ) as o
cross join
    lateral (
        values
        ('name', o.owner ->> 'name'),
        ('sex', o.owner ->> 'sex'),
        ('birth_year', o.owner ->> 'birth_year'),
        (o.owner ->> 'id_kind', o.owner ->> 'id_no')
    ) as c (attribute, value)
where c.value is not null
union all
select
    p.person_id,
    c.attribute,
    c.value,
    'verification',
    v.verification_id::text,
    v.checked_on
from people.standing_verification as v
inner join people.person as p on p.version_id = v.version_id
cross join lateral jsonb_each_text(v.corrections) as c (attribute, value);
comment on view people.identity_claim is
    'What papers and verifiers say of a person, each with its source; a corrected number stands beside the paper''s.';
