"""The certificates of 1994 to 2004, of 2004 to 2009 and of 2025: their numbers, days, owners and parcels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from numpy.random import Generator

from samples.chance import between, chance, day, digits, pick, weighted, whole
from samples.dated import commune_on, in_force
from samples.divided import Piece
from samples.estate import Estate, Issuer
from samples.gazetteer import Commune
from samples.land import Plot
from samples.past import Family, Lot, Title, elder
from schemas.entries import LandUse, Term
from schemas.tables import Tables

_CLERKS = ("Trần Văn Mẫu", "Nguyễn Thị Mẫu", "Lê Quang Mẫu", "Phan Đình Mẫu", "Huỳnh Tấn Mẫu")


def _committee(rng: Generator, commune: Commune) -> Issuer:
    office = f"ỦY BAN NHÂN DÂN {commune.district.upper()}"
    below = pick(rng, (("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")))
    return Issuer(office, (f"TM. {office}", *below), pick(rng, _CLERKS), "H")


def red_titles(rng: Generator, tables: Tables, commune: Commune, families: Sequence[Family]) -> tuple[Title, ...]:
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


def second_titles(
    rng: Generator,
    tables: Tables,
    commune: Commune,
    held: Sequence[Estate],
    first_index: int,
    ground: Sequence[Piece],
    families: Sequence[Family],
) -> tuple[Title, ...]:
    """Return the certificates of 2004 to 2009 in the order of their register numbers, which run with the days."""
    before = {_place(lot.plot): lot for family in families for lot in family.lots}
    chosen = [p for p in ground if p.estate.holder.people and (chance(rng, 0.62) or p.estate.came_of)]
    days = sorted(day(rng, date(2004, 8, 2), date(2009, 12, 8)) for _ in chosen)
    number = whole(rng, 20, 4000)
    serials = sorted(whole(rng, 100, 999_899) for _ in chosen)
    out: list[Title] = []
    decision = ""
    for piece, signed, run in zip(chosen, days, serials, strict=True):
        estate, plot = piece.estate, piece.plot
        heirs = [held[index - first_index] for index in (piece.index, *piece.also)]
        then = commune_on(tables, commune, signed)
        number += 1 if chance(rng, 0.92) else whole(rng, 2, 5)
        parents = [heir.certificate.parent_serial for heir in heirs if heir.certificate and not estate.sibling]
        parent = next((serial for serial in parents if serial), None)
        letters = f"A{'BCDEGHIKLMNOP'[min(12, (signed.year - 2004) * 2 + whole(rng, 0, 2))]}"
        serial = parent or f"{letters} {run:06d}"
        old, uses, area = before[_place(plot)], piece.uses, plot.area_m2
        lot = Lot(
            *(piece.index, "now", plot, plot.sheet_no, plot.parcel_no, area, uses),
            *(tuple(_term(rng, u.code, signed) for u in uses), "+".join(u.code for u in uses), estate.hamlet),
            *(old.toponym, (old.sheet_no, old.parcel_no), piece.also),
            became=tuple(heir.plot.parcel_no for heir in heirs) if estate.came_of else (),
        )
        if not decision or chance(rng, 0.4):
            decision = f"{whole(rng, 100, 4999)}/QĐ-UBND"
        same = out and out[-1].lots[0].index == lot.index - 1 and chance(rng, 0.35)
        holder = out[-1].holder if same else elder(rng, commune, estate.certified, signed.year)
        shared = round(area * between(rng, 0.1, 0.4), 1) if len(uses) == 1 and chance(rng, 0.08) else 0.0
        origins = weighted(rng, ((("CNQ-CTT",), 0.3), (("CNQ-KTT",), 0.3), (("DG-KTT",), 0.2), (("DG-CTT",), 0.2)))
        out.append(
            Title(
                *(serial, f"H {number:05d}", signed, decision, _committee(rng, then), holder),
                *(then, (lot,), origins, shared),
                buyer=estate.holder if estate.seller and not same else None,
            )
        )
    return tuple(out)


def _place(plot: Plot) -> tuple[str, str]:
    return plot.sheet_no, plot.parcel_no


def newest_titles(
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
    former = {index: t.serial for t in second for index in (t.lots[0].index, *t.lots[0].also)}
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
            came_of=tuple(before.parcel_no for before in estate.came_of),
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
