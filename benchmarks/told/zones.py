"""Four pieces of two districts of Quảng Nam, their communes from time to time, and the map series made of each.

A and B: the communes Hiệp Hòa (20758) and Hiệp Thuận (20761) became Quế Tân (20758) on 1/1/2025. C and D: the commune
Bình Định (20821) was divided on 28/2/2007 into Bình Định Bắc (20821) and Bình Định Nam (20822), which became Bình Định
(20821) again on 1/1/2025.

Series: `s299` the map of directive 299 (about 1980 to 1985), `m96` the cadastral map of the 1990s, `dig` the first
digital map, `re` a new survey of some blocks, `m96n` and `mer` the numbers of the map before under a new commune's code
(`mer`: sheets shifted).
"""

from __future__ import annotations

from datetime import date

MERGED = date(2025, 1, 1)
DIVIDED = date(2007, 2, 28)
END = date(2025, 6, 30)

SHARES = {"A": 0.30, "B": 0.27, "C": 0.25, "D": 0.18}
DISTRICTS = {"A": "Hiệp Đức", "B": "Hiệp Đức", "C": "Thăng Bình", "D": "Thăng Bình"}
ORIGINS = {"A": (1719800, 539900), "B": (1716500, 541200), "C": (1730100, 559500), "D": (1726500, 559400)}
FIRST_CERTIFICATES = {"A": 1994, "B": 1995, "C": 1996, "D": 1996}
FORMERLY = {
    "A": " (xã Hiệp Hòa cũ)",
    "B": " (xã Hiệp Thuận cũ)",
    "C": " (xã Bình Định Bắc cũ)",
    "D": " (xã Bình Định Nam cũ)",
}
SERIES = {
    "A": {"s299": date(1983, 4, 1), "m96": date(1996, 8, 1), "dig": date(2011, 5, 1), "re": date(2017, 9, 1)},
    "B": {"s299": date(1984, 3, 1), "dig": date(2006, 6, 1), "mer": MERGED},
    "C": {"s299": date(1982, 9, 1), "m96": date(1998, 3, 1), "dig": date(2013, 4, 1)},
    "D": {
        "s299": date(1982, 9, 1), "m96": date(1998, 3, 1), "m96n": DIVIDED, "dig": date(2016, 6, 1), "mer": MERGED,
    },
}  # fmt: skip
RENUMBERED = ("m96n", "mer")
DIGITAL = ("dig", "re", "mer")

ERAS = ("299", "1988", "1993", "2003", "2009", "2013", "2024")
_ERA_ENDS = (
    date(1988, 7, 1), date(1993, 10, 15), date(2004, 7, 1), date(2009, 12, 10), date(2014, 7, 1), date(2025, 1, 1),
)  # fmt: skip


def commune(zone: str, day: date) -> tuple[str, str]:
    """Return the code and name of a zone's commune on a day."""
    if zone == "A":
        return "20758", "Xã Hiệp Hòa" if day < MERGED else "Xã Quế Tân"
    if zone == "B":
        return ("20761", "Xã Hiệp Thuận") if day < MERGED else ("20758", "Xã Quế Tân")
    if day < DIVIDED or day >= MERGED:
        return "20821", "Xã Bình Định"
    return ("20821", "Xã Bình Định Bắc") if zone == "C" else ("20822", "Xã Bình Định Nam")


def numbering_commune(zone: str, series: str) -> str:
    """Return the code of the commune in which a series numbers a zone's parcels."""
    if zone == "B":
        return "20758" if series == "mer" else "20761"
    if zone == "D":
        return "20822" if series in ("m96n", "dig") else "20821"
    return {"A": "20758", "C": "20821"}[zone]


def province(day: date) -> str:
    """Return the province's name on a day."""
    return "Quảng Nam - Đà Nẵng" if day < date(1997, 1, 1) else "Quảng Nam"


def era_of(day: date) -> str:
    """Return the contract's era of a day."""
    return ERAS[sum(day >= end for end in _ERA_ENDS)]
