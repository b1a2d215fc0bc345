"""How a missing original is written down: its id, the evidence, and where to look for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cadastre.missing.holdings import Holdings, Leaf, Line
from schemas.outcomes import MissingKind, MissingOriginal, MissingReason

_SECOND_SET = "bộ sổ thứ hai lưu tại xã, huyện hoặc tỉnh (nay là chi nhánh văn phòng đăng ký đất đai, sở)"
_SECOND_MAP = "bộ bản đồ thứ hai lưu tại xã, huyện hoặc tỉnh (nay là chi nhánh văn phòng đăng ký đất đai, sở)"
_SURVEYOR = "dữ liệu số của đơn vị đo đạc"
_OFFICE_COPY = "bản lưu giấy chứng nhận và sổ cấp giấy chứng nhận"
_DECISION = "quyết định kèm danh sách"
_CITIZEN = "bản của người sử dụng đất"
_HISTORY = "lưu trữ lịch sử của tỉnh"
_NATIONAL = "trung tâm dữ liệu quốc gia, vùng 1 (giấy tờ những năm 1980)"
_TAX = "sổ bộ thuế đất"
_NOTARY = "hợp đồng công chứng, chứng thực, đăng ký thế chấp"
_COMMUNE = "xác nhận của xã, phiếu lấy ý kiến khu dân cư"

#: Where to look, in the order of weight as evidence (domain.md, section 9).
_PLACES: dict[MissingKind, tuple[str, ...]] = {
    "page": (_SECOND_SET, _OFFICE_COPY, _DECISION, _CITIZEN, _HISTORY, _TAX),
    "volume": (_SECOND_SET, _OFFICE_COPY, _DECISION, _HISTORY, _TAX),
    "register_row": (_SECOND_SET, _OFFICE_COPY, _DECISION, _CITIZEN, _HISTORY, _TAX, _COMMUNE),
    "certificate": (_OFFICE_COPY, _DECISION, _CITIZEN, _HISTORY, _NOTARY, _COMMUNE),
    "map_sheet": (_SECOND_MAP, _SURVEYOR, _HISTORY),
    "decision": (f"văn thư của cơ quan ban hành: {_DECISION}", _HISTORY),
}
_EVIDENCE_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A case and the batches whose papers tell of it."""

    case: MissingOriginal
    batches: frozenset[str]


def case_id(*parts: str) -> str:
    """Return the id of a case: the same parts, the same id."""
    return hashlib.sha256("\n".join(("missing", *parts)).encode()).hexdigest()[:32]


def told_by(line: Line | Leaf) -> str:
    """Return where a line stands, for people: file, page and row."""
    row = f", dòng {line.row}" if isinstance(line, Line) and line.row is not None else ""
    return f"{line.file} trang {line.page}{row}"


def told_by_all(lines: Iterable[Line | Leaf]) -> str:
    """Return where the first few of these stand, and how many more there are."""
    places = sorted({told_by(line) for line in lines})
    more = len(places) - _EVIDENCE_SHOWN
    return "; ".join(places[:_EVIDENCE_SHOWN]) + (f" và {more} chỗ nữa" if more > 0 else "")


def _likely(kind: MissingKind, witnesses: Iterable[Line | Leaf]) -> str:
    witnesses = list(witnesses)
    places = list(_PLACES[kind])
    if any(line.era in ("299", "1988") for line in witnesses):
        places.insert(places.index(_HISTORY) + 1, _NATIONAL)
    keepers = sorted({line.custodian for line in witnesses if line.custodian})
    text = "; ".join((*keepers, *places))
    return text[0].upper() + text[1:]


def found(
    holdings: Holdings,
    kind: MissingKind,
    reason: MissingReason,
    what: str,
    evidence: str,
    witnesses: Iterable[Line | Leaf],
    *,
    book: str = "",
    misread: bool = False,
) -> Found:
    """Return the case; `witnesses` are the papers that tell of it, `book` tells apart what is numbered alike."""
    witnesses = list(witnesses)
    case = MissingOriginal(
        case_id=case_id(kind, reason, holdings.scope, book, what),
        kind=kind,
        what=what,
        unit_code=holdings.unit_code,
        reason=reason,
        evidence=evidence,
        likely_location=_likely(kind, witnesses),
        p=None,
        status="misread" if misread else "suspected",
    )
    return Found(case, frozenset(line.batch_id for line in witnesses))
