create domain intake.sha256 as text check (value ~ '^[0-9a-f]{64}$');

create domain intake.kind as text check (value in (
    'so_muc_ke', 'so_dang_ky', 'so_dia_chinh', 'so_cap_gcn', 'gcn', 'trich_do', 'trich_luc', 'ban_do',
    'don_dang_ky', 'quyet_dinh', 'giay_to_tuy_than', 'khac'
));

create domain intake.form as text check (value in ('gcn_1993', 'gcn_1994', 'gcn_2003', 'gcn_2009', 'gcn_2024'));

create domain intake.era as text check (value in ('299', '1988', '1993', '2003', '2009', '2013', '2024'));

-- A date, or the month or year that is known of it.
create domain intake.iso_date as text check (value ~ '^\d{4}(-\d{2}(-\d{2})?)?$');

create sequence intake.fence as bigint;

create table intake.run (
    run_id bigint generated always as identity primary key,
    fence bigint not null unique default nextval('intake.fence'),
    what text not null,
    state text not null default 'running' check (state in ('running', 'done', 'failed', 'interrupted')),
    lease_s integer not null check (lease_s > 0),
    started_at timestamptz not null default clock_timestamp(),
    heartbeat_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    check ((state = 'running') = (ended_at is null))
);
comment on table intake.run is 'One process at work; it may write while its lease lasts.';
comment on column intake.run.fence is 'Shown with every write; a write of a run that lapsed is refused.';
comment on column intake.run.state is 'interrupted: gave no sign for lease_s seconds and was taken as dead.';
create index run_running on intake.run (heartbeat_at) where state = 'running';

create table intake.batch (
    batch_id text primary key check (batch_id ~ '^[0-9a-f]{16}$'),
    folder text not null,
    registered_at timestamptz not null default clock_timestamp()
);
comment on table intake.batch is 'A folder of scans as it was handed in.';
comment on column intake.batch.batch_id is
    'First 16 hex digits of the SHA-256 over its files (path and hash); the manifest does not count.';

create table intake.run_stage (
    run_id bigint not null references intake.run,
    batch_id text references intake.batch,
    stage text not null,
    seconds double precision not null check (seconds >= 0),
    unique nulls not distinct (run_id, batch_id, stage)
);
comment on table intake.run_stage is 'Seconds that a run spent in each stage, of one batch where it is known.';

create table intake.file (
    sha256 intake.sha256 primary key,
    size_bytes bigint not null check (size_bytes >= 0),
    media text check (media in ('pdf', 'tiff', 'jpeg', 'png')),
    state text not null default 'waiting' check (state in ('waiting', 'opened', 'quarantined', 'failed')),
    page_count integer check (page_count >= 1),
    reason_code text,
    reason_vi text,
    reason_en text,
    reader_version text,
    check ((state = 'opened') = (page_count is not null)),
    check ((state in ('quarantined', 'failed')) = (reason_code is not null))
);
comment on table intake.file is 'A kept original by its content; the bytes lie in the data folder.';

create table intake.batch_file (
    batch_id text not null references intake.batch,
    path text not null,
    sha256 intake.sha256 references intake.file,
    reason_code text,
    reason_vi text,
    reason_en text,
    in_folder boolean not null default true,
    unit_code text,
    unit_date text,
    kind intake.kind,
    container text,
    declared_pages integer,
    custodian text,
    replaces text,
    primary key (batch_id, path),
    check (not in_folder or (sha256 is null) = (reason_code is not null)),
    check (in_folder or num_nonnulls(sha256, reason_code) = 0)
);
comment on table intake.batch_file is 'Where a file lay in its batch, and what the manifest or the folders say of it.';
comment on column intake.batch_file.sha256 is 'Null where the file was refused before it was kept, or is not there.';
comment on column intake.batch_file.in_folder is 'False: the manifest names it and the folder lacks it.';
comment on column intake.batch_file.container is 'Shelf, box, volume with / between levels; the folders where no manifest says it.';
create index batch_file_sha256 on intake.batch_file (sha256);

create table intake.page (
    sha256 intake.sha256 not null references intake.file,
    page integer not null check (page >= 1),
    state text not null default 'waiting' check (state in ('waiting', 'read', 'blank', 'quarantined', 'failed')),
    reason_code text,
    reason_vi text,
    reason_en text,
    width_px integer check (width_px > 0),
    height_px integer check (height_px > 0),
    kind intake.kind,
    form intake.form,
    era intake.era,
    quality text check (quality in ('clean', 'worn', 'bad')),
    capture text check (capture in ('flatbed', 'feeder', 'photo')),
    copy_kind text check (copy_kind in ('original', 'certified_copy', 'photocopy')),
    printed_no text,
    reader_version text,
    primary key (sha256, page),
    check ((state in ('quarantined', 'failed')) = (reason_code is not null)),
    check ((state = 'waiting') = (reader_version is null))
);
comment on table intake.page is 'Every page of every opened file, in exactly one state.';
comment on column intake.page.state is
    'quarantined: the input is at fault and a person decides; failed: ours, tried again; waiting: not over.';
