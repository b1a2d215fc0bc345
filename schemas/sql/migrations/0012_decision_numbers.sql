-- Decisions are looked for by their own number.

create index entry_field_decision_no on reading.entry_field ((value #>> '{}')) where name = 'decision_no';
