"""The papers of forty years, row by row: what each kind prints of a parcel on the day it was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from benchmarks.strange.communes import MERGER, seat, unit_on
from benchmarks.strange.land import Certificate, Country, Designation, Piece
from benchmarks.strange.measuring import Tape, as_toponym, era_of, uses_on
from benchmarks.strange.notes import Place, Said
from benchmarks.strange.people import Holder, as_written

_ROWS = 25
_LAGGING = ("gcn", "don_dang_ky", "so_cap_gcn")  # copied from older papers: for some years they print the old numbers
_LAG = timedelta(days=3 * 365)
_TOPONYM_SHARE = {"so_muc_ke": 0.7, "so_dang_ky": 0.8, "gcn": 0.2, "trich_do": 0.2, "so_dia_chinh": 0.2}
_DWELLING_SHARE = {"so_dang_ky": 0.7, "gcn": 0.7, "don_dang_ky": 0.8, "so_dia_chinh": 0.5}
_PAGED = ("so_muc_ke", "so_dang_ky", "so_dia_chinh", "so_cap_gcn", "quyet_dinh")


@dataclass(slots=True)
class Line:
    """One entry to be: a document's row, the piece it is really of, and what it truly says of earlier numbers."""

    document: str
    kind: str
    form: str | None
    era: str
    day: date
    piece: int
    name: Designation
    row: int | None
    page: int
    fields: dict[str, Any]
    true_of: set[Place] = field(default_factory=set)
    lost: bool = False
    unit_told: bool = True
    new_code: str = ""  # of the commune of 2025 that holds the land now


@dataclass(slots=True)
class Document:
    """A paper under way: rows are added until it is full."""

    no: str
    kind: str
    form: str | None
    day: date
    lost: bool
    rows: int = 0


