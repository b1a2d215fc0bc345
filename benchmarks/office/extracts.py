"""Survey extracts (trích đo): corners and area of one parcel, measured where a change or a certificate needs it."""

from __future__ import annotations

from datetime import date

from benchmarks.office.days import MERGER, unit_of
from benchmarks.office.folk import holders_of
from benchmarks.office.ground import corner_table, measured
from benchmarks.office.papers import Archive, Paper
from benchmarks.office.pieces import Node, Piece
from benchmarks.office.uses import uses_of

#: Corners measured by tape and optical instrument, later by total station and GNSS.
_ERRORS_M = ((date(2005, 1, 1), 0.3), (date.max, 0.05))


def taped_area(piece: Piece, day: date) -> float:
    """Return the area measured for one parcel on a day."""
    error = next(error for until, error in _ERRORS_M if day < until)
    seen = measured(piece.polygon, f"tape{day.year}", error)
    return max(float(round(seen.area, 0 if error > 0.1 else 1)), 1.0)


def extract(piece: Piece, node: Node, area: float, day: date, archive: Archive) -> Paper:
    """Write the extract of a parcel with its corner table."""
    seen = measured(piece.polygon, f"tape{day.year}", 0.05)
    fields = {
        "owners": archive.owners(holders_of(piece.holder, day)[:1], day),
        "area_m2": area,
        "land_use": uses_of(piece, area, day),
        "corners": corner_table(seen),
        "address": address_of(piece, day),
        "issued_on": day.isoformat(),
    }
    return archive.add("trich_do", node, day, archive.document("TD"), fields, alone=True)


def address_of(piece: Piece, day: date) -> str:
    """Return the parcel's address with the names of the day."""
    word = "Thôn" if day < date(2016, 1, 1) else "Khối phố"
    if day >= MERGER:
        return f"{word} {piece.hamlet}, Phường Điện Bàn Đông, Thành phố Đà Nẵng"
    district = "Huyện Điện Bàn" if day < date(2015, 3, 12) else "Thị xã Điện Bàn"
    province = "Tỉnh Quảng Nam - Đà Nẵng" if day < date(1997, 1, 1) else "Tỉnh Quảng Nam"
    return f"{word} {piece.hamlet}, {unit_of(piece.zone, day)[1]}, {district}, {province}"
