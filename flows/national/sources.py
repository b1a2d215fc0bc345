"""What the papers behind a parcel say of it: what stands, what is disputed, and what waits for a person. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cadastre.settling.precedence import legal_place
from cadastre.words.people import name_key
from schemas.entries import Entry, LandUse, Owner, Value
from schemas.precedence import Precedence
from store.handing_in import Holding


@dataclass(frozen=True)
class Sources:
    """A parcel's claims and entries, asked by attribute; `precedence` says which paper is the heavier."""

    holding: Holding
    precedence: Precedence

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, the heaviest paper first, then the later one."""
        later = sorted(self.holding.entries, key=lambda entry: str(value_of(entry, "issued_on") or ""), reverse=True)
        return tuple(sorted(later, key=lambda entry: legal_place(self.precedence, entry.kind)))

    @cached_property
    def standing(self) -> dict[str, Value]:
        """The values that stand, by attribute; the first of equal ones."""
        return {claim.attribute: claim.value for claim in reversed(self.holding.claims) if claim.standing == "current"}

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The attributes of which the papers assert different things at equal weight."""
        return frozenset(claim.attribute for claim in self.holding.claims if claim.standing == "disputed")

    @cached_property
    def certificate(self) -> Entry | None:
        """The certificate that stands, else the first that speaks of the parcel."""
        held = [entry for entry in self.entries if entry.kind == "gcn"]
        return next(
            (one for one in held if value_of(one, "serial") == self.standing.get("serial")), next(iter(held), None)
        )

    def standing_values(self, attribute: str) -> tuple[Value, ...]:
        """Return the different values that stand, the one in `standing` first: co-users each have a certificate."""
        values = (one.value for one in self.holding.claims if one.attribute == attribute and one.standing == "current")
        return tuple(dict.fromkeys(values))

    def disputed_values(self, attribute: str) -> tuple[Value, ...]:
        """Return the different values that are disputed."""
        values = (one.value for one in self.holding.claims if one.attribute == attribute and one.standing == "disputed")
        return tuple(dict.fromkeys(values))

    def text(self, name: str) -> tuple[str | None, bool]:
        """Return free text and whether it waits; that of the heaviest paper where none stands."""
        if name in self.disputed:
            return None, False
        if isinstance(stands := self.standing.get(name), str):
            return stands, False
        read = (value_of(entry, name) for entry in self.entries)
        first = next((value for value in read if isinstance(value, str)), None)
        return first, first is not None

    def owners(self) -> tuple[tuple[Owner, ...], str | None, bool]:
        """Return the owners, their line on the paper, and whether any of it waits.

        Where none stand they are those of the heaviest paper; what it does not say of a person another one may.
        """
        if "owners" in self.disputed:
            return (), None, False
        stands = self.standing.get("owners")
        said, printed = owners_of(stands), None
        for entry in self.entries:
            value = value_of(entry, "owners")
            if value and (stands is None or value == stands):
                said, printed = owners_of(value), entry.fields["owners"].text
                break
        owners = tuple(_completed(owner, (*self.entries, *self.holding.kin)) for owner in said)
        return owners, printed, stands is None or owners != said

    def told_by_kin(self, detail: str) -> bool:
        """Return whether a person's detail is known from a paper of another map series alone."""
        return any(
            getattr(owner, detail) and not any(getattr(one, detail) for one in _namesakes(owner, self.entries))
            for owner in self.owners()[0]
        )

    @cached_property
    def kin(self) -> tuple[Entry, ...]:
        """The entries with these numbers in other map series, the heaviest paper first, that name the same people."""
        names = _names(self.owners()[0])
        alike = (one for one in self.holding.kin if names and _names(owners_of(value_of(one, "owners"))) == names)
        return tuple(sorted(alike, key=lambda entry: legal_place(self.precedence, entry.kind)))

    def of_kin(self, name: str) -> Value:
        """Return what was taken from a paper of another map series that names the same people and the same purposes.

        None where a paper of this parcel speaks of it.
        """
        if name in self.standing or name in self.disputed:
            return None
        codes = [use.code for use in self.land_uses()]
        alike = (one for one in self.kin if [use.code for use in uses_of(taken(one, "land_use"))] == codes)
        return next((value for one in alike if (value := taken(one, name)) is not None), None)

    def land_uses(self) -> tuple[LandUse, ...]:
        """Return the purposes that stand; with the areas of a lighter paper where it names the same purposes.

        One purpose has the whole parcel.
        """
        uses = uses_of(self.standing.get("land_use"))
        if len(uses) < 2 or all(use.area_m2 is not None for use in uses):
            return uses
        for entry in self.entries:
            other = uses_of(taken(entry, "land_use"))
            same = [use.code for use in other] == [use.code for use in uses]
            if same and all(use.area_m2 is not None for use in other):
                return other
        return uses


def _namesakes(owner: Owner, entries: Sequence[Entry]) -> Iterator[Owner]:
    for entry in entries:
        for other in owners_of(value_of(entry, "owners")):
            if name_key(other.name) == name_key(owner.name):
                yield other


def _completed(owner: Owner, entries: Sequence[Entry]) -> Owner:
    """Return the owner with what the entries say of that name and the owner lacks."""
    for other in _namesakes(owner, entries):
        owner = replace(
            owner,
            sex=owner.sex or other.sex,
            birth_year=owner.birth_year or other.birth_year,
            id_kind=owner.id_kind if owner.id_no else other.id_kind,
            id_no=owner.id_no or other.id_no,
            address=owner.address or other.address,
            household=owner.household or other.household,
        )
    return owner


def _names(owners: tuple[Owner, ...]) -> frozenset[str]:
    return frozenset(name_key(owner.name) for owner in owners)


def value_of(entry: Entry, name: str) -> Value:
    """Return a field's value, taken or waiting."""
    field = entry.fields.get(name)
    return field.value if field else None


def taken(entry: Entry, name: str) -> Value:
    """Return a field's value where it was taken or confirmed."""
    field = entry.fields.get(name)
    return field.value if field and field.status in ("accepted", "confirmed") else None


def uses_of(value: Value) -> tuple[LandUse, ...]:
    """Return the purposes of a field's value."""
    return tuple(use for use in value if isinstance(use, LandUse)) if isinstance(value, tuple) else ()


def owners_of(value: Value) -> tuple[Owner, ...]:
    """Return the owners of a field's value."""
    return tuple(one for one in value if isinstance(one, Owner)) if isinstance(value, tuple) else ()
