"""What is held of one commune, as far as the search for missing originals needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.documents import Era, Kind
from schemas.entries import Ref


@dataclass(frozen=True, slots=True)
class Line:
    """What one entry says: a row of a book, or a paper of one parcel.

    `order` is the page's place in its document, `page` its number in the file. `names` are keys of the owners' names
    and `note` is the note of changes: both are compared and never told. `own_number` is a decision's own number.
    `drawn` says that an imported row is of a map.
    """

    batch_id: str
    document_id: str
    order: int
    file: str
    page: int
    row: int | None
    kind: Kind
    era: Era | None = None
    sheet_no: str | None = None
    parcel_no: str | None = None
    area_m2: float | None = None
    serial: str | None = None
    register_no: str | None = None
    issued_on: str | None = None
    refs: tuple[Ref, ...] = ()
    own_number: str | None = None
    names: frozenset[str] = frozenset()
    note: str = ""
    custodian: str | None = None
    drawn: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Return where the line stands in its document: page, row."""
        return self.order, self.row or 0

    def named(self, sort: str) -> tuple[str, ...]:
        """Return the papers of this sort (`serial`, `decision`, `page` …) that the line refers to."""
        return tuple(ref.value for ref in self.refs if ref.type == sort)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a book that was read; `volume`, `total` and `carried` are the printed texts.

    `total` stands at the foot (`Cộng`), `carried` at the head (`Mang sang`): areas in m².
    """

    batch_id: str
    document_id: str
    order: int
    file: str
    page: int
    kind: Kind
    era: Era | None = None
    printed_no: str | None = None
    cover: bool = False
    volume: str | None = None
    total: str | None = None
    carried: str | None = None
    container: str | None = None
    custodian: str | None = None

    @property
    def number(self) -> int | None:
        """Return the printed page number where it is a plain number."""
        text = (self.printed_no or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and int(text) else None


@dataclass(frozen=True, slots=True)
class Holdings:
    """The lines and leaves of one commune (`unit_code`), or of a batch's papers whose commune is not known.

    `serials` and `decisions` are those held anywhere among the ones that the lines name.
    """

    unit_code: str | None
    scope: str
    lines: Sequence[Line]
    leaves: Sequence[Leaf]
    serials: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
