"""Days of the law and of the communes: domain.md 1.1 and 7, `../shared/data/reference/quangnam_unit_history.csv`."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Literal

Era = Literal["299", "1988", "1993", "2003", "2009", "2013", "2024"]
#: Xã Điện Nam is divided, its first part keeps the code (NĐ 85/2005).
DIVISION = date(2005, 7, 22)
#: The communes become wards of the town Điện Bàn (NQ 889/NQ-UBTVQH13).
WARD = date(2015, 3, 12)
#: All become one: Phường Điện Bàn Đông, 20579 (NQ 1659/NQ-UBTVQH15).
MERGER = date(2025, 7, 1)
END = date(2025, 12, 31)
#: A zone is what one commune of 2024 holds; the first two were Xã Điện Nam.
ZONES = ("bac", "dong", "duong")
_CODES = {"bac": "20578", "dong": "20580", "duong": "20581"}
_NAMES = {"bac": "Điện Nam Bắc", "dong": "Điện Nam Đông", "duong": "Điện Dương"}
_STARTS: tuple[tuple[date, Era], ...] = (
    (date(2025, 1, 1), "2024"),
    (date(2014, 7, 1), "2013"),
    (date(2009, 12, 10), "2009"),
    (date(2004, 7, 1), "2003"),
    (date(1993, 10, 15), "1993"),
    (date(1989, 7, 14), "1988"),
)


def era_of(day: date) -> Era:
    """Return the regime of a day."""
    return next((era for start, era in _STARTS if day >= start), "299")


def unit_of(zone: str, day: date) -> tuple[str, str]:
    """Return code and name of a zone's commune; after the merger those of the commune that it was.

    Before there were codes the commune bears that of the oldest list: 20578 for Xã Điện Nam.
    """
    if zone != "duong" and day < DIVISION:
        return "20578", "Xã Điện Nam"
    return _CODES[zone], f"{'Xã' if day < WARD else 'Phường'} {_NAMES[zone]}"


def home_code(day: date) -> str:
    """Return the code of house land by the kind of commune at the paper's date."""
    return "ONT" if day < WARD else "ODT"


def some_day(chance: random.Random, first: date, last: date) -> date:
    """Return a day between two days."""
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def in_year(chance: random.Random, year: int) -> date:
    """Return a day of a year."""
    return some_day(chance, date(year, 1, 4), date(year, 12, 27))


def written(day: date) -> str:
    """Return a day as clerks write it."""
    return f"{day.day}/{day.month}/{day.year}"
