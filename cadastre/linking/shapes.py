"""Which lots lie on the same ground, by the boundaries that papers and maps give (EPSG:5899)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shapely import Polygon, STRtree, make_valid
from shapely.geometry.base import BaseGeometry

from cadastre.linking.lots import Lot

#: Shares of the joint area, of the larger and of the smaller parcel from which two boundaries are of one parcel, are
#: the better half of each other, or overlap: old maps lie some metres off.
_SAME, _HALF, _OVERLAPS = 0.8, 0.5, 0.5
#: So much of a part lies inside its whole, and so much of the whole its parts make up.
_INSIDE, _MADE_UP = 0.7, 0.6
_BESIDE = 0.2  # of the smaller: two parcels of one map that share no more lie beside each other


@dataclass(frozen=True, slots=True)
class Ground:
    """The later lots with nearly a lot's boundary, those that are more than half of it, and those that overlap it.

    `parts` lie in it and `wholes` hold it, nearly: each with the share of the whole that the part is.
    """

    same: tuple[int, ...] = ()
    half: tuple[int, ...] = ()
    overlaps: tuple[int, ...] = ()
    parts: tuple[tuple[int, float], ...] = ()
    wholes: tuple[tuple[int, float], ...] = ()


def boundary(lot: Lot) -> BaseGeometry | None:
    """Return the newest boundary of the lot in (east, north) metres; None where no paper gives a good one."""
    for mention in reversed(lot.mentions):
        if len(mention.corners) > 2:
            drawn = make_valid(Polygon([(corner.y, corner.x) for corner in mention.corners]))
            if drawn.area > 0:
                return drawn
    return None


def lie_apart(one: BaseGeometry | None, other: BaseGeometry | None) -> bool:
    """Return whether both are drawn, and neither is a part of the other by what they share."""
    if one is None or other is None:
        return False
    return bool(one.intersection(other).area < _BESIDE * min(one.area, other.area))


def on_same_ground(lots: Sequence[Lot]) -> dict[int, Ground]:
    """Return for each lot with a boundary the later lots on its ground."""
    drawn = [(number, shape) for number, lot in enumerate(lots) if (shape := boundary(lot)) is not None]
    if not drawn:
        return {}
    tree = STRtree([shape for _, shape in drawn])
    found: dict[int, list[_Shared]] = {number: [] for number, _ in drawn}
    one, other = tree.query([shape for _, shape in drawn], predicate="intersects")
    for a, b in sorted(zip(one.tolist(), other.tolist(), strict=True)):
        older, newer = drawn[a], drawn[b]
        first, second = lots[older[0]], lots[newer[0]]
        apart = (first.key.unit, first.order) != (second.key.unit, second.order)
        if older[0] < newer[0] and apart and first.scope == second.scope:
            shared = older[1].intersection(newer[1]).area
            found[older[0]].append(_Shared(newer[0], shared, older[1].area, newer[1].area))
    return {number: _ground(near) for number, near in found.items()}


class _Shared(NamedTuple):
    """The ground that an older lot shares with a newer one, and the sizes of both, in m²."""

    newer: int
    shared: float
    old: float
    new: float


def _ground(near: Sequence[_Shared]) -> Ground:
    return Ground(
        same=tuple(n for n, shared, old, new in near if shared >= _SAME * (old + new - shared)),
        half=tuple(n for n, shared, old, new in near if shared > _HALF * max(old, new)),
        overlaps=tuple(n for n, shared, old, new in near if shared >= _OVERLAPS * min(old, new)),
        parts=tuple((n, shared / old) for n, shared, old, new in near if shared >= _INSIDE * new),
        wholes=tuple((n, shared / new) for n, shared, old, new in near if shared >= _INSIDE * old),
    )


def parted_ground(lots: Sequence[Lot], ground: Mapping[int, Ground]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the older and newer lots of which one is made up by several, by their boundaries."""
    made: dict[tuple[int, str, int], list[tuple[int, float]]] = defaultdict(list)
    out: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for older, one in sorted(ground.items()):
        parts: dict[tuple[str, int], list[tuple[int, float]]] = defaultdict(list)
        for newer, share in one.parts:
            parts[lots[newer].key.unit, lots[newer].order].append((newer, share))
        out += [((older,), tuple(n for n, _ in some)) for some in parts.values() if _makes_up(some)]
        for newer, share in one.wholes:
            made[newer, lots[older].key.unit, lots[older].order].append((older, share))
    out += [(tuple(n for n, _ in some), (newer,)) for (newer, _, _), some in sorted(made.items()) if _makes_up(some)]
    return out


def _makes_up(some: Sequence[tuple[int, float]]) -> bool:
    return len(some) > 1 and sum(share for _, share in some) >= _MADE_UP
