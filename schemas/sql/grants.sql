-- Who may do what. Applied whole after every change: first nobody may do anything.
revoke all on all tables in schema intake, reading, cadastre, people, review, recovery, audit, api
from public, diachinh_worker, diachinh_environment;
revoke all on all sequences in schema intake, reading, cadastre, people, review, recovery, audit, api
from public, diachinh_worker, diachinh_environment;
revoke all on all functions in schema intake, reading, cadastre, people, review, recovery, audit, api
from public, diachinh_worker, diachinh_environment;
revoke all on schema intake, reading, cadastre, people, review, recovery, audit, api
from public, diachinh_worker, diachinh_environment;

-- worker
grant usage on schema intake, reading, cadastre, people, recovery, audit, api to diachinh_worker;
grant select on all tables in schema intake, reading, cadastre, people, recovery, audit, api to diachinh_worker;
grant usage on sequence intake.fence to diachinh_worker;
grant insert, update on intake.run, intake.run_stage, intake.batch, intake.file, intake.batch_file, intake.page,
    intake.cited_file
to diachinh_worker;
grant delete on intake.batch_file to diachinh_worker;
grant insert, update, delete on reading.document, reading.document_page, reading.entry, reading.entry_field,
    reading.finding
to diachinh_worker;
grant insert, delete on reading.document_mark, reading.twin_page, reading.across_finding
to diachinh_worker;
grant insert on people.page_reading to diachinh_worker;
grant insert, update, delete on people.entry_field to diachinh_worker;
grant insert on cadastre.parcel, cadastre.parcel_version, cadastre.parcel_land_use, cadastre.parcel_source,
    cadastre.claim, cadastre.lineage_step, people.claim
to diachinh_worker;
grant insert, delete on cadastre.staged_parcel to diachinh_worker;
grant insert, update, delete on recovery.missing_case, recovery.case_batch, recovery.flagged to diachinh_worker;
-- worker: what people were asked and answered
grant usage on schema review to diachinh_worker;
grant select on all tables in schema review to diachinh_worker;
grant insert, update on review.question, people.question to diachinh_worker;
grant insert on review.import, review.answer, people.answer, review.link_question, review.link_answer,
    review.dispute_question, review.dispute_answer, people.dispute_answer
to diachinh_worker;
grant insert, update on people.imported_before to diachinh_worker;
-- worker: who handed in, and who is one person; what verifiers found it only sees
grant insert (batch_id, person) on intake.registration to diachinh_worker;
grant insert on people.person, people.person_mention, people.household, people.person_doubt to diachinh_worker;
grant execute on function people.may_be_one, people.name_words to diachinh_worker;
grant usage on sequence review.answer_id, review.dispute_answer_id to diachinh_worker;
grant execute on function audit.append, audit.chain_hash, cadastre.geometry_fault, reading.take_stock to diachinh_worker;

-- environment: the views of api. They run with the caller's rights, so it also holds what they read;
-- without usage on the schema cadastre it cannot name these tables itself.
grant usage on schema api to diachinh_environment;
grant select on api.parcel, api.parcel_land_use to diachinh_environment;
grant select on cadastre.latest_version, cadastre.parcel, cadastre.parcel_land_use, cadastre.parcel_source
to diachinh_environment;
grant select (
    version_id, parcel_id, known_from, withdrawn, valid_from, valid_to, area_m2, legal_area_m2, user_type, grade,
    status, geometry_note, geom
) on cadastre.parcel_version to diachinh_environment;
