"""What happens to one piece of land: it is divided, united with its other half, sold or inherited."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.plain.issuing import Offices
from benchmarks.plain.land import Piece
from benchmarks.plain.maps import number_on_map
from benchmarks.plain.notes import Ref
from benchmarks.plain.people import Household

_CERTIFIED_SINCE = 1994  # from here a change brings a new certificate, before it a row in the parcel index


def divide(offices: Offices, piece: Piece, t: float) -> None:
    """Divide a piece in two, often with a new holder of one; not every division is registered."""
    country, chance = offices.country, offices.country.chance
    children = [country.add_from([piece], cell, "split", t) for cell in piece.cell.cut(chance)]
    piece.died, piece.children = t, children
    if chance.random() < 0.6:
        children[-1].owner = _successor(offices, piece, t)
    if chance.random() < 0.82 and piece.map_on(t):
        for child in children:
            number_on_map(country, child, t)
        if t < _CERTIFIED_SINCE:
            offices.append_to_index(children, t)
        for child in children:
            if t > _CERTIFIED_SINCE and chance.random() < 0.75:
                offices.certify([child], t + 0.03, refs=_old_serial(offices, piece, 0.35))


def _successor(offices: Offices, piece: Piece, t: float) -> Household:
    """Return who gets a part: an heir or a stranger."""
    chance, folk = offices.country.chance, offices.country.folk
    if chance.random() < 0.5:
        return chance.choice(folk.heirs(piece.owner))
    return folk.household(folk.person(int(t) - chance.randint(22, 55)), piece.hamlet)


def other_half(piece: Piece, year: int) -> Piece | None:
    """Return the piece that was there before this year and from which this one was never parted on paper."""
    parent = piece.cell.parent
    if parent is None or piece.cause == "split":
        return None
    cell = next(part for part in parent.parts if part is not piece.cell)
    other = cell.piece
    if other is None or cell.parts or other.cause == "split" or other.died or other.owner.organisation:
        return None
    return other if other.born < year else None


def unite(offices: Offices, piece: Piece, other: Piece, t: float) -> None:
    """Unite the two halves of a cell under the first one's holder."""
    country, chance = offices.country, offices.country.chance
    if piece.cell.parent is None:
        return
    whole = country.add_from([piece, other], piece.cell.parent, "merge", t)
    for part in (piece, other):
        part.died, part.children = t, [whole]
    if chance.random() < 0.85:
        number_on_map(country, whole, t)
        if t < _CERTIFIED_SINCE:
            offices.append_to_index([whole], t)
    if t > _CERTIFIED_SINCE and chance.random() < 0.75:
        offices.certify([whole], t + 0.03)


def inherit(offices: Offices, dead: Household, heirs: Sequence[Household], pieces: Sequence[Piece], t: float) -> None:
    """Pass the land of a head who died to the heirs, each piece to one; half get a certificate at once."""
    chance = offices.country.chance
    for piece in pieces:
        piece.owner = chance.choice(heirs)
        if _papers_made(piece, t) and chance.random() < 0.45:
            title = "ông" if dead.head.sex == "nam" else "bà"
            told = chance.random() < 0.4
            offices.certify([piece], t, [f"Nhận thừa kế của {title} {dead.head.name}"] if told else [])


def sell(offices: Offices, piece: Piece, neighbours: Sequence[Household], hamlets: int, t: float) -> None:
    """Sell a piece to a household of the commune or a new one; some land is built on."""
    chance, folk, seller = offices.country.chance, offices.country.folk, piece.owner
    if chance.random() < 0.4:
        piece.owner = chance.choice(neighbours)
    else:
        buyer = folk.person(int(t) - chance.randint(24, 60))
        piece.owner = folk.household(buyer, chance.randint(1, hamlets))
    if chance.random() < 0.12 and piece.use in "MV":
        piece.use = "T"
    if _papers_made(piece, t) and chance.random() < 0.6:
        told = chance.random() < 0.4
        notes = [f"Nhận chuyển nhượng của {seller.head.name}"] if told else []
        offices.certify([piece], t, notes, _old_serial(offices, piece, 0.4))


def _papers_made(piece: Piece, t: float) -> bool:
    return t >= _CERTIFIED_SINCE + 1 and not piece.commune.between_maps(t)


def _old_serial(offices: Offices, piece: Piece, rate: float) -> list[Ref]:
    """Return a reference to the certificate in force, at a rate."""
    held = piece.certificate
    if held is None or offices.country.chance.random() >= rate:
        return []
    return [{"type": "serial", "value": held.serial}]
