"""What is missing is found across batches: in any order, again and again, and without what was taken back."""

from itertools import permutations

import pytest
from store_papers import READER, batch_file, paper, reading, sha

from cadastre.missing.gaps import gaps_of
from schemas.documents import PageRef
from schemas.entries import Entry, FieldValue, Ref
from store import audit, entries, intake, layers, readings, recovery
from store.database import connect
from store.entries import Document
from store.runs import begin_run
from store.withdrawal import withdraw

UNIT = "20722"
BOOK = [(f"AG 42{n}", f"H 0{n}", str(n)) for n in range(1251, 1261)]


@pytest.fixture
def run(conn):
    return begin_run(conn, "digitise")


def fields(ref, unit=UNIT, **values):
    said = {name: paper(value, str(value), ref) for name, value in values.items()}
    return {"unit_code": FieldValue(unit, None, None, "accepted", "manifest", None, None), **said}


def take_in(conn, run, name, papers):
    """Take in a batch of files of one page; each paper is (file, kind, the fields of its rows)."""
    files = [batch_file(file, f"{name}/{file}") for file, _, _ in papers]
    batch_id = intake.register(conn, run, f"/scans/{name}", files)
    documents, made = [], []
    for file, kind, rows in papers:
        content = f"{name}/{file}"
        ref = PageRef(sha(content), 1)
        intake.file_opened(conn, run, ref.sha256, 1, READER)
        readings.save_reading(conn, run, reading(content), READER)
        documents.append(Document(f"d-{content}", kind, "gcn_2003" if kind == "gcn" else None, "2003", (ref,)))
        for number, values in enumerate(rows, start=1):
            row = None if kind == "gcn" else number
            ids = (f"e-{content}-{number}", f"d-{content}")
            form = "gcn_2003" if kind == "gcn" else None
            made.append(Entry(*ids, ref, row, kind, form, "2003", "review", fields(ref, **values), ()))
    entries.save_entries(conn, run, batch_id, documents, made, {})
    recovery.search_around(conn, run, batch_id, gaps_of)
    return batch_id


def book(conn, run):
    rows = [{"serial": serial, "register_no": number, "parcel_no": parcel} for serial, number, parcel in BOOK]
    return take_in(conn, run, "so", [("so.pdf", "so_cap_gcn", rows)])


def certificates(conn, run, name, numbers, **other):
    rows = {number: {"serial": serial, "register_no": number, "parcel_no": parcel} for serial, number, parcel in BOOK}
    papers = [(f"{number}.pdf", "gcn", [{**rows[number], **other}]) for number in (BOOK[n][1] for n in numbers)]
    return take_in(conn, run, name, papers)


def told(conn, batch_id=None):
    return sorted((case.what, case.reason, case.status) for case in layers.missing(conn, batch_id=batch_id))


LACKS_1255 = [("AG 421255", "dangling_reference", "suspected")]


def test_a_certificate_that_arrives_later_closes_its_case(conn, run):
    book_id = book(conn, run)
    certificates(conn, run, "gcn", [0, 1, 2, 3, 5, 6, 7, 8, 9])
    assert told(conn) == told(conn, book_id) == LACKS_1255
    certificates(conn, run, "late", [4])
    assert told(conn) == []


def test_the_order_in_which_batches_arrive_changes_nothing(fresh_database):
    steps = {
        "book": book,
        "first": lambda conn, run: certificates(conn, run, "first", [0, 1, 2]),
        "second": lambda conn, run: certificates(conn, run, "second", [3, 5, 6, 8, 9]),
    }
    outcomes = []
    for order in list(permutations(steps))[::2]:
        with fresh_database() as fresh, connect(fresh.worker) as conn:
            run = begin_run(conn, "digitise")
            for name in order:
                steps[name](conn, run)
            outcomes.append([(case.case_id, case.evidence, case.status) for case in layers.missing(conn)])
    assert [len(outcome) for outcome in outcomes] == [2, 2, 2]  # 1255 and 1258
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_searching_again_changes_nothing(conn, run):
    book(conn, run)
    batch_id = certificates(conn, run, "gcn", [0, 1, 2, 3, 5, 6, 7, 8, 9])
    before = list(layers.missing(conn))
    recovery.search_around(conn, run, batch_id, gaps_of)
    assert recovery.search_all(conn, run, gaps_of) == 1
    assert list(layers.missing(conn)) == before
    assert [case.what for case in before] == ["AG 421255"]


