"""One history of a commune's parcels: families, the maps of 1982 and 1996, and the certificates of each law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, day, digits, pick, weighted, whole
from samples.dated import commune_on, in_force
from samples.estate import Estate, Issuer
from samples.gazetteer import Commune, bare
from samples.land import Grain, Plot
from samples.people import Holder, person
from schemas.entries import LandUse, Term
from schemas.tables import Tables

Series = Literal["299", "1993", "now"]

_BOOKS = date(1984, 6, 1)
_CLERKS = ("Trần Văn Mẫu", "Nguyễn Thị Mẫu", "Lê Quang Mẫu", "Phan Đình Mẫu", "Huỳnh Tấn Mẫu")
_TOPONYMS = (
    "Đồng Bàu",
    "Gò Dinh",
    "Cây Da",
    "Đồng Lớn",
    "Bà Rén",
    "Hóc Bầu",
    "Soi Cồn",
    "Rộc Sâu",
    "Đám Mạ",
    "Bãi Dâu",
)
#: Letters of the 299 books by what the ground is.
_LETTERS: dict[Grain, tuple[str, ...]] = {
    "house": ("T", "T", "T", "ĐƠ"),
    "garden": ("T", "T", "V", "M"),
    "field": ("2L", "2L", "1L", "L", "M", "LM"),
    "forest": ("R",),
}
_RED_WORDS: dict[Grain, tuple[tuple[str, ...], ...]] = {
    "house": (("Đất ở",), ("Thổ cư",)),
    "garden": (("Vườn",), ("Đất ở",), ("Vườn tạp",), ("Màu",)),
    "field": (("LUA",), ("2L",), ("Màu",), ("Lúa",)),
    "forest": (("R",),),
}


@dataclass(frozen=True, slots=True)
class Lot:
    """A parcel as the papers of one map series name it; `index` is its estate's, `code` its purpose as printed."""

    index: int
    series: Series
    plot: Plot
    sheet_no: str
    parcel_no: str
    area_m2: float
    uses: tuple[LandUse, ...]
    terms: tuple[Term, ...]
    code: str
    hamlet: str
    toponym: str
    old: tuple[str, str] | None = None  # sheet and parcel on the map before


@dataclass(frozen=True, slots=True)
class Title:
    """A certificate of the form of 1993, 2003 or 2024: whose, of which lots, and its numbers."""

    serial: str
    register_no: str
    issued_on: date
    decision: str
    issuer: Issuer
    holder: Holder
    commune: Commune
    lots: tuple[Lot, ...]
    origins: tuple[str, ...]
    shared_m2: float = 0.0
    parent: str | None = None  # serial of the certificate that this one was exchanged for


