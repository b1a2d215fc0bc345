"""Forty years of one land: maps are drawn, collectives parted, families sell, inherit and divide, offices write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.district import uses
from samples.district.clerk import Clerk
from samples.district.events import How, exchange, merge, parted, shift, split, take, way
from samples.district.folk import House, child_of, hamlets_of, house, households, of_age, surname_of
from samples.district.habits import Habits
from samples.district.layout import lay_out
from samples.district.numbering import Cut, numbers
from samples.district.pieces import Point
from samples.district.world import Lot, Node, World
from samples.gazetteer import bare
from schemas.parcels import Relation

#: Field names (xứ đồng); each block of fields has one.
_TOPONYMS = (
    *("Đồng Bàu", "Gò Dinh", "Cây Da", "Đồng Lớn", "Bà Rén", "Hóc Bầu", "Soi Cồn", "Rộc Sâu", "Đám Mạ", "Bãi Dâu"),
    *(
        "Đồng Trên",
        "Đồng Dưới",
        "Gò Mè",
        "Bàu Sen",
        "Cây Sung",
        "Hố Chuối",
        "Đồng Cát",
        "Ruộng Cau",
        "Bờ Đập",
        "Gò Cao",
    ),
)
_BOOKS = date(1984, 6, 1)
#: Chance in a year that a private parcel is sold, by what it is.
_SOLD = {"house": 0.010, "garden": 0.009, "field": 0.006, "forest": 0.008}
_DIVIDED = {"house": 0.0030, "garden": 0.0055, "field": 0.0008, "forest": 0.0025}


def day_of(rng: Generator, year: int, first: int, last: int) -> date:
    """Return a working day of the year between two months, both included."""
    when = date(year, first, 1) + timedelta(days=whole(rng, 0, 30 * (last - first + 1) - 3))
    return when - timedelta(days=max(0, when.weekday() - 4))


class Life:
    """The history of one land, year by year."""

    def __init__(self, world: World, clerk: Clerk, habits: Sequence[Habits], centre: Point, *, upland: bool) -> None:
        self.rng, self.world, self.clerk, self.habits = world.rng, world, clerk, habits
        self.centre, self.upland = centre, upland
        self.hamlets = [hamlets_of(self.rng) for _ in habits]
        self.houses: list[House] = []
        self._due: dict[int, list[tuple[Lot, str]]] = {}

    def run(self, count: int) -> None:
        """Live from 1982 to the end of 2025, starting with about that many parcels."""
        self._begin(count)
        road = whole(self.rng, 1999, 2019)
        given = whole(self.rng, 1993, 1994)
        red = whole(self.rng, 1998, 2002)
        for year in range(1984, 2026):
            if year == 1984:
                self.clerk.index_299(_BOOKS)
                self.clerk.register_299(date(1984, 9, 3))
            if self.world.land.divided and year == self.world.land.divided.year:
                self._divide(self.world.land.divided)
            self._joinings(year)
            self._year(year)
            if year == 1990 and self.habits[0].second_book:
                self.clerk.index_299(date(1990, 5, 2))
            if year == given:
                self._give_out(year)
            if year == self.habits[0].map_1996:
                self._survey("1996", range(len(self.habits)), date(year, 9, 15))
            if year == road:
                self._road(year)
            if year in (red, red + 1):
                self._red_books(year)
            for part, habits in enumerate(self.habits):
                self._by_habit(part, habits, year)

    # -- 1982 -------------------------------------------------------------------------------------------------------

    def _begin(self, count: int) -> None:
        rng, world = self.rng, self.world
        cells = lay_out(rng, count, self.centre, hills=self.upland)
        rows = max(cell.row for cell in cells) + 1
        per_part = max(8, count // len(self.habits) // 3)
        by_part = [households(rng, per_part, hamlets, upland=self.upland) for hamlets in self.hamlets]
        for houses in by_part:
            for one in houses:
                one.number = len(self.houses)
                self.houses.append(one)
        commune = self.clerk.gazette.commune(world.land.whole, _BOOKS)
        collectives = [f"HTX {bare(commune.name)} {i}" for i in (1, 2)] + [f"Đội {i}" for i in range(1, 8)]
        names: dict[int, tuple[str, str]] = {}
        lots: dict[int, Lot] = {}
        taken: set[int] = set()
        nowhere = Node("", "299", "0", "0", 0.0, date(1983, 6, 1), ())
        for index, cell in enumerate(cells):
            if index in taken:
                continue
            part = min(len(self.habits) - 1, cell.row * len(self.habits) // rows)
            houses = by_part[part]
            toponym, hamlet = names.setdefault(cell.block, (pick(rng, _TOPONYMS), pick(rng, self.hamlets[part])))
            holder = self._first_holder(
                cell.grain, part, houses, hamlet, collectives, f"UBND {commune.name.lower()[:2]}{commune.name[2:]}"
            )
            group = [index]
            if cell.grain == "field" and isinstance(holder, str) and chance(rng, 0.22):
                for other in range(index + 1, min(index + whole(rng, 2, 5), len(cells))):
                    if cells[other].block == cell.block and other in cells[group[-1]].beside:
                        group.append(other)
            taken |= set(group)
            pieces = [world.ground.add(cells[i].ring) for i in group]
            cover = uses.cover_of(rng, cell.grain)
            lot = world.settle(
                Lot(pieces, cell.grain, cover, cell.block, cell.row, part, hamlet, toponym, nowhere, holder)
            )
            lot.home_m2 = uses.home_of(rng, cover, round(world.ground.area(pieces), 1))
            lots |= dict.fromkeys(group, lot)
        for index, lot in lots.items():
            lot.beside |= {lots[i].number for i in cells[index].beside} - {lot.number}
        cut = Cut(1000.0, self._corner(), between(rng, -0.12, 0.12), 420, 45.0, snake=True)
        self._number("299", list(world.lots.values()), cut, date(1983, 6, 1))

    def _first_holder(
        self, grain: str, part: int, houses: list[House], hamlet: str, collectives: list[str], committee: str
    ) -> House | str:
        rng = self.rng
        drawn = float(rng.random())
        if grain == "field" and drawn < self.habits[part].collectives:
            return pick(rng, collectives)
        if (grain == "forest" and drawn < 0.5) or drawn > 0.985:
            return committee
        near = [one for one in houses if one.hamlet == hamlet]
        return pick(rng, near if near and chance(rng, 0.7) else houses)

    def _corner(self) -> Point:
        """Return a grid origin somewhere north-west of the land, so that no series is cut like another."""
        return self.centre[0] - 3000 - between(self.rng, 0, 1000), self.centre[1] + 3000 + between(self.rng, 0, 1000)

    # -- maps -------------------------------------------------------------------------------------------------------

    def _number(
        self, series: str, lots: list[Lot], cut: Cut, when: date, *, first_sheet: int = 0, why: str = "survey"
    ) -> None:
        """Give lots the numbers of a new map; where they had one, the step is remembered."""
        places = numbers(cut, [self.world.middle(lot) for lot in lots])
        for lot, (sheet, number) in zip(lots, places, strict=True):
            old = lot.node
            unit = self.world.land.code_on(lot.part, when)
            self.world.numbered(lot, series, str(sheet + first_sheet), str(number), when, why, unit=unit)
            if old.unit:
                old.ended = when
                self.world.step(old, lot.node, "same", lot.pieces, why)
                lot.story = []

    def _survey(self, series: str, parts: Iterable[int], when: date) -> None:
        """Survey communes anew: before the numbers, some neighbours' fields of one holder are found joined."""
        for part in parts:
            lots = [lot for lot in self.world.lots.values() if lot.part == part]
            size, most, band = (500.0, 200, 36.0) if series == "1996" else (500.0, 120, 28.0)
            cut = Cut(size, self._corner(), between(self.rng, -0.03, 0.03), most, band, snake=False)
            self._found(lots, when)
            self._number(series, [lot for lot in self.world.lots.values() if lot.part == part], cut, when)

    def _found(self, lots: list[Lot], when: date) -> None:
        """Join and divide what the survey finds joined and divided on the ground, without a paper of its own."""
        for lot in lots:
            if lot.number not in self.world.lots or not isinstance(lot.holder, House):
                continue
            if chance(self.rng, 0.008) and self.world.true_area(lot) > 250:
                split(self.world, lot, parted(self.world, 2), when, "new", why="survey")
            elif lot.grain == "field" and chance(self.rng, 0.015):
                self._merge_with_neighbour(lot, when, "survey")

    def _second_survey(self, part: int, when: date) -> None:
        """Survey one or two sheets again; they get sheet numbers beyond the last."""
        lots = [lot for lot in self.world.lots.values() if lot.part == part and lot.node.series == "digital"]
        sheets = sorted({int(lot.node.sheet) for lot in lots})
        for sheet in {pick(self.rng, sheets) for _ in range(whole(self.rng, 1, 2))} if sheets else ():
            again = [lot for lot in lots if lot.node.sheet == str(sheet)]
            cut = Cut(2000.0, self._corner(), 0.0, 10_000, 25.0, snake=True)
            highest = max(
                int(node.sheet)
                for node in self.world.nodes
                if node.unit == again[0].node.unit and node.series in ("digital", "second")
            )
            self._number("second", again, cut, when, first_sheet=highest, why="second survey")

    def _divide(self, when: date) -> None:
        """Divide the commune: the numbers stay, the unit changes for every part that got a code of its own."""
        for lot in list(self.world.lots.values()):
            code = self.world.land.codes[lot.part]
            if code != lot.node.unit:
                self._carry(lot, code, 0, when, "division")

    def _joinings(self, year: int) -> None:
        for part, code in enumerate(self.world.land.codes):
            for joining in self.world.land.joined.get(code, ()):
                if joining.day.year == year and year < 2025:
                    self._join(part, joining.code, joining.added, joining.day)

    def _join(self, part: int, code: str, added: int, when: date) -> None:
        for lot in list(self.world.lots.values()):
            if lot.part == part:
                self._carry(lot, code, added, when, "merger")

    def _carry(self, lot: Lot, code: str, added: int, when: date, why: str) -> None:
        old = lot.node
        sheet = str(int(old.sheet) + added)
        old.ended = when
        series = old.series if why == "division" else f"{old.series}+"
        self.world.numbered(lot, series, sheet, old.number, when, why, unit=code, area_m2=old.area_m2)
        lot.node.beyond = old.beyond
        relation: Relation = "same" if added else "unit_change"
        self.world.step(old, lot.node, relation, lot.pieces, why)

    # -- a year -----------------------------------------------------------------------------------------------------

    def _year(self, year: int) -> None:
        rng = self.rng
        if year == 2025:
            self._last_year()
        self._deaths(year)
        for lot in list(self.world.lots.values()):
            if lot.number not in self.world.lots or not isinstance(lot.holder, House):
                continue
            drawn = float(rng.random())
            sold = _SOLD[lot.grain] * (0.3 if year < 1993 else 1.0)
            divided = _DIVIDED[lot.grain]
            if drawn < sold:
                self._sell(lot, self._some_day(year))
            elif drawn < sold + divided and self.world.true_area(lot) > 180:
                self._divide_lot(lot, weighted(rng, ((2, 0.7), (3, 0.2), (4, 0.1))), self._some_day(year))
            elif drawn < sold + divided + 0.0016 and lot.grain != "forest":
                self._merge_with_neighbour(lot, self._some_day(year), "merge")
            elif drawn < sold + divided + 0.0030:
                self._shift(lot, self._some_day(year))
            elif lot.title is not None and drawn > 0.997 and year >= 2005:
                self.clerk.certify([lot], day_of(rng, year, 9, 12), why="lost")
        for lot, why in self._due.pop(year, ()):
            if lot.number in self.world.lots and isinstance(lot.holder, House):
                self.clerk.certify([lot], day_of(rng, year, 10, 12), why=why)

    def _last_year(self) -> None:
        """Where sheets are numbered anew after the merger of 2025, do it before the year's papers."""
        for part, code in enumerate(self.world.land.codes):
            for joining in self.world.land.joined.get(code, ()):
                if joining.day.year == 2025:
                    self._join(part, joining.code, joining.added, joining.day)

    def _some_day(self, year: int) -> date:
        """Return a working day on which something happens; in 2025 after the merger's first day."""
        return day_of(self.rng, year, 7, 9) if year == 2025 else day_of(self.rng, year, 3, 8)

    def _deaths(self, year: int) -> None:
        """Let the old die; a child takes the lots, or children divide the house plot and share the rest."""
        rng = self.rng
        held: dict[int, list[Lot]] = {}
        for lot in self.world.lots.values():
            if isinstance(lot.holder, House):
                held.setdefault(lot.holder.number, []).append(lot)
        for number, lots in held.items():
            old = self.houses[number]
            if year - old.head.birth_year < 66 or not chance(rng, 0.06):
                continue
            when = self._some_day(year)
            if old.spouse and chance(rng, 0.35):
                old.head, old.spouse = old.spouse, None  # the widow holds it on
                continue
            heirs = [child for child in old.children if of_age(child, year)]
            while len(heirs) < 3 and (not heirs or chance(rng, 0.5)):
                child = child_of(rng, old, len(self.houses), upland=self.upland)
                self.houses.append(child)
                heirs += [child] if of_age(child, year) else []
            for lot in lots:
                if (
                    len(heirs) > 1
                    and lot.grain in ("house", "garden")
                    and self.world.true_area(lot) > 300
                    and chance(rng, 0.35)
                ):
                    self._divide_lot(lot, min(len(heirs), 3), when, heirs)
                else:
                    self._pass(lot, heirs[0] if chance(rng, 0.6) else pick(rng, heirs), when, "inheritance")

    def _pass(self, lot: Lot, holder: House, when: date, how: str) -> None:
        """Change the holder, and let the office write what it writes of it: a new certificate, a note, or nothing."""
        lot.holder, lot.since, lot.how = holder, when, how
        drawn = float(self.rng.random())
        if when.year >= 2004 and drawn < (0.6 if how == "transfer" else 0.4):
            self._soon(lot, when, "transfer")
        elif when.year >= 1999 and drawn < 0.85:
            self.clerk.transfer_note(lot, when)

    def _soon(self, lot: Lot, when: date, why: str) -> None:
        if chance(self.rng, 0.25):
            self._due.setdefault(when.year + 1, []).append((lot, why))
        else:
            self.clerk.certify([lot], when + timedelta(days=whole(self.rng, 5, 60)), why=why)

    def _sell(self, lot: Lot, when: date) -> None:
        rng = self.rng
        seller = lot.holder
        if isinstance(seller, House) and seller.children and chance(rng, 0.3):
            buyer, how = pick(rng, seller.children), "gift"
        elif chance(rng, 0.55):
            buyer, how = pick(rng, self.houses), "transfer"
        else:
            hamlet = pick(rng, self.hamlets[lot.part])
            buyer = house(
                rng,
                len(self.houses),
                hamlet,
                whole(rng, 1, 9),
                surname_of(rng, upland=self.upland),
                when.year - whole(rng, 26, 55),
                upland=self.upland,
            )
            self.houses.append(buyer)
            how = "transfer"
        if of_age(buyer, when.year) and buyer is not seller:
            self._pass(lot, buyer, when, how)

    def _divide_lot(self, lot: Lot, count: int, when: date, heirs: Sequence[House] = ()) -> None:
        series = lot.node.series
        how = way(self.world, series)
        owner = lot.holder
        children = split(self.world, lot, parted(self.world, count), when, how)
        for i, child in enumerate(children):
            if heirs:
                self._pass(child, heirs[i % len(heirs)], when, "inheritance")
            elif i and isinstance(owner, House) and chance(self.rng, 0.7):
                if chance(self.rng, 0.5):
                    new = child_of(self.rng, owner, len(self.houses), upland=self.upland)
                    self.houses.append(new)
                    if of_age(new, when.year):
                        child.holder, child.since, child.how = new, when, "gift"
                else:
                    self._sell(child, when)
            if when.year >= 2004 and len(children) > 1 and chance(self.rng, 0.55):
                self._soon(child, when, "split")
            if when.year >= 2009 and len(children) > 1 and chance(self.rng, 0.6):
                self.clerk.extract(child, when + timedelta(days=whole(self.rng, 0, 4)))

    def _merge_with_neighbour(self, lot: Lot, when: date, why: str) -> None:
        def same_sheet(other: Lot) -> bool:
            a, b = other.node, lot.node
            return (a.unit, a.series, a.sheet) == (b.unit, b.series, b.sheet) and other.part == lot.part

        near = [
            other
            for other in self.world.neighbours(lot)
            if other.grain == lot.grain and isinstance(other.holder, House) and same_sheet(other)
        ]
        if not near:
            return
        other = next((one for one in near if one.holder is lot.holder), near[0])
        new = merge(self.world, [lot, other], when, why)
        if why == "merge" and when.year >= 2004 and chance(self.rng, 0.6):
            self._soon(new, when, "merge")

    def _shift(self, lot: Lot, when: date) -> None:
        near = [
            other
            for other in self.world.neighbours(lot)
            if isinstance(other.holder, House)
            and other.node.series == lot.node.series
            and other.node.unit == lot.node.unit
        ]
        if near:
            shift(self.world, lot, pick(self.rng, near), between(self.rng, 0.02, 0.16), when)

    # -- what offices do ----------------------------------------------------------------------------------------------

    def _give_out(self, year: int) -> None:
        """Part the collectives' fields among households (1993): the large ones are divided, all get a holder."""
        when = day_of(self.rng, year, 11, 12)
        for lot in list(self.world.lots.values()):
            if not isinstance(lot.holder, str) or lot.holder.startswith("UBND") or lot.grain != "field":
                continue
            homes = [one for one in self.houses if one.hamlet in self.hamlets[lot.part] and of_age(one, year)]
            lots = [lot]
            if len(lot.pieces) > 1:
                how: How = "suffix" if chance(self.rng, 0.4) else "new"
                lots = split(self.world, lot, parted(self.world, min(4, len(lot.pieces))), when, how, why="collective")
            for one in lots:
                one.holder, one.since, one.how = pick(self.rng, homes), when, "Giao đất theo Nghị định 64/CP"

    def _red_books(self, year: int) -> None:
        """Issue the certificates of 1993: each lists up to ten lots of a household."""
        days = self._rounds(year)
        by_house: dict[int, list[Lot]] = {}
        for lot in self.world.lots.values():
            if (
                isinstance(lot.holder, House)
                and lot.title is None
                and chance(self.rng, self.habits[lot.part].red_books / 2)
            ):
                by_house.setdefault(lot.holder.number, []).append(lot)
        for lots in by_house.values():
            lots = [lot for lot in lots if lot.part == lots[0].part][:10]
            self.clerk.certify(lots, pick(self.rng, days))

    def _road(self, year: int) -> None:
        """Take a strip of every lot along one row of blocks for a road; a tenth of the lots go whole."""
        row = pick(self.rng, sorted({lot.row for lot in self.world.lots.values()}))
        when = day_of(self.rng, year, 9, 10)
        along = [lot for lot in self.world.lots.values() if lot.row == row]
        for lot in along[: len(along) // 3]:
            take(self.world, lot, 1.0 if chance(self.rng, 0.1) else between(self.rng, 0.04, 0.35), when)

    def _by_habit(self, part: int, habits: Habits, year: int) -> None:
        rng = self.rng
        if year == habits.survey:
            self._survey("digital", (part,), date(year, 9, 15))
            if habits.index_2003:
                self._index(part, date(year, 10, 20), 1.0)
        if year == habits.exchange:
            self._exchange(part, date(year, 10, 8))
        if year == habits.resurveyed:
            self._second_survey(part, date(year, 9, 20))
        if year == 2015:
            self._index(part, date(2015, 11, 2), habits.index_2013)
        if habits.survey < year <= habits.survey + 3:
            self._some(part, habits.pink_books / 3, year, "exchange")
        if year in (2005, 2006):
            self._some(part, 0.05, year, "")
        if 2010 <= year <= 2024:
            for lot in self._of(part):
                if isinstance(lot.holder, House) and chance(rng, habits.extracts / 15):
                    self.clerk.extract(lot, day_of(rng, year, 10, 12))
        if year == 2025:
            self._some(part, 0.05, year, "exchange")

    def _of(self, part: int) -> list[Lot]:
        return [lot for lot in self.world.lots.values() if lot.part == part]

    def _rounds(self, year: int) -> list[date]:
        """Return the days of a year on which certificates are issued by the list."""
        return [day_of(self.rng, year, 10, 12) for _ in range(whole(self.rng, 3, 8))]

    def _some(self, part: int, share: float, year: int, why: str) -> None:
        """Issue certificates for that share of a commune's private lots."""
        days = self._rounds(year)
        for lot in self._of(part):
            if isinstance(lot.holder, House) and chance(self.rng, share):
                self.clerk.certify([lot], pick(self.rng, days), why=why)

    def _index(self, part: int, when: date, share: float) -> None:
        """Write the parcel index of a commune; whole sheets are missing where the share is below one."""
        lots = self._of(part)
        sheets = sorted({(lot.node.series, int(lot.node.sheet)) for lot in lots})
        held = {sheet for sheet in sheets if chance(self.rng, share)}

        def place(lot: Lot) -> tuple[str, int, int]:
            return lot.node.series, int(lot.node.sheet), int(lot.node.number.rstrip("abcd"))

        self.clerk.index_later(
            [lot for lot in sorted(lots, key=place) if place(lot)[:2] in held and chance(self.rng, 0.985)], when
        )

    def _exchange(self, part: int, when: date) -> None:
        """Exchange the paddies of two to four blocks, each on one sheet."""
        blocks: dict[tuple[int, str, str], list[Lot]] = {}
        for lot in self._of(part):
            if lot.grain == "field" and isinstance(lot.holder, House):
                blocks.setdefault((lot.block, lot.node.series, lot.node.sheet), []).append(lot)
        able = [lots for lots in blocks.values() if len(lots) >= 6]
        order: Callable[[list[Lot]], int] = lambda lots: lots[0].block  # noqa: E731
        able.sort(key=order)
        for index in list(self.rng.permutation(len(able)))[: whole(self.rng, 2, 4)]:
            new = exchange(self.world, able[int(index)], when)
            for lot in new:
                if when.year >= 2004 and chance(self.rng, 0.4):
                    self._soon(lot, when, "exchange")
