"""Divisions and unions of parcels, by the office or unseen by it until the next survey."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from benchmarks.told.books import extract
from benchmarks.told.land import Block, Parcel, around, share_a_side, strips
from benchmarks.told.naming import owners_of, parcel_refs
from benchmarks.told.notes import split_notes
from benchmarks.told.rights import issue
from benchmarks.told.uses import uses_of
from benchmarks.told.world import Fields, Row, World

_FIELDS_OF_299 = date(1990, 1, 1)
_OLD_MAPS = ("s299", "m96", "m96n")


def divide(world: World, parcel: Parcel, day: date, count: int) -> list[Parcel]:
    """Divide a parcel into `count` children, which have no number yet."""
    chance = world.chance
    if count == 2:
        cuts = [chance.uniform(0.3, 0.7)]
    else:
        cuts = [(at + 1) / count + chance.uniform(-0.07, 0.07) for at in range(count - 1)]
    children = []
    for sides in strips(parcel.sides, cuts):
        child = world.add_parcel(parcel.block, sides, parcel.use, day)
        child.parents, child.how = [parcel], "split"
        child.let_to(parcel.holder)
        child.former, child.drift = parcel.former, parcel.drift
        child.house_m2 = max(60, parcel.house_m2 // count) if parcel.house_m2 else 0
        children.append(child)
    parcel.died = day
    return children


def _number(world: World, parcel: Parcel, children: Sequence[Parcel], series: str, *, letters: bool) -> None:
    """Give children the sheet's next numbers, or the parent's with letters, and nearly their parts of its area."""
    sheet, number = parcel.numbers[series]
    for at, child in enumerate(children):
        own = (sheet, f"{number}{'abc'[at]}") if letters else world.next_number(parcel.zone, series, sheet)
        child.numbers[series] = own
        area = parcel.areas[series] * child.size_m2 / parcel.size_m2 * math.exp(world.chance.gauss(0, 0.004))
        child.areas[series] = round(area, 0 if series in _OLD_MAPS else 1)


def unite(world: World, parcels: Sequence[Parcel], day: date) -> Parcel:
    """Join parcels into one, which has no number yet and is the first's holder's."""
    first = parcels[0]
    union = world.add_parcel(first.block, around(one.sides for one in parcels), first.use, day)
    union.parents, union.how = list(parcels), "merge"
    union.let_to(first.holder)
    union.drift = sum(one.size_m2 * one.drift for one in parcels) / union.size_m2
    union.house_m2 = max(one.house_m2 for one in parcels)
    for one in parcels:
        one.died = day
    return union


def partner(parcel: Parcel, blocks: Mapping[Block, Sequence[Parcel]]) -> Parcel | None:
    """Return a neighbour of the same use that makes a rectangle with a parcel."""
    for other in blocks[parcel.block]:
        if other is parcel or other.died or other.use != parcel.use:
            continue
        if share_a_side(parcel.sides, other.sides):
            return other
    return None


def divide_on_299(world: World, parcel: Parcel, day: date) -> None:
    """Divide a parcel on the 299 map, for a child."""
    chance = world.chance
    letters = chance.random() < 0.6
    children = divide(world, parcel, day, 2)
    _number(world, parcel, children, "s299", letters=letters)
    children[1].let_to(world.people.child(parcel.holder, day.year))
    world.events["divided on the 299 map"] += 1
    number = parcel.numbers["s299"][1]
    told = chance.random() < 0.8
    for child in children:
        notes: Fields = {"change_note": f"Tách từ thửa {number}", "refs": parcel_refs([number])} if told else {}
        _add_row(world, child, "s299", day, notes)


def divide_unseen(world: World, parcel: Parcel, day: date) -> None:
    """Divide a parcel that the office goes on keeping as one until the next survey."""
    chance = world.chance
    user = parcel.user
    first, second = divide(world, parcel, day, 2)
    first.let_to(user)
    heir = chance.random() < 0.75
    second.let_to(world.people.child(user, day.year) if heir else chance.choice(world.households[parcel.zone]))
    world.events["divided unseen"] += 1


def divide_by_office(world: World, parcel: Parcel, day: date, series: str) -> None:
    """Divide a parcel with numbers, certificates and extracts for most children."""
    chance, zone, held = world.chance, parcel.zone, parcel.certificate
    count = 2 if chance.random() < 0.78 else 3
    children = divide(world, parcel, day, count)
    _number(world, parcel, children, series, letters=False)
    world.events["divided by the office"] += 1
    takers = []
    for _ in children[1:]:
        heir = chance.random() < 0.55
        takers.append(world.people.child(parcel.holder, day.year) if heir else chance.choice(world.households[zone]))
    for child, taker in zip(children[1:], takers, strict=True):
        child.let_to(taker)
    notes = split_notes(world, parcel, children, series)
    _write_down(world, parcel, children, series, day, notes)
    for child in children:
        later = day + timedelta(days=chance.randint(0, 25))
        issued_on = later if child.series_at(later) == series else day
        if chance.random() < 0.85:
            older = {child.no: held} if held and chance.random() < 0.7 else None
            issue(world, [child], issued_on, "split", notes, older)
        if chance.random() < 0.35:
            told = notes[child.no] if chance.random() < 0.6 else {}
            extract(world, child, series, day - timedelta(days=15), told)


def unite_by_office(world: World, parcel: Parcel, other: Parcel, day: date, series: str) -> None:
    """Join two parcels of one sheet with a number and a certificate."""
    chance, held = world.chance, parcel.certificate
    sheet = parcel.numbers[series][0]
    union = unite(world, [parcel, other], day)
    union.numbers[series] = world.next_number(union.zone, series, sheet)
    union.areas[series] = round(parcel.areas[series] + other.areas[series], 1)
    world.events["united by the office"] += 1
    notes: Fields = {}
    if chance.random() < 0.86:
        one, two = parcel.numbers[series][1], other.numbers[series][1]
        notes["change_note"] = f"Hợp thửa {one} và thửa {two}, tờ bản đồ số {sheet}"
        notes["refs"] = parcel_refs([f"{sheet}/{one}", f"{sheet}/{two}"])
    issue(world, [union], day, "merge", {union.no: notes}, {union.no: held} if held else None)
    if chance.random() < 0.6:
        _add_row(world, union, series, day, notes)
    if chance.random() < 0.35:
        extract(world, union, series, day - timedelta(days=10), {})


def _write_down(
    world: World, parcel: Parcel, children: Sequence[Parcel], series: str, day: date, notes: Mapping[int, Fields]
) -> None:
    """Note a division for the open index: rows of the children, a note on the parent's row."""
    if world.chance.random() < 0.6:
        for child in children:
            _add_row(world, child, series, day, notes[child.no] if world.chance.random() < 0.85 else {})
    if world.chance.random() < 0.45:
        world.parted.append((parcel, series, ", ".join(child.numbers[series][1] for child in children)))


def _add_row(world: World, parcel: Parcel, series: str, day: date, notes: Fields) -> None:
    fields: Fields = {"owners": owners_of(parcel.holder, day, "so_muc_ke", world.chance)}
    fields |= {"area_m2": parcel.areas[series]}
    fields |= {"land_use": uses_of(parcel, day if series != "s299" else _FIELDS_OF_299)}
    world.rows.append(Row(parcel, series, day, fields | notes))
