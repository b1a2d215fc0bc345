"""Land use, term and origin as each era writes them: `../shared/codes/land_use_codes.csv` and historical terms."""

from __future__ import annotations

from datetime import date

from benchmarks.office.days import era_of, home_code
from benchmarks.office.pieces import Piece

Use = dict[str, object]
_OLD = {"home": ("T",), "rice": ("2L",), "crop": ("M",), "trees": ("V",)}
#: Beyond so many square metres the rest of a house parcel is garden (trees).
_HOUSE_LIMIT = 300.0


def uses_of(piece: Piece, area: float, day: date) -> list[Use]:
    """Return the purposes with their areas where the era tells them."""
    era = era_of(day)
    if era in ("299", "1988", "1993"):
        return [{"code": code, "area_m2": None} for code in _OLD[piece.use]]
    if piece.use == "home":
        house = {"code": home_code(day), "area_m2": min(area, _HOUSE_LIMIT)}
        if area <= _HOUSE_LIMIT:
            return [house]
        return [house, {"code": "CLN", "area_m2": round(area - _HOUSE_LIMIT, 1)}]
    crop = "HNK" if era == "2024" else "BHK"
    return [{"code": {"rice": "LUC", "crop": crop, "trees": "CLN"}[piece.use], "area_m2": area}]


def term_of(piece: Piece, day: date) -> object:
    """Return the term: long for houses, that of the grants of 1993 for fields."""
    years = ("2013", "2043") if day < date(2013, 10, 15) else ("2063", "2063")
    until = {"kind": "until", "date": f"{years[piece.use == 'trees']}-10-15"}
    if piece.use != "home":
        return until
    uses = uses_of(piece, 1000.0, day)
    if era_of(day) not in ("2003", "2009", "2013", "2024"):
        return {"kind": "long"}
    return [{"kind": "long", "code": uses[0]["code"]}, {**until, "code": "CLN"}]


def origin_of(piece: Piece) -> list[str]:
    """Return the origin of use."""
    return ["CNQ-KTT"] if piece.use == "home" else ["DG-KTT"]
