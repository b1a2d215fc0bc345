create view api.run with (security_invoker = true) as
select
    r.run_id,
    case
        when r.state = 'running' and r.heartbeat_at + make_interval(secs => r.lease_s) < clock_timestamp()
            then 'interrupted'
        else r.state
    end as state,
    r.started_at,
    r.heartbeat_at,
    r.ended_at
from intake.run as r;
comment on view api.run is 'Runs and how they ended; no parameters and no names.';

create view api.lot with (security_invoker = true) as
select
    b.batch_id,
    b.registered_at,
    b.withdrawn_at,
    (select count(*) from intake.batch_file as f where f.batch_id = b.batch_id and f.in_folder) as files
from intake.batch as b;
comment on view api.lot is 'Lots (batches) by their id; no folder and no file name, which could name a person.';

create view api.lot_figure with (security_invoker = true) as
select
    f.batch_id,
    'pages' as section,
    p.state as name,
    count(distinct (p.sha256, p.page)) as number
from intake.batch_file as f
inner join intake.batch as b on b.batch_id = f.batch_id
inner join intake.page as p on p.sha256 = f.sha256
where b.withdrawn_at is null
group by f.batch_id, p.state
union all
select
    d.batch_id,
    'documents',
    d.kind::text,
    count(*)
from reading.document as d
group by d.batch_id, d.kind
union all
select
    e.batch_id,
    'entries',
    e.status,
    count(*)
from reading.entry as e
group by e.batch_id, e.status
union all
select
    v.batch_id,
    'fields',
    v.status,
    count(*)
from reading.entry_field as v
group by v.batch_id, v.status
union all
select
    n.batch_id,
    'findings',
    n.code,
    count(*)
from reading.finding as n
group by n.batch_id, n.code
union all
select
    s.batch_id,
    'seconds',
    s.stage,
    ceil(sum(s.seconds))::bigint
from intake.run_stage as s
where s.batch_id is not null
group by s.batch_id, s.stage;
comment on view api.lot_figure is
    'The quality of a lot in numbers: pages, documents, entries, fields without personal data, findings, seconds.';
