"""What happens from year to year: marriages, deaths, sales, divisions, unions, exchanges, shifted hedges."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.office.days import in_year
from benchmarks.office.folk import Folk, Person
from benchmarks.office.land import Land
from benchmarks.office.pieces import Piece
from benchmarks.office.registering import Registry


@dataclass(slots=True)
class Life:
    """The people on the land and the office that hears of some of it."""

    chance: random.Random
    folk: Folk
    land: Land
    registry: Registry
    _heirs_of: set[Person] = field(default_factory=set)

    def year(self, year: int) -> list[tuple[date, str]]:
        """Return the days of a year on which something happens, with what."""
        count, busy = len(self.land.pieces), min(1.0, 0.45 + max(0, year - 1992) * 0.03)
        rates = {
            "sale": 0.011 * busy, "part sold": 0.0048 * busy, "gift": 0.0068, "union": 0.003 * busy, "shift": 0.0016,
            "marriage": 0.008,
        }  # fmt: skip
        events = [
            (in_year(self.chance, year), what) for what, rate in rates.items() for _ in range(self._many(count * rate))
        ]
        return [*events, *((in_year(self.chance, year), "deaths") for _ in range(20))]

    def _many(self, expected: float) -> int:
        return int(expected) + (self.chance.random() < expected % 1)

    def happen(self, day: date, what: str) -> None:
        """Let one thing happen."""
        if what == "deaths":
            for holder in sorted(
                {one.holder for one in self.land.pieces if not one.holder.lives(day)}, key=self.folk.people.index
            ):
                self._inherit(holder, day)
            return
        piece = self.chance.choice(self.land.pieces)
        if piece.common and what != "shift":
            return
        if what == "sale":
            self._sold(piece, self._buyer(piece, day), day)
        elif what == "part sold":
            share = self.chance.uniform(0.25, 0.6)
            self._divided(piece, (share, 1 - share), (self._buyer(piece, day), piece.holder), day)
        elif what == "gift":
            self._gift(piece, day)
        elif what == "union":
            self._union(day)
        elif what == "shift":
            self.land.shift(piece)
        else:
            self._marriage(piece.holder, day)

    def _marriage(self, parent: Person, day: date) -> None:
        for child in parent.children:
            if child.spouse is None and 21 <= child.age(day) <= 38 and child.lives(day):
                self.folk.couple(child.born.year, child.hamlet, child)
                return

    def _grown(self, person: Person, day: date) -> list[Person]:
        return [child for child in person.children if child.age(day) >= 20 and child.lives(day)]

    def _buyer(self, piece: Piece, day: date) -> Person:
        """Return somebody who buys: mostly from the hamlet or the next, sometimes from away."""
        if self.chance.random() < 0.2:
            return self.folk.couple(day.year - self.chance.randrange(28, 55), piece.hamlet)
        near = [one.holder for one in self.land.pieces if one.zone == piece.zone and one.holder.lives(day)]
        return self.chance.choice(near) if near else piece.holder

    def _sold(self, piece: Piece, buyer: Person, day: date) -> None:
        if buyer is piece.holder:
            return
        piece.holder = buyer
        if self.registry.comes(day):
            self.registry.handed_over(piece, day, "Chuyển nhượng cho")

    def _gift(self, piece: Piece, day: date) -> None:
        children = self._grown(piece.holder, day)
        if not children or piece.use == "trees":
            return
        child = self.chance.choice(children)
        if child.spouse is None and child.age(day) < 40:
            self.folk.couple(child.born.year, child.hamlet, child)
        if piece.polygon.area > 360 and self.chance.random() < 0.8:
            share = self.chance.uniform(0.3, 0.55)
            self._divided(piece, (share, 1 - share), (child, piece.holder), day)
        else:
            piece.holder = child
            if self.registry.comes(day):
                self.registry.handed_over(piece, day, "Tặng cho")

    def _divided(self, piece: Piece, shares: Sequence[float], holders: Sequence[Person], day: date) -> None:
        smallest = min(shares) * piece.polygon.area
        if smallest < (70 if piece.use == "home" else 180):
            return
        numbered = piece.node is not None
        parts = self.land.divide(piece, shares, day)
        for part, holder in zip(parts, holders, strict=True):
            part.holder = holder
        if numbered and self.registry.comes(day):
            self.registry.divided(piece, parts, day)

    def _union(self, day: date) -> None:
        """Unite two neighbours of one holder; where none are found, somebody buys the piece beside his."""
        piece, near = self.chance.choice(self.land.pieces), list[Piece]()
        for _ in range(8):
            piece = self.chance.choice(self.land.pieces)
            if piece.common:
                continue
            near = self.land.neighbours(piece, [one for one in self.land.pieces if one.place == piece.place])
            own = [one for one in near if one.holder is piece.holder]
            if own:
                self._joined((piece, own[0]), day)
                return
        if near and not near[0].common and not piece.common:
            self._sold(near[0], piece.holder, day)
            self._joined((piece, near[0]), day)

    def _joined(self, pieces: Sequence[Piece], day: date) -> None:
        if sum(one.polygon.area for one in pieces) > 6_000:
            return
        numbered = all(one.node is not None for one in pieces)
        numbered = numbered and len({(one.node.survey, one.node.sheet) for one in pieces if one.node}) == 1
        whole = self.land.unite(pieces, day)
        if whole is not None and numbered and self.registry.comes(day):
            self.registry.joined(pieces, whole, day)

    def _inherit(self, dead: Person, day: date) -> None:
        """Pass on what a dead person held: to the spouse, then to the children, divided or whole."""
        own = [piece for piece in self.land.pieces if piece.holder is dead]
        widow = dead.spouse if dead.spouse is not None and dead.spouse.lives(day) else None
        heirs = self._grown(dead, day)
        for piece in own:
            if widow is not None:
                piece.holder = widow
                if self.chance.random() < 0.15 and self.registry.comes(day):
                    self.registry.handed_over(piece, day, "Để thừa kế cho")
            elif not heirs:
                self._sold(piece, self._buyer(piece, day), day)
            elif len(heirs) > 1 and piece.use == "home" and piece.polygon.area > 500 and self.chance.random() < 0.4:
                chosen = heirs[: 3 if piece.polygon.area > 1_200 else 2]
                shares = [1 / len(chosen)] * len(chosen)
                self._divided(piece, shares, chosen, day)
            else:
                piece.holder = self.chance.choice(heirs)
                if self.chance.random() < 0.6 and self.registry.comes(day):
                    self.registry.handed_over(piece, day, "Để thừa kế cho")
        for piece in self.land.pieces:
            if piece.holder is dead:
                piece.holder = widow or (heirs[0] if heirs else self._buyer(piece, day))

    def allot(self, zone: str) -> None:
        """Allot the land of the co-operative to households (NĐ 64/CP)."""
        heads = sorted({one.holder for one in self.land.of((zone,)) if not one.common}, key=self.folk.people.index)
        for piece in self.land.of((zone,)):
            if piece.common:
                piece.common, piece.holder = "", self.chance.choice(heads)

    def exchange(self, zone: str, day: date) -> None:
        """Unite the small fields of some blocks by threes and fours (dồn điền đổi thửa); one household gets each."""
        blocks: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.land.of((zone,)):
            if piece.use == "rice" and not piece.common:
                blocks[piece.place].append(piece)
        for name in self.chance.sample(sorted(blocks), min(2, len(blocks))):
            plan = self.chance.choice(("plan", "plan", "silent"))
            waiting = [one for one in blocks[name] if one.ended is None]
            while waiting:
                group = [waiting.pop(0)]
                for _ in range(self.chance.choice((1, 2, 2, 3))):
                    near = [one for one in waiting if any(self.land.neighbours(one, [mate]) for mate in group)]
                    if near and sum(one.polygon.area for one in (*group, near[0])) < 3_600:
                        waiting.remove(near[0])
                        group.append(near[0])
                self.chance.shuffle(group)
                whole = self.land.unite(group, day) if len(group) > 1 else None
                if whole is not None:
                    whole.exchanged = plan
