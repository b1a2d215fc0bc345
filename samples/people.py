"""Invented people: names, years, identity numbers and addresses in the shape of real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from numpy.random import Generator

from samples.chance import chance, digits, pick, whole
from samples.gazetteer import Commune
from schemas.entries import IdKind

Sex = Literal["nam", "nu"]

_SURNAMES = (
    *("Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Võ", "Phan", "Đặng", "Bùi", "Đỗ"),
    *("Hồ", "Ngô", "Dương", "Trương", "Đinh", "Lương", "Đoàn", "Mai", "Trịnh", "Tạ", "Hứa", "Văn", "Ung", "Châu"),
)
_UPLAND_SURNAMES = ("A Lăng", "Bh'riu", "Zơ Râm", "Hồ", "Pơ Loong", "Ria", "Cơ Lâu", "Arất", "Bling")
_MIDDLE = {
    "nam": ("Văn", "Văn", "Văn", "Đình", "Hữu", "Ngọc", "Minh", "Quang", "Thanh", "Công", "Tấn", "Viết", "Xuân", ""),
    "nu": ("Thị", "Thị", "Thị", "Thị", "Thị Ngọc", "Thị Thu", "Thị Kim", "Ngọc", "Thị Mỹ", "Thị Hồng"),
}
_GIVEN = {
    "nam": (
        *("An", "Bình", "Cường", "Dũng", "Đức", "Hải", "Hùng", "Khánh", "Lộc", "Nghĩa", "Phúc", "Quý", "Sơn", "Tuấn"),
        *("Thành", "Thắng", "Việt", "Xoài", "Trưởng", "Mười", "Đạt", "Thưởng", "Kỳ", "Luyện", "Dưỡng", "Bảy", "Đặng"),
    ),
    "nu": (
        *("Anh", "Bích", "Cúc", "Diệu", "Đào", "Hạnh", "Hoa", "Hường", "Lan", "Liễu", "Mai", "Nguyệt", "Phượng"),
        *("Quyên", "Sương", "Thảo", "Thủy", "Tuyết", "Vân", "Yến", "Lựu", "Ngãi", "Bưởi", "Thương", "Lợi", "Tám"),
    ),
}
_HAMLETS = (
    *("Đông Yên", "Phú Bình", "Hòa Tây", "Thọ Xuân", "Vĩnh Nam", "Mỹ Lược", "Trung Lương", "Tân Phước", "Lệ Trạch"),
    *("An Hòa", "Bàu Tre", "Đồng Tràm", "Gò Nổi", "Cây Thị", "Xuân Quý", "Bình Hiệp", "Phước Ấm", "Kỳ Lam Thượng"),
)
_SETTLEMENT = {True: ("Khối phố ", "Tổ dân phố "), False: ("Thôn ", "Thôn ", "Thôn ", "Xóm ")}


@dataclass(frozen=True, slots=True)
class Person:
    """A person as papers name them; identity numbers as pairs of kind and digits, old one first."""

    name: str
    sex: Sex
    birth_year: int
    cmnd: str
    cccd: str

    def id_on(self, when: date) -> tuple[IdKind, str]:
        """Return the identity paper shown on that day: CMND before 2016, later mostly CCCD by the year's parity."""
        if when.year >= 2021 or (when.year >= 2016 and (self.birth_year + when.year) % 2):
            return "cccd", self.cccd
        return "cmnd", self.cmnd


@dataclass(frozen=True, slots=True)
class Holder:
    """Who uses a parcel: a person, a couple, a household by its head, a company, or the commune's committee.

    `business_no` is a company's registration number (ĐKKD).
    """

    people: tuple[Person, ...]
    shape: Literal["one", "couple", "household", "company", "committee"]
    name: str
    address: str
    business_no: str = ""

    @property
    def household(self) -> bool | None:
        """Return True for a household, else None, as `Owner` has it."""
        return True if self.shape == "household" else None


def person(rng: Generator, sex: Sex, commune: Commune, near_year: int | None = None) -> Person:
    """Invent an adult, of about the age of `near_year` where given."""
    upland = commune.district_code in ("504", "505", "510") and chance(rng, 0.6)
    surname = pick(rng, _UPLAND_SURNAMES if upland else _SURNAMES)
    middle = "" if upland and chance(rng, 0.5) else pick(rng, _MIDDLE[sex])
    name = " ".join(part for part in (surname, middle, pick(rng, _GIVEN[sex])) if part)
    year = whole(rng, 1938, 1986) if near_year is None else whole(rng, near_year - 4, near_year + 5)
    cccd = f"049{0 if sex == 'nam' else 1}{year % 100:02d}{digits(rng, 6)}"
    return Person(name, sex, year, pick(rng, ("205", "206", "205")) + digits(rng, 6), cccd)


def hamlet(rng: Generator, commune: Commune) -> str:
    """Invent a hamlet: `Thôn Đông Yên`, `Khối phố 5`."""
    kind = pick(rng, _SETTLEMENT[commune.urban])
    return kind + (str(whole(rng, 1, 12)) if chance(rng, 0.35) else pick(rng, _HAMLETS))


def holder(rng: Generator, commune: Commune, place: str) -> Holder:
    """Invent a private user who lives at that hamlet."""
    address = f"{place[0].lower()}{place[1:]}, {commune.inside()}"
    drawn = float(rng.random())
    sex: Sex = "nam" if chance(rng, 0.62) else "nu"
    first = person(rng, sex, commune)
    if drawn < 0.36:
        return Holder((first,), "one", first.name, address)
    if drawn < 0.78:
        husband = first if sex == "nam" else person(rng, "nam", commune)
        wife = person(rng, "nu", commune, husband.birth_year)
        return Holder((husband, wife), "couple", husband.name, address)
    return Holder((first,), "household", first.name, address)


def company(rng: Generator, commune: Commune) -> Holder:
    """Invent a company with its seat in the district's town."""
    kind = pick(rng, ("Công ty TNHH", "Công ty cổ phần", "Doanh nghiệp tư nhân", "Công ty TNHH MTV"))
    name = f"{kind} Mẫu {pick(rng, ('Phương Nam', 'Thu Bồn', 'An Phát', 'Đại Thành', 'Trường Giang'))}"
    address = f"khối phố {whole(rng, 1, 9)}, {commune.district[0].lower()}{commune.district[1:]}, tỉnh Quảng Nam"
    return Holder((), "company", name, address, "4000" + digits(rng, 6))


def committee(commune: Commune) -> Holder:
    """Return the commune's people's committee, which manages public land."""
    return Holder((), "committee", f"UBND {commune.name[0].lower()}{commune.name[1:]}", "")
