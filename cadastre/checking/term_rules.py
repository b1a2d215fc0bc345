"""R15: how long the land may be used, against what it is used for."""

from __future__ import annotations

from cadastre.checking.papers import Paper
from cadastre.checking.redundancy import SettledArea
from schemas.entries import Term
from schemas.errors import Message
from schemas.outcomes import Finding

_HOUSES = frozenset({"ONT", "ODT"})
_ANNUAL = frozenset({"LUA", "LUC", "LUK", "LUN", "BHK", "NHK", "HNK"})
_PERENNIAL = frozenset({"CLN"})
#: Ends of the terms granted from 15/10/1993: 20 years for annual crops (then 50 more), 50 years for perennial crops.
#: Perennial crops to 2063 are met where annual ones were turned into them.
_OF_ANNUAL = "2013-10-15"
_OF_PERENNIAL = "2043-10-15"


def _odd(term: Term, codes: frozenset[str]) -> bool:
    """Return whether a term is unusual for land whose purposes are these."""
    if codes <= _HOUSES:
        return term.kind != "long"
    if codes <= _ANNUAL:
        return term.kind == "long" or term.date == _OF_PERENNIAL
    if codes <= _PERENNIAL:
        return term.kind == "long" or term.date == _OF_ANNUAL
    return False


def term_fits_purpose(paper: Paper, _area: SettledArea) -> Finding | None:
    """R15 (domain.md 4): house land is held for long, crops of the grant of 1993 to 15/10 of 2013, 2043 or 2063."""
    uses = paper.land_uses.get("land_use")
    if paper.term is None or paper.term.value is None or uses is None or uses.value is None:
        return None
    terms = paper.term.value if isinstance(paper.term.value, tuple) else (paper.term.value,)
    all_codes = frozenset(use.code for use in uses.value.uses)
    if not any(_odd(term, frozenset({term.code}) if term.code else all_codes) for term in terms):
        return None
    return Finding(
        "R15",
        "note",
        ("term", "land_use"),
        Message(
            "Thời hạn sử dụng khác thường đối với mục đích sử dụng đất này; xem lại bản quét.",
            "The term of use is unusual for this land use; look at the scan.",
        ),
    )
