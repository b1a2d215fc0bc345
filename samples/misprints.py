"""What single papers of the past print wrong on purpose, which certificates are lost, and numbers that only look so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from numpy.random import Generator

from samples.chance import chance, day, pick
from samples.dated import commune_on
from samples.faults import swapped_digits
from samples.gazetteer import Commune
from samples.paper import Slip
from samples.past import Past, Title
from samples.people import Person
from samples.words import number
from schemas.tables import Tables

#: Digits that are taken for one another (domain.md 10).
_ALIKE = {"0": "8", "1": "7", "7": "1", "3": "8", "8": "3", "5": "6", "6": "5"}
_MERGED = date(2025, 7, 1)

#: Returns the title as a paper misprints it, or None where it cannot.
_Misprint = Callable[[Title, Tables], Title | None]


def _slipped(title: Title, fault: str, name: str, printed: str, true: str) -> Title:
    return replace(title, slips=(Slip(fault, name, printed, true),))


def _parts_off(title: Title, _: Tables) -> Title:
    own = title.own_m2
    return _slipped(replace(title, own_off_m2=0.1), "parts_off", "private_m2", number(own + 0.1, 1), number(own, 1))


def _words_differ(title: Title, _: Tables) -> Title:
    total = sum(lot.area_m2 for lot in title.lots)
    name = "total_words_m2" if len(title.lots) > 1 else "area_words_m2"
    printed = number(total + 1, 1)
    return _slipped(replace(title, words_off_m2=1.0), "words_differ", name, printed, number(total, 1))


def _total_off(title: Title, _: Tables) -> Title | None:
    """Leave the last row out of the printed total."""
    if len(title.lots) < 2:
        return None
    total, last = sum(lot.area_m2 for lot in title.lots), title.lots[-1].area_m2
    printed = number(total - last, 0)
    return _slipped(replace(title, total_off_m2=-last), "sum_off", "total_m2", printed, number(total, 0))


def _wrong_era(title: Title, _: Tables) -> Title:
    """Print a serial of the form after: `AB 123456` on a red certificate, `BC 123456` on that of 2003."""
    letters, figures = title.serial.split(" ")
    serial = f"{'A' if len(letters) == 1 else 'B'}{letters[-1]} {figures}"
    return _slipped(replace(title, serial=serial), "serial_era", "serial", serial, title.serial)


def _later_name(title: Title, tables: Tables) -> Title | None:
    """Print the names of today's district and province instead of those of the day."""
    then, later = title.commune, commune_on(tables, title.commune, date(2024, 12, 1))
    if then.inside() == later.inside():
        return None
    return _slipped(replace(title, commune=later), "later_name", "address", later.inside(), then.inside())


def _first_person(title: Title, fault: str, change: Callable[[str], str]) -> Title:
    first = title.holder.people[0]
    wrong: Person = replace(first, cccd=change(first.cccd))
    people = (wrong, *title.holder.people[1:])
    return _slipped(
        replace(title, holder=replace(title.holder, people=people)), fault, "owners", wrong.cccd, first.cccd
    )


def _sex_mismatch(title: Title, _: Tables) -> Title:
    return _first_person(title, "id_sex", lambda cccd: f"{cccd[:3]}{int(cccd[3]) ^ 1}{cccd[4:]}")


def _year_mismatch(title: Title, _: Tables) -> Title:
    return _first_person(title, "id_year", lambda cccd: f"{cccd[:4]}{(int(cccd[4:6]) + 11) % 100:02d}{cccd[6:]}")


def _digit_swap(title: Title, _: Tables) -> Title:
    lot = title.lots[0]
    area = swapped_digits(lot.area_m2)
    return _slipped(
        replace(title, lots=(replace(lot, area_m2=area), *title.lots[1:])),
        *("digit_swap", "area_m2", number(area, 1), number(lot.area_m2, 1)),
    )


