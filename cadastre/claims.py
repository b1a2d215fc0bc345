"""What the papers assert of each parcel, which assertion stands and by which rule, and the parcel that results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.plots import plot, stands
from cadastre.precedence import Sort, asserted, rank
from schemas.documents import Era
from schemas.entries import Entry, FieldValue, LandUse, Ref, Value, value_to_json
from schemas.parcels import Claim, Grade, Parcel, ParcelKey, ParcelStatus, Standing
from schemas.tables import Tables

#: What a parcel publishes; a value of these that waits is empty in it and makes its status `review`.
PUBLISHED = ("area_m2", "legal_area_m2", "land_use", "user_type", "corners")


@dataclass(frozen=True, slots=True)
class _Assertion:
    """One value of one entry, before it is weighed against the others."""

    attribute: str
    sort: Sort
    value: Value
    entry: Entry
    asserted_on: str | None

    @property
    def weight(self) -> tuple[int, str]:
        """Return the paper's place in the published order, 0 the heaviest, and its name there."""
        return rank(self.entry.kind, self.sort, drawn="shape" in self.entry.fields)

    @property
    def same(self) -> str:
        """Return a text that is equal for equal values."""
        return json.dumps(value_to_json(self.attribute, self.value), sort_keys=True)


def _taken(entry: Entry, name: str) -> FieldValue | None:
    field = entry.fields.get(name)
    taken = field is not None and field.status in ("accepted", "confirmed") and field.value is not None
    return field if taken else None


def key_of(entry: Entry) -> ParcelKey | None:
    """Return the parcel's key; None until unit, sheet and parcel number are accepted or confirmed."""
    if entry.status == "rejected" or entry.era is None:
        return None
    unit, sheet, parcel = (_taken(entry, name) for name in ("unit_code", "sheet_no", "parcel_no"))
    if unit is None or sheet is None or parcel is None:
        return None
    era: Era = "299" if entry.era == "1988" else entry.era  # papers of 1988 went on with the maps of 1980
    return ParcelKey(str(unit.value), era, str(sheet.value), str(parcel.value))


def _assertions(entry: Entry) -> list[_Assertion]:
    issued = _taken(entry, "asserted_on") or _taken(entry, "issued_on")
    day = str(issued.value) if issued else None
    return [
        _Assertion(attribute, sort, field.value, entry, day)
        for name, (attribute, sort) in asserted(entry.kind).items()
        if (field := _taken(entry, name)) is not None
    ]


