create view people.masked_field with (security_invoker = true, security_barrier = true) as
select
    m.batch_id,
    m.entry_id,
    m.name,
    m.status,
    m.masked
from people.masked_fields() as m;
comment on view people.masked_field is
    'What may be shown of people unasked: initials and kinds of papers; each login its own batches.';
