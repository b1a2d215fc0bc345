create view audit.lost_page with (security_invoker = true) as
select
    f.sha256,
    f.page_count,
    count(p.page) as pages
from intake.file as f
left join intake.page as p on p.sha256 = f.sha256
group by f.sha256
having count(p.page) <> coalesce(f.page_count, 0) or max(p.page) <> f.page_count;
comment on view audit.lost_page is 'Must be empty: files whose pages do not add up to what was counted at opening.';

create view audit.unread_page with (security_invoker = true) as
select
    p.sha256,
    p.page
from intake.page as p
where
    p.state in ('read', 'blank')
    and p.kind is distinct from 'du_lieu'
    and not exists (
        select
        from people.page_reading as r
        where r.sha256 = p.sha256 and r.page = p.page and r.reader_version = p.reader_version
    );
comment on view audit.unread_page is 'Must be empty: pages said to be read whose reading is not there; imported files have none.';

create view audit.torn_parcel with (security_invoker = true) as
select
    v.version_id,
    v.parcel_id
from cadastre.parcel_version as v
where
    not v.withdrawn
    and not exists (select from cadastre.parcel_source as s where s.version_id = v.version_id);
comment on view audit.torn_parcel is 'Must be empty: parcel versions that cite no entry.';

create view audit.overlapping_parcel with (security_invoker = true) as
select
    a.parcel_id,
    b.parcel_id as other_id,
    st_area(st_intersection(a.geom, b.geom)) as overlap_m2
from api.parcel as a
inner join api.parcel as b
    on a.geom && b.geom and a.parcel_id < b.parcel_id and a.unit = b.unit and a.era = b.era
where st_relate(a.geom, b.geom, '2********') and st_area(st_intersection(a.geom, b.geom)) > 0.05;
comment on view audit.overlapping_parcel is
    'Must be empty or explained: parcels of one map series that share more than 0.05 square metres.';

create view audit.broken_link with (security_invoker = true) as
select chained.seq
from (
    select
        l.*,
        lag(l.seq, 1, 0::bigint) over (order by l.seq) as seq_before,
        lag(l.hash, 1, ''::bytea) over (order by l.seq) as hash_before
    from audit.log as l
) as chained
where
    chained.seq <> chained.seq_before + 1
    or chained.prev_hash <> chained.hash_before
    or chained.hash <> audit.chain_hash(
        chained.prev_hash, chained.seq, chained.at, chained.actor, chained.action, chained.subject, chained.detail
    );
comment on view audit.broken_link is 'Must be empty: rows of the log that do not fit the row before or were changed.';
