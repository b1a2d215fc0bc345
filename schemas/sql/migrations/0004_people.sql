create table people.page_reading (
    sha256 intake.sha256 not null,
    page integer not null,
    reader_version text not null,
    content jsonb not null,
    read_at timestamptz not null default clock_timestamp(),
    primary key (sha256, page, reader_version),
    foreign key (sha256, page) references intake.page
);
comment on table people.page_reading is 'All that engines saw on a page, by the version of the reader.';

create table people.entry_field (
    batch_id text not null,
    entry_id text not null,
    name text not null check (name in ('owners', 'change_note')),
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
comment on table people.entry_field is 'The fields of entries that hold personal data.';

alter table people.page_reading enable row level security;
alter table people.page_reading force row level security;
create policy worker on people.page_reading to diachinh_worker using (true) with check (true);

alter table people.entry_field enable row level security;
alter table people.entry_field force row level security;
create policy worker on people.entry_field to diachinh_worker using (true) with check (true);
