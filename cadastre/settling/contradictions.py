"""What among a parcel's papers speaks against what stands: signs that it is out of date, or of other land.

None of them says what is right, so nothing is changed by them; the parcel waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cadastre.settling.doubtful_steps import people_of
from cadastre.settling.imported_contradictions import Contradiction, imported_contradictions
from cadastre.settling.in_force import owner_keys, taken
from cadastre.settling.passed_on import is_passed_on
from cadastre.settling.weighing import BY_PERSON
from cadastre.words.area_classes import class_of
from cadastre.words.folding import fold
from schemas.documents import Kind
from schemas.entries import Entry, Ref
from schemas.parcels import Claim
from schemas.tables import Tables

#: Papers of which a legal area is printed for the right itself; others copy or measure.
_OF_RIGHT: frozenset[Kind] = frozenset({"gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh", "so_muc_ke"})
_ROUNDING_M2 = 0.5  # older papers print whole square metres
_WAS_NUMBERED = re.compile(r"\btruoc (?:day |kia )?la thua\b|\bthua (?:dat )?cu\b")
_DIVIDED = re.compile(r"\b(?:tach|chia|cat)\b|\b(?:hop|nhap|gop) (?:thua|tu|cac)\b")


#: What speaks against the steps to a parcel's older numbers: until a person affirmed these.
OF_STEPS = ("other-older-number", "older-paper-differs")


def contradictions(
    own: Sequence[Entry], papers: Sequence[Entry], claims: Sequence[Claim], tables: Tables, *, affirmed: bool = False
) -> Iterator[str]:
    """Yield the names of grade reasons (schemas/codes/grade_reasons.csv) that the papers give.

    `own` are the papers under the parcel's own number, `papers` those under its older numbers too; `affirmed`: a
    person said that these older numbers are right.
    """
    kinds = {entry.entry_id: entry.kind for entry in papers}
    if next(later_contradictions(claims, kinds, tables), None) is not None:
        yield "later-paper-differs"
    if next(imported_contradictions(claims, kinds, tables), None) is not None:
        yield "imported-differs"
    if affirmed:
        return
    if _other_older_number(papers):
        yield OF_STEPS[0]
    mine = {entry.entry_id for entry in own}
    if any(_is_other_land(entry, own) for entry in papers if entry.entry_id not in mine):
        yield OF_STEPS[1]


def says_legal_papers(papers: Iterable[Entry]) -> bool:
    """Return whether a parcel index fills its columns of the legal papers (Giấy tờ pháp lý về QSDĐ, domain.md 2.2)."""
    return any(
        entry.kind == "so_muc_ke" and any(name in entry.fields for name in ("legal_area_m2", "legal_land_use"))
        for entry in papers
    )


def later_contradictions(claims: Sequence[Claim], kinds: Mapping[str, Kind], tables: Tables) -> Iterator[Contradiction]:
    """Yield what papers of a later day say otherwise than those that stand, of a later era where they are undated.

    `kinds` by entry id; data of earlier projects is asked for by itself (imported_contradictions).
    """
    for attribute in ("owners", "legal_area_m2"):
        own = [claim for claim in claims if claim.attribute == attribute]
        standing = tuple(claim for claim in own if claim.standing == "current" or is_passed_on(claim))
        if not standing:
            continue
        since = max(_since(claim, tables) for claim in standing)
        later = tuple(
            claim
            for claim in own
            if claim not in standing
            and kinds.get(claim.entry_id) != "du_lieu"
            and not claim.rule.endswith(f":{BY_PERSON}")  # a person looked at it
            and _since(claim, tables) > since
            and all(_contradict(one, claim, kinds) for one in standing)
        )
        if later:
            yield Contradiction(attribute, standing, later)


def _since(claim: Claim, tables: Tables) -> str:
    """Return the day from which the paper may be: its own, else the first of its era."""
    if claim.asserted_on is not None:
        return claim.asserted_on
    return next((span.first.isoformat() for span in tables.eras if span.era == claim.era), "")


def _contradict(standing: Claim, later: Claim, kinds: Mapping[str, Kind]) -> bool:
    one, other = standing.value, later.value
    if isinstance(one, float) and isinstance(other, float):
        return kinds.get(later.entry_id) in _OF_RIGHT and abs(one - other) > _ROUNDING_M2
    people = people_of(one), people_of(other)
    return bool(people[0] and people[1]) and not people[0] & people[1]


def _is_other_land(older: Entry, own: Sequence[Entry]) -> bool:
    """Return whether a paper under an older number shares neither people nor area with any of the parcel's own."""
    areas = [area for entry in own for area in _areas(entry)]
    people = frozenset[str]().union(*(owner_keys(entry) for entry in own))
    named, told = owner_keys(older), _areas(older)
    if not (areas and people and named and told) or people & named:
        return False
    return all(class_of(one, other, older.era) in ("C", "D") for one in told for other in areas)


def _areas(entry: Entry) -> list[float]:
    """Return the areas that a paper prints and that were taken."""
    fields = (taken(entry, name) for name in ("area_m2", "legal_area_m2"))
    return [field.value for field in fields if field is not None and isinstance(field.value, float) and field.value]


def _other_older_number(papers: Sequence[Entry]) -> bool:
    """Return whether a paper names an older number that is none of those the parcel is known by, which are several."""
    known = {(_text(entry, "sheet_no"), _text(entry, "parcel_no")) for entry in papers}
    if len(known) < 2:
        return False
    return any(
        not any(parcel == own and sheet in (None, on) for on, own in known)
        for entry in papers
        for sheet, parcel in _older_numbers(entry)
    )


def _older_numbers(entry: Entry) -> Iterator[tuple[str | None, str]]:
    """Yield the numbers, sheet and parcel, that the paper says the parcel had before; not those it was divided from."""
    note = fold(_text(entry, "change_note") or "")
    if _DIVIDED.search(note):
        return
    if parcel := _text(entry, "old_parcel_no"):
        yield _text(entry, "old_sheet_no"), parcel
    refs = taken(entry, "refs") if _WAS_NUMBERED.search(note) else None
    for ref in refs.value if refs is not None and isinstance(refs.value, tuple) else ():
        if isinstance(ref, Ref) and ref.type == "parcel":
            sheet, _, parcel = ref.value.rpartition("/")
            yield sheet or None, parcel


def _text(entry: Entry, name: str) -> str | None:
    field = taken(entry, name)
    return field.value if field is not None and isinstance(field.value, str) and field.value else None
