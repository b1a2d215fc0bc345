-- A separator sheet between papers is a blank page with a reason.
alter table intake.page drop constraint page_check;
alter table intake.page add constraint page_reason check (
    case
        when state in ('quarantined', 'failed') then reason_code is not null
        else reason_code is null or (state = 'blank' and reason_code = 'separator')
    end
);

alter table reading.document add column rank text not null default '';
comment on column reading.document.rank is
    'Of papers of a batch that are one, the lowest rank makes the entries: answered, original, clean, whole first.';

create table reading.document_mark (
    batch_id text not null,
    document_id text not null,
    mark text not null,
    primary key (batch_id, document_id, mark),
    foreign key (batch_id, document_id) references reading.document on delete cascade
);
comment on table reading.document_mark is
    'What a paper prints that few others do (serial, parcel, looks of pages that name nothing): where twins are looked for.';
create index document_mark_mark on reading.document_mark (mark);

create table reading.twin_page (
    batch_id text not null,
    document_id text not null,
    sha256 intake.sha256 not null,
    page integer not null,
    other_batch_id text not null,
    other_document_id text not null,
    other_sha256 intake.sha256 not null,
    other_page integer not null,
    primary key (batch_id, document_id, sha256, page, other_batch_id, other_document_id),
    foreign key (batch_id, document_id) references reading.document on delete cascade,
    foreign key (other_batch_id, other_document_id) references reading.document on delete cascade
);
comment on table reading.twin_page is
    'The same page in other bytes: copied, photographed or scanned again, signed. Each pair stands in both directions.';
create index twin_page_other on reading.twin_page (other_batch_id, other_document_id);
create index batch_file_replaces on intake.batch_file (replaces) where replaces is not null;
