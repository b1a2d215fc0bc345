"""Parts and joined parcels that a note tells of where the others are not held: what single papers say of a number.

Notes say wrongly now and then, so the users, the ground, the days and the areas are heard too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cadastre.linking.hypothesis import Hypothesis
from cadastre.linking.sheet_row import SheetRow, Users

#: Bits for and against, counted on generated districts of four hands (docs/lineage.md).
_SINGLE, _SINGLE_OF, _EACH_ENTRY, _LATE, _ANOTHER = -5.3, 1.1, 1.5, 2.5, -1.0
_USERS: Mapping[Users, float] = {
    "name": 1.5, "kin": -0.4, "clan": -1.6, "strangers": -2.6, "body_before": -2.6, "body_since": -2.6, "unknown": -2.0
}  # fmt: skip
_GROUND, _OTHER_GROUND = -0.2, -5.4
_LIVES_ON = (0.0, -3.7, -5.4)
_SMALLER, _NOT_SMALLER, _LARGER = 1.7, -1.5, 2.3
_WIDEST = 0.05  # so much more than the whole noted parts may hold, and so much where areas drift
_FARTHEST, _DRIFTED = 0.3, -2.0


def noted(sheet: SheetRow) -> Iterator[Hypothesis]:
    """Yield what notes tell where the other parts are not known: single parts, all noted ones, what was joined."""
    parts: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for n in sheet.row:
        lot = sheet.lots[n]
        for old in sorted(lot.olds):
            printed_sheet, _, parcel = old.partition("/")
            whole = sheet.by_place.get(parcel)
            if printed_sheet not in ("?", lot.key.sheet) or whole is None or whole == n:
                continue
            told = [m for m in lot.mentions if m.entry_id in lot.olds[old]]
            onward = len(told) < len(lot.olds[old])  # papers of the older one tell of it too
            before, after = sheet.lots[whole], lot.area
            if not before.area or not after or (before.number or 0) > (lot.number or 0):
                continue
            weight = _single_bits(sheet, whole, n, len(lot.olds[old]))
            if any(m.carved for m in told) or (onward and after < before.area):
                weight += _SMALLER if after < 0.97 * max(before.areas) else _NOT_SMALLER
                if weight > 0:
                    parts[whole].append((n, weight))
            elif (
                (onward or any(m.joined for m in told))
                and after > 1.03 * before.area
                and not _others_held(sheet, n, old)
            ):
                weight += _LARGER
                if weight > 0:
                    yield Hypothesis((whole,), (n,), weight)
    for whole, some in parts.items():
        yield from _of_parts(sheet, whole, dict(some))


def _of_parts(sheet: SheetRow, whole: int, parts: Mapping[int, float]) -> Iterator[Hypothesis]:
    """Yield all noted parts of a lot together; single ones too where they do not make it up, and it goes on."""
    total, area = sheet.total(parts), max(sheet.lots[whole].areas)
    several = len(parts) > 1 and total is not None and total <= (1 + _FARTHEST) * area
    goes_on = not several or (total or 0.0) < (1 - _WIDEST) * area
    if several:
        drifted = _DRIFTED if (total or 0.0) > (1 + _WIDEST) * area else 0.0
        yield Hypothesis((whole,), tuple(sorted(parts)), sum(parts.values()) + drifted, kept=goes_on)
    for part, weight in parts.items() if goes_on else ():
        yield Hypothesis((whole,), (part,), weight, kept=True)


def _others_held(sheet: SheetRow, number: int, told: str) -> bool:
    """Return whether another parcel that the lot names is held on its sheet."""
    others = (old.partition("/") for old in sheet.lots[number].olds if old != told)
    return any(place in ("?", sheet.lots[number].key.sheet) and parcel in sheet.by_place for place, _, parcel in others)


def _single_bits(sheet: SheetRow, whole: int, part: int, entries: int) -> float:
    lot = sheet.lots[part]
    weight = _SINGLE + _SINGLE_OF * sheet.bits + _EACH_ENTRY * min(entries, 3)
    weight += _ANOTHER * (len(lot.olds) - 1) + (_LATE if sheet.is_late(part) else 0.0)
    weight += _USERS[sheet.users(whole, part)]
    ground = sheet.same("ground", whole, part)
    weight += 0.0 if ground is None else _GROUND if ground else _OTHER_GROUND
    dated = whole in sheet.eras and part in sheet.eras
    later = max(sheet.eras[whole][1] - sheet.eras[part][0], 0) if dated else 0
    return weight + _LIVES_ON[min(later, len(_LIVES_ON) - 1)]
