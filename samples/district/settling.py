"""1982: the land is laid out, families and collectives get it, and the map of 299 numbers it."""

from __future__ import annotations

from datetime import date

from samples.chance import between, chance, pick, whole
from samples.district import uses
from samples.district.folk import House, households
from samples.district.layout import lay_out
from samples.district.maps import far_corner, number
from samples.district.numbering import Cut
from samples.district.village import Village
from samples.district.world import Lot, Node
from samples.gazetteer import bare, lower_first

#: Field names (xứ đồng); each block of fields has one.
_TOPONYMS = (
    *("Đồng Bàu", "Gò Dinh", "Cây Da", "Đồng Lớn", "Bà Rén", "Hóc Bầu", "Soi Cồn", "Rộc Sâu", "Đám Mạ", "Bãi Dâu"),
    *(
        "Đồng Trên",
        "Đồng Dưới",
        "Gò Mè",
        "Bàu Sen",
        "Cây Sung",
        "Hố Chuối",
        "Đồng Cát",
        "Ruộng Cau",
        "Bờ Đập",
        "Gò Cao",
    ),
)
_MAPPED = date(1983, 6, 1)


def settle(village: Village, count: int) -> None:
    """Lay out that many parcels, the north for the first part of the land, and number them on the map of 1982.

    In fields of a collective two to five neighbouring cells are one parcel, which is parted when the land is given out.
    """
    rng, world = village.rng, village.world
    cells = lay_out(rng, count, village.centre, hills=village.upland)
    rows = max(cell.row for cell in cells) + 1
    by_part = _families(village, max(8, count // len(village.habits) // 3))
    commune = village.office.gazette.commune(world.land.whole, _MAPPED)
    users = [f"HTX {bare(commune.name)} {i}" for i in (1, 2)] + [f"Đội {i}" for i in range(1, 8)]
    committee = f"UBND {lower_first(commune.name)}"
    names: dict[int, tuple[str, str]] = {}
    lots: dict[int, Lot] = {}
    nowhere = Node("", "299", "0", "0", 0.0, _MAPPED, ())
    for index, cell in enumerate(cells):
        if index in lots:
            continue
        part = min(len(village.habits) - 1, cell.row * len(village.habits) // rows)
        toponym, hamlet = names.setdefault(cell.block, (pick(rng, _TOPONYMS), pick(rng, village.hamlets[part])))
        holder = _first_holder(
            village, cell.grain, part, [h for h in by_part[part] if h.hamlet == hamlet], users, committee
        )
        holder = holder or pick(rng, by_part[part])
        group = [index]
        if cell.grain == "field" and isinstance(holder, str) and chance(rng, 0.22):
            for other in range(index + 1, min(index + whole(rng, 2, 5), len(cells))):
                if other in cells[group[-1]].beside and other not in lots:
                    group.append(other)
        pieces = [world.ground.add(cells[i].ring) for i in group]
        cover = uses.cover_of(rng, cell.grain)
        lot = world.settle(Lot(pieces, cell.grain, cover, cell.block, cell.row, part, hamlet, toponym, nowhere, holder))
        lot.home_m2 = uses.home_of(rng, cover, round(world.ground.area(pieces), 1))
        lots |= dict.fromkeys(group, lot)
    for index, lot in lots.items():
        lot.beside |= {lots[i].number for i in cells[index].beside} - {lot.number}
    cut = Cut(1000.0, far_corner(village), between(rng, -0.12, 0.12), 420, 45.0, snake=True)
    number(village, "299", list(world.lots.values()), cut, _MAPPED)


def _families(village: Village, count: int) -> list[list[House]]:
    """Return the households of each part, and take them into the village."""
    out = []
    for hamlets in village.hamlets:
        houses = households(village.rng, count, hamlets, upland=village.upland)
        for one in houses:
            one.number = len(village.houses)
            village.houses.append(one)
        out.append(houses)
    return out


def _first_holder(
    village: Village, grain: str, part: int, near: list[House], users: list[str], committee: str
) -> House | str | None:
    """Return a collective, the commune, a family of the hamlet, or None for a family from anywhere in the commune."""
    rng = village.rng
    drawn = float(rng.random())
    if grain == "field" and drawn < village.habits[part].collectives:
        return pick(rng, users)
    if (grain == "forest" and drawn < 0.5) or drawn > 0.985:
        return committee
    return pick(rng, near) if near and chance(rng, 0.7) else None
