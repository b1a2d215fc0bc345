create table reading.document (
    batch_id text not null references intake.batch,
    document_id text not null,
    kind intake.kind not null,
    form intake.form,
    era intake.era,
    content_hash text not null,
    primary key (batch_id, document_id)
);
comment on table reading.document is 'One paper of a batch. A paper that lies in two batches stands once in each.';

create table reading.document_page (
    batch_id text not null,
    document_id text not null,
    ord integer not null check (ord >= 1),
    sha256 intake.sha256 not null,
    page integer not null,
    primary key (batch_id, document_id, ord),
    foreign key (batch_id, document_id) references reading.document on delete cascade,
    foreign key (sha256, page) references intake.page
);
comment on table reading.document_page is 'The pages of a document in reading order.';
create index document_page_page on reading.document_page (sha256, page);

create table reading.entry (
    batch_id text not null,
    entry_id text not null,
    document_id text not null,
    sha256 intake.sha256 not null,
    page integer not null,
    row_no integer check (row_no >= 1),
    kind intake.kind not null,
    form intake.form,
    era intake.era,
    status text not null check (status in ('accepted', 'review', 'confirmed', 'rejected')),
    parcel_key text,
    key_unit text,
    key_era intake.era,
    key_sheet text,
    key_parcel text,
    content_hash text not null,
    primary key (batch_id, entry_id),
    check (num_nulls(parcel_key, key_unit, key_era, key_sheet, key_parcel) in (0, 5)),
    foreign key (batch_id, document_id) references reading.document on delete cascade,
    foreign key (sha256, page) references intake.page
);
comment on table reading.entry is 'What one document says of one parcel, checked.';
comment on column reading.entry.row_no is 'n-th parcel row of its page; null on a paper for one parcel.';
comment on column reading.entry.parcel_key is 'UNIT@ERA/SHEET/PARCEL where unit, sheet and parcel number are taken.';
create index entry_document on reading.entry (batch_id, document_id);
create index entry_entry_id on reading.entry (entry_id, batch_id);
create index entry_parcel_key on reading.entry (parcel_key) where parcel_key is not null;

create table reading.entry_field (
    batch_id text not null,
    entry_id text not null,
    name text not null check (name not in ('owners', 'change_note')),
    value jsonb,
    text text,
    p double precision check (p between 0 and 1),
    status text not null check (status in ('accepted', 'review', 'confirmed', 'unreadable')),
    source text not null check (source in ('paper', 'manifest', 'inferred')),
    ref_sha256 intake.sha256,
    ref_page integer,
    box integer[] check (cardinality(box) = 4),
    primary key (batch_id, entry_id, name),
    foreign key (batch_id, entry_id) references reading.entry on delete cascade
);
comment on table reading.entry_field is 'The fields of entries that hold no personal data; the others are in people.entry_field.';
comment on column reading.entry_field.value is 'Normalised; null where nothing could be made of the text.';
comment on column reading.entry_field.p is 'Calibrated probability that the value is right; null until calibration exists.';
comment on column reading.entry_field.box is 'left, top, right, bottom in pixels of the original page.';

create table reading.finding (
    batch_id text not null,
    entry_id text not null,
    ord integer not null check (ord >= 1),
    code text not null,
    severity text not null check (severity in ('error', 'warning', 'note')),
    fields text[] not null,
    message_vi text not null,
    message_en text not null,
    primary key (batch_id, entry_id, ord),
    foreign key (batch_id, entry_id) references reading.entry on delete cascade
);
comment on table reading.finding is 'What a rule found wrong or worth knowing in an entry; names no person.';
