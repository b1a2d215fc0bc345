"""Forty years of one land in their order: books, surveys, reforms, roads, certificates by the list."""

from __future__ import annotations

from datetime import date

from samples.chance import between, chance, pick, whole
from samples.district.events import How, exchange, parted, split, take
from samples.district.families import live, soon
from samples.district.folk import House
from samples.district.habits import Habits
from samples.district.issuing import certify, extract
from samples.district.ledgers import in_order, index_299, index_later, register_299
from samples.district.maps import divide_commune, join_communes, second_survey, survey
from samples.district.settling import settle
from samples.district.village import Village, day_of
from samples.district.world import Lot


def run(village: Village, count: int) -> None:
    """Live from 1982 to the end of 2025, starting with about that many parcels."""
    rng, land = village.rng, village.world.land
    settle(village, count)
    given, red, road = whole(rng, 1993, 1994), whole(rng, 1998, 2002), whole(rng, 1999, 2019)
    for year in range(1984, 2026):
        if year == 1984:
            index_299(village.office, date(1984, 6, 1))
            register_299(village.office, date(1984, 9, 3))
        if land.divided and year == land.divided.year:
            divide_commune(village, land.divided)
        join_communes(village, year)
        live(village, year)
        if year == 1990 and village.habits[0].second_book:
            index_299(village.office, date(1990, 12, 10))
        if year == given:
            _give_out(village, year)
        if year == village.habits[0].map_1996:
            survey(village, "1996", range(len(village.habits)), date(year, 9, 15))
        if year == road:
            _build_road(village, year)
        if year in (red, red + 1):
            _red_books(village, year)
        for part, habits in enumerate(village.habits):
            _by_habit(village, part, habits, year)


def _give_out(village: Village, year: int) -> None:
    """Part the collectives' fields among households: the large ones are divided, all get a holder."""
    when = day_of(village.rng, year, 11, 12)
    for lot in list(village.world.lots.values()):
        if not isinstance(lot.holder, str) or lot.holder.startswith("UBND") or lot.grain != "field":
            continue
        near = [one for one in village.houses if one.hamlet in village.hamlets[lot.part]]
        lots = [lot]
        if len(lot.pieces) > 1:
            how: How = "suffix" if chance(village.rng, 0.4) else "new"
            shares = parted(village.world, min(4, len(lot.pieces)))
            lots = split(village.world, lot, shares, when, how, why="collective")
        for one in lots:
            holder = village.settler(near, year)
            if holder:
                one.holder, one.since, one.how = holder, when, "Giao đất theo Nghị định 64/CP"


def _red_books(village: Village, year: int) -> None:
    """Issue the certificates of 1993: each lists up to ten lots of a household."""
    days = village.rounds(year)
    by_house: dict[int, list[Lot]] = {}
    for lot in village.world.lots.values():
        bare = lot.title is None and chance(village.rng, village.habits[lot.part].red_books / 2)
        if bare and isinstance(lot.holder, House):
            by_house.setdefault(lot.holder.number, []).append(lot)
    for lots in by_house.values():
        certify(village.office, [lot for lot in lots if lot.part == lots[0].part][:10], pick(village.rng, days))


def _build_road(village: Village, year: int) -> None:
    """Take a strip of every lot along a third of one row of blocks for a road; a tenth of the lots go whole."""
    row = pick(village.rng, sorted({lot.row for lot in village.world.lots.values()}))
    when = day_of(village.rng, year, 9, 10)
    along = [lot for lot in village.world.lots.values() if lot.row == row]
    for lot in along[: len(along) // 3]:
        take(village.world, lot, 1.0 if chance(village.rng, 0.1) else between(village.rng, 0.04, 0.35), when)


def _by_habit(village: Village, part: int, habits: Habits, year: int) -> None:
    """Do what the office of that commune does in that year."""
    if year == habits.survey:
        survey(village, "digital", (part,), date(year, 9, 15))
        if habits.index_2003:
            _index(village, part, date(year, 10, 20), 1.0)
    if year == habits.exchange:
        _exchange(village, part, date(year, 10, 8))
    if year == habits.resurveyed:
        second_survey(village, part, date(year, 9, 20))
    if year == 2015:
        _index(village, part, date(2015, 11, 2), habits.index_2013)
    if habits.survey < year <= habits.survey + 3:
        _certify_some(village, part, habits.pink_books / 3, year)
    if year in (2005, 2006, 2025):
        _certify_some(village, part, 0.05, year)
    if 2010 <= year <= 2024:
        for lot in village.lots_of(part):
            if isinstance(lot.holder, House) and chance(village.rng, habits.extracts / 15):
                extract(village.office, lot, day_of(village.rng, year, 10, 12))


def _certify_some(village: Village, part: int, share: float, year: int) -> None:
    """Issue certificates for that share of a commune's private lots."""
    days = village.rounds(year)
    for lot in village.lots_of(part):
        if isinstance(lot.holder, House) and chance(village.rng, share):
            certify(village.office, [lot], pick(village.rng, days))


def _index(village: Village, part: int, when: date, share: float) -> None:
    """Write the parcel index of a commune; whole sheets are missing where the share is below one."""
    lots = in_order(village.lots_of(part))
    sheets = dict.fromkeys((lot.node.series, lot.node.sheet) for lot in lots)
    held = {sheet for sheet in sheets if chance(village.rng, share)}
    rows = [lot for lot in lots if (lot.node.series, lot.node.sheet) in held and chance(village.rng, 0.985)]
    index_later(village.office, rows, when)


def _exchange(village: Village, part: int, when: date) -> None:
    """Exchange the paddies of two to four blocks, each on one sheet."""
    blocks: dict[tuple[int, str, str], list[Lot]] = {}
    for lot in village.lots_of(part):
        if lot.grain == "field" and isinstance(lot.holder, House):
            blocks.setdefault((lot.block, lot.node.series, lot.node.sheet), []).append(lot)
    able = [lots for lots in blocks.values() if len(lots) >= 6]
    for index in list(village.rng.permutation(len(able)))[: whole(village.rng, 2, 4)]:
        for lot in exchange(village.world, able[int(index)], when):
            if when.year >= 2004 and chance(village.rng, 0.4):
                soon(village, lot, when, "exchange")
