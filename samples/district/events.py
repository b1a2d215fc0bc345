"""What happens to parcels: they are divided, joined, shifted, taken, exchanged, sold, inherited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from samples.chance import between, chance, pick
from samples.district.world import Lot, Node, World

How = Literal["suffix", "new", "keep"]
#: From this share of the smaller of two parcels on, ground that passed between them links their numbers.
SHARED = 0.10


def split(world: World, lot: Lot, shares: Sequence[float], when: date, how: How, why: str = "split") -> list[Lot]:
    """Divide a lot; `shares` sum to 1.

    `suffix` writes 125a and 125b as hands did before 1993, `new` gives each child the next free number, `keep`
    leaves the first child the old one. The children's areas on the map sum to the parent's.
    """
    left, parts, rest = list(lot.pieces), [], 1.0
    normal = world.ground.longest(lot.pieces)
    for share in shares[:-1]:
        part, left = world.ground.cut(left, normal, share / rest)
        parts.append(part)
        rest -= share
    parts.append(left)
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return [lot]
    old = lot.node
    whole = world.ground.area(lot.pieces)
    areas = shared_out(old.area_m2, [world.ground.area(part) / whole for part in parts])
    letters = _letters(old) if how == "suffix" else ()
    children: list[Lot] = []
    for i, (part, area) in enumerate(zip(parts, areas, strict=True)):
        child = world.settle(
            Lot(part, lot.grain, lot.cover, lot.block, lot.row, lot.part, lot.hamlet, lot.toponym, old, lot.holder)
        )
        child.home_m2, child.since, child.how = min(lot.home_m2, area / 2), lot.since, lot.how
        if how == "keep" and i == 0:
            old.area_m2 = area
            child.title = lot.title
            child.nodes = [old]
        else:
            number = old.number.rstrip("abcd") + letters[i] if letters else world.next_number(old)
            node = world.numbered(child, old.series, old.sheet, number, when, why, unit=old.unit, area_m2=area)
            world.step(old, node, "split", part, why)
            child.story = [f"Tách từ thửa {old.number}"]
        children.append(child)
    ended = old.ended
    world.end(lot, when)
    if how == "keep":
        old.ended = ended
    world.join_beside(children, [lot])
    return children


def _letters(old: Node) -> tuple[str, ...]:
    return () if old.number[-1].isalpha() else ("a", "b", "c", "d")


def shared_out(area_m2: float, shares: Sequence[float]) -> list[float]:
    """Return the area parted by the shares, each to a decimal (or whole where the whole is), so that they sum to it."""
    places = 0 if float(area_m2).is_integer() else 1
    out = [round(area_m2 * share, places) for share in shares[:-1]]
    return [*out, round(area_m2 - sum(out), places)]


def merge(world: World, lots: Sequence[Lot], when: date, why: str = "merge") -> Lot:
    """Join lots of one map sheet under the next free number."""
    first = lots[0]
    pieces = [piece for lot in lots for piece in lot.pieces]
    cover = tuple(dict.fromkeys(code for lot in lots for code in lot.cover))[:2]
    new = world.settle(
        Lot(
            pieces,
            first.grain,
            cover,
            first.block,
            first.row,
            first.part,
            first.hamlet,
            first.toponym,
            first.node,
            first.holder,
        )
    )
    new.home_m2 = max(lot.home_m2 for lot in lots)
    new.since, new.how = first.since, first.how
    old = first.node
    area = round(sum(lot.node.area_m2 for lot in lots), 1)
    node = world.numbered(new, old.series, old.sheet, world.next_number(old), when, why, unit=old.unit, area_m2=area)
    new.story = ["Hợp thửa " + " và thửa ".join(lot.node.number for lot in lots)]
    for lot in lots:
        world.step(lot.node, node, "merge", lot.pieces, why)
        world.end(lot, when)
    world.join_beside([new], list(lots))
    return new


def shift(world: World, giver: Lot, taker: Lot, share: float, when: date) -> bool:
    """Move a boundary: a strip of the giver goes to the neighbour; both get new numbers if it is a tenth of one."""
    a, b = world.middle(giver), world.middle(taker)
    length = max(1e-6, ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5)
    kept, strip = world.ground.cut(giver.pieces, ((b[0] - a[0]) / length, (b[1] - a[1]) / length), 1 - share)
    if not kept or not strip:
        return False
    moved = world.ground.area(strip)
    smaller = min(world.true_area(giver), world.true_area(taker))
    factor = moved / world.true_area(giver)
    given = shared_out(giver.node.area_m2, [1 - factor, factor])
    areas = (given[0], round(taker.node.area_m2 + given[1], 1))
    before = {giver.number: list(giver.pieces), taker.number: list(taker.pieces)}
    giver.pieces, taker.pieces = kept, [*taker.pieces, *strip]
    if moved < SHARED * smaller:
        giver.node.area_m2, taker.node.area_m2 = areas
        return True
    olds = (giver.node, taker.node)
    for lot, area in zip((giver, taker), areas, strict=True):
        old = lot.node
        old.ended = when
        world.numbered(
            lot, old.series, old.sheet, world.next_number(old), when, "boundary", unit=old.unit, area_m2=area
        )
        lot.story = [f"Thay đổi ranh giới, thửa cũ {old.number}"]
        own = kept if lot is giver else before[taker.number]
        world.step(old, lot.node, "same", own, "boundary")
    world.step(olds[0], taker.node, "split", strip, "boundary")
    return True


def take(world: World, lot: Lot, share: float, when: date) -> None:
    """Recover land for a road along the south: all of a lot, which ends it, or a strip, and the number stays."""
    if share > 0.8:
        world.end(lot, when)
        return
    kept, _ = world.ground.cut(lot.pieces, (0.0, -1.0), 1 - share)
    if kept:
        left = world.ground.area(kept) / world.true_area(lot)
        lot.pieces = kept
        lot.node.area_m2 = max(5.0, shared_out(lot.node.area_m2, [left, 1 - left])[0])
        lot.story = [*lot.story, "Thu hồi một phần làm đường"]


def exchange(world: World, lots: Sequence[Lot], when: date) -> list[Lot]:
    """Exchange a block of paddy (dồn điền đổi thửa): recut into fewer, larger fields with numbers of their own."""
    old = list(lots)
    node = old[0].node
    fewer = max(1, round(len(old) * between(world.rng, 0.35, 0.6)))
    left = [piece for lot in old for piece in lot.pieces]
    first, last = world.middle(old[0]), world.middle(old[-1])
    length = max(1e-6, ((last[0] - first[0]) ** 2 + (last[1] - first[1]) ** 2) ** 0.5)
    normal = ((last[0] - first[0]) / length, (last[1] - first[1]) / length)
    weights = [between(world.rng, 0.7, 1.4) for _ in range(fewer)]
    parts: list[list[int]] = []
    for i in range(fewer - 1):
        part, left = world.ground.cut(left, normal, weights[i] / sum(weights[i:]))
        parts.append(part)
    parts = [part for part in (*parts, left) if part]
    held = [(world.ground.leaves(lot.pieces), lot) for lot in old]
    new: list[Lot] = []
    for part in parts:
        like = pick(world.rng, old)
        lot = world.settle(
            Lot(
                part,
                like.grain,
                like.cover,
                like.block,
                like.row,
                like.part,
                like.hamlet,
                like.toponym,
                node,
                like.holder,
            )
        )
        lot.since, lot.how = when, "Dồn điền đổi thửa"
        world.numbered(lot, node.series, node.sheet, world.next_number(node), when, "exchange", unit=node.unit)
        lot.story = ["Dồn điền đổi thửa"]
        new.append(lot)
    for lot in new:
        ground = world.ground.leaves(lot.pieces)
        for before, was in held:
            both = ground & before
            shared = world.ground.area(both)
            if shared >= SHARED * min(world.ground.area(ground), world.ground.area(before)):
                inside = shared / world.ground.area(ground) > shared / world.ground.area(before)
                world.step(was.node, lot.node, "split" if inside else "merge", sorted(both), "exchange")
    for lot in old:
        world.end(lot, when)
    world.join_beside(new, old)
    return new


def parted(world: World, count: int) -> list[float]:
    """Return shares of that many children, none below half of an equal one."""
    weights = [between(world.rng, 0.6, 1.4) for _ in range(count)]
    return [weight / sum(weights) for weight in weights]


def way(world: World, series: str) -> How:
    """Draw how a division is numbered: letters in the 299 books mostly, else new numbers or the rest keeps its own."""
    if series == "299" and chance(world.rng, 0.6):
        return "suffix"
    return "new" if chance(world.rng, 0.55) else "keep"
