"""What happens to land: heirs divide it, neighbours join it, roads cut it, rivers take and bring it, people sell it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal

from benchmarks.strange.land import Country, Designation, Piece
from benchmarks.strange.outline import Outline, area_of, beside, box_axis, cut, strips
from benchmarks.strange.people import Holder

Formality = Literal["numbered", "suffix", "unnumbered"]
_ROAD_HALF_M = 5.0


def _heirs(country: Country, holder: Holder, day: date, count: int) -> list[Holder]:
    """Return the holder and households of his name's kin or strangers, who take the parts."""
    surname = holder.head(day.year)[0].name.split()[0]
    kin = [h for h in country.holders if h.user_type == "GDC" and h.head(day.year)[0].name.startswith(f"{surname} ")]
    near = [h for h in kin if h.hamlet == holder.hamlet and h.no != holder.no] or kin
    return [holder, *(country.chance.choice(near or country.holders) for _ in range(count - 1))]


def split(country: Country, piece: Piece, day: date, formality: Formality, *, strip: bool = False) -> list[Piece]:
    """Divide a piece among heirs or by a part sale: numbered behind the highest, by letters, or on no map yet."""
    count = country.chance.choices((2, 3), (80, 20))[0]
    name = piece.name(day)
    shares = [country.chance.uniform(0.25, 0.75) for _ in range(count)]
    areas = [piece.area(day) * one / sum(shares) for one in shares]
    axis = box_axis(piece.outline) + (math.pi / 2 if strip else country.chance.gauss(0, 0.1))
    parts = strips(piece.outline, axis, areas)
    holders = _heirs(country, piece.holder(day), day, count)
    scale = piece.area(day) / area_of(piece.outline)
    made = [
        country.make(part, [piece], "split", day, holder, area_of(part) * scale)
        for part, holder in zip(parts, holders, strict=True)
    ]
    for letter, child in zip("abc", made, strict=False):
        if name is None or formality == "unnumbered":
            continue
        lettered = formality == "suffix" and not name.number[-1].isalpha()
        number = f"{name.number}{letter}" if lettered else country.next_number(name.series, name.sheet)
        child.rename(Designation(day, name.unit, name.series, name.sheet, number))
    return made


def share_out(country: Country, piece: Piece, day: date, formality: Formality) -> list[Piece]:
    """Divide a cooperative's field into strips of 500 m², drawn by lot among the households (khoán 10)."""
    axis, made = box_axis(piece.outline), []
    people = [h for h in country.holders if h.user_type == "GDC" and h.hamlet == piece.hamlet]
    name = piece.name(day)
    for row in cut(piece.outline, axis + math.pi / 2, 0.5):
        parts = strips(row, axis, [500.0] * int(area_of(row) // 500) + [0.0])
        for part in parts:
            if area_of(part) < 60:
                continue
            child = country.make(part, [piece], "split", day, country.chance.choice(people))
            child.allotted_m2 = 500.0 if abs(area_of(part) - 500) < 1 else None
            child.kinds[:] = [(day, "paddy")]
            made.append(child)
    for child in made:
        if name is not None and formality == "numbered":
            number = country.next_number(name.series, name.sheet)
            child.rename(Designation(day, name.unit, name.series, name.sheet, number))
    return made


def join(country: Country, pieces: Sequence[Piece], day: date, formality: Formality) -> Piece:
    """Make one piece of neighbours; the number is new where the change was entered on the map."""
    corners = _hull([corner for piece in pieces for corner in piece.outline])
    area = sum(piece.area(day) for piece in pieces)
    holder = country.chance.choice(pieces).holder(day)
    made = country.make(corners, list(pieces), "merge", day, holder, area)
    name = pieces[0].name(day)
    if name is not None and formality != "unnumbered":
        number = country.next_number(name.series, name.sheet)
        made.rename(Designation(day, name.unit, name.series, name.sheet, number))
    return made


def _hull(points: Sequence[tuple[float, float]]) -> Outline:
    """Return the convex hull, anticlockwise."""
    ordered = sorted(set(points))
    chains: list[list[tuple[float, float]]] = []
    for run in (ordered, ordered[::-1]):
        chain: list[tuple[float, float]] = []
        for x, y in run:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                chain.pop()
            chain.append((x, y))
        chains.append(chain[:-1])
    return tuple(chains[0] + chains[1])


def neighbours(pieces: Sequence[Piece], day: date) -> list[list[Piece]]:
    """Return pairs of pieces of one block and sheet whose union is nearly convex: strips side by side."""
    blocks: dict[tuple[str, int, str], list[Piece]] = defaultdict(list)
    for piece in pieces:
        name = piece.name(day)
        if name is not None and piece.lives(day):
            blocks[piece.commune.code, piece.block, f"{name.series}/{name.sheet}"].append(piece)
    pairs = []
    for one in blocks.values():
        free = [(piece, {(round(x, 1), round(y, 1)) for x, y in piece.outline}) for piece in one]
        while len(free) > 1:
            first, corners = free.pop()
            beside_it = (other for other in free if len(corners & other[1]) > 1 and _nearly_convex(first, other[0]))
            found = next(beside_it, None)
            if found is not None:
                free.remove(found)
                pairs.append([first, found[0]])
    return pairs


def _nearly_convex(one: Piece, other: Piece) -> bool:
    area = area_of(one.outline) + area_of(other.outline)
    return area_of(_hull([*one.outline, *other.outline])) < 1.02 * area


def lay_road(country: Country, pieces: Sequence[Piece], day: date) -> tuple[list[Piece], list[Piece]]:
    """Lay a road through the land: return the pieces that lost some of it and those that were divided by it."""
    chance = country.chance
    middle = chance.choice(pieces).middle
    angle = chance.uniform(0, math.pi)
    normal = (math.cos(angle), math.sin(angle))
    centre = normal[0] * middle[0] + normal[1] * middle[1]
    trimmed, divided = [], []
    for piece in pieces:
        reach = [normal[0] * x + normal[1] * y - centre for x, y in piece.outline]
        if max(reach) < -_ROAD_HALF_M or min(reach) > _ROAD_HALF_M:
            continue
        area = area_of(piece.outline)
        banks = [
            beside(piece.outline, (turn * normal[0], turn * normal[1]), turn * centre - _ROAD_HALF_M)
            for turn in (1, -1)
        ]
        sides = [bank for bank in banks if len(bank) > 2 and area_of(bank) > 0.12 * area]
        if not sides:
            piece.died = day
        elif len(sides) == 1:
            piece.areas.append((day, piece.area(day) * area_of(sides[0]) / area))
            piece.outline = sides[0]
            trimmed.append(piece)
        else:
            name, holder = piece.name(day), piece.holder(day)
            made = [country.make(side, [piece], "split", day, holder) for side in sides]
            for child in made:
                if name is not None:
                    number = country.next_number(name.series, name.sheet)
                    child.rename(Designation(day, name.unit, name.series, name.sheet, number))
            divided += made
    return trimmed, divided


def sell(country: Country, piece: Piece, day: date, buyer: Holder | None = None) -> Holder:
    """Let a piece change hands; no paper says so until one is written for another reason."""
    people = [h for h in country.holders if h.user_type == "GDC"]
    holder = buyer or country.chance.choice(people)
    piece.tenures.append((day, holder))
    return holder


def exchange(country: Country, one: Piece, other: Piece, day: date) -> None:
    """Let two holders swap pieces, as the exchanges of paddy (dồn điền đổi thửa) had it."""
    first, second = one.holder(day), other.holder(day)
    sell(country, one, day, second)
    sell(country, other, day, first)
