create table cadastre.parcel (
    parcel_id text primary key,
    parcel_key text not null unique,
    unit text not null,
    era intake.era not null,
    sheet_no text not null,
    parcel_no text not null,
    unique (unit, era, sheet_no, parcel_no)
);
comment on table cadastre.parcel is 'A parcel by its key; what is known of it stands in its versions.';
comment on column cadastre.parcel.parcel_key is 'UNIT@ERA/SHEET/PARCEL.';
comment on column cadastre.parcel.unit is 'Code of the commune at that time, or ~ with its folded name where no code existed.';
comment on column cadastre.parcel.era is 'The map series: each has its own numbering.';

create table cadastre.parcel_version (
    version_id bigint generated always as identity primary key,
    parcel_id text not null references cadastre.parcel,
    publish_id uuid not null,
    known_from timestamptz not null,
    withdrawn boolean not null default false,
    content_hash text,
    valid_from intake.iso_date,
    valid_to intake.iso_date,
    area_m2 double precision check (area_m2 >= 0),
    legal_area_m2 double precision check (legal_area_m2 >= 0),
    user_type text,
    grade smallint check (grade in (1, 2, 3)),
    status text check (status in ('consistent', 'conflict', 'review')),
    attributes jsonb not null default '{}' check (not attributes ?| array['owners', 'change_note']),
    geometry_note text,
    geom geometry(multipolygon, 5899),
    unique (parcel_id, known_from),
    check (withdrawn = (content_hash is null)),
    check (withdrawn or (grade is not null and status is not null)),
    check (valid_to >= valid_from),
    check (geom is null or st_isvalid(geom))
);
comment on table cadastre.parcel_version is 'What was known of a parcel, insert only: a later version closes the one before.';
comment on column cadastre.parcel_version.known_from is 'Since when we knew it; the next version of the parcel ends it.';
comment on column cadastre.parcel_version.withdrawn is 'No paper speaks of the parcel any more.';
comment on column cadastre.parcel_version.valid_from is 'Since when it held on the land, where a paper says so.';
comment on column cadastre.parcel_version.area_m2 is 'Measured area.';
comment on column cadastre.parcel_version.legal_area_m2 is 'Area by the legal papers; a difference is data.';
comment on column cadastre.parcel_version.grade is '1 good, 2 to be corrected or verified, 3 unusable.';
create index parcel_version_parcel on cadastre.parcel_version (parcel_id, version_id);
create index parcel_version_publish on cadastre.parcel_version (publish_id);
create index parcel_version_geom on cadastre.parcel_version using gist (geom);

create table cadastre.parcel_land_use (
    version_id bigint not null references cadastre.parcel_version,
    ord integer not null,
    code text not null,
    area_m2 double precision,
    primary key (version_id, ord)
);
comment on table cadastre.parcel_land_use is 'Purposes of a parcel version, codes as printed.';

create table cadastre.parcel_source (
    version_id bigint not null references cadastre.parcel_version,
    entry_id text not null,
    primary key (version_id, entry_id)
);
comment on table cadastre.parcel_source is 'The entries that a parcel version rests on.';
create index parcel_source_entry on cadastre.parcel_source (entry_id);

create table cadastre.claim (
    version_id bigint not null references cadastre.parcel_version,
    ord integer not null,
    attribute text not null check (attribute not in ('owners', 'change_note')),
    value jsonb,
    entry_id text not null,
    era intake.era,
    asserted_on intake.iso_date,
    standing text not null check (standing in ('current', 'superseded', 'disputed')),
    rule text not null,
    primary key (version_id, ord)
);
comment on table cadastre.claim is 'Every value that a paper asserts of a parcel, and the rule that says which stands.';

create table people.claim (
    version_id bigint not null references cadastre.parcel_version,
    ord integer not null,
    attribute text not null check (attribute in ('owners', 'change_note')),
    value jsonb,
    entry_id text not null,
    era intake.era,
    asserted_on intake.iso_date,
    standing text not null check (standing in ('current', 'superseded', 'disputed')),
    rule text not null,
    primary key (version_id, ord)
);
comment on table people.claim is 'The claims of a parcel version that hold personal data.';
alter table people.claim enable row level security;
alter table people.claim force row level security;
create policy worker on people.claim to diachinh_worker using (true) with check (true);

create unlogged table cadastre.staged_parcel (
    publish_id uuid not null,
    run_id bigint not null references intake.run,
    parcel_id text not null,
    parcel_key text not null,
    unit text not null,
    era text not null,
    sheet_no text not null,
    parcel_no text not null,
    content_hash text not null,
    valid_from text,
    area_m2 double precision,
    legal_area_m2 double precision,
    user_type text,
    grade smallint not null,
    status text not null,
    attributes jsonb not null,
    land_use jsonb not null,
    claims jsonb not null,
    entry_ids text[] not null,
    geometry_note text,
    geom geometry(multipolygon, 5899),
    primary key (publish_id, parcel_id)
);
comment on table cadastre.staged_parcel is 'Parcels on their way into one publication; emptied by it.';
