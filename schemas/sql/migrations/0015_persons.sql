create table intake.registration (
    batch_id text not null references intake.batch,
    login name not null default session_user,
    person text check (length(btrim(person)) between 1 and 200),
    at timestamptz not null default clock_timestamp(),
    unique nulls not distinct (batch_id, login, person)
);
comment on table intake.registration is
    'Who handed a batch in, by login and, where it was said, by name: they do not verify its people. Insert only.';
comment on column intake.registration.person is 'The name of who scanned, as said with digitise --by; null where unsaid.';

alter table review.import add column login name;
alter table review.import alter column login set default session_user;
comment on column review.import.login is 'The login that brought the answers in; null of imports older than this column.';

create index entry_of_document on reading.entry (document_id, entry_id);
create index page_of_document on reading.document_page (document_id, sha256);
create policy handlers on people.answer for select to diachinh_owner using (true);

create table people.person (
    version_id bigint generated always as identity primary key,
    person_id text not null check (person_id ~ '^[0-9a-f]{16}$'),
    known_from timestamptz not null default clock_timestamp(),
    gone boolean not null default false,
    content_hash text,
    facts_hash text,
    organisation boolean,
    name text,
    sex text check (sex in ('nam', 'nu')),
    birth_year integer check (birth_year between 1800 and 2200),
    numbers jsonb,
    address text,
    unit_codes text[],
    joins jsonb,
    check (gone = (content_hash is null)),
    check (gone or num_nulls(facts_hash, organisation, name, numbers, unit_codes, joins) = 0)
);
comment on table people.person is
    'A person or organisation that papers name, insert only: a later version of a person closes the one before.';
comment on column people.person.person_id is 'From the smallest of its mentions.';
comment on column people.person.gone is 'Its mentions are another person''s now, or no paper names it any more.';
comment on column people.person.facts_hash is 'Hash of what is verified: name, sex, birth year and numbers.';
comment on column people.person.numbers is 'Identity numbers as [kind, number], each once.';
comment on column people.person.unit_codes is 'Communes of the entries that name it, by the codes of their time.';
comment on column people.person.joins is 'Why its mentions are one person: [mention, mention, weight, reasons].';
create index person_latest on people.person (person_id, version_id desc);

create table people.person_mention (
    version_id bigint not null references people.person,
    entry_id text not null,
    owner_no integer not null check (owner_no >= 1),
    primary key (version_id, entry_id, owner_no)
);
comment on table people.person_mention is 'The owners of entries that a version of a person stands for.';
create index person_mention_entry on people.person_mention (entry_id, owner_no);

create table people.household (
    version_id bigint generated always as identity primary key,
    household_id text not null check (household_id ~ '^[0-9a-f]{16}$'),
    known_from timestamptz not null default clock_timestamp(),
    gone boolean not null default false,
    content_hash text,
    person_ids text[],
    head text,
    check (gone = (content_hash is null)),
    check (gone = (person_ids is null))
);
comment on table people.household is
    'Persons whom papers name together as a household (hộ) or a couple, insert only: the last version stands.';
comment on column people.household.head is 'Who a paper names as the household''s head (chủ hộ).';
create index household_latest on people.household (household_id, version_id desc);

create table people.person_doubt (
    doubt_id bigint generated always as identity primary key,
    known_from timestamptz not null default clock_timestamp(),
    kind text not null check (kind in ('number-misread', 'number-shared')),
    one text not null,
    other text not null,
    gone boolean not null default false
);
comment on table people.person_doubt is
    'Two mentions (ENTRY#n) that stay two persons until somebody looks, insert only: the last row of a pair stands.';

create table people.verification_batch (
    batch_id text primary key check (batch_id ~ '^v[0-9a-f]{12}$'),
    unit_code text,
    reason text not null check (length(btrim(reason)) between 1 and 500),
    made_by name not null,
    made_at timestamptz not null default clock_timestamp(),
    log_seq bigint not null unique references audit.log
);
comment on table people.verification_batch is
    'A list of persons that went out to the authorised verifier; insert only. A person is in one open list at a time.';

create table people.verification_row (
    batch_id text not null references people.verification_batch,
    row_id text not null check (row_id ~ '^[0-9a-f]{10}$'),
    version_id bigint not null references people.person,
    primary key (batch_id, row_id),
    unique (batch_id, version_id)
);
comment on table people.verification_row is 'The persons of a list as they were known when it went out.';
create index verification_row_version on people.verification_row (version_id);

