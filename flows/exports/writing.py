"""Writing what is kept to files, in the formats of contract.md; each file is written whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flows.logs import mask
from schemas.entries import FieldValue, Owner, value_from_json, value_to_json
from schemas.errors import BadInput, Lang, Unavailable
from schemas.outcomes import MissingOriginal
from schemas.parcels import Link
from store.layers import ClaimLine, EntryLine, PageLine

MISSING_COLUMNS = (
    "case_id",
    "kind",
    "what",
    "unit_code",
    "reason",
    "evidence",
    "likely_location",
    "p",
    "status",
)
PERSONAL_TEXTS = frozenset({"owners", "change_note", "restrictions", "assets"})
_DIGIT_RUN = re.compile(r"\d(?:[ .\-]?\d){7,}")
"""Eight digits or more, blanks between allowed: what a misread identity number can look like."""


@contextmanager
def whole_or_nothing(out: Path) -> Iterator[Path]:
    """Yield a temporary name beside `out` that takes its place once all is written; errors leave `out` as it was."""
    if out.is_dir():
        raise BadInput(vi=f"{out}: là thư mục; hãy ghi tên tệp", en=f"{out}: is a folder; name a file")
    if not out.parent.is_dir():
        raise BadInput(
            vi=f"{out.parent}: không có thư mục này; tạo trước rồi chạy lại",
            en=f"{out.parent}: no such folder; make it first and run again",
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.stem}.", suffix=out.suffix, dir=out.parent)
    except OSError as err:
        raise BadInput(
            vi=f"{out.parent}: không ghi được vào thư mục này ({err.strerror})",
            en=f"{out.parent}: cannot write into this folder ({err.strerror})",
        ) from err
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.chmod(0o640)
        partial.replace(out)
    except OSError as err:
        raise Unavailable(
            vi=f"{out}: không ghi được ({err.strerror}); tệp cũ còn nguyên",
            en=f"{out}: could not be written ({err.strerror}); what stood there is untouched",
        ) from err
    finally:
        partial.unlink(missing_ok=True)
        for leftover in out.parent.glob(f"{partial.name}-*"):  # a journal that SQLite may leave behind
            leftover.unlink(missing_ok=True)


def write_json_lines(out: Path, lines: Iterable[Mapping[str, Any]]) -> int:
    """Write one JSON object a line, UTF-8, and return how many."""
    count = 0
    with whole_or_nothing(out) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n")
            count += 1
    return count


def entry_line(line: EntryLine, lang: Lang, *, identity: bool) -> dict[str, Any]:
    """Return an entry in the contract's form; without the right to identity its numbers are left out or masked."""
    entry, cited = line.entry, line.cited
    place: dict[str, Any] = {
        "file": line.file,
        "sha256": entry.ref.sha256,
        "page": entry.ref.page,
        "row": entry.row,
    }
    if cited is not None:  # the scan is not held here: the imported row is named beside it
        place = {
            "file": cited.file,
            "sha256": cited.sha256 if cited.hash_given else None,
            "page": cited.page,
            "row": cited.row,
            "imported": {"file": line.file, "sha256": entry.ref.sha256, "row": entry.row},
        }
    return {
        "entry_id": entry.entry_id,
        "document_id": entry.document_id,
        **place,
        "kind": entry.kind,
        "form": entry.form,
        "era": entry.era,
        "status": entry.status,
        "fields": {
            name: _field(name, field, line, identity=identity)
            for name, field in entry.fields.items()
            if not _codeless(name, field)
        },
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "fields": list(finding.fields),
                "message": finding.message.say(lang) if identity else mask(finding.message.say(lang)),
            }
            for finding in entry.findings
        ],
    }


def _codeless(name: str, field: FieldValue) -> bool:
    """Return whether this is the key of a commune that no source has a code for; the contract leaves the code out."""
    return name == "unit_code" and isinstance(field.value, str) and field.value.startswith("~")


