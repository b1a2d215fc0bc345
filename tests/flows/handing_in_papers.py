"""Invented papers, put into a fresh database through the store, for the tests of what is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from rich.console import Console

from cadastre.settling.keys import key_of
from cadastre.settling.settled import settle
from flows.terminal import Terminal
from schemas.documents import Box, Era, Form, Given, Kind, PageRef
from schemas.entries import Entry, FieldStatus, FieldValue, LandUse, Owner, Term, Value
from schemas.settings import Settings
from schemas.tables import load_tables
from store import entries, intake, parcels, runs
from store.database import Connection
from store.entries import Document
from store.intake import BatchFile

AN = Owner("Nguyễn Văn An", sex="nam", birth_year=1960, id_kind="cmnd", id_no="205123456", address="thôn Một, xã Mẫu")
BINH = Owner("Trần Thị Bình", sex="nu", birth_year=1962, id_kind="cccd", id_no="049162001234", address="thôn Một")
LONG = Term("long")
WAITS: frozenset[str] = frozenset({"owners", "address", "assets", "change_note"})
"""What always waits for a person (cadastre/checking/acceptance.py)."""


@dataclass(frozen=True)
class Paper:
    """One document of one file, with the fields of each of its parcels."""

    name: str
    kind: Kind
    rows: Sequence[Mapping[str, Value]]
    era: Era | None = "2013"
    form: Form | None = None
    pages: int = 1
    waits: frozenset[str] = WAITS
    sha256: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        return self.sha256 or hashlib.sha256(self.name.encode()).hexdigest()

    @property
    def document_id(self) -> str:
        return hashlib.sha256(f"paper {self.name}".encode()).hexdigest()[:32]

    def entries(self) -> Iterator[Entry]:
        for number, row in enumerate(self.rows, start=1):
            ref = PageRef(self.hash, 1)
            fields = {name: self._field(name, value, ref) for name, value in row.items()}
            yield Entry(
                f"{self.document_id}-{number}",
                self.document_id,
                ref,
                number if len(self.rows) > 1 else None,
                self.kind,
                self.form,
                self.era,
                "accepted",
                fields,
                (),
            )

    def _field(self, name: str, value: Value, ref: PageRef) -> FieldValue:
        status: FieldStatus = "review" if name in self.waits else "accepted"
        return FieldValue(value, self.texts.get(name, str(value)), None, status, "paper", ref, Box(1, 2, 3, 4))


def land(
    unit: str, sheet: str, parcel: str, *, area_m2: float = 100.0, uses: tuple[LandUse, ...] = (LandUse("ONT", None),)
) -> dict[str, Value]:
    return {"unit_code": unit, "sheet_no": sheet, "parcel_no": parcel, "area_m2": area_m2, "land_use": uses}


def certificate(serial: str, *rows: Mapping[str, Value], owners: tuple[Owner, ...] = (AN,), **more: Value) -> Paper:
    shared: dict[str, Value] = {
        "serial": serial,
        "register_no": "CH 01234",
        "issued_on": "2015-03-20",
        "owners": owners,
        "address": "thôn Một, xã Mẫu",
        "term": LONG,
        "origin": ("CNQ-CTT",),
        "private_m2": 100.0,
        "shared_m2": 0.0,
        **more,
    }
    return Paper(f"gcn {serial}", "gcn", [{**shared, **row} for row in rows], form="gcn_2009")


def ledger(*rows: Mapping[str, Value], era: Era = "2013", name: str = "muc ke") -> Paper:
    return Paper(f"{name} {era}", "so_muc_ke", rows, era=era, pages=2)


def put(conn: Connection, papers: Sequence[Paper], folder: str = "/scans/lo") -> str:
    """Take the papers in as one batch, save what they say and publish the parcels; returns the batch id."""
    tables = load_tables()
    run = runs.begin_run(conn, "test")
    batch_id = intake.register(
        conn, run, folder, [BatchFile(paper.hash, 1, Given(f"{paper.name}.pdf")) for paper in papers]
    )
    pages = {paper.hash: paper.pages for paper in papers}
    for line in intake.files_to_open(conn, batch_id, "reader"):
        intake.file_opened(conn, run, line.sha256, pages[line.sha256], "reader")
    documents = [
        Document(
            paper.document_id,
            paper.kind,
            paper.form,
            paper.era,
            tuple(PageRef(paper.hash, page) for page in range(1, paper.pages + 1)),
        )
        for paper in papers
    ]
    said = [entry for paper in papers for entry in paper.entries()]
    keys = {entry.entry_id: key for entry in said if (key := key_of(entry))}
    entries.save_entries(conn, run, batch_id, documents, said, keys)
    with parcels.settling(conn, run):
        touched = parcels.keys_touched(conn, batch_id)
        settled = settle(parcels.entries_of_keys(conn, touched), tables)
        parcels.publish(conn, run, settled, batch_id=batch_id, keys=touched)
    runs.end_run(conn, run)
    return batch_id


@contextmanager
def terminal(home: Path) -> Iterator[Terminal]:
    """A terminal that nobody looks at, on a data folder."""
    yield Terminal(Settings(home=home), Console(file=StringIO()), Console(file=StringIO()))