def test_what_a_person_set_stays_when_the_paper_arrives_and_it_is_logged_once(conn, run):
    book(conn, run)
    certificates(conn, run, "gcn", [0, 1, 2, 3, 5, 6, 7, 8, 9])
    (case,) = layers.missing(conn)
    recovery.set_state(conn, run, case.case_id, "searching", "Cô Lan")
    certificates(conn, run, "late", [4])
    recovery.search_all(conn, run, gaps_of)
    assert told(conn) == [("AG 421255", "dangling_reference", "searching")]
    logged = conn.execute("select subject, detail ->> 'state' from audit.log where action = 'no-longer-missing'")
    assert logged.fetchall() == [(case.case_id, "searching")]
    assert audit.first_broken(conn) is None


def test_a_state_set_by_a_person_survives_another_search(conn, run):
    book(conn, run)
    batch_id = certificates(conn, run, "gcn", [0, 1, 2, 3, 5, 6, 7, 8, 9])
    (case,) = layers.missing(conn)
    recovery.set_state(conn, run, case.case_id, "confirmed", "Cô Lan")
    recovery.search_around(conn, run, batch_id, gaps_of)
    assert told(conn) == [("AG 421255", "dangling_reference", "confirmed")]


def test_a_batch_that_is_taken_back_counts_no_longer(conn, run):
    book(conn, run)
    certificates(conn, run, "gcn", [0, 1, 2, 3, 5, 6, 7, 8, 9])
    late = certificates(conn, run, "late", [4])
    withdraw(conn, run, late)
    recovery.search_around(conn, run, late, gaps_of)
    assert told(conn) == LACKS_1255


def test_with_the_naming_paper_its_case_goes(conn, run):
    book_id = book(conn, run)
    certificates(conn, run, "gcn", [0, 1, 2, 3, 5])
    withdraw(conn, run, book_id)
    recovery.search_around(conn, run, book_id, gaps_of)
    assert told(conn) == []


def test_a_certificate_of_another_commune_closes_and_opens_the_case_of_the_one_that_names_it(conn, run):
    newer = {"serial": "AA 12345678", "refs": (Ref("serial", "AG 421255"),)}
    take_in(conn, run, "newer", [("a.pdf", "gcn", [newer])])
    assert told(conn) == LACKS_1255
    elsewhere = certificates(conn, run, "elsewhere", [4], unit="20422")
    assert told(conn) == []
    withdraw(conn, run, elsewhere)
    recovery.search_around(conn, run, elsewhere, gaps_of)
    assert told(conn) == LACKS_1255


def test_papers_whose_commune_is_not_known_are_searched_by_batch(conn, run):
    newer = {"serial": "AA 12345678", "unit": None, "refs": (Ref("serial", "AG 421255"),)}
    batch_id = take_in(conn, run, "newer", [("a.pdf", "gcn", [newer])])
    assert told(conn, batch_id) == LACKS_1255
    (case,) = layers.missing(conn)
    assert case.unit_code is None


def test_a_paper_in_two_batches_is_one_witness_until_both_are_taken_back(conn, run):
    first = book(conn, run)
    rows = [{"serial": serial, "register_no": number, "parcel_no": parcel} for serial, number, parcel in BOOK]
    files = [batch_file("so.pdf", "so/so.pdf"), batch_file("b.pdf", "so/b.pdf")]
    second = intake.register(conn, run, "/scans/two", files)
    ref = PageRef(sha("so/so.pdf"), 1)
    made = [
        Entry(f"e-so/so.pdf-{n}", "d-so/so.pdf", ref, n, "so_cap_gcn", None, "2003", "review", fields(ref, **row), ())
        for n, row in enumerate(rows, start=1)
    ]
    document = Document("d-so/so.pdf", "so_cap_gcn", None, "2003", (ref,))
    entries.save_entries(conn, run, second, [document], made, {})
    recovery.search_around(conn, run, second, gaps_of)
    assert len(told(conn)) == 10
    for batch_id, left in ((first, 10), (second, 0)):
        withdraw(conn, run, batch_id)
        recovery.search_around(conn, run, batch_id, gaps_of)
        assert len(told(conn)) == left
