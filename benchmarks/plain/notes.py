"""What papers tell of earlier numbers: the number on the map before, or the parcels that one was made of."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from benchmarks.plain.communes import is_first
from benchmarks.plain.land import Piece

Ref = dict[str, str]  # {"type": "parcel" | "serial" | "decision", "value": what the paper names}
_OLD_NUMBER = (
    "Thửa cũ số {number}, tờ {sheet}{of_map}",
    "Thửa cũ: {number}; tờ bản đồ cũ: {sheet}",
    "Số thửa cũ {number}, số tờ cũ {sheet}",
    "TBĐ cũ {sheet}, thửa cũ {number}",
)
_SPLIT = ("Tách từ thửa {}", "Tách từ thửa số {}", "Tách ra từ thửa {}")


@dataclass(frozen=True, slots=True)
class Telling:
    """What a paper tells: notes, references, fields of its own, and which parcel numbers that are."""

    notes: list[str] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)


def telling(piece: Piece, map_name: str, chance: random.Random) -> Telling:
    """Return what a paper by the numbers of a map tells of earlier ones.

    Whether the number before is told at all is drawn once for a piece and map, by the commune's habit; of the papers
    that could, seven in ten do. A map that was only taken over tells nothing.
    """
    before = [name for name in piece.numbers if name != map_name and (name, map_name) != ("299T", "299A")]
    if before and map_name != "299A":
        return _of_map_before(piece, map_name, before[-1], chance)
    if piece.parents and piece.noted and chance.random() < 0.95:
        return _of_parents(piece, map_name, chance)
    return Telling()


def _of_map_before(piece: Piece, map_name: str, before: str, chance: random.Random) -> Telling:
    if map_name not in piece.told:
        piece.told[map_name] = chance.random() < piece.commune.tells
    if not piece.told[map_name] or chance.random() >= 0.7:
        return Telling()
    sheet, number = piece.numbers[before]
    if chance.random() < 0.5:
        return Telling(fields={"old_sheet_no": sheet, "old_parcel_no": number}, numbers=[number])
    words = chance.choice(_OLD_NUMBER)
    of_map = " bản đồ 299" if is_first(before) else " bản đồ cũ"
    return Telling(notes=[words.format(number=number, sheet=sheet, of_map=of_map)], numbers=[number])


def _of_parents(piece: Piece, map_name: str, chance: random.Random) -> Telling:
    """Return which parcels a piece was made of, by this map or the last that numbered them all."""
    parents = piece.parents
    maps = (map_name, *reversed(parents[0].numbers))
    of_map = next((name for name in maps if all(name in parent.numbers for parent in parents)), None)
    if of_map is None:
        return Telling()
    numbers = [parent.numbers[of_map][1] for parent in parents]
    sheet = parents[0].numbers[of_map][0]
    elsewhere = f", tờ {sheet}{' bản đồ 299' if is_first(of_map) else ' bản đồ cũ'}" if of_map != map_name else ""
    if piece.cause == "split":
        note = chance.choice(_SPLIT).format(numbers[0])
    else:
        places = [parent.numbers[of_map] for parent in parents]
        words = [number if on == sheet else f"{number} (tờ {on})" for on, number in places]
        note = chance.choice(
            (f"Hợp thửa {', '.join(words)}", f"Hợp thửa {' và thửa '.join(words)}", f"Hợp các thửa {', '.join(words)}")
        )
    named = not elsewhere and chance.random() < 0.4
    refs = [{"type": "parcel", "value": number} for number in numbers] if named else []
    return Telling([note + elsewhere], refs, {}, numbers)
