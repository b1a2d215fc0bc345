"""Persons and households, and how clerks write their names."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import Literal

Sex = Literal["nam", "nu"]  # man, woman, as the contract writes them

_SURNAMES = (
    *["Nguyễn"] * 38, *["Trần"] * 12, *["Lê"] * 11, *["Phạm"] * 7, *["Phan"] * 6, *["Huỳnh"] * 5, *["Võ"] * 5,
    *["Đặng"] * 4, "Hồ", "Đỗ", "Ngô", "Dương", "Trương", "Bùi", "Đoàn", "Thái", "Lương", "Tô", "Hà", "Mai",
)  # fmt: skip
_RARE_MIDDLE = (
    "Đức", "Hữu", "Đình", "Công", "Ngọc", "Quang", "Xuân", "Thanh", "Minh", "Tấn", "Viết", "Bá", "Thế", "Quốc",
    "Trọng",
)  # fmt: skip
_MIDDLE: dict[Sex, tuple[str, ...]] = {
    "nam": (*["Văn"] * 50, *_RARE_MIDDLE * 3),
    "nu": (*["Thị"] * 75, "Thị Thu", "Thị Kim", "Thị Ngọc", "Thị Mỹ", "Ngọc", "Thị Thanh", "Thu", "Thị Hồng"),
}
_GIVEN: dict[Sex, tuple[str, ...]] = {
    "nam": (
        "An", "Anh", "Ba", "Bảy", "Bình", "Bốn", "Cảnh", "Châu", "Chín", "Chính", "Công", "Cường", "Dũng", "Duy",
        "Đông", "Đức", "Hai", "Hải", "Hiền", "Hiếu", "Hòa", "Hoàng", "Hùng", "Hưng", "Khánh", "Lâm", "Long", "Lợi",
        "Lực", "Mười", "Nam", "Năm", "Nghĩa", "Ngọc", "Phúc", "Phước", "Quang", "Quý", "Sáu", "Sơn", "Tám", "Tân",
        "Thành", "Thắng", "Thọ", "Thu", "Tiến", "Tín", "Toàn", "Trung", "Tuấn", "Tư", "Út", "Vinh", "Xuân", "Xếp",
    ),
    "nu": (
        "Ánh", "Ba", "Bông", "Chín", "Cúc", "Dung", "Đào", "Hai", "Hạnh", "Hiền", "Hoa", "Hồng", "Huệ", "Hương",
        "Lan", "Liên", "Liễu", "Loan", "Lựu", "Mai", "Mười", "Nga", "Nhung", "Phượng", "Sáu", "Tám", "Thảo", "Thu",
        "Thủy", "Thúy", "Tuyết", "Tư", "Vân", "Xuân", "Yến",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A person; `cmnd` and `cccd` are the numbers of the old and the new identity card."""

    sex: Sex
    born: int
    surname: str
    name: str
    cmnd: str
    cccd: str


@dataclass(frozen=True, slots=True, eq=False)
class Household:
    """Who holds land: a family under its head, or an organisation, for which the head signs."""

    number: int
    head: Person
    hamlet: int
    spouse: Person | None = None
    organisation: str | None = None

    @property
    def name(self) -> str:
        """Return the name in which the land is held."""
        return self.organisation or self.head.name


class Folk:
    """Draws persons and households."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._count = 0

    def person(self, born: int, sex: Sex | None = None, surname: str | None = None) -> Person:
        """Return a person: of ten heads of households seven are men."""
        chance = self.chance
        sex = sex or ("nam" if chance.random() < 0.72 else "nu")
        surname = surname or chance.choice(_SURNAMES)
        name = f"{surname} {chance.choice(_MIDDLE[sex])} {chance.choice(_GIVEN[sex])}"
        cmnd = f"{chance.choice(('205', '206', '201'))}{chance.randrange(10**6):06d}"
        century = (0 if sex == "nam" else 1) + (2 if born >= 2000 else 0)
        cccd = f"{chance.choice(('049', '049', '048'))}{century}{born % 100:02d}{chance.randrange(10**6):06d}"
        return Person(sex, born, surname, name, cmnd, cccd)

    def household(self, head: Person, hamlet: int) -> Household:
        """Return the household of a head, mostly with a spouse."""
        spouse = None
        if self.chance.random() < 0.8:
            born = head.born + self.chance.randint(-3, 6)
            spouse = self.person(born, "nu" if head.sex == "nam" else "nam")
        return self._numbered(head, hamlet, spouse)

    def organisation(self, name: str) -> Household:
        """Return an organisation: a cooperative (hợp tác xã, HTX) or the people's committee (UBND)."""
        return self._numbered(self.household(self.person(1950), 0).head, 0, organisation=name)

    def heirs(self, dead: Household) -> list[Household]:
        """Return who takes over from a head who died: the widow or widower, or one or two children."""
        if self.chance.random() < 0.2 and dead.spouse:
            return [self._numbered(self.household(dead.spouse, dead.hamlet).head, dead.hamlet)]
        father = dead.head if dead.head.sex == "nam" or not dead.spouse else dead.spouse
        count = 1 if self.chance.random() < 0.65 else 2
        born = dead.head.born
        return [
            self.household(self.person(born + self.chance.randint(20, 34), surname=father.surname), dead.hamlet)
            for _ in range(count)
        ]

    def _numbered(
        self, head: Person, hamlet: int, spouse: Person | None = None, organisation: str | None = None
    ) -> Household:
        self._count += 1
        return Household(self._count, head, hamlet, spouse, organisation)


def bare(text: str) -> str:
    """Return the text without its marks."""
    kept = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return "".join(kept).replace("đ", "d").replace("Đ", "D")


def as_written(name: str, rate: float, chance: random.Random) -> str:
    """Return the name as a clerk writes it: at a rate without some or all marks, i for y, or a word left out."""
    if chance.random() > rate:
        return name
    words, how, last = name.split(), chance.random(), -1
    if how < 0.25:
        words = [bare(word) for word in words]
    elif how < 0.7:
        at = chance.randrange(len(words))
        words[at] = bare(words[at])
    elif how < 0.85:
        for usual, other in (("ủy", "uỷ"), ("úy", "uý"), ("òa", "oà"), ("ý", "í"), ("Mỹ", "Mĩ")):
            words[last] = words[last].replace(usual, other)
    elif len(words) > 3:
        words.pop(2)
    else:
        words[last] = words[last].replace("ư", "u").replace("ơ", "o").replace("â", "a")
    return unicodedata.normalize("NFC", " ".join(words))