def _named_as_parents(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the serials that another certificate names; a book that names one says nothing of its standing."""
    named: set[str] = set()
    for entry in entries:
        refs, own = _taken(entry, "refs"), _taken(entry, "serial")
        if entry.kind != "gcn" or refs is None or not isinstance(refs.value, tuple):
            continue
        serials = {ref.value for ref in refs.value if isinstance(ref, Ref) and ref.type == "serial"}
        named |= serials - {str(own.value) if own else ""}
    return frozenset(named)


def _decide(best: Sequence[_Assertion], parents: frozenset[str]) -> tuple[frozenset[str], bool, str]:
    """Return the values that stand among the heaviest papers' (`same`), whether they are disputed, and the rule."""
    name = best[0].weight[1]
    if best[0].attribute == "serial":  # two living certificates are a conflict, whatever their dates
        best = [a for a in best if a.value not in parents] or best
        values = frozenset(a.same for a in best)
        return values, len(values) > 1, f"{name}:two-living" if len(values) > 1 else name
    values = frozenset(a.same for a in best)
    if len(values) == 1:
        return values, False, name
    days = [a.asserted_on for a in best if a.asserted_on is not None]
    if len(days) < len(best):
        return values, True, f"{name}:undated"
    latest = frozenset(a.same for a in best if a.asserted_on == max(days))
    return latest, len(latest) > 1, f"{name}:{'same-date' if len(latest) > 1 else 'later-date'}"


def _weigh(assertions: Iterable[_Assertion], key: ParcelKey, parents: frozenset[str]) -> list[Claim]:
    """Return the claims of one attribute: the heavier paper stands; at equal weight the later date.

    Undated papers, or papers of one date, that differ at equal weight are disputed. A lighter paper that says the same
    as the one that stands is current with it.
    """
    ordered = sorted(assertions, key=lambda a: (a.weight, a.entry.entry_id))
    best = [a for a in ordered if a.weight == ordered[0].weight]
    standing_values, disputed, rule = _decide(best, parents)

    def standing(a: _Assertion) -> Standing:
        if a.same not in standing_values:
            return "superseded"
        if disputed:
            return "disputed" if a in best else "superseded"
        return "current"

    return [
        Claim(key, a.attribute, a.value, a.entry.entry_id, a.entry.era, a.asserted_on, standing(a), rule)
        for a in ordered
    ]


def _claims(key: ParcelKey, entries: Sequence[Entry]) -> tuple[Claim, ...]:
    by_attribute: dict[str, list[_Assertion]] = {}
    for entry in entries:
        for assertion in _assertions(entry):
            by_attribute.setdefault(assertion.attribute, []).append(assertion)
    parents = _named_as_parents(entries)
    return tuple(claim for name in sorted(by_attribute) for claim in _weigh(by_attribute[name], key, parents))


def _waits(entries: Iterable[Entry], standing: Mapping[str, Value]) -> bool:
    """Return whether a published value waits for a person, or an error is open on one of the papers."""
    for entry in entries:
        if any(finding.severity == "error" for finding in entry.findings):
            return True
        for name, (attribute, _) in asserted(entry.kind).items():
            field = entry.fields.get(name)
            waits = field is not None and field.status in ("review", "unreadable")
            if waits and attribute in PUBLISHED and attribute not in standing:
                return True
    return False


def _number(value: Value) -> float | None:
    return value if isinstance(value, float) else None


def _uses(value: Value) -> tuple[LandUse, ...]:
    parts = value if isinstance(value, tuple) else ()
    return tuple(use for use in parts if isinstance(use, LandUse))


def _parcel(key: ParcelKey, entries: Sequence[Entry], tables: Tables) -> Parcel:
    claims = _claims(key, entries)
    standing: dict[str, Value] = {}
    for claim in claims:
        if claim.standing == "current":
            standing.setdefault(claim.attribute, claim.value)
    ring, note = plot(standing.get("corners"), key, tables)
    shape = stands(standing.get("shape"))
    status: ParcelStatus = "consistent"
    if any(claim.standing == "disputed" for claim in claims):
        status = "conflict"
    elif _waits(entries, standing):
        status = "review"
    measured, legal = _number(standing.get("area_m2")), _number(standing.get("legal_area_m2"))
    grade: Grade = 3 if measured is None and legal is None else 1 if status == "consistent" else 2
    days = [str(field.value) for entry in entries if (field := _taken(entry, "issued_on")) is not None]
    user_type = standing.get("user_type")
    return Parcel(
        key=key,
        area_m2=measured,
        legal_area_m2=legal,
        land_use=_uses(standing.get("land_use")),
        user_type=user_type if isinstance(user_type, str) else None,
        grade=grade,
        status=status,
        valid_from=min(days, default=None),
        entry_ids=tuple(entry.entry_id for entry in entries),
        ring=None if shape else ring,
        geometry_note=None if shape else note,
        claims=claims,
        attributes={n: value for n, value in standing.items() if n not in ("owners", "change_note", "shape")},
        shape=shape,
    )


def settle(entries: Sequence[Entry], tables: Tables) -> list[Parcel]:
    """Return the parcels that the entries are about, by key; the order of the entries changes nothing."""
    of_key: dict[ParcelKey, dict[str, Entry]] = {}
    for entry in entries:
        if (key := key_of(entry)) is not None:
            of_key.setdefault(key, {})[entry.entry_id] = entry
    return [_parcel(key, [of_key[key][entry_id] for entry_id in sorted(of_key[key])], tables) for key in sorted(of_key)]
