"""Invented households whose names do not tell them apart, who die, inherit, and are written differently each time."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cadastre.words.folding import key

_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Đặng", "Bùi", "Hồ", "Ngô", "Dương", "Lý", "Đoàn",
             "Trương", "Đinh", "Lương", "Châu", "Thái", "Ung")  # fmt: skip
_SURNAME_WEIGHTS = (34, 12, 10, 7, 8, 7, 5, 4, 3, 3, 3, 2, 1, 2, 3, 1, 1, 1, 1, 1)
_MIDDLES = ("Văn", "Văn", "Văn", "Đình", "Hữu", "Thanh", "Ngọc", "Công", "Minh", "Xuân", "Tấn", "Viết", "Quang", "")
_MEN = ("An", "Ba", "Bá", "Bảy", "Bình", "Bính", "Chính", "Chín", "Chiến", "Cường", "Dũng", "Đông", "Đồng", "Hai",
        "Hải", "Hòa", "Hóa", "Hùng", "Hưng", "Hoàng", "Kỳ", "Lai", "Lài", "Long", "Lộc", "Mười", "Mỹ", "Nam", "Năm",
        "Nghĩa", "Phú", "Phúc", "Quý", "Sơn", "Sang", "Sáu", "Tâm", "Tám", "Tài", "Tấn", "Thành", "Thạnh", "Thuận",
        "Tiến", "Toàn", "Trung", "Tư", "Tứ", "Út", "Việt", "Xuân", "Thủy", "Khoa", "Lý")  # fmt: skip
_WOMEN = ("Ba", "Bé", "Bông", "Cúc", "Diệu", "Đào", "Hai", "Hà", "Hạnh", "Hoa", "Hòa", "Hồng", "Huệ", "Hương", "Lan",
          "Liên", "Loan", "Lý", "Mai", "Mỹ", "Nga", "Nguyệt", "Nhung", "Phượng", "Phương", "Sáu", "Tám", "Thanh",
          "Thủy", "Tuyết", "Vân", "Xuân", "Yến", "Út")  # fmt: skip
_REUSED = 0.35  # share of wives' and sons' names that somebody in the commune bears already
_NICKNAMES = ("Năm", "Sáu Xoài", "Bảy", "Mười", "Tư Rèn", "Hai")
_OTHER_SPELLINGS = {"Hòa": "Hoà", "Hóa": "Hoá", "Thủy": "Thuỷ", "Lý": "Lí", "Mỹ": "Mĩ", "Kỳ": "Kì", "Quý": "Quí"}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; `sex` as the contract writes it."""

    name: str
    sex: str
    born: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A household with its heads from year to year, or an organisation (`user_type` not GDC).

    `heads` are (first year, head, spouse): a father, then his widow, then a son of nearly his name.
    """

    no: int
    user_type: str
    heads: tuple[tuple[int, Person, Person | None], ...]
    hamlet: int

    def head(self, year: int) -> tuple[Person, Person | None]:
        """Return who stands for the holder in a year, and the spouse."""
        _, head, spouse = [one for one in self.heads if one[0] <= year][-1]
        return head, spouse


def organisation(no: int, name: str, user_type: str) -> Holder:
    """Return a cooperative (HTX), people's committee (UBND) or clan hall that holds land."""
    return Holder(no, user_type, ((0, Person(name, "", 0), None),), -1)


class Parish:
    """Makes the households of one commune; a third of their head names stand for two households or more."""

    def __init__(self, chance: random.Random, first_no: int, hamlets: Sequence[int], shared: float = 0.36) -> None:
        self._chance = chance
        self._no = first_no
        self._hamlets = hamlets
        self._shared = shared
        self._taken: set[str] = set()
        self._men: list[str] = []
        self._women: list[str] = []

    def households(self, count: int) -> list[Holder]:
        """Return `count` households, `shared` of them under a name key that another one bears too."""
        doubles = int(count * self._shared / 2)
        founders = [self._household(self._new_name()) for _ in range(count - doubles)]
        models = self._chance.sample(founders, doubles)
        twins = [self._household(one.heads[0][1].name) for one in models]
        return [*founders, *twins]

    def _new_name(self) -> str:
        while True:
            name = self._man()
            if key(name) not in self._taken:
                self._taken.add(key(name))
                self._men.append(name)
                return name

    def _man(self) -> str:
        surname = self._chance.choices(_SURNAMES, _SURNAME_WEIGHTS)[0]
        parts = (surname, self._chance.choice(_MIDDLES), self._chance.choice(_MEN))
        return " ".join(part for part in parts if part)

    def _woman(self) -> str:
        if self._women and self._chance.random() < _REUSED:
            return self._chance.choice(self._women)
        surname = self._chance.choices(_SURNAMES, _SURNAME_WEIGHTS)[0]
        name = f"{surname} {self._chance.choice(('Thị', 'Thị', 'Thị Kim', 'Thị Thanh'))} {self._chance.choice(_WOMEN)}"
        self._women.append(name)
        return name

    def _household(self, name: str) -> Holder:
        chance = self._chance
        born = chance.randint(1922, 1968)
        father, mother = Person(name, "nam", born), Person(self._woman(), "nu", born + chance.randint(-2, 8))
        heads: list[tuple[int, Person, Person | None]] = [(0, father, mother)]
        death = max(1984, born + chance.randint(58, 88))
        if death < 2025:
            if chance.random() < 0.7:
                heads.append((death, mother, None))
                death += chance.randint(2, 16)
            if death < 2025:
                heads.append((death, *self._heir(father)))
        self._no += 1
        return Holder(self._no, "GDC", tuple(heads), chance.choice(self._hamlets))

    def _heir(self, father: Person) -> tuple[Person, Person]:
        """Return a son who differs from his father by a mark, a given name or nothing but the year, and his wife."""
        *stem, given = father.name.split()
        near = [one for one in _MEN if one != given and key(one)[:2] == key(given)[:2]]
        drawn = self._chance.random()
        name = " ".join([*stem, self._chance.choice(near) if near and drawn < 0.6 else self._chance.choice(_MEN)])
        namesakes = [one for one in self._men if one.split()[0] == stem[0]]
        if drawn > 1 - _REUSED and namesakes:
            name = self._chance.choice(namesakes)
        born = father.born + self._chance.randint(20, 36)
        return Person(name, "nam", born), Person(self._woman(), "nu", born + self._chance.randint(-1, 6))


def as_written(name: str, era: str, chance: random.Random) -> str:
    """Return the name as a clerk of the era writes it: short, without marks, with a nickname, in the other spelling."""
    words = name.split()
    drawn = chance.random()
    if era in ("299", "1988"):
        if drawn < 0.10 and len(words) == 3:
            return f"{words[0]} {words[2]}"
        if drawn < 0.15:
            return f"{name} ({chance.choice(_NICKNAMES)})"
        if drawn < 0.19:
            return _without_marks(name)
    elif era == "1993" and drawn < 0.12:
        return _without_marks(name)
    if words[-1] in _OTHER_SPELLINGS and chance.random() < 0.4:
        return " ".join([*words[:-1], _OTHER_SPELLINGS[words[-1]]])
    return name


def _without_marks(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return plain.replace("đ", "d").replace("Đ", "D")


def share_of_shared_names(households: Sequence[Holder], year: int) -> float:
    """Return the share of households whose head bears, that year, the full name key of another's head."""
    names = Counter(key(one.head(year)[0].name) for one in households)
    return sum(count for count in names.values() if count > 1) / max(1, len(households))
