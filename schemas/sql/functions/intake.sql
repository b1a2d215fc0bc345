create or replace function intake.note_withdrawal() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.withdrawn_at is null then
        perform audit.append('bring-back', new.batch_id, '{}');
    elsif pg_has_role(session_user, 'diachinh_worker', 'usage') then
        perform audit.append(
            'withdraw',
            new.batch_id,
            jsonb_build_object('entries', (select count(*) from reading.entry as e where e.batch_id = new.batch_id))
        );
    else
        raise exception 'only the worker takes a batch back' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
comment on function intake.note_withdrawal is 'Logs that a batch is taken back or brought back, whoever does it.';

create or replace trigger withdrawal_is_logged before update of withdrawn_at on intake.batch
for each row when (old.withdrawn_at is distinct from new.withdrawn_at)
execute function intake.note_withdrawal();
