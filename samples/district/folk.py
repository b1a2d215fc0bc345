"""The families of a commune: few surnames, hamlets of one clan, children with the father's names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from numpy.random import Generator

from samples.chance import chance, digits, pick, weighted, whole
from samples.people import Person, Sex

_SURNAMES = (
    *(("Nguyễn", 31.0), ("Trần", 11.0), ("Lê", 9.5), ("Phan", 6.5), ("Huỳnh", 6.5), ("Võ", 6.0), ("Phạm", 5.5)),
    *(("Hồ", 3.0), ("Đặng", 2.8), ("Bùi", 2.2), ("Đỗ", 2.0), ("Ngô", 2.0), ("Trương", 2.0), ("Đoàn", 1.5), ("Lý", 1.0)),
    *(
        ("Dương", 1.4),
        ("Đinh", 1.2),
        ("Lương", 1.0),
        ("Mai", 0.9),
        ("Trịnh", 0.8),
        ("Tạ", 0.5),
        ("Ung", 0.4),
        ("Hứa", 0.3),
    ),
)
_UPLAND = (
    ("A Lăng", 2.0),
    ("Bh'riu", 2.0),
    ("Zơ Râm", 1.5),
    ("Hồ", 2.0),
    ("Pơ Loong", 1.0),
    ("Arất", 1.0),
    ("Cơ Lâu", 1.0),
    ("Bling", 1.0),
)
_MIDDLE: dict[Sex, tuple[str, ...]] = {
    "nam": (
        "Văn",
        "Văn",
        "Văn",
        "Văn",
        "Văn",
        "Đình",
        "Hữu",
        "Ngọc",
        "Minh",
        "Quang",
        "Thanh",
        "Công",
        "Tấn",
        "Viết",
        "Xuân",
    ),
    "nu": ("Thị", "Thị", "Thị", "Thị", "Thị", "Thị Ngọc", "Thị Thu", "Thị Kim", "Thị Mỹ", "Thị Hồng"),
}
_GIVEN: dict[Sex, tuple[str, ...]] = {
    "nam": (
        *("Hùng", "Dũng", "Sơn", "Hải", "Bình", "Minh", "Thành", "Tuấn", "Hùng", "Dũng", "Sơn", "Tâm", "Hòa", "Phúc"),
        *(
            "An",
            "Cường",
            "Đức",
            "Khánh",
            "Lộc",
            "Nghĩa",
            "Quý",
            "Thắng",
            "Xoài",
            "Mười",
            "Đạt",
            "Kỳ",
            "Bảy",
            "Sáu",
            "Lý",
        ),
    ),
    "nu": (
        *("Hoa", "Lan", "Hồng", "Hương", "Mai", "Thủy", "Hoa", "Lan", "Nga", "Tuyết", "Cúc", "Hạnh", "Liễu", "Bích"),
        *("Đào", "Hường", "Nguyệt", "Phượng", "Sương", "Thảo", "Vân", "Yến", "Lựu", "Tám", "Lợi", "Mỹ", "Lý", "Quyên"),
    ),
}
_BY_BIRTH = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
HAMLETS = (
    *("Đông Yên", "Phú Bình", "Hòa Tây", "Thọ Xuân", "Vĩnh Nam", "Mỹ Lược", "Trung Lương", "Tân Phước", "Lệ Trạch"),
    *("An Hòa", "Bàu Tre", "Đồng Tràm", "Cây Thị", "Xuân Quý", "Bình Hiệp", "Phước Ấm", "Hưng Lộc", "Đồng Linh"),
)
#: A year by which a household's head is old enough to hold land alone.
_OF_AGE = 19


@dataclass(slots=True)
class House:
    """A household at some time: who heads it, the spouse, the children; `nick` is what the neighbours say."""

    number: int
    head: Person
    spouse: Person | None
    hamlet: str
    team: int
    nick: str
    children: list[House] = field(default_factory=list)  # households of grown children
    gone: bool = False  # its head is dead and its land has passed on

    @property
    def couple(self) -> tuple[Person, ...]:
        """Return the head and, where there is one, the spouse."""
        return (self.head, self.spouse) if self.spouse else (self.head,)


def born(rng: Generator, sex: Sex, year: int, surname: str, middle: str | None = None) -> Person:
    """Invent a person of that sex, birth year and surname; `middle` is the father's where it is handed down."""
    name = " ".join(part for part in (surname, middle or pick(rng, _MIDDLE[sex]), pick(rng, _GIVEN[sex])) if part)
    prefix = "049" if chance(rng, 0.93) else pick(rng, ("048", "051", "046"))
    century = (0 if sex == "nam" else 1) + (2 if year >= 2000 else 0)
    return Person(
        name,
        sex,
        year,
        pick(rng, ("205", "206", "205")) + digits(rng, 6),
        f"{prefix}{century}{year % 100:02d}" + digits(rng, 6),
    )


