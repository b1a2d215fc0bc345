"""The papers of the offices: what each kind prints of a piece of land on a day."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from benchmarks.plain.communes import is_digital
from benchmarks.plain.days import CODES, MERGER, certificate_form, day_of, era_of
from benchmarks.plain.ground import EAST, NORTH, area_of
from benchmarks.plain.land import Country, Piece
from benchmarks.plain.notes import Ref, Telling, telling
from benchmarks.plain.people import as_written
from benchmarks.plain.uses import uses_of

#: Certificate (giấy chứng nhận), cadastral register (sổ địa chính), issue book (sổ cấp giấy chứng nhận), decision with
#: a list (quyết định), parcel index (sổ mục kê), land register of the 299 era (sổ đăng ký ruộng đất), application (đơn
#: đăng ký), extract of a survey (trích đo).
Kind = Literal["gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh", "so_muc_ke", "so_dang_ky", "don_dang_ky", "trich_do"]
#: What a paper tells of earlier numbers: all, only what a parcel of one number was made from, or nothing.
Tells = Literal["all", "origin", "nothing"]
_WITH_PERSONS = ("gcn", "don_dang_ky", "so_dia_chinh", "trich_do")  # kinds that print sex, birth year, spouse
_WITH_ADDRESS = ("gcn", "don_dang_ky", "trich_do")
_OTHER_AREA = 0.06  # share of certificates and extracts whose area is not the map's


class Where(NamedTuple):
    """Where an entry stands: its document, page and row."""

    document: str
    page: int = 1
    row: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """One entry as its paper prints it; `says` are the earlier parcel numbers that it tells."""

    kind: Kind
    form: str | None
    era: str
    where: Where
    fields: Mapping[str, Any]
    piece: Piece
    map_name: str
    at: float
    says: Sequence[str]

    @property
    def sheet(self) -> str:
        """Return the sheet that the paper prints."""
        return self.piece.numbers[self.map_name][0]


class Archive:
    """All papers that were ever made, in the order of their making."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.papers: list[Paper] = []
        self._documents = 0

    def document(self) -> str:
        """Return the name of a new document."""
        self._documents += 1
        return f"H{self._documents:05d}"

    def write(
        self, kind: Kind, piece: Piece, t: float, where: Where, *, map_name: str | None = None, dated: bool = True,
        extra: Mapping[str, Any] | None = None, tells: Tells = "all", notes: Sequence[str] = (),
        refs: Sequence[Ref] = (),
    ) -> None:  # fmt: skip
        """Write a paper or a row; nothing where the piece has no number on the map of the day."""
        chance = self.country.chance
        map_name = map_name or piece.commune.map_on(t)
        if map_name not in piece.numbers:
            return
        form = certificate_form(t) if kind == "gcn" else None
        fields = self._place(kind, piece, t)
        fields["sheet_no"], fields["parcel_no"] = piece.numbers[map_name]
        fields["owners"] = self._owners(piece, t, kind)
        area = piece.measured_m2[map_name]
        if kind in ("gcn", "trich_do") and t > CODES and chance.random() < _OTHER_AREA:
            area = round(area * (1 + chance.gauss(0, 0.008)), 1)
        fields["area_m2"] = float(area)
        if kind not in ("so_cap_gcn", "quyet_dinh"):
            fields["land_use"] = uses_of(piece, t, area, kind, chance)
        if dated:
            fields["issued_on"] = day_of(t)
        if kind in ("gcn", "so_dia_chinh"):
            fields["term"] = _term(piece, t)
        fields |= extra or {}
        all_told = tells == "all" or (tells == "origin" and len(piece.numbers) == 1)
        told = telling(piece, map_name, chance) if all_told else Telling()
        fields |= told.fields
        if told.notes or notes:
            fields["change_note"] = ". ".join((*told.notes, *notes))
        if told.refs or refs:
            fields["refs"] = [*told.refs, *refs]
        if kind == "so_dia_chinh":
            fields["private_m2"] = fields["area_m2"]
        drawn = form == "gcn_2009" and is_digital(map_name) and chance.random() < 0.5
        if drawn or kind == "trich_do":
            fields["corners"] = _corners(piece, area)
        old = [fields["old_parcel_no"]] if "old_parcel_no" in fields else []
        says = (*told.numbers, *old)
        self.papers.append(Paper(kind, form, era_of(t), where, fields, piece, map_name, t, says))

    def _place(self, kind: Kind, piece: Piece, t: float) -> dict[str, Any]:
        """Return the commune, after the merger in seven of ten papers with the one of before."""
        chance, commune = self.country.chance, piece.commune
        named = t < MERGER or chance.random() < 0.7
        fields: dict[str, Any] = {"unit_name": commune.name(t)}
        code = commune.code_on(t, named=named)
        if code:
            fields["unit_code"] = code
        if kind in _WITH_ADDRESS or chance.random() < 0.1:
            fields["address"] = f"Thôn {piece.hamlet}, {commune.place(t, named=named)}"
        if chance.random() < _toponym_rate(kind, t):
            fields["toponym"] = piece.toponym
        return fields

    def _owners(self, piece: Piece, t: float, kind: Kind) -> list[dict[str, Any]]:
        """Return the holders as the paper's law has them printed."""
        chance, holder = self.country.chance, piece.owner
        if holder.organisation:
            return [{"name": holder.organisation}]
        rate = 0.09 if t < 1990 else 0.07 if t < 2004 else 0.025
        full = kind in _WITH_PERSONS
        spouse = holder.spouse if holder.spouse and t > 2000 and full and chance.random() < 0.75 else None
        owners = []
        for person in (one for one in (holder.head, spouse) if one):
            first = person is holder.head
            owner: dict[str, Any] = {"name": as_written(person.name, rate, chance)}
            if full or chance.random() < 0.3:
                owner["sex"] = person.sex
            if full and 1993 < t < 2025 and chance.random() < (0.5 if t < 2004 else 0.93):
                owner["birth_year"] = person.born
            if full and t > 2004 and chance.random() < 0.85:
                new = t > 2021 or (t > 2016 and chance.random() < 0.5)
                owner["id_kind"], owner["id_no"] = ("cccd", person.cccd) if new else ("cmnd", person.cmnd)
            if first and t < 2015 and chance.random() < (0.6 if t < 2004 else 0.35):
                owner["household"] = True
            if first and full and 1993 < t < 2025 and chance.random() < 0.5:
                owner["address"] = f"Thôn {holder.hamlet}, {piece.commune.place(t)}"
            owners.append(owner)
        return owners


