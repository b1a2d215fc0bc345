"""What a page shows of the paper that it belongs to: its kind and face, its numbers, and whom and what it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from cadastre.words.certificates import read_parcel_no, read_serial, read_sheet_no
from cadastre.words.folding import key
from cadastre.words.people import name_key, read_owners
from schemas.documents import Era, Form, Given, Kind
from schemas.readings import PageReading

GivenPage = tuple[Given, PageReading]
Parcel = tuple[str | None, str]
"""Sheet number, where it is read, and parcel number."""

#: Likeness from which two spellings are taken for one name, and below which they are surely two.
_SAME_NAME, _OTHER_NAME = 0.82, 0.6
_VOLUME = ("volume_no", "volume")
_DECISION = ("decision_no",)
_SPREAD = 1.15  # width / height from which an image may show two pages


@dataclass(frozen=True, slots=True)
class Signs:
    """One page among the written pages of its run; `at` is its place there, `number` its printed page number.

    `faces` are the form's numbered faces, each of which a paper shows once; `after` is the page number that the page
    says it goes on from (`Tiếp theo trang số`).
    """

    at: int
    item: GivenPage
    kind: Kind
    faces: frozenset[str]
    serials: frozenset[str]
    parcels: frozenset[Parcel]
    owners: frozenset[str]
    unit: str | None
    volume: str | None
    decision: str | None
    number: int | None
    after: int | None

    @property
    def page(self) -> PageReading:
        """Return the reading itself."""
        return self.item[1]

    @property
    def form(self) -> Form | None:
        """Return the certificate's form, where it is known."""
        return self.page.form

    @property
    def era(self) -> Era | None:
        """Return the era that the printed template tells."""
        return self.page.era

    @property
    def cover(self) -> bool:
        """Return whether the page is the cover of a book."""
        return "cover" in self.page.faces

    @property
    def names_parcel(self) -> bool:
        """Return whether the page has a place for one parcel's number, read or not."""
        return "parcel_no" in self.page.fields

    @property
    def spread(self) -> bool:
        """Return whether the image is wide enough for two pages beside each other."""
        return self.page.width > _SPREAD * self.page.height


def signs_of(at: int, item: GivenPage) -> Signs:
    """Return what the page shows; `at` is its place among the written pages of its run."""
    given, page = item
    return Signs(
        at=at,
        item=item,
        kind=given.kind or page.kind,
        faces=frozenset(face for face in page.faces if face.isdigit()),
        serials=_read(page, "serial", read_serial),
        parcels=_parcels(page),
        owners=frozenset(
            name_key(owner.name)
            for text in _texts(page, "owners")
            for owner in read_owners(text)
            if len(name_key(owner.name)) > 3
        ),
        unit=_first(page, ("unit_name",), key),
        volume=_first(page, _VOLUME, _digits),
        decision=_first(page, _DECISION, _before_slash),
        number=_number(page.printed_no),
        after=next((n for text in _texts(page, "page_before") if (n := _number(text))), None),
    )


def _texts(page: PageReading, name: str) -> Iterable[str]:
    return (vote.text for seen in page.fields.get(name, ()) for vote in seen.votes if vote.text.strip())


def _read(page: PageReading, name: str, parse: Callable[[str], str | None]) -> frozenset[str]:
    return frozenset(value for text in _texts(page, name) if (value := parse(text)))


def _first(page: PageReading, names: Iterable[str], parse: Callable[[str], str]) -> str | None:
    return next((value for name in names for text in _texts(page, name) if (value := parse(text))), None)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _before_slash(text: str) -> str:
    """Return the digits of a decision's number; behind the slash stand letters, which may come out as digits."""
    return _digits(text.partition("/")[0])


def _number(text: str | None) -> int | None:
    found = re.findall(r"\d+", text or "")
    return int(found[0]) if len(found) == 1 and len(found[0]) <= 4 else None


def _parcels(page: PageReading) -> frozenset[Parcel]:
    sheets = _read(page, "sheet_no", read_sheet_no)
    sheet = next(iter(sheets)) if len(sheets) == 1 else None
    return frozenset((sheet, number) for number in _read(page, "parcel_no", read_parcel_no))


def agree_serials(one: frozenset[str], other: frozenset[str]) -> float:
    """Return 1 where a serial stands on both, −1 where they name two, 0 where nothing is known or a digit differs."""
    if not one or not other:
        return 0.0
    if one & other:
        return 1.0
    return 0.0 if min(Levenshtein.distance(a, b) for a in one for b in other) < 2 else -1.0


def agree_parcels(one: frozenset[Parcel], other: frozenset[Parcel]) -> float:
    """Return 1 where both name one parcel, −1 where they name two, 0 where one names none."""
    if not one or not other:
        return 0.0
    same = any(a[1] == b[1] and (a[0] is None or b[0] is None or a[0] == b[0]) for a in one for b in other)
    return 1.0 if same else -1.0


def agree_names(one: frozenset[str], other: frozenset[str]) -> float:
    """Return 1 where a name stands on both as far as engines spell it, −1 where all are others, else 0."""
    if not one or not other:
        return 0.0
    best = max(Levenshtein.normalized_similarity(a, b) for a in one for b in other)
    return 1.0 if best >= _SAME_NAME else -1.0 if best < _OTHER_NAME else 0.0
