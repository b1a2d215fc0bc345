create or replace function intake.note_registration() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into intake.registration (batch_id, login) values (new.batch_id, session_user)
    on conflict do nothing;
    return null;
end
$$;
comment on function intake.note_registration is 'Keeps which login handed a batch in, whether it says so or not.';

create or replace trigger registration_is_noted after insert or update of folder on intake.batch
for each row execute function intake.note_registration();

create or replace function audit.sign_with_login() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
    new.login := session_user;
    new.at := clock_timestamp();
    return new;
end
$$;
comment on function audit.sign_with_login is 'A row says the login that wrote it, and no other.';

create or replace trigger own_login before insert on intake.registration
for each row execute function audit.sign_with_login();
create or replace trigger own_login before insert on review.import
for each row execute function audit.sign_with_login();

create or replace function people.is_verifier() returns boolean
language sql
stable
set search_path = pg_catalog
as $$
    select
        pg_has_role(session_user, 'diachinh_verifier', 'usage')
        and not pg_has_role(session_user, 'diachinh_scanner', 'usage')
        and not pg_has_role(session_user, 'diachinh_reviewer', 'usage')
        and not pg_has_role(session_user, 'diachinh_contractor', 'usage')
$$;
comment on function people.is_verifier is 'Whether the login verifies identity and neither scans, reviews nor works on lots.';

create or replace function people.require_verifier() returns void
language plpgsql
stable
set search_path = pg_catalog
as $$
begin
    if not people.is_verifier() then
        raise exception 'only a verifier who neither scans nor reviews works on lists of identity'
            using errcode = 'insufficient_privilege';
    end if;
end
$$;
comment on function people.require_verifier is 'Refuses every login that is no verifier, or is more than one.';

create or replace function people.name_words(name text) returns text[]
language sql
immutable
set search_path = pg_catalog
as $$
    select
        case
            when cardinality(w.words) > 1 and w.words[1] in ('ong', 'ba', 'co', 'chu', 'anh', 'chi', 'bac', 'thai')
                then w.words[2:]
            else w.words
        end
    from (
        select
            array_remove(
                regexp_split_to_array(
                    translate(
                        lower(regexp_replace(normalize(translate(name, 'Đđ', 'dd'), nfd), '[\u0300-\u036f]', '', 'g')),
                        'y',
                        'i'
                    ),
                    '[^a-z0-9]+'
                ),
                ''
            ) as words
    ) as w
$$;
comment on function people.name_words is 'The words of a name without marks, case, Ông, Bà, Cô … in front; i for y.';

create or replace function people.may_be_one(one text, other text) returns boolean
language sql
immutable
strict
set search_path = pg_catalog
as $$
    select
        n.shared > 0
        and a.words[cardinality(a.words) - n.shared + 1:] = b.words[cardinality(b.words) - n.shared + 1:]
    from
        (select people.name_words(one) as words) as a,
        (select people.name_words(other) as words) as b,
        lateral (select least(cardinality(a.words), cardinality(b.words)) as shared) as n
$$;
comment on function people.may_be_one is
    'Whether two names of staff may be one person''s: the shorter is the end of the longer. Cô Lan may be Trần Thị Lan.';

create or replace function people.handlers(of_entries text[]) returns table (part text, login name, person text)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    with papers as materialized (
        select distinct e.document_id
        from reading.entry as e
        where e.entry_id = any(of_entries)
    ),

    dossier as materialized (
        select distinct e.entry_id
        from reading.entry as e
        inner join papers as p on p.document_id = e.document_id
    )

    select
        'scanner',
        r.login,
        r.person
    from papers as p
    inner join reading.document_page as d on d.document_id = p.document_id
    inner join intake.batch_file as f on f.sha256 = d.sha256
    inner join intake.registration as r on r.batch_id = f.batch_id
    union
    select
        'scanner',
        r.login,
        r.person
    from papers as p
    inner join reading.document as d on d.document_id = p.document_id
    inner join intake.registration as r on r.batch_id = d.batch_id
    union
    select
        'reviewer',
        i.login,
        i.who
    from review.import as i
    where
        i.undoes is null
        and i.import_id in (
            select a.import_id
            from review.answer as a
            where a.entry_id in (select d.entry_id from dossier as d)
            union all
            select a.import_id
            from people.answer as a
            where a.entry_id in (select d.entry_id from dossier as d)
            union all
            select g.import_id
            from (
                select
                    a.import_id,
                    a.question_id
                from review.dispute_answer as a
                union all
                select
                    a.import_id,
                    a.question_id
                from people.dispute_answer as a
            ) as g
            inner join review.dispute_question as q on q.question_id = g.question_id
            cross join lateral jsonb_array_elements(q.sides) as s (side)
            where
                s.side -> 'entry_ids' ?| array(select d.entry_id::text from dossier as d)
                or s.side -> 'document_ids' ?| array(select p.document_id::text from papers as p)
        )
