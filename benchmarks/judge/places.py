"""Units and surveys of the three lands: what stays of Quế Cường, what went to Hương An, and Phú Thọ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DIVIDED, MERGED, END = date(2008, 4, 23), date(2020, 2, 1), date(2025, 6, 1)
# Between merger and new survey the absorbed commune's sheets are told from the others' by a hundred before them.
MERGED_SHEETS = 100
CUONG, HUONG_AN, PHU_THO, QUE_MY = (
    ("20653", "Xã Quế Cường"),
    ("20651", "Xã Hương An"),
    ("20665", "Xã Phú Thọ"),
    ("20665", "Xã Quế Mỹ"),
)
HAMLETS = {
    "A": ("Phú Cường", "Thắng Đông", "Thắng Tây", "Lộc Sơn"),
    "H": ("Hương Lộc",),
    "B": ("Đông Nam", "An Xuân", "Phú Mỹ", "Tây Sơn"),
}
FIELDS = (
    "Đồng Nà", "Gò Đình", "Bàu Súng", "Cây Sanh", "Rộc Cầu", "Trảng Cát", "Đồng Miếu", "Cửa Khe", "Bà Thân",
    "Gò Dài", "Hố Giang", "Đồng Chợ", "Ruộng Làng", "Bờ Đắp", "Vũng Trâu", "Cồn Mây", "Đám Lác", "Bến Đò",
    "Đồng Tranh", "Gò Mả", "Ao Sen", "Bàu Ấu", "Cây Da", "Đồng Quan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Survey:
    """A map series: the lands it covers, its day, the side of its sheets in plots, and how far its areas err."""

    name: str
    lands: str
    day: date
    side: int
    error: float
    beyond: float
    decimals: int


SURVEYS = (
    Survey("299 Cường", "AH", date(1983, 6, 1), 11, 0.02, 0.0, 0),
    Survey("299 Thọ", "B", date(1984, 3, 1), 11, 0.02, 0.0, 0),
    Survey("93 Cường", "AH", date(1996, 5, 1), 9, 0.015, 0.14, 0),
    Survey("93 Thọ", "B", date(1998, 9, 1), 12, 0.015, 0.14, 0),
    Survey("04 Cường", "AH", date(2004, 11, 1), 10, 0.006, 0.12, 1),
    Survey("06 Thọ", "B", date(2006, 8, 1), 10, 0.006, 0.12, 1),
    Survey("16 Hương An", "H", date(2016, 5, 1), 9, 0.002, 0.05, 1),
    Survey("21 Mỹ", "AB", date(2021, 8, 1), 12, 0.002, 0.05, 1),
)


def unit_of(land: str, day: date) -> tuple[str, str]:
    """Return code and name of the commune that a land is in on a day."""
    if land == "H":
        return CUONG if day < DIVIDED else HUONG_AN
    if day >= MERGED:
        return QUE_MY
    return CUONG if land == "A" else PHU_THO


def survey_of(land: str, day: date) -> Survey:
    """Return the newest survey of a land on a day."""
    return [one for one in SURVEYS if land in one.lands and one.day <= day][-1]


def era_of(day: date) -> str:
    """Return the regime under which a paper of that day is made."""
    starts = (
        ("2024", date(2025, 1, 1)), ("2013", date(2014, 7, 1)), ("2009", date(2009, 12, 10)),
        ("2003", date(2004, 7, 1)), ("1993", date(1993, 10, 15)), ("1988", date(1988, 7, 1)),
    )  # fmt: skip
    return next((era for era, start in starts if day >= start), "299")
