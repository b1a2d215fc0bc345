create or replace function reading.take_stock() returns void
language sql security definer set search_path = pg_catalog, pg_temp
as $$
    analyze reading.document, reading.document_page, reading.entry, reading.entry_field, reading.finding,
        people.entry_field, intake.batch_file, intake.cited_file;
$$;
comment on function reading.take_stock is
    'Renews the planner''s statistics after many entries came at once, so that what reads them next is planned well.';
