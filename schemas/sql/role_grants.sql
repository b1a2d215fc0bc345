-- Who else may do what, after grants.sql; roles_matrix.csv says the same for people, and a test compares the two.
revoke all on all tables in schema intake, reading, cadastre, people, review, recovery, audit, api
from diachinh_scanner, diachinh_reviewer, diachinh_verifier, diachinh_contractor, diachinh_consultant,
    diachinh_administrator;
revoke all on all sequences in schema intake, reading, cadastre, people, review, recovery, audit, api
from diachinh_scanner, diachinh_reviewer, diachinh_verifier, diachinh_contractor, diachinh_consultant,
    diachinh_administrator;
revoke all on all functions in schema intake, reading, cadastre, people, review, recovery, audit, api
from diachinh_scanner, diachinh_reviewer, diachinh_verifier, diachinh_contractor, diachinh_consultant,
    diachinh_administrator;
revoke all on schema intake, reading, cadastre, people, review, recovery, audit, api
from diachinh_scanner, diachinh_reviewer, diachinh_verifier, diachinh_contractor, diachinh_consultant,
    diachinh_administrator;

-- worker: it reads identity through the store, which logs first (store/layers.py), and holds no permits
revoke all on people.read_permit, people.verification_permit, people.masked_field from diachinh_worker;

-- scanner: hands batches in and sees what became of its pages
grant usage on schema intake to diachinh_scanner;
grant usage on sequence intake.fence to diachinh_scanner;
grant select, insert, update on intake.run, intake.run_stage, intake.batch, intake.batch_file to diachinh_scanner;
grant delete on intake.batch_file to diachinh_scanner;
grant select, insert on intake.file to diachinh_scanner;
grant select on intake.page, intake.standing_file to diachinh_scanner;
grant insert (batch_id, person) on intake.registration to diachinh_scanner;

-- reviewer: all that papers say but people; those masked, or whole after asking
grant usage on schema intake, reading, cadastre, people, recovery, api to diachinh_reviewer;
grant select on intake.run, intake.run_stage, intake.batch, intake.batch_file, intake.file, intake.page,
    intake.standing_file, intake.page_line, intake.replaced_file, intake.cited_file
to diachinh_reviewer;
grant select on reading.twin_page, reading.standing_document, reading.across_finding to diachinh_reviewer;
grant select on reading.document, reading.document_page, reading.entry, reading.entry_field, reading.finding
to diachinh_reviewer;
grant select on cadastre.parcel, cadastre.parcel_version, cadastre.parcel_history, cadastre.latest_version,
    cadastre.parcel_land_use, cadastre.parcel_source, cadastre.claim, cadastre.lineage_step, cadastre.lineage
to diachinh_reviewer;
grant select on recovery.missing_case, recovery.case_batch to diachinh_reviewer;
grant select on api.parcel, api.parcel_land_use to diachinh_reviewer;
grant update (status) on recovery.missing_case to diachinh_reviewer;
grant select on people.masked_field to diachinh_reviewer;
grant execute on function people.masked_fields, people.ask_to_read, people.identity_of to diachinh_reviewer;

-- verifier: entries, people after asking, and the marks
grant usage on schema intake, reading, people to diachinh_verifier;
grant select on intake.batch, intake.batch_file, intake.file, intake.page, intake.standing_file, intake.cited_file
to diachinh_verifier;
grant select on reading.document, reading.document_page, reading.entry, reading.entry_field, reading.finding
to diachinh_verifier;
grant select on people.masked_field, people.identity_mark to diachinh_verifier;
grant execute on function people.masked_fields, people.ask_to_read, people.identity_of, people.mark_identity
to diachinh_verifier;
grant execute on function people.open_verification, people.ask_to_verify, people.verification_rows,
    people.verification_lists, people.own_rows, people.take_results, people.take_back_results, people.end_verification
to diachinh_verifier;

-- contractor: the same of its own lots (row policies), and no marks
grant usage on schema intake, reading, people to diachinh_contractor;
grant select on intake.assignment, intake.batch, intake.batch_file, intake.page, intake.cited_file
to diachinh_contractor;
grant select on reading.document, reading.document_page, reading.entry, reading.entry_field, reading.finding
to diachinh_contractor;
grant select on people.masked_field to diachinh_contractor;
grant execute on function people.masked_fields, people.ask_to_read, people.identity_of to diachinh_contractor;

-- consultant: figures of runs and lots. Its views run with its own rights, so it holds the columns that they count;
-- without usage on the schemas it cannot name the tables itself.
grant usage on schema api to diachinh_consultant;
grant select on api.run, api.lot, api.lot_figure to diachinh_consultant;
grant select (run_id, state, lease_s, started_at, heartbeat_at, ended_at) on intake.run to diachinh_consultant;
grant select (batch_id, stage, seconds) on intake.run_stage to diachinh_consultant;
grant select (batch_id, registered_at, withdrawn_at) on intake.batch to diachinh_consultant;
grant select (batch_id, sha256, in_folder) on intake.batch_file to diachinh_consultant;
grant select (sha256, page, state) on intake.page to diachinh_consultant;
grant select (batch_id, kind) on reading.document to diachinh_consultant;
grant select (batch_id, status) on reading.entry to diachinh_consultant;
grant select (batch_id, status) on reading.entry_field to diachinh_consultant;
grant select (batch_id, code) on reading.finding to diachinh_consultant;

-- administrator: assigns lots, reads the log, looks for faults; no paper, no person
grant usage on schema intake, audit, api to diachinh_administrator;
grant select, insert, update, delete on intake.assignment to diachinh_administrator;
grant select on intake.run, intake.run_stage, intake.batch, intake.file to diachinh_administrator;
grant select (batch_id, sha256, in_folder) on intake.batch_file to diachinh_administrator;
grant select (sha256, page, state) on intake.page to diachinh_administrator;
grant select on api.run, api.lot to diachinh_administrator;
grant select on audit.log, audit.migration, audit.broken_link, audit.lost_page to diachinh_administrator;
grant execute on function audit.chain_hash to diachinh_administrator;
