create view cadastre.parcel_history with (security_invoker = true) as
select
    v.*,
    lead(v.known_from) over (partition by v.parcel_id order by v.version_id) as known_to
from cadastre.parcel_version as v;
comment on view cadastre.parcel_history is 'All versions; known_to is null on the last of each parcel.';

create view cadastre.latest_version with (security_invoker = true) as
select
    v.version_id,
    v.parcel_id,
    v.known_from,
    v.withdrawn,
    v.valid_from,
    v.valid_to,
    v.area_m2,
    v.legal_area_m2,
    v.user_type,
    v.grade,
    v.status,
    v.geometry_note,
    v.geom
from cadastre.parcel_version as v
where not exists (
    select
    from cadastre.parcel_version as later
    where later.parcel_id = v.parcel_id and later.version_id > v.version_id
);
comment on view cadastre.latest_version is 'The last version of each parcel, withdrawn ones too.';
