create or replace function people.may_see(of_batch text) returns boolean
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        pg_has_role(session_user, 'diachinh_worker', 'usage')
        or pg_has_role(session_user, 'diachinh_reviewer', 'usage')
        or pg_has_role(session_user, 'diachinh_verifier', 'usage')
        or (
            pg_has_role(session_user, 'diachinh_contractor', 'usage')
            and exists (
                select
                from intake.assignment as a
                where
                    a.batch_id = of_batch
                    and a.login = session_user
                    and coalesce(a.ends_at > now(), true)
            )
        )
$$;
comment on function people.may_see is 'Whether the login may see the people of a batch, masked, or whole after asking.';

create or replace function people.masked_name(name text) returns text
language sql
immutable
set search_path = pg_catalog
as $$
    select regexp_replace(normalize(name, nfc), '(\S)\S*', '\1•', 'g')
$$;
comment on function people.masked_name is 'The first letter of each word: Nguyễn Văn An is N• V• A•.';

create or replace function people.masked_fields() returns table (
    batch_id text, entry_id text, name text, status text, masked jsonb
)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        f.batch_id,
        f.entry_id,
        f.name,
        f.status,
        case
            when f.name = 'owners' and jsonb_typeof(f.value) = 'array' then (
                select
                    jsonb_agg(
                        jsonb_strip_nulls(
                            jsonb_build_object(
                                'name', people.masked_name(o.owner ->> 'name'),
                                'id_kind', o.owner ->> 'id_kind',
                                'id_no', case when o.owner ->> 'id_no' is not null then '•••' end,
                                'household', (o.owner ->> 'household')::boolean
                            )
                        )
                        order by o.ord
                    )
                from jsonb_array_elements(f.value) with ordinality as o (owner, ord)
            )
        end
    from people.entry_field as f
    where people.may_see(f.batch_id)
$$;
comment on function people.masked_fields is
    'Fields of entries that hold personal data, without it: initials, kinds of papers, no number, no text.';

create or replace function people.ask_to_read(of_batch text, why text) returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    permit bigint;
begin
    if length(btrim(coalesce(why, ''))) not between 1 and 500 then
        raise exception 'identity is read for a stated reason of up to 500 characters'
            using errcode = 'invalid_parameter_value';
    end if;
    -- Another's lot answers as a lot that is not there.
    if not people.may_see(of_batch)
        or not exists (select from intake.batch as b where b.batch_id = of_batch and b.withdrawn_at is null)
    then
        raise exception 'no such batch' using errcode = 'no_data_found';
    end if;
    insert into people.read_permit (batch_id, login, reason, log_seq)
    values (
        of_batch,
        session_user,
        btrim(why),
        audit.append('read-identity', of_batch, jsonb_build_object('reason', btrim(why), 'what', 'owners, change_note'))
    )
    returning permit_id into permit;
    return permit;
end
$$;
comment on function people.ask_to_read is
    'Logs that the login will read the identity of a batch, and why; once committed the permit lasts 15 minutes.';

create or replace function people.identity_of(permit bigint) returns table (
    batch_id text, entry_id text, name text, value jsonb, text text, status text, ref_sha256 text, ref_page integer,
    box integer[]
)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    granted people.read_permit;
begin
    select p.* into granted
    from people.read_permit as p
    where
        p.permit_id = permit
        and p.login = session_user
        and p.opened_in is distinct from pg_current_xact_id_if_assigned()
        and p.opened_at > clock_timestamp() - interval '15 minutes';
    if granted.permit_id is null or not people.may_see(granted.batch_id) then
        raise exception 'no permit to read identity: ask_to_read first, and commit'
            using errcode = 'insufficient_privilege';
    end if;
    return query
    select
        f.batch_id, f.entry_id, f.name, f.value, f.text, f.status, f.ref_sha256::text, f.ref_page, f.box
    from people.entry_field as f
    where f.batch_id = granted.batch_id
    order by f.entry_id, f.name;
end
$$;
comment on function people.identity_of is 'Owners and change notes of the batch of a permit that was logged and committed.';

create or replace function people.mark_identity(
    of_entry text, of_owner integer, new_state text, proof text
) returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    mark bigint;
begin
    if not pg_has_role(session_user, 'diachinh_verifier', 'usage')
        or pg_has_role(session_user, 'diachinh_scanner', 'usage')
        or pg_has_role(session_user, 'diachinh_reviewer', 'usage')
    then
        raise exception 'only a verifier who neither scans nor reviews marks identity'
            using errcode = 'insufficient_privilege';
    end if;
    if not exists (
        select
        from people.entry_field as f
        where
            f.entry_id = of_entry
            and f.name = 'owners'
            and jsonb_typeof(f.value) = 'array'
            and jsonb_array_length(f.value) >= of_owner
    ) then
        raise exception 'no such person on the entry' using errcode = 'no_data_found';
    end if;
    if exists (select from people.handlers(array[of_entry]) as h where h.login = session_user) then
        raise exception 'who scanned or reviewed a paper does not verify its people'
            using errcode = 'insufficient_privilege';
    end if;
    insert into people.identity_mark (entry_id, owner_no, state, ground, marked_by, log_seq)
    values (
        of_entry,
        of_owner,
        new_state,
        btrim(proof),
        session_user,
        audit.append('mark-identity', of_entry, jsonb_build_object('owner_no', of_owner, 'state', new_state))
    )
    returning mark_id into mark;
    return mark;
end
$$;
comment on function people.mark_identity is 'Says that a verifier compared a person of an entry with a proof; logged.';

create or replace trigger insert_only before update or delete on people.identity_mark
for each statement execute function audit.refuse_change();
create or replace trigger never_emptied before truncate on people.identity_mark
for each statement execute function audit.refuse_change();
