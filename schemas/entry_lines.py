"""A line of the contract's JSON Lines of entries, read back: what another installation exported or others made."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import pydantic_core
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.documents import Box, Era, Form, Kind, PageRef
from schemas.entries import (
    Cited,
    Entry,
    EntryStatus,
    FieldStatus,
    FieldValue,
    Source,
    Value,
    value_from_json,
    value_to_json,
)
from schemas.errors import Message
from schemas.outcomes import Finding, Severity

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAYS = ("issued_on", "asserted_on")
_SHAPES = {
    "unit_code": re.compile(r"\d{5}"),
    "sheet_no": re.compile(r"[^\s/@](?:[^/@\n]{0,40}\S)?"),
    "parcel_no": re.compile(r"[^\s/@](?:[^/@\n]{0,40}\S)?"),
    **dict.fromkeys(_DAYS, re.compile(r"\d{4}-\d{2}-\d{2}")),
}
_Id = Annotated[str, Field(min_length=1, max_length=200)]
_Count = Annotated[int, Field(ge=1, le=2_000_000_000)]
_Text = Annotated[str, Field(max_length=20_000)]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _FieldLine(_Lenient):
    value: Any = None
    text: _Text | None = None
    p: Annotated[float, Field(ge=0, le=1)] | None = None
    status: FieldStatus
    source: Source = Field(alias="from")
    file: _Text | None = None
    sha256: str | None = None
    page: _Count | None = None
    box: Annotated[list[int], Field(min_length=4, max_length=4)] | None = None


class _FindingLine(_Lenient):
    code: _Id
    severity: Severity
    fields: list[str] = Field(default_factory=list)
    message: _Text = ""


class _Line(_Lenient):
    entry_id: _Id
    document_id: _Id
    file: _Text | None = None
    sha256: str | None = None
    page: _Count | None = None
    row: _Count | None = None
    kind: Kind
    form: Form | None = None
    era: Era | None = None
    status: EntryStatus
    fields: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")], _FieldLine]
    findings: list[_FindingLine] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EntryTold:
    """An entry as a line tells it, where it stood at its source, and every file that it cites."""

    entry: Entry
    cited: Cited | None
    files: tuple[Cited, ...]


def entry_of_line(text: bytes, at: PageRef, row: int) -> EntryTold | Message:
    """Return the entry of a line, or why it is none; the entry's own place is the imported file and the row there.

    Ids, kinds, states, values, boxes and findings are kept as told. The message names the place in the line and no
    value, which may be a person's.
    """
    try:
        line = _Line.model_validate(pydantic_core.from_json(text, allow_inf_nan=False))
        return _told(line, at, row)
    except ValidationError as err:
        where = ".".join(str(part) for part in err.errors(include_input=False, include_url=False)[0]["loc"])
        return _not_contract(where or "{}")
    except ValueError:
        return Message(
            "không phải một đối tượng JSON; mỗi dòng phải là một mục theo định dạng của «diachinh export entries»",
            "is not a JSON object; each line must be one entry in the format of `diachinh export entries`",
        )


def _told(line: _Line, at: PageRef, row: int) -> EntryTold | Message:
    own = _cited(line)
    files = {} if own is None else {own.sha256: own}
    fields: dict[str, FieldValue] = {}
    for name, told in line.fields.items():
        try:
            value = value_from_json(name, told.value)
            box = None if told.box is None else Box(*told.box)
        except ValueError:
            return _not_contract(f"fields.{name}")
        if not (_finite(name, value) and _shaped(name, value)):
            return _not_contract(f"fields.{name}.value")
        ref = None
        if told.page is not None and (file := _file_of(told, own)) is not None:
            files.setdefault(file.sha256, file)
            ref = PageRef(file.sha256, told.page)
        fields[name] = FieldValue(
            value, told.text, told.p, told.status, told.source, ref, box if ref is not None else None
        )
    findings = tuple(
        Finding(one.code, one.severity, tuple(one.fields), Message(one.message, one.message)) for one in line.findings
    )
    entry = Entry(
        line.entry_id, line.document_id, at, row, line.kind, line.form, line.era, line.status, fields, findings
    )
    return EntryTold(entry, own, tuple(files.values()))


def _cited(line: _Line) -> Cited | None:
    """Return the scan that the entry stands on; None where the line names none."""
    if line.page is None or not (line.file or line.sha256):
        return None
    return _named(line.file or line.sha256 or "", line.sha256, line.page, line.row)


def _file_of(told: _FieldLine, own: Cited | None) -> Cited | None:
    if told.file is not None and (own is None or told.file != own.file):
        return _named(told.file, told.sha256, 1, None)
    return own


def _named(file: str, sha256: str | None, page: int, row: int | None) -> Cited:
    given = sha256 is not None and _SHA256.fullmatch(sha256) is not None
    made = hashlib.sha256(b"cited file\0" + file.encode("utf-8", "backslashreplace")).hexdigest()
    return Cited(file, sha256 if given and sha256 else made, given, page, row)


def _finite(name: str, value: Value) -> bool:
    """Return whether every number of the value is one."""
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, tuple):
        return True
    told: list[Any] = value_to_json(name, value)
    return all(
        math.isfinite(part)
        for item in told
        if isinstance(item, dict)
        for part in item.values()
        if isinstance(part, float)
    )


def _shaped(name: str, value: Value) -> bool:
    """Return whether a code, number or day has the form that parcel keys and days are made of."""
    if value is None or name not in _SHAPES:
        return True
    if not isinstance(value, str) or _SHAPES[name].fullmatch(value) is None:
        return False
    try:
        return name not in _DAYS or date.fromisoformat(value) is not None
    except ValueError:
        return False


def _not_contract(where: str) -> Message:
    return Message(
        f"chỗ «{where}» không đúng định dạng của «diachinh export entries»",
        f"`{where}` is not as `diachinh export entries` writes it",
    )
