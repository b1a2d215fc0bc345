"""A year of the families: deaths and heirs, sales, divisions, joined and shifted fields, and their papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from samples.chance import between, chance, pick, weighted, whole
from samples.district.events import parted, shift, split, way
from samples.district.folk import House, child_of, house, of_age, surname_of
from samples.district.issuing import certify, extract, transfer_note
from samples.district.maps import join_neighbour
from samples.district.village import Village, day_of
from samples.district.world import Lot

#: Chance in a year that a private parcel is sold, and divided, by what it is.
_SOLD = {"house": 0.010, "garden": 0.009, "field": 0.006, "forest": 0.008}
_DIVIDED = {"house": 0.0030, "garden": 0.0055, "field": 0.0008, "forest": 0.0025}


def live(village: Village, year: int) -> None:
    """Let everything happen to the private lots that may happen in a year."""
    rng = village.rng
    _deaths(village, year)
    for lot in list(village.world.lots.values()):
        if lot.number not in village.world.lots or not isinstance(lot.holder, House):
            continue
        drawn = float(rng.random())
        sold = _SOLD[lot.grain] * (0.3 if year < 1993 else 1.0)
        divided = _DIVIDED[lot.grain]
        if drawn < sold:
            _sell(village, lot, village.some_day(year))
        elif drawn < sold + divided and village.world.true_area(lot) > 180:
            _divide_lot(village, lot, weighted(rng, ((2, 0.7), (3, 0.2), (4, 0.1))), village.some_day(year))
        elif drawn < sold + divided + 0.0016 and lot.grain != "forest":
            _join(village, lot, village.some_day(year))
        elif drawn < sold + divided + 0.0030:
            _shift(village, lot, village.some_day(year))
        elif lot.title is not None and drawn > 0.997 and year >= 2005:
            certify(village.office, [lot], day_of(rng, year, 9, 12), why="lost")
    for lot, why in village.due.pop(year, ()):
        if lot.number in village.world.lots and isinstance(lot.holder, House):
            certify(village.office, [lot], day_of(rng, year, 10, 12), why=why)


def _deaths(village: Village, year: int) -> None:
    """Let the old die; a child takes the lots, or children divide the house plot and share the rest."""
    rng = village.rng
    held: dict[int, list[Lot]] = {}
    for lot in village.world.lots.values():
        if isinstance(lot.holder, House):
            held.setdefault(lot.holder.number, []).append(lot)
    for number, lots in held.items():
        old = village.houses[number]
        if year - old.head.birth_year < 66 or not chance(rng, 0.06):
            continue
        when = village.some_day(year)
        if old.spouse and chance(rng, 0.35):
            old.head, old.spouse = old.spouse, None  # the widow holds it on
            continue
        heirs = [child for child in old.children if of_age(child, year)]
        while len(heirs) < 3 and (not heirs or chance(rng, 0.5)):
            child = child_of(rng, old, len(village.houses), upland=village.upland)
            village.houses.append(child)
            heirs += [child] if of_age(child, year) else []
        for lot in lots:
            if (
                len(heirs) > 1
                and lot.grain in ("house", "garden")
                and village.world.true_area(lot) > 300
                and chance(rng, 0.35)
            ):
                _divide_lot(village, lot, min(len(heirs), 3), when, heirs)
            else:
                _pass(village, lot, heirs[0] if chance(rng, 0.6) else pick(rng, heirs), when, "inheritance")
        old.gone = True


def _pass(village: Village, lot: Lot, holder: House, when: date, how: str) -> None:
    """Change the holder, and let the office write what it writes of it: a new certificate, a note, or nothing."""
    lot.holder, lot.since, lot.how = holder, when, how
    drawn = float(village.rng.random())
    if when.year >= 2004 and drawn < (0.6 if how == "transfer" else 0.4):
        soon(village, lot, when, "transfer")
    elif when.year >= 1999 and drawn < 0.85:
        transfer_note(village.office, lot, when)


def soon(village: Village, lot: Lot, when: date, why: str) -> None:
    """Certify a lot within two months of a change, or at the end of the next year."""
    if chance(village.rng, 0.25):
        village.due.setdefault(when.year + 1, []).append((lot, why))
    else:
        certify(village.office, [lot], when + timedelta(days=whole(village.rng, 5, 60)), why=why)


def _sell(village: Village, lot: Lot, when: date) -> None:
    """Sell a lot to a household of the commune or to a stranger, or give it to a child."""
    rng = village.rng
    seller = lot.holder
    children = [child for child in seller.children if not child.gone] if isinstance(seller, House) else []
    how = "gift" if children and chance(rng, 0.3) else "transfer"
    known = chance(rng, 0.55)
    buyer = pick(rng, children) if how == "gift" else village.settler(village.houses, when.year) if known else None
    if buyer is None:
        born = when.year - whole(rng, 26, 55)
        surname = surname_of(rng, upland=village.upland)
        place, team = pick(rng, village.hamlets[lot.part]), whole(rng, 1, 9)
        buyer = house(rng, len(village.houses), place, team, surname, born, upland=village.upland)
        village.houses.append(buyer)
    if of_age(buyer, when.year) and buyer is not seller:
        _pass(village, lot, buyer, when, how)


def _divide_lot(village: Village, lot: Lot, count: int, when: date, heirs: Sequence[House] = ()) -> None:
    """Divide a lot among heirs, or for a child or a buyer who gets the smaller parts."""
    how = way(village.world, lot.node.series)
    owner = lot.holder
    children = split(village.world, lot, parted(village.world, count), when, how)
    for i, child in enumerate(children):
        if heirs:
            _pass(village, child, heirs[i % len(heirs)], when, "inheritance")
        elif i and isinstance(owner, House) and chance(village.rng, 0.7):
            if chance(village.rng, 0.5):
                new = child_of(village.rng, owner, len(village.houses), upland=village.upland)
                village.houses.append(new)
                if of_age(new, when.year):
                    child.holder, child.since, child.how = new, when, "gift"
            else:
                _sell(village, child, when)
        if when.year >= 2004 and len(children) > 1 and chance(village.rng, 0.55):
            soon(village, child, when, "split")
        if when.year >= 2009 and len(children) > 1 and chance(village.rng, 0.6):
            extract(village.office, child, when + timedelta(days=whole(village.rng, 0, 4)))


def _join(village: Village, lot: Lot, when: date) -> None:
    new = join_neighbour(village, lot, when, "merge")
    if new and when.year >= 2004 and chance(village.rng, 0.6):
        soon(village, new, when, "merge")


def _shift(village: Village, lot: Lot, when: date) -> None:
    """Move the boundary to a private neighbour on the same map."""
    near = [
        other
        for other in village.world.neighbours(lot)
        if isinstance(other.holder, House) and other.node.series == lot.node.series and other.node.unit == lot.node.unit
    ]
    if near:
        shift(village.world, lot, pick(village.rng, near), between(village.rng, 0.02, 0.16), when)
