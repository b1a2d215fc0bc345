"""Who stands in a parcel's rows of the national collection workbook: one row a person (items 5 to 13). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cadastre.words.folding import tidy
from cadastre.words.people import is_organisation
from flows.national.columns import Cells
from schemas.entries import Owner
from schemas.national_form import FormCodes, Person, Role
from schemas.verification import NumberState

_KIN = re.compile(r"\b(?:vợ|chồng)\b", re.IGNORECASE)
"""Wife or husband, as in `và vợ là bà`; with its marks, since Võ is a surname."""


def legal_person(owners: Sequence[Owner], printed: str | None) -> Person:
    """Return what the owners are together; `printed` is their line on the paper, where it stands."""
    if any(owner.household for owner in owners):
        return "household"
    if len(owners) == 1:
        return "organisation" if is_organisation(owners[0].name) else "individual"
    two_sexes = len(owners) == 2 and {owner.sex for owner in owners} == {"nam", "nu"}
    return "couple" if two_sexes and printed and _KIN.search(tidy(printed)) else "several"


def people_rows(
    owners: Sequence[Owner],
    printed: str | None,
    codes: FormCodes,
    states: Mapping[str, NumberState],
    *,
    identity: bool,
) -> list[Cells]:
    """Return the cells of each person's row; identity numbers only where the reader has the right.

    `states` tells what the authorised verifier found of a number. The paper's number stays; the right one is beside it.
    """
    person = legal_person(owners, printed)
    return [_row(owner, person, number, codes, states, identity=identity) for number, owner in enumerate(owners)]


def _row(
    owner: Owner,
    person: Person,
    number: int,
    codes: FormCodes,
    states: Mapping[str, NumberState],
    *,
    identity: bool,
) -> Cells:
    organisation = is_organisation(owner.name)
    shown = owner.id_no if identity else None
    cells: Cells = {
        "L": owner.address,
        "M": codes.legal_person[person],
        "N": codes.role[_role(owner, person, number)],
    }
    if organisation:
        return {**cells, "F": owner.name, "G": shown}
    cells |= {"H": owner.name, "I": shown, "J": owner.birth_year, "K": codes.sex[owner.sex] if owner.sex else None}
    if shown:
        kind = codes.identity_kind[owner.id_kind] if owner.id_kind else None
        found = states.get(shown)
        cells |= {"AZ": shown, "BA": kind, "BB": codes.identity_state[found.result if found else "unverified"]}
        if found and found.right_number:
            cells |= {"BC": found.right_number, "BD": kind, "BE": codes.identity_state["matches"]}
    return cells


def _role(owner: Owner, person: Person, number: int) -> Role:
    if is_organisation(owner.name):
        return "organisation"
    if person == "household":
        return "member" if number else "head"
    if person == "couple":
        return "husband" if owner.sex == "nam" else "wife"
    return "several" if person == "several" else "individual"
