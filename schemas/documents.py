"""Scans, pages, boxes; the kinds, forms and eras of papers (contract.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "so_muc_ke",  # sổ mục kê: parcel index
    "so_dang_ky",  # sổ đăng ký ruộng đất: 299-era register by user
    "so_dia_chinh",  # sổ địa chính: cadastral register
    "so_cap_gcn",  # sổ cấp giấy chứng nhận: certificate issue book
    "gcn",  # giấy chứng nhận: certificate
    "trich_do",  # trích đo: survey extract with a corner table
    "trich_luc",  # trích lục: map extract without one
    "ban_do",  # bản đồ: map sheet
    "don_dang_ky",  # đơn đăng ký: application
    "quyet_dinh",  # quyết định: decision with its list
    "giay_to_tuy_than",  # giấy tờ tùy thân: identity paper
    "khac",  # khác: none of these
    "du_lieu",  # dữ liệu của dự án trước: rows that an earlier project made, imported
]
Form = Literal["gcn_1993", "gcn_1994", "gcn_2003", "gcn_2009", "gcn_2024"]
Era = Literal["299", "1988", "1993", "2003", "2009", "2013", "2024"]
PageState = Literal["read", "blank", "quarantined", "failed", "waiting"]
Quality = Literal["clean", "worn", "bad"]
Capture = Literal["flatbed", "feeder", "photo"]
CopyKind = Literal["original", "certified_copy", "photocopy"]
Separator = Literal["document", "dossier"]  # what begins after a separator sheet
MediaType = Literal["pdf", "tiff", "jpeg", "png"]


@dataclass(frozen=True, slots=True, order=True)
class PageRef:
    """A page of a kept original: the file's SHA-256 in hex and the page, counted from 1."""

    sha256: str
    page: int

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError(f"page counts from 1, not {self.page}")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the original page, before turning or cleaning; right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right and 0 <= self.top < self.bottom):
            raise ValueError(f"not a box: {self.left, self.top, self.right, self.bottom}")

    def union(self, other: Box) -> Box:
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def as_list(self) -> list[int]:
        """Return [left, top, right, bottom], the contract's form."""
        return [self.left, self.top, self.right, self.bottom]


@dataclass(frozen=True, slots=True)
class Given:
    """What the manifest or the folder says of one file; None where it says nothing."""

    file: str
    unit_code: str | None = None
    unit_date: str | None = None  # ISO date
    kind: Kind | None = None
    container: str | None = None
    declared_pages: int | None = None
    custodian: str | None = None
    replaces: str | None = None
