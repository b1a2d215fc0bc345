"""People: named by how often Vietnamese names are given, they marry, have children and die.

Weights follow the well-known order of surnames (Nguyễn, Trần, Lê, Phạm, ...), with those of Quảng Nam's coast raised.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

_SURNAMES = {
    "Nguyễn": 33.0, "Trần": 12.5, "Lê": 11.0, "Phạm": 7.0, "Võ": 5.0, "Huỳnh": 5.0, "Phan": 4.5, "Đặng": 3.0,
    "Ngô": 2.6, "Đinh": 2.0, "Bùi": 2.0, "Đỗ": 1.8, "Hồ": 1.5, "Dương": 1.2, "Trương": 1.8, "Mai": 1.0, "Lương": 0.9,
    "Hà": 0.8, "Thân": 0.7, "Tạ": 0.5, "Châu": 0.4, "Lưu": 0.4, "Văn": 0.4, "Tán": 0.3, "Doãn": 0.3, "Kiều": 0.3,
}  # fmt: skip
_MIDDLES = {
    "nam": {"Văn": 52.0, "": 8.0, "Đình": 6.0, "Hữu": 5.0, "Công": 5.0, "Ngọc": 5.0, "Quang": 4.0, "Xuân": 4.0,
            "Tấn": 4.0, "Minh": 3.0, "Thanh": 3.0, "Viết": 2.0, "Phước": 2.0},
    "nu": {"Thị": 70.0, "Thị Kim": 4.0, "Thị Ngọc": 4.0, "Thị Thanh": 4.0, "Thị Thu": 4.0, "": 2.0, "Thị Mỹ": 3.0,
           "Thị Hồng": 3.0},
}  # fmt: skip
_MEN = """Hùng Dũng Tâm Sơn Hải Minh Thành Bình Long Hòa Tuấn Anh Phúc Lợi Ba Năm Bảy Tám Cường Hiền Thanh Đức Nam Lộc
Phước Tài Quang Thắng An Hưng Sáu Mười Chín Trung Tân Vinh Xuân Kỳ Đông Nhân Nghĩa Lễ Trí Tín Bốn Hai Cảnh Dư Đạo Đương
Liêm Mẫn Ngọ Nhạc Phụng Quý Sanh Thạnh Thơ Tịnh Toàn Trợ Tư Ty Xê Yên Khôi Khánh Huy Việt Vũ"""
_WOMEN = """Hoa Lan Hồng Mai Cúc Liên Hương Thủy Nga Tâm Hạnh Phượng Loan Bông Xuân Thu Yến Tuyết Nguyệt Hiền Hà Vân
Bích Nhung Thảo Bốn Năm Sáu Bảy Tám Mười Ba Huệ Sen Đào Lựu Mận Chanh Khế Ái Bưởi Cẩm Chút Dư Gái Lài Lý Mẹo Nhạn Nuôi
Oanh Phấn Quyên Rân Sương Thí Tiếp Trinh Út Xê Trâm Vy Ngân"""
_GIVEN = {"nam": tuple(_MEN.split()), "nu": tuple(_WOMEN.split())}
_NICKS = ("Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Mười", "Út")


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with a name, a hamlet and a life."""

    name: str
    sex: str
    born: date
    dies: date
    hamlet: str
    cmnd: str
    spouse: Person | None = None
    children: list[Person] = field(default_factory=list)

    def lives(self, day: date) -> bool:
        """Return whether the person lives on a day."""
        return self.born <= day < self.dies

    @property
    def cccd(self) -> str:
        """Return the twelve digits of today: province, century and sex, year of birth, six more."""
        century = (self.sex == "nu") + 2 * (self.born.year >= 2000)
        return f"049{century}{self.born.year % 100:02d}{self.cmnd[3:]}"

    def age(self, day: date) -> int:
        """Return the age in years."""
        return day.year - self.born.year


@dataclass(slots=True)
class Folk:
    """All people of the district, made by one chance."""

    chance: random.Random
    people: list[Person] = field(default_factory=list)

    def someone(self, sex: str, born: int, hamlet: str, surname: str = "") -> Person:
        """Return a new person."""
        day = self._day(born)
        years = min(98, max(48, round(self.chance.gauss(77, 11))))
        person = Person(
            self._name(sex, surname), sex, day, self._day(born + years), hamlet,
            f"20{self.chance.choice('56')}{self.chance.randrange(10**6):06d}",
        )  # fmt: skip
        self.people.append(person)
        return person

    def couple(self, born: int, hamlet: str, head: Person | None = None) -> Person:
        """Return the head of a new household, with a spouse and children."""
        if head is None:
            head = self.someone("nu" if self.chance.random() < 0.08 else "nam", born, hamlet)
        other = self.someone("nam" if head.sex == "nu" else "nu", born + self.chance.randrange(-3, 5), head.hamlet)
        head.spouse, other.spouse = other, head
        father = head if head.sex == "nam" else other
        surname = father.name.split()[0]
        children = [
            self.someone(self.chance.choice(("nam", "nu")), born + at, head.hamlet, surname)
            for at in sorted(self.chance.sample(range(21, 40), self.chance.choice((2, 2, 3, 3, 4, 5))))
        ]
        head.children = other.children = children
        return head

    def _day(self, year: int) -> date:
        return date(year, self.chance.randrange(1, 13), self.chance.randrange(1, 29))

    def _name(self, sex: str, surname: str) -> str:
        surname = surname or pick(self.chance, _SURNAMES)
        given = _GIVEN[sex]
        at = min(int(self.chance.expovariate(1 / 16)), len(given) - 1)
        return " ".join(part for part in (surname, pick(self.chance, _MIDDLES[sex]), given[at]) if part)


def pick(chance: random.Random, weights: dict[str, float]) -> str:
    """Return one of several by weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def nickname(person: Person, chance: random.Random) -> str:
    """Return what a village calls somebody: a number of birth and the given name, as «Năm Xoài»."""
    return f"{chance.choice(_NICKS)} {person.name.split()[-1]}"


def shortened(name: str) -> str:
    """Return a name without its middle parts."""
    parts = name.split()
    return f"{parts[0]} {parts[-1]}"


def holders_of(head: Person, day: date) -> Sequence[Person]:
    """Return who holds land together: the head and the living spouse."""
    return (head, head.spouse) if head.spouse is not None and head.spouse.lives(day) else (head,)