class Archive:
    """Writes papers; keeps those that are lost too, for what the truth needs."""

    def __init__(self, country: Country, seed: int) -> None:
        self.lines: list[Line] = []
        self.country = country
        self.tape = Tape(seed)
        self._documents = 0
        self._by_piece: dict[int, list[Line]] = defaultdict(list)

    def document(self, kind: str, day: date, lost: float, form: str | None = None) -> Document:
        """Begin a paper; with the probability `lost` it will not be found."""
        self._documents += 1
        return Document(f"S{self._documents:05d}", kind, form, day, self.country.chance.random() < lost)

    def write(self, paper: Document, piece: Piece, said: Said, more: dict[str, Any]) -> Line | None:
        """Add what the paper says of a piece; None where the piece has no number to stand under."""
        name = piece.name(paper.day)
        if name is None or piece.commune.quiet_from <= paper.day < MERGER:
            return None
        if paper.kind in _LAGGING and self.country.chance.random() < 0.15:
            before = _name_before(piece, name, paper.day)
            name, said = (before, Said()) if before else (name, said)
        paper.rows += 1
        paged = paper.kind in _PAGED
        line = Line(
            paper.no, paper.kind, paper.form, era_of(paper.day, self.country.tables), paper.day, piece.no, name,
            (paper.rows - 1) % _ROWS + 1 if paged or paper.form == "gcn_1993" else None,
            (paper.rows - 1) // _ROWS + 1 if paged else 1,
            {}, set(said.true_of), paper.lost, new_code=piece.commune.new_code,
        )  # fmt: skip
        line.fields.update(self._place(piece, name, paper, line))
        line.fields.update(sheet_no=name.sheet, parcel_no=name.number)
        line.fields.update({key: value for key, value in more.items() if value is not None})
        line.fields.update(said.fields)
        if said.words:
            line.fields["change_note"] = ". ".join(said.words)
        if said.refs:
            line.fields["refs"] = said.refs
        self.lines.append(line)
        self._by_piece[piece.no].append(line)
        return line

    def _place(self, piece: Piece, name: Designation, paper: Document, line: Line) -> dict[str, Any]:
        country, day = self.country, paper.day
        code = piece.commune.new_code if day >= MERGER else name.unit
        unit = unit_on(code, day, country.tables)
        told: dict[str, Any] = {"unit_name": unit.name, "unit_code": name.unit}
        words = f"{country.hamlet_name(piece.hamlet, day)}, {seat(unit, day)}"
        if day >= MERGER:
            before = unit_on(piece.commune.code, date(2024, 12, 31), country.tables).name
            shifted = name.unit == piece.commune.new_code and name.day == MERGER
            if shifted or country.chance.random() < 0.65:
                words = f"{country.hamlet_name(piece.hamlet, day)} ({before} cũ), {seat(unit, day)}"
            else:
                line.unit_told = False
                del told["unit_code"]
        if paper.kind in ("gcn", "don_dang_ky", "trich_do", "trich_luc"):
            told["address"] = words
        share = _TOPONYM_SHARE.get(paper.kind, 0.0)
        if paper.kind == "so_muc_ke" and day.year > 1993:
            share = 0.0
        if country.chance.random() < share:
            told["toponym"] = as_toponym(piece.toponym, country.chance)
        return told

    def owners(self, holder: Holder, day: date, kind: str) -> list[dict[str, Any]]:
        """Return the owners as the paper names them; the dead stand on in one book out of eight."""
        chance, era = self.country.chance, era_of(day, self.country.tables)
        copied = kind in ("so_muc_ke", "so_dia_chinh") and chance.random() < 0.13
        year = day.year - (chance.randint(3, 15) if copied else 0)
        head, spouse = holder.head(year)
        if holder.user_type != "GDC":
            return [{"name": head.name}]
        lives_at = self._dwelling(holder, day) if chance.random() < _DWELLING_SHARE.get(kind, 0.0) else None
        late = era not in ("299", "1988", "1993") and kind in ("gcn", "so_dia_chinh", "don_dang_ky", "trich_do")
        listed = [head, *([spouse] if spouse and chance.random() < (0.6 if late else 0.08) else [])]
        owners: list[dict[str, Any]] = []
        for person in listed:
            owner: dict[str, Any] = {"name": as_written(person.name, era, chance)}
            if late:
                owner["sex"] = person.sex
                if chance.random() < 0.6:
                    owner["birth_year"] = person.born
            owners.append(owner)
            if lives_at:
                owner["address"] = lives_at
        if len(listed) == 1 and chance.random() < 0.5 and era not in ("2013", "2024"):
            owners[0]["household"] = True
        return owners

    def _dwelling(self, holder: Holder, day: date) -> str:
        """Return where the holder lives: a hamlet under its name of the day, or far away."""
        if holder.no % 25 == 0:
            return "Thành phố Đà Nẵng" if holder.no % 2 else "TP. Hồ Chí Minh"
        return self.country.hamlet_name(holder.hamlet, day)

    def measured(self, piece: Piece, day: date) -> float | None:
        """Return the area in the books of the map that is in use on the day."""
        name = piece.name(day)
        return self.tape.measured(piece, name.series, day) if name else None

    def uses(self, piece: Piece, day: date, area_m2: float, *, with_areas: bool = True) -> list[dict[str, Any]]:
        """Return the printed land use."""
        code = piece.commune.code_on(day) if day < MERGER else piece.commune.new_code
        ward = unit_on(code, day, self.country.tables).type != "xa"
        told = uses_on(piece, day, era_of(day, self.country.tables), ward, area_m2)
        return [{"code": code, "area_m2": area if with_areas else None} for code, area in told]

    def said_of(self, piece: Piece, kinds: Iterable[str]) -> list[Line]:
        """Return what was written of a piece on papers of some kinds."""
        wanted = frozenset(kinds)
        return [line for line in self._by_piece[piece.no] if line.kind in wanted]


def _name_before(piece: Piece, name: Designation, day: date) -> Designation | None:
    """Return the name on the map before, if the new map is of the last years and the commune the same."""
    older = [one for one in piece.names if one.day < name.day]
    fresh = day - name.day < _LAG and name.sheet.isdigit()
    return older[-1] if older and fresh and (older[-1].unit, name.day < MERGER) == (name.unit, True) else None


def last_area(lines: Sequence[Line]) -> float | None:
    """Return the area on the latest of some lines."""
    areas = [line.fields["area_m2"] for line in lines if line.fields.get("area_m2") is not None]
    return areas[-1] if areas else None


def in_force(piece: Piece, day: date) -> Certificate | None:
    """Return the certificate that was the latest on the day."""
    found = [one for one in piece.certificates if one.day <= day]
    return found[-1] if found else None
