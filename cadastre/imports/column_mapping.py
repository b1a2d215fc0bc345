"""Which of the known mappings a file's columns fit, and the values of a row by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cadastre.words.folding import key
from schemas.import_mappings import Mapping, Target

_CUT_AT = 10
_LEAST = 3  # fields that must be found before a mapping is taken unasked


@dataclass(frozen=True, slots=True)
class Fitted:
    """A mapping on the columns of one file: their positions by field."""

    mapping: Mapping
    columns: tuple[str, ...]
    places: dict[Target, tuple[int, ...]]

    @property
    def whole(self) -> bool:
        """Return whether sheet and parcel numbers are found."""
        found = self.places.keys() | self.mapping.constants.keys()
        return "parcel_no" in found and "sheet_no" in found

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the columns of the mapping's fields that the file has nothing for."""
        return tuple(
            name for target, names in self.mapping.fields.items() if target not in self.places for name in names
        )


def fit(mapping: Mapping, columns: Sequence[str]) -> Fitted:
    """Return the mapping on these columns; a name of ten letters may be cut, as in a shapefile."""
    where: dict[str, int] = {}
    for place, column in enumerate(columns):
        where.setdefault(key(column), place)
    cut = {key(column): place for place, column in enumerate(columns) if len(column) == _CUT_AT}

    def place_of(name: str) -> int | None:
        return where.get(key(name), cut.get(key(name[:_CUT_AT])) if len(name) > _CUT_AT else None)

    places: dict[Target, tuple[int, ...]] = {}
    for target, names in mapping.fields.items():
        found = dict.fromkeys(at for name in names if (at := place_of(name)) is not None)
        if found:
            places[target] = tuple(found)
    return Fitted(mapping, tuple(columns), places)


def best_fit(mappings: Iterable[Mapping], columns: Sequence[str]) -> Fitted | None:
    """Return the mapping that finds the most fields, the first of equals; None where none finds the numbers."""
    fitted = [fit(mapping, columns) for mapping in mappings]
    usable = [one for one in fitted if one.whole and len(one.places) >= min(_LEAST, len(columns))]
    return max(usable, key=lambda one: len(one.places), default=None)


def head_row(rows: Sequence[Sequence[str]], mappings: Sequence[Mapping]) -> int | None:
    """Return which of the first rows of a list holds the heads of its columns; None where none does."""
    best: tuple[int, int] | None = None
    for number, row in enumerate(rows):
        found = max((len(fit(mapping, row).places) for mapping in mappings), default=0)
        if found >= 2 and (best is None or found > best[0]):
            best = found, number
    return None if best is None else best[1]
