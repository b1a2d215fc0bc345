"""What papers say, and wrongly say, of earlier numbers: mostly nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.strange.land import Country, Designation, Piece

Place = tuple[str, str, str, str]


@dataclass(slots=True)
class Said:
    """A note: its words, fields and references, and the earlier names that it gives truly and in full."""

    words: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    refs: list[dict[str, str]] = field(default_factory=list)
    true_of: set[Place] = field(default_factory=set)

    def add(self, words: str, *refs: tuple[str, str]) -> None:
        """Add a sentence and what it names."""
        self.words.append(words)
        self.refs += [{"type": kind, "value": value} for kind, value in refs]


def earlier_names(country: Country, piece: Piece, name: Designation) -> list[list[Designation]]:
    """Return what was called otherwise before `name`: for each step back, the names of the ground it came from."""
    own = [one for one in piece.names if one.day < name.day and one.series != name.series]
    if own:
        return [[one] for one in reversed(own)]
    parents = [country.pieces[no] for no in piece.parents]
    found = [parent.names[-1] for parent in parents if parent.names]
    return [found] if found else []


def old_numbers(country: Country, piece: Piece, name: Designation, share: float) -> Said:
    """Return what a new map's book says of the old number: nothing, a part of it, the truth or another's number."""
    said, chance = Said(), country.chance
    steps = earlier_names(country, piece, name)
    if not steps or chance.random() > share:
        return said
    if all(one.series == name.series for one in piece.names) and piece.cause in ("split", "merge"):
        return came_of(piece, steps[0], chance, same_map=steps[0][0].series == name.series)
    care = 0.3 if share > 0.6 else 1.0  # a survey that tells most old numbers tells them with more care
    step = steps[1] if len(steps) > 1 and chance.random() < 0.12 * care else steps[0]  # the map before the last
    old = step[0]
    sheet, number = old.sheet, old.number
    true = True
    if chance.random() < 0.07 * care:
        number, true = _another(number, chance), False
    if chance.random() < 0.18 * care:  # the sheet is not told
        said.fields["old_parcel_no"] = number
        said.add(f"Thửa cũ {number}")
    elif chance.random() < 0.5:
        said.fields.update(old_sheet_no=sheet, old_parcel_no=number)
        said.add(f"Thửa cũ {number}, tờ cũ {sheet}")
    else:
        said.add(f"Trước đây là thửa {number}, tờ bản đồ số {sheet}", ("parcel", f"{sheet}/{number}"))
    if true and ("old_sheet_no" in said.fields or said.refs):
        said.true_of.add(old.place)
    return said


def _another(number: str, chance: random.Random) -> str:
    """Return a neighbour's number, or the number with one digit wrong."""
    digits = number.rstrip("abc")
    if chance.random() < 0.6 or len(digits) < 2:
        return str(max(1, int(digits) + chance.choice((-1, 1))))
    at = chance.randrange(len(digits))
    wrong = {"1": "7", "7": "1", "3": "8", "8": "3", "5": "6", "6": "5", "0": "6", "9": "4", "4": "9", "2": "7"}
    return (digits[:at] + wrong[digits[at]] + digits[at + 1 :]).lstrip("0") or "6"


def came_of(piece: Piece, parents: Sequence[Designation], chance: random.Random, *, same_map: bool) -> Said:
    """Return «Tách từ thửa …» or «Hợp thửa …»; the sheet is told where the map was another one, mostly."""
    said = Said()
    tell_sheet = not same_map and chance.random() < 0.8
    told = [(one, _another(one.number, chance) if chance.random() < 0.03 else one.number) for one in parents]
    refs = [("parcel", f"{one.sheet}/{number}" if tell_sheet else number) for one, number in told]
    sheet = f", tờ bản đồ số {parents[0].sheet}" if tell_sheet else ""
    if piece.cause == "merge":
        said.add("Hợp " + " và ".join(f"thửa {number}" for _, number in told) + sheet, *refs)
    else:
        said.add(f"Tách từ thửa {told[0][1]}{sheet}", *refs)
    if same_map or tell_sheet:
        said.true_of |= {one.place for one, number in told if one.number == number}
    return said


def of_transfer(year: int, chance: random.Random) -> Said:
    """Return a note of how the holder came to the land; it names no one, or no number."""
    said = Said()
    if chance.random() < 0.12:
        bought = f"Nhận chuyển nhượng năm {year - chance.randint(0, 6)}"
        others = ("Nhận thừa kế", "Dồn điền đổi thửa", "Tặng cho con", "Đo đạc lại", "Chưa cấp GCN")
        said.add(chance.choice((bought, *others)))
    return said
