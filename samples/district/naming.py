"""Names and owners as each kind of paper writes them: in full, without marks, by nickname, with the spouse or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from numpy.random import Generator

from cadastre.words.folding import aligned_fold
from samples.chance import chance
from samples.district.folk import House, shown_id
from samples.gazetteer import Commune
from samples.people import Person

#: Names that two hands write differently: the same person is Lý here and Lí there.
_IY = (("Lý", "Lí"), ("Mỹ", "Mĩ"), ("Quý", "Quí"), ("Kỳ", "Kì"), ("Thủy", "Thuỷ"), ("Hòa", "Hoà"), ("Thúy", "Thuý"))

OwnerJson = dict[str, Any]


def unmarked(name: str) -> str:
    """Return the name as a typewriter without marks has it: `Nguyen Van An`."""
    plain = aligned_fold(name)
    return "".join(p.upper() if n.isupper() else p for p, n in zip(plain, name, strict=True))


def written(rng: Generator, name: str, *, old: bool) -> str:
    """Return the name as some clerk writes it; `old` papers drop marks and middle names more often."""
    for one, other in _IY:
        if one in name.split(" ") and chance(rng, 0.3):
            name = name.replace(one, other)
    words = name.split(" ")
    if old and len(words) == 3 and chance(rng, 0.05):
        name = f"{words[0]} {words[2]}"
    return unmarked(name) if chance(rng, 0.07 if old else 0.012) else name


def ledger_owner(rng: Generator, holder: House | str, names: dict[int, str]) -> list[OwnerJson]:
    """Return the user of a book of 1982: a name, sometimes a nickname, of a family or a collective.

    `names` keeps what the books call a household, for a clerk writes one person one way.
    """
    if isinstance(holder, str):
        return [{"name": holder}]
    if holder.number not in names:
        person = holder.spouse if holder.spouse and chance(rng, 0.02) else holder.head
        names[holder.number] = holder.nick if chance(rng, 0.07) else written(rng, person.name, old=True)
    return [{"name": names[holder.number]}]


def home(holder: House, commune: Commune, *, full: bool = True) -> str:
    """Return the address of a household: `thôn Đông Yên, xã Bình Trị, huyện Thăng Bình, tỉnh Quảng Nam`."""
    place = holder.hamlet[0].lower() + holder.hamlet[1:]
    return f"{place}, {commune.inside()}" if full else f"{place}, {commune.inside().split(', ')[0]}"


def people_of(
    rng: Generator,
    holder: House | str,
    when: date,
    commune: Commune,
    *,
    shows: Sequence[str],
    couple: bool,
    old: bool = False,
) -> list[OwnerJson]:
    """Return owners with what the paper prints of `sex`, `birth_year`, `id`, `address`, `household`."""
    if isinstance(holder, str):
        return [{"name": holder}]
    people: tuple[Person, ...] = holder.couple if couple else (holder.head,)
    alone = len(people) == 1
    out: list[OwnerJson] = []
    for person in people:
        owner: OwnerJson = {"name": written(rng, person.name, old=old)}
        if "sex" in shows:
            owner["sex"] = person.sex
        if "birth_year" in shows:
            owner["birth_year"] = person.birth_year
        if "id" in shows:
            owner |= shown_id(person, when)
        if "address" in shows:
            owner["address"] = home(holder, commune)
        if "household" in shows and alone:
            owner["household"] = True
        out.append(owner)
    return out
