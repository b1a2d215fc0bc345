"""Land-use codes that no table knows: they are told by their paper, and never stand as a parcel's land use."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from cadastre.settling.weighing import Assertion, claim_of
from schemas.entries import LandUse, Value
from schemas.parcels import Claim, Standing
from schemas.tables import Tables

#: What decided that a value does not stand (schemas/codes/precedence.csv).
RULE = "unknown-code"
_OF_USES = frozenset({"land_use", "present_land_use"})


@cache
def _known(tables: Tables) -> frozenset[str]:
    """Return the codes of all laws, their names, and the words and letters of older papers, as they compare."""
    names = (name for use in tables.land_uses.values() for name in (use.code, *use.names))
    return frozenset(_alike(text) for text in (*names, *(term.raw for term in tables.land_use_terms)))


def _alike(text: str) -> str:
    """Return the text in NFC and small letters; signs stay, for `HNK?` is not HNK."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def are_known(value: Value, tables: Tables) -> bool:
    """Return whether a table knows every land-use code of the value."""
    parts = value if isinstance(value, tuple) else ()
    return all(_alike(use.code) in _known(tables) for use in parts if isinstance(use, LandUse))


def with_unknown_codes(
    attribute: str,
    assertions: Sequence[Assertion],
    weighed: Callable[[str, Sequence[Assertion]], list[Claim]],
    tables: Tables,
) -> list[Claim]:
    """Return the claims of one attribute as `weighed` gives them, those with unknown codes set aside.

    As with what cannot be read, a lighter paper's value stands; where there is none it is `disputed` and waits.
    """
    unknown = [a for a in assertions if attribute in _OF_USES and not are_known(a.value, tables)]
    if not unknown:
        return weighed(attribute, assertions)
    aside = {id(a) for a in unknown}
    known = [a for a in assertions if id(a) not in aside]
    claims = weighed(attribute, known) if known else []
    told = any(claim.standing != "superseded" for claim in claims)
    standing: Standing = "superseded" if told else "disputed"
    return claims + [claim_of(attribute, a, standing, f"{a.source.rule}:{RULE}") for a in unknown]


def is_unknown(claim: Claim) -> bool:
    """Return whether the claim does not stand for its code alone: no other paper contradicts it."""
    return claim.rule.endswith(f":{RULE}")
