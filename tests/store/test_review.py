"""Questions and answers: what stands, what is taken back, and that nothing is ever rewritten."""

import psycopg
import pytest
from store_papers import CANARY, batch_file, one_certificate, sha, take_in

from schemas.answers import Answer, Asked
from schemas.documents import Box, PageRef
from schemas.entries import LandUse, Owner
from schemas.errors import BadInput
from schemas.outcomes import MissingOriginal
from store import audit, intake, layers, recovery, review
from store.database import connect
from store.runs import begin_run

REF, BOX = PageRef(sha("a"), 1), Box(10, 20, 300, 60)
ENTRY = "e-a-1-None"
FILES = {ENTRY: sha("a")}
LOST = MissingOriginal("case-1", "file", "lost.pdf", "20335", "manifest", "manifest row 4", "commune set", None)


@pytest.fixture
def run(conn):
    return begin_run(conn, "answers")


@pytest.fixture
def batch_id(conn, run):
    return one_certificate(conn, run)


def value(field, said):
    return Answer(ENTRY, field, "value", said, REF, BOX)


def bring(conn, run, *answers, file="1" * 64, content="c1"):
    return review.add_answers(conn, run, answers, FILES, file_sha256=file, content_hash=content, who="Cô Lan")


def standing(conn, batch_id):
    return {answer.field: answer for answer in review.answers_of(conn, batch_id).get(ENTRY, ())}


def test_answers_come_back_as_they_were_given(conn, run, batch_id):
    given = [
        value("area_m2", 120.0),
        value("land_use", (LandUse("ONT", 100.0), LandUse("CLN", None))),
        value("owners", (Owner(CANARY, sex="nu"),)),
        Answer(ENTRY, "term", "unreadable", None, REF, BOX),
        Answer(ENTRY, None, "reject", None, None, None),
    ]
    done = bring(conn, run, *given)
    assert (done.answers, done.standing, done.batch_ids) == (5, 0, (batch_id,))
    assert standing(conn, batch_id) == {answer.field: answer for answer in given}


def test_twice_is_once_and_only_what_is_new_is_added(conn, run, batch_id):
    bring(conn, run, value("area_m2", 120.0))
    again = bring(conn, run, value("area_m2", 120.0))
    assert (again.answers, again.standing, again.batch_ids) == (0, 1, (batch_id,))
    more = bring(conn, run, value("area_m2", 120.0), value("sheet_no", "13"), content="c2")
    assert (more.answers, more.standing) == (1, 1)
    assert conn.execute("select count(*) from review.answer").fetchone() == (2,)


def test_the_last_answer_stands_and_taking_it_back_brings_the_one_before(conn, run, batch_id):
    bring(conn, run, value("area_m2", 120.0))
    bring(conn, run, value("area_m2", 121.0), file="2" * 64, content="c2")
    assert standing(conn, batch_id)["area_m2"].value == 121.0
    back = review.take_back(conn, run, file_sha256="2" * 64, content_hash="c2", who="Cô Lan")
    assert (back.answers, back.batch_ids) == (1, (batch_id,))
    assert standing(conn, batch_id)["area_m2"].value == 120.0
    assert review.take_back(conn, run, file_sha256="2" * 64, content_hash="c2", who="Cô Lan") is None


def test_a_workbook_saved_again_is_known_by_what_it_answers(conn, run, batch_id):
    bring(conn, run, value("area_m2", 120.0), content="c1")
    assert review.take_back(conn, run, file_sha256="9" * 64, content_hash="c1", who="Cô Lan").answers == 1
    assert standing(conn, batch_id) == {}
    assert bring(conn, run, value("area_m2", 120.0)).answers == 1


def test_answers_reach_every_batch_that_holds_the_paper(conn, run, batch_id):
    other = take_in(conn, run, [batch_file("copy.pdf", "a")])
    bring(conn, run, value("area_m2", 120.0))
    assert standing(conn, other)["area_m2"].value == 120.0


def test_names_lie_in_people_only(conn, run, batch_id, database):
    bring(conn, run, value("owners", (Owner(CANARY),)))
    asked = Asked("q1", ENTRY, "owners", "hash", (Owner(CANARY),), REF, BOX)
    review.save_questions(conn, run, [asked])
    for table in ("review.answer", "review.question", "review.import"):
        assert CANARY not in str(conn.execute(f"select * from {table}").fetchall())
    assert CANARY in str(conn.execute("select * from people.answer").fetchall())
    for table in ("people.answer", "people.question", "people.standing_answer", "people.any_question", "review.answer"):
        with psycopg.connect(database.environment) as environment, pytest.raises(psycopg.errors.InsufficientPrivilege):
            environment.execute(f"select * from {table}")
    with connect(database.admin) as admin:
        assert CANARY not in str(admin.execute("select * from audit.log").fetchall())


@pytest.mark.parametrize("table", ["review.answer", "people.answer", "review.import"])
@pytest.mark.parametrize("what", ["update {} set who = 'x'", "delete from {}", "truncate {} cascade"])
def test_nothing_that_was_answered_is_rewritten(conn, run, batch_id, database, table, what):
    bring(conn, run, value("area_m2", 120.0), value("owners", (Owner("An"),)))
    with psycopg.connect(database.admin, autocommit=True) as admin, pytest.raises(psycopg.Error):
        admin.execute(what.format(table))


def test_a_question_is_found_by_its_id_until_it_is_asked_differently(conn, run, batch_id):
    one = Asked("q1", ENTRY, "area_m2", "hash", 120.5, REF, BOX)
    other = Asked("q2", ENTRY, "owners", "hash", None, None, None)
    review.save_questions(conn, run, [one, other])
    review.save_questions(conn, run, [one, other])
    assert review.asked(conn, ["q1", "q2", "q3"]) == {"q1": [one], "q2": [other]}
    review.save_questions(conn, run, [Asked("q4", ENTRY, "area_m2", "other", 121.0, REF, BOX)])
    assert review.asked(conn, ["q1"]) == {}


def test_who_answered_and_who_took_back_is_logged(conn, run, batch_id, database):
    bring(conn, run, value("area_m2", 120.0))
    review.take_back(conn, run, file_sha256="1" * 64, content_hash="c1", who="Anh Ba")
    with connect(database.admin) as admin:
        told = admin.execute("select action, detail ->> 'by' from audit.log order by seq").fetchall()
    assert told == [("import-answers", "Cô Lan"), ("undo-answers", "Anh Ba")]
    assert audit.first_broken(conn) is None


# Missing originals.


@pytest.mark.parametrize("state", ["misread", "suspected", "searching", "abandoned"])
def test_a_state_set_by_a_person_stays_in_reruns(conn, run, state):
    batch_id = intake.register(conn, run, "/scans", [batch_file("a.pdf", "a")])
    recovery.save_missing(conn, run, batch_id, [LOST])
    recovery.set_state(conn, run, "case-1", state, "Cô Lan")
    recovery.save_missing(conn, run, batch_id, [LOST])
    assert [case.status for case in layers.missing(conn)] == [state]
    recovery.save_missing(conn, run, batch_id, [])
    assert [case.status for case in layers.missing(conn)] == [state]


def test_a_case_that_is_not_there_is_named(conn, run):
    with pytest.raises(BadInput, match="case-9"):
        recovery.set_state(conn, run, "case-9", "confirmed", "Cô Lan")
