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
            ('diachinh_scanner', 'login', 'scans paper: hands batches in, sees no reading and no person'),
            ('diachinh_reviewer', 'login', 'answers questions: sees readings, and identity after asking with a reason'),
            ('diachinh_verifier', 'login', 'compares identity with proofs: alone may mark it verified'),
            ('diachinh_contractor', 'login', 'works on assigned lots: sees their readings and no others'),
            ('diachinh_consultant', 'login', 'watches runs and the quality of lots: figures only, no personal data'),
            ('diachinh_environment', 'login', 'the environment department: parcels of schema api, no personal data'),
            ('diachinh_administrator', 'login', 'assigns lots, reads the log and the faults; sees no person')
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
    if not pg_has_role(current_user, 'diachinh_owner', 'usage') then
        execute format('grant diachinh_owner to %I', current_user);
    end if;
    if not pg_has_role(current_user, 'diachinh_worker', 'usage') then
        execute format('grant diachinh_worker to %I', current_user);
    end if;
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant connect, create on database %I to diachinh_owner', current_database());
    execute format(
        'grant connect on database %I to diachinh_worker, diachinh_scanner, diachinh_reviewer, diachinh_verifier, '
        'diachinh_contractor, diachinh_consultant, diachinh_environment, diachinh_administrator', current_database()
    );
    revoke create on schema public from public;
end
$$;
