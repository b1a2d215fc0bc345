"""A paper that came twice makes its entries once; a new scan stands for the one that it replaces, and for no other."""

from dataclasses import replace

import pytest
from store_papers import KEY, READER, batch_file, document, entry, parcel, read_all, sha, take_in

from schemas.documents import PageRef
from schemas.readings import separator_sheet
from store import layers, parcels, readings, twins
from store.entries import save_entries
from store.parcels import publish, settling
from store.runs import begin_run
from store.withdrawal import withdraw


@pytest.fixture
def run(conn):
    return begin_run(conn, "digitise")


def first_pages(one, other):
    return [(one[0].ref, other[0].ref)]


def bring(conn, run, content, rank, *, mark="serial BA 123456", path=None, **given):
    """Take in a certificate of one page as a batch of its own, as `steps` does."""
    batch_id = take_in(conn, run, [batch_file(path or f"{content}.pdf", content, **given)])
    read_all(conn, run, batch_id, [content])
    derive(conn, run, batch_id, content, rank, mark)
    return batch_id


def derive(conn, run, batch_id, content, rank, mark="serial BA 123456"):
    made = entry(content)
    paper = replace(document(content), rank=rank, marks=frozenset({mark}))
    save_entries(conn, run, batch_id, [paper], [made], {made.entry_id: KEY})
    twins.link(conn, run, batch_id, first_pages)
    settle(conn, run, batch_id)


def settle(conn, run, batch_id):
    with settling(conn, run):
        keys = parcels.keys_touched(conn, batch_id)
        found = [one.entry_id for one in parcels.entries_of_keys(conn, keys)]
        settled = [parcel(entry_ids=tuple(found))] if found else []
        publish(conn, run, settled, batch_id=batch_id, keys=keys)


def take_back(conn, run, batch_id):
    keys = parcels.keys_touched(conn, batch_id)
    with settling(conn, run):
        withdraw(conn, run, batch_id)
        found = [one.entry_id for one in parcels.entries_of_keys(conn, keys)]
        publish(conn, run, [parcel(entry_ids=tuple(found))] if found else [], batch_id=batch_id, keys=keys)


def told(conn, batch_id=None):
    return [line.entry.ref.sha256 for line in layers.entries(conn, batch_id=batch_id, reason="test")]


def same_as(conn):
    return {line.file: line.same_as for line in layers.pages(conn)}


def sources(conn):
    return [line.source_count for line in layers.parcels(conn)]


@pytest.mark.parametrize(("first", "second"), [("scan", "copy"), ("copy", "scan")])
def test_the_same_paper_in_a_later_batch_makes_no_second_entry_and_supersedes_nothing(conn, run, first, second):
    ranks = {"scan": "1 original", "copy": "1 photocopy"}
    one, two = (bring(conn, run, content, ranks[content]) for content in (first, second))
    assert told(conn) == told(conn, one) == [sha(first)]
    assert told(conn, two) == []
    assert same_as(conn) == {f"{first}.pdf": None, f"{second}.pdf": PageRef(sha(first), 1)}
    assert sources(conn) == [1]
    assert layers.figures(conn)["entries"]["review"] == 1


def test_of_two_captures_in_one_batch_the_better_one_stands(conn, run):
    batch_id = take_in(conn, run, [batch_file("a.pdf", "copy"), batch_file("b.pdf", "scan")])
    read_all(conn, run, batch_id, ["copy", "scan"])
    made = [entry("copy"), entry("scan")]
    papers = [
        replace(document(content), rank=rank, marks=frozenset({"serial BA 123456"}))
        for content, rank in (("copy", "1 photocopy"), ("scan", "1 original"))
    ]
    save_entries(conn, run, batch_id, papers, made, {one.entry_id: KEY for one in made})
    twins.link(conn, run, batch_id, first_pages)
    assert told(conn) == told(conn, batch_id) == [sha("scan")]
    assert same_as(conn) == {"a.pdf": PageRef(sha("scan"), 1), "b.pdf": None}


def test_derived_again_nothing_changes(conn, run):
    bring(conn, run, "scan", "1 original")
    copy = bring(conn, run, "copy", "1 photocopy")
    links = conn.execute("select * from reading.twin_page order by 1, 2").fetchall()
    derive(conn, run, copy, "copy", "1 photocopy")
    assert conn.execute("select * from reading.twin_page order by 1, 2").fetchall() == links
    assert len(links) == 2  # the pair in both directions


def test_the_copy_speaks_again_when_the_batch_of_the_scan_is_taken_back(conn, run):
    scan = bring(conn, run, "scan", "1 original")
    bring(conn, run, "copy", "1 photocopy")
    take_back(conn, run, scan)
    assert told(conn) == [sha("copy")]
    assert same_as(conn) == {"copy.pdf": None}
    assert sources(conn) == [1]


def test_papers_that_share_nothing_printed_are_not_compared(conn, run):
    bring(conn, run, "scan", "1")
    bring(conn, run, "other", "2", mark="serial BB 654321")
    assert sorted(told(conn)) == sorted([sha("scan"), sha("other")])


@pytest.mark.parametrize("named", ["so/old.pdf", "BATCH/so/old.pdf"])
def test_a_new_scan_stands_for_the_file_that_its_manifest_names_until_it_is_taken_back(conn, run, named):
    old = bring(conn, run, "old", "1 original", path="so/old.pdf")
    new = bring(conn, run, "new", "1 worn", mark="none", replaces=named.replace("BATCH", old))
    assert told(conn) == told(conn, new) == [sha("new")]
    assert told(conn, old) == []
    assert twins.out_of_force(conn, old) == {"d-old"}
    assert [(one[0], one[2].entry_id) for one in twins.replaced_entries(conn, new)] == [(sha("new"), "e-old-1-None")]
    take_back(conn, run, new)
    assert told(conn) == [sha("old")]
    assert sources(conn) == [1]


def test_the_old_scan_may_come_after_the_one_that_replaces_it(conn, run):
    bring(conn, run, "new", "1", mark="none", replaces="so/old.pdf")
    bring(conn, run, "old", "0", path="so/old.pdf")
    assert told(conn) == [sha("new")]


def test_a_new_scan_that_cannot_be_read_replaces_nothing(conn, run):
    bring(conn, run, "old", "1", path="so/old.pdf")
    take_in(conn, run, [batch_file("new.pdf", "new", replaces="so/old.pdf")])
    assert told(conn) == [sha("old")]


def test_a_separator_sheet_is_a_blank_page_with_its_reason(conn, run):
    batch_id = take_in(conn, run, [batch_file("a.pdf", "a")])
    sheet = separator_sheet(PageRef(sha("a"), 1), 1654, 2339, "dossier")
    readings.save_reading(conn, run, sheet, READER)
    (line,) = layers.pages(conn, batch_id=batch_id)
    assert line.reason is not None
    assert (line.state, line.reason.code, line.kind, line.document_id) == ("blank", "separator", None, None)
    (folder,) = readings.folders(conn, batch_id)
    assert folder.files[0].pages[0].separator == "dossier"
