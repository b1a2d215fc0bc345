create view api.parcel with (security_invoker = true) as
select
    p.parcel_id,
    p.parcel_key,
    p.unit,
    p.era::text as era,
    p.sheet_no,
    p.parcel_no,
    v.area_m2,
    v.legal_area_m2,
    v.user_type,
    v.grade,
    v.status,
    v.valid_from::text as valid_from,
    v.valid_to::text as valid_to,
    v.known_from,
    (select count(*) from cadastre.parcel_source as s where s.version_id = v.version_id) as source_count,
    v.geometry_note,
    v.geom
from cadastre.parcel as p
inner join cadastre.latest_version as v on v.parcel_id = p.parcel_id
where not v.withdrawn;
comment on view api.parcel is 'Parcels as they are known now; no personal data.';
comment on column api.parcel.parcel_key is 'UNIT@ERA/SHEET/PARCEL: commune code at that time, map series, sheet, parcel number.';
comment on column api.parcel.area_m2 is 'Measured area in square metres.';
comment on column api.parcel.legal_area_m2 is 'Area by the legal papers in square metres.';
comment on column api.parcel.grade is '1 good, 2 to be corrected or verified, 3 unusable.';
comment on column api.parcel.status is 'consistent, conflict (papers disagree) or review (a person is needed).';
comment on column api.parcel.valid_from is 'Since when it held on the land: year, year-month or date.';
comment on column api.parcel.known_from is 'Since when the register knew it.';
comment on column api.parcel.source_count is 'Number of paper entries that it rests on.';
comment on column api.parcel.geom is 'EPSG:5899; null where no paper gives a boundary.';

create view api.parcel_land_use with (security_invoker = true) as
select
    v.parcel_id,
    u.ord,
    u.code,
    u.area_m2
from cadastre.latest_version as v
inner join cadastre.parcel_land_use as u on u.version_id = v.version_id
where not v.withdrawn;
comment on view api.parcel_land_use is 'Purposes of parcels as they are known now.';
comment on column api.parcel_land_use.code is 'Land-use code as printed on the papers.';
comment on column api.parcel_land_use.area_m2 is 'Square metres of the purpose; null where not printed.';