$$;
comment on function people.handlers is
    'Who handed in a batch with a page of these entries'' papers, and who answered a question on one of their entries.';

create or replace function people.own_part(of_version bigint, of_login name, names text[]) returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select h.part
    from people.handlers(array(
        select m.entry_id from people.person_mention as m where m.version_id = of_version
    )) as h
    where
        h.login = of_login
        or exists (select from unnest(names) as n (name) where people.may_be_one(n.name, h.person))
    order by h.part
    limit 1
$$;
comment on function people.own_part is
    'What a login or one of these names did on the papers of a person: scanner, reviewer, or null for nothing.';

create or replace function people.ask_to_verify(of_batch text, why text) returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    permit bigint;
begin
    perform people.require_verifier();
    if length(btrim(coalesce(why, ''))) not between 1 and 500 then
        raise exception 'identity is read for a stated reason of up to 500 characters'
            using errcode = 'invalid_parameter_value';
    end if;
    if not exists (select from people.verification_batch as b where b.batch_id = of_batch) then
        raise exception 'no such list' using errcode = 'no_data_found';
    end if;
    insert into people.verification_permit (batch_id, login, log_seq)
    values (
        of_batch,
        session_user,
        audit.append('read-identity', of_batch, jsonb_build_object('reason', btrim(why), 'what', 'verification list'))
    )
    returning permit_id into permit;
    return permit;
end
$$;
comment on function people.ask_to_verify is 'Logs that the login will read a list, and why; once committed the permit lasts 15 minutes.';

create or replace function people.verification_rows(permit bigint) returns table (
    row_id text, name text, sex text, birth_year integer, numbers jsonb, address text
)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    granted text;
begin
    perform people.require_verifier();
    select p.batch_id into granted
    from people.verification_permit as p
    where
        p.permit_id = permit
        and p.login = session_user
        and p.opened_in is distinct from pg_current_xact_id_if_assigned()
        and p.opened_at > clock_timestamp() - interval '15 minutes';
    if granted is null then
        raise exception 'no permit to read this list: ask_to_verify first, and commit'
            using errcode = 'insufficient_privilege';
    end if;
    return query
    select r.row_id, p.name, p.sex, p.birth_year, p.numbers, p.address
    from people.verification_row as r
    inner join people.person as p on p.version_id = r.version_id
    where r.batch_id = granted
    order by r.row_id;
end
$$;
comment on function people.verification_rows is 'The persons of the list of a permit that was logged and committed; no parcel, no paper.';

create or replace function people.waiting_persons(of_unit text) returns table (
    person_id text, version_id bigint, mentions bigint
)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with answered as materialized (
        select
            s.batch_id,
            s.row_id
        from people.standing_verification as s
    ),

    -- Mentions in an open list, or verified with these facts.
    busy as materialized (
        select distinct
            m.entry_id,
            m.owner_no,
            case when a.row_id is not null then sent.facts_hash end as facts_hash
        from people.verification_row as r
        inner join people.person as sent on sent.version_id = r.version_id
        inner join people.person_mention as m on m.version_id = r.version_id
        left join answered as a on a.batch_id = r.batch_id and a.row_id = r.row_id
        left join people.verification_end as e on e.batch_id = r.batch_id
        where a.row_id is not null or e.batch_id is null
    ),

    kept_back as materialized (
        select distinct p.person_id
        from busy as b
        inner join people.person_mention as m on m.entry_id = b.entry_id and m.owner_no = b.owner_no
        inner join people.standing_person as p on p.version_id = m.version_id
        where b.facts_hash is null or b.facts_hash = p.facts_hash
    )

    select
        p.person_id,
        p.version_id,
        (select count(*) from people.person_mention as m where m.version_id = p.version_id)
    from people.standing_person as p
    where
        not p.organisation
        and (p.numbers <> '[]' or p.birth_year is not null)
        and (of_unit is null or of_unit = any(p.unit_codes))
        and p.person_id not in (select k.person_id from kept_back as k);
