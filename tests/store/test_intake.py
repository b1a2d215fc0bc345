"""Batches, files and pages: each comes in once, has one state, and none vanishes."""

import hashlib

from store_papers import READER, TORN, batch_file, reading, sha, take_in

from schemas.documents import Given, PageRef
from schemas.outcomes import Quarantine
from store import intake, layers, readings
from store.intake import RefusedFile, batch_id_of, register
from store.runs import begin_run


def states(conn, batch_id=None):
    return [(line.file, line.page, line.state) for line in layers.pages(conn, batch_id=batch_id)]


def test_the_id_of_a_batch_comes_from_its_paths_and_bytes_in_any_order():
    a, b = ("a.pdf", sha("a")), ("sub/b.pdf", sha("b"))
    told = hashlib.sha256(f"a.pdf\0{sha('a')}\nsub/b.pdf\0{sha('b')}\n".encode()).hexdigest()[:16]
    assert batch_id_of([a, b]) == batch_id_of([b, a]) == told
    assert batch_id_of([("x.pdf", sha("a")), b]) != told


def test_registering_again_changes_nothing_and_a_new_manifest_renews_what_is_given(conn):
    run = begin_run(conn, "digitise")
    first = register(conn, run, "/scans", [batch_file("a.pdf", "a", container="Kệ 1")])
    second = register(conn, run, "/scans", [batch_file("a.pdf", "a", unit_code="20335", declared_pages=3)])
    assert first == second
    assert intake.expected(conn, first) == (
        [Given("a.pdf", unit_code="20335", declared_pages=3)],
        {"a.pdf": None},
    )


def test_a_file_that_the_manifest_names_and_the_folder_lacks_is_expected_and_not_present(conn):
    run = begin_run(conn, "digitise")
    files = [batch_file("a.pdf", "a")]
    batch_id = register(conn, run, "/scans", files, absent=[Given("lost.pdf", kind="gcn"), Given("x.pdf")])
    intake.file_opened(conn, run, sha("a"), 4, READER)
    assert intake.expected(conn, batch_id) == (
        [Given("a.pdf"), Given("lost.pdf", kind="gcn"), Given("x.pdf")],
        {"a.pdf": 4},
    )
    register(conn, run, "/scans", files, absent=[Given("lost.pdf", kind="gcn")])
    assert [given.file for given in intake.expected(conn, batch_id)[0]] == ["a.pdf", "lost.pdf"]
    assert {line.file for line in layers.pages(conn)} == {"a.pdf"}


def test_a_file_opens_once_and_its_pages_wait(conn):
    run = begin_run(conn, "digitise")
    batch_id = register(conn, run, "/scans", [batch_file("a.pdf", "a"), batch_file("copy/a.pdf", "a")])
    assert [(line.path, line.sha256) for line in intake.files_to_open(conn, batch_id, READER)] == [("a.pdf", sha("a"))]
    intake.file_opened(conn, run, sha("a"), 2, READER)
    intake.file_opened(conn, run, sha("a"), 2, READER)
    assert intake.files_to_open(conn, batch_id, READER) == []
    assert intake.pages_to_read(conn, batch_id, READER) == [PageRef(sha("a"), 1), PageRef(sha("a"), 2)]
    assert intake.paths_of(conn, batch_id) == {sha("a"): "a.pdf"}


def test_a_file_that_cannot_be_opened_is_one_line_with_its_reason(conn):
    run = begin_run(conn, "digitise")
    batch_id = register(conn, run, "/scans", [batch_file("a.pdf", "a")])
    assert states(conn) == [("a.pdf", None, "waiting")]
    intake.file_set_aside(conn, run, sha("a"), TORN, READER)
    (line,) = layers.pages(conn, batch_id=batch_id)
    assert (line.page, line.state, line.reason) == (None, "quarantined", TORN)


def test_a_file_set_aside_is_tried_again_by_another_version_only_but_a_failed_one_always(conn):
    run = begin_run(conn, "digitise")
    batch_id = register(conn, run, "/scans", [batch_file("a.pdf", "a"), batch_file("b.pdf", "b")])
    intake.file_set_aside(conn, run, sha("a"), TORN, READER)
    intake.file_set_aside(conn, run, sha("b"), Quarantine("timeout", TORN.message), READER, state="failed")
    assert [line.path for line in intake.files_to_open(conn, batch_id, READER)] == ["b.pdf"]
    assert [line.path for line in intake.files_to_open(conn, batch_id, "reader-2")] == ["a.pdf", "b.pdf"]


def test_a_refused_file_is_one_line_without_a_hash(conn):
    run = begin_run(conn, "digitise")
    refused = RefusedFile(Given("link.pdf"), Quarantine("symlink", TORN.message))
    batch_id = register(conn, run, "/scans", [batch_file("a.pdf", "a")], refused=[refused])
    lines = {line.file: line for line in layers.pages(conn, batch_id=batch_id)}
    assert lines["link.pdf"].sha256 is None
    assert (lines["link.pdf"].state, lines["link.pdf"].reason.code) == ("quarantined", "symlink")
    assert states(conn, batch_id_of([("link.pdf", "")])) == []


def test_pages_go_from_waiting_to_what_became_of_them(conn):
    run = begin_run(conn, "digitise")
    batch_id = take_in(conn, run, [batch_file("a.pdf", "a")], pages=4)
    readings.save_reading(conn, run, reading("a", 1), READER)
    readings.save_reading(conn, run, reading("a", 2, blank=True), READER)
    intake.page_set_aside(conn, run, PageRef(sha("a"), 3), TORN, READER, width=100, height=200)
    intake.page_set_aside(conn, run, PageRef(sha("a"), 4), TORN, READER, state="failed")
    assert [state for _, _, state in states(conn)] == ["read", "blank", "quarantined", "failed"]
    assert intake.pages_to_read(conn, batch_id, READER) == [PageRef(sha("a"), 4)]
    assert layers.figures(conn)["pages"] == {"read": 1, "blank": 1, "quarantined": 1, "failed": 1, "waiting": 0}


