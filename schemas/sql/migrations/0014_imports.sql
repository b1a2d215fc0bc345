-- Data that earlier projects made: an imported file counts as one page, its rows make the entries.

alter domain intake.kind drop constraint kind_check;
alter domain intake.kind add constraint kind_check check (value in (
    'so_muc_ke', 'so_dang_ky', 'so_dia_chinh', 'so_cap_gcn', 'gcn', 'trich_do', 'trich_luc', 'ban_do',
    'don_dang_ky', 'quyet_dinh', 'giay_to_tuy_than', 'khac', 'du_lieu'
));

alter table reading.entry_field drop constraint entry_field_source_check;
alter table reading.entry_field add constraint entry_field_source_check
check (source in ('paper', 'manifest', 'inferred', 'import'));
alter table people.entry_field drop constraint entry_field_source_check;
alter table people.entry_field add constraint entry_field_source_check
check (source in ('paper', 'manifest', 'inferred', 'import'));

create table intake.cited_file (
    batch_id text not null references intake.batch,
    sha256 intake.sha256 not null,
    path text not null,
    hash_given boolean not null,
    primary key (batch_id, sha256)
);
comment on table intake.cited_file is
    'Scans that imported entries cite as their evidence, as their source named them; they are not held here.';
comment on column intake.cited_file.hash_given is 'False: the source told no hash, and sha256 is made from the name alone.';

alter table reading.entry add column cited_sha256 intake.sha256;
alter table reading.entry add column cited_page integer check (cited_page >= 1);
alter table reading.entry add column cited_row integer check (cited_row >= 1);
alter table reading.entry add constraint entry_cited_check
check ((cited_sha256 is null) = (cited_page is null) and (cited_sha256 is not null or cited_row is null));
comment on column reading.entry.cited_sha256 is
    'Of an imported entry the scan on which it stood at its source (intake.cited_file); sha256 is the imported file.';
comment on column reading.entry.cited_page is 'The page of that scan.';
comment on column reading.entry.cited_row is 'n-th parcel row of that page.';

alter table intake.cited_file enable row level security;
alter table intake.cited_file force row level security;
create policy all_lots on intake.cited_file to diachinh_owner, diachinh_worker, diachinh_scanner, diachinh_reviewer,
    diachinh_verifier, diachinh_consultant, diachinh_administrator
using (true) with check (true);
create policy assigned_lots on intake.cited_file for select to diachinh_contractor
using (exists (
    select from intake.assignment as a
    where a.batch_id = cited_file.batch_id and a.login = current_user and coalesce(a.ends_at > now(), true)
));