end
$$;
comment on function people.waiting_persons is
    'Persons with a number or a birth year who are in no open list and were not verified as they are known now.';

create or replace function people.open_verification(of_unit text, most integer, by_person text, why text)
returns text
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    made text := 'v' || left(replace(gen_random_uuid()::text, '-', ''), 12);
    chosen bigint[] := '{}';
    one record;
begin
    perform people.require_verifier();
    if length(btrim(coalesce(why, ''))) not between 1 and 500 or coalesce(most, 0) < 1 then
        raise exception 'a list needs a reason of up to 500 characters and room for one person'
            using errcode = 'invalid_parameter_value';
    end if;
    perform pg_advisory_xact_lock(7261015);
    for one in
        select w.version_id, w.mentions
        from people.waiting_persons(of_unit) as w
        order by w.mentions desc, w.person_id
    loop
        exit when cardinality(chosen) >= most;
        if people.own_part(one.version_id, session_user, array[by_person]) is null then
            chosen := chosen || one.version_id;
        end if;
    end loop;
    if chosen = '{}' then
        return null;
    end if;
    insert into people.verification_batch (batch_id, unit_code, reason, made_by, log_seq)
    values (
        made,
        of_unit,
        btrim(why),
        session_user,
        audit.append('list-identity', made, jsonb_build_object('reason', btrim(why), 'persons', cardinality(chosen)))
    );
    insert into people.verification_row (batch_id, row_id, version_id)
    select made, left(encode(sha256(convert_to(made || ':' || v.version_id, 'utf8')), 'hex'), 10), v.version_id
    from unnest(chosen) as v (version_id);
    return made;
end
$$;
comment on function people.open_verification is
    'Makes a list of at most so many persons who wait and whose papers the login and the named verifier never handled.';

create or replace function people.verification_lists() returns table (
    batch_id text, made_at timestamptz, made_by name, unit_code text, persons bigint, answered bigint, ended boolean
)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    perform people.require_verifier();
    return query
    select
        b.batch_id,
        b.made_at,
        b.made_by,
        b.unit_code,
        (select count(*) from people.verification_row as r where r.batch_id = b.batch_id),
        (select count(*) from people.standing_verification as s where s.batch_id = b.batch_id),
        exists (select from people.verification_end as e where e.batch_id = b.batch_id)
    from people.verification_batch as b
    order by b.made_at, b.batch_id;
end
$$;
comment on function people.verification_lists is 'The lists that went out, with how many of their persons have a result.';

create or replace function people.own_rows(of_batch text, by_person text, results jsonb)
returns table (row_id text, part text)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    perform people.require_verifier();
    return query
    select found.row_id, found.part
    from (
        select
            r.row_id,
            people.own_part(r.version_id, session_user, array[by_person, n.result ->> 'checked_by']) as part
        from jsonb_array_elements(results) as n (result)
        inner join people.verification_row as r on r.batch_id = of_batch and r.row_id = n.result ->> 'row_id'
    ) as found
    where found.part is not null
    order by found.row_id;
end
$$;
comment on function people.own_rows is
    'Which of these results are of persons whose papers the login, who answers for it, or who checked has handled.';

create or replace function people.take_results(
    of_batch text, by_person text, results jsonb, file_sha256 text, content_hash text
) returns integer
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    fresh jsonb;
    made bigint;