def test_another_version_reads_every_page_again_and_both_readings_are_kept(conn):
    run = begin_run(conn, "digitise")
    batch_id = take_in(conn, run, [batch_file("a.pdf", "a")])
    readings.save_reading(conn, run, reading("a"), READER)
    assert intake.pages_to_read(conn, batch_id, "reader-2") == [PageRef(sha("a"), 1)]
    assert readings.save_reading(conn, run, reading("a", name="Lê Văn Mới"), "reader-2")
    (folder,) = readings.folders(conn, batch_id)
    assert folder.files[0].pages[0].fields["owners"][0].text == "Lê Văn Mới"
    assert conn.execute("select count(*) from people.page_reading").fetchone() == (2,)


def test_a_version_that_comes_back_after_another_failed_is_read_again(conn):
    run = begin_run(conn, "digitise")
    batch_id = take_in(conn, run, [batch_file("a.pdf", "a")])
    readings.save_reading(conn, run, reading("a"), READER)
    intake.page_set_aside(conn, run, PageRef(sha("a"), 1), TORN, "reader-2", state="failed")
    assert intake.pages_to_read(conn, batch_id, READER) == [PageRef(sha("a"), 1)]
    assert not readings.save_reading(conn, run, reading("a"), READER)
    assert states(conn) == [("a.pdf", 1, "read")]
    assert intake.pages_to_read(conn, batch_id, READER) == []


def test_a_page_that_is_read_is_not_set_aside_by_a_late_try_of_the_same_version(conn):
    run = begin_run(conn, "digitise")
    take_in(conn, run, [batch_file("a.pdf", "a")])
    readings.save_reading(conn, run, reading("a"), READER)
    intake.page_set_aside(conn, run, PageRef(sha("a"), 1), TORN, READER, state="failed")
    assert states(conn) == [("a.pdf", 1, "read")]


def test_the_same_path_and_bytes_in_two_batches_are_one_line_and_another_path_says_same_as(conn):
    run = begin_run(conn, "digitise")
    one = take_in(conn, run, [batch_file("a.pdf", "a"), batch_file("b.pdf", "b")])
    two = take_in(conn, run, [batch_file("a.pdf", "a"), batch_file("z/a.pdf", "a")])
    assert [(line.file, line.same_as) for line in layers.pages(conn)] == [
        ("a.pdf", None),
        ("b.pdf", None),
        ("z/a.pdf", PageRef(sha("a"), 1)),
    ]
    assert [line.file for line in layers.pages(conn, batch_id=one)] == ["a.pdf", "b.pdf"]
    assert [(line.file, line.same_as) for line in layers.pages(conn, batch_id=two)] == [
        ("a.pdf", None),
        ("z/a.pdf", PageRef(sha("a"), 1)),
    ]


def test_the_path_that_the_manifest_speaks_of_leads(conn):
    run = begin_run(conn, "digitise")
    batch_id = take_in(conn, run, [batch_file("a.pdf", "a"), batch_file("z.pdf", "a", unit_code="20335")])
    readings.save_reading(conn, run, reading("a"), READER)
    (folder,) = readings.folders(conn, batch_id)
    assert [(file.path, file.given.unit_code) for file in folder.files] == [("z.pdf", "20335")]
    assert {line.file: line.same_as for line in layers.pages(conn)} == {"a.pdf": PageRef(sha("a"), 1), "z.pdf": None}


def test_readings_come_back_as_they_were_folder_by_folder_in_the_order_a_person_counts(conn):
    run = begin_run(conn, "digitise")
    paths = ["hộp 10/trang 1.jpg", "hộp 2/trang 10.jpg", "hộp 2/trang 2.jpg", "bìa.jpg"]
    files = [batch_file(path, path, container="x") for path in paths]
    batch_id = take_in(conn, run, files)
    for path in paths:
        readings.save_reading(conn, run, reading(path), READER)
    folders = list(readings.folders(conn, batch_id))
    assert [folder.folder for folder in folders] == ["", "hộp 2", "hộp 10"]
    assert [file.path for file in folders[1].files] == ["hộp 2/trang 2.jpg", "hộp 2/trang 10.jpg"]
    assert folders[1].files[0].pages == (reading("hộp 2/trang 2.jpg"),)
    assert folders[1].files[0].given == Given("hộp 2/trang 2.jpg", container="x")


def test_a_page_that_was_not_read_is_left_out_and_the_count_tells(conn):
    run = begin_run(conn, "digitise")
    batch_id = take_in(conn, run, [batch_file("a.pdf", "a")], pages=3)
    readings.save_reading(conn, run, reading("a", 1), READER)
    readings.save_reading(conn, run, reading("a", 3), READER)
    ((file,),) = (folder.files for folder in readings.folders(conn, batch_id))
    assert [page.ref.page for page in file.pages] == [1, 3]
    assert file.page_count == 3


def test_text_that_postgresql_refuses_is_kept_with_a_mark_in_its_place(conn):
    run = begin_run(conn, "digitise")
    batch_id = take_in(conn, run, [batch_file("a.pdf", "a")])
    readings.save_reading(conn, run, reading("a", name="A\0B\ud800C\\u0000"), READER)
    ((file,),) = (folder.files for folder in readings.folders(conn, batch_id))
    assert file.pages[0].fields["owners"][0].text == "A\ufffdB\ufffdC\\u0000"