def surname_of(rng: Generator, *, upland: bool) -> str:
    """Draw a surname; in mountain communes two of three are Cơ Tu or Co names."""
    return weighted(rng, _UPLAND if upland and chance(rng, 0.66) else _SURNAMES)


def hamlets_of(rng: Generator) -> tuple[str, ...]:
    """Return the hamlets of a commune."""
    if chance(rng, 0.3):
        return tuple(f"Thôn {i}" for i in range(1, whole(rng, 4, 7)))
    order = rng.permutation(len(HAMLETS))[: whole(rng, 4, 6)]
    return tuple(f"Thôn {HAMLETS[int(i)]}" for i in order)


def households(rng: Generator, count: int, hamlets: tuple[str, ...], *, upland: bool) -> list[House]:
    """Invent the households of 1982; in each hamlet one or two clans have half of the houses."""
    clans = {hamlet: [surname_of(rng, upland=upland) for _ in range(whole(rng, 1, 2))] for hamlet in hamlets}
    out = []
    for number in range(count):
        hamlet = pick(rng, hamlets)
        surname = pick(rng, clans[hamlet]) if chance(rng, 0.5) else surname_of(rng, upland=upland)
        out.append(house(rng, number, hamlet, whole(rng, 1, 9), surname, whole(rng, 1922, 1960), upland=upland))
    return out


def house(
    rng: Generator,
    number: int,
    hamlet: str,
    team: int,
    surname: str,
    year: int,
    *,
    upland: bool,
    middle: str | None = None,
) -> House:
    """Invent a household whose head was born in about that year."""
    sex: Sex = "nam" if chance(rng, 0.84) else "nu"
    keeps_middle = middle if sex == "nam" else None
    head = born(rng, sex, year, surname, keeps_middle)
    spouse = None
    if sex == "nam" and chance(rng, 0.88):
        spouse = born(rng, "nu", year + whole(rng, -2, 6), surname_of(rng, upland=upland))
    return House(number, head, spouse, hamlet, team, _nick(rng, head))


def child_of(rng: Generator, parent: House, number: int, *, upland: bool) -> House:
    """Return the household of a grown child: the surname, half of the time the middle name, the hamlet."""
    father = parent.head if parent.head.sex == "nam" else None
    surname = (
        parent.head.name.split(" ")[0]
        if not parent.head.name.startswith(("A ", "Zơ ", "Pơ ", "Cơ "))
        else " ".join(parent.head.name.split(" ")[:2])
    )
    middle = father.name.split(" ")[1] if father and len(father.name.split(" ")) == 3 and chance(rng, 0.5) else None
    year = parent.head.birth_year + whole(rng, 22, 36)
    out = house(rng, number, parent.hamlet, parent.team, surname, year, upland=upland, middle=middle)
    parent.children.append(out)
    return out


def of_age(member: House, year: int) -> bool:
    """Return whether the head may hold land in that year."""
    return member.head.birth_year + _OF_AGE <= year


def shown_id(person: Person, when: date) -> dict[str, str]:
    """Return the identity number that papers of that day print: none before 1985, CMND, CCCD from 2016 on."""
    if when.year < 1985:
        return {}
    kind, number = person.id_on(when)
    return {"id_kind": kind, "id_no": number}


def _nick(rng: Generator, head: Person) -> str:
    """Return what the books of 1982 call somebody: `Năm Xoài`."""
    return f"{pick(rng, _BY_BIRTH)} {head.name.split(' ')[-1]}"
