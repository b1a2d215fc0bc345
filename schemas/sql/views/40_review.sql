create view people.any_question with (security_invoker = true) as
select * from review.question
union all
select * from people.question;
comment on view people.any_question is 'All questions that were asked; needs the right to read people.';

create view people.standing_answer with (security_invoker = true) as
with given as (
    select * from review.answer
    union all
    select * from people.answer
)

select distinct on (g.entry_id, g.field) g.*
from given as g
where not exists (
    select
    from review.import as u
    where u.undoes = g.import_id
)
order by g.entry_id, g.field, g.answer_id desc;
comment on view people.standing_answer is 'Of each field the last answer that was not taken back.';

create view review.standing_link_answer with (security_invoker = true) as
select distinct on (g.question_id)
    g.answer_id,
    g.import_id,
    q.question_id,
    q.scope,
    q.kind,
    q.subject,
    q.side,
    q.other_unit,
    q.other_era,
    q.offered,
    g.verdict,
    g.named
from review.link_answer as g
inner join review.link_question as q on q.question_id = g.question_id
where not exists (
    select
    from review.import as u
    where u.undoes = g.import_id
)
order by g.question_id, g.answer_id desc;
comment on view review.standing_link_answer is 'Of each question of links the last answer that was not taken back.';

create view people.standing_dispute_answer with (security_invoker = true) as
with given as (
    select * from review.dispute_answer
    union all
    select * from people.dispute_answer
)

select distinct on (g.question_id)
    g.answer_id,
    g.import_id,
    q.question_id,
    q.scope,
    q.kind,
    q.attribute,
    q.sides,
    g.verdict,
    g.side,
    g.value,
    (i.at at time zone 'Asia/Ho_Chi_Minh')::date as day
from given as g
inner join review.dispute_question as q on q.question_id = g.question_id
inner join review.import as i on i.import_id = g.import_id
where not exists (
    select
    from review.import as u
    where u.undoes = g.import_id
)
order by g.question_id, g.answer_id desc;
comment on view people.standing_dispute_answer is
    'Of each question about papers that do not agree the last ruling that was not taken back, with its day in Vietnam.';
