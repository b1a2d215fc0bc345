"""The true entries of a made batch in the store, without any reading; papers lost and numbers misread on purpose."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cadastre.missing.dangling import ISSUE_BOOKS
from cadastre.missing.lookalikes import lookalikes
from flows.folder import read_manifest
from schemas.documents import Box, Given, PageRef
from schemas.entries import Entry, FieldValue, value_from_json
from schemas.readings import PageReading, Reading, Vote
from store import entries as kept_entries
from store import intake, readings
from store.database import Connection
from store.runs import Run

Line = Mapping[str, Any]
#: Names of the truth that no entry has; a decision's own number stands on its page.
_BESIDE = ("barcode", "scale", "meridian", "title", "decision_no")
_VERSION = "truth"


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of the truth: entries and pages."""

    entries: tuple[Line, ...]
    pages: tuple[Line, ...]

    def without_documents(self, documents: frozenset[str]) -> Batch:
        """Return the batch as if these papers had not come."""
        return Batch(
            tuple(line for line in self.entries if line["document_id"] not in documents),
            tuple(page for page in self.pages if page["document_id"] not in documents),
        )


@dataclass(frozen=True, slots=True)
class Loss:
    """What was done on purpose: kind, reason, commune and what of the case; a decoy only looks like a gap."""

    case: tuple[str, str, str | None, str]
    decoy: bool = False


