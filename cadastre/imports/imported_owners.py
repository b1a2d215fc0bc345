"""The owners of an imported row, from the columns that speak of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cadastre.words.people import read_owners
from schemas.entries import IdKind, Owner

_LENGTHS: dict[int, IdKind] = {9: "cmnd", 12: "cccd"}


def owners_of(texts: Mapping[str, str | None]) -> tuple[Owner, ...]:
    """Return the owners of a row; birth year, number and address belong to the first."""
    owners = read_owners(texts.get("owners") or "")
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
