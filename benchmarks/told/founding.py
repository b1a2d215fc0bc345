"""The first parcels, in blocks of homes, paddy, crops, gardens and forest, and the households that hold them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from benchmarks.told.land import Block, Parcel, cut
from benchmarks.told.people import Holder, weighted
from benchmarks.told.world import World
from benchmarks.told.zones import ORIGINS, SHARES

_TOPONYMS = (
    "Cây Gáo", "Gò Chùa", "Hố Lau", "Bàu Sen", "Đồng Lớn", "Cây Sanh", "Vũng Bùn", "Ruộng Miếu", "Gò Dài",
    "Đồng Quang", "Bến Đá", "Cồn Nổi", "Hố Chuối", "Đá Bàn", "Cây Da", "Nà Rạng", "Bờ Đập", "Gò Tranh", "Trà Linh",
    "Hóc Két", "Lò Gạch", "Đập Bà Bốn", "Cửa Đình", "Bàu Ấu", "Xóm Rẫy", "Cây Thị", "Gò Mồ", "Trảng Cát",
)  # fmt: skip
_KINDS = {"T": 36.0, "L": 40.0, "M": 13.0, "V": 8.0, "R": 3.0}
_MEAN_M2 = {"T": 1050, "L": 620, "M": 780, "V": 1500, "R": 9000}
_COOPERATIVES = ("Hợp tác xã Nông nghiệp 1", "Hợp tác xã Nông nghiệp 2", "Đội sản xuất số 3")
_FIRST_DAY = date(1980, 1, 1)
_BORN_LATER = 0.855  # share of the parcels at the end that the first map shows


def found(world: World, parcels: int) -> None:
    """Make the land of about so many parcels at the end, and let it to households."""
    for zone, share in SHARES.items():
        _make_blocks(world, zone, parcels * share)
        hamlets = _let_homes(world, zone)
        _let_fields(world, zone, hamlets)
        holders = {p.holder.no: p.holder for block in world.blocks[zone] for p in block.parcels}
        world.households[zone] = [holder for no, holder in holders.items() if no > 0]


def _make_blocks(world: World, zone: str, share: float) -> None:
    chance = world.chance
    left, no = int(share * _BORN_LATER), 0
    toponyms = chance.sample(_TOPONYMS, 13)
    while left > 0:
        kind = weighted(chance, _KINDS)
        count = min(left, chance.randint(24, 36) if kind != "R" else chance.randint(6, 12))
        left -= count
        side = math.sqrt(count * (_MEAN_M2[kind] * chance.uniform(0.8, 1.25)))
        aspect, turn = chance.uniform(0.75, 1.35), chance.uniform(-0.35, 0.35)
        hamlet = f"Thôn {1 + (no * 6) // max(1, int(share / 28))}"
        toponym = toponyms[no % 13] if chance.random() < 0.75 else chance.choice(toponyms)
        north, east = ORIGINS[zone][0] - 420 * (no // 6), ORIGINS[zone][1] + 420 * (no % 6)
        block = Block(zone, no, kind, hamlet, toponym, north, east, math.cos(turn), math.sin(turn))
        for sides in cut(chance, (0, 0, side * aspect, side / aspect), count):
            block.parcels.append(world.add_parcel(block, sides, _use(world, kind), _FIRST_DAY))
        world.blocks[zone].append(block)
        no += 1


def _use(world: World, kind: str) -> str:
    """Return a parcel's use: T home, 2L and 1L paddy of two crops and one, M crops, V garden, A pond, R forest."""
    chance = world.chance
    use = kind if chance.random() < 0.9 else chance.choice(["M", "V", "L"] if kind != "R" else ["R"])
    if use == "L":
        use = chance.choice(["2L", "2L", "2L", "1L"])
    if use == "V" and chance.random() < 0.1:
        use = "A"
    return use


def _let_homes(world: World, zone: str) -> dict[str, list[Holder]]:
    """Let each home to a household of its hamlet, some to the neighbour's; return the households by hamlet."""
    chance = world.chance
    hamlets: dict[str, list[Holder]] = {block.hamlet: [] for block in world.blocks[zone]}
    for parcel in (one for block in world.blocks[zone] for one in block.parcels if one.use == "T"):
        mine = hamlets[parcel.block.hamlet]
        if not (mine and chance.random() < 0.12):
            mine.append(world.people.household(parcel.block.hamlet))
        parcel.let_to(mine[-1])
        parcel.house_m2 = chance.choice([150, 200, 200, 300, 300, 400])
    return hamlets


def _let_fields(world: World, zone: str, hamlets: dict[str, list[Holder]]) -> None:
    """Let the fields to households near by, neighbouring ones often to the same, a few to the co-operatives."""
    chance = world.chance
    everybody = [one for some in hamlets.values() for one in some]
    for hamlet in sorted(hamlets):
        while len(hamlets[hamlet]) < 8:
            household = world.people.household(hamlet)
            hamlets[hamlet].append(household)
            everybody.append(household)
    for block in world.blocks[zone]:
        mine = hamlets[block.hamlet]
        near = chance.sample(mine, min(len(mine), 18)) + chance.sample(everybody, min(4, len(everybody)))
        _let_block(world, block.parcels, near)


def _let_block(world: World, parcels: Sequence[Parcel], near: Sequence[Holder]) -> None:
    chance, before = world.chance, None
    for parcel in (one for one in parcels if one.use != "T"):
        if parcel.use in ("2L", "1L") and chance.random() < 0.05:
            coop = world.people.organisation(chance.choice(_COOPERATIVES), parcel.block.hamlet)
            parcel.let_to(coop)
            parcel.coop = coop
            continue
        before = before if before and chance.random() < 0.16 else chance.choice(near)
        parcel.let_to(before)