def read_batch(made: Path) -> Batch:
    """Return the truth of a made batch."""
    folder = made / "truth"
    entries, pages = (
        tuple(json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
        for name in ("entries", "pages")
    )
    return Batch(entries, pages)


def _value(line: Line, name: str) -> Any:
    field = line["fields"].get(name)
    return field["value"] if field else None


def _unit(line: Line) -> str | None:
    unit: str | None = _value(line, "unit_code")
    return unit


def _named(line: Line, sort: str) -> list[str]:
    return [ref["value"] for ref in _value(line, "refs") or () if ref["type"] == sort]


def _changed(line: Line, name: str, value: Any) -> Line:
    return {**line, "fields": {**line["fields"], name: {**line["fields"][name], "value": value}}}


def _certificate(batch: Batch, rng: random.Random) -> tuple[Batch, Loss] | None:
    named = {serial for line in batch.entries for serial in _named(line, "serial")}
    named |= {_value(line, "serial") for line in batch.entries if line["kind"] in ISSUE_BOOKS}
    lost = [line for line in batch.entries if line["kind"] == "gcn" and _value(line, "serial") in named]
    if not lost:
        return None
    one = rng.choice(lost)
    case = ("certificate", "dangling_reference", _unit(one), _value(one, "serial"))
    return batch.without_documents(frozenset({one["document_id"]})), Loss(case)


def _decision(batch: Batch, rng: random.Random) -> tuple[Batch, Loss] | None:
    named = {number for line in batch.entries if line["kind"] == "gcn" for number in _named(line, "decision")}
    lost = [line for line in batch.entries if line["kind"] == "quyet_dinh" and _value(line, "decision_no") in named]
    if not lost:
        return None
    one = rng.choice(lost)
    number = _value(one, "decision_no")
    papers = {line["document_id"] for line in batch.entries if line["kind"] == "quyet_dinh"}
    same = {line["document_id"] for line in batch.entries if _value(line, "decision_no") == number} & papers
    return batch.without_documents(frozenset(same)), Loss(("decision", "dangling_reference", _unit(one), number))


def _page(batch: Batch, rng: random.Random) -> tuple[Batch, Loss] | None:
    linked = {number for line in batch.entries for number in _named(line, "page")}
    books: dict[str, list[Line]] = defaultdict(list)
    for page in batch.pages:
        if page["kind"].startswith("so_") and page["printed_no"]:
            books[page["document_id"]].append(page)
    inner = []
    for pages in books.values():
        numbers = {int(page["printed_no"]) for page in pages}
        inner += [
            page
            for page in pages
            if len(numbers & set(range(int(page["printed_no"]) - 2, int(page["printed_no"]) + 3))) >= 5
            and page["printed_no"] not in linked
        ]
    if not inner:
        return None
    one = rng.choice(inner)
    units = {line["document_id"]: _unit(line) for line in batch.entries}
    at = (one["file"], one["page"])
    rest = Batch(
        tuple(line for line in batch.entries if (line["file"], line["page"]) != at),
        tuple(page for page in batch.pages if page is not one),
    )
    return rest, Loss(("page", "sequence_gap", units[one["document_id"]], one["printed_no"]))


def _triples(batch: Batch, kind: str) -> list[tuple[Line, Line, Line]]:
    rows = [line for line in batch.entries if line["kind"] == kind and line["row"]]
    triples = zip(rows, rows[1:], rows[2:], strict=False)
    return [triple for triple in triples if len({line["document_id"] for line in triple}) == 1]


def _parcel_triples(batch: Batch) -> list[tuple[Line, Line, Line]]:
    found = []
    for triple in _triples(batch, "so_muc_ke"):
        numbers = [_value(line, "parcel_no") or "" for line in triple]
        sheets = {_value(line, "sheet_no") for line in triple}
        in_order = all(text.isdigit() for text in numbers) and int(numbers[2]) - int(numbers[0]) == 2
        if in_order and len(sheets) == 1 and not any(_named(line, "parcel") for line in triple):
            found.append(triple)
    return found


def _index_row(batch: Batch, rng: random.Random) -> tuple[Batch, Loss] | None:
    triples = _parcel_triples(batch)
    if not triples:
        return None
    _, one, _ = rng.choice(triples)
    what = f"{_value(one, 'sheet_no')}/{_value(one, 'parcel_no')}"
    rest = tuple(line for line in batch.entries if line is not one)
    return replace(batch, entries=rest), Loss(("register_row", "sequence_gap", _unit(one), what))


def _issue_row(batch: Batch, rng: random.Random) -> tuple[Batch, Loss] | None:
    triples = _triples(batch, "so_cap_gcn")
    if not triples:
        return None
    _, one, _ = rng.choice(triples)
    rest = tuple(line for line in batch.entries if line is not one)
    return replace(batch, entries=rest), Loss(("register_row", "sequence_gap", _unit(one), _value(one, "register_no")))


def _misread_serial(batch: Batch, rng: random.Random) -> tuple[Batch, Loss] | None:
    held = {_value(line, "serial") for line in batch.entries if line["kind"] == "gcn"} - {None}
    rows = [line for line in batch.entries if line["kind"] in ISSUE_BOOKS and _value(line, "serial") in held]
    rows = [line for line in rows if [text for text in lookalikes(_value(line, "serial")) if text[-6:].isdigit()]]
    if not rows:
        return None
    one = rng.choice(rows)
    letters, digits = _value(one, "serial").split(" ")
    wrong = f"{letters} {rng.choice(sorted(text for text in lookalikes(digits) if text.isdigit()))}"
    changed = tuple(_changed(line, "serial", wrong) if line is one else line for line in batch.entries)
    case = ("certificate", "dangling_reference", _unit(one), wrong)
    return replace(batch, entries=changed), Loss(case, decoy=True)


def _misread_parcel(batch: Batch, rng: random.Random) -> tuple[Batch, Loss] | None:
    triples = _parcel_triples(batch)
    choices = [(one, text) for _, one, _ in triples for text in sorted(lookalikes(_value(one, "parcel_no")))]
    choices = [(one, text) for one, text in choices if text.isdigit() and not text.startswith("0")]
    if not choices:
        return None
    one, wrong = rng.choice(choices)
    what = f"{_value(one, 'sheet_no')}/{_value(one, 'parcel_no')}"
    changed = tuple(_changed(line, "parcel_no", wrong) if line is one else line for line in batch.entries)
    return replace(batch, entries=changed), Loss(("register_row", "sequence_gap", _unit(one), what), decoy=True)


_WAYS: Sequence[Callable[[Batch, random.Random], tuple[Batch, Loss] | None]] = (
    _certificate,
    _page,
    _index_row,
    _misread_serial,
    _issue_row,
    _decision,
    _misread_parcel,
)


def lose(batch: Batch, number: int, seed: int) -> tuple[Batch, list[Loss]]:
    """Return the batch with so many things lost or misread, one way after the other, and what was done."""
    rng = random.Random(seed)
    losses: list[Loss] = []
    for turn in range(number):
        if done := _WAYS[turn % len(_WAYS)](batch, rng):
            batch, loss = done
            losses.append(loss)
    return batch, losses


def _entry(line: Line) -> Entry:
    values = {name: said["value"] for name, said in line["fields"].items() if name not in _BESIDE}
    return Entry(
        entry_id=line["entry_id"],
        document_id=line["document_id"],
        ref=PageRef(line["sha256"], line["page"]),
        row=line["row"],
        kind=line["kind"],
        form=line["form"],
        era=line["era"],
        status=line["status"],
        fields={
            name: FieldValue(value_from_json(name, value), None, None, "accepted", "inferred", None, None)
            for name, value in values.items()
        },
        findings=(),
    )


def _reading(page: Line, decision_no: str | None) -> PageReading:
    ref = PageRef(page["sha256"], page["page"])
    fields = {}
    if decision_no:
        seen = Reading(ref, Box(0, 0, 1, 1), decision_no, (Vote("truth", decision_no, 1.0),))
        fields["decision_no"] = (seen,)
    return PageReading(
        ref=ref,
        width=page["width"],
        height=page["height"],
        blank=page["state"] == "blank",
        kind=page["kind"],
        kind_p=1.0,
        form=page["form"],
        era=page["era"],
        quality=page["quality"],
        capture=page["capture"],
        copy_kind=page["copy_kind"],
        turn_deg=0,
        printed_no=page["printed_no"],
        title_page=page["order"] == 1,
        faces=tuple(page["faces"]),
        fields=fields,
    )


def _documents(pages: Iterable[Line]) -> list[kept_entries.Document]:
    found: dict[str, list[Line]] = defaultdict(list)
    for page in pages:
        if page["document_id"]:
            found[page["document_id"]].append(page)
    return [
        kept_entries.Document(
            document_id,
            lines[0]["kind"],
            lines[0]["form"],
            lines[0]["era"],
            tuple(PageRef(page["sha256"], page["page"]) for page in sorted(lines, key=lambda page: page["order"])),
        )
        for document_id, lines in found.items()
    ]


def take_in(conn: Connection, run: Run, scans: Path, batch: Batch) -> str:
    """Register the files that are left, keep the true readings and entries, and return the batch's id."""
    rows, _ = read_manifest(scans / "manifest.csv")
    given = {row.file: row for row in rows.values()}
    files: dict[str, tuple[str, int]] = {}
    for page in batch.pages:
        sha256, count = files.get(page["file"], (page["sha256"], 0))
        files[page["file"]] = (sha256, max(count, page["page"]))
    kept = [intake.BatchFile(sha256, 1, given.get(file, Given(file))) for file, (sha256, _) in files.items()]
    absent = [row for file, row in given.items() if not (scans / file).exists()]
    batch_id = intake.register(conn, run, str(scans), kept, absent=absent)
    for sha256, count in sorted(files.values()):
        intake.file_opened(conn, run, sha256, count, _VERSION)
    decisions = {line["document_id"]: _value(line, "decision_no") for line in batch.entries}
    for page in batch.pages:
        own = decisions.get(page["document_id"]) if page["kind"] == "quyet_dinh" else None
        readings.save_reading(conn, run, _reading(page, own), _VERSION)
    entries = [_entry(line) for line in batch.entries]
    kept_entries.save_entries(conn, run, batch_id, _documents(batch.pages), entries, {})
    return batch_id
