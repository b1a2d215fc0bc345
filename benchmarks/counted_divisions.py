"""The divisions and joinings that the areas of a sheet suggest, with their signs and whether truth has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.links import Pair
from cadastre.linking.divisions import changes, sheets_of
from cadastre.linking.lots import Lot
from cadastre.linking.sheet_row import SheetRow


def suggested(lots: Sequence[Lot], true: Iterable[Pair]) -> Iterator[tuple[Mapping[str, float], bool]]:
    """Yield the signs of each suggested change, and whether all its steps are true ones.

    A step counts as true whatever era names its map series, and a lot that no paper shows as its successors do.
    """
    steps = set(true)
    known = {key for ends in steps for key in ends}
    bare = {(_bare(older), _bare(newer)) for older, newer in steps}
    every, rows, later = sheets_of(lots)
    keys = [str(lot.key) for lot in every]

    def is_true(older: str, newer: str) -> bool:
        named = older in known and newer in known
        return (older, newer) in steps or (not named and (_bare(older), _bare(newer)) in bare)

    for row in rows:
        for change in changes(SheetRow(every, row)):
            if later.keys().isdisjoint(change.older):
                newer = [one for n in change.newer for one in later.get(n, (n,))]
                yield change.signs(), all(is_true(keys[a], keys[b]) for a in change.older for b in newer)


def _bare(key: str) -> tuple[str, str]:
    """Return commune, and sheet and parcel, of a key."""
    unit, rest = key.split("@", 1)
    return unit, rest.split("/", 1)[1]
