"""What the engines saw on one page, before anything is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from schemas.documents import Box, Capture, CopyKind, Era, Form, Kind, PageRef, Quality, Separator

#: A page's look has so many cells in a row and so many rows.
LOOK_SIDE = 40


@dataclass(frozen=True, slots=True)
class Vote:
    """One engine's text for one place, NFC, and its own confidence between 0 and 1 (not comparable across engines)."""

    engine: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One place on a page and what each engine read there.

    `text` is the text kept as evidence: that of the engine trusted most for this sort of content,
    without the printed label. `box` encloses the value only, in pixels of the original page.
    """

    ref: PageRef
    box: Box
    text: str
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class RowReading:
    """One parcel row of a ledger page: `row` counts parcel rows of the page from 1; fields by contract name."""

    row: int
    fields: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class CornerReading:
    """One row of a corner table as printed. `edge` is the length printed between this row and the next.

    x is north and y is east, as on paper. A cell that is not there is None.
    """

    no: Reading | None
    x: Reading | None
    y: Reading | None
    edge: Reading | None


@dataclass(frozen=True, slots=True)
class PageReading:
    """All that was read on one page.

    `kind` with `kind_p` (0 to 1) is what the page looks like on its own; "khac" where nothing fits.
    `faces` names the parts of the form that stand on the page, in reading order: for certificates
    "1" "2" "3" "4" (their page numbers), for books "cover" or "rows", for extracts "1".
    `title_page` is true where a new document begins here (a title, or a certificate's page 1).
    `fields` holds the document's fields by contract name with every place they were seen. Beside the
    contract's names it may hold: "district_name", "province_name" (as printed), "title", "barcode",
    "meridian" (text of the coordinate system line), "scale"; of a book's page "sum_m2" and "carried_m2" (`Cộng`,
    `Mang sang`), "page_before" and "page_after" (`Tiếp theo`, `Chuyển tiếp trang số`).
    `corners` includes a repeated first row if printed. `notes` are the rows of a register's block of changes:
    "parcel_no" and "change_note".
    `blank` pages have kind "khac" and no content; so has a separator sheet, and `separator` says what begins after it.
    `look` is where the ink lies, as `ocr.likeness` makes it, by which the same page in other bytes is found.
    """

    ref: PageRef
    width: int
    height: int
    blank: bool
    kind: Kind
    kind_p: float
    form: Form | None
    era: Era | None  # only where the printed template itself tells it
    quality: Quality
    capture: Capture | None
    copy_kind: CopyKind | None
    turn_deg: int  # quarter turns clockwise that made the page upright: 0, 90, 180, 270
    printed_no: str | None
    title_page: bool
    faces: tuple[str, ...] = ()
    fields: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)
    rows: tuple[RowReading, ...] = ()
    corners: tuple[CornerReading, ...] = ()
    notes: tuple[RowReading, ...] = ()
    separator: Separator | None = None
    look: str | None = None


def separator_sheet(ref: PageRef, width: int, height: int, begins: Separator) -> PageReading:
    """Return the reading of a separator sheet, a page without content; `begins` is what begins after it."""
    return PageReading(
        ref=ref, width=width, height=height, blank=True, kind="khac", kind_p=1.0, form=None, era=None, quality="clean",
        capture=None, copy_kind=None, turn_deg=0, printed_no=None, title_page=False, separator=begins,
    )  # fmt: skip


@cache
def _adapter() -> TypeAdapter[PageReading]:
    return TypeAdapter(PageReading)


def page_reading_to_json(reading: PageReading) -> dict[str, Any]:
    """Return the reading as plain JSON values, for storage."""
    value: dict[str, Any] = _adapter().dump_python(reading, mode="json")
    return value


def page_reading_from_json(value: object) -> PageReading:
    """Return the reading that `page_reading_to_json` stored."""
    return _adapter().validate_python(value)
