"""Findings, missing originals and the receipt of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.errors import Message

Severity = Literal["error", "warning", "note"]
MissingKind = Literal[
    "page", "volume", "certificate", "register_row", "map_sheet", "decision", "file", "application", "extract"
]
MissingReason = Literal[
    "sequence_gap",
    "dangling_reference",
    "declared_pages",
    "row_without_map",
    "map_without_row",
    "manifest",
    "illegible",
    "required_by_law",
    "carried_forward",
]
MissingStatus = Literal["suspected", "searching", "misread", "confirmed", "recovered", "abandoned"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found wrong or worth knowing; a value, not an exception.

    `code` is R1…R17 of domain.md or a kebab-case name. The message holds no name of a person and no
    identity number.
    """

    code: str
    severity: Severity
    fields: tuple[str, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Why a page or file was set aside: `code` is kebab-case, e.g. "pdf-encrypted", "truncated"."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class MissingOriginal:
    """A paper that must exist and is not held, as in `diachinh export missing` (contract.md)."""

    case_id: str
    kind: MissingKind
    what: str
    unit_code: str | None
    reason: MissingReason
    evidence: str
    likely_location: str
    p: float | None
    status: MissingStatus = "suspected"
