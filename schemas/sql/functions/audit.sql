create or replace function audit.chain_hash(
    prev_hash bytea, seq bigint, at timestamptz, actor text, action text, subject text, detail jsonb
) returns bytea
language sql
immutable
set search_path = pg_catalog
as $$
    select sha256(
        prev_hash
        || convert_to(
            jsonb_build_array(
                seq, (extract(epoch from at) * 1000000)::bigint, actor, action, subject, detail
            )::text,
            'utf8'
        )
    )
$$;
comment on function audit.chain_hash is 'The hash of a row of audit.log, from its values and the hash before it.';

create or replace function audit.append(action text, subject text, detail jsonb) returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    last record;
    moment timestamptz;
begin
    -- One writer at a time, until it commits: the chain has no forks.
    perform pg_advisory_xact_lock(7261001);
    select l.seq, l.hash into last from audit.log as l order by l.seq desc limit 1;
    moment := clock_timestamp();
    insert into audit.log (seq, at, actor, action, subject, detail, prev_hash, hash)
    values (
        coalesce(last.seq, 0) + 1,
        moment,
        session_user,
        append.action,
        append.subject,
        append.detail,
        coalesce(last.hash, ''::bytea),
        audit.chain_hash(
            coalesce(last.hash, ''::bytea), coalesce(last.seq, 0) + 1, moment, session_user,
            append.action, append.subject, append.detail
        )
    );
    return coalesce(last.seq, 0) + 1;
end
$$;
comment on function audit.append is 'Adds one row to the chain in the caller''s transaction and returns its number.';

create or replace function audit.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
    raise exception '%.% is insert only', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
comment on function audit.refuse_change is 'Keeps published rows and the log as they are, whoever asks.';

do $$
declare
    name text;
begin
    foreach name in array array[
        'cadastre.parcel', 'cadastre.parcel_version', 'cadastre.parcel_land_use', 'cadastre.parcel_source',
        'cadastre.claim', 'people.claim', 'review.import', 'review.answer', 'people.answer', 'audit.log'
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