@dataclass(frozen=True, slots=True)
class Family:
    """A household with its lots on the map of 1982 and on that of 1996, the same parcels in the same order."""

    holder: Holder
    team: str
    old_lots: tuple[Lot, ...]
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What was true in a commune before today."""

    commune: Commune
    commune_299: Commune  # under the names of the books of 1982
    families: tuple[Family, ...]
    red: tuple[Title, ...]
    second: tuple[Title, ...]  # form gcn_2003
    newest: tuple[Title, ...]  # form gcn_2024
    held: tuple[Estate, ...]
    first_index: int


def past_of(rng: Generator, tables: Tables, held: Sequence[Estate], first_index: int) -> Past:
    """Invent what went before the estates of one commune, and their newest certificates."""
    commune = held[0].commune
    families = _families(rng, tables, commune, held, first_index)
    red = _red_titles(rng, tables, commune, families)
    second = _second_titles(rng, tables, commune, held, first_index, families)
    newest = _newest_titles(rng, tables, commune, held, first_index, second)
    then = commune_on(tables, commune, _BOOKS)
    return Past(commune, then, families, red, second, newest, tuple(held), first_index)


def elder(rng: Generator, commune: Commune, holder: Holder, year: int) -> Holder:
    """Return who stood on the papers of that year: the holder if old enough, else a parent of the surname."""
    if not holder.people or holder.people[0].birth_year + 19 <= year:
        people = tuple(p for p in holder.people if p.birth_year + 16 <= year)
        return replace(holder, people=people) if people or not holder.people else holder
    child = holder.people[0]
    parent = person(rng, "nam", commune, child.birth_year - 28)
    surname = " ".join(child.name.split(" ")[:1])
    name = " ".join((surname, *parent.name.split(" ")[1:]))
    return Holder((replace(parent, name=name),), "household", name, holder.address)


def _families(
    rng: Generator, tables: Tables, commune: Commune, held: Sequence[Estate], first_index: int
) -> tuple[Family, ...]:
    then = commune_on(tables, commune, _BOOKS)
    old, mid = _numbering(rng, held, suffixes=True), _numbering(rng, held, suffixes=False)
    out: list[Family] = []
    at = 0
    while at < len(held):
        size = weighted(rng, ((1, 0.2), (2, 0.22), (3, 0.2), (4, 0.14), (6, 0.14), (10, 0.1)))
        part = held[at : at + size]
        private = next((e for e in part if e.holder.people), None)
        if private is None or chance(rng, 0.12):
            holder = Holder((), "committee", _collective(rng, then), "")
        else:
            holder = elder(rng, commune, private.holder, 1984)
        old_lots, lots = [], []
        for n, estate in enumerate(part, first_index + at):
            before = _old_lot(rng, n, estate, old[n - first_index])
            old_lots.append(before)
            lots.append(_mid_lot(rng, n, estate, mid[n - first_index], before, commune))
        out.append(Family(holder, _team(rng), tuple(old_lots), tuple(lots)))
        at += len(part)
    return tuple(out)


def _collective(rng: Generator, commune: Commune) -> str:
    """Return a user of the books of 1982 that is no person."""
    name = bare(commune.name)
    return pick(rng, (f"UBND xã {name}", f"HTX {name}", f"HTX {name} {whole(rng, 1, 3)}", f"Đội {whole(rng, 1, 12)}"))


def _team(rng: Generator) -> str:
    return pick(rng, (f"Đội {whole(rng, 1, 14)}", f"Tập đoàn {whole(rng, 1, 9)}", f"Thôn {whole(rng, 1, 8)}"))


def _numbering(rng: Generator, held: Sequence[Estate], *, suffixes: bool) -> list[tuple[str, str]]:
    """Return sheet and parcel of each estate on another map: sheets from a low number, numbers in another place."""
    sheets: dict[str, int] = {}
    out: list[tuple[str, str]] = []
    number, half = 0, False
    for estate in held:
        key = estate.plot.sheet_no
        if key not in sheets:
            sheets[key] = max(sheets.values(), default=0) + whole(rng, 1, 2)
            number, half = whole(rng, 20, 480), False
        elif not half:
            number += 1
        suffix = ""
        if half:
            suffix, half = "b", False
        elif suffixes and chance(rng, 0.06):
            suffix, half = "a", True
        out.append((str(sheets[key]), f"{number}{suffix}"))
    return out


def _old_lot(rng: Generator, index: int, estate: Estate, place: tuple[str, str]) -> Lot:
    code = pick(rng, _LETTERS[estate.plot.grain])
    area = float(max(20, round(estate.plot.area_m2 * between(rng, 0.94, 1.05))))
    top = pick(rng, _TOPONYMS)
    return Lot(index, "299", estate.plot, *place, area, (LandUse(code, None),), (), code, estate.hamlet, top)


def _mid_lot(rng: Generator, index: int, estate: Estate, place: tuple[str, str], old: Lot, commune: Commune) -> Lot:
    (word,) = pick(rng, _RED_WORDS[estate.plot.grain])
    home = "ODT" if commune.urban else "ONT"
    code = home if word == "Đất ở" else word
    area = float(max(20, round(estate.plot.area_m2 * between(rng, 0.97, 1.03))))
    if word in ("Đất ở", "Thổ cư"):
        term = Term("long")
    elif word in ("Vườn", "Vườn tạp", "R"):
        term = Term("until", date=pick(rng, ("2043", "2043-10", "2043-10-15")))
    else:
        term = (
            Term("years", years=20)
            if chance(rng, 0.3)
            else Term("until", date=pick(rng, ("2013", "2013-10", "2013-10-15")))
        )
    return Lot(
        *(index, "1993", estate.plot, *place, area, (LandUse(code, None),), (term,), word),
        *(estate.hamlet, old.toponym, (old.sheet_no, old.parcel_no)),
    )


def _committee(rng: Generator, commune: Commune) -> Issuer:
    office = f"ỦY BAN NHÂN DÂN {commune.district.upper()}"
    below = pick(rng, (("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")))
    return Issuer(office, (f"TM. {office}", *below), pick(rng, _CLERKS), "H")


def _red_titles(rng: Generator, tables: Tables, commune: Commune, families: Sequence[Family]) -> tuple[Title, ...]:
    """Return the red certificates of 1994 to 2004: batches of families under one decision, numbers in a row."""
    out: list[Title] = []
    number, signed, decision = whole(rng, 20, 900), day(rng, date(1994, 3, 1), date(2003, 11, 30)), ""
    letter = pick(rng, "ABCDEGHIKLMNOPQRSTUVXY")
    run = whole(rng, 10_000, 980_000)
    for family in families:
        if not family.holder.people or chance(rng, 0.2):
            continue
        if not decision or chance(rng, 0.15):
            signed = day(rng, date(1994, 3, 1), date(2004, 6, 25))
            decision = f"{whole(rng, 12, 999)}/QĐ-UB"
        then = commune_on(tables, commune, signed)
        number += 1 if chance(rng, 0.9) else whole(rng, 2, 4)
        run += whole(rng, 1, 3)
        holder = elder(rng, commune, family.holder, signed.year)
        register = f"{number:05d} QSDĐ/{decision}" + ("/H-UBND" if chance(rng, 0.4) else "")
        out.append(
            Title(
                *(f"{letter} {run % 1_000_000:06d}", register, signed, decision, _committee(rng, then), holder, then),
                *(family.lots[:10], ()),
            )
        )
    return tuple(out)


def _second_titles(
    rng: Generator,
    tables: Tables,
    commune: Commune,
    held: Sequence[Estate],
    first_index: int,
    families: Sequence[Family],
) -> tuple[Title, ...]:
    """Return the certificates of 2004 to 2009 in the order of their register numbers, which run with the days."""
    before = {lot.index: lot for family in families for lot in family.lots}
    chosen = [i for i, e in enumerate(held) if e.holder.people and chance(rng, 0.62)]
    days = sorted(day(rng, date(2004, 8, 2), date(2009, 12, 8)) for _ in chosen)
    number = whole(rng, 20, 4000)
    serials = sorted(whole(rng, 100, 999_899) for _ in chosen)
    out: list[Title] = []
    decision = ""
    for i, signed, run in zip(chosen, days, serials, strict=True):
        estate = held[i]
        then = commune_on(tables, commune, signed)
        number += 1 if chance(rng, 0.92) else whole(rng, 2, 5)
        later = estate.certificate
        letters = f"A{'BCDEGHIKLMNOP'[min(12, (signed.year - 2004) * 2 + whole(rng, 0, 2))]}"
        serial = later.parent_serial if later and later.parent_serial else f"{letters} {run:06d}"
        old = before[first_index + i]
        uses = estate.uses
        area = estate.plot.area_m2
        lot = Lot(
            *(first_index + i, "now", estate.plot, estate.plot.sheet_no, estate.plot.parcel_no, area, uses),
            *(tuple(_term(rng, u.code, signed) for u in uses), "+".join(u.code for u in uses), estate.hamlet),
            *(old.toponym, (old.sheet_no, old.parcel_no)),
        )
        if not decision or chance(rng, 0.4):
            decision = f"{whole(rng, 100, 4999)}/QĐ-UBND"
        same = out and out[-1].lots[0].index == lot.index - 1 and chance(rng, 0.35)
        holder = out[-1].holder if same else elder(rng, commune, estate.holder, signed.year)
        shared = round(area * between(rng, 0.1, 0.4), 1) if len(uses) == 1 and chance(rng, 0.08) else 0.0
        origins = weighted(rng, ((("CNQ-CTT",), 0.3), (("CNQ-KTT",), 0.3), (("DG-KTT",), 0.2), (("DG-CTT",), 0.2)))
        out.append(
            Title(
                *(serial, f"H {number:05d}", signed, decision, _committee(rng, then), holder),
                *(then, (lot,), origins, shared),
            )
        )
    return tuple(out)


def _newest_titles(
    rng: Generator,
    tables: Tables,
    commune: Commune,
    held: Sequence[Estate],
    first_index: int,
    second: Sequence[Title],
) -> tuple[Title, ...]:
    """Return the certificates of the first half of 2025, before the communes were merged."""
    if not in_force(tables, commune, date(2025, 3, 3)):
        return ()
    former = {title.lots[0].index: title.serial for title in second}
    out: list[Title] = []
    for i, estate in enumerate(held):
        if not estate.holder.people or not chance(rng, 0.5):
            continue
        signed = day(rng, date(2025, 1, 6), date(2025, 6, 27))
        then = commune_on(tables, commune, signed)
        branch = f"CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {then.town.upper()}"
        office = f"ỦY BAN NHÂN DÂN {then.district.upper()}"
        issuer = (
            Issuer(branch, (branch, "GIÁM ĐỐC"), pick(rng, _CLERKS), "CN")
            if chance(rng, 0.7)
            else Issuer(office, (f"TM. {office}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), pick(rng, _CLERKS), "CH")
        )
        plot = estate.plot
        uses = tuple(LandUse("HNK" if u.code == "BHK" else u.code, u.area_m2) for u in estate.uses)
        lot = Lot(
            *(first_index + i, "now", plot, plot.sheet_no, plot.parcel_no, plot.area_m2, uses),
            *(tuple(_term(rng, u.code, signed) for u in uses), "+".join(u.code for u in uses), estate.hamlet, ""),
        )
        serial = f"A{pick(rng, 'ABCDEĐGHK')} {digits(rng, 8)}"
        register = f"{issuer.prefix} {whole(rng, 12, 19999):05d}"
        shared = round(plot.area_m2 * between(rng, 0.1, 0.4), 1) if chance(rng, 0.06) else 0.0
        known = estate.certificate.serial if estate.certificate else former.get(first_index + i)
        parent = known if chance(rng, 0.5) else None
        out.append(Title(serial, register, signed, "", issuer, estate.holder, then, (lot,), (), shared, parent))
    return tuple(out)


def _term(rng: Generator, code: str, signed: date) -> Term:
    if code in ("ONT", "ODT"):
        return Term("long")
    if code in ("RSX", "SKC"):
        return Term("years", years=50) if chance(rng, 0.4) else Term("until", date=str(signed.year + 50))
    if code == "CLN":
        return Term("until", date=pick(rng, ("2043-10-15", "2043-10", "2043")))
    until = signed + timedelta(days=18_262) if signed.year > 2013 and chance(rng, 0.4) else date(2063, 10, 15)
    if signed < date(2013, 10, 15):
        until = date(2013, 10, 15)
    return Term("until", date=until.isoformat())
