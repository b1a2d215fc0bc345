"""One history of a commune's parcels: families, the maps of 1982 and 1996, and the certificates of each law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.dated import commune_on
from samples.divided import Piece, pieces
from samples.estate import Estate
from samples.gazetteer import Commune, bare
from samples.land import Grain
from samples.past import Family, Lot, Past, elder
from samples.people import Holder
from samples.titles import newest_titles, red_titles, second_titles
from schemas.entries import LandUse, Term
from schemas.tables import Tables

_BOOKS = date(1984, 6, 1)
_TOPONYMS = (
    "Đồng Bàu",
    "Gò Dinh",
    "Cây Da",
    "Đồng Lớn",
    "Bà Rén",
    "Hóc Bầu",
    "Soi Cồn",
    "Rộc Sâu",
    "Đám Mạ",
    "Bãi Dâu",
)
#: Letters of the 299 books by what the ground is.
_LETTERS: dict[Grain, tuple[str, ...]] = {
    "house": ("T", "T", "T", "ĐƠ"),
    "garden": ("T", "T", "V", "M"),
    "field": ("2L", "2L", "1L", "L", "M", "LM"),
    "forest": ("R",),
}
_RED_WORDS: dict[Grain, tuple[tuple[str, ...], ...]] = {
    "house": (("Đất ở",), ("Thổ cư",)),
    "garden": (("Vườn",), ("Đất ở",), ("Vườn tạp",), ("Màu",)),
    "field": (("LUA",), ("2L",), ("Màu",), ("Lúa",)),
    "forest": (("R",),),
}


def past_of(rng: Generator, tables: Tables, held: Sequence[Estate], first_index: int) -> Past:
    """Invent what went before the estates of one commune, and their newest certificates."""
    commune = held[0].commune
    ground = pieces(held, first_index)
    families = _families(rng, tables, commune, ground)
    red = red_titles(rng, tables, commune, families)
    second = second_titles(rng, tables, commune, held, first_index, ground, families)
    newest = newest_titles(rng, tables, commune, held, first_index, second)
    then = commune_on(tables, commune, _BOOKS)
    return Past(commune, then, families, red, second, newest, tuple(held), first_index)


def _families(rng: Generator, tables: Tables, commune: Commune, ground: Sequence[Piece]) -> tuple[Family, ...]:
    then = commune_on(tables, commune, _BOOKS)
    old, mid = _numbering(rng, ground, suffixes=True), _numbering(rng, ground, suffixes=False)
    out: list[Family] = []
    at = 0
    while at < len(ground):
        size = weighted(rng, ((1, 0.2), (2, 0.22), (3, 0.2), (4, 0.14), (6, 0.14), (10, 0.1)))
        part = ground[at : at + size]
        private = next((piece.estate for piece in part if piece.estate.holder.people), None)
        if private is None or chance(rng, 0.12):
            holder = Holder((), "committee", _collective(rng, then), "")
        else:
            holder = elder(rng, commune, private.certified, 1984)
        old_lots, lots = [], []
        for n, piece in enumerate(part, at):
            before = _old_lot(rng, piece, old[n])
            old_lots.append(before)
            lots.append(_mid_lot(rng, piece, mid[n], before, commune))
        out.append(Family(holder, _team(rng), tuple(old_lots), tuple(lots)))
        at += len(part)
    return tuple(out)


def _collective(rng: Generator, commune: Commune) -> str:
    """Return a user of the books of 1982 that is no person."""
    name = bare(commune.name)
    return pick(rng, (f"UBND xã {name}", f"HTX {name}", f"HTX {name} {whole(rng, 1, 3)}", f"Đội {whole(rng, 1, 12)}"))


def _team(rng: Generator) -> str:
    return pick(rng, (f"Đội {whole(rng, 1, 14)}", f"Tập đoàn {whole(rng, 1, 9)}", f"Thôn {whole(rng, 1, 8)}"))


def _numbering(rng: Generator, ground: Sequence[Piece], *, suffixes: bool) -> list[tuple[str, str]]:
    """Return sheet and parcel of each piece on another map: sheets from a low number, numbers in another place."""
    sheets: dict[str, int] = {}
    out: list[tuple[str, str]] = []
    number, half = 0, False
    for piece in ground:
        key = piece.plot.sheet_no
        if key not in sheets:
            sheets[key] = max(sheets.values(), default=0) + whole(rng, 1, 2)
            number, half = whole(rng, 20, 480), False
        elif not half:
            number += 1
        suffix = ""
        if half:
            suffix, half = "b", False
        elif suffixes and chance(rng, 0.06):
            suffix, half = "a", True
        out.append((str(sheets[key]), f"{number}{suffix}"))
    return out


def _old_lot(rng: Generator, piece: Piece, place: tuple[str, str]) -> Lot:
    code = pick(rng, _LETTERS[piece.plot.grain])
    area = float(max(20, round(piece.plot.area_m2 * between(rng, 0.94, 1.05))))
    top = pick(rng, _TOPONYMS)
    return Lot(
        *(piece.index, "299", piece.plot, *place, area, (LandUse(code, None),), (), code, piece.estate.hamlet, top),
        also=piece.also,
    )


def _mid_lot(rng: Generator, piece: Piece, place: tuple[str, str], old: Lot, commune: Commune) -> Lot:
    (word,) = pick(rng, _RED_WORDS[piece.plot.grain])
    home = "ODT" if commune.urban else "ONT"
    code = home if word == "Đất ở" else word
    area = float(max(20, round(piece.plot.area_m2 * between(rng, 0.97, 1.03))))
    if word in ("Đất ở", "Thổ cư"):
        term = Term("long")
    elif word in ("Vườn", "Vườn tạp", "R"):
        term = Term("until", date=pick(rng, ("2043", "2043-10", "2043-10-15")))
    else:
        term = (
            Term("years", years=20)
            if chance(rng, 0.3)
            else Term("until", date=pick(rng, ("2013", "2013-10", "2013-10-15")))
        )
    return Lot(
        *(piece.index, "1993", piece.plot, *place, area, (LandUse(code, None),), (term,), word),
        *(piece.estate.hamlet, old.toponym, (old.sheet_no, old.parcel_no)),
        also=piece.also,
    )
