"""Notes that tell where a parcel's number, land or right comes from."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.told.land import Parcel
from benchmarks.told.naming import parcel_refs, titled
from benchmarks.told.world import Fields, World
from benchmarks.told.zones import RENUMBERED

_HABITS = {"good": 0.93, "some": 0.55, "silent": 0.0}  # how often a sheet's book tells the older number


def joined(*some: Fields) -> Fields:
    """Return fields together: notes and references after each other, of others the first."""
    together: Fields = {}
    for fields in some:
        for name, value in fields.items():
            if name not in together:
                together[name] = value
            elif name == "change_note":
                together[name] = f"{together[name]}; {value}"
            elif name == "refs":
                together[name] = together[name] + value
    return together


def share_told(world: World, parcel: Parcel, series: str) -> float:
    """Return how often the survey's book tells a parcel's older number; always once a co-operative's is shared out."""
    if parcel.coop and series in ("m96", "dig") and parcel.user is not parcel.coop and world.chance.random() < 0.6:
        parcel.coop = None
        return 1.0
    return _HABITS[world.habits.get((parcel.zone, series, parcel.numbers[series][0]), "some")]


def older_number(world: World, parcel: Parcel, series: str, share: float) -> Fields:
    """Return fields that name the number or numbers before a series, told so often; or none."""
    if world.chance.random() >= share:
        return {}
    before = parcel.series_before(series)
    if before is None:
        return _parents_numbers(world, parcel, series)
    if world.chance.random() < 0.08 and "s299" in parcel.numbers and before not in ("s299", "mer", "dig"):
        before = "s299"
    sheet, number = parcel.numbers[before]
    if series in RENUMBERED:
        name = {"B": "xã Hiệp Thuận", "D": "xã Bình Định Nam"}[parcel.zone] if series == "mer" else "xã Bình Định"
        note = f"Thửa {number}, tờ bản đồ số {sheet} {name} (cũ)"
        return {"change_note": note, "old_sheet_no": str(sheet), "old_parcel_no": number}
    return _own_number(world, before, str(sheet), number)


def _own_number(world: World, before: str, sheet: str, number: str) -> Fields:
    """Return a note of the older number in one of the manners of writing it; few leave the sheet out."""
    chance = world.chance
    fields: Fields = {"old_parcel_no": number, "old_sheet_no": sheet}
    value = f"{sheet}/{number}"
    if before == "s299" and chance.random() < 0.3:
        styles = [f"Theo bản đồ 299: thửa {number}, tờ bản đồ số {sheet}", f"BĐ 299: tờ {sheet} thửa {number}"]
        note = chance.choice(styles)
    elif chance.random() < 0.1:
        note, value = f"Thửa cũ {number}", number
        del fields["old_sheet_no"]
    else:
        note = chance.choice(
            [
                f"Thửa cũ {number}, tờ cũ {sheet}",
                f"Trước đây là thửa {number}, tờ bản đồ số {sheet}",
                f"Số thửa cũ: {number}; số tờ cũ: {sheet}",
                f"TĐ cũ số {number}, TBĐ cũ số {sheet}",
            ]
        )
    if chance.random() < 0.1:  # in words only
        return {"change_note": note, "refs": parcel_refs([value])}
    return {"change_note": note, **fields}


def _parents_numbers(world: World, parcel: Parcel, series: str) -> Fields:
    """Return a note of the parents' numbers, for a parcel that was divided or joined before the survey saw it."""
    numbers = [number for parent in parcel.parents if (number := parent.number_before(series))]
    if not numbers:
        return {}
    sheet = numbers[0][0]
    if parcel.how == "split":
        old = numbers[0][1]
        styles = [f"Tách từ thửa {old}, tờ bản đồ số {sheet} (bản đồ cũ)", f"Tách từ thửa cũ {old}, tờ cũ {sheet}"]
        return {"change_note": world.chance.choice(styles), "refs": parcel_refs([f"{sheet}/{old}"])}
    olds = [number for _, number in numbers]
    styles = [
        f"Hợp thửa cũ {', '.join(olds)}, tờ cũ {sheet}",
        f"Hợp từ các thửa {' và '.join(olds)}, tờ bản đồ số {sheet} (cũ)",
    ]
    return {"change_note": world.chance.choice(styles), "refs": parcel_refs([f"{sheet}/{old}" for old in olds])}


def split_notes(world: World, parcel: Parcel, children: Sequence[Parcel], series: str) -> dict[int, Fields]:
    """Return what the children's papers tell of their parent: mostly each, sometimes one of them, sometimes none."""
    sheet, number = parcel.numbers[series]
    drawn = world.chance.random()
    notes: dict[int, Fields] = {}
    for child in children:
        notes[child.no] = {}
        if drawn < 0.82 or (drawn < 0.92 and child is children[drawn < 0.86]):
            full: Fields = {
                "change_note": f"Tách từ thửa đất số {number}, tờ bản đồ số {sheet}",
                "refs": parcel_refs([f"{sheet}/{number}"]),
            }
            short: Fields = {"change_note": f"Tách từ thửa {number}", "refs": parcel_refs([number])}
            notes[child.no] = world.chance.choice([full, short])
    return notes


def former_user(world: World, parcel: Parcel) -> Fields:
    """Return a note of who worked the land at the survey before, where it was another; told for about half."""
    former = parcel.former or (parcel.parents[0].former if parcel.parents else None)
    if former is None or former is parcel.user or world.chance.random() >= 0.55:
        return {}
    if former.organisation:
        return {"change_note": f"Nhận giao khoán của {former.head.name}"}
    inherited = former.surname == parcel.user.surname or former.spouse is parcel.user.head
    how = "Nhận thừa kế của" if inherited else "Nhận chuyển nhượng của"
    return {"change_note": f"{how} {titled(former.head)}"}
