"""The land of 1980: hamlets cut into fields, house plots, gardens and hills, with the households that hold them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import date

from benchmarks.strange.communes import Commune
from benchmarks.strange.land import Country, Piece
from benchmarks.strange.outline import Outline, area_of, box_axis, cut, strips
from benchmarks.strange.people import Holder, Parish, organisation

START = date(1980, 1, 1)
_BLOCK_M2 = 15_000.0
#: kind of block -> weight, least and greatest area of its pieces in m²
_BLOCKS: dict[str, tuple[float, float, float]] = {
    "house": (0.27, 380, 1300),
    "strips": (0.15, 500, 500),
    "paddy": (0.25, 320, 1100),
    "field": (0.05, 9e9, 9e9),
    "upland": (0.13, 900, 2600),
    "garden": (0.09, 700, 2000),
    "forest": (0.06, 6000, 14000),
}
_KIND = {"strips": "paddy", "field": "paddy"}
_TOPONYMS = ("Đồng Cây Gáo", "Đồng Dài", "Gò Dê", "Đồng Lớn", "Bàu Sen", "Cây Sanh", "Đồng Trạng", "Gò Miếu", "Rộc Cạn",
             "Đồng Mua", "Bà Rén", "Hố Lau", "Đồng Tròn", "Cồn Đu", "Cửa Chùa", "Đám Bầu", "Ruộng Lính", "Vũng Bùn",
             "Gò Chùa", "Đồng Thổ", "Bến Ván", "Soi Dâu", "Trà Cai", "Đồng Bé")  # fmt: skip
_HAMLETS = ("Tú Mỹ", "Phú Thạnh", "An Lương", "Châu Lâm", "Đồng Đức", "Hà Quảng", "Cẩm Sa", "Tú Phương", "Xuân Tây",
            "Bình Hòa", "Quảng Lăng", "Viêm Trung", "Thanh Ly", "Vĩnh Xuân", "Đức An", "Lộc Thọ")  # fmt: skip


def _parts(outline: Outline, least: float, most: float, chance: random.Random) -> list[Outline]:
    """Return the pieces that halving and halving again makes of an outline, each between about least and most."""
    area = area_of(outline)
    if area <= most and (area < 2 * least or chance.random() < 0.45):
        return [outline]
    first, second = cut(outline, box_axis(outline) + chance.gauss(0, 0.12), chance.uniform(0.36, 0.64))
    return [part for one in (first, second) for part in _parts(one, least, most, chance)]


def _equal_strips(outline: Outline, area_m2: float) -> list[tuple[Outline, float | None]]:
    """Return two rows of equal strips; what is left at the end of each row has no round area."""
    axis = box_axis(outline)
    found: list[tuple[Outline, float | None]] = []
    for row in cut(outline, axis + math.pi / 2, 0.5):
        count = int(area_of(row) // area_m2)
        parts = strips(row, axis, [area_m2] * count + [0.0])
        found += [(part, area_m2) for part in parts[:-1]]
        if area_of(parts[-1]) > 60:
            found.append((parts[-1], None))
    return found


class Settler:
    """Lays out one commune after the other from west to east and settles its households."""

    def __init__(self, country: Country, corner: tuple[float, float]) -> None:
        self._country = country
        self._east, self._north = corner
        self._blocks = 0

    def settle(self, commune: Commune, area_m2: float) -> None:
        """Add a commune's land and people to the country."""
        chance = self._country.chance
        wide, high = math.sqrt(area_m2) * 0.8, math.sqrt(area_m2) / 0.8
        left, right, low, top = self._east, self._east + wide, self._north, self._north + high
        whole: Outline = ((left, low), (right, low), (right, top), (left, top))
        self._east = right
        first, second = cut(whole, math.pi / 2 + chance.gauss(0, 0.1), chance.uniform(0.4, 0.6))
        hamlets, pieces = [], []
        for part in (first, *cut(second, chance.gauss(0, 0.1), 0.5)):
            hamlets.append(self._hamlet())
            for block in _parts(part, 0.6 * _BLOCK_M2, 1.5 * _BLOCK_M2, chance):
                pieces += self._block(commune, hamlets[-1], block)
        self._settle_people(hamlets, pieces)

    def _hamlet(self) -> int:
        country = self._country
        later = country.chance.choice(_HAMLETS)
        name = country.chance.choice((f"Thôn {len(country.hamlets) % 9 + 1}", f"Thôn {later}"))
        renamed = date(country.chance.choice((1999, 2008, 2018)), 1, 1)
        country.hamlets.append((name, f"Thôn {later}", renamed))
        return len(country.hamlets) - 1

    def _block(self, commune: Commune, hamlet: int, outline: Outline) -> list[Piece]:
        country, self._blocks = self._country, self._blocks + 1
        kind = country.chance.choices(list(_BLOCKS), [row[0] for row in _BLOCKS.values()])[0]
        _, least, most = _BLOCKS[kind]
        parts: list[tuple[Outline, float | None]] = (
            _equal_strips(outline, 500.0)
            if kind == "strips"
            else [(part, None) for part in _parts(outline, least, most, country.chance)]
        )
        toponym = _TOPONYMS[(self._blocks * 7 // 3) % len(_TOPONYMS)]  # two or three blocks share a field name
        made = []
        for part, allotted in parts:
            piece = Piece(
                len(country.pieces), commune, hamlet, self._blocks, toponym, START, part, area_of(part),
                allotted_m2=allotted,
            )  # fmt: skip
            piece.kinds.append((START, _KIND.get(kind, kind)))
            country.pieces.append(piece)
            made.append(piece)
        if kind == "field":
            made[0].kinds.append((START, "collective"))
        return made

    def _settle_people(self, hamlets: Sequence[int], pieces: Sequence[Piece]) -> None:
        country, chance = self._country, self._country.chance
        plots = [piece for piece in pieces if piece.kind(START) == "house"]
        parish = Parish(chance, len(country.holders), hamlets)
        people = parish.households(max(12, int(1.12 * len(plots))))
        chance.shuffle(people)
        no = len(country.holders) + len(people)
        coop = organisation(no + 1, f"Hợp tác xã nông nghiệp {chance.choice(('I', 'II', '1', '2'))}", "TKT")
        board = organisation(no + 2, "UBND xã", "UBS")
        country.holders += [*people, coop, board]
        before: Holder | None = None
        waiting = iter(people)
        for piece in pieces:
            kind = piece.kind(START)
            if kind == "collective":
                holder = coop
            elif kind == "house":
                holder = next(waiting)
            elif kind == "forest" and chance.random() < 0.5:
                holder = board
            elif before is not None and chance.random() < 0.15:  # two strips of one household side by side
                holder = before
            else:
                holder = chance.choices((chance.choice(people), coop, board), (95, 3, 2))[0]
            before = holder if holder.user_type == "GDC" else None
            piece.tenures.append((START, holder))
