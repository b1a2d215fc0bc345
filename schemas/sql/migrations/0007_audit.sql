create table audit.log (
    seq bigint primary key check (seq >= 1),
    at timestamptz not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail jsonb not null,
    prev_hash bytea not null,
    hash bytea not null unique
);
comment on table audit.log is 'Who read identity and who published what; insert only, each row chained to the one before.';
comment on column audit.log.hash is 'SHA-256 over the row and the hash before it; the last one is to be kept outside.';
