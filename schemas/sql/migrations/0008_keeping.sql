alter table intake.batch add column withdrawn_at timestamptz;
comment on column intake.batch.withdrawn_at is
    'Since when the batch is taken back: nothing of it is exported; handing the folder in again brings it back.';

create table intake.assignment (
    batch_id text not null references intake.batch,
    login name not null,
    assigned_at timestamptz not null default clock_timestamp(),
    ends_at timestamptz,
    primary key (batch_id, login),
    check (ends_at >= assigned_at)
);
comment on table intake.assignment is 'Which lots (batches) a contractor''s login may see, and until when.';
create index assignment_login on intake.assignment (login, batch_id);

-- Not in backups, and gone after a crash: whoever reads asks again.
create unlogged table people.read_permit (
    permit_id bigint generated always as identity primary key,
    batch_id text not null references intake.batch,
    login name not null,
    reason text not null check (length(btrim(reason)) between 1 and 500),
    opened_at timestamptz not null default clock_timestamp(),
    opened_in xid8 not null default pg_current_xact_id(),
    log_seq bigint not null unique references audit.log
);
comment on table people.read_permit is
    'Who may read the identity of which batch, for a short time: its row of the log is committed before it counts.';
comment on column people.read_permit.opened_in is
    'The transaction that asked; a permit is of no use in it, so a rollback cannot hide that someone read.';

create table people.identity_mark (
    mark_id bigint generated always as identity primary key,
    entry_id text not null,
    owner_no integer not null check (owner_no >= 1),
    state text not null check (state in ('verified', 'doubtful')),
    ground text not null check (length(btrim(ground)) between 1 and 500),
    marked_by name not null,
    marked_at timestamptz not null default clock_timestamp(),
    log_seq bigint not null unique references audit.log
);
comment on table people.identity_mark is 'Owners whose identity a verifier compared with a proof; insert only, the last mark counts.';
comment on column people.identity_mark.owner_no is 'n-th person of the entry''s owners.';
comment on column people.identity_mark.ground is 'The proof that was seen: the kind of paper and where it lies, no number of it.';
create index identity_mark_entry on people.identity_mark (entry_id, owner_no, mark_id);

-- Functions of the owner read and write here for those who may; the owner itself never logs in.
alter table people.read_permit enable row level security;
alter table people.read_permit force row level security;
create policy own on people.read_permit to diachinh_owner
using (login = session_user) with check (login = session_user);

alter table people.identity_mark enable row level security;
alter table people.identity_mark force row level security;
create policy seen on people.identity_mark for select to diachinh_owner, diachinh_worker, diachinh_verifier using (true);
-- Whatever is granted by mistake: a login that scans or reviews cannot mark, nor can one mark in another's name.
create policy verifier_only on people.identity_mark for insert to diachinh_owner
with check (
    marked_by = session_user
    and pg_has_role(session_user, 'diachinh_verifier', 'usage')
    and not pg_has_role(session_user, 'diachinh_scanner', 'usage')
    and not pg_has_role(session_user, 'diachinh_reviewer', 'usage')
);

create policy permitted on people.entry_field for select to diachinh_owner using (true);

-- A contractor sees the lots assigned to its login, all others see all lots.
do $$
declare
    named text;
begin
    foreach named in array array[
        'intake.batch', 'intake.batch_file', 'reading.document', 'reading.document_page', 'reading.entry',
        'reading.entry_field', 'reading.finding'
    ]
    loop
        execute format('alter table %s enable row level security', named);
        execute format('alter table %s force row level security', named);
        execute format(
            'create policy all_lots on %s to diachinh_owner, diachinh_worker, diachinh_scanner, diachinh_reviewer, '
            'diachinh_verifier, diachinh_consultant, diachinh_administrator using (true) with check (true)', named
        );
        execute format(
            'create policy assigned_lots on %s for select to diachinh_contractor using (exists ('
            'select from intake.assignment as a where a.batch_id = %s.batch_id and a.login = current_user '
            'and coalesce(a.ends_at > now(), true)))', named, named
        );
    end loop;
end
$$;

alter table intake.assignment enable row level security;
alter table intake.assignment force row level security;
create policy all_lots on intake.assignment to diachinh_owner, diachinh_worker, diachinh_administrator
using (true) with check (true);
create policy own_lots on intake.assignment for select to diachinh_contractor using (login = current_user);

alter table intake.page enable row level security;
alter table intake.page force row level security;
create policy all_lots on intake.page to diachinh_owner, diachinh_worker, diachinh_scanner, diachinh_reviewer,
    diachinh_verifier, diachinh_consultant, diachinh_administrator
using (true) with check (true);
create policy assigned_lots on intake.page for select to diachinh_contractor
using (exists (select from intake.batch_file as f where f.sha256 = page.sha256));