def _toponym_rate(kind: Kind, t: float) -> float:
    """Return how often a kind prints the name of the fields (xứ đồng)."""
    if kind == "so_muc_ke":
        return 0.5 if t < 1990 else 0.15
    if kind == "gcn":
        return 0.25 if t < 2004 else 0.12
    return 0.8 if kind == "so_dang_ky" else 0.08


def _term(piece: Piece, t: float) -> dict[str, str]:
    """Return how long the right lasts: fields twenty years from 15 October 1993, then fifty."""
    if piece.use == "T":
        return {"kind": "long"}
    return {"kind": "until", "date": "2013-10-15" if t < 2013.8 else "2063-10-15"}


def _corners(piece: Piece, area_m2: float) -> list[dict[str, float]]:
    """Return the corners in VN-2000 (x north, y east, metres), scaled to the area that the paper prints."""
    corners = piece.cell.corners()
    scale = math.sqrt(area_m2 / area_of(corners))
    mid_x, mid_y = (sum(corner[axis] for corner in corners) / 4 for axis in (0, 1))
    return [
        {
            "no": number,
            "x": round(NORTH + mid_y + (y - mid_y) * scale, 2),
            "y": round(EAST + mid_x + (x - mid_x) * scale, 2),
        }
        for number, (x, y) in enumerate(corners, 1)
    ]
