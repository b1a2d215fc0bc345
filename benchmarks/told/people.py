"""Invented people and the households that hold land, die and leave it to children."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SURNAMES = {
    "Nguyễn": 30, "Trần": 11, "Lê": 9, "Phạm": 7, "Phan": 5, "Huỳnh": 5, "Võ": 5, "Đặng": 4, "Bùi": 3, "Đỗ": 3,
    "Hồ": 3, "Ngô": 2, "Dương": 2, "Trương": 3, "Đoàn": 2, "Lương": 1.5, "Châu": 1, "Thái": 1, "Ung": 0.6, "Tào": 0.4,
}  # fmt: skip
_MIDDLES = {
    "Văn": 50, "Đình": 7, "Ngọc": 8, "Hữu": 6, "Tấn": 6, "Công": 5, "Quang": 5, "Đức": 4, "Xuân": 4, "Thanh": 5,
    "Minh": 3, "Viết": 2,
}  # fmt: skip
_MEN = (
    "Hai", "Ba", "Năm", "Sáu", "Bảy", "Tám", "Hùng", "Dũng", "Sơn", "Hải", "Hòa", "Minh", "Thành", "Tâm", "Bình",
    "Long", "Phúc", "Lộc", "Thọ", "Tài", "Chín", "Mười", "Cường", "Tuấn", "Toàn", "Thắng", "Lợi", "Quý", "Đông",
    "Tiến", "Phước", "An", "Khánh", "Vinh", "Trung", "Nam", "Hiền", "Sang", "Thạnh", "Xuân",
)  # fmt: skip
_WOMEN = (
    "Hai", "Ba", "Năm", "Sáu", "Bảy", "Lan", "Hoa", "Cúc", "Hồng", "Liên", "Thu", "Hương", "Mai", "Nga", "Xuân",
    "Hạnh", "Phượng", "Nguyệt", "Yến", "Thảo", "Vân", "Thủy", "Loan", "Bích", "Nhung", "Tám", "Lài", "Mười", "Sen",
    "Tuyết",
)  # fmt: skip
_NICKNAMES = ("Năm", "Sáu", "Tư", "Bảy", "Tám")


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; `sex` as the contract writes it, two identity numbers (9 digits, 12 digits)."""

    name: str
    sex: str
    born: int
    cmnd: str
    cccd: str
    renewed: bool
    nickname: str | None


@dataclass(eq=False, slots=True)
class Holder:
    """A household (its head and spouse), or an organisation, whose head bears its name."""

    no: int
    hamlet: str
    head: Person
    spouse: Person | None = None
    organisation: bool = False
    died: int | None = None
    heirs: list[Holder] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """Return the head's surname."""
        return self.head.name.split()[0]


def weighted(chance: random.Random, weights: Mapping[str, float]) -> str:
    """Return one of the words, drawn by its weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


class People:
    """Makes people with numbers of their own, and households."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._numbers: set[str] = set()
        self._count = 0

    def person(self, sex: str, born: int, surname: str | None = None) -> Person:
        """Return a new person; few given names are common, as in the villages."""
        chance = self._chance
        surname = surname or weighted(chance, _SURNAMES)
        if sex == "nam":
            name = f"{surname} {weighted(chance, _MIDDLES)} {self._common(_MEN)}"
        else:
            middle = "Thị" if chance.random() < 0.85 else f"Thị {chance.choice(('Kim', 'Ngọc', 'Thu', 'Minh'))}"
            name = f"{surname} {middle} {self._common(_WOMEN)}"
        while True:
            cmnd = f"20{chance.choice('56')}{chance.randrange(10**6):06d}"
            cccd = f"049{'0' if sex == 'nam' else '1'}{born % 100:02d}{chance.randrange(10**6):06d}"
            if cmnd not in self._numbers and cccd not in self._numbers:
                break
        self._numbers.update((cmnd, cccd))
        renewed = chance.random() < 0.9
        nickname = f"{chance.choice(_NICKNAMES)} {name.split()[-1]}" if chance.random() < 0.03 else None
        return Person(name, sex, born, cmnd, cccd, renewed, nickname)

    def _common(self, names: Sequence[str]) -> str:
        return self._chance.choices(names, [1 / (at + 4) for at in range(len(names))])[0]

    def household(
        self, hamlet: str, born: int | None = None, surname: str | None = None, head: Person | None = None
    ) -> Holder:
        """Return a new household with a head (drawn if not given) and often a wife."""
        chance = self._chance
        self._count += 1
        born = born or chance.randint(1926, 1956)
        head = head or self.person("nu" if chance.random() < 0.12 else "nam", born, surname)
        spouse = None
        if head.sex == "nam" and chance.random() < 0.85:
            spouse = self.person("nu", head.born + chance.randint(-1, 6))
        return Holder(self._count, hamlet, head, spouse)

    def organisation(self, name: str, hamlet: str) -> Holder:
        """Return a co-operative (hợp tác xã) or production team (đội sản xuất)."""
        return Holder(-1, hamlet, Person(name, "", 0, "", "", renewed=False, nickname=None), organisation=True)

    def child(self, parent: Holder, year: int) -> Holder:
        """Return the household of a child, an earlier one or a new one; daughters' children bear other surnames."""
        chance = self._chance
        for heir in parent.heirs:
            if chance.random() < 0.5:
                return heir
        born = min(max(parent.head.born + chance.randint(20, 34), year - 62), year - 20)
        surname = parent.surname if parent.head.sex == "nam" else weighted(chance, _SURNAMES)
        head = self.person("nam" if chance.random() < 0.8 else "nu", born, surname)
        heir = self.household(parent.hamlet, born, surname, head)
        parent.heirs.append(heir)
        return heir

    def widow(self, of: Holder, spouse: Person) -> Holder:
        """Return the household that a widow heads after its head's death, with the same children."""
        household = self.household(of.hamlet, spouse.born, None, spouse)
        household.spouse, household.heirs = None, of.heirs
        return household
