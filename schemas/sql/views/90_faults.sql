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

create view audit.unfounded_value with (security_invoker = true) as
select
    v.version_id,
    v.parcel_id,
    a.attribute
from cadastre.latest_version as v
inner join cadastre.parcel_version as w on w.version_id = v.version_id
cross join lateral (
    select jsonb_object_keys(w.attributes) as attribute
    union
    select c.attribute
    from cadastre.claim as c
    where c.version_id = v.version_id and c.standing = 'current'
    union
    select 'area_m2' where v.area_m2 is not null
    union
    select 'legal_area_m2' where v.legal_area_m2 is not null
    union
    select 'user_type' where v.user_type is not null
    union
    select 'land_use'
    where exists (select from cadastre.parcel_land_use as u where u.version_id = v.version_id)
    union
    -- a boundary rests on the shape of an imported map, or on corners
    select
        case
            when
                exists (
                    select
                    from cadastre.claim as c
                    where c.version_id = v.version_id and c.attribute = 'shape' and c.standing = 'current'
                )
                then 'shape'
            else 'corners'
        end
    where v.geom is not null
) as a
where
    not v.withdrawn
    and not exists (
        select
        from cadastre.claim as c
        inner join reading.entry as e on e.entry_id = c.entry_id
        inner join reading.any_field as f on f.batch_id = e.batch_id and f.entry_id = e.entry_id
        where
            c.version_id = v.version_id
            and c.attribute = a.attribute
            and c.standing = 'current'
            and c.rule <> ''
            and (f.box is not null or f.source = 'import')
    );
comment on view audit.unfounded_value is
    'Must be empty: current values without a rule, or without a claim whose entry has a box on a page or was imported.';

create view audit.changed_claim with (security_invoker = true) as
select
    c.oid::regclass::text as name,
    pg_stat_get_tuples_updated(c.oid) as updated,
    pg_stat_get_tuples_deleted(c.oid) as deleted,
    g.guards
from pg_class as c
cross join lateral (
    select count(*) as guards
    from pg_trigger as t
    where
        t.tgrelid = c.oid
        and t.tgfoid = 'audit.refuse_change'::regproc
        and t.tgenabled = 'O'
        -- before each statement; one for update and delete, one for truncate
        and t.tgtype in (26, 34)
) as g
where
    c.oid in (
        'cadastre.parcel'::regclass, 'cadastre.parcel_version'::regclass, 'cadastre.parcel_land_use'::regclass,
        'cadastre.parcel_source'::regclass, 'cadastre.claim'::regclass, 'people.claim'::regclass
    )
    and (pg_stat_get_tuples_updated(c.oid) > 0 or pg_stat_get_tuples_deleted(c.oid) > 0 or g.guards <> 2);
comment on view audit.changed_claim is
    'Must be empty: published tables of which rows were updated or deleted, or that nothing keeps from it any more.';
