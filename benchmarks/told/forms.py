"""The four forms of certificate: since when, by whom, and with which serials and register numbers."""

from __future__ import annotations

from datetime import date

from benchmarks.told.world import World
from benchmarks.told.zones import DISTRICTS, MERGED

_LETTERS_1993 = "BCDEGHKLMNPQRSTVX"
_LETTERS_2003 = "ABCDEGHIKLMNOP"
_LETTERS_2009 = "ABCDEGHIKLMNOPQRSTUVXY"
_REGISTERED = {"gcn_1993": "{:05d} QSDĐ", "gcn_2003": "H {:05d}", "gcn_2009": "CH {:05d}", "gcn_2024": "CN {:05d}"}


def form_of(day: date) -> str:
    """Return the form of a day."""
    for end, form in ((date(2004, 7, 1), "gcn_1993"), (date(2009, 12, 10), "gcn_2003"), (MERGED, "gcn_2009")):
        if day < end:
            return form
    return "gcn_2024"


def new_serial(world: World, form: str, day: date) -> str:
    """Return a new serial (số phát hành) in the form's manner."""
    chance = world.chance
    while True:
        if form == "gcn_2024":
            serial = f"AA {chance.randrange(10**7):08d}"
        else:
            if form == "gcn_1993":
                letters = chance.choice(_LETTERS_1993)
            elif form == "gcn_2003":
                letters = "A" + chance.choice(_LETTERS_2003)
            else:
                first = "B" if day.year < 2016 else "C" if day.year < 2021 else "D"
                letters = first + chance.choice(_LETTERS_2009)
            serial = f"{letters} {chance.randrange(10**6):06d}"
        if serial not in world.serials:
            world.serials.add(serial)
            return serial


def next_register_no(world: World, form: str, zone: str) -> str:
    """Return the next number in the issue book (số vào sổ)."""
    world.register_numbers[zone, form] += 1
    return _REGISTERED[form].format(world.register_numbers[zone, form])


def issuer(zone: str, day: date) -> str:
    """Return who issues certificates on a day."""
    if day.year < 2017:
        return f"UBND huyện {DISTRICTS[zone]}"
    if day < MERGED:
        return "Sở Tài nguyên và Môi trường tỉnh Quảng Nam"
    return "Chi nhánh Văn phòng Đăng ký đất đai"
