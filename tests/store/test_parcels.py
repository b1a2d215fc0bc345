"""Parcels are published once, in one piece, and never overwritten."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
import shapely
from store_papers import CANARY, KEY, SQUARE, document, entry, one_certificate, parcel
from test_store_runs import lapse

from schemas.entries import LandUse, Owner
from store import audit, layers, parcels
from store.database import connect
from store.entries import save_entries
from store.parcels import Published, entries_of_keys, keys_touched, parcel_id_of, publish, settling
from store.runs import LeaseLost, begin_run

OTHER = replace(KEY, parcel="126")


@pytest.fixture
def run(conn):
    return begin_run(conn, "digitise")


@pytest.fixture
def batch_id(conn, run):
    return one_certificate(conn, run)


def counts(published):
    return published.added, published.changed, published.withdrawn, published.unchanged


def versions(conn):
    return conn.execute("select count(*) from cadastre.parcel_version").fetchone()[0]


def test_a_parcel_comes_back_as_it_was_published(conn, run, batch_id):
    assert publish(conn, run, [parcel()], batch_id=batch_id) == Published(1, 0, 0, 0, ())
    (line,) = layers.parcels(conn)
    assert (line.parcel_id, line.key) == (parcel_id_of(KEY), KEY)
    assert (line.area_m2, line.legal_area_m2, line.grade, line.status) == (120.0, 118.0, 1, "consistent")
    assert line.land_use == (LandUse("ONT", 100.0), LandUse("CLN", 20.0))
    assert (line.valid_from, line.valid_to, line.source_count) == ("2015-03-20", None, 1)
    assert line.attributes == {"address": "thôn Một, xã Tam Thăng"}
    shape = shapely.from_wkb(line.wkb)
    assert shape.equals(shapely.MultiPolygon([shapely.Polygon(SQUARE)]))


def test_publishing_twice_is_once(conn, run, batch_id):
    publish(conn, run, [parcel()], batch_id=batch_id)
    log = audit.head(conn)
    assert counts(publish(conn, run, [parcel()], batch_id=batch_id)) == (0, 0, 0, 1)
    assert versions(conn) == 1
    assert audit.head(conn) == log


def test_the_order_of_papers_and_claims_makes_no_new_version(conn, run, batch_id):
    both = parcel(entry_ids=("e-a-1-None", "e-b-1-None"))
    publish(conn, run, [both], batch_id=batch_id)
    turned = replace(both, entry_ids=both.entry_ids[::-1], claims=both.claims[::-1])
    assert counts(publish(conn, run, [turned], batch_id=batch_id)) == (0, 0, 0, 1)


def test_a_change_is_a_new_version_and_the_one_before_stays_with_its_end(conn, run, batch_id):
    publish(conn, run, [parcel()], batch_id=batch_id)
    assert counts(publish(conn, run, [parcel(area_m2=121.0)], batch_id=batch_id)) == (0, 1, 0, 0)
    history = conn.execute(
        "select area_m2, known_from, known_to from cadastre.parcel_history order by version_id"
    ).fetchall()
    assert [area for area, _, _ in history] == [120.0, 121.0]
    assert history[0][2] == history[1][1] > history[0][1]
    assert history[1][2] is None
    assert [line.area_m2 for line in layers.parcels(conn)] == [121.0]


def test_going_back_to_an_earlier_state_is_a_version_too(conn, run, batch_id):
    for area in (120.0, 121.0, 120.0):
        publish(conn, run, [parcel(area_m2=area)], batch_id=batch_id)
    assert versions(conn) == 3


def test_another_owner_alone_is_a_new_version_and_stays_in_people(conn, run, batch_id, database):
    publish(conn, run, [parcel()], batch_id=batch_id)
    publish(conn, run, [parcel(name="Lê Văn Mới")], batch_id=batch_id)
    names = conn.execute("select value -> 0 ->> 'name' from people.claim order by version_id").fetchall()
    assert names == [(CANARY,), ("Lê Văn Mới",)]
    for table in ("cadastre.claim", "cadastre.parcel_version", "audit.log"):
        assert CANARY not in str(conn.execute(f"select t::text from {table} as t").fetchall())


def test_a_parcel_that_no_paper_speaks_of_any_more_is_withdrawn_and_may_come_back(conn, run, batch_id):
    publish(conn, run, [parcel()], batch_id=batch_id, keys=[KEY])
    assert counts(publish(conn, run, [], batch_id=batch_id, keys=[KEY])) == (0, 0, 1, 0)
    assert list(layers.parcels(conn)) == []
    assert counts(publish(conn, run, [], batch_id=batch_id, keys=[KEY])) == (0, 0, 0, 0)
    assert counts(publish(conn, run, [parcel()], batch_id=batch_id, keys=[KEY])) == (0, 1, 0, 0)
    assert len(list(layers.parcels(conn))) == 1


def test_keys_of_parcels_whose_entry_moved_or_went_are_settled_anew(conn, run, batch_id):
    publish(conn, run, [parcel()], batch_id=batch_id, keys=[KEY])
    made = entry("a")
    save_entries(conn, run, batch_id, [document("a")], [made], {made.entry_id: OTHER})
    assert keys_touched(conn, batch_id) == [KEY, OTHER]
    save_entries(conn, run, batch_id, [document("a")], [], {})
    assert keys_touched(conn, batch_id) == [KEY]
    publish(conn, run, [], batch_id=batch_id, keys=[KEY])
    assert keys_touched(conn, batch_id) == []


BOWTIE = (SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0])
SWAPPED = tuple((north, east) for east, north in SQUARE)
WRONG_PLACES = {
    "a ring that crosses itself": BOWTIE,
    "east and north swapped": SWAPPED,
    "two corners": SQUARE[:2],
    "no number": ((float("nan"), 1.0), *SQUARE[1:4], (float("nan"), 1.0)),
    "a ring without extent": (SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]),
}


@pytest.mark.parametrize("ring", WRONG_PLACES.values(), ids=WRONG_PLACES)
def test_a_boundary_that_cannot_be_is_left_out_with_a_finding_and_the_parcel_stays(conn, run, batch_id, ring):
    other = parcel(OTHER)
    published = publish(conn, run, [parcel(ring=ring), other], batch_id=batch_id)
    assert [(key, finding.code) for key, finding in published.findings] == [(KEY, "geometry-unusable")]
    shapes = {line.key: (line.wkb is None, line.geometry_note is None) for line in layers.parcels(conn)}
    assert shapes == {KEY: (True, False), OTHER: (False, True)}


def test_a_parcel_without_a_ring_has_no_geometry_and_no_finding(conn, run, batch_id):
    without = replace(parcel(ring=None), geometry_note="no paper gives corners")
    assert publish(conn, run, [without], batch_id=batch_id).findings == ()
    (line,) = layers.parcels(conn)
    assert (line.wkb, line.geometry_note) == (None, "no paper gives corners")


def test_personal_data_among_the_attributes_is_refused_before_anything_is_written(conn, run, batch_id):
    with pytest.raises(ValueError, match="personal data"):
        publish(conn, run, [parcel(OTHER), parcel(attributes={"owners": (Owner("An"),)})], batch_id=batch_id)
    assert versions(conn) == 0


def test_a_first_day_that_is_no_iso_date_is_left_out_with_a_finding(conn, run, batch_id):
    published = publish(conn, run, [replace(parcel(), valid_from="20/3/2015")], batch_id=batch_id)
    assert [finding.code for _, finding in published.findings] == ["valid-from-unusable"]
    assert [line.valid_from for line in layers.parcels(conn)] == [None]


def test_a_publication_is_logged_once_in_the_same_transaction(conn, run, batch_id):
    publish(conn, run, [parcel(), parcel(OTHER)], batch_id=batch_id)
    rows = conn.execute("select action, subject, detail - 'run', actor from audit.log").fetchall()
    assert rows == [("publish", batch_id, {"added": 2, "changed": 0, "withdrawn": 0}, "diachinh_worker")]


def test_the_run_that_lapsed_between_staging_and_publishing_publishes_nothing(
    conn, run, batch_id, database, monkeypatch
):
    hold = parcels.hold
    calls = []

    def lapse_before_the_second(*args):
        calls.append(args)
        if len(calls) == 2:
            lapse(database, run)
        hold(*args)

    monkeypatch.setattr(parcels, "hold", lapse_before_the_second)
    with pytest.raises(LeaseLost):
        publish(conn, run, [parcel()], batch_id=batch_id)
    assert versions(conn) == 0
    monkeypatch.setattr(parcels, "hold", hold)
    next_run = begin_run(conn, "digitise")
    publish(conn, next_run, [parcel()], batch_id=batch_id)
    assert conn.execute("select count(*) from cadastre.staged_parcel").fetchone() == (0,)


def test_two_publishers_at_once_make_one_version(database, run, batch_id):
    many = [parcel(replace(KEY, parcel=str(number))) for number in range(200)]

    def publish_all(_):
        with connect(database.worker) as conn:
            return counts(publish(conn, run, many, batch_id=batch_id))

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(publish_all, range(2)))
    assert sorted(results) == [(0, 0, 0, 200), (200, 0, 0, 0)]
    with connect(database.worker) as conn:
        assert versions(conn) == 200


def test_while_one_settles_another_waits_so_the_newest_knowledge_wins(conn, run, batch_id, database):
    with connect(database.worker) as other:
        other.execute("set lock_timeout = '100ms'")
        with settling(conn, run):
            assert len(entries_of_keys(conn, keys_touched(conn, batch_id))) == 1
            with pytest.raises(psycopg.errors.LockNotAvailable), settling(other, run):
                pass
            publish(conn, run, [parcel()], batch_id=batch_id, keys=[KEY])
        with settling(other, run):
            assert versions(other) == 1


def test_a_publisher_that_stands_still_is_cut_off_and_frees_the_lock(run, database):
    with connect(database.worker) as frozen, connect(database.worker) as other:
        frozen.execute("set idle_in_transaction_session_timeout = '50ms'")
        with pytest.raises(psycopg.Error), settling(frozen, run):
            with settling(other, run):  # comes in as soon as the other is cut off
                pass
            frozen.execute("select 1")
    assert frozen.broken or frozen.closed


def test_parcels_of_one_series_that_overlap_are_shown_and_neighbours_are_not(conn, run, batch_id):
    def square(left):
        return tuple((east + left, north) for east, north in SQUARE)

    neighbours = [parcel(ring=square(0)), parcel(OTHER, ring=square(10))]
    publish(conn, run, neighbours, batch_id=batch_id)
    assert conn.execute("select * from audit.overlapping_parcel").fetchall() == []
    older_map = replace(KEY, era="299", parcel="7")
    publish(conn, run, [parcel(older_map, ring=square(0)), parcel(OTHER, ring=square(9))], batch_id=batch_id)
    (overlap,) = conn.execute("select overlap_m2 from audit.overlapping_parcel").fetchall()
    assert overlap[0] == pytest.approx(12.0)  # 1 m of 12 m depth; the older map's parcel lies over both and counts not


def test_parcels_of_a_batch_are_those_that_rest_on_its_entries(conn, run, batch_id):
    publish(conn, run, [parcel(), parcel(OTHER, entry_ids=("e-elsewhere",))], batch_id=batch_id)
    assert [line.key for line in layers.parcels(conn, batch_id=batch_id)] == [KEY]
    assert layers.figures(conn, batch_id=batch_id)["parcels"] == {"1": 1, "2": 0, "3": 0}
    assert layers.figures(conn)["parcels"] == {"1": 2, "2": 0, "3": 0}
