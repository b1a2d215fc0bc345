"""Three communes of Điện Bàn through time: Điện Thắng, divided in 2005 into Trung and Bắc, and Điện An.

`A` is Điện Thắng Trung, `C` Điện Thắng Bắc (which kept the code of the whole), `B` Điện An. Names, codes and days are
those of the decrees and of the merger of 1 July 2025; `xã` is a rural commune, `phường` a ward, `huyện` a rural
district, `thị xã` a town.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.plain.days import MERGER

#: Điện Thắng was divided on 6 July 2005.
DIVIDED = 2005.52
_TOWN = 2015.2  # Điện Bàn became a town, Điện An a ward
_FORMER = {"A": "phường Điện Thắng Trung", "B": "phường Điện An", "C": "phường Điện Thắng Bắc"}
_CODES = {"A": "20561", "B": "20575", "C": "20560"}
#: The maps and the code of the commune that numbers by each: of 1980 (the whole Điện Thắng, Trung's by its new code
#: after the division, Điện An), Điện An's second of the 1990s, and the digital ones.
MAP_CODES = {
    "299T": "20560", "299A": "20561", "299B": "20575", "97B": "20575", "DA": "20561", "DB": "20575", "DC": "20560",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with its habits: how many numbers of the map before its papers tell, how many divisions are noted."""

    letter: str
    share: float  # of the district's parcels
    tells: float
    notes: float
    digital: int  # year of its digital survey
    second: int | None  # year of a second map before that

    @property
    def code(self) -> str:
        """Return its code of before the merger."""
        return _CODES[self.letter]

    def name(self, t: float) -> str:
        """Return the name of the unit in which its land lies on a day."""
        if t >= MERGER:
            return "Phường Điện Bàn Bắc" if self.letter == "C" else "Phường An Thắng"
        if self.letter == "B":
            return "Phường Điện An" if t >= _TOWN else "Xã Điện An"
        if t < DIVIDED:
            return "Xã Điện Thắng"
        kind = "Phường" if t >= 2025 else "Xã"
        return f"{kind} Điện Thắng {'Trung' if self.letter == 'A' else 'Bắc'}"

    def code_on(self, t: float, *, named: bool) -> str | None:
        """Return the code that a paper attests; after the merger none unless it names the commune of before."""
        if t >= MERGER and not named:
            return None
        return _CODES["C"] if self.letter == "A" and t < DIVIDED else self.code

    def place(self, t: float, *, named: bool = True) -> str:
        """Return the whole address of its land on a day."""
        if t >= MERGER:
            former = f" ({_FORMER[self.letter]} cũ)" if named else ""
            return f"{self.name(t)}{former}, thành phố Đà Nẵng"
        district = "huyện Điện Bàn" if t < _TOWN else "thị xã Điện Bàn"
        province = "tỉnh Quảng Nam - Đà Nẵng" if t < 1997 else "tỉnh Quảng Nam"
        return f"{self.name(t)}, {district}, {province}"

    def map_on(self, t: float) -> str:
        """Return the map by whose numbers papers name land on a day."""
        if t >= self.digital:
            return f"D{self.letter}"
        if self.letter == "B":
            return "97B" if self.second and t >= self.second else "299B"
        return "299A" if self.letter == "A" and t >= DIVIDED else "299T"

    def between_maps(self, t: float) -> bool:
        """Return whether no papers are made: Trung writes none by old numbers once the next era began."""
        return self.letter == "A" and 2009.85 <= t < self.digital + 0.25


def draw_communes(chance: random.Random) -> tuple[Commune, ...]:
    """Return the communes with their surveys and habits."""
    habits = {letter: (chance.uniform(0.40, 0.70), chance.uniform(0.78, 0.95)) for letter in "ACB"}
    digital = {
        "A": chance.choice((2011, 2012)),
        "B": chance.choice((2007, 2008)),
        "C": chance.choice((2006, 2007, 2008)),
    }
    second = chance.choice((1996, 1997, 1998))
    shares = {"A": 0.30, "C": 0.30, "B": 0.40}
    return tuple(
        Commune(letter, share, *habits[letter], digital[letter], second if letter == "B" else None)
        for letter, share in shares.items()
    )


def is_digital(map_name: str) -> bool:
    """Return whether a map is a digital one, in VN-2000."""
    return map_name.startswith("D")


def is_first(map_name: str) -> bool:
    """Return whether a map is one of 1980 (made under Directive 299)."""
    return map_name.startswith("299")
