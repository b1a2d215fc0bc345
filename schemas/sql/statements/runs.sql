-- name: lapse
-- Waits for a write in flight (hold takes a key share lock), so nothing of a lapsed run lands later.
with lapsed as (
    select r.run_id
    from intake.run as r
    where r.state = 'running' and r.heartbeat_at + make_interval(secs => r.lease_s) < clock_timestamp()
    for update
)
update intake.run as r
set
    state = 'interrupted',
    ended_at = clock_timestamp()
from lapsed
where lapsed.run_id = r.run_id

-- name: begin
insert into intake.run (what, lease_s)
values (%(what)s, %(lease_s)s)
returning
    run_id,
    fence

-- name: heartbeat
update intake.run
set heartbeat_at = clock_timestamp()
where
    run_id = %(run_id)s
    and fence = %(fence)s
    and state = 'running'
    and heartbeat_at + make_interval(secs => lease_s) >= clock_timestamp()
returning run_id

-- name: end
update intake.run
set
    state = %(state)s,
    ended_at = clock_timestamp()
where
    run_id = %(run_id)s
    and fence = %(fence)s
    and state = 'running'
returning run_id

-- name: hold
select 1
from intake.run
where
    run_id = %(run_id)s
    and fence = %(fence)s
    and state = 'running'
    and heartbeat_at + make_interval(secs => lease_s) >= clock_timestamp()
for key share

-- name: add_seconds
insert into intake.run_stage (run_id, batch_id, stage, seconds)
values (%(run_id)s, %(batch_id)s, %(stage)s, %(seconds)s)
on conflict (run_id, batch_id, stage) do update set seconds = run_stage.seconds + excluded.seconds

-- name: recent
select
    run_id,
    what,
    case
        when state = 'running' and heartbeat_at + make_interval(secs => lease_s) < clock_timestamp() then 'interrupted'
        else state
    end,
    started_at,
    heartbeat_at,
    ended_at
from intake.run
order by run_id desc
limit %(limit)s

-- name: last_of
select
    run_id,
    what,
    case
        when state = 'running' and heartbeat_at + make_interval(secs => lease_s) < clock_timestamp() then 'interrupted'
        else state
    end,
    started_at,
    heartbeat_at,
    ended_at
from intake.run
where what = %(what)s
order by run_id desc
limit 1
