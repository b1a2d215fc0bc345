"""Questions of the parcels of a sheet that was drawn anew of which nobody found the newer number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from cadastre.asking.lineage_wording import map_name, place_name
from cadastre.asking.link_question import MOST_OTHERS, LinkQuestion, link_asked, parcel_told, place_of
from cadastre.asking.rival_lots import SURE, Land, Map, alike, map_of
from cadastre.linking.lots import Lot
from cadastre.settling.drawn_anew import drawn_anew, went_to
from cadastre.words.wording import say_number
from schemas.errors import Message
from schemas.parcels import Link, ParcelKey, Said, SheetSaid
from schemas.tables import Tables

#: Parcels of one sheet that are asked for at a time: each answer tells where the next ones may lie.
_MOST_OF_SHEET = 5
_NEAR = 20  # in number, of parcels that tell where it may lie
_MOST_SHEETS = 3
#: Minutes that a clerk takes who has to look for a parcel on the newer map.
SEARCH_MINUTES = 4.0


def went_on_by_word(said: Iterable[Said | SheetSaid]) -> set[ParcelKey]:
    """Return the parcels of which a person said what they became, or that they ended."""
    return {one.older for one in said if isinstance(one, Said) and one.yes}


def ask_of_those_left(
    scope: str, land: Land, tables: Tables, said: Collection[Said | SheetSaid], done: Collection[ParcelKey]
) -> list[LinkQuestion]:
    """Return what is to be asked of parcels without a newer number, a few of each sheet, the likest to others first.

    Not those of which people said what they became, nor those that other questions settle (`done`).
    """
    told = went_on_by_word(said)
    denied = {(one.older, one.newer) for one in said if isinstance(one, Said) and not one.yes}
    out: list[LinkQuestion] = []
    for unit, era, sheet in sorted(drawn_anew(land.lots, land.links)):
        lots = land.sheets[(unit, era), sheet]
        steps = went_to(link for lot in lots for link in land.onward.get(lot.key, ()))
        left = [lot for lot in lots if not land.onward.get(lot.key) and lot.key not in told]
        if not steps or not left:
            continue
        other = map_of(steps[0].newer)
        free = {
            lot.key: [one for one in land.rivals(lot, other) if (lot.key, one.key) not in denied]
            for lot in left
            if lot.key not in done
        }
        wanted = sorted(free, key=lambda key: (-_likeness(land.lots[key], free[key]), land.lots[key].number or 0, key))
        found = sum(bool(land.onward.get(lot.key)) for lot in lots)
        many = _how_many(found, len(lots), len(left), asked=min(len(wanted), _MOST_OF_SHEET))
        known = [many, _where(steps)]
        beside = _surely_renumbered(land, steps)
        for key in wanted[:_MOST_OF_SHEET]:
            out.append(_question(scope, land, tables, land.lots[key], other, free[key], known, beside))
    return out


def _likeness(lot: Lot, free: Sequence[Lot]) -> int:
    return max((alike(lot, one) for one in free), default=0)


def _how_many(found: int, of: int, left: int, *, asked: int) -> Message:
    vi = f"{found} trong {of} thửa của tờ này đã có số mới, còn {left} thửa chưa tìm được"
    en = f"{found} of the {of} parcels of this sheet have newer numbers, {left} are not found"
    if asked < left:
        return Message(f"{vi} (lần này hỏi {asked} thửa)", f"{en} ({asked} of them are asked for now)")
    return Message(vi, en)


def _where(steps: Iterable[Link]) -> Message:
    """Return on which sheets of the newer map most parcels of a sheet lie."""
    lie = Counter(link.newer.sheet for link in sorted(steps)).most_common(_MOST_SHEETS)
    return Message(
        "các thửa đã có số mới nằm ở " + ", ".join(f"tờ {sheet} ({count} thửa)" for sheet, count in lie),
        "those that have lie on " + ", ".join(f"sheet {sheet} ({count} parcels)" for sheet, count in lie),
    )


def _surely_renumbered(land: Land, steps: Iterable[Link]) -> Mapping[int, tuple[ParcelKey, ParcelKey]]:
    """Return by number the parcels of a sheet that surely became one parcel of the newer map, with that one."""
    sure = [link for link in steps if link.relation in ("same", "unit_change") and link.p >= SURE]
    return {number: (one.older, one.newer) for one in sure if (number := land.lots[one.older].number) is not None}


def _question(
    scope: str,
    land: Land,
    tables: Tables,
    lot: Lot,
    other: Map,
    free: Sequence[Lot],
    known: Sequence[Message],
    beside: Mapping[int, tuple[ParcelKey, ParcelKey]],
) -> LinkQuestion:
    subject = place_of(land, lot.key)
    mine = place_name(subject)
    here, there = map_name(*map_of(lot.key), tables), map_name(*other, tables)
    why = [*known, *_between(lot, beside), *_size(lot)]
    return LinkQuestion(
        asked=link_asked(scope, "parcel", subject, "newer", other, ()),
        words=Message(
            f"{mine.vi[:1].upper()}{mine.vi[1:]} ({here.vi}) nay là thửa nào của {there.vi}?",
            f"Which parcel of the {there.en} is {mine.en} ({here.en}) now?",
        ),
        best="",
        others=tuple(parcel_told(one) for one in free[:MOST_OTHERS]),
        why=Message("\n".join(one.vi for one in why), "\n".join(one.en for one in why)),
        p=None,
        settled=frozenset({lot.key}),
        minutes=SEARCH_MINUTES,
    )


def _between(lot: Lot, beside: Mapping[int, tuple[ParcelKey, ParcelKey]]) -> Iterable[Message]:
    """Yield what became of the parcels that are next to it in number, below and above."""
    if lot.number is None:
        return
    before = [n for n in beside if lot.number - _NEAR <= n < lot.number]
    after = [n for n in beside if lot.number < n <= lot.number + _NEAR]
    for number in (*([max(before)] if before else []), *([min(after)] if after else [])):
        older, newer = beside[number]
        yield Message(
            f"thửa {older.parcel} nay là thửa {newer.parcel} tờ {newer.sheet}",
            f"parcel {older.parcel} is parcel {newer.parcel} of sheet {newer.sheet} now",
        )


def _size(lot: Lot) -> Iterable[Message]:
    if lot.area is not None:
        yield Message(f"diện tích cũ {say_number(lot.area)} m²", f"old area {say_number(lot.area)} m²")
