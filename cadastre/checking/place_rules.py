"""R12: commune, district and province belong together on the signing date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cadastre.checking.papers import Paper
from cadastre.checking.redundancy import SettledArea
from cadastre.units.places import lies_in, named_district, resolve
from cadastre.words.eras import Period
from cadastre.words.folding import key
from schemas.errors import Message
from schemas.outcomes import Finding, Severity

_SPLIT = "1997-01-01"  # Quảng Nam - Đà Nẵng became tỉnh Quảng Nam and thành phố Đà Nẵng (domain.md 7)
_MERGER = "2025-07-01"  # Quảng Nam became part of Đà Nẵng
_BOTH, _SOUTH, _CITY = "Quảng Nam - Đà Nẵng", "Quảng Nam", "Đà Nẵng"


def district_fits_commune(paper: Paper, _area: SettledArea) -> Finding | None:
    """R12 (domain.md 4, 7): the commune lies in the printed district, or lay in it before a division."""
    unit = paper.site.unit
    if unit is None or paper.day is None or not _dated(paper):
        return None
    signed = Period.on(date.fromisoformat(paper.day))
    named = {district for text in _texts(paper) if (district := named_district(text, paper.tables))}
    if not named or any(lies_in(unit, district, paper.tables, signed) for district in named):
        return None
    return _finding(
        "warning",
        ("unit_code", "unit_name"),
        f"{unit.name} không thuộc huyện, thị xã, thành phố ghi trên giấy vào ngày ký.",
        f"{unit.name} did not lie in the district that the paper names on the signing date.",
    )


def commune_is_of_its_day(paper: Paper, _area: SettledArea) -> Finding | None:
    """R12 (domain.md 7): the commune's name existed on the signing date, or the date is misread."""
    if paper.site.unit is not None or paper.day is None or not _dated(paper):
        return None
    day = date.fromisoformat(paper.day)
    for text in _texts(paper):
        ever = resolve(text, None, paper.tables)
        if ever.sure and resolve(text, day, paper.tables).why == "not-then":
            return _finding(
                "warning",
                ("unit_code", "unit_name", "issued_on"),
                "Vào ngày ký chưa có hoặc không còn đơn vị hành chính mang tên này; có thể đọc sai ngày hoặc tên.",
                "On the signing date there was no commune of this name yet, or no longer; date or name may be misread.",
            )
    return None


def province_is_of_its_day(paper: Paper, _area: SettledArea) -> Finding | None:
    """R12 (domain.md 7): Quảng Nam - Đà Nẵng to 1996, Quảng Nam to June 2025, then Đà Nẵng."""
    if paper.day is None or not _dated(paper):
        return None
    votes = [vote.text for reading in paper.draft.fields.get("province_name", ()) for vote in reading.votes]
    named = {province for text in votes if (province := _province(text))}
    expected = _BOTH if paper.day < _SPLIT else _SOUTH if paper.day < _MERGER else _CITY
    if len(named) != 1 or expected in named:
        return None
    # the second half of the old name may stand in a line of its own
    severity: Severity = "note" if expected == _BOTH else "warning"
    return _finding(
        severity,
        ("issued_on",),
        f"Tỉnh, thành phố ghi trên giấy không đúng với ngày ký (lúc đó là {expected}); có thể đọc sai ngày.",
        f"The province on the paper is not that of the signing date ({expected} then); the date may be misread.",
    )


def _dated(paper: Paper) -> bool:
    issued = paper.codes.get("issued_on")
    return issued is not None and issued.agreed and paper.day is not None


def _texts(paper: Paper) -> Iterator[str]:
    """Yield each vote for the commune with its district, and each vote for the parcel's address."""
    fields = paper.draft.fields
    districts = [vote.text for reading in fields.get("district_name", ())[:1] for vote in reading.votes]
    for reading in fields.get("unit_name", ()):
        for vote in reading.votes:
            yield from (f"{vote.text}, {district}" for district in districts or [""])
    for reading in fields.get("address", ()):
        yield from (vote.text for vote in reading.votes)


def _province(text: str) -> str | None:
    letters = key(text)
    if "quangnam" in letters:
        return _BOTH if "nang" in letters else _SOUTH
    return _CITY if "danang" in letters else None


def _finding(severity: Severity, fields: tuple[str, ...], vi: str, en: str) -> Finding:
    return Finding("R12", severity, fields, Message(vi, en))
