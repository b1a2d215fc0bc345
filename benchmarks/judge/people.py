"""Households with few family names and many shared full names, and how clerks wrote them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from random import Random

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phan", "Võ", "Huỳnh", "Phạm", "Đinh", "Ngô", "Lương")
SHARES = (34, 17, 13, 9, 8, 7, 5, 3, 2, 2)
MEN = (
    "An", "Bảy", "Bình", "Chín", "Cường", "Dũng", "Đức", "Hai", "Hải", "Hòa", "Hùng", "Khánh", "Lâm", "Long",
    "Lợi", "Minh", "Mười", "Nam", "Năm", "Phúc", "Quang", "Sáu", "Sơn", "Tâm", "Tấn", "Thành", "Thúy", "Tiến",
    "Toàn", "Trí", "Tuấn", "Tư", "Việt", "Xuân", "Hoàng", "Lộc", "Thịnh", "Vinh",
)  # fmt: skip
WOMEN = (
    "Ba", "Bông", "Cúc", "Điểm", "Hoa", "Hòa", "Hồng", "Huệ", "Hương", "Lan", "Liên", "Loan", "Lý", "Mai", "Năm",
    "Nga", "Ngọc", "Nhung", "Phượng", "Sáu", "Sen", "Tám", "Thảo", "Thu", "Thủy", "Tuyết", "Vân", "Xuân", "Yến",
)  # fmt: skip
MIDDLE_MEN, MIDDLE_SHARES = ("Văn", "Đình", "Ngọc", "Hữu", "Quang", "Thanh"), (58, 12, 9, 8, 7, 6)


def man(rng: Random, surname: str) -> str:
    """Return a man's name."""
    return f"{surname} {rng.choices(MIDDLE_MEN, MIDDLE_SHARES)[0]} {rng.choice(MEN)}"


def woman(rng: Random, surname: str) -> str:
    """Return a woman's name."""
    return f"{surname} Thị {rng.choice(WOMEN)}"


@dataclass(eq=False, slots=True)
class Household:
    """A household by its head, or a body such as a co-operative; children are made when they are needed."""

    name: str
    sex: str | None
    born: int | None
    spouse: str | None
    spouse_born: int | None
    hamlet: str
    body: bool = False
    children: list[Household] = field(default_factory=list)


def household(rng: Random, hamlet: str, born: int, surname: str | None = None) -> Household:
    """Return a household whose head was born in that year."""
    surname = surname or rng.choices(SURNAMES, SHARES)[0]
    led_by_man = rng.random() < 0.82
    head = man(rng, surname) if led_by_man else woman(rng, surname)
    other = rng.choices(SURNAMES, SHARES)[0]
    spouse = None if rng.random() < 0.2 else woman(rng, other) if led_by_man else man(rng, other)
    return Household(head, "nam" if led_by_man else "nu", born, spouse, born + rng.randint(-2, 5), hamlet)


def without_marks(text: str) -> str:
    """Return a text as a typewriter without marks wrote it."""
    apart = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def written(rng: Random, name: str, year: int) -> str:
    """Return a name as a clerk of that year put it down: marks left out, a middle name dropped, i for y."""
    loose = 1.0 if year < 1990 else 0.8 if year < 2004 else 0.15
    draw = rng.random()
    if draw < 0.05 * loose:
        return without_marks(name)
    if draw < 0.07 * loose and len(name.split()) == 3:
        first, _, last = name.split()
        return f"{first} {last}"
    if draw < 0.11 * loose:
        for one, other in (("òa", "oà"), ("úy", "uý"), ("ủy", "uỷ"), ("Lý", "Lí"), ("Võ", "Vũ"), ("Huỳnh", "Hoàng")):
            if one in name:
                return name.replace(one, other)
    return name
