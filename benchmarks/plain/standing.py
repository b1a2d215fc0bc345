"""What is true of each living parcel at the end, by the published precedence of papers (domain.md 8.5 and 8.6).

A value is what the heaviest of all papers says, the later of two of one kind. It is `knowable` where the papers that
attest a key, with the values that were taken and read right, lead to the same. Land uses: letters and words of before
the law of 2003 are claims about their time (8.5), so they stand only where no paper of the codes speaks. Owners and
certificates: who holds the land and by which certificate, whether or not a paper says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.plain.communes import is_digital
from benchmarks.plain.days import CODES
from benchmarks.plain.land import Piece
from benchmarks.plain.people import bare
from benchmarks.plain.truth import Keys, living
from benchmarks.plain.writing import Given

NAMES = ("legal_area_m2", "area_m2", "land_use", "owner", "serial")
_LEGAL = ("gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh", "so_muc_ke", "so_dang_ky", "don_dang_ky")
_NEWEST_SURVEY = ("so_muc_ke", "trich_do", "gcn", *_LEGAL[1:4], *_LEGAL[5:])
_LAST_MAP = ("so_muc_ke", *_LEGAL)
_ANY_MAP = ("so_muc_ke", "so_dang_ky", *_LEGAL[:4], "trich_do", "don_dang_ky")
Trust = Callable[[Given, str], bool]


def current(pieces: Sequence[Piece], given: Iterable[Given], keys: Keys) -> list[dict[str, Any]]:
    """Return a row for each living piece with a key: its values and, by attribute, whether they can be known."""
    papers: dict[Piece, list[Given]] = defaultdict(list)
    for one in given:
        papers[one.paper.piece].append(one)
    return [_row(piece, map_name, papers[piece], keys) for piece, map_name in living(pieces, keys)]


def _row(piece: Piece, map_name: str, papers: Sequence[Given], keys: Keys) -> dict[str, Any]:
    def printed(one: Given, name: str) -> bool:
        return name in one.paper.fields

    attesting = [one for one in papers if one.attests]
    real, held = _values(papers, map_name, printed), _values(attesting, map_name, Given.told)
    owner, certificate = piece.owner.name, piece.certificate
    values = {
        "legal_area_m2": real["legal_area_m2"],
        "area_m2": real["area_m2"],
        "land_use": [use["code"] for use in real["land_use"] or ()],
        "owner": owner,
        "serial": certificate.serial if certificate else None,
    }
    told_owner = held["owners"][0]["name"] if held["owners"] else ""
    knowable = {
        "legal_area_m2": held["legal_area_m2"] == real["legal_area_m2"] is not None,
        "area_m2": held["area_m2"] == real["area_m2"] is not None,
        "land_use": held["land_use"] == real["land_use"] is not None,
        "owner": bare(told_owner).lower() == bare(owner).lower(),
        "serial": certificate is not None and held["serial"] == certificate.serial,
    }
    return {"key": keys.attested[piece, map_name], **values, "knowable": knowable}


def _values(papers: Sequence[Given], map_name: str, trust: Trust) -> dict[str, Any]:
    """Return what the heaviest of some papers say."""
    coded = [one for one in papers if one.paper.at >= CODES]
    uses = _best(coded, "land_use", _LEGAL, trust)
    return {
        "legal_area_m2": _best(papers, "area_m2", _LEGAL, trust),
        "area_m2": _measured(papers, map_name, trust),
        "land_use": _best(papers, "land_use", _LEGAL, trust) if uses is None else uses,
        "owners": _best(papers, "owners", _LEGAL, trust),
        "serial": _best(papers, "serial", _LEGAL, trust),
    }


def _measured(papers: Sequence[Given], map_name: str, trust: Trust) -> Any:
    """Return the measured area: newest digital survey, extract, other papers by that map, the last map, any map."""
    digital = [one for one in papers if is_digital(one.paper.map_name)]
    last = [one for one in papers if one.paper.map_name == map_name]
    for some, kinds in ((digital, _NEWEST_SURVEY), (last, _LAST_MAP), (papers, _ANY_MAP)):
        value = _best(some, "area_m2", kinds, trust)
        if value is not None:
            return value
    return None


def _best(papers: Iterable[Given], name: str, kinds: Sequence[str], trust: Trust) -> Any:
    """Return a field's value on the latest paper of the heaviest kind that has it."""
    telling = [one for one in papers if one.paper.kind in kinds and trust(one, name)]
    if not telling:
        return None
    return min(telling, key=lambda one: (kinds.index(one.paper.kind), -one.paper.at)).paper.fields[name]
