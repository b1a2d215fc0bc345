"""What gives parcels new numbers: surveys, the division of a commune, mergers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samples.chance import between, chance, pick, whole
from samples.district.events import merge, parted, split
from samples.district.folk import House
from samples.district.numbering import Cut, numbers
from samples.district.pieces import Point
from samples.district.village import Village
from samples.district.world import Lot
from schemas.parcels import Relation


def far_corner(village: Village) -> Point:
    """Return a grid origin somewhere north-west of the land, so that no series is cut like another."""
    east, north = village.centre
    return east - 3000 - between(village.rng, 0, 1000), north + 3000 + between(village.rng, 0, 1000)


def number(
    village: Village, series: str, lots: list[Lot], cut: Cut, when: date, *, first_sheet: int = 0, why: str = "survey"
) -> None:
    """Give lots the numbers of a new map; where they had one, the step is remembered."""
    places = numbers(cut, [village.world.middle(lot) for lot in lots])
    for lot, (sheet, number) in zip(lots, places, strict=True):
        old = lot.node
        unit = village.world.land.code_on(lot.part, when)
        village.world.numbered(lot, series, str(sheet + first_sheet), str(number), when, why, unit=unit)
        if old.unit:
            old.ended = when
            village.world.step(old, lot.node, "same", lot.pieces, why)
            lot.story = []


def survey(village: Village, series: str, parts: Iterable[int], when: date) -> None:
    """Survey communes anew: before the numbers, some neighbours' fields of one holder are found joined.

    Parts that are one commune yet share one row of sheets, for a commune's map numbers its sheets once.
    """
    last: dict[str, int] = {}
    for part in parts:
        unit = village.world.land.code_on(part, when)
        lots = village.lots_of(part)
        size, most, band = (500.0, 200, 36.0) if series == "1996" else (500.0, 120, 28.0)
        cut = Cut(size, far_corner(village), between(village.rng, -0.03, 0.03), most, band, snake=False)
        _found(village, lots, when)
        lots = village.lots_of(part)
        number(village, series, lots, cut, when, first_sheet=last.get(unit, 0))
        last[unit] = max((int(lot.node.sheet) for lot in lots), default=last.get(unit, 0))


def _found(village: Village, lots: list[Lot], when: date) -> None:
    """Join and divide what the survey finds joined and divided on the ground, without a paper of its own."""
    for lot in lots:
        if lot.number not in village.world.lots or not isinstance(lot.holder, House):
            continue
        if chance(village.rng, 0.008) and village.world.true_area(lot) > 250:
            split(village.world, lot, parted(village.world, 2), when, "new", why="survey")
        elif lot.grain == "field" and chance(village.rng, 0.015):
            join_neighbour(village, lot, when, "survey")


def second_survey(village: Village, part: int, when: date) -> None:
    """Survey one or two sheets again; they get sheet numbers beyond the last."""
    lots = [lot for lot in village.world.lots.values() if lot.part == part and lot.node.series == "digital"]
    sheets = sorted({int(lot.node.sheet) for lot in lots})
    for sheet in {pick(village.rng, sheets) for _ in range(whole(village.rng, 1, 2))} if sheets else ():
        again = [lot for lot in lots if lot.node.sheet == str(sheet)]
        cut = Cut(2000.0, far_corner(village), 0.0, 10_000, 25.0, snake=True)
        highest = max(
            int(node.sheet)
            for node in village.world.nodes
            if node.unit == again[0].node.unit and node.series in ("digital", "second")
        )
        number(village, "second", again, cut, when, first_sheet=highest, why="second survey")


def divide_commune(village: Village, when: date) -> None:
    """Divide the commune: the numbers stay, the unit changes for every part that got a code of its own."""
    for lot in list(village.world.lots.values()):
        code = village.world.land.codes[lot.part]
        if code != lot.node.unit:
            _carry(village, lot, code, 0, when, "division")


def join_communes(village: Village, year: int) -> None:
    """Number the sheets of merged communes anew in the year of their merger, where the office does so."""
    for part, code in enumerate(village.world.land.codes):
        for joining in village.world.land.joined.get(code, ()):
            if joining.day.year == year:
                for lot in village.lots_of(part):
                    _carry(village, lot, joining.code, joining.added, joining.day, "merger")


def _carry(village: Village, lot: Lot, code: str, added: int, when: date, why: str) -> None:
    """Give a lot its own number under another unit, on a sheet whose number may be raised."""
    old = lot.node
    sheet = str(int(old.sheet) + added)
    old.ended = when
    series = old.series if why == "division" else f"{old.series}+"
    village.world.numbered(lot, series, sheet, old.number, when, why, unit=code, area_m2=old.area_m2)
    lot.node.beyond = old.beyond
    relation: Relation = "same" if added else "unit_change"
    village.world.step(old, lot.node, relation, lot.pieces, why)


def join_neighbour(village: Village, lot: Lot, when: date, why: str) -> Lot | None:
    """Join a private lot with a private neighbour of its kind on its sheet, one of the same holder before others."""
    world, node = village.world, lot.node
    near = [
        other
        for other in world.neighbours(lot)
        if (other.grain, other.part) == (lot.grain, lot.part)
        and isinstance(other.holder, House)
        and (other.node.unit, other.node.series, other.node.sheet) == (node.unit, node.series, node.sheet)
    ]
    if not near:
        return None
    other = next((one for one in near if one.holder is lot.holder), near[0])
    return merge(world, [lot, other], when, why)
