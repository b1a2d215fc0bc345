create or replace function cadastre.geometry_fault(geom geometry) returns text
language sql
immutable
set search_path = pg_catalog, public
as $$
    select case
        when not st_isvalid(geom) then st_isvalidreason(geom)
        -- The old province in EPSG:5899 with margin (VN-2000, 107°45'): east 440-608 km, north 1651-1781 km.
        when not st_coveredby(geom, st_makeenvelope(440000, 1651000, 608000, 1781000, 5899))
            then 'outside the range of EPSG:5899'
    end
$$;
comment on function cadastre.geometry_fault is 'Why a geometry cannot be published; null where it can.';
