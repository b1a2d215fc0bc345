"""What speaks for two mentions being one person: comparison levels with published weights, and what forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from cadastre.missing.lookalikes import lookalikes
from cadastre.words.folding import key
from cadastre.words.hamlets import Home, home_of
from cadastre.words.people import is_organisation, name_key
from cadastre.words.person_names import NameForm, name_form, name_level
from schemas.entries import Owner
from schemas.persons import IdFamily, Mention

#: Comparison level -> weight, in bits of evidence as an engineer would bet them [project policy, to be tuned]; the sum
#: must reach `ENOUGH`. No level of the name reaches it, and name with birth year, sex and commune together do not:
#: namesakes of one year are common. A number, the spouse's name, the hamlet or the land must speak too.
LEVELS: dict[str, float] = {
    "one-user": 8.5,  # the same block of a paper or page that is one user's, all of it alike
    "organisation": 8.5,  # the same name of an office or body in one commune
    "number": 12.0,  # the same identity number
    "name": 4.0,  # the same name with its marks
    "name-bare": 3.0,  # the same, one of them written without any mark
    "name-near": 1.5,  # one letter or some marks differ
    "name-short": 1.0,  # one lacks middle names
    "name-nick": 0.5,  # a nickname with the other's given name
    "parcel": 5.0,  # holds the same parcel, or one that became it
    "beside": 3.5,  # the same spouse or co-owner stands beside both
    "birth-year": 3.0,
    "hamlet": 3.0,  # the same hamlet of the same commune
    "sex": 0.5,
    "commune": 0.5,
    "birth-year-near": 0.0,  # one year apart
    "birth-year-differs": -6.0,
    "sex-differs": -8.0,
}
ENOUGH = 8.5
#: A shorter name beside a person tells too little.
_BESIDE_LETTERS = 5
#: Papers of one user; of these books each page, or each block of it, is one user's (domain.md 1.2).
_OF_ONE_USER = frozenset({"gcn", "don_dang_ky", "trich_do", "trich_luc"})
_PAGE_OF_ONE_USER = frozenset({"so_dang_ky", "so_dia_chinh"})

Number = tuple[IdFamily, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention tells of its person, made ready for comparing; a 12-digit number tells year and sex too."""

    mention: Mention
    name: NameForm
    organisation: bool
    number: Number | None
    birth_year: int | None
    sex: Literal["nam", "nu"] | None
    home: Home
    beside: frozenset[str]
    chains: frozenset[str]
    block: tuple[str, ...] | None

    def with_block(self, others: Iterable[Told]) -> Told:
        """Return it with the land and the people beside it of all mentions of its block."""
        group = (self, *others)
        return replace(
            self,
            beside=frozenset(name for one in group for name in one.beside),
            chains=frozenset(chain for one in group for chain in one.chains),
        )


def number_of(owner: Owner) -> Number | None:
    """Return the identity number with its family; a number of nine or twelve digits by its length."""
    no = re.sub(r"\W", "", owner.id_no or "").upper()
    if not no:
        return None
    if owner.id_kind in ("cmnd", "cccd", "cc", "khac", None) and no.isdigit() and len(no) in (9, 12):
        return ("cmnd" if len(no) == 9 else "cccd"), no
    return ("cccd" if owner.id_kind == "cc" else owner.id_kind or "khac"), no


def of_twelve_digits(no: str) -> tuple[int, Literal["nam", "nu"]] | None:
    """Return the birth year and sex that a 12-digit number says (domain.md 3.5); None where it is none."""
    if re.fullmatch(r"\d{12}", no) is None:
        return None
    century, woman = divmod(int(no[3]), 2)
    return 1900 + century * 100 + int(no[4:6]), "nu" if woman else "nam"


def told_by(mention: Mention, chain: str | None) -> Told:
    """Return a mention made ready; `chain` names the piece of land through its renumberings, else its parcel key."""
    owner = mention.owner
    number = number_of(owner)
    coded = of_twelve_digits(number[1]) if number and number[0] == "cccd" else None
    land = chain or mention.parcel
    return Told(
        mention=mention,
        name=name_form(owner.name),
        organisation=is_organisation(owner.name),
        number=number,
        birth_year=owner.birth_year or (coded[0] if coded else None),
        sex=owner.sex or (coded[1] if coded else None),
        home=home_of(owner.address),
        beside=frozenset(near for other in mention.beside if len(near := name_key(other.name)) >= _BESIDE_LETTERS),
        chains=frozenset((land,) if land else ()),
        block=_block(mention),
    )


def _block(mention: Mention) -> tuple[str, ...] | None:
    """Return what mentions of one user's block have alike: the paper or page, and all that it prints of the person."""
    owner = mention.owner
    if is_organisation(owner.name):
        return ("organisation", key(owner.name), mention.unit or "")
    said = (
        key(owner.name), owner.id_no or "", str(owner.birth_year), owner.sex or "", key(owner.address or ""),
    )  # fmt: skip
    if mention.kind in _OF_ONE_USER:
        return (mention.document_id, *said)
    return (mention.document_id, mention.page, *said) if mention.kind in _PAGE_OF_ONE_USER else None


def agreements(one: Told, other: Told) -> tuple[str, ...]:
    """Return the comparison levels of two mentions; none where the names are two people's."""
    level = name_level(one.name, other.name)
    if level is None:
        return ()
    found: list[str] = [level]
    if one.number and one.number == other.number:
        found.insert(0, "number")
    if one.chains & other.chains:
        found.append("parcel")
    if one.beside & other.beside:
        found.append("beside")
    if one.birth_year and other.birth_year:
        apart = abs(one.birth_year - other.birth_year)
        found.append("birth-year" if not apart else "birth-year-near" if apart == 1 else "birth-year-differs")
    if one.sex and other.sex:
        found.append("sex" if one.sex == other.sex else "sex-differs")
    if _one_commune(one, other):
        found.append("commune")
        if one.home.hamlet and one.home.hamlet == other.home.hamlet:
            found.append("hamlet")
    return tuple(found)


def score(levels: Iterable[str]) -> float:
    """Return the sum of the levels' weights."""
    return sum(LEVELS[level] for level in levels)


def numbers_differ(one: Told, other: Told) -> bool:
    """Return whether two numbers of one kind forbid that the two are one person."""
    return bool(one.number and other.number and one.number[0] == other.number[0] and one.number != other.number)


def one_confusion(one: Told, other: Told) -> bool:
    """Return whether the two numbers may be one number that was misread by one digit."""
    return bool(one.number and other.number and other.number[1] in lookalikes(one.number[1]))


def _one_commune(one: Told, other: Told) -> bool:
    if one.home.commune and other.home.commune:
        return one.home.commune == other.home.commune
    return one.mention.unit is not None and one.mention.unit == other.mention.unit
