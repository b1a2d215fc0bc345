"""What was read on each page, kept by page and reader version, and given back folder by folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from schemas.documents import Given
from schemas.errors import Message
from schemas.outcomes import Quarantine
from schemas.readings import PageReading, page_reading_from_json, page_reading_to_json
from store.database import Connection, as_jsonb, clean_text, statement
from store.runs import Run, hold

#: Why a separator sheet is a blank page.
SEPARATOR = Quarantine("separator", Message("tờ ngăn giữa các giấy tờ", "separator sheet between papers"))


@dataclass(frozen=True, slots=True)
class FileReadings:
    """The pages of one file that were read, blank ones too, in order; `page_count` counts all that it has."""

    path: str
    sha256: str
    given: Given
    page_count: int
    pages: tuple[PageReading, ...]


@dataclass(frozen=True, slots=True)
class FolderReadings:
    """The files of one folder of a batch in natural order; the batch's own folder is ""."""

    folder: str
    files: tuple[FileReadings, ...]


def save_reading(conn: Connection, run: Run, reading: PageReading, reader_version: str) -> bool:
    """Keep a page's reading and its state; False where this version had read the page before.

    The first reading of a version stays: a repeat is free and changes nothing.
    """
    why = SEPARATOR if reading.separator else None
    page = {
        "code": why and why.code,
        "vi": why and why.message.vi,
        "en": why and why.message.en,
        "sha256": reading.ref.sha256,
        "page": reading.ref.page,
        "reader_version": reader_version,
        "state": "blank" if reading.blank else "read",
        "width": reading.width,
        "height": reading.height,
        "kind": None if reading.blank else reading.kind,
        "form": reading.form,
        "era": reading.era,
        "quality": reading.quality,
        "capture": reading.capture,
        "copy_kind": reading.copy_kind,
        "printed_no": None if reading.printed_no is None else clean_text(reading.printed_no),
    }
    with conn.transaction():
        hold(conn, run)
        content = as_jsonb(page_reading_to_json(reading))
        added = conn.execute(statement("readings", "add_reading"), {**page, "content": content}).fetchone()
        conn.execute(statement("readings", "page_read"), page)
    return added is not None


def folders(conn: Connection, batch_id: str) -> Iterator[FolderReadings]:
    """Yield the batch's opened files by folder, each with its pages and what is given of it.

    Of paths with the same bytes one stands (`intake.standing_file`); a page that was not read is left out.
    """
    rows = conn.execute(statement("readings", "files"), {"batch_id": batch_id}).fetchall()
    rows.sort(key=lambda row: (natural_order(_folder(row[0])), natural_order(row[0])))
    for folder, files in groupby(rows, key=lambda row: _folder(row[0])):
        members = list(files)
        pages: dict[str, list[PageReading]] = {member[1]: [] for member in members}
        for sha256, content in conn.execute(statement("readings", "readings"), {"sha256s": list(pages)}):
            pages[sha256].append(page_reading_from_json(content))
        yield FolderReadings(
            folder,
            tuple(
                FileReadings(path, sha256, Given(path, *given), page_count, tuple(pages[sha256]))
                for path, sha256, *given, page_count in members
            ),
        )


def natural_order(path: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key by which "trang 2" comes before "trang 10"."""
    parts = re.findall(r"[0-9]+|[^0-9]+", path.casefold())
    return (*((int(part), "") if part[0] in "0123456789" else (-1, part) for part in parts), (-2, path))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
