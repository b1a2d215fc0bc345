-- The roles of the database. They belong to the whole server, so two databases may make them at once.
do $$
declare
    wanted record;
begin
    for wanted in
        select *
        from (values
            ('diachinh_owner', 'nologin', 'owns every table and view of diachinh; nobody logs in as it'),
            ('diachinh_worker', 'login', 'reads papers and publishes parcels; owns nothing'),
            ('diachinh_environment', 'login', 'the environment department: the views of schema api, no personal data')
        ) as r (name, login, meaning)
    loop
        if not exists (select from pg_roles where rolname = wanted.name) then
            begin
                execute format('create role %I %s nosuperuser nocreatedb nocreaterole nobypassrls', wanted.name, wanted.login);
                execute format('comment on role %I is %L', wanted.name, wanted.meaning);
            exception
                when duplicate_object or unique_violation then null;
            end;
        end if;
    end loop;
    -- The login that migrates acts as the owner; as a runtime login it falls under the worker's row policies.
    if not pg_has_role(current_user, 'diachinh_owner', 'member') then
        execute format('grant diachinh_owner to %I', current_user);
    end if;
    if not pg_has_role(current_user, 'diachinh_worker', 'member') then
        execute format('grant diachinh_worker to %I', current_user);
    end if;
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant connect, create on database %I to diachinh_owner', current_database());
    execute format('grant connect on database %I to diachinh_worker, diachinh_environment', current_database());
    revoke create on schema public from public;
end
$$;