create table people.verification_end (
    batch_id text primary key references people.verification_batch,
    ended_by name not null,
    ended_at timestamptz not null default clock_timestamp(),
    log_seq bigint not null unique references audit.log
);
comment on table people.verification_end is 'Lists that were taken back: their persons may go out in another one.';

create table people.verification_import (
    import_id bigint generated always as identity primary key,
    batch_id text not null references people.verification_batch,
    file_sha256 intake.sha256 not null,
    content_hash text not null,
    login name not null,
    person text not null check (length(btrim(person)) between 1 and 200),
    at timestamptz not null default clock_timestamp(),
    undoes bigint unique references people.verification_import,
    log_seq bigint not null unique references audit.log
);
comment on table people.verification_import is 'Results that came in together, and the taking back of such; insert only.';
comment on column people.verification_import.person is 'Who answers for the results, by name.';
create index verification_import_batch on people.verification_import (batch_id);

create table people.verification (
    verification_id bigint generated always as identity primary key,
    import_id bigint not null references people.verification_import,
    batch_id text not null,
    row_id text not null,
    result text not null check (result in ('matches', 'differs', 'not_found')),
    corrections jsonb not null default '{}',
    checked_on date not null,
    checked_by text not null check (length(btrim(checked_by)) between 1 and 200),
    foreign key (batch_id, row_id) references people.verification_row,
    check ((result = 'differs') = (corrections <> '{}')),
    check (corrections - array['name', 'sex', 'birth_year', 'cmnd', 'cccd'] = '{}'),
    check (coalesce(corrections ->> 'cmnd' ~ '^\d{9}$', true)),
    check (coalesce(corrections ->> 'cccd' ~ '^\d{12}$', true)),
    check (coalesce(corrections ->> 'sex' in ('nam', 'nu'), true))
);
comment on table people.verification is
    'What the authorised verifier found of a person, beside what papers say, never over it; insert only.';
comment on column people.verification.corrections is 'What is right instead, by the verifier: a claim with its own source.';
create index verification_of_row on people.verification (batch_id, row_id, verification_id);

create unlogged table people.verification_permit (
    permit_id bigint generated always as identity primary key,
    batch_id text not null references people.verification_batch,
    login name not null,
    opened_at timestamptz not null default clock_timestamp(),
    opened_in xid8 not null default pg_current_xact_id(),
    log_seq bigint not null unique references audit.log
);
comment on table people.verification_permit is
    'Who may read which list, for a short time: its row of the log is committed before it counts.';

-- The worker finds out who is one person; the lists and results are written by functions of the owner alone.
do $$
declare
    named text;
begin
    foreach named in array array['person', 'person_mention', 'household', 'person_doubt']
    loop
        execute format('alter table people.%I enable row level security', named);
        execute format('alter table people.%I force row level security', named);
        execute format('create policy worker on people.%I to diachinh_worker using (true) with check (true)', named);
        execute format('create policy seen on people.%I for select to diachinh_owner using (true)', named);
    end loop;
    -- Whatever is granted by mistake: a login that scans, reviews or works on lots verifies nobody.
    foreach named in array array[
        'verification_batch', 'verification_row', 'verification_end', 'verification_import', 'verification',
        'verification_permit'
    ]
    loop
        execute format('alter table people.%I enable row level security', named);
        execute format('alter table people.%I force row level security', named);
        execute format(
            'create policy seen on people.%I for select to diachinh_owner, diachinh_worker using (true)', named
        );
        execute format(
            'create policy verifier_only on people.%I for insert to diachinh_owner with check ('
            'pg_has_role(session_user, ''diachinh_verifier'', ''usage'') '
            'and not pg_has_role(session_user, ''diachinh_scanner'', ''usage'') '
            'and not pg_has_role(session_user, ''diachinh_reviewer'', ''usage'') '
            'and not pg_has_role(session_user, ''diachinh_contractor'', ''usage''))', named
        );
    end loop;
end
$$;
create policy own_name on people.verification_import as restrictive for insert to diachinh_owner
with check (login = session_user);
create policy own_name on people.verification_batch as restrictive for insert to diachinh_owner
with check (made_by = session_user);
