"""The land of 1980: blocks of one use, cut into pieces, and who holds them."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Literal

from benchmarks.plain.communes import Commune
from benchmarks.plain.ground import Cell, small_parts
from benchmarks.plain.land import Country, Piece
from benchmarks.plain.people import Household

_SHARE_OF_1980 = 0.80  # pieces of 1980 for each parcel wanted at the end
_MEAN_M2 = 470.0
_BLOCK_M2 = 16_000
_GROUNDS = (("T", 34, 420), ("L", 42, 560), ("M", 16, 430), ("V", 8, 700))  # use, weight of blocks, usual m²
_TOPONYMS = (
    "Đồng Bàu", "Cồn Mồ", "Gò Đình", "Ruộng Sâu", "Bàu Sen", "Soi Dâu", "Nà Lúa", "Đồng Miễu", "Cây Da", "Trảng Cát",
    "Bà Xá", "Đồng Chùa", "Lùm Tre", "Gò Phật",
)  # fmt: skip
GroundUse = Literal["T", "L", "M", "V"]


def settle(country: Country, parcels: int) -> dict[Commune, int]:
    """Settle the communes side by side; return how many hamlets each has."""
    wanted, west = parcels * _SHARE_OF_1980, 0.0
    north = math.sqrt(wanted * 0.3 * _MEAN_M2) * 1.05
    hamlets = {}
    for commune in country.communes:
        width = wanted * commune.share * _MEAN_M2 / north
        hamlets[commune] = _settle_one(country, commune, (west, 0.0, west + width, north))
        west += width if commune.letter == "A" else width + 400
    return hamlets


def _settle_one(country: Country, commune: Commune, box: tuple[float, float, float, float]) -> int:
    chance, folk = country.chance, country.folk
    blocks = small_parts(Cell(box), lambda cell: cell.flat_m2 < _BLOCK_M2, chance)
    hamlets = max(3, len(blocks) // 6)
    committee = folk.organisation("UBND xã")
    village = "Điện An" if commune.letter == "B" else "Điện Thắng"
    cooperatives = [folk.organisation(f"HTX nông nghiệp {village} {number}") for number in (1, 2)]
    houses: dict[int, list[Household]] = defaultdict(list)
    fields: list[Piece] = []
    for block in blocks:
        use = _use_of(country, first=block is blocks[0])
        usual = {name: m2 for name, _, m2 in _GROUNDS}[use]
        hamlet = 1 + int((block.middle[0] - box[0]) / ((box[2] - box[0]) / hamlets))
        toponym = chance.choice(_TOPONYMS)
        for cell in small_parts(block, partial(_is_field, usual, chance), chance):
            piece = country.add(cell, commune, use, toponym, committee, hamlet, 1980.0)
            if use == "T":
                piece.owner = folk.household(folk.person(chance.randint(1915, 1958)), hamlet)
                houses[hamlet].append(piece.owner)
            elif chance.random() < 0.03:
                piece.use = chance.choice(("DGT", "NTD"))
            else:
                fields.append(piece)
    _share_out(country, fields, houses, cooperatives)
    return hamlets


def _is_field(usual_m2: float, chance: random.Random, cell: Cell) -> bool:
    return cell.flat_m2 < usual_m2 * chance.uniform(0.75, 1.75)


def _use_of(country: Country, *, first: bool) -> GroundUse:
    uses: list[GroundUse] = ["T", "L", "M", "V"]
    use = country.chance.choices(uses, [weight for _, weight, _ in _GROUNDS])[0]
    return "T" if first else use


def _share_out(
    country: Country, fields: Sequence[Piece], houses: dict[int, list[Household]], cooperatives: Sequence[Household]
) -> None:
    """Give the fields to cooperatives and households, mostly of the same hamlet."""
    chance = country.chance
    everyone = [one for some in houses.values() for one in some]
    for piece in fields:
        if piece.use in "LM" and chance.random() < 0.18:
            piece.owner = chance.choice(cooperatives)
        elif chance.random() < 0.8:
            piece.owner = chance.choice(houses.get(piece.hamlet) or everyone)
        else:
            piece.owner = chance.choice(everyone)
