"""Land uses as papers of each law print them: letters of 1980, words of 1993, codes from 1 July 2004."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.plain.days import CODES
from benchmarks.plain.land import Piece

_OLD_PUBLIC = {"DGT": "Đg", "NTD": "NĐ"}
_PADDY = ("2L", "2L", "2L", "L", "3L")
_WORDS = {"T": ("T", "Đất ở", "T+V"), "L": ("Lúa", "2L", "LUA"), "M": ("Màu", "M"), "V": ("Vườn", "V")}
_LAW_1993 = 1993.8
_LAW_2013 = 2014.5


def uses_of(piece: Piece, t: float, area_m2: float, kind: str, chance: random.Random) -> list[dict[str, Any]]:
    """Return what a paper of a day says the land is used for; areas only on certificates and registers."""
    use = piece.use
    if use in _OLD_PUBLIC:
        return [_use(use if t > 2004 else _OLD_PUBLIC[use])]
    if t < _LAW_1993:
        paddy = chance.choice(_PADDY)
        return [_use(paddy if use == "L" else use)]
    if t < CODES:
        return [_use(chance.choice(_WORDS[use]))]
    home = "ODT" if piece.commune.name(t).startswith("Phường") else "ONT"
    garden = "LNK" if t < _LAW_2013 else "CLN"
    if use == "T" and piece.garden > 0.45 and area_m2 > 200:
        if kind not in ("gcn", "so_dia_chinh"):
            return [_use(home), _use(garden)]
        house_m2 = float(round(min(area_m2 - 20, max(100, area_m2 * piece.garden))))
        return [_use(home, house_m2), _use(garden, round(area_m2 - house_m2, 1))]
    return [_use({"T": home, "L": "LUC", "M": "HNK" if t >= _LAW_2013 else "BHK", "V": garden}[use])]


def _use(code: str, area_m2: float | None = None) -> dict[str, Any]:
    return {"code": code, "area_m2": area_m2}