#: Which papers can show which errors; the year of birth is not on the certificate of 2024, but on its application.
_CAN: dict[str, tuple[_Misprint, ...]] = {
    "gcn_1993": (_words_differ, _total_off, _wrong_era, _later_name),
    "gcn_2003": (_parts_off, _words_differ, _wrong_era, _later_name),
    "gcn_2024": (_parts_off, _sex_mismatch),
    "don_2024": (_year_mismatch,),
    "so_dia_chinh": (_parts_off, _digit_swap),
    "so_cap_gcn": (_digit_swap,),
}


def with_misprints(rng: Generator, tables: Tables, past: Past, share: float) -> Past:
    """Return the past with that share of its titles misprinted, each in one of its papers."""
    out = dict(past.misprinted)
    for papers, titles in (
        (("gcn_1993",), past.red),
        (("gcn_2003", "so_dia_chinh", "so_cap_gcn"), past.second),
        (("gcn_2024", "don_2024"), past.newest),
    ):
        for title in titles:
            if not chance(rng, share):
                continue
            paper = pick(rng, papers)
            wrong = pick(rng, _CAN[paper])(title, tables)
            if wrong and (paper, title.serial) not in out:
                out[paper, title.serial] = wrong
    return replace(past, misprinted=out, sum_off=share > 0)


def with_losses(rng: Generator, past: Past) -> Past:
    """Return the past with a few certificates of the form of 2003 lost, and decoys.

    A decoy is a number with one sign taken for another in one book: its certificate is held, nothing is missing.
    """
    lost: set[str] = set()
    out = dict(past.misprinted)
    for title in past.second:
        drawn = float(rng.random())
        if drawn < 0.06:
            lost.add(title.serial)
        elif drawn < 0.12:
            name, paper = pick(rng, (("serial", "so_dia_chinh"), ("register_no", "so_cap_gcn")))
            true = title.serial if name == "serial" else title.register_no
            printed = _confused(rng, true)
            if printed is None:
                continue
            wrong = replace(title, serial=printed) if name == "serial" else replace(title, register_no=printed)
            out[paper, title.serial] = _slipped(wrong, "confused_digit", name, printed, true)
    return replace(past, misprinted=out, lost=frozenset(lost))


def _confused(rng: Generator, text: str) -> str | None:
    """Return the number with one digit taken for another like it."""
    places = [i for i, sign in enumerate(text) if sign in _ALIKE]
    if not places:
        return None
    at = pick(rng, places)
    return f"{text[:at]}{_ALIKE[text[at]]}{text[at + 1 :]}"


def with_mergers(rng: Generator, tables: Tables, past: Past) -> Past:
    """Return the past with a few of the newest certificates signed after the communes were merged.

    They name the new commune alone: which of its predecessors numbered the sheet, only the manifest can say.
    """
    merged = _successor(tables, past.commune)
    if merged is None:
        return past
    newest: list[Title] = []
    for title in past.newest:
        if chance(rng, 0.15):
            signed = day(rng, date(2025, 7, 14), date(2025, 11, 28))
            office = f"ỦY BAN NHÂN DÂN {merged.name.upper()}"
            issuer = replace(title.issuer, office=office, lines=(f"TM. {office}", "CHỦ TỊCH"), prefix="CN")
            told = sum(one.merged is not None for one in newest) % 2 == 0
            title = replace(title, issued_on=signed, issuer=issuer, merged=merged, told=told)
        newest.append(title)
    return replace(past, newest=tuple(newest))


def _successor(tables: Tables, commune: Commune) -> Commune | None:
    old = next((u for u in tables.units if u.code == commune.code and u.name == commune.name), None)
    code = old.successor if old else None
    unit = next((u for u in tables.units if u.code == code and u.in_force(_MERGED, _MERGED)), None)
    return replace(commune, code=unit.code, name=unit.name, district="", province="thành phố Đà Nẵng") if unit else None
