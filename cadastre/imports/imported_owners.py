"""The owners of an imported row, from the columns that speak of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cadastre.words.folding import key
from cadastre.words.people import is_organisation, read_owners
from schemas.entries import IdKind, Owner

_LENGTHS: dict[int, IdKind] = {9: "cmnd", 12: "cccd"}
# Lists shorten Ông and Bà: `Ô. Nguyễn Văn Ba; B. Trần Thị Tư`, `Ô/B:`. A bare B may begin a name (B Nướch).
_BEGINS = r"(?P<before>^|[;,+/&(–-]\s*|\b(?:và|hộ)\s+)"
_EITHER = re.compile(_BEGINS + r"ô(?:ng)?\s*\.?\s*[/(]\s*b(?:à)?\s*\.?\s*\)?\s*[.:]?\s*(?=[^\W\d])", re.IGNORECASE)
_MAN = re.compile(_BEGINS + r"ô(?:\s*[.:]\s*|\s+)(?=[^\W\d])", re.IGNORECASE)
_WOMAN = re.compile(_BEGINS + r"b\s*[.:]\s*(?=[^\W\d])", re.IGNORECASE)
_SPOUSE = re.compile(
    r"\s*[,(]\s*(?P<kin>vợ|chồng)\s*(?:là)?\s*:?\s*(?:(?:ông|bà)\s+)?(?!đã\b|mất\b|chết\b|chồng\b|con\b)"
    r"(?P<name>[^\W\d]+(?:\s+[^\W\d]+){1,4})\s*\)?",
    re.IGNORECASE,
)
# Between two names; a dash or stroke inside a word is part of it.
_AND = re.compile(r"\s*[+&]\s*|\s+[–-]\s+|\s*/\s*")
_PLACE = re.compile(r"(?:thôn|tổ|khối|xóm|ấp|đội|xã|phường|thị trấn|kp|khu)\b", re.IGNORECASE)
_NAME = re.compile(r"(?:(?:hộ\s+)?(?:ông|bà)\s+)?[^\W\d_][^\s\d]*(?:\s+[^\W\d_][^\s\d]*){1,5}", re.IGNORECASE)
#: What lists write where they name nobody.
_NOBODY = frozenset(
    {"chuaxacdinh", "khongxacdinh", "chuaro", "khongro", "chuabiet", "khongbiet", "vochu", "kxd", "cxd"}
)


def owners_of(texts: Mapping[str, str | None]) -> tuple[Owner, ...]:
    """Return the owners of a row; birth year, number and address belong to the first."""
    owners = read_owners(_spelt_out(texts.get("owners") or ""), typed=True)
    if not owners:
        return ()
    first = owners[0]
    if (year := re.search(r"\b(1[89]|20)\d{2}\b", texts.get("owner_birth_year") or "")) and first.birth_year is None:
        first = replace(first, birth_year=int(year[0]))
    number = re.sub(r"[\s.]", "", texts.get("owner_id_no") or "")
    if re.fullmatch(r"[A-Za-z]?\d{6,14}", number) and first.id_no is None:
        first = replace(first, id_kind=_LENGTHS.get(len(number), "khac"), id_no=number)
    if (address := texts.get("owner_address")) and first.address is None:
        first = replace(first, address=address)
    return (first, *owners[1:])


def names_nobody(text: str) -> bool:
    """Return whether a cell says that the owner is not known."""
    return key(text) in _NOBODY


def _spelt_out(text: str) -> str:
    """Return an owners' cell as papers write it: titles in full, `;` between persons."""
    if is_organisation(text):
        return text
    for pattern, title in ((_EITHER, "Ông (bà) "), (_MAN, "Ông "), (_WOMAN, "Bà ")):
        text = pattern.sub(rf"\g<before>{title}", text)
    return _parted(_SPOUSE.sub(_spouse, text))


def _spouse(found: re.Match[str]) -> str:
    return f"; {'Bà' if found['kin'].lower() == 'vợ' else 'Ông'} {found['name']}"


def _parted(text: str) -> str:
    """Return the text with `;` for a sign that stands between two names, and the address behind a dash told as one."""
    parts = _AND.split(text)
    if len(parts) > 1 and _PLACE.match(parts[-1]) and _NAME.fullmatch(parts[0].strip()):
        place = parts[-1] if len(parts) == 2 else ""
        return f"{parts[0]}, địa chỉ: {place}" if place else text
    if len(parts) > 1 and all(_NAME.fullmatch(part.strip()) for part in parts):
        return "; ".join(part.strip() for part in parts)
    return text
