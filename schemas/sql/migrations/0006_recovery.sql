create table recovery.missing_case (
    case_id text primary key,
    kind text not null check (kind in (
        'page', 'volume', 'certificate', 'register_row', 'map_sheet', 'decision', 'file', 'application', 'extract'
    )),
    what text not null,
    unit_code text,
    reason text not null check (reason in (
        'sequence_gap', 'dangling_reference', 'declared_pages', 'row_without_map', 'map_without_row', 'manifest',
        'illegible', 'required_by_law', 'carried_forward'
    )),
    evidence text not null,
    likely_location text not null,
    p double precision check (p between 0 and 1),
    status text not null check (status in (
        'suspected', 'searching', 'misread', 'confirmed', 'recovered', 'abandoned'
    )),
    opened_at timestamptz not null default clock_timestamp()
);
comment on table recovery.missing_case is 'An original that must exist and is not held.';
comment on column recovery.missing_case.status is
    'suspected and misread are the machine''s; the other states are set by people and stay.';

create table recovery.case_batch (
    case_id text not null references recovery.missing_case on delete cascade,
    batch_id text not null references intake.batch,
    primary key (case_id, batch_id)
);
comment on table recovery.case_batch is 'The batches that a case was derived from.';
create index case_batch_batch on recovery.case_batch (batch_id);
