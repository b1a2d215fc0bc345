"""A parcel's claims put in order for a person: by attribute, what stands first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cadastre.settling.precedence import asserted_by
from schemas.documents import Kind
from schemas.parcels import Claim, Standing

ORDER: Mapping[Standing, int] = {"current": 0, "disputed": 1, "superseded": 2}
#: The attributes that people ask for first.
_FIRST = ("legal_area_m2", "area_m2", "land_use", "present_land_use", "owners", "serial", "register_no", "term",
          "origin", "user_type", "address")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """The claims of one attribute, what stands first; `state` says whether any does."""

    state: Literal["current", "disputed"]
    claims: tuple[Claim, ...]


def told(claims: Iterable[Claim]) -> dict[str, Told]:
    """Return the claims by attribute, the attributes that people ask for first."""
    by_attribute: dict[str, list[Claim]] = {}
    for claim in claims:
        by_attribute.setdefault(claim.attribute, []).append(claim)
    names = sorted(by_attribute, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return {
        name: Told(
            "current" if any(claim.standing == "current" for claim in by_attribute[name]) else "disputed",
            tuple(sorted(by_attribute[name], key=lambda claim: ORDER[claim.standing])),
        )
        for name in names
    }


def field_name(attribute: str, kind: Kind, fields: Mapping[str, object]) -> str:
    """Return which of the fields of a paper asserts the attribute."""
    names = [name for name, (said, _) in asserted_by(kind, fields).items() if said == attribute]
    return next((name for name in names if name in fields), attribute)
