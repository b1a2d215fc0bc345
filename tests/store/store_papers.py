"""Small invented papers, as readings, entries and parcels, for the tests of the store."""

from __future__ import annotations

import hashlib

from schemas.documents import Box, Given, PageRef
from schemas.entries import Corner, Entry, FieldValue, LandUse, Owner, Term, Value
from schemas.errors import Message
from schemas.outcomes import Finding, Quarantine
from schemas.parcels import Claim, Parcel, ParcelKey
from schemas.readings import PageReading, Reading, Vote
from store import entries, intake, readings
from store.database import Connection
from store.entries import Document
from store.intake import BatchFile
from store.runs import Run

#: A name that must never be seen by who may not read people.
CANARY = "Nguyễn Thị Chim Vàng"
READER = "reader-1"
KEY = ParcelKey("20335", "2013", "12", "125")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def batch_file(path: str, content: str, **given: object) -> BatchFile:
    return BatchFile(sha(content), len(content), Given(path, **given))  # type: ignore[arg-type]


def reading(content: str, page: int = 1, *, blank: bool = False, name: str = CANARY) -> PageReading:
    ref = PageRef(sha(content), page)
    fields = {} if blank else {"owners": (Reading(ref, Box(10, 20, 300, 60), name, (Vote("tess", name, 0.9),)),)}
    return PageReading(
        ref=ref,
        width=2480,
        height=3508,
        blank=blank,
        kind="khac" if blank else "gcn",
        kind_p=0.0 if blank else 0.98,
        form=None if blank else "gcn_2009",
        era=None if blank else "2013",
        quality="clean",
        capture="flatbed",
        copy_kind="original",
        turn_deg=0,
        printed_no=None if blank else "08",
        title_page=not blank,
        fields=fields,
    )


def paper(value: Value, text: str, ref: PageRef) -> FieldValue:
    return FieldValue(value, text, None, "accepted", "paper", ref, Box(10, 20, 300, 60))


def entry(content: str, page: int = 1, *, row: int | None = None, area_m2: float = 120.5, name: str = CANARY) -> Entry:
    """An entry of a certificate that stands on this page; ids come from the page and the row alone."""
    ref = PageRef(sha(content), page)
    return Entry(
        entry_id=f"e-{content}-{page}-{row}",
        document_id=f"d-{content}",
        ref=ref,
        row=row,
        kind="gcn",
        form="gcn_2009",
        era="2013",
        status="review",
        fields={
            "sheet_no": paper("12", "012", ref),
            "parcel_no": paper("125", "125", ref),
            "area_m2": paper(area_m2, f"{area_m2} m²", ref),
            "land_use": paper((LandUse("ONT", 100.0), LandUse("CLN", None)), "ONT+CLN", ref),
            "term": paper(Term("until", "2065-12"), "tháng 12/2065", ref),
            "corners": paper((Corner(1, 1720818.12, 577996.4, 12.31),), "1", ref),
            "owners": paper((Owner(name, sex="nu", birth_year=1960, id_no="205123456"),), f"Bà: {name}", ref),
            "issued_on": FieldValue(None, "31/02/2015", None, "unreadable", "paper", ref, Box(1, 2, 3, 4)),
            "unit_code": FieldValue("20335", None, None, "accepted", "manifest", None, None),
        },
        findings=(Finding("R1", "error", ("area_m2", "area_words_m2"), Message("khác nhau", "they differ")),),
    )


def document(content: str, pages: int = 1) -> Document:
    refs = tuple(PageRef(sha(content), page) for page in range(1, pages + 1))
    return Document(f"d-{content}", "gcn", "gcn_2009", "2013", refs)


SQUARE = (
    (577000.0, 1720000.0),
    (577010.0, 1720000.0),
    (577010.0, 1720012.0),
    (577000.0, 1720012.0),
    (577000.0, 1720000.0),
)


def parcel(
    key: ParcelKey = KEY,
    *,
    area_m2: float | None = 120.0,
    ring: tuple[tuple[float, float], ...] | None = SQUARE,
    entry_ids: tuple[str, ...] = ("e-a-1-None",),
    name: str = CANARY,
    attributes: dict[str, Value] | None = None,
) -> Parcel:
    return Parcel(
        key=key,
        area_m2=area_m2,
        legal_area_m2=118.0,
        land_use=(LandUse("ONT", 100.0), LandUse("CLN", 20.0)),
        user_type="GDC",
        grade=1,
        status="consistent",
        valid_from="2015-03-20",
        entry_ids=entry_ids,
        ring=ring,
        geometry_note=None,
        claims=tuple(
            claim
            for entry_id in entry_ids
            for claim in (
                Claim(key, "area_m2", area_m2, entry_id, "2013", "2015-03-20", "current", "extract-first"),
                Claim(key, "owners", (Owner(name),), entry_id, "2013", "2015-03-20", "current", "later-date"),
            )
        ),
        attributes={"address": "thôn Một, xã Tam Thăng"} if attributes is None else attributes,
    )


def take_in(conn: Connection, run: Run, files: list[BatchFile], *, pages: int = 1) -> str:
    """Register a batch whose files have so many pages each, all read."""
    batch_id = intake.register(conn, run, "/scans/one", files)
    for line in intake.files_to_open(conn, batch_id, READER):
        intake.file_opened(conn, run, line.sha256, pages, READER)
    return batch_id


def read_all(conn: Connection, run: Run, batch_id: str, contents: list[str], *, pages: int = 1) -> None:
    for content in contents:
        for page in range(1, pages + 1):
            readings.save_reading(conn, run, reading(content, page), READER)
    assert intake.pages_to_read(conn, batch_id, READER) == []


def one_certificate(conn: Connection, run: Run, content: str = "a", path: str = "a.pdf") -> str:
    """Take in, read and derive a batch of one certificate of one page with one parcel; returns the batch id."""
    batch_id = take_in(conn, run, [batch_file(path, content)])
    read_all(conn, run, batch_id, [content])
    made = entry(content)
    entries.save_entries(conn, run, batch_id, [document(content)], [made], {made.entry_id: KEY})
    return batch_id


TORN = Quarantine("truncated", Message("tệp bị cắt", "the file is cut off"))