begin
    perform people.require_verifier();
    if length(btrim(coalesce(by_person, ''))) not between 1 and 200 then
        raise exception 'results need who answers for them' using errcode = 'invalid_parameter_value';
    end if;
    perform pg_advisory_xact_lock(7261015);
    if exists (select from people.verification_end as e where e.batch_id = of_batch) then
        raise exception 'the list was taken back' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if exists (
        select
        from jsonb_array_elements(results) as n (result)
        where not exists (
            select
            from people.verification_row as r
            where r.batch_id = of_batch and r.row_id = n.result ->> 'row_id'
        )
    ) then
        raise exception 'no such row in the list' using errcode = 'no_data_found';
    end if;
    if exists (select from people.own_rows(of_batch, by_person, results)) then
        raise exception 'who scanned or reviewed a paper does not verify its people'
            using errcode = 'insufficient_privilege';
    end if;
    select coalesce(jsonb_agg(n.result), '[]') into fresh
    from jsonb_array_elements(results) as n (result)
    where not exists (
        select
        from people.standing_verification as s
        where
            s.batch_id = of_batch
            and s.row_id = n.result ->> 'row_id'
            and s.result = n.result ->> 'result'
            and s.corrections = n.result -> 'corrections'
            and s.checked_on = (n.result ->> 'checked_on')::date
            and s.checked_by = n.result ->> 'checked_by'
    );
    if fresh = '[]' then
        return 0;
    end if;
    insert into people.verification_import (batch_id, file_sha256, content_hash, login, person, log_seq)
    values (
        of_batch,
        file_sha256,
        content_hash,
        session_user,
        btrim(by_person),
        audit.append(
            'verify-identity',
            of_batch,
            jsonb_build_object('by', btrim(by_person), 'persons', jsonb_array_length(fresh), 'file', file_sha256)
        )
    )
    returning import_id into made;
    insert into people.verification (import_id, batch_id, row_id, result, corrections, checked_on, checked_by)
    select
        made,
        of_batch,
        n.result ->> 'row_id',
        n.result ->> 'result',
        n.result -> 'corrections',
        (n.result ->> 'checked_on')::date,
        btrim(n.result ->> 'checked_by')
    from jsonb_array_elements(fresh) as n (result)
    order by n.result ->> 'row_id';
    return jsonb_array_length(fresh);
end
$$;
comment on function people.take_results is
    'Keeps a verifier''s results in one go, those that stand already not again; refuses the hands that made the papers.';

create or replace function people.take_back_results(by_person text, file_sha256 text, content_hash text)
returns integer
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    standing people.verification_import;
    taken integer;
begin
    perform people.require_verifier();
    perform pg_advisory_xact_lock(7261015);
    select i.* into standing
    from people.verification_import as i
    where
        i.undoes is null
        and (i.file_sha256 = take_back_results.file_sha256 or i.content_hash = take_back_results.content_hash)
        and not exists (select from people.verification_import as u where u.undoes = i.import_id)
    order by i.import_id desc
    limit 1;
    if standing.import_id is null then
        return null;
    end if;
    select count(*) into taken from people.verification as v where v.import_id = standing.import_id;
    insert into people.verification_import (batch_id, file_sha256, content_hash, login, person, undoes, log_seq)
    values (
        standing.batch_id,
        take_back_results.file_sha256,
        take_back_results.content_hash,
        session_user,
        btrim(by_person),
        standing.import_id,
        audit.append(
            'undo-identity', standing.batch_id, jsonb_build_object('by', btrim(by_person), 'persons', taken)
        )
    );
    return taken;
end
$$;
comment on function people.take_back_results is
    'Takes the last standing results of this file, or with this content, back; returns of how many persons, null of none.';

create or replace function people.end_verification(of_batch text, why text) returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform people.require_verifier();
    if not exists (select from people.verification_batch as b where b.batch_id = of_batch) then
        raise exception 'no such list' using errcode = 'no_data_found';
    end if;
    perform pg_advisory_xact_lock(7261015);
    if not exists (select from people.verification_end as e where e.batch_id = of_batch) then
        insert into people.verification_end (batch_id, ended_by, log_seq)
        values (
            of_batch, session_user, audit.append('end-list', of_batch, jsonb_build_object('reason', btrim(why)))
        );
    end if;
end
$$;
comment on function people.end_verification is 'Takes a list back: its results stay, its other persons may go out again.';

do $$
declare
    name text;
begin
    foreach name in array array[
        'intake.registration', 'people.person', 'people.person_mention', 'people.household', 'people.person_doubt',
        'people.verification_batch', 'people.verification_row', 'people.verification_end',
        'people.verification_import', 'people.verification'
    ]
    loop
        execute format(
            'create or replace trigger insert_only before update or delete on %s '
            'for each statement execute function audit.refuse_change()', name
        );
        execute format(
            'create or replace trigger never_emptied before truncate on %s '
            'for each statement execute function audit.refuse_change()', name
        );
    end loop;
end
$$;
