"""Entries are kept with their evidence; saving them again changes nothing, and what is no longer derived goes."""

from dataclasses import replace

import pytest
from store_papers import CANARY, KEY, batch_file, document, entry, one_certificate, read_all, sha, take_in

from schemas.documents import PageRef
from store import layers, parcels
from store.entries import Document, Saved, save_entries
from store.runs import begin_run


@pytest.fixture
def run(conn):
    return begin_run(conn, "digitise")


def two_pages(conn, run, content="a", path="a.pdf"):
    batch_id = take_in(conn, run, [batch_file(path, content)], pages=2)
    read_all(conn, run, batch_id, [content], pages=2)
    return batch_id


def kept(conn, batch_id=None):
    return [line.entry for line in layers.entries(conn, batch_id=batch_id, reason="test")]


def test_an_entry_comes_back_as_it_was_with_every_value_box_and_finding(conn, run):
    one_certificate(conn, run)
    (stored,) = kept(conn)
    assert stored == replace(entry("a"), fields=dict(sorted(entry("a").fields.items())))


def test_saving_again_changes_nothing(conn, run):
    batch_id = two_pages(conn, run)
    entries = [entry("a", 1), entry("a", 2)]
    assert save_entries(conn, run, batch_id, [document("a", 2)], entries, {}) == Saved(2, 0, 0, 0)
    before = conn.execute("select xmin::text from reading.entry_field order by 1").fetchall()
    assert save_entries(conn, run, batch_id, [document("a", 2)], entries, {}) == Saved(0, 0, 0, 2)
    assert conn.execute("select xmin::text from reading.entry_field order by 1").fetchall() == before


def test_what_is_no_longer_derived_goes_and_what_changed_is_renewed(conn, run):
    batch_id = two_pages(conn, run)
    save_entries(conn, run, batch_id, [document("a", 2)], [entry("a", 1), entry("a", 2)], {})
    changed = entry("a", 1, area_m2=99.0)
    assert save_entries(conn, run, batch_id, [document("a", 2)], [changed], {}) == Saved(0, 1, 1, 0)
    (stored,) = kept(conn)
    assert stored.fields["area_m2"].value == 99.0
    assert conn.execute("select count(*) from people.entry_field").fetchone() == (1,)


def test_a_key_that_changes_is_a_change(conn, run):
    batch_id = two_pages(conn, run)
    made = entry("a", 1)
    save_entries(conn, run, batch_id, [document("a", 2)], [made], {})
    assert parcels.keys_touched(conn, batch_id) == []
    saved = save_entries(conn, run, batch_id, [document("a", 2)], [made], {made.entry_id: KEY})
    assert saved == Saved(0, 1, 0, 0)
    assert parcels.keys_touched(conn, batch_id) == [KEY]


def test_an_entry_may_move_to_another_document_of_the_batch(conn, run):
    batch_id = two_pages(conn, run)
    save_entries(conn, run, batch_id, [document("a", 2)], [entry("a", 1)], {})
    other = replace(document("a", 2), document_id="d-other")
    save_entries(conn, run, batch_id, [other], [replace(entry("a", 1), document_id="d-other")], {})
    assert [one.document_id for one in kept(conn)] == ["d-other"]
    assert layers.figures(conn)["documents"] == {"gcn": 1}


def test_pages_know_their_document_and_their_place_in_it(conn, run):
    batch_id = two_pages(conn, run)
    turned = Document("d-a", "gcn", "gcn_2009", "2013", (PageRef(sha("a"), 2), PageRef(sha("a"), 1)))
    save_entries(conn, run, batch_id, [turned], [], {})
    lines = [(line.page, line.document_id, line.order, line.kind) for line in layers.pages(conn)]
    assert lines == [(1, "d-a", 2, "gcn"), (2, "d-a", 1, "gcn")]


def test_an_id_that_stands_twice_is_refused_before_anything_is_lost(conn, run):
    batch_id = two_pages(conn, run)
    with pytest.raises(ValueError, match="stands twice"):
        save_entries(conn, run, batch_id, [document("a", 2)], [entry("a"), entry("a")], {})


def test_a_paper_in_two_batches_is_one_entry_whichever_batch_came_first(conn, database, run):
    one = one_certificate(conn, run, path="a.pdf")
    two = one_certificate(conn, run, path="other/a.pdf")
    assert len(kept(conn)) == 1
    assert len(kept(conn, one)) == len(kept(conn, two)) == 1
    (line,) = layers.entries(conn, reason="test")
    assert line.batch_id == min(one, two)
    assert parcels.entries_of_keys(conn, [KEY]) == kept(conn)


def test_the_file_of_an_entry_is_its_path_in_the_batch(conn, run):
    batch_id = one_certificate(conn, run, path="hộp 1/a.pdf")
    (line,) = layers.entries(conn, batch_id=batch_id, reason="test")
    assert line.file == "hộp 1/a.pdf"
    assert line.files == {sha("a"): "hộp 1/a.pdf"}


def test_entries_of_keys_bring_the_owners_that_claims_need(conn, run):
    one_certificate(conn, run)
    (found,) = parcels.entries_of_keys(conn, [KEY])
    assert found.fields["owners"].value[0].name == CANARY
    assert parcels.entries_of_keys(conn, [replace(KEY, parcel="126")]) == []