def _field(name: str, field: FieldValue, line: EntryLine, *, identity: bool) -> dict[str, Any]:
    value, text = field.value, field.text
    if not identity:
        numbers = _numbers_in(value)
        if name == "owners" and isinstance(value, tuple):
            value = tuple(replace(one, id_no=None) for one in value if isinstance(one, Owner))
        hide = hider(numbers, any_long=name in PERSONAL_TEXTS)
        value = hide(value) if isinstance(value, str) else value
        text = hide(text) if text is not None else None
    on_paper = field.source == "paper" and field.ref is not None
    told: dict[str, Any] = {
        "value": value_to_json(name, value),
        "text": text if field.source in ("paper", "import") else None,
        "p": field.p,
        "status": field.status,
        "from": field.source,
        "page": field.ref.page if on_paper and field.ref else None,
        "box": field.box.as_list() if on_paper and field.box else None,
    }
    own = line.cited.sha256 if line.cited else line.entry.ref.sha256
    if on_paper and field.ref and field.ref.sha256 != own:
        told["file"] = line.files[field.ref.sha256]
    return told


def claim_line(line: ClaimLine, *, identity: bool) -> dict[str, Any]:
    """Return a claim in the contract's form; without the right to identity its numbers are left out or masked."""
    value = line.value
    if not identity:
        typed = value_from_json(line.attribute, value)
        hide = hider(_numbers_in(typed), any_long=line.attribute in PERSONAL_TEXTS)
        if isinstance(typed, tuple) and line.attribute == "owners":
            typed = tuple(replace(one, id_no=None) for one in typed if isinstance(one, Owner))
        value = value_to_json(line.attribute, hide(typed) if isinstance(typed, str) else typed)
    return {
        "parcel_id": line.parcel_id,
        "parcel_key": line.parcel_key,
        "attribute": line.attribute,
        "value": value,
        "entry_id": line.entry_id,
        "era": line.era,
        "asserted_on": line.asserted_on,
        "standing": line.standing,
        "rule": line.rule,
        "claimed_key": line.claimed_key,
    }


def _numbers_in(value: object) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        return ()
    return tuple(one.id_no for one in value if isinstance(one, Owner) and one.id_no)


def hider(numbers: tuple[str, ...], *, any_long: bool) -> Callable[[str], str]:
    """Return what masks these numbers in a text, and what looks like an identity number, or any long run of digits."""

    def hide(text: str) -> str:
        for number in numbers:
            text = text.replace(number, "•" * len(number))
        if any_long:
            text = _DIGIT_RUN.sub(lambda run: re.sub(r"\d", "•", run.group()), text)
        return mask(text)

    return hide


def page_line(line: PageLine, lang: Lang) -> dict[str, Any]:
    """Return a page's line in the contract's form."""
    return {
        "file": line.file,
        "sha256": line.sha256,
        "page": line.page,
        "document_id": line.document_id,
        "order": line.order,
        "printed_no": line.printed_no,
        "kind": line.kind,
        "form": line.form,
        "era": line.era,
        "state": line.state,
        "reason": f"{line.reason.code}: {line.reason.message.say(lang)}" if line.reason else None,
        "quality": line.quality,
        "capture": line.capture,
        "copy_kind": line.copy_kind,
        "same_as": [line.same_as.sha256, line.same_as.page] if line.same_as else None,
        "width": line.width,
        "height": line.height,
    }


LINEAGE_COLUMNS = ("from_key", "to_key", "relation", "p", "evidence")


def write_lineage(out: Path, links: Iterable[Link]) -> int:
    """Write the steps of lineage as CSV, the concordance of old and new numbers, and return how many."""
    count = 0
    with whole_or_nothing(out) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(LINEAGE_COLUMNS)
        for link in links:
            writer.writerow((link.older, link.newer, link.relation, link.p, "; ".join(link.evidence)))
            count += 1
    return count


def write_missing(out: Path, cases: Iterable[MissingOriginal]) -> int:
    """Write the missing originals as CSV, UTF-8 with a byte order mark so that a spreadsheet shows the marks."""
    count = 0
    with whole_or_nothing(out) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(MISSING_COLUMNS)
        for case in cases:
            cells = [getattr(case, column) for column in MISSING_COLUMNS]
            writer.writerow(["" if cell is None else literal(cell) for cell in cells])
            count += 1
    return count


def literal(cell: object) -> object:
    """Return a cell that a spreadsheet shows and never computes."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell[:1] else cell
